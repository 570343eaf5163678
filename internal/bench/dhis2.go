package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// dhis2Values is the size of the import that the design names, in the shape of
// dataValueSets: data element, period, organisation unit, option combination.
const dhis2Values = 188_701

// dhis2 makes the values; changed says of how many the value has changed since.
func dhis2(w *world, source string, changed int) []ledger.Figure {
	rnd := rand.New(rand.NewPCG(w.seed, 188_701))
	list := make([]ledger.Figure, 0, dhis2Values)
	for i := range dhis2Values {
		element, rest := i%60, i/60
		unit, rest := rest%units, rest/units
		value := decimal.NewFromInt(rnd.Int64N(5000))
		if i < changed {
			value = value.Add(decimal.NewFromInt(1))
		}
		f := ledger.Figure{
			Series: ledger.Series{Measure: fmt.Sprintf("dhis2-%03d", element+1), Place: w.places[unit], Dimensions: fmt.Sprintf("combo=c%d", rest%4),
				Kind: ledger.Actual, Unit: "person", Source: source},
			Period: period.OfMonth(2025, time.Month(1+rest/4)), Value: &value, Synthetic: true,
		}
		list = append(list, f)
	}
	return list
}

// importDHIS2 seals and commits the values three times: new, the same, and with
// one in a hundred changed.
func importDHIS2(ctx context.Context, s *store.Store, w *world) ([]line, error) {
	version, err := s.Version(ctx)
	if err != nil {
		return nil, err
	}
	source := fmt.Sprint("dhis2 ", version) // new in every measurement of one database
	var out []line
	for _, step := range []struct {
		what    string
		changed int
		bar     time.Duration
		want    ledger.Receipt
	}{
		{"188,701 values, new", 0, 10 * time.Second, ledger.Receipt{Figures: dhis2Values}},
		{"188,701 values, the same", 0, 10 * time.Second, ledger.Receipt{Known: dhis2Values}},
		{"188,701 values, 1,887 changed", 1887, 10 * time.Second, ledger.Receipt{Figures: 1887, Known: dhis2Values - 1887, Corrected: 1887}},
	} {
		list := dhis2(w, source, step.changed)
		start := time.Now()
		for i := range list {
			if err := list[i].Seal(); err != nil {
				return nil, err
			}
		}
		got, err := s.Commit(ctx, ledger.Batch{Run: runNow("dataValueSets.csv"), Figures: list})
		if err != nil {
			return nil, err
		}
		took := time.Since(start)
		if got.Run = 0; got != step.want {
			return nil, fmt.Errorf("%s: %+v, want %+v", step.what, got, step.want)
		}
		out = append(out, line{what: step.what, bar: step.bar, took: []time.Duration{took}})
	}
	return out, nil
}

// nextDay adds one more period to every series of the world: what a national
// reporting day does to the database. It has no bar in the design.
func nextDay(ctx context.Context, s *store.Store, w *world) (line, error) {
	version, err := s.Version(ctx)
	if err != nil {
		return line{}, err
	}
	list := make([]ledger.Figure, 0, w.measures*units*len(groups))
	for m := range w.measures {
		for p := range units {
			for g := range groups {
				f := w.figure(spell{m, p, g, months - 1}, 0)
				f.Period = period.OfDay(today + period.Date(version))
				if err := f.Seal(); err != nil {
					return line{}, err
				}
				list = append(list, f)
			}
		}
	}
	start := time.Now()
	got, err := s.Commit(ctx, ledger.Batch{Run: runNow("reporting day"), Figures: list})
	if err != nil {
		return line{}, err
	}
	if got.Figures != len(list) {
		return line{}, fmt.Errorf("a reporting day: %+v, want %d figures", got, len(list))
	}
	return line{what: fmt.Sprintf("a reporting day, %d figures", len(list)), took: []time.Duration{time.Since(start)}}, nil
}
