package forecast

import (
	"slices"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

const bn = money.Amount(100_000_000_000) // 1 bn tenge in tiyn

// An agreement of 12 bn for 2026, 5 bn spent by the end of March.
func TestBurn(t *testing.T) {
	b := Budget{Amount: 12 * bn, From: day(2026, 1, 1), To: day(2026, 12, 31)}
	r := b.Burn(5*bn, day(2026, 3, 31))
	if r.Months != 3 || r.MonthsAll != 12 || !near(r.TimeShare, 90.0/365, 1e-12) || !near(r.SpentShare, 5.0/12, 1e-12) {
		t.Errorf("%+v", r)
	}
	if *r.Left != 7*bn || *r.LeftMonth != 77777777778 || !near(r.Pace, 5.0/12*365/90, 1e-9) || *r.AtEnd != 2027777777778 {
		t.Errorf("left %v, a month %v, pace %v, at the end %v", *r.Left, *r.LeftMonth, show(r.Pace), *r.AtEnd)
	}
	if *r.UsedUp != day(2026, 8, 4) { // 90 days · 12/5 = 216
		t.Errorf("used up on %v", *r.UsedUp)
	}
	b.Plan = Curve{day(2026, 1, 1), []Knot{{day(2026, 3, 31), float64(6 * bn)}, {day(2026, 12, 31), float64(12 * bn)}}}
	if r := b.Burn(5*bn, day(2026, 3, 31)); *r.ByPlan != 6*bn || !near(r.PacePlan, 5.0/6, 1e-12) {
		t.Errorf("%+v", r)
	}
	if r := b.Burn(11*bn, day(2027, 3, 31)); *r.AtEnd != 11*bn || r.Months != 12 || !slices.Contains(r.Notes, AfterPlanEnd) {
		t.Errorf("after the end: %+v", r)
	}
}

func TestBurnAtTheEdges(t *testing.T) {
	year := Budget{Amount: 12 * bn, From: day(2026, 1, 1), To: day(2026, 12, 31)}
	for _, tc := range []struct {
		name  string
		b     Budget
		spent money.Amount
		note  Note
	}{
		{"no budget", Budget{From: 0, To: 9}, 1, NoPlan},
		{"no days", Budget{Amount: 1, From: 9, To: 0}, 1, NoPlan},
		{"negative", year, -1, Negative},
		{"all spent", year, 13 * bn, BudgetSpent},
		{"nothing spent", year, 0, NothingSpent},
		{"a tiyn spent", year, 1, TooFar},
	} {
		if r := tc.b.Burn(tc.spent, day(2026, 6, 30)); !slices.Contains(r.Notes, tc.note) || r.UsedUp != nil {
			t.Errorf("%s: %+v", tc.name, r)
		}
	}
	if r := year.Burn(0, day(2025, 12, 31)); !slices.Contains(r.Notes, BeforeStart) || r.Months != 0 || r.Pace != nil {
		t.Errorf("%+v", r)
	}
}

func civil(d [3]int) period.Date { return period.NewDate(d[0], time.Month(d[1]), d[2]) }

func TestMonths(t *testing.T) {
	for _, tc := range []struct {
		from, to [3]int
		want     float64
	}{
		{[3]int{2026, 1, 1}, [3]int{2026, 1, 31}, 1},
		{[3]int{2026, 1, 1}, [3]int{2026, 2, 14}, 1.5},
		{[3]int{2025, 12, 16}, [3]int{2026, 1, 15}, 1},
		{[3]int{2026, 1, 1}, [3]int{2025, 12, 31}, 0},
		{[3]int{2024, 1, 1}, [3]int{2026, 12, 31}, 36},
	} {
		f, g := civil(tc.from), civil(tc.to)
		if got := months(f, g); got != tc.want {
			t.Errorf("%v to %v: %v, want %v", f, g, got, tc.want)
		}
	}
}

// 14.8 bn for 300,000 patients, and 5 million for 5.
func TestPerPatient(t *testing.T) {
	e := PerPatient(14*bn+800_000_000_00, 300_000)
	if *e.Amount != 49333_33 || e.Rest != 1000_00 || !slices.Contains(e.Notes, Rounded) {
		t.Errorf("%+v %v", e, *e.Amount)
	}
	if e := PerPatient(5_000_000_00, 5); *e.Amount != 1_000_000_00 || e.Rest != 0 || len(e.Notes) > 0 {
		t.Errorf("%+v", e)
	}
	if e := PerPatient(1, 0); e.Amount != nil || e.Notes[0] != NoPlan {
		t.Errorf("%+v", e)
	}
	if e := PerPatient(-1, 1); e.Amount != nil || e.Notes[0] != Negative {
		t.Errorf("%+v", e)
	}
}
