package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/shanyraq/shanyraq/fault"
)

var head = Header{Program: "test", Created: time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC), Engine: "sqlite", Schema: 2,
	Tables: []Table{{"chain", []string{"name", "seq"}}, {"figure", []string{"id"}}, {"nothing", []string{"id"}}}}

var chains = []Chain{{"main", 7, "abc"}}

func addressFor(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

const largeRows = 450 // more than one piece

// written is an archive with a large table and two files.
func written(t testing.TB, lock Lock) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, head, lock)
	if err != nil {
		t.Fatal(err)
	}
	for table, rows := range map[string]int{"chain": 3, "figure": largeRows, "nothing": 0} {
		in := w.Rows(table)
		for i := range rows {
			if _, err := fmt.Fprintf(in, "%d\t%s\n", i, strings.Repeat(addressFor(fmt.Sprint(table, i)), 300)); err != nil {
				t.Fatal(err)
			}
		}
		if err := in.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, content := range []string{"a photo", "", "a photo"} {
		if err := w.File(addressFor(content), int64(len(content)), strings.NewReader(content)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(chains); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// taken keeps what came.
type taken struct {
	rows  map[string]int
	files []string
	fail  error
}

func (k *taken) Header(Header) error { return nil }

func (k *taken) Rows(table string, r io.Reader) error {
	b, err := io.ReadAll(r)
	k.rows[table] += bytes.Count(b, []byte("\n"))
	return errors.Join(err, k.fail)
}

func (k *taken) File(_ string, _ int64, r io.Reader) error {
	b, err := io.ReadAll(r)
	k.files = append(k.files, string(b))
	return err
}

func TestWhatWasWrittenIsRead(t *testing.T) {
	archive := written(t, Lock{})
	got := &taken{rows: map[string]int{}}
	h, m, err := Read(bytes.NewReader(archive), Key{}, got)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(head.Tables, h.Tables); diff != "" || h.Schema != 2 || h.Version != Version {
		t.Errorf("header %+v %s", h, diff)
	}
	if diff := cmp.Diff(map[string]int{"chain": 3, "figure": largeRows}, got.rows); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a photo", ""}, got.files); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int64{"chain": 3, "figure": largeRows, "nothing": 0}, m.Rows); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(chains, m.Chains); diff != "" || len(m.Members) != 1+1+2+2 {
		t.Errorf("%s %d members", diff, len(m.Members))
	}
}

func TestDamageIsSeen(t *testing.T) {
	archive := written(t, Lock{})
	for at := 0; at < len(archive); at += max(1, len(archive)/40) {
		bad := bytes.Clone(archive)
		bad[at] ^= 0x20
		// Of what repeats itself a packing can say the same in two ways.
		if _, _, err := Read(bytes.NewReader(bad), Key{}, Nobody{}); err == nil && !bytes.Equal(unpacked(t, bad), unpacked(t, archive)) {
			t.Errorf("byte %d of %d was changed, and nobody noticed", at, len(bad))
		}
		if _, _, err := Read(bytes.NewReader(archive[:at]), Key{}, Nobody{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("cut off at %d: %v", at, err)
		}
	}
}

// unpacked is the tar inside.
func unpacked(t testing.TB, archive []byte) []byte {
	t.Helper()
	z, err := zstd.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// repacked changes the tar inside.
func repacked(t *testing.T, change func([]byte) []byte) []byte {
	t.Helper()
	plain := unpacked(t, written(t, Lock{}))
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(change(plain)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Who packs it anew with another content is caught by the hashes.
func TestChangedRowsAreSeen(t *testing.T) {
	bad := repacked(t, func(b []byte) []byte { return bytes.Replace(b, []byte("\n2\t"), []byte("\n7\t"), 1) })
	if _, _, err := Read(bytes.NewReader(bad), Key{}, Nobody{}); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "hash") {
		t.Error(err)
	}
	bad = repacked(t, func(b []byte) []byte { return bytes.Replace(b, []byte("a photo"), []byte("a phota"), 1) })
	if _, _, err := Read(bytes.NewReader(bad), Key{}, Nobody{}); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Error(err)
	}
}

func TestLocks(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	hybrid, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ recipient, identity string }{
		"x25519": {id.Recipient().String(), id.String()}, "hybrid": {hybrid.Recipient().String(), hybrid.String()},
	} {
		lock, err := LockFor(tc.recipient)
		if err != nil {
			t.Fatal(name, err)
		}
		archive := written(t, lock)
		if bytes.Contains(archive, []byte("photo")) || bytes.Contains(archive, []byte("header.json")) {
			t.Errorf("%s: the archive is open", name)
		}
		key, err := KeyOfIdentities([]byte("# made today\n" + tc.identity + "\n"))
		if err != nil {
			t.Fatal(name, err)
		}
		for who, k := range map[string]Key{"the recipient": key, "the process that wrote it": lock.Key()} {
			if _, _, err := Read(bytes.NewReader(archive), k, Nobody{}); err != nil {
				t.Errorf("%s, %s: %v", name, who, err)
			}
		}
		for who, k := range map[string]Key{"nobody": {}, "somebody else": stranger(t)} {
			if _, _, err := Read(bytes.NewReader(archive), k, Nobody{}); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s, %s: %v", name, who, err)
			}
		}
	}
	phrase := []byte("correct horse battery\n")
	lock, err := LockWith(phrase)
	if err != nil {
		t.Fatal(err)
	}
	archive := written(t, lock)
	key, err := KeyOfPassphrase(phrase)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Read(bytes.NewReader(archive), key, Nobody{}); err != nil {
		t.Error(err)
	}
	wrong, err := KeyOfPassphrase([]byte("correct horse batterie"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Read(bytes.NewReader(archive), wrong, Nobody{}); !fault.Is(err, fault.Forbidden) {
		t.Error(err)
	}
}

func stranger(t *testing.T) Key {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return Key{[]age.Identity{id}}
}

func TestBadKeysAreToldApart(t *testing.T) {
	if _, err := LockFor("minister@example.kz"); !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "minister") {
		t.Error(err)
	}
	if _, err := LockWith([]byte("short\nand a long second line")); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	for _, file := range []string{"", "# nothing\n", "AGE-SECRET-KEY-1QQQ\n"} {
		if _, err := KeyOfIdentities([]byte(file)); !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "1QQQ") {
			t.Errorf("%q: %v", file, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	w, err := NewWriter(io.Discard, head, Lock{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.File(addressFor("a"), 1, strings.NewReader("b")); !fault.Is(err, fault.Conflict) {
		t.Errorf("a damaged file: %v", err)
	}
	if err := w.File("../../etc/passwd", 1, strings.NewReader("b")); !fault.Is(err, fault.Invalid) {
		t.Errorf("a name that is no address: %v", err)
	}
	in := w.Rows("chain")
	if _, err := io.WriteString(in, "half"); err != nil {
		t.Fatal(err)
	}
	if in.Close() == nil {
		t.Error("half a row was taken")
	}
	for name, content := range map[string]string{"nothing": "", "a letter": strings.Repeat("Dear minister, ", 100)} {
		if _, _, err := Read(strings.NewReader(content), Key{}, Nobody{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	archive := written(t, Lock{})
	own := errors.New("the disk is full")
	if _, _, err := Read(bytes.NewReader(archive), Key{}, &taken{rows: map[string]int{}, fail: own}); !errors.Is(err, own) {
		t.Errorf("an error of the taker: %v", err)
	}
}

// Whatever is in the tar: read or refused.
func FuzzRead(f *testing.F) {
	f.Add([]byte("header.json"))
	f.Add(unpacked(f, written(f, Lock{}))[:3000])
	f.Fuzz(func(t *testing.T, tar []byte) {
		var out bytes.Buffer
		w, err := zstd.NewWriter(&out)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(tar); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		_, _, _ = Read(&out, Key{}, Nobody{})
	})
}
