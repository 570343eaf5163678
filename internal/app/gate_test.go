package app

import (
	"context"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

func TestGate(t *testing.T) {
	g := newGate(1, 2)
	leave, err := g.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	waits := make(chan error, 2)
	for _, ctx := range []context.Context{gone, t.Context()} {
		go func() {
			out, err := g.enter(ctx)
			if err == nil {
				out()
			}
			waits <- err
		}()
	}
	for g.waiting.Load() < 2 {
		time.Sleep(time.Millisecond)
	}
	if _, err := g.enter(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a third who waits: %v", err)
	}
	cancel()
	if err := <-waits; !fault.Is(err, fault.Unavailable) {
		t.Errorf("who went away: %v", err)
	}
	leave()
	if err := <-waits; err != nil {
		t.Errorf("who waited: %v", err)
	}
	if g.waiting.Load() != 0 || len(g.places) != 0 {
		t.Errorf("%d wait, %d are in", g.waiting.Load(), len(g.places))
	}
}

// However many days of the past are asked for, today is answered.
func TestThePastDoesNotCrowdOutToday(t *testing.T) {
	a := kazakhstan(t)
	for range cap(a.past.places) {
		leave, err := a.past.enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer leave()
	}
	ctx, cancel := context.WithTimeout(local(), 50*time.Millisecond)
	defer cancel()
	if _, err := a.Checks(ctx, on("2025-12-31"), "", ""); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a day of the past: %v", err)
	}
	if _, err := a.Checks(local(), When{}, "", ""); err != nil {
		t.Errorf("today: %v", err)
	}
	if _, err := a.Checks(local(), on("2026-11-23"), "", ""); err != nil {
		t.Errorf("today by its date, which is there already: %v", err)
	}
}
