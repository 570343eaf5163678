package osm

import (
	"iter"
	"math"

	"github.com/shanyraq/shanyraq/internal/graph"
)

// Piece is a straight part of a road between two nodes that follow each other.
type Piece struct {
	A, B        int64 // ids of the nodes
	LonA, LatA  float64
	LonB, LatB  float64
	Forth, Back float64 // seconds from A to B and from B to A; +Inf where one may not drive
	Way         int64
	Class       string
	at          uint32 // in refs
}

// Pieces lists the pieces of the roads that are open to a profile in a season,
// in the order of the file. The times are those of [Roads.Network].
func (r *Roads) Pieces(p Profile, season Season, s *Speeds) (iter.Seq[Piece], error) {
	w, err := r.weave(p, season, s)
	if err != nil {
		return nil, err
	}
	return func(yield func(Piece) bool) {
		on := true
		w.each(func(at uint32) {
			if !on {
				return
			}
			a, b := r.refs[at], r.refs[at+1]
			x := Piece{A: r.ids[a], B: r.ids[b], Forth: math.Inf(1), Back: math.Inf(1), Way: r.ways[w.wayOf[at]], Class: r.kinds[r.kindOf[w.wayOf[at]]].Class, at: at}
			x.LonA, x.LatA = r.degrees(a)
			x.LonB, x.LatB = r.degrees(b)
			forth, back := w.cost(pieceOf(at, false))
			away, towards := w.open(pieceOf(at, false))
			if away {
				x.Forth = float64(forth) / 1000
			}
			if towards {
				x.Back = float64(back) / 1000
			}
			on = yield(x)
		})
	}, nil
}

func (r *Roads) degrees(n uint32) (lon, lat float64) {
	return float64(r.lon[n]) / 1e7, float64(r.lat[n]) / 1e7
}

// Leg is a piece of a road that is reached: the time at its one end and, later
// by the time that it takes, at the other. Turns are kept, so a leg may begin
// later than its node is reached by another road.
type Leg struct {
	LonA, LatA float64 // where it is reached sooner
	LonB, LatB float64
	AtA, AtB   float64 // seconds
}

// Legs lists the pieces of road that are reached within a limit, in seconds.
// near is what was found for the nodes of the graph, and how must be what the
// search was told; towards the sources the time is what is left to them.
func (n *Network) Legs(near graph.Nearest, how graph.Search, limit float64) iter.Seq[Leg] {
	c := n.chains
	best := make([]float64, 2*len(c.shut)) // by directed chain, the time at the end that is reached sooner
	for i := range best {
		best[i] = math.Inf(1)
	}
	for _, a := range n.arcs {
		at := a.from
		if how.Towards {
			at = a.to
		}
		best[a.chain] = min(best[a.chain], near.Seconds[at])
	}
	return func(yield func(Leg) bool) {
		for d, base := range best {
			if base > limit {
				continue
			}
			first, last := c.first[d>>1], c.first[d>>1+1]-1
			// Time at place k: forth grows from the first node, back from the last.
			after := func(k int) float64 {
				switch {
				case d&1 == 0 && !how.Towards:
					return float64(c.forth[k])
				case d&1 == 1 && !how.Towards:
					return float64(c.back[k])
				case d&1 == 0:
					return float64(c.forth[last] - c.forth[k])
				}
				return float64(c.back[first] - c.back[k])
			}
			for k := first; k < last; k++ {
				a, b := k, k+1
				if after(a) > after(b) {
					a, b = b, a
				}
				l := Leg{AtA: base + after(a)/1000, AtB: base + after(b)/1000}
				if l.AtA > limit {
					continue
				}
				l.LonA, l.LatA = n.roads.degrees(c.nodes[a])
				l.LonB, l.LatB = n.roads.degrees(c.nodes[b])
				if !yield(l) {
					return
				}
			}
		}
	}
}
