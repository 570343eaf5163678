package app

import (
	"context"
	"fmt"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/passkey"
)

// State returns a text that changes whenever an answer may change.
func (a *App) State(ctx context.Context) (string, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %s", v.at.Seq, v.at.AsOf), nil
}

// Ping tells whether the database answers.
func (a *App) Ping(ctx context.Context) error { return a.Store.Ping(ctx) }

// Session tells who acts and what that one may do.
func (a *App) Session(ctx context.Context) (*httpapi.Session, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	who := v.who(ctx)
	out := &httpapi.Session{Administrator: who.MayAnywhere(actor.RecordFigure), Version: a.Version, Database: string(a.Store.Engine()), Today: v.at.AsOf.String(), Grants: []httpapi.Grant{}, Acts: []string{}}
	for _, g := range who.Grants {
		out.Grants = append(out.Grants, httpapi.Grant{Role: string(g.Role), Territory: string(g.Territory)})
	}
	for _, act := range actor.Acts() {
		if who.MayAnywhere(act) {
			out.Acts = append(out.Acts, string(act))
		}
	}
	return out, a.sessionOf(ctx, who, out)
}

// sessionOf tells whose session it is and how one may sign in.
func (a *App) sessionOf(ctx context.Context, who actor.Actor, out *httpapi.Session) error {
	peopled, err := a.Peopled(ctx)
	if err != nil {
		return err
	}
	out.First = !peopled
	if a.Outside != nil {
		out.OIDC = ptr(a.Outside.Name())
	}
	if site, err := passkey.New(a.PublicURL); err == nil {
		out.Passkeys = ptr(site.Origin())
	}
	if !who.SignedIn() || who.ID == actor.LocalID {
		return nil
	}
	acc, _, err := a.account(ctx, string(who.ID))
	if err != nil {
		return err
	}
	p, err := a.person(ctx, string(who.ID))
	if err != nil {
		return err
	}
	out.Unread, err = a.Store.Unread(ctx, string(who.ID))
	out.Account = &httpapi.SessionAccount{ID: string(who.ID), Name: p.Name, Office: acc.Office, Language: string(acc.Language)}
	return err
}
