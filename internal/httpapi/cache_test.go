package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
)

// stated is a reader of which only the state matters.
type stated struct {
	Reader
	state string
	err   error
}

func (s *stated) State(context.Context) (string, error) { return s.state, s.err }
func (s *stated) Ping(context.Context) error            { return s.err }

func ask(h http.Handler, method, path string, head ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// memory returns a cached handler that answers with its count of calls.
func memory(s *stated, status int, body string) (http.Handler, *int) {
	n := 0
	return cached(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, fmt.Sprintf("%d %s %s", n, r.URL.Path, body))
	}), Options{Reader: s, Log: slog.New(slog.DiscardHandler)}), &n
}

func TestCacheAnswersAgainUntilSomethingIsWritten(t *testing.T) {
	s := &stated{state: "1"}
	h, n := memory(s, 200, strings.Repeat("x", 5000))
	first := ask(h, "GET", "/api/board")
	tag := first.Header().Get("ETag")
	for name, w := range map[string]*httptest.ResponseRecorder{"again": ask(h, "GET", "/api/board"), "packed": ask(h, "GET", "/api/board", "Accept-Encoding", "gzip"), "head": ask(h, "HEAD", "/api/board")} {
		if *n != 1 || w.Header().Get("ETag") != tag || w.Code != 200 {
			t.Errorf("%s: call %d, %v", name, *n, w.Header())
		}
		if length := w.Header().Get("Content-Length"); name == "head" && (w.Body.Len() > 0 || length != fmt.Sprint(first.Body.Len())) {
			t.Errorf("HEAD: %d bytes, length %s", w.Body.Len(), length)
		}
	}
	if w := ask(h, "GET", "/api/board", "If-None-Match", `W/`+tag); w.Code != 304 || w.Body.Len() > 0 || w.Header().Get("Vary") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	s.state = "2"
	if w := ask(h, "GET", "/api/board", "If-None-Match", tag); w.Code != 200 || *n != 2 || w.Header().Get("ETag") == tag {
		t.Errorf("after a write: %d, call %d", w.Code, *n)
	}
}

// No answer is given to another question that only looks like it.
func TestCacheTellsQuestionsApart(t *testing.T) {
	h, n := memory(&stated{state: "1"}, 200, "")
	paths := []string{"/api/documents/a%2Fb", "/api/documents/a/b", "/api/documents/a", "/api/documents/a?as_of=2026-01-01", "/api/documents/a?as_of=2026-01-02", "/api/documents/a%3Fas_of=2026-01-01", "/api/documents/a%0Ab"}
	seen := map[string]bool{}
	for _, p := range paths {
		seen[ask(h, "GET", p).Header().Get("ETag")] = true
	}
	if len(seen) != len(paths) || *n != len(paths) {
		t.Errorf("%d answers to %d questions", len(seen), len(paths))
	}
}

// What is not for everybody is asked anew each time, and no memory on the way
// keeps it.
func TestPrivateAnswersAreNotKept(t *testing.T) {
	h, n := memory(&stated{state: "1"}, 200, "")
	for _, path := range []string{"/api/session", "/api/submissions", "/api/accounts/u_1", "/api/boards", "/api/board-x/1", "/api/asks.csv"} {
		before := *n
		for range 2 {
			if w := ask(h, "GET", path); w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %v", path, w.Header())
			}
		}
		if *n != before+2 {
			t.Errorf("%s: %d calls", path, *n-before)
		}
	}
}

func TestFailuresAreNotKept(t *testing.T) {
	s := &stated{state: "1"}
	h, n := memory(s, 404, "")
	for range 2 {
		if w := ask(h, "GET", "/api/board"); w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Error(w.Header())
		}
	}
	if *n != 2 {
		t.Errorf("%d calls", *n)
	}
	s.err = fault.New(fault.Unavailable, "", "", "the database went away: try again when it runs")
	if w := ask(h, "GET", "/api/board"); w.Code != 503 || !strings.Contains(w.Body.String(), "try again") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// Who writes on the ground of an answer is told when it has changed since.
func TestIfMatch(t *testing.T) {
	s := &stated{state: "1"}
	h, n := memory(s, 200, "")
	tag := ask(h, "GET", "/api/documents/a").Header().Get("ETag")
	for name, tc := range map[string]struct {
		state, match string
		status       int
	}{
		"unchanged": {"1", tag, 200}, "changed": {"2", tag, 412}, "any": {"2", "*", 200}, "none": {"2", "", 200}, "nonsense": {"1", `"x"`, 412},
	} {
		s.state = tc.state
		before := *n
		w := ask(h, "POST", "/api/entries", "If-Match", tc.match)
		if w.Code != tc.status || (*n == before) != (tc.status == 412) {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
}

func TestNegotiate(t *testing.T) {
	for _, tc := range []struct{ path, accept, want string }{
		{"/api/figures", "", "/api/figures"}, {"/api/figures", "text/csv", "/api/figures.csv"}, {"/api/map", xlsxType + ";q=0.9, */*", "/api/map.xlsx"},
		{"/api/figures", "application/json, text/csv", "/api/figures"}, {"/api/figures", "text/html,*/*", "/api/figures"}, {"/api/figures.json", "", "/api/figures"},
		{"/api/board", "text/csv", "/api/board"}, {"/api/places/KZ-35", "text/csv", "/api/places/KZ-35"}, {"/api/figures.csv", xlsxType, "/api/figures.csv"},
		{"/api/documents/a.json", "", "/api/documents/a.json"}, {"/api/openapi.json", "", "/api/openapi.json"}, {"/api/promises/C7p.json", "", "/api/promises/C7p"},
	} {
		r := httptest.NewRequest("GET", tc.path, nil)
		r.Header.Set("Accept", tc.accept)
		if negotiate(r); r.URL.Path != tc.want {
			t.Errorf("%s %q: %s, want %s", tc.path, tc.accept, r.URL.Path, tc.want)
		}
	}
}

// A long answer goes out as it is made, whole and byte for byte.
func TestLongAnswersStream(t *testing.T) {
	line := strings.Repeat("0123456789", 10) + "\n"
	const lines = 3 * maxCached / 101
	held := 0
	h := cached(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", csvType)
		for range lines {
			if _, err := io.WriteString(w, line); err != nil {
				t.Error(err)
			}
			held = max(held, w.(*recorder).body.Len())
		}
	}), Options{Reader: &stated{state: "1"}})
	for range 2 {
		w := ask(h, "GET", "/api/figures.csv")
		if w.Code != 200 || w.Body.String() != strings.Repeat(line, lines) || w.Header().Get("ETag") != "" {
			t.Errorf("%d, %d bytes, %v", w.Code, w.Body.Len(), w.Header())
		}
	}
	if held > maxCached {
		t.Errorf("%d bytes were held", held)
	}
}

func TestCacheIsBounded(t *testing.T) {
	c := newCache()
	for i := range 40 {
		c.put(fmt.Sprint(i), &answered{body: make([]byte, maxCached)})
	}
	if c.size > maxCache || c.get("39") == nil || c.get("0") != nil || len(c.items) != c.order.Len() {
		t.Errorf("%d bytes in %d answers", c.size, len(c.items))
	}
}

// A table that fails at its end is a problem when nothing went out, and broken
// off when half of it did.
func TestTableThatFails(t *testing.T) {
	broken := errors.New("broken")
	for name, size := range map[string]int{"short": 100, "long": 2 * maxCached} {
		tb := table{path: "/api/map", write: func(_ context.Context, _ query, _ sheet.Format, w io.Writer) error {
			if _, err := w.Write(make([]byte, size)); err != nil {
				return err
			}
			return broken
		}}
		h := cached(tb.handler(slog.New(slog.DiscardHandler), "csv", csvType), Options{Reader: &stated{state: "1"}})
		try := func(tablePath string) {
			defer func() {
				if p := recover(); (p == http.ErrAbortHandler) != (name == "long") {
					t.Errorf("%s: panic %v", name, p)
				}
			}()
			w := ask(h, "GET", tablePath)
			if w.Code != 500 || w.Header().Get("Content-Disposition") != "" || !strings.Contains(w.Body.String(), `"internal"`) {
				t.Errorf("%s: %d %v", name, w.Code, w.Header())
			}
		}
		try("/api/map.csv")
		try("/api/private.csv")
	}
}

func TestLongPrivateAnswersArePacked(t *testing.T) {
	h, n := memory(&stated{state: "1"}, 200, strings.Repeat("x", 5000))
	w := ask(h, "GET", "/api/access/network", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || w.Header().Get("Cache-Control") != "no-store" || w.Body.Len() > 500 {
		t.Errorf("%d bytes, %v", w.Body.Len(), w.Header())
	}
	if w := ask(h, "GET", "/api/access/network"); w.Header().Get("Content-Encoding") != "" || w.Body.Len() < 5000 || *n != 2 {
		t.Errorf("who cannot unpack gets it as it is: %v, call %d", w.Header(), *n)
	}
}
