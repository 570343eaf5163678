package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// inParts hands a run over in parts of a size, each in the same memory.
func inParts(figures []ledger.Figure, size int) EachFigures {
	return func(yield func([]ledger.Figure) error) error {
		buf := make([]ledger.Figure, 0, size)
		for part := range slices.Chunk(figures, size) {
			buf = append(buf[:0], part...)
			if err := yield(buf); err != nil {
				return err
			}
			clear(buf)
		}
		return nil
	}
}

// A run that is handed over in parts says what it says when it is handed over
// whole, and a tally tells beforehand what it will bring.
func TestPartsEqualTheWhole(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		whole, parts := open(t, fresh(t)), open(t, fresh(t))
		hurry(t, whole, parts)
		rapid.Check(t, func(r *rapid.T) {
			h := drawHistory(r)
			clean(t, whole)
			clean(t, parts)
			for i, figures := range h {
				b := ledger.Batch{Run: run(i + 1), Figures: figures}
				want, err := whole.Commit(t.Context(), b)
				size := rapid.IntRange(1, 4).Draw(r, "part")
				simple := !slices.ContainsFunc(figures, func(f ledger.Figure) bool { return f.Supersedes != 0 || f.SupersededBy != 0 })
				tally, terr := parts.Tally(t.Context(), inParts(figures, size))
				if terr != nil {
					t.Fatal(terr)
				}
				b.Figures = nil
				var got ledger.Receipt
				perr := parts.Act(t.Context(), actor.Entry{Actor: "u_1", At: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Op: "import", Subject: "x"}, func(tx *Tx) error {
					var err error
					got, err = tx.PublishEach(b, inParts(figures, size))
					return err
				})
				if (err == nil) != (perr == nil) || err == nil && got != want {
					t.Fatalf("whole: %+v, %v; in parts of %d: %+v, %v", want, err, size, got, perr)
				}
				if twice := repeated(figures); err == nil && simple && !twice && (tally.Figures != want.Figures || tally.Known != want.Known || tally.Corrected != want.Corrected) {
					t.Fatalf("tally %+v, run %+v", tally, want)
				}
			}
			for _, at := range []At{Everything, asOf("2026-01-01")} {
				if diff := cmp.Diff(answers(t, whole, at), answers(t, parts, at), cmp.AllowUnexported(period.Period{}), cmp.Comparer(sameNumber)); diff != "" {
					t.Fatalf("(-whole +parts)\n%s", diff)
				}
			}
		})
	})
}

func repeated(figures []ledger.Figure) bool {
	seen := map[ledger.FigureID]bool{}
	for _, f := range figures {
		if seen[f.ID] {
			return true
		}
		seen[f.ID] = true
	}
	return false
}

// What breaks off in its second part leaves nothing.
func TestPartsAreWholeOrAbsent(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		broken := errors.New("broken off")
		err := act(t, s, "import", func(tx *Tx) error {
			_, err := tx.PublishEach(ledger.Batch{Run: run(1)}, func(yield func([]ledger.Figure) error) error {
				if err := yield([]ledger.Figure{beds("KZ", "2025", "500")}); err != nil {
					return err
				}
				return broken
			})
			return err
		})
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		if v, err := s.Version(t.Context()); v != 0 || err != nil || len(list(t, s, all(Everything))) != 0 {
			t.Errorf("version %d, %v", v, err)
		}
	})
}
