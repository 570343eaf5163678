package equipment

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// EventKind says what an event tells about a device.
type EventKind string

// The kinds of events.
const (
	StateEvent    EventKind = "state"      // it reached a state
	ServiceEvent  EventKind = "service"    // a service was done
	WithdrawEvent EventKind = "withdrawal" // an earlier event is taken back
)

// EventKinds lists the kinds of events.
func EventKinds() []EventKind { return []EventKind{StateEvent, ServiceEvent, WithdrawEvent} }

// Event is one thing that happened to a device. Events are never changed: what
// was wrong is taken back by another one.
type Event struct {
	ID   string      `json:"id"`
	Kind EventKind   `json:"kind"`
	On   period.Date `json:"on"`

	State   State        `json:"state,omitempty"`
	Service string       `json:"service,omitempty"` // code of the plan
	Next    *period.Date `json:"next,omitempty"`    // when the paper says that the next one is due
	Takes   string       `json:"takes,omitempty"`   // the event that is taken back

	Office   string   `json:"office,omitempty"`   // who says it
	Document string   `json:"document,omitempty"` // act, certificate or contract: its name and number
	Files    []string `json:"files,omitempty"`    // ids of evidence
	Reason   string   `json:"reason,omitempty"`   // why it goes back, is down, is taken back
	Remark   string   `json:"remark,omitempty"`   // not shown to the public
	// Key is made by whoever sends it: the same event sent twice is one.
	Key string `json:"key,omitempty"`

	// What the store adds.
	Seq      int64     `json:"-"`
	Recorded time.Time `json:"-"`
	Actor    actor.ID  `json:"-"`
}

// Seal gives the event its id, which follows from the device and what it says.
func (e *Event) Seal(of ID) error {
	if err := e.check(); err != nil {
		return err
	}
	c := *e
	c.ID = ""
	b, err := json.Marshal(c)
	if err != nil {
		return fault.New(fault.Internal, "equipment.Seal", string(of), "%w", err)
	}
	sum := sha256.Sum256(append([]byte(string(of)+"\n"), b...))
	e.ID = strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10]))
	return nil
}

// maxLong bounds a reason or a remark, in characters.
const maxLong = 4000

func (e *Event) check() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "equipment.Event", field, format, args...)
	}
	for field, s := range map[string]string{"reason": e.Reason, "remark": e.Remark, "document": e.Document, "key": e.Key} {
		if utf8.RuneCountInString(s) > maxLong {
			return bad(field, "at most %d characters", maxLong)
		}
	}
	switch {
	case len(e.Files) > 100:
		return bad("files", "an event has at most 100 files")
	case e.Kind == StateEvent && !slices.Contains(States(), e.State):
		return bad("state", "the states are needed, ordered, delivered, installed, commissioned, in_use, down and written_off")
	case e.Kind == ServiceEvent && e.Service == "":
		return bad("service", "say which service was done")
	case e.Kind == ServiceEvent && e.Next != nil && *e.Next <= e.On:
		return bad("next", "the next service is due after this one")
	case e.Kind == WithdrawEvent && (e.Takes == "" || strings.TrimSpace(e.Reason) == ""):
		return bad("reason", "who takes an event back says which and why")
	case !slices.Contains(EventKinds(), e.Kind):
		return bad("kind", "an event is a state, a service or a withdrawal")
	}
	return nil
}

// Guard refuses an event that does not fit what is known of the device: one
// that lies in the future, before the state that stands, or that the device
// cannot reach from where it is. events are those that it has, today the day
// on which somebody writes.
func Guard(a *Asset, events []Event, e *Event, today period.Date) error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "equipment.Guard", field, format, args...)
	}
	if e.On > today {
		return bad("on", "%s lies in the future: an event is written when it has happened", e.On)
	}
	if e.On < period.NewDate(1950, 1, 1) {
		return bad("on", "no device is so old: check the year")
	}
	s := At(a, events, today)
	switch e.Kind {
	case StateEvent:
		return guardState(s, e, bad)
	case ServiceEvent:
		switch {
		case !slices.ContainsFunc(s.Services, func(x Service) bool { return x.Name() == e.Service }):
			return bad("service", "the device has no service %q: add it to the device first", clip(e.Service))
		case s.State == WrittenOff:
			return bad("service", "the device is written off")
		case len(s.Steps) > 0 && e.On < s.Steps[0].On:
			return bad("on", "a service of %s lies before the first word of the device, %s", e.On, s.Steps[0].On)
		}
	case WithdrawEvent:
		i := slices.IndexFunc(events, func(x Event) bool { return x.ID == e.Takes })
		switch {
		case i < 0 || events[i].Kind == WithdrawEvent:
			return bad("takes", "there is no such event to take back")
		case slices.ContainsFunc(events, func(x Event) bool { return x.Takes == e.Takes && x.ID != e.ID }):
			return bad("takes", "this event was taken back already")
		case events[i].Kind == StateEvent && s.Steps[len(s.Steps)-1].Event != e.Takes:
			return bad("takes", "only the last state can be taken back: first those after it")
		}
	}
	return nil
}

func guardState(s *Standing, e *Event, bad func(field, format string, args ...any) error) error {
	if len(s.Steps) == 0 {
		return nil // a register may begin anywhere
	}
	last := s.Steps[len(s.Steps)-1]
	switch {
	case e.On < last.On:
		return bad("on", "%s on %s lies before %s on %s: states follow each other in time", e.State, e.On, last.State, last.On)
	case last.State == WrittenOff:
		return bad("state", "a device that is written off stays so: take that back if it was wrong")
	case last.State == e.State:
		return bad("state", "the device is %s already, since %s", e.State, last.On)
	case last.State.MoveTo(e.State) == Never:
		return bad("state", "a device that is %s cannot become %s", last.State, e.State)
	case last.State.MoveTo(e.State) == WithReason && strings.TrimSpace(e.Reason) == "":
		return bad("reason", "from %s back to %s: give a reason", last.State, e.State)
	case (e.State == Down || e.State == WrittenOff) && strings.TrimSpace(e.Reason) == "" && e.Document == "":
		return bad("reason", "say why the device is %s", e.State)
	}
	return nil
}
