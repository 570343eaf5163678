package figures

import (
	"regexp"
	"strconv"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

var (
	rxDay       = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	rxBiMonth   = regexp.MustCompile(`^(\d{4})(\d{2})B$`)
	rxBiWeek    = regexp.MustCompile(`^(\d{4})BiW(\d{1,2})$`)
	rxHalf      = regexp.MustCompile(`^(\d{4})-?S([12])$`)
	rxAprilHalf = regexp.MustCompile(`^(\d{4})AprilS([12])$`)
	rxFinancial = regexp.MustCompile(`^(\d{4})(April|July|Oct|Nov)$`)
)

// financialStart is the month with which a financial year of DHIS2 begins. The
// years that begin in October and November are named after the year in which
// they begin, like the others.
var financialStart = map[string]time.Month{"April": time.April, "July": time.July, "Oct": time.October, "Nov": time.November}

// ParseDHIS2 reads a period as DHIS2 writes it: 2025, 2025S1, 2025AprilS1,
// 2025Q3, 202510, 202505B (two months), 2025W7, 2025BiW4, 20251031, 2025April
// (a financial year). Weeks that begin on another day than Monday are refused.
func ParseDHIS2(s string) (period.Period, error) {
	n := func(t string) int { v, _ := strconv.Atoi(t); return v }
	months := func(year int, first time.Month, count int) (period.Period, error) {
		return period.New(period.NewDate(year, first, 1), period.NewDate(year, first+time.Month(count), 1))
	}
	if m := rxDay.FindStringSubmatch(s); m != nil {
		return period.Parse(m[1] + "-" + m[2] + "-" + m[3])
	}
	if m := rxBiMonth.FindStringSubmatch(s); m != nil && n(m[2]) >= 1 && n(m[2]) <= 6 {
		return months(n(m[1]), time.Month(2*n(m[2])-1), 2)
	}
	if m := rxBiWeek.FindStringSubmatch(s); m != nil && n(m[2]) >= 1 && n(m[2]) <= 27 {
		first, err := period.Parse(m[1] + "-W" + strconv.Itoa(2*n(m[2])-1))
		if err != nil {
			return period.Period{}, err
		}
		return period.New(first.Start, first.Start+14)
	}
	if m := rxHalf.FindStringSubmatch(s); m != nil {
		return period.Parse(m[1] + "-S" + m[2])
	}
	if m := rxAprilHalf.FindStringSubmatch(s); m != nil {
		return months(n(m[1]), time.Month(6*n(m[2])-2), 6)
	}
	if m := rxFinancial.FindStringSubmatch(s); m != nil {
		return months(n(m[1]), financialStart[m[2]], 12)
	}
	p, err := period.Parse(s)
	if err != nil || !p.Known() {
		return period.Period{}, fault.New(fault.Invalid, "figures.ParseDHIS2", "", "not a period of DHIS2: write 2025, 2025S1, 2025Q3, 202510, 2025W7 or 20251031")
	}
	return p, nil
}
