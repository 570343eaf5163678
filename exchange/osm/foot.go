package osm

import (
	"fmt"
	"math"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// Foot is where a place beside the road meets it.
type Foot struct {
	Piece    Piece
	Fraction float64 // of the piece from A to B, 0 to 1
	Seconds  float64 // between the place and the road, each way
}

// tie keeps the ends of the pieces beside which places lie.
func (w *web) tie(feet []Foot) error {
	w.feetAt = map[uint32][]int{}
	for i, f := range feet {
		at := int(f.Piece.at)
		if at+1 >= len(w.refs) || w.ids[w.refs[at]] != f.Piece.A || w.ids[w.refs[at+1]] != f.Piece.B || !(f.Fraction >= 0 && f.Fraction <= 1) || !(f.Seconds >= 0 && f.Seconds < 1e9) {
			return fault.New(fault.Invalid, "osm.Network", fmt.Sprintf("foot %d", i), "it lies beside no piece of these roads, or its share or its seconds cannot be")
		}
		w.kept[w.refs[at]], w.kept[w.refs[at+1]] = true, true
		w.feetAt[f.Piece.at] = append(w.feetAt[f.Piece.at], i)
	}
	return nil
}

// along returns the share of a directed chain at which a foot lies.
func (n *Network) along(d uint32, foot int) float64 {
	x := n.feet[foot].Fraction
	if n.chains.feet[d>>1].back != (d&1 == 1) {
		x = 1 - x
	}
	return x
}

// part returns the seconds of a share of a directed chain, and what foot adds,
// in whole milliseconds.
func (n *Network) part(d uint32, share, add float64) float64 {
	return math.Round(share*float64(n.chains.cost(d))+add*1000) / 1000
}

// fromFeet adds the arcs from the places beside a directed chain to where it
// leads, and to the places further along it.
func (n *Network) fromFeet(d, to uint32, arcs *graph.Arcs) {
	feet := n.chains.feet[d>>1].feet
	for _, i := range feet {
		x := n.along(d, i)
		arcs.Add(n.beside[i], to, n.part(d, 1-x, n.feet[i].Seconds))
		for _, k := range feet {
			if y := n.along(d, k); k != i && y >= x {
				arcs.Add(n.beside[i], n.beside[k]+1, n.part(d, y-x, n.feet[i].Seconds+n.feet[k].Seconds))
			}
		}
	}
}

// toFeet adds the arcs from where a directed chain begins to the places beside it.
func (n *Network) toFeet(d, tail uint32, arcs *graph.Arcs) {
	for _, i := range n.chains.feet[d>>1].feet {
		arcs.Add(tail, n.beside[i]+1, n.part(d, n.along(d, i), n.feet[i].Seconds))
	}
}

// Beside returns the nodes of the graph at which journeys from a foot begin and
// to it end.
func (n *Network) Beside(foot int) (begin, end int) {
	return int(n.beside[foot]), int(n.beside[foot]) + 1
}
