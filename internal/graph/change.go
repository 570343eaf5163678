package graph

import (
	"container/heap"
	"math"
	"slices"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

// Change is another cost of an arc, in the unit of the graph, or Closed.
type Change struct {
	Arc  int // by the number with which it was given
	Cost float64
}

// Change returns a hierarchy in which a few arcs cost something else: a bridge
// that opens, a road that is repaired. It works only what the arcs bear on, and
// the first hierarchy stays as it is. It returns fault.Invalid for an arc that
// does not exist and a cost that New would refuse.
//
// Where a new cost does not fit the ticks in which the others are held, all is
// worked in afresh, as With does.
func (h *Hierarchy) Change(list []Change) (*Hierarchy, error) {
	const op = "graph.Change"
	at := make(map[uint32]float64, len(list))
	small := h.narrow != nil
	for _, c := range list {
		if c.Arc < 0 || c.Arc >= h.g.arcs {
			return nil, fault.New(fault.Invalid, op, "arc", "there is no arc %d: the graph has the arcs 0 to %d", c.Arc, h.g.arcs-1)
		}
		if !(c.Cost >= 0) {
			return nil, fault.New(fault.Invalid, op, "arc", "arc %d costs %v: a cost is a number that is not negative", c.Arc, c.Cost)
		}
		at[uint32(c.Arc)] = c.Cost
		ticks := math.Round(c.Cost * h.g.parts)
		small = small && (c.Cost == Closed || ticks <= maxTick && ticks/h.g.parts == c.Cost)
	}
	if small {
		if changed := h.change(at); changed != nil {
			return changed, nil
		}
	}
	cost := h.g.costs()
	for arc, c := range at {
		cost[arc] = c
	}
	g, err := h.g.With(cost)
	if err != nil {
		return nil, err
	}
	return hierarchyOf(g, h.f)
}

// costs returns the costs of all arcs as they were given.
func (g *Graph) costs() []float64 {
	cost := make([]float64, g.arcs)
	if g.narrow != nil {
		for i, o := range g.narrow.origin {
			if c := g.narrow.out.arcs[i].cost; c == far {
				cost[o] = Closed
			} else {
				cost[o] = float64(c) / g.parts
			}
		}
		return cost
	}
	for i, o := range g.broad().origin {
		cost[o] = g.broad().out.arcs[i].cost / g.parts
	}
	return cost
}

// change works a few costs into copies. It returns nil where sums might not
// fit.
func (h *Hierarchy) change(cost map[uint32]float64) *Hierarchy {
	old := h.g.narrow
	g := &Graph{nodes: h.g.nodes, arcs: h.g.arcs, unit: h.g.unit, split: h.g.split, parts: h.g.parts, whole: true, seat: h.g.seat, node: h.g.node}
	g.narrow = &sides[uint32]{origin: old.origin, out: side[uint32]{first: old.out.first, arcs: slices.Clone(old.out.arcs), top: old.out.top}}
	g.narrow.in = sync.OnceValue(func() *side[uint32] { return turned(&g.narrow.out) })
	g.broad = sync.OnceValue(func() *sides[float64] { return widen(g.narrow) })
	r := &revision{f: h.f, u: h.under(), out: &g.narrow.out, was: h.narrow.cost, cost: slices.Clone(h.narrow.cost)}
	for s := range uint32(g.nodes) {
		for i := old.out.first[s]; i < old.out.first[s+1]; i++ {
			c, changes := cost[old.origin[i]]
			if !changes {
				continue
			}
			a := &g.narrow.out.arcs[i]
			a.cost = tickOf(c, g.parts)
			g.narrow.out.note(a.cost)
			if x, y := h.f.rank[s], h.f.rank[a.to]; x != y {
				r.doubt(h.f.edge(min(x, y), max(x, y)))
			}
		}
	}
	g.narrow.out.tune()
	if !r.run() {
		return nil
	}
	c := &Hierarchy{g: g, f: h.f, narrow: &metric[uint32]{r.cost}, under: h.under}
	c.broad = broadOf(g, h.f)
	return c
}

// revision works out anew the edges that are in doubt, lower ranks first: an
// edge that changed puts those in doubt that it was, or now is, the best for.
type revision struct {
	f         *frame
	u         *under
	out       *side[uint32]
	was, cost []both[uint32]
	queue     edgeQueue
	queued    map[uint32]bool
}

func (r *revision) doubt(e int) {
	if r.queued == nil {
		r.queued = map[uint32]bool{}
	}
	if !r.queued[uint32(e)] {
		r.queued[uint32(e)] = true
		heap.Push(&r.queue, doubtful{r.u.tail[e], uint32(e)})
	}
}

// run reports false where sums might pass what 32 bits hold.
func (r *revision) run() bool {
	for len(r.queue) > 0 {
		// All doubtful edges of one rank, then what they bear on.
		tail := r.queue[0].tail
		var changed []uint32
		for len(r.queue) > 0 && r.queue[0].tail == tail {
			e := heap.Pop(&r.queue).(doubtful).edge
			r.cost[e] = r.best(tail, r.f.head[e])
			for _, c := range r.cost[e] {
				if c != far && c > (far-1)/2 {
					return false
				}
			}
			if r.cost[e] != r.was[e] {
				changed = append(changed, e)
			}
		}
		for _, e := range changed {
			for k := r.f.first[tail]; k < r.f.first[tail+1]; k++ {
				if k != e {
					r.bear(min(e, k), max(e, k))
				}
			}
		}
	}
	return true
}

// bear puts the edge over two edges of a rank in doubt, the one to the lower
// head first, if they were or would be the best way for it.
func (r *revision) bear(e, k uint32) {
	t := r.f.edge(r.f.head[e], r.f.head[k])
	for dir := range 2 {
		before, now := r.was[e][1-dir]+r.was[k][dir], r.cost[e][1-dir]+r.cost[k][dir]
		if now < r.cost[t][dir] || before == r.was[t][dir] && now > before {
			r.doubt(t)
			return
		}
	}
}

// best works out an edge from the arcs and from the lower ranks.
func (r *revision) best(low, high uint32) both[uint32] {
	c := both[uint32]{far, far}
	a, b := r.f.seat[low], r.f.seat[high]
	for _, x := range r.out.of(a) {
		if x.to == b {
			c[up] = min(c[up], x.cost)
		}
	}
	for _, x := range r.out.of(b) {
		if x.to == a {
			c[down] = min(c[down], x.cost)
		}
	}
	for _, e := range r.u.of(low) {
		v := r.u.tail[e]
		k := r.f.edge(v, high)
		if k < int(r.f.first[v+1]) && r.f.head[k] == high {
			c[up] = min(c[up], r.cost[e][down]+r.cost[k][up])
			c[down] = min(c[down], r.cost[k][down]+r.cost[e][up])
		}
	}
	return c
}

type doubtful struct{ tail, edge uint32 }

type edgeQueue []doubtful

func (q edgeQueue) Len() int { return len(q) }
func (q edgeQueue) Less(i, j int) bool {
	return q[i].tail < q[j].tail || q[i].tail == q[j].tail && q[i].edge < q[j].edge
}
func (q edgeQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *edgeQueue) Push(x any)   { *q = append(*q, x.(doubtful)) }
func (q *edgeQueue) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}
