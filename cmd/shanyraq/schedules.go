package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/network"
)

// scheduleFlags are what the imports of schedules share.
type scheduleFlags struct {
	File   string `arg:"" help:"${h_file}"`
	Work   string `required:"" placeholder:"ID" help:"${h_schedule_work}"`
	Map    string `placeholder:"FILE" help:"${h_schedule_map}"`
	On     string `placeholder:"YYYY-MM-DD" help:"${h_schedule_on}"`
	Office string `placeholder:"CODE" help:"${h_schedule_office}"`
	Reason string `placeholder:"TEXT" help:"${h_schedule_reason}"`
	DryRun bool   `name:"dry-run" help:"${h_dry_run}"`
}

type importMSPDI struct{ scheduleFlags }

// Run takes a schedule of Microsoft Project into a work.
func (c importMSPDI) Run(s *session) error {
	return c.take(s, app.ScheduleImport{Format: schedule.MSPDI})
}

type importXER struct {
	scheduleFlags
	Project  string `placeholder:"CODE" help:"${h_schedule_project}"`
	Encoding string `enum:",Windows-1251,KZ-1048,Windows-1252" default:"" placeholder:"ENCODING" help:"${h_schedule_encoding}"`
}

// Run takes a project of Primavera into a work.
func (c importXER) Run(s *session) error {
	return c.take(s, app.ScheduleImport{Format: schedule.XER, Project: c.Project, Encoding: c.Encoding})
}

func (c scheduleFlags) take(s *session, o app.ScheduleImport) error {
	o.Work, o.Office, o.Reason, o.DryRun = works.ID(c.Work), c.Office, c.Reason, c.DryRun
	var err error
	if o.On, err = readDay("--on", c.On); err != nil {
		return err
	}
	if o.Stages, err = readNamed(c.Map, schedule.ReadStageMap); err != nil {
		return err
	}
	f, err := openFile(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := s.openFiles(); err != nil {
		return err
	}
	got, err := s.app.ImportSchedule(s.ctx, filepath.Base(c.File), f, o)
	if err != nil {
		return err
	}
	if s.json {
		err = s.print(got)
	} else {
		s.showSchedule(got)
	}
	if err == nil && !got.Accepted {
		return errFaults{fill(s.say("schedule_bad"), "n", len(got.Problems))}
	}
	return err
}

func (s *session) showSchedule(got *app.ScheduleReceipt) {
	rows := [][]string{}
	for _, list := range [][]app.ScheduleStage{got.Stages, got.Own} {
		for _, g := range list {
			name := works.StageName(g.Stage).In(s.lang)
			if g.Stage == "" {
				name = "— " + g.Name
			}
			percent, finish := "—", "—"
			if g.Percent != nil {
				percent = string(*g.Percent) + " %"
			}
			if g.Finish != nil {
				finish = g.Finish.String()
			}
			rows = append(rows, []string{name, fmt.Sprint(g.Tasks), percent, finish})
		}
	}
	_ = s.table(rows) // what cannot be shown is in the receipt all the same
	if p := got.Path; p != nil && p.Finish != nil {
		stated := "—"
		if p.Stated != nil {
			stated = p.Stated.Day().String()
		}
		s.note("%s", fill(s.say("schedule_path"), "finish", p.Finish.LastDay(), "stated", stated, "path", strings.Join(p.Critical[:min(len(p.Critical), 30)], " → ")))
	}
	for _, f := range got.Findings {
		s.note("%s %s", f.Path, f.Text.In(s.lang))
	}
	for _, c := range got.Checks {
		if c.State != network.Warning {
			continue
		}
		found := fmt.Sprintf("%d / %d", c.Count, c.Of)
		if c.Value != nil {
			found = fmt.Sprint(*c.Value)
		}
		s.note("%s: %s — %s", c.Code, found, c.Text.In(s.lang))
	}
	for _, p := range got.Problems {
		fmt.Fprintf(s.err, "%s %s: %s\n", p.File, p.Path, p.Text.In(s.lang))
	}
	switch {
	case !got.Accepted:
	case got.DryRun:
		s.note("%s", fill(s.say("schedule_dry"), "lines", got.Lines.New, "terms", got.Baseline.Terms, "own", len(got.Own)))
	default:
		s.note("%s", fill(s.say("schedule_done"), "lines", got.Lines.New, "known", got.Lines.Known, "baseline", s.say("baseline_"+got.Baseline.State)))
	}
}
