package graph

import (
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// Network is a graph whose nodes have the numbers of the file or map that it
// came from.
type Network struct {
	*Graph
	// IDs are those numbers, ascending: IDs[v] is that of node v.
	IDs []int64
}

// Find returns the node with a number of the file.
func (n *Network) Find(id int64) (int, bool) {
	// Most files number without gaps.
	if len(n.IDs) > 0 {
		if i := id - n.IDs[0]; i >= 0 && i < int64(len(n.IDs)) && n.IDs[i] == id {
			return int(i), true
		}
	}
	return slices.BinarySearch(n.IDs, id)
}

// Named are arcs between nodes by their numbers in a file.
type Named struct {
	From, To []int64
	Cost     []float64
}

// Add appends one arc.
func (a *Named) Add(from, to int64, cost float64) {
	a.From, a.To, a.Cost = append(a.From, from), append(a.To, to), append(a.Cost, cost)
}

// NewNetwork returns the network of these arcs; its nodes are those at which
// an arc begins or ends. Of unit and errors see New.
func NewNetwork(arcs Named, unit float64) (*Network, error) {
	if len(arcs.From) != len(arcs.To) {
		return nil, fault.New(fault.Invalid, "graph.NewNetwork", "arcs", "%d starts and %d ends: give each arc both", len(arcs.From), len(arcs.To))
	}
	ids := distinct(arcs.From, arcs.To)
	if len(ids) > MaxNodes {
		return nil, fault.New(fault.TooLarge, "graph.NewNetwork", "graph", "%d nodes: at most %d are possible", len(ids), MaxNodes)
	}
	numbered := Arcs{From: renumber(ids, arcs.From), To: renumber(ids, arcs.To), Cost: arcs.Cost}
	g, err := New(len(ids), numbered, unit)
	if err != nil {
		return nil, err
	}
	return &Network{g, ids}, nil
}

// dense is how many times more numbers than names there may be for a table of
// all numbers to be worth its memory.
const dense = 8

// span returns the smallest of the numbers and how many there are from it to
// the largest; 0 if those are too many for a table.
func span(count int, lists ...[]int64) (low int64, wide int) {
	first := true
	var high int64
	for _, l := range lists {
		for _, id := range l {
			if first {
				low, high, first = id, id, false
			}
			low, high = min(low, id), max(high, id)
		}
	}
	if d := uint64(high) - uint64(low); !first && d < uint64(dense*count) {
		return low, int(d) + 1
	}
	return low, 0
}

// distinct returns the numbers in both lists, each once, ascending.
func distinct(a, b []int64) []int64 {
	if low, wide := span(len(a)+len(b), a, b); wide > 0 {
		there := make([]bool, wide)
		for _, l := range [][]int64{a, b} {
			for _, id := range l {
				there[id-low] = true
			}
		}
		var out []int64
		for i, yes := range there {
			if yes {
				out = append(out, low+int64(i))
			}
		}
		return out
	}
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Clip(slices.Compact(out))
}

// renumber turns numbers of a file, all of which are in ids, into nodes.
func renumber(ids []int64, list []int64) []uint32 {
	out := make([]uint32, len(list))
	if low, wide := span(2*len(list), ids); wide > 0 {
		node := make([]uint32, wide)
		for v, id := range ids {
			node[id-low] = uint32(v)
		}
		for i, id := range list {
			out[i] = node[id-low]
		}
		return out
	}
	node := make(map[int64]uint32, len(ids))
	for v, id := range ids {
		node[id] = uint32(v)
	}
	for i, id := range list {
		out[i] = node[id]
	}
	return out
}
