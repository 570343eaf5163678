package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// balancer sends requests to servers in turn; a server that takes no connection
// is passed over.
type balancer struct {
	servers []*url.URL
	next    atomic.Int64
}

// RoundTrip sends one request. Only what no server has seen is sent again.
func (b *balancer) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	for range b.servers {
		to := b.servers[int(b.next.Add(1))%len(b.servers)]
		r.URL.Scheme, r.URL.Host = to.Scheme, to.Host
		r.Body = io.NopCloser(bytes.NewReader(body))
		res, err := http.DefaultTransport.RoundTrip(r)
		var op *net.OpError
		if err == nil || !errors.As(err, &op) || op.Op != "dial" {
			return res, err
		}
	}
	return nil, errors.New("no server answers")
}

func balanced(t *testing.T, servers ...string) string {
	t.Helper()
	b := &balancer{}
	for _, s := range servers {
		u, err := url.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		b.servers = append(b.servers, u)
	}
	proxy := &httputil.ReverseProxy{Transport: b, Rewrite: func(p *httputil.ProxyRequest) { p.SetXForwarded() },
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }}
	s := httptest.NewServer(proxy)
	t.Cleanup(s.Close)
	return s.URL
}

// signedIn makes an account and signs in with it; what it returns holds the
// session.
func signedIn(t *testing.T, db, url, mail string, roles ...string) *http.Client {
	t.Helper()
	args := []string{"--db", db, "user", "add", mail, "--name", "Operator", "--home", "KZ", "--public-url", url}
	for _, r := range roles {
		args = append(args, "--role", r)
	}
	code, link, errs := shanyraq(t, args...)
	if code != exitDone {
		t.Fatal(errs)
	}
	link = strings.TrimSpace(link)
	token := link[strings.LastIndexAny(link, "#/=")+1:]
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Timeout: 30 * time.Second}
	body, err := json.Marshal(map[string]string{"token": token, "password": "a long enough passphrase 7"})
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.Post(url+"/api/links/accept", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if answer, _ := io.ReadAll(res.Body); res.StatusCode != 200 {
		t.Fatalf("%d %s", res.StatusCode, answer)
	}
	return client
}

// whoami returns the account of a session, "" for nobody.
func whoami(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	res, err := client.Get(url + "/api/session")
	for end := time.Now().Add(10 * time.Second); err == nil && res.StatusCode == http.StatusBadGateway && time.Now().Before(end); res, err = client.Get(url + "/api/session") {
		res.Body.Close() // the balancer still tried the one that was killed
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var got struct{ Account *struct{ ID string } }
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Account == nil {
		return ""
	}
	return got.Account.ID
}

// Two servers stand on one PostgreSQL behind a balancer. One is killed while
// eight write: whoever is signed in stays so, and nothing that was acknowledged
// is lost or there twice.
func TestOneOfTwoServersIsKilled(t *testing.T) {
	db := onPostgres(t)
	talked(t, db)
	files := t.TempDir()
	a, first := serving(t, db, "--files", files, "--public-url", "http://board.example.org")
	_, second := serving(t, db, "--files", files, "--public-url", "http://board.example.org")
	entrance := balanced(t, first, second)
	client := signedIn(t, db, entrance, "operator@example.org", "administrator@KZ", "approver@KZ")
	who := whoami(t, client, entrance)
	if !strings.HasPrefix(who, "u_") {
		t.Fatalf("signed in as %q", who)
	}
	c := gather(t, killWriters, simple, client)
	defer c.end()
	c.files = files
	c.url.Store(&entrance)
	more := func(n int) {
		t.Helper()
		want := c.count() + n
		for end := time.Now().Add(time.Minute); c.count() < want; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%d writes acknowledged in a minute, %d wanted; refused: %v", c.count(), want, c.bad)
			}
		}
	}
	more(20)
	a.kill()
	more(20)
	for range 4 {
		if got := whoami(t, client, entrance); got != who {
			t.Errorf("after one server was killed the session is that of %q", got)
		}
	}
	c.end()
	c.check(t, db)
	c.checkFiles(t, db)
	t.Logf("acknowledged: %s", c.counts())
}
