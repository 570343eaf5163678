package access

import (
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

// Kind is how people come to a service.
type Kind string

// The kinds of ways to care.
const (
	// Emergency is a chain: call, ambulance, scene, transport.
	Emergency Kind = "emergency"
	// Planned is a journey by car from home.
	Planned Kind = "planned"
)

// Profile tells how people come to a service, which facilities are capable of
// it and within how many minutes they should be there.
type Profile struct {
	Service string `json:"service"`
	Kind    Kind   `json:"kind"`
	// Capable are the services any of which, open in a facility, makes it capable.
	Capable []string `json:"capable"`
	// FirstCare are the services any of which lets a facility begin treatment
	// before it sends the patient on (drip and ship). None: no such way.
	FirstCare []string `json:"first_care,omitempty"`
	// LimitMinutes is the planning norm, with its source.
	LimitMinutes float64 `json:"limit_minutes"`
	LimitSource  string  `json:"limit_source"`
}

// Check refuses a profile that cannot be.
func (p Profile) Check() error {
	switch {
	case p.Service == "" || len(p.Capable) == 0:
		return fault.New(fault.Invalid, "access.Profile", p.Service, "names a service and the services that make a facility capable of it")
	case p.Kind != Emergency && p.Kind != Planned:
		return fault.New(fault.Invalid, "access.Profile", p.Service, "the kind is emergency or planned")
	case !(p.LimitMinutes > 0 && p.LimitMinutes <= 24*60):
		return fault.New(fault.Invalid, "access.Profile", p.Service, "the limit is between 0 and 1440 minutes")
	}
	return nil
}

// Presumption says of which services facilities are taken to be capable though
// no document says so. Exactly one of Facility, FacilityKind and Seat is set.
type Presumption struct {
	Facility     place.ID `json:"facility,omitempty"`
	FacilityKind string   `json:"facility_kind,omitempty"`
	// Seat presumes a facility in the main settlement of every territory of this
	// kind (region, district), also where no document names one.
	Seat    place.Kind `json:"seat,omitempty"`
	Service string     `json:"service"`
	Source  string     `json:"source"`
	Text    lang.Text  `json:"text"`
}

// Check refuses a presumption that cannot be.
func (p Presumption) Check() error {
	n := 0
	for _, s := range []string{string(p.Facility), p.FacilityKind, string(p.Seat)} {
		if s != "" {
			n++
		}
	}
	if n != 1 || p.Service == "" || p.Source == "" {
		return fault.New(fault.Invalid, "access.Presumption", p.Service, "names one of facility, facility_kind and seat, a service and a source")
	}
	return nil
}

// Vehicle is what starts at a base.
type Vehicle string

// The vehicles.
const (
	Road Vehicle = "road"
	Air  Vehicle = "air"
)

// Base is where an ambulance or an aircraft starts.
type Base struct {
	Place   place.ID `json:"place"` // a settlement
	Vehicle Vehicle  `json:"vehicle"`
	Source  string   `json:"source"`
}

// Check refuses a base that cannot be.
func (b Base) Check() error {
	if b.Place == "" || (b.Vehicle != Road && b.Vehicle != Air) || b.Source == "" {
		return fault.New(fault.Invalid, "access.Base", string(b.Place), "a base has a settlement, a vehicle (road or air) and a source")
	}
	return nil
}
