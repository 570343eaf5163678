package outlook

import (
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/forecast"
	"github.com/shopspring/decimal"
)

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func deck(t *testing.T) *forecast.Deck {
	t.Helper()
	d, err := forecast.NewDeck(1, 2000, forecast.DefaultCorrelation)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func work() *works.Work {
	return &works.Work{ID: "hub", Level: works.Project, Kind: works.FitOut, Condition: works.Active, Title: lang.Text{lang.EN: "Hub"}, Place: "KZ-35"}
}

func said(t *testing.T, on string, percent int64) works.Line {
	t.Helper()
	p := decimal.NewFromInt(percent)
	l := works.Line{Work: "hub", Kind: works.StatusLine, On: day(on), Document: "d", Status: &works.Status{Percent: &p}}
	if err := l.Seal(); err != nil {
		t.Fatal(err)
	}
	return l
}

func state(t *testing.T, w *works.Work, on string, lines ...works.Line) *works.State {
	t.Helper()
	s, err := works.At(w, lines, day(on), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// With two stages of a hundred days each and half of the work done after half
// of the time, the pace keeps the plan: SPI(t) is 1 and the end is that of the
// plan.
func TestOnPlanEndsOnPlan(t *testing.T) {
	w := work()
	w.Baselines = []works.Baseline{{No: 1, On: day("2026-01-01"), Source: "d", Terms: []works.Term{
		{Stage: "repair", Start: day("2026-01-01"), Finish: day("2026-04-10"), PerMille: 500}, {Stage: "interior", Start: day("2026-04-11"), Finish: day("2026-07-19"), PerMille: 500}}}}
	s := state(t, w, "2026-04-10", said(t, "2026-04-10", 50))
	o, err := Of(s, deck(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	if o.Schedule == nil || o.Schedule.Index == nil || *o.Schedule.Index != 1 || o.ES == nil || *o.ES != day("2026-07-19") {
		t.Fatalf("%+v, end %v", o.Schedule, o.ES)
	}
	if x := o.Outcome; x == nil || x.P50 == nil || *x.P50 < day("2026-07-19") || *x.P80 < *x.P50 {
		t.Errorf("%+v", o.Outcome)
	}
	if !o.Assumed || len(o.Reasons) == 0 {
		t.Error("the spread is an assumption, and nobody says so")
	}
}

// Where nobody planned, what the stages usually take is assumed, and it is said.
func TestWithoutABaselineItIsAssumed(t *testing.T) {
	s := state(t, work(), "2025-12-31", said(t, "2025-12-22", 96))
	o, err := Of(s, deck(t), nil)
	if err != nil || o.Outcome == nil || o.Outcome.P50 == nil || !o.Assumed || o.ES != nil {
		t.Fatalf("%+v %v", o, err)
	}
	if *o.Outcome.P50 < day("2026-02-01") { // acceptance, licence, staff and the first patient are still to come
		t.Errorf("opens on %s", o.Outcome.P50)
	}
	if o, _ := Of(state(t, work(), "2025-12-31"), deck(t), nil); o.Outcome != nil || o.Line() != nil {
		t.Error("something was foreseen of a work of which nobody spoke")
	}
}

// The percentage of the whole fills the stages of building in their order.
func TestSharesFollowTheWhole(t *testing.T) {
	s := state(t, work(), "2025-12-31", said(t, "2025-12-22", 100))
	for i, x := range Shares(s) {
		if want := s.Stages[i].Code; (x != 1) != (want == "acceptance" || want == "licence" || want == "staff" || want == "first_patient") {
			t.Errorf("%s is at %v", want, x)
		}
	}
	half := Shares(state(t, work(), "2025-12-31", said(t, "2025-12-22", 50)))
	for i := 1; i < len(half); i++ {
		if half[i] > half[i-1] {
			t.Errorf("a later stage is further: %v", half)
		}
	}
}

// Works that took half as long again as planned make the next ones late too.
func TestHistoryIsTheOutsideView(t *testing.T) {
	h := &History{}
	for i := range 20 {
		opened := day("2025-01-01") + period.Date(149+i%3)
		h.Add(&works.Row{ID: works.ID(rune('a' + i)), Kind: works.FitOut, Opened: &opened, Planned: &works.Term{Start: day("2025-01-01"), Finish: day("2025-04-10")}})
	}
	if len(h.Closed) != 20 || h.Closed[0].Ratio != 1.5 {
		t.Fatalf("%d closed, the first took %v", len(h.Closed), h.Closed[0].Ratio)
	}
	s := state(t, work(), "2025-12-31", said(t, "2025-12-22", 96))
	o, err := Of(s, deck(t), h)
	if err != nil || o.Reference == nil || o.Reference.N != 20 {
		t.Fatalf("%+v %v", o.Reference, err)
	}
	if m := o.Reference.Quantile(0.5).Ratio; m == nil || *m < 1.5 || *m > 1.52 {
		t.Errorf("median %v", m)
	}
}
