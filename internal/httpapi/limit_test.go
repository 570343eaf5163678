package httpapi

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/time/rate"
)

func newLimiter(perSecond float64) *limiter {
	return &limiter{perSecond: perSecond, seen: map[string]*visitor{}}
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestLimiterGivesTwoSecondsAtOnceThenTheRate(t *testing.T) {
	l := newLimiter(10)
	allowed := func(at time.Time) (n int) {
		for range 100 {
			if l.allow("192.0.2.1:5000", at) {
				n++
			}
		}
		return n
	}
	for _, tc := range []struct {
		after time.Duration
		want  int
	}{{0, 20}, {0, 0}, {time.Second, 10}, {time.Hour, 20}} {
		noonish := noon.Add(tc.after)
		if got := allowed(noonish); got != tc.want {
			t.Errorf("after %s: %d, want %d", tc.after, got, tc.want)
		}
	}
	if !l.allow("192.0.2.2:5000", noon) {
		t.Error("another address pays for the first")
	}
}

// A slow rate still lets one in.
func TestLimiterOfLessThanOneASecond(t *testing.T) {
	if l := newLimiter(0.1); !l.allow("192.0.2.1:1", noon) || l.allow("192.0.2.1:1", noon.Add(time.Second)) || !l.allow("192.0.2.1:1", noon.Add(11*time.Second)) {
		t.Error("a rate of one in ten seconds is not kept")
	}
}

func TestNeighbours(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.1:80": "192.0.2.1", "[::ffff:192.0.2.1]:80": "192.0.2.1", "[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64", "[2001:db8:1:2::9]:1": "2001:db8:1:2::/64", "[fe80::1%eth0]:80": "fe80::/64", "@": "@",
	} {
		if got := neighbours(remote); got != want {
			t.Errorf("%s: %s, want %s", remote, got, want)
		}
	}
}

// The memory for addresses is bounded, whoever comes.
func TestLimiterForgets(t *testing.T) {
	l := newLimiter(1)
	for i := range maxAddresses {
		l.seen[fmt.Sprint(i)] = &visitor{limit: rate.NewLimiter(1, 1), last: noon.Add(-2 * forgetAddresses)}
	}
	l.seen["busy"] = &visitor{limit: rate.NewLimiter(1, 1), last: noon}
	l.allow("192.0.2.1:1", noon)
	if len(l.seen) != 2 || l.seen["busy"] == nil {
		t.Errorf("%d addresses are left, want the busy one and the new one", len(l.seen))
	}
	for i := range maxAddresses {
		l.seen[fmt.Sprint(i)] = &visitor{limit: rate.NewLimiter(1, 1), last: noon}
	}
	l.allow("192.0.2.9:1", noon)
	if len(l.seen) != 1 {
		t.Errorf("%d addresses are left though none was idle", len(l.seen))
	}
}
