package httpapi

import (
	"encoding/json"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// From is where a request comes from.
type From struct {
	Session string // what the browser holds, "" for none
	Address string // of the network
	Device  string // what the browser calls itself
}

// SignIn is what somebody shows to be let in.
type SignIn struct {
	Email    string `json:"email" maxLength:"254"`
	Password string `json:"password" maxLength:"800"`
	Code     string `json:"code,omitempty" maxLength:"40" doc:"of the second factor, when the account has one"`
}

// SignedIn is who was let in. Secret goes into the cookie and nowhere else; it
// is empty when a second factor has to be shown first.
type SignedIn struct {
	Secret   string    `json:"-"`
	Expires  time.Time `json:"-"`
	Account  string    `json:"account"`
	Language string    `json:"language"`
	SignedIn bool      `json:"signed_in" doc:"false: sign in with the new password and the second factor"`
}

// Wait is the error of somebody who has to wait before the next attempt.
type Wait struct{ For time.Duration }

func (w *Wait) Error() string { return "too many failed attempts: wait, then try again" }

// NotLetIn is the error of somebody whose proof is not good, or not enough.
type NotLetIn struct{ NeedsCode, Passkey bool }

func (e *NotLetIn) Error() string {
	if e.NeedsCode {
		return "the password is right: now the code of the second factor"
	}
	if e.Passkey {
		return "this passkey is not known here, or the account is switched off"
	}
	return "address and password do not fit, or the account is switched off"
}

// Unwrap makes it a refusal for who knows kinds only.
func (e *NotLetIn) Unwrap() error {
	return fault.New(fault.Forbidden, "app.SignIn", "", "%s", e.Error())
}

// OneTime is the secret of a one-time link.
type OneTime struct {
	Token string `json:"token" maxLength:"64"`
}

// OpenedLink is what a one-time link is for.
type OpenedLink struct {
	Purpose  string `json:"purpose" enum:"first,invitation,reset"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Language string `json:"language"`
	Expires  string `json:"expires"`
}

// AcceptLink is what the one who was sent a one-time link chooses. Name and
// address are read for the first account only.
type AcceptLink struct {
	Token    string `json:"token" maxLength:"64"`
	Password string `json:"password" maxLength:"800"`
	Language string `json:"language,omitempty" enum:"kk,ru,en"`
	Name     string `json:"name,omitempty" maxLength:"200"`
	Email    string `json:"email,omitempty" maxLength:"254"`
}

// OwnAccount is an account as its owner sees it.
type OwnAccount struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Email    string         `json:"email"`
	Language string         `json:"language"`
	Office   string         `json:"office"`
	Home     string         `json:"home"`
	Grants   []Grant        `json:"grants"`
	Password bool           `json:"password" doc:"has a password"`
	Factor   bool           `json:"factor" doc:"a second factor is on"`
	Recovery int            `json:"recovery" doc:"codes for paper that were not used yet"`
	Identity bool           `json:"identity" doc:"can sign in through the provider"`
	Acts     []string       `json:"acts" doc:"what a token of this account can be given"`
	Sessions []OpenSession  `json:"sessions"`
	Tokens   []AccountToken `json:"tokens"`
	Passkeys []Passkey      `json:"passkeys"`
}

// OpenSession is a place where somebody is signed in.
type OpenSession struct {
	ID      string `json:"id"`
	Created string `json:"created"`
	Seen    string `json:"seen"`
	Expires string `json:"expires"`
	Device  string `json:"device"`
	Here    bool   `json:"here" doc:"the one that asks"`
}

// AccountToken is a token of a program, without its text.
type AccountToken struct {
	ID      string   `json:"id"`
	Account string   `json:"account"`
	Name    string   `json:"name"`
	Scope   []string `json:"scope"`
	Created string   `json:"created"`
	Expires string   `json:"expires"`
	Used    *string  `json:"used"`
}

// NewToken asks for a token.
type NewToken struct {
	Name    string   `json:"name" maxLength:"200"`
	Scope   []string `json:"scope" maxItems:"100"`
	Expires string   `json:"expires" format:"date" doc:"the last day of its life"`
	Proof
}

// MadeToken is a token with its text, which is shown once.
type MadeToken struct {
	AccountToken
	Text string `json:"text"`
}

// Passkey is a key of a device with which its owner signs in.
type Passkey struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Created string  `json:"created"`
	Used    *string `json:"used"`
}

// PasskeyQuestion is what a browser is asked. The ticket is good for one
// answer, for a few minutes.
type PasskeyQuestion struct {
	Ticket  string          `json:"ticket"`
	Options json.RawMessage `json:"options" doc:"for navigator.credentials, binary values in base64url (Web Authentication)"`
}

// PasskeyAnswer is what the browser answers.
type PasskeyAnswer struct {
	Ticket string          `json:"ticket" maxLength:"64"`
	Answer json.RawMessage `json:"answer" doc:"the credential, binary values in base64url (Web Authentication)"`
}

// NewPasskey is a passkey that was just made.
type NewPasskey struct {
	Ticket string          `json:"ticket" maxLength:"64"`
	Answer json.RawMessage `json:"answer" doc:"the credential, binary values in base64url (Web Authentication)"`
	Name   string          `json:"name" maxLength:"200" doc:"by which its owner knows it, such as the name of the phone"`
}

// Proof proves that the owner sits at the machine.
type Proof struct {
	Password string `json:"password,omitempty" maxLength:"800" doc:"left out where the account has none"`
}

// Profile is what the owner of an account may change alone.
type Profile struct {
	Name     string `json:"name" maxLength:"200"`
	Language string `json:"language" enum:"kk,ru,en"`
}

// NewPassword replaces a password.
type NewPassword struct {
	Old string `json:"old" maxLength:"800"`
	New string `json:"new" maxLength:"800"`
}

// SignOutWish says what ends beside the sessions.
type SignOutWish struct {
	Tokens bool `json:"tokens,omitempty" doc:"revokes the tokens of programs too"`
}

// PasswordOnly proves that the owner sits at the machine.
type PasswordOnly struct {
	Password string `json:"password" maxLength:"800"`
}

// NewFactor is a second factor that is not in force yet.
type NewFactor struct {
	Secret string `json:"secret"`
	URL    string `json:"url" doc:"what an application on a phone reads"`
	Image  string `json:"image" doc:"the same as a picture, data:image/png"`
}

// FactorCode is a code of the application.
type FactorCode struct {
	Code string `json:"code" maxLength:"40"`
}

// RecoveryCodes are codes for paper; they are shown once.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// Done says that something was done.
type Done struct {
	Done bool `json:"done"`
}

// AccountFilter chooses accounts.
type AccountFilter struct {
	Place string `query:"place" maxLength:"40" doc:"accounts that belong to this territory or below"`
	State string `query:"state" enum:"invited,active,disabled"`
	Query string `query:"q" maxLength:"100" doc:"part of a name, an address or an office"`
}

// Account is an account as an administrator sees it.
type Account struct {
	ID       string   `json:"id"`
	Version  int64    `json:"version"`
	State    string   `json:"state" enum:"invited,active,disabled"`
	Name     string   `json:"name"`
	Email    string   `json:"email"`
	Language string   `json:"language"`
	Home     string   `json:"home"`
	Office   string   `json:"office"`
	Grants   []Grant  `json:"grants"`
	Factor   bool     `json:"factor"`
	Seen     *string  `json:"seen" doc:"last request of an open session"`
	May      []string `json:"may" doc:"manage_accounts: the reader may act for this account"`
}

// NewAccount invites somebody.
type NewAccount struct {
	Name     string  `json:"name" maxLength:"200"`
	Email    string  `json:"email" maxLength:"254"`
	Language string  `json:"language,omitempty" enum:"kk,ru,en"`
	Home     string  `json:"home" maxLength:"40" doc:"the territory whose administrators see the name"`
	Office   string  `json:"office,omitempty" maxLength:"80"`
	Grants   []Grant `json:"grants" maxItems:"50"`
}

// ChangedAccount replaces what an administrator decides about an account.
type ChangedAccount struct {
	Version int64   `json:"version" doc:"the one that was read"`
	State   string  `json:"state" enum:"invited,active,disabled"`
	Name    string  `json:"name,omitempty" maxLength:"200" doc:"left out: as it is"`
	Email   string  `json:"email,omitempty" maxLength:"254" doc:"left out: as it is"`
	Home    string  `json:"home" maxLength:"40"`
	Office  string  `json:"office,omitempty" maxLength:"80"`
	Grants  []Grant `json:"grants" maxItems:"50"`
}

// LinkWish asks for a one-time link to an account.
type LinkWish struct {
	DropFactor bool `json:"drop_factor,omitempty" doc:"also take second factor and passkeys away: the phone is lost"`
}

// AccountLink is an account and the link that its owner is to be given. The
// address begins with a slash when the server does not know its own name.
type AccountLink struct {
	Account Account `json:"account"`
	Link    string  `json:"link"`
	Expires string  `json:"expires"`
}

// RightsFilter asks who can give a right.
type RightsFilter struct {
	Act       string `query:"act" maxLength:"40"`
	Territory string `query:"territory" maxLength:"40"`
}

// Rights is the table of who may do what.
type Rights struct {
	Roles []string   `json:"roles"`
	Acts  []ActRight `json:"acts"`
	// Offices are asked for with a territory.
	Offices []string `json:"offices" doc:"offices that manage the accounts of the territory that was asked for"`
}

// ActRight is a line of the table.
type ActRight struct {
	Act   string   `json:"act"`
	Roles []string `json:"roles" doc:"who may do it in the own territory; empty: everybody, everywhere"`
}
