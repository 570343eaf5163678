package works

import (
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Guard refuses a line that cannot stand after the lines before it: it is from
// the future, a percentage falls or a deadline moves without a reason, or it
// names something that the work does not have. today is the day of the server;
// sources are the codes of the sources of money. What may be true and looks odd
// is let through and becomes a Question.
func Guard(w *Work, before []Line, l *Line, today period.Date, sources func(code string) bool) error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "works.Guard", field, format, args...)
	}
	switch {
	case l.Work != w.ID:
		return bad("work", "the line is about another work")
	case w.Condition == Cancelled && l.Kind != WithdrawLine:
		return bad("work", "the work was cancelled: change that first")
	case l.On > today && (l.Money == nil || l.Money.Kind.Happened()):
		return bad("on", "%s lies in the future: say what has happened, or plan it in a baseline", l.On)
	}
	switch l.Kind {
	case StatusLine, VisitLine:
		return guardStatus(w, before, l, today)
	case StepLine:
		if !w.Kind.Built() {
			return bad("step", "a work of the kind %s has no opening chain: it is done when its last stage is", w.Kind)
		}
	case MoneyLine:
		if l.Money.Source != "" && sources != nil && !sources(l.Money.Source) {
			return bad("money.source", "there is no source of money %q", l.Money.Source)
		}
	case DeadlineLine:
		last := (*Line)(nil)
		for _, x := range standing(before, today, time.Time{}) {
			if x.Deadline != nil && x.On <= l.On {
				last = x
			}
		}
		if last != nil && *last.Deadline != *l.Deadline && l.Reason == "" {
			return bad("reason", "the deadline moves from %s to %s: give a reason", *last.Deadline, *l.Deadline)
		}
	case WithdrawLine:
		return guardWithdrawal(before, l)
	}
	return nil
}

func guardStatus(w *Work, before []Line, l *Line, today period.Date) error {
	s := l.Status
	if s == nil {
		return nil
	}
	if s.Stage != "" && !w.Stages().Has(s.Stage) {
		return fault.New(fault.Invalid, "works.Guard", "status.stage", "a work of the kind %s has no stage %q", w.Kind, s.Stage)
	}
	if s.Percent == nil {
		return nil
	}
	var last *Line
	for _, x := range standing(before, today, time.Time{}) {
		if x.On <= l.On && x.Status != nil && x.Status.Stage == s.Stage && x.Status.Percent != nil && x.ID != l.ID {
			last = x
		}
	}
	if last != nil && s.Percent.Cmp(*last.Status.Percent) < 0 && l.Reason == "" {
		return fault.New(fault.Invalid, "works.Guard", "reason", "the percentage falls from %s (on %s) to %s: give a reason", last.Status.Percent, last.On, s.Percent)
	}
	return nil
}

func guardWithdrawal(before []Line, l *Line) error {
	i := slices.IndexFunc(before, func(x Line) bool { return x.ID == l.Takes })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "works.Guard", "takes", "the work has no such line")
	case before[i].Kind == WithdrawLine:
		return fault.New(fault.Invalid, "works.Guard", "takes", "a withdrawal cannot be taken back: write the line anew")
	case slices.ContainsFunc(before, func(x Line) bool { return x.Kind == WithdrawLine && x.Takes == l.Takes && x.ID != l.ID }):
		return fault.New(fault.Conflict, "works.Guard", "takes", "the line was taken back already")
	}
	return nil
}
