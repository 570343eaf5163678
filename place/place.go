// Package place is the map of the house: territories, settlements and
// facilities with what is known about them and since when, and the capacity of
// facilities through time.
//
// A place is known inside by an ID that never changes. Its name, parent, point
// and population are dated facts; splits, merges and moves of borders are
// events with weights, so that a reader may choose between figures as reported,
// figures estimated on today's borders, and unions that stayed comparable.
package place

import (
	"math"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// ID names a place for ever. Outside the program it is a code: ISO 3166-2 for
// country and regions (KZ, KZ-35), the national classifier for districts, own
// codes for settlements and facilities.
type ID string

// Kind is the sort of a place.
type Kind string

// The kinds of places.
const (
	Country      Kind = "country"
	Region       Kind = "region"
	City         Kind = "city"
	District     Kind = "district"
	CityDistrict Kind = "city_district"
	Settlement   Kind = "settlement"
	FormerRegion Kind = "former_region"
	Facility     Kind = "facility"
)

var kinds = map[Kind]bool{Country: true, Region: true, City: true, District: true, CityDistrict: true, Settlement: true, FormerRegion: true, Facility: true}

// Point is a WGS 84 position in degrees.
type Point struct{ Lat, Lon float64 }

// Place is one territory, settlement or facility as its newest facts say.
type Place struct {
	ID     ID
	Kind   Kind
	Parent ID // empty for a country
	Name   lang.Text
	Short  lang.Text // for maps and narrow columns; falls back to Name
	Point  *Point    // nil when not known
	// From and To bound the existence of the place, To exclusive; nil is open.
	From, To *period.Date
	Source   string
}

// Check refuses a place that cannot be.
func (p Place) Check() error {
	const op = "place.Check"
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, op, string(p.ID), format, args...)
	}
	switch {
	case p.ID == "" || len(p.ID) > 40 || strings.ContainsAny(string(p.ID), " \t\n,;\"'<>/?#"):
		return bad("a place code has 1 to 40 characters without spaces and punctuation")
	case !kinds[p.Kind]:
		return bad("unknown kind of place %q", p.Kind)
	case (p.Kind == Country) != (p.Parent == ""):
		return bad("a country has no parent, every other place has one")
	case len(p.Name) == 0:
		return bad("a place needs a name")
	case p.Parent == p.ID:
		return bad("a place cannot be its own parent")
	case p.From != nil && p.To != nil && *p.From >= *p.To:
		return bad("the place ends before it begins")
	}
	if p.Point != nil && !(p.Point.Lat >= -90 && p.Point.Lat <= 90 && p.Point.Lon >= -180 && p.Point.Lon <= 180) {
		return bad("latitude must be -90 to 90 and longitude -180 to 180: are they swapped or in metres?")
	}
	return nil
}

// Exists reports whether the place exists on that day.
func (p Place) Exists(on period.Date) bool {
	return (p.From == nil || *p.From <= on) && (p.To == nil || on < *p.To)
}

// ShortName returns the short name, or the name where there is none.
func (p Place) ShortName(l lang.Code) string {
	if s := p.Short.In(l); s != "" {
		return s
	}
	return p.Name.In(l)
}

// Attribute is what a dated fact is about.
type Attribute string

// The attributes of which history is kept.
const (
	AttrName       Attribute = "name"
	AttrParent     Attribute = "parent"
	AttrPoint      Attribute = "point"
	AttrArea       Attribute = "area_km2"
	AttrPopulation Attribute = "population"
	// AttrUrban and AttrRural are the people in towns and in villages; together
	// they make the population of the same source and day.
	AttrUrban Attribute = "population_urban"
	AttrRural Attribute = "population_rural"
	// AttrCentre is the main settlement of a territory: where its hospital is
	// looked for. It may lie outside it.
	AttrCentre Attribute = "centre"
)

var numeric = map[Attribute]bool{AttrArea: true, AttrPopulation: true, AttrUrban: true, AttrRural: true}

// Fact is something true of a place from a day to a day (exclusive). A fact
// about a name or parent overrides the one of the Place on its days.
type Fact struct {
	Place     ID
	Attribute Attribute
	Text      string    // the value: a code for parent, a number for the rest
	Name      lang.Text // the value of a name
	From, To  *period.Date
	Source    string
}

// Check refuses a fact about nothing known, or a number that is none.
func (f Fact) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "place.Fact", string(f.Place), format, args...)
	}
	switch {
	case numeric[f.Attribute]:
		if v, err := strconv.ParseFloat(f.Text, 64); err != nil || !(v >= 0) || math.IsInf(v, 0) {
			return bad("%s is a number from 0, not %q", f.Attribute, f.Text)
		}
	case f.Attribute == AttrName:
		if len(f.Name) == 0 {
			return bad("a fact about a name says the name")
		}
	case f.Attribute == AttrParent, f.Attribute == AttrPoint, f.Attribute == AttrCentre:
		if f.Text == "" {
			return bad("a fact about %s has a value", f.Attribute)
		}
	default:
		return bad("%q is nothing of which history is kept", f.Attribute)
	}
	if f.From != nil && f.To != nil && *f.From >= *f.To {
		return bad("the fact ends before it begins")
	}
	return nil
}

// Holds reports whether the fact is true on that day.
func (f Fact) Holds(on period.Date) bool {
	return (f.From == nil || *f.From <= on) && (f.To == nil || on < *f.To)
}
