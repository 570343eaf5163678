package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/works"
)

// deskWork is the kind of item that holds the record of a work. What was said
// about it stands in lines beside it.
const deskWork = "work"

// workFile is all that is kept of a work.
type workFile struct {
	works.Work
	version int64
	path    string
	lines   []works.Line
	known   map[string]bool // ids of lines, where many are compared
}

// AnyVersion lets a change replace whichever version of a record stands.
const AnyVersion = -1

// WorkChange is what one act does to one work: a new record, or lines, or both.
type WorkChange struct {
	ID works.ID
	// Record is the new record; nil leaves it as it is.
	Record *works.Work
	// Expected is the version that the record must have, 0 for a work that is
	// not there yet, AnyVersion for any.
	Expected int64
	Lines    []works.Line
	// Origin names where the change comes from, such as a file and a row, for
	// the message of an error.
	Origin string
}

// WorkReceipt says what became of a change.
type WorkReceipt struct {
	Works   int // records written
	Lines   int // lines written
	Known   int // lines that were there already, word for word
	Figures int // posted to the ledger
}

// ChangeWorks applies changes, all or none, in one act. It decides whether
// whoever acts may do each of them, refuses what cannot be, posts to the ledger
// what was promised of the works, and folds the rows of lists anew. op and
// subject go into the journal. Errors name the change by its Origin.
func (a *App) ChangeWorks(ctx context.Context, op, subject string, changes []WorkChange) (WorkReceipt, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return WorkReceipt{}, err
	}
	return a.changeWorks(ctx, v, op, subject, changes, nil)
}

// changeWorks is ChangeWorks within a view; also does more in the same act.
func (a *App) changeWorks(ctx context.Context, v *view, op, subject string, changes []WorkChange, also func(*store.Tx) error) (WorkReceipt, error) {
	var got WorkReceipt
	told := false // the ledger, of what the board computes from
	who := v.who(ctx)
	err := a.Store.Act(ctx, actor.Entry{Actor: who.ID, At: a.Clock(), Op: op, Subject: subject, Detail: fmt.Sprintf("works=%d", len(changes))}, func(tx *store.Tx) error {
		x := &changing{app: a, ctx: ctx, view: v, tx: tx, who: who, got: WorkReceipt{}}
		for i := range changes {
			if err := x.apply(&changes[i]); err != nil {
				if o := changes[i].Origin; o != "" {
					return fault.Wrap(err, "app.ChangeWorks", o)
				}
				return err
			}
		}
		if err := x.finish(subject); err != nil {
			return err
		}
		got, told = x.got, x.post.told()
		if also != nil {
			return also(tx)
		}
		return nil
	})
	if err != nil || !told {
		return got, err
	}
	if err := a.settle(ctx); err != nil {
		return got, fault.New(fault.KindOf(err), "app.settle", "", "all of it was recorded, but the board could not be computed from it: %w", err)
	}
	return got, nil
}

// changing is one act on works.
type changing struct {
	app  *App
	ctx  context.Context
	view *view
	tx   *store.Tx
	who  actor.Actor
	got  WorkReceipt
	post posting
	rows []store.WorkState
}

func (x *changing) apply(c *WorkChange) error {
	f, err := x.file(c)
	if err != nil {
		return err
	}
	old := f.Work // a new record takes its place in f
	before, err := works.At(&old, f.lines, x.view.at.AsOf, noTime)
	if err != nil {
		return err
	}
	if c.Record != nil {
		if err := x.record(f, c); err != nil {
			return err
		}
	}
	if len(c.Lines) > 0 || c.Record != nil {
		return x.lines(f, c, before)
	}
	return nil
}

// file reads the work as the act sees it; one that is new is empty.
func (x *changing) file(c *WorkChange) (*workFile, error) {
	it, err := x.tx.Item(deskWork, string(c.ID))
	if fault.KindOf(err) == fault.NotFound && c.Record != nil && (c.Expected == 0 || c.Expected == AnyVersion) {
		return &workFile{Work: *c.Record, path: x.view.path(c.Record.Place)}, nil
	}
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "app.ChangeWorks", string(c.ID), "there is no such work")
	}
	if err != nil {
		return nil, err
	}
	f, err := readWork(it)
	if err != nil {
		return nil, err
	}
	list, err := x.tx.WorkLines(string(c.ID))
	if err != nil {
		return nil, err
	}
	f.lines, err = readLines(list)
	return f, err
}

// record writes a new version of the record.
func (x *changing) record(f *workFile, c *WorkChange) error {
	w := *c.Record
	if w.ID != c.ID {
		return fault.New(fault.Invalid, "app.ChangeWorks", "id", "the id of a work does not change")
	}
	if err := x.view.checkWork(&w); err != nil {
		return err
	}
	if w.Parent != "" {
		if err := x.parent(&w); err != nil {
			return err
		}
	}
	if f.version > 0 { // where it was, too
		if err := x.may(actor.ManageWorks, &f.Work); err != nil {
			return err
		}
		if err := sameHistory(&f.Work, &w); err != nil {
			return err
		}
		if f.Condition != works.Draft && w.Condition == works.Draft && len(f.lines) > 0 {
			return fault.New(fault.Invalid, "app.ChangeWorks", "condition", "everybody has read what was said of this work: it is not a draft again, suspend or cancel it")
		}
	}
	if err := x.may(actor.ManageWorks, &w); err != nil {
		return err
	}
	if err := x.keeps(f, &w); err != nil {
		return err
	}
	body, err := json.Marshal(w)
	if err != nil {
		return err
	}
	expected := c.Expected
	if expected == AnyVersion {
		expected = f.version
	}
	item := store.Item{Kind: deskWork, ID: string(w.ID), Path: x.view.path(w.Place), About: string(w.Parent), State: string(w.Condition), Owner: w.Office, Body: body}
	if f.version, err = x.tx.Put(item, expected); err != nil {
		return err
	}
	f.Work, f.path = w, item.Path
	x.got.Works++
	return nil
}

// keeps refuses to tie a work to a promise of a place where whoever acts does
// not manage works: progress and opening would be said of it in the ledger. What
// is tied already stays.
func (x *changing) keeps(f *workFile, w *works.Work) error {
	for _, id := range w.Promises {
		if f.version > 0 && slices.Contains(f.Promises, id) {
			continue
		}
		it := x.view.Programme.One(id, x.view.at.AsOf)
		if it == nil || it.Target == nil || x.who.May(actor.ManageWorks, it.Target.Place, x.view.Atlas) {
			continue
		}
		return fault.New(fault.Forbidden, "app.ChangeWorks", "promises", "the promise %s is not of your territory: name it among the statements, and let who manages works there tie it to the work: %w", id, &actor.Denied{Act: actor.ManageWorks, At: it.Target.Place})
	}
	return nil
}

// sameHistory refuses a record that changes a baseline that was agreed: a new
// one is put beside it.
func sameHistory(old, w *works.Work) error {
	if len(w.Baselines) < len(old.Baselines) {
		return fault.New(fault.Invalid, "app.ChangeWorks", "baselines", "a baseline that was agreed stays: add a new one with its reason")
	}
	for i := range old.Baselines {
		was, _ := json.Marshal(old.Baselines[i])
		is, _ := json.Marshal(w.Baselines[i])
		if string(was) != string(is) {
			return fault.New(fault.Invalid, "app.ChangeWorks", "baselines", "baseline %d was agreed and cannot be changed: add a new one with its reason", i+1)
		}
	}
	return nil
}

// parent refuses a parent that is not there, of a lower level, or a circle.
func (x *changing) parent(w *works.Work) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "app.ChangeWorks", "parent", format, args...)
	}
	for up, n := w.Parent, 0; up != ""; n++ {
		it, err := x.tx.Item(deskWork, string(up))
		if fault.KindOf(err) == fault.NotFound {
			return bad("there is no work %q", up)
		}
		if err != nil {
			return err
		}
		f, err := readWork(it)
		if err != nil {
			return err
		}
		switch {
		case n == 0 && slices.Index(works.Levels(), f.Level) > slices.Index(works.Levels(), w.Level):
			return bad("a %s cannot be part of a %s", w.Level, f.Level)
		case n == 0 && f.Level == works.Package:
			return bad("a package has no parts")
		case f.ID == w.ID || n > 8:
			return bad("a work cannot be part of itself")
		}
		up = f.Parent
	}
	return nil
}

// lineAct is the right that a line needs.
func lineAct(l *works.Line) actor.Act {
	switch l.Kind {
	case works.StatusLine, works.VisitLine:
		return actor.ReportWorks
	}
	return actor.ManageWorks
}

func (x *changing) lines(f *workFile, c *WorkChange, before *works.State) error {
	today := x.view.at.AsOf
	sources := x.view.sourceCodes()
	var fresh []store.WorkLine
	first := len(f.lines)
	for i := range c.Lines {
		l := c.Lines[i]
		l.Work = f.ID
		if err := x.may(lineAct(&l), &f.Work); err != nil {
			return err
		}
		if l.Published == nil && l.Document == "" {
			l.Published = &today
		}
		if err := l.Seal(); err != nil {
			return atField(err, lineField(i))
		}
		if f.has(l.ID) {
			x.got.Known++
			continue
		}
		if err := works.Guard(&f.Work, f.lines, &l, today, sources); err != nil {
			return atField(err, lineField(i))
		}
		if err := filesBelong(x.tx, x.view, l.Files, f.Place, false); err != nil {
			return atField(err, lineField(i))
		}
		l.Seq, l.Recorded, l.Actor = x.tx.Seq(), x.tx.At(), x.who.ID
		f.lines = append(f.lines, l)
		f.known[l.ID] = true
	}
	after, err := works.At(&f.Work, f.lines, today, noTime)
	if err != nil {
		return err
	}
	if err := x.posts(f, before, after, f.lines[first:]); err != nil {
		return err
	}
	if err := x.attach(f, after); err != nil {
		return err
	}
	for i := first; i < len(f.lines); i++ {
		kept, err := keepLine(&f.lines[i])
		if err != nil {
			return err
		}
		fresh = append(fresh, kept)
	}
	n, err := x.tx.AddWorkLines(fresh)
	if err != nil {
		return err
	}
	x.got.Lines += n
	return x.row(f, after)
}

// row keeps what lists need to know of a work.
func (x *changing) row(f *workFile, s *works.State) error {
	row := works.RowOf(s)
	if n := len(f.lines); row.Forecast != nil && f.lines[n-1].Forecast == nil {
		row.Forecast.Overtaken = true
	}
	body, err := json.Marshal(row)
	if err != nil {
		return err
	}
	x.rows = append(x.rows, store.WorkState{Work: string(f.ID), Path: f.path, Body: body})
	return nil
}

// finish writes what all changes together bring.
func (x *changing) finish(subject string) error {
	if err := x.tx.PutWorkStates(x.rows); err != nil {
		return err
	}
	return x.publish(subject)
}

func (x *changing) may(act actor.Act, w *works.Work) error {
	return x.app.may(actor.With(x.ctx, x.who), x.view, act, w.Place)
}

// checkWork refuses a record that names what the country does not have.
func (v *view) checkWork(w *works.Work) error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "app.checkWork", field, format, args...)
	}
	if err := w.Check(); err != nil {
		return err
	}
	switch {
	case !v.Atlas.Has(w.Place):
		return bad("place", "no place has the code %q: `search` finds it by name", w.Place)
	case w.Facility != "" && !v.hasFacility(string(w.Facility)):
		return bad("facility", "no facility has the code %q", w.Facility)
	}
	if _, known := v.Offices[w.Office]; w.Office != "" && !known {
		return bad("office", "no office has the code %q", w.Office)
	}
	sources := v.sourceCodes()
	for _, s := range w.Shares {
		if !sources(s.Source) {
			return bad("shares", "there is no source of money %q", s.Source)
		}
	}
	for field, list := range map[string][]string{"promises": w.Promises, "statements": w.Statements} {
		for _, s := range list {
			if v.Programme.One(s, v.at.AsOf) == nil {
				return bad(field, "the ledger has no statement %q", s)
			}
		}
	}
	return nil
}

func (v *view) hasFacility(code string) bool {
	for i := range v.Facilities {
		if v.Facilities[i].Code == code {
			return true
		}
	}
	return false
}

func (v *view) sourceCodes() func(string) bool {
	return func(code string) bool {
		return slices.ContainsFunc(v.Sources, func(s works.Source) bool { return s.Code == code })
	}
}

func readWork(it store.Item) (*workFile, error) {
	f := &workFile{version: it.Version, path: it.Path}
	if err := json.Unmarshal(it.Body, &f.Work); err != nil {
		return nil, fault.New(fault.Internal, "app.readWork", it.ID, "cannot be read back: %w", err)
	}
	return f, nil
}

func readLines(list []store.WorkLine) ([]works.Line, error) {
	out := make([]works.Line, len(list))
	for i := range list {
		if err := readLine(&list[i], &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readLine(kept *store.WorkLine, l *works.Line) error {
	if err := json.Unmarshal(kept.Body, l); err != nil {
		return fault.New(fault.Internal, "app.readLine", kept.Work, "a line cannot be read back: %w", err)
	}
	l.ID, l.Work, l.Seq, l.Recorded, l.Actor, l.Published = kept.ID, works.ID(kept.Work), kept.Seq, kept.At, kept.Actor, kept.Published
	return nil
}

func keepLine(l *works.Line) (store.WorkLine, error) {
	body, err := json.Marshal(l)
	return store.WorkLine{Work: string(l.Work), ID: l.ID, Kind: string(l.Kind), On: l.On, Published: l.Published, Body: body}, err
}

// workFile reads a work with its lines, as its current record stands.
func (a *App) workFile(ctx context.Context, id works.ID) (*workFile, error) {
	it, err := a.Store.Item(ctx, deskWork, string(id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "app.Work", string(id), "there is no such work")
	}
	if err != nil {
		return nil, err
	}
	f, err := readWork(it)
	if err != nil {
		return nil, err
	}
	list, err := a.Store.WorkLines(ctx, string(id))
	if err != nil {
		return nil, err
	}
	f.lines, err = readLines(list)
	return f, err
}
