package app

import (
	"context"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/period"
)

const opJournal = "app.Journal"

// journalPage is how many entries a table reads at once.
const journalPage = 1000

// mayReadJournal refuses who may not read the journal of the whole country:
// its entries belong to no territory.
func (a *App) mayReadJournal(ctx context.Context, act actor.Act) (*view, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	if actor.From(ctx).ID == actor.LocalID {
		return v, nil // also before there is a country
	}
	return v, a.may(ctx, v, act, v.Atlas.Root())
}

// Journal returns a page of entries, the newest first. Reading it is an entry
// too.
func (a *App) Journal(ctx context.Context, f httpapi.JournalFilter, cursor string, limit int) (*httpapi.JournalPage, error) {
	q, err := a.journalQuery(ctx, f)
	if err != nil {
		return nil, err
	}
	q.After, q.Limit = cursor, limit
	if err := a.noteRead(ctx, readJournal, f.Chain); err != nil {
		return nil, err
	}
	list, next, err := a.Store.Journal(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &httpapi.JournalPage{Items: []httpapi.JournalEntry{}, Next: optional(next)}
	for _, e := range list {
		out.Items = append(out.Items, viewEntry(e))
	}
	return out, nil
}

// EachEntry yields all entries of a filter, the newest first.
func (a *App) EachEntry(ctx context.Context, f httpapi.JournalFilter, yield func(httpapi.JournalEntry) error) error {
	q, err := a.journalQuery(ctx, f)
	if err != nil {
		return err
	}
	if err := a.noteRead(ctx, readJournal, f.Chain); err != nil {
		return err
	}
	for q.Limit = journalPage; ; {
		list, next, err := a.Store.Journal(ctx, q)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := yield(viewEntry(e)); err != nil {
				return err
			}
		}
		if q.After = next; next == "" {
			return nil
		}
	}
}

func (a *App) journalQuery(ctx context.Context, f httpapi.JournalFilter) (store.JournalQuery, error) {
	q := store.JournalQuery{Actor: actor.ID(f.Actor), Op: f.Op, Subject: f.Subject}
	v, err := a.mayReadJournal(ctx, actor.ReadJournal)
	if err != nil {
		return q, err
	}
	if f.Chain != "" {
		q.Chains = []string{f.Chain}
	}
	if q.From, err = v.midnight(f.From, "from"); err != nil {
		return q, err
	}
	if q.Before, err = v.midnight(f.To, "to"); err == nil && f.To != "" {
		q.Before = q.Before.AddDate(0, 0, 1) // the last day is in it
	}
	return q, err
}

// midnight is when a day begins in the country; the zero time for no day.
func (v *view) midnight(day, name string) (time.Time, error) {
	if day == "" {
		return time.Time{}, nil
	}
	if _, err := period.ParseDate(day); err != nil {
		return time.Time{}, fault.New(fault.Invalid, opJournal, name, "%s must be a day, YYYY-MM-DD", name)
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return time.Time{}, fault.New(fault.Invalid, opJournal, name, "%s must be a day, YYYY-MM-DD", name)
	}
	return t.Add(-time.Duration(v.Country.OffsetMinutes) * time.Minute), nil
}

func viewEntry(e actor.Entry) httpapi.JournalEntry {
	return httpapi.JournalEntry{Chain: e.Chain, Number: e.Seq, At: e.At.UTC().Format(time.RFC3339Nano), Actor: string(e.Actor), Op: e.Op, Subject: e.Subject, Detail: e.Detail, Hash: e.Hash}
}

// VerifyJournal walks through every chain and, when an anchor is given,
// compares what was published then. What was tampered with is an answer, not an
// error.
func (a *App) VerifyJournal(ctx context.Context, anchor string) (*httpapi.JournalState, error) {
	if _, err := a.mayReadJournal(ctx, actor.VerifyJournal); err != nil {
		return nil, err
	}
	var published actor.Anchor
	if anchor != "" {
		var err error
		if published, err = actor.ParseAnchor(anchor); err != nil {
			return nil, err
		}
	}
	heads, err := a.Store.VerifyChains(ctx)
	if err == nil {
		err = a.Store.CheckAnchor(ctx, published.Heads)
	}
	if err != nil && !fault.Is(err, fault.Conflict) {
		return nil, err
	}
	out := &httpapi.JournalState{Intact: err == nil, Chains: []httpapi.JournalHead{}}
	if err != nil {
		out.Problem = err.Error()
		return out, nil
	}
	for _, h := range heads {
		out.Chains = append(out.Chains, httpapi.JournalHead{Chain: h.Chain, Entries: h.Seq, Hash: h.Hash})
	}
	out.Anchor = actor.Anchor{At: a.Clock(), Heads: heads}.String()
	return out, nil
}
