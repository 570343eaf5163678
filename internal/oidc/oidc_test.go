package oidc

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/oidc/oidctest"
)

const redirect = "http://localhost:8080/api/oidc/callback"

func provider(t *testing.T) *Provider {
	t.Helper()
	p, err := New(Config{Issuer: oidctest.Start(t, redirect), ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret, Redirect: redirect})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func begin(t *testing.T, p *Provider) (address, kept string) {
	t.Helper()
	address, kept, err := p.Begin(t.Context(), "/ru/account", time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return address, kept
}

func TestAPersonComesFromTheProvider(t *testing.T) {
	p := provider(t)
	address, kept := begin(t, p)
	u, _ := url.Parse(address)
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if u.Query().Get(name) == "" {
			t.Errorf("the question has no %s", name)
		}
	}
	if u.Query().Get("code_challenge_method") != "S256" || strings.Contains(address, oidctest.ClientSecret) {
		t.Errorf("%s", address)
	}
	back := oidctest.SignIn(t, address, "asel", oidctest.Password)
	if back == nil || !strings.HasPrefix(back.String(), redirect) {
		t.Fatalf("sent back to %v", back)
	}
	who, next, err := p.Finish(t.Context(), kept, back.Query(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if want := (Identity{Issuer: p.Issuer(), Subject: "id-asel", Name: "Asel Nurlanova", Email: "asel@example.kz", EmailVerified: true}); who != want || next != "/ru/account" {
		t.Errorf("%+v, %s", who, next)
	}
	// The code works once.
	if _, _, err := p.Finish(t.Context(), kept, back.Query(), time.Now()); !fault.Is(err, fault.Forbidden) {
		t.Errorf("the same code again: %v", err)
	}
}

// Whatever is not the answer to our own question is refused.
func TestForeignAnswersAreRefused(t *testing.T) {
	p := provider(t)
	for name, spoil := range map[string]func(kept string, back url.Values) (string, url.Values, time.Time){
		"another browser": func(_ string, back url.Values) (string, url.Values, time.Time) { return "", back, time.Now() },
		"nonsense":        func(_ string, back url.Values) (string, url.Values, time.Time) { return "!!", back, time.Now() },
		"an empty ticket": func(_ string, back url.Values) (string, url.Values, time.Time) {
			back.Del("state")
			return "e30", back, time.Now()
		},
		"a foreign ticket": func(_ string, back url.Values) (string, url.Values, time.Time) {
			_, other := begin(t, p)
			return other, back, time.Now()
		},
		"another state": func(kept string, back url.Values) (string, url.Values, time.Time) {
			back.Set("state", "x")
			return kept, back, time.Now()
		},
		"no code": func(kept string, back url.Values) (string, url.Values, time.Time) {
			back.Del("code")
			return kept, back, time.Now()
		},
		"an error": func(kept string, back url.Values) (string, url.Values, time.Time) {
			back.Set("error", "access_denied")
			return kept, back, time.Now()
		},
		"a made-up code": func(kept string, back url.Values) (string, url.Values, time.Time) {
			back.Set("code", "x")
			return kept, back, time.Now()
		},
		"another issuer": func(kept string, back url.Values) (string, url.Values, time.Time) {
			back.Set("iss", "https://evil.example")
			return kept, back, time.Now()
		},
		"an hour later": func(kept string, back url.Values) (string, url.Values, time.Time) {
			return kept, back, time.Now().Add(time.Hour)
		},
		"a swapped code": func(_ string, back url.Values) (string, url.Values, time.Time) {
			// The code of one sign-in with the ticket of another: state is made to
			// fit, so that only the verifier stands in the way.
			_, other := begin(t, p)
			mine, _ := read(other)
			back.Set("state", mine.State)
			return other, back, time.Now()
		},
	} {
		address, kept := begin(t, p)
		kept, answer, now := spoil(kept, oidctest.SignIn(t, address, "asel", oidctest.Password).Query())
		who, _, err := p.Finish(t.Context(), kept, answer, now)
		if !fault.Is(err, fault.Forbidden) || who != (Identity{}) {
			t.Errorf("%s: %+v, %v", name, who, err)
		}
	}
	address, _ := begin(t, p)
	if back := oidctest.SignIn(t, address, "asel", "wrong"); back != nil {
		t.Errorf("a wrong password leads back: %s", back)
	}
}

func TestTheProviderMayBeAway(t *testing.T) {
	away := httptest.NewServer(http.NotFoundHandler())
	away.Close()
	p, err := New(Config{Issuer: away.URL, ClientID: "x", Redirect: redirect})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.Begin(t.Context(), "/", time.Now(), rand.Reader); !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v", err)
	}
}

func TestConfigurations(t *testing.T) {
	good := Config{Issuer: "https://id.example.kz/realms/health", ClientID: "x", ClientSecret: "s", Redirect: "https://shanyraq.example.kz/api/oidc/callback"}
	if _, err := New(good); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Config){
		"no client":         func(c *Config) { c.ClientID = "" },
		"no issuer":         func(c *Config) { c.Issuer = "" },
		"no address":        func(c *Config) { c.Issuer = "id.example.kz" },
		"in the clear":      func(c *Config) { c.Issuer = "http://id.example.kz" },
		"back in the clear": func(c *Config) { c.Redirect = "http://shanyraq.example.kz/x" },
		"with a password":   func(c *Config) { c.Issuer = "https://user:pass@id.example.kz" },
		"no address back":   func(c *Config) { c.Redirect = "" },
	} {
		c := good
		change(&c)
		if _, err := New(c); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
