package graph

import (
	"runtime"
	"sync"
)

// both are the costs of an edge of the frame: up from the lower rank to the
// higher one, and down from the higher.
type both[W weight] [2]W

const (
	up   = 0
	down = 1
)

// metric is a frame with costs: that of an edge is the cost of the best way
// that goes over lower ranks only.
type metric[W weight] struct {
	cost []both[W] // by edge of the frame
}

// edge returns the number of the edge between two ranks, the lower one first.
func (f *frame) edge(low, high uint32) int {
	a, b := f.first[low], f.first[low+1]
	for a < b {
		m := (a + b) / 2
		if f.head[m] < high {
			a = m + 1
		} else {
			b = m
		}
	}
	return int(a)
}

// bare returns the costs of the arcs themselves, the cheapest of each edge.
func bare[W weight](f *frame, out *side[W]) []both[W] {
	cost := make([]both[W], len(f.head))
	inf := endless[W]()
	for i := range cost {
		cost[i] = both[W]{inf, inf}
	}
	for r := range uint32(f.size()) {
		s := f.seat[r]
		for _, a := range out.of(s) {
			switch h := f.rank[a.to]; {
			case h > r:
				c := &cost[f.edge(r, h)]
				c[up] = min(c[up], a.cost)
			case h < r:
				c := &cost[f.edge(h, r)]
				c[down] = min(c[down], a.cost)
			}
		}
	}
	return cost
}

// newMetric works the costs of the arcs into the frame, on all cores. It
// reports false if sums may pass room.
func newMetric[W weight](f *frame, out *side[W], room W) (*metric[W], bool) {
	m := &metric[W]{bare(f, out)}
	w := &working[W]{f: f, cost: m.cost, at: make([]uint32, f.size()), link: make([]uint32, f.size()), list: make([]uint32, f.size())}
	for i := range w.list {
		w.list[i] = top
	}
	trees, above := f.shares(8 * runtime.GOMAXPROCS(0))
	// Trees that hang side by side do not touch each other.
	var all sync.WaitGroup
	next := make(chan uint32, len(trees))
	for _, r := range trees {
		next <- r
	}
	close(next)
	outside := make([][]uint32, len(trees))
	number := make(map[uint32]int, len(trees))
	for i, r := range trees {
		number[r] = i
	}
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			best := newBest[W](f.size())
			for r := range next {
				i := number[r]
				for a := f.low[r]; a <= r; a++ {
					outside[i] = w.improve(a, r, best, outside[i])
				}
			}
		})
	}
	all.Wait()
	for _, list := range outside {
		for _, v := range list {
			w.hand(v)
		}
	}
	best := newBest[W](f.size())
	for _, a := range above {
		w.improve(a, top, best, nil)
	}
	most := W(0)
	inf := endless[W]()
	for _, c := range m.cost {
		if c[up] != inf {
			most = max(most, c[up])
		}
		if c[down] != inf {
			most = max(most, c[down])
		}
	}
	return m, most <= room/2
}

// newBest returns a table of costs by rank.
func newBest[W weight](n int) []both[W] { return make([]both[W], n) }

// shares cuts the tree of a frame: trees of about equal weight that hang side
// by side, and the ranks above them, ascending.
func (f *frame) shares(pieces int) (trees, above []uint32) {
	n := uint32(f.size())
	limit := n/uint32(pieces) + 1
	for r := n; r > 0; {
		r--
		if r-f.low[r] < limit {
			trees = append(trees, r)
			r = f.low[r]
			continue
		}
		above = append(above, r)
	}
	for i, j := 0, len(above)-1; i < j; i, j = i+1, j-1 {
		above[i], above[j] = above[j], above[i]
	}
	return trees, above
}

// working is a metric while it is worked out. Every rank, once done, waits in
// the list of the next of its higher neighbours, which it will help to improve.
type working[W weight] struct {
	f    *frame
	cost []both[W]
	at   []uint32 // the edge of a rank that comes next
	link []uint32 // the next in the same list
	list []uint32 // the first that waits for a rank
}

// hand lets v wait for the node at its next edge.
func (w *working[W]) hand(v uint32) {
	h := w.f.head[w.at[v]]
	w.link[v], w.list[h] = w.list[h], v
}

// improve works out the edges of rank a: over each lower neighbour v there is
// a way from a to the other higher neighbours of v. Who would then wait for a
// rank beyond root is added to outside.
func (w *working[W]) improve(a, root uint32, best []both[W], outside []uint32) []uint32 {
	f := w.f
	begin, stop := f.first[a], f.first[a+1]
	heads := f.head[begin:stop]
	for i, h := range heads {
		best[h] = w.cost[int(begin)+i]
	}
	pass := func(v uint32) {
		if w.at[v] == f.first[v+1] {
			return
		}
		if f.head[w.at[v]] > root {
			outside = append(outside, v)
		} else {
			w.hand(v)
		}
	}
	for v := w.list[a]; v != top; {
		next := w.link[v]
		e := w.at[v]
		over := w.cost[e]
		w.at[v] = e + 1
		rest := f.head[e+1 : f.first[v+1]]
		costs := w.cost[e+1 : f.first[v+1]]
		costs = costs[:len(rest)]
		for i, h := range rest {
			b, c := &best[h], costs[i]
			if d := over[down] + c[up]; d < b[up] {
				b[up] = d
			}
			if d := c[down] + over[up]; d < b[down] {
				b[down] = d
			}
		}
		pass(v)
		v = next
	}
	for i, h := range heads {
		w.cost[int(begin)+i] = best[h]
	}
	w.at[a] = begin
	pass(a)
	return outside
}
