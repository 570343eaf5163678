package country

import (
	"slices"
	"strconv"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// travelLimit is the parameter of a service that says within how many minutes
// people should be there.
const travelLimit = "travel_limit"

// access reads what the answers about journeys rest on. A pack that has one of
// the tables has the parameters whole.
func (l *loader) access() error {
	for _, step := range []func() error{l.accessServices, l.accessParameters, l.accessPresumptions, l.ambulanceBases, l.observedTimes} {
		if err := step(); err != nil {
			return err
		}
	}
	if len(l.out.Parameters)+len(l.out.Profiles) == 0 {
		return nil
	}
	if err := l.out.Parameters.Check(); err != nil {
		return fault.New(fault.Invalid, "country.Load", "access_parameters.csv", "%w", err)
	}
	return nil
}

// knownServices reads a list of services, each of which the pack must have.
func (l *loader) knownServices(r *row, column string) []string {
	list := bars[string](r, column)
	for _, code := range list {
		if _, ok := l.serviceAt[code]; !ok {
			r.fail(column, "no service has the code %q", code)
		}
	}
	return list
}

// documentOrAssumption reads the source of a row: a document, or the word
// assumption.
func (l *loader) documentOrAssumption(r *row) string {
	s := r.need("source")
	if _, ok := l.documents[s]; !ok && s != access.Assumption {
		r.fail("source", "must be a document or the word %s", access.Assumption)
	}
	return s
}

func (l *loader) accessServices() error {
	return each(l.pack, "access_services.csv", func(r *row) {
		p := access.Profile{Service: r.need("service"), Kind: access.Kind(r.need("kind")), Capable: l.knownServices(r, "capable"), FirstCare: l.knownServices(r, "first_care")}
		i, ok := l.serviceAt[p.Service]
		if !ok {
			r.fail("service", "no service has the code %q", p.Service)
			return
		}
		if slices.ContainsFunc(l.out.Profiles, func(o access.Profile) bool { return o.Service == p.Service }) {
			r.fail("service", "the service is listed twice")
		}
		at := slices.IndexFunc(l.out.Services[i].Parameters, func(p Parameter) bool { return p.Code == travelLimit })
		if at < 0 {
			r.fail("service", "%s has no %s in service_parameters.csv: say within how many minutes people should be there", p.Service, travelLimit)
			return
		}
		limit := l.out.Services[i].Parameters[at]
		v, err := strconv.ParseFloat(limit.Value, 64)
		if err != nil || limit.Unit != "minute" {
			r.fail("service", "the %s of %s in service_parameters.csv is no number of minutes", travelLimit, p.Service)
			return
		}
		p.LimitMinutes, p.LimitSource = v, limit.Source
		if err := p.Check(); err != nil {
			r.fail("kind", "%v", err)
		}
		l.out.Profiles = append(l.out.Profiles, p)
	})
}

func (l *loader) accessParameters() error {
	return each(l.pack, "access_parameters.csv", func(r *row) {
		p := access.Parameter{Code: r.need("code"), Season: access.Season(r.text("season")), Unit: r.need("unit"), Source: r.need("source"), Text: r.names("note")}
		for column, at := range map[string]*float64{"value": &p.Value, "low": &p.Low, "high": &p.High} {
			if v := r.float(column); v != nil {
				*at = *v
			} else {
				r.need(column)
			}
		}
		if err := p.Check(); err != nil {
			r.fail("code", "%v", err)
		}
		if slices.ContainsFunc(l.out.Parameters, func(o access.Parameter) bool { return o.Code == p.Code && o.Season == p.Season }) {
			r.fail("code", "the parameter is listed twice for the season")
		}
		l.out.Parameters = append(l.out.Parameters, p)
	})
}

// seats are the kinds of territories in whose main settlement a facility may be
// presumed, and the settlement itself.
var seats = []place.Kind{place.Region, place.City, place.District, place.Settlement}

func (l *loader) accessPresumptions() error {
	return each(l.pack, "access_presumptions.csv", func(r *row) {
		p := access.Presumption{Facility: place.ID(r.text("facility")), FacilityKind: r.text("facility_kind"), Seat: place.Kind(r.text("seat")), Service: r.need("service"),
			Source: l.documentOrAssumption(r), Text: r.names("note")}
		if _, ok := l.serviceAt[p.Service]; p.Service != "" && !ok {
			r.fail("service", "no service has the code %q", p.Service)
		}
		switch {
		case p.Facility != "" && !l.facilities[p.Facility]:
			r.fail("facility", "no facility has the code %q", p.Facility)
		case p.FacilityKind != "" && !slices.ContainsFunc(l.out.Facilities, func(f Facility) bool { return f.Kind == p.FacilityKind }):
			r.fail("facility_kind", "no facility is of the kind %q", p.FacilityKind)
		case p.Seat != "" && !slices.Contains(seats, p.Seat):
			r.fail("seat", "must be one of %v", seats)
		}
		if err := p.Check(); err != nil {
			r.fail("facility", "%v", err)
		}
		code := presumptionCode(p)
		if slices.ContainsFunc(l.out.Presumed, func(o access.Presumption) bool { return presumptionCode(o) == code }) {
			r.fail("service", "is presumed twice")
		}
		l.out.Presumed = append(l.out.Presumed, p)
	})
}

func (l *loader) ambulanceBases() error {
	seen := map[access.Base]bool{}
	return each(l.pack, "ambulance_bases.csv", func(r *row) {
		b := access.Base{Place: place.ID(r.need("place")), Vehicle: access.Vehicle(r.need("vehicle")), Source: l.documentOrAssumption(r)}
		if !l.settlement(b.Place) {
			r.fail("place", "no settlement has the code %q", b.Place)
		}
		if err := b.Check(); err != nil {
			r.fail("vehicle", "%v", err)
		}
		key := access.Base{Place: b.Place, Vehicle: b.Vehicle}
		if seen[key] {
			r.fail("vehicle", "the base is listed twice")
		}
		seen[key] = true
		l.out.Bases = append(l.out.Bases, b)
	})
}

// settlement reports whether a place is one.
func (l *loader) settlement(id place.ID) bool {
	return slices.ContainsFunc(l.out.Places, func(p place.Place) bool { return p.ID == id && p.Kind == place.Settlement })
}

// presumptionCode is the code under which a presumption stands in the catalogue.
func presumptionCode(p access.Presumption) string {
	return string(p.Facility) + "/" + p.FacilityKind + "/" + string(p.Seat) + "/" + p.Service
}

// observedTimes reads times of travel that somebody published.
func (l *loader) observedTimes() error {
	return each(l.pack, "observed_times.csv", func(r *row) {
		o := access.Observation{From: place.ID(r.need("from")), To: place.ID(r.need("to")), Mode: access.Transport(r.need("mode")), Season: access.Season(r.text("season")),
			Class: r.text("class"), Source: r.need("source"), Date: r.text("date")}
		for column, id := range map[string]place.ID{"from": o.From, "to": o.To} {
			if !l.settlement(id) {
				r.fail(column, "no settlement has the code %q", id)
			}
		}
		if v := r.float("minutes"); v != nil {
			o.Minutes = *v
		}
		if _, ok := l.documents[o.Source]; !ok {
			r.fail("source", "no document has the name %q", o.Source)
		}
		if o.Date != "" {
			r.period("date")
		}
		if err := o.Check(); err != nil {
			r.fail("minutes", "%v", err)
		}
		l.out.Observed = append(l.out.Observed, o)
	})
}
