package app

import (
	"context"
	"regexp"
	"slices"
	"sort"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
)

// Documents lists what was published.
func (a *App) Documents(ctx context.Context, w When) ([]httpapi.Document, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	return a.documents(ctx, v)
}

func (a *App) documents(ctx context.Context, v *view) ([]httpapi.Document, error) {
	counts, err := a.Store.CountsByDocument(ctx, v.at)
	if err != nil {
		return nil, err
	}
	texts, err := a.Store.Texts(ctx, v.at)
	if err != nil {
		return nil, err
	}
	out := []httpapi.Document{}
	for _, d := range v.Documents {
		if d.Published != nil && *d.Published > v.at.AsOf {
			continue
		}
		out = append(out, viewDocument(d, texts[d.Name], counts[d.Name]))
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Kind != out[j].Kind {
			return out[i].Kind < out[j].Kind
		}
		return out[i].Name < out[j].Name
	})
	return out, nil
}

// rxNumber finds what a reader would expect to be a figure: digits, groups of
// three after a blank, a fraction. Dates stand for themselves.
var (
	rxNumber = regexp.MustCompile(`\d{4}-\d{2}-\d{2}|\d{1,3}(?:[ \x{00a0}]\d{3})+(?:[.,]\d+)?\b|\d+(?:[.,]\d+)?`)
	rxDate   = regexp.MustCompile(`^(?:\d{4}-\d{2}-\d{2}|(?:19|20)\d{2})$`)
)

// Document returns a document line by line with the spans of its figures, and
// the numbers in the text to which no figure points.
func (a *App) Document(ctx context.Context, w When, name string) (*httpapi.DocumentPage, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	d, ok := v.Documents[name]
	if !ok || (d.Published != nil && *d.Published > v.at.AsOf) {
		return nil, fault.New(fault.NotFound, "app.Document", name, "no document has this name, or it was not yet published on that day")
	}
	figures, err := a.readIn(ctx, v, name)
	if err != nil {
		return nil, err
	}
	counts, err := a.Store.CountsByDocument(ctx, v.at)
	if err != nil {
		return nil, err
	}
	t, err := a.Store.Text(ctx, name, v.at)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	imported := err == nil
	page := &httpapi.DocumentPage{Lines: []httpapi.TextLine{}, Figures: []httpapi.Figure{}, Unread: []httpapi.Unread{}}
	lines := documentLines(t.Text)
	count := max(d.Lines, len(lines))
	for i := 1; i <= count; i++ {
		line := httpapi.TextLine{Line: i, Spans: []httpapi.TextSpan{}}
		if imported && i <= len(lines) {
			line.Text = optional(lines[i-1])
		}
		page.Lines = append(page.Lines, line)
	}
	for i := range figures {
		f := &figures[i]
		page.Figures = append(page.Figures, ViewFigure(f))
		if f.Locator.Line < 1 || f.Locator.Line > count {
			continue
		}
		span := httpapi.TextSpan{From: f.Locator.From, To: f.Locator.To, Figure: f.ID.String()}
		for _, s := range v.byFigure[f.ID] {
			span.Statement, span.Role = optional(s.ID), string(s.Role)
		}
		l := &page.Lines[f.Locator.Line-1]
		l.Spans = append(l.Spans, span)
	}
	sort.SliceStable(page.Figures, func(i, j int) bool { return before(page.Figures[i], page.Figures[j]) })
	for i := range page.Lines {
		sort.Slice(page.Lines[i].Spans, func(x, y int) bool { return page.Lines[i].Spans[x].From < page.Lines[i].Spans[y].From })
		page.Unread = append(page.Unread, unread(page.Lines[i])...)
	}
	page.Document = viewDocument(d, imported, counts[name])
	return page, nil
}

// readIn returns the figures that stand in a document, also those which another
// document corrected later; but not how the same words were read before.
func (a *App) readIn(ctx context.Context, v *view, name string) ([]ledger.Figure, error) {
	page, err := a.Store.Figures(ctx, store.Query{At: v.at, Documents: []string{name}, Superseded: true, Limit: maxCount})
	if err != nil {
		return nil, err
	}
	here := map[ledger.FigureID]bool{}
	for i := range page.Figures {
		here[page.Figures[i].ID] = true
	}
	return slices.DeleteFunc(page.Figures, func(f ledger.Figure) bool { return f.Withdraws || here[f.SupersededBy] }), nil
}

func before(a, b httpapi.Figure) bool {
	if a.Line == nil || b.Line == nil {
		return a.Line != nil && b.Line == nil
	}
	if *a.Line != *b.Line {
		return *a.Line < *b.Line
	}
	return *a.From < *b.From
}

// unread returns the numbers of a line outside every span.
func unread(l httpapi.TextLine) []httpapi.Unread {
	if l.Text == nil {
		return nil
	}
	var out []httpapi.Unread
	for _, m := range rxNumber.FindAllStringIndex(*l.Text, -1) {
		if rxDate.MatchString((*l.Text)[m[0]:m[1]]) {
			continue // a day or a year tells when, it is no figure
		}
		from := utf8.RuneCountInString((*l.Text)[:m[0]])
		to := from + utf8.RuneCountInString((*l.Text)[m[0]:m[1]])
		inside := false
		for _, s := range l.Spans {
			inside = inside || (from < s.To && s.From < to)
		}
		if !inside {
			out = append(out, httpapi.Unread{Line: l.Line, From: from, To: to})
		}
	}
	return out
}
