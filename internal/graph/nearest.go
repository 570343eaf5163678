package graph

import (
	"context"
	"math"

	"github.com/shanyraq/shanyraq/fault"
)

// Start is a node where journeys begin, and the seconds that have passed by
// then: of a call, of the way to the road. Towards the sources they are added
// at the end.
type Start struct {
	Node    int
	Seconds float64
}

// Starts are starts at these nodes without delay.
func Starts(nodes ...int) []Start {
	out := make([]Start, len(nodes))
	for i, v := range nodes {
		out[i].Node = v
	}
	return out
}

// Search says how to search.
type Search struct {
	// Towards turns the journeys round. Without it they lead from the sources
	// along the arcs to the nodes, as an ambulance drives out; with it from the
	// nodes to the sources, as people drive to a hospital.
	Towards bool
	// Limit in seconds, inclusive: 3600 has what takes exactly an hour. 0 is no
	// limit.
	Limit float64
}

// Nearest tells of every node which source is nearest, and how near.
type Nearest struct {
	Seconds []float64 // +Inf: not reached
	Source  []int32   // its place in the list of sources; None: not reached
}

// Nearest returns for every node the nearest of the sources. Of sources that
// are equally near it takes the first of the list.
//
// It returns fault.Invalid for a node that does not exist or a delay that is
// negative or not finite, fault.TooLarge when a sum is too large to be exact,
// and the error of ctx when that ends first.
func (g *Graph) Nearest(ctx context.Context, from []Start, how Search) (Nearest, error) {
	const op = "graph.Nearest"
	if err := g.checkStarts(op, from); err != nil {
		return Nearest{}, err
	}
	out := Nearest{Seconds: make([]float64, g.nodes), Source: make([]int32, g.nodes)}
	if g.narrow != nil && g.allWhole(from) && fill(ctx, g, g.narrow.side(how.Towards), from, how.Limit, out) {
		return out, ctx.Err()
	}
	if !fill(ctx, g, g.broad().side(how.Towards), from, how.Limit, out) {
		return Nearest{}, tooFar(op)
	}
	return out, ctx.Err()
}

// From returns the seconds from one node to every node, or with Towards from
// every node to it; +Inf where there is no way.
func (g *Graph) From(ctx context.Context, node int, how Search) ([]float64, error) {
	n, err := g.Nearest(ctx, Starts(node), how)
	return n.Seconds, err
}

func tooFar(op string) error {
	return fault.New(fault.TooLarge, op, "graph", "the times are too large to be added exactly: use a larger unit of cost")
}

// checkStarts refuses starts that cannot be.
func (g *Graph) checkStarts(op string, from []Start) error {
	for i, f := range from {
		if f.Node < 0 || f.Node >= g.nodes {
			return fault.New(fault.Invalid, op, "source", "source %d is node %d: the graph has the nodes 0 to %d", i, f.Node, g.nodes-1)
		}
		if !(f.Seconds >= 0) || math.IsInf(f.Seconds, 1) {
			return fault.New(fault.Invalid, op, "source", "source %d begins after %v seconds: give a finite number that is not negative", i, f.Seconds)
		}
	}
	return nil
}

// allWhole reports whether all delays are whole ticks of 32 bits.
func (g *Graph) allWhole(from []Start) bool {
	for _, f := range from {
		if f.Seconds == 0 {
			continue
		}
		if d, whole := g.ticksOf(f.Seconds); !whole || d >= far {
			return false
		}
	}
	return true
}

// fill searches from all sources at once. It reports false where a sum does
// not fit.
func fill[W weight](ctx context.Context, g *Graph, s *side[W], from []Start, limit float64, out Nearest) bool {
	d := s.sit()
	defer s.rise(d)
	most := atMost[W](g.within(limit))
	d.start(g, from, most)
	if !d.spread(ctx, s, most, roomOf[W](g)) {
		return false
	}
	for v, seat := range g.seat {
		if l := d.labels[seat]; l.source == nobody {
			out.Seconds[v], out.Source[v] = math.Inf(1), None
		} else {
			out.Seconds[v], out.Source[v] = g.seconds(float64(l.d)), int32(l.source)
		}
	}
	return true
}

// atMost holds a limit as a cost.
func atMost[W weight](limit float64) W {
	if limit >= float64(endless[W]()) {
		return endless[W]()
	}
	return W(limit)
}
