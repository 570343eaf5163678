package graph

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// tableBytes bounds what a table holds of labels of targets, and of rows that
// are not handed out yet.
const tableBytes = 256 << 20

// tabler fills tables through a hierarchy. A way between two nodes passes a
// common ancestor, so that the time of a pair is the least sum of two labels
// up to the depth where they meet.
type tabler[W weight] struct {
	h     *Hierarchy
	m     *metric[W]
	deep  int // of a label
	ranks []uint32
	chunk int // targets whose labels are held at a time
	held  int // the chunk that is held; -1 for none
	label []W
	climb []*climber[W] // by core
}

func newTabler[W weight](h *Hierarchy, m *metric[W], targets []int) *tabler[W] {
	t := &tabler[W]{h: h, m: m, ranks: make([]uint32, len(targets)), held: -1}
	for i, v := range targets {
		t.ranks[i] = h.f.rank[h.g.seat[v]]
	}
	for _, d := range h.f.depth {
		t.deep = max(t.deep, int(d)+1)
	}
	t.chunk = max(1, min(len(targets), tableBytes/(8*max(1, t.deep))))
	for range runtime.GOMAXPROCS(0) {
		t.climb = append(t.climb, newClimber(h.f, m, roomOf[W](h.g)))
	}
	return t
}

// share lets all cores do work 0 to n-1.
func (t *tabler[W]) share(ctx context.Context, n int, do func(c *climber[W], i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for _, c := range t.climb {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				do(c, i)
			}
		})
	}
	all.Wait()
}

// hold works out the labels of a chunk of targets.
func (t *tabler[W]) hold(ctx context.Context, k int, fits *atomic.Bool) []uint32 {
	ranks := t.ranks[k*t.chunk : min((k+1)*t.chunk, len(t.ranks))]
	if t.held == k {
		return ranks
	}
	if t.label == nil {
		t.label = make([]W, t.chunk*t.deep)
	}
	t.share(ctx, len(ranks), func(c *climber[W], i int) {
		if !c.label(ranks[i], down, t.label[i*t.deep:(i+1)*t.deep]) {
			fits.Store(false)
		}
	})
	t.held = k
	return ranks
}

// rows works the table out, a band of sources at a time, and hands out its
// rows. It reports false as soon as a sum does not fit; the rows until then are
// right.
func (t *tabler[W]) rows(ctx context.Context, sources []int, row func(i int, seconds []float64) error) (bool, error) {
	const mostRows = 1024
	g, f := t.h.g, t.h.f
	wide := len(t.ranks)
	band := max(1, min(len(sources), mostRows, tableBytes/(8*max(1, wide))))
	table := make([]W, band*wide)
	seconds := make([]float64, wide)
	var fits atomic.Bool
	fits.Store(true)
	for begin := 0; begin < len(sources); begin += band {
		list := sources[begin:min(begin+band, len(sources))]
		for k := 0; k*t.chunk < wide; k++ {
			ranks := t.hold(ctx, k, &fits)
			t.share(ctx, len(list), func(c *climber[W], i int) {
				r := f.rank[g.seat[list[i]]]
				label := make([]W, t.deep)
				if !c.label(r, up, label) {
					fits.Store(false)
				}
				path := f.pathOf(r, nil)
				out := table[i*wide+k*t.chunk:]
				for j, b := range ranks {
					both := f.meet(path, b)
					out[j] = least(label[:both], t.label[j*t.deep:j*t.deep+both])
				}
			})
		}
		if ctx.Err() != nil {
			return true, ctx.Err()
		}
		if !fits.Load() {
			return false, nil
		}
		for i := range list {
			for j, d := range table[i*wide : (i+1)*wide] {
				if seconds[j] = math.Inf(1); d < endless[W]() {
					seconds[j] = g.seconds(float64(d))
				}
			}
			if err := row(begin+i, seconds); err != nil {
				return true, err
			}
		}
	}
	return true, nil
}
