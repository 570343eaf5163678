package ask

import (
	"strconv"

	"github.com/shanyraq/shanyraq/period"
)

const (
	daysBefore = 3 // before the day named for the answer
	daysAgain  = 7 // between reminders after it
)

// Step names one reminder of an ask: before, due, late1, late2 ...
type Step string

// The first steps; Late gives those that follow.
const (
	Before Step = "before"
	OnDue  Step = "due"
)

// Late is the n-th weekly reminder after the day, from 1.
func Late(n int) Step { return Step("late" + strconv.Itoa(n)) }

// StepOn returns the reminder whose turn it is for an ask that waits for an
// answer: three days before the day named for it, on the day, then every week.
// A step keeps its turn until the next one begins, so that a server that was
// off for a day misses none, and one that was off for a month sends one
// reminder and not four. An ask that leaves less than three days is not
// reminded of before its day.
func (s Standing) StepOn(day period.Date) (Step, bool) {
	switch left := int(s.Due - day); {
	case !s.Waits() || day < s.On:
		return "", false
	case left > daysBefore:
		return "", false
	case left > 0:
		return Before, s.Due-s.On > daysBefore
	case -left < daysAgain:
		return OnDue, true
	default:
		return Late(-left / daysAgain), true
	}
}

// Reminder is one to be sent.
type Reminder struct {
	Standing
	Step Step
}

// Reminders lists what is to be sent on a day, given what was sent before. Who
// sends must note the step in the same transaction; then none is sent twice.
func Reminders(list []Standing, day period.Date, sent func(id string, step Step) bool) []Reminder {
	var out []Reminder
	for _, s := range list {
		if step, ok := s.StepOn(day); ok && !sent(s.ID, step) {
			out = append(out, Reminder{s, step})
		}
	}
	return out
}
