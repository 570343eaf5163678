package works

import (
	"slices"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// Step is one link of the chain from a finished building to a patient.
type Step string

// The steps, in their order.
const (
	Built        Step = "built"
	StepAccepted Step = "accepted"
	Licensed     Step = "licensed"
	Equipped     Step = "equipped"
	Staffed      Step = "staffed"
	FirstPatient Step = "first_patient"
)

// Steps lists the steps of opening, in their order.
func Steps() []Step {
	return []Step{Built, StepAccepted, Licensed, Equipped, Staffed, FirstPatient}
}

var stepNames = map[Step]lang.Text{
	Built:        {lang.KK: "Салынды", lang.RU: "Построено", lang.EN: "Built"},
	StepAccepted: {lang.KK: "Қабылданды", lang.RU: "Принято", lang.EN: "Accepted"},
	Licensed:     {lang.KK: "Лицензия алынды", lang.RU: "Лицензия получена", lang.EN: "Licensed"},
	Equipped:     {lang.KK: "Жабдықталды", lang.RU: "Оснащено", lang.EN: "Equipped"},
	Staffed:      {lang.KK: "Мамандармен қамтылды", lang.RU: "Укомплектовано кадрами", lang.EN: "Staffed"},
	FirstPatient: {lang.KK: "Алғашқы пациент қабылданды", lang.RU: "Принят первый пациент", lang.EN: "First patient"},
}

// StepName returns the name of a step.
func StepName(s Step) lang.Text { return stepNames[s] }

// Link is a step of the chain as of a day.
type Link struct {
	Step Step
	Done bool         // false: nobody said that it is done
	On   *period.Date // the day on which it was done
	Line string       // id of the line that says so
}

// Chain is the way from building to opening as of a day.
type Chain []Link

// chainOf reads the steps from the lines, oldest first. What was said last
// about a step counts.
func chainOf(lines []*Line) Chain {
	out := make(Chain, 0, 6)
	for _, s := range Steps() {
		out = append(out, Link{Step: s})
	}
	for _, l := range lines {
		if i := slices.Index(Steps(), l.Step); i >= 0 {
			on := l.On
			out[i] = Link{Step: l.Step, Done: true, On: &on, Line: l.ID}
		}
	}
	return out
}

// Open reports whether every step is done: only then are there patients in
// what was planned. The day is that of the last step.
func (c Chain) Open() (on period.Date, open bool) {
	for _, l := range c {
		if !l.Done {
			return 0, false
		}
		on = max(on, *l.On)
	}
	return on, len(c) > 0
}

// Done returns how many steps are said to be done.
func (c Chain) Done() int {
	n := 0
	for _, l := range c {
		if l.Done {
			n++
		}
	}
	return n
}

// Next returns the first step of which nobody says that it is done, "" when
// there is none.
func (c Chain) Next() Step {
	for _, l := range c {
		if !l.Done {
			return l.Step
		}
	}
	return ""
}

// Reached reports whether a step is done.
func (c Chain) Reached(s Step) bool {
	return slices.ContainsFunc(c, func(l Link) bool { return l.Step == s && l.Done })
}
