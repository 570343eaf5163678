// Package passkey signs people in with a passkey: a key pair in a phone, a
// computer or a stick, which answers only after a look, a finger or a PIN
// (Web Authentication, W3C). It says which key has answered a challenge of
// this site; whose key that is, and whether the challenge may still be
// answered, is decided elsewhere.
package passkey

import (
	"crypto/sha256"
	"encoding/json"
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/shanyraq/shanyraq/fault"
)

// display is what authenticators call this site.
const display = "Shanyraq"

// Site is the server as browsers know it: keys of one site are of no use to
// another.
type Site struct {
	web    *webauthn.WebAuthn
	origin string
}

// Key is what is kept of a passkey. None of it is secret.
type Key struct {
	ID        []byte `json:"id"`
	PublicKey []byte `json:"public_key"`
	// Count is how often the key had signed; it stays 0 where keys are copied
	// between the devices of their owner.
	Count      uint32   `json:"count"`
	Copied     bool     `json:"copied"` // may be copied between devices
	Transports []string `json:"transports,omitempty"`
}

// Owner is for whom a passkey is made. The authenticator shows name and
// address when it asks which key to use.
type Owner struct {
	ID, Name, Email string
}

// Challenge is what a browser is asked, and what has to be remembered until it
// answers.
type Challenge struct {
	Options json.RawMessage // for navigator.credentials
	State   json.RawMessage
}

// New returns the site that browsers reach under an address. Browsers tie
// passkeys to a name: without one, or without TLS, there are none, except on
// this machine, where the name is localhost.
func New(address string) (*Site, error) {
	const op = "passkey.New"
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fault.New(fault.Invalid, op, "", "the address of the server is not known: start it with --public-url")
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	here := host == "localhost" || (ip != nil && ip.IsLoopback())
	switch {
	case here:
		host = "localhost"
	case ip != nil || u.Scheme != "https":
		return nil, fault.New(fault.Invalid, op, "", "passkeys need a name and TLS: start the server with --public-url https://NAME")
	}
	origin := u.Scheme + "://" + host
	if port := u.Port(); port != "" {
		origin += ":" + port
	}
	web, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: display, RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		// Managers of passwords tell of extensions that nobody asked for.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
	if err != nil {
		return nil, fault.New(fault.Invalid, op, "", "passkeys need a name and TLS: start the server with --public-url https://NAME")
	}
	return &Site{web, origin}, nil
}

// Origin is the address at which pages can use passkeys.
func (s *Site) Origin() string { return s.origin }

// user is an owner with keys as the library wants it.
type user struct {
	Owner
	keys []Key
}

// WebAuthnID is what the authenticator keeps of the owner: a hash, since
// sticks tell it without asking for a PIN.
func (u user) WebAuthnID() []byte {
	h := sha256.Sum256([]byte(display + "\x00" + u.ID))
	return h[:]
}

func (u user) WebAuthnName() string {
	if u.Email == "" {
		return u.Name
	}
	return u.Email
}

func (u user) WebAuthnDisplayName() string { return u.Name }

func (u user) WebAuthnCredentials() []webauthn.Credential {
	out := make([]webauthn.Credential, 0, len(u.keys))
	for _, k := range u.keys {
		c := webauthn.Credential{ID: k.ID, PublicKey: k.PublicKey, Flags: webauthn.CredentialFlags{BackupEligible: k.Copied}, Authenticator: webauthn.Authenticator{SignCount: k.Count}}
		for _, t := range k.Transports {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
		out = append(out, c)
	}
	return out
}

// AskNew asks for a new passkey. An authenticator that holds one of those that
// the owner has makes no second one.
func (s *Site) AskNew(who Owner, has []Key) (Challenge, error) {
	u := user{who, has}
	options, state, err := s.web.BeginRegistration(u,
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired}),
		webauthn.WithExclusions(webauthn.Credentials(u.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return Challenge{}, fault.Wrap(err, "passkey.AskNew", "")
	}
	return challenge(options.Response, state)
}

// New returns the passkey with which the owner has answered.
func (s *Site) New(who Owner, state, answer []byte) (Key, error) {
	no := fault.New(fault.Invalid, "passkey.New", "", "this is no answer to what was asked: begin again")
	var asked webauthn.SessionData
	if err := json.Unmarshal(state, &asked); err != nil {
		return Key{}, fault.Wrap(err, "passkey.New", "")
	}
	got, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Key{}, no
	}
	c, err := s.web.CreateCredential(user{Owner: who}, asked, got)
	if err != nil || !c.Flags.UserVerified {
		return Key{}, no
	}
	k := Key{ID: c.ID, PublicKey: c.PublicKey, Count: c.Authenticator.SignCount, Copied: c.Flags.BackupEligible}
	for _, t := range c.Transport {
		k.Transports = append(k.Transports, string(t))
	}
	return k, nil
}

// Ask asks for any passkey of this site: who it is is seen from the answer.
func (s *Site) Ask() (Challenge, error) {
	options, state, err := s.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Challenge{}, fault.Wrap(err, "passkey.Ask", "")
	}
	return challenge(options.Response, state)
}

func challenge(options any, state *webauthn.SessionData) (Challenge, error) {
	var out Challenge
	var err error
	if out.Options, err = json.Marshal(options); err == nil {
		out.State, err = json.Marshal(state)
	}
	return out, fault.Wrap(err, "passkey.challenge", "")
}

// Answer is what came back, of which nothing is proven yet.
type Answer struct {
	parsed *protocol.ParsedCredentialAssertionData
}

// errAnswer does not say what was wrong: only who attacks would learn from it.
var errAnswer = fault.New(fault.Forbidden, "passkey.Check", "", "this passkey does not fit: begin again")

// Read reads an answer.
func Read(answer []byte) (Answer, error) {
	got, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Answer{}, errAnswer
	}
	return Answer{got}, nil
}

// Key is the id of the key that is said to have answered.
func (a Answer) Key() []byte { return a.parsed.RawID }

// Check returns the key as it is after it has answered: the challenge, the
// site, the owner and the signature are right, the owner was verified, and the
// key has signed more often than before. One that has not was copied by
// somebody who should not have it.
func (s *Site) Check(owner string, k Key, state []byte, a Answer) (Key, error) {
	var asked webauthn.SessionData
	if err := json.Unmarshal(state, &asked); err != nil {
		return k, fault.Wrap(err, "passkey.Check", "")
	}
	find := func(_, _ []byte) (webauthn.User, error) { return user{Owner{ID: owner}, []Key{k}}, nil }
	_, c, err := s.web.ValidatePasskeyLogin(find, asked, a.parsed)
	if err != nil || c.Authenticator.CloneWarning {
		return k, errAnswer
	}
	k.Count = c.Authenticator.SignCount
	return k, nil
}
