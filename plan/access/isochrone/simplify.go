package isochrone

import (
	"math"

	"github.com/paulmach/orb"
)

// simplify chooses the points of every ring that are drawn: those of Douglas
// and Peucker (1973), so that no drawn line leaves the computed one by more
// than the tolerance. Where two lines would cross then, or a band would leave
// the next wider one, the tolerance of both is halved until they do not.
func simplify(rings []*ring, f *field, bands int) {
	for _, r := range rings {
		r.choose()
	}
	const halvings = 5 // then all points are drawn
	for {
		bad := crossings(rings, f)
		nesting(rings, bands, bad)
		for r := range bad { // what is drawn in full cannot be mended further
			if r.full() {
				delete(bad, r)
			}
		}
		if len(bad) == 0 {
			return
		}
		for r := range bad {
			if r.line /= 2; r.line < f.line/(1<<halvings) {
				r.line = 0
			}
			r.choose()
		}
	}
}

// choose keeps the points that the tolerance needs, and all of a ring that
// would lose its area.
func (r *ring) choose() {
	r.keep = r.keep[:0]
	n := len(r.xy)
	far, best := 0, -1.0
	for i, p := range r.xy {
		if d := math.Hypot(p[0]-r.xy[0][0], p[1]-r.xy[0][1]); d > best {
			far, best = i, d
		}
	}
	if r.line > 0 {
		r.keep = append(r.keep, 0)
		r.between(0, far)
		r.keep = append(r.keep, int32(far))
		r.between(far, n)
	}
	if r.line <= 0 || len(r.keep) < 4 || (r.area(r.keep) > 0) != (r.area(nil) > 0) {
		r.keep = r.keep[:0]
		for i := range r.xy {
			r.keep = append(r.keep, int32(i))
		}
	}
}

// between appends the needed points after i and before j, which may be the
// number of points and stands for the first one then.
func (r *ring) between(i, j int) {
	type span struct{ i, j int }
	stack := []span{{i, j}}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if s.i < 0 { // a point whose left side is done
			r.keep = append(r.keep, int32(s.j))
			continue
		}
		a, b := r.xy[s.i], r.xy[s.j%len(r.xy)]
		at, worst := 0, r.line
		for k := s.i + 1; k < s.j; k++ {
			if d := distance(r.xy[k], a, b); d > worst {
				at, worst = k, d
			}
		}
		if at > 0 {
			stack = append(stack, span{at, s.j}, span{-1, at}, span{s.i, at})
		}
	}
}

// distance returns how far p lies from the straight line between a and b.
func distance(p, a, b [2]float64) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	s := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		s = max(0, min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	return math.Hypot(p[0]-a[0]-s*dx, p[1]-a[1]-s*dy)
}

// area returns twice the area in degrees of the chosen points, of all for nil.
// It is positive counterclockwise.
func (r *ring) area(keep []int32) float64 {
	n := len(keep)
	point := func(i int) orb.Point { return r.at[keep[i]] }
	if keep == nil {
		n = len(r.at)
		point = func(i int) orb.Point { return r.at[i] }
	}
	sum := 0.0
	o := point(0)
	for i := 1; i+1 < n; i++ {
		sum += turn(o, point(i), point(i+1))
	}
	return sum
}

// turn is positive when a, b, c turn to the left, and twice the triangle.
func turn(a, b, c orb.Point) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}

// stroke is one drawn line of a ring.
type stroke struct {
	r    *ring
	from int // in keep
}

func (s stroke) ends() (a, b orb.Point) {
	return s.r.at[s.r.keep[s.from]], s.r.at[s.r.keep[(s.from+1)%len(s.r.keep)]]
}

// crossings returns the rings whose drawn lines cross one another, or touch
// within the same band.
func crossings(rings []*ring, f *field) map[*ring]bool {
	side := 4 * f.cell
	across := int(float64(f.w)*f.cell/side) + 2
	boxes := map[int][]stroke{}
	bad := map[*ring]bool{}
	for _, r := range rings {
		for i := range r.keep {
			s := stroke{r, i}
			p, q := r.xy[r.keep[i]], r.xy[r.keep[(i+1)%len(r.keep)]]
			c := func(v, o float64) int { return int((v - o) / side) }
			for y := c(min(p[1], q[1]), f.y0); y <= c(max(p[1], q[1]), f.y0); y++ {
				for x := c(min(p[0], q[0]), f.x0); x <= c(max(p[0], q[0]), f.x0); x++ {
					for _, o := range boxes[y*across+x] {
						if (!bad[r] || !bad[o.r]) && clash(s, o) {
							bad[r], bad[o.r] = true, true
						}
					}
					boxes[y*across+x] = append(boxes[y*across+x], s)
				}
			}
		}
	}
	return bad
}

// full reports whether every point of the ring is drawn.
func (r *ring) full() bool { return len(r.keep) == len(r.xy) }

// clash reports whether two lines cross or touch although they do not follow
// each other. Computed lines of two bands may touch, never cross.
func clash(s, o stroke) bool {
	if s.r == o.r {
		n := len(s.r.keep)
		if d := (s.from - o.from + n) % n; d <= 1 || d == n-1 {
			return false
		}
	}
	a, b := s.ends()
	c, d := o.ends()
	abc, abd, cda, cdb := turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
	if s.r.band != o.r.band && s.r.full() && o.r.full() {
		return false
	}
	if abc == 0 && abd == 0 { // on one line: do they overlap?
		return min(a[0], b[0]) <= max(c[0], d[0]) && min(c[0], d[0]) <= max(a[0], b[0]) &&
			min(a[1], b[1]) <= max(c[1], d[1]) && min(c[1], d[1]) <= max(a[1], b[1])
	}
	return abc*abd <= 0 && cda*cdb <= 0
}

// nesting adds the rings of bands that are not inside the next wider band.
// Since no lines cross, one point of a ring speaks for all of it.
func nesting(rings []*ring, bands int, bad map[*ring]bool) {
	if len(bad) > 0 { // first the crossings
		return
	}
	of := make([][]*ring, bands)
	for _, r := range rings {
		of[r.band] = append(of[r.band], r)
	}
	for b := 0; b+1 < bands; b++ {
		unfit(of[b], of[b+1], true, bad)
		unfit(of[b+1], of[b], false, bad)
	}
}

// unfit adds the rings that do not lie in the area of the others as they
// should, and of the others those that come near.
func unfit(rings, others []*ring, inside bool, bad map[*ring]bool) {
	area := newStack(others)
	for _, r := range rings {
		if area.holds(r) != inside {
			bad[r] = true
			for _, o := range others {
				if o.near(r) {
					bad[o] = true
				}
			}
		}
	}
}

// near reports whether the boxes of two rings meet.
func (r *ring) near(o *ring) bool { return r.bound().Intersects(o.bound()) }

func (r *ring) bound() orb.Bound { return orb.MultiPoint(r.at).Bound() }
