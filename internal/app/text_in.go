package app

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// DocumentMeta describes a document that the database does not know yet.
type DocumentMeta struct {
	Title, Publisher, Language, Licence, Address string
	Published                                    *period.Date
}

// ImportDocument brings in the text of a document and checks the spans of all
// figures against it. The document is found by name or by the hash of the
// file; an unknown one is entered with what meta says.
func (a *App) ImportDocument(ctx context.Context, name string, r io.Reader, meta DocumentMeta) (*httpapi.TextReceipt, error) {
	t, err := text.Read(r, name, text.DefaultLimit)
	if err != nil {
		return nil, err
	}
	v, err := a.look(ctx, When{AsOf: ptr(period.MaxDate)})
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.ImportDocument, v.Atlas.Root()); err != nil {
		return nil, err
	}
	doc, known := v.documentOf(name, t.SHA256)
	if !known {
		doc = ledger.Document{Name: name, Kind: "document", Language: meta.Language, Licence: meta.Licence, Address: meta.Address, Published: meta.Published, Lines: len(t.Lines), SHA256: t.SHA256,
			Title: everyLanguage(meta.Title, name), Publisher: everyLanguage(meta.Publisher, "")}
		if err := doc.Check(); err != nil {
			return nil, err
		}
	}
	out := &httpapi.TextReceipt{Document: doc.Name, SHA256: t.SHA256, Encoding: string(t.Encoding), Lines: len(t.Lines), Same: doc.SHA256 == t.SHA256, Misses: []httpapi.Miss{}, Notices: append([]string{}, t.Notices...)}
	if err := a.spans(ctx, v, doc.Name, t, out); err != nil {
		return nil, err
	}
	if known && !out.Same && doc.SHA256 != "" {
		out.Notices = append(out.Notices, "this is not the file from which the figures were read: compare the spans")
	}
	b := ledger.Batch{Run: a.run(ctx, ledger.ImportRun, "document "+doc.Name, map[string]string{"sha256": t.SHA256, "file": name})}
	if !known {
		b.Documents = []ledger.Document{doc}
	}
	b.Texts = []ledger.DocumentText{{Document: doc.Name, SHA256: t.SHA256, Encoding: string(t.Encoding), Text: strings.Join(t.Raw, "\n")}}
	got, err := a.commit(ctx, b)
	if err != nil {
		return nil, err
	}
	out.Known = got.Nothing()
	out.Run = optional(got.Run.String())
	return out, nil
}

func ptr[T any](v T) *T { return &v }

// everyLanguage says the same in every language: a title that somebody typed
// stands in one language only.
func everyLanguage(s, otherwise string) lang.Text {
	if s = strings.TrimSpace(s); s == "" {
		s = otherwise
	}
	t := lang.Text{}
	for _, c := range lang.Codes() {
		t[c] = s
	}
	return t
}

// documentOf finds the document of a file by its name or by its bytes.
func (s *Snapshot) documentOf(name, sum string) (ledger.Document, bool) {
	if d, ok := s.Documents[name]; ok {
		return d, true
	}
	for _, name := range slices.Sorted(maps.Keys(s.Documents)) {
		if d := s.Documents[name]; d.SHA256 == sum {
			return d, true
		}
	}
	return ledger.Document{}, false
}

// spans checks that the words of every figure stand where it points.
func (a *App) spans(ctx context.Context, v *view, name string, t text.Document, out *httpapi.TextReceipt) error {
	return a.Store.EachFigure(ctx, store.Query{At: v.at, Documents: []string{name}}, func(f *ledger.Figure) error {
		if f.Locator.Line == 0 {
			return nil
		}
		out.Spans++
		miss := ""
		words, err := t.Span(f.Locator.Line, f.Locator.From, f.Locator.To)
		switch {
		case err != nil:
			miss = "the document has no such place"
		case strings.TrimSpace(words) == "":
			miss = "there are only blanks"
		case !out.Same && f.Value != nil && !holdsDigit(words):
			miss = "there is no number at this place: was the text changed?"
		}
		if miss != "" {
			out.Misses = append(out.Misses, httpapi.Miss{Figure: f.ID.String(), Line: f.Locator.Line, From: f.Locator.From, To: f.Locator.To, Why: miss})
		}
		return nil
	})
}

func holdsDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// EnterText brings in the text of a document that the database knows.
func (a *App) EnterText(ctx context.Context, name string, body []byte) (*httpapi.TextReceipt, error) {
	v, err := a.look(ctx, When{AsOf: ptr(period.MaxDate)})
	if err != nil {
		return nil, err
	}
	if _, ok := v.Documents[name]; !ok {
		return nil, fault.New(fault.NotFound, "app.EnterText", name, "no document has this name")
	}
	return a.ImportDocument(ctx, name, bytes.NewReader(body), DocumentMeta{})
}
