package access

import "math"

// Advice is which parameter to try another value of, so that the typical
// computed journey of a group takes as long as the observed one.
type Advice struct {
	Agreement
	Parameter string
	Now       float64 // value of the parameter in that season
	Try       float64
	Unit      string
	// Outside is true where Try lies outside the range in which the parameter is
	// said to lie: then look first whether the journeys were what they seem.
	Outside bool
}

// MinAdvice is of how many journeys a group must be at least to change a
// parameter by, and smallRatio how far the median ratio may be from 1 without
// being worth it.
const (
	MinAdvice  = 3
	smallRatio = 0.05
)

// Advise looks for speeds that would fit better. Journeys by car speak of the
// speed of the road that most of their way is, ambulances of the factor of the
// signal, helicopters of the air speed; a bus stops and waits and speaks of
// none. A journey of which nobody said when counts for the season with which it
// was compared.
//
// The value tried is the present one over the median ratio of observed and
// computed minutes: exact where the whole way is of one class, and short of
// what is needed where it is not, so compare again after it.
func (g *Ground) Advise(set map[string]float64, list []Checked) []Advice {
	var out []Advice
	for _, a := range []struct {
		mode             Transport
		class, parameter string
	}{{ByCar, "main", ParamSpeedMain}, {ByCar, "other", ParamSpeedOther}, {ByAmbulance, "", ParamAmbulance}, {ByHelicopter, "", ParamAirSpeed}} {
		for _, s := range Seasons {
			var of []Checked
			for _, c := range list {
				if c.Mode == a.mode && (a.class == "" || c.Class == a.class) && c.Compared() == s {
					of = append(of, c)
				}
			}
			sums := agreements(of)
			if len(sums) == 0 || sums[0].N < MinAdvice || math.Abs(sums[0].MedianRatio-1) < smallRatio {
				continue
			}
			group := sums[0]
			group.Mode, group.Class, group.Season = a.mode, a.class, s
			now := g.parameter(Question{Season: s, Set: set}, a.parameter)
			stated, _ := g.in.Parameters.In(a.parameter, s)
			try := now.Value / group.MedianRatio
			if now.Unit == "km/h" {
				try = math.Max(1, math.Round(try))
			} else {
				try = math.Round(100*try) / 100
			}
			out = append(out, Advice{Agreement: group, Parameter: a.parameter, Now: now.Value, Try: try, Unit: now.Unit, Outside: try < stated.Low || try > stated.High})
		}
	}
	return out
}
