package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
)

// Health is the answer of a check.
type Health string

// The answers, from good to bad.
const (
	Well    Health = "ok"
	Ailing  Health = "warn" // it works, and something should be done
	Failing Health = "fail" // something does not work or is lost
)

// Finding is what a check found and what to do about it.
type Finding struct {
	Check string    `json:"check"`
	State Health    `json:"state"`
	Text  lang.Text `json:"text"`
	Do    lang.Text `json:"do,omitempty"`
}

// Examination says what is looked at.
type Examination struct {
	DSN     string
	Full    bool     // read everything: takes minutes on a large database
	Secrets []string // files that nobody else may read
	SMTP    string   // address of the mail server; "" for none
	OIDC    string   // address of the identity provider; "" for none
	Folder  string   // where database and files are kept
	// Open opens the database, once it is known that this changes nothing.
	Open func() (*App, error)
	Now  time.Time
}

const (
	littleRoom  = 1 << 30   // bytes: time to make room
	noRoom      = 100 << 20 // bytes: writes are about to fail
	oldBackup   = 48 * time.Hour
	lostBackup  = 14 * 24 * time.Hour
	stuckJob    = time.Hour
	clockSlack  = 5 * time.Minute
	dialTimeout = 5 * time.Second
	minPostgres = 15
)

// examining collects findings.
type examining struct {
	Examination
	out []Finding
}

func (x *examining) found(check string, state Health, key string, pairs ...any) {
	t := doctorWords[key]
	f := Finding{Check: check, State: state, Text: filled(t.text, pairs), Do: filled(t.do, pairs)}
	x.out = append(x.out, f)
}

func filled(t lang.Text, pairs []any) lang.Text {
	out := lang.Text{}
	for c, s := range t {
		for i := 0; i+1 < len(pairs); i += 2 {
			s = strings.ReplaceAll(s, "{"+fmt.Sprint(pairs[i])+"}", fmt.Sprint(pairs[i+1]))
		}
		out[c] = s
	}
	return out
}

// Examine looks at everything that a server needs. It changes nothing: tables
// that would have to be brought up to date end the examination of the database.
func Examine(ctx context.Context, e Examination) []Finding {
	x := &examining{Examination: e}
	if x.database(ctx) {
		a, err := e.Open()
		if err != nil {
			x.found("database", Failing, "database_down", "why", err)
		} else {
			x.inside(ctx, a)
		}
	}
	x.disk()
	x.permissions()
	x.mail(ctx)
	x.provider(ctx)
	return x.out
}

// Worst returns the worst of the answers.
func Worst(list []Finding) Health {
	worst := Well
	for _, f := range list {
		if f.State == Failing || worst == Well {
			worst = f.State
		}
	}
	return worst
}

// database reports whether the tables can be looked into.
func (x *examining) database(ctx context.Context) bool {
	i, err := store.Inspect(ctx, x.DSN)
	if err != nil {
		x.found("database", Failing, "database_down", "why", err)
		return false
	}
	x.found("database", Well, "database_up", "engine", i.Engine, "version", i.Server)
	var major int
	if _, err := fmt.Sscanf(i.Server, "%d", &major); i.Engine == store.PostgreSQL && (err != nil || major < minPostgres) {
		x.found("database", Failing, "database_old", "version", i.Server, "least", minPostgres)
	}
	if i.Engine == store.PostgreSQL && !i.DataChecksums {
		x.found("database", Ailing, "no_checksums")
	}
	switch {
	case i.Schema > i.Newest:
		x.found("tables", Failing, "tables_newer", "have", i.Schema, "know", i.Newest)
		return false
	case i.Schema < i.Newest:
		x.found("tables", Ailing, "tables_pending", "have", i.Schema, "know", i.Newest)
		return false
	}
	x.found("tables", Well, "tables_good", "have", i.Schema)
	return true
}

// inside looks at what the database holds.
func (x *examining) inside(ctx context.Context, a *App) {
	if err := a.Store.Integrity(ctx, x.Full); err != nil {
		x.found("integrity", Failing, "damaged", "why", err)
	} else if x.Full {
		x.found("integrity", Well, "whole")
	} else {
		x.found("integrity", Well, "quick")
	}
	heads, err := a.Store.VerifyChains(ctx)
	if err != nil {
		x.found("journal", Failing, "tampered", "why", err)
	} else {
		n := int64(0)
		for _, h := range heads {
			n += h.Seq
		}
		x.found("journal", Well, "journal_good", "n", n)
	}
	x.clock(ctx, a)
	x.backups(ctx, a)
	x.jobs(ctx, a)
	x.files(ctx, a)
}

func (x *examining) clock(ctx context.Context, a *App) {
	last, err := a.Store.LastEntry(ctx)
	switch {
	case err != nil:
		x.found("clock", Failing, "unreadable", "why", err)
	case last.Sub(x.Now) > clockSlack:
		x.found("clock", Failing, "clock_behind", "last", last.Format(time.RFC3339), "now", x.Now.UTC().Format(time.RFC3339))
	default:
		x.found("clock", Well, "clock_good", "now", x.Now.UTC().Format(time.RFC3339))
	}
}

func (x *examining) backups(ctx context.Context, a *App) {
	at, err := a.LastBackup(ctx)
	age := x.Now.Sub(at)
	switch {
	case err != nil:
		x.found("backup", Failing, "unreadable", "why", err)
	case at.IsZero():
		x.found("backup", Ailing, "backup_never")
	case age > lostBackup:
		x.found("backup", Failing, "backup_old", "at", at.Format(time.RFC3339))
	case age > oldBackup:
		x.found("backup", Ailing, "backup_old", "at", at.Format(time.RFC3339))
	default:
		x.found("backup", Well, "backup_good", "at", at.Format(time.RFC3339))
	}
}

func (x *examining) jobs(ctx context.Context, a *App) {
	loads, err := a.Jobs.Load(ctx)
	if err != nil {
		x.found("jobs", Failing, "unreadable", "why", err)
		return
	}
	good := true
	for _, l := range loads {
		if !l.Oldest.IsZero() && x.Now.Sub(l.Oldest) > stuckJob {
			good = false
			x.found("jobs", Ailing, "jobs_stuck", "kind", l.Kind, "n", l.Waiting+l.Running, "since", l.Oldest.Format(time.RFC3339))
		}
		if l.Failed > 0 {
			good = false
			x.found("jobs", Ailing, "jobs_failed", "kind", l.Kind, "n", l.Failed)
		}
	}
	if good {
		x.found("jobs", Well, "jobs_good")
	}
}

// files asks whether files can be kept, and with full reads them all.
func (x *examining) files(ctx context.Context, a *App) {
	if a.Blobs == nil {
		return
	}
	if err := a.Blobs.Ping(ctx); err != nil {
		x.found("files", Failing, "files_down", "why", err)
		return
	}
	if !x.Full {
		x.found("files", Well, "files_up", "where", a.Blobs.Where())
		return
	}
	got, err := a.VerifyFiles(ctx, func(int) {})
	switch {
	case err != nil:
		x.found("files", Failing, "files_down", "why", err)
	case len(got.Broken) > 0:
		x.found("files", Failing, "files_broken", "n", len(got.Broken))
	default:
		x.found("files", Well, "files_good", "n", got.Contents)
	}
}

func (x *examining) disk() {
	free, ok := freeSpace(x.Folder)
	mb := free >> 20
	switch {
	case !ok:
		x.found("disk", Ailing, "disk_unknown", "folder", x.Folder)
	case free < noRoom:
		x.found("disk", Failing, "disk_full", "mb", mb, "folder", x.Folder)
	case free < littleRoom:
		x.found("disk", Ailing, "disk_little", "mb", mb, "folder", x.Folder)
	default:
		x.found("disk", Well, "disk_good", "mb", mb, "folder", x.Folder)
	}
}

// permissions looks whether others on the machine may read what is not theirs.
func (x *examining) permissions() {
	names := x.Secrets
	if file, ok := strings.CutPrefix(x.DSN, "sqlite:"); ok {
		names = append(names, file)
	}
	good := true
	for _, name := range names {
		info, err := os.Stat(name)
		switch {
		case errors.Is(err, os.ErrNotExist) && "sqlite:"+name == x.DSN: // told of already
		case err != nil:
			good = false
			x.found("permissions", Failing, "secret_missing", "file", name)
		case info.Mode().Perm()&0o007 != 0:
			good = false
			x.found("permissions", Ailing, "open_to_all", "file", name, "mode", fmt.Sprintf("%04o", info.Mode().Perm()))
		}
	}
	if good {
		x.found("permissions", Well, "closed")
	}
}

func (x *examining) mail(ctx context.Context) {
	if x.SMTP == "" {
		x.found("mail", Well, "mail_none")
		return
	}
	u, err := url.Parse(x.SMTP)
	if err != nil || u.Hostname() == "" {
		x.found("mail", Failing, "mail_address")
		return
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"smtps": "465"}[u.Scheme]
	}
	if port == "" {
		port = "587"
	}
	c, err := (&net.Dialer{Timeout: dialTimeout}).DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		x.found("mail", Failing, "mail_down", "host", u.Hostname(), "port", port)
		return
	}
	c.Close()
	x.found("mail", Well, "mail_up", "host", u.Hostname())
}

func (x *examining) provider(ctx context.Context) {
	if x.OIDC == "" {
		x.found("sign_in", Well, "oidc_none")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	err := reach(ctx, strings.TrimSuffix(x.OIDC, "/")+"/.well-known/openid-configuration")
	if err != nil {
		x.found("sign_in", Failing, "oidc_down", "why", err)
		return
	}
	x.found("sign_in", Well, "oidc_up")
}

func reach(ctx context.Context, address string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fault.New(fault.Invalid, "app.Examine", "", "its address is not one")
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return fault.New(fault.Unavailable, "app.Examine", "", "it does not answer")
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fault.New(fault.Unavailable, "app.Examine", "", "it answers %d", res.StatusCode)
	}
	return nil
}
