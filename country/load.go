package country

import (
	"encoding/json"
	"io/fs"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// Load reads and checks a pack. It returns fault.Invalid naming file, row and
// column of the first fault; nothing is repaired.
func Load(pack fs.FS) (*Pack, error) {
	l := &loader{pack: pack, out: &Pack{Boundaries: map[string][]byte{}}, documents: map[string]ledger.Document{}, units: map[string]bool{},
		measures: map[string]ledger.Measure{}, places: map[place.ID]bool{}, offices: map[string]bool{}, statements: map[string]*ledger.Figure{}, serviceAt: map[string]int{}, facilities: map[place.ID]bool{}}
	for _, step := range []func() error{l.country, l.documentsTable, l.officesTable, l.vocabulary, l.placesTables, l.services, l.facilitiesTable, l.capacities, l.roads, l.villages, l.access, l.statementsTable, l.evidenceTable, l.movesTable, l.statistics, l.rules, l.templates, l.works, l.boundaries, l.check} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return l.out, nil
}

type loader struct {
	pack       fs.FS
	out        *Pack
	documents  map[string]ledger.Document
	units      map[string]bool
	measures   map[string]ledger.Measure
	places     map[place.ID]bool
	offices    map[string]bool
	statements map[string]*ledger.Figure
	serviceAt  map[string]int // position in out.Services
	facilities map[place.ID]bool
}

func (l *loader) country() error {
	body, err := fs.ReadFile(l.pack, "country.json")
	if err != nil {
		return fault.New(fault.Invalid, "country.Load", "country.json", "cannot be read: %w", err)
	}
	if err := json.Unmarshal(body, &l.out.Country); err != nil {
		return fault.New(fault.Invalid, "country.Load", "country.json", "is not valid JSON: %w", err)
	}
	return l.out.Country.Check()
}

func (l *loader) documentsTable() error {
	return each(l.pack, "documents.csv", func(r *row) {
		d := ledger.Document{Name: r.need("name"), Kind: r.need("kind"), Publisher: r.names("publisher"), Title: r.names("title"), Language: r.text("language"),
			Licence: r.text("licence"), Address: r.text("address"), SHA256: r.text("sha256"), Lines: r.integer("lines")}
		if at := r.text("published_at"); at != "" {
			p := r.period("published_at")
			if p.Known() {
				last := p.Last()
				d.Published, d.PublishedAs = &last, at
			}
		}
		if err := d.Check(); err != nil {
			r.fail("name", "%v", err)
		}
		if _, twice := l.documents[d.Name]; twice {
			r.fail("name", "the document is listed twice")
		}
		l.documents[d.Name] = d
		l.out.Documents = append(l.out.Documents, d)
	})
}

func (l *loader) officesTable() error {
	return each(l.pack, "offices.csv", func(r *row) {
		o := Office{Code: r.need("code"), Kind: r.need("kind"), Place: place.ID(r.need("place")), Name: r.names("name")}
		l.offices[o.Code] = true
		l.out.Offices = append(l.out.Offices, o)
	})
}

func (l *loader) vocabulary() error {
	if err := each(l.pack, "dimensions.csv", func(r *row) {
		l.out.Labels = append(l.out.Labels, Label{Dimension: r.need("dimension"), Value: r.text("value"), Name: r.names("name")})
	}); err != nil {
		return err
	}
	if err := each(l.pack, "units.csv", func(r *row) {
		u := ledger.Unit{Code: r.need("code"), Kind: r.need("kind"), Name: r.names("name"), Forms: map[lang.Code]map[string]string{}}
		for _, form := range []string{"one", "few", "many", "other"} {
			for c, s := range r.names(form) {
				if u.Forms[c] == nil {
					u.Forms[c] = map[string]string{}
				}
				u.Forms[c][form] = s
			}
		}
		l.units[u.Code] = true
		l.out.Units = append(l.out.Units, u)
	}); err != nil {
		return err
	}
	return each(l.pack, "measures.csv", func(r *row) {
		m := ledger.Measure{Code: r.need("code"), Version: r.integer("version"), Theme: ledger.Theme(r.need("theme")), Unit: r.need("unit"), Noun: r.text("noun"),
			Polarity: ledger.Polarity(r.need("polarity")), DeliveredBy: r.text("delivered_by"), OverTime: ledger.Aggregation(r.need("aggregate_time")),
			OverPlace: ledger.Aggregation(r.need("aggregate_place")), OverDimensions: ledger.Aggregation(r.need("aggregate_dimensions")),
			Headline: r.need("headline"), Disclosure: r.text("disclosure"), Name: r.names("name"), Definition: r.names("definition")}
		if err := m.Check(); err != nil {
			r.fail("code", "%v", err)
		}
		if !l.units[m.Unit] {
			r.fail("unit", "no unit has the code %q", m.Unit)
		}
		l.measures[m.Code] = m
		l.out.Measures = append(l.out.Measures, m)
	})
}

func (l *loader) boundaries() error {
	for _, level := range []string{"regions", "districts"} {
		body, err := fs.ReadFile(l.pack, "boundaries_"+level+".geojson")
		if err != nil {
			continue // a pack without outlines is shown without a map
		}
		if !json.Valid(body) {
			return fault.New(fault.Invalid, "country.Load", "boundaries_"+level+".geojson", "is not valid JSON")
		}
		l.out.Boundaries[level] = body
	}
	return nil
}

// check looks at what only the whole pack can tell.
func (l *loader) check() error {
	a, err := place.NewAtlas(l.out.Places, l.out.Facts, l.out.Events)
	if err != nil {
		return err
	}
	if string(a.Root()) != l.out.Country.Code {
		return fault.New(fault.Invalid, "country.Load", "places.csv", "the place of kind country must have the code %s of country.json", l.out.Country.Code)
	}
	if _, err := place.NewTimeline(l.out.Capacities); err != nil {
		return err
	}
	for _, o := range l.out.Offices {
		if !a.Has(o.Place) {
			return fault.New(fault.Invalid, "country.Load", "offices.csv", "the office %s sits in an unknown place %q", o.Code, o.Place)
		}
	}
	for _, m := range l.out.Measures {
		if m.DeliveredBy != "" && l.measures[m.DeliveredBy].Code == "" {
			return fault.New(fault.Invalid, "country.Load", "measures.csv", "%s is delivered by an unknown measure %q", m.Code, m.DeliveredBy)
		}
	}
	for _, s := range l.out.Statements {
		if s.PartOf != "" && l.statements[s.PartOf] == nil {
			return fault.New(fault.Invalid, "country.Load", "statements.csv", "%s is part of an unknown statement %q", s.ID, s.PartOf)
		}
	}
	_, err = l.out.Country.BoardParameters()
	return err
}
