package osm

import (
	"math"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// Begin returns the node of the graph at which journeys from a node of
// OpenStreetMap begin, and End that at which journeys to it end. Both return
// fault.NotFound where the node is no row, and fault.Invalid where it lies
// between two junctions and was not kept.
func (n *Network) Begin(id int64) (int, error) { return n.seat(id, n.out) }

// End: see Begin.
func (n *Network) End(id int64) (int, error) { return n.seat(id, n.in) }

func (n *Network) seat(id int64, of []uint32) (int, error) {
	i, ok := n.roads.node(id)
	if !ok || n.rowOf[i] == graph.None {
		return 0, fault.New(fault.NotFound, "osm.Network", n.roads.Report.File, "node %d is on no open road: take the nearest node of a road", id)
	}
	if of[i] == noSeat {
		return 0, fault.New(fault.Invalid, "osm.Network", n.roads.Report.File, "node %d lies between two junctions: name it among the nodes to be kept", id)
	}
	return int(of[i]), nil
}

// Rows turns what was found for the nodes of the graph into one answer for
// every row. how must be what the search was told.
func (n *Network) Rows(near graph.Nearest, how graph.Search) graph.Nearest {
	towards := how.Towards
	limit := math.Inf(1)
	if how.Limit > 0 {
		limit = how.Limit
	}
	out := graph.Nearest{Seconds: make([]float64, len(n.IDs)), Source: make([]int32, len(n.IDs))}
	ends := n.in
	if towards {
		ends = n.out
	}
	for i, row := range n.rowOf {
		if row == graph.None {
			continue
		}
		out.Seconds[row], out.Source[row] = math.Inf(1), graph.None
		if s := ends[i]; s != noSeat {
			out.Seconds[row], out.Source[row] = near.Seconds[s], near.Source[s]
		}
	}
	c := n.chains
	for _, a := range n.arcs {
		at := a.from
		if towards {
			at = a.to
		}
		base, who := near.Seconds[at], near.Source[at]
		if who == graph.None {
			continue
		}
		// Times are whole milliseconds; the sum is made of whole numbers.
		ms := base * 1000
		first, last := c.first[a.chain>>1], c.first[a.chain>>1+1]-1
		for k := first + 1; k < last; k++ {
			var more uint32
			switch {
			case a.chain&1 == 0 && !towards:
				more = c.forth[k]
			case a.chain&1 == 1 && !towards:
				more = c.back[k]
			case a.chain&1 == 0:
				more = c.forth[last] - c.forth[k]
			default:
				more = c.back[first] - c.back[k]
			}
			row := n.rowOf[c.nodes[k]]
			if t := math.Round(ms+float64(more)) / 1000; t <= limit && (t < out.Seconds[row] || t == out.Seconds[row] && who < out.Source[row]) {
				out.Seconds[row], out.Source[row] = t, who
			}
		}
	}
	return out
}
