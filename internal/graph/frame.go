package graph

import (
	"slices"
)

// frame is what a hierarchy has that does not depend on costs: every node has
// a rank, and the graph is filled up so that among the higher neighbours of a
// node each two are neighbours (a customizable contraction hierarchy; Dibbelt,
// Strasser and Wagner, ACM Journal of Experimental Algorithmics 21, 2016, 1.5).
//
// The lowest of the higher neighbours of a node is its parent. Nodes are
// ranked so that a node comes directly after what hangs below it: those below
// rank r are the ranks low[r] to r-1. Every way between two nodes passes an
// ancestor of both, and the edges of a node lead to ancestors only.
type frame struct {
	first []uint32 // of the edges of rank r: first[r] to first[r+1]
	head  []uint32 // where they lead, ascending; the first is the parent
	rank  []uint32 // by seat
	seat  []uint32 // by rank
	low   []uint32
	depth []uint32 // ancestors of a rank
}

// top is the parent of what has none.
const top = 1<<32 - 1

func (f *frame) size() int { return len(f.seat) }

// of returns the ranks of the higher neighbours.
func (f *frame) of(r uint32) []uint32 { return f.head[f.first[r]:f.first[r+1]] }

func (f *frame) parent(r uint32) uint32 {
	if f.first[r] == f.first[r+1] {
		return top
	}
	return f.head[f.first[r]]
}

// newFrame fills the graph up for an order of its nodes.
func newFrame(s *simple, order []uint32) *frame {
	order = postorder(s, order)
	n := s.size()
	f := &frame{first: make([]uint32, n+1), seat: order, rank: make([]uint32, n), low: make([]uint32, n), depth: make([]uint32, n)}
	for r, v := range order {
		f.rank[v] = uint32(r)
	}
	// The neighbours of r are those of the graph and those of its children.
	children := make([]uint32, n) // the last child, then from child to child
	sister := make([]uint32, n)
	mark := make([]uint32, n) // rank + 1 for which a head was noted
	for i := range n {
		children[i], sister[i] = top, top
	}
	f.head = make([]uint32, 0, len(s.near))
	for r := range uint32(n) {
		begin := len(f.head)
		note := func(h uint32) {
			if h > r && mark[h] != r+1 {
				mark[h] = r + 1
				f.head = append(f.head, h)
			}
		}
		for _, u := range s.of(order[r]) {
			note(f.rank[u])
		}
		f.low[r] = r
		for c := children[r]; c != top; c = sister[c] {
			for _, h := range f.of(c) {
				note(h)
			}
			f.low[r] = min(f.low[r], f.low[c])
		}
		list := f.head[begin:]
		slices.Sort(list)
		f.first[r+1] = uint32(len(f.head))
		if len(list) > 0 {
			p := list[0]
			sister[r], children[p] = children[p], r
		}
	}
	f.head = slices.Clip(f.head)
	for r := n - 1; r >= 0; r-- {
		if p := f.parent(uint32(r)); p != top {
			f.depth[r] = f.depth[p] + 1
		}
	}
	return f
}

// postorder returns the nodes in an order that fills the graph up alike and in
// which a node follows what hangs below it. The parents are found without
// filling up (Liu, SIAM Journal on Matrix Analysis and Applications 11, 1990,
// 134-172).
func postorder(s *simple, order []uint32) []uint32 {
	n := s.size()
	rank := make([]uint32, n)
	for r, v := range order {
		rank[v] = uint32(r)
	}
	parent, leap := make([]uint32, n), make([]uint32, n)
	for r := range uint32(n) {
		parent[r], leap[r] = top, top
		for _, u := range s.of(order[r]) {
			// Climb from every lower neighbour, and leave the way short.
			for x := rank[u]; x < r; {
				next := leap[x]
				leap[x] = r
				if next == top {
					parent[x] = r
					break
				}
				x = next
			}
		}
	}
	// Children before parents, each family together.
	child, sister := make([]uint32, n), make([]uint32, n)
	for r := range n {
		child[r] = top
	}
	root := uint32(top)
	for r := n - 1; r >= 0; r-- {
		if p := parent[r]; p == top {
			sister[r], root = root, uint32(r)
		} else {
			sister[r], child[p] = child[p], uint32(r)
		}
	}
	out := make([]uint32, n)
	at := n
	var stack []uint32
	for r := root; r != top; r = sister[r] {
		stack = append(stack, r)
	}
	for len(stack) > 0 { // parents first, from the end
		r := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		at--
		out[at] = order[r]
		for c := child[r]; c != top; c = sister[c] {
			stack = append(stack, c)
		}
	}
	return out
}
