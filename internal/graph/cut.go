package graph

import (
	"math/bits"
	"slices"
)

func ones(mask uint64) int { return bits.OnesCount64(mask) }

const (
	// endShare is how much of a piece counts as each of its ends.
	endShare = 0.33
	// directions is how many pairs of ends are tried.
	directions = 3
)

// split cuts a piece: parts that nothing joins, and the nodes between them. A
// piece that falls apart by itself needs none.
func (p piece) split() (parts [][]uint32, between []uint32) {
	hops, tour := p.tour(0, nil)
	if len(tour) < p.size() {
		parts = append(parts, slices.Clone(tour))
		for v := range uint32(p.size()) {
			if hops[v] == unseen {
				_, more := p.tour(v, hops)
				parts = append(parts, slices.Clone(more))
			}
		}
		slices.SortFunc(parts, func(a, b []uint32) int { return len(a) - len(b) })
		return parts, nil
	}
	f := newFlow(p.simple)
	var best []int8
	least, most := 0.0, p.size()
	// The ends: far from the first node; far from that; far from both.
	s := tour[len(tour)-1]
	fromS, tour := p.tour(s, nil)
	t := tour[len(tour)-1]
	for k := range directions {
		if k > 0 {
			if s, t = p.across(fromS, s, t, k); s == t {
				break
			}
			fromS, _ = p.tour(s, nil)
		}
		fromT, _ := p.tour(t, nil)
		side, size, small, ok := f.cut(p.between(fromS, fromT), int(endShare*float64(p.size()))+1, most)
		if !ok {
			continue
		}
		most = min(most, 2*size)
		if score := float64(size) / float64(small+1); best == nil || score < least {
			best, least = slices.Clone(side), score
		}
	}
	parts = make([][]uint32, 2)
	for v, w := range best {
		switch w {
		case nearS:
			parts[0] = append(parts[0], uint32(v))
		case nearT:
			parts[1] = append(parts[1], uint32(v))
		default:
			between = append(between, uint32(v))
		}
	}
	parts = slices.DeleteFunc(parts, func(l []uint32) bool { return len(l) == 0 })
	slices.SortFunc(parts, func(a, b []uint32) int { return len(a) - len(b) })
	return parts, between
}

const unseen = -1

// tour goes through a piece breadth first and returns how many hops each node
// is away, and the nodes in the order in which they were met. It goes on in
// hops if those are given.
func (p piece) tour(from uint32, hops []int32) ([]int32, []uint32) {
	if hops == nil {
		hops = make([]int32, p.size())
		for i := range hops {
			hops[i] = unseen
		}
	}
	hops[from] = 0
	tour := []uint32{from}
	for i := 0; i < len(tour); i++ {
		v := tour[i]
		for _, u := range p.of(v) {
			if hops[u] == unseen {
				hops[u] = hops[v] + 1
				tour = append(tour, u)
			}
		}
	}
	return hops, tour
}

// across returns ends that lie across those of before: one that is far from
// both, and one that is far from it; then turned between the two.
func (p piece) across(fromS []int32, s, t uint32, k int) (uint32, uint32) {
	fromT, _ := p.tour(t, nil)
	far, at := int32(-1), s
	for v := range uint32(p.size()) {
		if d := min(fromS[v], fromT[v]); d > far {
			far, at = d, v
		}
	}
	if k == 2 { // half way: from the first end to the side
		return s, at
	}
	_, tour := p.tour(at, nil)
	return at, tour[len(tour)-1]
}

// between sorts the nodes from one end to the other: by the difference of the
// hops to both.
func (p piece) between(fromS, fromT []int32) []uint32 {
	low, high := int32(0), int32(0)
	for v := range fromS {
		d := fromS[v] - fromT[v]
		low, high = min(low, d), max(high, d)
	}
	start := make([]uint32, high-low+2)
	for v := range fromS {
		start[fromS[v]-fromT[v]-low+1]++
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	out := make([]uint32, len(fromS))
	for v := range uint32(len(fromS)) {
		at := &start[fromS[v]-fromT[v]-low]
		out[*at] = v
		*at++
	}
	return out
}
