package forecast

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/shanyraq/shanyraq/fault"
)

// Portfolio plays all futures of the deck for every project, with as many
// goroutines as there are processors. The answers do not depend on how many
// those are. Nothing is returned when one path cannot be; the error names it.
func (d *Deck) Portfolio(paths []Path) ([]Outcome, error) {
	return d.portfolio(paths, runtime.GOMAXPROCS(0))
}

func (d *Deck) portfolio(paths []Path, workers int) ([]Outcome, error) {
	for i := range paths {
		if err := paths[i].Check(); err != nil {
			return nil, fault.Wrap(err, "forecast.Portfolio", paths[i].ID)
		}
	}
	h, err := d.deal(paths)
	if err != nil {
		return nil, err
	}
	out := make([]Outcome, len(paths))
	var next atomic.Int64
	var done sync.WaitGroup
	for range max(1, workers) {
		done.Go(func() {
			t := newTable(h, d.runs)
			for {
				i := int(next.Add(1)) - 1
				if i >= len(paths) {
					return
				}
				out[i] = t.play(&paths[i])
			}
		})
	}
	done.Wait()
	return out, nil
}
