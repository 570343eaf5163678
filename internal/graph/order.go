package graph

import (
	"slices"
	"sync"
)

// How the order is made. The numbers were found by trying, on networks of a
// million nodes.
const (
	easyDegree = 8  // nodes of so few neighbours are taken out first
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
func orderOf(s *simple, cores int) []uint32 {
	order, core, name := takeEasy(s)
	rest := make([]uint32, core.size())
	d := &dissector{turn: make(chan struct{}, max(0, cores-1))}
	all := make([]uint32, core.size())
	for i := range all {
		all[i] = uint32(i)
	}
	d.dissect(piece{core, all}, rest)
	d.wait.Wait()
	for _, v := range rest {
		order = append(order, name[v])
	}
	return order
}

// takeEasy takes nodes with few neighbours out, joining their neighbours with
// each other, and returns them in that order, what is left of the graph, and
// the names that its nodes had.
func takeEasy(s *simple) (order []uint32, core *simple, name []uint32) {
	n := s.size()
	near := make([][]uint32, n)
	for v := range uint32(n) {
		list := s.of(v)
		near[v] = list[:len(list):len(list)]
	}
	slab := slices.Clone(s.near) // lists are changed in place
	for v := range uint32(n) {
		near[v] = slab[s.first[v]:s.first[v+1]:s.first[v+1]]
	}
	order = make([]uint32, 0, n)
	gone := make([]bool, n)
	queue := make([][]uint32, easyDegree+1)
	for v := range uint32(n) {
		if d := len(near[v]); d <= easyDegree {
			queue[d] = append(queue[d], v)
		}
	}
	for d := 0; d <= easyDegree; {
		if len(queue[d]) == 0 {
			d++
			continue
		}
		v := queue[d][len(queue[d])-1]
		queue[d] = queue[d][:len(queue[d])-1]
		if gone[v] || len(near[v]) != d {
			continue
		}
		gone[v] = true
		order = append(order, v)
		ring := near[v]
		for _, u := range ring {
			list := near[u]
			list[slices.Index(list, v)] = list[len(list)-1]
			list = list[:len(list)-1]
			for _, w := range ring {
				if w != u && !slices.Contains(list, w) {
					list = append(list, w)
				}
			}
			near[u] = list
			if k := len(list); k <= easyDegree {
				queue[k] = append(queue[k], u)
				d = min(d, k)
			}
		}
		near[v] = nil
	}
	number := make([]uint32, n)
	for v := range uint32(n) {
		if !gone[v] {
			number[v] = uint32(len(name))
			name = append(name, v)
		}
	}
	core = &simple{first: make([]uint32, 1, len(name)+1)}
	for _, v := range name {
		for _, u := range near[v] {
			core.near = append(core.near, number[u])
		}
		core.first = append(core.first, uint32(len(core.near)))
	}
	return order, core, name
}

// piece is a part of the core that is still to be cut, and the names of its
// nodes in the core.
type piece struct {
	*simple
	name []uint32
}

// dissector cuts pieces, on all cores.
type dissector struct {
	turn chan struct{} // cores that are free
	wait sync.WaitGroup
}

// dissect writes the nodes of the piece into order.
func (d *dissector) dissect(p piece, order []uint32) {
	for {
		if p.size() <= leafNodes {
			p.leastFirst(order)
			return
		}
		parts, sep := p.split()
		k := len(order) - len(sep)
		for i, v := range sep {
			order[k+i] = p.name[v]
		}
		at := 0
		for i, nodes := range parts {
			sub, into := p.sub(nodes), order[at:at+len(nodes)]
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

// sub returns the part of the piece that has these nodes only.
func (p piece) sub(nodes []uint32) piece {
	q := piece{&simple{first: make([]uint32, 1, len(nodes)+1)}, make([]uint32, len(nodes))}
	number := make([]uint32, p.size())
	for i, v := range nodes {
		number[v] = uint32(i) + 1
		q.name[i] = p.name[v]
	}
	for _, v := range nodes {
		for _, u := range p.of(v) {
			if k := number[u]; k > 0 {
				q.near = append(q.near, k-1)
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
