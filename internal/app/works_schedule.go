package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/exchange/schedule/mspdi"
	"github.com/shanyraq/shanyraq/exchange/schedule/xer"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/network"
)

// ImportSchedule takes the stages, progress and baseline of a schedule into a
// work: all of it, or nothing when there are problems. A table of the activities
// becomes the evidence of the percentages. It returns fault.Invalid for a file
// that cannot be read, and fault.NotFound for a work or project that is not
// there.
func (a *App) ImportSchedule(ctx context.Context, name string, r io.Reader, o ScheduleImport) (*ScheduleReceipt, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	f, err := a.seenWork(ctx, v, o.Work)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	s, err := readSchedule(io.TeeReader(r, h), name, o)
	if err != nil {
		return nil, err
	}
	p, err := s.Project(o.Project)
	if err != nil {
		return nil, err
	}
	out := &ScheduleReceipt{File: name, SHA256: hex.EncodeToString(h.Sum(nil)), Format: s.Format, Program: s.Program, Encoding: s.Encoding, Guessed: s.Guessed, DryRun: o.DryRun, Work: o.Work,
		Project: p.Code, Name: p.Name, Projects: projectsOf(s), Stages: []ScheduleStage{}, Own: []ScheduleStage{}, Problems: []WorkProblem{}, Findings: append([]schedule.Finding{}, s.Findings...), More: s.Uncounted,
		Checks: []network.Finding{}, plan: s, project: p, file: f, today: v.at.AsOf, sources: v.sourceCodes()}
	if s.Count("no_end") > 0 { // half of a plan would be taken for the whole
		out.problem("%E", "cut", "", "")
	}
	out.sort(o)
	if err := out.compute(); err != nil {
		return nil, err
	}
	out.progress(o, v.speaks(ctx, f, o.Office))
	out.agree(o, v.speaks(ctx, f, o.Office), v.Country.Currency)
	out.Accepted = len(out.Problems) == 0
	if !out.Accepted || o.DryRun {
		return out, nil
	}
	return out, a.takeSchedule(ctx, v, out)
}

func readSchedule(r io.Reader, name string, o ScheduleImport) (*schedule.Schedule, error) {
	switch o.Format {
	case schedule.MSPDI:
		return mspdi.Read(r, name, 0)
	case schedule.XER:
		return xer.Read(r, name, xer.Options{Encoding: o.Encoding})
	}
	return nil, fault.New(fault.Invalid, "app.ImportSchedule", string(o.Format), "a schedule is mspdi or xer")
}

func projectsOf(s *schedule.Schedule) []ScheduleProject {
	out := []ScheduleProject{}
	for i := range s.Projects {
		p := &s.Projects[i]
		out = append(out, ScheduleProject{Code: p.Code, Name: p.Name, Tasks: len(p.Tasks), BaselineOf: p.BaselineOf})
	}
	return out
}

// problem adds a problem. a and b stand for {a} and {b}.
func (s *ScheduleReceipt) problem(path, code, a, b string) {
	s.Problems = append(s.Problems, WorkProblem{File: s.File, Path: path, Code: code, Text: scheduleWord(code, a, b)})
}

// sort gives the parts of the plan to the stages of the work.
func (s *ScheduleReceipt) sort(o ScheduleImport) {
	var codes []string
	for _, st := range s.file.Stages().Stages {
		codes = append(codes, st.Code)
	}
	for key, stage := range o.Stages {
		if stage != "" && !slices.Contains(codes, stage) {
			s.problem(key, "stage_unknown", stage, string(s.file.Kind))
		}
	}
	s.groups = schedule.Groups(s.project, codes, o.Stages)
	for i := range s.groups {
		g := &s.groups[i]
		row := ScheduleStage{Stage: g.Stage, Code: g.Code, Name: g.Name, How: append([]schedule.How{}, g.How...), Tasks: g.Tasks, Percent: numberText(g.Percent), Start: firstDay(g.Start), Finish: lastDay(g.Finish),
			Started: firstDay(g.ActualStart), Finished: lastDay(g.ActualFinish), BaselineStart: firstDay(g.BaselineStart), BaselineFinish: lastDay(g.BaselineFinish), WithoutBase: g.Unplanned}
		if g.Stage == "" {
			s.Own = append(s.Own, row)
		} else {
			s.Stages = append(s.Stages, row)
		}
	}
	slices.SortFunc(s.Problems, func(a, b WorkProblem) int { return cmp.Compare(a.Path, b.Path) })
	if len(s.Stages) == 0 {
		s.problem("", "no_stage", "", "")
	}
}

func firstDay(m *network.Minute) *period.Date {
	if m == nil {
		return nil
	}
	d := m.Day()
	return &d
}

func lastDay(m *network.Minute) *period.Date {
	if m == nil {
		return nil
	}
	d := m.LastDay()
	return &d
}

// maxCritical bounds the activities of the longest path in a receipt.
const maxCritical = 200

// compute computes the plan anew and checks it.
func (s *ScheduleReceipt) compute() error {
	n := s.plan.Network(s.project)
	r, err := network.Solve(n)
	if fault.Is(err, fault.Invalid) { // it cannot be computed, and can be taken all the same
		s.Findings = append(s.Findings, schedule.Finding{Code: "not_computed", Text: scheduleWord("not_computed", err.Error(), "")})
		return nil
	}
	if err != nil {
		return err
	}
	if n.DataDate == nil {
		n.DataDate = s.project.StatusDate // for the checks of progress
	}
	s.Checks = network.Audit(n, r)
	s.Path = &SchedulePath{Stated: s.project.Finish, Critical: []string{}, Cycles: r.Cycles}
	if s.Path.Cycles == nil {
		s.Path.Cycles = [][]string{}
	}
	if len(r.Cycles) > 0 {
		return nil
	}
	s.Path.Start, s.Path.Finish = &r.Start, &r.Finish
	codes := map[string]string{}
	for i := range s.project.Tasks {
		t := &s.project.Tasks[i]
		codes[t.ID] = cmp.Or(t.Code, t.ID)
		if t.Kind == network.Summary {
			delete(codes, t.ID)
		}
	}
	for _, t := range r.Times {
		if code, ok := codes[t.ID]; ok && t.Longest && len(s.Path.Critical) < maxCritical {
			s.Path.Critical = append(s.Path.Critical, code)
		}
	}
	return nil
}

// progress makes a status line of every stage of which the plan says something.
func (s *ScheduleReceipt) progress(o ScheduleImport, office string) {
	s.On = o.On
	if s.On == nil {
		s.On = lastDay(s.project.StatusDate)
	}
	if s.On == nil {
		s.problem("StatusDate", "no_status_date", "", "")
		return
	}
	if *s.On > s.today {
		s.problem("StatusDate", "future", s.On.String(), s.today.String())
		return
	}
	key := "schedule " + s.SHA256[:32] + " " + s.project.ID
	before := slices.Clone(s.file.lines)
	for i := range s.groups {
		g := &s.groups[i]
		if g.Stage == "" || g.Percent == nil && g.ActualStart == nil || !s.worthSaying(g) {
			continue
		}
		l := works.Line{Work: s.file.ID, Kind: works.StatusLine, On: *s.On, Office: office, Key: key, Reason: o.Reason,
			Status: &works.Status{Stage: g.Stage, Percent: g.Percent, Started: firstDay(g.ActualStart), Finished: lastDay(g.ActualFinish)}}
		if slices.ContainsFunc(before, func(x works.Line) bool { return x.Key == key && x.Status != nil && x.Status.Stage == g.Stage }) {
			s.Lines.Known++
			continue
		}
		if err := l.Check(); err != nil {
			s.problem(g.Stage, "line_refused", plainMessage(err), "")
			continue
		}
		if err := works.Guard(&s.file.Work, before, &l, s.today, s.sources); err != nil {
			s.problem(g.Stage, "line_refused", plainMessage(err), "")
			continue
		}
		s.lines = append(s.lines, l)
	}
	s.Lines.New = len(s.lines)
}

// worthSaying leaves out that nothing was done yet, unless something was.
func (s *ScheduleReceipt) worthSaying(g *schedule.Group) bool {
	if g.ActualStart != nil || g.Percent != nil && g.Percent.IsPositive() {
		return true
	}
	return slices.ContainsFunc(s.file.lines, func(l works.Line) bool { return l.Status != nil && l.Status.Stage == g.Stage })
}

// plainMessage is the sentence of an error without where it happened.
func plainMessage(err error) string {
	var last string
	for err != nil {
		if f, ok := err.(*fault.Error); ok && f.Message != "" {
			last = f.Message
			if f.Err == nil {
				break
			}
			err = f.Err
			continue
		}
		if last == "" {
			last = err.Error()
		}
		break
	}
	return last
}

// agree makes a baseline of the work out of that of the plan.
func (s *ScheduleReceipt) agree(o ScheduleImport, office string, currency money.Currency) {
	s.Baseline.State = "none"
	var terms []works.Term
	partly := 0
	var set *network.Minute
	for i := range s.groups {
		g := &s.groups[i]
		if g.Stage == "" || g.BaselineStart == nil || g.BaselineFinish == nil {
			continue
		}
		partly += g.Unplanned
		if g.BaselineOn != nil && (set == nil || *g.BaselineOn > *set) {
			set = g.BaselineOn
		}
		terms = append(terms, works.Term{Stage: g.Stage, Start: g.BaselineStart.Day(), Finish: g.LastDay()})
	}
	if len(terms) == 0 || s.On == nil {
		return
	}
	if partly > 0 {
		s.Findings = append(s.Findings, schedule.Finding{Code: "baseline_part", Text: scheduleWord("baseline_part", decimal.NewFromInt(int64(partly)).String(), "")})
	}
	cost := s.budget(currency)
	s.Baseline.Terms = len(terms)
	if b := s.file.Current(); b != nil && slices.Equal(b.Terms, terms) && equalAmounts(b.Cost, cost) {
		s.Baseline.State, s.Baseline.No = "same", b.No
		return
	}
	w := s.file.Work
	on := *s.On
	if d := lastDay(set); d != nil && *d <= s.today && (s.file.Current() == nil || *d >= s.file.Current().On) {
		on = *d // the baseline project says when it was set
	}
	base := works.Baseline{No: len(w.Baselines) + 1, On: on, Reason: o.Reason, Source: office, Terms: terms, Cost: cost}
	if base.No > 1 && base.Reason == "" {
		s.problem("Baseline", "baseline_reason", decimal.NewFromInt(int64(base.No)).String(), "")
		return
	}
	if office == "" {
		s.problem("Baseline", "office", "", "")
		return
	}
	w.Baselines = append(slices.Clone(w.Baselines), base)
	if err := w.Check(); err != nil {
		s.problem("Baseline", "line_refused", plainMessage(err), "")
		return
	}
	s.record, s.Baseline.State, s.Baseline.No = &w, "new", base.No
}

func equalAmounts(a, b *money.Amount) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// budget returns the cost of the baseline, where it is in our currency and
// exact.
func (s *ScheduleReceipt) budget(currency money.Currency) *money.Amount {
	sum := decimal.Zero
	said := false
	for i := range s.project.Tasks {
		t := &s.project.Tasks[i]
		if b := t.Baseline(0); b != nil && b.Cost != nil && t.Kind != network.Summary && !t.Inactive && !t.External {
			sum, said = sum.Add(*b.Cost), said || b.Cost.IsPositive()
		}
	}
	if !said {
		return nil
	}
	if s.project.Currency != currency.Code {
		s.Findings = append(s.Findings, schedule.Finding{Code: "cost_currency", Text: scheduleWord("cost_currency", cmp.Or(s.project.Currency, "?"), currency.Code)})
		return nil
	}
	a, err := currency.FromDecimal(sum)
	if err != nil {
		s.Findings = append(s.Findings, schedule.Finding{Code: "cost_places", Text: scheduleWord("cost_places", sum.String(), "")})
		return nil
	}
	return &a
}

// takeSchedule writes what a receipt promises.
func (a *App) takeSchedule(ctx context.Context, v *view, s *ScheduleReceipt) error {
	if len(s.lines) == 0 && s.record == nil {
		return nil
	}
	if len(s.lines) > 0 && a.Blobs == nil {
		s.Findings = append(s.Findings, schedule.Finding{Code: "no_evidence", Text: scheduleWord("no_evidence", "", "")})
	} else if len(s.lines) > 0 {
		body, err := evidenceOf(s)
		if err != nil {
			return err
		}
		kept, err := a.AddFile(ctx, httpapi.NewFile{Name: "schedule-" + string(s.Work) + ".csv", Place: string(s.file.Place), Body: body})
		if err != nil {
			return err
		}
		s.Evidence = kept.ID
		for i := range s.lines {
			s.lines[i].Files = []string{kept.ID}
		}
	}
	if err := s.keepOwn(); err != nil {
		return err
	}
	got, err := a.changeWorks(ctx, v, "import schedule", string(s.Work), []WorkChange{{ID: s.Work, Record: s.record, Expected: s.file.version, Lines: s.lines, Origin: s.File}}, nil)
	if err != nil {
		return err
	}
	s.Lines.New, s.Lines.Known = got.Lines, s.Lines.Known+got.Known
	return nil
}

// maxOwn bounds the parts of a plan that are kept beside the stages.
const maxOwn = 100

// keepOwn keeps in the record what belongs to no stage.
func (s *ScheduleReceipt) keepOwn() error {
	if s.record == nil {
		return nil
	}
	own := s.Own[:min(len(s.Own), maxOwn)]
	body, err := json.Marshal(map[string]any{"file": s.File, "sha256": s.SHA256, "project": s.Project, "on": s.On, "own": own, "more": len(s.Own) - len(own)})
	if err != nil {
		return err
	}
	foreign := map[string]string{}
	for k, x := range s.record.Foreign {
		foreign[k] = x
	}
	foreign[string(s.Format)] = string(body)
	s.record.Foreign = foreign
	return nil
}

// evidenceOf writes the activities as a table: what somebody looks at who wants
// to know on what a percentage rests. It names neither people nor cost.
func evidenceOf(s *ScheduleReceipt) ([]byte, error) {
	var b bytes.Buffer
	w, err := sheet.NewWriter(&b, sheet.CSV, sheet.WriterOptions{BOM: true})
	if err != nil {
		return nil, err
	}
	row := func(texts ...string) {
		cells := make([]sheet.Cell, len(texts))
		for i, t := range texts {
			cells[i] = sheet.Cell{Text: printable(t)}
		}
		if e := w.Write(cells); err == nil {
			err = e
		}
	}
	row("code", "wbs", "level", "kind", "name", "start", "finish", "actual_start", "actual_finish", "percent", "baseline_start", "baseline_finish")
	row("", "", "", "file", s.File, "", "", "", "", "", "", "")
	row("", "", "", "sha256", s.SHA256, "", "", "", "", "", "", "")
	row("", "", "", "project", s.Project+" "+s.Name, "", "", "", "", "", "", "")
	for i := range s.project.Tasks {
		t := &s.project.Tasks[i]
		base := cmp.Or(t.Baseline(0), &schedule.Baseline{})
		percent := ""
		if d := t.Done(); d != nil {
			percent = d.String()
		}
		row(t.Code, t.WBS, decimal.NewFromInt(int64(t.Level)).String(), string(t.Kind), t.Name, minuteText(t.Start), minuteText(t.Finish), minuteText(t.ActualStart), minuteText(t.ActualFinish), percent, minuteText(base.Start), minuteText(base.Finish))
	}
	if err == nil {
		err = w.Close()
	}
	return b.Bytes(), err
}

// printable takes out what a table that is kept as evidence may not hold: signs
// that steer a terminal or begin a page.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f:
			return ' '
		case r == '<':
			return '‹'
		}
		return r
	}, s)
}

func minuteText(m *network.Minute) string {
	if m == nil {
		return ""
	}
	return m.String()
}
