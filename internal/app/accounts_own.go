package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/period"
)

// shownID is what is told of a session: the beginning of its hash, which opens
// nothing.
const shownID = 16

// OwnAccount is the account of whoever acts, with its sessions and tokens.
func (a *App) OwnAccount(ctx context.Context, from httpapi.From) (*httpapi.OwnAccount, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	acc, _, err := a.account(ctx, string(who.ID))
	if err != nil {
		return nil, err
	}
	out := &httpapi.OwnAccount{ID: string(acc.ID), Language: string(acc.Language), Office: acc.Office, Home: string(acc.Home), Grants: grantsOut(acc.Grants),
		Acts: []string{}, Sessions: []httpapi.OpenSession{}, Tokens: []httpapi.AccountToken{}, Passkeys: []httpapi.Passkey{}}
	for _, act := range account.Delegable() {
		if who.MayAnywhere(act) {
			out.Acts = append(out.Acts, string(act))
		}
	}
	if err := a.ownCredentials(ctx, out); err != nil {
		return nil, err
	}
	sessions, err := a.Store.Sessions(ctx, out.ID)
	for _, kept := range sessions {
		s := account.Session{Created: kept.Created, Seen: kept.Seen, Expires: kept.Expires}
		device, derr := decode[string](kept.Body)
		if derr != nil || !s.Open(a.Clock()) {
			continue
		}
		out.Sessions = append(out.Sessions, httpapi.OpenSession{ID: kept.ID[:shownID], Created: instant(s.Created), Seen: instant(s.Seen), Expires: instant(s.Expires), Device: device, Here: from.Session != "" && kept.ID == account.Hash(from.Session)})
	}
	return out, err
}

func (a *App) ownCredentials(ctx context.Context, out *httpapi.OwnAccount) error {
	list, err := a.Store.CredentialsOf(ctx, out.ID)
	if err != nil {
		return err
	}
	for _, c := range list {
		switch c.Kind {
		case credPerson:
			p, err := decode[account.Person](c.Body)
			if err != nil {
				return err
			}
			out.Name, out.Email = p.Name, p.Email
		case credPassword:
			out.Password = true
		case credIdentity:
			out.Identity = true
		case credFactor:
			f, err := decode[account.Factor](c.Body)
			if err != nil {
				return err
			}
			if out.Factor = f.On; f.On {
				out.Recovery = len(f.Recovery)
			}
		case credToken:
			t, err := decode[account.Token](c.Body)
			if err != nil {
				return err
			}
			out.Tokens = append(out.Tokens, viewToken(c.Account, t))
		case credPasskey:
			k, err := decode[ownPasskey](c.Body)
			if err != nil {
				return err
			}
			out.Passkeys = append(out.Passkeys, k.view(c.ID))
		}
	}
	return nil
}

func viewToken(of string, t account.Token) httpapi.AccountToken {
	out := httpapi.AccountToken{ID: t.ID, Account: of, Name: t.Name, Scope: []string{}, Created: instant(t.Created), Expires: instant(t.Expires)}
	for _, act := range t.Scope {
		out.Scope = append(out.Scope, string(act))
	}
	if t.Used != nil {
		out.Used = ptr(instant(*t.Used))
	}
	return out
}

// SaveProfile changes what the owner of an account may change alone.
func (a *App) SaveProfile(ctx context.Context, in httpapi.Profile) (*httpapi.Done, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	id := string(who.ID)
	err = a.Store.Act(ctx, a.entry(ctx, "profile", id, ""), func(tx *store.Tx) error {
		acc, it, err := accountIn(tx, id)
		if err != nil {
			return err
		}
		kept, err := tx.Credential(credPerson, id)
		if err != nil {
			return err
		}
		p, err := decode[account.Person](kept.Body)
		if err != nil {
			return err
		}
		p.Name = strings.TrimSpace(in.Name)
		if name := (account.Person{Name: p.Name, Email: "name@only"}); name.Check() != nil {
			return name.Check()
		}
		kept.Body = encode(p)
		if err := tx.PutCredential(kept); err != nil {
			return err
		}
		if acc.Language == language(in.Language) {
			return nil
		}
		acc.Language = language(in.Language)
		_, err = putAccount(tx, v, acc, it.Version)
		return err
	})
	return done(err)
}

func done(err error) (*httpapi.Done, error) {
	if err != nil {
		return nil, err
	}
	return &httpapi.Done{Done: true}, nil
}

// reauthenticate asks the owner of the session for the password once more: a
// browser left open must not be enough to take an account over. Failures count
// as at the sign-in.
func (a *App) reauthenticate(ctx context.Context, who actor.Actor, password string, from httpapi.From) (account.Person, error) {
	p, err := a.person(ctx, string(who.ID))
	if err != nil {
		return p, err
	}
	names := counters(p.Email, from)
	if err := a.countAll(ctx, names); err != nil {
		return p, err
	}
	acc, _, err := a.proven(ctx, p.Email, password)
	if err == nil && acc.ID != who.ID {
		err = &httpapi.NotLetIn{}
	}
	if err != nil {
		return p, err
	}
	return p, a.forgive(ctx, names)
}

// confirmed asks for the password again where the account has one: what a
// browser left open makes must not outlive it.
func (a *App) confirmed(ctx context.Context, who actor.Actor, in httpapi.Proof, from httpapi.From) error {
	var hash string
	has, err := a.credential(ctx, credPassword, string(who.ID), &hash)
	if err != nil || !has {
		return err
	}
	_, err = a.reauthenticate(ctx, who, in.Password, from)
	return err
}

// ChangePassword replaces the own password and ends all other sessions and all
// tokens: whoever knew the old one may have made some.
func (a *App) ChangePassword(ctx context.Context, in httpapi.NewPassword, from httpapi.From) (*httpapi.Done, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	p, err := a.reauthenticate(ctx, who, in.Old, from)
	if err != nil {
		return nil, err
	}
	if err := account.CheckPassword(in.New, p); err != nil {
		return nil, err
	}
	var hash string
	if herr := hashed(ctx, func() { hash, err = account.HashPassword(in.New) }); herr != nil || err != nil {
		return nil, firstOf(herr, err)
	}
	id := string(who.ID)
	return done(a.Store.Act(ctx, a.entry(ctx, "password", id, ""), func(tx *store.Tx) error {
		if err := tx.PutCredential(store.Credential{Kind: credPassword, ID: id, Account: id, Body: encode(hash)}); err != nil {
			return err
		}
		for _, kind := range []string{credToken, credLink} {
			if err := tx.DropCredentials(id, kind); err != nil {
				return err
			}
		}
		return tx.DropSessions(id, account.Hash(from.Session))
	}))
}

// EndSession ends one of the own sessions, by what was told of it.
func (a *App) EndSession(ctx context.Context, shown string) (*httpapi.Done, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	id := string(who.ID)
	list, err := a.Store.Sessions(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		if len(shown) == shownID && strings.HasPrefix(s.ID, shown) {
			return done(a.Store.Act(ctx, a.entry(ctx, "sign-out", id, "one session"), func(tx *store.Tx) error {
				_, err := tx.DropSession(id, s.ID)
				return err
			}))
		}
	}
	return nil, fault.New(fault.NotFound, "app.EndSession", "", "you have no such session: it may have ended")
}

// MakeToken makes a token for a program. Its text is in the answer and nowhere
// else.
func (a *App) MakeToken(ctx context.Context, in httpapi.NewToken, from httpapi.From) (*httpapi.MadeToken, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	last, err := period.ParseDate(in.Expires)
	if err != nil {
		return nil, err
	}
	scope := make([]actor.Act, 0, len(in.Scope))
	for _, s := range in.Scope {
		scope = append(scope, actor.Act(s))
	}
	t, text, err := account.NewToken(who, in.Name, scope, last.EndsAt(v.Country.OffsetMinutes), a.Clock().UTC().Truncate(time.Second), rand.Reader)
	if err != nil {
		return nil, err
	}
	if err := a.confirmed(ctx, who, in.Proof, from); err != nil {
		return nil, err
	}
	own, err := a.OwnAccount(ctx, httpapi.From{})
	if err != nil {
		return nil, err
	}
	if len(own.Tokens) >= account.MaxTokens {
		return nil, fault.New(fault.TooLarge, "app.MakeToken", "", "an account has at most %d tokens: revoke one that is not used", account.MaxTokens)
	}
	id := string(who.ID)
	err = a.Store.Act(ctx, a.entry(ctx, "token", id, t.ID), func(tx *store.Tx) error {
		return tx.AddCredential(store.Credential{Kind: credToken, ID: t.ID, Account: id, Body: encode(t)})
	})
	return &httpapi.MadeToken{AccountToken: viewToken(id, t), Text: text}, err
}

// RevokeToken revokes one of the own tokens.
func (a *App) RevokeToken(ctx context.Context, token string) (*httpapi.Done, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	return done(a.revoke(ctx, token, func(of string) bool { return of == string(who.ID) }))
}

func (a *App) revoke(ctx context.Context, token string, mine func(account string) bool) error {
	return a.Store.Act(ctx, a.entry(ctx, "token-revoke", token, ""), func(tx *store.Tx) error {
		c, err := tx.TakeCredential(credToken, token)
		if err == nil && mine(c.Account) {
			return nil
		}
		if err == nil || fault.Is(err, fault.NotFound) { // an error takes the removal back
			return fault.New(fault.NotFound, "app.RevokeToken", "", "there is no such token: it may have been revoked")
		}
		return err
	})
}

// issuer names the program in the application on the phone.
const issuer = "Shanyraq"

const qrPixels = 240

// BeginFactor draws the secret of a second factor. It is in force when a code
// of it was shown.
func (a *App) BeginFactor(ctx context.Context, in httpapi.Proof, from httpapi.From) (*httpapi.NewFactor, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.confirmed(ctx, who, in, from); err != nil {
		return nil, err
	}
	id := string(who.ID)
	p, err := a.person(ctx, id)
	if err != nil {
		return nil, err
	}
	f, err := account.NewFactor(rand.Reader)
	if err != nil {
		return nil, err
	}
	address, err := f.URL(issuer, p.Email)
	if err != nil {
		return nil, err
	}
	image, err := qrCode(address)
	if err != nil {
		return nil, err
	}
	err = a.Store.Act(ctx, a.entry(ctx, "factor-begin", id, ""), func(tx *store.Tx) error {
		var had account.Factor
		kept, err := tx.Credential(credFactor, id)
		if err == nil {
			had, err = decode[account.Factor](kept.Body)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if had.On {
			return fault.New(fault.Conflict, "app.BeginFactor", "", "a second factor is on already: take it away first")
		}
		return tx.PutCredential(store.Credential{Kind: credFactor, ID: id, Account: id, Body: encode(f)})
	})
	if err != nil {
		return nil, err
	}
	return &httpapi.NewFactor{Secret: f.Secret, URL: address, Image: image}, nil
}

// qrCode draws an address as a picture that can stand in a page.
func qrCode(address string) (string, error) {
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return "", fault.Wrap(err, "app.qrCode", "")
	}
	img, err := key.Image(qrPixels, qrPixels)
	if err != nil {
		return "", fault.Wrap(err, "app.qrCode", "")
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return "", fault.Wrap(err, "app.qrCode", "")
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// ConfirmFactor puts the second factor in force.
func (a *App) ConfirmFactor(ctx context.Context, in httpapi.FactorCode) (*httpapi.RecoveryCodes, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	id := string(who.ID)
	var codes []string
	err = a.Store.Act(ctx, a.entry(ctx, "factor-on", id, ""), func(tx *store.Tx) error {
		kept, err := tx.Credential(credFactor, id)
		if err != nil {
			return fault.New(fault.Invalid, "app.ConfirmFactor", "", "begin with the second factor first")
		}
		f, err := decode[account.Factor](kept.Body)
		if err != nil {
			return err
		}
		if f.On {
			return fault.New(fault.Conflict, "app.ConfirmFactor", "", "the second factor is on already")
		}
		if f, codes, err = f.Confirm(in.Code, tx.At(), rand.Reader); err != nil {
			return err
		}
		kept.Body = encode(f)
		return tx.PutCredential(kept)
	})
	if err != nil {
		return nil, err
	}
	return &httpapi.RecoveryCodes{Codes: codes}, nil
}

// DropFactor takes the second factor away from whoever still knows the
// password.
func (a *App) DropFactor(ctx context.Context, in httpapi.PasswordOnly, from httpapi.From) (*httpapi.Done, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := a.reauthenticate(ctx, who, in.Password, from); err != nil {
		return nil, err
	}
	id := string(who.ID)
	return done(a.Store.Act(ctx, a.entry(ctx, "factor-off", id, ""), func(tx *store.Tx) error { return tx.DropCredentials(id, credFactor) }))
}
