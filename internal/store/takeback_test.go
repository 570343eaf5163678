package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// takeBack withdraws a run as the n-th.
func takeBack(t testing.TB, s *Store, n int, id ledger.RunID) error {
	t.Helper()
	of, err := s.RunByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return s.Act(t.Context(), actor.Entry{Actor: "u_1", At: run(n).Recorded, Op: "withdraw", Subject: id.String()}, func(tx *Tx) error {
		_, err := tx.TakeBack(of, run(n), ledger.Withdrawal{Run: id.String(), Reason: "wrong file"})
		return err
	})
}

func standing(t testing.TB, s *Store, at At) string {
	t.Helper()
	return fmt.Sprint(sorted(values(list(t, s, all(at)))))
}

func TestTakeBack(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		commit(t, s, 1, beds("KZ", "2024", "5"), beds("KZ", "2025", "7"))
		wrong := commit(t, s, 2, beds("KZ", "2024", "6"), beds("KZ-35", "2024", "9"))
		if got := standing(t, s, Everything); got != "[6 7 9]" {
			t.Fatalf("before: %s", got)
		}
		if err := takeBack(t, s, 3, wrong.Run); err != nil {
			t.Fatal(err)
		}
		if got := standing(t, s, Everything); got != "[5 7]" {
			t.Errorf("what had been corrected stands again, the rest is gone: %s", got)
		}
		if got := standing(t, s, At{AsOf: period.MaxDate, Seq: 2}); got != "[6 7 9]" {
			t.Errorf("what was recorded before still shows it: %s", got)
		}
		if err := takeBack(t, s, 4, wrong.Run); !fault.Is(err, fault.Conflict) {
			t.Errorf("taken back twice: %v", err)
		}
		// The same file again, as it should have been read.
		commit(t, s, 5, beds("KZ", "2024", "6"), beds("KZ-35", "2024", "9"))
		if got := standing(t, s, Everything); got != "[6 7 9]" {
			t.Errorf("published again: %s", got)
		}
		if again := commit(t, s, 6, beds("KZ", "2024", "6"), beds("KZ-35", "2024", "9")); !again.Nothing() {
			t.Errorf("known words were written again: %+v", again)
		}
		commit(t, s, 7, beds("KZ", "2024", "8"))
		if got := standing(t, s, Everything); got != "[7 8 9]" {
			t.Errorf("corrected after that: %s", got)
		}
		if _, _, err := s.VerifyJournal(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestTakeBackRecords(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		title := func(text string) lang.Text { return lang.Text{lang.EN: text} }
		st := ledger.Statement{ID: "A1", Role: ledger.Promise, Kind: ledger.Count, Figure: beds("KZ", "2025", "5").ID, Title: title("five")}
		first, err := s.Commit(t.Context(), ledger.Batch{Run: run(1), Figures: []ledger.Figure{beds("KZ", "2025", "5")}, Statements: []ledger.Statement{st}})
		if err != nil {
			t.Fatal(err)
		}
		st.Title = title("fife")
		second, err := s.Commit(t.Context(), ledger.Batch{Run: run(2), Statements: []ledger.Statement{st},
			Moves: []ledger.Move{{Promise: "A1", Field: ledger.MoveDeadline, To: "2027-01-01"}}, Answers: []ledger.Answer{{About: "A1", Office: "o", Text: title("soon")}}})
		if err != nil {
			t.Fatal(err)
		}
		count := func(kind string, at At) int {
			list, err := s.Records(t.Context(), kind, at)
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		if err := takeBack(t, s, 3, second.Run); err != nil {
			t.Fatal(err)
		}
		got, err := s.Records(t.Context(), ledger.RecordStatement, Everything)
		if err != nil || len(got) != 1 || !strings.Contains(string(got[0].Body), "five") {
			t.Errorf("the title before stands again: %v, %v", got, err)
		}
		if m, a := count(ledger.RecordMove, Everything), count(ledger.RecordAnswer, Everything); m+a != 0 {
			t.Errorf("%d moves and %d answers are left", m, a)
		}
		if m := count(ledger.RecordMove, At{AsOf: period.MaxDate, Seq: 2}); m != 1 {
			t.Errorf("%d moves before", m)
		}
		if err := takeBack(t, s, 4, first.Run); err != nil {
			t.Fatal(err)
		}
		if got := standing(t, s, Everything); got != "[]" {
			t.Errorf("figures: %s", got)
		}
		pack, err := s.Commit(t.Context(), ledger.Batch{Run: run(5), Catalogue: []ledger.Item{{Kind: "measure", Code: "beds", Body: []byte(`{}`)}}})
		if err != nil {
			t.Fatal(err)
		}
		before, _ := s.Version(t.Context())
		if err := takeBack(t, s, 6, pack.Run); !fault.Is(err, fault.Conflict) {
			t.Errorf("a country was taken back: %v", err)
		}
		if after, _ := s.Version(t.Context()); after != before {
			t.Error("a refusal wrote something")
		}
	})
}

// words are the standing figures on a day without what names their history.
func words(t testing.TB, s *Store, on period.Date) []string {
	var out []string
	for _, f := range list(t, s, Query{At: At{AsOf: on}}) {
		out = append(out, fmt.Sprint(f.Place, f.Period, f.Value, f.Document, f.Locator))
	}
	slices.Sort(out)
	return out
}

// After withdrawals in any order, everything is on every day as if the runs had
// never been.
func TestTakenBackIsAsIfNeverSaid(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		with, without := open(t, fresh(t)), open(t, fresh(t))
		hurry(t, with, without)
		rapid.Check(t, func(rt *rapid.T) {
			value := 0
			var h history
			for range rapid.IntRange(1, 6).Draw(rt, "runs") {
				var figures []ledger.Figure
				for range rapid.IntRange(1, 3).Draw(rt, "figures") {
					value++
					changes := []change{}
					if d := rapid.IntRange(0, 4).Draw(rt, "day"); d > 0 {
						changes = append(changes, published(fmt.Sprintf("2026-01-0%d", d)))
					}
					if rapid.Bool().Draw(rt, "in a document") {
						changes = append(changes, document("speech"), line(rapid.IntRange(1, 2).Draw(rt, "line"), 0, 1))
					}
					figures = append(figures, beds(rapid.SampledFrom([]string{"KZ", "KZ-35"}).Draw(rt, "place"), "2025", fmt.Sprint(value), changes...))
				}
				h = append(h, figures)
			}
			clean(t, with)
			clean(t, without)
			var runs []ledger.RunID
			for i, figures := range h {
				got, err := with.Commit(t.Context(), ledger.Batch{Run: run(i), Figures: figures})
				if err != nil {
					rt.Fatal(err)
				}
				runs = append(runs, got.Run)
			}
			gone := rapid.SliceOfNDistinct(rapid.IntRange(0, len(h)-1), 1, len(h), rapid.ID).Draw(rt, "taken back")
			for k, i := range gone {
				if err := takeBack(t, with, 100+k, runs[i]); err != nil {
					rt.Fatal(err)
				}
			}
			for i, figures := range h {
				if !slices.Contains(gone, i) {
					if _, err := without.Commit(t.Context(), ledger.Batch{Run: run(i), Figures: figures}); err != nil {
						rt.Fatal(err)
					}
				}
			}
			for on := *day("2025-12-31"); on <= *day("2026-01-05"); on++ {
				if diff := cmp.Diff(words(t, without, on), words(t, with, on)); diff != "" {
					rt.Fatalf("as of %s: (-never said +taken back)\n%s", on, diff)
				}
			}
		})
	})
}
