package osm

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

// task is one block on its way through the workers.
type task[T any] struct {
	blob
	out  T
	err  error
	done chan struct{}
}

// inOrder reads the blocks that are wanted, lets all cores work on them, and
// hands the results to take in the order of the file, by this goroutine. Only
// a few blocks are in memory at a time. worker is asked for once by every core.
func inOrder[T any](ctx context.Context, b *blobs, want func(blob) bool, worker func() func(packed []byte) (T, error), take func(blob, T) error) error {
	ctx, stop := context.WithCancel(ctx)
	cores := runtime.GOMAXPROCS(0)
	waiting, work := make(chan *task[T], 2*cores), make(chan *task[T])
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()
	var readErr error
	all.Go(func() {
		defer close(waiting)
		defer close(work)
		for {
			next, err := b.next()
			if err != nil {
				if !errors.Is(err, io.EOF) {
					readErr = err
				}
				return
			}
			if !want(next) {
				continue
			}
			t := &task[T]{blob: next, done: make(chan struct{})}
			select {
			case waiting <- t:
			case <-ctx.Done():
				return
			}
			select {
			case work <- t:
			case <-ctx.Done():
				return
			}
		}
	})
	for range cores {
		all.Go(func() {
			do := worker()
			for t := range work {
				t.out, t.err = do(t.packed)
				t.packed = nil
				close(t.done)
			}
		})
	}
	for t := range waiting {
		select {
		case <-t.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if t.err != nil {
			return wrongAt(b.file, t.number, t.offset, t.err)
		}
		if err := take(t.blob, t.out); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return readErr
}
