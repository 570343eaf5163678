package graph

// climber works out what a node knows of its ancestors. It belongs to one
// goroutine.
type climber[W weight] struct {
	f    *frame
	cost []both[W]
	d    []W // by rank, endless between calls
	room W
}

func newClimber[W weight](f *frame, m *metric[W], room W) *climber[W] {
	c := &climber[W]{f: f, cost: m.cost, d: make([]W, f.size()), room: room / 2}
	for i := range c.d {
		c.d[i] = endless[W]()
	}
	return c
}

// label writes the costs from rank r to its ancestors into out, by depth, or
// with down those from the ancestors to it. It reports false where a sum may
// be too large.
func (c *climber[W]) label(r uint32, dir int, out []W) bool {
	inf := endless[W]()
	c.d[r] = 0
	fits := true
	for ; r != top; r = c.f.parent(r) {
		d := c.d[r]
		c.d[r] = inf
		out[c.f.depth[r]] = d
		if d == inf {
			continue
		}
		fits = fits && d <= c.room
		heads := c.f.of(r)
		cost := c.cost[c.f.first[r]:c.f.first[r+1]]
		cost = cost[:len(heads)]
		for i, h := range heads {
			if x := d + cost[i][dir&1]; x < c.d[h] {
				c.d[h] = x
			}
		}
	}
	return fits
}

// least returns the smallest sum of what stands at the same depth.
func least[W weight](a, b []W) W {
	b = b[:len(a)]
	best := endless[W]()
	for len(a) >= 4 && len(b) >= 4 {
		s, t, u, v := a[0]+b[0], a[1]+b[1], a[2]+b[2], a[3]+b[3]
		if s > t {
			s = t
		}
		if u > v {
			u = v
		}
		if s > u {
			s = u
		}
		if s < best {
			best = s
		}
		a, b = a[4:], b[4:]
	}
	for i, x := range a {
		if s := x + b[i]; s < best {
			best = s
		}
	}
	return best
}

// meet returns how many ancestors two ranks have in common, each counted among
// its own: 0 where nothing joins them. path is the way from the root to a, as
// pathOf gives it.
func (f *frame) meet(path []uint32, b uint32) int {
	low, high := 0, len(path) // path[low-1] is an ancestor of b, path[high] is none
	for low < high {
		m := (low + high) / 2
		if x := path[m]; f.low[x] <= b && b <= x {
			low = m + 1
		} else {
			high = m
		}
	}
	return low
}

// pathOf writes the ancestors of r by depth, r itself last.
func (f *frame) pathOf(r uint32, path []uint32) []uint32 {
	n := int(f.depth[r]) + 1
	if cap(path) < n {
		path = make([]uint32, n)
	}
	path = path[:n]
	for i := n - 1; i >= 0; i-- {
		path[i] = r
		r = f.parent(r)
	}
	return path
}
