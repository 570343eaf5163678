package app

import (
	"context"
	"io/fs"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// run starts a run of this program by whoever acts.
func (a *App) run(ctx context.Context, kind ledger.RunKind, subject string, inputs map[string]string) ledger.Run {
	who := actor.From(ctx).ID
	if who == "" {
		who = programID
	}
	return ledger.Run{Kind: kind, Actor: string(who), Program: "shanyraq " + a.Version, Subject: subject, Inputs: inputs, Recorded: a.Clock()}
}

// programID names the program where it acts by itself.
const programID actor.ID = "program"

// who returns who acts. Who sits at the machine has the whole country, whichever
// it is.
func (v *view) who(ctx context.Context) actor.Actor {
	who := actor.From(ctx)
	if who.ID == actor.LocalID {
		return actor.Local(v.Atlas.Root())
	}
	return who
}

// may refuses what whoever acts may not do at a place.
func (a *App) may(ctx context.Context, v *view, act actor.Act, at place.ID) error {
	if v.who(ctx).May(act, at, v.Atlas) {
		return nil
	}
	return fault.New(fault.Forbidden, "app.may", string(act), "this needs %w in this territory: who manages the accounts there can give it", &actor.Denied{Act: act, At: at})
}

// path is the territory path of a place, as items of the desk carry it: from
// the country down, with a slash at both ends.
func (v *view) path(at place.ID) string {
	var b strings.Builder
	b.WriteByte('/')
	for _, id := range v.Atlas.Path(at) {
		b.WriteString(string(id))
		b.WriteByte('/')
	}
	return b.String()
}

// paths returns the territory paths in which whoever acts may do the act: what
// a query of the desk is narrowed to. None means nothing may be seen.
func (v *view) paths(ctx context.Context, act actor.Act) []string {
	var out []string
	for _, at := range v.who(ctx).Where(act) {
		if v.Atlas.Has(at) {
			out = append(out, v.path(at))
		}
	}
	return out
}

// LoadCountry brings in a country pack, with the works that its documents name;
// loading it again changes nothing.
func (a *App) LoadCountry(ctx context.Context, pack fs.FS) (CountryReceipt, error) {
	p, err := country.Load(pack)
	if err != nil {
		return CountryReceipt{}, err
	}
	have, err := a.Store.Records(ctx, country.KindCountry, store.Everything)
	if err != nil {
		return CountryReceipt{}, err
	}
	if len(have) > 0 && have[0].Code != p.Country.Code {
		return CountryReceipt{}, fault.New(fault.Conflict, "app.LoadCountry", p.Country.Code, "this database holds the country %s: use another --db", have[0].Code)
	}
	b, err := p.Batch()
	if err != nil {
		return CountryReceipt{}, err
	}
	if b.Catalogue, err = a.keepOutlines(ctx, b.Catalogue); err != nil {
		return CountryReceipt{}, err
	}
	if b.Catalogue, err = a.keepTemplates(ctx, b.Catalogue); err != nil {
		return CountryReceipt{}, err
	}
	b.Run = a.run(ctx, ledger.ImportRun, "country "+p.Country.Code, nil)
	var got CountryReceipt
	if got.Receipt, err = a.commit(ctx, b); err != nil {
		return got, err
	}
	return got, a.loadWorks(ctx, p, &got)
}
