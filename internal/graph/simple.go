package graph

import "slices"

// simple is an undirected graph without loops and parallel edges: what an
// order of the nodes depends on. The neighbours of v are
// near[first[v]:first[v+1]], ascending.
type simple struct {
	first []uint32
	near  []uint32
}

func (s *simple) size() int { return len(s.first) - 1 }

func (s *simple) of(v uint32) []uint32 { return s.near[s.first[v]:s.first[v+1]] }

// plainOf forgets directions and costs.
func plainOf[W weight](out *side[W]) *simple {
	n := len(out.first) - 1
	s := &simple{first: make([]uint32, n+1)}
	for v := range uint32(n) {
		for _, a := range out.of(v) {
			if a.to != v {
				s.first[v+1]++
				s.first[a.to+1]++
			}
		}
	}
	for v := range n {
		s.first[v+1] += s.first[v]
	}
	s.near = make([]uint32, s.first[n])
	for v := range uint32(n) {
		for _, a := range out.of(v) {
			if a.to != v {
				s.near[s.first[v]] = a.to
				s.first[v]++
				s.near[s.first[a.to]] = v
				s.first[a.to]++
			}
		}
	}
	// Sort, drop what comes twice, and close the gaps.
	begin, end := uint32(0), uint32(0)
	for v := range n {
		stop := s.first[v]
		list := s.near[begin:stop]
		slices.Sort(list)
		list = slices.Compact(list)
		s.first[v] = end
		end += uint32(copy(s.near[end:], list))
		begin = stop
	}
	s.first[n] = end
	s.near = s.near[:end:end]
	return s
}
