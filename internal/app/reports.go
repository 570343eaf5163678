package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// Bounds of the lists of reports.
const (
	owedPeriods = 6    // of each template, newest
	maxOwed     = 2000 // reports in one list
	maxFormItem = 200_000
)

// kindSubmission is the kind of what is on its way to publication.
const kindSubmission = "submission"

// formAbout is what a form speaks of on the desk: its template.
func formAbout(template string) string { return "template:" + template }

// template returns the template that holds.
func (v *view) template(code string) (reporting.Template, error) {
	t, ok := v.Templates[code]
	if !ok {
		return t, noTemplate(code)
	}
	return t, nil
}

// reporterOf returns the office that fills in the report of a place: of its kind
// the one in the place or nearest above it; "" when there is none.
func (v *view) reporterOf(t reporting.Template, at place.ID) string {
	path := v.Atlas.Path(at)
	for _, id := range slices.Backward(path) {
		for _, code := range slices.Sorted(maps.Keys(v.Offices)) {
			if o := v.Offices[code]; o.Kind == t.Reporter.Office && o.Place == id {
				return code
			}
		}
	}
	return ""
}

// filed is what the desk holds of one report.
type filed struct {
	current  *submission.Submission // open, or else the last one published
	version  int64
	finished []string // published or withdrawn, oldest first
	on       *period.Date
}

// step is the state of what was begun, "none" where nothing was.
func (f *filed) step() string {
	if f == nil || f.current == nil {
		return "none"
	}
	return string(f.current.State)
}

// received are the states in which a report has arrived.
var received = []submission.State{submission.Submitted, submission.Approved, submission.Publishing, submission.Published}

// filedOf reads from the desk what was begun for a template.
func (a *App) filedOf(ctx context.Context, v *view, t reporting.Template) (map[reporting.Key]*filed, error) {
	first, err := a.Store.FirstIn(ctx, kindSubmission, formAbout(t.Code), string(submission.Submitted))
	if err != nil {
		return nil, err
	}
	out := map[reporting.Key]*filed{}
	q := store.ItemQuery{Kind: kindSubmission, About: formAbout(t.Code)}
	for {
		items, next, err := a.Store.Items(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range items {
			var s submission.Submission
			if err := json.Unmarshal(it.Body, &s); err != nil {
				return nil, fault.New(fault.Internal, "app.filedOf", it.ID, "cannot be read back: %w", err)
			}
			p, err := period.Parse(s.Period)
			if err != nil {
				continue
			}
			k := reporting.Key{Template: t.Code, Place: s.Place, Period: p}
			if out[k] == nil {
				out[k] = &filed{}
			}
			out[k].take(&s, it.Version, first[it.ID], v.Country.OffsetMinutes)
		}
		if q.After = next; next == "" {
			return out, nil
		}
	}
}

// take notes a submission; they come in the order of their ids, which end in a
// number that grows.
func (f *filed) take(s *submission.Submission, version int64, submitted time.Time, offset int) {
	if slices.Contains(received, s.State) && !submitted.IsZero() {
		if on := period.DateOf(submitted, offset); f.on == nil || on < *f.on {
			f.on = &on
		}
	}
	done := s.State == submission.Published || s.State == submission.Withdrawn
	if done {
		f.finished = append(f.finished, s.ID)
	}
	switch {
	case s.State == submission.Withdrawn:
	case f.current == nil, f.current.State == submission.Published, !done:
		f.current, f.version = s, version
	}
}

// formID is the id of a submission of a report. It follows from the report, so
// that two who fill in the same form at the same time meet in one submission
// instead of sending two; n counts from 1, a correction is the next one.
func formID(k reporting.Key, n int) string {
	sum := sha256.Sum256([]byte(k.Template + "\n" + string(k.Place) + "\n" + k.Period.String()))
	return "form-" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:13])) + "-" + strconv.Itoa(100+n)
}

// receipts are what the domain needs to tell how complete reports are.
func receipts(all map[reporting.Key]*filed) []reporting.Receipt {
	out := make([]reporting.Receipt, 0, len(all))
	for k, f := range all {
		if f.on != nil {
			out = append(out, reporting.Receipt{Key: k, On: *f.on, Published: f.current != nil && f.current.State == submission.Published})
		}
	}
	return out
}

// since is how far back lists of reports look.
func since(today period.Date) period.Date { return today - 366 }

// Reports lists what is owed in the territories whose drafts the reader may
// see: what is missing or was returned first, then what is due next, and last
// what has been received.
func (a *App) Reports(ctx context.Context, f httpapi.ReportFilter) (*httpapi.ReportList, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	who, today := v.who(ctx), v.at.AsOf
	keep, err := v.keeper(who, f.Place)
	if err != nil {
		return nil, err
	}
	out := &httpapi.ReportList{Today: today.String(), Items: []httpapi.Report{}}
	for _, code := range slices.Sorted(maps.Keys(v.Templates)) {
		if f.Template != "" && f.Template != code {
			continue
		}
		t := v.Templates[code]
		all, err := a.filedOf(ctx, v, t)
		if err != nil {
			return nil, err
		}
		periods := t.Periods(since(today), today+1, owedPeriods)
		for _, c := range t.Completeness(periods, v.Atlas, keep, receipts(all), today).Cells {
			r := v.report(t, c, all[c.Key], who)
			if f.Own && !r.Own || c.Published && c.Period != periods[len(periods)-1] {
				continue
			}
			out.Items = append(out.Items, r)
		}
	}
	slices.SortStableFunc(out.Items, func(x, y httpapi.Report) int {
		return cmp.Or(cmp.Compare(urgency(x), urgency(y)), cmp.Compare(x.Due, y.Due), cmp.Compare(x.Template, y.Template), cmp.Compare(x.Place, y.Place))
	})
	out.Items = out.Items[:min(len(out.Items), maxOwed)]
	return out, nil
}

func urgency(r httpapi.Report) int {
	switch {
	case r.Step == string(submission.Returned), r.State == string(reporting.Silence):
		return 0
	case r.State == string(reporting.NotDue):
		return 1
	}
	return 2
}

// keeper returns which places of a territory the reader may look at.
func (v *view) keeper(who actor.Actor, root string) (func(place.ID) bool, error) {
	at := place.ID(root)
	if root == "" {
		at = v.Atlas.Root()
	}
	if !v.Atlas.Has(at) {
		return nil, fault.New(fault.NotFound, "app.Reports", root, "no place has this code: `search` finds it by name")
	}
	return func(id place.ID) bool { return v.Atlas.Within(id, at) && who.May(actor.ReadDrafts, id, v.Atlas) }, nil
}

func (v *view) report(t reporting.Template, c reporting.Cell, f *filed, who actor.Actor) httpapi.Report {
	p, _ := v.Atlas.Place(c.Place)
	out := httpapi.Report{ReportKey: httpapi.ReportKey{Template: t.Code, Place: string(c.Place), Period: c.Period.String()}, Name: t.Name, PlaceName: p.Name, Due: c.Due.String(), State: string(c.State),
		DaysLate: c.DaysLate, ReceivedOn: dateText(c.Received), Office: optional(v.reporterOf(t, c.Place)), Step: f.step(), Own: who.May(actor.Submit, c.Place, v.Atlas)}
	if f != nil && f.current != nil {
		out.Submission = optional(f.current.ID)
	}
	return out
}

// ReportForm returns a report with everything that is needed to fill it in.
func (a *App) ReportForm(ctx context.Context, k httpapi.ReportKey) (*httpapi.ReportForm, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	t, key, err := v.expected(k)
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.ReadDrafts, key.Place); err != nil {
		return nil, err
	}
	who := v.who(ctx)
	all, err := a.filedOf(ctx, v, t)
	if err != nil {
		return nil, err
	}
	f := all[key]
	cells := t.Completeness([]period.Period{key.Period}, v.Atlas, func(id place.ID) bool { return id == key.Place }, receipts(all), v.at.AsOf).Cells
	known, err := a.knownOf(ctx, v, t, key)
	if err != nil {
		return nil, err
	}
	out := &httpapi.ReportForm{Report: v.report(t, cells[0], f, who), Rows: known.rows, Earlier: []string{}, Problems: []httpapi.FormProblem{}, NextID: formID(key, 1)}
	t.Rows = t.RowsOf(key.Place)
	if out.Fields, err = viewTemplate(t); err != nil {
		return nil, err
	}
	if f == nil {
		return out, nil
	}
	out.Earlier, out.NextID = append(out.Earlier, f.finished...), formID(key, 1+len(f.finished))
	if s := f.current; s != nil {
		if s.Author != who.ID {
			if err := a.noteRead(ctx, readDraft, s.ID); err != nil {
				return nil, err
			}
		}
		if err := fillValues(atRest{ctx, a.Store}, s); err != nil {
			return nil, err
		}
		out.Draft = &httpapi.FormDraft{ID: s.ID, Version: f.version, State: string(s.State), Values: formValues(t, key.Place, s.Values), Files: append([]string{}, s.Files...), Comment: s.Comment, May: []string{}}
		for _, act := range s.May(who, v.Atlas) {
			out.Draft.May = append(out.Draft.May, string(act))
		}
		for _, p := range t.Judge(key.Place, readValues(t, key.Place, s.Values), known.ranges) {
			out.Problems = append(out.Problems, httpapi.FormProblem{Row: p.Row, Check: p.Check, Code: p.Code, Blocks: p.Blocks})
		}
	}
	return out, nil
}

// expected finds the report that a key names; fault.NotFound where none is due.
func (v *view) expected(k httpapi.ReportKey) (reporting.Template, reporting.Key, error) {
	t, err := v.template(k.Template)
	if err != nil {
		return t, reporting.Key{}, err
	}
	p, err := period.Parse(k.Period)
	if err != nil {
		return t, reporting.Key{}, err
	}
	key := reporting.Key{Template: t.Code, Place: place.ID(k.Place), Period: p}
	if !t.Expects(key.Place, p, v.Atlas) {
		return t, key, fault.New(fault.NotFound, "app.Report", k.Template, "no report of this place and period is due: the list of reports shows which are")
	}
	if p.Start > v.at.AsOf {
		return t, key, fault.New(fault.Invalid, "app.Report", k.Template, "this period has not begun: report it when it has")
	}
	return t, key, nil
}
