package graph

import "context"

// label is what a search knows of a place: the cost from the nearest source,
// and which it is.
type label[W weight] struct {
	d      W
	source uint32
}

// nobody is the source of a place that was not reached.
const nobody = 1<<32 - 1

// desk is where a search works: the labels of all places and a queue. A desk is
// used again, and then what was touched is wiped, so that a search of a small
// part costs what that part costs.
type desk[W weight] struct {
	labels  []label[W]
	q       *buckets[W]
	touched []uint32
}

// sit returns a clean desk.
func (s *side[W]) sit() *desk[W] {
	select {
	case d := <-s.spare:
		return d
	default:
	}
	d := &desk[W]{labels: make([]label[W], len(s.first)-1), q: newBuckets(s)}
	for i := range d.labels {
		d.labels[i] = label[W]{endless[W](), nobody}
	}
	return d
}

// rise wipes the desk and leaves it to the next search.
func (s *side[W]) rise(d *desk[W]) {
	clean := label[W]{endless[W](), nobody}
	if len(d.touched) > len(d.labels)/4 {
		for i := range d.labels {
			d.labels[i] = clean
		}
	}
	for _, seat := range d.touched[:min(len(d.touched), len(d.labels)/4)] {
		d.labels[seat] = clean
	}
	d.touched = d.touched[:0]
	d.q.reset()
	select {
	case s.spare <- d:
	default:
	}
}

// start puts the sources on the desk that lie within the limit.
func (d *desk[W]) start(g *Graph, from []Start, limit W) {
	for i, f := range from {
		x, _ := g.ticksOf(f.Seconds)
		at, seat := W(x), g.seat[f.Node]
		if l := &d.labels[seat]; at <= limit && (at < l.d || l.source == nobody) {
			if l.source == nobody {
				d.touched = append(d.touched, seat)
			}
			*l = label[W]{at, uint32(i)}
			d.q.put(entry[W]{at, seat})
		}
	}
}

// spread carries the labels on the desk over the arcs until nothing improves,
// up to the limit, inclusive. It reports false where a sum would pass room.
// When ctx ends it leaves off.
func (d *desk[W]) spread(ctx context.Context, s *side[W], limit, room W) bool {
	labels, q := d.labels, d.q
	if s.top > room {
		return false
	}
	room -= s.top
	work, bound := 0, spareWork*(len(labels)+64)
	for {
		e, ok := q.take()
		if !ok {
			return true
		}
		l := labels[e.seat]
		if l.d != e.d {
			continue // it was improved since
		}
		if work++; work&0xfff == 0 {
			if ctx.Err() != nil {
				return true
			}
			if work+q.moved > bound && !q.sorted {
				q.sort()
			}
		}
		if l.d > room {
			return false
		}
		for _, a := range s.of(e.seat) {
			sum := l.d + a.cost
			at := &labels[a.to]
			if sum < at.d {
				if sum <= limit {
					if at.source == nobody {
						d.touched = append(d.touched, a.to)
					}
					*at = label[W]{sum, l.source}
					q.put(entry[W]{sum, a.to})
				}
			} else if sum == at.d && l.source < at.source && at.source != nobody {
				at.source = l.source
				q.put(entry[W]{sum, a.to})
			}
		}
	}
}
