package forecast

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Sight is what is known of an open project when its end is forecast.
type Sight struct {
	ID     string
	Stages []Progress // in the order in which they are to be done
	// Spreads has one spread for each stage, or none; a nil spread is Assumed.
	Spreads []*Spread
	// Together is that of Path: for spreads of whole projects.
	Together bool
	Report   period.Date // day of the last report
	Today    period.Date // on which it is still open; not before Report
	// Declared is the deadline that stands.
	Declared *period.Date
	// Class are the durations of projects like it; nil leaves that view out.
	Class *Reference
}

// View is the end of a project seen in four ways, side by side: what was
// declared, the pace so far, what is left by stages, and what happened to
// others. They are not averaged: where they part, somebody should ask why.
type View struct {
	Declared *period.Date

	Schedule Schedule // its EndAsPaced is the end by earned schedule
	PFactor  *float64
	Stages   Outcome // by simulation

	ClassP50, ClassP80 *period.Date // by the reference class
	ClassNotes         []Note

	// Decides is the stage whose length decides the end most.
	Decides string

	Warning Warning
	Reasons []Note // of the warning, the gravest first
}

// Warning is how loud the board should be.
type Warning string

// The warnings.
const (
	Calm  Warning = ""
	Watch Warning = "watch"
	Alarm Warning = "alarm"
)

// The limits of the warnings are assumptions.
const (
	alarmOnTime = 0.2 // chance to end by the deadline
	watchOnTime = 0.5
	watchPace   = 0.9 // SPI(t)
)

// Assumed is the spread of a stage of which nothing is known: a log-normal with
// the mean that HM Treasury tells to expect of non-standard buildings, 1.39
// times the plan, and the standard deviation of ln 0.5, an assumption: one
// stage in six takes more than twice the plan. Replace it by the class of
// our own stages as soon as there is one.
var Assumed = &Spread{Shape: LogNormal, Median: 1.39 / math.Exp(assumedSigma*assumedSigma/2), Sigma: assumedSigma}

const assumedSigma = 0.5

// InOrder spreads one share of the whole over stages as if they were done one
// after the other, which is an assumption: for projects of which only one
// percentage is known.
func InOrder(plan []Baseline, share float64) []Progress {
	whole := 0.0
	for _, b := range plan {
		whole += b.Weight
	}
	out := make([]Progress, len(plan))
	left := share * whole
	for i, b := range plan {
		out[i] = Progress{Baseline: b}
		switch {
		case b.Weight > 0:
			out[i].Done = math.Min(1, math.Max(0, left/b.Weight))
			left -= b.Weight
		case left > 0:
			out[i].Done = 1
		}
	}
	return out
}

// Path returns the project as stages to simulate: planned lengths, and for a
// stage planned to begin before the one before it ends, that overlap. Planned
// pauses between stages are not kept.
func (s *Sight) Path() Path {
	p := Path{ID: s.ID, From: s.Report, Together: s.Together, Deadline: s.Declared}
	if s.Today > s.Report {
		p.OpenOn = &s.Today
	}
	for i, x := range s.Stages {
		stage := Stage{Name: x.Name, Days: x.days(), Done: x.Done, Spread: Assumed}
		if i < len(s.Spreads) && s.Spreads[i] != nil {
			stage.Spread = s.Spreads[i]
		}
		if i > 0 {
			if before := s.Stages[i-1]; before.days() > 0 {
				stage.Overlap = math.Min(1, math.Max(0, float64(before.End-x.Start+1)/before.days()))
			}
		}
		p.Stages = append(p.Stages, stage)
	}
	return p
}

// Check refuses what cannot be seen through.
func (s *Sight) Check() error {
	if s.Today < s.Report {
		return fault.New(fault.Invalid, "forecast.Sight", s.ID, "the report lies after the day on which the end is forecast")
	}
	if len(s.Spreads) > 0 && len(s.Spreads) != len(s.Stages) {
		return fault.New(fault.Invalid, "forecast.Sight", s.ID, "give one spread for each stage, or none")
	}
	p := s.Path()
	return p.Check()
}

// Look returns the four views of one project, with the stage that decides.
func (d *Deck) Look(s Sight) (View, error) {
	if err := s.Check(); err != nil {
		return View{}, err
	}
	o, _, influence, err := d.Simulate(s.Path())
	if err != nil {
		return View{}, err
	}
	v := s.view(o)
	most := 0.0
	for _, x := range influence {
		if x.Rank != nil && *x.Rank > most {
			most, v.Decides = *x.Rank, x.Stage
		}
	}
	return v, nil
}

// LookAll returns the views of many projects, without the stage that decides.
// Nothing is returned when one of them cannot be seen through.
func (d *Deck) LookAll(list []Sight) ([]View, error) {
	paths := make([]Path, len(list))
	for i := range list {
		if err := list[i].Check(); err != nil {
			return nil, err
		}
		paths[i] = list[i].Path()
	}
	outcomes, err := d.Portfolio(paths)
	if err != nil {
		return nil, err
	}
	out := make([]View, len(list))
	for i := range list {
		out[i] = list[i].view(outcomes[i])
	}
	return out, nil
}

func (s *Sight) view(o Outcome) View {
	v := View{Declared: s.Declared, Stages: o}
	v.PFactor, v.Schedule = Adherence(s.Stages, s.Report)
	s.byClass(&v)
	s.warn(&v)
	return v
}

// byClass multiplies the planned length by what happened to others that were
// still open after as much of their plan.
func (s *Sight) byClass(v *View) {
	if s.Class == nil || !(v.Schedule.Planned > 0) {
		return
	}
	plan := make([]Baseline, len(s.Stages))
	for i, x := range s.Stages {
		plan[i] = x.Baseline
	}
	start := CurveOf(plan).Start
	so := math.Max(0, float64(s.Today-start+1)) / v.Schedule.Planned
	for _, x := range []struct {
		p    float64
		into **period.Date
	}{{0.5, &v.ClassP50}, {0.8, &v.ClassP80}} {
		q := s.Class.Given(so, x.p)
		for _, n := range q.Notes {
			if !slices.Contains(v.ClassNotes, n) {
				v.ClassNotes = append(v.ClassNotes, n)
			}
		}
		if q.Ratio == nil {
			continue
		}
		if length := *q.Ratio * v.Schedule.Planned; length <= farthest {
			d := start + period.Date(math.Ceil(length-sameDay)) - 1
			*x.into = &d
		} else if !slices.Contains(v.ClassNotes, TooFar) {
			v.ClassNotes = append(v.ClassNotes, TooFar)
		}
	}
}

func (s *Sight) warn(v *View) {
	say := func(w Warning, n Note) {
		if v.Warning != Alarm {
			v.Warning = w
		}
		v.Reasons = append(v.Reasons, n)
	}
	if slices.Contains(v.Stages.Notes, NothingLeft) {
		return
	}
	switch on := v.Stages.OnTime; {
	case s.Declared != nil && s.Today > *s.Declared:
		say(Alarm, DeadlinePassed)
	case on != nil && *on < alarmOnTime:
		say(Alarm, UnlikelyOnTime)
	case on != nil && *on < watchOnTime:
		say(Watch, DoubtfulOnTime)
	}
	if i := v.Schedule.Index; i != nil && *i < watchPace {
		say(Watch, SlowPace)
	}
	if s.Declared != nil && v.ClassP50 != nil && *v.ClassP50 > *s.Declared {
		say(Watch, ClassLater)
	}
	if slices.Contains(v.Stages.Notes, FewRunsLeft) {
		say(Watch, FewRunsLeft)
	}
}
