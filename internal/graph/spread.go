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

// spread carries the labels of the places in q over the arcs until nothing
// improves, up to the limit, inclusive. It reports false where a sum would
// pass room. When ctx ends it leaves off.
func spread[W weight](ctx context.Context, s *side[W], labels []label[W], q *buckets[W], limit, room W) bool {
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
			d := l.d + a.cost
			at := &labels[a.to]
			if d < at.d {
				if d <= limit {
					*at = label[W]{d, l.source}
					q.put(entry[W]{d, a.to})
				}
			} else if d == at.d && l.source < at.source {
				at.source = l.source
				q.put(entry[W]{d, a.to})
			}
		}
	}
}
