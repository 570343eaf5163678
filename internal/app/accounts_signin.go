package app

import (
	"context"
	"crypto/rand"
	"net/url"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/oidc"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

// counter is a name under which attempts are counted.
type counter struct {
	name     string
	patience account.Patience
}

// counters are the names for an attempt to sign in: the address that was
// typed, whether anybody has it or not, and the network it comes from.
func counters(email string, from httpapi.From) []counter {
	out := []counter{{account.Hash("account\x00" + email), account.OfAccount}}
	if from.Address != "" {
		out = append(out, counter{account.Hash("address\x00" + from.Address), account.OfAddress})
	}
	return out
}

const countTries = 8 // more at once for one name come from no person

// count counts an attempt before anything is looked at. It returns an error
// that says how long to wait when there were too many.
func (a *App) count(ctx context.Context, c counter) error {
	for range countTries {
		was, err := a.Store.Attempt(ctx, c.name)
		if err != nil {
			return err
		}
		now := a.Clock()
		seen := account.Attempts{Failures: was.Failures, At: was.At}
		if wait := c.patience.Wait(seen, now); wait > 0 {
			return &httpapi.Wait{For: wait}
		}
		next := c.patience.Next(seen, now)
		ok, err := a.Store.CountAttempt(ctx, c.name, was, store.Attempt{Failures: next.Failures, At: next.At})
		if err != nil || ok {
			return err
		}
	}
	return &httpapi.Wait{For: account.OfAccount.First}
}

// countAll counts an attempt under every name, the network first: whoever has
// to wait there must not make the owner of an account wait too.
func (a *App) countAll(ctx context.Context, list []counter) error {
	for _, c := range slices.Backward(list) {
		if err := a.count(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// forgive takes an attempt back that was right: the account begins anew, the
// network loses the one, since others in it may still be guessing.
func (a *App) forgive(ctx context.Context, list []counter) error {
	if err := a.Store.ClearAttempts(ctx, list[0].name); err != nil {
		return err
	}
	for _, c := range list[1:] {
		if err := a.Store.TakeBackAttempt(ctx, c.name); err != nil {
			return err
		}
	}
	return nil
}

// SignIn lets in who knows address and password, and the code where there is a
// second factor. Whether the address is unknown, the password wrong or the
// account switched off is not to be told from answer or time.
func (a *App) SignIn(ctx context.Context, in httpapi.SignIn, from httpapi.From) (*httpapi.SignedIn, error) {
	email, err := account.FoldEmail(in.Email)
	if err != nil {
		email = strings.ToLower(in.Email) // nobody has it
	}
	names := counters(email, from)
	if err := a.countAll(ctx, names); err != nil {
		return nil, err
	}
	acc, renew, err := a.proven(ctx, email, in.Password)
	if err != nil {
		return nil, err
	}
	var f account.Factor
	if _, err := a.credential(ctx, credFactor, string(acc.ID), &f); err != nil {
		return nil, err
	}
	if f.On && in.Code == "" {
		for _, c := range names {
			if err := a.Store.TakeBackAttempt(ctx, c.name); err != nil {
				return nil, err
			}
		}
		return nil, &httpapi.NotLetIn{NeedsCode: true}
	}
	detail := "password"
	if f.On {
		detail = "password and code"
	}
	var out *httpapi.SignedIn
	err = a.Store.Act(ctx, actor.Entry{Actor: acc.ID, At: a.Clock(), Op: "sign-in", Subject: string(acc.ID), Detail: detail}, func(tx *store.Tx) error {
		if f.On {
			if err := useCode(tx, acc.ID, in.Code); err != nil {
				return err
			}
		}
		if renew != "" {
			if err := tx.PutCredential(store.Credential{Kind: credPassword, ID: string(acc.ID), Account: string(acc.ID), Body: encode(renew)}); err != nil {
				return err
			}
		}
		out, err = letIn(tx, acc, from)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, a.forgive(ctx, names)
}

// proven returns the account that address and password belong to, and a new
// hash when the old one was made with weaker parameters.
func (a *App) proven(ctx context.Context, email, password string) (acc account.Account, renew string, err error) {
	hash := ""
	login, err := a.Store.Credential(ctx, credLogin, account.Hash(email))
	if err == nil {
		_, err = a.credential(ctx, credPassword, login.Account, &hash)
	}
	if err != nil && !fault.Is(err, fault.NotFound) {
		return acc, "", err
	}
	var right, weak bool
	if err := hashed(ctx, func() {
		if right, weak = account.VerifyPassword(password, hash); weak {
			renew, err = account.HashPassword(password)
		}
	}); err != nil {
		return acc, "", err
	}
	if !right {
		return acc, "", &httpapi.NotLetIn{}
	}
	acc, _, err = a.account(ctx, login.Account)
	if err == nil && acc.State != account.Active {
		err = &httpapi.NotLetIn{}
	}
	return acc, renew, err
}

// useCode takes a code of the second factor; within the act, so that of two
// who show the same one is let in.
func useCode(tx *store.Tx, id actor.ID, code string) error {
	kept, err := tx.Credential(credFactor, string(id))
	if err != nil {
		return err
	}
	f, err := decode[account.Factor](kept.Body)
	if err != nil {
		return err
	}
	next, ok := f.Use(code, tx.At())
	if !ok {
		return &httpapi.NotLetIn{}
	}
	kept.Body = encode(next)
	return tx.PutCredential(kept)
}

// letIn begins a session. The one that the browser held before ends, so that
// nobody can know the new one beforehand.
func letIn(tx *store.Tx, acc account.Account, from httpapi.From) (*httpapi.SignedIn, error) {
	secret, err := account.NewSecret(rand.Reader)
	if err != nil {
		return nil, err
	}
	if account.IsSecret(from.Session) {
		if err := tx.DropAnySession(account.Hash(from.Session)); err != nil {
			return nil, err
		}
	}
	s := account.NewSession(tx.At(), from.Device)
	err = tx.AddSession(store.Session{ID: account.Hash(secret), Account: string(acc.ID), Created: s.Created, Seen: s.Seen, Expires: s.Expires, Body: encode(s.Device)})
	return &httpapi.SignedIn{Secret: secret, Expires: s.Expires, Account: string(acc.ID), Language: string(acc.Language), SignedIn: true}, err
}

// SignOut ends the session of a browser; one that has ended already is no
// error.
func (a *App) SignOut(ctx context.Context, from httpapi.From) error {
	acc, s, err := a.sessionAccount(ctx, from.Session)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.Store.Act(ctx, a.entry(ctx, "sign-out", string(acc.ID), ""), func(tx *store.Tx) error {
		_, err := tx.DropSession(string(acc.ID), s.ID)
		return err
	})
}

// SignOutEverywhere ends every session of whoever acts, and the tokens if that
// is wished.
func (a *App) SignOutEverywhere(ctx context.Context, in httpapi.SignOutWish) error {
	who, err := a.self(ctx)
	if err != nil {
		return err
	}
	detail := "everywhere"
	if in.Tokens {
		detail += ", tokens revoked"
	}
	return a.Store.Act(ctx, a.entry(ctx, "sign-out", string(who.ID), detail), func(tx *store.Tx) error {
		if in.Tokens {
			if err := tx.DropCredentials(string(who.ID), credToken); err != nil {
				return err
			}
		}
		return tx.DropSessions(string(who.ID), "")
	})
}

var errLink = fault.New(fault.NotFound, "app.link", "", "this link was used already or has ended: ask for a new one")

// link returns what a one-time link is for, as long as it can be used.
func (a *App) link(ctx context.Context, token string) (account.Link, error) {
	if !account.IsSecret(token) {
		return account.Link{}, errLink
	}
	var l account.Link
	ok, err := a.credential(ctx, credLink, account.Hash(token), &l)
	if err == nil && (!ok || !l.Open(a.Clock())) {
		err = errLink
	}
	return l, err
}

// OpenLink tells what a one-time link is for.
func (a *App) OpenLink(ctx context.Context, in httpapi.OneTime) (*httpapi.OpenedLink, error) {
	l, err := a.link(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	out := &httpapi.OpenedLink{Purpose: string(l.Purpose), Expires: instant(l.Expires)}
	if l.Purpose == account.FirstAccount {
		return out, nil
	}
	p, err := a.person(ctx, string(l.Account))
	if err != nil {
		return nil, err
	}
	acc, _, err := a.account(ctx, string(l.Account))
	if err != nil || acc.State == account.Disabled {
		return nil, errLink
	}
	out.Name, out.Email, out.Language = p.Name, p.Email, string(acc.Language)
	return out, nil
}

// AcceptLink uses a one-time link: the password is set, and whoever holds the
// link is let in. All other sessions, links and tokens of the account end.
func (a *App) AcceptLink(ctx context.Context, in httpapi.AcceptLink, from httpapi.From) (*httpapi.SignedIn, error) {
	l, err := a.link(ctx, in.Token)
	if err != nil {
		return nil, err
	}
	p := account.Person{Name: strings.TrimSpace(in.Name), Email: in.Email}
	if l.Purpose != account.FirstAccount {
		p, err = a.person(ctx, string(l.Account))
	} else if p.Email, err = account.FoldEmail(in.Email); err == nil {
		err = p.Check()
	}
	if err != nil {
		return nil, err
	}
	if err := account.CheckPassword(in.Password, p); err != nil {
		return nil, err
	}
	var hash string
	if herr := hashed(ctx, func() { hash, err = account.HashPassword(in.Password) }); herr != nil || err != nil {
		return nil, firstOf(herr, err)
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	x := &accepting{view: v, in: in, person: p, hash: hash, from: from}
	id := l.Account
	if l.Purpose == account.FirstAccount {
		if id, err = newAccountID(); err != nil {
			return nil, err
		}
		if v.Atlas.Root() == "" {
			return nil, fault.New(fault.Invalid, "app.AcceptLink", "", "load a country first: shanyraq demo")
		}
	}
	err = a.Store.Act(ctx, actor.Entry{Actor: id, At: a.Clock(), Op: "accept-link", Subject: string(id), Detail: string(l.Purpose)}, func(tx *store.Tx) error { return x.do(tx, id) })
	if err != nil {
		return nil, err
	}
	if email, err := account.FoldEmail(p.Email); err == nil {
		if err := a.Store.ClearAttempts(ctx, counters(email, from)[0].name); err != nil {
			return nil, err
		}
	}
	return x.out, nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func newAccountID() (actor.ID, error) {
	id, err := account.NewID("u_", rand.Reader)
	return actor.ID(id), err
}

// accepting is a one-time link that is being used.
type accepting struct {
	view   *view
	in     httpapi.AcceptLink
	person account.Person
	hash   string
	from   httpapi.From
	out    *httpapi.SignedIn
}

func (x *accepting) do(tx *store.Tx, id actor.ID) error {
	kept, err := tx.TakeCredential(credLink, account.Hash(x.in.Token))
	if err != nil {
		return errLink
	}
	l, err := decode[account.Link](kept.Body)
	if err != nil {
		return err
	}
	if !l.Open(tx.At()) {
		return errLink
	}
	var acc account.Account
	if l.Purpose == account.FirstAccount {
		acc, err = x.first(tx, id)
	} else {
		acc, err = x.known(tx, id)
	}
	if err != nil {
		return err
	}
	name := string(acc.ID)
	if err := tx.PutCredential(store.Credential{Kind: credPassword, ID: name, Account: name, Body: encode(x.hash)}); err != nil {
		return err
	}
	if err := endAll(tx, name); err != nil {
		return err
	}
	factor, err := tx.Credential(credFactor, name)
	if err == nil {
		f, err := decode[account.Factor](factor.Body)
		if err != nil {
			return err
		}
		if f.On { // whoever got hold of the link has not shown the phone
			x.out = &httpapi.SignedIn{Account: name, Language: string(acc.Language)}
			return nil
		}
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	x.out, err = letIn(tx, acc, x.from)
	return err
}

// first makes the first account: administrator of the whole country, and
// approver too, since there is nobody else yet.
func (x *accepting) first(tx *store.Tx, id actor.ID) (account.Account, error) {
	list, _, err := tx.Items(store.ItemQuery{Kind: kindAccount, Limit: 1})
	if err != nil {
		return account.Account{}, err
	}
	if len(list) > 0 {
		return account.Account{}, errLink
	}
	root := x.view.Atlas.Root()
	acc := account.Account{ID: id, State: account.Active, Home: root, Language: language(x.in.Language), Grants: []actor.Grant{{Role: actor.Administrator, Territory: root}, {Role: actor.Approver, Territory: root}}}
	return acc, createAccount(tx, x.view, acc, x.person)
}

// known opens an account that is there.
func (x *accepting) known(tx *store.Tx, id actor.ID) (account.Account, error) {
	acc, it, err := accountIn(tx, string(id))
	if err != nil {
		return acc, err
	}
	if acc.State == account.Disabled {
		return acc, errLink
	}
	acc.State = account.Active
	if x.in.Language != "" {
		acc.Language = language(x.in.Language)
	}
	_, err = putAccount(tx, x.view, acc, it.Version)
	return acc, err
}

func language(s string) lang.Code {
	for _, c := range lang.Codes() {
		if string(c) == s {
			return c
		}
	}
	return lang.KK
}

// createAccount writes a new account and what is personal about it. An address
// belongs to one account.
func createAccount(tx *store.Tx, v *view, acc account.Account, p account.Person) error {
	if _, err := putAccount(tx, v, acc, 0); err != nil {
		return err
	}
	id := string(acc.ID)
	if err := tx.AddCredential(store.Credential{Kind: credPerson, ID: id, Account: id, Body: encode(p)}); err != nil {
		return err
	}
	if p.Email == "" {
		return nil
	}
	return addLogin(tx, id, p.Email)
}

// addLogin makes an address the way into an account.
func addLogin(tx *store.Tx, id, email string) error {
	err := tx.AddCredential(store.Credential{Kind: credLogin, ID: account.Hash(email), Account: id, Body: []byte(`{}`)})
	if fault.Is(err, fault.Conflict) {
		return fault.New(fault.Conflict, "app.createAccount", "", "there is an account with this e-mail address already")
	}
	return err
}

// BeginOutside returns where the browser goes to sign in with the provider.
func (a *App) BeginOutside(ctx context.Context, next string) (address, ticket string, err error) {
	if a.Outside == nil {
		return "", "", fault.New(fault.Invalid, "app.BeginOutside", "", "no provider is set up here: sign in with a password")
	}
	return a.Outside.Begin(ctx, account.LocalPath(next), a.Clock(), rand.Reader)
}

// FinishOutside lets in who comes back from the provider: whoever came before,
// whoever was invited under the address that the provider has verified, the
// owner who is signed in already and connects the provider, and
// everybody else only if the server is set up so.
func (a *App) FinishOutside(ctx context.Context, ticket string, answer url.Values, from httpapi.From) (*httpapi.SignedIn, string, error) {
	if a.Outside == nil {
		return nil, "", fault.New(fault.Invalid, "app.FinishOutside", "", "no provider is set up here: sign in with a password")
	}
	who, next, err := a.Outside.Finish(ctx, ticket, answer, a.Clock())
	if err != nil {
		return nil, "", err
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, "", err
	}
	fresh, err := newAccountID()
	if err != nil {
		return nil, "", err
	}
	x := &arriving{app: a, own: a.signedInAs(ctx, from), view: v, who: who, from: from, fresh: fresh, key: account.Hash(who.Issuer + "\x00" + who.Subject)}
	subject, err := x.expected(ctx)
	if err != nil {
		return nil, "", err
	}
	err = a.Store.Act(ctx, actor.Entry{Actor: subject, At: a.Clock(), Op: "sign-in", Subject: string(subject), Detail: "provider"}, func(tx *store.Tx) error { return x.do(tx, subject) })
	return x.out, account.LocalPath(next), err
}

// signedInAs tells whose session a browser holds; "" when nobody's.
func (a *App) signedInAs(ctx context.Context, from httpapi.From) actor.ID {
	acc, _, err := a.sessionAccount(ctx, from.Session)
	if err != nil {
		return ""
	}
	return acc.ID
}

// errInUse keeps whoever controls an address at the provider out of an account
// that somebody else uses.
var errInUse = fault.New(fault.Conflict, "app.FinishOutside", "", "an account with this e-mail address is in use: sign in with its password, then connect your organisation on the page of the account")

var errUninvited error = fault.New(fault.NotFound, "app.FinishOutside", "", "you have no account here: ask an administrator to invite you")

// arriving is somebody who comes back from the provider.
type arriving struct {
	app   *App
	view  *view
	who   oidc.Identity
	from  httpapi.From
	fresh actor.ID
	own   actor.ID // who is signed in at this browser already
	key   string
	out   *httpapi.SignedIn
}

// expected returns whose account it is, or the id of a new one. What it says is
// checked again within the act.
func (x *arriving) expected(ctx context.Context) (actor.ID, error) {
	for _, look := range []struct{ kind, id string }{{credIdentity, x.key}, {credLogin, x.login()}} {
		if look.id == "" {
			continue
		}
		c, err := x.app.Store.Credential(ctx, look.kind, look.id)
		if err == nil && look.kind == credLogin {
			err = x.free(ctx, c.Account)
		}
		if err == nil {
			return actor.ID(c.Account), nil
		}
		if !fault.Is(err, fault.NotFound) || err == errUninvited {
			return "", err
		}
	}
	if !x.app.OutsideCreate || x.view.Atlas.Root() == "" {
		return "", errUninvited
	}
	// Without this the first to come would take from the machine its rights and
	// have none.
	if peopled, err := x.app.Peopled(ctx); err != nil || !peopled {
		return "", firstOf(err, errUninvited)
	}
	return x.fresh, nil
}

// free refuses an account with which another identity of the provider has
// come: an address may have been given to somebody else meanwhile.
func (x *arriving) free(ctx context.Context, id string) error {
	list, err := x.app.Store.CredentialsOf(ctx, id)
	for _, c := range list {
		if issuer, derr := decode[string](c.Body); c.Kind == credIdentity && derr == nil && issuer == x.who.Issuer {
			return errUninvited
		}
	}
	return err
}

// login is the key of the address, "" when the provider has not verified it:
// anybody may claim any.
func (x *arriving) login() string {
	email, err := account.FoldEmail(x.who.Email)
	if err != nil || !x.who.EmailVerified {
		return ""
	}
	return account.Hash(email)
}

func (x *arriving) do(tx *store.Tx, id actor.ID) error {
	identity, err := tx.Credential(credIdentity, x.key)
	known := err == nil
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if known && identity.Account != string(id) {
		return fault.New(fault.Conflict, "app.FinishOutside", "", "somebody else has just come with this identity: begin again")
	}
	var acc account.Account
	if id == x.fresh {
		acc = account.Account{ID: id, State: account.Active, Home: x.view.Atlas.Root(), Language: lang.KK, Grants: []actor.Grant{}}
		err = x.create(tx, acc)
	} else {
		acc, err = x.open(tx, id, known)
	}
	if err != nil {
		return err
	}
	if !known {
		if err := tx.AddCredential(store.Credential{Kind: credIdentity, ID: x.key, Account: string(id), Body: encode(x.who.Issuer)}); err != nil {
			return err
		}
	}
	x.out, err = letIn(tx, acc, x.from)
	return err
}

// create makes an account of a reader without rights.
func (x *arriving) create(tx *store.Tx, acc account.Account) error {
	p := account.Person{Name: strings.TrimSpace(x.who.Name)}
	if x.login() != "" {
		p.Email, _ = account.FoldEmail(x.who.Email)
	}
	if p.Name == "" {
		p.Name = string(acc.ID)
	}
	return createAccount(tx, x.view, acc, p)
}

// open lets an invited account become active. An active one takes an identity
// that is new only from its owner.
func (x *arriving) open(tx *store.Tx, id actor.ID, known bool) (account.Account, error) {
	acc, it, err := accountIn(tx, string(id))
	if err != nil {
		return acc, err
	}
	switch {
	case acc.State == account.Disabled:
		return acc, &httpapi.NotLetIn{}
	case acc.State == account.Active && !known && x.own != id:
		return acc, errInUse
	case acc.State == account.Invited:
		acc.State = account.Active
		if err := tx.DropCredentials(string(id), credLink); err != nil {
			return acc, err
		}
		_, err = putAccount(tx, x.view, acc, it.Version)
	}
	return acc, err
}

// territory refuses a place that cannot be the territory of an account.
func (v *view) territory(id place.ID) error {
	p, err := v.Atlas.Place(id)
	if err != nil || p.Kind == place.Settlement || p.Kind == place.FormerRegion {
		return fault.New(fault.Invalid, "app.territory", "", "choose a territory or a facility: no such place has this code")
	}
	return nil
}
