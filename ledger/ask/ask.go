// Package ask tells how a question to an office stands: for how long nobody has
// said a word, whether the day named for the answer has passed, and whom to
// remind.
//
// That an office was asked is part of the public record, and so is that it did
// not answer. Nothing here judges the answer; what it changes is decided where
// promises are judged.
package ask

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// State is how an ask stands on a day.
type State string

// The states.
const (
	Open     State = "open"     // the day for the answer has not passed
	Overdue  State = "overdue"  // it has, and nobody said a word
	Answered State = "answered" // the office said something, whatever it was
	Closed   State = "closed"   // the asker's side took it back
)

// States lists them.
func States() []State { return []State{Open, Overdue, Answered, Closed} }

// Standing is an ask as it stands on a day.
type Standing struct {
	ledger.Ask
	State State
	// Answers are those published by the day, the first one first.
	Answers []ledger.Answer
	// Waited counts the days without a word: from the asking to the first
	// answer, to the day on which it was taken back, or to the day of the view.
	Waited int
	// Left counts the days to the day named for the answer; negative when it has
	// passed.
	Left int
}

// Waits reports whether an answer is still wanted.
func (s Standing) Waits() bool { return s.State == Open || s.State == Overdue }

// At returns the asks made by the day as they stand on it, the newest first;
// those of one day by id.
func At(asks []ledger.Ask, answers []ledger.Answer, day period.Date) []Standing {
	by := map[string][]ledger.Answer{}
	for _, x := range answers {
		if x.Ask != "" && (x.On == nil || *x.On <= day) {
			by[x.Ask] = append(by[x.Ask], x)
		}
	}
	var out []Standing
	for _, a := range asks {
		if a.On <= day {
			out = append(out, stand(a, by[a.ID], day))
		}
	}
	slices.SortStableFunc(out, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func stand(a ledger.Ask, answers []ledger.Answer, day period.Date) Standing {
	s := Standing{Ask: a, State: Open, Answers: slices.Clone(answers), Left: int(a.Due - day)}
	slices.SortStableFunc(s.Answers, func(x, y ledger.Answer) int { return cmp.Compare(said(x), said(y)) })
	until := day
	switch {
	case len(s.Answers) > 0:
		s.State = Answered
		if first := s.Answers[0].On; first != nil {
			until = *first
		}
	case a.ClosedBy(day):
		s.State, until = Closed, *a.ClosedOn
	case day > a.Due:
		s.State = Overdue
	}
	s.Waited = max(0, int(until-a.On))
	return s
}

// said orders answers by day, those without one first.
func said(a ledger.Answer) period.Date {
	if a.On == nil {
		return period.MinDate
	}
	return *a.On
}

// Waiting returns the ask to the office about the same thing that still waits
// for an answer, if there is one: nobody is asked the same twice at once.
func Waiting(list []Standing, about, office string) (Standing, bool) {
	for _, s := range list {
		if s.About == about && s.Office == office && s.Waits() {
			return s, true
		}
	}
	return Standing{}, false
}

// WorkingDays returns the n-th working day after a day. off tells which days
// are none: weekends and holidays are a matter of the country. A calendar that
// has no working day within ten years is given up on.
func WorkingDays(from period.Date, n int, off func(period.Date) bool) period.Date {
	const giveUp = 3660
	d := from
	for left, steps := n, 0; left > 0 && steps < giveUp; steps++ {
		d++
		if !off(d) {
			left--
		}
	}
	return d
}
