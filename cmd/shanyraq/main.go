// Command shanyraq plans, builds, pays for, connects and measures a nation's
// health system. In this release it keeps the ledger of what was promised and
// what happened, follows works to the first patient, answers who reaches care
// in how many minutes, and serves all of it as pages.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// version is set by the build.
var version = "dev"

// Exit codes.
const (
	exitDone    = 0
	exitRefused = 1 // refused or failed
	exitUsage   = 2
)

// globals are the flags of every command.
type globals struct {
	DB     string          `name:"db" env:"SHANYRAQ_DB" placeholder:"DSN" default:"${default_db}" help:"${h_db}"`
	Files  string          `name:"files" env:"SHANYRAQ_FILES" placeholder:"DIR|s3://BUCKET/PREFIX" help:"${h_files}"`
	JSON   bool            `name:"json" env:"SHANYRAQ_JSON" help:"${h_json}"`
	Lang   string          `name:"lang" env:"SHANYRAQ_LANG" enum:",kk,ru,en" default:"" placeholder:"kk|ru|en" help:"${h_lang}"`
	Quiet  bool            `name:"quiet" env:"SHANYRAQ_QUIET" short:"q" help:"${h_quiet}"`
	Config kong.ConfigFlag `name:"config" placeholder:"FILE" help:"${h_config}"`

	Backups          string `name:"backups" env:"SHANYRAQ_BACKUPS" placeholder:"DIR" help:"${h_backups}"`
	MigrationBackups int    `name:"migration-backups" env:"SHANYRAQ_MIGRATION_BACKUPS" default:"3" placeholder:"N" help:"${h_migration_backups}"`
}

// commands is the whole command line. Help texts stand in words.go in three
// languages.
type commands struct {
	globals

	Demo       demoCommand        `cmd:"" help:"${h_demo}"`
	Serve      serveCommand       `cmd:"" help:"${h_serve}"`
	Board      boardCommand       `cmd:"" help:"${h_board}"`
	Figures    figuresCommand     `cmd:"" help:"${h_figures}"`
	Why        whyCommand         `cmd:"" help:"${h_why}"`
	Check      checkCommands      `cmd:"" help:"${h_check}"`
	Search     searchCommand      `cmd:"" help:"${h_search}"`
	Import     importCommands     `cmd:"" help:"${h_import}"`
	Export     exportCommands     `cmd:"" help:"${h_export}"`
	Evidence   filesCommands      `cmd:"" name:"files" help:"${h_files_all}"`
	Journal    journalCommands    `cmd:"" help:"${h_journal}"`
	Backup     backupCommands     `cmd:"" help:"${h_backup}"`
	Restore    restoreCommand     `cmd:"" help:"${h_restore}"`
	Doctor     doctorCommand      `cmd:"" help:"${h_doctor}"`
	Health     healthcheckCommand `cmd:"" name:"healthcheck" help:"${h_health}"`
	Method     methodCommands     `cmd:"" help:"${h_method}"`
	Access     accessCommands     `cmd:"" help:"${h_access}"`
	User       userCommands       `cmd:"" help:"${h_users}"`
	Token      tokenCommands      `cmd:"" help:"${h_tokens}"`
	Openapi    openapiCommand     `cmd:"" help:"${h_openapi}"`
	Completion completionCommand  `cmd:"" help:"${h_completion}"`
	Version    versionCommand     `cmd:"" help:"${h_version}"`
}

// session is what a command works with.
type session struct {
	ctx    context.Context
	out    io.Writer
	err    io.Writer
	in     io.Reader
	lang   lang.Code
	json   bool
	quiet  bool
	db     string
	files  string // where evidence is kept; empty: beside the database
	parser *kong.Kong
	app    *app.App

	backups string // folder of backups; empty: beside the database
	copies  int    // kept before migrations
}

// open opens the database named by --db.
func (s *session) open() error {
	if s.app != nil {
		return nil
	}
	var options []store.Option
	if s.copies > 0 {
		options = append(options, store.BeforeMigration(app.BeforeMigration(version, s.backupsFolder(), s.copies, time.Now)))
	}
	st, err := store.Open(s.ctx, s.db, options...)
	if err != nil {
		return err
	}
	s.app = app.New(st, version)
	return nil
}

// note tells a person what happened; scripts do not see it.
func (s *session) note(format string, args ...any) {
	if !s.quiet && !s.json {
		fmt.Fprintf(s.err, format+"\n", args...)
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program without the process: it returns the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	code := languageOf(args, os.Getenv)
	grammar, c := grammarOf(args)
	exited := -1
	parser, err := kong.New(grammar, kong.Name("shanyraq"), kong.Description(words["description"].In(code)), textsOf(grammar, code), kong.Vars{"default_db": defaultDB()},
		kong.Writers(out, errs), kong.Exit(func(n int) { exited = n }), kong.Configuration(kong.JSON, configFiles()...),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(errs, "shanyraq:", err)
		return exitUsage
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintf(errs, "shanyraq: %v: %s\n", err, words["try_help"].In(code))
		return exitUsage
	}
	s := &session{ctx: actor.With(ctx, actor.Local("")), out: out, err: errs, in: in, lang: code, json: c.JSON, quiet: c.Quiet, db: c.DB, parser: parser,
		files: c.Files, backups: c.Backups, copies: c.MigrationBackups}
	err = k.Run(s)
	if s.app != nil {
		err = errors.Join(err, s.app.Close())
	}
	if err != nil {
		fmt.Fprintln(errs, "shanyraq:", oneLine(err))
		return exitRefused
	}
	return exitDone
}

// oneLine keeps an error message on one line.
func oneLine(err error) string {
	return strings.Join(strings.Fields(err.Error()), " ")
}

// languageOf finds the language of messages before flags are parsed: --lang,
// SHANYRAQ_LANG, the locale, else English.
func languageOf(args []string, env func(string) string) lang.Code {
	candidates := []string{}
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			candidates = []string{v} // the last one counts
		} else if a == "--lang" && i+1 < len(args) {
			candidates = []string{args[i+1]}
		}
	}
	for _, name := range []string{"SHANYRAQ_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			candidates = append(candidates, v)
		}
	}
	for _, v := range candidates {
		for _, c := range lang.Codes() {
			if v == string(c) || strings.HasPrefix(v, string(c)+"_") {
				return c
			}
		}
	}
	return lang.EN
}

// defaultDB is a file in the data folder of the user.
func defaultDB() string {
	dir := os.Getenv("XDG_DATA_HOME")
	if dir == "" {
		if home, err := os.UserHomeDir(); err == nil {
			dir = filepath.Join(home, ".local", "share")
		}
	}
	return "sqlite:" + filepath.Join(dir, "shanyraq", "shanyraq.db")
}

func configFiles() []string {
	files := []string{"/etc/shanyraq/config.json"}
	if dir, err := os.UserConfigDir(); err == nil {
		files = append(files, filepath.Join(dir, "shanyraq", "config.json"))
	}
	return files
}

// moment holds the flags that choose from when a reader looks.
type moment struct {
	AsOf         string `name:"as-of" placeholder:"YYYY-MM-DD" help:"${h_as_of}"`
	RecordedAsOf string `name:"recorded-as-of" placeholder:"INSTANT" help:"${h_recorded}"`
}

func (m moment) when() (app.When, error) {
	var w app.When
	if m.AsOf != "" {
		d, err := period.ParseDate(m.AsOf)
		if err != nil {
			return w, errors.New("--as-of must be a day, YYYY-MM-DD")
		}
		w.AsOf = &d
	}
	if m.RecordedAsOf != "" {
		t, err := time.Parse(time.RFC3339Nano, m.RecordedAsOf)
		if err != nil {
			return w, errors.New("--recorded-as-of must be an instant such as 2026-11-23T10:00:00Z")
		}
		w.Recorded = &t
	}
	return w, nil
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(s *session) error {
	v := map[string]string{"version": version, "go": "", "revision": ""}
	if b, ok := debug.ReadBuildInfo(); ok {
		v["go"] = b.GoVersion
		for _, x := range b.Settings {
			if x.Key == "vcs.revision" {
				v["revision"] = x.Value
			}
		}
	}
	if s.json {
		return s.print(v)
	}
	_, err := fmt.Fprintf(s.out, "shanyraq %s (%s)\n", v["version"], v["go"])
	return err
}
