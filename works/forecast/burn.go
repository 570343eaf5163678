package forecast

import (
	"math"
	"math/big"

	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

// Budget is an amount for a stretch of days, the last one included: an
// agreement, the medicines of a year, the money of a project.
type Budget struct {
	Amount   money.Amount
	From, To period.Date

	// Plan is the planned spending, in smallest units; an empty curve means
	// that it was planned evenly, day by day.
	Plan Curve
}

// Burn compares what was spent with the time that has passed.
type Burn struct {
	SpentShare *float64 // of the amount
	TimeShare  *float64 // of the days, 0 before, 1 after
	Months     float64  // passed, in calendar months, the running one by its days
	MonthsAll  float64

	Even      *money.Amount // would be spent by now, evenly
	ByPlan    *money.Amount // was planned to be spent by now; nil without a plan
	Pace      *float64      // spent / Even: above 1 it burns too fast
	PacePlan  *float64      // spent / ByPlan
	Left      *money.Amount
	LeftMonth *money.Amount // Left for each month that is left
	AtEnd     *money.Amount // spent by the end at the average rate so far
	UsedUp    *period.Date  // the day on which that rate uses the amount up, wherever it lies

	Notes []Note
}

// Burn returns how the budget burns when spent was used by the end of the day
// at. Rates are averages since the beginning; a payment in advance makes them
// high, an invoice that is late makes them low.
func (b Budget) Burn(spent money.Amount, at period.Date) Burn {
	var r Burn
	switch {
	case b.Amount < 0 || spent < 0:
		r.Notes = []Note{Negative}
		return r
	case b.Amount == 0 || b.To < b.From:
		r.Notes = []Note{NoPlan}
		return r
	}
	days := int64(b.To - b.From + 1)
	passed := min(max(int64(at-b.From+1), 0), days)
	r.Months, r.MonthsAll = months(b.From, min(at, b.To)), months(b.From, b.To)
	r.SpentShare = ratio(spent, b.Amount)
	r.TimeShare = ratio(money.Amount(passed), money.Amount(days))
	left := b.Amount - spent
	r.Left = &left
	r.Even = share(b.Amount, passed, days)
	if len(b.Plan.Knots) > 0 {
		if v, of := b.Plan.Planned(at); of != nil {
			planned := money.Amount(math.Round(v))
			r.ByPlan = &planned
			if planned > 0 {
				r.PacePlan = ratio(spent, planned)
			}
		} else {
			_, note := b.Plan.line()
			r.Notes = append(r.Notes, note)
		}
	}
	if passed == 0 {
		r.Notes = append(r.Notes, BeforeStart)
		return r
	}
	if at > b.To {
		r.Notes = append(r.Notes, AfterPlanEnd)
	} else if rest := r.MonthsAll - r.Months; rest > 0 && left > 0 {
		r.LeftMonth = over(left, rest)
	}
	if r.Even != nil && *r.Even > 0 {
		r.Pace = ratio(spent, *r.Even)
	}
	r.AtEnd = share(spent, days, passed)
	if at > b.To {
		r.AtEnd = &spent
	}
	if left <= 0 {
		r.Notes = append(r.Notes, BudgetSpent)
		return r
	}
	if spent == 0 {
		r.Notes = append(r.Notes, NothingSpent)
		return r
	}
	if need := share(b.Amount, passed, int64(spent)); need == nil || float64(*need) > farthest {
		r.Notes = append(r.Notes, TooFar)
	} else {
		d := b.From + period.Date(*need) - 1
		r.UsedUp = &d
	}
	return r
}

// Each is an amount for one of many.
type Each struct {
	Amount *money.Amount // rounded to the smallest unit
	Rest   money.Amount  // the whole less Amount for everybody: 0 when it divides
	Notes  []Note
}

// PerPatient divides an amount by the number of patients it is for, or of
// those who have had it: 14.8 bn for 300,000 patients is 49,333.33 each.
func PerPatient(a money.Amount, patients int64) Each {
	switch {
	case a < 0 || patients < 0:
		return Each{Notes: []Note{Negative}}
	case patients == 0:
		return Each{Notes: []Note{NoPlan}}
	}
	each := share(a, 1, patients)
	e := Each{Amount: each, Rest: a - *each*money.Amount(patients)}
	if e.Rest != 0 {
		e.Notes = []Note{Rounded}
	}
	return e
}

// share returns a·n/d, rounded half away from zero; nil when it does not fit.
func share(a money.Amount, n, d int64) *money.Amount {
	v, ok := whole(new(big.Rat).Mul(new(big.Rat).SetInt64(int64(a)), big.NewRat(n, d)))
	if !ok {
		return nil
	}
	return &v
}

func over(a money.Amount, months float64) *money.Amount {
	m := new(big.Rat).SetFloat64(months)
	v, ok := whole(m.Quo(new(big.Rat).SetInt64(int64(a)), m))
	if !ok {
		return nil
	}
	return &v
}

// months returns the calendar months from the beginning of the one day to the
// end of the other; a part of a month counts by its days.
func months(from, to period.Date) float64 {
	if to < from {
		return 0
	}
	y, m, d := from.Civil()
	n := 0
	for period.NewDate(y, m+1, d) <= to+1 {
		n++
		m++
	}
	begin, end := period.NewDate(y, m, d), period.NewDate(y, m+1, d)
	return float64(n) + float64(to+1-begin)/float64(end-begin)
}
