package app

import (
	"context"
	"io/fs"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// run starts a run of this program by the local administrator.
func (a *App) run(kind ledger.RunKind, subject string, inputs map[string]string) ledger.Run {
	return ledger.Run{Kind: kind, Actor: string(actor.Local("").ID), Program: "shanyraq " + a.Version, Subject: subject, Inputs: inputs, Recorded: a.Clock()}
}

// may refuses what the local administrator may not do at a place.
func (a *App) may(v *view, act actor.Act, at place.ID) error {
	if who := actor.Local(v.Atlas.Root()); !who.May(act, at, v.Atlas) {
		return fault.New(fault.Forbidden, "app.may", string(act), "%s may not do this here", who.ID)
	}
	return nil
}

// LoadCountry brings in a country pack; loading it again changes nothing.
func (a *App) LoadCountry(ctx context.Context, pack fs.FS) (ledger.Receipt, error) {
	p, err := country.Load(pack)
	if err != nil {
		return ledger.Receipt{}, err
	}
	have, err := a.Store.Records(ctx, country.KindCountry, store.Everything)
	if err != nil {
		return ledger.Receipt{}, err
	}
	if len(have) > 0 && have[0].Code != p.Country.Code {
		return ledger.Receipt{}, fault.New(fault.Conflict, "app.LoadCountry", p.Country.Code, "this database holds the country %s: use another --db", have[0].Code)
	}
	b, err := p.Batch()
	if err != nil {
		return ledger.Receipt{}, err
	}
	if b.Catalogue, err = a.keepOutlines(ctx, b.Catalogue); err != nil {
		return ledger.Receipt{}, err
	}
	b.Run = a.run(ledger.ImportRun, "country "+p.Country.Code, nil)
	return a.commit(ctx, b)
}
