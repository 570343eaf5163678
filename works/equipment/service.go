package equipment

import "github.com/shanyraq/shanyraq/period"

// Service is a recurring service of a device on a day.
type Service struct {
	Plan
	Last *period.Date // when it was done last; nil: never, as far as anybody said
	// Due is the last day, included, on which the next one is in time; nil when
	// the device does not serve yet, or is written off.
	Due   *period.Date
	Event string // that says Last
}

// Overdue returns by how many days the service is late on a day, 0 when it is
// not.
func (s *Service) Overdue(day period.Date) int {
	if s.Due == nil || day <= *s.Due {
		return 0
	}
	return int(day - *s.Due)
}

// NextDue is when a service is due. last is when it was done last, nil for
// never; said is the day that the paper of the last one names, nil for none;
// start is when the device began to serve; from is from where the plan counts.
// The same day of the month counts, or the last one of a shorter month. It is
// nil when there is nothing to count from.
func NextDue(months int, last, said, from, start *period.Date) *period.Date {
	switch {
	case said != nil:
		return said
	case last != nil:
		d := last.AddMonths(months)
		return &d
	case from != nil:
		d := from.AddMonths(months)
		return &d
	case start != nil:
		d := start.AddMonths(months)
		return &d
	}
	return nil
}

// service folds what was done of one plan.
func (s *Standing) service(p Plan, events []*Event) Service {
	out := Service{Plan: p}
	var said *period.Date
	for _, e := range events {
		if e.Kind == ServiceEvent && e.Service == p.Name() {
			on := e.On
			out.Last, out.Event, said = &on, e.ID, e.Next
		}
	}
	if s.State.serves() {
		out.Due = NextDue(p.Months, out.Last, said, p.From, s.Start)
	}
	return out
}

// NextService returns the service that is due first; nil when none is.
func (s *Standing) NextService() *Service {
	var out *Service
	for i := range s.Services {
		if x := &s.Services[i]; x.Due != nil && (out == nil || *x.Due < *out.Due) {
			out = x
		}
	}
	return out
}
