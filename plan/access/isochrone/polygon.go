package isochrone

import (
	"sort"

	"github.com/paulmach/orb"
)

// stack answers which of many rings a point lies in.
type stack struct {
	rings []*ring
	boxes []orb.Bound
}

func newStack(rings []*ring) *stack {
	s := &stack{rings: rings}
	for _, r := range rings {
		s.boxes = append(s.boxes, r.bound())
	}
	return s
}

// holds reports whether the ring lies inside the area of the rings: an odd
// number of them goes around its first point.
func (s *stack) holds(r *ring) bool {
	odd := false
	p := r.at[r.keep[0]]
	for i, o := range s.rings {
		if s.boxes[i].Contains(p) && o.around(p) {
			odd = !odd
		}
	}
	return odd
}

// around reports whether the drawn ring goes around p.
func (r *ring) around(p orb.Point) bool {
	in := false
	b := r.at[r.keep[len(r.keep)-1]]
	for _, k := range r.keep {
		a := r.at[k]
		if (a[1] > p[1]) != (b[1] > p[1]) && (turn(a, b, p) > 0) == (b[1] > a[1]) {
			in = !in
		}
		b = a
	}
	return in
}

func (r *ring) drawn() orb.Ring {
	out := make(orb.Ring, 0, len(r.keep)+1)
	for _, k := range r.keep {
		out = append(out, r.at[k])
	}
	return append(out, out[0])
}

// polygons puts the rings of a band together: every hole into the smallest
// outer ring around it, the largest polygon first.
func polygons(rings []*ring, band int) orb.MultiPolygon {
	var outer, holes []*ring
	areas := map[*ring]float64{}
	for _, r := range rings {
		if r.band != band {
			continue
		}
		if areas[r] = r.area(r.keep); areas[r] > 0 {
			outer = append(outer, r)
		} else if areas[r] < 0 {
			holes = append(holes, r)
		}
	}
	sort.SliceStable(outer, func(i, j int) bool { return areas[outer[i]] > areas[outer[j]] })
	s := newStack(outer)
	out := make(orb.MultiPolygon, len(outer))
	for i, r := range outer {
		out[i] = orb.Polygon{r.drawn()}
	}
	for _, h := range holes {
		p := h.at[h.keep[0]]
		for i := len(outer) - 1; i >= 0; i-- {
			if s.boxes[i].Contains(p) && outer[i].around(p) {
				out[i] = append(out[i], h.drawn())
				break
			}
		}
	}
	return out
}
