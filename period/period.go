package period

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Type is the kind of a period.
type Type string

// The types of periods, in canonical order of preference.
const (
	Unknown  Type = ""
	Year     Type = "year"
	HalfYear Type = "half-year"
	Quarter  Type = "quarter"
	Month    Type = "month"
	Week     Type = "week"
	Day      Type = "day"
	Span     Type = "span"
)

// Period is a stretch of days [Start, End). The zero Period is "no period was
// said" and prints as the empty text. Two periods with the same days are equal.
type Period struct {
	Start, End Date
	known      bool
}

// New returns the period from start up to, not including, end. It returns
// fault.Invalid unless MinDate <= start < end <= MaxDate+1.
func New(start, end Date) (Period, error) {
	if start >= end || start < MinDate || end > MaxDate+1 {
		return Period{}, fault.New(fault.Invalid, "period.New", "", "a period must end after it starts and lie in the years 1 to 9999")
	}
	return Period{start, end, true}, nil
}

// OfDay, OfMonth and OfYear return the period of that name.
func OfDay(d Date) Period { return Period{d, d + 1, true} }

// OfMonth returns the calendar month.
func OfMonth(year int, m time.Month) Period {
	return Period{NewDate(year, m, 1), NewDate(year, m+1, 1), true}
}

// OfYear returns the calendar year.
func OfYear(year int) Period { return Period{NewDate(year, 1, 1), NewDate(year+1, 1, 1), true} }

// Known reports whether a period was said at all.
func (p Period) Known() bool { return p.known }

// Last returns the last day included.
func (p Period) Last() Date { return p.End - 1 }

// Days returns the number of days.
func (p Period) Days() int { return int(p.End - p.Start) }

// Contains reports whether q lies within p. An unknown period contains nothing
// and lies in nothing.
func (p Period) Contains(q Period) bool {
	return p.known && q.known && p.Start <= q.Start && q.End <= p.End
}

// Overlaps reports whether the periods share a day.
func (p Period) Overlaps(q Period) bool {
	return p.known && q.known && p.Start < q.End && q.Start < p.End
}

// Shift returns the period of the same shape n years later: the base of a
// comparison with the same months of another year. A day 29 February moves to
// 28 February.
func (p Period) Shift(years int) Period {
	if !p.known {
		return p
	}
	return Period{addMonths(p.Start, 12*years), addMonths(p.End, 12*years), true}
}

// Type returns the kind of period that its days make.
func (p Period) Type() Type {
	if !p.known {
		return Unknown
	}
	y, m, d := p.Start.Civil()
	n, whole := wholeMonths(p.Start, p.End)
	switch {
	case d == 1 && whole && n == 12 && m == 1:
		return Year
	case d == 1 && whole && n == 6 && (m == 1 || m == 7):
		return HalfYear
	case d == 1 && whole && n == 3 && m%3 == 1:
		return Quarter
	case d == 1 && whole && n == 1:
		return Month
	case p.Days() == 7 && p.Start.Time().Weekday() == time.Monday && y > 0:
		return Week
	case p.Days() == 1:
		return Day
	}
	return Span
}

// String returns the canonical text, and "" for the unknown period.
func (p Period) String() string {
	y, m, _ := p.Start.Civil()
	switch p.Type() {
	case Unknown:
		return ""
	case Year:
		return fmt.Sprintf("%04d", y)
	case HalfYear:
		return fmt.Sprintf("%04d-S%d", y, (int(m)+5)/6)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", y, (int(m)+2)/3)
	case Month:
		return fmt.Sprintf("%04d-%02d", y, m)
	case Week:
		iy, w := p.Start.Time().ISOWeek()
		return fmt.Sprintf("%04d-W%02d", iy, w)
	case Day:
		return p.Start.String()
	}
	if n, whole := wholeMonths(p.Start, p.End); whole {
		if n%12 == 0 {
			return fmt.Sprintf("%s/P%dY", p.Start, n/12)
		}
		return fmt.Sprintf("%s/P%dM", p.Start, n)
	}
	return fmt.Sprintf("%s/P%dD", p.Start, p.Days())
}

// wholeMonths returns how many months lie between, if it is a whole number. A
// start after the 28th never counts in months, because the end would depend on
// the month.
func wholeMonths(start, end Date) (int, bool) {
	y1, m1, d1 := start.Civil()
	y2, m2, d2 := end.Civil()
	if d1 != d2 || d1 > 28 {
		return 0, false
	}
	return 12*(y2-y1) + int(m2) - int(m1), true
}

func addMonths(d Date, n int) Date {
	y, m, day := d.Civil()
	first := NewDate(y, m+time.Month(n), 1)
	_, _, last := (NewDate(y, m+time.Month(n)+1, 1) - 1).Civil()
	return first + Date(min(day, last)-1)
}

var (
	rxYear    = regexp.MustCompile(`^(\d{4})$`)
	rxHalf    = regexp.MustCompile(`^(\d{4})-[SH]([12])$`)
	rxQuarter = regexp.MustCompile(`^(\d{4})-?Q([1-4])$`)
	rxMonth   = regexp.MustCompile(`^(\d{4})-?(\d{2})$`)
	rxWeek    = regexp.MustCompile(`^(\d{4})-?W(\d{1,2})$`)
	rxLength  = regexp.MustCompile(`^P(\d{1,6})([YMWD])$`)
)

// maxText bounds the input; the longest canonical text has 19 characters.
const maxText = 40

// Parse reads a period: a canonical text, a span with a length
// (2025-01-01/P10M) or a range A/B in which B is included (2026/2028,
// 2025-01/2025-10). The empty text is the unknown period. It returns
// fault.Invalid for anything else, without echoing it.
func Parse(s string) (Period, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Period{}, nil
	}
	if len(s) > maxText {
		return Period{}, invalid()
	}
	a, b, isRange := strings.Cut(s, "/")
	if !isRange {
		return parseSimple(s)
	}
	if m := rxLength.FindStringSubmatch(b); m != nil {
		start, err := parseSimple(a)
		if err != nil {
			return Period{}, err
		}
		n, _ := strconv.Atoi(m[1])
		return addLength(start.Start, n, m[2])
	}
	from, err := parseSimple(a)
	if err != nil {
		return Period{}, err
	}
	to, err := parseSimple(b)
	if err != nil {
		return Period{}, err
	}
	if to.End <= from.Start {
		return Period{}, fault.New(fault.Invalid, "period.Parse", "", "the period ends before it starts: write the earlier part first")
	}
	return New(from.Start, to.End)
}

func addLength(start Date, n int, unit string) (Period, error) {
	switch unit {
	case "Y", "M":
		if unit == "Y" {
			n *= 12
		}
		if _, _, d := start.Civil(); d > 28 {
			return Period{}, fault.New(fault.Invalid, "period.Parse", "", "a length in months must start before the 29th: give it in days")
		}
		if n > 12*10000 {
			return Period{}, invalid()
		}
		return New(start, addMonths(start, n))
	case "W":
		n *= 7
	}
	return New(start, start+Date(n))
}

func parseSimple(s string) (Period, error) {
	num := func(t string) int { n, _ := strconv.Atoi(t); return n }
	if m := rxYear.FindStringSubmatch(s); m != nil && num(m[1]) > 0 {
		return OfYear(num(m[1])), nil
	}
	if m := rxHalf.FindStringSubmatch(s); m != nil && num(m[1]) > 0 {
		first := time.Month(6*num(m[2]) - 5)
		return New(NewDate(num(m[1]), first, 1), NewDate(num(m[1]), first+6, 1))
	}
	if m := rxQuarter.FindStringSubmatch(s); m != nil && num(m[1]) > 0 {
		first := time.Month(3*num(m[2]) - 2)
		return New(NewDate(num(m[1]), first, 1), NewDate(num(m[1]), first+3, 1))
	}
	if m := rxMonth.FindStringSubmatch(s); m != nil && num(m[1]) > 0 && num(m[2]) >= 1 && num(m[2]) <= 12 {
		return OfMonth(num(m[1]), time.Month(num(m[2]))), nil
	}
	if m := rxWeek.FindStringSubmatch(s); m != nil && num(m[1]) > 0 {
		return week(num(m[1]), num(m[2]))
	}
	if d, err := ParseDate(s); err == nil {
		return OfDay(d), nil
	}
	return Period{}, invalid()
}

// week returns the ISO 8601 week; week 1 holds 4 January.
func week(year, n int) (Period, error) {
	jan4 := NewDate(year, 1, 4)
	monday := jan4 - Date((int(jan4.Time().Weekday())+6)%7) + Date(7*(n-1))
	if y, w := monday.Time().ISOWeek(); n < 1 || y != year || w != n {
		return Period{}, fault.New(fault.Invalid, "period.Parse", "", "the year %d has no week %d", year, n)
	}
	return New(monday, monday+7)
}

func invalid() error {
	return fault.New(fault.Invalid, "period.Parse", "",
		"not a period: write 2025, 2025-S1, 2025-Q3, 2025-10, 2025-W07, 2025-10-31, 2025-01-01/P10M or 2026/2028")
}

// MarshalText writes the canonical text.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads any accepted text.
func (p *Period) UnmarshalText(b []byte) error {
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*p = v
	return nil
}
