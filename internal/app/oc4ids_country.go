package app

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/shanyraq/shanyraq/exchange/oc4ids"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// PlaceholderPrefix stands for the prefix that the registrar of OC4IDS gives to
// a publisher; until then ids are in the right form and nobody's.
const PlaceholderPrefix = "oc4ids-000000"

// oc4idsCountry is what the translation between works and OC4IDS must know.
func (v *view) oc4idsCountry(code lang.Code, prefix string) (oc4ids.Country, error) {
	home, err := Home()
	if err != nil {
		return oc4ids.Country{}, err
	}
	names, c := v.placeNames(), v.Country
	if c.Code == "" { // a database without country
		if c, err = homeCountry(); err != nil {
			return oc4ids.Country{}, err
		}
	}
	return oc4ids.Country{Lang: code, Prefix: cmp.Or(prefix, PlaceholderPrefix), Currency: c.Currency, Today: v.at.AsOf, Offset: c.OffsetMinutes, Home: home,
		Address: func(id place.ID) oc4ids.Address { return v.addressOf(id, code) },
		Source: func(source string) lang.Text {
			for _, s := range v.Sources {
				if s.Code == source {
					return s.Name
				}
			}
			return nil
		},
		Office: func(office string) lang.Text { return v.Offices[office].Name },
		Document: func(name string) (oc4ids.Publication, bool) {
			d, ok := v.Documents[name]
			return oc4ids.Publication{Title: d.Title, Publisher: d.Publisher, Address: d.Address, Published: d.Published, Language: d.Language}, ok
		},
		Place: func(a oc4ids.Address, p *place.Point) (place.ID, bool) { return v.placeOf(home, names, a, p) },
		SourceOf: func(name string) (string, bool) {
			for _, s := range v.Sources {
				if name == s.Code || slices.ContainsFunc(lang.Codes(), func(c lang.Code) bool {
					return s.Name[c] != "" && strings.EqualFold(s.Name[c], strings.TrimSpace(name))
				}) {
					return s.Code, true
				}
			}
			return "", false
		},
		Fit: func(*works.Work) []string { return nil }, // set by an import
	}, nil
}

// addressOf names the region and the settlement or district of a place.
func (v *view) addressOf(id place.ID, code lang.Code) oc4ids.Address {
	a := oc4ids.Address{Country: v.Country.Name.In(code)}
	for at := id; at != "" && v.Atlas.Has(at); at = v.Atlas.Parent(at, v.at.AsOf) {
		p, err := v.Atlas.Place(at)
		if err != nil {
			break
		}
		switch {
		case p.Kind == place.Country:
		case p.Parent == v.Atlas.Root():
			a.Region = p.Name.In(code)
		case a.Locality == "" && p.Kind != place.Facility:
			a.Locality = p.Name.In(code)
		}
	}
	return a
}

// placeNames finds territories and settlements by any of their names.
func (v *view) placeNames() map[string][]place.ID {
	out := map[string][]place.ID{}
	for _, p := range v.Atlas.All() {
		if p.Kind == place.Country || p.Kind == place.Facility || p.Kind == place.FormerRegion {
			continue
		}
		seen := map[string]bool{}
		for _, c := range lang.Codes() {
			for _, n := range []string{p.Name[c], p.Short[c]} {
				if f := lang.Fold(n); f != "" && !seen[f] {
					seen[f] = true
					out[f] = append(out[f], p.ID)
				}
			}
		}
	}
	return out
}

// placeOf returns the smallest territory that an address names without doubt,
// else the region in which the point lies.
func (v *view) placeOf(home *oc4ids.Home, names map[string][]place.ID, a oc4ids.Address, p *place.Point) (place.ID, bool) {
	if a.Country != "" && !home.Named(a.Country) {
		return "", false
	}
	region := only(v.largest(names[lang.Fold(a.Region)]))
	var here []place.ID
	for _, id := range names[lang.Fold(a.Locality)] {
		if region == "" || v.Atlas.Within(id, region) {
			here = append(here, id)
		}
	}
	if at := only(v.largest(here)); at != "" && a.Locality != "" {
		return at, true
	}
	if region != "" && a.Region != "" {
		return region, true
	}
	if p != nil {
		if outlines, err := homeOutlines(); err == nil {
			for _, o := range outlines {
				if at := (orb.Point{p.Lon, p.Lat}); v.Atlas.Has(place.ID(o.Code)) && planar.MultiPolygonContains(o.Geometry, at) {
					return place.ID(o.Code), true
				}
			}
		}
	}
	return "", false
}

// largest keeps of places of one name those that lie in no other of them: a
// city and the district around it are one.
func (v *view) largest(list []place.ID) []place.ID {
	var out []place.ID
	for _, id := range list {
		if !slices.ContainsFunc(list, func(o place.ID) bool { return o != id && v.Atlas.Within(id, o) }) {
			out = append(out, id)
		}
	}
	return out
}

func only(list []place.ID) place.ID {
	if len(list) == 1 {
		return list[0]
	}
	return ""
}

// fitWork takes out of a record what this database does not have, and names the
// fields. has tells whether a work is kept.
func (v *view) fitWork(w *works.Work, has func(works.ID) bool) []string {
	var missing []string
	if !v.Atlas.Has(w.Place) {
		w.Place = v.Atlas.Root()
		w.Assumed = append(w.Assumed, "place")
		missing = append(missing, "place")
	}
	if w.Facility != "" && !v.hasFacility(string(w.Facility)) {
		w.Facility, missing = "", append(missing, "facility")
	}
	if _, known := v.Offices[w.Office]; w.Office != "" && !known {
		w.Office, missing = "", append(missing, "office")
	}
	if w.Level != works.Package && w.Parent != "" && !has(w.Parent) {
		w.Parent, missing = "", append(missing, "parent")
	}
	sources := v.sourceCodes()
	if n := len(w.Shares); n > 0 {
		if w.Shares = slices.DeleteFunc(w.Shares, func(s works.Share) bool { return !sources(s.Source) }); len(w.Shares) < n {
			missing = append(missing, "shares")
		}
	}
	for _, list := range []struct {
		field string
		of    *[]string
	}{{"promises", &w.Promises}, {"statements", &w.Statements}} {
		unknown := func(s string) bool { return v.Programme.One(s, v.at.AsOf) == nil }
		if slices.ContainsFunc(*list.of, unknown) {
			*list.of, missing = slices.DeleteFunc(slices.Clone(*list.of), unknown), append(missing, list.field)
		}
	}
	return missing
}
