package access

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// Transport is how somebody travelled whose time was observed.
type Transport string

// The ways to travel. A bus stops and waits: it shows how long people take, not
// how fast the road is.
const (
	ByCar        Transport = "car"
	ByBus        Transport = "bus"
	ByHelicopter Transport = "helicopter"
)

// Transports lists them.
var Transports = []Transport{ByCar, ByBus, ByHelicopter}

// Observation is a time of travel between two places that somebody published or
// measured, from town to town, without waiting before.
type Observation struct {
	From    place.ID  `json:"from"`
	To      place.ID  `json:"to"`
	Minutes float64   `json:"minutes"`
	Mode    Transport `json:"mode"`
	// Season is empty where nobody said when; it is compared with summer.
	Season Season `json:"season,omitempty"`
	// Class is what most of the way is, main or other; empty: that of the network.
	Class  string `json:"class,omitempty"`
	Source string `json:"source"`
	// Date is when it was travelled or published, as said; it may be unknown.
	Date string `json:"date,omitempty"`
}

// Check refuses an observation that cannot be.
func (o Observation) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "access.Observation", string(o.From)+"/"+string(o.To), format, args...)
	}
	switch {
	case o.From == "" || o.To == "" || o.From == o.To:
		return bad("leads from a place to another")
	case !(o.Minutes > 0 && o.Minutes <= 7*24*60):
		return bad("the minutes are above 0 and at most a week")
	case !slices.Contains(Transports, o.Mode):
		return bad("the mode is one of %v", Transports)
	case o.Season != "" && !slices.Contains(Seasons, o.Season):
		return bad("a season is summer or winter, or empty where nobody said it")
	case o.Class != "" && o.Class != "main" && o.Class != "other":
		return bad("the class of a road is main or other, or empty")
	case o.Source == "":
		return bad("needs a source")
	}
	return nil
}

// Checked is an observation beside the minutes that are computed for the same
// journey, with those at the slow and at the quick end of the stated speeds.
type Checked struct {
	Observation
	Computed, Quick, Slow float64 // minutes; infinite where no way is known
	Way                   Way     // by road
	AirKm                 float64 // by helicopter
}

// Error is how many minutes too long the computed journey is; negative: too short.
func (c Checked) Error() float64 { return c.Computed - c.Minutes }

// Within reports whether the observed time lies in the range of the stated speeds.
func (c Checked) Within() bool { return c.Quick <= c.Minutes && c.Minutes <= c.Slow }

// Agreement tells how well a group of observations is met.
type Agreement struct {
	Class  string // main, other or air; empty: all
	Season Season // empty: all
	Mode   Transport
	N      int
	// Bias is the mean error in minutes, BiasPercent the mean of the errors as
	// percentages of the observed times: they weigh short journeys like long ones.
	Bias, BiasPercent float64
	// Spread is the mean of the sizes of the errors in percent.
	Spread float64
	Within int // observed times in the range of the stated speeds
}

// Validate compares the minutes of the network with observed ones, and sums up:
// all of them first, then by mode, class of road and season, in that order. It
// returns fault.NotFound naming a place that is no spot of the ground. Journeys
// for which no way is known stand in the list and in no sum.
func (g *Ground) Validate(list []Observation) ([]Checked, []Agreement, error) {
	const op = "access.Validate"
	out := make([]Checked, 0, len(list))
	for _, o := range list {
		if err := o.Check(); err != nil {
			return nil, nil, err
		}
		a, okA := g.spot[o.From]
		b, okB := g.spot[o.To]
		for id, ok := range map[place.ID]bool{o.From: okA, o.To: okB} {
			if !ok {
				return nil, nil, fault.New(fault.NotFound, op, string(id), "no place where people live has this code")
			}
		}
		if o.Season == "" {
			o.Season = Summer
		}
		c := g.observed(o, a, b)
		c.Season = list[len(out)].Season
		if c.Class == "" && c.Mode != ByHelicopter {
			c.Class = "other"
			if c.Way.Main() >= c.Way.Km()/2 {
				c.Class = "main"
			}
		}
		out = append(out, c)
	}
	return out, agreements(out), nil
}

// observed computes the journey of an observation, with the season filled in.
func (g *Ground) observed(o Observation, a, b int32) Checked {
	q := Question{Season: o.Season}
	at := func(end func(Parameter) float64) values {
		return evaluate(func(code string) float64 {
			p := g.parameter(q, code)
			if p.Unit == "km/h" {
				return end(p)
			}
			return p.Value
		})
	}
	stated, quick, slow := g.stated(q), at(func(p Parameter) float64 { return p.High }), at(func(p Parameter) float64 { return p.Low })
	c := Checked{Observation: o}
	if o.Mode == ByHelicopter {
		c.AirKm = Km(g.in.Spots[a].Point, g.in.Spots[b].Point)
		c.Computed, c.Quick, c.Slow = c.AirKm*stated.airPace, c.AirKm*quick.airPace, c.AirKm*slow.airPace
		return c
	}
	there, _ := g.net.search([]start{{node: a}}, stated.car, math.Inf(1), false)
	if there.tag[b] < 0 {
		c.Computed, c.Quick, c.Slow = math.Inf(1), math.Inf(1), math.Inf(1)
		return c
	}
	c.Way = there.way[b]
	c.Computed, c.Quick, c.Slow = stated.car.minutes(&c.Way), quick.car.minutes(&c.Way), slow.car.minutes(&c.Way)
	return c
}

// agreements sums up: all, every mode, and of journeys by car every class and
// season that occurs.
func agreements(list []Checked) []Agreement {
	var out []Agreement
	add := func(head Agreement, of func(Checked) bool) {
		for _, c := range list {
			if math.IsInf(c.Computed, 1) || !of(c) {
				continue
			}
			head.N++
			head.Bias += c.Error()
			head.BiasPercent += 100 * c.Error() / c.Minutes
			head.Spread += 100 * math.Abs(c.Error()) / c.Minutes
			if c.Within() {
				head.Within++
			}
		}
		if n := float64(head.N); n > 0 {
			head.Bias, head.BiasPercent, head.Spread = head.Bias/n, head.BiasPercent/n, head.Spread/n
			out = append(out, head)
		}
	}
	add(Agreement{}, func(Checked) bool { return true })
	for _, m := range Transports {
		add(Agreement{Mode: m}, func(c Checked) bool { return c.Mode == m })
	}
	for _, class := range []string{"main", "other"} {
		add(Agreement{Mode: ByCar, Class: class}, func(c Checked) bool { return c.Mode == ByCar && c.Class == class })
	}
	for _, s := range Seasons {
		add(Agreement{Mode: ByCar, Season: s}, func(c Checked) bool { return c.Mode == ByCar && c.Season == s })
	}
	return out
}
