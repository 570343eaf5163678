package board

import (
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// Measures of the totals of the board; their place is the country and their
// dimensions name the theme.
const (
	MeasurePromised  = "board.promised"
	MeasureDelivered = "board.delivered"
)

// total adds what was promised and what was delivered, theme by theme and unit
// by unit.
func (p *Programme) total(b *Board) {
	type key struct {
		theme ledger.Theme
		unit  string
	}
	groups := map[key][]*Item{}
	var order []key
	for i := range b.Items {
		it := &b.Items[i]
		if it.Withdrawn {
			continue
		}
		k := key{it.Theme, it.Target.Unit}
		if _, ok := groups[k]; !ok {
			order = append(order, k)
		}
		groups[k] = append(groups[k], it)
	}
	rank := map[ledger.Theme]int{}
	for i, t := range ledger.Themes() {
		rank[t] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		if order[i].theme != order[j].theme {
			return rank[order[i].theme] < rank[order[j].theme]
		}
		return order[i].unit < order[j].unit
	})
	for _, k := range order {
		t := Total{Theme: k.theme, Unit: k.unit, ByDue: map[Due]int{}, ByEvidence: map[Proof]int{}}
		var promised, delivered []*ledger.Figure
		var tops []*Item
		for _, it := range groups[k] {
			t.Promises++
			t.ByDue[it.Due]++
			t.ByEvidence[it.Evidence]++
			if it.PartOf != "" && b.Item(it.PartOf) != nil {
				continue
			}
			tops = append(tops, it)
			if it.Target.Value != nil {
				promised = append(promised, it.Target)
			}
			delivered = append(delivered, p.leaves(it.Delivered)...)
		}
		t.Overlap = p.overlaps(tops)
		t.Promised = p.totalFigure(MeasurePromised, ledger.Plan, k.theme, k.unit, promised, ledger.Exact, len(t.Overlap) > 0)
		t.Delivered = p.totalFigure(MeasureDelivered, ledger.Actual, k.theme, k.unit, p.apartByMeasure(delivered), ledger.AtLeast, false)
		b.keep(t.Promised)
		b.keep(t.Delivered)
		b.Totals = append(b.Totals, t)
	}
}

// overlaps returns the promises that may lie inside another one of the list:
// same measure, a place inside, a period inside and narrower dimensions, and
// nobody said that the one is part of the other.
func (p *Programme) overlaps(tops []*Item) []string {
	var out []string
	for _, a := range tops {
		for _, b := range tops {
			if a == b || a.Target.Measure != b.Target.Measure || a.Target.Value == nil || b.Target.Value == nil {
				continue
			}
			narrower := a.Target.Place != b.Target.Place || a.Target.Dimensions != b.Target.Dimensions
			if narrower && p.Atlas.Within(a.Target.Place, b.Target.Place) && b.Target.Dims().Covers(a.Target.Dims()) &&
				(!b.Target.Period.Known() || !a.Target.Period.Known() || b.Target.Period.Overlaps(a.Target.Period)) {
				out = append(out, a.ID)
				break
			}
		}
	}
	sort.Strings(out)
	return out
}

// leaves returns the stated figures behind a delivered one: itself, or what
// was added up in it.
func (p *Programme) leaves(f *ledger.Figure) []*ledger.Figure {
	if f == nil || f.Value == nil {
		return nil
	}
	if f.Recipe == nil {
		return []*ledger.Figure{f}
	}
	var out []*ledger.Figure
	for _, id := range f.Recipe.Inputs {
		if in := p.delivery(id); in != nil {
			out = append(out, in)
		}
	}
	return out
}

// apartByMeasure keeps of the figures that deliver several promises those that
// count nothing twice: the same 102 beds may deliver 224 and 800.
func (p *Programme) apartByMeasure(list []*ledger.Figure) []*ledger.Figure {
	seen := map[ledger.FigureID]bool{}
	groups := map[string][]*ledger.Figure{}
	for _, f := range list {
		if !seen[f.ID] {
			seen[f.ID] = true
			groups[f.Measure] = append(groups[f.Measure], f)
		}
	}
	var out []*ledger.Figure
	for _, m := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, p.disjoint(groups[m], p.Measures[m].OverTime == ledger.Sum)...)
	}
	return out
}

// totalFigure returns the sum as a figure with its recipe; nil for no terms.
func (p *Programme) totalFigure(measure string, kind ledger.Kind, theme ledger.Theme, unit string, terms []*ledger.Figure, floor ledger.Qualifier, overlap bool) *ledger.Figure {
	if len(terms) == 0 {
		return nil
	}
	s := ledger.Series{Measure: measure, Version: 1, Place: p.Atlas.Root(), Dimensions: "theme=" + string(theme), Kind: kind, Unit: unit, Source: ledger.Computed}
	f := p.sum(MethodTotal, 1, s, period.Period{}, terms, floor)
	if f == nil || !overlap {
		return f
	}
	q, definite := stat.SumQualifier(f.Qualifier, ledger.AtMost)
	f.Qualifier = q
	f.Recipe.Params = map[string]string{"overlap": "some promises may lie inside others"}
	if !definite {
		f.Recipe.Params["indefinite"] = indefinite
	}
	if err := f.Seal(); err != nil {
		return nil
	}
	return f
}

// money writes the money block: every sum that was named with parts, what its
// parts make, what was promised on top for the same projects, the other sums,
// and what was paid.
func (p *Programme) money(b *Board, day period.Date) {
	var extra, rest []MoneyRow
	projects := map[string]bool{}
	for _, s := range p.Statements {
		f := p.Visible(s.Figure, day)
		if f == nil || f.Value == nil || s.Kind != ledger.MoneyKind || s.PartOf != "" || (s.Role != ledger.Context && s.Role != ledger.Promise) {
			continue
		}
		parts := p.parts(s.ID, f.Unit, day)
		row := MoneyRow{What: MoneySaid, Statement: s.ID, Shown: f}
		switch {
		case len(parts) > 0:
			row.What = MoneyWhole
			b.Money = append(b.Money, row)
			b.Money = append(b.Money, p.partsRow(b, row, parts)...)
			for _, part := range parts {
				projects[part.Dims()["project"]] = true
			}
		case s.Role == ledger.Promise && f.Dims()["project"] != "":
			extra = append(extra, row)
		default:
			rest = append(rest, row)
		}
	}
	for _, row := range extra {
		if projects[row.Shown.Dims()["project"]] {
			row.What = MoneyMore
			b.Money = append(b.Money, row)
		} else {
			rest = append(rest, row)
		}
	}
	b.Money = append(append(b.Money, rest...), p.paid(b, day))
}

// partsRow returns what the named parts of a sum make; none for a single part,
// which says nothing that it does not say itself.
func (p *Programme) partsRow(b *Board, whole MoneyRow, parts []*ledger.Figure) []MoneyRow {
	if len(parts) < 2 {
		return nil
	}
	series := whole.Shown.Series
	series.Source = ledger.Computed
	sum := p.sum(MethodParts, 1, series, whole.Shown.Period, parts, ledger.Exact)
	if sum == nil {
		return nil
	}
	b.keep(sum)
	return []MoneyRow{{What: MoneyParts, Statement: whole.Statement, Shown: sum}}
}

// paid returns what was paid: the one figure that somebody gives, or the sum
// of those that count nothing twice, as a lower bound; its figure is nil when
// nobody said anything. The money of another measure or currency is left out.
func (p *Programme) paid(b *Board, day period.Date) MoneyRow {
	row := MoneyRow{What: MoneyPaid}
	p.index()
	var list []*ledger.Figure
	for _, m := range slices.Sorted(maps.Keys(p.byMeasure)) {
		if !strings.HasSuffix(m, paidSuffix) {
			continue
		}
		for _, c := range p.byMeasure[m] {
			list = append(list, c.newest(true, func(f *ledger.Figure) bool {
				return f.Value != nil && f.PublishedBy(day) && !p.replaced(f, day)
			})...)
		}
	}
	if len(list) == 0 {
		return row
	}
	first := list[0]
	list = p.disjoint(slices.DeleteFunc(list, func(f *ledger.Figure) bool { return f.Measure != first.Measure || f.Unit != first.Unit }), true)
	switch len(list) {
	case 1:
		row.Shown = list[0]
	default:
		row.Shown = p.sum(MethodDelivered, 1, ledger.Series{Measure: list[0].Measure, Version: list[0].Version, Place: p.Atlas.Root(), Kind: ledger.Actual, Unit: list[0].Unit, Source: ledger.Computed},
			period.Period{}, list, ledger.AtLeast)
		b.keep(row.Shown)
	}
	return row
}

// parts returns the visible figures of the statements that are part of id.
func (p *Programme) parts(id, unit string, day period.Date) []*ledger.Figure {
	var out []*ledger.Figure
	for _, s := range p.Statements {
		if s.PartOf != id {
			continue
		}
		if f := p.Visible(s.Figure, day); f != nil && f.Value != nil && f.Unit == unit {
			out = append(out, f)
		}
	}
	return out
}

// The endings of measures that belong together: departments.new is promised,
// departments.priority says where it comes first.
const (
	newSuffix      = ".new"
	paidSuffix     = ".paid" // money that was paid, of any programme
	prioritySuffix = ".priority"
)

// priority tells which of the regions named to be served first have something:
// a statement of measure X.priority names the region, and an actual figure of
// the measure that delivers X.new in that region counts.
func (p *Programme) priority(b *Board, day period.Date) {
	for _, s := range p.Statements {
		f := p.Visible(s.Figure, day)
		if f == nil || !strings.HasSuffix(f.Measure, prioritySuffix) {
			continue
		}
		by := p.Measures[strings.TrimSuffix(f.Measure, prioritySuffix)+newSuffix].DeliveredBy
		has := false
		for _, c := range p.cellsOf(by) {
			if !p.Atlas.Within(c.place, f.Place) {
				continue
			}
			for _, d := range c.figures {
				has = has || d.PublishedBy(day) && d.Value != nil && d.Value.IsPositive() && !p.replaced(d, day)
			}
		}
		b.Priority = append(b.Priority, Priority{Measure: f.Measure, Place: f.Place, Has: has})
	}
}
