package app

import (
	"bytes"
	"context"
	"math"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/exchange/geojson"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// What is noted about a photo, for those who look at it. Nothing is refused for
// it: clocks are wrong, and receivers are.
const (
	flagOutside = "outside_territory"
	flagFar     = "far_from_facility"
	flagFuture  = "in_future"
	flagPlace   = "bad_place"
	flagTime    = "bad_time"
)

const (
	// farMetres is how far from its facility a photo is still taken for one of
	// it: points of facilities are often those of their settlement.
	farMetres = 5_000
	// borderMetres is how far beyond an outline a photo may be: outlines that
	// were computed are not exact.
	borderMetres = 25_000
	// clockSkew is how far clocks may differ.
	clockSkew = 15 * time.Minute
)

func (a *App) flags(ctx context.Context, v *view, f looked, at place.ID, about string) ([]string, error) {
	var out []string
	if f.BadPlace {
		out = append(out, flagPlace)
	}
	if f.BadTime {
		out = append(out, flagTime)
	}
	if f.Taken != nil && f.Taken.Earliest().After(a.Clock().Add(clockSkew)) {
		out = append(out, flagFuture)
	}
	if f.Point == nil {
		return out, nil
	}
	p := orb.Point{f.Point.Lon, f.Point.Lat}
	inside, err := a.insideTerritory(ctx, v, p, at)
	if err != nil {
		return nil, err
	}
	if !inside {
		out = append(out, flagOutside)
	}
	if to, ok := a.facilityOf(ctx, v, at, about); ok && geo.Distance(p, to) > farMetres {
		out = append(out, flagFar)
	}
	return out, nil
}

// insideTerritory reports whether a point lies in the outline of a place, or of
// the smallest territory around it that has one. Where there is none, nothing
// can be said against the point.
func (a *App) insideTerritory(ctx context.Context, v *view, p orb.Point, at place.ID) (bool, error) {
	records, err := a.Store.Records(ctx, country.KindBoundary, v.at)
	if err != nil {
		return false, err
	}
	outlines := map[place.ID]orb.MultiPolygon{}
	for _, r := range records {
		c, err := geojson.ReadCollection(bytes.NewReader(r.Body), r.Code, 0)
		if err != nil {
			return false, err
		}
		for _, f := range c.Features {
			outlines[place.ID(f.Code)] = f.Geometry
		}
	}
	path := v.Atlas.Path(at)
	for i := len(path) - 1; i >= 0; i-- {
		if m, ok := outlines[path[i]]; ok {
			return planar.MultiPolygonContains(m, p) || nearOutline(m, p), nil
		}
	}
	if len(path) == 1 { // the country: within any of its parts
		for _, m := range outlines {
			if planar.MultiPolygonContains(m, p) || nearOutline(m, p) {
				return true, nil
			}
		}
		return len(outlines) == 0, nil
	}
	return true, nil
}

// nearOutline reports whether a point lies less than borderMetres from an edge,
// measured on a plane that touches the earth at the point.
func nearOutline(m orb.MultiPolygon, p orb.Point) bool {
	const metresPerDegree = 111_195
	k := math.Cos(p.Lat() * math.Pi / 180)
	flat := func(q orb.Point) orb.Point {
		return orb.Point{(q.Lon() - p.Lon()) * k * metresPerDegree, (q.Lat() - p.Lat()) * metresPerDegree}
	}
	for _, polygon := range m {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				if planar.DistanceFromSegment(flat(ring[i-1]), flat(ring[i]), orb.Point{}) < borderMetres {
					return true
				}
			}
		}
	}
	return false
}

// facilityOf returns the point of the facility to which a file belongs: the
// place itself, or the one that the figure names.
func (a *App) facilityOf(ctx context.Context, v *view, at place.ID, about string) (orb.Point, bool) {
	code := ""
	if f, err := a.figureOf(ctx, v, about); err == nil {
		code = f.Dims()["facility"]
	} else if !fault.Is(err, fault.NotFound) {
		return orb.Point{}, false
	}
	for _, f := range v.Facilities {
		if (f.Code == code || f.Code == string(at)) && f.Lat != nil && f.Lon != nil {
			return orb.Point{*f.Lon, *f.Lat}, true
		}
	}
	if p, err := v.Atlas.Place(at); err == nil && p.Kind == place.Facility && p.Point != nil {
		return orb.Point{p.Point.Lon, p.Point.Lat}, true
	}
	return orb.Point{}, false
}
