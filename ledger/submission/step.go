package submission

import (
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// Act is a step on the way.
type Act string

// The steps.
const (
	Edit     Act = "edit"
	Submit   Act = "submit"
	Approve  Act = "approve"
	Return   Act = "return"
	Publish  Act = "publish"
	Withdraw Act = "withdraw"
)

// Acts lists the steps.
func Acts() []Act { return []Act{Edit, Submit, Approve, Return, Publish, Withdraw} }

// Land is the map; *place.Atlas is one.
type Land interface {
	actor.Territory
	Place(place.ID) (place.Place, error)
	Path(place.ID) []place.ID
}

// from lists the states from which a step is taken.
var from = map[Act][]State{
	Edit:     {Draft, Returned},
	Submit:   {Draft, Returned},
	Approve:  {Submitted},
	Return:   {Submitted, Approved},
	Publish:  {Approved},
	Withdraw: {Draft, Submitted, Returned, Approved},
}

// Need is a right that the next step takes, and where.
type Need struct {
	Act   actor.Act
	Place place.ID
}

// Seat returns the place for which a level approves what is said of a place:
// the ancestor of that kind. What lies above the level, such as the country
// above a region, approves for itself.
func Seat(l Level, at place.ID, land Land) place.ID {
	path := land.Path(at)
	for _, id := range path {
		p, err := land.Place(id)
		if err != nil {
			continue
		}
		// A city directly below the country has the rank of a region.
		if p.Kind == l || l == place.Region && p.Kind == place.City && p.Parent == path[0] {
			return id
		}
	}
	return at
}

// Level returns the level that must approve next; ok is false when all have.
func (s Submission) Level() (l Level, ok bool) {
	if len(s.Approvals) >= len(s.Levels) {
		return "", false
	}
	return s.Levels[len(s.Approvals)], true
}

// Next returns the right that the next step takes; ok is false where no step
// follows. It tells who has to be asked when a submission waits.
func (s Submission) Next(land Land) (n Need, ok bool) {
	switch s.State {
	case Draft, Returned:
		return Need{s.Right(), s.Place}, true
	case Submitted:
		l, _ := s.Level()
		return Need{actor.Approve, Seat(l, s.Place, land)}, true
	case Approved:
		return Need{actor.Publish, s.Place}, true
	}
	return Need{}, false
}

// Right is the right that an author needs.
func (s Submission) Right() actor.Act {
	switch s.Kind {
	case Answer:
		return actor.Answer
	case Import:
		return actor.ImportFigures
	}
	return actor.Submit
}

// Visible reports whether the actor may know of the submission: its author,
// the office that speaks, and who reads drafts in the territory.
func (s Submission) Visible(who actor.Actor, land Land) bool {
	return who.SignedIn() && (s.own(who) || s.belongs(who) && who.InScope(actor.ReadDrafts) || who.May(actor.ReadDrafts, s.Place, land))
}

func (s Submission) office(who actor.Actor) bool { return who.Office != "" && who.Office == s.Office }

// local reports whether there is nobody else who could look at it.
func local(who actor.Actor) bool { return who.ID == actor.LocalID }

// own reports whether it is the actor's to edit: its author's, and that of
// colleagues in the same office. A token needs the right in its scope.
func (s Submission) own(who actor.Actor) bool { return s.belongs(who) && who.InScope(s.Right()) }

func (s Submission) belongs(who actor.Actor) bool { return who.ID == s.Author || s.office(who) }

// Allow tells whether the actor may take a step: fault.Conflict when it cannot
// be taken from this state by anybody, fault.Forbidden when not by this actor.
func (s Submission) Allow(act Act, who actor.Actor, land Land) error {
	const op = "submission.Allow"
	if !slices.Contains(from[act], s.State) {
		return fault.New(fault.Conflict, op, s.ID, "%s", wrongState[act])
	}
	no := func(text string) error { return fault.New(fault.Forbidden, op, s.ID, "%s", text) }
	switch act {
	case Edit, Submit:
		if !s.own(who) {
			return no("only its author and the same office may change this: write a comment instead")
		}
		if !who.May(s.Right(), s.Place, land) {
			return s.lacks(s.Right(), s.Place)
		}
	case Withdraw:
		if !s.own(who) {
			return no("only its author and the same office may withdraw this")
		}
	case Approve, Return:
		return s.allowApprover(act, who, land)
	case Publish:
		if !who.May(actor.Publish, s.Place, land) {
			return s.lacks(actor.Publish, s.Place)
		}
	}
	return nil
}

// lacks is the fault of whoever has no right in a territory.
func (s Submission) lacks(act actor.Act, at place.ID) error {
	return fault.New(fault.Forbidden, "submission.Allow", s.ID, "this needs %w in this territory: who manages the accounts there can give it", &actor.Denied{Act: act, At: at})
}

func (s Submission) allowApprover(act Act, who actor.Actor, land Land) error {
	no := func(text string) error {
		return fault.New(fault.Forbidden, "submission.Allow", s.ID, "%s", text)
	}
	at := s.Place
	if l, ok := s.Level(); ok {
		at = Seat(l, s.Place, land)
	} else if n := len(s.Approvals); n > 0 {
		at = s.Approvals[n-1].Place
	}
	switch {
	case !who.May(actor.Approve, at, land):
		return s.lacks(actor.Approve, at)
	case local(who) || act == Return && who.ID != s.Submitter:
		return nil
	case who.ID == s.Submitter || who.ID == s.Author:
		return no("who wrote or submitted this may not judge it: ask somebody else to approve")
	case slices.ContainsFunc(s.Approvals, func(a Approval) bool { return a.By == who.ID }):
		return no("you have approved this at a level already: the next level is somebody else's")
	}
	return nil
}

// wrongState says what to do when a step does not follow.
var wrongState = map[Act]string{
	Edit:     "this was submitted and cannot be changed: ask for it to be returned, then change it",
	Submit:   "this was submitted already: look at it again",
	Approve:  "this does not wait for approval: look at it again",
	Return:   "this cannot be returned any more: look at it again",
	Publish:  "only what every level has approved can be published: look at it again",
	Withdraw: "this was published or withdrawn already: take back its run instead",
}

// May lists the steps that the actor may take.
func (s Submission) May(who actor.Actor, land Land) []Act {
	out := []Act{}
	for _, act := range Acts() {
		if s.Allow(act, who, land) == nil {
			out = append(out, act)
		}
	}
	return out
}

// Step is who takes a step, when and with which words.
type Step struct {
	Who       actor.Actor
	At        time.Time
	Comment   string
	Signature *Signature // of an approval
}

// Take returns the submission after a step; s itself stays as it was.
// Publication is two steps: Take begins it, and Finish ends it when the ledger
// holds what was said.
func (s Submission) Take(act Act, x Step, land Land) (Submission, error) {
	x.Comment = strings.TrimSpace(x.Comment)
	if err := s.Allow(act, x.Who, land); err != nil {
		return s, err
	}
	if err := x.check(act, s.ID); err != nil {
		return s, err
	}
	s.Approvals = slices.Clone(s.Approvals)
	s.Comment, s.By = x.Comment, x.Who.Office
	switch act {
	case Submit:
		if err := s.complete(); err != nil {
			return s, err
		}
		s.State, s.Submitter, s.Approvals = Submitted, x.Who.ID, nil
	case Approve:
		l, _ := s.Level()
		s.Approvals = append(s.Approvals, Approval{Level: l, Place: Seat(l, s.Place, land), By: x.Who.ID, Office: x.Who.Office, At: x.At.UTC(), Comment: x.Comment, Signature: x.Signature})
		if _, more := s.Level(); !more {
			s.State = Approved
		}
	case Return:
		s.State, s.Approvals = Returned, nil
	case Publish:
		s.State = Publishing
	case Withdraw:
		s.State = Withdrawn
	}
	return s, nil
}

func (x Step) check(act Act, id string) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "submission.Take", id, format, args...)
	}
	sig := x.Signature
	switch {
	case act == Return && x.Comment == "":
		return bad("write what has to be changed: the author sees it")
	case long(x.Comment, MaxComment):
		return bad("the comment is too long: write at most %d characters", MaxComment)
	case sig != nil && act != Approve:
		return bad("only an approval carries a signature")
	case sig != nil && (sig.Type == "" || len(sig.Type) > 100 || len(sig.Bytes) == 0 || len(sig.Bytes) > MaxSignature):
		return bad("a signature has a media type and at most %d bytes", MaxSignature)
	}
	return nil
}

// Finish ends a publication: the ledger holds it as that run. It has none when
// every word of it was published before.
func (s Submission) Finish(run string) (Submission, error) {
	if s.State != Publishing {
		return s, fault.New(fault.Conflict, "submission.Finish", s.ID, "this is not being published")
	}
	s.State, s.Run = Published, run
	return s, nil
}

// Fail ends a publication that did not come about: it is as approved as before,
// and the comment says what went wrong.
func (s Submission) Fail(comment string) (Submission, error) {
	if s.State != Publishing {
		return s, fault.New(fault.Conflict, "submission.Fail", s.ID, "this is not being published")
	}
	s.State, s.Comment, s.By = Approved, comment, ""
	return s, nil
}

// TakeBack notes that the run of a publication was taken back.
func (s Submission) TakeBack(who actor.Actor, reason string) (Submission, error) {
	if s.State != Published {
		return s, fault.New(fault.Conflict, "submission.TakeBack", s.ID, "this is not published")
	}
	s.State, s.Comment, s.By = Withdrawn, reason, who.Office
	return s, nil
}
