package access

import (
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

// maxLists bounds each of On, Off and Add.
const maxLists = 200

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
	case q.Mode != ByRoad && q.Span == DriveOnly:
		return bad("span", "a flight is counted from the call: choose another span, or the way by road")
	case !(q.LimitMinutes > 0 && q.LimitMinutes <= 24*60):
		return bad("limit", "is above 0 and at most 1440 minutes")
	case len(q.On) > maxLists:
		return bad("on", "at most %d facilities can be switched on at once", maxLists)
	case len(q.Off) > maxLists:
		return bad("off", "at most %d facilities can be switched off at once", maxLists)
	case len(q.Add) > maxLists:
		return bad("add", "at most %d facilities can be added at once", maxLists)
	}
	for field, list := range map[string][]place.ID{"on": q.On, "off": q.Off} {
		for i, id := range list {
			_, f := g.facility[id]
			if _, s := g.spot[id]; !f && !s {
				return bad(field, "number %d of the list is the code of no facility or settlement of access", i+1)
			}
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
			return fault.New(fault.Invalid, "access.Answer", "set", "a parameter is one of %v", codes)
		}
		x, _ := g.in.Parameters.In(code, q.Season)
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

// collecting gathers who is capable, each once, the firmest reason first.
type collecting struct {
	g     *Ground
	out   []Hub
	taken map[place.ID]bool
	// there are settlements with a facility that is named, also one that is
	// switched off: a presumed seat does not stand in for it.
	there map[place.ID]bool
	off   map[place.ID]bool
}

func (c *collecting) put(h Hub) {
	key := h.Facility
	if key == "" {
		key = h.Place
	}
	named := c.there[h.Place]
	if h.Facility != "" {
		c.there[h.Place] = true
	}
	switch {
	case c.taken[key], c.off[h.Facility] && h.Facility != "", c.off[h.Place] && h.Place != "":
		return
	case h.Facility == "" && named && h.Basis == Presumed:
		return
	}
	c.taken[key] = true
	c.out = append(c.out, h)
}

// hubs collects who is capable of any of the services. With what of false, the
// switches of the question do not add (they are about the service asked, not
// about first care).
func (g *Ground) hubs(q Question, capable []string, what bool) []Hub {
	c := &collecting{g: g, taken: map[place.ID]bool{}, there: map[place.ID]bool{}, off: map[place.ID]bool{}}
	on := map[place.ID]bool{}
	if what {
		for _, id := range q.Off {
			c.off[id] = true
		}
		for _, id := range q.On {
			on[id] = true
		}
	}
	now := g.in.Capacity.On(q.Day)
	spoken := map[[2]string]bool{} // of facility and service some document speaks
	for _, k := range now {
		spoken[[2]string{string(k.Facility), k.Service}] = true
	}
	for _, basis := range []Basis{Stated, Promised} {
		for _, k := range now {
			if basis == Promised && !q.Promised && !on[k.Facility] {
				continue // of what is only promised, what is asked for counts
			}
			if !slices.Contains(capable, k.Service) || k.Count != nil && *k.Count == 0 {
				continue
			}
			coming := k.Status == place.Planned || k.Status == place.Built || k.Status == place.Licensed
			if basis == Stated && k.Status != place.Open || basis == Promised && !coming {
				continue
			}
			if h, ok := g.at(k.Facility); ok {
				h.Basis, h.Source, h.Status = basis, k.Source, k.Status
				c.put(h)
			}
		}
	}
	if q.Presumed {
		c.presumed(q, capable, spoken)
	}
	if what {
		for _, id := range q.On {
			if h, ok := g.at(id); ok {
				h.Basis, h.Source = Supposed, "asked"
				c.put(h)
			}
		}
		for _, p := range q.Add {
			c.out = append(c.out, Hub{Point: p, Basis: Supposed, Source: "asked"})
		}
	}
	return c.out
}

// presumed adds the facilities of which capability is assumed: the named ones
// first, then those of a kind, then a seat where the settlement has no facility
// of either. A facility is not presumed capable of a service of which some
// document speaks, be it as planned, suspended or closed; and one that is not
// working yet only together with the promised ones.
func (c *collecting) presumed(q Question, capable []string, spoken map[[2]string]bool) {
	g := c.g
	facility := func(f *Facility, x *Presumption) {
		if spoken[[2]string{string(f.ID), x.Service}] || !f.Working && !q.Promised {
			return
		}
		if h, ok := g.at(f.ID); ok {
			h.Basis, h.Source = Presumed, x.Source
			c.put(h)
		}
	}
	for step := range 3 {
		for i := range g.in.Presumptions {
			x := &g.in.Presumptions[i]
			if !slices.Contains(capable, x.Service) {
				continue
			}
			switch {
			case step == 0 && x.Facility != "":
				if k, ok := g.facility[x.Facility]; ok {
					facility(&g.in.Facilities[k], x)
				}
			case step == 1 && x.FacilityKind != "":
				for k := range g.in.Facilities {
					if f := &g.in.Facilities[k]; f.Kind == x.FacilityKind {
						facility(f, x)
					}
				}
			case step == 2 && x.Seat != "":
				for _, id := range g.in.Seats[x.Seat] {
					if k, ok := g.spot[id]; ok {
						c.put(Hub{Place: id, Point: g.in.Spots[k].Point, Basis: Presumed, Source: x.Source})
					}
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
