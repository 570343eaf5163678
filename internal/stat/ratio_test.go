package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

// Values that one can work out by hand: beta(1, b) and beta(a, 1) have closed
// forms, and for whole numbers the function is a sum of binomial terms.
func TestBetaByHand(t *testing.T) {
	near(t, "I(0.3; 1, 5)", BetaCDF(0.3, 1, 5), 1-math.Pow(0.7, 5), 1e-13)
	near(t, "I(0.3; 4, 1)", BetaCDF(0.3, 4, 1), math.Pow(0.3, 4), 1e-13)
	near(t, "I(0.5; 7, 7)", BetaCDF(0.5, 7, 7), 0.5, 1e-13)
	// I(p; k, n-k+1) = P(at least k of n): 3 of 5 at 0.4.
	near(t, "at least 3 of 5 at 0.4", BetaCDF(0.4, 3, 3), 10*0.064*0.36+5*0.0256*0.6+0.01024, 1e-13)
	near(t, "quantile of beta(1, 9)", BetaQuantile(0.975, 1, 9), 1-math.Pow(0.025, 1.0/9), 1e-13)
	if BetaCDF(-1, 2, 2) != 0 || BetaCDF(2, 2, 2) != 1 || !math.IsNaN(BetaCDF(0.5, 0, 1)) || !math.IsNaN(BetaQuantile(0.5, 1, 0)) || !math.IsNaN(BetaQuantile(2, 1, 1)) {
		t.Error("ends and nonsense")
	}
}

func TestBetaQuantileInverts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0.5, 5000).Draw(t, "a"), rapid.Float64Range(0.5, 5000).Draw(t, "b")
		p := rapid.Float64Range(0.001, 0.999).Draw(t, "p")
		if got := BetaCDF(BetaQuantile(p, a, b), a, b); math.Abs(got-p) > 1e-9 {
			t.Fatalf("beta(%v, %v): %v comes back as %v", a, b, p, got)
		}
	})
}

// The example in the help of poisson.test in R: 11 events in 800 and 21 in
// 3011 person-years; it prints 1.971488 with the limits 0.858 and 4.277.
func TestRatioOfRates(t *testing.T) {
	got := RatioOfRates(21, 3011, 11, 800)
	near(t, "ratio", got.Ratio, 11.0/800/(21.0/3011), 1e-12)
	near(t, "lower", got.Lower, 0.858, 1e-3)
	near(t, "upper", got.Upper, 4.277, 1e-3)
	// By hand: exp(1.96 * sqrt(1/11 + 1/21)) = 2.0745.
	near(t, "normal upper", got.NormalUpper/got.Ratio, math.Exp(1.959963984540054*math.Sqrt(1.0/11+1.0/21)), 1e-12)
	near(t, "normal lower", got.Ratio/got.NormalLower, got.NormalUpper/got.Ratio, 1e-12)
}

func TestRatioAtTheEnds(t *testing.T) {
	none := RatioOfRates(8, 1000, 0, 1000)
	// With nothing now the upper limit is 1/0.025^(1/8) - 1.
	if none.Ratio != 0 || none.Lower != 0 || !math.IsNaN(none.NormalUpper) {
		t.Errorf("nothing now: %+v", none)
	}
	near(t, "upper limit with nothing now", none.Upper, math.Pow(0.025, -1.0/8)-1, 1e-10)
	if first := RatioOfRates(0, 1000, 8, 1000); !math.IsInf(first.Ratio, 1) || !math.IsInf(first.Upper, 1) || !(first.Lower > 1) {
		t.Errorf("nothing before: %+v", first)
	}
	for _, bad := range [][4]float64{{-1, 1, 1, 1}, {1, 0, 1, 1}, {0, 1, 0, 1}, {1, 1, 1, math.NaN()}} {
		if got := RatioOfRates(bad[0], bad[1], bad[2], bad[3]); !math.IsNaN(got.Ratio) || !math.IsNaN(got.Upper) {
			t.Errorf("%v: %+v", bad, got)
		}
	}
}

// Exchanging before and now turns the ratio and its limits upside down.
func TestRatioTurnsOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := float64(rapid.IntRange(1, 3000).Draw(t, "a")), float64(rapid.IntRange(1, 3000).Draw(t, "b"))
		m, n := rapid.Float64Range(1, 1e6).Draw(t, "m"), rapid.Float64Range(1, 1e6).Draw(t, "n")
		x, y := RatioOfRates(a, m, b, n), RatioOfRates(b, n, a, m)
		if math.Abs(x.Lower*y.Upper-1) > 1e-9 || math.Abs(x.Upper*y.Lower-1) > 1e-9 || !(x.Lower < x.Ratio && x.Ratio < x.Upper) {
			t.Fatalf("%+v and %+v", x, y)
		}
	})
}

// A sum stated with SumQualifier allows what its terms allow: nothing definite
// is claimed that they do not give.
func TestSumQualifierIsHonest(t *testing.T) {
	tol := dec("0.05")
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "n")
		total, all := dec("0"), Point(dec("0"))
		var quals []Qualifier
		for range n {
			q := rapid.SampledFrom(Qualifiers()).Draw(t, "q")
			v := dec("1").Mul(dec(rapid.StringMatching(`[1-9][0-9]{0,3}`).Draw(t, "v")))
			total, all, quals = total.Add(v), all.Add(q.Interval(v, tol)), append(quals, q)
		}
		q, ok := SumQualifier(quals...)
		if r, again := SumQualifier(rapid.Permutation(quals).Draw(t, "order")...); r != q || again != ok {
			t.Fatal("the order of terms must not matter")
		}
		if !ok {
			return
		}
		said := q.Interval(total, tol)
		if said.Low != nil && (all.Low == nil || all.Low.LessThan(*said.Low)) && q != AtLeast && q != MoreThan || said.High != nil && (all.High == nil || all.High.GreaterThan(*said.High)) {
			t.Fatalf("%v: %v is stated as %s %v", quals, all, q, total)
		}
	})
}
