package graph

import (
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// How the order is made. The numbers were found by trying, on networks of a
// million nodes.
const (
	easyDegree = 8 // nodes of so few neighbours are taken out first
	easyRounds = 2
	leafNodes  = 64 // pieces of so many nodes are not cut any more; a mask has as many bits
	aloneNodes = 2000
)

// orderOf returns the nodes of a graph in an order in which a hierarchy over it
// is small, whatever the costs: the last ones separate the network in halves,
// those before them the halves, and so on.
//
// Nodes with few neighbours come first, least first: ends of streets, bends,
// plain crossings. What is left is cut by nested dissection (George, SIAM
// Journal on Numerical Analysis 10, 1973, 345-363), each cut being a least set
// of nodes that a flow finds between two far ends; see cut.
//
// It reports false for a network that no few nodes cut.
func orderOf(s *simple, cores int) ([]uint32, bool) {
	order, core, name := takeEasy(s)
	rest := make([]uint32, core.size())
	d := &dissector{turn: make(chan struct{}, max(0, cores-1))}
	all := make([]uint32, core.size())
	for i := range all {
		all[i] = uint32(i)
	}
	d.dissect(piece{core, all}, rest)
	d.wait.Wait()
	if d.woven.Load() {
		return nil, false
	}
	for _, v := range rest {
		order = append(order, name[v])
	}
	return order, true
}

// takeEasy takes nodes with few neighbours out, joining their neighbours with
// each other, and returns them in that order, what is left of the graph, and
// the names that its nodes had.
//
// It goes in rounds in which no two neighbours are taken: of a long road every
// second bend, then every second of the rest, so that the tree of the order
// stays low.
func takeEasy(s *simple) (order []uint32, core *simple, name []uint32) {
	e := newEasing(s)
	e.all(2)
	for degree := int32(3); degree <= easyDegree; degree++ {
		for range easyRounds {
			e.once(degree)
			e.all(2)
		}
	}
	core, name = e.rest()
	return e.order, core, name
}

// easing is a graph from which nodes are taken.
type easing struct {
	near    [][]uint32 // neighbours, and some that are gone
	degree  []int32    // neighbours that are not gone
	gone    []bool
	touched []int32 // round in which a neighbour was taken last
	round   int32
	order   []uint32
	ring    []uint32
}

func newEasing(s *simple) *easing {
	n := s.size()
	e := &easing{near: make([][]uint32, n), degree: make([]int32, n), gone: make([]bool, n), touched: make([]int32, n), order: make([]uint32, 0, n)}
	slab := slices.Clone(s.near) // lists are changed in place
	for v := range uint32(n) {
		e.near[v] = slab[s.first[v]:s.first[v+1]:s.first[v+1]]
		e.degree[v] = int32(len(e.near[v]))
	}
	return e
}

// once takes nodes of at most that degree, no two of them neighbours, those of
// the fewest neighbours first.
func (e *easing) once(degree int32) {
	list := make([]uint32, 0, len(e.near)/8)
	for v := range uint32(len(e.near)) {
		if !e.gone[v] && e.degree[v] <= degree {
			list = append(list, v)
		}
	}
	e.pass(list, degree, nil)
}

// all takes nodes of at most that degree until there are none.
func (e *easing) all(degree int32) {
	list, later := make([]uint32, 0, len(e.near)/8), []uint32(nil)
	for v := range uint32(len(e.near)) {
		if !e.gone[v] && e.degree[v] <= degree {
			list = append(list, v)
		}
	}
	for len(list) > 0 {
		list, later = e.pass(list, degree, later[:0]), list
	}
}

// pass goes through a list once and returns who is left for the next pass.
func (e *easing) pass(list []uint32, degree int32, later []uint32) []uint32 {
	e.round++
	slices.SortStableFunc(list, func(a, b uint32) int { return int(e.degree[a] - e.degree[b]) })
	for _, v := range list {
		switch {
		case e.gone[v] || e.degree[v] > degree:
		case e.touched[v] == e.round:
			later = append(later, v)
		default:
			later = e.take(v, degree, later)
		}
	}
	return later
}

// take takes v out. Neighbours that are now, or still, of at most that degree
// are added to later.
func (e *easing) take(v uint32, degree int32, later []uint32) []uint32 {
	e.gone[v] = true
	e.order = append(e.order, v)
	e.ring = e.ring[:0]
	for _, u := range e.near[v] {
		if !e.gone[u] {
			e.ring = append(e.ring, u)
		}
	}
	e.near[v] = nil
	for _, u := range e.ring {
		e.degree[u]--
		e.touched[u] = e.round
	}
	for i, u := range e.ring {
		for _, w := range e.ring[:i] {
			if !e.joined(u, w) {
				e.near[u], e.near[w] = append(e.near[u], w), append(e.near[w], u)
				e.degree[u]++
				e.degree[w]++
			}
		}
	}
	for _, u := range e.ring {
		if list := e.near[u]; len(list) > 2*int(e.degree[u])+8 {
			e.near[u] = slices.DeleteFunc(list, func(w uint32) bool { return e.gone[w] })
		}
		if e.degree[u] <= degree {
			later = append(later, u)
		}
	}
	return later
}

// joined looks in the shorter list.
func (e *easing) joined(u, w uint32) bool {
	if len(e.near[u]) > len(e.near[w]) {
		u, w = w, u
	}
	return slices.Contains(e.near[u], w)
}

// rest returns what is left.
func (e *easing) rest() (core *simple, name []uint32) {
	number := make([]uint32, len(e.near))
	for v := range uint32(len(e.near)) {
		if !e.gone[v] {
			number[v] = uint32(len(name))
			name = append(name, v)
		}
	}
	core = &simple{first: make([]uint32, 1, len(name)+1)}
	for _, v := range name {
		for _, u := range e.near[v] {
			if !e.gone[u] {
				core.near = append(core.near, number[u])
			}
		}
		core.first = append(core.first, uint32(len(core.near)))
	}
	return core, name
}

// piece is a part of the core that is still to be cut, and the names of its
// nodes in the core.
type piece struct {
	*simple
	name []uint32
}

// dissector cuts pieces, on all cores.
type dissector struct {
	turn  chan struct{} // cores that are free
	wait  sync.WaitGroup
	woven atomic.Bool // a piece cannot be cut by few nodes
}

// mostBetween is how many nodes may be needed to cut a piece of n. Pieces of a
// plane need about the root of n, roads less; a network that needs more would
// make a hierarchy that is larger than all its answers.
func mostBetween(n int) int { return 256 + 12*int(math.Sqrt(float64(n))) }

// dissect writes the nodes of the piece into order.
func (d *dissector) dissect(p piece, order []uint32) {
	for {
		if p.size() <= leafNodes {
			p.leastFirst(order)
			return
		}
		parts, sep := p.split()
		if len(sep) > mostBetween(p.size()) {
			d.woven.Store(true)
		}
		if d.woven.Load() {
			return
		}
		k := len(order) - len(sep)
		for i, v := range sep {
			order[k+i] = p.name[v]
		}
		number, part := make([]uint32, p.size()), make([]uint32, p.size())
		for i, nodes := range parts {
			for j, v := range nodes {
				number[v], part[v] = uint32(j), uint32(i)+1
			}
		}
		at := 0
		for i, nodes := range parts {
			sub, into := p.sub(nodes, number, part), order[at:at+len(nodes)]
			at += len(nodes)
			if i == len(parts)-1 {
				p, order = sub, into // go on with the last one here
				break
			}
			if len(nodes) > aloneNodes {
				select {
				case d.turn <- struct{}{}:
					d.wait.Go(func() {
						d.dissect(sub, into)
						<-d.turn
					})
					continue
				default:
				}
			}
			d.dissect(sub, into)
		}
		if len(parts) == 0 {
			return
		}
	}
}

// sub returns the part of the piece that has these nodes only. Each node has a
// part and, in it, a number.
func (p piece) sub(nodes, number, part []uint32) piece {
	q := piece{&simple{first: make([]uint32, 1, len(nodes)+1)}, make([]uint32, len(nodes))}
	for i, v := range nodes {
		q.name[i] = p.name[v]
		for _, u := range p.of(v) {
			if part[u] == part[v] {
				q.near = append(q.near, number[u])
			}
		}
		q.first = append(q.first, uint32(len(q.near)))
	}
	return q
}

// leastFirst orders a small piece: always the node with the fewest neighbours.
func (p piece) leastFirst(order []uint32) {
	var near [leafNodes]uint64
	n := p.size()
	for v := range n {
		for _, u := range p.of(uint32(v)) {
			near[v] |= 1 << u
		}
	}
	var done uint64
	for i := range n {
		best, least := -1, leafNodes+1
		for v := range n {
			if d := ones(near[v] &^ done); done>>v&1 == 0 && d < least {
				best, least = v, d
			}
		}
		order[i] = p.name[best]
		done |= 1 << best
		ring := near[best] &^ done
		for v := range n {
			if ring>>v&1 == 1 {
				near[v] |= ring &^ (1 << v)
			}
		}
	}
}
