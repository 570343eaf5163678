package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/passkey"
	"github.com/shanyraq/shanyraq/internal/store"
)

const (
	// askedLife is how long a person may take with the device.
	askedLife = 5 * time.Minute
	// maxPasskeys bounds the passkeys of one account.
	maxPasskeys    = 20
	maxPasskeyName = 80
)

// ownPasskey is a passkey as it is kept.
type ownPasskey struct {
	passkey.Key
	Name    string     `json:"name"`
	Created time.Time  `json:"created"`
	Used    *time.Time `json:"used,omitempty"`
}

func (k ownPasskey) view(id string) httpapi.Passkey {
	out := httpapi.Passkey{ID: id, Name: k.Name, Created: instant(k.Created)}
	if k.Used != nil {
		out.Used = ptr(instant(*k.Used))
	}
	return out
}

// passkeyID is under what a passkey is kept, and told to its owner.
func passkeyID(key []byte) string { return account.Hash("passkey\x00" + string(key)) }

// asked remembers a challenge. One that is meant for nobody yet is for signing
// in.
func (a *App) asked(ctx context.Context, of actor.ID, c passkey.Challenge) (*httpapi.PasskeyQuestion, error) {
	ticket, err := account.NewSecret(rand.Reader)
	if err != nil {
		return nil, err
	}
	now := a.Clock()
	err = a.Store.KeepTicket(ctx, store.Credential{Kind: credAsked, ID: account.Hash(ticket), Account: string(of), At: now, Body: c.State}, now.Add(-askedLife))
	if err != nil {
		return nil, err
	}
	return &httpapi.PasskeyQuestion{Ticket: ticket, Options: c.Options}, nil
}

// answered takes the challenge of a ticket, which cannot be answered again.
func (a *App) answered(ctx context.Context, of actor.ID, ticket string) ([]byte, error) {
	late := fault.New(fault.Conflict, "app.passkey", "", "this was answered already or took too long: begin again")
	if !account.IsSecret(ticket) {
		return nil, late
	}
	c, err := a.Store.TakeTicket(ctx, credAsked, account.Hash(ticket))
	if fault.Is(err, fault.NotFound) {
		return nil, late
	}
	if err != nil {
		return nil, err
	}
	if c.Account != string(of) || !a.Clock().Before(c.At.Add(askedLife)) {
		return nil, late
	}
	return c.Body, nil
}

// passkeysOf returns the passkeys of an account, and whether it has a password.
func (a *App) passkeysOf(ctx context.Context, id string) (keys []passkey.Key, password bool, err error) {
	list, err := a.Store.CredentialsOf(ctx, id)
	for _, c := range list {
		switch c.Kind {
		case credPassword:
			password = true
		case credPasskey:
			k, err := decode[ownPasskey](c.Body)
			if err != nil {
				return nil, false, err
			}
			keys = append(keys, k.Key)
		}
	}
	return keys, password, err
}

func (a *App) passkeyOwner(ctx context.Context, id actor.ID) (passkey.Owner, error) {
	p, err := a.person(ctx, string(id))
	return passkey.Owner{ID: string(id), Name: p.Name, Email: p.Email}, err
}

// BeginPasskey asks the owner of an account for a new passkey. It needs the
// password again: whoever finds an open browser must not make a way back in.
func (a *App) BeginPasskey(ctx context.Context, in httpapi.Proof, from httpapi.From) (*httpapi.PasskeyQuestion, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	site, err := passkey.New(a.PublicURL)
	if err != nil {
		return nil, err
	}
	keys, password, err := a.passkeysOf(ctx, string(who.ID))
	if err != nil {
		return nil, err
	}
	if len(keys) >= maxPasskeys {
		return nil, errPasskeys
	}
	if password {
		if _, err := a.reauthenticate(ctx, who, in.Password, from); err != nil {
			return nil, err
		}
	}
	owner, err := a.passkeyOwner(ctx, who.ID)
	if err != nil {
		return nil, err
	}
	c, err := site.AskNew(owner, keys)
	if err != nil {
		return nil, err
	}
	return a.asked(ctx, who.ID, c)
}

var errPasskeys = fault.New(fault.TooLarge, "app.BeginPasskey", "", "an account has at most %d passkeys: remove one that is not used", maxPasskeys)

// AddPasskey keeps a passkey of whoever acts.
func (a *App) AddPasskey(ctx context.Context, in httpapi.NewPasskey) (*httpapi.Passkey, error) {
	const op = "app.AddPasskey"
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSpace(in.Name)
	if name == "" || len([]rune(name)) > maxPasskeyName {
		return nil, fault.New(fault.Invalid, op, "", "give the passkey a name of 1 to %d characters, such as that of the phone", maxPasskeyName)
	}
	site, err := passkey.New(a.PublicURL)
	if err != nil {
		return nil, err
	}
	state, err := a.answered(ctx, who.ID, in.Ticket)
	if err != nil {
		return nil, err
	}
	key, err := site.New(passkey.Owner{ID: string(who.ID)}, state, in.Answer)
	if err != nil {
		return nil, err
	}
	id := string(who.ID)
	k := ownPasskey{Key: key, Name: name, Created: a.Clock().UTC().Truncate(time.Second)}
	kept := store.Credential{Kind: credPasskey, ID: passkeyID(key.ID), Account: id, Body: encode(k)}
	err = a.Store.Act(ctx, a.entry(ctx, "passkey", id, ""), func(tx *store.Tx) error {
		err := tx.AddCredential(kept)
		if fault.Is(err, fault.Conflict) {
			return fault.New(fault.Conflict, op, "", "this passkey is known already")
		}
		return err
	})
	return ptr(k.view(kept.ID)), err
}

// RemovePasskey removes one of the own passkeys.
func (a *App) RemovePasskey(ctx context.Context, id string) (*httpapi.Done, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	return done(a.Store.Act(ctx, a.entry(ctx, "passkey-remove", string(who.ID), ""), func(tx *store.Tx) error {
		c, err := tx.TakeCredential(credPasskey, id)
		if err == nil && c.Account == string(who.ID) {
			return nil
		}
		if err == nil || fault.Is(err, fault.NotFound) { // an error takes the removal back
			return fault.New(fault.NotFound, "app.RemovePasskey", "", "you have no such passkey: it may have been removed")
		}
		return err
	}))
}

// BeginPasskeySignIn asks whoever comes for a passkey. The attempt counts for
// the network from now on; a right answer takes it back.
func (a *App) BeginPasskeySignIn(ctx context.Context, from httpapi.From) (*httpapi.PasskeyQuestion, error) {
	site, err := passkey.New(a.PublicURL)
	if err != nil {
		return nil, err
	}
	if err := a.countAll(ctx, passkeyCounters("", from)[1:]); err != nil {
		return nil, err
	}
	c, err := site.Ask()
	if err != nil {
		return nil, err
	}
	return a.asked(ctx, "", c)
}

// passkeyCounters are the names for an attempt with a passkey. Its own is not
// that of the account: who guesses passwords must not lock a passkey out.
func passkeyCounters(id string, from httpapi.From) []counter {
	names := counters("", from)
	names[0].name = account.Hash("passkey\x00" + id)
	return names
}

// PasskeySignIn lets in whose passkey has answered. The device has asked for a
// face, a finger or a PIN, so that no code is needed.
func (a *App) PasskeySignIn(ctx context.Context, in httpapi.PasskeyAnswer, from httpapi.From) (*httpapi.SignedIn, error) {
	site, err := passkey.New(a.PublicURL)
	if err != nil {
		return nil, err
	}
	state, err := a.answered(ctx, "", in.Ticket)
	if err != nil {
		return nil, err
	}
	answer, err := passkey.Read(in.Answer)
	if err != nil {
		return nil, &httpapi.NotLetIn{Passkey: true}
	}
	x := &arrivingKey{site: site, state: state, answer: answer, id: passkeyID(answer.Key()), from: from}
	names := passkeyCounters(x.id, from)
	if err := a.count(ctx, names[0]); err != nil {
		return nil, err
	}
	kept, err := a.Store.Credential(ctx, credPasskey, x.id)
	if fault.Is(err, fault.NotFound) {
		err = &httpapi.NotLetIn{Passkey: true}
	}
	if err != nil {
		return nil, err
	}
	err = a.Store.Act(ctx, actor.Entry{Actor: actor.ID(kept.Account), At: a.Clock(), Op: "sign-in", Subject: kept.Account, Detail: "passkey"}, x.do)
	if err != nil {
		return nil, err
	}
	return x.out, a.forgive(ctx, names)
}

// arrivingKey is somebody who shows a passkey.
type arrivingKey struct {
	site   *passkey.Site
	state  json.RawMessage
	answer passkey.Answer
	id     string
	from   httpapi.From
	out    *httpapi.SignedIn
}

// do checks the answer within the act: of two copies of a key that come at
// once, the second one finds the count of the first.
func (x *arrivingKey) do(tx *store.Tx) error {
	kept, err := tx.Credential(credPasskey, x.id)
	if fault.Is(err, fault.NotFound) {
		return &httpapi.NotLetIn{Passkey: true}
	}
	if err != nil {
		return err
	}
	k, err := decode[ownPasskey](kept.Body)
	if err != nil {
		return err
	}
	if k.Key, err = x.site.Check(kept.Account, k.Key, x.state, x.answer); err != nil {
		return &httpapi.NotLetIn{Passkey: true}
	}
	acc, _, err := accountIn(tx, kept.Account)
	if err != nil {
		return err
	}
	if acc.State != account.Active {
		return &httpapi.NotLetIn{Passkey: true}
	}
	k.Used = ptr(tx.At().UTC().Truncate(time.Second))
	kept.Body = encode(k)
	if err := tx.PutCredential(kept); err != nil {
		return err
	}
	x.out, err = letIn(tx, acc, x.from)
	return err
}
