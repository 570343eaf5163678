package httpapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

const (
	defaultReads  = 400     // requests a second and address
	maxRequestURI = 8 << 10 // bytes
	// policy lets nothing in from elsewhere. Styles are inline in charts.
	policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)

type requestKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// chain puts around the routes what holds for every request.
func chain(next http.Handler, o Options, m *metrics) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, http.StatusForbidden, "this request comes from another site: write from the pages of this server or without a browser")
	}))
	reads := o.ReadsPerSecond
	if reads <= 0 {
		reads = defaultReads
	}
	h := cached(next, o)
	h = identified(h, o)
	h = guard.Handler(h)
	h = hosts(h, o.Administrator)
	h = unlimited(h, limited(h, reads, o.Now, o.Proxies))
	h = observed(h, o.Log, m, o.Now)
	return h
}

// observed gives every request an id and security headers, catches panics, and
// logs and counts what was answered; never a query, which may name a person.
func observed(next http.Handler, log *slog.Logger, m *metrics, now func() time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := now()
		id := newRequestID()
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, id))
		head := w.Header()
		head.Set("X-Request-Id", id)
		head.Set("Content-Security-Policy", policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(self), payment=()")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		s := &statusWriter{ResponseWriter: w}
		asked := *r.URL // the path may be changed on the way
		defer func() {
			p := recover()
			if p != nil && p != http.ErrAbortHandler {
				log.Error("panic", "request", id, "route", m.route(asked.Path), "error", p, "stack", string(debug.Stack()))
				if s.status == 0 {
					writeProblem(s, http.StatusInternalServerError, "the server failed: request "+id+" is in its log")
					p = nil
				} else {
					p = http.ErrAbortHandler // half an answer is out: the reader must see that it is half
				}
			}
			s.log(log, m, id, r.Method, m.route(asked.Path), now().Sub(start))
			if p != nil {
				panic(p)
			}
		}()
		if len(r.RequestURI) > maxRequestURI {
			writeProblem(s, http.StatusRequestURITooLong, "the address is too long")
			return
		}
		next.ServeHTTP(s, r)
	})
}

// log counts a request and notes it: by route, since a path may hold anything.
func (s *statusWriter) log(log *slog.Logger, m *metrics, id, method, route string, took time.Duration) {
	status := s.status
	if status == 0 {
		status = http.StatusOK // nothing was written: the server says 200
	}
	m.observe(route, method, status, took)
	level := slog.LevelDebug
	if status >= http.StatusInternalServerError {
		level = slog.LevelWarn
	}
	log.Log(context.Background(), level, "request", "request", id, "method", method, "route", route, "status", status, "ms", took.Milliseconds())
}

func newRequestID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return hex.EncodeToString(b[:])
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(code int) {
	if s.status == 0 {
		s.status = code
	}
	s.ResponseWriter.WriteHeader(code)
}

func (s *statusWriter) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	return s.ResponseWriter.Write(b)
}

// Unwrap gives http.ResponseController what it needs.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// hosts refuses a foreign host name on a server that grants rights to whoever
// reaches it from this machine: a page elsewhere could otherwise point its own
// name at loopback and write through the reader's browser.
func hosts(next http.Handler, local bool) http.Handler {
	if !local {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.Host
		if h, _, err := net.SplitHostPort(name); err == nil {
			name = h
		}
		name = strings.ToLower(strings.Trim(name, "[]"))
		if ip := net.ParseIP(name); name != "localhost" && !strings.HasSuffix(name, ".localhost") && (ip == nil || !ip.IsLoopback()) {
			writeProblem(w, http.StatusForbidden, "this server answers on localhost only: open it under that name, or start it with --listen on a network address")
			return
		}
		if forwarded(r) && r.Method != http.MethodGet && r.Method != http.MethodHead {
			writeProblem(w, http.StatusForbidden, "this entry came through a proxy: only who sits at this machine may write")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// forwarded reports whether a request came through a proxy on this machine,
// behind which anybody may be.
func forwarded(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return true
		}
	}
	return false
}
