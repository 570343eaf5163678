// Package risk keeps what may go wrong with a work: how likely it is, what it
// would cost in days and money, which office watches it, and on which day it is
// looked at again. Every look is a new version; the ones before stay readable.
//
// Probability is said in five classes, because nobody knows it better. To
// compare risks, each class stands for the middle of its range: see Chance.
package risk

import (
	"math"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// State says what became of a risk.
type State string

// The states. What happened is no longer a risk, and stays on record.
const (
	Open       State = "open"
	Mitigating State = "mitigating" // something is being done about it
	Closed     State = "closed"     // it cannot happen any more
	Happened   State = "happened"
)

// States lists the states.
func States() []State { return []State{Open, Mitigating, Closed, Happened} }

// Live reports whether it may still happen.
func (s State) Live() bool { return s == Open || s == Mitigating }

// Risk is one thing that may go wrong with a work, as it was seen last.
type Risk struct {
	ID    string   `json:"id"`
	Work  works.ID `json:"work"`
	Title string   `json:"title"`
	Text  string   `json:"text,omitempty"`
	// Probability is 1 to 5: up to 10, 30, 50, 70 and 100 per cent.
	Probability int           `json:"probability"`
	Days        *int          `json:"days,omitempty"`  // of delay, should it happen
	Money       *money.Amount `json:"money,omitempty"` // smallest units, should it happen
	Owner       string        `json:"owner"`           // office that watches it
	Due         *period.Date  `json:"due,omitempty"`   // it is looked at again; nil only when it is over
	State       State         `json:"state"`
	Plan        string        `json:"plan,omitempty"` // what is done about it
	// Note is what was seen at this look, and By the office that looked.
	Note string      `json:"note,omitempty"`
	By   string      `json:"by,omitempty"`
	On   period.Date `json:"on"`
}

// Bounds of a risk.
const (
	maxTitle = 200
	maxText  = 4000
	maxDays  = 10_000
	maxMoney = money.Amount(1_000_000_000_000_000_00) // a thousand million million units
)

// Check refuses what no risk can be, and names the field.
func (r *Risk) Check() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "risk.Risk", field, format, args...)
	}
	switch {
	case strings.TrimSpace(r.Title) == "" || len(r.Title) > 2*maxTitle:
		return bad("title", "a risk needs a title of at most %d letters", maxTitle)
	case len(r.Text) > 2*maxText || len(r.Plan) > 2*maxText || len(r.Note) > 2*maxText:
		return bad("text", "a text has at most %d letters", maxText)
	case r.Probability < 1 || r.Probability > 5:
		return bad("probability", "the probability is 1 to 5")
	case r.Days == nil && r.Money == nil:
		return bad("days", "say what it would cost: days, money, or both")
	case r.Days != nil && (*r.Days < 1 || *r.Days > maxDays):
		return bad("days", "the delay is 1 to %d days", maxDays)
	case r.Money != nil && (*r.Money < 1 || *r.Money > maxMoney):
		return bad("money", "the money is more than 0 and below a thousand million million")
	case r.Owner == "":
		return bad("owner", "a risk needs the office that watches it")
	case !slices.Contains(States(), r.State):
		return bad("state", "the state is open, mitigating, closed or happened")
	case r.State.Live() && r.Due == nil:
		return bad("due", "name the day on which it is looked at again")
	case !r.State.Live() && strings.TrimSpace(r.Note) == "":
		return bad("note", "say how it ended")
	}
	return nil
}

// Overdue returns by how many days the look that was due is late, 0 when it is
// not or the risk is over.
func (r *Risk) Overdue(day period.Date) int {
	if !r.State.Live() || r.Due == nil || day <= *r.Due {
		return 0
	}
	return int(day - *r.Due)
}

// Chance returns the middle of the class of probability, in per cent: 5, 20,
// 40, 60, 85. It is an assumption of ours, and so are the exposures.
func Chance(probability int) int {
	if probability < 1 || probability > 5 {
		return 0
	}
	return []int{5, 20, 40, 60, 85}[probability-1]
}

// ExposureDays returns the delay to be expected of the risk in days: chance
// times days; 0 when it is over or days were not said.
func (r *Risk) ExposureDays() float64 {
	if !r.State.Live() || r.Days == nil {
		return 0
	}
	return float64(Chance(r.Probability)**r.Days) / 100
}

// ExposureMoney returns the loss to be expected, rounded to the nearest of the
// smallest units.
func (r *Risk) ExposureMoney() money.Amount {
	if !r.State.Live() || r.Money == nil {
		return 0
	}
	part, rest := int64(*r.Money)/100, int64(*r.Money)%100
	return money.Amount(part*int64(Chance(r.Probability)) + int64(math.Round(float64(rest)*float64(Chance(r.Probability))/100)))
}

// Severity returns 1 to 5: the graver of delay (up to 7, 30, 90 and 180 days,
// and more) and money against what the work costs (up to 1, 5, 10 and 25 per
// cent, and more). Money of a work whose cost nobody knows says nothing here.
func (r *Risk) Severity(cost *money.Amount) int {
	out := 1
	if r.Days != nil {
		out = max(out, class(float64(*r.Days), 7, 30, 90, 180))
	}
	if r.Money != nil && cost != nil && *cost > 0 {
		out = max(out, class(100*float64(*r.Money)/float64(*cost), 1, 5, 10, 25))
	}
	return out
}

// class returns 1 for up to the first limit, 2 for up to the second, and so on.
func class(x float64, limits ...float64) int {
	for i, l := range limits {
		if x <= l {
			return i + 1
		}
	}
	return len(limits) + 1
}

// Score orders the register: probability times severity, 1 to 25; 0 when it is
// over.
func (r *Risk) Score(cost *money.Amount) int {
	if !r.State.Live() {
		return 0
	}
	return r.Probability * r.Severity(cost)
}
