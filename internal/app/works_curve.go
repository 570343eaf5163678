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

// maxCurveWork bounds works times points, so that a curve of the whole country
// takes a tenth of a second.
const maxCurveWork = 600_000

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
	for _, day := range curveDays(plan, reports, v.at.AsOf) {
		p := httpapi.CurvePoint{On: day.String()}
		p.First = weighed(plan, func(x *curveWork) (float64, bool) { return x.Plan.First.On(day) })
		p.Planned = weighed(plan, func(x *curveWork) (float64, bool) { return x.Plan.Current.On(day) })
		if day <= v.at.AsOf {
			p.Actual = weighed(reports, func(x *curveWork) (float64, bool) { return x.doneBy(day), true })
		}
		out.Points = append(out.Points, p)
	}
	return out, nil
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

// doneBy returns the share that was reported last; before the first report it
// is 0, and an open work is done.
func (x *curveWork) doneBy(day period.Date) float64 {
	if x.Opened != nil && *x.Opened <= day {
		return 1
	}
	share, _ := x.Plan.ReportedOn(day)
	return share
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

// weighed returns the weighed mean of shares in per cent, with two decimal
// places; nil where no work has one.
func weighed(list []curveWork, of func(*curveWork) (float64, bool)) *httpapi.Number {
	var sum, total float64
	for i := range list {
		if share, ok := of(&list[i]); ok {
			sum += share * list[i].weight
			total += list[i].weight
		}
	}
	if total == 0 {
		return nil
	}
	return twoPlaces(100 * sum / total)
}

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
		if months/step > maxCurve || len(plan)*months/step > maxCurveWork {
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
