package graph

import (
	"context"
	"math"

	"github.com/shanyraq/shanyraq/fault"
)

// Several tells of every node which sources are nearest, nearest first: those
// of node v stand at v*K to v*K+K-1.
type Several struct {
	K       int
	Seconds []float64 // +Inf: there are no more
	Source  []int32   // None: there are no more
}

// maxSeveral bounds how many sources are remembered for a node.
const maxSeveral = 16

// NearestSeveral returns for every node the k nearest sources: where people go
// when the nearest closes. Of sources that are equally near the first of the
// list comes first. Errors are those of Nearest, and fault.Invalid unless k
// is 1 to 16.
func (g *Graph) NearestSeveral(ctx context.Context, from []Start, k int, how Search) (Several, error) {
	const op = "graph.NearestSeveral"
	if k < 1 || k > maxSeveral {
		return Several{}, fault.New(fault.Invalid, op, "k", "%d nearest sources: ask for 1 to %d", k, maxSeveral)
	}
	if err := g.checkStarts(op, from); err != nil {
		return Several{}, err
	}
	out := Several{k, make([]float64, k*g.nodes), make([]int32, k*g.nodes)}
	if g.narrow != nil && g.allWhole(from) && several(ctx, g, g.narrow.side(how.Towards), from, how.Limit, out) {
		return out, ctx.Err()
	}
	if !several(ctx, g, g.broad().side(how.Towards), from, how.Limit, out) {
		return Several{}, tooFar(op)
	}
	return out, ctx.Err()
}

// several is spread with k labels for a place, of k sources.
func several[W weight](ctx context.Context, g *Graph, s *side[W], from []Start, limit float64, out Several) bool {
	k, most, room := out.K, atMost[W](g.within(limit)), roomOf[W](g)
	if s.top > room {
		return false
	}
	room -= s.top
	labels := make([]label[W], k*g.nodes)
	for i := range labels {
		labels[i] = label[W]{endless[W](), nobody}
	}
	q := newBuckets(s)
	offer := func(seat uint32, l label[W]) {
		if l.d <= most && l.d < endless[W]() && take(labels[int(seat)*k:int(seat)*k+k], l) {
			q.put(entry[W]{l.d, seat})
		}
	}
	for i, f := range from {
		d, _ := g.ticksOf(f.Seconds)
		offer(g.seat[f.Node], label[W]{W(d), uint32(i)})
	}
	work, bound := 0, spareWork*k*(g.nodes+64)
	for {
		e, ok := q.take()
		if !ok {
			break
		}
		if work++; work&0xfff == 0 {
			if ctx.Err() != nil {
				return true
			}
			if work+q.moved > bound && !q.sorted {
				q.sort()
			}
		}
		if e.d > room {
			return false
		}
		for i := range k {
			l := labels[int(e.seat)*k+i]
			if l.d != e.d || l.source == nobody {
				continue
			}
			for _, a := range s.of(e.seat) {
				offer(a.to, label[W]{l.d + a.cost, l.source})
			}
		}
	}
	for v, seat := range g.seat {
		for i := range k {
			at := v*k + i
			if l := labels[int(seat)*k+i]; l.source == nobody {
				out.Seconds[at], out.Source[at] = math.Inf(1), None
			} else {
				out.Seconds[at], out.Source[at] = g.seconds(float64(l.d)), int32(l.source)
			}
		}
	}
	return true
}

// take puts a label among the nearest of a place and reports whether it belongs
// there.
func take[W weight](list []label[W], l label[W]) bool {
	last := len(list) - 1
	for i, x := range list {
		if x.source == l.source {
			last = i // it may only move forward
			break
		}
	}
	before := func(a, b label[W]) bool { return a.d < b.d || a.d == b.d && a.source < b.source }
	if !before(l, list[last]) {
		return false
	}
	i := last
	for ; i > 0 && before(l, list[i-1]); i-- {
		list[i] = list[i-1]
	}
	list[i] = l
	return true
}
