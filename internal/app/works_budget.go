package app

import (
	"time"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/forecast"
)

// viewBudget says how the money of a work burns against its months: what was
// approved, else planned, else its cost, in the years for which it was named or
// in the time of its plan. It is nil where nobody named an amount or a time.
func (v *view) viewBudget(f *workFile, s *works.State) *httpapi.WorkBudget {
	of, amount := budgetOf(s)
	from, to, ok := budgetTime(s, of)
	if amount.Amount <= 0 || !ok {
		return nil
	}
	out := &httpapi.WorkBudget{Amount: *v.statedSum(amount), Of: of, From: from.String(), To: to.String(), Notes: []lang.Text{}}
	spent := s.Money.Spent()
	b := forecast.Budget{Amount: amount.Amount, From: from, To: to}.Burn(spent.Amount, s.AsOf)
	out.Months, out.MonthsAll, out.TimeShare = b.Months, b.MonthsAll, b.TimeShare
	if out.Spent = v.statedSum(spent); out.Spent != nil {
		out.SpentShare, out.Pace, out.Even, out.Left, out.LeftMonth, out.UsedUp = b.SpentShare, b.Pace, v.amountPointer(b.Even), v.amountPointer(b.Left), v.amountPointer(b.LeftMonth), dateText(b.UsedUp)
		for _, n := range b.Notes {
			out.Notes = append(out.Notes, n.Text())
		}
	}
	if s.People > 0 {
		n := s.People
		out.Served = &n
		if out.Spent != nil {
			out.PerServed = v.amountPointer(forecast.PerPatient(spent.Amount, n).Amount)
		}
	}
	v.budgetPatients(out, f, amount)
	return out
}

// budgetPatients divides the amount by the patients that were promised with it.
func (v *view) budgetPatients(out *httpapi.WorkBudget, f *workFile, amount works.Sum) {
	for _, id := range f.Promises {
		it := v.Programme.One(id, v.at.AsOf)
		if it == nil || it.Target == nil || it.Target.Unit != "patient" || it.Target.Value == nil || !it.Target.Value.IsInteger() {
			continue
		}
		n := it.Target.Value.IntPart()
		out.Patients = &httpapi.Patients{Count: n, Qualifier: string(it.Target.Qualifier), Figure: it.Target.ID.String(), Each: v.amountPointer(forecast.PerPatient(amount.Amount, n).Amount)}
		return
	}
}

func budgetOf(s *works.State) (of string, amount works.Sum) {
	if x := s.Money.Of(works.Approved); x.Amount > 0 {
		return string(works.Approved), x
	}
	if x := s.Money.Of(works.Planned); x.Amount > 0 {
		return string(works.Planned), x
	}
	if c := s.Money.Cost; c != nil {
		return "cost", *c
	}
	return "", works.Sum{}
}

// budgetTime returns the budget years of the lines that were added up, else the
// newest baseline.
func budgetTime(s *works.State, of string) (from, to period.Date, ok bool) {
	for _, l := range s.Lines {
		if l.Money == nil || string(l.Money.Kind) != of || l.Money.Year == 0 {
			continue
		}
		start, end := period.NewDate(l.Money.Year, time.January, 1), period.NewDate(l.Money.Year, time.December, 31)
		if !ok {
			from, to, ok = start, end, true
		}
		from, to = min(from, start), max(to, end)
	}
	if ok {
		return from, to, true
	}
	for i := len(s.Work.Baselines) - 1; i >= 0; i-- {
		b := &s.Work.Baselines[i]
		end, has := b.Finish()
		if !has || b.On > s.AsOf {
			continue
		}
		from = b.Terms[0].Start
		for _, t := range b.Terms {
			from = min(from, t.Start)
		}
		return from, end, true
	}
	return 0, 0, false
}
