package graph_test

import (
	"container/heap"
	"math"

	"github.com/shanyraq/shanyraq/internal/graph"
)

// The oracle is the method of Dijkstra as a textbook has it, on float64 and
// with nothing of the package: what everything else is compared with.

type at struct {
	node int
	d    float64
}

type line []at

func (l line) Len() int           { return len(l) }
func (l line) Less(i, j int) bool { return l[i].d < l[j].d }
func (l line) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }
func (l *line) Push(x any)        { *l = append(*l, x.(at)) }
func (l *line) Pop() any {
	last := len(*l) - 1
	x := (*l)[last]
	*l = (*l)[:last]
	return x
}

// plain returns the cost from the start to every node.
func plain(nodes int, arcs graph.Arcs, start int, towards bool) []float64 {
	from, to := arcs.From, arcs.To
	if towards {
		from, to = to, from
	}
	next := make([][]int, nodes)
	for i, v := range from {
		next[v] = append(next[v], i)
	}
	d := make([]float64, nodes)
	for i := range d {
		d[i] = math.Inf(1)
	}
	done := make([]bool, nodes)
	d[start] = 0
	q := &line{{start, 0}}
	for q.Len() > 0 {
		x := heap.Pop(q).(at)
		if done[x.node] {
			continue
		}
		done[x.node] = true
		for _, i := range next[x.node] {
			if c := x.d + arcs.Cost[i]; c < d[to[i]] {
				d[to[i]] = c
				heap.Push(q, at{int(to[i]), c})
			}
		}
	}
	return d
}

// plainNearest asks the oracle source by source.
func plainNearest(nodes int, arcs graph.Arcs, from []graph.Start, towards bool, limit float64) ([]float64, []int32) {
	best, who := make([]float64, nodes), make([]int32, nodes)
	for v := range best {
		best[v], who[v] = math.Inf(1), graph.None
	}
	for i, f := range from {
		for v, d := range plain(nodes, arcs, f.Node, towards) {
			if d += f.Seconds; d < best[v]-1e-9 && (limit == 0 || d <= limit+1e-9) {
				best[v], who[v] = d, int32(i)
			}
		}
	}
	return best, who
}

// same reports whether two times are the same to a millionth.
func same(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-6*max(1, math.Abs(b))
}
