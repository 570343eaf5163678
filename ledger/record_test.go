package ledger

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"pgregory.net/rapid"
)

var title = lang.Text{lang.EN: "x"}

// mended runs a table of faults: before each step Check must complain with
// those words, and after the last one it must not.
func mended(t *testing.T, check func() error, steps []step) {
	t.Helper()
	for _, s := range steps {
		err := check()
		if err == nil || !strings.Contains(err.Error(), s.says) || !fault.Is(err, fault.Invalid) {
			t.Fatalf("got %v, want a fault that says %q", err, s.says)
		}
		s.mend()
	}
	if err := check(); err != nil {
		t.Errorf("mended everywhere: %v", err)
	}
}

type step struct {
	says string
	mend func()
}

func TestMeasureCheck(t *testing.T) {
	m := Measure{Code: "beds new"}
	mended(t, func() error { return m.Check() }, []step{
		{"measure code", func() { m.Code = "beds.new" }},
		{"count from 1", func() { m.Version = 1 }},
		{"theme", func() { m.Theme = BedsTheme }},
		{"needs a unit", func() { m.Unit = "bed" }},
		{"polarity", func() { m.Polarity = Up }},
		{"aggregation", func() { m.OverTime, m.OverPlace = Sum, Last }},
		{"aggregation", func() { m.OverDimensions = None }},
		{"headline", func() { m.Headline = "loudest" }},
		{"headline", func() { m.Headline = "source:BNS" }},
		{"name and definition", func() { m.Name, m.Definition = title, title }},
	})
}

func TestDocumentCheck(t *testing.T) {
	d := Document{Name: "../x", SHA256: "abc"}
	mended(t, func() error { return d.Check() }, []step{
		{"no slashes", func() { d.Name = "x.txt" }},
		{"kind", func() { d.Kind = "document" }},
		{"title", func() { d.Title = title }},
		{"64", func() { d.SHA256 = strings.Repeat("0", 64) }},
	})
}

func TestStatementCheck(t *testing.T) {
	s := Statement{ID: "A 1", PartOf: "A1"}
	mended(t, func() error { return s.Check() }, []step{
		{"statement id", func() { s.ID = "A1" }},
		{"role", func() { s.Role = Promise }},
		{"kind", func() { s.Kind = Count }},
		{"part of itself", func() { s.PartOf = "A0" }},
		{"title", func() { s.Title = title }},
	})
}

func TestMoveCheck(t *testing.T) {
	m := Move{Promise: "A1", Locator: Locator{Line: -1}}
	mended(t, func() error { return m.Check() }, []step{
		{"unknown field", func() { m.Field = MoveDeadline }},
		{"YYYY-MM-DD", func() { m.To = "2026-02-30" }},
		{"YYYY-MM-DD", func() { m.Field = MoveTarget }},
		{"is a figure", func() { m.Field = MoveBroken }},
		{"reason", func() { m.Reason = "not built" }},
		{"span", func() { m.Locator.Line = 4 }},
	})
	for _, ok := range []Move{{Field: MoveDeadline, To: "2027-06-30"}, {Field: MoveTarget, Figure: 3}, {Field: MoveWithdrawn, Reason: "cut"}} {
		if err := ok.Check(); err != nil {
			t.Errorf("%+v: %v", ok, err)
		}
	}
}

func TestEvidenceCheck(t *testing.T) {
	for _, r := range []Relation{Supports, Contradicts, Progress, About_} {
		if err := (Evidence{Relation: r}).Check(); err != nil {
			t.Error(err)
		}
	}
	if err := (Evidence{Relation: "proves"}).Check(); !fault.Is(err, fault.Invalid) {
		t.Errorf("proves: %v", err)
	}
}

func TestParseDimensions(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		" ":                             "",
		"service=pulmonology;age=child": "age=child;service=pulmonology",
		" age=child ; sex=f":            "age=child;sex=f",
		"name=Балқаш хабы":              "name=Балқаш хабы",
	} {
		d, err := ParseDimensions(in)
		if err != nil || d.String() != want {
			t.Errorf("%q: %q, %v", in, d.String(), err)
		}
	}
	for _, in := range []string{"age", "age=", "=child", "Age=child", "age=child;age=adult", "age=child;", "a=b=c", "a=x\x00", "a=" + strings.Repeat("x", 81), strings.Repeat("a", 41) + "=x"} {
		if _, err := ParseDimensions(in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q accepted: %v", in, err)
		}
	}
}

func TestDimensionsCover(t *testing.T) {
	child := Dimensions{"age": "child"}
	for _, tc := range []struct {
		of, in Dimensions
		want   bool
	}{
		{Dimensions{}, child, true}, {child, child, true}, {child, Dimensions{}, false},
		{child, Dimensions{"age": "child", "service": "ent"}, true}, {child, Dimensions{"age": "adult"}, false},
	} {
		if got := tc.of.Covers(tc.in); got != tc.want {
			t.Errorf("%v covers %v: %v", tc.of, tc.in, got)
		}
	}
}

// Whatever the dimensions are, their text reads back as the same.
func TestDimensionsRoundTrip(t *testing.T) {
	key := rapid.StringMatching(`[a-z][a-z0-9_-]{0,8}`)
	value := rapid.StringMatching(`[A-Za-zА-яәғқңөұүһі0-9.,/-]([A-Za-z әқ0-9.-]{0,10}[A-Za-z0-9])?`)
	rapid.Check(t, func(t *rapid.T) {
		d := Dimensions(rapid.MapOfN(key, value, 0, 5).Draw(t, "dims"))
		back, err := ParseDimensions(d.String())
		if err != nil || !reflect.DeepEqual(back, d) {
			t.Fatalf("%v -> %q -> %v, %v", d, d.String(), back, err)
		}
	})
}

// The figure carries its dimensions in the form that Seal hashes: two texts of
// the same dimensions would be two series.
func TestDimensionsAreCanonical(t *testing.T) {
	a, _ := ParseDimensions("service=ent;age=child")
	b, _ := ParseDimensions("age=child;service=ent")
	if a.String() != b.String() {
		t.Errorf("%q and %q", a.String(), b.String())
	}
}

func batch() *Batch {
	return &Batch{
		Catalogue:  []Item{{Kind: "place", Code: "KZ", Body: []byte(`{}`)}},
		Documents:  []Document{{Name: "doc.txt", Kind: "document", Title: title}},
		Statements: []Statement{{ID: "A1", Role: Promise, Kind: Count, Figure: 5, Title: title}},
		Moves:      []Move{{Promise: "A1", Field: MoveDeadline, To: "2027-06-30", Figure: 0}},
		Evidence:   []Evidence{{Promise: "A1", Figure: 6, Relation: Supports}},
		Answers:    []Answer{{About: "A1", Office: "moh", Text: title}},
	}
}

func TestRecords(t *testing.T) {
	codes := func(b *Batch) map[string]string {
		out := map[string]string{}
		if err := EachRecord(b, func(r Record) error {
			if out[r.Kind] != "" || !json.Valid(r.Body) {
				t.Errorf("record %s %s: %s", r.Kind, r.Code, r.Body)
			}
			out[r.Kind] = r.Code
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := codes(batch())
	if len(first) != 6 || first[RecordStatement] != "A1" || first[RecordDocument] != "doc.txt" || first["place"] != "KZ" {
		t.Errorf("records: %v", first)
	}
	if again := codes(batch()); !reflect.DeepEqual(first, again) {
		t.Error("the codes of the same batch differ")
	}
	other := batch()
	other.Moves[0].To, other.Evidence[0].Relation, other.Answers[0].Office = "2027-07-31", Contradicts, "akimat-35"
	for kind, code := range codes(other) {
		changed := kind == RecordMove || kind == RecordEvidence || kind == RecordAsk || kind == RecordAnswer
		if (code != first[kind]) != changed {
			t.Errorf("%s: code %s after the change, %s before", kind, code, first[kind])
		}
	}
}

// What stops halfway is told at once, whichever record it is.
func TestRecordsStop(t *testing.T) {
	stop := errors.New("full")
	for n := range 6 {
		seen := 0
		err := EachRecord(batch(), func(Record) error {
			if seen == n {
				return stop
			}
			seen++
			return nil
		})
		if !errors.Is(err, stop) || seen != n {
			t.Errorf("stopped at %d: %v after %d", n, err, seen)
		}
	}
}

func TestReceipt(t *testing.T) {
	if !(Receipt{Known: 12}).Nothing() {
		t.Error("figures that were known change nothing")
	}
	for _, r := range []Receipt{{Figures: 1}, {Corrected: 1}, {Statements: 1}, {Catalogue: 1}, {Documents: 1}, {Others: 1}} {
		if r.Nothing() {
			t.Errorf("%+v changes something", r)
		}
	}
}
