package money

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     Amount
		bad      bool
	}{
		{"co-financing of the operating block", "1740000000", 174_000_000_000, false},
		{"tiyn", "12.05", 1205, false},
		{"negative", "-0.5", -50, false},
		{"a third place is refused, not rounded", "1.005", 0, true},
		{"a trailing zero is not a third place", "1.500", 150, false},
		{"decimal comma is somebody else's work", "1,5", 0, true},
		{"words", "many", 0, true},
		{"does not fit", "99999999999999999999", 0, true},
	} {
		got, err := KZT.Parse(tc.in)
		if (err != nil) != tc.bad || got != tc.want {
			t.Errorf("%s: Parse(%q) = %d, %v", tc.name, tc.in, got, err)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Amount(rapid.Int64().Draw(t, "amount"))
		got, err := KZT.Parse(KZT.Format(a))
		if err != nil || got != a {
			t.Fatalf("%d came back as %d, %v", a, got, err)
		}
	})
}

func TestSplitLosesNothing(t *testing.T) {
	got, err := Amount(100).Split([]int64{1, 1, 1})
	if err != nil || got[0] != 34 || got[1] != 33 || got[2] != 33 {
		t.Fatalf("100 in three = %v, %v", got, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		a := Amount(rapid.Int64Range(-1e15, 1e15).Draw(t, "amount"))
		w := rapid.SliceOfN(rapid.Int64Range(0, 1e6), 1, 20).Draw(t, "weights")
		w[0]++
		parts, err := a.Split(w)
		if err != nil {
			t.Fatal(err)
		}
		var sum Amount
		for _, p := range parts {
			sum += p
		}
		if sum != a {
			t.Fatalf("parts of %d sum to %d", a, sum)
		}
	})
}

func TestAddOverflow(t *testing.T) {
	if _, err := Amount(1 << 62).Add(1 << 62); err == nil {
		t.Error("overflow must be refused")
	}
	if _, err := Amount(-1 << 62).Add(-1<<62 - 1); err == nil {
		t.Error("negative overflow must be refused")
	}
}

func TestCurrencyCheck(t *testing.T) {
	for _, c := range []Currency{{"kzt", 2, ""}, {"TENGE", 2, ""}, {"KZT", -1, ""}, {"KZT", 9, ""}} {
		if c.Check() == nil {
			t.Errorf("%+v must be refused", c)
		}
	}
	if err := KZT.Check(); err != nil {
		t.Error(err)
	}
}

// A few letters may stand for gigabytes of zeros: they are refused unwritten.
func TestHugeExponentsAreRefusedAtOnce(t *testing.T) {
	for _, s := range []string{"1e999999999", "1e-999999999", "0e-999999999", "-1e-2000000000"} {
		if got, err := KZT.Parse(s); err == nil || len(err.Error()) > 300 {
			t.Errorf("%s became %d, %.100v", s, got, err)
		}
	}
}
