package access

import (
	"math"
	"slices"
)

// Advice is which parameter to try another value of, so that the typical
// computed journey of a group takes as long as the observed one.
type Advice struct {
	Agreement
	Parameter string
	Now       float64 // value of the parameter in that season
	Try       float64
	Unit      string
	// RatioLow and RatioHigh hold the true median ratio between them with 95 %
	// confidence; 1 does not lie there.
	RatioLow, RatioHigh float64
	// Outside is true where Try lies outside the range in which the parameter is
	// said to lie: then look first whether the journeys were what they seem.
	Outside bool
}

// MinAdvice is of how many journeys a group must be at least to change a
// parameter by: of five, even the smallest and the largest ratio hold the true
// median between them with less than 95 % confidence. smallRatio is how far the
// median ratio may be from 1 without being worth it.
const (
	MinAdvice  = 6
	smallRatio = 0.05
)

// Advise looks for speeds that would fit better. Journeys by car speak of the
// speed of the road that most of their way is, ambulances of the factor of the
// signal, helicopters of the air speed; a bus stops and waits and speaks of
// none. A journey of which nobody said when counts for the season with which it
// was compared. Nothing is advised while 1 lies in the interval of the median
// ratio.
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
			var ratios []float64
			for _, c := range list {
				if c.Mode == a.mode && (a.class == "" || c.Class == a.class) && c.Compared() == s {
					of = append(of, c)
					if c.Reached() {
						ratios = append(ratios, c.Ratio())
					}
				}
			}
			sums := agreements(of)
			if len(sums) == 0 || sums[0].N < MinAdvice || math.Abs(sums[0].MedianRatio-1) < smallRatio {
				continue
			}
			low, high := medianInterval(ratios)
			if low <= 1 && 1 <= high {
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
			out = append(out, Advice{Agreement: group, Parameter: a.parameter, Now: now.Value, Try: try, Unit: now.Unit, RatioLow: low, RatioHigh: high, Outside: try < stated.Low || try > stated.High})
		}
	}
	return out
}

// medianInterval returns two of the numbers between which the median of all
// such numbers lies with at least 95 % confidence, whatever their distribution:
// the sign test turned round (Conover, Practical Nonparametric Statistics,
// 3rd ed. 1999, section 3.2). It takes at least MinAdvice numbers and sorts them.
func medianInterval(x []float64) (low, high float64) {
	slices.Sort(x)
	n := len(x)
	// The tail is the chance of k or fewer heads of n fair coins.
	term := math.Pow(0.5, float64(n))
	tail := term
	k := 0
	for k+1 <= n/2 {
		next := term * float64(n-k) / float64(k+1)
		if 2*(tail+next) > 0.05 {
			break
		}
		term, tail, k = next, tail+next, k+1
	}
	return x[k], x[n-1-k]
}
