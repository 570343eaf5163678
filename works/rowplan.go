package works

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// RowPlan is what charts over many works need to know of one: its baselines,
// what was reported, and its money by source and budget year.
type RowPlan struct {
	First   Terms      `json:"first,omitempty"`   // first baseline
	Current Terms      `json:"current,omitempty"` // newest baseline
	Reports []Reported `json:"reports,omitempty"` // of the whole, oldest first; the last one of every month
	Years   []RowYear  `json:"years,omitempty"`   // by source, then year
	Shares  []Share    `json:"shares,omitempty"`  // rules of co-financing
}

// Reported is a percentage of the whole, 0 to 100, as it was reported.
type Reported struct {
	On      period.Date     `json:"on"`
	Percent decimal.Decimal `json:"percent"`
}

// RowYear is the money of a source in a year. Year is the budget year; where
// none was said it is the year in which the money moved, and 0 for what is
// only planned or approved.
type RowYear struct {
	Source string   `json:"source"`
	Year   int      `json:"year"`
	Money  RowMoney `json:"money"`
}

// RowTerm is a stage of a baseline: from its first to its last day, with its
// weight in any unit.
type RowTerm struct {
	Start  period.Date `json:"start"`
	Finish period.Date `json:"finish"`
	Weight int64       `json:"weight"`
}

// Terms are the stages of a baseline.
type Terms []RowTerm

// Span returns the first and the last day; ok is false without any stage.
func (t Terms) Span() (start, finish period.Date, ok bool) {
	for i, x := range t {
		if i == 0 || x.Start < start {
			start = x.Start
		}
		if i == 0 || x.Finish > finish {
			finish = x.Finish
		}
	}
	return start, finish, len(t) > 0
}

// On returns the share of the work, 0 to 1, that is planned by the end of a
// day, each stage growing evenly; ok is false where no stage has a weight.
func (t Terms) On(day period.Date) (share float64, ok bool) {
	var done, total float64
	for _, x := range t {
		length := int64(x.Finish-x.Start) + 1
		past := min(max(int64(day-x.Start)+1, 0), length)
		done += float64(x.Weight) * float64(past) / float64(length)
		total += float64(x.Weight)
	}
	if total == 0 {
		return 0, false
	}
	return done / total, true
}

// ReportedOn returns the share of the work, 0 to 1, that was reported last by
// the end of a day; ok is false before the first report.
func (p *RowPlan) ReportedOn(day period.Date) (share float64, ok bool) {
	if p == nil {
		return 0, false
	}
	for _, r := range p.Reports {
		if r.On > day {
			break
		}
		share, ok = r.Percent.InexactFloat64()/100, true
	}
	return share, ok
}

// planOf folds what a row knows of plans, reports and years; nil when there is
// nothing.
func planOf(s *State) *RowPlan {
	p := &RowPlan{First: s.terms(s.firstKnown()), Current: s.terms(s.currentKnown()), Years: s.years(), Shares: s.Work.Shares}
	for _, l := range s.Lines {
		if l.Status == nil || l.Status.Stage != "" || l.Status.Percent == nil {
			continue
		}
		if n := len(p.Reports); n > 0 && sameMonth(p.Reports[n-1].On, l.On) {
			p.Reports = p.Reports[:n-1]
		}
		p.Reports = append(p.Reports, Reported{l.On, *l.Status.Percent})
	}
	if p.First == nil && p.Current == nil && p.Reports == nil && p.Years == nil && p.Shares == nil {
		return nil
	}
	return p
}

func sameMonth(a, b period.Date) bool {
	y, m, _ := a.Civil()
	y2, m2, _ := b.Civil()
	return y == y2 && m == m2
}

// terms returns the stages of a baseline with their weights.
func (s *State) terms(b *Baseline) Terms {
	if b == nil {
		return nil
	}
	t := s.Work.Stages()
	var out Terms
	for _, x := range b.Terms {
		w := int64(x.PerMille)
		if w == 0 {
			w = t.weight(x.Stage)
		}
		out = append(out, RowTerm{x.Start, x.Finish, w})
	}
	return out
}

// years adds up the money lines by source and year.
func (s *State) years() []RowYear {
	type key struct {
		source string
		year   int
	}
	sums := map[key]map[MoneyKind]*Sum{}
	for _, l := range s.Lines {
		m := l.Money
		if m == nil {
			continue
		}
		k := key{m.Source, m.Year}
		if k.year == 0 && m.Kind.Happened() {
			k.year, _, _ = l.On.Civil()
		}
		of := inner(sums, k)
		if of[m.Kind] == nil {
			of[m.Kind] = &Sum{}
		}
		_ = of[m.Kind].add(m.Amount, m.Qualifier, l.ID) // the account of the work added the same and did not overflow
	}
	var out []RowYear
	for k, m := range sums {
		out = append(out, RowYear{k.source, k.year, rowMoney(m)})
	}
	slices.SortFunc(out, func(a, b RowYear) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Year, b.Year))
	})
	return out
}
