package app

import (
	"context"
	"slices"
	"strings"
	"sync"
)

// newest keeps rows of the store in memory, the newest of each id, and reads
// only what changed since it looked last, so that several servers on one
// database agree. Shown is what readers hold: it is shared, and nobody changes
// it.
type newest[K comparable, R, Shown any] struct {
	mu    sync.Mutex
	seq   int64
	byID  map[K]int
	rows  []R
	shown *Shown
}

// stored is where rows come from: the newest act that changed any, what changed
// after an act, how a kept row is read, and what readers are shown of all rows.
type stored[S any, K comparable, R, Shown any] struct {
	last  func(context.Context) (int64, error)
	after func(context.Context, int64) ([]S, error)
	read  func(*S) (id K, row R, seq int64, err error)
	show  func([]R) *Shown
}

// newestRows returns what is shown now.
func newestRows[S any, K comparable, R, Shown any](ctx context.Context, n *newest[K, R, Shown], from stored[S, K, R, Shown]) (*Shown, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	last, err := from.last(ctx)
	if err != nil {
		return nil, err
	}
	if last == n.seq && n.shown != nil {
		return n.shown, nil
	}
	list, err := from.after(ctx, n.seq)
	if err != nil {
		return nil, err
	}
	if n.byID == nil {
		n.byID = map[K]int{}
	}
	seq := n.seq
	for i := range list {
		id, row, at, err := from.read(&list[i])
		if err != nil {
			return nil, err
		}
		if place, known := n.byID[id]; known {
			n.rows[place] = row
		} else {
			n.byID[id] = len(n.rows)
			n.rows = append(n.rows, row)
		}
		seq = max(seq, at)
	}
	n.seq, n.shown = seq, from.show(slices.Clone(n.rows))
	return n.shown, nil
}

// regionOf returns the region of a territory path, or the country: /KZ/KZ-35/.
func regionOf(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/") // the country, then the region
	return parts[min(1, len(parts)-1)]
}
