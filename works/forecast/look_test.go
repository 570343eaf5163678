package forecast

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// hub is a project of 360 days from 1 January 2025: frame, finishing that begins
// when two thirds of the frame are due, equipment, acceptance.
func hub() []Baseline {
	return []Baseline{
		{"frame", 500, day(2025, 1, 1), day(2025, 6, 29)},        // 180 days
		{"finishing", 300, day(2025, 5, 1), day(2025, 10, 27)},   // 180 days, 60 of them beside the frame
		{"equipment", 150, day(2025, 10, 28), day(2025, 12, 11)}, // 45 days
		{"acceptance", 50, day(2025, 12, 12), day(2025, 12, 26)}, // 15 days
	}
}

func TestInOrder(t *testing.T) {
	got := InOrder(hub(), 0.65)
	want := []float64{1, 0.5, 0, 0}
	for i := range got {
		if math.Abs(got[i].Done-want[i]) > 1e-12 {
			t.Errorf("%s: %v, want %v", got[i].Name, got[i].Done, want[i])
		}
	}
	if all := InOrder(hub(), 1); all[3].Done != 1 {
		t.Errorf("%+v", all)
	}
}

// Three quarters of the way through its time the hub is where it should have
// been two months before.
func TestLook(t *testing.T) {
	d := deck(t, 1, DefaultCorrelation)
	ratios := []float64{1, 1.05, 1.1, 1.2, 1.25, 1.3, 1.35, 1.4, 1.5, 1.6, 1.7, 1.8, 2, 2.2, 2.6}
	class := Outside(closedOf("hub", ratios...), Query{Classes: []string{"hub"}})
	declared := day(2025, 12, 31)
	s := Sight{ID: "hub", Stages: InOrder(hub(), 0.65), Report: day(2025, 9, 30), Today: day(2025, 9, 30), Declared: &declared, Class: &class}
	v, err := d.Look(s)
	if err != nil {
		t.Fatal(err)
	}
	// By 29 June, day 180, the frame and 60 of 180 days of finishing are due: 600 of 1000. 650 is due 30 days later, day 210; 360 · 273/210 = 468.
	if !near(v.Schedule.Earned, 210, 1e-9) || !near(v.Schedule.Index, 210.0/273, 1e-9) || *v.Schedule.EndAsPaced != day(2025, 1, 1)+468-1 {
		t.Errorf("%+v %v", v.Schedule, show(v.Schedule.Earned))
	}
	if *v.Stages.P50 <= declared || *v.Stages.P80 <= *v.Stages.P50 || v.Warning != Alarm || v.Reasons[0] != UnlikelyOnTime || !slices.Contains(v.Reasons, SlowPace) {
		t.Errorf("P50 %v, P80 %v, on time %v, %s %v", v.Stages.P50, v.Stages.P80, show(v.Stages.OnTime), v.Warning, v.Reasons)
	}
	if v.Decides != "finishing" {
		t.Errorf("decided by %q", v.Decides)
	}
	// Nothing of the class is behind it yet: P50 is 1.4 of 360 days, as 15 values have their eighth in the middle.
	if *v.ClassP50 != day(2025, 1, 1)+504-1 || *v.ClassP80 <= *v.ClassP50 || !slices.Contains(v.Reasons, ClassLater) {
		t.Errorf("class P50 %v, P80 %v", v.ClassP50, v.ClassP80)
	}
	list, err := d.LookAll([]Sight{s, s})
	if err != nil || *list[1].Stages.P80 != *v.Stages.P80 || list[1].Warning != v.Warning || list[1].Decides != "" {
		t.Errorf("%v %+v", err, list)
	}

	s.Today = day(2026, 3, 1) // no word since: outcomes before are out of the question
	later, err := d.Look(s)
	if err != nil || *later.Stages.P10 <= s.Today || *later.ClassP50 <= *v.ClassP50 || later.Reasons[0] != DeadlinePassed {
		t.Errorf("%v %+v", err, later)
	}
	s.Today = day(2099, 1, 1)
	if never, err := d.Look(s); err != nil || never.Stages.P50 != nil || never.ClassP50 != nil || !slices.Contains(never.Reasons, FewRunsLeft) {
		t.Errorf("%v %+v", err, never)
	}
	s.Stages, s.Today = InOrder(hub(), 1), s.Report
	if done, err := d.Look(s); err != nil || done.Warning != Calm || done.Reasons != nil {
		t.Errorf("%v %+v", err, done)
	}
	s.Today = s.Report - 1
	if _, err := d.Look(s); !fault.Is(err, fault.Invalid) {
		t.Errorf("a report of tomorrow: %v", err)
	}
	s.Today, s.Spreads = s.Report, []*Spread{nil}
	if _, err := d.LookAll([]Sight{s}); !fault.Is(err, fault.Invalid) {
		t.Errorf("one spread for four stages: %v", err)
	}
}

func TestSightPath(t *testing.T) {
	s := Sight{Stages: InOrder(hub(), 0), Report: day(2024, time.December, 31), Today: day(2024, time.December, 31), Spreads: []*Spread{{Shape: Fixed}, {Shape: Fixed}, {Shape: Fixed}, {Shape: Fixed}}}
	p := s.Path()
	if math.Abs(p.Stages[1].Overlap-1.0/3) > 1e-9 || p.Stages[2].Overlap != 0 {
		t.Errorf("%+v", p)
	}
	// As planned it ends on the planned day.
	if o, _, _ := simulate(t, deck(t, 1, 0), p); *o.P50 != day(2025, 12, 26) {
		t.Errorf("%v", o.P50)
	}
	if m := Assumed.Median * math.Exp(assumedSigma*assumedSigma/2); math.Abs(m-1.39) > 1e-12 || Assumed.Check() != nil {
		t.Errorf("the assumed mean is %v", m)
	}
}
