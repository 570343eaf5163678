package equipment

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Outage is a time in which a device does not work: from the day on which it
// went down up to, and without, the day on which it works again.
type Outage struct {
	From   period.Date
	Until  *period.Date // nil: it is still down
	Reason string
	Event  string
}

// Days returns how many days of a period [from, until) the outage takes.
func (o Outage) Days(from, until period.Date) int {
	end := until
	if o.Until != nil {
		end = min(end, *o.Until)
	}
	return max(0, int(end-max(from, o.From)))
}

func (s *Standing) outages() []Outage {
	var out []Outage
	for i, x := range s.Steps {
		if x.State != Down {
			continue
		}
		o := Outage{From: x.On, Event: x.Event}
		if i+1 < len(s.Steps) {
			on := s.Steps[i+1].On
			o.Until = &on
		}
		out = append(out, o)
	}
	return out
}

// Availability is the share of days on which a device was there for patients.
type Availability struct {
	Days int // of the period on which it was to serve
	Down int // of these, out of order
	// Share is 1 - Down/Days, 0 to 1; nil when it was to serve on no day.
	Share *float64
}

// AvailabilityOf computes the availability in the period [from, until), in
// days. serving are the times in which the device was to serve, and outages
// those in which it did not work; both may overlap themselves, and what lies
// outside serving does not count. See docs/method/works-availability.md. It
// returns fault.Invalid for a period or a time that ends before it begins.
func AvailabilityOf(from, until period.Date, serving, outages []Outage) (Availability, error) {
	if until <= from {
		return Availability{}, fault.New(fault.Invalid, "equipment.AvailabilityOf", "until", "the period ends before it begins")
	}
	for _, list := range [][]Outage{serving, outages} {
		for _, o := range list {
			if o.Until != nil && *o.Until < o.From {
				return Availability{}, fault.New(fault.Invalid, "equipment.AvailabilityOf", "until", "a time ends before it begins")
			}
		}
	}
	serve, down := merged(from, until, serving), merged(from, until, outages)
	var a Availability
	for _, s := range serve {
		a.Days += int(s.until - s.from)
		for _, d := range down {
			a.Down += max(0, int(min(s.until, d.until)-max(s.from, d.from)))
		}
	}
	if a.Days > 0 {
		share := 1 - float64(a.Down)/float64(a.Days)
		a.Share = &share
	}
	return a, nil
}

type stretch struct{ from, until period.Date }

// merged cuts times to the period and joins those that touch.
func merged(from, until period.Date, list []Outage) []stretch {
	var cut []stretch
	for _, o := range list {
		s := stretch{max(from, o.From), until}
		if o.Until != nil {
			s.until = min(until, *o.Until)
		}
		if s.until > s.from {
			cut = append(cut, s)
		}
	}
	slices.SortFunc(cut, func(x, y stretch) int { return cmp.Compare(x.from, y.from) })
	var out []stretch
	for _, s := range cut {
		if n := len(out); n > 0 && s.from <= out[n-1].until {
			out[n-1].until = max(out[n-1].until, s.until)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Availability computes the availability of the device in the period [from,
// until), which ends at the latest with the day of the standing. The device is
// to serve from the day on which it is first in use, and not while it is back in
// a state before use, nor once it is written off.
func (s *Standing) Availability(from, until period.Date) (Availability, error) {
	var serving []Outage
	on := false
	for i, x := range s.Steps {
		switch {
		case x.State == InUse:
			on = true
		case x.State != Down:
			on = false
		}
		if !on {
			continue
		}
		o := Outage{From: x.On}
		if i+1 < len(s.Steps) {
			end := s.Steps[i+1].On
			o.Until = &end
		}
		serving = append(serving, o)
	}
	return AvailabilityOf(from, min(until, s.Day+1), serving, s.Downs)
}
