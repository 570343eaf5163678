package stat

import "math"

// RateRatio is the ratio of two rates with two intervals around it.
type RateRatio struct {
	Ratio float64
	// Exact limits: conditional on the total of both counts, by the binomial
	// limits of Clopper and Pearson, Biometrika 26 (1934) 404-413.
	Lower, Upper float64
	// Normal limits, of the logarithm; NaN when a count is zero.
	NormalLower, NormalUpper float64
}

// z95 is the 97.5 % point of the standard normal distribution.
const z95 = 1.959963984540054

// RatioOfRates returns how the rate now compares with the rate before, where
// each is a count of independent events in person-time (or births). The limits
// are at 95 %. It returns NaN everywhere unless the counts are not negative,
// the person-times positive and one of the counts is above zero. A base count
// of zero has no ratio and no upper limit: both are infinite.
func RatioOfRates(before, timeBefore, now, timeNow float64) RateRatio {
	nan := math.NaN()
	if !(before >= 0 && now >= 0 && timeBefore > 0 && timeNow > 0 && before+now > 0) {
		return RateRatio{nan, nan, nan, nan, nan}
	}
	scale := timeBefore / timeNow
	odds := func(p float64) float64 { return p / (1 - p) * scale }
	out := RateRatio{Ratio: now / before * scale, Lower: 0, Upper: math.Inf(1), NormalLower: nan, NormalUpper: nan}
	const tail = 0.025
	if now > 0 {
		out.Lower = odds(BetaQuantile(tail, now, before+1))
	}
	if before > 0 {
		out.Upper = odds(BetaQuantile(1-tail, now+1, before))
	}
	if now > 0 && before > 0 {
		width := z95 * math.Sqrt(1/now+1/before)
		out.NormalLower, out.NormalUpper = out.Ratio*math.Exp(-width), out.Ratio*math.Exp(width)
	}
	return out
}
