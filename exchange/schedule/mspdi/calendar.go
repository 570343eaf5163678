package mspdi

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works/network"
)

// rawCalendar is a calendar before what it inherits is filled in.
type rawCalendar struct {
	network.Calendar
	base string
	said [7]bool
}

// Bounds on single days: of one exception, fifty years, and of all calendars.
const (
	maxRange = 50 * 366
	maxDays  = 1_000_000
)

// calendar reads a calendar on which tasks may rest. Those of single resources
// are passed over: they bear the names of people.
func (x *reader) calendar(n *node) error {
	if n.kid("IsBaseCalendar") != nil && !yes(n, "IsBaseCalendar") {
		return nil
	}
	if len(x.calendars) >= schedule.MaxCalendars {
		return x.beyond("more than %d calendars: split the schedule", schedule.MaxCalendars)
	}
	c := rawCalendar{Calendar: network.Calendar{ID: n.get("UID"), Name: x.text(n.get("Name"), "Calendars/Calendar/Name"), Exceptions: map[period.Date][]network.Shift{}}}
	if c.base = n.get("BaseCalendarUID"); c.base == "-1" || c.base == c.ID {
		c.base = ""
	}
	n.kid("WeekDays").each("WeekDay", func(d *node) {
		day, _ := strconv.Atoi(d.get("DayType"))
		shifts, ok := x.shifts(d)
		switch {
		case !ok:
			x.s.Note("calendar_part", "Calendars/Calendar/WeekDays", c.Name, "")
		case day >= 1 && day <= 7:
			c.Week[day-1], c.said[day-1] = shifts, true
		case day == 0:
			x.exception(&c, d, shifts)
		}
	})
	n.kid("Exceptions").each("Exception", func(e *node) {
		shifts, ok := x.shifts(e)
		if !ok || !x.repeats(&c, e, shifts) {
			x.s.Note("calendar_part", "Calendars/Calendar/Exceptions", c.Name, "")
		}
	})
	if w := n.kid("WorkWeeks"); w != nil && len(w.kids) > 0 {
		x.s.Note("calendar_part", "Calendars/Calendar/WorkWeeks", c.Name, "")
	}
	x.calendars = append(x.calendars, c)
	return nil
}

// shifts reads the working times of a day; none when it is free.
func (x *reader) shifts(d *node) ([]network.Shift, bool) {
	if !yes(d, "DayWorking") {
		return nil, true
	}
	var out []network.Shift
	ok := true
	d.kid("WorkingTimes").each("WorkingTime", func(w *node) {
		from, okFrom := clock(w.get("FromTime"))
		to, okTo := clock(w.get("ToTime"))
		if to == 0 {
			to = 1440 // midnight at the end of the day
		}
		ok = ok && okFrom && okTo && from < to
		out = append(out, network.Shift{From: from, To: to})
	})
	slices.SortFunc(out, func(a, b network.Shift) int { return cmp.Compare(a.From, b.From) })
	for i := 1; i < len(out); i++ {
		ok = ok && out[i-1].To <= out[i].From
	}
	return out, ok && len(out) <= 24
}

func clock(s string) (int, bool) {
	if len(s) > 5 {
		s = s[:5]
	}
	return network.ParseClock(s)
}

// exception puts the shifts on every day of a time.
func (x *reader) exception(c *rawCalendar, n *node, shifts []network.Shift) bool {
	t := n.kid("TimePeriod")
	if t == nil {
		return false
	}
	from, to := x.date(t, "FromDate", "Calendars/Calendar"), x.date(t, "ToDate", "Calendars/Calendar")
	if from == nil || to == nil || to.Day() < from.Day() || to.Day()-from.Day() > maxRange || x.days > maxDays {
		return false
	}
	x.days += int(to.Day()-from.Day()) + 1
	for d := from.Day(); d <= to.Day(); d++ {
		c.Exceptions[d] = shifts
	}
	return true
}

// repeats reads an exception that may come again: every day of a time, or on the
// same day of every year. Other ways are not understood.
func (x *reader) repeats(c *rawCalendar, n *node, shifts []network.Shift) bool {
	kind := n.get("Type")
	if kind == "" || kind == "1" && (n.get("Period") == "" || n.get("Period") == "1" || n.get("Period") == "0") {
		return x.exception(c, n, shifts)
	}
	t := n.kid("TimePeriod")
	if kind != "2" || t == nil {
		return n.get("Occurrences") == "1" && x.exception(c, n, shifts)
	}
	from, to := x.date(t, "FromDate", "Calendars/Calendar"), x.date(t, "ToDate", "Calendars/Calendar")
	if from == nil || to == nil || to.Day()-from.Day() > 100*366 || x.days > maxDays {
		return false
	}
	_, month, day := from.Day().Civil()
	for year, last := yearOf(from.Day()), yearOf(to.Day()); year <= last; year++ {
		if d := period.NewDate(year, month, day); d >= from.Day() && d <= to.Day() {
			c.Exceptions[d] = shifts
			x.days++
		}
	}
	return true
}

func yearOf(d period.Date) int { y, _, _ := d.Civil(); return y }

// resolve fills in what calendars inherit and refuses those without work.
func (x *reader) resolve() {
	at := map[string]int{}
	for i := range x.calendars {
		at[x.calendars[i].ID] = i
	}
	for i := range x.calendars {
		c := &x.calendars[i]
		for up, steps := c.base, 0; up != "" && steps < maxDepth; steps++ {
			j, ok := at[up]
			if !ok {
				break
			}
			b := &x.calendars[j]
			for d := range c.Week {
				if !c.said[d] && b.said[d] {
					c.Week[d], c.said[d] = b.Week[d], true
				}
			}
			if x.days += len(b.Exceptions); x.days > maxDays {
				x.s.Note("calendar_part", "Calendars/Calendar/Exceptions", c.Name, "")
				break
			}
			for d, s := range b.Exceptions {
				if _, own := c.Exceptions[d]; !own {
					c.Exceptions[d] = s
				}
			}
			up = b.base
		}
		x.keep(c)
	}
}

func (x *reader) keep(c *rawCalendar) {
	none := true
	for _, said := range c.said {
		none = none && !said
	}
	if none && c.base == "" {
		c.Week = network.FiveDays("").Week
		x.s.Note("calendar", "Calendars/Calendar", c.Name, "WeekDays")
	}
	if x.dayMinutes > 0 {
		c.DayMinutes = int(x.dayMinutes)
	}
	if err := c.Check(); err != nil || x.hours[c.ID] {
		x.s.Note("calendar", "Calendars/Calendar", c.Name, "UID "+c.ID)
		c.Week, c.Exceptions = network.FiveDays("").Week, nil
	}
	if !x.hours[c.ID] {
		x.hours[c.ID] = true
		x.s.Calendars = append(x.s.Calendars, c.Calendar)
	}
}
