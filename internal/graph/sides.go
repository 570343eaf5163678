package graph

import "sync"

// weight is how costs are held: whole ticks in 32 bits where they fit, which
// is the usual case and the fast one, else float64.
type weight interface{ uint32 | float64 }

// half is one arc as its start sees it.
type half[W weight] struct {
	to   uint32
	cost W
}

// side holds the arcs by the node at which a search meets them: those of seat
// s are arcs[first[s]:first[s+1]].
type side[W weight] struct {
	first []uint32
	arcs  []half[W]
	top   W // the largest cost of what is not closed

	perCost float64       // see tune
	spare   chan *desk[W] // desks that nobody uses now
}

func (s *side[W]) of(seat uint32) []half[W] { return s.arcs[s.first[seat]:s.first[seat+1]] }

// note keeps the largest cost.
func (s *side[W]) note(c W) {
	if c != endless[W]() {
		s.top = max(s.top, c)
	}
}

// sides are both directions of a graph. The arcs against their direction are
// built when they are first needed.
type sides[W weight] struct {
	out side[W]
	// origin[i] is the number that the arc out.arcs[i] had when it was given.
	origin []uint32
	in     func() *side[W]
}

// newSides gives every node its seat and returns the arcs by seats.
func newSides[W weight](g *Graph, a Arcs, cost func(i int) W) *sides[W] {
	given := byStart(g.nodes, a, cost)
	g.seat, g.node = seats(&given.out)
	s := seated(given, g.seat, g.node)
	s.out.tune()
	s.in = sync.OnceValue(func() *side[W] { return turned(&s.out) })
	return s
}

// byStart sorts the arcs by their start. Among the arcs of a node the order in
// which they were given stays.
func byStart[W weight](nodes int, a Arcs, cost func(i int) W) *sides[W] {
	s := &sides[W]{origin: make([]uint32, a.Len())}
	s.out.first = make([]uint32, nodes+1)
	s.out.arcs = make([]half[W], a.Len())
	first := s.out.first
	for _, v := range a.From {
		first[v+1]++
	}
	for i := range nodes {
		first[i+1] += first[i]
	}
	for i, v := range a.From {
		at := &first[v]
		c := cost(i)
		s.out.arcs[*at] = half[W]{a.To[i], c}
		s.out.note(c)
		s.origin[*at] = uint32(i)
		*at++
	}
	copy(first[1:], first[:nodes])
	first[0] = 0
	return s
}

// turned returns the arcs by their end.
func turned[W weight](out *side[W]) *side[W] {
	n := len(out.first) - 1
	in := &side[W]{first: make([]uint32, n+1), arcs: make([]half[W], len(out.arcs)), top: out.top}
	for _, a := range out.arcs {
		in.first[a.to+1]++
	}
	for i := range n {
		in.first[i+1] += in.first[i]
	}
	for s := range uint32(n) {
		for _, a := range out.of(s) {
			at := &in.first[a.to]
			in.arcs[*at] = half[W]{s, a.cost}
			*at++
		}
	}
	copy(in.first[1:], in.first[:n])
	in.first[0] = 0
	in.tune()
	return in
}

// widen returns the same arcs with costs as float64, still in ticks: sums stay
// whole and exact up to 2^53.
func widen(narrow *sides[uint32]) *sides[float64] {
	s := &sides[float64]{origin: narrow.origin}
	s.out = side[float64]{first: narrow.out.first, arcs: make([]half[float64], len(narrow.out.arcs)), top: float64(narrow.out.top)}
	for i, a := range narrow.out.arcs {
		c := float64(a.cost)
		if a.cost == far {
			c = Closed
		}
		s.out.arcs[i] = half[float64]{a.to, c}
	}
	s.out.tune()
	s.in = sync.OnceValue(func() *side[float64] { return turned(&s.out) })
	return s
}

// side returns the arcs that a search follows: forward from the sources, or
// against the arcs towards them.
func (s *sides[W]) side(towards bool) *side[W] {
	if towards {
		return s.in()
	}
	return &s.out
}

// weighed returns arcs like those of another graph, with costs by origin.
func weighed[W weight](first []uint32, to func(int) uint32, origin []uint32, cost func(i int) W) *sides[W] {
	s := &sides[W]{origin: origin, out: side[W]{first: first, arcs: make([]half[W], len(origin))}}
	for i, o := range origin {
		c := cost(int(o))
		s.out.arcs[i] = half[W]{to(i), c}
		s.out.note(c)
	}
	s.out.tune()
	s.in = sync.OnceValue(func() *side[W] { return turned(&s.out) })
	return s
}

// origins returns the numbers that the arcs had when they were given.
func (g *Graph) origins() []uint32 {
	if g.narrow != nil {
		return g.narrow.origin
	}
	return g.broad().origin
}
