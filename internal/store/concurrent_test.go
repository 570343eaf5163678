package store

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/shanyraq/shanyraq/ledger"
)

// Two programs import at once into one database while a third reads. Every
// import has runs of its own and one that is the same for both.
func TestTwoImportsAtOnce(t *testing.T) {
	const runs, size = 4, 3000
	both(t, func(t *testing.T, fresh address) {
		dsn := fresh(t)
		reader := open(t, dsn)
		importers := []*Store{open(t, dsn), open(t, dsn)}
		var busy, done sync.WaitGroup
		var stop atomic.Bool
		var fresh1 atomic.Int64
		for who, s := range importers {
			busy.Go(func() {
				for n := range runs {
					owner := who
					if n == runs/2 {
						owner = 9 // what both bring
					}
					got, err := s.Commit(t.Context(), ledger.Batch{Run: run(n), Figures: importOf(owner, n, size)})
					if err != nil {
						t.Error(err)
					}
					fresh1.Add(int64(got.Figures))
				}
			})
		}
		reads := 0
		done.Go(func() {
			for !stop.Load() {
				n := 0
				err := reader.EachFigure(t.Context(), all(Everything), func(f *ledger.Figure) error {
					if n++; f.Run == 0 || f.Recorded.IsZero() || f.Document == "" {
						return fmt.Errorf("figure %s has no run or document yet", f.ID)
					}
					return nil
				})
				if err != nil || n%size != 0 {
					t.Errorf("%d figures are visible: half a run (%v)", n, err)
				}
				reads++
			}
		})
		busy.Wait()
		stop.Store(true)
		done.Wait()
		if want := int64(size * (2*runs - 1)); fresh1.Load() != want {
			t.Errorf("%d figures new, want %d", fresh1.Load(), want)
		}
		if reads < 2 {
			t.Errorf("the reader was kept waiting: %d reads", reads)
		}
		if n, _, err := reader.VerifyJournal(t.Context()); err != nil || n != 2*runs-1 {
			t.Errorf("journal: %d entries, %v", n, err)
		}
	})
}

func importOf(who, n, size int) []ledger.Figure {
	out := make([]ledger.Figure, size)
	for i := range out {
		out[i] = beds(fmt.Sprintf("KZ-%02d", i%20), fmt.Sprint(1900+i/20%120), fmt.Sprint(i), source(fmt.Sprint("importer ", who, " ", i/2400)),
			document(fmt.Sprint("file ", who, " ", n)), line(i+1, n, n+1))
	}
	return out
}

func TestManyOpenANewDatabaseAtOnce(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		dsn := fresh(t)
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				s, err := Open(t.Context(), dsn)
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

// A reader that began before a run still sees the state before it.
func TestReaderKeepsItsState(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		commit(t, s, 1, beds("KZ", "2024", "1"), beds("KZ", "2025", "1"))
		n := 0
		err := s.EachFigure(t.Context(), all(Everything), func(*ledger.Figure) error {
			if n++; n == 1 {
				commit(t, s, 2, beds("KZ-35", "2024", "1"))
			}
			return nil
		})
		if err != nil || n != 2 {
			t.Errorf("%d figures, want 2 (%v)", n, err)
		}
	})
}
