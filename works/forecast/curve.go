package forecast

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/period"
)

// Baseline is a stage as it was planned: its weight in the whole, in any unit
// (tenge, percent), and its days, the last one included. Within the stage the
// work is planned evenly.
type Baseline struct {
	Name       string
	Weight     float64
	Start, End period.Date
}

// days returns the planned length, 0 when the stage ends before it starts.
func (b Baseline) days() float64 { return math.Max(0, float64(b.End-b.Start+1)) }

// by returns the weight planned by the end of the day t days after start.
func (b Baseline) by(start period.Date, t float64) float64 {
	length := b.days()
	if length == 0 {
		return 0
	}
	return b.Weight * math.Min(1, math.Max(0, (t-float64(b.Start-start))/length))
}

// Knot is a point of a planned curve: by the end of Day, Value is planned.
type Knot struct {
	Day   period.Date
	Value float64
}

// Curve is a planned value that grows with time (an S-curve), linear between
// its knots. It is 0 at the beginning of Start, and stays at the value of the
// last knot after it.
type Curve struct {
	Start period.Date
	Knots []Knot
}

// CurveOf returns the curve of several stages, which may overlap. Its value is
// the sum of their weights. Stages without length or weight add nothing; the
// curve of none is empty.
func CurveOf(stages []Baseline) Curve {
	var c Curve
	var ends []period.Date
	for _, s := range stages {
		if s.days() == 0 || !(s.Weight > 0) {
			continue
		}
		if len(ends) == 0 || s.Start < c.Start {
			c.Start = s.Start
		}
		ends = append(ends, s.Start-1, s.End)
	}
	slices.Sort(ends)
	for _, d := range slices.Compact(ends) {
		if d < c.Start {
			continue
		}
		v := 0.0
		for _, s := range stages {
			if s.Weight > 0 {
				v += s.by(c.Start, float64(d-c.Start+1))
			}
		}
		c.Knots = append(c.Knots, Knot{d, v})
	}
	return c
}

// Total returns the value of the whole plan.
func (c Curve) Total() float64 {
	if len(c.Knots) == 0 {
		return 0
	}
	return c.Knots[len(c.Knots)-1].Value
}

// Planned returns the value planned by the end of the day, and its share of
// the whole; the share is nil when the plan is empty.
func (c Curve) Planned(d period.Date) (value float64, share *float64) {
	l, note := c.line()
	if note != "" {
		return 0, nil
	}
	v := l.at(float64(d - c.Start + 1))
	s := v / l.total()
	return v, &s
}

// line returns the curve in days after the start, or why there is none.
func (c Curve) line() (line, Note) {
	l := line{{0, 0}}
	for _, k := range c.Knots {
		l = append(l, mark{float64(k.Day - c.Start + 1), k.Value})
	}
	return l, l.check()
}

// mark is a point of a line: v is planned by the time t.
type mark struct{ t, v float64 }

// line is a planned curve over a time in any unit, from (0, 0).
type line []mark

// periods returns the line whose value at the end of the period i+1 is plan[i].
func periods(plan []float64) line {
	l := line{{0, 0}}
	for i, v := range plan {
		l = append(l, mark{float64(i + 1), v})
	}
	return l
}

func (l line) check() Note {
	for i, m := range l {
		if !(m.v >= 0) || math.IsInf(m.v, 0) {
			return Negative
		}
		if i > 0 && (m.t <= l[i-1].t || m.v < l[i-1].v) {
			return PlanFalls
		}
	}
	if l.total() == 0 {
		return NoPlan
	}
	return ""
}

func (l line) total() float64 { return l[len(l)-1].v }

// length returns when the whole value is planned to be reached.
func (l line) length() float64 {
	first, _ := l.times(l.total())
	return first
}

// at returns the value planned by the time t.
func (l line) at(t float64) float64 {
	if t <= 0 {
		return 0
	}
	for i := 1; i < len(l); i++ {
		if a, b := l[i-1], l[i]; t < b.t {
			return a.v + (b.v-a.v)*(t-a.t)/(b.t-a.t)
		}
	}
	return l.total()
}

// sameValue is the share of the whole within which two values are the same:
// far below a tiyn of any budget, far above the error of a sum of floats.
const sameValue = 1e-12

// times returns the first and the last time at which the planned value is v:
// one time where the plan grows, two ends where it rests. Above the whole both
// are the length of the plan.
func (l line) times(v float64) (first, last float64) {
	near := sameValue * l.total()
	first, last = -1, -1
	for i, m := range l {
		switch {
		case m.v < v-near:
		case m.v <= v+near:
			if first < 0 {
				first = m.t
			}
			last = m.t
		default:
			if first < 0 {
				a := l[i-1]
				first = a.t + (v-a.v)/(m.v-a.v)*(m.t-a.t)
				last = first
			}
			return first, last
		}
	}
	if first < 0 {
		first, last = l.times(l.total())
	}
	return first, last
}
