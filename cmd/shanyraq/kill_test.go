package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
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
	url    atomic.Pointer[string] // nil while there is no server
	stop   atomic.Bool
	wait   sync.WaitGroup
	files  string         // folder of evidence
	people []*http.Client // who is signed in: who writes, and who approve in turn

	author string // account of the first of them, where it is told something

	mu       sync.Mutex
	done     map[string][]string // acknowledged ids, by kind
	revoking map[string]bool     // tokens whose revocation was sent
	claimed  map[string]bool     // notifications that somebody marks
	bad      []string            // answers that should not be
}

// wrote is one act of a writer that can be sent again as it is.
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

// simple takes the n-th act of a writer.
func simple(c *crowd, writer, n int) {
	w := nth(writer, n)
	head := []string{"Idempotency-Key", w.key}
	if w.kind == "file" {
		head = append(head, "Content-Type", "application/octet-stream")
	}
	r := c.send(c.people[0], "POST", w.path, w.body, head...)
	if c.well(r, w.path) {
		c.took(w.kind, w.id(r.body))
	}
}

// outcome is what came back, at last, to something that was sent.
type outcome struct {
	status int // 0: the crowd ended before
	body   []byte
	doubt  bool // it was sent before, and nobody knows what became of that
}

// send sends until there is an answer.
func (c *crowd) send(client *http.Client, method, path, body string, head ...string) outcome {
	var out outcome
	for !c.stop.Load() {
		if url := c.url.Load(); url != nil {
			var err error
			if out.status, out.body, err = sendOnce(client, method, *url+path, body, head); err == nil && out.status < 500 {
				return out
			}
			if out.status >= 500 && out.status != http.StatusBadGateway { // that is the balancer's
				c.wrong("%s %s: %d %.300s", method, path, out.status, out.body)
			}
			out.doubt = true
			client.CloseIdleConnections()
		}
		time.Sleep(5 * time.Millisecond)
	}
	return outcome{}
}

func sendOnce(client *http.Client, method, url, body string, head []string) (int, []byte, error) {
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Sec-Fetch-Site", "same-origin") // as a page of the server does
	for i := 0; i+1 < len(head); i += 2 {
		req.Header.Set(head[i], head[i+1])
	}
	res, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// well reports whether it was done, and notes an answer that should not be.
func (c *crowd) well(r outcome, what string) bool {
	if r.status >= 300 {
		c.wrong("%s: %d %.300s", what, r.status, r.body)
	}
	return r.status != 0 && r.status < 300
}

func (c *crowd) wrong(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bad = append(c.bad, fmt.Sprintf(format, args...))
}

// took notes what was acknowledged.
func (c *crowd) took(kind, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done[kind] = append(c.done[kind], id)
}

// gather starts the writers, nobody in particular or who is signed in.
func gather(t *testing.T, writers int, act func(c *crowd, writer, n int), as ...*http.Client) *crowd {
	t.Helper()
	c := &crowd{done: map[string][]string{}, revoking: map[string]bool{}, claimed: map[string]bool{}, files: filepath.Join(t.TempDir(), "files"), people: as}
	for w := range writers {
		c.wait.Go(func() {
			for n := 0; !c.stop.Load(); n++ {
				act(c, w, n)
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

// counts says how many of each kind were acknowledged.
func (c *crowd) counts() string {
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(c.done)) {
		out = append(out, fmt.Sprintf("%d %s", len(c.done[kind]), kind))
	}
	return strings.Join(out, ", ")
}

// check opens the database and looks for everything that was acknowledged.
func (c *crowd) check(t *testing.T, db string) {
	t.Helper()
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := s.VerifyChains(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, answer := range c.bad {
		t.Errorf("refused: %s", answer)
	}
	c.bad = nil
	for kind, ids := range c.done {
		seen := map[string]bool{}
		for _, id := range ids {
			if seen[id] {
				t.Errorf("%s %s was acknowledged twice as new", kind, id)
			}
			seen[id] = true
		}
	}
	for _, id := range c.done["figure"] {
		f, err := ledger.ParseFigureID(id)
		if err == nil {
			_, err = s.Figure(t.Context(), f, store.Everything)
		}
		if err != nil {
			t.Errorf("figure %s was acknowledged and is not there: %v", id, err)
		}
	}
	for _, kind := range []string{"comment", "file"} {
		c.once(t, kind, items(t, s, kind))
	}
	c.checkWays(t, s)
}

// checkFiles reads every content back.
func (c *crowd) checkFiles(t *testing.T, db string) {
	t.Helper()
	if code, _, errs := shanyraq(t, "--db", db, "--files", c.files, "files", "verify"); code != exitDone {
		t.Errorf("files: %s", errs)
	}
}

// items returns everything of a kind on the desk.
func items(t *testing.T, s *store.Store, kind string) map[string]store.Item {
	t.Helper()
	out := map[string]store.Item{}
	for q := (store.ItemQuery{Kind: kind}); ; {
		list, next, err := s.Items(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range list {
			out[it.ID] = it
		}
		if q.After = next; next == "" {
			return out
		}
	}
}

// once looks for each acknowledged item of a kind, and for their versions:
// written twice, a thing would have two.
func (c *crowd) once(t *testing.T, kind string, there map[string]store.Item) {
	t.Helper()
	ids := c.done[kind]
	for _, id := range ids {
		if _, ok := there[id]; !ok {
			t.Errorf("%s %s was acknowledged and is not there", kind, id)
		}
	}
	for id, it := range there {
		if it.Version != 1 {
			t.Errorf("%s %s was written %d times", kind, id, it.Version)
		}
	}
	if n := len(there); n > len(ids)+killWriters {
		t.Errorf("%d of %s are there, %d were acknowledged", n, kind, len(ids))
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

// A server is killed again and again while eight write. After each start every
// write that was acknowledged is there once, and the journal is intact.
func TestKillServerUnderWriters(t *testing.T) {
	for name, tc := range map[string]struct {
		db     string
		rounds int
	}{"sqlite": {loaded(t), rounds()}, "postgres": {onPostgres(t), max(1, rounds()/4)}} {
		t.Run(name, func(t *testing.T) {
			talked(t, tc.db)
			p, url := serving(t, tc.db)
			promises, people := promised(t, url), persons(t, tc.db, url)
			c := gather(t, killWriters, everything(promises), people...)
			c.author = whoami(t, people[0], url)
			p.kill()
			defer c.end()
			for range tc.rounds {
				before := c.count()
				p, url := serving(t, tc.db, "--files", c.files)
				c.check(t, tc.db)
				c.url.Store(&url)
				for end := time.Now().Add(20 * time.Second); c.count() == before && time.Now().Before(end); {
					time.Sleep(time.Millisecond)
				}
				time.Sleep(time.Duration(rand.IntN(800_000)) * time.Microsecond)
				p.kill()
				c.url.Store(nil)
			}
			c.end()
			c.check(t, tc.db)
			c.checkFiles(t, tc.db)
			if c.count() < tc.rounds {
				t.Errorf("only %d writes were acknowledged: the test proves nothing", c.count())
			}
			t.Logf("%d kills, acknowledged: %s", tc.rounds, c.counts())
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
