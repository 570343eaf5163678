package access

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// The legs of a chain.
const (
	LegDispatch  = "call_and_dispatch"
	LegResponse  = "response"
	LegScene     = "on_scene"
	LegTransport = "transport"
	LegHandover  = "handover"
	LegDrive     = "drive"
	LegAircraft  = "wait_for_aircraft" // beyond the moment the patient is ready
	LegLanding   = "landing"
	LegFlight    = "flight"
	LegTreatment = "door_to_treatment"
	LegDoorOut   = "door_in_door_out"
	LegShip      = "onward_transport"
)

// Leg is one stretch of time of a chain, at the stated values and with the
// parameters it rests on at their quickest and at their slowest.
type Leg struct {
	Code       string
	Minutes    float64
	Low, High  float64
	Way        Way     // by road; zero where nothing is driven
	AirKm      float64 // by air
	Parameters []string
}

// Chain is everything about the minutes of one place.
type Chain struct {
	Row  Row
	Spot Spot
	Base *Spot // where the crew starts
	// Next is the nearest other base, from which a crew comes where that of the
	// first is away and that is sooner; ToNext is the way from it.
	Next   *Spot
	ToNext Way
	Hub    *Hub
	// Road is the way by ambulance, or the drive of a planned journey; nil where
	// there is none.
	Road []Leg
	// Air is the way by aircraft, with its base; nil where it is not asked or out
	// of range. Flies is the share of calls in which it may fly.
	Air     []Leg
	AirBase *Spot
	AirHub  *Hub
	Flies   float64
	// AirBaseKm and AirHubKm are the flights to the patient and to the hospital,
	// also where that is out of range; both 0 where no aircraft is asked or known.
	AirBaseKm, AirHubKm float64
	// First is the way to the first treatment near by, Onward from there to the hub.
	First    []Leg
	FirstHub *Hub
	Onward   []Leg
	scene    []Leg // until the patient is ready to travel
	// Decides is the code of the longest leg of the way that counts.
	Decides string
}

// Minutes sums legs.
func Minutes(legs []Leg) float64 {
	sum := 0.0
	for _, l := range legs {
		sum += l.Minutes
	}
	return sum
}

// Parameters lists the codes of all parameters on which the minutes of the chain
// rest, in their order: those of its legs, of the way from the next base, of
// the handover that ends a way to treatment, and of the aircraft.
func (c *Chain) Parameters() []string {
	use := map[string]bool{}
	add := func(list ...string) {
		for _, code := range list {
			use[code] = true
		}
	}
	for _, legs := range [][]Leg{c.scene, c.Road, c.Air, c.First, c.Onward} {
		for _, l := range legs {
			add(l.Parameters...)
		}
	}
	if c.Next != nil {
		add(driving(&c.ToNext, true)...)
	}
	if c.Base != nil && c.Hub != nil {
		add(ParamHandover)
	}
	if c.AirBaseKm+c.AirHubKm > 0 {
		add(ParamAirReady, ParamAirSpeed, ParamAirLanding, ParamAirRange, ParamAirWeather, ParamAirDaylight)
	}
	return slices.DeleteFunc(Codes(), func(code string) bool { return !use[code] })
}

// Chain opens the minutes of one spot (its position in Ground.Spots).
func (a *Answer) Chain(spot int) (Chain, error) {
	if spot < 0 || spot >= len(a.Rows) {
		return Chain{}, fault.New(fault.NotFound, "access.Chain", "spot", "no such place where people live")
	}
	g, t := a.ground, &a.trips[spot]
	c := Chain{Row: a.Rows[spot], Spot: g.in.Spots[spot]}
	if t.hub >= 0 {
		c.Hub = &a.Hubs[t.hub]
	}
	if a.Profile.Kind == Planned {
		if t.hub >= 0 {
			c.Road = []Leg{a.leg(LegDrive, t.toHub, 0, driving(&t.toHub, false), func(v *values) float64 { return v.within(&v.car, &t.toHub) })}
			c.Decides = LegDrive
		}
		return c, nil
	}
	if t.base >= 0 {
		c.Base = &g.in.Spots[t.base]
	}
	if t.next >= 0 {
		c.Next, c.ToNext = &g.in.Spots[t.next], t.toNext
	}
	scene := []Leg{
		a.leg(LegDispatch, Way{}, 0, []string{ParamDispatch}, func(v *values) float64 { return v.dispatch }),
		a.leg(LegResponse, t.toBase, 0, append(driving(&t.toBase, true), ParamBusy, ParamBusyWait), func(v *values) float64 { return t.response(v, false) }),
		a.leg(LegScene, Way{}, 0, []string{ParamOnScene}, func(v *values) float64 { return v.onScene }),
	}
	c.scene = scene
	handover := a.leg(LegHandover, Way{}, 0, []string{ParamHandover}, func(v *values) float64 { return v.handover })
	if t.hub >= 0 && (t.base >= 0 || a.Question.Span == DriveOnly) {
		drive := a.leg(LegTransport, t.toHub, 0, driving(&t.toHub, true), func(v *values) float64 { return v.within(&v.ambulance, &t.toHub) })
		if a.Question.Span == DriveOnly {
			c.Road = []Leg{drive}
		} else {
			c.Road = append(append(c.Road, scene...), drive)
		}
		if a.Question.Span == CallToTreatment {
			c.Road = append(c.Road, handover)
		}
	}
	a.first(&c, t, scene)
	a.byAir(&c, t, scene, handover)
	legs := c.Road
	if c.Row.Flown {
		legs = c.Air
	}
	longest := -1.0
	for _, l := range legs {
		if l.Minutes > longest {
			longest, c.Decides = l.Minutes, l.Code
		}
	}
	return c, nil
}

// first fills the way through the first hospital.
func (a *Answer) first(c *Chain, t *trip, scene []Leg) {
	if t.first < 0 || t.base < 0 {
		return
	}
	c.FirstHub = &a.First[t.first]
	drive := a.leg(LegTransport, t.toFirst, 0, driving(&t.toFirst, true), func(v *values) float64 { return v.within(&v.ambulance, &t.toFirst) })
	c.First = append(append(c.First, scene...), drive, a.leg(LegTreatment, Way{}, 0, []string{ParamFirstCare}, func(v *values) float64 { return v.firstCare }))
	same := t.shipHub >= 0 && c.FirstHub.Place != "" && c.FirstHub.Place == a.Hubs[t.shipHub].Place
	if !same && !math.IsInf(t.shipped(ptr(a.ground.stated(a.Question)), false), 1) {
		c.Onward = append(append(c.Onward, scene...), drive, a.leg(LegDoorOut, Way{}, 0, []string{ParamDoorOut}, func(v *values) float64 { return v.doorOut }),
			a.leg(LegShip, t.ship, 0, driving(&t.ship, true), func(v *values) float64 { return v.within(&v.ambulance, &t.ship) }))
	}
}

// byAir fills the way by aircraft.
func (a *Answer) byAir(c *Chain, t *trip, scene []Leg, handover Leg) {
	v := a.ground.stated(a.Question)
	if a.Question.Mode != ByRoad && t.airBase >= 0 && t.airHub >= 0 {
		c.AirBaseKm, c.AirHubKm = t.airBaseKm, t.airHubKm
	}
	if a.Question.Mode == ByRoad || math.IsInf(t.air(&v, a.Question.Span, false), 1) {
		return
	}
	c.AirBase, c.AirHub, c.Flies = &a.ground.in.Spots[t.airBase], &a.Hubs[t.airHub], v.flies
	wait := a.leg(LegAircraft, Way{}, t.airBaseKm, []string{ParamAirReady, ParamAirSpeed}, func(v *values) float64 {
		return math.Max(0, v.dispatch+v.ready+t.airBaseKm*v.airPace-t.scene(v, false))
	})
	land := a.leg(LegLanding, Way{}, 0, []string{ParamAirLanding}, func(v *values) float64 { return 2 * v.landing })
	fly := a.leg(LegFlight, Way{}, t.airHubKm, []string{ParamAirSpeed}, func(v *values) float64 { return t.airHubKm * v.airPace })
	c.Air = append(append(c.Air, scene...), wait, land, fly)
	if a.Question.Span == CallToTreatment {
		c.Air = append(c.Air, handover)
	}
}

func ptr[T any](x T) *T { return &x }

// driving lists the parameters on which a drive of this way rests.
func driving(w *Way, ambulance bool) []string {
	if w.Km() == 0 {
		return []string{ParamInside}
	}
	var out []string
	if w.Main() > 0 {
		out = append(out, ParamSpeedMain)
	}
	if w.Other() > 0 {
		out = append(out, ParamSpeedOther)
	}
	if w.OffRoad() > 0 {
		out = append(out, ParamSpeedOffRoad, ParamDetour)
	}
	if ambulance {
		out = append(out, ParamAmbulance)
	}
	return append(out, ParamInside) // none is quicker than from address to address
}

// faster are the parameters of which a higher value takes less time.
var faster = map[string]bool{ParamSpeedMain: true, ParamSpeedOther: true, ParamSpeedOffRoad: true, ParamAmbulance: true, ParamAirSpeed: true}

// leg measures one stretch at the stated values and at both ends of the ranges
// of its parameters.
func (a *Answer) leg(code string, w Way, airKm float64, parameters []string, minutes func(*values) float64) Leg {
	g, q := a.ground, a.Question
	own := map[string]bool{}
	for _, c := range parameters {
		own[c] = true
	}
	at := func(slow bool) float64 {
		v := evaluate(func(c string) float64 {
			p := g.parameter(q, c)
			switch {
			case !own[c]:
				return p.Value
			case slow == faster[c]:
				return p.Low
			}
			return p.High
		})
		return minutes(&v)
	}
	v := g.stated(q)
	return Leg{code, minutes(&v), at(false), at(true), w, airKm, parameters}
}
