package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/pgtest"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
)

const (
	killWriters = 8
	killRounds  = 20 // SHANYRAQ_SOAK=n for more
	killNote    = "note.txt"
)

func rounds() int {
	if n, err := strconv.Atoi(os.Getenv("SHANYRAQ_SOAK")); err == nil {
		return n
	}
	return killRounds
}

// crowd is writers who know no more of the server than an address: what is not
// answered they send again, under the same id.
type crowd struct {
	url   atomic.Pointer[string] // nil while there is no server
	stop  atomic.Bool
	wait  sync.WaitGroup
	files string // folder of evidence

	mu   sync.Mutex
	done map[string][]string // acknowledged ids, by kind
	bad  []string            // answers that should not be
}

// wrote is one act of a writer.
type wrote struct {
	kind, path, key, body string
	id                    func(answer []byte) string // of what was written
}

func given(id string) func([]byte) string { return func([]byte) string { return id } }

// nth is the n-th act of a writer: entries of figures, comments and files, in
// turn. n goes on from run to run.
func nth(writer, n int) wrote {
	id := fmt.Sprintf("writer-%d-%06d", writer, n)
	switch n % 3 {
	case 0:
		body := fmt.Sprintf(`{"act":"figure","document":%q,"line":2,"from":8,"to":15,"measure":"beds.new","place":"KZ-35","period":"2026","value":"%d","qualifier":"="}`, killNote, 1000+8*n+writer)
		return wrote{"figure", "/api/entries", id, body, func(b []byte) string {
			var got struct{ Figure string }
			_ = json.Unmarshal(b, &got) // "" is missed later
			return got.Figure
		}}
	case 1:
		return wrote{"comment", "/api/comments", id, fmt.Sprintf(`{"id":%q,"about":"promise:C7p","text":"number %d"}`, id, n), given(id)}
	}
	return wrote{"file", "/api/files?name=" + id + ".txt&about=C7p", id, "What " + id + " saw at the site.\n", func(b []byte) string {
		var got struct{ ID string }
		_ = json.Unmarshal(b, &got) // "" is missed later
		return got.ID
	}}
}

// send sends an act once. It returns false when nobody knows what became of it.
func (c *crowd) send(client *http.Client, w wrote) bool {
	url := c.url.Load()
	if url == nil {
		return false
	}
	req, err := http.NewRequest("POST", *url+w.path, strings.NewReader(w.body))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	if w.kind == "file" {
		req.Header.Set("Content-Type", "application/octet-stream")
	}
	req.Header.Set("Idempotency-Key", w.key)
	req.Header.Set("Sec-Fetch-Site", "same-origin") // as a page of the server does
	res, err := client.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 500 {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if res.StatusCode >= 300 {
		c.bad = append(c.bad, fmt.Sprintf("%s: %d %s", w.path, res.StatusCode, body))
		return true
	}
	c.done[w.kind] = append(c.done[w.kind], w.id(body))
	return true
}

// gather starts the writers, nobody in particular or who is signed in.
func gather(t *testing.T, writers int, act func(writer, n int) wrote, as ...*http.Client) *crowd {
	t.Helper()
	c := &crowd{done: map[string][]string{}, files: filepath.Join(t.TempDir(), "files")}
	for w := range writers {
		c.wait.Go(func() {
			client := &http.Client{Timeout: 30 * time.Second}
			if len(as) > 0 {
				client = as[0]
			}
			for n := 0; !c.stop.Load(); n++ {
				for x := act(w, n); !c.send(client, x); time.Sleep(5 * time.Millisecond) {
					client.CloseIdleConnections()
					if c.stop.Load() {
						return
					}
				}
			}
		})
	}
	return c
}

func (c *crowd) end() {
	c.stop.Store(true)
	c.wait.Wait()
}

func (c *crowd) count() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ids := range c.done {
		n += len(ids)
	}
	return n
}

// check opens the database and looks for everything that was acknowledged.
func (c *crowd) check(t *testing.T, db string) {
	t.Helper()
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.VerifyChains(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, answer := range c.bad {
		t.Errorf("refused: %s", answer)
	}
	for kind, ids := range c.done {
		seen := map[string]bool{}
		for _, id := range ids {
			if seen[id] {
				t.Errorf("%s %s was acknowledged twice as new", kind, id)
			}
			seen[id] = true
			if err := there(t.Context(), s, kind, id); err != nil {
				t.Errorf("%s %s was acknowledged and is not there: %v", kind, id, err)
			}
		}
	}
	for _, kind := range []string{"comment", "file"} {
		once(t, s, kind, len(c.done[kind]))
	}
	if code, _, errs := shanyraq(t, "--db", db, "--files", c.files, "files", "verify"); code != exitDone {
		t.Errorf("files: %s", errs)
	}
}

func there(ctx context.Context, s *store.Store, kind, id string) error {
	if kind != "figure" {
		_, err := s.Item(ctx, kind, id)
		return err
	}
	f, err := ledger.ParseFigureID(id)
	if err == nil {
		_, err = s.Figure(ctx, f, store.Everything)
	}
	return err
}

// once compares the versions of the items of a kind with their number: written
// twice, a thing would have two.
func once(t *testing.T, s *store.Store, kind string, acknowledged int) {
	t.Helper()
	n := 0
	for q := (store.ItemQuery{Kind: kind}); ; {
		list, next, err := s.Items(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range list {
			if n++; it.Version != 1 {
				t.Errorf("%s %s was written %d times", kind, it.ID, it.Version)
			}
		}
		if q.After = next; next == "" {
			break
		}
	}
	if n < acknowledged || n > acknowledged+killWriters {
		t.Errorf("%d of %s are there, %d were acknowledged", n, kind, acknowledged)
	}
}

// talked brings in a document of which figures are recorded.
func talked(t *testing.T, db string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), killNote)
	if err := os.WriteFile(file, []byte("Центр в Балхаше\nОткрыто 12 коек до 2027-03-31\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := shanyraq(t, "--db", db, "import", "document", file, "--title", "Заметка", "--published", "2026-05-01", "--language", "ru"); code != exitDone {
		t.Fatal(errs)
	}
}

// A server is killed again and again while eight write. Every write that was
// acknowledged is there once, and the journal is intact.
func TestKillServerUnderWriters(t *testing.T) {
	for name, tc := range map[string]struct {
		db     string
		rounds int
	}{"sqlite": {loaded(t), rounds()}, "postgres": {onPostgres(t), max(1, rounds()/4)}} {
		t.Run(name, func(t *testing.T) {
			talked(t, tc.db)
			c := gather(t, killWriters, nth)
			defer c.end()
			for range tc.rounds {
				before := c.count()
				p, url := serving(t, tc.db, "--files", c.files)
				c.url.Store(&url)
				for end := time.Now().Add(20 * time.Second); c.count() == before && time.Now().Before(end); {
					time.Sleep(time.Millisecond)
				}
				time.Sleep(time.Duration(rand.IntN(400_000)) * time.Microsecond)
				p.kill()
				c.url.Store(nil)
			}
			c.end()
			c.check(t, tc.db)
			if c.count() < tc.rounds {
				t.Errorf("only %d writes were acknowledged: the test proves nothing", c.count())
			}
			t.Logf("%d kills, acknowledged: %d figures, %d comments, %d files", tc.rounds, len(c.done["figure"]), len(c.done["comment"]), len(c.done["file"]))
		})
	}
}

func freshPostgres(t *testing.T) string { return pgtest.DSN(t) }

// onPostgres is a PostgreSQL database with Kazakhstan in it.
func onPostgres(t *testing.T) string {
	t.Helper()
	db := pgtest.DSN(t)
	if code, _, errs := shanyraq(t, "--db", db, "demo"); code != exitDone {
		t.Fatal(errs)
	}
	return db
}
