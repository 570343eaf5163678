package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/exchange/geojson"
	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"

	"github.com/paulmach/orb"
)

// run starts a run of this program by the local administrator.
func (a *App) run(kind ledger.RunKind, subject string, inputs map[string]string) ledger.Run {
	return ledger.Run{Kind: kind, Actor: string(actor.Local("").ID), Program: "shanyraq " + a.Version, Subject: subject, Inputs: inputs, Recorded: a.Clock()}
}

// may refuses what the local administrator may not do at a place.
func (a *App) may(v *view, act actor.Act, at place.ID) error {
	if who := actor.Local(v.Atlas.Root()); !who.May(act, at, v.Atlas) {
		return fault.New(fault.Forbidden, "app.may", string(act), "%s may not do this here", who.ID)
	}
	return nil
}

// commit writes a batch and then what the board computes from it, so that
// every figure that a page shows can be asked for later.
func (a *App) commit(ctx context.Context, b ledger.Batch) (ledger.Receipt, error) {
	got, err := a.Store.Commit(ctx, b)
	if err != nil {
		return got, err
	}
	return got, a.settle(ctx)
}

// settle records the figures that today's board computed.
func (a *App) settle(ctx context.Context) error {
	v, err := a.look(ctx, When{})
	if err != nil {
		return err
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return err
	}
	if len(j.board.Derived) == 0 {
		return nil
	}
	day := v.at.AsOf
	b := ledger.Batch{Run: a.run(ledger.MethodRun, "board", nil)}
	b.Run.AsOf = &day
	for _, f := range j.board.Derived {
		b.Figures = append(b.Figures, *f)
	}
	_, err = a.Store.Commit(ctx, b)
	return err
}

// LoadCountry brings in a country pack; loading it again changes nothing.
func (a *App) LoadCountry(ctx context.Context, pack fs.FS) (ledger.Receipt, error) {
	p, err := country.Load(pack)
	if err != nil {
		return ledger.Receipt{}, err
	}
	have, err := a.Store.Records(ctx, country.KindCountry, store.Everything)
	if err != nil {
		return ledger.Receipt{}, err
	}
	if len(have) > 0 && have[0].Code != p.Country.Code {
		return ledger.Receipt{}, fault.New(fault.Conflict, "app.LoadCountry", p.Country.Code, "this database holds the country %s: use another --db", have[0].Code)
	}
	b, err := p.Batch()
	if err != nil {
		return ledger.Receipt{}, err
	}
	if b.Catalogue, err = a.keepOutlines(ctx, b.Catalogue); err != nil {
		return ledger.Receipt{}, err
	}
	b.Run = a.run(ledger.ImportRun, "country "+p.Country.Code, nil)
	return a.commit(ctx, b)
}

// keepOutlines leaves out the schematic outlines of a pack where somebody has
// imported real ones.
func (a *App) keepOutlines(ctx context.Context, items []ledger.Item) ([]ledger.Item, error) {
	have, err := a.Store.Records(ctx, country.KindBoundary, store.Everything)
	if err != nil {
		return nil, err
	}
	imported := map[string]bool{}
	for _, r := range have {
		imported[r.Code] = !bytes.Contains(r.Body, []byte(schematicMark))
	}
	out := items[:0]
	for _, it := range items {
		if it.Kind != country.KindBoundary || !imported[it.Code] {
			out = append(out, it)
		}
	}
	return out, nil
}

const schematicMark = `"schematic":true`

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
	if err := a.may(v, actor.ImportDocument, v.Atlas.Root()); err != nil {
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
	b := ledger.Batch{Run: a.run(ledger.ImportRun, "document "+doc.Name, map[string]string{"sha256": t.SHA256, "file": name})}
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
	for _, d := range s.Documents {
		if d.SHA256 == sum {
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

// Outlines tells what an import of boundaries brought.
type Outlines struct {
	Level    string   `json:"level"`
	Features int      `json:"features"`
	Missing  []string `json:"missing"` // places of the level without outline
	Known    bool     `json:"known"`   // the same outlines were there already
	Run      *string  `json:"run"`
}

// ImportBoundaries replaces the outlines of one level. All features must name
// places of one level; the country must hold them.
func (a *App) ImportBoundaries(ctx context.Context, name string, r io.Reader) (*Outlines, error) {
	c, err := geojson.ReadCollection(r, name, 0)
	if err != nil {
		return nil, err
	}
	v, err := a.look(ctx, When{AsOf: ptr(period.MaxDate)})
	if err != nil {
		return nil, err
	}
	if err := a.may(v, actor.LoadCountry, v.Atlas.Root()); err != nil {
		return nil, err
	}
	if err := geojson.Known(c.Features, name, func(code string) bool { return v.Atlas.Has(place.ID(code)) }); err != nil {
		return nil, err
	}
	if err := geojson.Within(c.Features, name, v.bound()); err != nil {
		return nil, err
	}
	out := &Outlines{Features: len(c.Features), Missing: []string{}}
	if out.Level, err = v.level(name, c.Features, &out.Missing); err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := geojson.Write(&body, c); err != nil {
		return nil, err
	}
	got, err := a.commit(ctx, ledger.Batch{Run: a.run(ledger.ImportRun, "boundaries "+out.Level, map[string]string{"file": name}),
		Catalogue: []ledger.Item{{Kind: country.KindBoundary, Code: out.Level, Body: bytes.TrimSpace(body.Bytes())}}})
	if err != nil {
		return nil, err
	}
	out.Known, out.Run = got.Nothing(), optional(got.Run.String())
	return out, nil
}

// margin widens the box of the known points, in degrees: outlines reach beyond
// the outermost town.
const margin = 8

func (s *Snapshot) bound() orb.Bound {
	b := orb.Bound{Min: orb.Point{180, 90}, Max: orb.Point{-180, -90}}
	for _, p := range s.Atlas.All() {
		if p.Point != nil {
			b = b.Extend(orb.Point{p.Point.Lon, p.Point.Lat})
		}
	}
	return b.Pad(margin)
}

// level tells whether a file holds regions or districts and lists the places
// of that level that it leaves out.
func (s *Snapshot) level(name string, features []geojson.Feature, missing *[]string) (string, error) {
	have := map[place.ID]bool{}
	level := ""
	for _, f := range features {
		p, err := s.Atlas.Place(place.ID(f.Code))
		if err != nil {
			return "", err
		}
		l := levelOf[p.Kind]
		if p.Kind == place.City && p.Parent == s.Atlas.Root() {
			l = "regions"
		}
		if l == "" || (level != "" && l != level) {
			return "", fault.New(fault.Invalid, "app.ImportBoundaries", name, "feature %d (%s) is a %s among %s: give one file for regions and one for districts", f.Number, f.Code, p.Kind, level)
		}
		level = l
		have[p.ID] = true
	}
	for _, p := range s.Atlas.All() {
		l := levelOf[p.Kind]
		if p.Kind == place.City && p.Parent == s.Atlas.Root() {
			l = "regions"
		}
		if l == level && !have[p.ID] && p.To == nil {
			*missing = append(*missing, string(p.ID))
		}
	}
	return level, nil
}

var levelOf = map[place.Kind]string{place.Region: "regions", place.District: "districts", place.City: "districts", place.CityDistrict: "districts"}

// State returns a text that changes whenever an answer may change.
func (a *App) State(ctx context.Context) (string, error) {
	n, err := a.Store.Version(ctx)
	if err != nil {
		return "", err
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %s", n, v.at.AsOf), nil
}

// Ping tells whether the database answers.
func (a *App) Ping(ctx context.Context) error { return a.Store.Ping(ctx) }

// Session tells what a reader may do.
func (a *App) Session(ctx context.Context, administrator bool) (*httpapi.Session, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	return &httpapi.Session{Administrator: administrator, Version: a.Version, Database: string(a.Store.Engine()), Today: v.at.AsOf.String()}, nil
}
