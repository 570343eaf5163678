package access

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// Mode is how the patient may travel.
type Mode string

// The modes. ByBest takes an aircraft where it flies and comes first.
const (
	ByRoad Mode = "road"
	ByAir  Mode = "air"
	ByBest Mode = "best"
)

// Span is which part of an emergency the minutes count.
type Span string

// The spans. The documents speak of the golden hour and do not say what begins
// and ends it.
const (
	CallToDoor      Span = "call_to_door"      // from the call to the door of the capable facility
	CallToTreatment Span = "call_to_treatment" // until the team there takes over
	DriveOnly       Span = "drive_only"        // the transport alone, as most published maps count
)

// Question is what is asked of a Ground.
type Question struct {
	Service string
	Season  Season
	Mode    Mode
	Span    Span
	// LimitMinutes is inclusive: 60:00 is inside 60 minutes. 0: the norm of the
	// service.
	LimitMinutes float64
	// Day is the day on which capacity is asked.
	Day period.Date
	// Promised counts what is planned, built or licensed as if it were open.
	Promised bool
	// Presumed counts facilities whose capability no document states.
	Presumed bool
	// On are facilities or settlements taken to be capable, promised or upgraded;
	// Off are facilities or settlements taken not to be, whatever else is said.
	On, Off []place.ID
	// Add are new capable facilities at points that may lie anywhere.
	Add []place.Point
	// Set replaces the value of parameters, and their range by that value.
	Set map[string]float64
}

// maxLists bounds On, Off and Add.
const maxLists = 500

// check fills what is left open and refuses what cannot be asked.
func (g *Ground) check(q Question) (Question, Profile, error) {
	const op = "access.Answer"
	bad := func(field, format string, args ...any) (Question, Profile, error) {
		return q, Profile{}, fault.New(fault.Invalid, op, field, format, args...)
	}
	p, ok := g.profile[q.Service]
	if !ok {
		return bad("service", "no way to this service is known")
	}
	if q.Season == "" {
		q.Season = Summer
	}
	if q.Mode == "" {
		q.Mode = ByRoad
	}
	if q.Span == "" {
		q.Span = CallToDoor
	}
	if p.Kind == Planned {
		q.Mode, q.Span = ByRoad, DriveOnly
	}
	if q.LimitMinutes == 0 {
		q.LimitMinutes = p.LimitMinutes
	}
	switch {
	case !slices.Contains(Seasons, q.Season):
		return bad("season", "is summer or winter")
	case q.Mode != ByRoad && q.Mode != ByAir && q.Mode != ByBest:
		return bad("mode", "is road, air or best")
	case q.Span != CallToDoor && q.Span != CallToTreatment && q.Span != DriveOnly:
		return bad("span", "is call_to_door, call_to_treatment or drive_only")
	case q.Mode == ByAir && q.Span == DriveOnly:
		return bad("span", "a flight is counted from the call: choose another span")
	case !(q.LimitMinutes > 0 && q.LimitMinutes <= 24*60):
		return bad("limit", "is above 0 and at most 1440 minutes")
	case len(q.On)+len(q.Off)+len(q.Add) > maxLists:
		return bad("on", "at most %d facilities can be switched at once", maxLists)
	}
	for _, id := range slices.Concat(q.On, q.Off) {
		if _, f := g.facility[id]; f {
			continue
		}
		if _, s := g.spot[id]; !s {
			return bad("on", "no facility or settlement of access has the code %s", id)
		}
	}
	for _, at := range q.Add {
		if !onEarth(at) {
			return bad("add", "a point is latitude,longitude in degrees")
		}
	}
	return q, p, g.checkSet(q)
}

// checkSet refuses values of parameters that cannot be.
func (g *Ground) checkSet(q Question) error {
	for code, v := range q.Set {
		if !slices.Contains(codes, code) {
			return fault.New(fault.Invalid, "access.Answer", "set", "no parameter of access is called %s", code)
		}
		x, _ := g.in.Parameters.In(code, q.Season)
		if math.IsNaN(v) || v < 0 || (x.Unit == "km/h" && v <= 0) || v > 10_000 {
			return fault.New(fault.Invalid, "access.Answer", "set", "the value of %s cannot be", code)
		}
		x.Low, x.Value, x.High = v, v, v
		if err := x.Check(); err != nil {
			return err
		}
	}
	return nil
}

// parameter returns the number that holds for the question.
func (g *Ground) parameter(q Question, code string) Parameter {
	p, _ := g.in.Parameters.In(code, q.Season)
	if v, ok := q.Set[code]; ok {
		p.Low, p.Value, p.High = v, v, v
	}
	return p
}

// Basis says why a facility counts as capable.
type Basis string

// The bases, from the firmest to the loosest.
const (
	Stated   Basis = "stated"   // a document says that it is open
	Promised Basis = "promised" // a document promises it
	Presumed Basis = "presumed" // no document says so: an assumption
	Supposed Basis = "supposed" // switched on by who asks
)

// Hub is a facility that is capable of the service asked.
type Hub struct {
	Facility place.ID // empty for a presumed seat or an added point
	Place    place.ID // its settlement; empty for an added point
	Point    place.Point
	Basis    Basis
	Source   string // document, or Assumption
	Status   place.Status
}

// Hubs returns the facilities that are capable for the question, the firmest
// reason of each, in the order of stated, promised, presumed, supposed and by
// code.
func (g *Ground) Hubs(q Question) ([]Hub, error) {
	q, p, err := g.check(q)
	if err != nil {
		return nil, err
	}
	return g.hubs(q, p.Capable, true), nil
}

// Promised returns the facilities that documents promise for the service and that
// are not open yet, whether the question counts them or not.
func (g *Ground) Promised(q Question) ([]Hub, error) {
	q, p, err := g.check(q)
	if err != nil {
		return nil, err
	}
	q.Promised, q.Presumed = true, false
	return slices.DeleteFunc(g.hubs(q, p.Capable, false), func(h Hub) bool { return h.Basis != Promised }), nil
}

// hubs collects who is capable of any of the services. With what of false, the
// switches of the question do not add (they are about the service asked, not
// about first care).
func (g *Ground) hubs(q Question, capable []string, what bool) []Hub {
	var out []Hub
	taken, there := map[place.ID]bool{}, map[place.ID]bool{}
	off := map[place.ID]bool{}
	if what {
		for _, id := range q.Off {
			off[id] = true
		}
	}
	put := func(h Hub) {
		key := h.Facility
		if key == "" {
			key = h.Place
		}
		if taken[key] || off[h.Facility] && h.Facility != "" || off[h.Place] && h.Place != "" {
			return
		}
		taken[key], there[h.Place] = true, true
		out = append(out, h)
	}
	now := g.in.Capacity.On(q.Day)
	on := map[place.ID]bool{}
	if what {
		for _, id := range q.On {
			on[id] = true
		}
	}
	for _, basis := range []Basis{Stated, Promised} {
		for _, c := range now {
			if basis == Promised && !q.Promised && !on[c.Facility] {
				continue // of what is only promised, what is asked for counts
			}
			if !slices.Contains(capable, c.Service) || c.Count != nil && *c.Count == 0 {
				continue
			}
			coming := c.Status == place.Planned || c.Status == place.Built || c.Status == place.Licensed
			if basis == Stated && c.Status != place.Open || basis == Promised && !coming {
				continue
			}
			if h, ok := g.at(c.Facility); ok {
				h.Basis, h.Source, h.Status = basis, c.Source, c.Status
				put(h)
			}
		}
	}
	if q.Presumed {
		g.presumed(q, capable, there, put)
	}
	if what {
		for _, id := range q.On {
			if h, ok := g.at(id); ok {
				h.Basis, h.Source = Supposed, "asked"
				put(h)
			}
		}
		for _, p := range q.Add {
			out = append(out, Hub{Point: p, Basis: Supposed, Source: "asked"})
		}
	}
	return out
}

// presumed adds the facilities of which capability is assumed: one that is not
// working yet only together with the promised ones, and a seat only where
// nothing else in the settlement is capable.
func (g *Ground) presumed(q Question, capable []string, there map[place.ID]bool, put func(Hub)) {
	for _, x := range g.in.Presumptions {
		if !slices.Contains(capable, x.Service) {
			continue
		}
		switch {
		case x.Facility != "":
			if h, ok := g.at(x.Facility); ok {
				h.Basis, h.Source = Presumed, x.Source
				put(h)
			}
		case x.FacilityKind != "":
			for _, f := range g.in.Facilities {
				if h, ok := g.at(f.ID); ok && f.Kind == x.FacilityKind && (f.Working || q.Promised) {
					h.Basis, h.Source = Presumed, x.Source
					put(h)
				}
			}
		default:
			for _, id := range g.in.Seats[x.Seat] {
				if i, ok := g.spot[id]; ok && !there[id] {
					put(Hub{Place: id, Point: g.in.Spots[i].Point, Basis: Presumed, Source: x.Source})
				}
			}
		}
	}
}

// at returns a facility, or the settlement, as a hub.
func (g *Ground) at(id place.ID) (Hub, bool) {
	if i, ok := g.facility[id]; ok {
		f := g.in.Facilities[i]
		h := Hub{Facility: f.ID, Place: f.Place, Point: f.Point}
		if s, known := g.spot[f.Place]; known {
			h.Point = g.in.Spots[s].Point
		}
		return h, true
	}
	if i, ok := g.spot[id]; ok {
		return Hub{Place: id, Point: g.in.Spots[i].Point}, true
	}
	return Hub{}, false
}
