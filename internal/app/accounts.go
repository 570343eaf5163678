package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"sync/atomic"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/oidc"
	"github.com/shanyraq/shanyraq/internal/store"
)

// What is kept of accounts: the account itself on the desk, with its history;
// everything that proves or is personal as a credential, without one.
const (
	kindAccount = "account"

	credPerson   = "person"   // by account: name and address
	credLogin    = "login"    // by the hash of the address
	credPassword = "password" // by account: the hash
	credFactor   = "factor"   // by account
	credToken    = "token"    // by the id of the token
	credLink     = "link"     // by the hash of the secret
	credIdentity = "identity" // by the hash of provider and subject
	credPasskey  = "passkey"  // by the hash of the id of the key
	credAsked    = "asked"    // by the hash of the ticket: a challenge to a passkey
)

// maxHashing bounds how many passwords are worked on at once: each takes 19
// MiB and a processor.
const maxHashing = 2

var hashing = make(chan struct{}, maxHashing)

// signing is how people come in.
type signing struct {
	// PublicURL is the address under which browsers reach the server, without a
	// slash at the end; empty when it is not known.
	PublicURL string
	// Outside is the provider through which people may sign in; nil for none.
	Outside *oidc.Provider
	// OutsideCreate lets whoever the provider knows in, as a reader without
	// rights; otherwise one has to be invited.
	OutsideCreate bool

	peopled atomic.Bool // somebody has an account; it stays so
}

// hashed does work on a password when there is a place for it.
func hashed(ctx context.Context, work func()) error {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
		work()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Peopled tells whether anybody has an account.
func (a *App) Peopled(ctx context.Context) (bool, error) {
	if a.peopled.Load() {
		return true, nil
	}
	list, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindAccount, Limit: 1})
	if err != nil {
		return false, err
	}
	if len(list) > 0 {
		a.peopled.Store(true)
	}
	return len(list) > 0, nil
}

// Identify returns who holds a session or a token; nobody when it ended, or
// when the account was switched off. Rights are read anew every time.
func (a *App) Identify(ctx context.Context, session, token string) (actor.Actor, error) {
	if token != "" {
		return a.identifyToken(ctx, token)
	}
	acc, _, err := a.sessionAccount(ctx, session)
	if fault.Is(err, fault.NotFound) {
		return actor.Actor{}, nil
	}
	if err != nil {
		return actor.Actor{}, err
	}
	return acc.Actor(), nil
}

var errNoSession = fault.New(fault.NotFound, "app.session", "", "sign in first")

// sessionAccount returns whose session a secret opens.
func (a *App) sessionAccount(ctx context.Context, secret string) (account.Account, store.Session, error) {
	if !account.IsSecret(secret) {
		return account.Account{}, store.Session{}, errNoSession
	}
	kept, err := a.Store.Session(ctx, account.Hash(secret))
	if err != nil {
		return account.Account{}, kept, err
	}
	now := a.Clock()
	s := account.Session{Created: kept.Created, Seen: kept.Seen, Expires: kept.Expires}
	if !s.Open(now) {
		return account.Account{}, kept, errNoSession
	}
	acc, _, err := a.account(ctx, kept.Account)
	if err == nil && acc.State != account.Active {
		err = errNoSession
	}
	if err != nil {
		return account.Account{}, kept, err
	}
	if s.Stale(now) {
		// Who is read-only still reads: the session then looks idle sooner.
		_ = a.Store.SeeSession(ctx, kept.ID, now)
	}
	return acc, kept, nil
}

func (a *App) identifyToken(ctx context.Context, text string) (actor.Actor, error) {
	id, ok := account.TokenID(text)
	if !ok {
		return actor.Actor{}, nil
	}
	kept, err := a.Store.Credential(ctx, credToken, id)
	if fault.Is(err, fault.NotFound) {
		return actor.Actor{}, nil
	}
	if err != nil {
		return actor.Actor{}, err
	}
	t, err := decode[account.Token](kept.Body)
	now := a.Clock()
	if err != nil || !t.Opens(text, now) {
		return actor.Actor{}, err
	}
	acc, _, err := a.account(ctx, kept.Account)
	if err != nil || acc.State != account.Active {
		return actor.Actor{}, err
	}
	if t.Used == nil || now.Sub(*t.Used) >= account.SeenEvery {
		t.Used = ptr(now.UTC())
		_ = a.Store.TouchCredential(ctx, credToken, id, encode(t)) // only a hint to the owner
	}
	return t.Actor(acc.Actor()), nil
}

// account returns an account and its version on the desk.
func (a *App) account(ctx context.Context, id string) (account.Account, store.Item, error) {
	it, err := a.Store.Item(ctx, kindAccount, id)
	if err != nil {
		return account.Account{}, it, err
	}
	acc, err := decode[account.Account](it.Body)
	return acc, it, err
}

// nowadays returns somebody who ordered work with what that one may do by now;
// fault.Forbidden when the account was switched off meanwhile. Accounts are
// never removed: who has none is this machine or the program itself.
func (a *App) nowadays(ctx context.Context, who actor.Actor) (actor.Actor, error) {
	acc, _, err := a.account(ctx, string(who.ID))
	if fault.Is(err, fault.NotFound) {
		return who, nil
	}
	if err != nil {
		return who, err
	}
	who.Grants, who.Office = acc.Grants, acc.Office
	if acc.State != account.Active {
		who.Grants = nil
		return who, fault.New(fault.Forbidden, "app.nowadays", string(who.ID), "the account that ordered this work was switched off: somebody else has to order it")
	}
	return who, nil
}

// accountIn is account as an act sees it.
func accountIn(tx *store.Tx, id string) (account.Account, store.Item, error) {
	it, err := tx.Item(kindAccount, id)
	if err != nil {
		return account.Account{}, it, err
	}
	acc, err := decode[account.Account](it.Body)
	return acc, it, err
}

// putAccount writes an account; version 0 makes it.
func putAccount(tx *store.Tx, v *view, acc account.Account, version int64) (int64, error) {
	return tx.Put(store.Item{Kind: kindAccount, ID: string(acc.ID), Path: v.path(acc.Home), State: string(acc.State), Owner: string(acc.ID), Body: encode(acc)}, version)
}

func decode[T any](body []byte) (T, error) {
	var v T
	err := json.Unmarshal(body, &v)
	return v, fault.Wrap(err, "app.decode", "")
}

// encode writes what is kept; the types that go through it cannot fail.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// entry begins an entry of the journal by whoever acts.
func (a *App) entry(ctx context.Context, op, subject, detail string) actor.Entry {
	who := actor.From(ctx).ID
	if who == "" {
		who = programID
	}
	return actor.Entry{Actor: who, At: a.Clock(), Op: op, Subject: subject, Detail: detail}
}

// person returns name and address of an account.
func (a *App) person(ctx context.Context, id string) (account.Person, error) {
	c, err := a.Store.Credential(ctx, credPerson, id)
	if err != nil {
		return account.Person{}, err
	}
	return decode[account.Person](c.Body)
}

// credential reads one of an account into v and reports whether it is there.
func (a *App) credential(ctx context.Context, kind, id string, v any) (bool, error) {
	c, err := a.Store.Credential(ctx, kind, id)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, fault.Wrap(json.Unmarshal(c.Body, v), "app.credential", kind)
}

// self returns who acts when that is somebody with an account, at a browser
// and not through a token: only they manage what belongs to the account.
func (a *App) self(ctx context.Context) (actor.Actor, error) {
	who := actor.From(ctx)
	switch {
	case !who.SignedIn() || who.ID == actor.LocalID:
		return who, fault.New(fault.Forbidden, "app.self", "", "sign in with an account first")
	case who.Scope != nil:
		return who, fault.New(fault.Forbidden, "app.self", "", "a token cannot do this: sign in")
	}
	return who, nil
}

// newLink makes a one-time link within an act and returns its secret. Links of
// the same account end.
func newLink(tx *store.Tx, purpose account.Purpose, id string, by actor.ID) (secret string, l account.Link, err error) {
	if secret, err = account.NewSecret(rand.Reader); err != nil {
		return "", l, err
	}
	if err := tx.DropCredentials(id, credLink); err != nil {
		return "", l, err
	}
	l = account.Link{Purpose: purpose, Account: actor.ID(id), Expires: tx.At().Add(purpose.Life()), By: by}
	return secret, l, tx.AddCredential(store.Credential{Kind: credLink, ID: account.Hash(secret), Account: id, Body: encode(l)})
}

// linkPath is where a one-time link leads; the page is the same in every
// language.
func (a *App) linkPath(l account.Link, secret, lang string) string {
	page := "invitation"
	if l.Purpose == account.FirstAccount {
		page = "first"
	}
	return a.PublicURL + "/" + lang + "/" + page + "?token=" + secret
}

// FirstLink makes the link with which the first administrator begins, ending
// an earlier one; "" when somebody has an account already.
func (a *App) FirstLink(ctx context.Context, lang string) (string, error) {
	if has, err := a.Peopled(ctx); err != nil || has {
		return "", err
	}
	var link string
	err := a.Store.Act(ctx, actor.Entry{Actor: programID, At: a.Clock(), Op: "first-link"}, func(tx *store.Tx) error {
		secret, l, err := newLink(tx, account.FirstAccount, "", programID)
		link = a.linkPath(l, secret, lang)
		return err
	})
	return link, err
}

// SweepAccounts removes sessions, attempts and links that have ended.
func (a *App) SweepAccounts(ctx context.Context) error {
	now := a.Clock()
	return a.Store.SweepAccounts(ctx, now, now.Add(-account.IdleLife), now.Add(-account.OfAccount.Forget), now.Add(-account.InvitationLife))
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func grantsOut(grants []actor.Grant) []httpapi.Grant {
	out := make([]httpapi.Grant, 0, len(grants))
	for _, g := range grants {
		out = append(out, httpapi.Grant{Role: string(g.Role), Territory: string(g.Territory)})
	}
	return out
}
