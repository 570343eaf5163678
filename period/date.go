// Package period holds civil dates and the periods to which figures belong.
//
// A date is a day of the calendar without a clock. A period has a start, an
// exclusive end and a canonical text: a year (2025), half-year (2025-S1),
// quarter (2025-Q3), month (2025-10), ISO week (2025-W07), day (2025-10-31) or
// a span (2025-01-01/P10M). What a clock shows matters only where a deadline
// passes: a deadline is the last day included and ends at local midnight.
package period

import (
	"fmt"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Date is a day, counted from 1 January 1970 as day 0.
type Date int32

// MinDate and MaxDate bound what is accepted: years 1 to 9999.
const (
	MinDate Date = -719162
	MaxDate Date = 2932896
)

const secondsPerDay = 24 * 60 * 60

// NewDate returns the day; day and month overflow as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// ParseDate reads YYYY-MM-DD. It refuses days that the calendar does not have.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil || t.Year() < 1 {
		return 0, fault.New(fault.Invalid, "period.ParseDate", "", "not a date: write YYYY-MM-DD, as in 2026-02-28")
	}
	return Date(floorDiv(t.Unix(), secondsPerDay)), nil
}

// DateOf returns the day on which the instant falls at the given offset of
// local time from UTC (300 minutes for Asia/Almaty).
func DateOf(t time.Time, offsetMinutes int) Date {
	return Date(floorDiv(t.Unix()+int64(offsetMinutes)*60, secondsPerDay))
}

// EndsAt returns the instant at which the day ends in local time.
func (d Date) EndsAt(offsetMinutes int) time.Time {
	return time.Unix(int64(d+1)*secondsPerDay-int64(offsetMinutes)*60, 0).UTC()
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// AddMonths returns the same day n months later, or the last day of that month
// when it is shorter: 31 January and one month is 28 or 29 February.
func (d Date) AddMonths(n int) Date { return addMonths(d, n) }

// Civil returns year, month and day.
func (d Date) Civil() (int, time.Month, int) { return d.Time().Date() }

func (d Date) String() string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
