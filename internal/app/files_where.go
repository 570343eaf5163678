package app

import (
	"bytes"
	"context"
	"math"
	"slices"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/planar"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/exchange/geojson"
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

// flags lists what is odd about place and time of a photo.
func (v *view) flags(f looked, outlines map[place.ID]orb.MultiPolygon, at place.ID, facility string, now time.Time) []string {
	var out []string
	if f.BadPlace {
		out = append(out, flagPlace)
	}
	if f.BadTime {
		out = append(out, flagTime)
	}
	if f.Taken != nil && f.Taken.Earliest().After(now.Add(clockSkew)) {
		out = append(out, flagFuture)
	}
	if f.Point == nil {
		return out
	}
	p := orb.Point{f.Point.Lon, f.Point.Lat}
	if !v.inside(outlines, p, at) {
		out = append(out, flagOutside)
	}
	if to, ok := v.facility(facility); ok && to.Lat != nil && to.Lon != nil && geo.Distance(p, orb.Point{*to.Lon, *to.Lat}) > farMetres {
		out = append(out, flagFar)
	}
	return out
}

// outlines reads the outlines of territories.
func (a *App) outlines(ctx context.Context, v *view) (map[place.ID]orb.MultiPolygon, error) {
	records, err := a.Store.Records(ctx, country.KindBoundary, v.at)
	if err != nil {
		return nil, err
	}
	out := map[place.ID]orb.MultiPolygon{}
	for _, r := range records {
		c, err := geojson.ReadCollection(bytes.NewReader(r.Body), r.Code, 0)
		if err != nil {
			return nil, err
		}
		for _, f := range c.Features {
			out[place.ID(f.Code)] = f.Geometry
		}
	}
	return out, nil
}

// inside reports whether a point lies in the outline of a place, or of the
// smallest territory around it that has one; the country is where any part of
// it is. Where there is no outline, nothing can be said against the point.
func (v *view) inside(outlines map[place.ID]orb.MultiPolygon, p orb.Point, at place.ID) bool {
	within := func(m orb.MultiPolygon) bool { return planar.MultiPolygonContains(m, p) || nearOutline(m, p) }
	path := v.Atlas.Path(at)
	for _, id := range slices.Backward(path) {
		if m, ok := outlines[id]; ok {
			return within(m)
		}
	}
	if len(path) > 1 || len(outlines) == 0 {
		return true
	}
	for _, m := range outlines {
		if within(m) {
			return true
		}
	}
	return false
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
