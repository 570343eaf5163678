package app

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/risk"
)

const opReport = "app.Report"

// The editions of a report.
const (
	editionPublic   = "public"
	editionInternal = "internal"
)

const (
	// mostReported bounds the works of a report: nobody signs a thousand pages.
	mostReported = 2000
	// fewWorks are read one by one; of more, all lines are gone through.
	fewWorks = 300
)

// Report is the monthly report of the works of a territory.
func (a *App) Report(ctx context.Context, f httpapi.WorksReportFilter) (*httpapi.WorksReport, error) {
	d, err := a.reportData(ctx, f)
	if err != nil {
		return nil, err
	}
	sum, err := hashOf(d)
	return &httpapi.WorksReport{SHA256: sum, Report: *d}, err
}

// hashOf returns the SHA-256 of the compact JSON, as the API sends it.
func hashOf(d *httpapi.ReportData) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(d); err != nil {
		return "", fault.New(fault.Internal, opReport, "", "%w", err)
	}
	sum := sha256.Sum256(bytes.TrimRight(b.Bytes(), "\n"))
	return hex.EncodeToString(sum[:]), nil
}

// reporting is a report that is being made.
type reportMaking struct {
	app      *App
	view     *view
	out      *httpapi.ReportData
	internal bool
	before   period.Date // the day before the month
	rows     []*portfolioRow
	tree     *workTree
	files    map[works.ID]*workFile
	states   map[works.ID]*works.State
	used     map[string]bool // documents
}

func (a *App) reportData(ctx context.Context, f httpapi.WorksReportFilter) (*httpapi.ReportData, error) {
	x, err := a.openReport(ctx, f)
	if err != nil {
		return nil, err
	}
	if err := x.choose(ctx, f); err != nil {
		return nil, err
	}
	if err := x.read(ctx); err != nil {
		return nil, err
	}
	if err := x.changes(); err != nil {
		return nil, err
	}
	x.works()
	x.questions()
	if err := x.watched(ctx); err != nil {
		return nil, err
	}
	x.sources()
	return x.out, nil
}

// openReport finds the month and whether the reader may have the edition.
func (a *App) openReport(ctx context.Context, f httpapi.WorksReportFilter) (*reportMaking, error) {
	today, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	now := today.at.AsOf
	y, m := monthOf(now)
	if f.Month != "" {
		p, err := period.Parse(f.Month)
		if err != nil || p.Type() != period.Month {
			return nil, fault.New(fault.Invalid, opReport, "month", "name a month as in 2026-11")
		}
		y, m = monthOf(p.Start)
	}
	from := period.NewDate(y, m, 1)
	if from > now {
		return nil, fault.New(fault.Invalid, opReport, "month", "this month has not begun")
	}
	last := period.NewDate(y, m+1, 1) - 1
	day := min(last, now)
	v, err := a.look(ctx, When{AsOf: &day})
	if err != nil {
		return nil, err
	}
	at := v.Atlas.Root()
	if f.Place != "" {
		at = place.ID(f.Place)
	}
	if !v.Atlas.Has(at) {
		return nil, fault.New(fault.NotFound, opReport, "place", "no place has this code: `search` finds it by name")
	}
	if f.Edition == editionInternal {
		if err := a.may(ctx, v, actor.ReadDrafts, at); err != nil {
			return nil, err
		}
	}
	out := &httpapi.ReportData{Place: string(at), PlaceName: lang.Text{}, Parent: optional(f.Parent), ParentTitle: lang.Text{}, Edition: cmp.Or(f.Edition, editionPublic), Month: period.OfMonth(y, m).String(), From: from.String(), AsOf: day.String(), Whole: last < now,
		Office: optional(v.signs(at)), Changes: []httpapi.WorkChanges{}, Works: []httpapi.ReportWork{}, Questions: []httpapi.ReportQuestion{}, Warnings: []httpapi.WorkWarning{}, Risks: []httpapi.Risk{}, Documents: []httpapi.ReportDocument{}, Assumptions: []lang.Text{}}
	for _, c := range lang.Codes() {
		out.PlaceName[c] = v.Atlas.Name(at, c, day)
	}
	return &reportMaking{app: a, view: v, out: out, internal: f.Edition == editionInternal, before: from - 1, used: map[string]bool{}}, nil
}

// signs returns the office that signs for a territory: its own akimat or
// ministry, the first by code.
func (v *view) signs(at place.ID) string {
	for _, code := range sortedKeys(v.Offices) {
		if o := v.Offices[code]; o.Place == at && (o.Kind == "akimat" || o.Kind == "ministry") {
			return code
		}
	}
	return ""
}

// choose takes the works: drafts are in no report.
func (x *reportMaking) choose(ctx context.Context, f httpapi.WorksReportFilter) error {
	rows, tree, _, err := x.app.chooseWorks(ctx, x.view, httpapi.WorkFilter{Place: x.out.Place, Parent: f.Parent})
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(r *portfolioRow) bool { return r.Condition == works.Draft })
	if len(rows) > mostReported {
		return fault.New(fault.TooLarge, opReport, "place", "the report would have %d works, more than %d: choose a region, or a programme", len(rows), mostReported)
	}
	x.view.sortWorks(rows, httpapi.WorkFilter{})
	x.rows, x.tree = rows, tree
	x.out.Sums = x.view.sumWorks(rows, tree)
	if f.Parent != "" {
		if p := tree.byID[works.ID(f.Parent)]; p != nil && p.Condition != works.Draft {
			x.out.ParentTitle = p.Title
		}
	}
	for _, r := range rows {
		if r.Synthetic {
			x.out.Synthetic++
		}
	}
	return nil
}

// read brings in the records and lines of the works, and folds them.
func (x *reportMaking) read(ctx context.Context) error {
	x.files, x.states = map[works.ID]*workFile{}, map[works.ID]*works.State{}
	var ids []string
	for _, r := range x.rows {
		ids = append(ids, string(r.ID))
	}
	for chunk := range slices.Chunk(ids, 500) {
		list, _, err := x.app.Store.Items(ctx, store.ItemQuery{Kind: deskWork, IDs: chunk})
		if err != nil {
			return err
		}
		for _, it := range list {
			f, err := readWork(it)
			if err != nil {
				return err
			}
			x.files[f.ID] = f
		}
	}
	if err := x.lines(ctx); err != nil {
		return err
	}
	for id, f := range x.files {
		s, err := works.At(&f.Work, f.lines, x.view.at.AsOf, noTime)
		if err != nil {
			return err
		}
		x.states[id] = s
	}
	return nil
}

func (x *reportMaking) lines(ctx context.Context) error {
	if len(x.rows) <= fewWorks {
		for _, f := range x.files {
			list, err := x.app.Store.WorkLines(ctx, string(f.ID))
			if err != nil {
				return err
			}
			if f.lines, err = readLines(list); err != nil {
				return err
			}
		}
		return nil
	}
	leave, err := x.app.past.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	return x.app.Store.EachWorkLine(ctx, func(kept store.WorkLine) error {
		f := x.files[works.ID(kept.Work)]
		if f == nil {
			return nil
		}
		var l works.Line
		if err := readLine(&kept, &l); err != nil {
			return err
		}
		f.lines = append(f.lines, l)
		return nil
	})
}

// changes compares what was known on the day before the month with what is
// known now.
func (x *reportMaking) changes() error {
	for _, r := range x.rows {
		f, now := x.files[r.ID], x.states[r.ID]
		if f == nil {
			continue
		}
		was, err := works.At(&f.Work, f.lines, x.before, noTime)
		if err != nil {
			return err
		}
		if c, changed := x.changed(r, was, now); changed {
			x.out.Changes = append(x.out.Changes, c)
		}
	}
	return nil
}

func (x *reportMaking) changed(r *portfolioRow, was, now *works.State) (httpapi.WorkChanges, bool) {
	c := httpapi.WorkChanges{Work: string(r.ID), Title: r.Title, Place: string(r.Place), New: len(was.Lines) == 0 && len(now.Lines) > 0, Steps: []httpapi.WorkStep{}, Deadlines: []httpapi.DeadlineMove{}, Money: []httpapi.MoneyChange{}}
	changed := c.New
	before, after := percentOf(was), percentOf(now)
	if (before == nil) != (after == nil) || (before != nil && *before != *after) {
		c.Percent, changed = &httpapi.NumberChange{From: before, To: after}, true
	}
	if was.Phase != now.Phase {
		c.Phase, changed = &httpapi.WordChange{From: string(was.Phase), To: string(now.Phase)}, true
	}
	for i, l := range now.Chain {
		if l.Done && !was.Chain[i].Done {
			c.Steps, changed = append(c.Steps, httpapi.WorkStep{Step: string(l.Step), Name: works.StepName(l.Step), Done: true, On: dateText(l.On), Line: optional(l.Line)}), true
		}
	}
	if n := len(was.Deadlines); len(now.Deadlines) > n {
		if n > 0 {
			c.Before = ptr(was.Deadlines[n-1].To.String())
		}
		for _, d := range now.Deadlines[n:] {
			c.Deadlines, changed = append(c.Deadlines, httpapi.DeadlineMove{To: d.To.String(), On: d.On.String(), Reason: d.Reason, Line: optional(d.Line)}), true
		}
	}
	c.Money = x.moved(was.Money, now.Money)
	return c, changed || len(c.Money) > 0
}

func percentOf(s *works.State) *httpapi.Number {
	if s.Ready == nil {
		return nil
	}
	return numberText(&s.Ready.Percent)
}

// moved returns by how much each sum of each source grew.
func (x *reportMaking) moved(was, now *works.Account) []httpapi.MoneyChange {
	out := []httpapi.MoneyChange{}
	sources := slices.Compact(slices.Sorted(slices.Values(slices.Concat(was.Sources(), now.Sources()))))
	for _, kind := range works.MoneyKinds() {
		for _, src := range sources {
			if d := now.From(src, kind).Amount - was.From(src, kind).Amount; d != 0 {
				out = append(out, httpapi.MoneyChange{Kind: string(kind), Source: src, Amount: x.view.amount(d)})
			}
		}
	}
	return out
}

// works lists the works with what their percentages rest on.
func (x *reportMaking) works() {
	for _, r := range x.rows {
		w := httpapi.ReportWork{WorkRow: x.view.viewRow(r, x.tree)}
		if s := x.states[r.ID]; s != nil {
			w.Evidence = x.evidence(s)
			if x.internal {
				w.Remark = lastRemark(s)
			}
			for _, l := range s.Lines {
				x.used[l.Document] = true
			}
		}
		x.out.Works = append(x.out.Works, w)
	}
}

func (x *reportMaking) evidence(s *works.State) *httpapi.ReportEvidence {
	if s.Ready == nil {
		return nil
	}
	for _, l := range s.Lines {
		if l.ID == s.Ready.Line {
			return &httpapi.ReportEvidence{Document: optional(l.Document), Office: optional(l.Office), Files: len(l.Files)}
		}
	}
	return nil
}

func lastRemark(s *works.State) *string {
	for _, l := range slices.Backward(s.Lines) {
		if l.Remark != "" {
			return &l.Remark
		}
	}
	return nil
}

func (x *reportMaking) questions() {
	for _, r := range x.rows {
		if s := x.states[r.ID]; s != nil {
			for _, q := range x.view.viewQuestions(s.Questions) {
				x.out.Questions = append(x.out.Questions, httpapi.ReportQuestion{Work: string(r.ID), Title: r.Title, WorkQuestion: q})
			}
		}
	}
}

// watched adds warnings and, in the internal edition, risks. The register
// speaks of today: a report of an earlier month has none.
func (x *reportMaking) watched(ctx context.Context) error {
	var late map[works.ID][]keptRisk
	today := period.DateOf(x.app.Clock(), x.view.Country.OffsetMinutes)
	if x.internal && x.view.at.AsOf == today {
		paths := []string{x.view.path(place.ID(x.out.Place))}
		list, err := x.app.someRisks(ctx, store.ItemQuery{Paths: paths, States: []string{string(risk.Open), string(risk.Mitigating)}})
		if err != nil {
			return err
		}
		chosen := map[works.ID]bool{}
		for _, r := range x.rows {
			chosen[r.ID] = true
		}
		list = slices.DeleteFunc(list, func(r keptRisk) bool { return !chosen[r.Work] })
		reg := &httpapi.RiskList{Items: x.out.Risks}
		if err := x.app.register(actor.With(ctx, actor.Actor{}), x.view, reg, list); err != nil {
			return err
		}
		x.out.Risks = reg.Items
		if late, err = x.app.lateRisks(ctx, x.view, paths); err != nil {
			return err
		}
	}
	x.out.Warnings = x.view.warningsOf(x.rows, late)
	return nil
}

// sources names the documents on which the report rests, and what it assumes.
func (x *reportMaking) sources() {
	var list []ledger.Document
	for name := range x.used {
		if d, known := x.view.Documents[name]; known {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b ledger.Document) int { return strings.Compare(a.Name, b.Name) })
	for _, d := range list {
		x.out.Documents = append(x.out.Documents, httpapi.ReportDocument{Name: d.Name, Title: d.Title, Publisher: d.Publisher, Published: dateText(d.Published)})
	}
	x.out.Assumptions = append(x.out.Assumptions, assumptionWords...)
	for _, f := range x.files {
		if len(f.Assumed) > 0 {
			x.out.Assumptions = append(x.out.Assumptions, assumedFieldsWords)
			break
		}
	}
}
