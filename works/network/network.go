// Package network computes the dates of a plan from what it says about its
// work: how long each activity takes, what must come before what, and when
// people work. It answers which activities hold the end, how much each of the
// others may slip, and where the plan contradicts itself.
//
// A schedule that somebody sends carries dates of its own. They are not
// believed and not replaced: they are recomputed, and what differs is shown. The
// method and its checks stand in docs/method/works-critical-path.md.
package network

import (
	"github.com/shanyraq/shanyraq/fault"
)

// Kind is what an activity is.
type Kind string

// The kinds. A start milestone stands at the beginning of a working day, any
// other at the moment to which its predecessors lead. Effort is work that lasts
// as long as others do (supervision): it is moved by them and moves nobody, so
// it takes no part. A summary is what its parts are.
const (
	Task           Kind = "task"
	StartMilestone Kind = "start_milestone"
	Milestone      Kind = "milestone"
	Effort         Kind = "effort"
	Summary        Kind = "summary"
)

// Relation says which ends of two activities a link joins.
type Relation string

// The relations: FS, the successor starts after the predecessor finishes, and
// so on.
const (
	FS Relation = "FS"
	SS Relation = "SS"
	FF Relation = "FF"
	SF Relation = "SF"
)

// Limit is the kind of a constraint.
type Limit string

// The limits. The must kinds override the links; the others only narrow.
const (
	StartNoEarlier  Limit = "start_no_earlier"
	FinishNoEarlier Limit = "finish_no_earlier"
	StartNoLater    Limit = "start_no_later"
	FinishNoLater   Limit = "finish_no_later"
	StartOn         Limit = "start_on"  // no earlier and no later, and links still hold
	FinishOn        Limit = "finish_on" // likewise
	MustStart       Limit = "must_start"
	MustFinish      Limit = "must_finish"
	AsLate          Limit = "as_late" // as late as possible: no date
)

// Hard reports whether the limit keeps the end from moving with the work. The
// first check of a schedule counts these.
func (l Limit) Hard() bool {
	switch l {
	case StartNoLater, FinishNoLater, StartOn, FinishOn, MustStart, MustFinish:
		return true
	}
	return false
}

// Constraint is a date that somebody set. At is nil for AsLate alone.
type Constraint struct {
	Limit Limit   `json:"limit"`
	At    *Minute `json:"at"`
}

// Activity is a piece of work or an event.
type Activity struct {
	ID     string
	Parent string // the summary to which it belongs, may be empty
	Kind   Kind
	// Calendar is the id of one of the network's, empty for its default.
	Calendar string
	// Duration is in working minutes of the calendar; Remaining, of work that has
	// begun, is nil when nobody said it.
	Duration  int64
	Remaining *int64

	ActualStart, ActualFinish *Minute
	Constraints               []Constraint
	Deadline                  *Minute // a wish: it makes float negative and moves nothing

	// What follows is only for the checks.
	Start, Finish                 *Minute // as the schedule says
	BaselineStart, BaselineFinish *Minute
	Loaded                        bool // people, material or money are assigned
	Typed                         bool // its dates are typed by hand and no program moves them
}

// Link lets an activity wait for another one.
type Link struct {
	From, To string
	Type     Relation
	Lag      int64  // minutes of the calendar of the lag; negative: a lead
	Calendar string // of the lag; empty: that of the successor; Elapsed: every minute
	External bool   // its other end lies in another file
}

// Network is a plan.
type Network struct {
	Activities []Activity
	Links      []Link
	Calendars  []Calendar
	Calendar   string // the default one; empty or unknown: FiveDays
	// Start is before which nothing begins; nil: the earliest date that anything
	// has, else day 0.
	Start *Minute
	// DataDate is up to when progress was recorded: what was not done by then is
	// done after. Nil: nothing is pushed.
	DataDate *Minute
	// End is when all must be done; nil: when the last activity ends.
	End *Minute
	// Override lets work that began out of sequence go on without waiting for
	// its predecessors. Otherwise the rest of it waits (retained logic).
	Override bool
}

// Bounds on a network.
const (
	MaxActivities = 500_000
	MaxLinks      = 2_000_000
	// MaxDuration is in minutes: a hundred years of days and nights.
	MaxDuration = 100 * 366 * day
)

// Check refuses what no plan can be, naming the activity or link: ids that are
// empty or stand twice, unknown kinds, relations and limits, durations below
// zero or beyond a hundred years, calendars without work. Links that lead
// nowhere are no fault here: Solve counts them.
func (n *Network) Check() error {
	const op = "network.Check"
	if len(n.Activities) > MaxActivities || len(n.Links) > MaxLinks {
		return fault.New(fault.TooLarge, op, "", "a network has at most %d activities and %d links: split the plan", MaxActivities, MaxLinks)
	}
	calendars := map[string]bool{"": true, Elapsed: true}
	for i := range n.Calendars {
		if err := n.Calendars[i].Check(); err != nil {
			return err
		}
		calendars[n.Calendars[i].ID] = true
	}
	seen := make(map[string]bool, len(n.Activities))
	for i := range n.Activities {
		a := &n.Activities[i]
		if a.ID == "" || seen[a.ID] {
			return fault.New(fault.Invalid, op, a.ID, "activity %d (%.60q): an id is empty or stands twice: give each its own", i+1, a.ID)
		}
		seen[a.ID] = true
		if why := a.wrong(calendars); why != "" {
			return fault.New(fault.Invalid, op, a.ID, "activity %.60s: %s", a.ID, why)
		}
	}
	for i := range n.Links {
		l := &n.Links[i]
		switch {
		case l.Type != FS && l.Type != SS && l.Type != FF && l.Type != SF:
			return fault.New(fault.Invalid, op, l.To, "link %d: the type is FS, SS, FF or SF", i+1)
		case l.Lag > MaxDuration || l.Lag < -MaxDuration:
			return fault.New(fault.Invalid, op, l.To, "link %d: a lag is at most a hundred years", i+1)
		case !calendars[l.Calendar]:
			return fault.New(fault.Invalid, op, l.To, "link %d: the calendar %.60q is not there", i+1, l.Calendar)
		}
	}
	return nil
}

func (a *Activity) wrong(calendars map[string]bool) string {
	switch a.Kind {
	case Task, StartMilestone, Milestone, Effort, Summary:
	default:
		return "the kind is task, start_milestone, milestone, effort or summary"
	}
	switch {
	case a.Duration < 0 || a.Duration > MaxDuration:
		return "a duration is from 0 to a hundred years"
	case a.Remaining != nil && (*a.Remaining < 0 || *a.Remaining > MaxDuration):
		return "a remaining duration is from 0 to a hundred years"
	case !calendars[a.Calendar]:
		return "its calendar is not there"
	}
	for _, m := range []*Minute{a.ActualStart, a.ActualFinish, a.Deadline} {
		if m != nil && (*m < MinMinute || *m >= MaxMinute) {
			return "a date lies outside the years 1900 to 2199"
		}
	}
	for _, c := range a.Constraints {
		switch {
		case c.Limit == AsLate:
		case !c.Limit.Hard() && c.Limit != StartNoEarlier && c.Limit != FinishNoEarlier:
			return "a constraint has an unknown limit"
		case c.At == nil || *c.At < MinMinute || *c.At >= MaxMinute:
			return "a constraint has no date in the years 1900 to 2199"
		}
	}
	return ""
}

// at reports whether nothing lasts: a milestone or a task of no duration.
func (a *Activity) event() bool {
	return a.Kind == Milestone || a.Kind == StartMilestone || a.Duration == 0 && a.Kind == Task
}

// done reports whether it has ended.
func (a *Activity) done() bool { return a.ActualFinish != nil }

// begun reports whether it is under way.
func (a *Activity) begun() bool { return a.ActualStart != nil && a.ActualFinish == nil }

// left returns the working minutes that are still to do.
func (a *Activity) left() int64 {
	switch {
	case a.done() || a.Kind == Milestone || a.Kind == StartMilestone:
		return 0
	case a.begun() && a.Remaining != nil:
		return *a.Remaining
	}
	return a.Duration
}
