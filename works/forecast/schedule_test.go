package forecast

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/period"
	"pgregory.net/rapid"
)

func day(y int, m time.Month, d int) period.Date { return period.NewDate(y, m, d) }

func near(a *float64, b, tolerance float64) bool {
	return a != nil && math.Abs(*a-b) <= tolerance
}

func show(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

// A project of nine weeks that took eleven: Vanhoucke, PM Knowledge Center,
// "Earned Value Management: Forecasting time". The page prints two decimals.
var (
	vanhouckePlan   = []float64{5, 10, 25, 55, 85, 120, 130, 140, 150}
	vanhouckeEarned = []float64{3.33, 6.67, 10, 22.5, 70, 82.5, 90, 120, 130, 140, 150}
)

func TestEarnedScheduleOfVanhoucke(t *testing.T) {
	want := []float64{0.67, 1.33, 2, 2.83, 4.5, 4.92, 5.14, 6, 7, 8, 9}
	for i, ev := range vanhouckeEarned {
		s := EarnedPeriods(vanhouckePlan, ev, float64(i+1))
		if !near(s.Earned, want[i], 0.005) || s.Planned != 9 {
			t.Errorf("week %d: ES %v, want %v", i+1, show(s.Earned), want[i])
		}
	}
	// Week 7: SPI(t) = 36/49; 9 weeks at that pace are 12.25, the rest as planned 10.86.
	s := EarnedPeriods(vanhouckePlan, 90, 7)
	if !near(s.Index, 36.0/49, 1e-12) || !near(s.AsPaced, 12.25, 1e-12) || !near(s.AsMeant, 10+6.0/7, 1e-12) || !near(s.ToDo, (9-36.0/7)/2, 1e-12) {
		t.Errorf("%v %v %v %v", show(s.Index), show(s.AsPaced), show(s.AsMeant), show(s.ToDo))
	}
	s = EarnedPeriods(vanhouckePlan, 150, 11)
	if !near(s.Index, 9.0/11, 1e-12) || !near(s.AsPaced, 11, 0) || !slices.Contains(s.Notes, Finished) {
		t.Errorf("finished: %+v", s)
	}
}

func TestEarnedScheduleByDays(t *testing.T) {
	// 100 days from 1 January, 1 a day.
	c := CurveOf([]Baseline{{"frame", 100, day(2026, 1, 1), day(2026, 4, 10)}})
	s := EarnedSchedule(c, 25, day(2026, 2, 19)) // half of the time, a quarter of the work
	if s.Planned != 100 || s.Actual != 50 || !near(s.Earned, 25, 1e-9) || !near(s.Variance, -25, 1e-9) || !near(s.Index, 0.5, 1e-9) {
		t.Fatalf("%+v", s)
	}
	if *s.EndAsPaced != day(2026, 7, 19) || *s.EndAsMeant != day(2026, 5, 5) { // 200 and 125 days
		t.Errorf("%v %v", s.EndAsPaced, s.EndAsMeant)
	}
}

// What cannot be said is nil and has a note; nothing is infinite.
func TestEarnedScheduleAtTheEdges(t *testing.T) {
	plan := []float64{0, 10, 10, 20}
	for _, tc := range []struct {
		name       string
		plan       []float64
		earned, at float64
		note       Note
		index      bool
	}{
		{"no plan", nil, 1, 1, NoPlan, false},
		{"a plan of nothing", []float64{0, 0}, 0, 1, NoPlan, false},
		{"a plan that falls", []float64{5, 4}, 1, 1, PlanFalls, false},
		{"a plan below zero", []float64{-1, 4}, 1, 1, Negative, false},
		{"a plan that is no number", []float64{math.NaN()}, 1, 1, Negative, false},
		{"negative progress", plan, -1, 1, Negative, false},
		{"progress that is no number", plan, math.NaN(), 1, Negative, false},
		{"an infinite time", plan, 1, math.Inf(1), Negative, false},
		{"before the start", plan, 0, 0, BeforeStart, false},
		{"more than everything", plan, 21, 2, AbovePlan, false},
		{"no progress", plan, 0, 3, NoProgress, true},
		{"late and open", plan, 15, 9, AfterPlanEnd, true},
		{"finished early", plan, 20, 2, Finished, true},
	} {
		s := EarnedPeriods(tc.plan, tc.earned, tc.at)
		if !slices.Contains(s.Notes, tc.note) || (s.Index != nil) != tc.index {
			t.Errorf("%s: %+v", tc.name, s)
		}
		for _, v := range []*float64{s.Earned, s.Variance, s.Index, s.ToDo, s.AsPaced, s.AsMeant} {
			if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
				t.Errorf("%s: %v", tc.name, *v)
			}
		}
	}
	c := CurveOf([]Baseline{{"x", 1e9, day(2026, 1, 1), day(2027, 12, 31)}})
	if s := EarnedSchedule(c, 1, day(2027, 1, 1)); s.EndAsPaced != nil || !slices.Contains(s.Notes, TooFar) || s.EndAsMeant == nil {
		t.Errorf("out of sight: %+v", s)
	}
	list := History(c, []Report{{day(2026, 3, 1), 2e8}, {day(2026, 4, 1), 1e8}, {day(2026, 5, 1), 3e8}})
	if slices.Contains(list[0].Notes, Fell) || !slices.Contains(list[1].Notes, Fell) || slices.Contains(list[2].Notes, Fell) {
		t.Errorf("%v", list)
	}
}

// A winter pause: the plan rests from day 10 to day 20 at 10.
func TestEarnedScheduleInAPause(t *testing.T) {
	c := CurveOf([]Baseline{{"before", 10, day(2026, 1, 1), day(2026, 1, 10)}, {"after", 10, day(2026, 1, 21), day(2026, 1, 30)}})
	for _, tc := range []struct {
		at   int
		want float64
	}{{5, 10}, {15, 15}, {25, 20}} {
		if s := EarnedSchedule(c, 10, day(2026, 1, tc.at)); !near(s.Earned, tc.want, 1e-9) {
			t.Errorf("10 earned on the %dth: ES %v, want %v", tc.at, show(s.Earned), tc.want)
		}
	}
}

func TestAdherence(t *testing.T) {
	// Two stages of 10 days, one after the other; day 10.
	a := Baseline{"a", 10, day(2026, 1, 1), day(2026, 1, 10)}
	b := Baseline{"b", 10, day(2026, 1, 11), day(2026, 1, 20)}
	for _, tc := range []struct {
		a, b float64
		want float64
	}{
		{1, 0, 1},       // in order
		{0.6, 0, 1},     // late but in order
		{0.6, 0.4, 0.6}, // as much as planned, four tenths of it before its turn
		{0, 0.5, 0},     // everything before its turn
	} {
		p, s := Adherence([]Progress{{a, tc.a}, {b, tc.b}}, day(2026, 1, 10))
		if !near(p, tc.want, 1e-9) {
			t.Errorf("%v %v: P %v (%+v)", tc.a, tc.b, show(p), s)
		}
	}
	for note, stages := range map[Note][]Progress{NoPlan: nil, NoProgress: {{a, 0}}, AbovePlan: {{a, 1.2}}, Negative: {{a, -0.1}}} {
		if p, s := Adherence(stages, day(2026, 1, 10)); p != nil || !slices.Contains(s.Notes, note) {
			t.Errorf("%s: %v %+v", note, show(p), s)
		}
	}
}

func drawStages(t *rapid.T) []Baseline {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Baseline {
		start := day(2026, 1, 1) + period.Date(rapid.IntRange(0, 300).Draw(t, "start"))
		return Baseline{"", rapid.Float64Range(0.1, 1e6).Draw(t, "weight"), start, start + period.Date(rapid.IntRange(0, 200).Draw(t, "length"))}
	}), 1, 8).Draw(t, "stages")
}

// More earned is never an earlier schedule; a project on plan has SPI(t) = 1.
func TestEarnedScheduleProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := CurveOf(drawStages(t))
		at := c.Start + period.Date(rapid.IntRange(0, 600).Draw(t, "at"))
		less, more := rapid.Float64Range(0, 1).Draw(t, "a")*c.Total(), rapid.Float64Range(0, 1).Draw(t, "b")*c.Total()
		if less > more {
			less, more = more, less
		}
		x, y := EarnedSchedule(c, less, at), EarnedSchedule(c, more, at)
		if *x.Earned > *y.Earned+1e-9 {
			t.Fatalf("%v earns %v, %v earns %v", less, *x.Earned, more, *y.Earned)
		}
		planned, _ := c.Planned(at)
		if s := EarnedSchedule(c, planned, at); s.Actual <= s.Planned && !near(s.Index, 1, 1e-6) {
			t.Fatalf("on plan at %v of %v: SPI(t) %v", s.Actual, s.Planned, show(s.Index))
		}
		if s := EarnedSchedule(c, more, at); s.AsPaced != nil && *s.Earned <= s.Actual && *s.AsPaced < *s.AsMeant-1e-6 {
			t.Fatalf("late, and the pace ends before the plan: %+v", s)
		}
	})
}

// The curve of stages grows and ends at the sum of the weights.
func TestCurveProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stages := drawStages(t)
		c := CurveOf(stages)
		sum, last, end := 0.0, 0.0, c.Start
		for _, s := range stages {
			sum += s.Weight
			end = max(end, s.End)
		}
		if math.Abs(c.Total()-sum) > 1e-9*sum {
			t.Fatalf("%v, want %v", c.Total(), sum)
		}
		for d := c.Start - 2; d <= end+2; d++ {
			v, share := c.Planned(d)
			exact := 0.0
			for _, s := range stages {
				exact += s.by(c.Start, float64(d-c.Start+1))
			}
			if v < last || share == nil || math.Abs(v-exact) > 1e-9*sum {
				t.Fatalf("%v: %v after %v, stages say %v", d, v, last, exact)
			}
			last = v
		}
	})
}
