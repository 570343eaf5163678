package stat

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// The money of Karaganda: 6.2 + more than 1.0 + 0.2721 against about 7.5.
func TestPartsMayMakeTheWhole(t *testing.T) {
	tol := dec("0.05")
	parts := Point(dec("6.2")).Add(MoreThan.Interval(dec("1.0"), tol)).Add(Point(dec("0.2721")))
	if parts.Low.String() != "7.4721" || !parts.LowOpen || parts.High != nil {
		t.Fatalf("sum of parts = %+v", parts)
	}
	if !parts.Meets(About.Interval(dec("7.5"), tol)) {
		t.Error("more than 7.4721 is consistent with about 7.5")
	}
	if parts.Meets(Point(dec("7.4721"))) {
		t.Error("more than 7.4721 cannot be 7.4721")
	}
	if !parts.Above(Point(dec("7.4"))) {
		t.Error("more than 7.4721 is above 7.4")
	}
}

func TestQualifierIntervals(t *testing.T) {
	for _, tc := range []struct {
		q       Qualifier
		in, out []string
	}{
		{Exact, []string{"100"}, []string{"99.9", "100.1"}},
		{About, []string{"95", "100", "105"}, []string{"94.9", "105.1"}},
		{CloseTo, []string{"95", "100"}, []string{"94.9", "100.1"}},
		{AtLeast, []string{"100", "1e9"}, []string{"99.9"}},
		{MoreThan, []string{"100.1"}, []string{"100"}},
		{AtMost, []string{"100", "0"}, []string{"100.1"}},
		{LessThan, []string{"99.9"}, []string{"100"}},
	} {
		iv := tc.q.Interval(dec("100"), dec("0.05"))
		for _, s := range tc.in {
			if !iv.Contains(dec(s)) {
				t.Errorf("%s 100 should allow %s", tc.q, s)
			}
		}
		for _, s := range tc.out {
			if iv.Contains(dec(s)) {
				t.Errorf("%s 100 should not allow %s", tc.q, s)
			}
		}
	}
}

func TestSymbolsRoundTrip(t *testing.T) {
	for _, q := range Qualifiers() {
		if got, ok := ParseQualifier(q.Symbol()); !ok || got != q {
			t.Errorf("%s -> %q -> %s", q, q.Symbol(), got)
		}
	}
	if _, ok := ParseQualifier("perhaps"); ok {
		t.Error("unknown qualifier accepted")
	}
}

func TestSumQualifier(t *testing.T) {
	for _, tc := range []struct {
		in   []Qualifier
		want Qualifier
		ok   bool
	}{
		{[]Qualifier{Exact, Exact}, Exact, true},
		{[]Qualifier{Exact, MoreThan}, MoreThan, true},
		{[]Qualifier{AtLeast, Exact, AtLeast}, AtLeast, true},
		{[]Qualifier{CloseTo, Exact}, CloseTo, true},
		{[]Qualifier{CloseTo, About}, About, true},
		{[]Qualifier{AtLeast, AtMost}, About, false},
	} {
		if got, ok := SumQualifier(tc.in...); got != tc.want || ok != tc.ok {
			t.Errorf("%v = %s, %v", tc.in, got, ok)
		}
	}
}

func TestInverse(t *testing.T) {
	for q, want := range map[Qualifier]Qualifier{AtLeast: AtMost, AtMost: AtLeast, MoreThan: LessThan, LessThan: MoreThan, CloseTo: About, Exact: Exact, About: About} {
		if got := q.Inverse(); got != want {
			t.Errorf("minus %s is %s, want %s", q, got, want)
		}
	}
}

// A sum of members is a member of the sum.
func TestAddContainsSums(t *testing.T) {
	gen := func(t *rapid.T, name string) (Interval, decimal.Decimal) {
		v := decimal.New(rapid.Int64Range(-1000, 1000).Draw(t, name), -2)
		q := rapid.SampledFrom(Qualifiers()).Draw(t, name+"q")
		return q.Interval(v, dec("0.05")), v
	}
	rapid.Check(t, func(t *rapid.T) {
		a, va := gen(t, "a")
		b, vb := gen(t, "b")
		if a.Contains(va) && b.Contains(vb) && !a.Add(b).Contains(va.Add(vb)) {
			t.Fatalf("%v + %v", a, b)
		}
		if a.Meets(b) != b.Meets(a) {
			t.Fatal("Meets must be symmetric")
		}
		if a.Meets(b) && a.Above(b) {
			t.Fatal("cannot meet and be above")
		}
	})
}
