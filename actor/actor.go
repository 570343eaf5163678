// Package actor says who may do what, where, and keeps the journal of what was
// done.
//
// Whether an act is allowed is decided here, from role and territory alone, by
// one table that is test and documentation at once. Sign-in lives elsewhere.
package actor

import (
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
	ReadPublished  Act = "read_published"  // figures, promises, documents that were published
	RecordFigure   Act = "record_figure"   // figure, promise, move or delivery from a document
	ImportFigures  Act = "import_figures"  // a file of figures
	ImportDocument Act = "import_document" // the text of a document
	LoadCountry    Act = "load_country"    // places, measures, programme, boundaries
	VerifyJournal  Act = "verify_journal"
)

// Acts lists every act.
func Acts() []Act {
	return []Act{ReadPublished, RecordFigure, ImportFigures, ImportDocument, LoadCountry, VerifyJournal}
}

// may is the whole table: the roles that may do an act inside their territory.
// ReadPublished needs no territory.
var may = map[Act]map[Role]bool{
	ReadPublished:  {},
	RecordFigure:   {Contributor: true, WorksOfficer: true, Administrator: true},
	ImportFigures:  {Contributor: true, Integrator: true, Administrator: true},
	ImportDocument: {Contributor: true, Integrator: true, Administrator: true},
	LoadCountry:    {Administrator: true},
	VerifyJournal:  {Controller: true, Approver: true, Administrator: true},
}

// Grant is a role in a territory and everything below it.
type Grant struct {
	Role      Role
	Territory place.ID
}

// ID names an actor in journal and runs. It is never a person's name.
type ID string

// Actor is somebody or something that acts.
type Actor struct {
	ID     ID
	Grants []Grant
}

// Territory tells whether a place lies within another; *place.Atlas does.
type Territory interface {
	Within(id, root place.ID) bool
}

// May reports whether the actor may do the act at the place. Everybody may
// read what was published; an unknown act is refused.
func (a Actor) May(act Act, at place.ID, land Territory) bool {
	roles, known := may[act]
	if !known {
		return false
	}
	if act == ReadPublished {
		return true
	}
	for _, g := range a.Grants {
		if roles[g.Role] && land.Within(at, g.Territory) {
			return true
		}
	}
	return false
}

// Local is the administrator at the keyboard of the machine on which the
// program runs: the command line, and the pages while the server listens on
// loopback only.
func Local(country place.ID) Actor {
	return Actor{ID: "local", Grants: []Grant{{Administrator, country}}}
}
