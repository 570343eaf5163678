package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

// thirty notes thirty entries, three a minute, one in each chain but the main.
func thirty(t *testing.T, s *Store) {
	t.Helper()
	for i := range 30 {
		chain := []string{"desk", "read"}[i%2]
		e := actor.Entry{Actor: actor.ID(fmt.Sprint("u_", i%3)), At: noon.Add(time.Duration(i/3) * time.Minute), Op: []string{"save answer", "read draft"}[i%2], Subject: fmt.Sprint("s", i%5)}
		if err := s.Note(t.Context(), chain, e); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, s, 20, beds("KZ", "2025", "1"))
}

func TestJournalIsListed(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		thirty(t, s)
		for name, tc := range map[string]struct {
			q    JournalQuery
			want int
		}{
			"all":                    {JournalQuery{}, 31},
			"one chain":              {JournalQuery{Chains: []string{"read"}}, 15},
			"two chains":             {JournalQuery{Chains: []string{"read", "desk"}}, 30},
			"one actor":              {JournalQuery{Actor: "u_1"}, 10},
			"an op by its beginning": {JournalQuery{Op: "read"}, 15},
			"a subject":              {JournalQuery{Subject: "s4"}, 6},
			"nobody":                 {JournalQuery{Actor: "u_"}, 0},
			"the first two minutes":  {JournalQuery{Before: noon.Add(2 * time.Minute)}, 6},
			"from the ninth minute":  {JournalQuery{From: noon.Add(9 * time.Minute)}, 4},
			"all of it":              {JournalQuery{Chains: []string{"desk"}, Actor: "u_0", Op: "save", Subject: "s", From: noon, Before: noon.Add(time.Hour)}, 5},
		} {
			tc.q.Limit = 4
			seen := map[string]bool{}
			last := time.Time{}
			for {
				list, next, err := s.Journal(t.Context(), tc.q)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				for _, e := range list {
					key := fmt.Sprint(e.Chain, e.Seq)
					if seen[key] || !last.IsZero() && e.At.After(last) {
						t.Errorf("%s: entry %s twice or out of order", name, key)
					}
					seen[key], last = true, e.At
				}
				if next == "" {
					break
				}
				tc.q.After = next
			}
			if len(seen) != tc.want {
				t.Errorf("%s: %d entries, want %d", name, len(seen), tc.want)
			}
		}
		for _, cursor := range []string{"x", "2026~desk~1", "2026-11-24T07:00:00.000000Z~desk~x"} {
			if _, _, err := s.Journal(t.Context(), JournalQuery{After: cursor}); !fault.Is(err, fault.Invalid) {
				t.Errorf("cursor %q: %v", cursor, err)
			}
		}
	})
}

// What was published once proves that nothing before it was written anew, also
// when whoever did it computed every hash again.
func TestAnchorSeesARewrittenJournal(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		thirty(t, s)
		heads, err := s.Heads(t.Context())
		if err != nil || len(heads) != 3 {
			t.Fatalf("%v, %v", heads, err)
		}
		fifteen := func(subject string) []actor.Entry {
			var list []actor.Entry
			for i := range 15 {
				list = append(list, actor.Entry{Actor: "u_1", At: noon.Add(time.Duration(i) * time.Minute), Op: "read draft", Subject: subject})
			}
			return list
		}
		if err := s.NoteAll(t.Context(), "read", fifteen("later")); err != nil {
			t.Fatal(err)
		}
		if err := s.CheckAnchor(t.Context(), heads); err != nil {
			t.Errorf("it only grew: %v", err)
		}
		for _, text := range []string{`DELETE FROM journal WHERE chain = 'read'`, `UPDATE chain SET seq = 0, hash = '' WHERE name = 'read'`} {
			if _, err := s.write.Exec(text); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.NoteAll(t.Context(), "read", append(fifteen("forged"), fifteen("forged")...)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.VerifyChains(t.Context()); err != nil {
			t.Errorf("a forged journal is whole in itself: %v", err)
		}
		if err := s.CheckAnchor(t.Context(), heads); !fault.Is(err, fault.Conflict) {
			t.Errorf("the anchor did not notice: %v", err)
		}
	})
}

func TestEveryChainIsVerified(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		for name, tc := range map[string]struct{ sql string }{
			"an entry of the desk":   {`UPDATE journal SET actor = 'u_9' WHERE chain = 'desk' AND seq = 7`},
			"an entry of a read":     {`DELETE FROM journal WHERE chain = 'read' AND seq = 3`},
			"the end of a chain":     {`DELETE FROM chain WHERE name = 'read'`},
			"a chain and its end":    {`DELETE FROM journal WHERE chain = 'read'`},
			"a chain of its own":     {`UPDATE journal SET chain = 'other' WHERE chain = 'read'`},
			"a foreign chain beside": {`INSERT INTO journal (chain, seq, at, actor, op, subject, detail, prev, hash) VALUES ('zzz', 1, '', '', '', '', '', '', '')`},
		} {
			s := open(t, fresh(t))
			thirty(t, s)
			if heads, err := s.VerifyChains(t.Context()); err != nil || len(heads) != 3 {
				t.Fatalf("untouched: %v, %v", heads, err)
			}
			if _, err := s.write.Exec(tc.sql); err != nil {
				t.Fatal(err)
			}
			if _, err := s.VerifyChains(t.Context()); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
