package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/oidc/oidctest"
	"github.com/shanyraq/shanyraq/internal/pgtest"
)

// user runs a command that must succeed and decodes what it printed as JSON.
func user[T any](t *testing.T, db string, args ...string) T {
	t.Helper()
	var v T
	code, out, errs := shanyraq(t, append([]string{"--db", db, "--json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &v); code != exitDone || err != nil {
		t.Fatalf("%v: %d %v\n%s%s", args, code, err, out, errs)
	}
	return v
}

// Accounts are managed from the command line alike on both databases, and who
// comes by the link that was printed is let in by the server.
func TestAccountsFromTheCommandLine(t *testing.T) {
	pg := pgtest.DSN(t)
	if code, _, errs := shanyraq(t, "--db", pg, "demo"); code != exitDone {
		t.Fatal(errs)
	}
	for engine, db := range map[string]string{"sqlite": loaded(t), "postgres": pg} {
		t.Run(engine, func(t *testing.T) { manageAccounts(t, db) })
	}
}

func manageAccounts(t *testing.T, db string) {
	const mail = "asel@example.kz"
	made := user[httpapi.AccountLink](t, db, "user", "add", mail, "--name", "Асель", "--home", "KZ-35", "--role", "contributor@KZ-35", "--public-url", "https://shanyraq.example.kz/")
	if !strings.HasPrefix(made.Link, "https://shanyraq.example.kz/en/invitation?token=") || made.Account.State != "invited" {
		t.Errorf("%+v", made)
	}
	_, token, _ := strings.Cut(made.Link, "token=")
	url := served(t, db)
	got := call(t, "POST", url+"/api/links/accept", `{"token":"`+token+`","password":"correct horse battery"}`, "Content-Type", "application/json")
	if got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	cookie, _, _ := strings.Cut(got.head.Get("Set-Cookie"), ";")
	session := func() httpapi.Session {
		var s httpapi.Session
		if err := json.Unmarshal(call(t, "GET", url+"/api/session", "", "Cookie", cookie).body, &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := session(); s.Account == nil || s.Account.Name != "Асель" || len(s.Grants) != 1 {
		t.Fatalf("%+v", s)
	}
	// What is changed beside the running server counts there at once.
	user[httpapi.Account](t, db, "user", "grant", mail, "--role", "approver@KZ", "--revoke", "contributor@KZ-35")
	if s := session(); len(s.Grants) != 1 || s.Grants[0] != (httpapi.Grant{Role: "approver", Territory: "KZ"}) {
		t.Errorf("%+v", s.Grants)
	}
	answer := call(t, "POST", url+"/api/account/tokens", `{"name":"x","scope":["approve"],"expires":"2099-01-01"}`, "Content-Type", "application/json", "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
	if answer.status != http.StatusUnprocessableEntity {
		t.Errorf("a token for ever: %d", answer.status)
	}
	last := time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	answer = call(t, "POST", url+"/api/account/tokens", `{"name":"x","scope":["approve"],"expires":"`+last+`","password":"correct horse battery"}`, "Content-Type", "application/json", "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
	tokens := user[[]httpapi.AccountToken](t, db, "token", "list")
	if answer.status != http.StatusOK || len(tokens) != 1 || tokens[0].Account != made.Account.ID {
		t.Fatalf("%d %+v", answer.status, tokens)
	}
	user[httpapi.Done](t, db, "token", "revoke", tokens[0].ID)
	if list := user[[]httpapi.AccountToken](t, db, "token", "list"); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	user[httpapi.Done](t, db, "user", "signout", made.Account.ID)
	if s := session(); s.Account != nil {
		t.Error("signed out, and still signed in")
	}
	if l := user[httpapi.AccountLink](t, db, "user", "link", mail, "--drop-factor"); !strings.Contains(l.Link, "token=") {
		t.Errorf("%+v", l)
	}
	for _, undo := range []struct {
		args  []string
		state string
	}{{nil, "disabled"}, {[]string{"--undo"}, "active"}} {
		if a := user[httpapi.Account](t, db, append([]string{"user", "disable", mail}, undo.args...)...); a.State != undo.state {
			t.Errorf("%v: %s", undo.args, a.State)
		}
	}
	if list := user[[]httpapi.Account](t, db, "user", "list", "--place", "KZ-35", "--state", "active"); len(list) != 1 || list[0].Email != mail {
		t.Errorf("%+v", list)
	}
	for name, args := range map[string][]string{
		"an address twice":  {"user", "add", "ASEL@example.kz", "--name", "x", "--home", "KZ"},
		"a role by halves":  {"user", "grant", mail, "--role", "approver"},
		"an unknown role":   {"user", "grant", mail, "--role", "emperor@KZ"},
		"an unknown place":  {"user", "grant", mail, "--role", "approver@XX"},
		"an unknown office": {"user", "grant", mail, "--office", "none"},
		"nobody":            {"user", "disable", "nobody@example.kz"},
		"no token":          {"token", "revoke", "x"},
	} {
		if code, _, errs := shanyraq(t, append([]string{"--db", db}, args...)...); code != exitRefused || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %d %s", name, code, errs)
		}
	}
	if code, _, errs := shanyraq(t, "--db", db, "journal", "verify"); code != exitDone {
		t.Error(errs)
	}
}

// The program prints the link to the first account where nobody has one, and
// does not print it again afterwards.
func TestTheFirstLinkIsPrinted(t *testing.T) {
	db := loaded(t)
	said := servedAloud(t, db)
	m := regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/en/first\?token=(\S+)`).FindStringSubmatch(said)
	if m == nil {
		t.Fatalf("no link in %q", said)
	}
	user[httpapi.AccountLink](t, db, "user", "add", "a@example.kz", "--name", "A", "--home", "KZ", "--role", "administrator@KZ")
	if again := servedAloud(t, db); strings.Contains(again, "first?token=") {
		t.Errorf("printed again: %s", again)
	}
}

// servedAloud starts the server, stops it and returns what it said on standard
// error.
func servedAloud(t *testing.T, db string, more ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, w := io.Pipe()
	var errs bytes.Buffer
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"--db", db, "serve", "--listen", "127.0.0.1:0"}, more...), strings.NewReader(""), w, &errs)
		w.Close()
	}()
	if _, err := io.ReadAtLeast(r, make([]byte, 8), 8); err != nil {
		t.Errorf("the server did not start: %v", err)
	}
	go io.Copy(io.Discard, r)
	stop()
	if code := <-done; code != exitDone {
		t.Errorf("ended with %d: %s", code, errs.String())
	}
	return errs.String()
}

// A provider is set up by flags; what cannot work is refused when the server
// starts.
func TestAProviderIsSetUp(t *testing.T) {
	db := loaded(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte(oidctest.ClientSecret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	issuer := oidctest.Start(t, "http://127.0.0.1:1/api/outside/callback")
	url := served(t, db, "--oidc-issuer", issuer, "--oidc-client-id", oidctest.ClientID, "--oidc-client-secret-file", secret)
	if got := call(t, "GET", url+"/api/session", ""); !bytes.Contains(got.body, []byte(`"oidc":"127.0.0.1"`)) {
		t.Errorf("%s", got.body)
	}
	for name, args := range map[string][]string{
		"in the clear": {"--oidc-issuer", "http://id.example.kz", "--oidc-client-id", "x"},
		"no client":    {"--oidc-issuer", issuer},
		"no proxy":     {"--trusted-proxy", "everywhere"},
		"no file":      {"--oidc-issuer", issuer, "--oidc-client-id", "x", "--oidc-client-secret-file", secret + "x"},
	} {
		if code, _, errs := shanyraq(t, append([]string{"--db", db, "serve", "--listen", "127.0.0.1:0"}, args...)...); code == exitDone || errs == "" {
			t.Errorf("%s: %d %s", name, code, errs)
		}
	}
}

// A server with another public address gives nothing to who sits at the
// machine: anybody may come through the proxy.
func TestBehindAProxyNobodyIsLocal(t *testing.T) {
	url := served(t, loaded(t), "--public-url", "https://shanyraq.example.kz")
	var s httpapi.Session
	if err := json.Unmarshal(call(t, "GET", url+"/api/session", "", "Host", "shanyraq.example.kz").body, &s); err != nil || len(s.Acts) != 1 || !s.First {
		t.Errorf("%+v %v", s, err)
	}
	if got := call(t, "POST", url+"/api/entries", `{"act":"figure","document":"x","line":1,"from":0,"to":1}`, "Content-Type", "application/json"); got.status != http.StatusUnauthorized {
		t.Errorf("%d %s", got.status, got.body)
	}
}
