package forecast

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/period"
	"pgregory.net/rapid"
)

func deck(t testing.TB, seed uint64, correlation float64) *Deck {
	t.Helper()
	d, err := NewDeck(seed, DefaultRuns, correlation)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// tester is *testing.T, *testing.B or *rapid.T.
type tester interface {
	Helper()
	Fatal(args ...any)
}

func simulate(t tester, d *Deck, p Path) (Outcome, Ends, []Influence) {
	t.Helper()
	o, e, i, err := d.Simulate(p)
	if err != nil {
		t.Fatal(err)
	}
	return o, e, i
}

var from = day(2026, 1, 31)

// Stages that take exactly what is planned end on the day that a calendar says.
func TestSimulateFixed(t *testing.T) {
	d := deck(t, 1, 0.3)
	for _, tc := range []struct {
		name   string
		stages []Stage
		days   int
	}{
		{"one after the other", []Stage{{Days: 30, Done: 0.5}, {Days: 20}, {Days: 10}}, 45},
		{"nothing left", []Stage{{Days: 30, Done: 1}}, 0},
		{"half beside the first", []Stage{{Days: 40}, {Days: 30, Overlap: 0.5}}, 50},
		{"shorter than the overlap", []Stage{{Days: 40}, {Days: 10, Overlap: 0.5}}, 40},
		{"after a stage that is done", []Stage{{Days: 40, Done: 1}, {Days: 10, Overlap: 0.5}}, 10},
		{"two at once, then one", []Stage{{Days: 40}, {Days: 30, After: []int{}}, {Days: 5, After: []int{0, 1}}}, 45},
		{"a fork, with overlap", []Stage{{Days: 40}, {Days: 30, After: []int{0}, Overlap: 0.25}, {Days: 50, After: []int{0}}, {Days: 10, After: []int{1, 2}, Overlap: 0.1}}, 95},
		{"a quarter of a day", []Stage{{Days: 0.25}}, 1},
	} {
		o, e, _ := simulate(t, d, Path{From: from, Stages: tc.stages})
		want := from + period.Date(tc.days)
		if *o.P10 != want || *o.P90 != want || *o.Mean != want || e.By(want) != 1 || e.By(want-1) != 0 {
			t.Errorf("%s: P10 %v, P90 %v, mean %v, want %v", tc.name, o.P10, o.P90, o.Mean, want)
		}
	}
}

// One log-normal stage against its closed form: Median·exp(z·Sigma).
func TestSimulateLogNormal(t *testing.T) {
	s := &Spread{Shape: LogNormal, Median: 1.2, Sigma: 0.47}
	o, _, _ := simulate(t, deck(t, 7, 0.3), Path{From: from, Stages: []Stage{{Days: 1000, Spread: s}}})
	for p, got := range map[float64]*period.Date{0.1: o.P10, 0.5: o.P50, 0.8: o.P80, 0.9: o.P90} {
		want := 1200 * math.Exp(0.47*normalScore(p))
		if diff := math.Abs(float64(*got-from) - want); diff > 2+0.001*want {
			t.Errorf("P%v: %v days, want %v", 100*p, *got-from, want)
		}
	}
	if want := 1200 * math.Exp(0.47*0.47/2); math.Abs(float64(*o.Mean-from)-want) > 3 {
		t.Errorf("mean %v, want %v", *o.Mean-from, want)
	}
	// The Pareto tail: of the futures beyond the 90th percentile, one in 2^α passes twice that.
	fat := &Spread{Shape: LogNormal, Median: 1, Sigma: 0.3, Tail: 1.5}
	_, e, _ := simulate(t, deck(t, 7, 0), Path{From: from, Stages: []Stage{{Days: 1000, Spread: fat}}})
	edge := 1000 * math.Exp(0.3*normalScore(0.9))
	if got, want := 1-e.By(from+period.Date(2*edge)), 0.1*math.Pow(2, -1.5); math.Abs(got-want) > 5e-4 {
		t.Errorf("beyond twice the 90th percentile: %v, want %v", got, want)
	}
	mean := &Spread{Shape: LogNormal, Median: 1, Sigma: 0.3, Tail: 1}
	if o, _, i := simulate(t, deck(t, 7, 0), Path{From: from, Stages: []Stage{{Days: 10, Spread: mean}}}); o.Mean != nil || !slices.Contains(o.Notes, NoMean) || i[0].Share != nil {
		t.Errorf("a tail of index 1 has no mean: %+v", o)
	}
}

// Ten PERT stages, independent: their sum is nearly normal, with the mean
// (low + 4·likely + high) / 6 and the variance of the beta law.
func TestSimulateSumOfThreePoints(t *testing.T) {
	var p Path
	p.From = from
	mean, variance := 0.0, 0.0
	for i := range 10 {
		low, likely, high := 0.8, 1+0.05*float64(i), 2.0
		p.Stages = append(p.Stages, Stage{Name: fmt.Sprint(i), Days: 100, Spread: &Spread{Shape: ThreePoint, Low: low, Likely: likely, High: high}})
		m := (low + 4*likely + high) / 6
		mean += 100 * m
		variance += 1e4 * (m - low) * (high - m) / 7
	}
	for _, rho := range []float64{0, 0.5} {
		o, e, inf := simulate(t, deck(t, 3, rho), p)
		if got := float64(*o.Mean - from); math.Abs(got-mean) > 1.5 {
			t.Errorf("mean %v, want %v", got, mean)
		}
		// Variance of the sum: with the correlation ρ between stages, (1 + 9ρ) times that of independent ones.
		if got, want := spread(e), math.Sqrt(variance*(1+9*rho)); math.Abs(got-want) > 0.03*want {
			t.Errorf("correlation %v: standard deviation %v, want %v", rho, got, want)
		}
		if rho == 0 {
			want := mean + normalScore(0.8)*math.Sqrt(variance)
			if math.Abs(float64(*o.P80-from)-want) > 4 {
				t.Errorf("P80 %v, want %v", *o.P80-from, want)
			}
		}
		share := 0.0
		for _, x := range inf {
			share += *x.Share
			if !(*x.Rank > 0.1) {
				t.Errorf("stage %s: rank correlation %v", x.Stage, *x.Rank)
			}
		}
		if math.Abs(share-1) > 1e-4 {
			t.Errorf("shares of variance add to %v", share)
		}
	}
}

// spread is the standard deviation of the days.
func spread(e Ends) float64 {
	n, m, q := 0.0, 0.0, 0.0
	for i, c := range e.Counts {
		n, m, q = n+float64(c), m+float64(c)*float64(i), q+float64(c)*float64(i)*float64(i)
	}
	return math.Sqrt(q/n - m/n*m/n)
}

// The futures agree with three times as many plain draws that use none of the
// machinery: no table, no hypercube, no bases.
func TestSimulateAgainstPlainDraws(t *testing.T) {
	cases := []float64{0.9, 1, 1, 1.1, 1.2, 1.3, 1.5, 1.6, 2, 2.4, 3.1}
	p := Path{From: from, Stages: []Stage{
		{Days: 60, Done: 0.3, Spread: &Spread{Shape: ThreePoint, Low: 0.9, Likely: 1.07, High: 1.9}},
		{Days: 120, Overlap: 0.3, Spread: &Spread{Shape: OfClass, Cases: cases}},
		{Days: 90, Spread: &Spread{Shape: LogNormal, Median: 1.1, Sigma: 0.353}},
	}}
	const rho, n = 0.4, 30_000
	r := rand.New(rand.NewPCG(99, 1))
	ends := make([]float64, n)
	for i := range ends {
		z := r.NormFloat64()
		u := func() float64 { return normalShare(math.Sqrt(rho)*z + math.Sqrt(1-rho)*r.NormFloat64()) }
		m := (1.07 - 0.9) / 1.0
		a := 42 * (0.9 + stat.BetaQuantile(u(), 1+4*m, 5-4*m))
		b := 120 * quantile8(cases, u())
		c := 90 * 1.1 * math.Exp(0.353*normalScore(u()))
		ends[i] = a + math.Max(0, b-0.3*a) + c
	}
	slices.Sort(ends)
	_, e, _ := simulate(t, deck(t, 5, rho), p)
	for _, q := range []float64{0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95} {
		// The chance that the plain draws give to the day that the deck names:
		// three standard errors of both together.
		got := float64(*e.Day(q) - from)
		i, _ := slices.BinarySearch(ends, got)
		if share := float64(i) / n; math.Abs(share-q) > 0.015 {
			t.Errorf("P%v of the deck has the chance %v", 100*q, share)
		}
	}
}

// Between the bases a law is what the law itself says.
func TestBlends(t *testing.T) {
	worst := map[Shape]float64{}
	for _, s := range []*Spread{
		{Shape: ThreePoint, Low: 0, Likely: 0.0156, High: 1}, {Shape: ThreePoint, Low: 0, Likely: 0.4844, High: 1}, {Shape: ThreePoint, Low: 0, Likely: 0.9999, High: 1},
		{Shape: ThreePoint, Low: 0, Likely: 1, High: 1}, {Shape: ThreePoint, Low: 0, Likely: 0, High: 1},
		{Shape: LogNormal, Median: 1, Sigma: 1.0 / 128}, {Shape: LogNormal, Median: 1, Sigma: 0.5 + 1.0/128}, {Shape: LogNormal, Median: 1, Sigma: 2},
	} {
		b := s.blendOf(digest{})
		for z := -4.0; z <= 4; z += 0.25 {
			u := normalShare(z)
			got := b.constant
			for _, x := range b.part[:b.parts] {
				got += x.weight * x.of.law(nil)(u, z)
			}
			want := math.Exp(s.Sigma * z)
			diff := math.Abs(got/want - 1)
			if s.Shape == ThreePoint {
				want = stat.BetaQuantile(u, 1+4*s.Likely, 5-4*s.Likely)
				diff = math.Abs(got - want)
			}
			worst[s.Shape] = max(worst[s.Shape], diff)
		}
	}
	if worst[ThreePoint] > 1e-3 || worst[LogNormal] > 5e-4 {
		t.Errorf("largest errors %v", worst)
	}
}

func TestSimulateOpenAndLate(t *testing.T) {
	s := &Spread{Shape: LogNormal, Median: 1, Sigma: 0.3}
	d := deck(t, 2, 0.3)
	deadline, today := from+100, from+100
	p := Path{From: from, Stages: []Stage{{Days: 100, Spread: s}}, Deadline: &deadline, Today: &today}
	o, _, _ := simulate(t, d, p)
	if !near(o.OnTime, 0.5, 0.006) || !(*o.OnTimeLow < 0.5 && *o.OnTimeHigh > 0.5) || !slices.Contains(o.Notes, OldReport) {
		t.Errorf("%v of %v: %v", show(o.OnTime), o.Runs, o.Notes)
	}
	p.OpenOn = &today // it was still open on the hundredth day: only later outcomes count
	late, _, _ := simulate(t, d, p)
	if *late.P10 <= today || *late.P50 <= *o.P50 || late.Runs > 5100 || *late.OnTime != 0 || !slices.Contains(late.Notes, NotYetEnded) {
		t.Errorf("%+v", late)
	}
	far := from + 1000
	p.OpenOn = &far
	if none, _, _ := simulate(t, d, p); none.P50 != nil || !slices.Contains(none.Notes, FewRunsLeft) {
		t.Errorf("%+v", none)
	}
	if o, _, _ := simulate(t, d, Path{From: from, Stages: []Stage{{Days: 20_000}}}); o.P50 != nil || !slices.Contains(o.Notes, Horizon) {
		t.Errorf("beyond the horizon: %+v", o)
	}
	if o, _, _ := simulate(t, d, Path{From: from}); *o.P50 != from || !slices.Contains(o.Notes, NothingLeft) {
		t.Errorf("no stages: %+v", o)
	}
}

func TestSimulateRefuses(t *testing.T) {
	d := deck(t, 1, 0)
	for name, p := range map[string]Path{
		"days":            {Stages: []Stage{{Days: -1}}},
		"days no number":  {Stages: []Stage{{Days: math.NaN()}}},
		"share":           {Stages: []Stage{{Days: 1, Done: 1.1}}},
		"overlap":         {Stages: []Stage{{Days: 1, Overlap: 2}}},
		"after itself":    {Stages: []Stage{{Days: 1, After: []int{0}}}},
		"after a later":   {Stages: []Stage{{Days: 1}, {Days: 1, After: []int{2}}}},
		"shape":           {Stages: []Stage{{Days: 1, Spread: &Spread{Shape: "gut feeling"}}}},
		"points":          {Stages: []Stage{{Days: 1, Spread: &Spread{Shape: ThreePoint, Low: 2, Likely: 1, High: 3}}}},
		"a tail on PERT":  {Stages: []Stage{{Days: 1, Spread: &Spread{Shape: ThreePoint, Low: 1, Likely: 1, High: 3, Tail: 2}}}},
		"median":          {Stages: []Stage{{Days: 1, Spread: &Spread{Shape: LogNormal, Sigma: 1}}}},
		"no cases":        {Stages: []Stage{{Days: 1, Spread: &Spread{Shape: OfClass}}}},
		"a case of zero":  {Stages: []Stage{{Days: 1, Spread: &Spread{Shape: OfClass, Cases: []float64{0}}}}},
		"tail":            {Stages: []Stage{{Days: 1, Spread: &Spread{Shape: OfClass, Cases: []float64{1}, Tail: 0.1}}}},
		"too many stages": {Stages: make([]Stage, mostStages+1)},
	} {
		_, _, _, err := d.Simulate(p)
		_, err2 := d.Portfolio([]Path{{}, p})
		if k := fault.KindOf(err); err == nil || err2 == nil || k != fault.Invalid && k != fault.TooLarge {
			t.Errorf("%s: %v, %v", name, err, err2)
		}
	}
	for _, bad := range []struct {
		runs int
		rho  float64
	}{{1, 0}, {1e6, 0}, {1000, -0.1}, {1000, 1}, {1000, math.NaN()}} {
		if _, err := NewDeck(1, bad.runs, bad.rho); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

// drawPath draws a path of any kind; spreads may be shared.
func drawPath(t *rapid.T) Path {
	shapes := []*Spread{nil, {Shape: ThreePoint, Low: 0.8, Likely: 1, High: 2.5}, {Shape: LogNormal, Median: 1.1, Sigma: 0.4}, {Shape: LogNormal, Median: 1, Sigma: 0.3, Tail: 1.2}, {Shape: OfClass, Cases: []float64{0.9, 1, 1.4, 2, 5}, Tail: 2}}
	n := rapid.IntRange(1, 8).Draw(t, "stages")
	p := Path{From: from, Together: rapid.Bool().Draw(t, "together")}
	free := rapid.Bool().Draw(t, "network")
	for i := range n {
		s := Stage{Days: rapid.Float64Range(0, 400).Draw(t, "days"), Done: rapid.Float64Range(0, 1).Draw(t, "done"), Spread: rapid.SampledFrom(shapes).Draw(t, "spread")}
		if rapid.Bool().Draw(t, "beside") {
			s.Overlap = rapid.Float64Range(0, 1).Draw(t, "overlap")
		}
		if free {
			s.After = rapid.SliceOfNDistinct(rapid.IntRange(0, max(i-1, 0)), 0, i, rapid.ID).Draw(t, "after")
		}
		p.Stages = append(p.Stages, s)
	}
	return p
}

// P10 ≤ P50 ≤ P80 ≤ P90; a day more, or a share less done, never ends earlier
// in the same deck; a later overlap never ends later.
func TestSimulateProperties(t *testing.T) {
	d, err := NewDeck(11, 500, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := drawPath(t)
		o, _, _ := simulate(t, d, p)
		if late(o.P10, o.P50) || late(o.P50, o.P80) || late(o.P80, o.P90) {
			t.Fatalf("%v %v %v %v", o.P10, o.P50, o.P80, o.P90)
		}
		longer := p
		longer.Stages = slices.Clone(p.Stages)
		i := rapid.IntRange(0, len(p.Stages)-1).Draw(t, "which")
		longer.Stages[i].Days += rapid.Float64Range(0, 100).Draw(t, "more")
		longer.Stages[i].Done *= rapid.Float64Range(0, 1).Draw(t, "less")
		x, _, _ := simulate(t, d, longer)
		for _, pair := range [][2]*period.Date{{o.P10, x.P10}, {o.P50, x.P50}, {o.P80, x.P80}, {o.P90, x.P90}} {
			if late(pair[0], pair[1]) {
				t.Fatalf("stage %d longer, and the end comes earlier: %v, %v\n%+v", i, pair[0], pair[1], p)
			}
		}
	})
}

// Stages in order give the same by the short way and by that of a network.
func TestChainIsANetwork(t *testing.T) {
	d, err := NewDeck(3, 300, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := drawPath(t)
		for i := range p.Stages {
			p.Stages[i].After = nil
		}
		net := p
		net.Stages = append(slices.Clone(p.Stages), Stage{After: []int{0, len(p.Stages) - 1}})
		a, _, _ := simulate(t, d, p)
		b, _, _ := simulate(t, d, net)
		for _, pair := range [][2]*period.Date{{a.P10, b.P10}, {a.P50, b.P50}, {a.P90, b.P90}, {a.Mean, b.Mean}} {
			if x, y := pair[0], pair[1]; (x == nil) != (y == nil) || x != nil && (*x-*y > 1 || *y-*x > 1) { // a day, by the order of sums
				t.Fatalf("%v and %v", x, y)
			}
		}
	})
}

// late reports whether a is later than b; nil is beyond the horizon.
func late(a, b *period.Date) bool { return b != nil && (a == nil || *a > *b) }

// portfolio returns projects of twelve stages, as a nation has them.
func portfolio(n int) []Path {
	r := rand.New(rand.NewPCG(4, 2))
	class := &Spread{Shape: OfClass, Cases: []float64{0.9, 1, 1, 1.05, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2, 2.5, 3.4, 5}, Tail: 2.5}
	out := make([]Path, n)
	for i := range out {
		deadline := from + period.Date(r.IntN(900))
		out[i] = Path{ID: fmt.Sprint("p", i), From: from - period.Date(r.IntN(300)), Deadline: &deadline}
		for j := range 12 {
			s := Stage{Days: 20 + 300*r.Float64(), Spread: class}
			switch j % 3 {
			case 0:
				likely := 1 + 0.2*r.Float64()
				s.Spread = &Spread{Shape: ThreePoint, Low: 0.8, Likely: likely, High: likely + 0.5 + r.Float64()}
			case 1:
				s.Spread = &Spread{Shape: LogNormal, Median: 1.1, Sigma: 0.2 + 0.4*r.Float64()}
			}
			out[i].Stages = append(out[i].Stages, s)
		}
	}
	return out
}

// The answers depend on the seed, and on nothing else.
func TestPortfolioIsReproducible(t *testing.T) {
	paths := portfolio(60)
	paths[7].Stages[3].Overlap = 0.4
	paths[8].Stages[5].After = []int{2, 3}
	want, err := deck(t, 42, 0.3).portfolio(paths, 1)
	if err != nil {
		t.Fatal(err)
	}
	got, err := deck(t, 42, 0.3).portfolio(paths, 7)
	if err != nil || !reflect.DeepEqual(want, got) {
		t.Errorf("one goroutine and seven differ: %v", err)
	}
	d := deck(t, 42, 0.3)
	for i := len(paths) - 1; i >= 0; i-- {
		if o, _, _ := simulate(t, d, paths[i]); !reflect.DeepEqual(o, want[i]) {
			t.Errorf("project %d alone: %+v, in the portfolio %+v", i, o, want[i])
		}
	}
	other, err := deck(t, 43, 0.3).Portfolio(paths)
	if err != nil || reflect.DeepEqual(want, other) {
		t.Errorf("another seed gives the same: %v", err)
	}
	for i := range other { // but not much else
		if diff := *other[i].P80 - *want[i].P80; diff > 60 || diff < -60 {
			t.Errorf("project %d: P80 %v and %v", i, *want[i].P80, *other[i].P80)
		}
	}
}

// Stages that share one draw scatter as one stage of their length.
func TestTogether(t *testing.T) {
	d := deck(t, 9, 0.3)
	s := &Spread{Shape: OfClass, Cases: []float64{0.9, 1, 1.2, 1.5, 2, 3}}
	one, _, _ := simulate(t, d, Path{From: from, Stages: []Stage{{Days: 300, Spread: s}}})
	three := Path{From: from, Together: true, Stages: []Stage{{Days: 50, Spread: s}, {Days: 200, Done: 0.5, Spread: s}, {Days: 150, Spread: s}}}
	all, _, _ := simulate(t, d, three)
	if !reflect.DeepEqual(one, all) {
		t.Errorf("%+v, as one %+v", all, one)
	}
	three.Together = false
	if apart, _, _ := simulate(t, d, three); *apart.P90 >= *one.P90 {
		t.Errorf("apart P90 %v, together %v", apart.P90, one.P90)
	}
}

// A class is known by what it says: every project may bring its own copy.
func TestClassesAreShared(t *testing.T) {
	d := deck(t, 1, 0.3)
	for range 50 {
		s := &Spread{Shape: OfClass, Cases: []float64{1, 1.2, 1.5, 2}, Tail: 2}
		simulate(t, d, Path{From: from, Stages: []Stage{{Days: 10, Spread: s}, {Days: 10, Spread: s}}})
	}
	if len(d.columns) != 2 {
		t.Errorf("%d columns for one class and two stages", len(d.columns))
	}
	simulate(t, d, Path{From: from, Stages: []Stage{{Days: 10, Spread: &Spread{Shape: OfClass, Cases: []float64{1, 1.2, 1.5, 2}, Tail: 3}}}})
	if len(d.columns) != 3 {
		t.Errorf("another tail is the same class: %d columns", len(d.columns))
	}
}

// BenchmarkPortfolio plays 10,000 futures of 20,000 projects of 12 stages:
// 2.4 billion stages. The bar is 5 s on two cores.
func BenchmarkPortfolio(b *testing.B) {
	paths := portfolio(20_000)
	for b.Loop() {
		if _, err := deck(b, 1, DefaultCorrelation).Portfolio(paths); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPortfolioOverlap plays the same with every second stage beginning
// before the last one ends, and BenchmarkPortfolioNetwork with two strands.
func BenchmarkPortfolioOverlap(b *testing.B) {
	benchmarkShaped(b, func(s []Stage) {
		for j := range s {
			s[j].Overlap = 0.2 * float64(j%2)
		}
	})
}

func BenchmarkPortfolioNetwork(b *testing.B) {
	benchmarkShaped(b, func(s []Stage) { s[6].After, s[11].After = []int{2}, []int{5, 10} })
}

func benchmarkShaped(b *testing.B, shape func([]Stage)) {
	paths := portfolio(20_000)
	for i := range paths {
		shape(paths[i].Stages)
	}
	for b.Loop() {
		if _, err := deck(b, 1, DefaultCorrelation).Portfolio(paths); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSimulate(b *testing.B) {
	d := deck(b, 1, DefaultCorrelation)
	p := portfolio(1)[0]
	for b.Loop() {
		simulate(b, d, p)
	}
}

// BenchmarkPlainDraw is the peer: one stage of one future, drawn as a textbook does.
func BenchmarkPlainDraw(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	sum := 0.0
	for b.Loop() {
		z := 0.55*r.NormFloat64() + 0.84*r.NormFloat64()
		sum += 1.1 * math.Exp(0.4*z)
	}
	_ = sum
}
