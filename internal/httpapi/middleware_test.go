package httpapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

// described counts by the routes that the API has.
func described() *metrics {
	return newMetrics(register(http.NewServeMux(), Options{Log: slog.New(slog.DiscardHandler), Writer: noWriter{}}))
}

// watched puts a handler behind observed and returns what it logs and counts.
func watched(f http.HandlerFunc) (http.Handler, *bytes.Buffer, *metrics) {
	var log bytes.Buffer
	m := described()
	o := Options{Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	o.fill()
	return observed(f, o.Log, m, o.Now), &log, m
}

// A panic is answered, counted and found in the log by the id that the reader
// was told; when half an answer is out, the connection is broken off.
func TestPanics(t *testing.T) {
	h, log, _ := watched(func(http.ResponseWriter, *http.Request) { panic("broken") })
	w := ask(h, "GET", "/api/board")
	id := w.Header().Get("X-Request-Id")
	if w.Code != 500 || !strings.Contains(w.Body.String(), id) || !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "broken") || !strings.Contains(log.String(), `"status":500`) {
		t.Errorf("%d %s\n%s", w.Code, w.Body, log)
	}
	for name, f := range map[string]http.HandlerFunc{
		"half an answer": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "half"); panic("broken") },
		"broken off":     func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		h, log, _ := watched(f)
		func() {
			defer func() {
				if p := recover(); p != http.ErrAbortHandler {
					t.Errorf("%s: panic %v", name, p)
				}
			}()
			ask(h, "GET", "/api/board")
		}()
		if !strings.Contains(log.String(), `"msg":"request"`) {
			t.Errorf("%s is not in the log: %s", name, log)
		}
	}
}

// A log names the kind of request and nothing that somebody asked for.
func TestLogsHoldNoWords(t *testing.T) {
	for _, path := range []string{"/api/search?q=Ivanov", "/api/promises/Ivanov", "/Ivanov", "/api/Ivanov", "/api/figures/a/Ivanov"} {
		h, log, _ := watched(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) })
		ask(h, "GET", path)
		if log.Len() == 0 || strings.Contains(log.String(), "Ivanov") {
			t.Errorf("%s: %s", path, log)
		}
	}
}

func TestAddressesAreBounded(t *testing.T) {
	h, _, _ := watched(func(http.ResponseWriter, *http.Request) { t.Error("it was let through") })
	if w := ask(h, "GET", "/api/search?q="+strings.Repeat("a", maxRequestURI)); w.Code != http.StatusRequestURITooLong {
		t.Errorf("%d", w.Code)
	}
}

func TestHosts(t *testing.T) {
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) })
	for host, want := range map[string]int{"localhost": 200, "LOCALHOST:8080": 200, "a.localhost:1": 200, "127.0.0.1:8080": 200, "127.9.9.9": 200, "[::1]:8080": 200,
		"evil.example": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example": 403, "192.0.2.1": 403, "0.0.0.0": 403, "": 403} {
		for _, local := range []bool{true, false} {
			r := httptest.NewRequest("GET", "/", nil)
			r.Host = host
			w := httptest.NewRecorder()
			hosts(ok, local).ServeHTTP(w, r)
			if expect := map[bool]int{true: want, false: 200}[local]; w.Code != expect {
				t.Errorf("%q, only this machine %v: %d, want %d", host, local, w.Code, expect)
			}
		}
	}
	for method, want := range map[string]int{"GET": 200, "HEAD": 200, "POST": 403, "PUT": 403} {
		r := httptest.NewRequest(method, "/", nil)
		r.Host = "localhost"
		r.Header.Set("X-Forwarded-For", "192.0.2.1")
		w := httptest.NewRecorder()
		if hosts(ok, true).ServeHTTP(w, r); w.Code != want {
			t.Errorf("%s through a proxy: %d, want %d", method, w.Code, want)
		}
	}
}

// Every kind of fault has a status, a stable code and a sentence; what
// somebody sent and what is only for us stay here.
func TestProblems(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	for kind, want := range map[fault.Kind]int{fault.Invalid: 422, fault.NotFound: 404, fault.Conflict: 409, fault.Forbidden: 403, fault.TooLarge: 413, fault.Unavailable: 503, fault.Internal: 500, "new": 500} {
		err := fault.Wrap(fault.New(kind, "op", "Ivanov", "say what to do"), "outer", "Ivanov")
		p, ok := answer(context.Background(), log, err).(*Problem)
		if !ok || p.Status != want || p.Code == "" || strings.Contains(fmt.Sprint(*p), "Ivanov") || (kind != fault.Internal && p.Detail != "say what to do") {
			t.Errorf("%s: %+v", kind, p)
		}
	}
	for _, err := range []error{context.Canceled, fmt.Errorf("reading: %w", context.DeadlineExceeded)} {
		if p := answer(context.Background(), log, err).(*Problem); p.Status != 503 {
			t.Errorf("%v: %d", err, p.Status)
		}
	}
	if p := answer(context.Background(), log, errors.New("secret")).(*Problem); p.Status != 500 || strings.Contains(p.Detail, "secret") {
		t.Errorf("%+v", p)
	}
}

// Who asks whether the server lives is never told to wait, and whoever else
// asks too often is told how long.
func TestHealthIsNotLimited(t *testing.T) {
	h := New(Options{Reader: &stated{state: "1"}, ReadsPerSecond: 1, Administrator: true})
	refused := 0
	for range 5 {
		for _, path := range []string{"/healthz", "/readyz"} {
			if w := askLocal(h, path); w.Code != 200 {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		if w := askLocal(h, "/metrics"); w.Code == 429 {
			refused++
			if w.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		}
	}
	if refused == 0 {
		t.Error("five at once passed a bound of one a second")
	}
	h = New(Options{Reader: &stated{err: errors.New("away")}})
	if w := askLocal(h, "/readyz"); w.Code != 503 {
		t.Errorf("without a database: %d", w.Code)
	}
	if w := askLocal(h, "/healthz"); w.Code != 200 {
		t.Errorf("the program lives: %d", w.Code)
	}
}

func askLocal(h http.Handler, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", path, nil)
	r.Host = "localhost"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestRoutesAreFew(t *testing.T) {
	m := described()
	for path, want := range map[string]string{"/": "pages", "/kk/board": "pages", "/api": "/api", "/api/board": "/api/board", "/api/figures.csv": "/api/figures", "/api/x": "other", "/api/x/y": "other",
		"/api/figures/f1": "/api/figures/{id}", "/api/figures/f1/why": "/api/figures/{id}/..."} {
		if got := m.route(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
