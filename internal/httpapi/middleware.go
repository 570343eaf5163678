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
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	defaultReads    = 400         // requests a second and address
	maxAddresses    = 20_000      // addresses remembered for their rate
	maxRequestURI   = 8 << 10     // bytes
	forgetAddresses = time.Minute // an address idle for so long starts anew
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
	h = guard.Handler(h)
	h = hosts(h, o.Administrator)
	h = limited(h, reads, o.Now)
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
		head.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		s := &statusWriter{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				log.Error("panic", "request", id, "path", r.URL.Path, "error", p, "stack", string(debug.Stack()))
				if s.status == 0 {
					writeProblem(s, http.StatusInternalServerError, "the server failed: request "+id+" is in its log")
				}
			}
			took := now().Sub(start)
			m.observe(r, s.status, took)
			if s.status >= 500 {
				log.Warn("request", "request", id, "method", r.Method, "path", r.URL.Path, "status", s.status, "ms", took.Milliseconds())
			} else {
				log.Debug("request", "request", id, "method", r.Method, "path", r.URL.Path, "status", s.status, "ms", took.Milliseconds())
			}
		}()
		if len(r.RequestURI) > maxRequestURI {
			writeProblem(s, http.StatusRequestURITooLong, "the address is too long")
			return
		}
		next.ServeHTTP(s, r)
	})
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
		name = strings.Trim(name, "[]")
		if ip := net.ParseIP(name); name != "localhost" && !strings.HasSuffix(name, ".localhost") && (ip == nil || !ip.IsLoopback()) {
			writeProblem(w, http.StatusForbidden, "this server answers on localhost only")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// limited bounds how fast one address may ask.
func limited(next http.Handler, perSecond float64, now func() time.Time) http.Handler {
	l := &limiter{perSecond: perSecond, seen: map[string]*visitor{}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !l.allow(r.RemoteAddr, now()) {
			w.Header().Set("Retry-After", "1")
			writeProblem(w, http.StatusTooManyRequests, "too many requests from this address: wait a second")
			return
		}
		next.ServeHTTP(w, r)
	})
}

type limiter struct {
	perSecond float64
	mu        sync.Mutex
	seen      map[string]*visitor
}

type visitor struct {
	limit *rate.Limiter
	last  time.Time
}

func (l *limiter) allow(remote string, now time.Time) bool {
	if h, _, err := net.SplitHostPort(remote); err == nil {
		remote = h
	}
	l.mu.Lock()
	v := l.seen[remote]
	if v == nil {
		if len(l.seen) >= maxAddresses {
			l.forget(now)
		}
		v = &visitor{limit: rate.NewLimiter(rate.Limit(l.perSecond), int(2*l.perSecond))}
		l.seen[remote] = v
	}
	v.last = now
	l.mu.Unlock()
	return v.limit.AllowN(now, 1)
}

// forget drops idle addresses; when none is, all.
func (l *limiter) forget(now time.Time) {
	for k, v := range l.seen {
		if now.Sub(v.last) > forgetAddresses {
			delete(l.seen, k)
		}
	}
	if len(l.seen) >= maxAddresses {
		clear(l.seen)
	}
}
