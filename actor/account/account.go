// Package account says what an account is and how its owner proves to be its
// owner: passwords, one-time links, sessions, tokens of programs, a second
// factor, and how long one who guesses has to wait.
//
// Everything here is arithmetic on values: time and randomness come in as
// arguments, what is kept goes out to a store. What somebody may do follows
// from the grants of the account, by the one table in package actor.
package account

import (
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

// State says whether an account can be used.
type State string

// The states of an account.
const (
	Invited  State = "invited" // the link was not used yet
	Active   State = "active"
	Disabled State = "disabled"
)

// Account is what is known of the rights of somebody who signs in. It holds
// nothing personal: every version of it is kept for ever.
type Account struct {
	ID       actor.ID      `json:"id"`
	State    State         `json:"state"`
	Home     place.ID      `json:"home"` // the territory whose administrators see its name
	Office   string        `json:"office,omitempty"`
	Language lang.Code     `json:"language,omitempty"`
	Grants   []actor.Grant `json:"grants"`
}

// Person is what is personal about an account; it is kept apart, and only as
// it is now.
type Person struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

const (
	maxName   = 120
	maxEmail  = 254 // RFC 5321
	maxGrants = 50
)

// FoldEmail returns the form in which addresses are compared. It returns
// fault.Invalid for what cannot be an address.
func FoldEmail(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 || len(s) > maxEmail || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune("<>,;\"()[]\\", r) }) {
		return "", fault.New(fault.Invalid, "account.FoldEmail", "", "write an e-mail address such as name@example.kz")
	}
	return s, nil
}

// Check refuses a person without name or address.
func (p Person) Check() error {
	if name := strings.TrimSpace(p.Name); name == "" || len([]rune(name)) > maxName || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return fault.New(fault.Invalid, "account.Check", "", "the name has 1 to %d characters on one line", maxName)
	}
	_, err := FoldEmail(p.Email)
	return err
}

// Actor returns who acts when the owner has signed in.
func (a Account) Actor() actor.Actor {
	return actor.Actor{ID: a.ID, Grants: slices.Clone(a.Grants), Office: a.Office}
}

// Check refuses an account that cannot be: an unknown state or role, the same
// grant twice.
func (a Account) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "account.Check", string(a.ID), format, args...)
	}
	switch {
	case a.ID == "" || a.ID == actor.LocalID:
		return bad("an account needs an id")
	case a.State != Invited && a.State != Active && a.State != Disabled:
		return bad("the state of an account is invited, active or disabled")
	case a.Home == "":
		return bad("an account belongs to a territory")
	case len(a.Grants) > maxGrants:
		return bad("an account has at most %d grants", maxGrants)
	}
	for i, g := range a.Grants {
		switch {
		case g.Role == actor.Public || !slices.Contains(actor.Roles(), g.Role):
			return bad("no role has this name")
		case g.Territory == "":
			return bad("a grant names a territory")
		case slices.Contains(a.Grants[:i], g):
			return bad("the same role in the same territory is granted twice")
		}
	}
	return nil
}

// Sees reports whether the actor may see whose account it is: its own, or one
// that belongs to a territory whose accounts it manages.
func Sees(who actor.Actor, a Account, land actor.Territory) bool {
	return (who.ID == a.ID && who.Scope == nil) || manages(who, a.Home, land)
}

// Seats tells the place of an office.
type Seats func(office string) place.ID

// Manages reports whether the actor may act for the owner of the account: give
// out a link to it, end its sessions, switch it off. All that the account may
// do, and the office for which it speaks, must lie within the territory of the
// actor; otherwise a link to it would be a way to more rights.
func Manages(who actor.Actor, a Account, seats Seats, land actor.Territory) bool {
	return reaches(who, a, land) && (a.Office == "" || manages(who, seats(a.Office), land))
}

// reaches is Manages without regard to the office: to take an office away from
// an account gives nobody anything.
func reaches(who actor.Actor, a Account, land actor.Territory) bool {
	return manages(who, a.Home, land) && !slices.ContainsFunc(a.Grants, func(g actor.Grant) bool { return !manages(who, g.Territory, land) })
}

// manages asks the table. A token never manages accounts, whatever its scope.
func manages(who actor.Actor, at place.ID, land actor.Territory) bool {
	return who.Scope == nil && who.May(actor.ManageAccounts, at, land)
}

// Change decides whether the actor may turn the account before into the one
// after; before without a state means that it is new. It returns fault.Forbidden when a territory or the office
// lies outside the actor's own, and when the account is the actor's own and its
// rights would change.
func Change(who actor.Actor, before, after Account, seats Seats, land actor.Territory) error {
	const op = "account.Change"
	if err := after.Check(); err != nil {
		return err
	}
	refuse := func(format string, args ...any) error {
		return fault.New(fault.Forbidden, op, string(after.ID), format, args...)
	}
	fresh := before.State == ""
	added, removed := difference(before.Grants, after.Grants)
	rights := fresh || len(added)+len(removed) > 0 || before.State != after.State || before.Home != after.Home || before.Office != after.Office
	switch {
	case !rights:
		return nil
	case who.ID == after.ID:
		return refuse("nobody changes their own rights: ask another administrator")
	case !manages(who, after.Home, land) || (!fresh && !manages(who, before.Home, land)):
		return refuse("this account belongs to a territory whose accounts you do not manage")
	case !fresh && before.State != after.State && !Manages(who, before, seats, land):
		return refuse("this account has rights outside your territory: only an administrator there may switch it off or on")
	case before.Office != after.Office && !reaches(who, before, land) && !fresh:
		return refuse("this account has rights outside your territory: only an administrator there may change its office")
	case before.Office != after.Office && after.Office != "" && !manages(who, seats(after.Office), land):
		return refuse("this office lies outside the territory whose accounts you manage: only an administrator there may let somebody speak for it")
	}
	for _, g := range slices.Concat(added, removed) {
		if !manages(who, g.Territory, land) {
			return refuse("a role can be given and taken only within the territory whose accounts you manage")
		}
	}
	return nil
}

// difference returns the grants that are only in after and only in before.
func difference(before, after []actor.Grant) (added, removed []actor.Grant) {
	for _, g := range after {
		if !slices.Contains(before, g) {
			added = append(added, g)
		}
	}
	for _, g := range before {
		if !slices.Contains(after, g) {
			removed = append(removed, g)
		}
	}
	return added, removed
}

// Root reports whether the account can give every right: an active
// administrator of the whole country. The last one cannot be taken away.
func (a Account) Root(country place.ID) bool {
	return a.State == Active && slices.Contains(a.Grants, actor.Grant{Role: actor.Administrator, Territory: country})
}
