package stat

import "math"

// BetaCDF returns the probability that a beta variable with the parameters a
// and b is at most x: the regularised incomplete beta function, by Lentz's
// method for its continued fraction (DLMF 8.17.22). It is NaN for parameters
// that are not positive.
func BetaCDF(x, a, b float64) float64 {
	switch {
	case !(a > 0 && b > 0) || math.IsNaN(x):
		return math.NaN()
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2): // where the fraction converges slowly
		return 1 - BetaCDF(1-x, b, a)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	return front * betaFraction(x, a, b)
}

func betaFraction(x, a, b float64) float64 {
	const (
		tiny  = 1e-300
		close = 1e-16
		most  = 100_000 // terms; counts of a whole nation need a few hundred
	)
	away := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/away(1-(a+b)*x/(a+1))
	f := d
	for m := 1.0; m < most; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / away(1+even*d)
		c = away(1 + even/c)
		f *= c * d
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / away(1+odd*d)
		c = away(1 + odd/c)
		step := c * d
		f *= step
		if math.Abs(step-1) < close {
			break
		}
	}
	return f
}

// BetaQuantile returns the x at which BetaCDF(x, a, b) is p, by bisection to
// the last bit that matters.
func BetaQuantile(p, a, b float64) float64 {
	if !(p >= 0 && p <= 1) || !(a > 0 && b > 0) {
		return math.NaN()
	}
	low, high := 0.0, 1.0
	for range 2000 {
		mid := low + (high-low)/2
		if mid == low || mid == high {
			break
		}
		if BetaCDF(mid, a, b) < p {
			low = mid
		} else {
			high = mid
		}
	}
	return low + (high-low)/2
}
