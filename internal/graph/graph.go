// Package graph answers how long journeys take on a network of roads: from the
// nearest of many facilities to every settlement, between all pairs of a table,
// from one place to everywhere, inside a limit, and by which way.
//
// A [Graph] is a set of nodes joined by one-way arcs, each with the time that
// it takes. Every answer is exact: it equals that of the plain method of
// Dijkstra (Numerische Mathematik 1, 1959, 269-271) on the same numbers. Times
// that are written as decimals are added as whole numbers, so that no rounding
// grows along a way; where they are not, the sums are those of float64.
//
// Many questions to one network are answered through a [Hierarchy]: an order
// of the nodes that depends on the network alone, and times that are worked in
// afresh in a fraction of a second when a season or a what-if changes them.
// docs/method/access.md tells the methods, docs/performance/access-roads.md
// what they cost.
package graph

import (
	"math"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

// None stands for no node, no source and no arc.
const None = -1

// MaxNodes and MaxArcs bound a graph.
const (
	MaxNodes = math.MaxInt32 - 1
	MaxArcs  = math.MaxInt32 - 1
)

// Arcs are one-way pieces of road in columns: arc i leads from node From[i] to
// node To[i] and costs Cost[i]. A two-way road is two arcs.
type Arcs struct {
	From, To []uint32
	Cost     []float64
}

// Add appends one arc.
func (a *Arcs) Add(from, to uint32, cost float64) {
	a.From, a.To, a.Cost = append(a.From, from), append(a.To, to), append(a.Cost, cost)
}

// Len returns the number of arcs.
func (a *Arcs) Len() int { return len(a.From) }

// Graph is a network of roads that does not change. It may be asked from
// several goroutines at once.
type Graph struct {
	nodes, arcs int
	unit        float64 // seconds in a unit of cost; 1 where split says it
	split       float64 // units in a second, where a unit is a whole part of one; else 1
	parts       float64 // ticks in a unit of cost: a power of ten
	whole       bool    // all costs are whole ticks; else a tick is a unit and costs are any float64

	// seat[v] is where node v sits inside, and node[s] who sits there: nodes
	// that are near in the network sit near in memory.
	seat, node []uint32

	narrow *sides[uint32]         // costs in ticks; nil where they do not fit
	broad  func() *sides[float64] // the same costs, also in ticks
}

// New returns the graph of so many nodes, numbered from 0, and these arcs. A
// unit of cost takes unit seconds; 0 counts as 1. The arcs are not kept.
//
// Parallel arcs are kept, the cheapest counts; an arc from a node to itself
// never helps. Costs may be 0. It returns fault.Invalid for a cost that is
// negative or not a finite number and for a node that does not exist, both
// with the arc, counted from 0; and fault.TooLarge beyond MaxNodes or MaxArcs.
func New(nodes int, arcs Arcs, unit float64) (*Graph, error) {
	const op = "graph.New"
	if unit == 0 {
		unit = 1
	}
	if !(unit > 0) || math.IsInf(unit, 1) {
		return nil, fault.New(fault.Invalid, op, "unit", "%v seconds in a unit of cost: give a number above 0", unit)
	}
	if nodes < 0 || nodes > MaxNodes || arcs.Len() > MaxArcs {
		return nil, fault.New(fault.TooLarge, op, "graph", "%d nodes and %d arcs: at most %d and %d are possible", nodes, arcs.Len(), MaxNodes, MaxArcs)
	}
	if len(arcs.To) != len(arcs.From) || len(arcs.Cost) != len(arcs.From) {
		return nil, fault.New(fault.Invalid, op, "arcs", "the columns have %d, %d and %d rows: give each arc a start, an end and a cost", len(arcs.From), len(arcs.To), len(arcs.Cost))
	}
	for i, c := range arcs.Cost {
		if !(c >= 0) || math.IsInf(c, 1) {
			return nil, fault.New(fault.Invalid, op, "arcs", "arc %d costs %v: a cost is a finite number that is not negative", i, c)
		}
		if int64(arcs.From[i]) >= int64(nodes) || int64(arcs.To[i]) >= int64(nodes) {
			return nil, fault.New(fault.Invalid, op, "arcs", "arc %d leads from node %d to node %d: the graph has the nodes 0 to %d", i, arcs.From[i], arcs.To[i], nodes-1)
		}
	}
	g := &Graph{nodes: nodes, arcs: arcs.Len(), unit: unit, split: 1}
	if k := math.Round(1 / unit); k > 1 && 1/k == unit { // 3 tenths are 3/10, not 3 times 0.1
		g.unit, g.split = 1, k
	}
	g.weigh(arcs.Cost, func(narrow func(i int) uint32, broad func(i int) float64) {
		if narrow != nil {
			g.narrow = newSides(g, arcs, narrow)
			return
		}
		s := newSides(g, arcs, broad)
		g.broad = func() *sides[float64] { return s }
	})
	return g, nil
}

// weigh chooses how the costs are held and lets build hold them: in ticks of
// 32 bits, or, where narrow is nil, as float64.
func (g *Graph) weigh(cost []float64, build func(narrow func(i int) uint32, broad func(i int) float64)) {
	var fits bool
	g.parts, g.whole, fits = ticks(cost, g.nodes)
	switch {
	case fits:
		build(func(i int) uint32 { return tickOf(cost[i], g.parts) }, nil)
		g.broad = sync.OnceValue(func() *sides[float64] { return widen(g.narrow) })
	case g.whole:
		build(nil, func(i int) float64 { return math.Round(cost[i] * g.parts) })
	default:
		build(nil, func(i int) float64 { return cost[i] })
	}
}

// Nodes returns the number of nodes.
func (g *Graph) Nodes() int { return g.nodes }

// Arcs returns the number of arcs.
func (g *Graph) Arcs() int { return g.arcs }

// Exact reports whether times are added as whole numbers, without rounding.
func (g *Graph) Exact() bool { return g.whole }

// Closed is the cost of an arc that nobody can take: a road in the spring, a
// bridge that is not there yet. With and Change take it; New does not, since in
// a file it is a mistake.
var Closed = math.Inf(1)

// With returns the same roads with other costs, for another season or a
// what-if: cost[i] is that of the arc that was given as the i-th, Closed where
// there is no way now. Of errors see New.
func (g *Graph) With(cost []float64) (*Graph, error) {
	const op = "graph.With"
	if len(cost) != g.arcs {
		return nil, fault.New(fault.Invalid, op, "costs", "%d costs for %d arcs: give one for each, in the order of the arcs", len(cost), g.arcs)
	}
	for i, c := range cost {
		if !(c >= 0) {
			return nil, fault.New(fault.Invalid, op, "costs", "arc %d costs %v: a cost is a number that is not negative", i, c)
		}
	}
	w := &Graph{nodes: g.nodes, arcs: g.arcs, unit: g.unit, split: g.split, seat: g.seat, node: g.node}
	w.weigh(cost, func(narrow func(i int) uint32, broad func(i int) float64) {
		first, to := g.heads()
		if narrow != nil {
			w.narrow = weighed(first, to, g.origins(), narrow)
			return
		}
		s := weighed(first, to, g.origins(), broad)
		w.broad = func() *sides[float64] { return s }
	})
	return w, nil
}
