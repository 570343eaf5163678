package main

import (
	"math"
	"slices"
)

// wet returns how many metres of the straight line from a to b lie in lakes or
// beyond the border. What lies so before the line first comes ashore does not
// count: drawn shores and borders are coarse, and people live on land.
func (g ground) wet(a, b point) float64 {
	cuts := append(g.cuts(a, b), 0, 1)
	slices.Sort(cuts)
	sum, ashore := 0.0, false
	for i := 0; i+1 < len(cuts); i++ {
		m := (cuts[i] + cuts[i+1]) / 2
		if g.land(point{a.x + m*(b.x-a.x), a.y + m*(b.y-a.y)}) {
			ashore = true
		} else if ashore {
			sum += (cuts[i+1] - cuts[i]) * dist(a, b)
		}
	}
	if !ashore {
		return dist(a, b)
	}
	return sum
}

// cuts returns the shares of the way from a to b at which it crosses the border
// or a shore.
func (g ground) cuts(a, b point) []float64 {
	lo, hi := point{min(a.x, b.x), min(a.y, b.y)}, point{max(a.x, b.x), max(a.y, b.y)}
	var out []float64
	cross := func(rings [][]point) {
		for _, ring := range rings {
			c := ring[len(ring)-1]
			for _, d := range ring {
				if max(c.x, d.x) >= lo.x && min(c.x, d.x) <= hi.x && max(c.y, d.y) >= lo.y && min(c.y, d.y) <= hi.y {
					if t, _, ok := crossing(a, b, c, d); ok {
						out = append(out, t)
					}
				}
				c = d
			}
		}
	}
	cross(g.border)
	for _, l := range g.lakes {
		if l.min.x <= hi.x && l.max.x >= lo.x && l.min.y <= hi.y && l.max.y >= lo.y {
			cross(l.rings)
		}
	}
	return out
}

// land reports whether the point lies inside the country and in no lake.
func (g ground) land(p point) bool {
	return inside(p, g.border) && !slices.ContainsFunc(g.lakes, func(l lake) bool { return l.holds(p) })
}

// offShore is how far from the drawn shore or border a way around it keeps.
const offShore = 500

// corners returns the points on land beside the corners of the border and of the
// lakes: a shortest way bends nowhere else.
func (g ground) corners() []point {
	var out []point
	add := func(rings [][]point) {
		for _, ring := range rings {
			for i, p := range ring {
				before, after := ring[(i+len(ring)-1)%len(ring)], ring[(i+1)%len(ring)]
				if before == p || after == p {
					continue
				}
				// The way along the ring turned by a right angle, to both sides.
				x, y := (p.x-before.x)/dist(p, before)+(after.x-p.x)/dist(p, after), (p.y-before.y)/dist(p, before)+(after.y-p.y)/dist(p, after)
				l := math.Hypot(x, y)
				if l == 0 {
					continue
				}
				for _, side := range []float64{-offShore, offShore} {
					if q := (point{p.x - side*y/l, p.y + side*x/l}); g.land(q) {
						out = append(out, q)
					}
				}
			}
		}
	}
	add(g.border)
	for _, l := range g.lakes {
		add(l.rings)
	}
	return out
}
