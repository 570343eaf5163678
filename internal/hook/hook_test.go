package hook

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
)

var at = time.Unix(1614265330, 0)

// The example of the specification of Standard Webhooks.
func TestTheSignatureOfTheSpecification(t *testing.T) {
	got, err := Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", at, []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("%s %v, want %s", got, err, want)
	}
	for _, bad := range []string{"", "whsec_", "whsec_!!", "whsec_AAAA"} {
		if _, err := Sign(bad, "1", at, nil); err == nil {
			t.Errorf("%q was taken for a key", bad)
		}
	}
	if a, b := NewSecret(), NewSecret(); a == b || !strings.HasPrefix(a, "whsec_") {
		t.Error("keys are not random")
	}
}

func TestACallArrives(t *testing.T) {
	secret, body := NewSecret(), []byte(`{"type":"asked"}`)
	var calls atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		got, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		want, err := Sign(secret, "d1", at, got)
		if err != nil || r.Header.Get("webhook-signature") != want || r.Header.Get("webhook-id") != "d1" || r.Header.Get("webhook-timestamp") != "1614265330" ||
			r.Method != http.MethodPost || r.Header.Get("content-type") != "application/json" || string(got) != string(body) {
			t.Errorf("%s %v %s", r.Method, r.Header, got)
		}
		w.WriteHeader(http.StatusNoContent)
	}))
	defer s.Close()
	out, err := New(true).Call(t.Context(), s.URL+"/in", secret, "d1", at, body)
	if err != nil || out.Status != 204 || out.Took <= 0 || calls.Load() != 1 {
		t.Errorf("%+v %v", out, err)
	}
}

func TestWhatAReceiverMayDo(t *testing.T) {
	secret := NewSecret()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") }))
	defer elsewhere.Close()
	answer := func(code int, head ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(head); i += 2 {
				w.Header().Set(head[i], head[i+1])
			}
			w.WriteHeader(code)
		}
	}
	for _, tt := range []struct {
		name string
		do   http.HandlerFunc
		want Outcome
		says string
	}{
		{"refuses", answer(400), Outcome{Status: 400}, "it answers 400"},
		{"fails", answer(500), Outcome{Status: 500}, "it answers 500"},
		{"is gone", answer(410), Outcome{Status: 410, Gone: true}, "it answers 410"},
		{"is busy", answer(429, "Retry-After", "7"), Outcome{Status: 429, After: 7 * time.Second}, "it answers 429"},
		{"is busy for years", answer(503, "Retry-After", "99999999999"), Outcome{Status: 503, After: time.Hour}, "it answers 503"},
		{"is busy until a day", answer(503, "Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"), Outcome{Status: 503}, "it answers 503"},
		{"is busy backwards", answer(503, "Retry-After", "-5"), Outcome{Status: 503}, "it answers 503"},
		{"redirects", answer(302, "Location", elsewhere.URL), Outcome{Status: 302}, "points elsewhere"},
		{"redirects the body too", answer(308, "Location", elsewhere.URL), Outcome{Status: 308}, "points elsewhere"},
		{"hangs up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, Outcome{}, "it cannot be reached"},
		{"talks without end", func(w http.ResponseWriter, _ *http.Request) {
			for range 1 << 20 {
				if _, err := w.Write(make([]byte, 1<<10)); err != nil {
					return
				}
			}
			t.Error("a gigabyte was read")
		}, Outcome{Status: 200}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := httptest.NewServer(tt.do)
			defer s.Close()
			out, err := New(true).Call(t.Context(), s.URL, secret, "1", at, []byte("{}"))
			out.Took = 0
			if out != tt.want {
				t.Errorf("%+v, want %+v", out, tt.want)
			}
			if (err == nil) != (tt.says == "") || (err != nil && (!strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "127.0.0.1"))) {
				t.Errorf("%v, want %q", err, tt.says)
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close()
		if _, err := New(true).Call(t.Context(), "http://"+l.Addr().String(), secret, "1", at, nil); err == nil || !strings.Contains(err.Error(), "cannot be reached") {
			t.Error(err)
		}
	})
	t.Run("silence", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		c := New(true)
		c.client.Timeout = 200 * time.Millisecond
		if _, err := c.Call(t.Context(), "http://"+l.Addr().String(), secret, "1", at, nil); err == nil || !strings.Contains(err.Error(), "did not answer") {
			t.Error(err)
		}
	})
	t.Run("a certificate of nobody", func(t *testing.T) {
		s := httptest.NewTLSServer(answer(200))
		defer s.Close()
		s.Config.ErrorLog = nil
		if _, err := New(true).Call(t.Context(), s.URL, secret, "1", at, nil); err == nil || !strings.Contains(err.Error(), "certificate") {
			t.Error(err)
		}
	})
}

// Whatever name or notation leads inside, no connection is made.
func TestNothingInsideIsCalled(t *testing.T) {
	var calls atomic.Int64
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			calls.Add(1)
			c.Close()
		}
	}()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := New(false)
	c.client.Transport.(*http.Transport).TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // only whether it connects is asked
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "169.254.169.254", "10.0.0.1", "[fe80::1]"} {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		_, err := c.Call(ctx, "https://"+host+":"+port+"/", NewSecret(), "1", at, nil)
		cancel()
		if err == nil {
			t.Errorf("%s was called", host)
		}
	}
	if n := calls.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
	// The name is checked after it was looked up, not before.
	if _, err := c.Call(t.Context(), "https://localhost:"+port+"/", NewSecret(), "1", at, nil); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "inside the network") {
		t.Error(err)
	}
}

func TestPublicAddresses(t *testing.T) {
	for _, s := range []string{"8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1"} {
		if !Public(netip.MustParseAddr(s)) {
			t.Errorf("%s is public", s)
		}
	}
	for _, s := range []string{"127.0.0.1", "127.255.255.255", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255",
		"198.18.0.1", "192.0.2.1", "240.0.0.1", "::", "::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fec0::1"} {
		if Public(netip.MustParseAddr(s)) {
			t.Errorf("%s is not public", s)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "address")
		a, _ := netip.AddrFromSlice(b)
		mapped := netip.AddrFrom16(a.As16())
		if Public(a) != Public(mapped) {
			t.Fatalf("%s and %s are the same", a, mapped)
		}
	})
}

func TestAddressesThatAreRefused(t *testing.T) {
	for _, bad := range []string{"", "x", "http://example.kz/in", "ftp://example.kz", "https://", "https:///in", "https://user:pw@example.kz/", "https://example.kz/#x", "https://exa mple.kz/", "https://example.kz/\n", "file:///etc/passwd", "https://10.0.0.1/", "https://[::1]/", "https://example.kz/" + strings.Repeat("x", 2000), "gopher://example.kz"} {
		if err := New(false).Check(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, good := range []string{"https://example.kz", "https://example.kz:8443/in?key=1", "https://8.8.8.8/"} {
		if err := New(false).Check(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	if err := New(true).Check("http://10.0.0.1:8080/in"); err != nil {
		t.Error(err)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("https://example.kz/in")
	f.Add("https://user@10.0.0.1")
	f.Fuzz(func(t *testing.T, s string) {
		if New(false).Check(s) == nil && !strings.HasPrefix(strings.ToLower(s), "https://") {
			t.Errorf("%q was taken", s)
		}
	})
}
