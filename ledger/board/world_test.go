package board

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// world is a small programme for tests: a country with three regions, of which
// one has two districts. Documents are named by their date.
type world struct {
	t testing.TB
	p *Programme
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func on(s string) *period.Date {
	if s == "" {
		return nil
	}
	d := day(s)
	return &d
}

func newWorld(t testing.TB) *world {
	t.Helper()
	at := func(id, parent place.ID, k place.Kind, name string) place.Place {
		return place.Place{ID: id, Kind: k, Parent: parent, Name: lang.Text{lang.KK: name, lang.RU: name, lang.EN: name}}
	}
	atlas, err := place.NewAtlas([]place.Place{
		at("KZ", "", place.Country, "KZ"), at("KZ-35", "KZ", place.Region, "Karaganda"), at("KZ-55", "KZ", place.Region, "Pavlodar"), at("KZ-62", "KZ", place.Region, "Ulytau"),
		at("351", "KZ-35", place.District, "Balkhash"), at("352", "KZ-35", place.District, "Temirtau"),
	}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	measures := map[string]ledger.Measure{}
	for _, m := range []ledger.Measure{
		{Code: "departments.new", Theme: ledger.Departments, Unit: "department", Polarity: ledger.Up, DeliveredBy: "departments.commissioned"},
		{Code: "departments.commissioned", Theme: ledger.Departments, Unit: "department", OverTime: ledger.Last},
		{Code: "departments.priority", Theme: ledger.Departments, Unit: "order"},
		{Code: "beds.new", Theme: ledger.BedsTheme, Unit: "bed", Polarity: ledger.Up, DeliveredBy: "beds.commissioned"},
		{Code: "beds.commissioned", Theme: ledger.BedsTheme, Unit: "bed", OverTime: ledger.Last},
		{Code: "perinatal.new", Theme: ledger.Facilities, Unit: "facility", Noun: "perinatal-centre", Polarity: ledger.Up, DeliveredBy: "perinatal.opened"},
		{Code: "perinatal.opened", Theme: ledger.Facilities, Unit: "facility", OverTime: ledger.Last},
		{Code: "funding.allocated", Theme: ledger.Money, Unit: "KZT", DeliveredBy: "funding.paid"},
		{Code: "funding.paid", Theme: ledger.Money, Unit: "KZT", OverTime: ledger.Sum},
		{Code: "waiting.days", Theme: ledger.People, Unit: "day", Polarity: ledger.Down, DeliveredBy: "waiting.measured"},
		{Code: "waiting.measured", Theme: ledger.People, Unit: "day", OverTime: ledger.Last},
		{Code: "order", Theme: ledger.Digital, Unit: "order"},
		{Code: "trust", Theme: ledger.People, Unit: "order"},
		{Code: "mortality.change", Theme: ledger.Outcomes, Unit: "percent", Polarity: ledger.Down},
		{Code: "lost", Theme: ledger.Digital, Unit: "order", DeliveredBy: "nowhere"},
	} {
		m.Version = 1
		measures[m.Code] = m
	}
	return &world{t, &Programme{Figures: map[ledger.FigureID]*ledger.Figure{}, Documents: map[string]ledger.Document{}, Measures: measures, Atlas: atlas,
		Parameters: Parameters{LastWordOldDays: 180, AboutTolerance: dec("0.05")}}}
}

// said is a figure in few words: measure, place, dimensions, period, value with
// its symbol (~30, >=5, empty for none), day of publication (empty: undated).
type said struct{ measure, place, dims, when, value, published string }

func (w *world) figure(s said, kind ledger.Kind) *ledger.Figure {
	w.t.Helper()
	per, err := period.Parse(s.when)
	if err != nil {
		w.t.Fatal(err)
	}
	doc := "doc-" + s.published
	f := &ledger.Figure{Series: ledger.Series{Measure: s.measure, Place: place.ID(s.place), Dimensions: s.dims, Kind: kind, Unit: w.p.Measures[s.measure].Unit, Source: doc}, Period: per,
		Document: doc, Published: on(s.published), Status: ledger.Missing}
	digits := strings.TrimLeft(s.value, "=~<>")
	if s.value != "" {
		v := dec(digits)
		f.Value, f.Status = &v, ledger.Normal
		f.Qualifier, _ = ledger.ParseQualifier(strings.TrimSuffix(s.value, digits))
	}
	if err := f.Seal(); err != nil {
		w.t.Fatal(err)
	}
	w.p.Documents[doc] = ledger.Document{Name: doc, Kind: "document", Published: f.Published}
	w.p.Figures[f.ID] = f
	return f
}

// promise adds a promise and returns it to be changed.
func (w *world) promise(id, deadline string, s said) *ledger.Statement {
	w.t.Helper()
	f := w.figure(s, ledger.Plan)
	w.p.Statements = append(w.p.Statements, ledger.Statement{ID: id, Role: ledger.Promise, Kind: ledger.Count, Figure: f.ID, Deadline: on(deadline), Title: lang.Text{lang.EN: id}})
	return &w.p.Statements[len(w.p.Statements)-1]
}

// statement adds something said that is no promise.
func (w *world) statement(id string, role ledger.Role, kind ledger.StatementKind, s said) *ledger.Figure {
	w.t.Helper()
	k := ledger.Actual
	if role == ledger.Context {
		k = ledger.Plan
	}
	f := w.figure(s, k)
	w.p.Statements = append(w.p.Statements, ledger.Statement{ID: id, Role: role, Kind: kind, Figure: f.ID, Title: lang.Text{lang.EN: id}})
	return f
}

// delivery adds an actual figure of a measure that delivers another.
func (w *world) delivery(s said) *ledger.Figure {
	w.t.Helper()
	f := w.figure(s, ledger.Actual)
	w.p.Deliveries = append(w.p.Deliveries, *f)
	return f
}

func (w *world) link(promise string, r ledger.Relation, s said) {
	w.t.Helper()
	w.p.Evidence = append(w.p.Evidence, ledger.Evidence{Promise: promise, Figure: w.figure(s, ledger.Actual).ID, Relation: r})
}

// programme returns what the world holds by now.
func (w *world) programme() *Programme {
	return &Programme{Statements: w.p.Statements, Figures: w.p.Figures, Moves: w.p.Moves, Evidence: w.p.Evidence, Asks: w.p.Asks, Answers: w.p.Answers, Documents: w.p.Documents, Measures: w.p.Measures,
		Deliveries: w.p.Deliveries, Atlas: w.p.Atlas, Parameters: w.p.Parameters}
}

func (w *world) board(at string) *Board { return w.programme().At(day(at)) }

// item returns a promise as it stands on a day.
func (w *world) item(id, at string) *Item {
	w.t.Helper()
	it := w.board(at).Item(id)
	if it == nil {
		w.t.Fatalf("no promise %s on %s", id, at)
	}
	return it
}

// quantity writes a figure as value with symbol, "-" for none.
func quantity(f *ledger.Figure) string {
	if f == nil || f.Value == nil {
		return "-"
	}
	sym := f.Qualifier.Symbol()
	if sym == "=" {
		sym = ""
	}
	return sym + f.Value.String()
}

func (w *world) expect(id, at string, due Due, proof Proof, delivered string) {
	w.t.Helper()
	it := w.item(id, at)
	if it.Due != due || it.Evidence != proof || quantity(it.Delivered) != delivered {
		w.t.Errorf("%s on %s: %s, %s, delivered %s; want %s, %s, %s", id, at, it.Due, it.Evidence, quantity(it.Delivered), due, proof, delivered)
	}
}

// rapidDate draws a number of days within a year.
func rapidDate(t *rapid.T, name string) period.Date {
	return period.Date(rapid.IntRange(0, 365).Draw(t, name))
}
