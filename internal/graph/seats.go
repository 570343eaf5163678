package graph

// neighbourhood is how many nodes sit together: what a search meets in a short
// time then lies in memory that the processor holds near.
const neighbourhood = 16

// seats returns an order of the nodes in which neighbours in the network are
// mostly neighbours in memory, whatever their numbers were: neighbourhoods are
// grown one beside the other, each breadth first. seat[v] is where node v sits,
// node[s] who sits there.
func seats[W weight](s *side[W]) (seat, node []uint32) {
	n := len(s.first) - 1
	seat, node = make([]uint32, n), make([]uint32, 0, n)
	const waiting, free = 1<<32 - 2, 1<<32 - 1
	for i := range seat {
		seat[i] = free
	}
	var edge []uint32 // where neighbourhoods may begin: at the rim of earlier ones
	for v := range uint32(n) {
		if seat[v] != free {
			continue
		}
		edge = append(edge, v)
		for len(edge) > 0 {
			begin := edge[len(edge)-1]
			edge = edge[:len(edge)-1]
			if seat[begin] < waiting {
				continue
			}
			first := len(node)
			seat[begin] = uint32(first)
			node = append(node, begin)
			for at := first; at < len(node); at++ {
				for _, a := range s.of(node[at]) {
					switch {
					case seat[a.to] < waiting:
					case len(node)-first < neighbourhood:
						seat[a.to] = uint32(len(node))
						node = append(node, a.to)
					case seat[a.to] == free:
						seat[a.to] = waiting
						edge = append(edge, a.to)
					}
				}
			}
		}
	}
	return seat, node
}

// seated returns the arcs by seats.
func seated[W weight](s *sides[W], seat, node []uint32) *sides[W] {
	t := &sides[W]{origin: make([]uint32, 0, len(s.origin))}
	t.out = side[W]{first: make([]uint32, len(s.out.first)), arcs: make([]half[W], 0, len(s.out.arcs)), top: s.out.top}
	for i, v := range node {
		for k := s.out.first[v]; k < s.out.first[v+1]; k++ {
			a := s.out.arcs[k]
			t.out.arcs = append(t.out.arcs, half[W]{seat[a.to], a.cost})
			t.origin = append(t.origin, s.origin[k])
		}
		t.out.first[i+1] = uint32(len(t.out.arcs))
	}
	return t
}
