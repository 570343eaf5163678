package archive

import (
	"bytes"
	"errors"
	"strings"

	"filippo.io/age"

	"github.com/shanyraq/shanyraq/fault"
)

// Lock says who may read an archive; the zero Lock is nobody's: everybody may.
type Lock struct {
	recipients []age.Recipient
	key        Key
}

// Key opens archives.
type Key struct{ identities []age.Identity }

// Key opens what was locked, so that it can be read back and verified. To an
// archive for a recipient a second recipient is added whose key lives in this
// process only and is forgotten with it.
func (l Lock) Key() Key { return l.key }

// LockFor locks for a recipient of age: age1...
func LockFor(recipient string) (Lock, error) {
	const op = "archive.LockFor"
	list, err := age.ParseRecipients(strings.NewReader(recipient))
	if err != nil || len(list) != 1 {
		return Lock{}, fault.New(fault.Invalid, op, "", "the recipient is a public key of age, age1...: make one with age-keygen")
	}
	if _, hybrid := list[0].(*age.HybridRecipient); hybrid {
		own, err := age.GenerateHybridIdentity()
		if err != nil {
			return Lock{}, err
		}
		return Lock{append(list, own.Recipient()), Key{[]age.Identity{own}}}, nil
	}
	own, err := age.GenerateX25519Identity()
	if err != nil {
		return Lock{}, err
	}
	return Lock{append(list, own.Recipient()), Key{[]age.Identity{own}}}, nil
}

const minPassphrase = 12 // characters

// LockWith locks with a passphrase.
func LockWith(passphrase []byte) (Lock, error) {
	text := trimmed(passphrase)
	if len([]rune(text)) < minPassphrase {
		return Lock{}, fault.New(fault.Invalid, "archive.LockWith", "", "the passphrase needs at least %d characters in the first line of its file", minPassphrase)
	}
	r, err := age.NewScryptRecipient(text)
	if err != nil {
		return Lock{}, err
	}
	key, err := KeyOfPassphrase(passphrase)
	return Lock{[]age.Recipient{r}, key}, err
}

// KeyOfPassphrase is the key of what LockWith locked.
func KeyOfPassphrase(passphrase []byte) (Key, error) {
	id, err := age.NewScryptIdentity(trimmed(passphrase))
	if err != nil {
		return Key{}, fault.New(fault.Invalid, "archive.Key", "", "the file of the passphrase is empty")
	}
	return Key{[]age.Identity{id}}, nil
}

// trimmed takes the first line.
func trimmed(passphrase []byte) string {
	line, _, _ := bytes.Cut(passphrase, []byte{'\n'})
	return strings.TrimRight(string(line), "\r")
}

// KeyOfIdentities reads a file of age-keygen.
func KeyOfIdentities(file []byte) (Key, error) {
	list, err := age.ParseIdentities(bytes.NewReader(file))
	if err == nil && len(list) == 0 {
		err = errors.New("empty")
	}
	if err != nil {
		return Key{}, fault.New(fault.Invalid, "archive.Key", "", "the file holds no key of age: it is made by age-keygen and has a line AGE-SECRET-KEY-...")
	}
	return Key{list}, nil
}
