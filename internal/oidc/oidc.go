// Package oidc signs people in through an identity provider of their
// organisation: authorization code with PKCE, state and nonce, as OpenID
// Connect and RFC 9700 ask. It says who came; what that one may do, and
// whether there is an account, is decided elsewhere.
package oidc

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/shanyraq/shanyraq/fault"
)

// Config names the provider and what this server is called there.
type Config struct {
	Issuer       string
	ClientID     string
	ClientSecret string
	// Redirect is the address to which the provider sends people back; it must
	// be registered there, letter by letter.
	Redirect string
}

// Identity is who came from the provider.
type Identity struct {
	Issuer, Subject string
	Name            string
	Email           string
	EmailVerified   bool
}

const (
	// timeout bounds one question to the provider.
	timeout = 10 * time.Second
	// ticketLife is how long a person may take at the provider.
	ticketLife = 10 * time.Minute
	secretLen  = 32
)

// Provider is one identity provider. It is asked for its addresses when it is
// first needed, so that this server starts while the provider is away.
type Provider struct {
	config Config
	client *http.Client

	mu    sync.Mutex
	found *oidc.Provider
}

// New returns a provider. It refuses a configuration that cannot work or that
// would send secrets in the clear: http is allowed on this machine only.
func New(c Config) (*Provider, error) {
	bad := func(format string, args ...any) (*Provider, error) {
		return nil, fault.New(fault.Invalid, "oidc.New", "", format, args...)
	}
	if c.ClientID == "" {
		return bad("name the client with --oidc-client-id: it is registered at the provider")
	}
	for _, a := range []struct{ flag, text string }{{"--oidc-issuer", c.Issuer}, {"--public-url", c.Redirect}} {
		u, err := url.Parse(a.text)
		if err != nil || u.Host == "" || u.Fragment != "" || u.User != nil {
			return bad("%s must be an address such as https://id.example.kz", a.flag)
		}
		if u.Scheme != "https" && (u.Scheme != "http" || !local(u.Hostname())) {
			return bad("%s must begin with https: only a provider on this machine may be asked without", a.flag)
		}
	}
	return &Provider{config: c, client: &http.Client{Timeout: timeout}}, nil
}

func local(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// Issuer names the provider.
func (p *Provider) Issuer() string { return p.config.Issuer }

// Name is how people know the provider: by its host.
func (p *Provider) Name() string {
	u, err := url.Parse(p.config.Issuer)
	if err != nil {
		return p.config.Issuer
	}
	return u.Hostname()
}

// ticket is what the browser keeps while its owner is at the provider. State
// binds the answer to this browser, nonce the identity to this question, and
// verifier proves that whoever brings the code has asked for it.
type ticket struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
	Next     string `json:"to"`
	Until    int64  `json:"u"`
}

// Begin returns the address at the provider to which the browser goes, and the
// ticket that it keeps meanwhile in a cookie.
func (p *Provider) Begin(ctx context.Context, next string, now time.Time, random io.Reader) (address, kept string, err error) {
	flow, _, err := p.flow(ctx)
	if err != nil {
		return "", "", err
	}
	t := ticket{Next: next, Until: now.Add(ticketLife).Unix()}
	for _, into := range []*string{&t.State, &t.Nonce, &t.Verifier} {
		b := make([]byte, secretLen)
		if _, err := io.ReadFull(random, b); err != nil {
			return "", "", fault.Wrap(err, "oidc.Begin", "")
		}
		*into = base64.RawURLEncoding.EncodeToString(b)
	}
	body, err := json.Marshal(t)
	if err != nil {
		return "", "", fault.Wrap(err, "oidc.Begin", "")
	}
	address = flow.AuthCodeURL(t.State, oidc.Nonce(t.Nonce), oauth2.S256ChallengeOption(t.Verifier))
	return address, base64.RawURLEncoding.EncodeToString(body), nil
}

func refused(format string, args ...any) error {
	return fault.New(fault.Forbidden, "oidc.Finish", "", format, args...)
}

// Finish takes what the provider sent the browser back with, and the ticket
// that the browser kept. It returns who came and where that one wanted to go.
func (p *Provider) Finish(ctx context.Context, kept string, answer url.Values, now time.Time) (Identity, string, error) {
	var none Identity
	t, err := read(kept)
	if err != nil || now.Unix() >= t.Until {
		return none, "", refused("signing in took too long or began in another browser: begin again")
	}
	if t.State == "" || subtle.ConstantTimeCompare([]byte(t.State), []byte(answer.Get("state"))) != 1 {
		return none, "", refused("this answer of the provider belongs to another sign-in: begin again")
	}
	if iss := answer.Get("iss"); iss != "" && iss != p.config.Issuer { // RFC 9207
		return none, "", refused("this answer comes from another provider: begin again")
	}
	if answer.Get("error") != "" || answer.Get("code") == "" {
		return none, "", refused("the provider did not sign you in: begin again, or ask who runs it")
	}
	flow, found, err := p.flow(ctx)
	if err != nil {
		return none, "", err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.client), timeout)
	defer cancel()
	token, err := flow.Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(t.Verifier))
	if err != nil {
		return none, "", refused("the provider did not confirm the sign-in: begin again")
	}
	who, err := p.identity(ctx, found, token, t.Nonce, now)
	return who, t.Next, err
}

func read(kept string) (ticket, error) {
	var t ticket
	body, err := base64.RawURLEncoding.DecodeString(kept)
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal(body, &t)
}

// claims are what a provider tells of a person.
type claims struct {
	Email         string `json:"email"`
	EmailVerified bool   `json:"email_verified"`
	Name          string `json:"name"`
}

// identity reads the signed identity, and asks for the address where the
// provider does not put it there.
func (p *Provider) identity(ctx context.Context, found *oidc.Provider, token *oauth2.Token, nonce string, now time.Time) (Identity, error) {
	var none Identity
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return none, refused("the provider did not say who you are: is the scope openid allowed for this client?")
	}
	verified, err := found.Verifier(&oidc.Config{ClientID: p.config.ClientID, Now: func() time.Time { return now }}).Verify(ctx, raw)
	if err != nil {
		return none, refused("what the provider says of you is not signed as it should be: begin again")
	}
	if subtle.ConstantTimeCompare([]byte(verified.Nonce), []byte(nonce)) != 1 {
		return none, refused("what the provider says of you belongs to another sign-in: begin again")
	}
	var c claims
	if err := verified.Claims(&c); err != nil {
		return none, refused("what the provider says of you cannot be read")
	}
	if c.Email == "" && found.UserInfoEndpoint() != "" {
		info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil || info.Subject != verified.Subject {
			return none, refused("the provider did not tell your e-mail address: begin again")
		}
		c.Email, c.EmailVerified = info.Email, info.EmailVerified
		var more claims
		if c.Name == "" && info.Claims(&more) == nil {
			c.Name = more.Name
		}
	}
	return Identity{Issuer: verified.Issuer, Subject: verified.Subject, Name: c.Name, Email: c.Email, EmailVerified: c.EmailVerified}, nil
}

// flow returns the addresses of the provider, asking for them until it has
// once answered.
func (p *Provider) flow(ctx context.Context) (*oauth2.Config, *oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		// The keys of the provider are fetched later with this context too.
		background := oidc.ClientContext(context.WithoutCancel(ctx), p.client)
		found, err := oidc.NewProvider(background, p.config.Issuer)
		if err != nil {
			return nil, nil, fault.New(fault.Unavailable, "oidc.flow", "", "the identity provider does not answer: try again, or sign in with a password")
		}
		p.found = found
	}
	return &oauth2.Config{ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret, RedirectURL: p.config.Redirect, Endpoint: p.found.Endpoint(),
		Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}, p.found, nil
}
