package forecast

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func closedOf(class string, ratios ...float64) []Closed {
	var out []Closed
	for i, x := range ratios {
		out = append(out, Closed{fmt.Sprint(class, i), []string{class, "all"}, x})
	}
	return out
}

// The uplifts of the British guidance: rail 40 % for an even chance of overrun
// and 57 % for one in five; roads 15 and 32 %; bridges and tunnels 23 and 55 %.
func TestUpliftsOfTransport(t *testing.T) {
	for id, want := range map[string][2]float64{"cost.rail": {0.40, 0.57}, "cost.roads": {0.15, 0.32}, "cost.fixed-links": {0.23, 0.55}} {
		p, ok := FindPrior(id)
		r := Outside(nil, Query{Prior: &p})
		even, fifth := r.Uplift(0.5), r.Uplift(0.2)
		if !ok || !near(even.Ratio, want[0], 1e-9) || !near(fifth.Ratio, want[1], 1e-9) || !slices.Contains(r.Notes, PriorOnly) {
			t.Errorf("%s: %v %v, want %v", id, show(even.Ratio), show(fifth.Ratio), want)
		}
		for _, silent := range []float64{0.05, 0.7} { // the table says nothing there
			if q := r.Uplift(silent); q.Ratio != nil || !slices.Contains(q.Notes, PriorSilent) {
				t.Errorf("%s at %v: %+v", id, silent, q)
			}
		}
	}
}

// The worked example of the guidance on combined projects: 30 % of a building
// is not standard; 32.1 % more capital and 14.5 % more time.
func TestCombinedBuilding(t *testing.T) {
	part := func(id string, share float64) Part {
		p, ok := FindPrior(id)
		if !ok {
			t.Fatal(id)
		}
		return Part{p, share}
	}
	for subject, want := range map[string]float64{"cost": 1.321, "duration": 1.145} {
		mean, notes := Combined([]Part{part(subject+".non-standard-building", 0.3), part(subject+".standard-building", 0.7)})
		if !near(mean, want, 1e-12) || notes != nil {
			t.Errorf("%s: %v %v, want %v", subject, show(mean), notes, want)
		}
	}
	for note, parts := range map[Note][]Part{NoPlan: {part("cost.standard-building", 0.5)}, PriorSilent: {part("cost.rail", 1)}, NoMean: {part("cost.it", 1)}, Negative: {part("cost.standard-building", math.NaN())}} {
		if mean, notes := Combined(parts); mean != nil || !slices.Contains(notes, note) {
			t.Errorf("%s: %v %v", note, show(mean), notes)
		}
	}
}

// Hospitals: 13 % overrun by half and more, by 167 % on average. A Pareto law
// from 1.5 with the mean 2.67 has the index 2.67 / 1.17.
func TestTailOfPriors(t *testing.T) {
	p, _ := FindPrior("cost.health")
	if !near(p.TailIndex(), 2.67/1.17, 1e-9) {
		t.Errorf("%v", show(p.TailIndex()))
	}
	r := Outside(nil, Query{Prior: &p})
	if q := r.Quantile(0.9); !near(q.Ratio, 1.5*math.Pow(1.3, 1.17/2.67), 1e-6) {
		t.Errorf("P90 %v", show(q.Ratio))
	}
	if q := r.Quantile(0.8); q.Ratio != nil { // in the body, of which nothing is said
		t.Errorf("P80 %v", *q.Ratio)
	}
	it, _ := FindPrior("cost.it")
	if it.TailIndex() != nil {
		t.Error("a tail without a mean has an index from its mean")
	}
	seen := map[string]bool{}
	for _, p := range Priors() {
		last := 0.0
		for _, x := range p.Points {
			if !(x.Ratio > last && x.P > 0 && x.P < 1) {
				t.Errorf("%s: %v", p.ID, p.Points)
			}
			last = x.Ratio
		}
		if seen[p.ID] || p.Source == "" || len(p.Title) != 3 || p.Mean == nil && p.Points == nil {
			t.Errorf("%+v", p)
		}
		seen[p.ID] = true
	}
}

// Definition 8 by hand: of 5 values the third stands at (3 - 1/3)/(5 + 1/3) = 0.5
// and the fourth at 0.6875; 0.6 lies 8/15 of the way.
func TestOutside(t *testing.T) {
	r := Outside(closedOf("clinic", 3, 1, 1.5, 1.2, 2), Query{Classes: []string{"clinic"}, Minimum: 3})
	if q := r.Quantile(0.5); !near(q.Ratio, 1.5, 1e-12) {
		t.Errorf("median %v", show(q.Ratio))
	}
	if q := r.Quantile(0.6); !near(q.Ratio, 1.5+0.5*8/15, 1e-9) {
		t.Errorf("P60 %v", show(q.Ratio))
	}
	if q := r.Quantile(0.9); q.Ratio != nil || !slices.Contains(q.Notes, BeyondData) { // the largest stands at 0.875
		t.Errorf("P90 %+v", q)
	}
	if !near(r.Mean, 8.7/5, 1e-12) || r.Tail != nil || r.Notes != nil {
		t.Errorf("%+v", r)
	}
	// With 14 values the largest is an upper limit for P80 at 95 % (one side 97.5 % needs 17).
	ratios := make([]float64, 17)
	for i := range ratios {
		ratios[i] = 1 + float64(i)/10
	}
	r = Outside(closedOf("a", ratios...), Query{Classes: []string{"a"}})
	if q := r.Quantile(0.8); q.High == nil || *q.High != 2.6 {
		t.Errorf("P80 %+v", q)
	}
	r = Outside(closedOf("a", ratios[:13]...), Query{Classes: []string{"a"}, Minimum: 5})
	if q := r.Quantile(0.8); q.High != nil || q.Low == nil {
		t.Errorf("P80 of 13: %+v", q)
	}
}

func TestOutsideFallsBack(t *testing.T) {
	list := append(closedOf("Ulytau", 1.1, 1.2), closedOf("Karaganda", 1, 1.3, 1.6, 2)...)
	for _, tc := range []struct {
		least int
		class string
		note  Note
	}{{2, "Ulytau", ""}, {3, "all", WiderClass}, {7, "all", SmallClass}} {
		r := Outside(list, Query{Classes: []string{"Ulytau", "all"}, Minimum: tc.least})
		if r.Class != tc.class || (tc.note != "") != slices.Contains(r.Notes, tc.note) || r.Considered[0].N != 2 || r.Considered[1].N != 6 {
			t.Errorf("at least %d: %+v", tc.least, r)
		}
	}
	r := Outside(append(list, Closed{"bad", []string{"all"}, -1}, Closed{"worse", []string{"all"}, math.NaN()}), Query{Classes: []string{"all"}, Minimum: 1})
	if r.N != 6 || !slices.Contains(r.Notes, Negative) {
		t.Errorf("%+v", r)
	}
	r = Outside(nil, Query{Classes: []string{"all"}})
	if q := r.Quantile(0.5); q.Ratio != nil || !slices.Contains(r.Notes, NoCases) {
		t.Errorf("%+v", q)
	}
}

// Of a Pareto law with the index 1.6 the tail is found again; one with the
// index 0.7 has no mean.
func TestTail(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, index := range []float64{0.7, 1.6, 4} {
		var ratios []float64
		for range 2000 {
			ratios = append(ratios, math.Pow(1-r.Float64(), -1/index))
		}
		x := Outside(closedOf("a", ratios...), Query{Classes: []string{"a"}})
		if x.Tail == nil || x.Tail.Low > index || x.Tail.High < index {
			t.Fatalf("index %v: %+v", index, x.Tail)
		}
		if (x.Mean == nil) != (index < 1) || slices.Contains(x.Notes, NoMean) != (index < 1) {
			t.Errorf("index %v: mean %v, %v", index, show(x.Mean), x.Notes)
		}
		if q := x.Quantile(0.9999); q.Ratio == nil || *q.Ratio < slices.Max(ratios) || !slices.Contains(q.Notes, TailFitted) {
			t.Errorf("index %v: %+v", index, q)
		}
	}
}

// A blend lies between its two parts, and moves with its weight.
func TestBlendWithPrior(t *testing.T) {
	p, _ := FindPrior("cost.rail")
	list := closedOf("a", 1, 1.02, 1.03, 1.05, 1.06, 1.08, 1.1, 1.12, 1.15, 1.2)
	last := 0.0
	for _, weight := range []float64{0, 1, 10, 100, 10_000} {
		r := Outside(list, Query{Classes: []string{"a"}, Minimum: 1, Prior: &p, PriorCases: weight})
		q := r.Quantile(0.8)
		if q.Ratio == nil || *q.Ratio < last {
			t.Fatalf("weight %v: %v after %v", weight, show(q.Ratio), last)
		}
		last = *q.Ratio
	}
	if last < 1.56 || last > 1.57 {
		t.Errorf("the prior alone says 1.57, the blend with a heavy prior %v", last)
	}
}

// A project that has taken 1.5 of its plan already: of 1, 1.5, 2, 3 the first two are behind it.
func TestGiven(t *testing.T) {
	r := Outside(closedOf("a", 1, 1.5, 2, 3), Query{Classes: []string{"a"}, Minimum: 1})
	so := 1.5
	q := r.Given(so, 0.5) // own(1.5) = 5/13; half of the rest: 9/13, where 2 stands at 8/13 and 3 at 11/13
	if !near(q.Ratio, 2+1.0/3, 1e-9) {
		t.Errorf("%v", show(q.Ratio))
	}
	if q := r.Given(4, 0.5); q.Ratio != nil || !slices.Contains(q.Notes, BeyondData) {
		t.Errorf("%+v", q)
	}
}

// Quantiles grow with p, scale with the ratios, lie within their limits, and
// are the inverse of the share.
func TestReferenceProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratios := rapid.SliceOfN(rapid.Float64Range(0.5, 20), 1, 120).Draw(t, "ratios")
		r := Outside(closedOf("a", ratios...), Query{Classes: []string{"a"}, Minimum: 1})
		p, q := rapid.Float64Range(0.01, 0.99).Draw(t, "p"), rapid.Float64Range(0.01, 0.99).Draw(t, "q")
		if p > q {
			p, q = q, p
		}
		a, b := r.Quantile(p), r.Quantile(q)
		if a.Ratio != nil && b.Ratio != nil && *a.Ratio > *b.Ratio+1e-12 {
			t.Fatalf("%v at %v, %v at %v", *a.Ratio, p, *b.Ratio, q)
		}
		if a.Ratio != nil && (a.Low != nil && *a.Low > *a.Ratio+1e-9 || a.High != nil && *a.High < *a.Ratio-1e-9) {
			t.Fatalf("%v outside of %v to %v", *a.Ratio, show(a.Low), show(a.High))
		}
		if a.Ratio != nil && p > 1/float64(r.N+1) && r.share(*a.Ratio) < p-1e-9 {
			t.Fatalf("share of %v is %v, below %v", *a.Ratio, r.share(*a.Ratio), p)
		}
		scale := rapid.Float64Range(0.1, 10).Draw(t, "scale")
		scaled := slices.Clone(ratios)
		for i := range scaled {
			scaled[i] *= scale
		}
		s := Outside(closedOf("a", scaled...), Query{Classes: []string{"a"}, Minimum: 1})
		if c := s.Quantile(p); (c.Ratio == nil) != (a.Ratio == nil) || a.Ratio != nil && math.Abs(*c.Ratio-scale**a.Ratio) > 1e-9*scale**a.Ratio {
			t.Fatalf("scaled by %v: %v and %v", scale, show(a.Ratio), show(c.Ratio))
		}
	})
}
