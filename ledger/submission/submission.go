// Package submission is what is on its way to publication: an answer, a filled
// form or an imported table, from the first draft until the ledger holds it.
//
// Nothing of it is public, and nothing of it stands in the ledger. The rules
// say who may take which step from which state; every step is a new version of
// the submission, so that its way can be read later.
package submission

import (
	"regexp"
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// Kind is what is submitted.
type Kind string

// The kinds of submissions.
const (
	Answer Kind = "answer" // the word of an office that was asked
	Form   Kind = "form"   // a reporting template, filled
	Import Kind = "import" // a table with many figures
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{Answer, Form, Import} }

// State is where a submission stands.
type State string

// The states.
const (
	Draft      State = "draft"
	Submitted  State = "submitted"
	Returned   State = "returned"   // to its author, with a comment
	Approved   State = "approved"   // at every level
	Publishing State = "publishing" // a job writes it into the ledger
	Published  State = "published"
	Withdrawn  State = "withdrawn" // by its author, or its run was taken back
)

// States lists the states in the order of the way.
func States() []State {
	return []State{Draft, Submitted, Returned, Approved, Publishing, Published, Withdrawn}
}

// Level is a kind of place: who approves in the ancestor of that kind, or
// above it, approves at this level.
type Level = place.Kind

// DefaultLevels are asked where nothing else is said.
func DefaultLevels() []Level { return []Level{place.Region} }

// Value is one number of a form or an answer.
type Value struct {
	Measure    string      `json:"measure"`
	Place      place.ID    `json:"place,omitempty"`      // empty: that of the submission
	Period     string      `json:"period,omitempty"`     // empty: that of the submission
	Dimensions string      `json:"dimensions,omitempty"` // canonical text
	Kind       ledger.Kind `json:"kind,omitempty"`       // empty: actual
	Value      string      `json:"value,omitempty"`      // empty with a status, or not filled yet
	Qualifier  string      `json:"qualifier,omitempty"`  // empty: exact
	Status     string      `json:"status,omitempty"`     // SDMX, where there is no value
	Unit       string      `json:"unit,omitempty"`       // empty: that of the measure
	Note       string      `json:"note,omitempty"`       // why the value is unusual
	Flags      []string    `json:"flags,omitempty"`      // what looked implausible when it was saved
}

// Table is an imported file that waits for publication.
type Table struct {
	File    string            `json:"file"`           // id of the uploaded file
	Name    string            `json:"name,omitempty"` // as it was called
	Source  string            `json:"source,omitempty"`
	Rows    int               `json:"rows,omitempty"`
	New     int               `json:"new,omitempty"`
	Known   int               `json:"known,omitempty"`
	Changes int               `json:"changes,omitempty"`
	Options map[string]string `json:"options,omitempty"`
}

// Signature is a detached signature of an approval. It is kept as it came and
// not interpreted.
type Signature struct {
	Type  string `json:"type"` // media type, such as application/cms
	Bytes []byte `json:"bytes"`
}

// Approval is the word of one level.
type Approval struct {
	Level     Level      `json:"level"`
	Place     place.ID   `json:"place"` // for which it was given
	By        actor.ID   `json:"by"`
	Office    string     `json:"office,omitempty"`
	At        time.Time  `json:"at"`
	Comment   string     `json:"comment,omitempty"`
	Signature *Signature `json:"signature,omitempty"`
}

// Submission is something on its way.
type Submission struct {
	ID       string   `json:"id"`
	Kind     Kind     `json:"kind"`
	Place    place.ID `json:"place"`
	Office   string   `json:"office,omitempty"`   // that speaks
	Template string   `json:"template,omitempty"` // form
	Period   string   `json:"period,omitempty"`   // form
	Ask      string   `json:"ask,omitempty"`      // answer: to which ask
	About    string   `json:"about,omitempty"`    // answer: statement, question or figure

	Values   []Value   `json:"values,omitempty"`
	Beside   int       `json:"beside,omitempty"` // so many values are kept beside it
	Text     lang.Text `json:"text,omitempty"`
	Deadline string    `json:"deadline,omitempty"` // answer: a new one
	Reason   string    `json:"reason,omitempty"`   // of a new deadline, a withdrawal or a correction
	Withdraw bool      `json:"withdraw,omitempty"` // answer: the promise is taken back
	Files    []string  `json:"files,omitempty"`
	Import   *Table    `json:"import,omitempty"`

	Levels    []Level    `json:"levels"` // who must approve, in order
	State     State      `json:"state"`
	Author    actor.ID   `json:"author"`
	Submitter actor.ID   `json:"submitter,omitempty"`
	Approvals []Approval `json:"approvals,omitempty"`
	Run       string     `json:"run,omitempty"` // that published it
	// Comment and By are of the last step.
	Comment string `json:"comment,omitempty"`
	By      string `json:"by,omitempty"` // office
}

// Bounds of what somebody may send.
const (
	MaxValues    = 5000
	MaxText      = 10_000 // code points of a text in one language
	MaxComment   = 2000
	MaxSignature = 64 << 10
	MaxLevels    = 5
	MaxFiles     = 50
)

var rxID = regexp.MustCompile(`^[a-z0-9-]{8,40}$`)

// Check refuses what cannot be submitted by anybody.
func (s Submission) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "submission.Check", s.ID, format, args...)
	}
	switch {
	case !rxID.MatchString(s.ID):
		return bad("the id of a submission has 8 to 40 small letters, digits or dashes")
	case !slices.Contains(Kinds(), s.Kind):
		return bad("a submission is an answer, a form or an import")
	case s.Place == "":
		return bad("say for which place it is submitted")
	case len(s.Values) > MaxValues:
		return bad("a submission has at most %d values: import a table instead", MaxValues)
	case len(s.Levels) > MaxLevels:
		return bad("at most %d levels approve a submission", MaxLevels)
	case len(s.Files) > MaxFiles:
		return bad("a submission has at most %d files", MaxFiles)
	case long(s.Reason, MaxComment):
		return bad("the reason is too long: write at most %d characters", MaxComment)
	}
	for _, text := range s.Text {
		if long(text, MaxText) {
			return bad("the text is too long: write at most %d characters", MaxText)
		}
	}
	if s.Deadline != "" {
		if _, err := period.ParseDate(s.Deadline); err != nil {
			return bad("a deadline is a day, YYYY-MM-DD")
		}
	}
	return s.checkOneValueACell()
}

// cell is what a value is about.
type cell struct {
	measure, period, dimensions string
	place                       place.ID
	kind                        ledger.Kind
}

func (s Submission) checkOneValueACell() error {
	seen := make(map[cell]bool, len(s.Values))
	for i, v := range s.Values {
		v = s.Full(v)
		c := cell{v.Measure, v.Period, v.Dimensions, v.Place, v.Kind}
		if seen[c] {
			return fault.New(fault.Invalid, "submission.Check", s.ID, "value %d says something again that an earlier one says: keep one of them", i+1)
		}
		seen[c] = true
	}
	return nil
}

// Full fills what a value takes from its submission.
func (s Submission) Full(v Value) Value {
	if v.Place == "" {
		v.Place = s.Place
	}
	if v.Period == "" {
		v.Period = s.Period
	}
	if v.Kind == "" {
		v.Kind = ledger.Actual
	}
	return v
}

// complete refuses a submission that says nothing.
func (s Submission) complete() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "submission.Submit", s.ID, format, args...)
	}
	filled := slices.ContainsFunc(s.Values, func(v Value) bool { return v.Value != "" || v.Status != "" })
	switch {
	case s.Kind == Import && s.Import == nil:
		return bad("an import needs its table: upload the file first")
	case s.Kind == Form && !filled:
		return bad("the form is empty: fill at least one value")
	case s.Kind == Answer && !filled && len(s.Text) == 0 && s.Deadline == "" && !s.Withdraw:
		return bad("the answer is empty: give a figure, a new deadline or a text")
	case (s.Withdraw || s.Deadline != "") && s.Reason == "":
		return bad("give the reason: it is published with the change")
	case len(s.Levels) == 0:
		return bad("no level approves this: name one in the template")
	}
	return nil
}

func long(s string, most int) bool { return len(s) > most && len([]rune(s)) > most }

// Begin returns the first version of a submission by an author.
func Begin(content Submission, who actor.Actor, land Land) (Submission, error) {
	s := Submission{ID: content.ID, Kind: content.Kind, Place: content.Place, Template: content.Template, Period: content.Period, Ask: content.Ask, About: content.About,
		Office: content.Office, State: Draft, Author: who.ID}
	return s.Revise(content, who, land)
}

// Revise returns the submission with new content, as its author saves it. What
// it is for stays: kind, place, office, template and period, ask.
func (s Submission) Revise(content Submission, who actor.Actor, land Land) (Submission, error) {
	if err := s.Allow(Edit, who, land); err != nil {
		return s, err
	}
	if content.Kind != s.Kind || content.Place != s.Place || content.Office != s.Office || content.Template != s.Template || content.Period != s.Period || content.Ask != s.Ask || content.About != s.About {
		return s, fault.New(fault.Invalid, "submission.Revise", s.ID, "a submission stays what it is for: begin another one for another place, period or question")
	}
	s.Values, s.Text, s.Deadline, s.Reason, s.Withdraw, s.Files, s.Import = content.Values, content.Text, content.Deadline, content.Reason, content.Withdraw, content.Files, content.Import
	s.Levels = content.Levels
	if len(s.Levels) == 0 {
		s.Levels = DefaultLevels()
	}
	return s, s.Check()
}

// Content returns what the author said, without where it stands: two saves of
// the same content are one.
func (s Submission) Content() Submission {
	s.State, s.Author, s.Submitter, s.Approvals, s.Run, s.Comment, s.By, s.Beside = "", "", "", nil, "", "", "", 0
	return s
}
