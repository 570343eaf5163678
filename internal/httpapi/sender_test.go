package httpapi

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

// Only a proxy that is trusted is believed, and only as far as it can know.
func TestSenders(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("172.18.0.0/16")}
	for name, tc := range map[string]struct {
		remote    string
		forwarded []string
		want      string
	}{
		"directly":                     {"192.0.2.1:5", nil, "192.0.2.1:5"},
		"a claim without a proxy":      {"192.0.2.1:5", []string{"198.51.100.7"}, "192.0.2.1:5"},
		"through one":                  {"127.0.0.1:5", []string{"198.51.100.7"}, "198.51.100.7"},
		"a claim through one":          {"127.0.0.1:5", []string{"203.0.113.9, 198.51.100.7"}, "198.51.100.7"},
		"a claim in a line of its own": {"127.0.0.1:5", []string{"203.0.113.9", "198.51.100.7"}, "198.51.100.7"},
		"through two":                  {"127.0.0.1:5", []string{"203.0.113.9, 198.51.100.7, 172.18.0.4"}, "198.51.100.7"},
		"a proxy that says nothing":    {"127.0.0.1:5", nil, "127.0.0.1:5"},
		"a proxy that says nonsense":   {"127.0.0.1:5", []string{"x, , 127.0.0.1"}, "127.0.0.1"},
		"a mapped address":             {"[::ffff:127.0.0.1]:5", []string{"2001:db8::1"}, "2001:db8::1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = tc.remote
		for _, f := range tc.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if got := senderOf(r, proxies); got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}
