package access

import (
	"cmp"
	"context"
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
	ByAmbulance  Transport = "ambulance" // with a signal
	ByBus        Transport = "bus"
	ByHelicopter Transport = "helicopter"
)

// Transports lists them.
var Transports = []Transport{ByCar, ByAmbulance, ByBus, ByHelicopter}

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

// Ratio is the observed time over the computed one: above 1 people need longer
// than computed.
func (c Checked) Ratio() float64 { return c.Minutes / c.Computed }

// Reached reports whether a way is known.
func (c Checked) Reached() bool { return !math.IsInf(c.Computed, 0) }

// Compared is the season for which the minutes were computed.
func (c Checked) Compared() Season {
	if c.Season == "" {
		return Summer
	}
	return c.Season
}

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
	// MAE is the mean size of the error, RMSE the root of the mean square of the
	// errors, both in minutes. One large miss moves the second more than the first.
	MAE, RMSE float64
	// MedianRatio is the median of observed over computed: no single odd journey
	// moves it.
	MedianRatio float64
}

// Validate compares the minutes of the network with observed ones, and sums up:
// all of them first, then by mode, of journeys by car by class of road, by
// season and by both, in that order. It returns fault.NotFound naming a place
// that is no spot of the ground. Journeys for which no way is known stand in the
// list and in no sum.
func (g *Ground) Validate(list []Observation) ([]Checked, []Agreement, error) {
	return g.ValidateWith(context.Background(), nil, list)
}

// ValidateWith is Validate with other values of parameters. A value that is set
// has no range: then only what is exactly met lies within. It gives up between
// journeys when ctx ends.
func (g *Ground) ValidateWith(ctx context.Context, set map[string]float64, list []Observation) ([]Checked, []Agreement, error) {
	const op = "access.Validate"
	for _, s := range Seasons {
		if err := g.checkSet(Question{Season: s, Set: set}); err != nil {
			return nil, nil, err
		}
	}
	out := make([]Checked, len(list))
	order := make([]int, len(list))
	for i, o := range list {
		if err := o.Check(); err != nil {
			return nil, nil, err
		}
		for _, id := range []place.ID{o.From, o.To} {
			if _, ok := g.spot[id]; !ok {
				return nil, nil, fault.New(fault.NotFound, op, string(id), "no place where people live has this code")
			}
		}
		out[i], order[i] = Checked{Observation: o}, i
	}
	// Roads lead both ways, so a journey may be computed from either end: from the
	// one that more journeys have. Those from one place follow each other and share
	// a search.
	uses := map[place.ID]int{}
	for _, o := range list {
		uses[o.From]++
		uses[o.To]++
	}
	from := func(c *Checked) (a, b place.ID) {
		if uses[c.To] > uses[c.From] {
			return c.To, c.From
		}
		return c.From, c.To
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &out[i], &out[j]
		atA, _ := from(a)
		atB, _ := from(b)
		return cmp.Or(cmp.Compare(atA, atB), cmp.Compare(a.Compared(), b.Compared()), cmp.Compare(a.Mode, b.Mode))
	})
	var last search
	for _, i := range order {
		if err := ctx.Err(); err != nil {
			return nil, nil, fault.New(fault.Unavailable, op, "", "it was given up before all journeys were compared: %w", err)
		}
		c := &out[i]
		a, b := from(c)
		g.observed(c, set, g.spot[a], g.spot[b], &last)
		if c.Class == "" && c.Mode != ByHelicopter {
			c.Class = "other"
			if c.Way.Main() >= c.Way.Km()/2 {
				c.Class = "main"
			}
		}
	}
	return out, agreements(out), nil
}

// search is what was found from a place at the speeds p.
type search struct {
	from  int32
	p     pace
	found reached
}

// observed computes the journey of an observation between the spots a and b.
// last is the search before, which serves again from the same place at the same
// speeds.
func (g *Ground) observed(c *Checked, set map[string]float64, a, b int32, last *search) {
	q := Question{Season: c.Compared(), Set: set}
	at := func(end func(Parameter) float64) values {
		return evaluate(func(code string) float64 {
			p := g.parameter(q, code)
			if p.Unit == "km/h" || code == ParamAmbulance {
				return end(p)
			}
			return p.Value
		})
	}
	stated, quick, slow := g.stated(q), at(func(p Parameter) float64 { return p.High }), at(func(p Parameter) float64 { return p.Low })
	if c.Mode == ByHelicopter {
		c.AirKm = Km(g.in.Spots[a].Point, g.in.Spots[b].Point)
		c.Computed, c.Quick, c.Slow = c.AirKm*stated.airPace, c.AirKm*quick.airPace, c.AirKm*slow.airPace
		return
	}
	drive := func(v *values) pace {
		if c.Mode == ByAmbulance {
			return v.ambulance
		}
		return v.car
	}
	if p := drive(&stated); last.found.tag == nil || last.from != a || last.p != p {
		last.from, last.p = a, p
		last.found, _ = g.net.search([]start{{node: a}}, p, math.Inf(1), false)
	}
	if last.found.tag[b] < 0 {
		c.Computed, c.Quick, c.Slow = math.Inf(1), math.Inf(1), math.Inf(1)
		return
	}
	c.Way = last.found.way[b]
	c.Computed, c.Quick, c.Slow = drive(&stated).minutes(&c.Way), drive(&quick).minutes(&c.Way), drive(&slow).minutes(&c.Way)
}

// agreements sums up: all, every mode, and of journeys by car every class,
// every season and every class in a season that occurs.
func agreements(list []Checked) []Agreement {
	var out []Agreement
	add := func(head Agreement, of func(Checked) bool) {
		var ratios []float64
		for _, c := range list {
			if !c.Reached() || !of(c) {
				continue
			}
			head.N++
			head.Bias += c.Error()
			head.BiasPercent += 100 * c.Error() / c.Minutes
			head.Spread += 100 * math.Abs(c.Error()) / c.Minutes
			head.MAE += math.Abs(c.Error())
			head.RMSE += c.Error() * c.Error()
			ratios = append(ratios, c.Ratio())
			if c.Within() {
				head.Within++
			}
		}
		if n := float64(head.N); n > 0 {
			head.Bias, head.BiasPercent, head.Spread, head.MAE, head.RMSE = head.Bias/n, head.BiasPercent/n, head.Spread/n, head.MAE/n, math.Sqrt(head.RMSE/n)
			head.MedianRatio = middle(ratios)
			out = append(out, head)
		}
	}
	add(Agreement{}, func(Checked) bool { return true })
	for _, m := range Transports {
		add(Agreement{Mode: m}, func(c Checked) bool { return c.Mode == m })
	}
	for _, class := range roadClasses {
		add(Agreement{Mode: ByCar, Class: class}, func(c Checked) bool { return c.Mode == ByCar && c.Class == class })
	}
	for _, s := range Seasons {
		add(Agreement{Mode: ByCar, Season: s}, func(c Checked) bool { return c.Mode == ByCar && c.Season == s })
	}
	for _, class := range roadClasses {
		for _, s := range Seasons {
			add(Agreement{Mode: ByCar, Class: class, Season: s}, func(c Checked) bool { return c.Mode == ByCar && c.Class == class && c.Season == s })
		}
	}
	return out
}

// roadClasses are the words for what most of a way is.
var roadClasses = []string{"main", "other"}

// middle returns the median of at least one number; it sorts them.
func middle(x []float64) float64 {
	slices.Sort(x)
	n := len(x)
	return (x[(n-1)/2] + x[n/2]) / 2
}
