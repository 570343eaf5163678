package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// served starts the server on a free port and returns its address.
func served(t *testing.T, db string, more ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"--db", db, "--quiet", "serve", "--listen", "127.0.0.1:0"}, more...), strings.NewReader(""), w, io.Discard)
		w.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-done; code != exitDone {
			t.Errorf("the server ended with %d", code)
		}
	})
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, r)
	return strings.TrimSuffix(strings.TrimSpace(line), "/")
}

type reply struct {
	status int
	head   http.Header
	body   []byte
}

func call(t *testing.T, method, url, body string, head ...string) reply {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(head); i += 2 {
		if head[i] == "Host" {
			req.Host = head[i+1]
		}
		req.Header.Set(head[i], head[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, b}
}

func TestAPIAnswers(t *testing.T) {
	url := served(t, loaded(t))
	for path, status := range map[string]int{
		"/api/board": 200, "/api/board?as_of=2026-11-23&theme=beds": 200, "/api/promises": 200, "/api/promises.csv": 200, "/api/promises.xlsx": 200, "/api/promises.json": 200, "/api/promises/C7p": 200,
		"/api/questions?state=open": 200, "/api/figures?measure=population.total&limit=5": 200, "/api/places/KZ-35": 200, "/api/map?measure=population.total": 200, "/api/series?measure=population.total": 200,
		"/api/boundaries/regions": 200, "/api/documents": 200, "/api/documents/000_941eba2bb15306b6.txt": 200, "/api/search?q=Balqash": 200, "/api/vocabulary": 200, "/api/about": 200, "/api/session": 200,
		"/api/openapi.json": 200, "/healthz": 200, "/readyz": 200, "/metrics": 200, "/": 200, "/kk/promises/C7p": 200, "/ru/documents/000_941eba2bb15306b6.txt": 200,
		"/api/nothing": 404, "/api/promises/ZZZ": 404, "/api/places/XX": 404, "/api/documents/none.txt": 404, "/api/figures/abc": 422, "/api/board?as_of=soon": 422, "/api/board?due=soon": 422,
		"/api/figures?period=never": 422, "/api/figures?cursor=x": 422, "/api/map": 422, "/api/map.csv": 422, "/api/boundaries/moon": 404, "/assets/none.js": 404, "/favicon.png": 404, "/api": 404,
		"/api/figures?limit=100000": 422, "/api/search?q=" + strings.Repeat("a", 300): 422,
	} {
		got := call(t, "GET", url+path, "")
		if got.status != status {
			t.Errorf("%s: %d, want %d: %.200s", path, got.status, status, got.body)
		}
		if status >= 400 && strings.HasPrefix(path, "/api") {
			var p struct{ Code, Title string }
			if err := json.Unmarshal(got.body, &p); err != nil || p.Code == "" || got.head.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s is not answered as a problem: %.200s", path, got.body)
			}
			if bytes.Contains(got.body, []byte("soon")) || bytes.Contains(got.body, []byte("aaaa")) {
				t.Errorf("%s repeats what was sent: %s", path, got.body)
			}
		}
		for _, h := range []string{"Content-Security-Policy", "X-Content-Type-Options", "X-Request-Id"} {
			if got.head.Get(h) == "" {
				t.Errorf("%s has no header %s", path, h)
			}
		}
	}
	if got := call(t, "DELETE", url+"/api/board", ""); got.status != 405 {
		t.Errorf("DELETE: %d", got.status)
	}
}

func TestUnchangedAnswersAre304(t *testing.T) {
	url := served(t, loaded(t))
	first := call(t, "GET", url+"/api/board", "")
	tag := first.head.Get("ETag")
	if tag == "" {
		t.Fatal("no ETag")
	}
	if got := call(t, "GET", url+"/api/board", "", "If-None-Match", tag); got.status != 304 || len(got.body) != 0 {
		t.Errorf("%d with %d bytes", got.status, len(got.body))
	}
	if again := call(t, "GET", url+"/api/board", ""); !bytes.Equal(first.body, again.body) {
		t.Error("the answer from memory differs")
	}
	if got := call(t, "GET", url+"/api/questions", "", "Accept", "text/csv"); !strings.HasPrefix(got.head.Get("Content-Type"), "text/csv") {
		t.Errorf("Accept: %s", got.head.Get("Content-Type"))
	}
}

// An editor brings in a text, marks a sentence and records what it says; the
// same entry sent twice is there once.
func TestEditor(t *testing.T) {
	db := loaded(t)
	file := filepath.Join(t.TempDir(), "note.txt")
	if err := os.WriteFile(file, []byte("Центр в Балхаше\nОткрыто 12 коек до 2027-03-31\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := shanyraq(t, "--db", db, "import", "document", file, "--title", "Заметка", "--published", "2026-05-01", "--language", "ru"); code != exitDone {
		t.Fatal(errs)
	}
	url := served(t, db)
	entry := `{"act":"promise","document":"note.txt","line":2,"from":8,"to":15,"measure":"beds.new","place":"KZ-35","period":"2026","value":"12","qualifier":"=","deadline":"2027-03-31","title":{"en":"12 beds in Balkhash"}}`
	head := []string{"Content-Type", "application/json", "Idempotency-Key", "k1"}
	var first, second struct{ Promise, Figure string }
	for _, out := range []any{&first, &second} {
		got := call(t, "POST", url+"/api/entries", entry, head...)
		if got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if err := json.Unmarshal(got.body, out); err != nil {
			t.Fatal(err)
		}
	}
	if first.Promise == "" || first != second {
		t.Errorf("%+v %+v", first, second)
	}
	if got := call(t, "POST", url+"/api/entries", strings.Replace(entry, `"12"`, `"13"`, 1), head...); got.status != 409 {
		t.Errorf("another entry under the same key: %d", got.status)
	}
	move := `{"act":"move","document":"note.txt","line":2,"from":19,"to":29,"promise":"` + first.Promise + `","deadline":"2027-06-30"}`
	if got := call(t, "POST", url+"/api/entries", move, "Content-Type", "application/json"); got.status != 200 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	var page struct {
		Promise struct {
			Deadline, FirstDeadline string
			First                   string `json:"first_deadline"`
		}
		Moves []any
		Said  struct{ Text string }
	}
	got := call(t, "GET", url+"/api/promises/"+first.Promise, "")
	if err := json.Unmarshal(got.body, &page); err != nil {
		t.Fatal(err)
	}
	if page.Promise.Deadline != "2027-06-30" || page.Promise.First != "2027-03-31" || len(page.Moves) != 1 || !strings.Contains(page.Said.Text, "12 коек") {
		t.Errorf("%+v", page)
	}
	for name, body := range map[string]string{
		"no such document": strings.Replace(entry, "note.txt", "none.txt", 1), "no such line": strings.Replace(entry, `"line":2`, `"line":9`, 1), "unknown measure": strings.Replace(entry, "beds.new", "nope", 1),
		"unknown place": strings.Replace(entry, "KZ-35", "KZ-99", 1), "not a number": strings.Replace(entry, `"12"`, `"twelve"`, 1), "not a period": strings.Replace(entry, `"2026"`, `"soon"`, 1),
		"unknown field": strings.Replace(entry, `"act"`, `"id":"x","act"`, 1), "broken JSON": entry[:40], "no such day": strings.Replace(entry, "2027-03-31", "2027-02-31", 1), "unknown act": strings.Replace(entry, `"promise"`, `"burn"`, 1),
	} {
		if got := call(t, "POST", url+"/api/entries", body, "Content-Type", "application/json"); got.status < 400 || got.status >= 500 {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}

// Whoever is not the reader at this machine may not write, whatever the trick.
func TestForeignWritesAreRefused(t *testing.T) {
	url := served(t, loaded(t))
	entry := `{"act":"figure","document":"x","line":1,"from":0,"to":1}`
	for name, head := range map[string][]string{
		"another site":           {"Content-Type", "application/json", "Origin", "https://evil.example"},
		"cross-site fetch":       {"Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"},
		"another name of ours":   {"Content-Type", "application/json", "Host", "evil.example"},
		"a form of another site": {"Content-Type", "application/x-www-form-urlencoded", "Origin", "null"},
	} {
		if got := call(t, "POST", url+"/api/entries", entry, head...); got.status != 403 && got.status != 415 {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	if got := call(t, "PUT", url+"/api/documents/000_941eba2bb15306b6.txt/text", strings.Repeat("a", 9<<20), "Content-Type", "text/plain"); got.status != 413 {
		t.Errorf("an oversized text: %d", got.status)
	}
	if got := call(t, "GET", url+"/api/board", "", "Host", "evil.example"); got.status != 403 {
		t.Errorf("a foreign name: %d", got.status)
	}
}

func TestRateIsBounded(t *testing.T) {
	url := served(t, loaded(t), "--reads-per-second", "5")
	refused := 0
	for range 30 {
		if got := call(t, "GET", url+"/api/session", ""); got.status == 429 {
			refused++
		}
	}
	if refused == 0 {
		t.Error("thirty requests at once passed a bound of five a second")
	}
	if got := call(t, "GET", url+"/healthz", ""); got.status != 200 {
		t.Errorf("a busy server looks dead: %d", got.status)
	}
}
