package works

import (
	"slices"

	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// CurvePoint is a point of an S-curve: shares of the work at the end of a day, in per cent.
type CurvePoint struct {
	On      period.Date
	First   *decimal.Decimal // by the first baseline
	Planned *decimal.Decimal // by the newest baseline
	Actual  *decimal.Decimal // as reported for the whole
}

// Curve returns the points at which a baseline bends or somebody reported, by
// day. A stage grows evenly from its first to its last day.
func (s *State) Curve() []CurvePoint {
	days := map[period.Date]*decimal.Decimal{}
	for _, l := range s.Lines {
		if l.Status != nil && l.Status.Stage == "" && l.Status.Percent != nil {
			days[l.On] = l.Status.Percent
		}
	}
	first, current := s.firstKnown(), s.currentKnown()
	for _, b := range []*Baseline{first, current} {
		if b == nil {
			continue
		}
		for _, t := range b.Terms {
			for _, d := range []period.Date{t.Start - 1, t.Finish} {
				if _, there := days[d]; !there {
					days[d] = nil
				}
			}
		}
	}
	var out []CurvePoint
	for d, actual := range days {
		out = append(out, CurvePoint{On: d, Actual: actual, First: s.PlannedOn(first, d), Planned: s.PlannedOn(current, d)})
	}
	slices.SortFunc(out, func(a, b CurvePoint) int { return int(a.On - b.On) })
	return out
}

// PlannedOn returns the share of the work, 0 to 100, that a baseline foresees
// at the end of a day; nil without a baseline. The weights of the stages that
// it has are scaled to 100 together.
func (s *State) PlannedOn(b *Baseline, day period.Date) *decimal.Decimal {
	if b == nil || len(b.Terms) == 0 {
		return nil
	}
	t := s.Work.Stages()
	var done, total int64 // in millionths of the weight
	for _, term := range b.Terms {
		w := int64(term.PerMille)
		if w == 0 {
			w = t.weight(term.Stage)
		}
		total += w
		length := int64(term.Finish-term.Start) + 1
		past := min(max(int64(day-term.Start)+1, 0), length)
		done += w * past * 1_000_000 / length
	}
	if total == 0 {
		return nil
	}
	x := decimal.NewFromInt(done).Div(decimal.NewFromInt(total * 10_000))
	return &x
}
