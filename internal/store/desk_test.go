package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

func act(t *testing.T, s *Store, op string, do func(*Tx) error) error {
	t.Helper()
	return s.Act(t.Context(), actor.Entry{Actor: "u_1", At: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Op: op, Subject: "x"}, do)
}

func TestDeskKeepsEveryVersion(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		for i, state := range []string{"draft", "submitted", "approved"} {
			if err := act(t, s, "save", func(tx *Tx) error {
				v, err := tx.Put(Item{Kind: "note", ID: "n1", State: state, Path: "/KZ/", Body: []byte(`{}`)}, int64(i))
				if v != int64(i+1) {
					t.Errorf("version %d", v)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		it, err := s.Item(t.Context(), "note", "n1")
		if err != nil || it.Version != 3 || it.State != "approved" || it.Actor != "u_1" {
			t.Errorf("%+v, %v", it, err)
		}
		h, err := s.ItemHistory(t.Context(), "note", "n1")
		if err != nil || len(h) != 3 || h[0].State != "draft" {
			t.Errorf("%+v, %v", h, err)
		}
		if n, _, err := s.VerifyChain(t.Context(), "desk"); err != nil || n != 3 {
			t.Errorf("journal of the desk: %d, %v", n, err)
		}
	})
}

func TestDeskRefusesTheSecondOfTwo(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		put := func(expected int64) error {
			return act(t, s, "save", func(tx *Tx) error {
				_, err := tx.Put(Item{Kind: "note", ID: "n1", Body: []byte(`{}`)}, expected)
				return err
			})
		}
		if err := put(0); err != nil {
			t.Fatal(err)
		}
		for _, expected := range []int64{0, 2, 7} {
			if err := put(expected); !fault.Is(err, fault.Conflict) {
				t.Errorf("expected version %d: %v", expected, err)
			}
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 8 {
			wg.Go(func() {
				if err := put(1); err == nil {
					mu.Lock()
					won++
					mu.Unlock()
				} else if !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("%d of 8 changed the same version", won)
		}
	})
}

func TestAnActIsWholeOrAbsent(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		broken := errors.New("broken off")
		err := act(t, s, "save", func(tx *Tx) error {
			if _, err := tx.Put(Item{Kind: "note", ID: "n1", Body: []byte(`{}`)}, 0); err != nil {
				return err
			}
			if _, err := tx.Publish(ledger.Batch{Run: ledger.Run{Kind: ledger.FormRun, Recorded: tx.At()}, Catalogue: []ledger.Item{{Kind: "k", Code: "c", Body: []byte(`{}`)}}}); err != nil {
				return err
			}
			return broken
		})
		if err == nil {
			t.Fatal("no error")
		}
		if _, err := s.Item(t.Context(), "note", "n1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("item: %v", err)
		}
		if v, err := s.Version(t.Context()); err != nil || v != 0 {
			t.Errorf("ledger: %d, %v", v, err)
		}
		err = act(t, s, "publish", func(tx *Tx) error {
			if _, err := tx.Put(Item{Kind: "note", ID: "n1", Body: []byte(`{}`)}, 0); err != nil {
				return err
			}
			got, err := tx.Publish(ledger.Batch{Run: ledger.Run{Kind: ledger.FormRun, Recorded: tx.At()}, Catalogue: []ledger.Item{{Kind: "k", Code: "c", Body: []byte(`{}`)}}})
			if got.Catalogue != 1 || got.Run == 0 {
				t.Errorf("%+v", got)
			}
			if _, err := tx.Publish(ledger.Batch{Run: ledger.Run{Kind: ledger.FormRun, Recorded: tx.At()}, Catalogue: []ledger.Item{{Kind: "k", Code: "c", Body: []byte(`{}`)}}}); err != nil {
				return err // what is known takes no number
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if v, err := s.Version(t.Context()); err != nil || v != 1 {
			t.Errorf("ledger: %d, %v", v, err)
		}
		if _, _, err := s.VerifyJournal(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestItemsPageByPage(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		if err := act(t, s, "save", func(tx *Tx) error {
			for i := range 25 {
				it := Item{Kind: "note", ID: fmt.Sprintf("n%02d", i), Path: []string{"/KZ/KZ-35/", "/KZ/KZ-61/"}[i%2], State: []string{"a", "b", "c"}[i%3], Due: int64(i), Owner: "o", About: "x", Body: []byte(`{}`)}
				if _, err := tx.Put(it, 0); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for name, tc := range map[string]struct {
			q    ItemQuery
			want int
		}{
			"all":             {ItemQuery{}, 25},
			"newest":          {ItemQuery{Newest: true}, 25},
			"a region":        {ItemQuery{Paths: []string{"/KZ/KZ-35/"}}, 13},
			"the country":     {ItemQuery{Paths: []string{"/KZ/"}}, 25},
			"not half a code": {ItemQuery{Paths: []string{"/KZ/KZ-3/"}}, 0},
			"two states":      {ItemQuery{States: []string{"a", "c"}}, 17},
			"due":             {ItemQuery{DueBefore: 5}, 4},
			"by id":           {ItemQuery{IDs: []string{"n01", "n24", "zz"}}, 2},
			"another owner":   {ItemQuery{Owner: "p"}, 0},
		} {
			tc.q.Kind, tc.q.Limit = "note", 4
			seen := map[string]bool{}
			for {
				list, next, err := s.Items(t.Context(), tc.q)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				for _, it := range list {
					if seen[it.ID] {
						t.Errorf("%s: %s twice", name, it.ID)
					}
					seen[it.ID] = true
				}
				if next == "" {
					break
				}
				tc.q.After = next
			}
			if len(seen) != tc.want {
				t.Errorf("%s: %d items, want %d", name, len(seen), tc.want)
			}
		}
		if diff := cmp.Diff([]string{"main", "desk", "read"}, Chains()); diff != "" {
			t.Error(diff)
		}
	})
}

// The day on which something was sent first stays, whatever becomes of it.
func TestFirstIn(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		put := func(id, about, state string, day int, version int64) {
			t.Helper()
			err := s.Act(t.Context(), actor.Entry{Actor: "u_1", At: time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC), Op: "test", Subject: id}, func(tx *Tx) error {
				_, err := tx.Put(Item{Kind: "submission", ID: id, About: about, State: state, Body: []byte("{}")}, version)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		put("a", "template:x", "draft", 1, 0)
		put("a", "template:x", "submitted", 2, 1)
		put("a", "template:x", "returned", 3, 2)
		put("a", "template:x", "submitted", 4, 3)
		put("b", "template:x", "draft", 5, 0)
		put("c", "template:y", "submitted", 6, 0)
		got, err := s.FirstIn(t.Context(), "submission", "template:x", "submitted")
		if err != nil || len(got) != 1 || got["a"].Day() != 2 {
			t.Errorf("%v, %v", got, err)
		}
	})
}

// Every body of a record stays readable, the newest first.
func TestRecordVersions(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		for _, body := range []string{`{"v":1}`, `{"v":2}`, `{"v":2}`} {
			if _, err := s.Commit(t.Context(), ledger.Batch{Run: ledger.Run{Kind: ledger.FormRun, Actor: "u_1", Subject: "x", Recorded: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}, Catalogue: []ledger.Item{{Kind: "template", Code: "x", Body: []byte(body)}}}); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.RecordVersions(t.Context(), "template", "x", Everything)
		if err != nil || len(got) != 2 || string(got[0].Body) != `{"v":2}` || got[1].Run == 0 {
			t.Errorf("%+v, %v", got, err)
		}
		if none, err := s.RecordVersions(t.Context(), "template", "y", Everything); err != nil || len(none) != 0 {
			t.Errorf("%+v, %v", none, err)
		}
	})
}

// However many want to act at once, the one whose turn it is can look at the
// rest of the database meanwhile.
func TestActsInCrowdsDoNotBlockReading(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var wg sync.WaitGroup
		for i := range 3 * (pgReaders + pgWriters) {
			wg.Go(func() {
				err := s.Act(ctx, actor.Entry{Actor: "u_1", At: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Op: "save"}, func(tx *Tx) error {
					if _, _, err := s.Items(ctx, ItemQuery{Kind: "note"}); err != nil {
						return err
					}
					_, err := tx.Put(Item{Kind: "note", ID: fmt.Sprint("n", i), Body: []byte(`{}`)}, 0)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}
