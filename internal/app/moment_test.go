package app

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

func on(s string) When {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return When{AsOf: &d}
}

func at(t time.Time) When { return When{Recorded: &t} }

// follow goes down to what somebody said and fails where nobody did.
func follow(t *testing.T, y *httpapi.Why) {
	t.Helper()
	switch {
	case y.Said != nil || y.Figure.Source != ledger.Computed:
	case y.Computed == nil || len(y.Computed.Inputs) == 0:
		t.Errorf("%s ends in the air", y.Figure.ID)
	default:
		for i := range y.Computed.Inputs {
			follow(t, &y.Computed.Inputs[i])
		}
	}
}

// Whatever number a board of any day shows can be asked for, on that day and
// today.
func TestWhyOfEveryBoard(t *testing.T) {
	ctx, a := local(), kazakhstan(t)
	v, err := a.look(ctx, When{})
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, day := range append(v.Programme.Breakpoints(), v.at.AsOf) {
		if day > v.at.AsOf {
			continue
		}
		w := When{AsOf: &day}
		b, err := a.Board(ctx, w, httpapi.PromiseFilter{})
		if err != nil {
			t.Fatal(err)
		}
		ids := []string{}
		for _, p := range b.Promises {
			ids = append(ids, p.Figure, p.Target.Figure)
			for _, d := range []*httpapi.Delivered{p.Delivered, p.Progress} {
				if d != nil {
					ids = append(ids, d.Figure)
				}
			}
		}
		for _, x := range b.Totals {
			for _, q := range []*httpapi.Quantity{x.Promised, x.Delivered} {
				if q != nil {
					ids = append(ids, q.Figure)
				}
			}
		}
		for _, m := range b.Sections.Money {
			if m.Figure != nil {
				ids = append(ids, *m.Figure)
			}
		}
		for _, id := range ids {
			if id == "" || asked[id] {
				continue
			}
			asked[id] = true
			for _, when := range []When{w, {}} {
				y, err := a.Why(ctx, when, id)
				if err != nil {
					t.Errorf("%s, shown on %s: %v", id, day, err)
					continue
				}
				follow(t, y)
			}
		}
	}
	if len(asked) < 100 {
		t.Errorf("only %d figures were asked for", len(asked))
	}
}

// Nothing is shown before it was published, or before it was recorded.
func TestEveryPageHonoursTheMoment(t *testing.T) {
	ctx, a := local(), kazakhstan(t)
	doc := "004_" // no document has this name
	list, err := a.Documents(ctx, When{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if d.Kind == "document" && d.PublishedAt != nil && d.Figures > 0 {
			doc = d.Name
		}
	}
	before := on("2020-01-01")
	if _, err := a.Document(ctx, When{}, doc); err != nil {
		t.Errorf("%s: %v", doc, err)
	}
	if _, err := a.Document(ctx, before, doc); !fault.Is(err, fault.NotFound) {
		t.Errorf("%s before it was published: %v", doc, err)
	}
	early, err := a.Documents(ctx, before)
	if err != nil || len(early) == 0 || len(early) >= len(list) {
		t.Errorf("%d documents of %d before 2020: %v", len(early), len(list), err)
	}
	for _, q := range []string{"перинатальный центр", "Балхаш", "отделение"} {
		then, err := a.Search(ctx, before, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range then {
			if h.Type == "promise" {
				if _, err := a.Promise(ctx, before, h.ID); err != nil {
					t.Errorf("%q finds %s, which nobody had promised: %v", q, h.ID, err)
				}
			}
		}
	}
	hub, err := a.Search(ctx, When{}, "Балхаш")
	if err != nil {
		t.Fatal(err)
	}
	unborn, err := a.Search(ctx, before, "Балхаш")
	if err != nil || count(hub, "promise") == 0 || count(unborn, "promise") != 0 {
		t.Errorf("promises for Balkhash: today %d, before 2020 %d (%v)", count(hub, "promise"), count(unborn, "promise"), err)
	}
	past := at(a.Clock().Add(-time.Hour)) // the database was empty
	b, err := a.Board(ctx, past, httpapi.PromiseFilter{})
	if err != nil || len(b.Promises) != 0 {
		t.Errorf("an empty board: %v %v", b, err)
	}
	if _, err := a.Boundaries(ctx, past, "regions"); !fault.Is(err, fault.NotFound) {
		t.Errorf("outlines before there were any: %v", err)
	}
	if figures, err := a.Figures(ctx, past, FigureQuery{}); err != nil || len(figures.Items) != 0 {
		t.Errorf("figures of an empty database: %v %v", figures, err)
	}
	for _, f := range []func(When) error{
		func(w When) error { _, err := a.Vocabulary(ctx, w); return err },
		func(w When) error { _, err := a.About(ctx, w); return err },
		func(w When) error { _, err := a.Checks(ctx, w, "", ""); return err },
		func(w When) error { _, err := a.Search(ctx, w, "x"); return err },
	} {
		if err := f(past); err != nil {
			t.Errorf("an empty database is not an error: %v", err)
		}
	}
}

func count(hits []httpapi.Hit, kind string) (n int) {
	for _, h := range hits {
		if h.Type == kind {
			n++
		}
	}
	return n
}

// Many readers of many days at once get each board once worked out and right.
func TestManyReaders(t *testing.T) {
	ctx, a := local(), kazakhstan(t)
	days := []string{"2024-06-01", "2025-01-01", "2025-09-10", "2026-02-06", "2026-11-23"}
	want := map[string]int{}
	for _, d := range days {
		b, err := a.Board(ctx, on(d), httpapi.PromiseFilter{})
		if err != nil {
			t.Fatal(err)
		}
		want[d] = len(b.Promises)
	}
	b := New(a.Store, "test")
	b.Clock = a.Clock
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			d := days[i%len(days)]
			got, err := b.Board(ctx, on(d), httpapi.PromiseFilter{})
			if err != nil || len(got.Promises) != want[d] || got.AsOf != d {
				t.Errorf("%s: %v", d, err)
			}
		})
	}
	all.Wait()
}

// Work for one key is done once; a failure is not kept, nor is a panic; who
// waits may go away.
func TestShelf(t *testing.T) {
	ctx := local()
	s := newShelf[int, int](2)
	var mu sync.Mutex
	done := 0
	work := func(context.Context) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		done++
		return done, nil
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if v, err := s.get(ctx, 1, work); v != 1 || err != nil {
				t.Errorf("%d %v", v, err)
			}
		})
	}
	all.Wait()
	if _, err := s.get(ctx, 2, func(context.Context) (int, error) { return 0, context.DeadlineExceeded }); err == nil {
		t.Error("the failure is lost")
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = s.get(ctx, 2, func(context.Context) (int, error) { panic("broken") })
	}()
	for key := 2; key < 6; key++ {
		if _, err := s.get(ctx, key, work); err != nil {
			t.Errorf("%d: %v", key, err)
		}
	}
	if len(s.items) > 2 {
		t.Errorf("%d answers are kept", len(s.items))
	}
	gone, cancel := context.WithCancel(ctx)
	begun, end := make(chan struct{}), make(chan struct{})
	all.Go(func() {
		_, _ = s.get(ctx, 9, func(context.Context) (int, error) { close(begun); <-end; return 9, nil })
	})
	<-begun
	cancel()
	if _, err := s.get(gone, 9, work); err == nil {
		t.Error("who went away waits on")
	}
	close(end)
	all.Wait()
}
