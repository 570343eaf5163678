package osm

import (
	"math"

	"github.com/shanyraq/shanyraq/fault"
)

// chains are the roads between junctions. A node inside a chain has two roads
// that go on from each other; it is no node of the graph, and its time is
// worked out from those of the ends.
type chains struct {
	first       []int    // where each chain begins in nodes, and the end
	nodes       []uint32 // from end to end, both included
	forth, back []uint32 // milliseconds from the first node to it, and from the last node to it
	shut        []uint8  // per chain: bit 0 closed forth, bit 1 closed back
	head, tail  []uint32 // the ways at the first and at the last piece
	feet        map[uint32]beside
}

// beside are the feet beside a chain of one piece, and whether the chain runs
// against the piece.
type beside struct {
	feet []int
	back bool
}

// piece is one straight part of a way: twice the place in refs at which it
// begins, and one more where it is seen from its end.
type piece uint32

func pieceOf(at uint32, back bool) piece {
	if back {
		return piece(at<<1 | 1)
	}
	return piece(at << 1)
}

// at returns the place in refs of the first node; the other follows.
func (p piece) at() uint32 { return uint32(p) >> 1 }

func (p piece) back() bool { return p&1 == 1 }

// web is what the chains are made of: for one profile, season and table.
type web struct {
	*Roads
	speedForth, speedBack []float64          // km/h by kind; 0 closed
	lengths               map[uint32]float64 // metres of ways that take a fixed time
	wayOf                 []uint32           // of each place in refs
	start                 []uint32           // of each node in pieces
	pieces                []piece
	wait                  map[uint32]float64 // seconds at a node
	closed                map[uint32]bool    // nodes that cannot be passed
	kept                  []bool             // nodes of the graph
	feetAt                map[uint32][]int   // by piece: the feet beside it
}

// weave lists the pieces of open roads at every node.
func (r *Roads) weave(p Profile, season Season, s *Speeds) (*web, error) {
	w := &web{Roads: r, wayOf: make([]uint32, len(r.refs)), start: make([]uint32, len(r.ids)+1),
		lengths: map[uint32]float64{}, wait: map[uint32]float64{}, closed: map[uint32]bool{}, kept: make([]bool, len(r.ids))}
	w.speedForth, w.speedBack = make([]float64, len(r.kinds)), make([]float64, len(r.kinds))
	for k, kind := range r.kinds {
		w.speedForth[k], w.speedBack[k] = s.Kmh(p, season, kind)
	}
	for n, at := range r.spotAt {
		if seconds, ok := s.wait(p, season, r.spots[at]); !ok {
			w.closed[n] = true
		} else if seconds > 0 {
			w.wait[n] = seconds
		}
	}
	count := 0
	w.each(func(at uint32) {
		w.start[r.refs[at]+1]++
		w.start[r.refs[at+1]+1]++
		count += 2
	})
	if count > math.MaxInt32 {
		return nil, fault.New(fault.TooLarge, "osm.Network", r.Report.File, "the roads have %d pieces: take an extract of a part", count/2)
	}
	for i := range r.ids {
		w.start[i+1] += w.start[i]
	}
	w.pieces = make([]piece, count)
	next := append([]uint32(nil), w.start[:len(r.ids)]...)
	w.each(func(at uint32) {
		a, b := r.refs[at], r.refs[at+1]
		w.pieces[next[a]], next[a] = pieceOf(at, false), next[a]+1
		w.pieces[next[b]], next[b] = pieceOf(at, true), next[b]+1
	})
	for n := range r.ids {
		w.kept[n] = w.start[n] != w.start[n+1] && !w.goesOn(uint32(n))
	}
	return w, nil
}

// each calls do with every piece of the open roads.
func (w *web) each(do func(at uint32)) {
	for way, k := range w.kindOf {
		first, end := w.first[way], w.first[way+1]
		for i := first; i < end; i++ {
			w.wayOf[i] = uint32(way)
		}
		if w.speedForth[k] == 0 && w.speedBack[k] == 0 {
			continue
		}
		for i := first; i+1 < end; i++ {
			a, b := w.refs[i], w.refs[i+1]
			if a != b && w.lat[a] != nowhere && w.lat[b] != nowhere {
				do(uint32(i))
			}
		}
	}
}

// at returns the pieces at a node.
func (w *web) at(n uint32) []piece { return w.pieces[w.start[n]:w.start[n+1]] }

// open reports whether the piece may be driven away from the node from which
// it is seen, and towards it.
func (w *web) open(p piece) (away, towards bool) {
	k := w.kindOf[w.wayOf[p.at()]]
	away, towards = w.speedForth[k] > 0, w.speedBack[k] > 0
	if p.back() {
		return towards, away
	}
	return away, towards
}

// goesOn reports whether a node only joins two pieces, so that who comes on
// one goes on along the other.
func (w *web) goesOn(n uint32) bool {
	p := w.at(n)
	if len(p) != 2 || w.closed[n] {
		return false
	}
	away0, towards0 := w.open(p[0])
	away1, towards1 := w.open(p[1])
	return away0 == towards1 && away1 == towards0
}

// far returns the other end of a piece.
func (w *web) far(p piece) uint32 {
	if p.back() {
		return w.refs[p.at()]
	}
	return w.refs[p.at()+1]
}

// cost returns the milliseconds away along the piece, with the wait at its far
// end, and back, with the wait at its near end.
func (w *web) cost(p piece) (away, back uint64) {
	near, far := w.refs[p.at()], w.refs[p.at()+1]
	way := w.wayOf[p.at()]
	k := w.kindOf[way]
	m := w.metres(near, far)
	forth, rear := w.speedForth[k], w.speedBack[k]
	fixed := w.kinds[k].Duration
	ms := func(kmh float64, end uint32) uint64 {
		if kmh == 0 {
			return 0
		}
		s := m * 3.6 / kmh
		if fixed > 0 {
			s = float64(fixed) * m / w.length(way)
		}
		return uint64(math.Round(s*1000)) + uint64(math.Round(w.wait[end]*1000))
	}
	away, back = ms(forth, far), ms(rear, near)
	if p.back() {
		return back, away
	}
	return away, back
}

// length returns the metres of a whole way, for ferries.
func (w *web) length(way uint32) float64 {
	if m, known := w.lengths[way]; known {
		return m
	}
	sum := 0.0
	for i := w.first[way]; i+1 < w.first[way+1]; i++ {
		if a, b := w.refs[i], w.refs[i+1]; w.lat[a] != nowhere && w.lat[b] != nowhere {
			sum += w.metres(a, b)
		}
	}
	w.lengths[way] = sum
	return sum
}

// chain joins the pieces between kept nodes.
func (w *web) chain() (*chains, error) {
	c := &chains{first: []int{0}, feet: map[uint32]beside{}}
	done := make([]bool, len(w.refs))
	for n := range w.ids {
		if w.kept[n] {
			if err := w.from(c, uint32(n), done); err != nil {
				return nil, err
			}
		}
	}
	for n := range w.ids { // rings without a junction
		for _, p := range w.at(uint32(n)) {
			if !done[p.at()] {
				w.kept[n] = true
				if err := w.from(c, uint32(n), done); err != nil {
					return nil, err
				}
			}
		}
	}
	return c, nil
}

// from follows every piece at a kept node that is not done to the next kept node.
func (w *web) from(c *chains, n uint32, done []bool) error {
	for _, p := range w.at(n) {
		if done[p.at()] {
			continue
		}
		away, towards := w.open(p)
		if feet := w.feetAt[p.at()]; feet != nil {
			c.feet[uint32(len(c.shut))] = beside{feet, p.back()}
		}
		begin := len(c.nodes)
		c.nodes, c.forth, c.back = append(c.nodes, n), append(c.forth, 0), append(c.back, 0)
		c.head = append(c.head, w.wayOf[p.at()])
		sum, rear := uint64(0), uint64(0)
		for {
			done[p.at()] = true
			a, b := w.cost(p)
			sum, rear = sum+a, rear+b
			if sum > math.MaxUint32 || rear > math.MaxUint32 {
				return fault.New(fault.TooLarge, "osm.Network", w.Report.File, "way %d takes more than 49 days: correct the table of speeds", w.ways[w.wayOf[p.at()]])
			}
			at := w.far(p)
			c.nodes, c.forth, c.back = append(c.nodes, at), append(c.forth, uint32(sum)), append(c.back, uint32(rear))
			if w.kept[at] {
				break
			}
			next := w.at(at)[0]
			if next.at() == p.at() {
				next = w.at(at)[1]
			}
			p = next
		}
		for i := begin; i < len(c.back); i++ { // from the last node on
			c.back[i] = uint32(rear) - c.back[i]
		}
		c.first, c.tail = append(c.first, len(c.nodes)), append(c.tail, w.wayOf[p.at()])
		var shut uint8
		if !away {
			shut |= 1
		}
		if !towards {
			shut |= 2
		}
		c.shut = append(c.shut, shut)
	}
	return nil
}
