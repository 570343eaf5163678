package app

import (
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
)

// known refuses a promise that does not exist.
func (x *entering) known(id string) error {
	if s, ok := x.view.Programme.ByID(id); !ok || s.Role != ledger.Promise {
		return refuse("promise", "no promise has this id")
	}
	return nil
}

// move records that somebody said a new deadline or another target.
func (x *entering) move(b *ledger.Batch, out *httpapi.Entered) error {
	e := x.entry
	if err := x.known(e.Promise); err != nil {
		return err
	}
	m := ledger.Move{Promise: e.Promise, Document: x.document.Name, Published: x.document.Published, Locator: ledger.Locator{Line: e.Line, From: e.From, To: e.To}, Reason: e.Reason}
	switch {
	case e.Deadline != "":
		m.Field, m.To = ledger.MoveDeadline, e.Deadline
	case e.Value != "":
		if err := x.target(&m, b, out); err != nil {
			return err
		}
	default:
		return refuse("deadline", "give the new deadline or the new target")
	}
	if err := m.Check(); err != nil {
		return err
	}
	b.Moves = []ledger.Move{m}
	out.Promise = optional(e.Promise)
	return nil
}

// target makes the figure of a new target: of the same thing as the promise.
func (x *entering) target(m *ledger.Move, b *ledger.Batch, out *httpapi.Entered) error {
	s, _ := x.view.Programme.ByID(m.Promise)
	was := x.view.Programme.Figures[s.Figure]
	if was == nil {
		return refuse("promise", "the promise was withdrawn: record a new one")
	}
	e := &x.entry
	e.Measure, e.Place, e.Dimensions, e.Unit = was.Measure, string(was.Place), was.Dimensions, was.Unit
	if e.Period == "" {
		e.Period = was.Period.String()
	}
	f, err := x.figure(ledger.Plan)
	if err != nil {
		return err
	}
	m.Field, m.To, m.Figure = ledger.MoveTarget, f.Value.String(), f.ID
	b.Figures = []ledger.Figure{f}
	out.Figure = optional(f.ID.String())
	return nil
}
