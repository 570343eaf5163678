package reporting

import (
	"math"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
	"pgregory.net/rapid"
)

func per(s string) period.Period {
	p, err := period.Parse(s)
	if err != nil {
		panic(err)
	}
	return p
}

// monthly gives values of consecutive months up to September 2026.
func monthly(values ...float64) []Past {
	out := make([]Past, len(values))
	p := per("2026-09")
	for i := len(values) - 1; i >= 0; i-- {
		out[i] = Past{p, values[i]}
		p = Before(p)
	}
	return out
}

func TestPlausibleRangeByHand(t *testing.T) {
	ln2 := math.Ln2
	october := func(v float64, years ...string) (out []Past) {
		for _, y := range years {
			out = append(out, Past{per(y + "-10"), v})
		}
		return out
	}
	for _, tc := range []struct {
		what                 string
		rule                 RangeRule
		decimals             int
		history              []Past
		basis                string
		n                    int
		centre, lower, upper float64
	}{
		{"counts whose 1+x doubles: the median is 2 doublings, the MAD one; 1.206 corrects five values", RangeRule{Scale: Ratio}, 0, monthly(0, 1, 3, 7, 15), "recent", 5,
			3, 0, math.Exp(2*ln2+3.5*1.4826*1.206*ln2) - 1},
		{"the same count twelve times: chance alone scatters 25 by a fifth", RangeRule{Scale: Ratio}, 0, monthly(24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24), "recent", 12,
			24, 25*math.Exp(-0.7) - 1, 25*math.Exp(0.7) - 1}, // 11.4 to 49.3
		{"zeroes", RangeRule{Scale: Ratio}, 0, monthly(0, 0, 0, 0), "recent", 4, 0, 0, math.Exp(3.5) - 1}, // up to 32
		{"percentages: deviations 1.5, 0.5, 0.5, 1.5 have the median 1", RangeRule{Scale: Linear, K: 2}, 0, monthly(70, 71, 72, 73), "recent", 4,
			71.5, 71.5 - 2*1.4826*1.363, 71.5 + 2*1.4826*1.363}, // 67.5 to 75.5
		{"percentages that never change: 2 % of 50 is 1", RangeRule{Scale: Linear}, 1, monthly(50, 50, 50, 50, 50), "recent", 5, 50, 46.5, 53.5},
		{"one outlier of 1000 does not move a median", RangeRule{Scale: Linear}, 0, monthly(50, 50, 50, 50, 1000), "recent", 5, 50, 46.5, 53.5},
		{"October is like October: 99 each year, 9 in other months", RangeRule{Scale: Ratio}, 0, append(october(99, "2023", "2024", "2025"), monthly(9, 9, 9, 9, 9, 9)...), "same_season", 3,
			99, 100*math.Exp(-0.35) - 1, 100*math.Exp(0.35) - 1}, // 69.5 to 140.9
		{"two Octobers are no season", RangeRule{Scale: Linear}, 0, append(october(99, "2024", "2025"), monthly(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9)...), "recent", 12, 9, 5.5, 12.5},
		{"a stock that grows by one a month", RangeRule{Scale: Stock}, 0, monthly(0, 1, 2, 3, 4, 5), "steps", 5, 6, 4, 9.5},
	} {
		got, err := PlausibleRange(tc.rule, tc.decimals, per("2026-10"), tc.history)
		if err != nil || !got.Known || got.Basis != tc.basis || got.N != tc.n {
			t.Errorf("%s: %+v, %v", tc.what, got, err)
			continue
		}
		for name, pair := range map[string][2]float64{"centre": {got.Centre, tc.centre}, "lower": {got.Lower, tc.lower}, "upper": {got.Upper, tc.upper}} {
			if math.Abs(pair[0]-pair[1]) > 1e-9*max(1, math.Abs(pair[1])) {
				t.Errorf("%s: %s is %v, want %v", tc.what, name, pair[0], pair[1])
			}
		}
	}
}

func TestWhatIsNotHistory(t *testing.T) {
	later := append(monthly(5, 5, 5), Past{per("2026-10"), 900}, Past{per("2026-11"), 900}, Past{per("2025"), 60}, Past{per("2026-07-01"), 5})
	if got, err := PlausibleRange(RangeRule{Scale: Ratio}, 0, per("2026-10"), later); err != nil || got.Known || got.N != 3 {
		t.Errorf("the month itself, later ones, years and days are no history of months: %+v, %v", got, err)
	}
	if got, err := PlausibleRange(RangeRule{Scale: NoRange}, 0, per("2026-10"), monthly(1, 2, 3, 4, 5)); err != nil || got.Known {
		t.Errorf("a row without a range has one: %+v, %v", got, err)
	}
	if got, err := PlausibleRange(RangeRule{Scale: Stock}, 0, per("2026-10"), monthly(1, 2, 3, 4)); err != nil || got.Known {
		t.Errorf("three steps are too few: %+v, %v", got, err)
	}
	if !(Plausible{}).Holds(1e12) {
		t.Error("where nothing is known everything is plausible")
	}
	for what, tc := range map[string]struct {
		rule    RangeRule
		target  period.Period
		history []Past
	}{
		"a negative count":   {RangeRule{Scale: Ratio}, per("2026-10"), monthly(-1)},
		"not a number":       {RangeRule{Scale: Linear}, per("2026-10"), monthly(math.NaN())},
		"an infinite value":  {RangeRule{Scale: Linear}, per("2026-10"), monthly(math.Inf(1))},
		"no scale":           {RangeRule{}, per("2026-10"), nil},
		"a width of nothing": {RangeRule{Scale: Ratio, K: 0.1}, per("2026-10"), nil},
		"no period":          {RangeRule{Scale: Ratio}, period.Period{}, nil},
		"a value never":      {RangeRule{Scale: Ratio}, per("2026-10"), []Past{{Value: 1}}},
		"fifty years":        {RangeRule{Scale: Ratio}, per("2026-10"), make([]Past, maxHistory+1)},
	} {
		if _, err := PlausibleRange(tc.rule, 0, tc.target, tc.history); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The range holds its centre, does not depend on the order of the history, and
// is the wider the larger k is.
func TestPlausibleRangeHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 1e9), 5, 40).Draw(t, "values")
		rule := RangeRule{Scale: rapid.SampledFrom([]Scale{Ratio, Linear, Stock}).Draw(t, "scale"), K: rapid.Float64Range(1, 10).Draw(t, "k")}
		history := monthly(values...)
		a, err := PlausibleRange(rule, 2, per("2026-10"), history)
		if err != nil || !a.Known {
			t.Fatalf("%+v, %v", a, err)
		}
		if !(a.Lower <= a.Centre && a.Centre <= a.Upper) {
			t.Fatalf("centre %v outside [%v, %v]", a.Centre, a.Lower, a.Upper)
		}
		for i := range history {
			j := rapid.IntRange(0, i).Draw(t, "swap")
			history[i], history[j] = history[j], history[i]
		}
		if b, _ := PlausibleRange(rule, 2, per("2026-10"), history); b != a {
			t.Fatalf("another order gives %+v, not %+v", b, a)
		}
		rule.K += 5
		if w, _ := PlausibleRange(rule, 2, per("2026-10"), history); w.Lower > a.Lower || w.Upper < a.Upper {
			t.Fatalf("a larger k narrows: %+v, %+v", a, w)
		}
	})
}
