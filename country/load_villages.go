package country

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/place"
)

// villages reads the places where people live beside the main settlements.
func (l *loader) villages() error {
	of, seen := map[place.ID]*Villages{}, map[place.ID]bool{}
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
		if of[v.Parent] == nil {
			of[v.Parent] = &Villages{District: v.Parent}
		}
		of[v.Parent].List = append(of[v.Parent].List, Village{Code: v.ID, Point: *v.Point, Name: v.Name})
	}); err != nil {
		return err
	}
	for _, x := range of {
		slices.SortFunc(x.List, func(a, b Village) int { return cmp.Compare(a.Code, b.Code) })
		l.out.Villages = append(l.out.Villages, *x)
	}
	slices.SortFunc(l.out.Villages, func(a, b Villages) int { return cmp.Compare(a.District, b.District) })
	return nil
}
