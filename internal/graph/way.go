package graph

import (
	"math"
	"slices"
)

// Way is a journey from node to node.
type Way struct {
	Seconds float64 // +Inf: there is no way
	// Arcs are those that it goes along, by the numbers with which they were
	// given, and Nodes those that it passes, one more. Both are empty where
	// there is no way.
	Arcs  []int
	Nodes []int
}

// Way returns the quickest way between two nodes: what road decides. Of ways
// that are equally quick it returns one.
func (h *Hierarchy) Way(from, to int) (Way, error) {
	const op = "graph.Way"
	if err := h.g.checkStarts(op, Starts(from, to)); err != nil {
		return Way{}, err
	}
	if h.narrow != nil {
		if w, fits := way(h, h.narrow, &h.g.narrow.out, from, to); fits {
			return w, nil
		}
	}
	m, err := h.broad()
	if err != nil {
		return Way{}, err
	}
	w, fits := way(h, m, &h.g.broad().out, from, to)
	if !fits {
		return Way{}, tooFar(op)
	}
	return w, nil
}

func way[W weight](h *Hierarchy, m *metric[W], out *side[W], from, to int) (Way, bool) {
	f, g := h.f, h.g
	a, b := f.rank[g.seat[from]], f.rank[g.seat[to]]
	pathA, pathB := f.pathOf(a, nil), f.pathOf(b, nil)
	there, back := make([]W, len(pathA)), make([]W, len(pathB))
	c := newClimber(f, m, roomOf[W](g))
	fits := c.label(a, up, there)
	fits = c.label(b, down, back) && fits
	if !fits {
		return Way{}, false
	}
	best, at := endless[W](), -1
	for i := range f.meet(pathA, b) {
		if d := there[i] + back[i]; d < best {
			best, at = d, i
		}
	}
	if at < 0 {
		return Way{Seconds: math.Inf(1)}, true
	}
	u := &unfolding[W]{h: h, m: m, out: out}
	// The edges up to where both meet, found from above; then those down.
	var rise [][2]uint32
	for x := pathA[at]; x != a; {
		y := before(f, m, there, pathA, x, up)
		rise = append(rise, [2]uint32{y, x})
		x = y
	}
	slices.Reverse(rise)
	for _, e := range rise {
		u.unfold(e[0], e[1], up)
	}
	for x := pathB[at]; x != b; {
		y := before(f, m, back, pathB, x, down)
		u.unfold(y, x, down)
		x = y
	}
	w := Way{Seconds: g.seconds(float64(best)), Arcs: u.arcs, Nodes: []int{from}}
	for _, s := range u.seats {
		w.Nodes = append(w.Nodes, int(g.node[s]))
	}
	return w, true
}

// before returns the rank on the path from which x got its label.
func before[W weight](f *frame, m *metric[W], label []W, path []uint32, x uint32, dir int) uint32 {
	d := label[f.depth[x]]
	for i := len(path) - 1; path[i] != x; i-- {
		y := path[i]
		if label[i] > d {
			continue
		}
		if e := f.edge(y, x); e < int(f.first[y+1]) && f.head[e] == x && label[i]+m.cost[e][dir] == d {
			return y
		}
	}
	panic("graph: a label comes from nowhere")
}

// unfolding turns edges of a hierarchy back into arcs.
type unfolding[W weight] struct {
	h     *Hierarchy
	m     *metric[W]
	out   *side[W]
	arcs  []int
	seats []uint32 // where each arc ends
}

// unfold adds the arcs of the edge between two ranks, the lower one first.
func (u *unfolding[W]) unfold(low, high uint32, dir int) {
	f := u.h.f
	d := u.m.cost[f.edge(low, high)][dir]
	a, b := f.seat[low], f.seat[high]
	if dir == down {
		a, b = b, a
	}
	for i := u.out.first[a]; i < u.out.first[a+1]; i++ {
		if x := u.out.arcs[i]; x.to == b && x.cost == d {
			u.arcs = append(u.arcs, int(u.h.g.origins()[i]))
			u.seats = append(u.seats, b)
			return
		}
	}
	// Else it goes over a rank below both.
	for _, e := range u.h.under().of(low) {
		v := u.h.under().tail[e]
		k := f.edge(v, high)
		if k == int(f.first[v+1]) || f.head[k] != high {
			continue
		}
		if dir == up && u.m.cost[e][down]+u.m.cost[k][up] == d {
			u.unfold(v, low, down)
			u.unfold(v, high, up)
			return
		}
		if dir == down && u.m.cost[k][down]+u.m.cost[e][up] == d {
			u.unfold(v, high, down)
			u.unfold(v, low, up)
			return
		}
	}
	panic("graph: an edge comes from nowhere")
}

// under tells of every rank which edges come to it from below.
type under struct {
	first []uint32
	edge  []uint32 // those that lead to rank r are edge[first[r]:first[r+1]]
	tail  []uint32 // where an edge begins
}

func (u *under) of(r uint32) []uint32 { return u.edge[u.first[r]:u.first[r+1]] }

func newUnder(f *frame) *under {
	n := f.size()
	u := &under{first: make([]uint32, n+1), edge: make([]uint32, len(f.head)), tail: make([]uint32, len(f.head))}
	for _, h := range f.head {
		u.first[h+1]++
	}
	for i := range n {
		u.first[i+1] += u.first[i]
	}
	for r := range uint32(n) {
		for e := f.first[r]; e < f.first[r+1]; e++ {
			u.tail[e] = r
			at := &u.first[f.head[e]]
			u.edge[*at] = e
			*at++
		}
	}
	copy(u.first[1:], u.first[:n])
	u.first[0] = 0
	return u
}
