package ledger

import (
	"regexp"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// Role is what a statement does for the programme.
type Role string

// The roles of statements.
const (
	Promise  Role = "promise"  // somebody committed to it
	Delivery Role = "delivery" // somebody said that it happened
	Context  Role = "context"  // needed to understand the rest
	Claim    Role = "claim"    // a change that somebody printed
	Outside  Role = "evidence" // another published figure that bears on a promise
)

// StatementKind is the sort of commitment or claim.
type StatementKind string

// The kinds of statements.
const (
	Count     StatementKind = "count"
	Object    StatementKind = "object"
	Milestone StatementKind = "milestone"
	Order     StatementKind = "order" // a commitment without a figure
	MoneyKind StatementKind = "money"
	Change    StatementKind = "change"
)

// Statement gives a figure its part in the programme: a promise, a delivery, a
// claim. Its number, place and period are those of the figure.
type Statement struct {
	ID     string        `json:"id"`
	Role   Role          `json:"role"`
	Kind   StatementKind `json:"kind"`
	Figure FigureID      `json:"-"`
	PartOf string        `json:"part_of,omitempty"` // the promise whose total contains it

	SaidBy       string `json:"said_by,omitempty"`        // office
	AnswersForIt string `json:"answers_for_it,omitempty"` // office
	// Deadline is the last day included, as first said; nil when no date was
	// given.
	Deadline       *period.Date `json:"deadline,omitempty"`
	PeriodInferred bool         `json:"period_inferred,omitempty"`
	Title          lang.Text    `json:"title"`
	Note           lang.Text    `json:"note,omitempty"`

	Recorded time.Time `json:"-"`
	Run      RunID     `json:"-"`
}

var rxStatement = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$`)

// Check refuses a statement that cannot be.
func (s Statement) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "ledger.Statement", s.ID, format, args...)
	}
	roles := map[Role]bool{Promise: true, Delivery: true, Context: true, Claim: true, Outside: true}
	kinds := map[StatementKind]bool{Count: true, Object: true, Milestone: true, Order: true, MoneyKind: true, Change: true}
	switch {
	case !rxStatement.MatchString(s.ID):
		return bad("a statement id has 1 to 32 letters, digits, dashes or underscores")
	case !roles[s.Role]:
		return bad("unknown role %q", s.Role)
	case !kinds[s.Kind]:
		return bad("unknown kind %q", s.Kind)
	case s.PartOf == s.ID:
		return bad("a statement cannot be part of itself")
	case len(s.Title) == 0:
		return bad("a statement needs a title")
	}
	return nil
}

// Field is what a move changes.
type Field string

// The fields that move.
const (
	MoveDeadline  Field = "deadline"
	MoveTarget    Field = "target"
	MoveBroken    Field = "broken"    // a source says that it was not kept
	MoveWithdrawn Field = "withdrawn" // the one who promised takes it back
)

// Move is a change of a promise that somebody said: a new deadline, another
// target, a withdrawal. The first value stays readable for ever.
type Move struct {
	Promise   string       `json:"promise"`
	Field     Field        `json:"field"`
	To        string       `json:"to"` // a date, or the new target
	Figure    FigureID     `json:"-"`  // the figure that carries a new target, or 0
	Document  string       `json:"document,omitempty"`
	Locator   Locator      `json:"locator"`
	Office    string       `json:"office,omitempty"` // that said it in an answer
	Published *period.Date `json:"published,omitempty"`
	Reason    string       `json:"reason,omitempty"`
	Recorded  time.Time    `json:"-"`
	Run       RunID        `json:"-"`
}

// Check refuses a move that says nothing.
func (m Move) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "ledger.Move", m.Promise, format, args...)
	}
	switch m.Field {
	case MoveDeadline:
		if _, err := period.ParseDate(m.To); err != nil {
			return bad("a moved deadline is a date YYYY-MM-DD")
		}
	case MoveTarget:
		if m.Figure == 0 {
			return bad("a new target is a figure")
		}
	case MoveBroken, MoveWithdrawn:
		if m.Reason == "" {
			return bad("give the reason in the words of the one who says it")
		}
	default:
		return bad("unknown field %q", m.Field)
	}
	return m.Locator.Check()
}

// Relation says how a figure bears on a promise.
type Relation string

// The relations of evidence.
const (
	Supports    Relation = "supports"
	Contradicts Relation = "contradicts"
	Progress    Relation = "progress"
	About_      Relation = "context"
)

// Evidence attaches a figure to a promise.
type Evidence struct {
	Promise   string    `json:"promise"`
	Statement string    `json:"statement,omitempty"` // of the figure, if it has one
	Figure    FigureID  `json:"-"`
	Relation  Relation  `json:"relation"`
	Note      lang.Text `json:"note,omitempty"`
	Recorded  time.Time `json:"-"`
	Run       RunID     `json:"-"`
}

// Check refuses an unknown relation.
func (e Evidence) Check() error {
	switch e.Relation {
	case Supports, Contradicts, Progress, About_:
		return nil
	}
	return fault.New(fault.Invalid, "ledger.Evidence", e.Promise, "evidence supports, contradicts, shows progress or gives context, not %q", e.Relation)
}

// Ask is the question to an office what became of something. That an office was
// asked is public; who pressed the button is not.
type Ask struct {
	ID     string      `json:"id"`
	About  string      `json:"about"` // statement id, question id or figure id
	Office string      `json:"office"`
	Text   lang.Text   `json:"text"`
	On     period.Date `json:"on"`
	Due    period.Date `json:"due"` // the last day for an answer, included
	// Closed is why the asker's side takes it back, and ClosedOn since when;
	// empty while it stands.
	Closed   string       `json:"closed,omitempty"`
	ClosedOn *period.Date `json:"closed_on,omitempty"`
	Recorded time.Time    `json:"-"`
	Run      RunID        `json:"-"`
}

// ClosedBy reports whether the ask had been taken back by a day.
func (a Ask) ClosedBy(day period.Date) bool { return a.ClosedOn != nil && *a.ClosedOn <= day }

var rxAsk = regexp.MustCompile(`^[a-z0-9-]{8,40}$`)

// Check refuses an ask that nobody could answer.
func (a Ask) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "ledger.Ask", a.ID, format, args...)
	}
	switch {
	case !rxAsk.MatchString(a.ID):
		return bad("the id of an ask has 8 to 40 small letters, digits or dashes")
	case a.About == "" || len(a.About) > 200:
		return bad("say about what the office is asked")
	case a.Office == "":
		return bad("say which office is asked")
	case len(a.Text) == 0:
		return bad("write what is asked, in one language at least")
	case a.Due < a.On:
		return bad("the answer is due before it is asked: choose a later day")
	case (a.Closed == "") != (a.ClosedOn == nil):
		return bad("who takes a question back says why")
	}
	return nil
}

// Answer is the word of an office on a promise or an open question. It never
// changes the figure it is about.
type Answer struct {
	About    string       `json:"about"`         // statement id, question id or figure id
	Ask      string       `json:"ask,omitempty"` // the ask that it answers
	Office   string       `json:"office"`
	Text     lang.Text    `json:"text"`
	On       *period.Date `json:"on,omitempty"`
	Document string       `json:"document,omitempty"`
	Files    []string     `json:"files,omitempty"` // evidence, by id
	Recorded time.Time    `json:"-"`
	Run      RunID        `json:"-"`
}
