package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// The invented country has the shape of Kazakhstan: 241 units. Each measure is
// told for each unit and month, in total and by five groups.
const (
	regions      = 20
	districts    = 220
	units        = 1 + regions + districts
	months       = 120
	firstYear    = 2016
	firstMonth   = time.November // the last month is October 2026
	secondEvery  = 10            // every tenth measure has a second source, which disagrees
	correctEvery = 200           // one figure of so many is corrected later
)

// today is the day from which the world is seen.
var today = period.NewDate(2026, time.November, 24)

var groups = []string{"", "age=0-14", "age=15-64", "age=65+", "sex=f", "sex=m"}

const perMeasure = units * months // of one group

// world makes the figures of a seed.
type world struct {
	seed     uint64
	measures int
	places   []place.ID
	periods  []period.Period
	said     []period.Date // when the figures of a month were published
}

// newWorld returns a world with at least so many figures, in whole measures.
func newWorld(seed uint64, figures int) *world {
	w := &world{seed: seed, measures: max(1, (figures+perMeasure*len(groups)-1)/(perMeasure*len(groups)))}
	w.places = append(w.places, "XX")
	for r := range regions {
		w.places = append(w.places, place.ID(fmt.Sprintf("XX-%02d", r+1)))
	}
	for d := range districts {
		w.places = append(w.places, place.ID(fmt.Sprintf("XX-%02d-%03d", d%regions+1, d+1)))
	}
	for m := range months {
		p := period.OfMonth(firstYear, firstMonth+time.Month(m))
		w.periods = append(w.periods, p)
		w.said = append(w.said, p.End+14)
	}
	return w
}

func measureName(m int) string { return fmt.Sprintf("synthetic-%03d", m+1) }

// spell is everything about a figure that its place in the world decides.
type spell struct{ measure, place, group, month int }

// figure returns the figure of a cell, as first said (version 0), as corrected
// later (1) or as the second source says it (2). It is not sealed yet.
func (w *world) figure(s spell, version int) ledger.Figure {
	rnd := rand.New(rand.NewPCG(w.seed, uint64(((s.measure*units+s.place)*len(groups)+s.group)*months+s.month)<<2|uint64(version)))
	size := 40_000 / (1 + s.place) * (3 + s.measure%7) / (1 + s.group)
	value := decimal.NewFromInt(int64(size + s.month*3 + rnd.IntN(size/4+10)))
	if s.measure%3 == 0 { // a rate with two decimal places
		value = decimal.New(rnd.Int64N(100_000), -2)
	}
	published := w.said[s.month] + period.Date(30*version)
	f := ledger.Figure{
		Series: ledger.Series{Measure: measureName(s.measure), Version: 1, Place: w.places[s.place], Dimensions: groups[s.group],
			Kind: ledger.Actual, Unit: "person", Source: "synthetic register"},
		Period: w.periods[s.month], Value: &value, Published: &published, Synthetic: true,
		Document: fmt.Sprintf("synthetic register %d", firstYear+(int(firstMonth)+s.month-1)/12),
		Locator:  ledger.Locator{Line: s.measure*units + s.place + 1},
	}
	if version == 2 {
		f.Source, f.Document, f.Locator = "synthetic survey", "", ledger.Locator{}
	}
	return f
}

// corrected reports whether a cell is corrected later.
func (w *world) corrected(s spell) bool {
	return (s.place*31+s.group*7+s.month*13+s.measure)%correctEvery == 0
}

// each calls f for the figures of a measure in the order of an import: the
// first wordings, or the corrections.
func (w *world) each(measure int, corrections bool, f func(ledger.Figure)) {
	for p := range units {
		for g := range groups {
			for m := range months {
				s := spell{measure, p, g, m}
				switch {
				case corrections && w.corrected(s):
					f(w.figure(s, 1))
				case !corrections:
					f(w.figure(s, 0))
					if measure%secondEvery == 0 && g == 0 {
						f(w.figure(s, 2))
					}
				}
			}
		}
	}
}
