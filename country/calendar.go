package country

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// DaysOff are the days on which offices do not work.
type DaysOff struct {
	// Week are the days of every week, in English: saturday, sunday. None means
	// these two.
	Week []string `json:"week,omitempty"`
	// Holidays are days of every year (03-08) or of one (2027-05-16). Days to
	// which a government moves a holiday are listed singly, when it has said so.
	Holidays []string `json:"holidays,omitempty"`
	Source   string   `json:"source,omitempty"`
}

var (
	weekdays  = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	rxHoliday = regexp.MustCompile(`^(\d{4}-)?\d{2}-\d{2}$`)
)

func (d DaysOff) check() error {
	for _, w := range d.Week {
		if !slices.Contains(weekdays, w) {
			return fault.New(fault.Invalid, "country.Check", "days_off", "a day of the week is one of %s", strings.Join(weekdays, ", "))
		}
	}
	for _, h := range d.Holidays {
		full := h
		if len(h) == len("01-02") {
			full = "2028-" + h // a leap year
		}
		if _, err := period.ParseDate(full); err != nil || !rxHoliday.MatchString(h) {
			return fault.New(fault.Invalid, "country.Check", "days_off", "a holiday is a day of every year, such as 03-08, or of one year, such as 2027-05-16")
		}
	}
	return nil
}

// DayOff reports whether offices do not work on a day.
func (c Country) DayOff(day period.Date) bool {
	week := c.DaysOff.Week
	if len(week) == 0 {
		week = []string{"saturday", "sunday"}
	}
	t := day.Time()
	return slices.Contains(week, weekdays[t.Weekday()]) || slices.Contains(c.DaysOff.Holidays, t.Format(time.DateOnly)) || slices.Contains(c.DaysOff.Holidays, t.Format("01-02"))
}

// defaultAnswerDays is how long an office has for an answer where the country
// does not say.
const defaultAnswerDays = 10

// AnswerDays returns after how many working days an office is asked to answer.
func (c Country) AnswerDays() int {
	for _, p := range c.Parameters {
		if p.Code == "answer_working_days" {
			return p.whole(defaultAnswerDays)
		}
	}
	return defaultAnswerDays
}
