package app

import (
	"context"
	"sync/atomic"

	"github.com/shanyraq/shanyraq/fault"
)

// gate bounds work that anybody may ask for in endless variety, such as the
// board of any day of the past: so many at once, so many who wait. It is beside
// the work for today, which never waits for the past.
type gate struct {
	places  chan struct{}
	waiting atomic.Int64
	most    int64
	busy    string // what is said when too many wait
}

func newGate(places, most int) *gate {
	return &gate{places: make(chan struct{}, places), most: int64(most), busy: "many look at the past just now: try again in a moment"}
}

// enter waits for a place; fault.Unavailable when too many wait already. Who
// goes away no longer waits.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	if g.waiting.Add(1) > g.most {
		g.waiting.Add(-1)
		return nil, fault.New(fault.Unavailable, "app.gate", "", "%s", g.busy)
	}
	defer g.waiting.Add(-1)
	select {
	case g.places <- struct{}{}:
		return func() { <-g.places }, nil
	case <-ctx.Done():
		return nil, fault.New(fault.Unavailable, "app.gate", "", "it was given up before there was a place: %w", ctx.Err())
	}
}
