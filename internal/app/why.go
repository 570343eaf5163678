package app

import (
	"context"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

const (
	maxDepth  = 6   // recipes inside recipes
	maxInputs = 500 // of one recipe
	maxOthers = 100 // other figures about the same thing
)

// Figure returns one figure as of a moment.
func (a *App) Figure(ctx context.Context, w When, id string) (*httpapi.Figure, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	f, err := a.figure(ctx, v, id)
	if err != nil {
		return nil, err
	}
	out := ViewFigure(f)
	return &out, nil
}

// figure reads a figure by its id or by that of a statement from the store, or
// from the board of the day, which may have computed it just now.
func (a *App) figure(ctx context.Context, v *view, id string) (*ledger.Figure, error) {
	fid, err := ledger.ParseFigureID(id)
	if s, ok := v.Programme.ByID(id); err != nil && ok {
		fid, err = s.Figure, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := a.Store.Figure(ctx, fid, v.at)
	if err == nil {
		return &f, nil
	}
	if !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	j, jerr := a.judge(ctx, v)
	if jerr != nil {
		return nil, jerr
	}
	for _, d := range j.board.Derived {
		if d.ID == fid {
			return d, nil
		}
	}
	return nil, err
}

// Why tells who said a figure or how it was computed, what else was said about
// the same thing, and which promises and questions it bears on.
func (a *App) Why(ctx context.Context, w When, id string) (*httpapi.Why, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	f, err := a.figure(ctx, v, id)
	if err != nil {
		return nil, err
	}
	return a.why(ctx, v, f, 0)
}

func (a *App) why(ctx context.Context, v *view, f *ledger.Figure, depth int) (*httpapi.Why, error) {
	out := &httpapi.Why{Figure: ViewFigure(f), Others: []httpapi.Figure{}, Promises: []httpapi.Promise{}, Questions: []httpapi.Check{}, Evidence: []httpapi.EvidenceItem{}, BearsOn: []httpapi.StatementRef{}, Asks: []httpapi.Asked{}}
	for _, s := range v.byFigure[f.ID] {
		if out.Statement == nil || s.Role == ledger.Promise {
			out.Statement, out.Title = optional(s.ID), s.Title
		}
	}
	var err error
	if out.Said, err = a.said(ctx, v, f); err != nil {
		return nil, err
	}
	if f.Recipe != nil && depth < maxDepth {
		if out.Computed, err = a.computed(ctx, v, f, depth); err != nil {
			return nil, err
		}
	}
	if depth > 0 {
		return out, nil
	}
	if err := a.others(ctx, v, f, out); err != nil {
		return nil, err
	}
	v.attached(f, out)
	title := out.Title
	if len(title) == 0 {
		title = v.Measures[f.Measure].Name
	}
	about := []string{out.Figure.ID}
	if out.Statement != nil {
		about = append(about, *out.Statement)
	}
	out.Asks = v.asksAbout(thing{Kind: thingFigure, ID: out.Figure.ID, Title: title, Place: f.Place, figure: f}, about...)
	return out, a.bearing(ctx, v, f, out)
}

func (a *App) computed(ctx context.Context, v *view, f *ledger.Figure, depth int) (*httpapi.Computed, error) {
	c := &httpapi.Computed{Method: f.Recipe.Method, Version: f.Recipe.Version, Params: f.Recipe.Params, Inputs: []httpapi.Why{}}
	for i, in := range f.Recipe.Inputs {
		if i == maxInputs {
			break
		}
		g, err := a.figure(ctx, v, in.String())
		if err != nil {
			return nil, err
		}
		y, err := a.why(ctx, v, g, depth+1)
		if err != nil {
			return nil, err
		}
		c.Inputs = append(c.Inputs, *y)
	}
	return c, nil
}

// said returns where a figure stands, with its line when the text was
// imported, or which office said it; nil for a figure of neither.
func (a *App) said(ctx context.Context, v *view, f *ledger.Figure) (*httpapi.Said, error) {
	if f == nil {
		return nil, nil
	}
	if f.Document == "" {
		return v.saidByOffice(f), nil
	}
	d := v.Documents[f.Document]
	out := &httpapi.Said{Document: f.Document, Publisher: d.Publisher, Title: d.Title, Date: dateText(d.Published), Address: optional(d.Address)}
	if f.Locator.Line == 0 {
		return out, nil
	}
	l := f.Locator
	out.Line, out.From, out.To = &l.Line, &l.From, &l.To
	t, err := a.Store.Text(ctx, f.Document, v.at)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	if lines := documentLines(t.Text); l.Line <= len(lines) {
		out.Text = optional(lines[l.Line-1])
	}
	return out, nil
}

// others lists what was also said about the same measure, place, dimensions
// and period, by whomever, superseded figures included.
func (a *App) others(ctx context.Context, v *view, f *ledger.Figure, out *httpapi.Why) error {
	dims := f.Dimensions
	q := store.Query{At: v.at, Measures: []string{f.Measure}, Places: []place.ID{f.Place}, Dimensions: &dims, Superseded: true, Limit: maxOthers}
	if f.Period.Known() {
		q.Period = f.Period
	}
	page, err := a.Store.Figures(ctx, q)
	if err != nil {
		return err
	}
	for i := range page.Figures {
		if g := &page.Figures[i]; g.ID != f.ID && (f.Period.Known() || !g.Period.Known()) {
			out.Others = append(out.Others, ViewFigure(g))
		}
	}
	return nil
}

// bearing finds the promises and questions of a figure.
func (a *App) bearing(ctx context.Context, v *view, f *ledger.Figure, out *httpapi.Why) error {
	j, err := a.judge(ctx, v)
	if err != nil {
		return err
	}
	for i := range j.board.Items {
		it := &j.board.Items[i]
		touches := it.First.ID == f.ID || it.Target.ID == f.ID || (it.Delivered != nil && (it.Delivered.ID == f.ID || inputOf(it.Delivered, f.ID)))
		for _, l := range it.Links {
			touches = touches || l.Shown.ID == f.ID
		}
		if touches {
			out.Promises = append(out.Promises, v.promise(it))
		}
	}
	for i := range j.results {
		if slices.Contains(j.results[i].Figures, f.ID) {
			out.Questions = append(out.Questions, v.viewCheck(&j.results[i]))
		}
	}
	return nil
}

// attached finds the evidence for what the figure states, and the statements
// other than promises for which the figure is evidence.
func (v *view) attached(f *ledger.Figure, out *httpapi.Why) {
	states := map[string]bool{}
	for _, s := range v.byFigure[f.ID] {
		states[s.ID] = true
	}
	for _, e := range v.Programme.Evidence {
		if states[e.Promise] {
			if g := v.Programme.Visible(e.Figure, v.at.AsOf); g != nil {
				s, _ := v.Programme.ByID(e.Statement)
				out.Evidence = append(out.Evidence, httpapi.EvidenceItem{Relation: string(e.Relation), Title: v.titleOf(s, g), Note: e.Note, Figure: ViewFigure(g)})
			}
		}
		if e.Figure != f.ID {
			continue
		}
		if s, ok := v.Programme.ByID(e.Promise); ok && s.Role != ledger.Promise && v.Programme.Visible(s.Figure, v.at.AsOf) != nil {
			out.BearsOn = append(out.BearsOn, httpapi.StatementRef{ID: s.ID, Role: string(s.Role), Title: s.Title, Figure: s.Figure.String(), Relation: string(e.Relation)})
		}
	}
}

func inputOf(sum *ledger.Figure, id ledger.FigureID) bool {
	return sum.Recipe != nil && slices.Contains(sum.Recipe.Inputs, id)
}

// documentLines returns the lines of a text that are not blank by Unicode
// white space, without their line ends.
func documentLines(s string) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}
