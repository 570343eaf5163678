package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/shanyraq/shanyraq/exchange/oc4ids"
	"github.com/shanyraq/shanyraq/internal/app"
)

type checkCommands struct {
	Rules  checkCommand `cmd:"" default:"withargs" help:"${h_check}"`
	OC4IDS checkOC4IDS  `cmd:"" name:"oc4ids" help:"${h_check_oc4ids}"`
}

type checkOC4IDS struct {
	File string `arg:"" help:"${h_file}"`
}

// Run compares a file with OC4IDS. It needs no database.
func (c checkOC4IDS) Run(s *session) error {
	f, err := openFile(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	home, err := app.Home()
	if err != nil {
		return err
	}
	v, err := oc4ids.Check(f, oc4ids.Options{Lang: s.lang, Home: home})
	if err != nil {
		return err
	}
	if s.json {
		return s.print(v)
	}
	for _, x := range v.Errors {
		fmt.Fprintf(s.out, "%s  %s  %s: %s\n", s.say("oc4ids_error"), place(x.Path), x.Rule, x.Message)
	}
	for _, x := range v.Warnings {
		fmt.Fprintf(s.out, "%s  %s  %s: %s\n", s.say("oc4ids_warning"), place(x.Path), x.Rule, x.Message)
	}
	key := "oc4ids_valid"
	if !v.Valid {
		key = "oc4ids_invalid"
	}
	_, err = fmt.Fprintln(s.out, fill(s.say(key), "version", v.Version, "projects", v.Projects, "errors", len(v.Errors)+v.MoreErrors, "warnings", len(v.Warnings)+v.MoreWarnings))
	return err
}

// place shows a JSON pointer; that of the whole file is empty.
func place(pointer string) string {
	if pointer == "" {
		return "/"
	}
	return pointer
}

type importOC4IDS struct {
	File   string `arg:"" help:"${h_file}"`
	Prefix string `placeholder:"PREFIX" help:"${h_oc4ids_prefix}"`
	DryRun bool   `name:"dry-run" help:"${h_dry_run}"`
}

// Run brings in the projects of a file and reports on each. With --json the
// reports are one array; nothing of it is printed when the file is refused.
func (c importOC4IDS) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	f, err := openFile(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	p := &reportPrinter{s: s, out: bufio.NewWriterSize(s.out, 1<<16)}
	got, err := s.app.ImportOC4IDS(s.ctx, filepath.Base(c.File), f, app.OC4IDSImport{Lang: s.lang, Prefix: c.Prefix, DryRun: c.DryRun}, p.report)
	if err == nil || p.projects > 0 { // what was reported is ended well even when a later act fails
		if err := p.end(); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	key := "oc4ids_done"
	if c.DryRun {
		key = "oc4ids_dry"
	}
	s.note("%s", fill(s.say(key), "accepted", got.Accepted, "projects", got.Projects, "repairs", got.Repairs, "problems", got.Problems, "works", got.Works, "lines", got.Lines))
	if got.Accepted == 0 && !c.DryRun {
		return errFaults{s.say("oc4ids_none")}
	}
	return nil
}

// reportPrinter writes reports one by one, so that a large file is never held.
type reportPrinter struct {
	s        *session
	out      *bufio.Writer
	projects int
}

func (p *reportPrinter) report(r oc4ids.Report) error {
	p.projects++
	if p.s.json {
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		sep := ",\n"
		if p.projects == 1 {
			sep = "[\n"
		}
		_, err = fmt.Fprintf(p.out, "%s%s", sep, body)
		return err
	}
	key := "oc4ids_accepted"
	if !r.Accepted {
		key = "oc4ids_refused"
	}
	fmt.Fprintf(p.out, "%s  %s  %s\n", p.s.say(key), value(r.ID, "—"), r.Title)
	for _, x := range r.Repairs {
		fmt.Fprintf(p.out, "  %s  %s: %s → %s (%s)\n", p.s.say("oc4ids_repair"), place(x.Path), short(x.Was), short(x.Became), x.Why)
	}
	for _, x := range r.Problems {
		fmt.Fprintf(p.out, "  %s  %s  %s: %s\n", p.s.say("oc4ids_problem"), place(x.Path), x.Rule, x.Message)
	}
	return nil
}

func (p *reportPrinter) end() error {
	if p.s.json {
		text := "\n]\n"
		if p.projects == 0 {
			text = "[]\n"
		}
		if _, err := p.out.WriteString(text); err != nil {
			return err
		}
	}
	return p.out.Flush()
}

type exportOC4IDS struct {
	moment
	Out       string `short:"o" placeholder:"FILE" help:"${h_out}"`
	Place     string `placeholder:"CODE" help:"${h_place}"`
	Prefix    string `placeholder:"PREFIX" help:"${h_oc4ids_prefix}"`
	URI       string `name:"uri" placeholder:"URI" help:"${h_oc4ids_uri}"`
	Publisher string `placeholder:"NAME" help:"${h_oc4ids_publisher}"`
	Published string `placeholder:"INSTANT" help:"${h_oc4ids_published}"`
	Licence   string `placeholder:"URL" help:"${h_oc4ids_licence}"`
}

// Run writes the works of the database as an OC4IDS package to a file that does
// not exist yet, or to standard output.
func (c exportOC4IDS) Run(s *session) error {
	if c.Prefix != "" && !oc4ids.IsPrefix(c.Prefix) {
		return errors.New("--prefix must be oc4ids- and six small letters or digits, as the registrar of OC4IDS gave it")
	}
	if err := s.open(); err != nil {
		return err
	}
	w, err := c.when()
	if err != nil {
		return err
	}
	in := app.OC4IDSExport{Lang: s.lang, Prefix: c.Prefix, Place: c.Place, Around: oc4ids.Around{URI: c.URI, Publisher: c.Publisher, Published: c.Published, License: c.Licence}}
	write := func(out io.Writer) (int, error) { return s.app.ExportOC4IDS(s.ctx, w, in, out) }
	if c.Out == "" || c.Out == "-" {
		_, err := write(s.out)
		return err
	}
	n, err := writeNew(c.Out, write)
	if err == nil {
		s.note("%s", fill(s.say("oc4ids_exported"), "n", n, "file", c.Out))
	}
	return err
}

// short is a value in a line for a person.
func short(v *oc4ids.Value) string {
	if v == nil {
		return "—"
	}
	r := []rune(string(v.Append(nil)))
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return string(r)
}
