package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/exchange/photo"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/oidc"
	"github.com/shanyraq/shanyraq/web"
)

type demoCommand struct{}

// Run loads Kazakhstan and the programme of the five documents.
func (demoCommand) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	got, err := s.app.LoadCountry(s.ctx, kz.Pack())
	if err != nil {
		return err
	}
	if s.json {
		return s.print(got)
	}
	if got.Kept > 0 || len(got.Refused) > 0 {
		s.note("%s", fill(s.say("demo_kept"), "kept", got.Kept, "refused", len(got.Refused)))
	}
	if got.Nothing() {
		s.note("%s", s.say("demo_known"))
		return nil
	}
	s.note("%s", fill(s.say("demo_done"), "n", got.Figures+got.Known, "new", got.Figures, "places", got.Catalogue, "documents", got.Documents, "works", got.Works, "lines", got.WorkLines))
	return nil
}

type serveCommand struct {
	Listen         string  `env:"SHANYRAQ_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"${h_listen}"`
	ReadsPerSecond float64 `env:"SHANYRAQ_READS_PER_SECOND" default:"400" placeholder:"N" help:"${h_reads}"`
	MaxFile        int64   `env:"SHANYRAQ_MAX_FILE" default:"25" placeholder:"MB" help:"${h_max_file}"`
	MaxPixels      int64   `env:"SHANYRAQ_MAX_PIXELS" default:"60" placeholder:"MILLIONS" help:"${h_max_pixels}"`
	LogRequests    bool    `env:"SHANYRAQ_LOG_REQUESTS" help:"${h_log}"`

	Drain time.Duration `env:"SHANYRAQ_DRAIN" default:"0s" placeholder:"DURATION" help:"${h_drain}"`

	Imports     string `env:"SHANYRAQ_IMPORTS" placeholder:"FOLDER" help:"${h_imports}"`
	ImportLimit int64  `env:"SHANYRAQ_IMPORT_LIMIT" default:"200" placeholder:"MB" help:"${h_import_limit}"`

	PublicURL            string   `name:"public-url" env:"SHANYRAQ_PUBLIC_URL" placeholder:"URL" help:"${h_public_url}"`
	TrustedProxy         []string `name:"trusted-proxy" env:"SHANYRAQ_TRUSTED_PROXY" placeholder:"ADDRESS" help:"${h_trusted_proxy}"`
	OIDCIssuer           string   `name:"oidc-issuer" env:"SHANYRAQ_OIDC_ISSUER" placeholder:"URL" help:"${h_oidc_issuer}"`
	OIDCClientID         string   `name:"oidc-client-id" env:"SHANYRAQ_OIDC_CLIENT_ID" placeholder:"NAME" help:"${h_oidc_client_id}"`
	OIDCClientSecretFile string   `name:"oidc-client-secret-file" env:"SHANYRAQ_OIDC_CLIENT_SECRET_FILE" type:"existingfile" placeholder:"FILE" help:"${h_oidc_client_secret}"`
	OIDCCreate           bool     `name:"oidc-create" env:"SHANYRAQ_OIDC_CREATE" help:"${h_oidc_create}"`

	telling `embed:""`
}

// Time limits of a connection: a slow reader may not hold it for ever.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 60 * time.Second
	writeTimeout  = 120 * time.Second
	idleTimeout   = 120 * time.Second
	drainTimeout  = 10 * time.Second
)

// Run serves API and pages until the program is told to stop.
func (c serveCommand) Run(s *session) error {
	if err := s.openFiles(); err != nil {
		return err
	}
	s.app.FileLimits = photo.Limits{Bytes: c.MaxFile << 20, Pixels: c.MaxPixels * 1_000_000}
	l, err := (&net.ListenConfig{}).Listen(s.ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: choose another --listen HOST:PORT (%w)", c.Listen, err)
	}
	folder := c.Imports
	if folder == "" {
		folder = importsBeside(s.db)
	}
	s.app.ImportsIn(folder, c.ImportLimit<<20)
	alone := loopback(l.Addr())
	local := alone && onThisMachine(c.PublicURL)
	level := slog.LevelInfo
	if c.LogRequests {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewJSONHandler(s.err, &slog.HandlerOptions{Level: level}))
	if s.quiet {
		log = slog.New(slog.DiscardHandler)
	}
	var draining atomic.Bool
	if err := c.mail(s); err != nil {
		return err
	}
	o := s.app.Serving()
	if o.Proxies, err = proxies(c.TrustedProxy, alone && !local); err != nil {
		return err
	}
	o.Draining = draining.Load
	o.Log, o.Assets, o.Administrator, o.ReadsPerSecond = log, web.Assets(), local, c.ReadsPerSecond
	server := &http.Server{
		Handler:           httpapi.New(o),
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	if err := c.welcome(s, l.Addr(), local); err != nil {
		return err
	}
	if _, err := s.app.State(s.ctx); err != nil { // fill the memory before the first reader comes
		return err
	}
	if _, err := fmt.Fprintln(s.out, address(l.Addr())); err != nil {
		return err
	}
	if err := c.begin(s.ctx, s, log); err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		s.app.Jobs.Stop(s.ctx)
		return err
	case <-s.ctx.Done():
	}
	draining.Store(true)
	log.Info("ending", "drain", c.Drain.String())
	return c.end(s, server)
}

// end lets a balancer see that this server is about to go, then takes no more
// connections, and gives what is being answered and done a while to finish.
// Jobs that do not are taken up again by the next process.
func (c serveCommand) end(s *session, server *http.Server) error {
	time.Sleep(c.Drain)
	drain, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	defer s.app.Jobs.Stop(drain)
	err := server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// welcome prepares signing in, and tells how the first account is made as long
// as there is none.
func (c serveCommand) welcome(s *session, at net.Addr, local bool) error {
	s.app.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
	if s.app.PublicURL == "" {
		s.app.PublicURL = strings.TrimSuffix(address(at), "/")
	}
	if c.OIDCIssuer != "" {
		secret := []byte{}
		if c.OIDCClientSecretFile != "" {
			var err error
			if secret, err = os.ReadFile(c.OIDCClientSecretFile); err != nil {
				return fmt.Errorf("cannot read --oidc-client-secret-file: %w", err)
			}
		}
		p, err := oidc.New(oidc.Config{Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: strings.TrimSpace(string(secret)), Redirect: s.app.PublicURL + "/api/outside/callback"})
		if err != nil {
			return err
		}
		s.app.Outside, s.app.OutsideCreate = p, c.OIDCCreate
	}
	if err := s.app.SweepAccounts(s.ctx); err != nil {
		return err
	}
	link, err := s.app.FirstLink(s.ctx, string(s.lang))
	if err != nil {
		return err
	}
	switch {
	case !local:
		s.note("%s", s.say("public"))
	case link != "":
		s.note("%s", s.say("loopback"))
	}
	if link != "" && !s.quiet {
		fmt.Fprintln(s.err, fill(s.say("first_link"), "link", link))
	}
	return nil
}

// proxies reads addresses and networks of proxies; who listens on this machine
// and is known under another name has one here.
func proxies(list []string, here bool) ([]netip.Prefix, error) {
	var out []netip.Prefix
	if here {
		out = append(out, netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"))
	}
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if ip, aerr := netip.ParseAddr(text); err != nil && aerr == nil {
			p, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, fault.New(fault.Invalid, "main.proxies", "", "--trusted-proxy must be an address or a network, such as 10.0.0.5 or 172.18.0.0/16")
		}
		out = append(out, p)
	}
	return out, nil
}

// onThisMachine reports whether an address leads nowhere else; none does not.
func onThisMachine(address string) bool {
	if address == "" {
		return true
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback())
}

// importsBeside names the folder of imports after the database: beside its
// file, or in the data folder of the user for a server.
func importsBeside(dsn string) string {
	file, ok := strings.CutPrefix(dsn, "sqlite:")
	if !ok {
		file = strings.TrimPrefix(defaultDB(), "sqlite:")
	}
	file, _, _ = strings.Cut(file, "?")
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".imports"
}

func loopback(a net.Addr) bool {
	t, ok := a.(*net.TCPAddr)
	return ok && t.IP.IsLoopback()
}

// address is where a browser finds the server.
func address(a net.Addr) string {
	t, ok := a.(*net.TCPAddr)
	if !ok {
		return "http://" + a.String() + "/"
	}
	host := t.IP.String()
	if t.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(t.Port)) + "/"
}
