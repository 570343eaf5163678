package board

import (
	"cmp"
	"maps"
	"slices"
	"sort"

	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// Method names of the computations; docs/method has a page for each.
const (
	MethodDelivered = "ledger.delivered"
	MethodTotal     = "ledger.total"
	MethodParts     = "ledger.sum"
)

// delivered returns the figure that tells how much of a promise happened, as
// of a day, or nil when nobody said anything: the total that somebody states,
// else the sum over the places below and the matching dimensions, stated as a
// lower bound because nobody said that the list is complete. Where the period
// of the promise is only our reading, nothing is added up for it: a stated
// total counts, parts do not.
func (p *Programme) delivered(target *ledger.Figure, inferred bool, day period.Date) *ledger.Figure {
	m, ok := p.Measures[target.Measure]
	if !ok || m.DeliveredBy == "" {
		return nil
	}
	by, ok := p.Measures[m.DeliveredBy]
	if !ok {
		return nil
	}
	flow := by.OverTime == ledger.Sum
	want := target.Dims()
	var stated *ledger.Figure
	var parts []*ledger.Figure
	for _, c := range p.cellsOf(by.Code) {
		if !p.Atlas.Within(c.place, target.Place) || !want.Covers(c.dims) {
			continue
		}
		same := c.place == target.Place && c.dimensions == target.Dimensions
		for _, f := range c.newest(flow, func(f *ledger.Figure) bool {
			return f.Value != nil && f.PublishedBy(day) && inTime(f.Period, target.Period) && f.Source != ledger.Computed && !p.replaced(f, day)
		}) {
			if same && (!flow || f.Period == target.Period) {
				stated = f
			} else {
				parts = append(parts, f)
			}
		}
	}
	if stated != nil || inferred {
		return stated
	}
	parts = p.disjoint(parts, flow)
	if len(parts) == 0 {
		return nil
	}
	return p.sum(MethodDelivered, 1, ledger.Series{Measure: by.Code, Version: by.Version, Place: target.Place, Dimensions: target.Dimensions,
		Kind: ledger.Actual, Unit: by.Unit, Source: ledger.Computed}, target.Period, parts, ledger.AtLeast)
}

// deliveredLate returns what was delivered of a promise, given what was
// delivered in its period: for that, a figure after the period says nothing, as
// departments of 2027 do not keep a promise for 2026. But where somebody
// attached a figure to this very promise as supporting it, about the same place
// and the same thing, then it tells what became of it: kept late is kept.
func (p *Programme) deliveredLate(it *Item, inTime *ledger.Figure, day period.Date) *ledger.Figure {
	by := p.Measures[it.Target.Measure].DeliveredBy
	got := inTime
	if got != nil && got.Source == ledger.Computed {
		got = nil // a stated total counts before one that was added up
	}
	for _, l := range it.Links {
		f := l.Shown
		attached := l.Relation == ledger.Supports || (l.Relation == ledger.Contradicts && f.Value != nil && f.Value.IsZero()) // nothing, by their own word
		if attached && by != "" && f.Measure == by && f.Kind == ledger.Actual && f.Value != nil && f.Unit == p.Measures[by].Unit &&
			f.Place == it.Target.Place && f.Dimensions == it.Target.Dimensions {
			got = newer(got, f)
		}
	}
	if got == nil {
		return inTime
	}
	return got
}

// replaced reports whether a later figure published by the day took its place.
func (p *Programme) replaced(f *ledger.Figure, day period.Date) bool {
	if f.SupersededBy == 0 {
		return false
	}
	next := p.Figures[f.SupersededBy]
	if next == nil {
		next = p.delivery(f.SupersededBy)
	}
	return next == nil || next.PublishedBy(day)
}

// inTime reports whether what happened in f counts for a promise for q: a
// promise without a period is kept whenever it happens; one with a period also
// by what was reported for a part of it.
func inTime(f, q period.Period) bool { return !q.Known() || !f.Known() || q.Contains(f) }

// newer returns the figure about the later period, or the later published.
func newer(a, b *ledger.Figure) *ledger.Figure {
	switch {
	case a == nil:
		return b
	case a.Period.End != b.Period.End:
		if a.Period.End > b.Period.End {
			return a
		}
		return b
	case a.Published == nil || b.Published == nil:
		if b.Published != nil || (a.Published == nil && b.ID > a.ID) {
			return b
		}
		return a
	case *a.Published != *b.Published:
		if *a.Published > *b.Published {
			return a
		}
		return b
	case a.ID > b.ID:
		return a
	}
	return b
}

// newest returns of the figures of a cell that count the newest one, or for a
// flow that adds up over time the newest of each period.
func (c *cell) newest(flow bool, counts func(*ledger.Figure) bool) []*ledger.Figure {
	var last *ledger.Figure
	byPeriod := map[period.Period]*ledger.Figure{}
	for _, f := range c.figures {
		switch {
		case !counts(f):
		case flow:
			byPeriod[f.Period] = newer(byPeriod[f.Period], f)
		default:
			last = newer(last, f)
		}
	}
	if last != nil {
		return []*ledger.Figure{last}
	}
	return slices.Collect(maps.Values(byPeriod)) // the order does not matter: disjoint sorts
}

// disjoint keeps figures of one measure that cannot count the same thing
// twice. Of two that may overlap - a district and its region, haematology and
// all services, two lists that tell nothing of each other - the wider one
// stays: the larger place, then fewer dimensions, then the longer period, then
// the larger value. Figures of a flow overlap only when their periods do. What
// is left sums to a lower bound.
func (p *Programme) disjoint(list []*ledger.Figure, flow bool) []*ledger.Figure {
	depth := map[place.ID]int{}
	dims := map[ledger.FigureID]ledger.Dimensions{}
	for _, f := range list {
		depth[f.Place] = len(p.Atlas.Path(f.Place))
		dims[f.ID] = f.Dims()
	}
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b *ledger.Figure) int {
		return cmp.Or(cmp.Compare(depth[a.Place], depth[b.Place]), cmp.Compare(len(dims[a.ID]), len(dims[b.ID])),
			cmp.Compare(b.Period.Days(), a.Period.Days()), b.Value.Cmp(*a.Value), cmp.Compare(a.ID, b.ID))
	})
	var out []*ledger.Figure
	for _, f := range sorted {
		if !slices.ContainsFunc(out, func(g *ledger.Figure) bool {
			return p.Atlas.Within(f.Place, g.Place) && !apart(dims[f.ID], dims[g.ID]) && (!flow || !f.Period.Known() || !g.Period.Known() || f.Period.Overlaps(g.Period))
		}) {
			out = append(out, f)
		}
	}
	return out
}

// apart reports whether two sets of dimensions exclude each other: they give
// different values to the same dimension.
func apart(a, b ledger.Dimensions) bool {
	for k, v := range a {
		if w, ok := b[k]; ok && v != w {
			return true
		}
	}
	return false
}

// indefinite is noted where a sum says nothing definite.
const indefinite = "lower and upper bounds were added"

// sum returns the figure that adds up parts, with its recipe. floor is the
// qualifier when all terms are exact: AtLeast when the list may be incomplete.
func (p *Programme) sum(method string, version int, s ledger.Series, when period.Period, parts []*ledger.Figure, floor ledger.Qualifier) *ledger.Figure {
	total := decimal.Zero
	quals := []ledger.Qualifier{floor}
	f := &ledger.Figure{Series: s, Period: when, Recipe: &ledger.Recipe{Method: method, Version: version}}
	for _, part := range parts {
		total = total.Add(*part.Value)
		quals = append(quals, part.Qualifier)
		f.Recipe.Inputs = append(f.Recipe.Inputs, part.ID)
		f.Synthetic = f.Synthetic || part.Synthetic
		if part.Published != nil && (f.Published == nil || *part.Published > *f.Published) {
			d := *part.Published
			f.Published = &d
		}
	}
	sort.Slice(f.Recipe.Inputs, func(i, j int) bool { return f.Recipe.Inputs[i] < f.Recipe.Inputs[j] })
	q, definite := stat.SumQualifier(quals...)
	f.Value, f.Qualifier = &total, q
	if !definite {
		f.Recipe.Params = map[string]string{"indefinite": indefinite}
	}
	if err := f.Seal(); err != nil {
		return nil
	}
	return f
}

// reached reports whether a delivered figure meets a target: "about" and "close
// to" from 95 % on (one less the tolerance), everything else in full. For a
// measure that should fall, less is more.
func (p *Programme) reached(target, got *ledger.Figure, polarity ledger.Polarity) bool {
	if target.Value == nil || got == nil || got.Value == nil {
		return false
	}
	if got.Qualifier == ledger.AtMost || got.Qualifier == ledger.LessThan {
		return polarity == ledger.Down && got.Value.LessThanOrEqual(*target.Value)
	}
	goal := *target.Value
	slack := goal.Abs().Mul(p.Parameters.AboutTolerance)
	loose := target.Qualifier == ledger.About || target.Qualifier == ledger.CloseTo
	if polarity == ledger.Down {
		if got.Qualifier == ledger.AtLeast || got.Qualifier == ledger.MoreThan {
			return false
		}
		if loose {
			goal = goal.Add(slack)
		}
		return got.Value.LessThanOrEqual(goal)
	}
	if loose {
		goal = goal.Sub(slack)
	}
	if target.Qualifier == ledger.MoreThan && got.Qualifier != ledger.MoreThan {
		return got.Value.GreaterThan(goal)
	}
	return got.Value.GreaterThanOrEqual(goal)
}

// hedged returns the weakest qualifier with which the same source said the
// same number about the same thing: a headline says 30, the text about 30.
func (p *Programme) hedged(f *ledger.Figure, day period.Date) ledger.Qualifier {
	if f.Value == nil || f.Qualifier != ledger.Exact {
		return f.Qualifier
	}
	for _, s := range p.Statements {
		g := p.Visible(s.Figure, day)
		if g == nil || g.Series != f.Series || g.Period != f.Period || g.Value == nil || !g.Value.Equal(*f.Value) || g.Document != f.Document {
			continue
		}
		if g.Qualifier == ledger.About || g.Qualifier == ledger.CloseTo {
			return g.Qualifier
		}
	}
	return f.Qualifier
}
