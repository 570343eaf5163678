package network

import (
	"strconv"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Minute is a moment of the local clock: whole minutes since midnight of
// 1 January 1970. Schedules know no time zone, and neither does this.
type Minute int64

// day is the minutes of a day.
const day = 1440

// MinMinute and MaxMinute bound the moments that are accepted: the years 1900
// to 2199. What lies outside is a mistake of the file.
const (
	MinMinute Minute = -25567 * day
	MaxMinute Minute = 84006 * day
)

// At returns the moment so many minutes after midnight of a day.
func At(d period.Date, minutes int) Minute { return Minute(d)*day + Minute(minutes) }

// Day returns the day in which the moment lies.
func (m Minute) Day() period.Date { return period.Date(floor(int64(m))) }

// LastDay returns the day on which work ends that ends at this moment:
// midnight belongs to the day before.
func (m Minute) LastDay() period.Date { return (m - 1).Day() }

// Of returns the minutes since midnight.
func (m Minute) Of() int { return int(int64(m) - floor(int64(m))*day) }

func floor(m int64) int64 {
	if m < 0 {
		return -((-m + day - 1) / day)
	}
	return m / day
}

// String writes YYYY-MM-DD HH:MM.
func (m Minute) String() string {
	of := m.Of()
	return m.Day().String() + " " + two(of/60) + ":" + two(of%60)
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// MarshalText writes YYYY-MM-DD HH:MM.
func (m Minute) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what ParseMinute reads.
func (m *Minute) UnmarshalText(b []byte) error {
	v, err := ParseMinute(string(b))
	if err == nil {
		*m = v
	}
	return err
}

// ParseMinute reads YYYY-MM-DD, alone (midnight) or with HH:MM or HH:MM:SS
// after a blank or a T; seconds are cut off, because no plan counts them. It
// returns fault.Invalid for anything else and for a year outside 1900 to 2199.
func ParseMinute(s string) (Minute, error) {
	bad := fault.New(fault.Invalid, "network.ParseMinute", "", "not a moment: write YYYY-MM-DD HH:MM, in the years 1900 to 2199")
	if len(s) < 10 {
		return 0, bad
	}
	d, err := period.ParseDate(s[:10])
	if err != nil {
		return 0, bad
	}
	m := At(d, 0)
	if rest := s[10:]; rest != "" {
		of, ok := clock(rest)
		if !ok {
			return 0, bad
		}
		m += Minute(of)
	}
	if m < MinMinute || m >= MaxMinute {
		return 0, bad
	}
	return m, nil
}

// clock reads what follows the day: a blank or T, HH:MM and perhaps :SS.
func clock(s string) (int, bool) {
	if len(s) != 6 && len(s) != 9 || s[0] != ' ' && s[0] != 'T' {
		return 0, false
	}
	if len(s) == 9 && (s[6] != ':' || !digit(s[7]) || !digit(s[8])) {
		return 0, false
	}
	return ParseClock(s[1:6])
}

// ParseClock reads HH:MM as minutes since midnight; 24:00 is the end of a day.
func ParseClock(s string) (int, bool) {
	if len(s) == 4 && s[1] == ':' {
		s = "0" + s
	}
	if len(s) != 5 || s[2] != ':' || !digit(s[0]) || !digit(s[1]) || !digit(s[3]) || !digit(s[4]) {
		return 0, false
	}
	of := 60*(10*int(s[0]-'0')+int(s[1]-'0')) + 10*int(s[3]-'0') + int(s[4]-'0')
	return of, s[3] < '6' && of <= day
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
