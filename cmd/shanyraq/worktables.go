package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/worksheet"
	"github.com/shanyraq/shanyraq/internal/app"
)

type importWorks struct {
	File    string `arg:"" help:"${h_file}"`
	Kind    string `enum:"works,lines,stages,statuses,equipment" default:"works" placeholder:"KIND" help:"${h_works_kind}"`
	Map     string `placeholder:"FILE" help:"${h_mapping}"`
	Sheet   string `placeholder:"NAME" help:"${h_sheet}"`
	Office  string `placeholder:"CODE" help:"${h_schedule_office}"`
	On      string `placeholder:"YYYY-MM-DD" help:"${h_works_on}"`
	Reason  string `placeholder:"TEXT" help:"${h_works_reason}"`
	DryRun  bool   `name:"dry-run" help:"${h_dry_run}"`
	Partial bool   `help:"${h_partial}"`
}

// Run brings in a table of works, or of what was said about them.
func (c importWorks) Run(s *session) error {
	if c.Kind == "equipment" { // which has a register and a command of its own
		if c.Partial || c.On != "" || c.Office != "" || c.Reason != "" {
			return errors.New("a register of devices is taken whole: leave out --partial, --on, --office and --reason")
		}
		return importEquipment{File: c.File, Map: c.Map, Sheet: c.Sheet, DryRun: c.DryRun}.Run(s)
	}
	o := app.WorksImport{Kind: worksheet.Kind(c.Kind), Sheet: c.Sheet, Office: c.Office, Reason: c.Reason, DryRun: c.DryRun, Partial: c.Partial}
	var err error
	if o.On, err = readDay("--on", c.On); err != nil {
		return err
	}
	if o.Mapping, err = readNamed(c.Map, worksheet.ReadMapping); err != nil {
		return err
	}
	f, size, err := openTable(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := s.open(); err != nil {
		return err
	}
	progress, clear := s.progress()
	o.Progress = progress
	got, err := s.app.ImportWorks(s.ctx, filepath.Base(c.File), f, size, o)
	clear()
	if err != nil {
		return err
	}
	if s.json {
		err = s.print(got)
	} else {
		s.showWorks(got)
	}
	if n := len(got.Problems) + got.More; n > 0 && err == nil {
		key := "works_bad"
		if got.Written {
			key = "works_partly"
		}
		return errFaults{fill(s.say(key), "n", n, "rows", got.Good)}
	}
	return err
}

func (s *session) showWorks(got *app.WorksReceipt) {
	for _, n := range got.Notices {
		s.note("%s: %s", got.File, n.Text.In(s.lang))
	}
	for _, p := range got.Problems {
		at := strings.TrimSpace(p.Cell + " " + p.Column)
		if p.Cell == "" {
			at = strings.TrimSpace(fmt.Sprint(p.Row) + " " + p.Column)
		}
		fmt.Fprintf(s.err, "%s %s: %s\n", got.File, at, p.Text.In(s.lang))
	}
	switch {
	case got.DryRun && len(got.Problems) == 0:
		s.note("%s", fill(s.say("works_dry"), "rows", got.Rows, "good", got.Good))
	case got.Written || len(got.Problems) == 0:
		s.note("%s", fill(s.say("works_done"), "rows", got.Rows, "works", got.Works, "lines", got.Lines, "known", got.Known))
	}
}
