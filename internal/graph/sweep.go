package graph

import (
	"context"
	"math"
)

// Nearest returns for every node the nearest of the sources, like
// Graph.Nearest, in one sweep over the hierarchy: up from the sources, then
// down through all ranks in the order in which they lie in memory (Delling,
// Goldberg, Nowatzyk and Werneck, Journal of Parallel and Distributed Computing
// 73, 2013, 940-952).
func (h *Hierarchy) Nearest(ctx context.Context, from []Start, how Search) (Nearest, error) {
	const op = "graph.Nearest"
	if err := h.g.checkStarts(op, from); err != nil {
		return Nearest{}, err
	}
	out := Nearest{Seconds: make([]float64, h.g.nodes), Source: make([]int32, h.g.nodes)}
	if h.narrow != nil && h.g.allWhole(from) && sweep(h, h.narrow, from, how, out) {
		return out, ctx.Err()
	}
	m, err := h.broad()
	if err != nil {
		return Nearest{}, err
	}
	if !sweep(h, m, from, how, out) {
		return Nearest{}, tooFar(op)
	}
	return out, ctx.Err()
}

// From returns the seconds from one node to every node, or with Towards from
// every node to it; +Inf where there is no way.
func (h *Hierarchy) From(ctx context.Context, node int, how Search) ([]float64, error) {
	n, err := h.Nearest(ctx, Starts(node), how)
	return n.Seconds, err
}

func sweep[W weight](h *Hierarchy, m *metric[W], from []Start, how Search, out Nearest) bool {
	g, f := h.g, h.f
	labels := make([]label[W], f.size())
	for i := range labels {
		labels[i] = label[W]{endless[W](), nobody}
	}
	half := roomOf[W](g) / 2
	for i, s := range from {
		d, _ := g.ticksOf(s.Seconds)
		if d > float64(half) {
			return false
		}
		r := f.rank[g.seat[s.Node]]
		if at := W(d); at < labels[r].d {
			labels[r] = label[W]{at, uint32(i)}
		}
	}
	ascend, descend := up, down
	if how.Towards {
		ascend, descend = down, up
	}
	for r := range uint32(f.size()) {
		l := labels[r]
		if l.source == nobody {
			continue
		}
		if l.d > half {
			return false
		}
		for e := f.first[r]; e < f.first[r+1]; e++ {
			d := l.d + m.cost[e][ascend&1]
			at := &labels[f.head[e]]
			if d < at.d || d == at.d && l.source < at.source && at.source != nobody {
				*at = label[W]{d, l.source}
			}
		}
	}
	for r := f.size() - 1; r >= 0; r-- {
		l := labels[r]
		heads := f.head[f.first[r]:f.first[r+1]]
		costs := m.cost[f.first[r]:f.first[r+1]]
		costs = costs[:len(heads)]
		for i, hd := range heads {
			at := labels[hd]
			d := at.d + costs[i][descend&1]
			if d < l.d || d == l.d && at.source < l.source && l.source != nobody {
				l = label[W]{d, at.source}
			}
		}
		if l.source != nobody && l.d > half {
			return false
		}
		labels[r] = l
	}
	most := atMost[W](g.within(how.Limit))
	for v, seat := range g.seat {
		if l := labels[f.rank[seat]]; l.source == nobody || l.d > most {
			out.Seconds[v], out.Source[v] = math.Inf(1), None
		} else {
			out.Seconds[v], out.Source[v] = g.seconds(float64(l.d)), int32(l.source)
		}
	}
	return true
}
