package app

import (
	"cmp"
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
// dimensions count, and so does everything published before, and what the same
// act is about to publish. Values become null with the status Q; with a rule
// that rounds they become multiples of its base. Figures of measures without a
// rule, plans, and values that are no whole counts stay as they are.
func (a *App) disclose(ctx context.Context, v *view, b *ledger.Batch, sameAct []ledger.Figure) error {
	became, err := a.protect(ctx, v, b.Figures, sameAct)
	if err != nil {
		return err
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

// ruled reports whether small counts of a measure are protected.
func (v *view) ruled(measure string) bool {
	_, ok := disclosure.Find(v.Measures[measure].Disclosure)
	return ok
}

// protect is disclose for figures alone. It returns the ids that they had, and
// those they have now.
func (a *App) protect(ctx context.Context, v *view, figures, sameAct []ledger.Figure) (map[ledger.FigureID]ledger.FigureID, error) {
	type group struct {
		measure string
		period  period.Period
	}
	groups, before := map[group][]*ledger.Figure{}, map[group][]*ledger.Figure{}
	for i := range figures {
		f := &figures[i]
		if v.ruled(f.Measure) && f.Kind == ledger.Actual && f.Value != nil && !f.Value.IsNegative() && f.Value.IsInteger() {
			groups[group{f.Measure, f.Period}] = append(groups[group{f.Measure, f.Period}], f)
		}
	}
	for i := range sameAct {
		if f := &sameAct[i]; f.Kind == ledger.Actual {
			before[group{f.Measure, f.Period}] = append(before[group{f.Measure, f.Period}], f)
		}
	}
	keys := slices.SortedFunc(maps.Keys(groups), func(x, y group) int {
		return strings.Compare(x.measure+" "+x.period.String(), y.measure+" "+y.period.String())
	})
	for _, g := range keys {
		rule, _ := disclosure.Find(v.Measures[g.measure].Disclosure)
		page, err := a.Store.Figures(ctx, store.Query{At: store.Everything, Measures: []string{g.measure}, Kinds: []ledger.Kind{ledger.Actual}, Period: g.period, NotSource: ledger.Computed, Limit: maxDisclosed})
		if err != nil {
			return nil, err
		}
		if page.Next != "" || len(groups[g]) > maxDisclosed {
			return nil, fault.New(fault.TooLarge, "app.disclose", g.measure, "more than %d figures of one period would have to be checked against each other: publish the measure in parts", maxDisclosed)
		}
		known := before[g]
		for _, layer := range layers(groups[g]) {
			d := newDisclosing(v, rule)
			for i := range page.Figures {
				d.published(&page.Figures[i])
			}
			for _, f := range known {
				d.published(f)
			}
			for _, f := range layer {
				d.put(f)
			}
			if err := d.decide(); err != nil {
				return nil, err
			}
			known = append(known, layer...)
		}
	}
	return sealAnew(figures)
}

// layers splits figures so that each layer says one number about a spot: what
// one source says does not add up with what another says, and a correction is
// judged after what it corrects.
func layers(figures []*ledger.Figure) [][]*ledger.Figure {
	type saying struct {
		source string
		spot   spot
	}
	type layer struct {
		source string
		n      int
	}
	said, by := map[saying]int{}, map[layer][]*ledger.Figure{}
	for _, f := range figures {
		s := saying{f.Source, spot{f.Place, f.Dimensions}}
		at := layer{f.Source, said[s]}
		said[s]++
		by[at] = append(by[at], f)
	}
	var out [][]*ledger.Figure
	for _, at := range slices.SortedFunc(maps.Keys(by), func(a, b layer) int {
		return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.source, b.source))
	}) {
		out = append(out, by[at])
	}
	return out
}

// sealAnew gives figures the ids of what they say now, also where they name
// each other, and returns what became of each id.
func sealAnew(figures []ledger.Figure) (map[ledger.FigureID]ledger.FigureID, error) {
	at, became := make(map[ledger.FigureID]int, len(figures)), make(map[ledger.FigureID]ledger.FigureID, len(figures))
	for i := range figures {
		at[figures[i].ID] = i
	}
	sealed := make([]bool, len(figures))
	var seal func(i int) error
	seal = func(i int) error {
		if sealed[i] {
			return nil // another one named it
		}
		sealed[i] = true
		f := &figures[i]
		was := f.ID
		if before, here := at[f.Supersedes]; here && f.Supersedes != 0 {
			if err := seal(before); err != nil {
				return err
			}
			f.Supersedes = became[f.Supersedes]
		}
		if err := f.Seal(); err != nil {
			return err
		}
		became[was] = f.ID
		return nil
	}
	for i := range figures {
		if err := seal(i); err != nil {
			return nil, err
		}
	}
	return became, nil
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
			f.Value, f.Status, f.Qualifier = nil, suppressed, ledger.Exact
			f.Numerator, f.Denominator, f.Bounds = nil, nil, nil // they would tell it
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
