package app

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/exchange/worksheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// ImportWorks brings in a table of works, money, stages or statuses: all of it or,
// when anything in it is wrong, nothing, unless Partial takes the good rows. It
// returns an error for a table that cannot be read at all; what is wrong in rows is
// in the receipt, cell by cell.
func (a *App) ImportWorks(ctx context.Context, name string, r io.ReaderAt, size int64, o WorksImport) (*WorksReceipt, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	names, err := a.workNamesOf(ctx, v)
	if err != nil {
		return nil, err
	}
	table, err := sheet.Open(r, size, sheet.Options{Name: name, Sheet: o.Sheet})
	if err != nil {
		return nil, err
	}
	res, err := worksheet.Read(ctx, table, o.Kind, worksheet.Options{Catalogue: names, Mapping: o.Mapping, Currency: v.Country.Currency, Today: v.at.AsOf, Progress: o.Progress})
	if err != nil {
		return nil, err
	}
	x := &tableIn{app: a, ctx: ctx, view: v, o: o, name: name, files: map[works.ID]*workFile{}, made: map[works.ID]*WorkChange{}, res: res, out: &WorksReceipt{File: name, Kind: o.Kind, Format: string(res.Info.Format), Encoding: string(res.Info.Encoding), Sheet: res.Info.Sheet,
		Mapping: res.Mapping, Guessed: res.Guessed, Rows: res.Read, Totals: res.Skipped, DryRun: o.DryRun, Partial: o.Partial, Became: []RowBecame{}}}
	if err := x.rows(); err != nil {
		return nil, err
	}
	if err := x.write(); err != nil {
		return nil, err
	}
	x.out.Problems, x.out.More, x.out.Notices = res.Problems, res.More, res.Notices
	x.out.Faulty = len(res.Faulty)
	return x.out, nil
}

// tableIn turns the rows of a table into changes of works.
type tableIn struct {
	app   *App
	ctx   context.Context
	view  *view
	o     WorksImport
	name  string
	res   *worksheet.Result
	out   *WorksReceipt
	files map[works.ID]*workFile   // works that are there; nil for those that are not
	made  map[works.ID]*WorkChange // by work
	order []works.ID
	terms map[works.ID][]*worksheet.Row
	fresh int
}

func (x *tableIn) rows() error {
	for i := range x.res.Rows {
		r := &x.res.Rows[i]
		if x.res.Faulty[r.Number] { // another part of the same row was wrong
			continue
		}
		var err error
		switch x.o.Kind {
		case worksheet.Works:
			err = x.work(r)
		case worksheet.Lines:
			err = x.money(r)
		case worksheet.Statuses:
			err = x.status(r)
		case worksheet.Stages:
			err = x.stage(r)
		}
		if err != nil {
			return err
		}
	}
	return x.baselines()
}

// problem takes a row out for a reason that only the application knows.
func (x *tableIn) problem(row int, field, code string, text lang.Text) {
	x.res.Faulty[row] = true
	if len(x.res.Problems) >= worksheet.MaxProblems {
		x.res.More++
		return
	}
	p := worksheet.Problem{Row: row, Field: field, Code: code, Text: text}
	if ref := x.res.Mapping.Columns[field]; ref != "" {
		p.Column = ref
	}
	x.res.Problems = append(x.res.Problems, p)
}

func (x *tableIn) refused(row int, field string, err error) {
	x.problem(row, field, "refused", scheduleWord("line_refused", plainMessage(err), ""))
}

// became tells what a row became.
func (x *tableIn) became(row int, id works.ID, what ...string) {
	x.out.Good++
	if len(x.out.Became) < maxBecame {
		if len(what) == 0 {
			what = []string{"known"}
		}
		x.out.Became = append(x.out.Became, RowBecame{Row: row, Work: id, What: what})
	}
}

// file reads a work once; nil when it is not there.
func (x *tableIn) file(id works.ID) (*workFile, error) {
	if f, known := x.files[id]; known {
		return f, nil
	}
	f, err := x.app.seenWork(x.ctx, x.view, id)
	if fault.Is(err, fault.NotFound) {
		f, err = nil, nil
	}
	if err == nil {
		x.files[id] = f
	}
	return f, err
}

// change returns the change of a work that is being made.
func (x *tableIn) change(id works.ID, row int) *WorkChange {
	c := x.made[id]
	if c == nil {
		c = &WorkChange{ID: id, Expected: AnyVersion, Origin: x.name + ", row " + decimal.NewFromInt(int64(row)).String()}
		x.made[id], x.order = c, append(x.order, id)
	}
	return c
}

// said starts a line that a row says about a work. A document that the ledger does
// not have stands in the remark.
func (x *tableIn) said(r *worksheet.Row, f *workFile, kind works.LineKind, on period.Date) works.Line {
	l := works.Line{Work: f.ID, Kind: kind, On: on, Office: x.view.speaks(x.ctx, f, cmp.Or(r.Text("office"), x.o.Office)), Remark: r.Text("remark"), Reason: r.Text("reason")}
	if d := r.Text("document"); d != "" {
		if known, ok := x.view.Documents[d]; ok {
			l.Document, l.Published = d, known.Published
		} else {
			l.Remark = strings.TrimSpace(d + "\n" + l.Remark)
		}
	}
	return l
}

// put adds a line to the change of its work when it may stand. It reports whether
// it says anything new.
func (x *tableIn) put(r *worksheet.Row, f *workFile, field string, l works.Line) (fresh, ok bool) {
	if l.Published == nil && l.Document == "" {
		l.Published = &x.view.at.AsOf
	}
	if err := l.Seal(); err != nil {
		x.refused(r.Number, field, err)
		return false, false
	}
	if f.has(l.ID) {
		x.out.Known++
		return false, true
	}
	before := f.lines
	if l.Kind == works.MoneyLine { // which does not look at what was said before
		before = nil
	}
	err := works.Guard(&f.Work, before, &l, x.view.at.AsOf, x.view.sourceCodes())
	if err != nil && fieldOf(err) == "reason" && x.o.Reason != "" { // the one reason for the whole table
		l.Reason = x.o.Reason
		return x.put(r, f, field, l)
	}
	if err != nil {
		x.refused(r.Number, field, err)
		return false, false
	}
	f.lines = append(f.lines, l)
	f.known[l.ID] = true
	c := x.change(f.ID, r.Number)
	c.Lines = append(c.Lines, l)
	x.fresh++
	return true, true
}

// has reports whether a line is there already.
func (f *workFile) has(id string) bool {
	if f.known == nil {
		f.known = make(map[string]bool, len(f.lines))
		for i := range f.lines {
			f.known[f.lines[i].ID] = true
		}
	}
	return f.known[id]
}

func (x *tableIn) money(r *worksheet.Row) error {
	f, err := x.file(works.ID(r.Text("work")))
	if err != nil || f == nil {
		return err
	}
	l := x.said(r, f, works.MoneyLine, *r.Date("on"))
	m := &works.Money{Kind: works.MoneyKind(r.Text("kind")), Source: r.Text("source"), Amount: *r.Amount("amount"), VAT: works.VAT(r.Text("vat")), Purpose: r.Text("purpose"), Package: works.ID(r.Text("package")), Reference: r.Text("reference")}
	if y := r.Decimal("year"); y != nil {
		m.Year = int(y.IntPart())
	}
	l.Money = m
	x.one(r, f, "amount", "money", l)
	return nil
}

// one puts the only line of a row.
func (x *tableIn) one(r *worksheet.Row, f *workFile, field, what string, l works.Line) {
	if fresh, ok := x.put(r, f, field, l); fresh {
		x.became(r.Number, f.ID, what)
	} else if ok {
		x.became(r.Number, f.ID)
	}
}

func (x *tableIn) status(r *worksheet.Row) error {
	f, err := x.file(works.ID(r.Text("work")))
	if err != nil || f == nil {
		return err
	}
	l := x.said(r, f, works.StatusLine, *r.Date("on"))
	l.Status = &works.Status{Stage: r.Text("stage"), Percent: r.Decimal("percent"), Started: r.Date("started"), Finished: r.Date("finished")}
	x.one(r, f, "percent", "status", l)
	return nil
}

// stage keeps a row until all stages of its work are known.
func (x *tableIn) stage(r *worksheet.Row) error {
	id := works.ID(r.Text("work"))
	f, err := x.file(id)
	if err != nil || f == nil {
		return err
	}
	if !f.Stages().Has(r.Text("stage")) {
		x.problem(r.Number, "stage", "stage_unknown", scheduleWord("stage_unknown", r.Text("stage"), string(f.Kind)))
		return nil
	}
	if x.terms == nil {
		x.terms = map[works.ID][]*worksheet.Row{}
	}
	if x.terms[id] == nil {
		x.order = append(x.order, id)
	}
	x.terms[id] = append(x.terms[id], r)
	return nil
}

// baselines makes of the stages of each work a baseline, where it differs from
// the one that stands.
func (x *tableIn) baselines() error {
	if x.o.Kind != worksheet.Stages {
		return nil
	}
	ids := x.order
	x.order = nil
	for _, id := range ids {
		rows := x.terms[id]
		f := x.files[id]
		base, ok := x.baseline(f, rows)
		if !ok {
			continue
		}
		if b := f.Current(); b != nil && slices.Equal(b.Terms, base.Terms) {
			for _, r := range rows {
				x.became(r.Number, id)
			}
			continue
		}
		w := f.Work
		w.Baselines = append(slices.Clone(w.Baselines), base)
		if base.No > 1 && base.Reason == "" {
			x.problem(rows[0].Number, "reason", "baseline_reason", scheduleWord("baseline_reason", decimal.NewFromInt(int64(base.No)).String(), ""))
			continue
		}
		if err := w.Check(); err != nil {
			x.refused(rows[0].Number, "stage", err)
			continue
		}
		c := x.change(id, rows[0].Number)
		c.Record, c.Expected = &w, f.version
		for _, r := range rows {
			x.became(r.Number, id, "baseline")
		}
	}
	return nil
}

func (x *tableIn) baseline(f *workFile, rows []*worksheet.Row) (works.Baseline, bool) {
	first := rows[0]
	on := cmp.Or(first.Date("on"), x.o.On, &x.view.at.AsOf)
	l := x.said(first, f, works.StatusLine, *on)
	base := works.Baseline{No: len(f.Baselines) + 1, On: *on, Reason: cmp.Or(l.Reason, x.o.Reason), Source: cmp.Or(l.Document, l.Office)}
	for _, r := range rows {
		t := works.Term{Stage: r.Text("stage"), Start: *r.Date("start"), Finish: *r.Date("finish")}
		if w := r.Decimal("weight"); w != nil {
			p := w.Shift(1)
			if !p.IsInteger() {
				x.problem(r.Number, "weight", "weight_places", scheduleWord("weight_places", w.String(), ""))
				return base, false
			}
			t.PerMille = int(p.IntPart())
		}
		base.Terms = append(base.Terms, t)
	}
	stages := f.Stages().Stages
	slices.SortFunc(base.Terms, func(a, b works.Term) int {
		at := func(code string) int {
			return slices.IndexFunc(stages, func(s works.Stage) bool { return s.Code == code })
		}
		return cmp.Compare(at(a.Stage), at(b.Stage))
	})
	return base, true
}

// write writes the changes, if it may.
func (x *tableIn) write() error {
	if x.o.DryRun || len(x.order) == 0 || len(x.res.Faulty) > 0 && !x.o.Partial {
		return nil
	}
	changes := make([]WorkChange, 0, len(x.order))
	for _, id := range x.order {
		changes = append(changes, *x.made[id])
	}
	got, err := x.app.changeWorks(x.ctx, x.view, "import works", x.name, changes, nil)
	if err != nil {
		return err
	}
	x.out.Written, x.out.Works, x.out.Lines, x.out.Known = true, got.Works, got.Lines, x.out.Known+got.Known
	return nil
}
