package account

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

// tokenPrefix makes a token recognisable, also for programs that look for
// secrets in the wrong places.
const tokenPrefix = "shq_"

const (
	maxTokenLife = 366 * 24 * time.Hour
	maxTokenName = 80
	// MaxTokens bounds the tokens of one account.
	MaxTokens = 50
)

// Token lets a program act for an account, as far as its scope goes.
type Token struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Hash    string      `json:"hash"` // of the whole text
	Scope   []actor.Act `json:"scope"`
	Created time.Time   `json:"created"`
	Expires time.Time   `json:"expires"`
	Used    *time.Time  `json:"used,omitempty"`
}

// Delegable lists the acts that a token can be given: all but the management
// of accounts, since whoever finds a token must not be able to make more.
func Delegable() []actor.Act {
	return slices.DeleteFunc(actor.Acts(), func(a actor.Act) bool { return a == actor.ManageAccounts })
}

// NewToken makes a token and the text that is shown once. The scope is at most
// what the actor may do somewhere.
func NewToken(who actor.Actor, name string, scope []actor.Act, expires, now time.Time, random io.Reader) (Token, string, error) {
	const op = "account.NewToken"
	bad := func(format string, args ...any) (Token, string, error) {
		return Token{}, "", fault.New(fault.Invalid, op, "", format, args...)
	}
	name = strings.TrimSpace(name)
	switch {
	case who.Scope != nil:
		return Token{}, "", fault.New(fault.Forbidden, op, "", "a token cannot make another one: sign in")
	case name == "" || len([]rune(name)) > maxTokenName:
		return bad("give the token a name of 1 to %d characters, such as the program that will use it", maxTokenName)
	case len(scope) == 0:
		return bad("choose at least one act that the token may do")
	case !expires.After(now) || expires.After(now.Add(maxTokenLife)):
		return bad("a token expires within a year: choose a day in the future")
	}
	scope = slices.Clone(scope)
	slices.Sort(scope)
	scope = slices.Compact(scope)
	for _, act := range scope {
		if !slices.Contains(Delegable(), act) {
			return bad("a token cannot be given this act")
		}
		if !who.MayAnywhere(act) {
			return Token{}, "", fault.New(fault.Forbidden, op, "", "a token can be given only what you may do yourself")
		}
	}
	id, err := NewID("", random)
	if err != nil {
		return Token{}, "", err
	}
	secret, err := NewSecret(random)
	if err != nil {
		return Token{}, "", err
	}
	text := tokenPrefix + id + "_" + secret
	return Token{ID: id, Name: name, Hash: Hash(text), Scope: scope, Created: now, Expires: expires}, text, nil
}

// TokenID returns the id in the text of a token, by which it is looked up, and
// whether the text has the form of one.
func TokenID(text string) (string, bool) {
	rest, ok := strings.CutPrefix(text, tokenPrefix)
	if !ok {
		return "", false
	}
	id, secret, ok := strings.Cut(rest, "_")
	return id, ok && len(id) == 20 && isSecret(secret)
}

// Opens reports whether the text is this token and may still be used.
func (t Token) Opens(text string, now time.Time) bool {
	return sameHash(t.Hash, Hash(text)) && now.Before(t.Expires) && !now.Before(t.Created.Add(-SeenEvery))
}

// Actor narrows who acts to the scope of the token. The scope is never nil: an
// empty one allows nothing.
func (t Token) Actor(who actor.Actor) actor.Actor {
	scope := []actor.Act{}
	for _, act := range t.Scope {
		if slices.Contains(Delegable(), act) {
			scope = append(scope, act)
		}
	}
	who.Scope = scope
	return who
}
