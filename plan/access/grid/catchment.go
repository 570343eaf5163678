package grid

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/shanyraq/shanyraq/fault"
)

// Reached is a cell inside a limit, and the seconds to it.
type Reached struct {
	Row, Col int32
	Seconds  float64
}

// Catchments finds for each source by itself the cells inside the limit, which
// must be given, and calls visit with the number of the source and its cells,
// roughly by time. A search touches only what it reaches, so
// that a thousand small catchments cost what their cells cost. They run on as
// many goroutines as there are processors; visit is called from several at a
// time, and must not keep the slice.
//
// The first error of visit, or that of the context, ends it.
func (s *Surface) Catchments(ctx context.Context, sources []Source, o Options, visit func(source int, cells []Reached) error) error {
	const op = "grid.Catchments"
	if !(o.Limit > 0) {
		return fault.New(fault.Invalid, op, "", "a catchment needs a limit in seconds")
	}
	if err := s.checkSources(op, sources); err != nil {
		return err
	}
	workers := min(runtime.GOMAXPROCS(0), len(sources))
	finders := make([]*finder, workers)
	for i := range finders {
		f, err := s.finder(op, o, false)
		if err != nil {
			return err
		}
		f.keep = true
		finders[i] = f
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var all sync.WaitGroup
	for _, f := range finders {
		all.Go(func() {
			var cells []Reached
			kernel := f.kernel()
			for {
				i := int(next.Add(1)) - 1
				if i >= len(sources) {
					return
				}
				f.start(sources[i : i+1])
				err := f.run(ctx, kernel)
				if err == nil {
					cells = f.harvest(cells[:0])
					err = visit(i, cells)
				}
				if err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// harvest takes what a search has reached and makes its memory as new.
func (f *finder) harvest(cells []Reached) []Reached {
	for _, i := range f.touched {
		m := f.best[i]
		if m == 0 {
			continue // the same cell once more
		}
		f.best[i] = 0
		row, col := f.surface.place(int(i))
		cells = append(cells, Reached{Row: int32(row), Col: int32(col), Seconds: seconds(m)})
	}
	f.touched = f.touched[:0]
	return cells
}
