package snap

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
)

func TestByHand(t *testing.T) {
	// A road of 0.1 degrees along the parallel of 51° N. A village lies 0.02
	// degrees north of its first quarter: 2,223.9 m. At 5 km/h and with a detour
	// of 1.3 that takes 2,082 s.
	x, err := New([]Segment{{orb.Point{71, 51}, orb.Point{71.1, 51}}, {orb.Point{72, 51}, orb.Point{72, 52}}})
	if err != nil {
		t.Fatal(err)
	}
	a := Approach{Kmh: 5, Detour: 1.3, Metres: 5000}
	feet, far, err := x.Attach([]Place{{"village", orb.Point{71.025, 51.02}}, {"camp", orb.Point{71.5, 51.5}}, {"beside the end", orb.Point{70.99, 51}}}, a, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(feet) != 2 || len(far) != 1 || far[0].ID != "camp" {
		t.Fatalf("%v, %v", feet, far)
	}
	f := feet[0]
	if f.Segment != 0 || math.Abs(f.Fraction-0.25) > 1e-9 || math.Abs(f.Metres-2223.9) > 0.1 || math.Abs(f.Seconds-2081.6) > 0.2 {
		t.Errorf("%+v", f)
	}
	if f := feet[1]; f.Fraction != 0 || math.Abs(f.Metres-699.8) > 0.1 {
		t.Errorf("%+v", f)
	}
	if err := Far(far, a); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "camp (71.50000, 51.50000)") || Far(nil, a) != nil {
		t.Error(err)
	}
	// The distance is inclusive.
	if _, ok := x.Nearest(orb.Point{71.05, 51.02}, feet[0].Metres+1e-6, nil); !ok {
		t.Error("a road exactly at the distance counts")
	}
	// A road that may not be used does not count.
	if h, ok := x.Nearest(orb.Point{71.05, 51.02}, 1e6, func(i int) bool { return i == 1 }); !ok || h.Segment != 1 {
		t.Errorf("%+v", h)
	}
}

func TestAgainstEverySegment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		n := rapid.IntRange(0, 2000).Draw(t, "segments")
		list := make([]Segment, n)
		for i := range list {
			a := orb.Point{60 + 10*r.Float64(), 45 + 8*r.Float64()}
			list[i] = Segment{a, orb.Point{a[0] + 0.3*r.NormFloat64(), a[1] + 0.2*r.NormFloat64()}}
			if i > 0 && r.IntN(20) == 0 {
				list[i] = list[r.IntN(i)] // the same again: the first counts
			}
		}
		x, err := New(list)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			p := orb.Point{58 + 14*r.Float64(), 44 + 10*r.Float64()}
			limit := 1000 * math.Exp(6*r.Float64())
			at := around(p)
			best, want := limit*limit, -1
			for i, s := range list {
				if d, _ := at.toSegment(s); d < best || d == best && want < 0 {
					best, want = d, i
				}
			}
			h, ok := x.Nearest(p, limit, nil)
			if ok != (want >= 0) || ok && h.Segment != want {
				t.Fatalf("%v within %v m: %+v, %v; want segment %d", p, limit, h, ok, want)
			}
		}
	})
}

func TestRefusals(t *testing.T) {
	if _, err := New([]Segment{{orb.Point{500000, 51}, orb.Point{71, 51}}}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	x, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	good := Approach{5, 1.3, 1000}
	for name, a := range map[string]Approach{"no speed": {0, 1.3, 1000}, "shorter than straight": {5, 0.9, 1000}, "no distance": {5, 1.3, 0}, "not a number": {5, math.NaN(), 1000}} {
		if _, _, err := x.Attach(nil, a, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := x.Attach([]Place{{"metres", orb.Point{500000, 5600000}}}, good, nil); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "metres") {
		t.Error(err)
	}
	if _, far, err := x.Attach([]Place{{"a", orb.Point{71, 51}}}, good, nil); err != nil || len(far) != 1 {
		t.Errorf("without roads: %v, %v", far, err)
	}
}

func BenchmarkNearest(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]Segment, 1_000_000)
	for i := range list {
		a := orb.Point{50 + 36*r.Float64(), 41 + 14*r.Float64()}
		list[i] = Segment{a, orb.Point{a[0] + 0.001*r.NormFloat64(), a[1] + 0.001*r.NormFloat64()}}
	}
	x, err := New(list)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		x.Nearest(orb.Point{50 + 36*r.Float64(), 41 + 14*r.Float64()}, 50_000, nil)
	}
}
