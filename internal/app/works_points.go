package app

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// itemsOfPoint is how many works of a point are named.
const itemsOfPoint = 12

// PortfolioMap gathers the works of a filter by the point at which they stand.
func (a *App) PortfolioMap(ctx context.Context, w When, f httpapi.WorkFilter) (*httpapi.PortfolioMap, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	rows, tree, _, err := a.chooseWorks(ctx, v, f)
	if err != nil {
		return nil, err
	}
	v.sortWorks(rows, httpapi.WorkFilter{})
	// Steps of a thousandth of a degree, about a hundred metres: works closer
	// than that are one point of a map of the country.
	type spot struct {
		place    place.ID
		lat, lon int64
	}
	at := map[spot]*gathered{}
	whole := &gathered{}
	places := v.workPlaces()
	for _, r := range once(rows, tree) {
		p, area := places.find(&r.Row)
		if p == nil {
			whole.add(r)
			continue
		}
		k := spot{r.Place, int64(math.Round(p.Lat * 1000)), int64(math.Round(p.Lon * 1000))}
		if at[k] == nil {
			at[k] = &gathered{point: p, area: area, place: r.Place}
		}
		at[k].add(r)
	}
	out := &httpapi.PortfolioMap{AsOf: v.at.AsOf.String(), Points: []httpapi.WorksPoint{}, Unplaced: v.viewPoint(whole)}
	for _, g := range at {
		out.Points = append(out.Points, v.viewPoint(g))
	}
	slices.SortFunc(out.Points, func(x, y httpapi.WorksPoint) int {
		return cmp.Or(cmp.Compare(y.Units, x.Units), cmp.Compare(x.Place, y.Place), cmp.Compare(x.Point.Lat, y.Point.Lat), cmp.Compare(x.Point.Lon, y.Point.Lon))
	})
	return out, nil
}

// workPlaces finds the points of works without going through all facilities
// for each.
type workPlaces struct {
	view       *view
	facilities map[string]*httpapi.GeoPoint
}

func (v *view) workPlaces() workPlaces {
	out := workPlaces{v, map[string]*httpapi.GeoPoint{}}
	for i := range v.Facilities {
		if f := &v.Facilities[i]; f.Lat != nil && f.Lon != nil {
			out.facilities[f.Code] = &httpapi.GeoPoint{Lat: *f.Lat, Lon: *f.Lon}
		}
	}
	return out
}

// find returns where a work stands; area tells that only its district or
// region is known. Works of the whole country stand nowhere.
func (x workPlaces) find(r *works.Row) (p *httpapi.GeoPoint, area bool) {
	if r.Point != nil {
		return &httpapi.GeoPoint{Lat: r.Point.Lat, Lon: r.Point.Lon}, false
	}
	if p := x.facilities[string(r.Facility)]; p != nil {
		return p, false
	}
	at, err := x.view.Atlas.Place(r.Place)
	if err != nil || at.Point == nil || at.Kind == place.Country {
		return nil, false
	}
	return &httpapi.GeoPoint{Lat: at.Point.Lat, Lon: at.Point.Lon}, at.Kind == place.Region || at.Kind == place.District
}

// gathered are works at one point.
type gathered struct {
	point  *httpapi.GeoPoint
	area   bool
	place  place.ID
	works  int
	units  int64
	unsaid int
	money  moneySums
	phases map[works.Phase]int64
	first  []*portfolioRow
}

func (g *gathered) add(r *portfolioRow) {
	if g.phases == nil {
		g.phases = map[works.Phase]int64{}
	}
	g.works++
	g.units += r.Units
	g.phases[r.Phase] += r.Units
	addSaid(&g.money.cost, r.Money.Cost)
	if r.Money.Cost == nil {
		g.unsaid++
	}
	if len(g.first) < itemsOfPoint {
		g.first = append(g.first, r)
	}
}

func (v *view) viewPoint(g *gathered) httpapi.WorksPoint {
	out := httpapi.WorksPoint{Place: string(g.place), Point: g.point, Area: g.area, Works: g.works, Units: g.units, Cost: v.stated(g.money.cost), Unsaid: g.unsaid, Phases: []httpapi.PhaseUnits{}, Items: []httpapi.WorkBrief{}}
	for _, p := range works.Phases() {
		if n := g.phases[p]; n > 0 {
			out.Phases = append(out.Phases, httpapi.PhaseUnits{Phase: string(p), Units: n})
		}
	}
	for _, r := range g.first {
		out.Items = append(out.Items, briefOf(r))
	}
	return out
}

func briefOf(r *portfolioRow) httpapi.WorkBrief {
	return httpapi.WorkBrief{ID: string(r.ID), Title: r.Title, Phase: string(r.Phase), Percent: numberText(r.Percent)}
}
