package forecast

import (
	"math/big"

	"github.com/shanyraq/shanyraq/money"
)

// Amounts are the amounts of earned value management on one day, in one
// currency.
type Amounts struct {
	Budget  money.Amount  // BAC, the approved cost of all the work
	Planned *money.Amount // PV, the budget of what should be done by the day; nil where nobody said it
	Earned  money.Amount  // EV, the budget of what is done
	Spent   *money.Amount // AC, what that has cost; nil where nobody said it

	// Pace is SPI(t) of the same report, when it is known: the estimates that
	// use it come beside those that use SPI.
	Pace *float64
}

// Formula names one of the classical estimates at completion. All are
// EAC = AC + (BAC - EV) / f, and differ in what they expect of the rest.
type Formula string

// The formulas, with their f.
const (
	AsPlanned    Formula = "as_planned"    // 1: the rest costs what was planned
	AsCost       Formula = "cost"          // CPI: the rest is as dear as what was done
	AsSchedule   Formula = "schedule"      // SPI: the rest suffers as time has
	AsBoth       Formula = "cost_schedule" // CPI·SPI: it suffers from both
	AsWeighted   Formula = "weighted"      // 0.8·CPI + 0.2·SPI
	AsPace       Formula = "pace"          // SPI(t)
	AsCostPace   Formula = "cost_pace"     // CPI·SPI(t)
	AsWeightPace Formula = "weighted_pace" // 0.8·CPI + 0.2·SPI(t)
)

// Estimate is one estimate of the final cost.
type Estimate struct {
	Formula Formula
	Final   money.Amount // EAC, rounded to the smallest unit
	ToGo    money.Amount // ETC = EAC - AC
	Saved   money.Amount // VAC = BAC - EAC, negative when it will cost more
}

// Value is what earned value says. What cannot be said is nil; the notes say
// why.
type Value struct {
	ScheduleVariance *money.Amount // SV = EV - PV
	CostVariance     *money.Amount // CV = EV - AC
	ScheduleIndex    *float64      // SPI = EV / PV
	CostIndex        *float64      // CPI = EV / AC
	Estimates        []Estimate

	// ToKeepBudget is TCPI = (BAC - EV) / (BAC - AC): how well every tenge
	// must work from here on for the budget to hold. For the estimate "cost"
	// the same measure is CPI.
	ToKeepBudget *float64

	Notes []Note
}

// EarnedValue returns the measures of earned value management: PMI, The
// Standard for Earned Value Management (2019), with the estimates at
// completion that Anbari (Project Management Journal 34 (2003) 4, 12-23) and
// Vanhoucke (Measuring Time, Springer 2009) list. Variances are exact;
// estimates are rounded to the smallest unit of the currency.
//
// SPI ends at 1 for every finished project, however late: judge time by
// EarnedSchedule.
func EarnedValue(a Amounts) Value {
	var v Value
	planned, spent := known(a.Planned), known(a.Spent)
	switch {
	case a.Budget < 0 || planned < 0 || a.Earned < 0 || spent < 0:
		v.Notes = []Note{Negative}
		return v
	case a.Budget == 0:
		v.Notes = []Note{NoPlan}
		return v
	case a.Earned > a.Budget || planned > a.Budget:
		v.Notes = []Note{AbovePlan}
		return v
	}
	if a.Planned != nil {
		sv := a.Earned - planned
		v.ScheduleVariance = &sv
		if planned > 0 {
			v.ScheduleIndex = ratio(a.Earned, planned)
		} else {
			v.Notes = append(v.Notes, BeforeStart)
		}
	}
	if a.Spent != nil {
		cv := a.Earned - spent
		v.CostVariance = &cv
		if spent > 0 {
			v.CostIndex = ratio(a.Earned, spent)
		} else {
			v.Notes = append(v.Notes, NothingSpent)
		}
	}
	if a.Planned == nil || a.Spent == nil {
		v.Notes = append(v.Notes, NotSaid)
	}
	switch {
	case a.Earned == a.Budget:
		v.Notes = append(v.Notes, Finished)
	case a.Earned == 0:
		v.Notes = append(v.Notes, NoProgress)
	}
	switch {
	case a.Spent == nil:
	case a.Earned == a.Budget:
		v.Estimates = []Estimate{{AsPlanned, spent, 0, a.Budget - spent}}
	default:
		v.Estimates = a.estimates()
		if spent < a.Budget {
			v.ToKeepBudget = ratio(a.Budget-a.Earned, a.Budget-spent)
		} else {
			v.Notes = append(v.Notes, BudgetSpent)
		}
	}
	return v
}

// known is the amount, or 0 where nobody said it.
func known(a *money.Amount) money.Amount {
	if a == nil {
		return 0
	}
	return *a
}

// estimates returns those whose index is above zero; what is spent must be known.
func (a Amounts) estimates() []Estimate {
	one := big.NewRat(1, 1)
	var cpi, spi, pace *big.Rat
	planned, spent := known(a.Planned), known(a.Spent)
	if spent > 0 && a.Earned > 0 {
		cpi = big.NewRat(int64(a.Earned), int64(spent))
	}
	if planned > 0 && a.Earned > 0 {
		spi = big.NewRat(int64(a.Earned), int64(planned))
	}
	if a.Pace != nil && *a.Pace > 0 {
		pace = new(big.Rat).SetFloat64(*a.Pace)
	}
	var out []Estimate
	add := func(f Formula, index *big.Rat) {
		if index == nil {
			return
		}
		rest := new(big.Rat).SetInt64(int64(a.Budget - a.Earned))
		togo, ok := whole(rest.Quo(rest, index))
		if !ok {
			return
		}
		final, err := spent.Add(togo)
		if err != nil {
			return
		}
		out = append(out, Estimate{f, final, togo, a.Budget - final})
	}
	add(AsPlanned, one)
	add(AsCost, cpi)
	for _, s := range []struct {
		time                  *big.Rat
		alone, both, weighted Formula
	}{{spi, AsSchedule, AsBoth, AsWeighted}, {pace, AsPace, AsCostPace, AsWeightPace}} {
		add(s.alone, s.time)
		if cpi != nil && s.time != nil {
			add(s.both, new(big.Rat).Mul(cpi, s.time))
			w := new(big.Rat).Mul(big.NewRat(4, 5), cpi)
			add(s.weighted, w.Add(w, new(big.Rat).Mul(big.NewRat(1, 5), s.time)))
		}
	}
	return out
}

// whole rounds half away from zero; false when the amount does not fit.
func whole(r *big.Rat) (money.Amount, bool) {
	half := big.NewRat(1, 2)
	if r.Sign() < 0 {
		half.Neg(half)
	}
	r = new(big.Rat).Add(r, half)
	q := new(big.Int).Quo(r.Num(), r.Denom())
	return money.Amount(q.Int64()), q.IsInt64()
}

func ratio(a, b money.Amount) *float64 {
	f, _ := big.NewRat(int64(a), int64(b)).Float64()
	return number(f)
}
