package board

import (
	"sort"

	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// Method names of the computations; docs/method has a page for each.
const (
	MethodDelivered = "ledger.delivered"
	MethodTotal     = "ledger.total"
)

// delivered returns the figure that tells how much of a promise happened, as
// of a day, or nil when nobody said anything: the total that somebody states,
// else the sum over the places below and the matching dimensions, stated as a
// lower bound because nobody said that the list is complete.
func (p *Programme) delivered(target *ledger.Figure, day period.Date) *ledger.Figure {
	m, ok := p.Measures[target.Measure]
	if !ok || m.DeliveredBy == "" {
		return nil
	}
	by, ok := p.Measures[m.DeliveredBy]
	if !ok {
		return nil
	}
	want := target.Dims()
	var stated *ledger.Figure
	var parts []*ledger.Figure
	for i := range p.Deliveries {
		f := &p.Deliveries[i]
		if f.Measure != by.Code || f.Value == nil || !f.PublishedBy(day) || p.replaced(f, day) || f.Source == ledger.Computed {
			continue
		}
		if !p.Atlas.Within(f.Place, target.Place) || !want.Covers(f.Dims()) || !inTime(f.Period, target.Period) {
			continue
		}
		if f.Place == target.Place && f.Dimensions == target.Dimensions {
			stated = newer(stated, f)
			continue
		}
		parts = append(parts, f)
	}
	if stated != nil {
		return stated
	}
	parts = p.disjoint(latest(parts, by.OverTime))
	if len(parts) == 0 {
		return nil
	}
	return p.sum(MethodDelivered, 1, ledger.Series{Measure: by.Code, Version: by.Version, Place: target.Place, Dimensions: target.Dimensions,
		Kind: ledger.Actual, Unit: by.Unit, Source: ledger.Computed}, target.Period, parts, ledger.AtLeast)
}

// replaced reports whether a later figure published by the day took its place.
func (p *Programme) replaced(f *ledger.Figure, day period.Date) bool {
	if f.SupersededBy == 0 {
		return false
	}
	next := p.Figures[f.SupersededBy]
	if next == nil {
		for i := range p.Deliveries {
			if p.Deliveries[i].ID == f.SupersededBy {
				next = &p.Deliveries[i]
			}
		}
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

// latest keeps one figure for each place and dimensions: the newest, or for a
// flow that adds up over time one for each period.
func latest(list []*ledger.Figure, over ledger.Aggregation) []*ledger.Figure {
	best := map[string]*ledger.Figure{}
	for _, f := range list {
		key := string(f.Place) + "|" + f.Dimensions
		if over == ledger.Sum {
			key += "|" + f.Period.String()
		}
		best[key] = newer(best[key], f)
	}
	out := make([]*ledger.Figure, 0, len(best))
	for _, f := range best {
		out = append(out, f)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// disjoint drops every figure that another one of the list contains: a
// district inside a region that is there too, or haematology inside all
// services of the same place.
func (p *Programme) disjoint(list []*ledger.Figure) []*ledger.Figure {
	var out []*ledger.Figure
	for i, f := range list {
		inside := false
		for j, g := range list {
			if i == j || !p.Atlas.Within(f.Place, g.Place) || !g.Dims().Covers(f.Dims()) {
				continue
			}
			if f.Place != g.Place || f.Dimensions != g.Dimensions {
				inside = true
				break
			}
		}
		if !inside {
			out = append(out, f)
		}
	}
	return out
}

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
		f.Recipe.Params = map[string]string{"indefinite": "lower and upper bounds were added"}
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
