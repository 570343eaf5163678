package graph

import "context"

// Reach is a node that a bounded search has reached.
type Reach struct {
	Node    int
	Seconds float64
	Source  int // its place in the list of sources
}

// Within returns the nodes that the sources reach within how.Limit seconds,
// inclusive, each once with the nearest source, in no particular order. It
// touches only what it reaches: a catchment of an hour costs the same in a
// small country and in a large one. Errors are those of Nearest.
func (g *Graph) Within(ctx context.Context, from []Start, how Search) ([]Reach, error) {
	const op = "graph.Within"
	if err := g.checkStarts(op, from); err != nil {
		return nil, err
	}
	if g.narrow != nil && g.allWhole(from) {
		if out, fits := reach(ctx, g, g.narrow.side(how.Towards), from, how.Limit); fits {
			return out, ctx.Err()
		}
	}
	out, fits := reach(ctx, g, g.broad().side(how.Towards), from, how.Limit)
	if !fits {
		return nil, tooFar(op)
	}
	return out, ctx.Err()
}

func reach[W weight](ctx context.Context, g *Graph, s *side[W], from []Start, limit float64) ([]Reach, bool) {
	d := s.sit()
	defer s.rise(d)
	most := atMost[W](g.within(limit))
	d.start(g, from, most)
	if !d.spread(ctx, s, most, roomOf[W](g)) {
		return nil, false
	}
	out := make([]Reach, len(d.touched))
	for i, seat := range d.touched {
		l := d.labels[seat]
		out[i] = Reach{int(g.node[seat]), g.seconds(float64(l.d)), int(l.source)}
	}
	return out, true
}
