package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

const opEnter = "app.Enter"

func refuse(subject, format string, args ...any) error {
	return fault.New(fault.Invalid, opEnter, subject, format, args...)
}

// Enter records what an editor marked in an imported document: a figure, a
// promise, a move of a promise or a delivery. The same entry sent twice adds
// nothing the second time, since ids follow from what is said.
func (a *App) Enter(ctx context.Context, e httpapi.Entry) (*httpapi.Entered, error) {
	v, err := a.look(ctx, When{AsOf: ptr(period.MaxDate)})
	if err != nil {
		return nil, err
	}
	x := &entering{app: a, view: v, entry: e}
	if err := x.locate(ctx); err != nil {
		return nil, err
	}
	b := ledger.Batch{Run: a.run(ctx, ledger.FormRun, "document "+e.Document, map[string]string{"act": e.Act})}
	out := &httpapi.Entered{}
	switch e.Act {
	case "figure", "delivery", "promise":
		err = x.state(&b, out)
	case "move":
		err = x.move(&b, out)
	default:
		err = refuse("act", "the act is figure, promise, move or delivery")
	}
	if err != nil {
		return nil, err
	}
	for _, at := range x.places(&b) {
		if err := a.may(ctx, v, actor.RecordFigure, at); err != nil {
			return nil, err
		}
	}
	got, err := a.commit(ctx, b)
	if err != nil {
		return nil, err
	}
	out.Run = got.Run.String()
	return out, nil
}

// entering is one entry on its way into the ledger.
type entering struct {
	app      *App
	view     *view
	entry    httpapi.Entry
	document ledger.Document
	words    string // what was marked
}

// places lists where an entry records something: where its figures are, and
// where the promises are to which it adds or which it changes.
func (x *entering) places(b *ledger.Batch) []place.ID {
	var out []place.ID
	for _, f := range b.Figures {
		out = append(out, f.Place)
	}
	for _, s := range b.Statements {
		if s.PartOf != "" {
			out = append(out, x.placeOf(s.PartOf))
		}
	}
	for _, e := range b.Evidence {
		out = append(out, x.placeOf(e.Promise))
	}
	for _, m := range b.Moves {
		out = append(out, x.placeOf(m.Promise))
	}
	return out
}

// placeOf is where a promise is kept; one without a target is the country's.
func (x *entering) placeOf(promise string) place.ID {
	s, _ := x.view.Programme.ByID(promise)
	if f := x.view.Programme.Figures[s.Figure]; f != nil {
		return f.Place
	}
	return x.view.Atlas.Root()
}

// locate finds the marked words; the text must have been imported.
func (x *entering) locate(ctx context.Context) error {
	e := x.entry
	d, ok := x.view.Documents[e.Document]
	if !ok {
		return fault.New(fault.NotFound, opEnter, "document", "no document has this name")
	}
	x.document = d
	stored, err := x.app.Store.Text(ctx, e.Document, x.view.at)
	if fault.Is(err, fault.NotFound) {
		return refuse("document", "bring in the text of the document first: shanyraq import document FILE")
	}
	if err != nil {
		return err
	}
	t, err := text.Read(strings.NewReader(stored.Text), e.Document, 0)
	if err != nil {
		return err
	}
	if x.words, err = t.Span(e.Line, e.From, e.To); err != nil {
		return refuse("line", "the document has no such place: mark the words again")
	}
	return nil
}

// figure builds the figure of an entry of that kind.
func (x *entering) figure(kind ledger.Kind) (ledger.Figure, error) {
	e := x.entry
	m, ok := x.view.Measures[e.Measure]
	if !ok {
		return ledger.Figure{}, refuse("measure", "choose a measure: no measure has this code")
	}
	if !x.view.Atlas.Has(place.ID(e.Place)) {
		return ledger.Figure{}, refuse("place", "choose a place: no place has this code")
	}
	dims, err := ledger.ParseDimensions(e.Dimensions)
	if err != nil {
		return ledger.Figure{}, err
	}
	if err := x.view.knownDimensions(dims); err != nil {
		return ledger.Figure{}, err
	}
	per, err := period.Parse(e.Period)
	if err != nil {
		return ledger.Figure{}, refuse("period", "%v", err)
	}
	q, ok := ledger.ParseQualifier(e.Qualifier)
	if !ok {
		return ledger.Figure{}, refuse("qualifier", "the qualifier is one of = ~ <~ >= > <= <")
	}
	unit := e.Unit
	if unit == "" {
		unit = m.Unit
	}
	if _, ok := x.view.Units[unit]; !ok && unit != x.view.Country.Currency.Code {
		return ledger.Figure{}, refuse("unit", "no unit has this code")
	}
	f := ledger.Figure{Series: ledger.Series{Measure: m.Code, Version: max(1, m.Version), Place: place.ID(e.Place), Dimensions: dims.String(), Kind: kind, Unit: unit, Source: x.document.Name},
		Period: per, Qualifier: q, Status: ledger.Normal, Document: x.document.Name, Published: x.document.Published, Locator: ledger.Locator{Line: e.Line, From: e.From, To: e.To}}
	if e.Value == "" {
		f.Status = ledger.NoFigure
	} else if f.Value, err = readValue(e.Value); err != nil {
		return f, err
	}
	return f, f.Seal()
}

// knownDimensions refuses a dimension, or a value of one, that has no name: it
// could not be shown in any language.
func (s *Snapshot) knownDimensions(dims ledger.Dimensions) error {
	for k, v := range dims {
		named, listed := false, false
		for _, l := range s.Labels {
			named = named || l.Dimension == k
			listed = listed || (l.Dimension == k && l.Value == v)
		}
		switch {
		case !named:
			return refuse("dimensions", "choose a dimension: none has this name")
		case !listed:
			return refuse("dimensions", "choose a value of the dimension: it has none of this name")
		}
	}
	return nil
}

// readValue reads a number as people of the country write it: with blanks
// between thousands, a comma or a point before the decimals.
func readValue(s string) (*decimal.Decimal, error) {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "−", "-").Replace(s)
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return nil, refuse("value", "the value is a number such as 7,5 or 1 740 000 000: write millions in full")
	}
	return &d, nil
}

// state records a figure, and for a promise or a delivery the statement.
func (x *entering) state(b *ledger.Batch, out *httpapi.Entered) error {
	kind := ledger.Actual
	if x.entry.Act == "promise" {
		kind = ledger.Plan
	}
	f, err := x.figure(kind)
	if err != nil {
		return err
	}
	b.Figures = []ledger.Figure{f}
	out.Figure = optional(f.ID.String())
	if x.entry.Act == "figure" {
		return nil
	}
	s := ledger.Statement{Role: ledger.Delivery, Kind: ledger.Count, Figure: f.ID, Title: everyTitle(x.entry, x.words)}
	if x.entry.Act == "promise" {
		if err := x.promise(&s, &f); err != nil {
			return err
		}
	}
	s.ID = "U" + contentName(f.ID.String(), string(s.Role))
	if err := s.Check(); err != nil {
		return err
	}
	b.Statements = []ledger.Statement{s}
	if s.Role == ledger.Promise {
		out.Promise = optional(s.ID)
	} else if x.entry.Promise != "" {
		if err := x.known(x.entry.Promise); err != nil {
			return err
		}
		b.Evidence = []ledger.Evidence{{Promise: x.entry.Promise, Statement: s.ID, Figure: f.ID, Relation: ledger.Supports}}
		out.Promise = optional(x.entry.Promise)
	}
	return nil
}

// promise fills what only a promise has.
func (x *entering) promise(s *ledger.Statement, f *ledger.Figure) error {
	e := x.entry
	s.Role, s.Kind = ledger.Promise, kindOf(f, x.view)
	if e.Deadline != "" {
		d, err := period.ParseDate(e.Deadline)
		if err != nil {
			return refuse("deadline", "the deadline is a day, YYYY-MM-DD")
		}
		s.Deadline = &d
	}
	if e.PartOf != "" {
		if err := x.known(e.PartOf); err != nil {
			return err
		}
		s.PartOf = e.PartOf
	}
	return nil
}

func kindOf(f *ledger.Figure, v *view) ledger.StatementKind {
	switch {
	case f.Value == nil:
		return ledger.Order
	case f.Unit == v.Country.Currency.Code:
		return ledger.MoneyKind
	}
	return ledger.Count
}

func everyTitle(e httpapi.Entry, words string) lang.Text {
	t := lang.Text{}
	for c, s := range everyLanguage(words, "") {
		if given := strings.TrimSpace(e.Title[c]); given != "" {
			s = given
		}
		t[c] = s
	}
	return t
}

func contentName(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:6])
}
