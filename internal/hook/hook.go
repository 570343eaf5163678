// Package hook tells other programs what happened, as standardwebhooks.com
// describes it: a POST with an id that stays the same in each attempt, the time
// of the attempt, and a signature over both and the body.
//
// Whoever may name an address could otherwise make the server talk to what
// only the server reaches. So connections go to public addresses only, which is
// checked when the connection is made, after the name was looked up; redirects
// are not followed, and of an answer little is read.
package hook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

const (
	timeout   = 10 * time.Second // of the whole conversation
	maxAnswer = 64 << 10         // bytes of an answer that are read
	maxURL    = 2000
	maxAfter  = time.Hour // a receiver can ask for no longer pause

	secretPrefix = "whsec_"
	secretBytes  = 24
	userAgent    = "Shanyraq-Webhook/1"
)

// Caller makes the calls.
type Caller struct {
	private bool
	client  *http.Client
}

// New returns a Caller. With private it also calls addresses inside the
// network and without TLS, for receivers in the same building.
func New(private bool) *Caller {
	d := &net.Dialer{Timeout: timeout}
	if !private {
		d.Control = onlyPublic
	}
	return &Caller{private: private, client: &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		// A proxy of the environment would be asked instead of the check.
		Transport: &http.Transport{Proxy: nil, DialContext: d.DialContext, TLSHandshakeTimeout: timeout, ResponseHeaderTimeout: timeout,
			MaxResponseHeaderBytes: maxAnswer, DisableKeepAlives: true, ForceAttemptHTTP2: true},
	}}
}

// errInside is what the dialer says of an address that is not public.
var errInside = errors.New("not a public address")

// onlyPublic sees the address that the name led to.
func onlyPublic(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil || !Public(a.Addr()) {
		return errInside
	}
	return nil
}

// inside are the blocks that are not for everybody (IANA special-purpose
// registries), beside those that net/netip knows; and those in which an IPv4
// address is hidden.
var inside = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("3fff::/20"), netip.MustParsePrefix("5f00::/16"), netip.MustParsePrefix("fec0::/10"),
}

// Public reports whether an address can be reached by everybody.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range inside {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// Check refuses an address that is never called.
func (c *Caller) Check(address string) error {
	const op = "hook.Check"
	wrong := func(format string, args ...any) error { return fault.New(fault.Invalid, op, "", format, args...) }
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Host == "", u.Hostname() == "", u.User != nil, u.Fragment != "", len(address) > maxURL, strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		return wrong("write the address as https://HOST/PATH, without user and password, in at most %d characters", maxURL)
	case u.Scheme != "https" && (u.Scheme != "http" || !c.private):
		return wrong("the address begins with https://")
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil && !c.private && !Public(a) {
		return wrong("this address lies inside the network of the server: whoever runs the server can allow that with --webhook-allow-private")
	}
	return nil
}

// Outcome is how a receiver took it.
type Outcome struct {
	Status int           // of HTTP; 0 when nobody answered
	Took   time.Duration // until the answer
	After  time.Duration // how long the receiver wants to be left alone; 0 when it does not say
	Gone   bool          // the receiver wants no more
}

// Call tells the program at an address. id stays the same in every attempt; at
// is the time of this one. An answer other than 2xx is an error that says so.
func (c *Caller) Call(ctx context.Context, address, secret, id string, at time.Time, body []byte) (Outcome, error) {
	const op = "hook.Call"
	if err := c.Check(address); err != nil {
		return Outcome{}, err
	}
	sign, err := Sign(secret, id, at, body)
	if err != nil {
		return Outcome{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return Outcome{}, fault.New(fault.Invalid, op, "", "the address cannot be called")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", userAgent)
	r.Header.Set("Webhook-Id", id)
	r.Header.Set("Webhook-Timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("Webhook-Signature", sign)
	began := time.Now()
	answer, err := c.client.Do(r)
	out := Outcome{Took: time.Since(began)}
	if err != nil {
		return out, failed(err)
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, maxAnswer) // what it says is not for us
	out.Status, out.Gone, out.After = answer.StatusCode, answer.StatusCode == http.StatusGone, after(answer.Header.Get("Retry-After"))
	switch {
	case out.Status >= 200 && out.Status <= 299:
		return out, nil
	case out.Status >= 300 && out.Status <= 399:
		return out, fault.New(fault.Unavailable, op, "", "it answers %d and points elsewhere: write the address at which it takes messages", out.Status)
	}
	return out, fault.New(fault.Unavailable, op, "", "it answers %d", out.Status)
}

// after reads Retry-After in seconds; a date is as good as nothing said.
func after(s string) time.Duration {
	n, err := strconv.Atoi(s)
	if err != nil || n <= 0 {
		return 0
	}
	return min(time.Duration(min(n, int(maxAfter/time.Second)))*time.Second, maxAfter)
}

// failed says why there was no answer, without the address.
func failed(err error) error {
	const op = "hook.Call"
	var name *net.DNSError
	var wire net.Error
	var u *url.Error
	switch {
	case errors.Is(err, errInside):
		return fault.New(fault.Invalid, op, "", "its name leads inside the network of the server: whoever runs the server can allow that with --webhook-allow-private")
	case errors.Is(err, context.Canceled):
		return fault.New(fault.Unavailable, op, "", "the call was broken off")
	case errors.As(err, &name):
		return fault.New(fault.Unavailable, op, "", "its name is not known")
	case errors.As(err, &wire) && wire.Timeout():
		return fault.New(fault.Unavailable, op, "", "it did not answer within %d s", int(timeout.Seconds()))
	case errors.As(err, &u) && (strings.Contains(u.Err.Error(), "tls:") || strings.Contains(u.Err.Error(), "x509:")):
		return fault.New(fault.Unavailable, op, "", "its certificate is not good, or it speaks no TLS")
	}
	return fault.New(fault.Unavailable, op, "", "it cannot be reached")
}

// NewSecret makes the key of a receiver.
func NewSecret() string {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // never fails, says its documentation
	return secretPrefix + base64.StdEncoding.EncodeToString(b)
}

// Sign returns what stands in Webhook-Signature: v1 and the HMAC-SHA256 of
// "id.timestamp.body" under the key, both in base64.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil || len(key) < secretBytes {
		return "", fault.New(fault.Internal, "hook.Sign", "", "the key of the webhook cannot be read: make a new one")
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	m.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil)), nil
}
