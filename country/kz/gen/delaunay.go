package main

import (
	"math"
	"math/big"
)

// far is how far, in metres, the corners of the triangle round all sites lie:
// so far that what bends near it is outside the country.
const far = 3e8

// triangle has its corners counter-clockwise; next[i] lies beyond the edge
// opposite corner[i], -1 where there is nothing.
type triangle struct {
	corner, next [3]int
	dead         bool
}

// mesh is a Delaunay triangulation of sites at whole metres. The last three
// points are the corners of the triangle round all.
type mesh struct {
	at   []point
	tris []triangle
}

// triangulate inserts the sites one by one (Bowyer 1981, Watson 1981). The
// tests of sides and circles are exact, so the mesh is sound whatever the sites.
func triangulate(sites []point) *mesh {
	n := len(sites)
	m := &mesh{at: append(append([]point{}, sites...), point{-far, -far}, point{far, -far}, point{0, far})}
	m.tris = []triangle{{corner: [3]int{n, n + 1, n + 2}, next: [3]int{-1, -1, -1}}}
	last := 0
	for i := range sites {
		last = m.insert(i, last)
	}
	return m
}

// insert adds site p, looking for it from triangle start on, and returns a
// triangle at p.
func (m *mesh) insert(p, start int) int {
	hole := m.hole(p, m.find(p, start))
	type rim struct{ a, b, beyond int }
	var edges []rim
	for _, t := range hole {
		for i := range 3 {
			if b := m.tris[t].next[i]; b < 0 || !m.tris[b].dead {
				edges = append(edges, rim{m.tris[t].corner[(i+1)%3], m.tris[t].corner[(i+2)%3], b})
			}
		}
	}
	first, byStart := len(m.tris), map[int]int{}
	for _, e := range edges {
		id := len(m.tris)
		m.tris = append(m.tris, triangle{corner: [3]int{p, e.a, e.b}, next: [3]int{e.beyond, -1, -1}})
		byStart[e.a] = id
		if e.beyond >= 0 {
			u := &m.tris[e.beyond]
			for i := range 3 {
				if u.corner[(i+1)%3] == e.b && u.corner[(i+2)%3] == e.a {
					u.next[i] = id
				}
			}
		}
	}
	for id := first; id < len(m.tris); id++ {
		after := byStart[m.tris[id].corner[2]]
		m.tris[id].next[1] = after // beyond the edge from the third corner to p
		m.tris[after].next[2] = id
	}
	return first
}

// find walks to a triangle that holds p.
func (m *mesh) find(p, t int) int {
walk:
	for {
		for i := range 3 {
			if m.side(m.tris[t].corner[(i+1)%3], m.tris[t].corner[(i+2)%3], p) < 0 {
				t = m.tris[t].next[i]
				continue walk
			}
		}
		return t
	}
}

// hole marks and returns the triangles whose circle holds p.
func (m *mesh) hole(p, t int) []int {
	m.tris[t].dead = true
	out := []int{t}
	for k := 0; k < len(out); k++ {
		for _, u := range m.tris[out[k]].next {
			if u >= 0 && !m.tris[u].dead && m.inCircle(u, p) {
				m.tris[u].dead = true
				out = append(out, u)
			}
		}
	}
	return out
}

// side is positive when c lies left of a to b. Whole metres below 2^30 make it
// exact.
func (m *mesh) side(a, b, c int) int64 {
	p, q, r := m.at[a], m.at[b], m.at[c]
	return int64(q.x-p.x)*int64(r.y-p.y) - int64(q.y-p.y)*int64(r.x-p.x)
}

// inCircle reports whether p lies inside the circle through the corners of t.
func (m *mesh) inCircle(t, p int) bool {
	var d [3][3]float64
	for i, c := range m.tris[t].corner {
		dx, dy := m.at[c].x-m.at[p].x, m.at[c].y-m.at[p].y
		d[i] = [3]float64{dx, dy, dx*dx + dy*dy}
	}
	det, size := 0.0, 0.0
	for i := range 3 {
		j, k := (i+1)%3, (i+2)%3
		det += d[i][2] * (d[j][0]*d[k][1] - d[j][1]*d[k][0])
		size += d[i][2] * (math.Abs(d[j][0]*d[k][1]) + math.Abs(d[j][1]*d[k][0]))
	}
	if math.Abs(det) > 1e-14*size { // ten times the rounding of this sum
		return det > 0
	}
	sum := new(big.Int)
	whole := func(v float64) *big.Int { return big.NewInt(int64(v)) }
	for i := range 3 {
		j, k := (i+1)%3, (i+2)%3
		a, b := whole(d[i][0]), whole(d[i][1])
		lift := a.Mul(a, a).Add(a, b.Mul(b, b))
		left := whole(d[j][0])
		left.Mul(left, whole(d[k][1]))
		right := whole(d[j][1])
		right.Mul(right, whole(d[k][0]))
		sum.Add(sum, lift.Mul(lift, left.Sub(left, right)))
	}
	return sum.Sign() > 0
}

// centre returns the middle of the circle round a triangle, in metres.
func (m *mesh) centre(t int) point {
	a, b, c := m.at[m.tris[t].corner[0]], m.at[m.tris[t].corner[1]], m.at[m.tris[t].corner[2]]
	bx, by, cx, cy := b.x-a.x, b.y-a.y, c.x-a.x, c.y-a.y
	d := 2 * (bx*cy - by*cx)
	b2, c2 := bx*bx+by*by, cx*cx+cy*cy
	return point{a.x + (cy*b2-by*c2)/d, a.y + (bx*c2-cx*b2)/d}
}

// neighbours lists for each of the first n points the points next to it.
func (m *mesh) neighbours(n int) [][]int {
	out := make([][]int, n)
	for _, t := range m.tris {
		if t.dead {
			continue
		}
		for i := range 3 {
			a, b := t.corner[i], t.corner[(i+1)%3]
			if a < n && b < n {
				out[a] = append(out[a], b)
			}
		}
	}
	return out
}
