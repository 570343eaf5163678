package equipment

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/period"
)

// Step is a state that a device reached.
type Step struct {
	State State
	On    period.Date
	Event string
}

// Standing is all that is known of a device on a day.
type Standing struct {
	Asset *Asset
	Day   period.Date
	State State // empty: nobody said anything yet
	Since period.Date
	Steps []Step // oldest first
	// First is the first day of each state that was reached.
	First    map[State]period.Date
	Services []Service
	Downs    []Outage
	// Start is the day from which it serves: commissioned, else in use; nil
	// when it does not yet.
	Start *period.Date
}

// At folds the events of a device into its standing at the end of a day. The
// order of the events does not matter: they are taken by the day they speak of,
// and on one day by when they were recorded, then by the order of the way.
func At(a *Asset, events []Event, day period.Date) *Standing {
	s := &Standing{Asset: a, Day: day, First: map[State]period.Date{}}
	list := standing(events, day)
	for _, e := range list {
		if e.Kind != StateEvent {
			continue
		}
		s.Steps = append(s.Steps, Step{e.State, e.On, e.ID})
		if _, known := s.First[e.State]; !known {
			s.First[e.State] = e.On
		}
		s.State, s.Since = e.State, e.On
	}
	if on, ok := s.First[Commissioned]; ok {
		s.Start = &on
	} else if on, ok := s.First[InUse]; ok {
		s.Start = &on
	}
	s.Downs = s.outages()
	for _, p := range a.Services() {
		s.Services = append(s.Services, s.service(p, list))
	}
	return s
}

// standing returns the events that hold on the day, oldest first.
func standing(events []Event, day period.Date) []*Event {
	taken := map[string]bool{}
	for i := range events {
		if e := &events[i]; e.Kind == WithdrawEvent && e.On <= day {
			taken[e.Takes] = true
		}
	}
	var out []*Event
	for i := range events {
		if e := &events[i]; e.Kind != WithdrawEvent && e.On <= day && !taken[e.ID] {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(x, y *Event) int {
		return cmp.Or(cmp.Compare(x.On, y.On), cmp.Compare(x.Seq, y.Seq))
	})
	return out
}

// Reached reports whether the device got as far as a state of the way to use,
// and has not gone back behind it. One that is down or written off reached what
// it had reached before.
func (s *Standing) Reached(state State) bool { return reached(s.Furthest(), state) }

func reached(furthest, state State) bool { return furthest != "" && furthest.rank() >= state.rank() }

// Furthest is the state on the way to use up to which the device got: its own,
// or for one that is down or written off the last before.
func (s *Standing) Furthest() State {
	for i := len(s.Steps) - 1; i >= 0; i-- {
		if x := s.Steps[i].State; x.rank() >= 0 {
			return x
		}
	}
	switch s.State {
	case Down: // the register begins with the outage
		return Installed
	case WrittenOff:
		return Delivered
	}
	return s.State
}

// daysPerYear is the mean of the Gregorian calendar.
const daysPerYear = 365.2425

// Age returns the years since the device serves, else since it was delivered;
// nil when neither is known. It ends on the day on which it was written off.
func (s *Standing) Age() *float64 {
	from := s.Start
	if from == nil {
		if on, ok := s.First[Delivered]; ok {
			from = &on
		}
	}
	if from == nil {
		return nil
	}
	end := s.Day
	if s.State == WrittenOff {
		end = s.Since
	}
	years := float64(end-*from) / daysPerYear
	return &years
}

// Left returns the years of service that are left, negative when the device is
// older than it was to become; nil when its age is not known.
func (s *Standing) Left() *float64 {
	age := s.Age()
	years, _ := s.Asset.Years()
	if age == nil || years == 0 || s.State == WrittenOff {
		return nil
	}
	left := float64(years) - *age
	return &left
}

// UnderWarranty reports whether the day lies in the warranty; a warranty with
// no last day is not known.
func (s *Standing) UnderWarranty() bool {
	a := s.Asset
	return a.To != nil && s.Day <= *a.To && (a.From == nil || s.Day >= *a.From)
}
