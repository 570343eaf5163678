package country

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// villages reads the places where people live beside the main settlements.
func (l *loader) villages() error {
	of, seen := map[place.ID]*Villages{}, map[place.ID]bool{}
	var joined []*row
	var ends []place.Point
	if err := each(l.pack, "populated_places.csv", func(r *row) {
		v := place.Place{ID: place.ID(r.need("code")), Kind: place.Settlement, Parent: place.ID(r.need("district")), Name: r.names("name")}
		switch {
		case !l.places[v.Parent]:
			r.fail("district", "no place has the code %q", v.Parent)
		case l.places[v.ID]:
			r.fail("code", "is a place of places.csv or settlements_extra.csv already")
		case seen[v.ID]:
			r.fail("code", "the place is listed twice")
		}
		seen[v.ID] = true
		lat, lon := r.float("lat"), r.float("lon")
		if lat == nil || lon == nil {
			r.need("lat")
			r.need("lon")
			return
		}
		v.Point = &place.Point{Lat: *lat, Lon: *lon}
		if err := v.Check(); err != nil {
			r.fail("code", "%v", err)
		}
		join, ok := parsePoints(r.text("join"))
		if !ok {
			r.fail("join", "must be the points of the way to a road, longitude before latitude, as in 71.4460 51.1801;71.5012 51.0100")
		}
		if len(join) > 0 {
			joined, ends = append(joined, r), append(ends, join[len(join)-1])
		}
		if of[v.Parent] == nil {
			of[v.Parent] = &Villages{District: v.Parent}
		}
		of[v.Parent].List = append(of[v.Parent].List, Village{Code: v.ID, Point: *v.Point, Name: v.Name, Join: join})
	}); err != nil {
		return err
	}
	for i, km := range access.OffRoad(ends, l.lines()) {
		if r := joined[i]; km > access.MaxJoinOffKm {
			r.fail("join", "the last point must lie on a road of road_links.csv; it is more than %v km from any", access.MaxJoinOffKm)
			return r.err
		}
	}
	for _, x := range of {
		slices.SortFunc(x.List, func(a, b Village) int { return cmp.Compare(a.Code, b.Code) })
		l.out.Villages = append(l.out.Villages, *x)
	}
	slices.SortFunc(l.out.Villages, func(a, b Villages) int { return cmp.Compare(a.District, b.District) })
	return nil
}

// lines returns the ways of the roads; what nobody drew is straight.
func (l *loader) lines() [][]place.Point {
	at := map[place.ID]*place.Point{}
	for _, p := range l.out.Places {
		at[p.ID] = p.Point
	}
	var out [][]place.Point
	for _, x := range l.out.Roads {
		line := x.Line
		if a, b := at[x.From], at[x.To]; line == nil && a != nil && b != nil {
			line = []place.Point{*a, *b}
		}
		if line != nil {
			out = append(out, line)
		}
	}
	return out
}
