package account

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"io"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

// secretBytes is the length of what is given out once and kept as a hash.
const secretBytes = 32

// NewSecret draws 256 random bits and writes them as text for an address, a
// cookie or a header.
func NewSecret(random io.Reader) (string, error) {
	b := make([]byte, secretBytes)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", fault.Wrap(err, "account.NewSecret", "")
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// Hash is what is kept of a secret. Its 256 random bits cannot be guessed, so
// that one round of SHA-256 is enough.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// sameHash compares without telling by its time how much is alike.
func sameHash(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// isSecret reports whether the text has the form of a secret; nothing else is
// looked up.
func isSecret(s string) bool {
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return err == nil && len(b) == secretBytes
}

// NewID draws the id of an account, a session or a token.
func NewID(prefix string, random io.Reader) (string, error) {
	var b [10]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fault.Wrap(err, "account.NewID", "")
	}
	return prefix + hex.EncodeToString(b[:]), nil
}

// Purpose says what a one-time link is for.
type Purpose string

// The purposes of one-time links.
const (
	FirstAccount Purpose = "first"      // the first administrator
	Invitation   Purpose = "invitation" // a password for an account that has none
	Reset        Purpose = "reset"      // a new password
)

// Lives of one-time links.
const (
	FirstLife      = 24 * time.Hour
	InvitationLife = 7 * 24 * time.Hour
	ResetLife      = 24 * time.Hour
)

// Link is what is kept of a one-time link beside the hash of its secret.
type Link struct {
	Purpose Purpose   `json:"purpose"`
	Account actor.ID  `json:"account,omitempty"`
	Expires time.Time `json:"expires"`
	By      actor.ID  `json:"by,omitempty"`
}

// Life returns how long a link for the purpose can be used.
func (p Purpose) Life() time.Duration {
	switch p {
	case FirstAccount:
		return FirstLife
	case Invitation:
		return InvitationLife
	}
	return ResetLife
}

// Open reports whether the link can still be used.
func (l Link) Open(now time.Time) bool { return now.Before(l.Expires) }

// IsSecret reports whether the text can be the secret of a link or session.
func IsSecret(s string) bool { return isSecret(s) }

// LocalPath returns where a reader goes after signing in: a path of this
// server, "/" for anything else. A browser takes "//host" and "/\host" for
// another host, and drops tabs and line ends before it looks.
func LocalPath(next string) string {
	if !strings.HasPrefix(next, "/") || len(next) > 2000 {
		return "/"
	}
	if len(next) > 1 && (next[1] == '/' || next[1] == '\\') {
		return "/"
	}
	if strings.ContainsFunc(next, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return "/"
	}
	return next
}
