package store

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

func TestJournalTellsWhatWasTamperedWith(t *testing.T) {
	cases := []struct{ name, sql, want string }{
		{"a changed word", `UPDATE journal SET subject = 'another.csv' WHERE seq = 2`, "entry 2 was changed"},
		{"a changed time", `UPDATE journal SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 3`, "entry 3 was changed"},
		{"a time that is none", `UPDATE journal SET at = 'yesterday' WHERE seq = 3`, "time of entry 3"},
		{"a removed entry", `DELETE FROM journal WHERE seq = 2`, "entry 2 is missing"},
		{"a replaced entry", `UPDATE journal SET prev = 'x' WHERE seq = 4`, "entry 4 does not follow"},
		{"the end cut off", `DELETE FROM journal WHERE seq = 4`, "its end is missing"},
		{"all of it cut off", `DELETE FROM journal`, "its end is missing"},
		{"the head forgotten", `DELETE FROM chain`, "its end is missing"},
	}
	both(t, func(t *testing.T, fresh address) {
		for _, tc := range cases {
			s := open(t, fresh(t))
			hurry(t, s)
			for n := range 4 {
				commit(t, s, n, beds("KZ", fmt.Sprint(2020+n), "1"))
			}
			if n, head, err := s.VerifyJournal(t.Context()); err != nil || n != 4 || len(head) != 64 {
				t.Fatalf("untouched: %d entries, head %q, %v", n, head, err)
			}
			if _, err := s.write.Exec(tc.sql); err != nil {
				t.Fatal(err)
			}
			_, _, err := s.VerifyJournal(t.Context())
			if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
			}
		}
	})
}

func TestTimeDoesNotRunBackwards(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		commit(t, s, 10, beds("KZ", "2024", "1"))
		commit(t, s, 5, beds("KZ", "2025", "2")) // the clock of the server was set back
		f, err := s.Figure(t.Context(), beds("KZ", "2025", "2").ID, Everything)
		if err != nil || !f.Recorded.Equal(run(10).Recorded) {
			t.Errorf("recorded at %v, %v", f.Recorded, err)
		}
		for minutes, want := range map[int]int64{9: -1, 10: 2, 11: 2} {
			if seq, err := s.SeqAt(t.Context(), run(minutes).Recorded); err != nil || seq != want {
				t.Errorf("after %d minutes the database held run %d, want %d (%v)", minutes, seq, want, err)
			}
		}
		if n := len(list(t, s, all(At{AsOf: Everything.AsOf, Seq: -1}))); n != 0 {
			t.Errorf("%d figures before the first run", n)
		}
	})
}

func TestRunIsNamedByWhatItBrought(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		got, err := s.Commit(t.Context(), ledger.Batch{Run: run(3), Figures: []ledger.Figure{beds("KZ", "2024", "1")}})
		if err != nil {
			t.Fatal(err)
		}
		f := list(t, s, all(Everything))[0]
		if f.Run != got.Run || !f.Recorded.Equal(run(3).Recorded) {
			t.Errorf("the figure names run %v at %v", f.Run, f.Recorded)
		}
	})
}
