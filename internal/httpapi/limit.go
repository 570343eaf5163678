package httpapi

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	maxAddresses    = 20_000      // addresses remembered for their rate
	forgetAddresses = time.Minute // an address idle for so long starts anew
	siteBits        = 64          // of an IPv6 address: one house has all the rest
)

// unlimited lets through whoever asks whether the server lives: behind a proxy
// all readers share an address, and a busy server must not look dead.
func unlimited(open, limited http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			open.ServeHTTP(w, r)
			return
		}
		limited.ServeHTTP(w, r)
	})
}

// neighbours returns what one reader may be taken for: an IPv4 address or the
// network of an IPv6 address.
func neighbours(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	site, err := ip.Prefix(siteBits)
	if err != nil {
		return host
	}
	return site.String()
}

// limited bounds how fast one address may ask.
func limited(next http.Handler, perSecond float64, now func() time.Time, proxies []netip.Prefix) http.Handler {
	l := &limiter{perSecond: perSecond, seen: map[string]*visitor{}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !l.allow(senderOf(r, proxies), now()) {
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
	remote = neighbours(remote)
	l.mu.Lock()
	v := l.seen[remote]
	if v == nil {
		if len(l.seen) >= maxAddresses {
			l.forget(now)
		}
		v = &visitor{limit: rate.NewLimiter(rate.Limit(l.perSecond), max(1, int(2*l.perSecond)))}
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
