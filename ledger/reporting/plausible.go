package reporting

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Scale says on which scale the values of a row scatter.
type Scale string

// The scales. A count scatters by a share of itself and never falls below
// zero; a rate or a percentage by a number of its own units; a stock, which
// only grows by what is added, is judged by its steps.
const (
	NoRange Scale = "none"
	Ratio   Scale = "count"
	Linear  Scale = "rate"
	Stock   Scale = "stock"
)

// Defaults of the plausible range; docs/method/plausible-range.md gives reasons.
const (
	DefaultK       = 3.5 // Iglewicz and Hoaglin
	recentValues   = 12
	minValues      = 4
	minSameSeason  = 3
	madToSigma     = 1.4826 // 1/Φ⁻¹(3/4), so that a MAD estimates σ of a normal law
	relativeFloor  = 0.02   // of the centre: smaller scatter is rounding
	maxHistory     = 600
	smallestSpread = 1e-9
)

// RangeRule says how a plausible range follows from the history of a row.
type RangeRule struct {
	Scale Scale   `json:"scale"`
	K     float64 `json:"k,omitempty"` // 0: DefaultK
}

// Check refuses a rule that cannot be used.
func (r RangeRule) Check() error {
	if r.Scale != NoRange && r.Scale != Ratio && r.Scale != Linear && r.Scale != Stock {
		return fault.New(fault.Invalid, "reporting.RangeRule", "", "the scale of a plausible range is count, rate, stock or none")
	}
	if r.K != 0 && !(r.K >= 1 && r.K <= 20) {
		return fault.New(fault.Invalid, "reporting.RangeRule", "", "the width of a plausible range is 1 to 20")
	}
	return nil
}

// Past is a value of the history.
type Past struct {
	Period period.Period
	Value  float64
}

// Plausible is the range in which a value is expected.
type Plausible struct {
	Known  bool    // false: the history is too short
	Basis  string  // "same_season", "recent" or "steps"
	N      int     // values used
	Centre float64 // median, in the unit of the row
	Lower  float64
	Upper  float64
	Spread float64 // robust standard deviation, on the scale on which it was taken
}

// PlausibleRange returns the range in which the value of a period is expected
// from what the same place said before.
//
// On the scale count values are taken as ln(1+x); on the scale rate as they
// are. With at least three values of the same part of earlier years, those are
// the basis, else the twelve newest before the period. The centre is their
// median, the spread 1.4826·b·MAD with the correction b for few values of
// Croux and Rousseeuw (1992); the range is centre ± k·spread, taken back to the
// unit. A spread is never smaller than the chance scatter of a count, 1/√(1+m)
// on the scale ln(1+x) at the median m, nor than 2 % of the centre on the other
// scales, nor than one step of the last decimal. A stock is judged by its
// newest value and the steps between neighbours; it is not expected to fall
// below the newest value by more than the spread.
//
// Values of the period itself and of later ones do not count. With fewer than
// four values (five for the steps of a stock) nothing is known.
// It returns fault.Invalid for a value that is not finite, a negative count, or
// more than 600 values.
func PlausibleRange(rule RangeRule, decimals int, target period.Period, history []Past) (Plausible, error) {
	if err := rule.Check(); err != nil {
		return Plausible{}, err
	}
	bad := func(text string) error { return fault.New(fault.Invalid, "reporting.PlausibleRange", "", "%s", text) }
	if len(history) > maxHistory {
		return Plausible{}, bad("a history has at most 600 values")
	}
	if !target.Known() {
		return Plausible{}, bad("the range is for a period")
	}
	for _, p := range history {
		if math.IsNaN(p.Value) || math.IsInf(p.Value, 0) || math.Abs(p.Value) > 1e18 {
			return Plausible{}, bad("a value of the history is not a number of at most 18 digits")
		}
		if rule.Scale == Ratio && p.Value < 0 {
			return Plausible{}, bad("a count is not negative: use the scale rate")
		}
		if !p.Period.Known() {
			return Plausible{}, bad("a value of the history has no period")
		}
	}
	earlier := before(target, history)
	switch rule.Scale {
	case Ratio, Linear:
		return level(rule, decimals, target, earlier), nil
	case Stock:
		return steps(rule, decimals, earlier), nil
	}
	return Plausible{}, nil
}

func (r RangeRule) k() float64 {
	if r.K == 0 {
		return DefaultK
	}
	return r.K
}

// before returns what was said for earlier periods of the same length, oldest
// first.
func before(target period.Period, history []Past) []Past {
	var out []Past
	for _, p := range history {
		if p.Period.End <= target.Start && p.Period.Type() == target.Type() {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Past) int { return int(a.Period.Start) - int(b.Period.Start) })
	return out
}

// level expects what was usual: in the same season, or of late.
func level(rule RangeRule, decimals int, target period.Period, earlier []Past) Plausible {
	var season, recent []float64
	for _, p := range earlier {
		if p.Period.Shift(yearsBetween(p.Period, target)) == target {
			season = append(season, p.Value)
		}
	}
	for _, p := range earlier[max(0, len(earlier)-recentValues):] {
		recent = append(recent, p.Value)
	}
	values, basis := recent, "recent"
	if len(season) >= minSameSeason && target.Type() != period.Year {
		values, basis = season, "same_season"
	} else if len(recent) < minValues {
		return Plausible{N: len(recent), Basis: basis}
	}
	forth, back := linear, linear
	if rule.Scale == Ratio {
		forth, back = math.Log1p, math.Expm1
	}
	y := make([]float64, len(values))
	for i, v := range values {
		y[i] = forth(v)
	}
	c := median(y)
	s := max(spread(y), floorOf(rule.Scale, c, decimals))
	out := Plausible{Known: true, Basis: basis, N: len(values), Centre: back(c), Lower: back(c - rule.k()*s), Upper: back(c + rule.k()*s), Spread: s}
	if rule.Scale == Ratio {
		out.Lower = max(0, out.Lower)
	}
	return out
}

// steps expects a stock to go on growing as it did.
func steps(rule RangeRule, decimals int, earlier []Past) Plausible {
	recent := earlier[max(0, len(earlier)-recentValues-1):]
	if len(recent) < minValues+1 {
		return Plausible{N: len(recent), Basis: "steps"}
	}
	d := make([]float64, 0, len(recent)-1)
	for i := 1; i < len(recent); i++ {
		d = append(d, recent[i].Value-recent[i-1].Value)
	}
	last, c := recent[len(recent)-1].Value, median(d)
	s := max(spread(d), floorOf(Stock, last, decimals))
	return Plausible{Known: true, Basis: "steps", N: len(d), Centre: last + c, Lower: min(last, last+c) - s, Upper: last + c + rule.k()*s, Spread: s}
}

func linear(x float64) float64 { return x }

// floorOf is the smallest spread that means anything at a centre.
func floorOf(scale Scale, centre float64, decimals int) float64 {
	if scale == Ratio {
		return 1 / math.Sqrt(1+max(0, math.Expm1(centre)))
	}
	return max(relativeFloor*math.Abs(centre), math.Pow(10, -float64(decimals)), smallestSpread)
}

func yearsBetween(a, b period.Period) int {
	y1, _, _ := a.Start.Civil()
	y2, _, _ := b.Start.Civil()
	return y2 - y1
}

// median returns the middle of the values, or the mean of the two in the middle.
func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	n := len(s)
	if n%2 == 1 {
		return s[n/2]
	}
	return s[n/2-1]/2 + s[n/2]/2
}

// fewValues are the factors of Croux and Rousseeuw for 2 to 9 values, by which
// the MAD of so few is too small on average.
var fewValues = []float64{0, 0, 1.196, 1.495, 1.363, 1.206, 1.200, 1.140, 1.129, 1.107}

// spread is the median absolute deviation as an estimate of σ.
func spread(v []float64) float64 {
	c := median(v)
	d := make([]float64, len(v))
	for i, x := range v {
		d[i] = math.Abs(x - c)
	}
	n := len(v)
	b := float64(n) / (float64(n) - 0.8)
	if n < len(fewValues) {
		b = fewValues[n]
	}
	return madToSigma * b * median(d)
}

// Holds reports whether a value lies in the range; in an unknown one
// everything does.
func (p Plausible) Holds(v float64) bool { return !p.Known || v >= p.Lower && v <= p.Upper }

// Round widens the range to the decimals of the row, so that the page shows
// exactly the range by which it judges.
func (p Plausible) Round(decimals int) Plausible {
	scale := math.Pow(10, float64(decimals))
	p.Lower, p.Upper, p.Centre = math.Floor(p.Lower*scale)/scale, math.Ceil(p.Upper*scale)/scale, math.Round(p.Centre*scale)/scale
	return p
}
