// Package referral finds how long it takes from each facility to each other
// one on a map of friction: where a patient who cannot be treated here is sent.
package referral

import (
	"context"
	"math"
	"runtime"
	"sync"

	"github.com/shanyraq/shanyraq/plan/access/grid"
)

// Place is a facility on the map.
type Place struct {
	ID     string
	Source grid.Source
}

// Table is the time from each to each.
type Table struct {
	// Seconds[i][k] leads from the i-th place to the k-th target; NaN where
	// there is no way, or none within the limit.
	Seconds [][]float64
	// Nearest[i] is the nearest target of the i-th place, -1 without one. A
	// place is not its own nearest: targets with its id are passed over. Of
	// equally near ones the first counts.
	Nearest []int
}

// Find searches from every place, on all processors. The delay of a place
// (Source.After) counts, that of a target does not. It returns fault.Invalid
// for a place outside the map or in a barrier.
func Find(ctx context.Context, s *grid.Surface, from, to []Place, o grid.Options) (Table, error) {
	t := Table{Seconds: make([][]float64, len(from)), Nearest: make([]int, len(from))}
	work := make(chan int)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(from)) {
		all.Go(func() {
			for i := range work {
				if err := t.row(ctx, s, i, from, to, o); err != nil {
					stop(err)
				}
			}
		})
	}
	for i := range from {
		if ctx.Err() != nil {
			break
		}
		work <- i
	}
	close(work)
	all.Wait()
	return t, context.Cause(ctx)
}

// row fills the times of one place.
func (t *Table) row(ctx context.Context, s *grid.Surface, i int, from, to []Place, o grid.Options) error {
	if ctx.Err() != nil {
		return nil
	}
	times, err := s.Solve(ctx, []grid.Source{from[i].Source}, o)
	if err != nil {
		return err
	}
	row := make([]float64, len(to))
	t.Nearest[i] = -1
	for k, p := range to {
		row[k] = math.NaN()
		seconds, _, ok := times.At(p.Source.Row, p.Source.Col)
		if !ok {
			continue
		}
		row[k] = seconds
		if p.ID != from[i].ID && (t.Nearest[i] < 0 || seconds < row[t.Nearest[i]]) {
			t.Nearest[i] = k
		}
	}
	t.Seconds[i] = row
	return nil
}
