package reporting

import "github.com/shanyraq/shanyraq/period"

const (
	daysAhead    = 3  // before the due day, the first reminder
	daysAgain    = 7  // between reminders of what is late
	weeksOfReply = 12 // after that nobody is reminded any more: somebody has to call
)

// RemindOn reports whether who owes a report is reminded on a day: three days
// before the due day, on it, and then once a week for twelve weeks.
func RemindOn(due, today period.Date) bool {
	late := int(today - due)
	return late == -daysAhead || (late >= 0 && late%daysAgain == 0 && late <= weeksOfReply*daysAgain)
}
