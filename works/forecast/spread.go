package forecast

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
)

// Shape is the family of a Spread.
type Shape string

// The shapes.
const (
	Fixed      Shape = "fixed"       // always exactly as planned
	ThreePoint Shape = "three_point" // Low, Likely, High: a beta-PERT law
	LogNormal  Shape = "log_normal"  // Median, Sigma, and a fat tail if Tail is given
	OfClass    Shape = "class"       // Cases: what happened to others, and a fat tail if Tail is given
)

// Spread says how long a stage may take, as multiples of its planned length:
// 1 is as planned, 2 is twice as long. Share one Spread between the stages of
// a kind; it must not change once it is used.
type Spread struct {
	Shape Shape

	// Low, Likely and High are the three points; the weight of Likely is four,
	// as in PERT (Malcolm, Roseboom, Clark and Fazar, Operations Research 7
	// (1959) 646-669).
	Low, Likely, High float64

	// Median and Sigma: ln of the multiple is normal around ln Median with
	// standard deviation Sigma.
	Median, Sigma float64

	// Cases are the multiples of stages, or projects, that have ended.
	Cases []float64

	// Tail, when above zero, is the index α of a Pareto tail: beyond the 90th
	// percentile of a log-normal, beyond the largest case of a class, the
	// chance of more than x falls as x^-α. At α of 1 or less no mean exists.
	// Nothing is cut off.
	Tail float64
}

// tailFrom is where the Pareto tail of a log-normal begins.
const tailFrom = 0.9

// Bounds of a Spread: what lies outside is a mistake, not a forecast.
const (
	mostMultiple = 1000 // a stage planned for a month that takes 80 years
	mostSigma    = 2    // a chance of one in six of more than seven times the median
	mostCases    = 100_000
	leastTail    = 0.5
)

// Check refuses a spread that cannot be.
func (s *Spread) Check() error {
	bad := func(field, sentence string) error {
		return fault.New(fault.Invalid, "forecast.Spread", field, "%s", sentence)
	}
	if s.Tail != 0 && !(s.Tail >= leastTail && s.Tail <= 100) {
		return bad("tail", "the index of a tail is 0.5 to 100, or 0 for none")
	}
	switch s.Shape {
	case Fixed:
	case ThreePoint:
		if !(s.Low >= 0 && s.Low <= s.Likely && s.Likely <= s.High && s.High <= mostMultiple) {
			return bad("low", "three points are multiples of the planned length with 0 ≤ low ≤ likely ≤ high ≤ 1000")
		}
		if s.Tail != 0 {
			return bad("tail", "a law of three points has no tail: use log_normal or class")
		}
	case LogNormal:
		if !(s.Median > 0 && s.Median <= mostMultiple) || !(s.Sigma >= 0 && s.Sigma <= mostSigma) {
			return bad("median", "a log-normal needs a median above 0 and at most 1000, and a sigma of 0 to 2")
		}
	case OfClass:
		if len(s.Cases) == 0 || len(s.Cases) > mostCases {
			return bad("cases", "a class needs 1 to 100,000 cases")
		}
		for _, x := range s.Cases {
			if !(x > 0 && x <= mostMultiple) {
				return bad("cases", "a case is a multiple of the planned length above 0 and at most 1000")
			}
		}
	default:
		return bad("shape", "a shape is fixed, three_point, log_normal or class")
	}
	return nil
}

// hasMean reports whether the multiple has a mean at all.
func (s *Spread) hasMean() bool { return s.Tail == 0 || s.Tail > 1 }

// law returns the quantile function of the spread: the multiple that is not
// passed with probability u, given also as the normal score z of u.
func (s *Spread) law() func(u, z float64) float64 {
	switch s.Shape {
	case ThreePoint:
		width := s.High - s.Low
		if width == 0 {
			return func(_, _ float64) float64 { return s.Low }
		}
		b := pertTable((s.Likely - s.Low) / width)
		return func(_, z float64) float64 { return s.Low + width*b.at(z) }
	case LogNormal:
		edge := s.Median * math.Exp(s.Sigma*normalScore(tailFrom))
		return func(u, z float64) float64 {
			if s.Tail > 0 && u > tailFrom {
				return edge * math.Pow((1-tailFrom)/(1-u), 1/s.Tail)
			}
			return s.Median * math.Exp(s.Sigma*z)
		}
	case OfClass:
		sorted := slices.Clone(s.Cases)
		slices.Sort(sorted)
		n := float64(len(sorted))
		last := (n - 1.0/3) / (n + 1.0/3)
		return func(u, _ float64) float64 {
			if s.Tail > 0 && u > last {
				return sorted[len(sorted)-1] * math.Pow((1-last)/(1-u), 1/s.Tail)
			}
			return quantile8(sorted, u)
		}
	}
	return func(_, _ float64) float64 { return 1 }
}

// normalScore is the quantile of the standard normal law.
func normalScore(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) }

// normalShare is its distribution function.
func normalShare(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// scoreTable is a function of a normal score by linear interpolation between
// 64 nodes a unit from -7 to 7; the error of a beta-PERT quantile is below
// 1e-4 of its range.
type scoreTable [14*perScore + 1]float64

const (
	perScore = 64
	maxScore = 7
)

func (t *scoreTable) at(z float64) float64 {
	x := (math.Min(math.Max(z, -maxScore), maxScore) + maxScore) * perScore
	i := min(int(x), len(t)-2)
	return t[i] + (x-float64(i))*(t[i+1]-t[i])
}

// pertTable tabulates the quantile of the beta-PERT law on 0 to 1 with the
// mode m: a beta law with the parameters 1+4m and 5-4m.
func pertTable(m float64) *scoreTable {
	a, b := 1+4*m, 5-4*m
	var t scoreTable
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	x := 0.0
	for i := range t {
		p := normalShare(float64(i)/perScore - maxScore)
		low, high := x, 1.0
		if x == 0 {
			x = 1e-3
		}
		for range 100 { // Newton inside a bracket that shrinks
			f := stat.BetaCDF(x, a, b) - p
			if f < 0 {
				low = x
			} else {
				high = x
			}
			density := math.Exp(lab - la - lb + (a-1)*math.Log(x) + (b-1)*math.Log1p(-x))
			next := x - f/density
			if !(next > low && next < high) {
				next = (low + high) / 2
			}
			if math.Abs(next-x) < 1e-9 {
				x = next
				break
			}
			x = next
		}
		t[i] = x
	}
	return &t
}
