package access

import (
	"math"

	"github.com/shanyraq/shanyraq/place"
)

// unit is a point on the sphere of radius one: distances compare by one product.
type unit [3]float64

func unitOf(p place.Point) unit {
	lat, lon := p.Lat*math.Pi/180, p.Lon*math.Pi/180
	return unit{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

func (u unit) dot(v unit) float64 { return u[0]*v[0] + u[1]*v[1] + u[2]*v[2] }

// sky is what flights need: spots on the sphere, and for each its nearest base.
type sky struct {
	at     []unit
	base   []int32 // index of the spot where the nearest base is, -1: none
	baseKm []float64
}

func newSky(spots []Spot, bases []int32) sky {
	s := sky{at: make([]unit, len(spots)), base: make([]int32, len(spots)), baseKm: make([]float64, len(spots))}
	for i := range spots {
		s.at[i] = unitOf(spots[i].Point)
	}
	stand := make([]unit, len(bases))
	for k, b := range bases {
		stand[k] = s.at[b]
	}
	for i := range spots {
		s.base[i], s.baseKm[i] = -1, math.Inf(1)
		if k := nearest(s.at[i], stand); k >= 0 {
			s.base[i], s.baseKm[i] = bases[k], Km(spots[i].Point, spots[bases[k]].Point)
		}
	}
	return s
}

// nearest returns the index of the nearest of the points, the first of equals,
// or -1 where there is none.
func nearest(u unit, points []unit) int {
	best, most := -1, math.Inf(-1)
	for k, v := range points {
		if d := u.dot(v); d > most {
			best, most = k, d
		}
	}
	return best
}
