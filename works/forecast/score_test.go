package forecast

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shanyraq/shanyraq/period"
	"pgregory.net/rapid"
)

func on(d period.Date) *period.Date { return &d }

// said is a forecast made on day 0 of the test world, in days from there.
func said(project string, p50, p80, declared, ended int) Said {
	f := Said{Project: project, Made: from, Levels: []Level{{0.5, from + period.Date(p50)}, {0.8, from + period.Date(p80)}}, Declared: on(from + period.Date(declared))}
	if ended >= 0 {
		f.Ended = on(from + period.Date(ended))
	}
	return f
}

// By hand: P50 on day 100, P80 on day 150, the end on day 120. Losses 0.5·20
// and 0.2·30; the levels stand for 0 to 0.65 and 0.65 to 1: CRPS is
// 2·(0.65·10 + 0.35·6) = 17.2. The deadline was day 60: 60 days off.
func TestScoreByHand(t *testing.T) {
	s := Score([]Said{said("a", 100, 150, 60, 120)}, from+1000)
	if !near(s.CRPS, 17.2, 1e-9) || !near(s.Naive, 60, 0) || !near(s.Skill, 1-17.2/60, 1e-9) || !near(s.Sharpness, 50, 0) || s.Least != nil {
		t.Errorf("%+v", s)
	}
	if s.Losses[0].Mean != 10 || math.Abs(s.Losses[1].Mean-6) > 1e-9 || s.Calibration[0].Kept != 0 || s.Calibration[1].Kept != 1 {
		t.Errorf("%+v %+v", s.Losses, s.Calibration)
	}
	if len(s.Bins) != 3 || s.Bins[1].N != 1 || math.Abs(s.Bins[1].Expected-0.3) > 1e-9 {
		t.Errorf("%+v", s.Bins)
	}
	// The interval of P10 and P90 with the end 5 days outside: 80 + 5/0.1.
	f := Said{Project: "b", Made: from, Levels: []Level{{0.1, from + 20}, {0.9, from + 100}}, Ended: on(from + 105)}
	if s := Score([]Said{f}, from+1000); !near(s.Interval, 130, 1e-9) || s.IntervalP != 0.1 || !slices.Contains(s.Notes, NoDeclared) {
		t.Errorf("%+v", s)
	}
}

// Four open projects on day 130: a bound that has passed is missed, one that
// has not is left out, and so is an end before a bound that has not come.
func TestScoreOpen(t *testing.T) {
	s := Score([]Said{
		said("open, both passed", 100, 120, 60, -1),
		said("open, P50 passed", 100, 150, 60, -1),
		said("open, none passed", 140, 150, 60, -1),
		said("ended early", 100, 150, 60, 90),
		said("ended after the day of the look", 100, 150, 60, 140),
	}, from+130)
	p50, p80 := s.Calibration[0], s.Calibration[1]
	if p50.N != 4 || p50.Kept != 1 || p50.Open != 3 || p50.Undecided != 1 || p50.Early != 0 {
		t.Errorf("P50 %+v", p50)
	}
	if p80.N != 1 || p80.Kept != 0 || p80.Open != 1 || p80.Undecided != 3 || p80.Early != 1 {
		t.Errorf("P80 %+v", p80)
	}
	if s.Scored != 1 || s.Open != 4 || !slices.Contains(s.Notes, SomeOpen) {
		t.Errorf("%+v", s)
	}
}

func TestScoreRefuses(t *testing.T) {
	late := said("made after the end", 100, 150, 60, 10)
	late.Made = from + 20
	falls := said("days that fall", 150, 100, 60, 10)
	none := Said{Project: "no levels", Made: from, Ended: on(from + 1)}
	future := said("made later than the look", 100, 150, 60, -1)
	future.Made = from + 5000
	odd := Said{Project: "a chance of one", Made: from, Levels: []Level{{1, from}}}
	s := Score([]Said{late, falls, none, future, odd}, from+1000)
	if s.Refused != 5 || s.CRPS != nil || !slices.Contains(s.Notes, NothingScored) || !slices.Contains(s.Notes, SomeRefused) {
		t.Errorf("%+v", s)
	}
}

// Exact binomial limits as Newcombe prints them (Statistics in Medicine 17
// (1998) 857-872, table I, method 5).
func TestShareLimits(t *testing.T) {
	for _, tc := range []struct {
		hits, n   int
		low, high float64
	}{{81, 263, 0.2527, 0.3676}, {15, 148, 0.0578, 0.1617}, {0, 20, 0, 0.1684}, {1, 29, 0.0009, 0.1776}} {
		low, high := shareLimits(tc.hits, tc.n, 0.95)
		if math.Abs(low-tc.low) > 5e-5 || math.Abs(high-tc.high) > 5e-5 {
			t.Errorf("%d of %d: %v to %v, want %v to %v", tc.hits, tc.n, low, high, tc.low, tc.high)
		}
	}
}

// The 97.5 % points of Student's law, from any table.
func TestStudent(t *testing.T) {
	for freedom, want := range map[float64]float64{1: 12.706, 2: 4.303, 10: 2.228, 30: 2.042, 1000: 1.962} {
		if got := student(0.95, freedom); math.Abs(got-want) > 5e-4 {
			t.Errorf("%v degrees of freedom: %v, want %v", freedom, got, want)
		}
	}
}

// A forecaster who knows the law is calibrated, and better than one who is too
// sure, too careful, or names the likeliest day and no more.
func TestScoreKnowsTheHonest(t *testing.T) {
	forecast := func(factor float64) Scores {
		r := rand.New(rand.NewPCG(5, 6))
		var list []Said
		for i := range 2000 {
			median := 100 + 400*r.Float64()
			ended := from + period.Date(median*math.Exp(0.4*r.NormFloat64()))
			f := Said{Project: fmt.Sprint(i), Made: from, Ended: &ended, Declared: on(from + period.Date(median*0.8))}
			for _, p := range []float64{0.1, 0.5, 0.8, 0.9} {
				f.Levels = append(f.Levels, Level{p, from + period.Date(median*math.Exp(factor*0.4*normalScore(p)))})
			}
			list = append(list, f)
		}
		return Score(list, from+100_000)
	}
	honest := forecast(1)
	for _, c := range honest.Calibration {
		if math.Abs(*c.Share-c.P) > 4*math.Sqrt(c.P*(1-c.P)/float64(c.N)) {
			t.Errorf("P%v kept by %v", 100*c.P, *c.Share)
		}
	}
	for _, b := range honest.Bins {
		if math.Abs(float64(b.N)-b.Expected) > 4*math.Sqrt(b.Expected) {
			t.Errorf("%+v", b)
		}
	}
	if *honest.Least <= 0 || *honest.Skill <= 0 {
		t.Errorf("no skill against the deadline: %+v", honest)
	}
	for _, factor := range []float64{0.01, 0.4, 2, 4} {
		if other := forecast(factor); *other.CRPS <= *honest.CRPS || *other.Interval <= *honest.Interval {
			t.Errorf("spread times %v: CRPS %v, honest %v", factor, *other.CRPS, *honest.CRPS)
		}
	}
}

// The mean loss of a level is least at the quantile of what happened; no score
// is negative; moving everything by a week changes nothing.
func TestScoreProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ends := rapid.SliceOfN(rapid.IntRange(0, 1000), 1, 40).Draw(t, "ends")
		p := rapid.SampledFrom([]float64{0.1, 0.5, 0.8, 0.9}).Draw(t, "p")
		q := rapid.IntRange(0, 1000).Draw(t, "q")
		loss := func(day int) float64 {
			sum := 0.0
			for _, x := range ends {
				sum += pinball(p, float64(day), float64(x))
			}
			return sum
		}
		sorted := slices.Clone(ends)
		slices.Sort(sorted)
		best := sorted[int(math.Ceil(p*float64(len(sorted))-1e-9))-1]
		if loss(best) > loss(q)+1e-9 {
			t.Fatalf("the loss at the quantile %d is %v, at %d %v", best, loss(best), q, loss(q))
		}
		var list, moved []Said
		for i, x := range ends {
			p50 := rapid.IntRange(1, 500).Draw(t, "p50")
			f := said(fmt.Sprint(i%3), p50, p50+rapid.IntRange(0, 500).Draw(t, "more"), rapid.IntRange(0, 500).Draw(t, "declared"), x)
			list = append(list, f)
			g := Said{f.Project, f.Made + 7, slices.Clone(f.Levels), on(*f.Declared + 7), on(*f.Ended + 7)}
			for k := range g.Levels {
				g.Levels[k].Day += 7
			}
			moved = append(moved, g)
		}
		a, b := Score(list, from+5000), Score(moved, from+5007)
		if *a.CRPS < 0 || math.Abs(*a.CRPS-*b.CRPS) > 1e-9 || math.Abs(*a.Gain-*b.Gain) > 1e-9 || a.Pairs != b.Pairs {
			t.Fatalf("%+v\n%+v", a, b)
		}
		n := 0
		for _, x := range a.Bins {
			n += x.N
		}
		if n != len(ends) {
			t.Fatalf("%d ends in the bins, of %d", n, len(ends))
		}
	})
}
