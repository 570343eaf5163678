package forecast

import (
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Stage is a part of a project as it stands in the last report.
type Stage struct {
	Name string
	Days float64 // planned length of the whole stage
	Done float64 // share done, 0 to 1

	// Spread says how long it may take against the plan; nil is Fixed. What
	// is left takes Days · (1 - Done) · the multiple drawn.
	Spread *Spread

	// After are the stages that must end before this one ends and, but for
	// Overlap, before it begins: places in the list, all before its own. Nil
	// is the stage before; an empty list is none.
	After []int

	// Overlap is the share of the time that a stage before still takes, from
	// its beginning to its end, during which this one already runs, 0 to 1.
	Overlap float64
}

// left returns the days that are left, as planned.
func (s *Stage) left() float64 { return s.Days * (1 - s.Done) }

// Path is a project to simulate: what is left, from the end of the day of the
// last report on.
type Path struct {
	ID     string
	From   period.Date
	Stages []Stage

	// Together makes all stages share one draw: their spreads are those of
	// whole projects, in which what one stage lost another may have won, and
	// the whole shall scatter as they did. Without it each stage has a draw of
	// its own, correlated with the others by the deck.
	Together bool

	// Deadline is the last day that keeps the promise, if one was made.
	Deadline *period.Date

	// OpenOn is a day after From on which it was known not to have ended.
	// Outcomes that had ended by then are left out.
	OpenOn *period.Date

	// Today is only compared: when an outcome in ten has passed by it, the
	// report is too old and a note says so. Nil compares nothing.
	Today *period.Date
}

// mostDays bounds the planned length of a stage.
const mostDays = 100_000

// Check refuses a path that cannot be simulated, naming the stage.
func (p *Path) Check() error {
	bad := func(field, sentence string) error {
		return fault.New(fault.Invalid, "forecast.Path", field, "%s", sentence)
	}
	if len(p.Stages) > mostStages {
		return fault.New(fault.TooLarge, "forecast.Path", p.ID, "a project has at most %d stages", mostStages)
	}
	for i := range p.Stages {
		s := &p.Stages[i]
		if !(s.Days >= 0 && s.Days <= mostDays) {
			return bad(s.Name, "the planned length of a stage is 0 to 100,000 days")
		}
		if !(s.Done >= 0 && s.Done <= 1) {
			return bad(s.Name, "the share done of a stage is 0 to 1")
		}
		if !(s.Overlap >= 0 && s.Overlap <= 1) {
			return bad(s.Name, "the overlap with the stage before is 0 to 1")
		}
		for _, k := range s.After {
			if k < 0 || k >= i {
				return bad(s.Name, "a stage comes after stages that stand before it in the list")
			}
		}
		if s.Spread != nil {
			if err := s.Spread.Check(); err != nil {
				return fault.Wrap(err, "forecast.Path", s.Name)
			}
		}
	}
	return nil
}

// slot is the place of the draw of the i-th stage.
func (p *Path) slot(i int) int {
	if p.Together {
		return 0
	}
	return i
}

// inOrder reports whether every stage follows the one before.
func (p *Path) inOrder() bool {
	for i := range p.Stages {
		if a := p.Stages[i].After; a != nil && !(len(a) == 1 && a[0] == i-1) && !(i == 0 && len(a) == 0) {
			return false
		}
	}
	return true
}

// after returns the stages before the i-th.
func (p *Path) after(i int) []int {
	if a := p.Stages[i].After; a != nil || i == 0 {
		return a
	}
	return []int{i - 1}
}
