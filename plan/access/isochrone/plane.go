package isochrone

import (
	"math"

	"github.com/paulmach/orb"
)

// earth is the mean radius of the earth in metres (WGS 84, as in IUGG 1980).
const earth = 6371008.8

// plane is Lambert's azimuthal equal-area projection of the sphere about a
// point. Areas are true; 1,500 km from the middle lengths are off by 0.7 %,
// which is far less than what is known of a speed beside the road.
type plane struct {
	lon, sin, cos float64 // of the middle; lon in radians
}

func newPlane(middle orb.Point) plane {
	s, c := math.Sincos(middle[1] * math.Pi / 180)
	return plane{middle[0] * math.Pi / 180, s, c}
}

// to returns metres east and north of the middle.
func (p plane) to(q orb.Point) (x, y float64) {
	s, c := math.Sincos(q[1] * math.Pi / 180)
	sl, cl := math.Sincos(q[0]*math.Pi/180 - p.lon)
	k := earth * math.Sqrt(2/(1+p.sin*s+p.cos*c*cl))
	return k * c * sl, k * (p.cos*s - p.sin*c*cl)
}

// from is the inverse of to.
func (p plane) from(x, y float64) orb.Point {
	r := math.Hypot(x, y)
	if r == 0 {
		return orb.Point{p.lon * 180 / math.Pi, math.Asin(p.sin) * 180 / math.Pi}
	}
	s, c := math.Sincos(2 * math.Asin(min(1, r/(2*earth))))
	lat := math.Asin(max(-1, min(1, c*p.sin+y*s*p.cos/r)))
	lon := p.lon + math.Atan2(x*s, r*p.cos*c-y*p.sin*s)
	return orb.Point{lon * 180 / math.Pi, lat * 180 / math.Pi}
}
