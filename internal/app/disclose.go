package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/disclosure"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// suppressed is the SDMX observation status of a value that is not published.
const suppressed ledger.Status = "Q"

// maxDisclosed bounds the published figures that are looked at for one measure
// and period.
const maxDisclosed = 20_000

// disclose leaves out of a batch what may not be published by the rule of its
// measure, together with what would tell it: sums over places and over
// dimensions count, and so does everything published before. Values become
// null with the status Q; with a rule that rounds they become multiples of its
// base. Figures of measures without a rule, plans, and values that are no whole
// counts stay as they are.
func (a *App) disclose(ctx context.Context, v *view, b *ledger.Batch) error {
	type group struct {
		measure string
		period  period.Period
	}
	groups := map[group][]int{}
	for i := range b.Figures {
		f := &b.Figures[i]
		if _, ok := disclosure.Find(v.Measures[f.Measure].Disclosure); ok && f.Kind == ledger.Actual && f.Value != nil && !f.Value.IsNegative() && f.Value.IsInteger() {
			groups[group{f.Measure, f.Period}] = append(groups[group{f.Measure, f.Period}], i)
		}
	}
	keys := slices.SortedFunc(maps.Keys(groups), func(x, y group) int {
		return strings.Compare(x.measure+" "+x.period.String(), y.measure+" "+y.period.String())
	})
	for _, g := range keys {
		rule, _ := disclosure.Find(v.Measures[g.measure].Disclosure)
		page, err := a.Store.Figures(ctx, store.Query{At: store.Everything, Measures: []string{g.measure}, Kinds: []ledger.Kind{ledger.Actual}, Period: g.period, NotSource: ledger.Computed, Limit: maxDisclosed})
		if err != nil {
			return err
		}
		if page.Next != "" {
			return fault.New(fault.TooLarge, "app.disclose", g.measure, "more than %d figures of one period would have to be checked against each other: publish the measure in parts", maxDisclosed)
		}
		d := newDisclosing(v, rule)
		for i := range page.Figures {
			d.published(&page.Figures[i])
		}
		for _, i := range groups[g] {
			d.put(&b.Figures[i])
		}
		if err := d.decide(); err != nil {
			return err
		}
	}
	return sealAnew(b)
}

// sealAnew gives figures the ids of what they say now, also where the batch
// speaks of them.
func sealAnew(b *ledger.Batch) error {
	became := map[ledger.FigureID]ledger.FigureID{}
	for i := range b.Figures {
		was := b.Figures[i].ID
		if err := b.Figures[i].Seal(); err != nil {
			return err
		}
		became[was] = b.Figures[i].ID
	}
	now := func(id *ledger.FigureID) {
		if next, ok := became[*id]; ok && *id != 0 {
			*id = next
		}
	}
	for i := range b.Statements {
		now(&b.Statements[i].Figure)
	}
	for i := range b.Moves {
		now(&b.Moves[i].Figure)
	}
	for i := range b.Evidence {
		now(&b.Evidence[i].Figure)
	}
	return nil
}

// disclosing is the table of one measure and period.
type disclosing struct {
	view   *view
	rule   disclosure.Rule
	cells  map[spot]*disclosure.Cell
	fresh  map[spot]*ledger.Figure
	hidden map[spot]bool // left out before: nobody here knows the number
}

// spot is what a cell is about.
type spot struct {
	place      place.ID
	dimensions string
}

func (s spot) id() string { return string(s.place) + " " + s.dimensions }

func newDisclosing(v *view, r disclosure.Rule) *disclosing {
	return &disclosing{view: v, rule: r, cells: map[spot]*disclosure.Cell{}, fresh: map[spot]*ledger.Figure{}, hidden: map[spot]bool{}}
}

func (d *disclosing) published(f *ledger.Figure) {
	s := spot{f.Place, f.Dimensions}
	if f.Value == nil {
		d.hidden[s] = f.Status == suppressed
		return
	}
	if f.Value.IsInteger() && !f.Value.IsNegative() {
		d.cells[s] = &disclosure.Cell{ID: s.id(), Value: f.Value.IntPart(), Known: true}
	}
}

func (d *disclosing) put(f *ledger.Figure) {
	s := spot{f.Place, f.Dimensions}
	c := &disclosure.Cell{ID: s.id(), Value: f.Value.IntPart()}
	if old := d.cells[s]; old != nil && old.Known {
		before := old.Value
		if c.Before = &before; before == c.Value {
			c.Known = true // it says nothing new
		}
	}
	d.cells[s], d.fresh[s] = c, f
	delete(d.hidden, s)
}

// relations are the totals and parts that a reader can put together: the
// places directly below a place, and the values of one further dimension.
func (d *disclosing) relations() map[spot][][]spot {
	all := make([]spot, 0, len(d.cells)+len(d.hidden))
	for s := range d.cells {
		all = append(all, s)
	}
	for s, yes := range d.hidden {
		if yes && d.cells[s] == nil {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b spot) int { return strings.Compare(a.id(), b.id()) })
	by := map[spot]map[string][]spot{}
	put := func(total spot, kind string, part spot) {
		if d.cells[total] == nil {
			return
		}
		if by[total] == nil {
			by[total] = map[string][]spot{}
		}
		by[total][kind] = append(by[total][kind], part)
	}
	for _, s := range all {
		if p := d.view.Atlas.Parent(s.place, d.view.at.AsOf); p != "" {
			put(spot{p, s.dimensions}, "place", s)
		}
		dims := ledger.Series{Dimensions: s.dimensions}.Dims()
		for key := range dims {
			less := maps.Clone(dims)
			delete(less, key)
			put(spot{s.place, less.String()}, "dimension "+key, s)
		}
	}
	out := map[spot][][]spot{}
	for total, kinds := range by {
		for _, kind := range slices.Sorted(maps.Keys(kinds)) {
			out[total] = append(out[total], kinds[kind])
		}
	}
	return out
}

func (d *disclosing) decide() error {
	var t disclosure.Table
	for _, s := range slices.SortedFunc(maps.Keys(d.cells), func(a, b spot) int { return strings.Compare(a.id(), b.id()) }) {
		t.Cells = append(t.Cells, *d.cells[s])
	}
	tells := map[spot]bool{} // new cells that would tell what was left out before
	relations := d.relations()
	for _, total := range slices.SortedFunc(maps.Keys(relations), func(a, b spot) int { return strings.Compare(a.id(), b.id()) }) {
		for _, parts := range relations[total] {
			left, gone, sum := d.cells[total].Value, 0, disclosure.Sum{Total: total.id()}
			for _, p := range parts {
				if c := d.cells[p]; c != nil {
					left -= c.Value
					sum.Parts = append(sum.Parts, c.ID)
				} else {
					gone++
				}
			}
			switch {
			case gone == 0 && left == 0 && len(sum.Parts) > 0:
				t.Sums = append(t.Sums, sum)
			case gone > 0 && left >= 0 && (gone == 1 || left < 2*d.rule.Threshold):
				d.newest(total, parts, tells)
			}
		}
	}
	if d.rule.Base > 0 {
		return d.round(t)
	}
	got, err := disclosure.Suppress(t, d.rule)
	if err != nil {
		return err
	}
	for s, f := range d.fresh {
		if got.Status[s.id()] != disclosure.Free || tells[s] && !d.cells[s].Known {
			f.Value, f.Status = nil, suppressed
		}
	}
	return nil
}

// newest marks the cells of a sum that are not public yet: without them the
// sum tells nothing of what was left out before.
func (d *disclosing) newest(total spot, parts []spot, tells map[spot]bool) {
	for _, s := range append([]spot{total}, parts...) {
		if d.fresh[s] != nil {
			tells[s] = true
			return // one is enough
		}
	}
}

func (d *disclosing) round(t disclosure.Table) error {
	got, err := disclosure.Round(t, d.rule.Base)
	if fault.Is(err, fault.Invalid) { // sums across each other: each number by itself
		got, err = disclosure.Round(disclosure.Table{Cells: t.Cells}, d.rule.Base)
	}
	if err != nil {
		return err
	}
	for s, f := range d.fresh {
		v := decimal.NewFromInt(got[s.id()])
		if !v.Equal(*f.Value) {
			f.Value, f.Status = &v, ledger.Estimated
		}
	}
	return nil
}
