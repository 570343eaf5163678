package main

import (
	"bufio"
	"encoding/json"
	"fmt"
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
	DryRun bool   `name:"dry-run" help:"${h_dry_run}"`
}

// Run brings in the projects of a file and reports on each. With --json the
// reports are one array; nothing of it is printed when the file is refused.
func (c importOC4IDS) Run(s *session) error {
	f, err := openFile(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	home, err := app.Home()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(s.out, 1<<16)
	p := &reportPrinter{s: s, out: out}
	if err := oc4ids.Repairs(f, filepath.Base(c.File), oc4ids.Options{Lang: s.lang, Home: home}, func(r oc4ids.Report, _ *oc4ids.Value) error { return p.report(r) }); err != nil {
		return err
	}
	if err := p.end(); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	s.note("%s", fill(s.say("oc4ids_dry"), "accepted", p.accepted, "projects", p.projects, "repairs", p.repairs, "problems", p.problems))
	return nil
}

// reportPrinter writes reports one by one, so that a large file is never held.
type reportPrinter struct {
	s                                     *session
	out                                   *bufio.Writer
	projects, accepted, repairs, problems int
}

func (p *reportPrinter) report(r oc4ids.Report) error {
	p.projects++
	if r.Accepted {
		p.accepted++
	}
	p.repairs += len(r.Repairs)
	p.problems += len(r.Problems)
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
	if !p.s.json {
		return nil
	}
	text := "\n]\n"
	if p.projects == 0 {
		text = "[]\n"
	}
	_, err := p.out.WriteString(text)
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
