package graph

import (
	"container/heap"
	"runtime"
	"slices"
)

// window is how many buckets are open at a time.
const window = 1 << 12

// spareWork is how many expansions for a node the buckets may take on average
// before a heap takes over: see buckets.
const spareWork = 8

// entry is a place that a search has reached, at a cost.
type entry[W weight] struct {
	d    W
	seat uint32
}

// buckets is a queue of places by cost, coarse on purpose: places whose costs
// differ by less than a bucket come out in any order, and a place that is
// improved afterwards is put in again. Searches that go on until nothing
// improves end with the same costs as those in strict order (Denardo and Fox,
// Operations Research 27, 1979, 161-186; Meyer and Sanders, Journal of
// Algorithms 49, 2003, 114-152) and need not sort.
//
// Costs that lie beyond the open window wait in later. Where the costs are so
// uneven that the buckets do not pay, the search goes on with a heap, which
// bounds its work whatever the input.
type buckets[W weight] struct {
	open    [][]entry[W]
	base    int     // number of the first open bucket
	at      int     // the bucket that is being emptied, from base
	perCost float64 // buckets in a unit of W
	later   []entry[W]
	waiting int // entries in open
	moved   int // entries that were moved out of later, in all

	sorted bool // a heap has taken over; it is in later
}

// tune sets the width of the buckets for the arcs: somewhat over three middling
// costs. Narrower ones are more to leaf through, in wider ones places are
// improved too often.
func (s *side[W]) tune() {
	const looks = 1024
	s.perCost, s.spare = 1, make(chan *desk[W], 2*runtime.GOMAXPROCS(0))
	n := len(s.arcs)
	sample := make([]float64, 0, looks)
	for i := range min(n, looks) {
		if c := float64(s.arcs[i*(n/min(n, looks))].cost); c > 0 {
			sample = append(sample, c)
		}
	}
	if len(sample) > 0 {
		slices.Sort(sample)
		s.perCost = 0.3 / sample[len(sample)/2]
	}
}

func newBuckets[W weight](s *side[W]) *buckets[W] {
	return &buckets[W]{open: make([][]entry[W], window), perCost: s.perCost}
}

// reset makes an emptied queue ready for the next search.
func (q *buckets[W]) reset() {
	if q.waiting > 0 {
		for i := range q.open {
			q.open[i] = q.open[i][:0]
		}
	}
	q.base, q.at, q.waiting, q.moved, q.sorted, q.later = 0, 0, 0, 0, false, q.later[:0]
}

// number returns the bucket of a cost. A larger cost never has a smaller one.
func (q *buckets[W]) number(d W) int { return int(min(float64(d)*q.perCost, 1<<62)) }

// put adds a place.
func (q *buckets[W]) put(e entry[W]) {
	if q.sorted {
		heap.Push((*entryHeap[W])(&q.later), e)
		return
	}
	b := q.number(e.d) - q.base
	if b < window {
		q.open[b] = append(q.open[b], e)
		q.waiting++
		return
	}
	q.later = append(q.later, e)
}

// take returns a place of the first bucket that is not empty.
func (q *buckets[W]) take() (entry[W], bool) {
	if q.sorted {
		if len(q.later) == 0 {
			return entry[W]{}, false
		}
		return heap.Pop((*entryHeap[W])(&q.later)).(entry[W]), true
	}
	for {
		if q.waiting == 0 && !q.shift() {
			return entry[W]{}, false
		}
		if q.sorted {
			return q.take()
		}
		b := &q.open[q.at]
		if n := len(*b); n > 0 {
			e := (*b)[n-1]
			*b = (*b)[:n-1]
			q.waiting--
			return e, true
		}
		q.at++
	}
}

// shift opens the window at the nearest of what waits beyond it.
func (q *buckets[W]) shift() bool {
	if len(q.later) == 0 {
		return false
	}
	nearest := q.later[0].d
	for _, e := range q.later {
		nearest = min(nearest, e.d)
	}
	q.base, q.at = q.number(nearest), 0
	list := q.later
	q.later = nil
	q.moved += len(list)
	for _, e := range list {
		q.put(e)
	}
	return true
}

// sort lets a heap take over.
func (q *buckets[W]) sort() {
	for i := range q.open {
		q.later = append(q.later, q.open[i]...)
		q.open[i] = nil
	}
	q.waiting, q.sorted = 0, true
	heap.Init((*entryHeap[W])(&q.later))
}

// entryHeap orders places by cost.
type entryHeap[W weight] []entry[W]

func (h entryHeap[W]) Len() int           { return len(h) }
func (h entryHeap[W]) Less(i, j int) bool { return h[i].d < h[j].d }
func (h entryHeap[W]) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *entryHeap[W]) Push(x any)        { *h = append(*h, x.(entry[W])) }
func (h *entryHeap[W]) Pop() any {
	last := len(*h) - 1
	e := (*h)[last]
	*h = (*h)[:last]
	return e
}
