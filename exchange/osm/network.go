package osm

import (
	"maps"
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// Network is a network of roads for one vehicle, one season and one table of
// speeds. Its rows are the nodes of all ways that are open to them, by their
// ids in OpenStreetMap; the graph inside has fewer nodes, since what lies
// between two junctions is worked out from them, and some more, since a node
// with restricted turns stands there once for each way to come.
//
// One may turn round at junctions and at dead ends, and nowhere else.
type Network struct {
	Graph *graph.Graph
	IDs   []int64 // of the rows, ascending
	Made  Made

	roads  *Roads
	chains *chains
	rowOf  []int32  // by node; graph.None where it is no row
	out    []uint32 // by node: where a journey begins; noSeat inside a chain
	in     []uint32 // by node: where a journey ends
	arcs   []arc
	feet   []Foot
	beside []uint32 // by foot: where a journey begins; it ends at the next
}

// arc is a directed chain in the graph.
type arc struct{ from, to, chain uint32 }

const noSeat = math.MaxUint32

// Made tells how a network came out.
type Made struct {
	Rows, Nodes, Arcs int // rows, and nodes and arcs of the graph
	Applied           int // turn restrictions
	Ignored           map[string]int
	Blocked           int     // rows that cannot be passed, such as bollards
	Parts             int     // of the network that are not joined, one-way streets taken for two-way
	Largest           float64 // share of the rows in the largest part
	DeadEnds          int     // rows where a road ends
}

// Network makes the network of a profile in a season. Nodes named in keep may
// be sources and targets; those that are junctions may be in any case.
//
// The time of an arc is the sum over its pieces, each in whole milliseconds:
// metres (see Roads) times 3.6 over the speed (see Speeds.Kmh), and the wait at
// the node to which it leads. It returns fault.NotFound for a node in keep that
// is no row.
//
// Feet are places beside a road that may be sources and targets, too; their
// pieces must be those of [Roads.Pieces] for the same profile, season and table.
func (r *Roads) Network(p Profile, season Season, s *Speeds, keep []int64, feet ...Foot) (*Network, error) {
	const op = "osm.Network"
	if p.index() < 0 || season != Summer && season != Winter {
		return nil, fault.New(fault.Invalid, op, string(p), "profile %q, season %q: they are car or ambulance, summer or winter", p, season)
	}
	w, err := r.weave(p, season, s)
	if err != nil {
		return nil, err
	}
	for _, id := range keep {
		n, ok := r.node(id)
		if !ok || w.start[n] == w.start[n+1] {
			return nil, fault.New(fault.NotFound, op, r.Report.File, "node %d is on no road that is open to the profile %s in %s: take the nearest node of a road", id, p, season)
		}
		w.kept[n] = true
	}
	if err := w.tie(feet); err != nil {
		return nil, err
	}
	for n := range w.vias(p.index()) {
		if w.start[n] != w.start[n+1] {
			w.kept[n] = true
		}
	}
	c, err := w.chain()
	if err != nil {
		return nil, err
	}
	n := &Network{roads: r, chains: c, feet: feet, Made: Made{Ignored: maps.Clone(r.Report.Ignored)}}
	n.rows(w)
	b, applied := w.ban(c, p.index(), n.Made.Ignored)
	n.Made.Applied = applied
	if err := n.build(w, b); err != nil {
		return nil, err
	}
	n.parts(w)
	return n, nil
}

// rows numbers the rows.
func (n *Network) rows(w *web) {
	n.rowOf = make([]int32, len(w.ids))
	for i, id := range w.ids {
		n.rowOf[i] = graph.None
		if w.start[i] != w.start[i+1] {
			n.rowOf[i] = int32(len(n.IDs))
			n.IDs = append(n.IDs, id)
			if w.start[i+1]-w.start[i] == 1 {
				n.Made.DeadEnds++
			}
		}
	}
	n.IDs = slices.Clip(n.IDs)
	n.Made.Rows = len(n.IDs)
}

// build makes the graph. A node that cannot be passed is one to begin at and
// one to end at. A node with bans has, besides, a node for each chain from
// which a turn is banned, with the arcs that are left.
func (n *Network) build(w *web, b bans) error {
	c := n.chains
	n.out, n.in = make([]uint32, len(w.ids)), make([]uint32, len(w.ids))
	seats := uint32(0)
	seat := func() uint32 { seats++; return seats - 1 }
	for i := range w.ids {
		n.out[i], n.in[i] = noSeat, noSeat
		if w.kept[i] {
			n.out[i] = seat()
			n.in[i] = n.out[i]
		}
	}
	var arcs graph.Arcs
	apart := map[uint32]bool{} // nodes that end elsewhere than they begin
	split := func(node uint32) {
		if !apart[node] {
			apart[node] = true
			n.in[node] = seat()
			arcs.Add(n.out[node], n.in[node], 0)
		}
	}
	for _, node := range slices.Sorted(maps.Keys(w.closed)) {
		if w.kept[node] {
			split(node)
			n.Made.Blocked++
		}
	}
	copies := map[uint32]uint32{} // by directed chain that comes in
	for _, d := range slices.Sorted(maps.Keys(b)) {
		if node := c.end(d); !w.closed[node] {
			split(node)
			copies[d] = seat()
			arcs.Add(copies[d], n.in[node], 0)
		}
	}
	for range n.feet {
		n.beside = append(n.beside, seat())
		arcs.Add(n.beside[len(n.beside)-1], seat(), 0)
	}
	leaving := map[uint32][]uint32{} // by node with copies: directed chains that come in with bans
	for _, d := range slices.Sorted(maps.Keys(copies)) {
		leaving[c.end(d)] = append(leaving[c.end(d)], d)
	}
	for d := range uint32(2 * len(c.shut)) {
		if !c.open(d) {
			continue
		}
		from, end := c.begin(d), c.end(d)
		to, copied := copies[d]
		if !copied {
			if to = n.out[end]; w.closed[end] {
				to = n.in[end]
			}
		}
		cost := float64(c.cost(d)) / 1000
		n.fromFeet(d, to, &arcs)
		add := func(tail uint32) {
			n.arcs = append(n.arcs, arc{tail, to, d})
			arcs.Add(tail, to, cost)
			n.toFeet(d, tail, &arcs)
		}
		add(n.out[from])
		for _, in := range leaving[from] {
			if !b.has(in, d) {
				add(copies[in])
			}
		}
	}
	g, err := graph.New(int(seats), arcs, 1)
	if err != nil {
		return fault.Wrap(err, "osm.Network", w.Report.File)
	}
	n.Graph, n.Made.Nodes, n.Made.Arcs = g, g.Nodes(), g.Arcs()
	return nil
}

// cost returns the milliseconds of a whole directed chain.
func (c *chains) cost(d uint32) uint32 {
	if d&1 == 0 {
		return c.forth[c.first[d>>1+1]-1]
	}
	return c.back[c.first[d>>1]]
}

// parts counts the parts that are not joined.
func (n *Network) parts(w *web) {
	up := make([]uint32, len(w.ids))
	for i := range up {
		up[i] = uint32(i)
	}
	root := func(x uint32) uint32 {
		for up[x] != x {
			up[x] = up[up[x]]
			x = up[x]
		}
		return x
	}
	w.each(func(at uint32) { up[root(w.refs[at])] = root(w.refs[at+1]) })
	size := map[uint32]int{}
	most := 0
	for i := range w.ids {
		if n.rowOf[i] != graph.None {
			r := root(uint32(i))
			size[r]++
			most = max(most, size[r])
		}
	}
	n.Made.Parts = len(size)
	if len(n.IDs) > 0 {
		n.Made.Largest = float64(most) / float64(len(n.IDs))
	}
}
