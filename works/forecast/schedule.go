package forecast

import (
	"math"

	"github.com/shanyraq/shanyraq/period"
)

// Schedule is what earned schedule says of one report. Times are in days for a
// Curve, in periods for EarnedPeriods. What cannot be said is nil; the notes
// say why.
type Schedule struct {
	Planned  float64  // PD, the length of the plan
	Actual   float64  // AT, from the start to the report; 0 before the start
	Earned   *float64 // ES, when what is done should have been done
	Variance *float64 // SV(t) = ES - AT, negative when late
	Index    *float64 // SPI(t) = ES / AT
	ToDo     *float64 // TSPI = (PD - ES) / (PD - AT), the pace that still keeps the plan
	AsPaced  *float64 // IEAC(t) = PD / SPI(t): the rest goes at the pace so far
	AsMeant  *float64 // AT + PD - ES: the rest goes as planned

	// EndAsPaced and EndAsMeant are the days on which those lengths end; nil
	// for EarnedPeriods, which knows no calendar.
	EndAsPaced, EndAsMeant *period.Date

	Notes []Note
}

// farthest is how many days ahead an end is shown; beyond it the pace says
// only that nothing moves.
const farthest = 100 * 365.25

// EarnedSchedule compares what is done with when it should have been done.
//
// earned is the planned value of what was done by the end of the day at, in
// the unit of the curve. The earned schedule ES is the time at which the plan
// has that value, by linear interpolation (Lipke, Schedule is Different, The
// Measurable News, March 2003, 31-34; the formulas for IEAC(t) and TSPI are of
// Henderson, The Measurable News, Summer 2003 and Spring 2004).
//
// Departure from Lipke: where the plan rests for a while, every moment of the
// rest has the value that was earned; the one nearest to the report is taken,
// not the last, so that a project exactly on plan always has SPI(t) = 1.
//
// For a finished project give the day on which it was finished, not the day of
// a later look, else SPI(t) goes on falling.
func EarnedSchedule(c Curve, earned float64, at period.Date) Schedule {
	l, note := c.line()
	s := schedule(l, note, earned, float64(at-c.Start+1))
	s.EndAsPaced = s.day(c.Start, s.AsPaced)
	s.EndAsMeant = s.day(c.Start, s.AsMeant)
	return s
}

// EarnedPeriods is EarnedSchedule for a plan by periods of equal standing, as
// in the literature: plan[i] is planned by the end of period i+1, and earned
// was done by the end of period at, which may be a fraction.
func EarnedPeriods(plan []float64, earned, at float64) Schedule {
	l := periods(plan)
	return schedule(l, l.check(), earned, at)
}

// Report is the value of what was done by the end of a day.
type Report struct {
	Day    period.Date
	Earned float64
}

// History returns the earned schedule of every report, in order of days. A
// report that shows less than the one before carries the note Fell.
func History(c Curve, reports []Report) []Schedule {
	out := make([]Schedule, len(reports))
	for i, r := range reports {
		out[i] = EarnedSchedule(c, r.Earned, r.Day)
		if i > 0 && r.Earned < reports[i-1].Earned {
			out[i].Notes = append(out[i].Notes, Fell)
		}
	}
	return out
}

func schedule(l line, note Note, earned, at float64) Schedule {
	var s Schedule
	if note != "" {
		s.Notes = []Note{note}
		return s
	}
	s.Planned = l.length()
	switch {
	case !(earned >= 0) || math.IsInf(earned, 0) || math.IsNaN(at) || math.IsInf(at, 0):
		s.Notes = []Note{Negative}
		return s
	case at <= 0:
		s.Notes = []Note{BeforeStart}
		return s
	case earned > l.total()*(1+sameValue):
		s.Actual = at
		s.Notes = []Note{AbovePlan}
		return s
	}
	s.Actual = at
	done := earned >= l.total()*(1-sameValue)
	first, last := l.times(earned)
	es := math.Min(math.Max(first, at), last)
	if done {
		es = s.Planned
	}
	s.Earned, s.Variance, s.Index = number(es), number(es-at), number(es/at)
	if at > s.Planned {
		s.Notes = append(s.Notes, AfterPlanEnd)
	}
	switch {
	case done:
		s.AsPaced, s.AsMeant = number(at), number(at)
		s.Notes = append(s.Notes, Finished)
		return s
	case earned > 0 && es > 0:
		s.AsPaced = number(s.Planned * at / es)
	default:
		s.Notes = append(s.Notes, NoProgress)
	}
	s.AsMeant = number(at + s.Planned - es)
	if at < s.Planned {
		s.ToDo = number((s.Planned - es) / (s.Planned - at))
	}
	return s
}

// day returns the last day of a stretch of the length from start on, and notes
// when it is out of sight.
func (s *Schedule) day(start period.Date, length *float64) *period.Date {
	if length == nil {
		return nil
	}
	if *length > farthest {
		s.note(TooFar)
		return nil
	}
	d := start + period.Date(math.Ceil(*length-sameDay)) - 1
	return &d
}

// sameDay is the part of a day that the error of floats may add to a whole day.
const sameDay = 1e-6

func (s *Schedule) note(n Note) {
	for _, have := range s.Notes {
		if have == n {
			return
		}
	}
	s.Notes = append(s.Notes, n)
}

// Progress is a planned stage and the share of it that is done, 0 to 1.
type Progress struct {
	Baseline
	Done float64
}

// Adherence returns the P-factor of Lipke (Schedule Adherence, The Measurable
// News, 2008, issue 4): the share of what was earned that was earned in the
// order of the plan,
//
//	P = sum of min(PV at ES, EV) / sum of PV at ES over the stages,
//
// and the earned schedule on which it rests. A low P says that stages are done
// before their turn, which is often done twice. It is nil where nothing is
// earned or the earned schedule is not known.
func Adherence(stages []Progress, at period.Date) (p *float64, s Schedule) {
	plan := make([]Baseline, len(stages))
	earned := 0.0
	for i, x := range stages {
		plan[i] = x.Baseline
		switch {
		case !(x.Done >= 0) || !(x.Weight >= 0):
			return nil, Schedule{Notes: []Note{Negative}}
		case x.Done > 1:
			return nil, Schedule{Notes: []Note{AbovePlan}}
		case x.days() > 0:
			earned += x.Weight * x.Done
		}
	}
	c := CurveOf(plan)
	s = EarnedSchedule(c, earned, at)
	if s.Earned == nil {
		return nil, s
	}
	meant, kept := 0.0, 0.0
	for _, x := range stages {
		if x.days() == 0 {
			continue
		}
		pv := x.by(c.Start, *s.Earned)
		meant += pv
		kept += math.Min(pv, x.Weight*x.Done)
	}
	if meant == 0 {
		s.note(NoProgress)
		return nil, s
	}
	return number(kept / meant), s
}

// number returns a pointer to v, or nil for what is no number.
func number(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
