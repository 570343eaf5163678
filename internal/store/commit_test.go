package store

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

// full is a figure in which everything is said.
func full() ledger.Figure {
	return beds("KZ-35", "2025-Q3", "7472100000.01", published("2026-02-05"), document("speech"), line(12, 3, 17), dimensions("age=child;service=pulmonology"),
		func(f *ledger.Figure) {
			f.Qualifier, f.Status, f.Synthetic, f.Note = ledger.MoreThan, ledger.Estimated, true, saidTwice
			f.Bounds = &ledger.Bounds{Lower: *number("7000000000.5"), Upper: *number("8000000000"), Confidence: 0.95}
			f.Numerator, f.Denominator = number("123"), number("456.789")
			f.Recipe = &ledger.Recipe{Method: "sum", Version: 2, Inputs: []ledger.FigureID{7, 1 << 62}, Params: map[string]string{"scale": "10000"}}
		})
}

func TestFigureComesBackAsItWasWritten(t *testing.T) {
	cases := map[string]ledger.Figure{
		"everything said":          full(),
		"nothing but a number":     beds("KZ", "2025", "500"),
		"a number was not said":    beds("KZ", "2025", "", func(f *ledger.Figure) { f.Status = ledger.Missing }),
		"zero is a value":          beds("KZ", "2025", "0"),
		"18 digits":                beds("KZ", "2025", "999999999999999999"),
		"18 decimal places":        beds("KZ", "2025", "-0.000000000000000001"),
		"tiyn":                     beds("KZ", "2025", "7500000000.25"),
		"thousands as an exponent": beds("KZ", "2025", "5e3"),
		"no period":                beds("KZ", "2025", "5", func(f *ledger.Figure) { f.Period.Start, f.Period.End = 0, 0; f.Period = (ledger.Figure{}).Period }),
		"before 1970":              beds("KZ", "1959", "5", published("1960-01-15")),
		"day, week and span":       beds("KZ", "2025-01-01/P10M", "5"),
		"a line at its very start": beds("KZ", "2025", "5", document("d"), line(1, 0, 0)),
	}
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		n := 0
		for name, want := range cases {
			n++
			want.Source = name // each case in a series of its own
			if err := want.Seal(); err != nil {
				t.Fatal(err)
			}
			got := commit(t, s, n, want)
			want.Run, want.Recorded = got.Run, run(n).Recorded
			f, err := s.Figure(t.Context(), want.ID, Everything)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(want, f, cmp.Comparer(sameNumber), cmp.AllowUnexported(want.Period)); diff != "" {
				t.Errorf("%s: (-written +read)\n%s", name, diff)
			}
			if err := f.Seal(); err != nil || f.ID != want.ID {
				t.Errorf("%s: what was read no longer has its id: %v", name, err)
			}
		}
	})
}

func TestEveryQualifierIsKept(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		for i, q := range []ledger.Qualifier{ledger.Exact, ledger.About, ledger.CloseTo, ledger.AtLeast, ledger.MoreThan, ledger.AtMost, ledger.LessThan} {
			f := beds("KZ", "2025", "30", source(string(q)), func(f *ledger.Figure) { f.Qualifier = q })
			commit(t, s, i, f)
			got, err := s.Figure(t.Context(), f.ID, Everything)
			if err != nil || got.Qualifier != q {
				t.Errorf("%s came back as %q, %v", q, got.Qualifier, err)
			}
		}
	})
}

func TestSecondImportWritesNothing(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		batch := fullBatch()
		first, err := s.Commit(t.Context(), batch)
		if err != nil {
			t.Fatal(err)
		}
		want := ledger.Receipt{Run: first.Run, Figures: 2, Statements: 1, Catalogue: 1, Documents: 1, Others: 4}
		if first != want {
			t.Errorf("receipt = %+v, want %+v", first, want)
		}
		batch.Run = run(2)
		second, err := s.Commit(t.Context(), batch)
		if err != nil {
			t.Fatal(err)
		}
		if want := (ledger.Receipt{Known: 2}); second != want {
			t.Errorf("second time: %+v, want %+v", second, want)
		}
		entries, _, err := s.VerifyJournal(t.Context())
		if v, _ := s.Version(t.Context()); err != nil || entries != 1 || v != 1 {
			t.Errorf("the second import left a trace: %d entries, version %d, %v", entries, v, err)
		}
	})
}

// fullBatch has one or more of everything that can be written.
func fullBatch() ledger.Batch {
	f := full()
	return ledger.Batch{
		Run:       run(1),
		Catalogue: []ledger.Item{{Kind: "measure", Code: "beds", Body: []byte(`{"code":"beds"}`)}},
		Documents: []ledger.Document{{Name: "speech", Kind: "document", Title: saidTwice, Published: day("2026-02-05")}},
		Texts:     []ledger.DocumentText{{Document: "speech", SHA256: strings.Repeat("0", 64), Encoding: "windows-1251", Text: "Ең бірінші жол\r\n\r\nвторая строка\n"}},
		Figures:   []ledger.Figure{f, beds("KZ", "2025", "500")},
		Statements: []ledger.Statement{{ID: "F083", Role: ledger.Promise, Kind: ledger.Count, Figure: f.ID,
			Deadline: day("2026-12-31"), Title: saidTwice}},
		Moves:    []ledger.Move{{Promise: "F083", Field: ledger.MoveDeadline, To: "2027-12-31", Figure: f.ID}},
		Evidence: []ledger.Evidence{{Promise: "F083", Figure: f.ID, Relation: ledger.Supports}},
		Answers:  []ledger.Answer{{About: "F083", Office: "moh", Text: saidTwice}},
	}
}

func TestRecordsTextsAndCounts(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		batch := fullBatch()
		got, err := s.Commit(t.Context(), batch)
		if err != nil {
			t.Fatal(err)
		}
		records, err := s.Records(t.Context(), ledger.RecordStatement, Everything)
		if err != nil || len(records) != 1 || records[0].Code != "F083" || records[0].Figure != batch.Figures[0].ID || records[0].Run != got.Run {
			t.Errorf("statement = %+v, %v", records, err)
		}
		text, err := s.Text(t.Context(), "speech", Everything)
		if err != nil || text != batch.Texts[0] {
			t.Errorf("text = %+v, %v", text, err)
		}
		if _, err := s.Text(t.Context(), "another", Everything); !fault.Is(err, fault.NotFound) {
			t.Errorf("a text that nobody brought in: %v", err)
		}
		if texts, err := s.Texts(t.Context(), Everything); err != nil || !texts["speech"] || len(texts) != 1 {
			t.Errorf("texts = %v, %v", texts, err)
		}
		for at, want := range map[string]int{"2026-02-04": 0, "2026-02-05": 1} {
			if counts, err := s.CountsByDocument(t.Context(), asOf(at)); err != nil || counts["speech"] != want {
				t.Errorf("as of %s %d figures point into the speech, want %d (%v)", at, counts["speech"], want, err)
			}
		}
		if m, err := s.SeriesByMeasure(t.Context()); err != nil || m["beds"] != 2 {
			t.Errorf("series by measure = %v, %v", m, err)
		}
		if at, err := s.Records(t.Context(), "measure", At{AsOf: Everything.AsOf, Seq: -1}); err != nil || len(at) != 0 {
			t.Errorf("before the first run there was %v, %v", at, err)
		}
	})
}

func TestNewestRecordCounts(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		put := func(n int, body string) ledger.Receipt {
			got, err := s.Commit(t.Context(), ledger.Batch{Run: run(n), Catalogue: []ledger.Item{{Kind: "unit", Code: "bed", Body: []byte(body)}}})
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		put(1, `{"n":1}`)
		put(2, `{"n":2}`)
		if got := put(3, `{"n":1}`); got.Catalogue != 1 {
			t.Errorf("going back to the first wording is a change: %+v", got)
		}
		for seq, want := range map[int64]string{1: `{"n":1}`, 2: `{"n":2}`, 3: `{"n":1}`, 0: `{"n":1}`} {
			r, err := s.Records(t.Context(), "unit", At{Seq: seq})
			if err != nil || len(r) != 1 || string(r[0].Body) != want {
				t.Errorf("at %d: %v %v, want %s", seq, r, err, want)
			}
		}
		_, err := s.Commit(t.Context(), ledger.Batch{Run: run(4), Catalogue: []ledger.Item{
			{Kind: "unit", Code: "room", Body: []byte(`{"n":1}`)}, {Kind: "unit", Code: "room", Body: []byte(`{"n":2}`)}}})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "unit room is given twice") {
			t.Errorf("one unit with two bodies in one run: %v", err)
		}
	})
}

func TestCorrectionSupersedes(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		first := beds("KZ-35", "2025", "100", published("2026-01-10"))
		second := beds("KZ-35", "2025", "110", published("2026-03-10"))
		commit(t, s, 1, first)
		if got := commit(t, s, 2, second); got.Corrected != 1 || got.Figures != 1 {
			t.Errorf("receipt of the correction: %+v", got)
		}
		if got := values(list(t, s, all(Everything))); !slices.Equal(got, []string{"110"}) {
			t.Errorf("standing: %v", got)
		}
		if got := values(list(t, s, all(asOf("2026-02-01")))); !slices.Equal(got, []string{"100"}) {
			t.Errorf("before the correction was published: %v", got)
		}
		if got := values(list(t, s, all(At{AsOf: Everything.AsOf, Seq: 1}))); !slices.Equal(got, []string{"100"}) {
			t.Errorf("before the correction was recorded: %v", got)
		}
		if f, err := s.Figure(t.Context(), first.ID, Everything); err != nil || f.SupersededBy != second.ID {
			t.Errorf("the first figure is readable and names its successor: %v, %v", f.SupersededBy, err)
		}
	})
}

func TestWhatDoesNotSupersede(t *testing.T) {
	cases := map[string]ledger.Figure{
		"another line of the same document": beds("KZ", "2025", "2", document("d"), line(9, 0, 1)),
		"another source":                    beds("KZ", "2025", "2", document("d"), line(3, 0, 1), source("ministry")),
		"another period":                    beds("KZ", "2024", "2", document("d"), line(3, 0, 1)),
		"other dimensions":                  beds("KZ", "2025", "2", document("d"), line(3, 0, 1), dimensions("age=child")),
	}
	both(t, func(t *testing.T, fresh address) {
		for name, other := range cases {
			s := open(t, fresh(t))
			commit(t, s, 1, beds("KZ", "2025", "1", document("d"), line(3, 0, 1)))
			if got := commit(t, s, 2, other); got.Corrected != 0 || len(list(t, s, all(Everything))) != 2 {
				t.Errorf("%s: %+v", name, got)
			}
		}
		s := open(t, fresh(t))
		got := commit(t, s, 1, beds("KZ", "2025", "1"), beds("KZ", "2025", "2"), beds("KZ", "2025", "2"))
		if got.Corrected != 0 || got.Figures != 2 || got.Known != 1 {
			t.Errorf("two figures said in one run stand side by side, and one said twice is one: %+v", got)
		}
	})
}

func TestWithdrawal(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		said := beds("KZ", "2025", "100", published("2026-01-10"))
		back := beds("KZ", "2025", "", published("2026-02-10"), withdraws(said.ID, "printed in the wrong column"))
		commit(t, s, 1, said)
		if got := commit(t, s, 2, back); got.Corrected != 1 {
			t.Errorf("receipt: %+v", got)
		}
		if got := list(t, s, all(Everything)); len(got) != 0 {
			t.Errorf("nothing stands after a withdrawal, but there is %v", values(got))
		}
		if got := values(list(t, s, all(asOf("2026-02-09")))); !slices.Equal(got, []string{"100"}) {
			t.Errorf("before the withdrawal: %v", got)
		}
		f, err := s.Figure(t.Context(), back.ID, Everything)
		if err != nil || !f.Withdraws || f.Supersedes != said.ID || f.Reason != "printed in the wrong column" {
			t.Errorf("the withdrawal is readable: %+v, %v", f, err)
		}
		lost := beds("KZ", "2024", "", withdraws(12345, "no such figure"))
		if _, err := s.Commit(t.Context(), ledger.Batch{Run: run(3), Figures: []ledger.Figure{lost}}); !fault.Is(err, fault.NotFound) {
			t.Errorf("withdrawal of a figure that nobody said: %v", err)
		}
	})
}

func TestUndatedCountsAlways(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		commit(t, s, 1, beds("KZ", "2025", "1"), beds("KZ-35", "2025", "2", published("2026-01-10")))
		if got := values(list(t, s, all(asOf("0001-01-01")))); !slices.Equal(got, []string{"1"}) {
			t.Errorf("on the first day of all: %v", got)
		}
		if f := list(t, s, all(asOf("0001-01-01"))); f[0].Published != nil {
			t.Error("the figure is still marked as undated")
		}
	})
}

func TestDocumentThatNobodyDescribedKeepsItsName(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		f := beds("KZ", "2025", "1", document("letter of 3 May"), line(1, 0, 1))
		commit(t, s, 1, f)
		got, err := s.Figure(t.Context(), f.ID, Everything)
		if err != nil || got.Document != "letter of 3 May" {
			t.Errorf("document = %q, %v", got.Document, err)
		}
		if n := len(list(t, s, Query{At: Everything, Documents: []string{"letter of 3 May"}, Line: 1})); n != 1 {
			t.Errorf("%d figures found by document and line", n)
		}
	})
}

// A 63-bit id that stands for two things has not been seen; here it is forged.
func TestCollidingIDsAreRefused(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		first := beds("KZ", "2025", "1")
		commit(t, s, 1, first)
		for name, other := range map[string]ledger.Figure{"same cell": beds("KZ", "2025", "2"), "another series": beds("KZ-35", "2025", "1")} {
			other.ID = first.ID
			if _, err := s.Commit(t.Context(), ledger.Batch{Run: run(2), Figures: []ledger.Figure{other}}); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := s.write.Exec(`UPDATE series SET unit = 'room'`); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Commit(t.Context(), ledger.Batch{Run: run(2), Figures: []ledger.Figure{beds("KZ", "2024", "1")}}); !fault.Is(err, fault.Conflict) {
			t.Errorf("series: %v", err)
		}
	})
}

func TestNothingIsHalfWritten(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		batch := fullBatch()
		unsealed := beds("KZ", "2024", "1")
		unsealed.ID = 0
		batch.Figures = append(batch.Figures, unsealed)
		if _, err := s.Commit(t.Context(), batch); err == nil {
			t.Fatal("an unsealed figure was taken")
		}
		if n := len(list(t, s, all(Everything))); n != 0 {
			t.Errorf("%d figures of a refused run are visible", n)
		}
		if r, err := s.Records(t.Context(), "measure", Everything); err != nil || len(r) != 0 {
			t.Errorf("records of a refused run: %v, %v", r, err)
		}
	})
}
