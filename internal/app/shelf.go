package app

import (
	"context"
	"errors"
	"math"
	"sync"
)

// shelf keeps the answers asked for last and works out each of them once,
// however many ask at the same time; who asks for another one does not wait.
type shelf[K comparable, V any] struct {
	limit int

	mu    sync.Mutex
	items map[K]*slot[V]
	turn  int64
}

// slot is one answer; done is closed when it is there.
type slot[V any] struct {
	done chan struct{}
	used int64
	v    V
	err  error
}

func newShelf[K comparable, V any](limit int) *shelf[K, V] {
	return &shelf[K, V]{limit: limit, items: map[K]*slot[V]{}}
}

// errBroken is what others see when the work for an answer panicked.
var errBroken = errors.New("the work was broken off")

// get returns the answer for a key. The work is not broken off when the one
// who asked first goes away, since others may wait for it. A failure is not
// kept.
func (s *shelf[K, V]) get(ctx context.Context, key K, work func(context.Context) (V, error)) (V, error) {
	x, mine := s.take(key)
	if mine {
		defer close(x.done)
		defer func() {
			if x.err != nil {
				s.drop(key, x)
			}
		}()
		x.v, x.err = work(context.WithoutCancel(ctx))
		return x.v, x.err
	}
	select {
	case <-x.done:
		return x.v, x.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

// has reports whether the answer for a key is there or being worked out.
func (s *shelf[K, V]) has(key K) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.items[key] != nil
}

// take returns the slot of a key, and whether the caller has to fill it.
func (s *shelf[K, V]) take(key K) (*slot[V], bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn++
	x := s.items[key]
	if x != nil {
		x.used = s.turn
		return x, false
	}
	if len(s.items) >= s.limit {
		s.forget()
	}
	x = &slot[V]{done: make(chan struct{}), used: s.turn, err: errBroken}
	s.items[key] = x
	return x, true
}

// forget takes off the answer that was not asked for the longest. Who still
// waits for it gets it all the same.
func (s *shelf[K, V]) forget() {
	var oldest K
	first := int64(math.MaxInt64)
	for k, x := range s.items {
		if x.used < first {
			oldest, first = k, x.used
		}
	}
	delete(s.items, oldest)
}

func (s *shelf[K, V]) drop(key K, x *slot[V]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.items[key] == x {
		delete(s.items, key)
	}
}
