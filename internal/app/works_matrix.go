package app

import (
	"cmp"
	"context"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/forecast"
)

// Bounds of the matrix: more points than that cover each other.
const (
	maxMatrixPoints = 500
	maxUnknown      = 200
)

// PortfolioMatrix sets time against money for the works of a filter. time is
// days behind the first deadline or the index of earned schedule; kind is the
// money that is compared with the reported share of the work.
func (a *App) PortfolioMatrix(ctx context.Context, w When, f httpapi.WorkFilter, time, kind string) (*httpapi.PortfolioMatrix, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	rows, tree, _, err := a.chooseWorks(ctx, v, f)
	if err != nil {
		return nil, err
	}
	out := &httpapi.PortfolioMatrix{AsOf: v.at.AsOf.String(), Time: cmp.Or(time, "days"), Money: cmp.Or(kind, "paid"), Points: []httpapi.MatrixPoint{}, Unknown: []httpapi.MatrixGap{}, Missing: map[string]int{}}
	v.sortWorks(rows, httpapi.WorkFilter{Sort: "cost", Desc: true})
	for _, r := range once(rows, tree) {
		if r.Condition == works.Cancelled {
			continue
		}
		p, missing := v.matrixPoint(r, out.Time, out.Money)
		if len(missing) > 0 {
			out.Unknowns++
			for _, m := range missing {
				out.Missing[m]++
			}
			if len(out.Unknown) < maxUnknown {
				out.Unknown = append(out.Unknown, httpapi.MatrixGap{WorkBrief: briefOf(r), Missing: missing})
			}
			continue
		}
		out.Total++
		out.Quadrants.Count(p.Late, p.Ahead)
		if len(out.Points) < maxMatrixPoints {
			out.Points = append(out.Points, p)
		}
	}
	return out, nil
}

func (v *view) matrixPoint(r *portfolioRow, time, kind string) (p httpapi.MatrixPoint, missing []string) {
	day := v.at.AsOf
	p = httpapi.MatrixPoint{WorkBrief: briefOf(r), Region: r.region, Cost: v.stated(r.Money.Cost)}
	out := map[string]*works.Said{"paid": r.Money.Paid, "transferred": r.Money.Transferred, "accepted": r.Money.Accepted}[kind]
	switch {
	case time == "spi":
		index := indexOf(r, day)
		if index == nil {
			missing = append(missing, "baseline")
			break
		}
		p.X, p.Late = *twoPlaces(*index), *index < 1
	case r.First == nil:
		missing = append(missing, "deadline")
	default:
		behind := behindFirst(&r.Row, day)
		p.X, p.Late = *twoPlaces(float64(behind)), behind > 0
	}
	if r.Percent == nil && r.Opened == nil {
		missing = append(missing, "percent")
	}
	if r.Money.Cost == nil || r.Money.Cost.Amount <= 0 {
		missing = append(missing, "cost")
	}
	if out == nil {
		missing = append(missing, "money")
	}
	if len(missing) > 0 {
		return p, missing
	}
	done := 100.0
	if r.Opened == nil {
		done = r.Percent.InexactFloat64()
	}
	share := 100 * float64(out.Amount) / float64(r.Money.Cost.Amount)
	p.Share, p.Y, p.Ahead = *twoPlaces(share), *twoPlaces(share - done), share > done
	p.Rough = out.Qualifier != ledger.Exact || r.Money.Cost.Qualifier != ledger.Exact || (r.Percent != nil && r.Qualifier != ledger.Exact) || r.DoubtOn(day) != ""
	return p, nil
}

// behindFirst returns by how many days a work is behind the first day that was
// named for its end: by the day on which it opened, by the day to which the
// end was moved, or by today when that day has passed too. It is 0 while the
// first day can still be met.
func behindFirst(r *works.Row, day period.Date) int {
	end := *r.First
	switch {
	case r.Opened != nil:
		end = *r.Opened
	case r.Deadline != nil && *r.Deadline > day:
		end = *r.Deadline
	case day > end:
		end = day
	}
	return max(0, int(end-*r.First))
}

// indexOf returns the schedule performance index by time of the newest report
// against the newest baseline; nil where one of them is missing.
func indexOf(r *portfolioRow, day period.Date) *float64 {
	if r.Plan == nil {
		return nil
	}
	var stages []forecast.Baseline
	for _, t := range r.Plan.Current {
		stages = append(stages, forecast.Baseline{Weight: float64(t.Weight), Start: t.Start, End: t.Finish})
	}
	curve := forecast.CurveOf(stages)
	at, done := day, 1.0
	if r.Opened != nil {
		at = *r.Opened
	} else {
		share, ok := r.Plan.ReportedOn(day)
		if !ok || r.PercentOn == nil {
			return nil
		}
		at, done = *r.PercentOn, share
	}
	return forecast.EarnedSchedule(curve, done*curve.Total(), at).Index
}
