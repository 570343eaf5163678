package ledger

import (
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func num(s string) *decimal.Decimal { d := dec(s); return &d }

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func on(s string) *period.Date { d := day(s); return &d }

// said is a figure as the ministry printed one: 102 beds for children.
func said() Figure {
	when, _ := period.Parse("2026-02-05")
	return Figure{Series: Series{Measure: "beds.commissioned", Version: 1, Place: "KZ", Dimensions: "age=child", Kind: Actual, Unit: "bed", Source: "doc.txt"},
		Period: when, Value: num("102"), Document: "doc.txt", Locator: Locator{Line: 11, From: 147, To: 178}, Published: on("2026-02-05")}
}

// The ids are the same in every database and in every release: links to them
// stand in letters and reports. These vectors must never change;
// they were computed apart, with SHA-256 over lengths and texts as
// docs/method/ledger-id.md says.
func TestIDsAreKnown(t *testing.T) {
	f := said()
	if err := f.Seal(); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, got, want string }{
		{"figure", f.ID.String(), "fak3r11czv975m"},
		{"series", f.Series.ID().String(), "sak3e3m8t8d3ag"},
		{"document", strings.TrimPrefix(SeriesID(DocumentIDOf("doc.txt")).String(), "s"), "dq3vmnd5q6w58"},
		{"run", RunIDOf(Run{Kind: ImportRun, Actor: "local", Subject: "doc.txt", Recorded: time.Unix(0, 0).UTC()}, 1).String(), "r74mddq2hwz3w8"},
	} {
		if tc.got != tc.want {
			t.Errorf("id of the %s: %s, want %s", tc.name, tc.got, tc.want)
		}
	}
	if DocumentIDOf("") != 0 || FigureID(0).String() != "" {
		t.Error("no document and no figure have no id")
	}
}

// What somebody says decides the id; when and by whom it was recorded does not.
func TestWhatMakesAFigureTheSame(t *testing.T) {
	id := func(change func(*Figure)) FigureID {
		f := said()
		change(&f)
		if err := f.Seal(); err != nil {
			t.Fatal(err)
		}
		return f.ID
	}
	base := id(func(*Figure) {})
	for name, change := range map[string]func(*Figure){
		"another instant of recording": func(f *Figure) { f.Recorded = time.Unix(99, 0) },
		"another run":                  func(f *Figure) { f.Run = 7 },
		"a note":                       func(f *Figure) { f.Note = lang.Text{lang.EN: "beds"} },
		"the same number with zeros":   func(f *Figure) { f.Value = num("102.00") },
		"the default qualifier":        func(f *Figure) { f.Qualifier = Exact },
		"read and superseded":          func(f *Figure) { f.SupersededBy = 5 },
	} {
		if got := id(change); got != base {
			t.Errorf("%s makes another figure", name)
		}
	}
	seen := map[FigureID]string{base: "the figure itself"}
	for name, change := range map[string]func(*Figure){
		"value":       func(f *Figure) { f.Value = num("103") },
		"qualifier":   func(f *Figure) { f.Qualifier = AtLeast },
		"place":       func(f *Figure) { f.Place = "KZ-35" },
		"dimensions":  func(f *Figure) { f.Dimensions = "age=adult" },
		"period":      func(f *Figure) { f.Period = period.OfYear(2026) },
		"kind":        func(f *Figure) { f.Kind = Estimate },
		"version":     func(f *Figure) { f.Version = 2 },
		"source":      func(f *Figure) { f.Source = "other" },
		"line":        func(f *Figure) { f.Locator.Line = 12 },
		"numerator":   func(f *Figure) { f.Numerator = num("1") },
		"denominator": func(f *Figure) { f.Denominator = num("1") },
		"bounds":      func(f *Figure) { f.Bounds = &Bounds{Lower: dec("1"), Upper: dec("2")} },
		"confidence":  func(f *Figure) { f.Bounds = &Bounds{Lower: dec("1"), Upper: dec("2"), Confidence: 0.95} },
		"correction":  func(f *Figure) { f.Supersedes = 3 },
		"withdrawal":  func(f *Figure) { f.Supersedes, f.Withdraws, f.Reason = 3, true, "misprint" },
		"recipe":      func(f *Figure) { f.Recipe = &Recipe{Method: "m", Version: 1, Inputs: []FigureID{1, 2}} },
		"inputs":      func(f *Figure) { f.Recipe = &Recipe{Method: "m", Version: 1, Inputs: []FigureID{12}} },
		"parameters":  func(f *Figure) { f.Recipe = &Recipe{Method: "m", Version: 1, Params: map[string]string{"a": "b"}} },
		"synthetic":   func(f *Figure) { f.Synthetic = true },
		"missing":     func(f *Figure) { f.Value, f.Status = nil, Missing },
	} {
		got := id(change)
		if other := seen[got]; other != "" {
			t.Errorf("%s and %s are one figure", name, other)
		}
		seen[got] = name
	}
}

func TestIDText(t *testing.T) {
	f := said()
	if err := f.Seal(); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{f.ID.String(), " " + f.ID.String() + "\n", strings.Replace(strings.ToUpper(f.ID.String()), "F", "f", 1)} {
		if got, err := ParseFigureID(s); err != nil || got != f.ID {
			t.Errorf("%q: %v %v", s, got, err)
		}
	}
	for _, s := range []string{"", "f", "x" + f.ID.String()[1:], f.ID.String() + "0", "f" + strings.Repeat("0", 13), "fzzzzzzzzzzzzz", "f" + strings.Repeat("u", 13)} {
		if _, err := ParseFigureID(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: accepted (%v)", s, err)
		}
	}
	if id, err := ParseSeriesID(f.Series.ID().String()); err != nil || id != f.Series.ID() {
		t.Errorf("series id: %v", err)
	}
	if _, err := ParseSeriesID(f.ID.String()); err == nil {
		t.Error("a figure id is not a series id")
	}
	if b, _ := f.ID.MarshalText(); string(b) != f.ID.String() {
		t.Error("figure id in JSON")
	}
	if b, _ := RunID(1).MarshalText(); string(b) != RunID(1).String() || b[0] != 'r' {
		t.Error("run id in JSON")
	}
}

// The figure is wrong everywhere; each step mends one thing and the next one
// is found.
func TestSealFindsOneFaultAfterTheOther(t *testing.T) {
	f := Figure{Status: "AB", Withdraws: true, Qualifier: "perhaps", Locator: Locator{Line: 3, From: 9, To: 4},
		Value: num("1234567890123456789"), Denominator: num("0"), Bounds: &Bounds{Lower: dec("2"), Upper: dec("1")}, Series: Series{Source: Computed, Kind: "guess", Dimensions: "age"}}
	for _, step := range []struct {
		fault string
		mend  func()
	}{
		{"needs measure, place, unit and source", func() { f.Measure, f.Place, f.Unit = "beds.commissioned", "KZ", "bed" }},
		{"kind of a figure", func() { f.Kind = Actual }},
		{"status is one letter", func() { f.Status = "C" }},
		{"status is one letter", func() { f.Status = Normal; f.Value = nil; f.Withdraws = false }},
		{"without value needs a status", func() { f.Value = num("1234567890123456789"); f.Withdraws = true }},
		{"names the figure and the reason", func() { f.Supersedes, f.Reason = 4, "misprint" }},
		{"in order of their keys", func() { f.Dimensions = "service=ent;age=child" }},
		{"in order of their keys", func() { f.Dimensions = "age=child;age=adult" }},
		{"in order of their keys", func() { f.Dimensions = "age=child;service=" }},
		{"in order of their keys", func() { f.Dimensions = "age=child;service=ent" }},
		{"a line without a document", func() { f.Document = "doc.txt" }},
		{"needs its recipe", func() { f.Source = "doc.txt" }},
		{"unknown qualifier", func() { f.Qualifier = "" }},
		{"a span has a line", func() { f.Locator.To = 12 }},
		{"at most 18 digits", func() { f.Value = num("1e18") }},
		{"at most 18 digits", func() { f.Value = num("1e-19") }},
		{"at most 18 digits", func() { f.Value = num("123456789012345678") }},
		{"greater than zero", func() { f.Denominator = num("7") }},
		{"lower bound is above", func() { f.Bounds.Upper = dec("2") }},
	} {
		err := f.Seal()
		if err == nil || !strings.Contains(err.Error(), step.fault) || !fault.Is(err, fault.Invalid) {
			t.Fatalf("got %v, want a fault that says %q", err, step.fault)
		}
		step.mend()
	}
	if err := f.Seal(); err != nil || f.ID == 0 || f.Version != 1 || f.Qualifier != Exact {
		t.Errorf("mended figure: %v, %+v", err, f)
	}
}

func TestLocator(t *testing.T) {
	for _, l := range []Locator{{-1, 0, 0}, {1, -1, 0}, {1, 5, 4}, {0, 0, 3}} {
		if l.Check() == nil {
			t.Errorf("%+v accepted", l)
		}
	}
	for _, l := range []Locator{{}, {Line: 2}, {2, 0, 5}, {2, 5, 5}} {
		if err := l.Check(); err != nil {
			t.Errorf("%+v: %v", l, err)
		}
	}
}

func TestIntervalOfAFigure(t *testing.T) {
	f := said()
	f.Value, f.Qualifier = num("7500000000"), About
	iv, ok := f.Interval(dec("0.05"))
	if !ok || iv.Low.String() != "7125000000" || iv.High.String() != "7875000000" {
		t.Errorf("about 7.5 bn lies in %v", iv)
	}
	f.Value = nil
	if _, ok := f.Interval(dec("0.05")); ok {
		t.Error("no value, no interval")
	}
	if q, ok := ParseQualifier("<~"); !ok || q != CloseTo {
		t.Error("symbol of close to")
	}
}

func TestPublishedBy(t *testing.T) {
	f := said()
	for at, want := range map[string]bool{"2026-02-04": false, "2026-02-05": true, "2030-01-01": true} {
		if f.PublishedBy(day(at)) != want {
			t.Errorf("as of %s: %v", at, !want)
		}
	}
	f.Published = nil
	if !f.PublishedBy(period.MinDate) {
		t.Error("an undated figure counts at every date")
	}
}

func TestDimsOfASeries(t *testing.T) {
	if d := said().Dims(); d["age"] != "child" || len(d) != 1 {
		t.Errorf("dims = %v", d)
	}
	if d := (Series{Dimensions: "nonsense"}).Dims(); len(d) != 0 {
		t.Errorf("dims of nonsense = %v", d)
	}
}

// Four sources give the births of 2024; the rule of the measure chooses.
func TestHeadline(t *testing.T) {
	fig := func(id FigureID, source, value, published string) Figure {
		f := Figure{ID: id, Series: Series{Source: source}}
		if value != "" {
			f.Value = num(value)
		}
		if published != "" {
			f.Published = on(published)
		}
		return f
	}
	list := []Figure{fig(4, "yearbook", "7.05", "2025-06-01"), fig(3, "ministry", "6.88", "2025-08-05"), fig(2, "undated", "7", ""), fig(1, "silent", "", "2026-01-01"), fig(9, "second", "6.9", "2025-08-05")}
	for rule, want := range map[string]FigureID{
		"latest_published": 3, // two of the same day: the smaller id, everywhere the same
		"earliest":         4,
		"source:yearbook":  4,
		"source:undated":   2,
		"source:nobody":    3, // falls back to the latest
		"source:silent":    1, // asked for by name, even without a value
	} {
		for range 3 {
			if got := Headline(list, rule); got.ID != want {
				t.Errorf("%s chooses %d, want %d", rule, got.ID, want)
			}
			list = append(list[1:], list[0]) // the order of the list must not matter
		}
	}
	if Headline(nil, "earliest") != nil {
		t.Error("nothing to choose from")
	}
}
