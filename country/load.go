package country

import (
	"encoding/json"
	"io/fs"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/place"
)

// Load reads and checks a pack. It returns fault.Invalid naming file, row and
// column of the first fault; nothing is repaired.
func Load(pack fs.FS) (*Pack, error) {
	l := &loader{pack: pack, out: &Pack{Boundaries: map[string][]byte{}}, documents: map[string]ledger.Document{}, units: map[string]bool{},
		measures: map[string]ledger.Measure{}, places: map[place.ID]bool{}, offices: map[string]bool{}, statements: map[string]*ledger.Figure{}}
	for _, step := range []func() error{l.country, l.documentsTable, l.officesTable, l.vocabulary, l.placesTables, l.services, l.roads, l.statementsTable, l.evidenceTable, l.movesTable, l.statistics, l.rules, l.boundaries, l.check} {
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
			Headline: r.need("headline"), Name: r.names("name"), Definition: r.names("definition")}
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

func (l *loader) placesTables() error {
	read := func(r *row) {
		p := place.Place{ID: place.ID(r.need("code")), Kind: place.Kind(r.need("kind")), Parent: place.ID(r.text("parent")), Name: r.names("name"), Short: r.names("short"),
			From: r.date("valid_from"), To: r.date("valid_to"), Source: r.text("source")}
		if lat, lon := r.float("lat"), r.float("lon"); lat != nil && lon != nil {
			p.Point = &place.Point{Lat: *lat, Lon: *lon}
		}
		if err := p.Check(); err != nil {
			r.fail("code", "%v", err)
		}
		l.places[p.ID] = true
		l.out.Places = append(l.out.Places, p)
	}
	for _, file := range []string{"places.csv", "settlements_extra.csv"} {
		if err := each(l.pack, file, read); err != nil {
			return err
		}
	}
	if err := each(l.pack, "place_facts.csv", func(r *row) {
		l.out.Facts = append(l.out.Facts, place.Fact{Place: place.ID(r.need("place")), Attribute: place.Attribute(r.need("attribute")), Text: r.text("value"),
			Name: r.names("name"), From: r.date("from"), To: r.date("to"), Source: r.text("source")})
	}); err != nil {
		return err
	}
	return each(l.pack, "place_events.csv", func(r *row) {
		e := place.Event{Change: place.Change(r.need("kind")), From: place.ID(r.need("from")), To: place.ID(r.need("to")), WeightSource: r.text("weight_source"), Note: r.text("note_en")}
		if d := r.date("date"); d != nil {
			e.On = *d
		}
		if w := r.float("weight"); w != nil {
			e.Weight = *w
		}
		l.out.Events = append(l.out.Events, e)
	})
}

func (l *loader) services() error {
	index := map[string]int{}
	if err := each(l.pack, "services.csv", func(r *row) {
		index[r.need("code")] = len(l.out.Services)
		l.out.Services = append(l.out.Services, Service{Code: r.text("code"), Parent: r.text("parent"), Name: r.names("name")})
	}); err != nil {
		return err
	}
	if err := each(l.pack, "service_parameters.csv", func(r *row) {
		i, ok := index[r.need("service")]
		if !ok {
			r.fail("service", "no service has this code")
			return
		}
		l.out.Services[i].Parameters = append(l.out.Services[i].Parameters, Parameter{Code: r.need("parameter"), Value: r.need("value"), Unit: r.text("unit"), Source: r.need("source"), Text: r.names("note")})
	}); err != nil {
		return err
	}
	facilities := map[place.ID]bool{}
	if err := each(l.pack, "facilities.csv", func(r *row) {
		f := Facility{Code: r.need("code"), Name: r.names("name"), Kind: r.need("kind"), Status: r.need("status"), Place: place.ID(r.need("place")),
			Lat: r.float("lat"), Lon: r.float("lon"), Precision: r.text("coord_precision"), Source: r.need("source")}
		if !l.places[f.Place] {
			r.fail("place", "no place has the code %q", f.Place)
		}
		if _, ok := l.documents[f.Source]; !ok {
			r.fail("source", "no document has the name %q", f.Source)
		}
		if facilities[place.ID(f.Code)] {
			r.fail("code", "the facility is listed twice")
		}
		facilities[place.ID(f.Code)] = true
		l.out.Facilities = append(l.out.Facilities, f)
	}); err != nil {
		return err
	}
	return each(l.pack, "capacity.csv", func(r *row) {
		c := place.Capacity{Facility: place.ID(r.need("facility")), Item: place.Item(r.need("item")), Service: r.text("service"), Age: r.text("age"),
			Status: place.Status(r.need("status")), From: r.date("from"), To: r.date("to"), Source: r.need("source")}
		if n := r.decimal("count"); n != nil {
			v := n.IntPart()
			c.Count = &v
		}
		if _, ok := index[c.Service]; c.Service != "" && !ok {
			r.fail("service", "no service has the code %q", c.Service)
		}
		if !facilities[c.Facility] {
			r.fail("facility", "no facility has the code %q", c.Facility)
		}
		if _, ok := l.documents[c.Source]; !ok {
			r.fail("source", "no document has the name %q", c.Source)
		}
		if err := c.Check(); err != nil {
			r.fail("facility", "%v", err)
		}
		l.out.Capacities = append(l.out.Capacities, c)
	})
}

func (l *loader) roads() error {
	return each(l.pack, "road_links.csv", func(r *row) {
		x := RoadLink{From: place.ID(r.need("from")), To: place.ID(r.need("to")), Class: r.need("class"), Source: r.need("source")}
		for column, id := range map[string]place.ID{"from": x.From, "to": x.To} {
			if !l.places[id] {
				r.fail(column, "no place has the code %q", id)
			}
		}
		km := r.float("km")
		if km == nil || !(*km > 0) {
			r.fail("km", "must be a length above 0")
			return
		}
		x.Km = *km
		l.out.Roads = append(l.out.Roads, x)
	})
}

// figure reads the columns that statements and statistics share.
func (l *loader) figure(r *row) ledger.Figure {
	m, ok := l.measures[r.need("measure")]
	if !ok {
		r.fail("measure", "no measure has the code %q", r.text("measure"))
	}
	dims, err := ledger.ParseDimensions(r.text("dimensions"))
	if err != nil {
		r.fail("dimensions", "%v", err)
	}
	q, ok := ledger.ParseQualifier(r.text("qualifier"))
	if !ok {
		r.fail("qualifier", "must be one of = ~ <~ >= > <= <")
	}
	f := ledger.Figure{Series: ledger.Series{Measure: m.Code, Version: max(1, m.Version), Place: place.ID(r.need("place")), Dimensions: dims.String(), Kind: ledger.Actual, Unit: r.need("unit")},
		Period: r.period("period"), Value: r.decimal("value"), Qualifier: q, Status: ledger.Status(r.text("status")),
		Numerator: r.decimal("numerator"), Denominator: r.decimal("denominator")}
	if !l.places[f.Place] {
		r.fail("place", "no place has the code %q", f.Place)
	}
	if !l.units[f.Unit] {
		r.fail("unit", "no unit has the code %q", f.Unit)
	}
	if f.Unit == l.out.Country.Currency.Code && f.Value != nil {
		if _, err := l.out.Country.Currency.FromDecimal(*f.Value); err != nil {
			r.fail("value", "%v", err)
		}
	}
	return f
}

// from notes the document of a figure and the day on which it counts.
func (l *loader) from(r *row, f *ledger.Figure, column string) {
	d, ok := l.documents[r.need(column)]
	if !ok {
		r.fail(column, "no document has the name %q", r.text(column))
	}
	f.Document, f.Source, f.Published = d.Name, d.Name, d.Published
}

func (l *loader) statementsTable() error {
	return each(l.pack, "statements.csv", func(r *row) {
		f := l.figure(r)
		f.Kind = ledger.Kind(r.need("figure_kind"))
		f.Locator = ledger.Locator{Line: r.integer("line"), From: r.integer("from"), To: r.integer("to")}
		f.Note = r.names("note")
		l.from(r, &f, "document")
		if err := f.Seal(); err != nil {
			r.fail("value", "%v", err)
		}
		s := ledger.Statement{ID: r.need("id"), Role: ledger.Role(r.need("role")), Kind: ledger.StatementKind(r.need("kind")), Figure: f.ID, PartOf: r.text("part_of"),
			SaidBy: r.text("said_by"), AnswersForIt: r.text("answers_for_it"), Deadline: r.date("deadline"), PeriodInferred: r.text("period_inferred") == "yes",
			Title: r.names("title"), Note: r.names("note")}
		if err := s.Check(); err != nil {
			r.fail("id", "%v", err)
		}
		if l.statements[s.ID] != nil {
			r.fail("id", "the statement is listed twice")
		}
		for _, column := range []string{"said_by", "answers_for_it"} {
			if o := r.text(column); o != "" && !l.offices[o] {
				r.fail(column, "no office has the code %q", o)
			}
		}
		l.statements[s.ID] = &f
		l.out.Statements = append(l.out.Statements, s)
		l.out.Figures = append(l.out.Figures, f)
	})
}

func (l *loader) evidenceTable() error {
	return each(l.pack, "evidence.csv", func(r *row) {
		f := l.statements[r.need("statement")]
		if f == nil || l.statements[r.need("promise")] == nil {
			r.fail("statement", "promise and statement must be listed in statements.csv")
			return
		}
		e := ledger.Evidence{Promise: r.text("promise"), Statement: r.text("statement"), Figure: f.ID, Relation: ledger.Relation(r.need("relation")), Note: r.names("note")}
		if err := e.Check(); err != nil {
			r.fail("relation", "%v", err)
		}
		l.out.Evidence = append(l.out.Evidence, e)
	})
}

// movesTable reads what somebody changed about a promise. A new target is the
// figure of another statement.
func (l *loader) movesTable() error {
	return each(l.pack, "moves.csv", func(r *row) {
		m := ledger.Move{Promise: r.need("promise"), Field: ledger.Field(r.need("field")), To: r.text("value"), Reason: r.text("reason"),
			Locator: ledger.Locator{Line: r.integer("line"), From: r.integer("from"), To: r.integer("to")}}
		if l.statements[m.Promise] == nil {
			r.fail("promise", "no statement has the id %q", m.Promise)
		}
		if ref := r.text("statement"); ref != "" {
			f := l.statements[ref]
			if f == nil {
				r.fail("statement", "no statement has the id %q", ref)
				return
			}
			m.Figure = f.ID
		}
		d, ok := l.documents[r.need("document")]
		if !ok {
			r.fail("document", "no document has the name %q", r.text("document"))
		}
		m.Document, m.Published = d.Name, d.Published
		if err := m.Check(); err != nil {
			r.fail("field", "%v", err)
		}
		l.out.Moves = append(l.out.Moves, m)
	})
}

func (l *loader) statistics() error {
	return each(l.pack, "statistics.csv", func(r *row) {
		f := l.figure(r)
		f.Note = r.names("note")
		l.from(r, &f, "source")
		if err := f.Seal(); err != nil {
			r.fail("value", "%v", err)
		}
		l.out.Figures = append(l.out.Figures, f)
	})
}

func (l *loader) rules() error {
	return each(l.pack, "rules.csv", func(r *row) {
		x := rule.Rule{Code: r.need("code"), Type: rule.Type(r.need("type")), Params: rule.ParseParams(r.text("params")), Title: r.names("title"), Open: r.names("text_open"), OK: r.names("text_ok")}
		if err := x.Check(); err != nil {
			r.fail("type", "%v", err)
		}
		for _, key := range []string{"whole", "parts", "part", "first", "second", "statements", "claim"} {
			for ref := range strings.SplitSeq(x.Params[key], "|") {
				if ref != "" && !strings.Contains(ref, "@") && l.statements[ref] == nil {
					r.fail("params", "no statement has the id %q", ref)
				}
			}
		}
		l.out.Rules = append(l.out.Rules, x)
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
