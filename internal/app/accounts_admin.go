package app

import (
	"context"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

// managing is an administrator at work: who, and the country as it is.
type managing struct {
	*App
	view *view
	who  actor.Actor
}

// manages refuses who manages accounts nowhere, and every token.
func (a *App) manages(ctx context.Context) (*managing, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	who := v.who(ctx)
	if who.Scope != nil || !who.MayAnywhere(actor.ManageAccounts) {
		return nil, a.lacks(v, actor.ManageAccounts)
	}
	return &managing{a, v, who}, nil
}

func (a *App) lacks(v *view, act actor.Act) error {
	return fault.New(fault.Forbidden, "app.may", string(act), "this needs %w: who manages the accounts can give it", &actor.Denied{Act: act, At: v.Atlas.Root()})
}

// ListAccounts returns the accounts whose owners the actor may know.
func (a *App) ListAccounts(ctx context.Context, f httpapi.AccountFilter) (*httpapi.List[httpapi.Account], error) {
	m, err := a.manages(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.noteRead(ctx, readAccounts, f.Place); err != nil {
		return nil, err
	}
	q := store.ItemQuery{Kind: kindAccount, Paths: m.view.paths(ctx, actor.ManageAccounts)}
	if f.State != "" {
		q.States = []string{f.State}
	}
	people, err := a.people(ctx)
	if err != nil {
		return nil, err
	}
	out := &httpapi.List[httpapi.Account]{Items: []httpapi.Account{}}
	for {
		list, next, err := a.Store.Items(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range list {
			acc, err := decode[account.Account](it.Body)
			if err != nil {
				return nil, err
			}
			p := people[it.ID]
			if (f.Place != "" && !m.view.Atlas.Within(acc.Home, place.ID(f.Place))) || !matches(f.Query, p.Name, p.Email, acc.Office) {
				continue
			}
			x, err := m.show(ctx, acc, it.Version, p)
			if err != nil {
				return nil, err
			}
			out.Items = append(out.Items, *x)
		}
		if next == "" {
			break
		}
		q.After = next
	}
	slices.SortFunc(out.Items, func(x, y httpapi.Account) int { return strings.Compare(lang.Fold(x.Name), lang.Fold(y.Name)) })
	return out, nil
}

func matches(query string, texts ...string) bool {
	q := lang.Fold(query)
	return q == "" || slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(lang.Fold(s), q) })
}

// people returns what is personal about all accounts; whoever asks shows only
// what the reader may see.
func (a *App) people(ctx context.Context) (map[string]account.Person, error) {
	list, err := a.Store.Credentials(ctx, credPerson)
	if err != nil {
		return nil, err
	}
	out := make(map[string]account.Person, len(list))
	for _, c := range list {
		if out[c.Account], err = decode[account.Person](c.Body); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// show is an account as the administrator sees it.
func (m *managing) show(ctx context.Context, acc account.Account, version int64, p account.Person) (*httpapi.Account, error) {
	out := &httpapi.Account{ID: string(acc.ID), Version: version, State: string(acc.State), Name: p.Name, Email: p.Email, Language: string(acc.Language), Home: string(acc.Home), Office: acc.Office, Grants: grantsOut(acc.Grants), May: []string{}}
	if account.Manages(m.who, acc, m.seat, m.view.Atlas) {
		out.May = append(out.May, string(actor.ManageAccounts))
	}
	var f account.Factor
	if _, err := m.credential(ctx, credFactor, out.ID, &f); err != nil {
		return nil, err
	}
	out.Factor = f.On
	sessions, err := m.Store.Sessions(ctx, out.ID)
	for _, s := range sessions {
		if at := instant(s.Seen); out.Seen == nil || *out.Seen < at {
			out.Seen = &at
		}
	}
	return out, err
}

// seen returns an account that the administrator may see; one of another
// territory is as if it were not there.
func (m *managing) seen(ctx context.Context, id string) (account.Account, store.Item, error) {
	acc, it, err := m.account(ctx, id)
	if err == nil && !account.Sees(m.who, acc, m.view.Atlas) {
		err = fault.New(fault.NotFound, "app.Account", "", "there is no such account in your territory")
	}
	return acc, it, err
}

// Account returns one account.
func (a *App) Account(ctx context.Context, id string) (*httpapi.Account, error) {
	m, err := a.manages(ctx)
	if err != nil {
		return nil, err
	}
	acc, it, err := m.seen(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := a.noteRead(ctx, readAccounts, id); err != nil {
		return nil, err
	}
	p, err := a.person(ctx, id)
	if err != nil {
		return nil, err
	}
	return m.show(ctx, acc, it.Version, p)
}

// read checks what somebody decided about an account against the country.
func (m *managing) read(home, office string, grants []httpapi.Grant) (account.Account, error) {
	acc := account.Account{Home: place.ID(home), Office: office, Grants: []actor.Grant{}}
	if err := m.view.territory(acc.Home); err != nil {
		return acc, err
	}
	if _, ok := m.view.Offices[office]; office != "" && !ok {
		return acc, fault.New(fault.Invalid, "app.account", "", "choose an office: none has this code")
	}
	for _, g := range grants {
		if err := m.view.territory(place.ID(g.Territory)); err != nil {
			return acc, err
		}
		acc.Grants = append(acc.Grants, actor.Grant{Role: actor.Role(g.Role), Territory: place.ID(g.Territory)})
	}
	return acc, nil
}

// Invite makes an account and the link that its owner is to be given.
func (a *App) Invite(ctx context.Context, in httpapi.NewAccount) (*httpapi.AccountLink, error) {
	m, err := a.manages(ctx)
	if err != nil {
		return nil, err
	}
	acc, err := m.read(in.Home, in.Office, in.Grants)
	if err != nil {
		return nil, err
	}
	p := account.Person{Name: strings.TrimSpace(in.Name)}
	if p.Email, err = account.FoldEmail(in.Email); err == nil {
		err = p.Check()
	}
	if err != nil {
		return nil, err
	}
	if acc.ID, err = newAccountID(); err != nil {
		return nil, err
	}
	acc.State, acc.Language = account.Invited, language(in.Language)
	if err := account.Change(m.who, account.Account{}, acc, m.seat, m.view.Atlas); err != nil {
		return nil, m.denied(err, acc)
	}
	var secret string
	var l account.Link
	err = a.Store.Act(ctx, a.entry(ctx, "invite", string(acc.ID), describe(acc)), func(tx *store.Tx) error {
		if err := createAccount(tx, m.view, acc, p); err != nil {
			return err
		}
		secret, l, err = newLink(tx, account.Invitation, string(acc.ID), m.who.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	shown, err := m.show(ctx, acc, 1, p)
	if err != nil {
		return nil, err
	}
	return &httpapi.AccountLink{Account: *shown, Link: a.linkPath(l, secret, string(acc.Language)), Expires: instant(l.Expires)}, nil
}

// seat is the place of an office; that of one without a place is the country.
func (m *managing) seat(office string) place.ID {
	if at := m.view.Offices[office].Place; at != "" {
		return at
	}
	return m.view.Atlas.Root()
}

// denied names the territory in which the right to manage accounts is missing.
func (m *managing) denied(err error, acc account.Account) error {
	if !fault.Is(err, fault.Forbidden) || m.who.ID == acc.ID {
		return err
	}
	where := append([]place.ID{acc.Home}, territories(acc.Grants)...)
	if acc.Office != "" {
		where = append(where, m.seat(acc.Office))
	}
	for _, at := range where {
		if !m.who.May(actor.ManageAccounts, at, m.view.Atlas) {
			return fault.New(fault.Forbidden, "app.account", "", "%s: %w", err.Error(), &actor.Denied{Act: actor.ManageAccounts, At: at})
		}
	}
	return err
}

func territories(grants []actor.Grant) []place.ID {
	var out []place.ID
	for _, g := range grants {
		out = append(out, g.Territory)
	}
	return out
}

// describe notes rights in the journal: roles, territories, office, no names.
func describe(acc account.Account) string {
	var b strings.Builder
	b.WriteString(string(acc.State))
	for _, g := range acc.Grants {
		b.WriteString(" " + string(g.Role) + "@" + string(g.Territory))
	}
	b.WriteString(" office=" + acc.Office + " home=" + string(acc.Home))
	return b.String()
}

// ChangeAccount changes what an administrator decides about an account. It
// counts at once: rights are read anew with every request, and who is switched
// off has no session left.
func (a *App) ChangeAccount(ctx context.Context, id string, in httpapi.ChangedAccount) (*httpapi.Account, error) {
	m, err := a.manages(ctx)
	if err != nil {
		return nil, err
	}
	before, it, err := m.seen(ctx, id)
	if err != nil {
		return nil, err
	}
	after, err := m.read(in.Home, in.Office, in.Grants)
	if err != nil {
		return nil, err
	}
	after.ID, after.Language, after.State = before.ID, before.Language, account.State(in.State)
	if after.State == account.Invited && before.State != account.Invited {
		return nil, fault.New(fault.Invalid, "app.ChangeAccount", "", "an account that was used is active or disabled")
	}
	if before.State == account.Invited && after.State == account.Active {
		return nil, fault.New(fault.Invalid, "app.ChangeAccount", "", "an invited account becomes active when its owner uses the link")
	}
	if before.State == account.Disabled && after.State == account.Active {
		after.State = m.reopened(ctx, id)
	}
	if err := account.Change(m.who, before, after, m.seat, m.view.Atlas); err != nil {
		return nil, m.denied(err, after)
	}
	was, now, err := m.renamed(ctx, before, in)
	if err != nil {
		return nil, err
	}
	detail := describe(after)
	if was.Email != now.Email {
		detail += " address changed"
	}
	var version int64
	err = a.Store.Act(ctx, a.entry(ctx, "grant", id, detail), func(tx *store.Tx) error {
		if it.Version != in.Version {
			return fault.New(fault.Conflict, "app.ChangeAccount", "", "somebody else has changed this account: look at it again, then repeat")
		}
		if version, err = putAccount(tx, m.view, after, it.Version); err != nil {
			return err
		}
		if err := m.keepRoot(tx, before); err != nil {
			return err
		}
		if err := rename(tx, id, was, now); err != nil {
			return err
		}
		if after.State == account.Disabled {
			return endAll(tx, id)
		}
		// A link made before was made by somebody who could reach what the
		// account could do then.
		return tx.DropCredentials(id, credLink)
	})
	if err != nil {
		return nil, err
	}
	return m.show(ctx, after, version, now)
}

// renamed returns what is personal about an account before and after a change.
// Another address is another way in, so that it takes the same right as a link.
func (m *managing) renamed(ctx context.Context, acc account.Account, in httpapi.ChangedAccount) (was, now account.Person, err error) {
	if was, err = m.person(ctx, string(acc.ID)); err != nil {
		return was, now, err
	}
	now = was
	if name := strings.TrimSpace(in.Name); name != "" {
		now.Name = name
	}
	if in.Email != "" {
		if now.Email, err = account.FoldEmail(in.Email); err != nil {
			return was, now, err
		}
	}
	if now == was {
		return was, now, nil
	}
	if !account.Manages(m.who, acc, m.seat, m.view.Atlas) {
		return was, now, m.denied(fault.New(fault.Forbidden, "app.account", "", "this account has rights outside your territory: only an administrator there may do this"), acc)
	}
	return was, now, now.Check()
}

// rename writes name and address anew; links to the old address end with the
// change of the account.
func rename(tx *store.Tx, id string, was, now account.Person) error {
	if now == was {
		return nil
	}
	if err := tx.PutCredential(store.Credential{Kind: credPerson, ID: id, Account: id, Body: encode(now)}); err != nil || now.Email == was.Email {
		return err
	}
	if err := tx.DropCredentials(id, credLogin); err != nil {
		return err
	}
	return addLogin(tx, id, now.Email)
}

// reopened is the state of an account that is switched on again: without a
// password or identity its owner needs a link first.
func (m *managing) reopened(ctx context.Context, id string) account.State {
	list, err := m.Store.CredentialsOf(ctx, id)
	if err == nil && slices.ContainsFunc(list, func(c store.Credential) bool { return c.Kind == credPassword || c.Kind == credIdentity }) {
		return account.Active
	}
	return account.Invited
}

// keepRoot refuses to take away the last administrator of the whole country:
// nobody could give rights any more. Who sits at the machine always can.
func (m *managing) keepRoot(tx *store.Tx, before account.Account) error {
	root := m.view.Atlas.Root()
	if !before.Root(root) || m.who.ID == actor.LocalID {
		return nil
	}
	q := store.ItemQuery{Kind: kindAccount, States: []string{string(account.Active)}}
	for {
		list, next, err := tx.Items(q)
		if err != nil {
			return err
		}
		for _, it := range list {
			acc, err := decode[account.Account](it.Body)
			if err != nil || acc.Root(root) {
				return err
			}
		}
		if next == "" {
			return fault.New(fault.Conflict, "app.ChangeAccount", "", "this is the last administrator of the whole country: make another one first")
		}
		q.After = next
	}
}

// endAll takes from an account everything by which it could come in: sessions,
// tokens, links.
func endAll(tx *store.Tx, id string) error {
	for _, kind := range []string{credToken, credLink} {
		if err := tx.DropCredentials(id, kind); err != nil {
			return err
		}
	}
	return tx.DropSessions(id, "")
}

// managed returns an account for whose owner the administrator may act.
func (m *managing) managed(ctx context.Context, id string) (account.Account, store.Item, error) {
	acc, it, err := m.seen(ctx, id)
	if err == nil && !account.Manages(m.who, acc, m.seat, m.view.Atlas) {
		err = m.denied(fault.New(fault.Forbidden, "app.account", "", "this account has rights outside your territory: only an administrator there may do this"), acc)
	}
	return acc, it, err
}

// LinkAccount makes a new one-time link to an account: an invitation as long as
// it was not used, afterwards a way to a new password.
func (a *App) LinkAccount(ctx context.Context, id string, in httpapi.LinkWish) (*httpapi.AccountLink, error) {
	m, err := a.manages(ctx)
	if err != nil {
		return nil, err
	}
	acc, it, err := m.managed(ctx, id)
	if err != nil {
		return nil, err
	}
	// A browser left open must not be enough to take the account over.
	if m.who.ID == acc.ID {
		return nil, fault.New(fault.Forbidden, "app.LinkAccount", "", "nobody makes a link to their own account: change the password on the page of the account, or ask another administrator")
	}
	purpose, detail := account.Reset, "reset"
	switch {
	case acc.State == account.Disabled:
		return nil, fault.New(fault.Conflict, "app.LinkAccount", "", "this account is switched off: switch it on first")
	case acc.State == account.Invited:
		purpose, detail = account.Invitation, "invitation"
	}
	if in.DropFactor {
		detail += ", second factor and passkeys taken away"
	}
	var secret string
	var l account.Link
	err = a.Store.Act(ctx, a.entry(ctx, "link", id, detail), func(tx *store.Tx) error {
		if _, now, err := accountIn(tx, id); err != nil || now.Version != it.Version {
			return firstOf(err, fault.New(fault.Conflict, "app.LinkAccount", "", "somebody else has changed this account: look at it again, then repeat"))
		}
		if in.DropFactor {
			for _, kind := range []string{credFactor, credPasskey} { // they are in the phone too
				if err := tx.DropCredentials(id, kind); err != nil {
					return err
				}
			}
		}
		secret, l, err = newLink(tx, purpose, id, m.who.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	p, err := a.person(ctx, id)
	if err != nil {
		return nil, err
	}
	shown, err := m.show(ctx, acc, it.Version, p)
	if err != nil {
		return nil, err
	}
	return &httpapi.AccountLink{Account: *shown, Link: a.linkPath(l, secret, string(acc.Language)), Expires: instant(l.Expires)}, nil
}

// SignOutAccount ends every session of an account.
func (a *App) SignOutAccount(ctx context.Context, id string) (*httpapi.Done, error) {
	m, err := a.manages(ctx)
	if err != nil {
		return nil, err
	}
	if _, _, err := m.managed(ctx, id); err != nil {
		return nil, err
	}
	return done(a.Store.Act(ctx, a.entry(ctx, "sign-out", id, "by an administrator"), func(tx *store.Tx) error { return tx.DropSessions(id, "") }))
}

// AccountTokens returns the tokens of all accounts that the actor manages.
func (a *App) AccountTokens(ctx context.Context) ([]httpapi.AccountToken, error) {
	m, err := a.manages(ctx)
	if err != nil {
		return nil, err
	}
	list, err := a.Store.Credentials(ctx, credToken)
	if err != nil {
		return nil, err
	}
	out := []httpapi.AccountToken{}
	for _, c := range list {
		if _, _, err := m.managed(ctx, c.Account); err != nil {
			continue
		}
		t, err := decode[account.Token](c.Body)
		if err != nil {
			return nil, err
		}
		out = append(out, viewToken(c.Account, t))
	}
	return out, nil
}

// RevokeAccountToken revokes a token of an account that the actor manages.
func (a *App) RevokeAccountToken(ctx context.Context, token string) error {
	m, err := a.manages(ctx)
	if err != nil {
		return err
	}
	return a.revoke(ctx, token, func(of string) bool {
		acc, _, err := a.account(ctx, of)
		return err == nil && account.Manages(m.who, acc, m.seat, m.view.Atlas)
	})
}

// AccountID finds an account by its id or its e-mail address, for who sits at
// the machine.
func (a *App) AccountID(ctx context.Context, name string) (string, error) {
	m, err := a.manages(ctx)
	if err != nil {
		return "", err
	}
	if email, err := account.FoldEmail(name); err == nil {
		c, err := a.Store.Credential(ctx, credLogin, account.Hash(email))
		if err == nil {
			name = c.Account
		} else if !fault.Is(err, fault.NotFound) {
			return "", err
		}
	}
	if _, _, err := m.seen(ctx, name); err != nil {
		return "", fault.New(fault.NotFound, "app.AccountID", "", "no account has this id or e-mail address: shanyraq user list shows them")
	}
	return name, nil
}

// Rights returns the table of who may do what and, for a territory, which
// offices manage its accounts: there a right can be asked for. People are not
// named.
func (a *App) Rights(ctx context.Context, f httpapi.RightsFilter) (*httpapi.Rights, error) {
	out := &httpapi.Rights{Roles: []string{}, Acts: []httpapi.ActRight{}, Offices: []string{}}
	for _, r := range actor.Roles() {
		out.Roles = append(out.Roles, string(r))
	}
	for _, act := range actor.Acts() {
		if f.Act != "" && f.Act != string(act) {
			continue
		}
		x := httpapi.ActRight{Act: string(act), Roles: []string{}}
		for _, r := range actor.Givers(act) {
			x.Roles = append(x.Roles, string(r))
		}
		out.Acts = append(out.Acts, x)
	}
	if f.Territory == "" {
		return out, nil
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	list, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindAccount, States: []string{string(account.Active)}})
	if err != nil {
		return nil, err
	}
	for _, it := range list {
		acc, err := decode[account.Account](it.Body)
		if err != nil {
			return nil, err
		}
		if acc.Office != "" && !slices.Contains(out.Offices, acc.Office) && acc.Actor().May(actor.ManageAccounts, place.ID(f.Territory), v.Atlas) {
			out.Offices = append(out.Offices, acc.Office)
		}
	}
	return out, nil
}
