package osm

import "sort"

// A directed chain is twice its number, plus one for back.

// begin returns the node at which a directed chain begins, and end the other.
func (c *chains) begin(d uint32) uint32 {
	if d&1 == 0 {
		return c.nodes[c.first[d>>1]]
	}
	return c.nodes[c.first[d>>1+1]-1]
}

func (c *chains) end(d uint32) uint32 { return c.begin(d ^ 1) }

// open reports whether a directed chain may be driven.
func (c *chains) open(d uint32) bool { return c.shut[d>>1]>>(d&1)&1 == 0 }

// wayAt returns the way of the first piece of a directed chain.
func (c *chains) wayAt(d uint32) uint32 {
	if d&1 == 0 {
		return c.head[d>>1]
	}
	return c.tail[d>>1]
}

// bans are the turns that may not be made: for a directed chain by which one
// comes, the directed chains by which one may not go on.
type bans map[uint32][]uint32

func (b bans) has(in, out uint32) bool {
	for _, o := range b[in] {
		if o == out {
			return true
		}
	}
	return false
}

// ban turns the restrictions of a profile into bans. It counts what was
// applied, and what was not with the reason.
func (w *web) ban(c *chains, profile int, ignored map[string]int) (b bans, applied int) {
	vias := w.vias(profile)
	at := map[uint32][]uint32{} // via: directed chains that begin there
	for d := range uint32(2 * len(c.shut)) {
		if n := c.begin(d); vias[n] {
			at[n] = append(at[n], d)
		}
	}
	wayID := func(d uint32) int64 { return w.ways[c.wayAt(d)] }
	b = bans{}
	for _, r := range w.restrictions {
		if !r.Applies[profile] {
			ignored["not for this vehicle"]++
			continue
		}
		via, ok := w.node(r.Via)
		if !ok || w.start[via] == w.start[via+1] {
			ignored["its node is on no open road"]++
			continue
		}
		var in, out, others []uint32
		for _, d := range at[via] {
			if c.open(d^1) && wayID(d) == r.From {
				in = append(in, d^1)
			}
			if c.open(d) {
				if wayID(d) == r.To {
					out = append(out, d)
				} else {
					others = append(others, d)
				}
			}
		}
		switch {
		case len(in) == 0 || len(out) == 0:
			ignored["its ways do not meet at its node, or may not be driven"]++
			continue
		case len(in) > 1 || len(out) > 1 && r.From != r.To:
			ignored["a way goes through its node: not clear which turn is meant"]++
			continue
		}
		if applied++; r.Only {
			out = others
		}
		for _, o := range out {
			if !b.has(in[0], o) {
				b[in[0]] = append(b[in[0]], o)
			}
		}
	}
	return b, applied
}

// vias returns the nodes at which a turn is restricted.
func (w *web) vias(profile int) map[uint32]bool {
	vias := map[uint32]bool{}
	for _, r := range w.restrictions {
		if n, ok := w.node(r.Via); ok && r.Applies[profile] {
			vias[n] = true
		}
	}
	return vias
}

// node returns the number of a node by its id.
func (r *Roads) node(id int64) (uint32, bool) {
	n := sort.Search(len(r.ids), func(i int) bool { return r.ids[i] >= id })
	return uint32(n), n < len(r.ids) && r.ids[n] == id
}
