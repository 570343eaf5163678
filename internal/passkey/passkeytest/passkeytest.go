// Package passkeytest is an authenticator in memory: the other side of a
// passkey, for tests, and what somebody can do who cheats with one.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// Device holds one passkey. What is set before an answer is what it says.
type Device struct {
	Origin     string // of the page in which the browser shows it
	Site       string // for which the key is made
	Unverified bool   // nobody has shown a face, a finger or a PIN
	Count      uint32
	ID         []byte
	Handle     []byte // what it keeps of the owner
	Challenge  string // in the place of the one that was asked
	Type       string // in the place of the right one

	t   *testing.T
	key *ecdsa.PrivateKey
}

// New returns a device with a fresh key.
func New(t *testing.T, origin, site string) *Device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &Device{Origin: origin, Site: site, ID: id, t: t, key: key}
}

// Forge gives the device another private key: it then knows the id of a
// passkey and nothing else.
func (d *Device) Forge() *Device {
	other := New(d.t, d.Origin, d.Site)
	copied := *d
	copied.key = other.key
	return &copied
}

type options struct {
	Challenge string `json:"challenge"`
	User      struct {
		ID string `json:"id"`
	} `json:"user"`
}

func (d *Device) read(raw []byte) options {
	var o options
	if err := json.Unmarshal(raw, &o); err != nil || o.Challenge == "" {
		d.t.Fatalf("options %s: %v", raw, err)
	}
	return o
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (d *Device) client(kind, challenge string) []byte {
	if d.Challenge != "" {
		challenge = d.Challenge
	}
	if d.Type != "" {
		kind = d.Type
	}
	raw, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.Origin, "crossOrigin": false})
	if err != nil {
		d.t.Fatal(err)
	}
	return raw
}

const (
	present  = 0x01
	verified = 0x04
	withKey  = 0x40
)

func (d *Device) data(flags byte) []byte {
	if !d.Unverified {
		flags |= verified
	}
	site := sha256.Sum256([]byte(d.Site))
	return binary.BigEndian.AppendUint32(append(site[:], flags|present), d.Count)
}

func (d *Device) answer(response map[string]string) []byte {
	raw, err := json.Marshal(map[string]any{"id": b64(d.ID), "rawId": b64(d.ID), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{}})
	if err != nil {
		d.t.Fatal(err)
	}
	return raw
}

// Register answers the question for a new passkey.
func (d *Device) Register(raw []byte) []byte {
	d.t.Helper()
	o := d.read(raw)
	var err error
	if d.Handle, err = base64.RawURLEncoding.DecodeString(o.User.ID); err != nil {
		d.t.Fatal(err)
	}
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	data := append(d.data(withKey), make([]byte, 16)...) // no model is told
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.ID)))
	data = append(data, d.ID...)
	// The public key in COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
	data = append(data, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20)
	data = append(data, point[1:33]...)
	data = append(data, 0x22, 0x58, 0x20)
	data = append(data, point[33:]...)
	// {"fmt": "none", "attStmt": {}, "authData": data} in CBOR.
	object := []byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59")
	object = append(binary.BigEndian.AppendUint16(object, uint16(len(data))), data...)
	return d.answer(map[string]string{"clientDataJSON": b64(d.client("webauthn.create", o.Challenge)), "attestationObject": b64(object)})
}

// SignIn answers the question who it is.
func (d *Device) SignIn(raw []byte) []byte {
	d.t.Helper()
	client := d.client("webauthn.get", d.read(raw).Challenge)
	d.Count++
	data := d.data(0)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]string{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(d.Handle)})
}
