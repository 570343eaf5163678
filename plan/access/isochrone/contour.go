package isochrone

import (
	"math"

	"github.com/paulmach/orb"
)

// ring is a closed line around a part of an area or around a hole in it. The
// area lies to its left. The first point is not repeated at the end.
type ring struct {
	band int
	xy   [][2]float64 // metres in the plane
	at   []orb.Point  // the same points in degrees, rounded as they are given out
	keep []int32      // the points that are drawn
	line float64      // tolerance in metres
}

// contour traces lines of equal time through the grid by marching squares
// (Lorensen and Cline 1987, in two dimensions). A cell whose opposite corners
// are reached is joined in its middle when the mean of its corners is.
type contour struct {
	*field
	over  []float64 // metres by which a point is beyond; at most 0 inside
	next  []int32   // the edge on which the line that enters at an edge goes on
	enter []int32   // edges that a line enters
	round float64   // parts of a degree that are given out
	spans [][2]int  // of each row, the points that may be inside, and one more to each side
}

// edgeShare keeps a crossing off the corners of a cell, so that two lines
// never meet in one point. A hundredth of a cell cannot be seen.
const edgeShare = 0.01

func newContour(f *field) *contour {
	c := &contour{field: f, over: make([]float64, f.w*f.h), next: make([]int32, 2*f.w*f.h), spans: make([][2]int, f.h)}
	side := int(max(0, f.stroke)/f.cell) + 2
	for y := range c.spans {
		from, to := f.w, 0
		for _, r := range f.rows[max(0, y-side):min(f.h, y+side+1)] {
			from, to = min(from, r.from), max(to, r.to)
		}
		c.spans[y] = [2]int{max(0, from-side), min(f.w, to+side)}
	}
	for i := range c.over {
		c.over[i] = math.Inf(1)
	}
	for i := range c.next {
		c.next[i] = none
	}
	digits := math.Ceil(math.Log10(111_000 / (f.cell * edgeShare / 20)))
	c.round = math.Pow(10, max(3, min(9, digits)))
	return c
}

// turns lists for the corners that are inside (1 south-west, 2 south-east, 4
// north-east, 8 north-west) which edges a line joins, from and to (0 south, 1
// east, 2 north, 3 west). The last two are the cells whose opposite corners
// are inside and joined.
var turns = [18][][2]int{
	1: {{0, 3}}, 2: {{1, 0}}, 3: {{1, 3}}, 4: {{2, 1}}, 5: {{0, 3}, {2, 1}}, 6: {{2, 0}}, 7: {{2, 3}},
	8: {{3, 2}}, 9: {{0, 2}}, 10: {{1, 0}, {3, 2}}, 11: {{1, 2}}, 12: {{3, 1}}, 13: {{0, 1}}, 14: {{3, 0}},
	16: {{0, 1}, {2, 3}}, 17: {{3, 0}, {1, 2}},
}

// trace returns the rings of one limit. cut holds the metres by which a point
// is outside of the outline, negative inside, or is nil; inset metres are left
// free along the outline.
func (c *contour) trace(band int, limit float64, cut []float64, inset float64) []*ring {
	for y, s := range c.spans {
		for i := y*c.w + s[0]; i < y*c.w+s[1]; i++ {
			c.over[i] = (c.time[i] - limit) / c.slowness
		}
	}
	if c.stroke > 0 {
		c.widen(limit)
	}
	if cut != nil {
		for y, s := range c.spans {
			for i := y*c.w + s[0]; i < y*c.w+s[1]; i++ {
				c.over[i] = max(c.over[i], cut[i]+inset)
			}
		}
	}
	c.enter = c.enter[:0]
	for y := 0; y+1 < c.h; y++ {
		for x := c.spans[y][0]; x+1 < c.spans[y][1]; x++ {
			c.square(x, y)
		}
	}
	var out []*ring
	for _, e := range c.enter {
		if c.next[e] != none {
			out = append(out, c.follow(band, e))
		}
	}
	return out
}

// widen draws the roads that are reached with at least the stroke. Only where
// little time is left the ground beside a road is thinner.
func (c *contour) widen(limit float64) {
	reach := int(c.stroke/c.cell) + 1 // points to the side
	for i := range c.pieces {
		p, ok := c.pieces[i].until(limit-1.05*c.slowness*c.stroke, limit)
		if !ok {
			continue
		}
		c.along(&p, func(x, y int) {
			for v := max(0, y-reach); v <= min(c.h-1, y+1+reach); v++ {
				for u := max(0, x-reach); u <= min(c.w-1, x+1+reach); u++ {
					k := v*c.w + u
					c.over[k] = min(c.over[k], p.off(c.x0+float64(u)*c.cell, c.y0+float64(v)*c.cell)-c.stroke)
				}
			}
		})
	}
}

// square notes the lines through one cell.
func (c *contour) square(x, y int) {
	i := y*c.w + x
	corners := [4]float64{c.over[i], c.over[i+1], c.over[i+1+c.w], c.over[i+c.w]}
	inside := 0
	for k, v := range corners {
		if v <= 0 {
			inside |= 1 << k
		}
	}
	if inside == 0 || inside == 15 {
		return
	}
	if (inside == 5 || inside == 10) && corners[0]+corners[1]+corners[2]+corners[3] <= 0 {
		inside = 16 + inside/10
	}
	edges := [4]int32{int32(2 * i), int32(2*(i+1) + 1), int32(2 * (i + c.w)), int32(2*i + 1)}
	for _, t := range turns[inside] {
		c.next[edges[t[0]]] = edges[t[1]]
		c.enter = append(c.enter, edges[t[0]])
	}
}

// follow walks along a line until it closes.
func (c *contour) follow(band int, first int32) *ring {
	r := &ring{band: band, line: c.line}
	for e := first; c.next[e] != none; {
		x, y := c.crossing(e)
		p := c.from(x, y)
		p[0], p[1] = math.Round(p[0]*c.round)/c.round, math.Round(p[1]*c.round)/c.round
		r.xy = append(r.xy, [2]float64{x, y})
		r.at = append(r.at, p)
		e, c.next[e] = c.next[e], none
	}
	return r
}

// crossing returns where the line crosses an edge, in metres.
func (c *contour) crossing(e int32) (x, y float64) {
	i := int(e / 2)
	j, dx, dy := i+1, 1.0, 0.0
	if e%2 == 1 {
		j, dx, dy = i+c.w, 0, 1
	}
	s := c.over[i] / (c.over[i] - c.over[j])
	if math.IsNaN(s) { // i is beyond every time that was asked for
		s = 1
	}
	s = max(edgeShare, min(1-edgeShare, s))
	return c.x0 + (float64(i%c.w)+s*dx)*c.cell, c.y0 + (float64(i/c.w)+s*dy)*c.cell
}
