package network

import (
	"cmp"
	"slices"
	"sort"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Shift is a stretch of working time of a day, in minutes since midnight; To
// is not included.
type Shift struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Calendar says when work is done: the shifts of each day of the week and those
// of single days that differ (holidays have none).
type Calendar struct {
	ID, Name   string
	Week       [7][]Shift // Sunday first, as time.Weekday counts
	Exceptions map[period.Date][]Shift
	// DayMinutes is what the schedule calls a day of work: 480 for eight hours.
	// It only turns minutes into days for reading; 0 means the longest day of
	// the week.
	DayMinutes int
}

// Elapsed is the id of the calendar in which every minute counts. It is always
// there and needs no entry.
const Elapsed = "elapsed"

// Bounds on a calendar.
const (
	maxShifts     = 24      // a day
	maxExceptions = 200_000 // days
)

// Around returns the calendar in which every minute counts.
func Around() Calendar {
	c := Calendar{ID: Elapsed, Name: Elapsed, DayMinutes: day}
	for i := range c.Week {
		c.Week[i] = []Shift{{0, day}}
	}
	return c
}

// FiveDays returns the usual calendar where a schedule has none: Monday to
// Friday, 8 to 12 and 13 to 17 o'clock.
func FiveDays(id string) Calendar {
	c := Calendar{ID: id, Name: id, DayMinutes: 480}
	for i := 1; i <= 5; i++ {
		c.Week[i] = []Shift{{8 * 60, 12 * 60}, {13 * 60, 17 * 60}}
	}
	return c
}

// Check refuses shifts that overlap or leave the day, and a week without work.
func (c *Calendar) Check() error {
	bad := func(what string) error {
		return fault.New(fault.Invalid, "network.Calendar", c.ID, "calendar %.60s: %s", c.ID, what)
	}
	if len(c.Exceptions) > maxExceptions {
		return bad("more single days than a plan can have")
	}
	work := 0
	for i := range c.Week {
		n, ok := minutes(c.Week[i])
		if !ok {
			return bad("the shifts of a day of the week overlap or leave the day: mend them")
		}
		work += n
	}
	for d, s := range c.Exceptions {
		if _, ok := minutes(s); !ok {
			return bad("the shifts of " + d.String() + " overlap or leave the day: mend them")
		}
	}
	if work == 0 {
		return bad("no day of the week has working time: no work would ever end")
	}
	return nil
}

// minutes adds up shifts that follow each other.
func minutes(s []Shift) (int, bool) {
	sum, at := 0, 0
	for _, x := range s {
		if x.From < at || x.To <= x.From || x.To > day {
			return 0, false
		}
		sum, at = sum+x.To-x.From, x.To
	}
	return sum, len(s) <= maxShifts
}

// Day returns the minutes that the calendar calls a day.
func (c *Calendar) Day() int64 {
	if c.DayMinutes > 0 {
		return int64(c.DayMinutes)
	}
	longest := 0
	for i := range c.Week {
		if n, ok := minutes(c.Week[i]); ok {
			longest = max(longest, n)
		}
	}
	if longest == 0 {
		return 480
	}
	return int64(longest)
}

// counter answers how much working time lies before a moment. Work is counted
// from MinMinute, so that the difference of two counts is the work between.
type counter struct {
	shifts  [7][]Shift
	day     [7]int64 // minutes of the days of the week
	before  [8]int64 // work of the week before its day, counted from firstWeekday
	special []special
	around  bool
}

// special is a day that differs from its day of the week. sum is what the
// special days up to and including it add to the count.
type special struct {
	date   period.Date
	shifts []Shift
	extra  int64
	sum    int64
}

const firstDay = period.Date(int64(MinMinute) / day)

func newCounter(c *Calendar) *counter {
	k := &counter{shifts: c.Week, around: c.ID == Elapsed}
	for i := range c.Week {
		n, _ := minutes(c.Week[i])
		k.day[i] = int64(n)
	}
	for i := range 7 {
		k.before[i+1] = k.before[i] + k.day[weekday(firstDay+period.Date(i))]
	}
	for d, s := range c.Exceptions {
		if d < firstDay || At(d, 0) >= MaxMinute {
			continue
		}
		n, _ := minutes(s)
		k.special = append(k.special, special{date: d, shifts: s, extra: int64(n) - k.day[weekday(d)]})
	}
	slices.SortFunc(k.special, func(a, b special) int { return cmp.Compare(a.date, b.date) })
	sum := int64(0)
	for i := range k.special {
		sum += k.special[i].extra
		k.special[i].sum = sum
	}
	return k
}

// weekday returns 0 for Sunday; 1 January 1970 was a Thursday.
func weekday(d period.Date) int { return ((int(d)+4)%7 + 7) % 7 }

// beforeDay returns the work before midnight of a day.
func (k *counter) beforeDay(d period.Date) int64 {
	n := int64(d - firstDay)
	work := n/7*k.before[7] + k.before[n%7]
	i := sort.Search(len(k.special), func(i int) bool { return k.special[i].date >= d })
	if i > 0 {
		work += k.special[i-1].sum
	}
	return work
}

func (k *counter) shiftsOf(d period.Date) []Shift {
	i := sort.Search(len(k.special), func(i int) bool { return k.special[i].date >= d })
	if i < len(k.special) && k.special[i].date == d {
		return k.special[i].shifts
	}
	return k.shifts[weekday(d)]
}

// worked returns the working minutes before a moment.
func (k *counter) worked(m Minute) int64 {
	m = min(max(m, MinMinute), MaxMinute)
	if k.around {
		return int64(m - MinMinute)
	}
	d, of := m.Day(), m.Of()
	work := k.beforeDay(d)
	for _, s := range k.shiftsOf(d) {
		if of > s.From {
			work += int64(min(of, s.To) - s.From)
		}
	}
	return work
}

// first returns the earliest moment before which so much was worked: when work
// ends.
func (k *counter) first(work int64) Minute {
	if work <= 0 {
		return MinMinute
	}
	if k.around {
		return min(MinMinute+Minute(work), MaxMinute)
	}
	days := int(int64(MaxMinute)/day) - int(firstDay)
	n := sort.Search(days, func(i int) bool { return k.beforeDay(firstDay+period.Date(i)+1) >= work })
	if n == days {
		return MaxMinute
	}
	d := firstDay + period.Date(n)
	left := work - k.beforeDay(d)
	for _, s := range k.shiftsOf(d) {
		if have := int64(s.To - s.From); left > have {
			left -= have
			continue
		}
		return At(d, s.From+int(left))
	}
	return At(d+1, 0)
}

// last returns the latest moment before which no more than so much was worked:
// when the next work begins.
func (k *counter) last(work int64) Minute {
	if k.around {
		return min(max(MinMinute+Minute(work), MinMinute), MaxMinute)
	}
	if work < 0 {
		return MinMinute
	}
	next := k.first(work + 1)
	if next == MaxMinute {
		return MaxMinute
	}
	return next - 1
}

// next returns the moment at or after m when work begins.
func (k *counter) next(m Minute) Minute { return k.last(k.worked(m)) }

// finish returns when work ends that may begin at m.
func (k *counter) finish(m Minute, work int64) Minute {
	if work <= 0 {
		return m
	}
	return k.first(k.worked(m) + work)
}

// start returns when work must begin that has to end by m.
func (k *counter) start(m Minute, work int64) Minute {
	if work <= 0 {
		return m
	}
	return k.last(k.worked(m) - work)
}

// later returns the earliest moment that lies a lag after m; a negative lag lies
// before.
func (k *counter) later(m Minute, lag int64) Minute {
	if lag == 0 {
		return m
	}
	return k.first(k.worked(m) + lag)
}

// earlier returns the latest moment from which later leads no further than m.
func (k *counter) earlier(m Minute, lag int64) Minute {
	if lag == 0 {
		return m
	}
	return k.last(k.worked(m) - lag)
}
