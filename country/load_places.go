package country

import (
	"github.com/shanyraq/shanyraq/place"
)

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
		f := place.Fact{Place: place.ID(r.need("place")), Attribute: place.Attribute(r.need("attribute")), Text: r.text("value"),
			Name: r.names("name"), From: r.date("from"), To: r.date("to"), Source: r.text("source")}
		if err := f.Check(); err != nil {
			r.fail("attribute", "%v", err)
		}
		l.out.Facts = append(l.out.Facts, f)
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
	if err := each(l.pack, "services.csv", func(r *row) {
		l.serviceAt[r.need("code")] = len(l.out.Services)
		l.out.Services = append(l.out.Services, Service{Code: r.text("code"), Parent: r.text("parent"), Name: r.names("name")})
	}); err != nil {
		return err
	}
	return each(l.pack, "service_parameters.csv", func(r *row) {
		i, ok := l.serviceAt[r.need("service")]
		if !ok {
			r.fail("service", "no service has the code %q", r.text("service"))
			return
		}
		l.out.Services[i].Parameters = append(l.out.Services[i].Parameters, Parameter{Code: r.need("parameter"), Value: r.need("value"), Unit: r.text("unit"), Source: r.need("source"), Text: r.names("note")})
	})
}

func (l *loader) facilitiesTable() error {
	return each(l.pack, "facilities.csv", func(r *row) {
		f := Facility{Code: r.need("code"), Name: r.names("name"), Kind: r.need("kind"), Status: r.need("status"), Place: place.ID(r.need("place")),
			Lat: r.float("lat"), Lon: r.float("lon"), Precision: r.text("coord_precision"), Source: r.need("source")}
		if !l.places[f.Place] {
			r.fail("place", "no place has the code %q", f.Place)
		}
		if _, ok := l.documents[f.Source]; !ok {
			r.fail("source", "no document has the name %q", f.Source)
		}
		if l.facilities[place.ID(f.Code)] {
			r.fail("code", "the facility is listed twice")
		}
		l.facilities[place.ID(f.Code)] = true
		l.out.Facilities = append(l.out.Facilities, f)
	})
}

func (l *loader) capacities() error {
	return each(l.pack, "capacity.csv", func(r *row) {
		c := place.Capacity{Facility: place.ID(r.need("facility")), Item: place.Item(r.need("item")), Service: r.text("service"), Age: r.text("age"),
			Status: place.Status(r.need("status")), From: r.date("from"), To: r.date("to"), Source: r.need("source")}
		if r.text("count") != "" {
			n := int64(r.integer("count"))
			c.Count = &n
		}
		if _, ok := l.serviceAt[c.Service]; c.Service != "" && !ok {
			r.fail("service", "no service has the code %q", c.Service)
		}
		if !l.facilities[c.Facility] {
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
