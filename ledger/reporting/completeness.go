package reporting

import (
	"slices"

	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// State says where a report is.
type State string

// The states of a report. A report that is on time or late has been received.
const (
	NotDue  State = "not_due" // not received, and the due day has not passed
	OnTime  State = "on_time"
	Late    State = "late" // received after the due day
	Silence State = "missing"
)

// Receipt is a report that was submitted. On is the day of the first time it
// was: sent back and sent again, it stays in time. Published tells that it
// passed all approvals.
type Receipt struct {
	Key
	On        period.Date
	Published bool
}

// Cell is one expected report.
type Cell struct {
	Key
	Due       period.Date
	State     State
	Received  *period.Date
	Published bool
	// DaysLate counts the days after the due day until it came, or until today.
	DaysLate int
}

// Count sums up cells. Expected counts those whose due day has passed and those
// that came before it, so that a share is about what could be expected.
type Count struct {
	Expected, OnTime, Late, Missing, NotDue, Published int
}

// Received returns how many came.
func (c Count) Received() int { return c.OnTime + c.Late }

// Share returns received / expected between 0 and 1; ok is false when nothing
// was expected.
func (c Count) Share() (share float64, ok bool) {
	if c.Expected == 0 {
		return 0, false
	}
	return float64(c.Received()) / float64(c.Expected), true
}

// Add counts a cell.
func (c *Count) Add(x Cell) {
	if x.State != NotDue {
		c.Expected++
	}
	switch x.State {
	case OnTime:
		c.OnTime++
	case Late:
		c.Late++
	case Silence:
		c.Missing++
	case NotDue:
		c.NotDue++
	}
	if x.Published {
		c.Published++
	}
}

// Matrix is what is known about the reports of a template.
type Matrix struct {
	Periods []period.Period
	Places  []place.ID
	Cells   []Cell // by place and period, only what is expected
}

// Completeness holds what was received against what is expected, as of a day.
// A receipt after that day does not count.
func (t Template) Completeness(periods []period.Period, land Land, keep func(place.ID) bool, received []Receipt, today period.Date) Matrix {
	first := map[Key]Receipt{}
	for _, r := range received {
		old, seen := first[r.Key]
		if r.Template != t.Code || r.On > today {
			continue
		}
		r.Published = r.Published || old.Published
		if seen {
			r.On = min(r.On, old.On)
		}
		first[r.Key] = r
	}
	m := Matrix{Periods: periods}
	for _, p := range periods {
		for _, at := range t.Expected(p, land) {
			if !keep(at) {
				continue
			}
			k := Key{t.Code, at, p}
			r, came := first[k]
			m.Cells = append(m.Cells, cellOf(k, t.Due(p), r, came, today))
			m.Places = append(m.Places, at)
		}
	}
	slices.Sort(m.Places)
	m.Places = slices.Compact(m.Places)
	slices.SortStableFunc(m.Cells, func(a, b Cell) int {
		if a.Place != b.Place {
			if a.Place < b.Place {
				return -1
			}
			return 1
		}
		return int(a.Period.Start) - int(b.Period.Start)
	})
	return m
}

func cellOf(k Key, due period.Date, r Receipt, came bool, today period.Date) Cell {
	c := Cell{Key: k, Due: due, State: NotDue}
	end := today
	if came {
		on := r.On
		c.Received, c.State, c.Published, end = &on, OnTime, r.Published, on
	}
	if end > due {
		c.DaysLate = int(end - due)
		c.State = Late
		if !came {
			c.State = Silence
		}
	}
	return c
}

// Count sums up the cells for which keep is true.
func (m Matrix) Count(keep func(Cell) bool) Count {
	var c Count
	for _, x := range m.Cells {
		if keep(x) {
			c.Add(x)
		}
	}
	return c
}

// Silent lists what is missing, the longest overdue first.
func (m Matrix) Silent() []Cell {
	out := []Cell{}
	for _, x := range m.Cells {
		if x.State == Silence {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b Cell) int { return b.DaysLate - a.DaysLate })
	return out
}
