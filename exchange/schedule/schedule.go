// Package schedule holds the schedules that builders make in other programs, in
// one form: what is to be done, in which order, when, how far it is, what it was
// to be, and what it costs.
//
// The readers stand below: mspdi for Microsoft Project, xer for Primavera P6.
// They take an io.Reader, bound every size, and keep no people: of resources the
// names of materials, machines, cost and roles stay, of workers only that there
// are some. What a file says and this form does not hold is listed as a
// finding, so that nothing is dropped in silence.
package schedule

import (
	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/works/network"
)

// Format is the form of a file.
type Format string

// The formats.
const (
	MSPDI Format = "mspdi"
	XER   Format = "xer"
)

// Bounds on a schedule. The largest that a planner can oversee has some ten
// thousand activities.
const (
	MaxBytes       = 512 << 20 // of a file
	MaxTasks       = 200_000
	MaxLinks       = 1_000_000
	MaxCalendars   = 5_000
	MaxProjects    = 2_000
	MaxResources   = 100_000
	MaxAssignments = 1_000_000
	MaxFields      = 1_000_000 // values of custom fields
	MaxText        = 10_000    // bytes of one text
)

// Schedule is what a file holds.
type Schedule struct {
	Name     string // of the file
	Format   Format
	Program  string // that wrote it, with its version, as the file says
	Encoding string // of its characters, and Guessed when nothing in the file says so
	Guessed  bool
	Exported *network.Minute

	Projects  []Project
	Calendars []network.Calendar
	Resources []Resource
	Findings  []Finding
	// Uncounted is how many findings beyond the bound were not kept.
	Uncounted int

	counts map[string]int
}

// Project is one plan. Baseline is set when it is a former state of another one.
type Project struct {
	ID, Code, Name string
	BaselineOf     string // id of the project whose baseline it is
	Calendar       string // id of the default calendar
	Currency       string // ISO code; empty: not said
	Start, Finish  *network.Minute
	MustFinish     *network.Minute // by when all must be done
	StatusDate     *network.Minute // up to when progress was recorded
	Pushed         bool            // the program moves what was not done behind the status date
	Override       bool            // work out of sequence does not wait
	Tasks          []Task
	Links          []network.Link
}

// Task is a line of a plan: work, an event or a summary of others.
type Task struct {
	ID     string
	Row    int    // of the table or the how manieth task of the file, from 1
	Code   string // the number that people use: WBS or activity code
	WBS    string
	Name   string
	Parent string // id of the summary
	Level  int    // of the outline, from 1
	Kind   network.Kind

	External  bool // stands in another file, named by ExternalOf
	Inactive  bool
	Recurring bool
	Typed     bool // its dates are typed by hand

	Start, Finish             *network.Minute
	ActualStart, ActualFinish *network.Minute
	Calendar                  string
	Duration                  int64 // working minutes
	DurationUnit              string
	Remaining                 *int64
	Estimated                 bool // the duration is marked as a guess

	// Percent is the share of the duration that has passed, Physical the share of
	// physical work that was done, both 0 to 100; nil when not said.
	Percent, Physical *decimal.Decimal
	// PercentKind says which of them the plan counts: duration, physical, units.
	PercentKind string

	Cost, FixedCost, ActualCost *decimal.Decimal // in the currency of the project
	Baselines                   []Baseline
	Constraints                 []network.Constraint
	Deadline                    *network.Minute
	Fields                      []Field
	Codes                       []Code
	Assignments                 []Assignment
}

// Baseline is what was planned for a task at some time. Number 0 is the one by
// which progress is measured.
type Baseline struct {
	Number        int
	Start, Finish *network.Minute
	Duration      int64
	Cost          *decimal.Decimal
	// On is the status date of the plan when it was set, where the file says it.
	On *network.Minute
	// Of names where it stands: the id of a baseline project, empty for the file
	// itself.
	Of string
}

// Field is a custom field with its value as text.
type Field struct{ Name, Value string }

// Code is a value of a list by which activities are sorted.
type Code struct{ Type, Value, Name string }

// ResourceKind says what a resource is.
type ResourceKind string

// The kinds of resources. The names of people are not kept.
const (
	People    ResourceKind = "people"
	Material  ResourceKind = "material"
	Machine   ResourceKind = "machine"
	CostItem  ResourceKind = "cost"
	Role      ResourceKind = "role"
	Undefined ResourceKind = "unknown"
)

// Resource is what is used up or kept busy.
type Resource struct {
	ID   string
	Kind ResourceKind
	Name string // empty for people
	Unit string
}

// Assignment ties a resource to a task.
type Assignment struct {
	Resource string // id; may be empty
	Work     int64  // minutes
	Cost     *decimal.Decimal
}

// Loaded reports whether anything is assigned to the task or it costs anything.
func (t *Task) Loaded() bool {
	return len(t.Assignments) > 0 || t.Cost != nil && t.Cost.IsPositive() || t.FixedCost != nil && t.FixedCost.IsPositive()
}

// Baseline returns the baseline of a number; nil when there is none.
func (t *Task) Baseline(number int) *Baseline {
	for i := range t.Baselines {
		if t.Baselines[i].Number == number {
			return &t.Baselines[i]
		}
	}
	return nil
}

// Done returns the percentage by which the plan measures the task: the
// physical one where the plan counts so, else that of duration; nil when none
// was said.
func (t *Task) Done() *decimal.Decimal {
	if t.PercentKind == "physical" || t.Percent == nil {
		if t.Physical != nil {
			return t.Physical
		}
	}
	return t.Percent
}

// Network returns the plan of a project as package network computes it, without
// what is inactive. Tasks of other files stay away, and links to them are
// external.
func (s *Schedule) Network(p *Project) *network.Network {
	n := &network.Network{Calendars: s.Calendars, Calendar: p.Calendar, Start: p.Start, End: p.MustFinish, Override: p.Override}
	if p.Pushed {
		n.DataDate = p.StatusDate
	}
	known := map[string]bool{network.Elapsed: true}
	for i := range s.Calendars {
		known[s.Calendars[i].ID] = true
	}
	if !known[n.Calendar] {
		n.Calendar = ""
	}
	left := map[string]bool{}
	for i := range p.Tasks {
		t := &p.Tasks[i]
		if t.Inactive || t.External {
			left[t.ID] = true
			continue
		}
		a := network.Activity{ID: t.ID, Parent: t.Parent, Kind: t.Kind, Calendar: t.Calendar, Duration: t.Duration, Remaining: t.Remaining, ActualStart: t.ActualStart, ActualFinish: t.ActualFinish,
			Constraints: t.Constraints, Deadline: t.Deadline, Start: t.Start, Finish: t.Finish, Loaded: t.Loaded(), Typed: t.Typed}
		if !known[a.Calendar] {
			a.Calendar = ""
		}
		if t.Kind == network.Summary { // a summary has no links of its own in what it says
			a.Constraints = nil
		}
		if b := t.Baseline(0); b != nil {
			a.BaselineStart, a.BaselineFinish = b.Start, b.Finish
		}
		if t.Typed && t.Start != nil && t.Kind != network.Summary && t.ActualStart == nil {
			a.Constraints = append([]network.Constraint{{Limit: network.MustStart, At: t.Start}}, a.Constraints...)
		}
		n.Activities = append(n.Activities, a)
	}
	for _, l := range p.Links {
		l.External = l.External || left[l.From] || left[l.To]
		if !known[l.Calendar] {
			l.Calendar = ""
		}
		n.Links = append(n.Links, l)
	}
	return n
}

// Project returns the project of a code or id. With an empty code it returns
// the only one that is no baseline of another.
func (s *Schedule) Project(code string) (*Project, error) {
	var found *Project
	for i := range s.Projects {
		p := &s.Projects[i]
		if code == "" && p.BaselineOf != "" || code != "" && p.Code != code && p.ID != code {
			continue
		}
		if found != nil {
			return nil, several(s, code)
		}
		found = p
	}
	if found == nil {
		return nil, missing(s, code)
	}
	return found, nil
}
