package reporting

import (
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// Land tells what lies where; *place.Atlas does.
type Land interface {
	Place(place.ID) (place.Place, error)
	Within(id, root place.ID) bool
	OfKind(place.Kind) []place.Place
}

// Key names one report.
type Key struct {
	Template string
	Place    place.ID
	Period   period.Period
}

// Due returns the day until which, that day included, the report of a period
// is in time.
func (t Template) Due(p period.Period) period.Date { return p.Last() + period.Date(t.DueDays) }

// Holds reports whether the template asks for a report of the period.
func (t Template) Holds(p period.Period) bool {
	return p.Type() == t.Every && p.Start >= t.From && (t.To == nil || p.Start < *t.To)
}

// PeriodOf returns the period of a type in which a day lies.
func PeriodOf(every period.Type, day period.Date) period.Period {
	year, month, _ := day.Civil()
	months := Months(every)
	first := (int(month)-1)/months*months + 1
	p, _ := period.New(period.NewDate(year, time.Month(first), 1), period.NewDate(year, time.Month(first+months), 1)) // fails only behind the last year
	return p
}

// Periods returns the periods that the template asks for and that ended before
// a day and not before another one: what was to be reported between them,
// oldest first. No more than limit are returned, the newest.
func (t Template) Periods(since, until period.Date, limit int) []period.Period {
	var out []period.Period
	if until <= period.MinDate || until > period.MaxDate {
		return nil
	}
	for p := PeriodOf(t.Every, until); len(out) < limit && p.End > since && p.Start >= t.From; p = PeriodOf(t.Every, p.Start-1) {
		if p.End <= until && t.Holds(p) {
			out = append(out, p)
		}
		if p.Start <= period.MinDate {
			break
		}
	}
	slices.Reverse(out)
	return out
}

// Expected returns the places from which a report of the period is expected, in
// order of their codes: those that the template chooses and that exist on the
// last day of the period.
func (t Template) Expected(p period.Period, land Land) []place.ID {
	if !t.Holds(p) {
		return nil
	}
	return t.Places.on(p.Last(), land)
}

func (p Places) on(day period.Date, land Land) []place.ID {
	var out []place.ID
	add := func(x place.Place) {
		if x.Exists(day) && !slices.Contains(p.Except, x.ID) {
			out = append(out, x.ID)
		}
	}
	for _, id := range p.List {
		if x, err := land.Place(id); err == nil {
			add(x)
		}
	}
	for _, k := range p.Kinds {
		for _, x := range land.OfKind(place.Kind(k)) {
			if x.ID != p.Below && land.Within(x.ID, p.Below) {
				add(x)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Expects reports whether a report of a place and period is expected.
func (t Template) Expects(at place.ID, p period.Period, land Land) bool {
	_, found := slices.BinarySearch(t.Expected(p, land), at)
	return found
}

// Before returns the period of the same type right before p.
func Before(p period.Period) period.Period { return PeriodOf(p.Type(), p.Start-1) }

// SameLastYear returns the same part of the year before.
func SameLastYear(p period.Period) period.Period { return p.Shift(-1) }

// Months returns how many months a period of a type has; 1 for what is no type
// of a template.
func Months(every period.Type) int {
	switch every {
	case period.Quarter:
		return 3
	case period.HalfYear:
		return 6
	case period.Year:
		return 12
	}
	return 1
}
