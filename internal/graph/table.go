package graph

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

// Table works out how long it takes from every source to every target and
// hands out row by row, in the order of the sources: row has the seconds from
// sources[i] to each target, +Inf where there is no way. It is valid during
// the call only, so that a table of any size needs the memory of a few rows.
// An error of row ends the work and is returned.
//
// Each row is a search of its own; for more than some dozens of sources in a
// large graph a Hierarchy is faster.
func (g *Graph) Table(ctx context.Context, sources, targets []int, row func(i int, seconds []float64) error) error {
	const op = "graph.Table"
	if err := g.checkStarts(op, Starts(sources...)); err != nil {
		return err
	}
	if err := g.checkStarts(op, Starts(targets...)); err != nil {
		return err
	}
	return inOrder(ctx, len(sources), func() func(i int) ([]float64, error) {
		all := make([]float64, len(targets))
		return func(i int) ([]float64, error) {
			d, err := g.From(ctx, sources[i], Search{})
			if err != nil {
				return nil, err
			}
			for k, v := range targets {
				all[k] = d[v]
			}
			return slices.Clone(all), nil
		}
	}, row)
}

// inOrder lets all cores make rows and hands them out in order, by this
// goroutine. No more than a few rows wait. The function that makes rows is
// asked for once by every core.
func inOrder(ctx context.Context, n int, maker func() func(i int) ([]float64, error), row func(i int, seconds []float64) error) error {
	ctx, stop := context.WithCancel(ctx)
	type made struct {
		seconds []float64
		err     error
	}
	cores := min(n, runtime.GOMAXPROCS(0))
	const ahead = 4 // rows of a core that wait
	slots := make([]chan made, max(1, cores*ahead))
	for i := range slots {
		slots[i] = make(chan made, 1)
	}
	var mu sync.Mutex
	next := 0
	turn := make(chan struct{}, len(slots)) // rows that may be made
	for range slots {
		turn <- struct{}{}
	}
	var all sync.WaitGroup
	for range cores {
		all.Go(func() {
			m := maker()
			for {
				select {
				case <-ctx.Done():
					return
				case <-turn:
				}
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n {
					return
				}
				seconds, err := m(i)
				slots[i%len(slots)] <- made{seconds, err}
			}
		})
	}
	defer all.Wait()
	defer stop()
	for i := range n {
		select {
		case <-ctx.Done():
			return fault.Wrap(ctx.Err(), "graph.Table", "table")
		case m := <-slots[i%len(slots)]:
			if m.err == nil {
				m.err = row(i, m.seconds)
			}
			if m.err != nil {
				return m.err
			}
			turn <- struct{}{}
		}
	}
	return nil
}
