package app

import (
	"context"
	"math"
	"strconv"
	"time"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// once returns the works that charts count: every chosen work that is no part
// of another one among them. A programme stands behind its parts.
func once(rows []*portfolioRow, tree *workTree) []*portfolioRow {
	chosen, whole := make([]bool, len(tree.rows)), make([]bool, len(tree.rows))
	for _, r := range rows {
		chosen[r.no] = true
	}
	for _, r := range rows {
		for up, n := r.around, 0; up != nil && n < 10; up, n = up.around, n+1 {
			whole[up.no] = true
		}
	}
	var out []*portfolioRow
	for _, r := range rows {
		counts := r.Level != works.Programme || !whole[r.no]
		for up, n := r.around, 0; up != nil && n < 10; up, n = up.around, n+1 {
			counts = counts && !(chosen[up.no] && up.Level != works.Programme)
		}
		if counts {
			out = append(out, r)
		}
	}
	return out
}

// maxCurve is how many points a curve has at most; a longer one has a point
// every third month, or every twelfth.
const maxCurve = 180

// PortfolioCurve adds up the planned and reported shares of the works of a
// filter, weighed by cost or by sites.
func (a *App) PortfolioCurve(ctx context.Context, w When, f httpapi.WorkFilter, weight string) (*httpapi.PortfolioCurve, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	rows, tree, _, err := a.chooseWorks(ctx, v, f)
	if err != nil {
		return nil, err
	}
	if weight == "" {
		weight = "cost"
	}
	out := &httpapi.PortfolioCurve{AsOf: v.at.AsOf.String(), Weight: weight, Points: []httpapi.CurvePoint{}}
	list := []curveWork{}
	for _, r := range once(rows, tree) {
		if r.Condition == works.Cancelled {
			continue
		}
		out.Works++
		x := curveWork{portfolioRow: r, weight: float64(r.Units)}
		if weight == "cost" {
			x.weight = 0
			if r.Money.Cost != nil {
				x.weight = float64(r.Money.Cost.Amount)
			}
		}
		if !x.planned() {
			out.NoPlan++
		}
		if !x.reported() {
			out.NoReport++
		}
		if x.weight <= 0 {
			out.NoWeight++
			continue
		}
		if x.planned() && x.reported() {
			out.Compared++
		}
		list = append(list, x)
	}
	plan, reports := curveSets(list, out.Compared > 0)
	out.Planned, out.Reported = len(plan), len(reports)
	days := curveDays(plan, reports, v.at.AsOf)
	if len(days) == 0 {
		return out, nil
	}
	first := plannedRising(days, plan, func(x *curveWork) works.Terms { return x.Plan.First })
	planned := plannedRising(days, plan, func(x *curveWork) works.Terms { return x.Plan.Current })
	actual := reportedRising(days, reports)
	for _, day := range days {
		p := httpapi.CurvePoint{On: day.String(), First: first.by(day), Planned: planned.by(day)}
		if day <= v.at.AsOf {
			p.Actual = actual.by(day)
		}
		out.Points = append(out.Points, p)
	}
	return out, nil
}

// rising adds up shares that grow evenly between days or jump on a day: one
// pass over all works and one over all days, however many there are of both.
type rising struct {
	first  period.Date
	rate   []float64 // change, on a day, of how much is added every day
	jump   []float64 // added on a day
	total  float64   // weight of all works
	passed int       // days of which sum knows
	slope  float64
	sum    float64
}

func newRising(days []period.Date) *rising {
	first := days[0] - 31 // the first point is the end of a month
	n := int(days[len(days)-1]-first) + 2
	return &rising{first: first, rate: make([]float64, n), jump: make([]float64, n)}
}

// at returns the place of a day; what lies before the first day counts on it.
func (s *rising) at(day period.Date) int {
	return min(max(0, int(day-s.first)), len(s.rate)-1)
}

// by returns the share that is reached by the end of a day, in per cent with
// two decimal places; nil where no work has one. Days are asked in order.
func (s *rising) by(day period.Date) *httpapi.Number {
	for ; s.passed <= s.at(day); s.passed++ {
		s.slope += s.rate[s.passed]
		s.sum += s.slope + s.jump[s.passed]
	}
	if s.total == 0 {
		return nil
	}
	return twoPlaces(100 * s.sum / s.total)
}

func plannedRising(days []period.Date, list []curveWork, of func(*curveWork) works.Terms) *rising {
	s := newRising(days)
	for i := range list {
		x := &list[i]
		var whole float64
		for _, t := range of(x) {
			whole += float64(t.Weight)
		}
		if whole == 0 {
			continue
		}
		s.total += x.weight
		for _, t := range of(x) {
			daily := x.weight * float64(t.Weight) / whole / float64(t.Finish-t.Start+1)
			s.rate[s.at(t.Start)] += daily
			s.rate[s.at(t.Finish+1)] -= daily
		}
	}
	return s
}

// reportedRising adds up what was reported last. Before its first report a work
// counts as 0, and an open one is done.
func reportedRising(days []period.Date, list []curveWork) *rising {
	s := newRising(days)
	for i := range list {
		x := &list[i]
		s.total += x.weight
		done := 0.0
		to := func(day period.Date, share float64) {
			s.jump[s.at(day)] += x.weight * (share - done)
			done = share
		}
		if x.Plan != nil {
			for _, r := range x.Plan.Reports {
				if x.Opened == nil || r.On < *x.Opened {
					to(r.On, r.Percent.InexactFloat64()/100)
				}
			}
		}
		if x.Opened != nil {
			to(*x.Opened, 1)
		}
	}
	return s
}

type curveWork struct {
	*portfolioRow
	weight float64
}

func (x *curveWork) planned() bool {
	if x.Plan == nil {
		return false
	}
	_, ok := x.Plan.Current.On(0)
	return ok
}

func (x *curveWork) reported() bool {
	return x.Plan != nil && len(x.Plan.Reports) > 0 || x.Opened != nil
}

// curveSets chooses the works behind the planned and the reported line.
func curveSets(list []curveWork, compared bool) (plan, reports []curveWork) {
	for _, x := range list {
		if x.planned() && (x.reported() || !compared) {
			plan = append(plan, x)
		}
		if x.reported() && (x.planned() || !compared) {
			reports = append(reports, x)
		}
	}
	return plan, reports
}

// twoPlaces rounds a computed share.
func twoPlaces(x float64) *httpapi.Number {
	n := httpapi.Number(strconv.FormatFloat(math.Round(100*x)/100, 'f', -1, 64))
	return &n
}

// curveDays returns the ends of the months from before the first plan or
// report to the last plan, with the day of the view among them.
func curveDays(plan, reports []curveWork, asOf period.Date) []period.Date {
	var first, last period.Date
	seen := false
	take := func(d period.Date) {
		if !seen || d < first {
			first = d
		}
		if !seen || d > last {
			last = d
		}
		seen = true
	}
	for _, x := range plan {
		for _, t := range []works.Terms{x.Plan.First, x.Plan.Current} {
			if start, finish, ok := t.Span(); ok {
				take(start - 1)
				take(finish)
			}
		}
	}
	for _, x := range reports {
		if x.Plan != nil {
			for _, r := range x.Plan.Reports {
				take(r.On)
			}
		}
		if x.Opened != nil {
			take(*x.Opened)
		}
	}
	if !seen {
		return nil
	}
	if len(reports) > 0 {
		take(asOf)
	}
	y, m, _ := first.Civil()
	months, step := int(last-first)/30+2, 1
	for _, s := range []int{3, 12, 120} {
		if months/step > maxCurve {
			step = s
		}
	}
	var out []period.Date
	for at, before := int(m), period.MinDate; ; at += step {
		end := period.NewDate(y, time.Month(at+1), 1) - 1
		if len(reports) > 0 && before < asOf && asOf < end {
			out = append(out, asOf)
		}
		if out = append(out, end); end >= last || len(out) > 2*maxCurve {
			return out
		}
		before = end
	}
}
