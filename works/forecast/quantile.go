package forecast

import (
	"math"

	"github.com/shanyraq/shanyraq/internal/stat"
)

// quantile8 returns the quantile of sorted values by definition 8 of Hyndman
// and Fan (The American Statistician 50 (1996) 361-365), which they recommend:
// the i-th of n values stands at the probability (i - 1/3) / (n + 1/3), its
// median position whatever the law. Outside of these positions it returns the
// smallest and the largest value.
func quantile8(sorted []float64, p float64) float64 {
	n := len(sorted)
	h := (float64(n)+1.0/3)*p + 1.0/3
	i := int(math.Floor(h + 1e-12))
	switch {
	case i < 1:
		return sorted[0]
	case i >= n:
		return sorted[n-1]
	}
	return sorted[i-1] + math.Max(0, h-float64(i))*(sorted[i]-sorted[i-1])
}

// orderLimits returns the values between which the true quantile lies with at
// least the given confidence, half of the rest on either side, whatever the
// law: order statistics with binomial probabilities (David and Nagaraja, Order
// Statistics, 3rd ed. 2003, section 7.1). A limit is nil when even the
// smallest, or the largest, value is not sure enough.
func orderLimits(sorted []float64, p, confidence float64) (low, high *float64) {
	n := len(sorted)
	miss := (1 - confidence) / 2
	// The k-th value is at most the quantile when at least k of n fall below it.
	for k := n; k >= 1; k-- {
		if stat.BetaCDF(p, float64(k), float64(n-k+1)) >= 1-miss {
			low = number(sorted[k-1])
			break
		}
	}
	for k := 1; k <= n; k++ {
		if stat.BetaCDF(p, float64(k), float64(n-k+1)) <= miss {
			high = number(sorted[k-1])
			break
		}
	}
	return low, high
}

// shareLimits returns the limits of Clopper and Pearson (Biometrika 26 (1934)
// 404-413) for a probability of which hits of n were seen.
func shareLimits(hits, n int, confidence float64) (low, high float64) {
	miss := (1 - confidence) / 2
	low, high = 0, 1
	if hits > 0 {
		low = stat.BetaQuantile(miss, float64(hits), float64(n-hits+1))
	}
	if hits < n {
		high = stat.BetaQuantile(1-miss, float64(hits+1), float64(n-hits))
	}
	return low, high
}
