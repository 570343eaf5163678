package graph

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

// Hierarchy answers many questions to one network: tables of thousands of
// pairs, the nearest facility for all nodes in one sweep, the way between two
// places. Its order depends on the roads alone and takes the most time to find;
// With works other times into it at once, and WriteTo keeps it on disk.
//
// Its answers are those of the Graph. Where the costs are no decimals they may
// differ in the last digits of float64, since sums are formed in another order.
type Hierarchy struct {
	g *Graph
	f *frame

	narrow *metric[uint32] // nil where sums may pass 32 bits
	broad  func() (*metric[float64], error)

	under func() *under // what lies below, when it is first needed
}

// NewHierarchy finds an order for the graph and works its costs in. On two
// cores a network of a million nodes takes some five to ten seconds.
//
// It returns fault.TooLarge where sums of costs cannot be exact, and for a
// network that is woven so closely that no few nodes cut it in parts, as random
// graphs are and roads are not: ask the graph itself then.
func NewHierarchy(g *Graph) (*Hierarchy, error) {
	s := g.roads()
	order, ok := orderOf(s, runtime.GOMAXPROCS(0))
	if !ok {
		return nil, fault.New(fault.TooLarge, "graph.NewHierarchy", "graph", "no few nodes cut this network in parts, as they do with roads: a hierarchy would be too large, search without one")
	}
	return hierarchyOf(g, newFrame(s, order))
}

// roads returns the graph without directions and costs.
func (g *Graph) roads() *simple {
	if g.narrow != nil {
		return plainOf(&g.narrow.out)
	}
	return plainOf(&g.broad().out)
}

func hierarchyOf(g *Graph, f *frame) (*Hierarchy, error) {
	h := &Hierarchy{g: g, f: f}
	h.broad = broadOf(g, f)
	h.under = sync.OnceValue(func() *under { return newUnder(f) })
	if g.narrow != nil {
		if m, ok := newMetric(f, &g.narrow.out, roomOf[uint32](g)); ok {
			h.narrow = m
			return h, nil
		}
	}
	_, err := h.broad()
	return h, err
}

// broadOf works the costs in as float64 when that is first needed.
func broadOf(g *Graph, f *frame) func() (*metric[float64], error) {
	return sync.OnceValues(func() (*metric[float64], error) {
		m, ok := newMetric(f, &g.broad().out, roomOf[float64](g))
		if !ok {
			return nil, tooFar("graph.Hierarchy")
		}
		return m, nil
	})
}

// Graph returns the graph with the costs that the hierarchy answers for.
func (h *Hierarchy) Graph() *Graph { return h.g }

// Edges returns how many edges the hierarchy has: what it costs in memory and
// time.
func (h *Hierarchy) Edges() int { return len(h.f.head) }

// With returns a hierarchy for the same roads with other costs, for another
// season or a what-if, in a fraction of the time. Both can be used side by side. g
// must have the same nodes and the same arcs in the same order; make it with
// Graph.With. Else it returns fault.Invalid.
func (h *Hierarchy) With(g *Graph) (*Hierarchy, error) {
	if !sameRoads(h.g, g) {
		return nil, fault.New(fault.Invalid, "graph.With", "graph", "the roads are not those of the hierarchy: only their costs may change")
	}
	return hierarchyOf(g, h.f)
}

// sameRoads reports whether two graphs have the same nodes and arcs.
func sameRoads(a, b *Graph) bool {
	if a.nodes != b.nodes || a.arcs != b.arcs || !slices.Equal(a.seat, b.seat) {
		return false
	}
	firstA, toA := a.heads()
	firstB, toB := b.heads()
	if !slices.Equal(firstA, firstB) {
		return false
	}
	for i := range a.arcs {
		if toA(i) != toB(i) {
			return false
		}
	}
	return true
}

// heads returns the ends of the arcs by their starts.
func (g *Graph) heads() (first []uint32, to func(int) uint32) {
	if g.narrow != nil {
		return g.narrow.out.first, func(i int) uint32 { return g.narrow.out.arcs[i].to }
	}
	out := &g.broad().out
	return out.first, func(i int) uint32 { return out.arcs[i].to }
}

// Table works out how long it takes from every source to every target, like
// Graph.Table. It holds a bounded part of the table at a time.
func (h *Hierarchy) Table(ctx context.Context, sources, targets []int, row func(i int, seconds []float64) error) error {
	const op = "graph.Table"
	if err := h.g.checkStarts(op, Starts(sources...)); err != nil {
		return err
	}
	if err := h.g.checkStarts(op, Starts(targets...)); err != nil {
		return err
	}
	done := 0
	if h.narrow != nil {
		fits, err := newTabler(h, h.narrow, targets).rows(ctx, sources, func(i int, seconds []float64) error {
			done++
			return row(i, seconds)
		})
		if fits || err != nil {
			return err
		}
	}
	m, err := h.broad()
	if err != nil {
		return err
	}
	rest := sources[done:]
	fits, err := newTabler(h, m, targets).rows(ctx, rest, func(i int, seconds []float64) error { return row(done+i, seconds) })
	if err == nil && !fits {
		err = tooFar(op)
	}
	return err
}
