package risk

import (
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"pgregory.net/rapid"
)

func ptr[T any](v T) *T { return &v }

func contractor() *Risk {
	return &Risk{Title: "the contractor leaves", Probability: 3, Days: ptr(120), Money: ptr(money.Amount(50_000_000_00)), Owner: "akimat-35", Due: ptr(period.NewDate(2026, 3, 31)), State: Open}
}

// 40 % of 120 days are 48 days; 40 % of 50 million are 20 million. Of a work of
// 1 bn, 5 % are class 2 and 120 days class 4: 3 times 4 is 12.
func TestExposure(t *testing.T) {
	r, cost := contractor(), money.Amount(1_000_000_000_00)
	if r.ExposureDays() != 48 || r.ExposureMoney() != 20_000_000_00 || r.Severity(&cost) != 4 || r.Score(&cost) != 12 {
		t.Error(r.ExposureDays(), r.ExposureMoney(), r.Severity(&cost), r.Score(&cost))
	}
	r.State = Closed
	if r.ExposureDays() != 0 || r.ExposureMoney() != 0 || r.Score(&cost) != 0 {
		t.Error("what is over exposes to nothing")
	}
}

func TestOverdue(t *testing.T) {
	r := contractor()
	for day, want := range map[period.Date]int{period.NewDate(2026, 3, 31): 0, period.NewDate(2026, 4, 2): 2} {
		if got := r.Overdue(day); got != want {
			t.Errorf("%s: %d days", day, got)
		}
	}
}

func TestCheckMendsOneFieldAtATime(t *testing.T) {
	r := &Risk{}
	for _, mend := range []func(){
		func() { r.Title = "flood" }, func() { r.Probability = 5 }, func() { r.Days = ptr(0) }, func() { r.Days = ptr(10) },
		func() { r.Owner = "akimat-35" }, func() { r.State = Closed }, func() { r.Note = "the dam is built" },
	} {
		if err := r.Check(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", r, err)
		}
		mend()
	}
	if err := r.Check(); err != nil {
		t.Error(err)
	}
	r.State = Open
	if err := r.Check(); err == nil {
		t.Error("an open risk needs a day")
	}
}

// The loss to be expected is never more than the loss, and grows with it.
func TestExposureIsAPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := contractor()
		r.Probability = rapid.IntRange(1, 5).Draw(t, "probability")
		r.Money = ptr(money.Amount(rapid.Int64Range(1, int64(maxMoney)).Draw(t, "money")))
		if e := r.ExposureMoney(); e < 0 || e > *r.Money {
			t.Fatal(e, *r.Money)
		}
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
	})
}
