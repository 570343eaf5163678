package forecast

import (
	"math"
	"slices"
	"testing"

	"github.com/shanyraq/shanyraq/money"
	"pgregory.net/rapid"
)

func of(a int64) *money.Amount { x := money.Amount(a); return &x }

// Week 7 of Vanhoucke's project (PM Knowledge Center, "Forecasting cost"):
// BAC 150, PV 130, EV 90, AC 170; SPI(t) is 36/49.
func TestEarnedValueOfVanhoucke(t *testing.T) {
	pace := 36.0 / 49
	v := EarnedValue(Amounts{15000, of(13000), 9000, of(17000), &pace})
	if *v.ScheduleVariance != -4000 || *v.CostVariance != -8000 || !near(v.CostIndex, 9.0/17, 1e-12) || !near(v.ScheduleIndex, 9.0/13, 1e-12) {
		t.Errorf("%+v", v)
	}
	want := map[Formula]money.Amount{
		AsPlanned: 23000, AsCost: 28333, AsSchedule: 25667, AsBoth: 33370, AsWeighted: 27676, // 170 + 60/f
		AsPace: 25167, AsCostPace: 32426, AsWeightPace: 27518,
	}
	for _, e := range v.Estimates {
		if want[e.Formula] != e.Final || e.ToGo != e.Final-17000 || e.Saved != 15000-e.Final {
			t.Errorf("%+v, want %v", e, want[e.Formula])
		}
		delete(want, e.Formula)
	}
	if len(want) > 0 || v.ToKeepBudget != nil || !slices.Contains(v.Notes, BudgetSpent) {
		t.Errorf("missing %v in %+v", want, v)
	}
}

func TestEarnedValueAtTheEdges(t *testing.T) {
	for _, tc := range []struct {
		name      string
		a         Amounts
		note      Note
		estimates int
	}{
		{"nothing known", Amounts{}, NoPlan, 0},
		{"negative", Amounts{Budget: 100, Earned: -1}, Negative, 0},
		{"negative spending", Amounts{Budget: 100, Spent: of(-1)}, Negative, 0},
		{"more than the budget", Amounts{Budget: 100, Earned: 101}, AbovePlan, 0},
		{"before the start", Amounts{Budget: 100, Planned: of(0), Spent: of(5)}, BeforeStart, 1},
		{"spent and nothing done", Amounts{Budget: 100, Planned: of(50), Spent: of(5)}, NoProgress, 1},
		{"done and nothing spent", Amounts{Budget: 100, Planned: of(50), Earned: 50, Spent: of(0)}, NothingSpent, 2},
		{"done and nobody says what was spent", Amounts{Budget: 100, Planned: of(50), Earned: 50}, NotSaid, 0},
		{"finished", Amounts{Budget: 100, Planned: of(100), Earned: 100, Spent: of(130)}, Finished, 1},
		{"too large to say", Amounts{Budget: math.MaxInt64, Planned: of(math.MaxInt64), Earned: 1, Spent: of(math.MaxInt64)}, BudgetSpent, 0},
	} {
		v := EarnedValue(tc.a)
		if !slices.Contains(v.Notes, tc.note) || len(v.Estimates) != tc.estimates {
			t.Errorf("%s: %+v", tc.name, v)
		}
		if (v.CostVariance != nil) != (v.Notes[0] != NoPlan && v.Notes[0] != Negative && v.Notes[0] != AbovePlan && tc.a.Spent != nil) {
			t.Errorf("%s: CV %v", tc.name, v.CostVariance)
		}
	}
}

// On plan and on budget every formula says the budget; and EAC = AC + ETC = BAC - VAC.
func TestEarnedValueProperties(t *testing.T) {
	amount := rapid.Int64Range(1, 1e15)
	rapid.Check(t, func(t *rapid.T) {
		budget := amount.Draw(t, "budget")
		done := rapid.Int64Range(1, budget).Draw(t, "done")
		one := 1.0
		for _, e := range EarnedValue(Amounts{money.Amount(budget), of(done), money.Amount(done), of(done), &one}).Estimates {
			if e.Final != money.Amount(budget) || e.Saved != 0 {
				t.Fatalf("%+v", e)
			}
		}
		a := Amounts{money.Amount(budget), of(rapid.Int64Range(0, budget).Draw(t, "planned")), money.Amount(done), of(amount.Draw(t, "spent")), nil}
		for _, e := range EarnedValue(a).Estimates {
			if e.Final != *a.Spent+e.ToGo || e.Saved != a.Budget-e.Final || e.Final < *a.Spent {
				t.Fatalf("%+v of %+v", e, a)
			}
		}
	})
}
