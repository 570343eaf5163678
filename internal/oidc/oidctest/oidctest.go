// Package oidctest runs an identity provider for tests: the example provider
// of zitadel/oidc, which is certified, on a port of this machine. It shares no
// code with the client under test.
package oidctest

import (
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
)

// The client that is registered, and the password of everybody.
const (
	ClientID     = "shanyraq"
	ClientSecret = "a secret of the test"
	Password     = "verysecure"
)

// User is somebody whom the provider knows.
type User struct {
	ID, Username, Password, FirstName, LastName, Email string
	EmailVerified                                      bool
}

// Users are whom the provider knows, by what they sign in with there.
var Users = map[string]User{
	"asel":  {ID: "id-asel", Username: "asel", Password: Password, FirstName: "Asel", LastName: "Nurlanova", Email: "asel@example.kz", EmailVerified: true},
	"bolat": {ID: "id-bolat", Username: "bolat", Password: Password, FirstName: "Bolat", LastName: "Omarov", Email: "bolat@example.kz", EmailVerified: true},
	"mask":  {ID: "id-mask", Username: "mask", Password: Password, FirstName: "Asel", LastName: "Mask", Email: "asel@example.kz", EmailVerified: false},
}

// Start runs the provider for the length of the test and returns its address.
// It sends people back to the redirect addresses only.
func Start(t testing.TB, redirects ...string) string {
	t.Helper()
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the provider logs everything
	byID := map[string]User{}
	for _, u := range Users {
		byID[u.ID] = u
	}
	body, err := json.Marshal(byID)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "users.json")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	users, err := storage.StoreFromFile(file)
	if err != nil {
		t.Fatal(err)
	}
	storage.RegisterClients(storage.WebClient(ClientID, ClientSecret, redirects...))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	issuer := "http://" + l.Addr().String()
	server := &httptest.Server{Listener: l, Config: &http.Server{Handler: exampleop.SetupServer(issuer, storage.NewStorage(users), nil, false)}}
	server.Start()
	t.Cleanup(server.Close)
	return issuer
}

var hidden = regexp.MustCompile(`name="id" value="([^"]*)"`)

// SignIn goes to the address as a browser does, fills in the page of the
// provider, and returns the address to which the browser is sent back.
func SignIn(t testing.TB, address, username, password string) *url.URL {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	begun, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var back *url.URL
	c := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Host == begun.Host {
			return nil
		}
		back = r.URL
		return http.ErrUseLastResponse
	}}
	res, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(res.Body)
	res.Body.Close()
	if back != nil { // the provider refused at once
		return back
	}
	m := hidden.FindSubmatch(page)
	if err != nil || m == nil {
		t.Fatalf("the provider shows no page to sign in: %d %s %v", res.StatusCode, strings.TrimSpace(string(page)), err)
	}
	res, err = c.PostForm("http://"+begun.Host+"/login/username", url.Values{"id": {string(m[1])}, "username": {username}, "password": {password}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	return back
}
