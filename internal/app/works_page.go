package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// Work returns all that is known of a work as of a moment. A draft is not there
// for who may not read drafts in its territory.
func (a *App) Work(ctx context.Context, w When, id string) (*httpapi.WorkPage, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	f, err := a.seenWork(ctx, v, works.ID(id))
	if err != nil {
		return nil, err
	}
	recorded := noTime
	if w.Recorded != nil {
		recorded = *w.Recorded
		f.lines = slices.DeleteFunc(f.lines, func(l works.Line) bool { return l.Recorded.After(recorded) })
	}
	s, err := works.At(&f.Work, f.lines, v.at.AsOf, recorded)
	if err != nil {
		return nil, err
	}
	return a.workPage(ctx, v, f, s)
}

// seenWork reads a work, if the reader may see it.
func (a *App) seenWork(ctx context.Context, v *view, id works.ID) (*workFile, error) {
	f, err := a.workFile(ctx, id)
	if err != nil {
		return nil, err
	}
	if f.Condition == works.Draft && !v.who(ctx).May(actor.ReadDrafts, f.Place, v.Atlas) {
		return nil, fault.New(fault.NotFound, "app.Work", string(id), "there is no such work")
	}
	return f, nil
}

func (a *App) workPage(ctx context.Context, v *view, f *workFile, s *works.State) (*httpapi.WorkPage, error) {
	tree, err := a.rowsFor(ctx, v)
	if err != nil {
		return nil, err
	}
	row := newPortfolioRow(works.RowOf(s), f.path)
	if kept := tree.byID[f.ID]; kept != nil {
		row.Forecast = kept.Forecast
	}
	m := s.Money
	out := &httpapi.WorkPage{AsOf: v.at.AsOf.String(), Version: f.version, Row: v.viewRow(&row, tree), Record: v.viewRecord(&f.Work), Path: v.pathTo(ctx, tree, f.Parent), Parts: []httpapi.WorkRow{}, Stages: v.viewStages(s.Stages), Weighed: s.Weighed,
		Chain: viewChain(s.Chain), Deadlines: []httpapi.DeadlineMove{}, Money: v.viewAccount(m.Of, m.Spent(), m.Cost), BySource: []httpapi.SourceMoney{}, ByYear: []httpapi.YearMoney{}, ByPackage: []httpapi.PackageMoney{},
		Months: []httpapi.WorkMonth{}, Curve: curve(s), Questions: v.viewQuestions(s.Questions), Promises: []httpapi.Promise{}, Lines: []httpapi.WorkLine{}, Files: []httpapi.File{}, People: s.People,
		Statements: []httpapi.WorkStatement{}, Assumed: append([]string{}, f.Assumed...), May: v.mayHere(ctx, f), Givers: givers(actor.ManageWorks)}
	if s.Said != nil {
		out.Said = &httpapi.WorkSaid{Word: string(s.Said.Word), On: s.Said.On.String(), Line: s.Said.Line}
	}
	if s.Ready != nil {
		out.ReadyLine = optional(s.Ready.Line)
	}
	status, from := s.CapacityStatus()
	out.Capacity = httpapi.WorkCapacity{Status: string(status), From: dateText(from), Kept: f.Facility != ""}
	out.FacilityName = lang.Text{}
	if x, ok := v.facility(string(f.Facility)); ok {
		out.FacilityName = x.Name
	}
	for _, d := range s.Deadlines {
		out.Deadlines = append(out.Deadlines, httpapi.DeadlineMove{To: d.To.String(), On: d.On.String(), Reason: d.Reason, Line: optional(d.Line)})
	}
	v.hideParent(out)
	v.pageMoney(out, m)
	v.pageParts(ctx, out, f, tree)
	if err := a.pageContracts(ctx, v, out, s); err != nil {
		return nil, err
	}
	v.pageLines(ctx, out, f)
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	for i := range j.board.Items {
		if it := &j.board.Items[i]; slices.Contains(f.Promises, it.ID) {
			out.Promises = append(out.Promises, v.promise(it))
		}
	}
	for _, id := range f.Statements {
		if it := v.Programme.One(id, v.at.AsOf); it != nil {
			x := httpapi.WorkStatement{ID: it.ID, Title: it.Title}
			if it.Target != nil {
				fig := ViewFigure(it.Target)
				x.Figure = &fig
			}
			out.Statements = append(out.Statements, x)
		}
	}
	out.Budget = v.viewBudget(f, s)
	if out.Real, err = a.viewReal(ctx, v, s); err != nil {
		return nil, err
	}
	if out.Forecast, err = a.viewForecast(v, s, tree); err != nil {
		return nil, err
	}
	return out, a.pageFiles(ctx, v, out, f)
}

// hideParent leaves out what a work is part of where the reader does not see it;
// those who manage the work keep it, since they write the record back.
func (v *view) hideParent(out *httpapi.WorkPage) {
	n := len(out.Path)
	seen := n > 0 && out.Path[n-1].ID == out.Record.Parent
	if out.Record.Parent == "" || seen {
		return
	}
	if slices.Contains(out.May, string(actor.ManageWorks)) {
		return
	}
	out.Record.Parent, out.Row.Parent = "", nil
}

func (v *view) mayHere(ctx context.Context, f *workFile) []string {
	out := []string{}
	for _, act := range []actor.Act{actor.ManageWorks, actor.ReportWorks, actor.AttachFile, actor.Ask} {
		if v.who(ctx).May(act, f.Place, v.Atlas) {
			out = append(out, string(act))
		}
	}
	return out
}

// pathTo returns the works around a work, the highest first, without drafts that
// the reader does not see.
func (v *view) pathTo(ctx context.Context, t *workTree, parent works.ID) []httpapi.WorkRef {
	out := []httpapi.WorkRef{}
	for up, n := parent, 0; up != "" && n < 10; n++ {
		r := t.byID[up]
		if r == nil || r.Condition == works.Draft && !v.who(ctx).May(actor.ReadDrafts, r.Place, v.Atlas) {
			break
		}
		out = append(out, httpapi.WorkRef{ID: string(r.ID), Title: r.Title, Level: string(r.Level)})
		up = r.Parent
	}
	slices.Reverse(out)
	return out
}

func (v *view) pageMoney(out *httpapi.WorkPage, m *works.Account) {
	one := func(sums map[works.MoneyKind]*works.Sum) httpapi.WorkMoney {
		a := works.Account{Total: sums}
		return v.viewAccount(a.Of, a.Spent(), nil)
	}
	for _, code := range m.Sources() {
		out.BySource = append(out.BySource, httpapi.SourceMoney{Source: code, WorkMoney: one(m.BySource[code])})
	}
	for _, y := range sortedKeys(m.ByYear) {
		out.ByYear = append(out.ByYear, httpapi.YearMoney{Year: y, WorkMoney: one(m.ByYear[y])})
	}
	for _, p := range sortedKeys(m.ByParty) {
		out.ByPackage = append(out.ByPackage, httpapi.PackageMoney{Package: string(p), WorkMoney: one(m.ByParty[p])})
	}
	for _, x := range m.Months {
		out.Months = append(out.Months, httpapi.WorkMonth{Month: period.OfMonth(monthOf(x.Start)).String(), Transferred: v.amount(x.Transferred), Paid: v.amount(x.Paid), Accepted: v.amount(x.Accepted)})
	}
}

func (v *view) pageParts(ctx context.Context, out *httpapi.WorkPage, f *workFile, tree *workTree) {
	var parts []*portfolioRow
	for i := range tree.rows {
		if r := &tree.rows[i]; r.Parent == f.ID && (r.Condition != works.Draft || v.who(ctx).May(actor.ReadDrafts, r.Place, v.Atlas)) {
			parts = append(parts, r)
		}
	}
	v.sortWorks(parts, httpapi.WorkFilter{})
	for _, r := range parts[:min(len(parts), 1000)] {
		out.Parts = append(out.Parts, v.viewRow(r, tree))
	}
}

// pageContracts asks about the contracts of the packages of a work.
func (a *App) pageContracts(ctx context.Context, v *view, out *httpapi.WorkPage, s *works.State) error {
	list, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: deskWork, About: string(s.Work.ID)})
	if err != nil {
		return err
	}
	var parts []*works.Work
	for _, it := range list {
		f, err := readWork(it)
		if err != nil {
			return err
		}
		if f.Condition != works.Draft {
			parts = append(parts, &f.Work)
		}
	}
	out.Questions = append(out.Questions, v.viewQuestions(slices.Concat(works.Overlaps(parts), works.ContractSum(s, parts)))...)
	return nil
}

// pageLines lists what was said by the day, the newest first.
func (v *view) pageLines(ctx context.Context, out *httpapi.WorkPage, f *workFile) {
	inner := v.who(ctx).May(actor.ReadDrafts, f.Place, v.Atlas)
	taken := map[string]string{}
	var list []*works.Line
	for i := range f.lines {
		l := &f.lines[i]
		if !l.KnownOn(v.at.AsOf) || l.Forecast != nil {
			continue
		}
		if l.Takes != "" {
			taken[l.Takes] = l.ID
		}
		list = append(list, l)
	}
	slices.SortFunc(list, func(x, y *works.Line) int {
		return cmp.Or(cmp.Compare(y.On, x.On), cmp.Compare(y.Seq, x.Seq), cmp.Compare(x.ID, y.ID))
	})
	for _, l := range list {
		out.Lines = append(out.Lines, v.viewLine(l, inner, taken))
	}
}

// curve puts the reported percentages between the planned ones.
func curve(s *works.State) []httpapi.CurvePoint {
	out := []httpapi.CurvePoint{}
	for _, p := range s.Curve() {
		out = append(out, httpapi.CurvePoint{On: p.On.String(), First: numberText(rounded(p.First)), Planned: numberText(rounded(p.Planned)), Actual: numberText(p.Actual)})
	}
	return out
}

func rounded(d *decimal.Decimal) *decimal.Decimal {
	if d == nil {
		return nil
	}
	r := d.Round(2)
	return &r
}

// SaveWork writes the record of a work.
func (a *App) SaveWork(ctx context.Context, id string, in httpapi.WorkInput) (*httpapi.WorkPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	w, err := v.readRecord(in.WorkRecord)
	if err != nil {
		return nil, atField(err, "body.")
	}
	if string(w.ID) != id {
		return nil, fault.New(fault.Invalid, "app.SaveWork", "id", "the id in the address is another one")
	}
	old, err := a.workFile(ctx, w.ID)
	switch {
	case err == nil:
		w.Foreign = old.Foreign // what another system said is not for this form
	case fault.KindOf(err) != fault.NotFound:
		return nil, err
	}
	_, err = a.changeWorks(ctx, v, "save work", id, []WorkChange{{ID: w.ID, Record: w, Expected: in.Version}}, nil)
	if fault.KindOf(err) == fault.Conflict {
		return nil, a.changedWork(ctx, v, id, err)
	}
	if err != nil {
		return nil, atField(err, "body.")
	}
	return a.Work(ctx, When{}, id)
}

// changedWork is the fault of whoever was slower, with the record that stands
// now, if they may see it.
func (a *App) changedWork(ctx context.Context, v *view, id string, err error) error {
	f, gone := a.seenWork(ctx, v, works.ID(id))
	if gone != nil {
		return err
	}
	return fault.New(fault.Conflict, "app.SaveWork", id, "%w: compare with what stands now, then send it again", &httpapi.Changed{Version: f.version, Current: v.viewRecord(&f.Work)})
}

// AddLines says something new about a work.
func (a *App) AddLines(ctx context.Context, id string, in httpapi.LinesInput) (*httpapi.WorkPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	f, err := a.seenWork(ctx, v, works.ID(id))
	if err != nil {
		return nil, err
	}
	c := WorkChange{ID: works.ID(id), Expected: AnyVersion}
	for i, x := range in.Lines {
		l, err := v.readLineInput(ctx, f, x)
		if err == nil {
			err = a.seesFiles(ctx, l.Files)
		}
		if err == nil {
			err = f.notTakenBack(*l)
		}
		if err != nil {
			return nil, atField(err, lineField(i))
		}
		c.Lines = append(c.Lines, *l)
	}
	if _, err := a.changeWorks(ctx, v, "report works", id, []WorkChange{c}, nil); err != nil {
		return nil, err
	}
	return a.Work(ctx, When{}, id)
}

// notTakenBack refuses a line without a key that was said word for word and taken
// back: it would be the same line, and stay taken back. With a key of its own
// it is another one; the same key again is a form that was sent twice.
func (f *workFile) notTakenBack(l works.Line) error {
	if l.Key != "" || l.Seal() != nil { // what is wrong with it is told where it is written
		return nil
	}
	for i := range f.lines {
		if f.lines[i].Takes == l.ID {
			return fault.New(fault.Conflict, "app.AddLines", "key", "this was said and taken back: to say it again, give the line a key of its own")
		}
	}
	return nil
}

// lineField is the place of a line in what was sent.
func lineField(i int) string { return "body.lines[" + strconv.Itoa(i) + "]." }

// WithdrawLine takes a line back, with the reason.
func (a *App) WithdrawLine(ctx context.Context, id, line, reason string) (*httpapi.WorkPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	f, err := a.seenWork(ctx, v, works.ID(id))
	if err != nil {
		return nil, err
	}
	l := works.Line{Kind: works.WithdrawLine, On: v.at.AsOf, Office: v.speaks(ctx, f, ""), Takes: line, Reason: reason}
	if _, err := a.changeWorks(ctx, v, "withdraw works line", id, []WorkChange{{ID: works.ID(id), Expected: AnyVersion, Lines: []works.Line{l}}}, nil); err != nil {
		return nil, err
	}
	return a.Work(ctx, When{}, id)
}

// speaks returns the office in whose name a line is said: the one that is
// named, that of the account, that of the work where whoever acts speaks for it,
// or that of its place.
func (v *view) speaks(ctx context.Context, f *workFile, office string) string {
	own := f.Office
	if !v.voices(v.who(ctx), own, f.Place) {
		own = ""
	}
	t := v.answered(thing{Office: cmp.Or(office, v.who(ctx).Office, own), Place: f.Place})
	return t.Office
}

// voices reports whether somebody may say something about a place in the name
// of an office: their own, the one that answers for the place, or one in whose
// territory they report works.
func (v *view) voices(who actor.Actor, office string, at place.ID) bool {
	return office == who.Office || who.May(actor.ReportWorks, v.Offices[office].Place, v.Atlas) || office == v.answered(thing{Place: at}).Office
}

// everyWorkItem goes through the records of all works.
func (a *App) everyWorkItem(ctx context.Context, f func(store.Item) error) error {
	for after := ""; ; {
		list, next, err := a.Store.Items(ctx, store.ItemQuery{Kind: deskWork, After: after})
		if err != nil {
			return err
		}
		for _, it := range list {
			if err := f(it); err != nil {
				return err
			}
		}
		if after = next; after == "" {
			return nil
		}
	}
}

func monthOf(d period.Date) (int, time.Month) {
	y, m, _ := d.Civil()
	return y, m
}
