// Package actor says who may do what, where, and keeps the journal of what was
// done.
//
// Whether an act is allowed is decided here, from role and territory alone, by
// one table that is test and documentation at once. Sign-in lives elsewhere.
package actor

import (
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/place"
)

// Role is a part that a person plays.
type Role string

// The roles.
const (
	Public        Role = "public"
	Contributor   Role = "contributor"
	Approver      Role = "approver"
	Planner       Role = "planner"
	WorksOfficer  Role = "works_officer"
	Controller    Role = "controller"
	Radiologist   Role = "radiologist"
	Clinician     Role = "clinician"
	Integrator    Role = "integrator"
	Administrator Role = "administrator"
)

// Roles lists every role.
func Roles() []Role {
	return []Role{Public, Contributor, Approver, Planner, WorksOfficer, Controller, Radiologist, Clinician, Integrator, Administrator}
}

// Act is something that one may be allowed to do.
type Act string

// The acts of this release.
const (
	ReadPublished   Act = "read_published"   // figures, promises, documents that were published
	ReadDrafts      Act = "read_drafts"      // what is on its way to publication
	RecordFigure    Act = "record_figure"    // figure, promise, move or delivery from a document
	Submit          Act = "submit"           // a report or an answer, for approval
	Approve         Act = "approve"          // or return what was submitted
	Publish         Act = "publish"          // what was approved
	WithdrawRun     Act = "withdraw_run"     // take back what a run published
	Ask             Act = "ask"              // an office what became of something
	Answer          Act = "answer"           // what an office was asked
	Comment         Act = "comment"          // among those who may read drafts
	AttachFile      Act = "attach_file"      // a photo, an act, a contract
	EraseFile       Act = "erase_file"       // a content, for good: personal data published by mistake
	ImportFigures   Act = "import_figures"   // a file of figures
	ImportDocument  Act = "import_document"  // the text of a document
	LoadCountry     Act = "load_country"     // places, measures, programme, boundaries
	MakeRelease     Act = "make_release"     // a state of everything, frozen under a name
	ManageTemplates Act = "manage_templates" // which reports are due from whom
	ManageAccounts  Act = "manage_accounts"  // people and what they may do
	ManageWebhooks  Act = "manage_webhooks"  // programs that are told what happened
	ReadRestricted  Act = "read_restricted"  // originals of files that are not for everybody
	ReadJournal     Act = "read_journal"
	VerifyJournal   Act = "verify_journal"
	ReportWorks     Act = "report_works" // how far a site is, a visit with photos
	ManageWorks     Act = "manage_works" // works, baselines, money, steps of opening, risks, equipment
	PlanAccess      Act = "plan_access"  // write who reaches care into the ledger
)

// Acts lists every act.
func Acts() []Act {
	return []Act{ReadPublished, ReadDrafts, RecordFigure, Submit, Approve, Publish, WithdrawRun, Ask, Answer, Comment, AttachFile, EraseFile, ImportFigures, ImportDocument,
		LoadCountry, MakeRelease, ManageTemplates, ManageAccounts, ManageWebhooks, ReadRestricted, ReadJournal, VerifyJournal, ReportWorks, ManageWorks, PlanAccess}
}

func only(roles ...Role) map[Role]bool {
	out := map[Role]bool{Administrator: true}
	for _, r := range roles {
		out[r] = true
	}
	return out
}

// may is the whole table: the roles that may do an act inside their territory.
// ReadPublished needs no territory. The administrator may do much, but not
// approve and publish what others submit: who gives the rights does not also
// judge the figures, unless there is nobody else (see Local).
var may = map[Act]map[Role]bool{
	ReadPublished:   {},
	ReadDrafts:      only(Contributor, Approver, Planner, WorksOfficer, Controller),
	RecordFigure:    only(Approver), // it is published at once
	Submit:          only(Contributor, WorksOfficer),
	Approve:         {Approver: true},
	Publish:         {Approver: true},
	WithdrawRun:     {Approver: true},
	Ask:             only(Approver, Planner, Controller),
	Answer:          only(Contributor, Approver, WorksOfficer),
	Comment:         only(Contributor, Approver, Planner, WorksOfficer, Controller),
	AttachFile:      only(Contributor, Approver, WorksOfficer),
	EraseFile:       only(),
	ImportFigures:   only(Contributor, Integrator),
	ImportDocument:  only(Contributor, Integrator),
	LoadCountry:     only(),
	MakeRelease:     {Approver: true},
	ManageTemplates: only(),
	ManageAccounts:  only(),
	ManageWebhooks:  only(),
	ReadRestricted:  only(Approver, Controller),
	ReadJournal:     only(Controller),
	VerifyJournal:   only(Controller, Approver),
	ReportWorks:     only(Contributor, WorksOfficer),
	ManageWorks:     only(WorksOfficer),
	PlanAccess:      only(Planner),
}

// Givers lists the roles that may do an act: what one has to be given to do it.
func Givers(act Act) []Role {
	var out []Role
	for _, r := range Roles() {
		if may[act][r] {
			out = append(out, r)
		}
	}
	return out
}

// Grant is a role in a territory and everything below it.
type Grant struct {
	Role      Role     `json:"role"`
	Territory place.ID `json:"territory"`
}

// ID names an actor in journal and runs. It is never a person's name.
type ID string

// Actor is somebody or something that acts. The zero Actor is a reader who did
// not sign in.
type Actor struct {
	ID     ID
	Grants []Grant
	Office string // code of the office for which it answers; empty for none
	// Scope narrows what the grants allow, for a token that a program holds;
	// nil narrows nothing.
	Scope []Act
}

// Territory tells whether a place lies within another; *place.Atlas does.
type Territory interface {
	Within(id, root place.ID) bool
}

// May reports whether the actor may do the act at the place. Everybody may
// read what was published; an unknown act is refused.
func (a Actor) May(act Act, at place.ID, land Territory) bool {
	if act == ReadPublished {
		return true
	}
	for _, g := range a.Grants {
		if a.allows(act, g) && land.Within(at, g.Territory) {
			return true
		}
	}
	return false
}

// MayAnywhere reports whether there is any place where the actor may do the
// act.
func (a Actor) MayAnywhere(act Act) bool {
	return act == ReadPublished || slices.ContainsFunc(a.Grants, func(g Grant) bool { return a.allows(act, g) })
}

// Where returns the territories in which the actor may do the act.
func (a Actor) Where(act Act) []place.ID {
	var out []place.ID
	for _, g := range a.Grants {
		if a.allows(act, g) && !slices.Contains(out, g.Territory) {
			out = append(out, g.Territory)
		}
	}
	return out
}

func (a Actor) allows(act Act, g Grant) bool {
	return may[act][g.Role] && a.InScope(act)
}

// InScope reports whether a token leaves the act open, where ownership and not a
// grant decides. It is always so for a person.
func (a Actor) InScope(act Act) bool { return a.Scope == nil || slices.Contains(a.Scope, act) }

// SignedIn reports whether the actor is known.
func (a Actor) SignedIn() bool { return a.ID != "" }

// LocalID names whoever sits at the machine on which the program runs.
const LocalID ID = "local"

// Local is who sits at the machine on which the program runs: the command line,
// and the pages while the server listens on loopback only and nobody has an
// account yet. There is nobody else, so that one is administrator and approver.
func Local(country place.ID) Actor {
	return Actor{ID: LocalID, Grants: []Grant{{Administrator, country}, {Approver, country}}}
}

type actorKey struct{}

// With returns a context in which a acts.
func With(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// From returns who acts; the zero Actor when nobody signed in.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}

// Denied says what somebody lacked: an act in a territory. It is a cause of
// errors, so that a page can say who may give it.
type Denied struct {
	Act Act
	At  place.ID // empty: anywhere
}

func (d *Denied) Error() string { return "the right to " + string(d.Act) }
