package store

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// history is what was committed, run by run.
type history [][]ledger.Figure

// small worlds: few cells, few values and few days, so that corrections,
// repetitions and late figures with early dates meet often.
func drawHistory(t *rapid.T) history {
	var out history
	var said []ledger.Figure
	for range rapid.IntRange(1, 6).Draw(t, "runs") {
		var figures []ledger.Figure
		for range rapid.IntRange(1, 6).Draw(t, "figures") {
			f := drawFigure(t, said)
			figures, said = append(figures, f), append(said, f)
		}
		out = append(out, figures)
	}
	return out
}

func drawFigure(t *rapid.T, said []ledger.Figure) ledger.Figure {
	value := fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "value"))
	changes := []change{}
	if d := rapid.IntRange(0, 4).Draw(t, "day"); d > 0 {
		changes = append(changes, published(fmt.Sprintf("2026-01-0%d", d)))
	}
	if rapid.Bool().Draw(t, "in a document") {
		changes = append(changes, document("speech"), line(rapid.IntRange(1, 2).Draw(t, "line"), 0, 1))
	}
	if rapid.IntRange(0, 3).Draw(t, "computed") == 0 {
		method := rapid.SampledFrom([]string{"sum", "mean"}).Draw(t, "method")
		changes = append(changes, source(ledger.Computed), func(f *ledger.Figure) { f.Recipe = &ledger.Recipe{Method: method, Version: 1} })
	}
	if len(said) > 0 && rapid.IntRange(0, 5).Draw(t, "names what it corrects") == 0 {
		old := rapid.SampledFrom(said).Draw(t, "old")
		changes = append(changes, func(f *ledger.Figure) {
			f.Place, f.Supersedes, f.Reason = old.Place, old.ID, "misprint"
			if old.Published != nil && f.PublishedBy(*old.Published) { // nobody corrects what is still to be said
				f.Published = old.Published
			}
		})
		if rapid.Bool().Draw(t, "withdraws") {
			changes = append(changes, func(f *ledger.Figure) { f.Value, f.Withdraws = nil, true })
		}
	}
	f := beds(rapid.SampledFrom([]string{"KZ", "KZ-35"}).Draw(t, "place"), "2025", value, changes...)
	for i := range said {
		if said[i].ID == f.ID { // the same words are from the same day
			f.Published = said[i].Published
		}
	}
	return f
}

// by returns what of the first runs was published by a day. A correction of
// something that was not yet published goes with what it corrects.
func (h history) by(runs int, on period.Date) history {
	known := map[ledger.FigureID]bool{}
	var out history
	for _, figures := range h[:runs] {
		var kept []ledger.Figure
		for _, f := range figures {
			if f.PublishedBy(on) {
				known[f.ID] = true
			}
		}
		for _, f := range figures {
			if known[f.ID] && (f.Supersedes == 0 || known[f.Supersedes]) {
				kept = append(kept, f)
			}
		}
		out = append(out, kept)
	}
	return out
}

// replay commits a history into a fresh database.
func replay(t *rapid.T, tb testing.TB, s *Store, h history) {
	for i, figures := range h {
		if _, err := s.Commit(tb.Context(), ledger.Batch{Run: run(i), Figures: figures}); err != nil {
			t.Fatal(err)
		}
	}
}

// answers are all pages that depend on a moment, without what differs from
// database to database: runs and the time of recording.
func answers(tb testing.TB, s *Store, at At) map[string]any {
	out := map[string]any{}
	for _, superseded := range []bool{false, true} {
		figures := list(tb, s, Query{At: at, Superseded: superseded})
		for i := range figures {
			figures[i].Run, figures[i].Recorded = 0, noon
		}
		out[fmt.Sprint("figures ", superseded)] = figures
	}
	periods, err := s.Periods(tb.Context(), "beds", at)
	if err != nil {
		tb.Fatal(err)
	}
	out["periods"] = periods
	counts, err := s.CountsByDocument(tb.Context(), at)
	if err != nil {
		tb.Fatal(err)
	}
	out["counts"] = counts
	return out
}

func TestAsOfEqualsReplay(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		empty := open(t, fresh(t)) // emptied for every replay: a new database takes too long
		full := open(t, fresh(t))
		hurry(t, empty, full)
		rapid.Check(t, func(rt *rapid.T) {
			h := drawHistory(rt)
			clean(t, full)
			replay(rt, t, full, orphansOut(h))
			runs := rapid.IntRange(1, len(h)).Draw(rt, "recorded as of run")
			on := *day("2026-01-01") + period.Date(rapid.IntRange(-1, 4).Draw(rt, "published as of day"))
			seq, err := full.SeqAt(t.Context(), run(runs-1).Recorded)
			if err != nil {
				rt.Fatal(err)
			}
			clean(t, empty)
			replay(rt, t, empty, orphansOut(h).by(runs, on))
			got, want := answers(t, full, At{AsOf: on, Seq: seq}), answers(t, empty, Everything)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(period.Period{}), cmp.Comparer(sameNumber)); diff != "" {
				rt.Fatalf("as of %s, run %d: (-replay +as of)\n%s", on, runs, diff)
			}
		})
	})
}

// orphansOut leaves out corrections of figures that are said later.
func orphansOut(h history) history { return h.by(len(h), Everything.AsOf) }

// hurry lets SQLite acknowledge before the disk does; nobody cuts the power.
func hurry(t testing.TB, stores ...*Store) {
	for _, s := range stores {
		if s.engine == SQLite {
			if _, err := s.write.ExecContext(t.Context(), "PRAGMA synchronous = OFF"); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// clean empties the database.
func clean(t testing.TB, s *Store) {
	t.Helper()
	for _, table := range []string{"journal", "run", "record", "document_text", "series", "figure", "supersession", "document", "measure_period", "document_count"} {
		if _, err := s.write.ExecContext(t.Context(), "DELETE FROM "+table); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.write.ExecContext(t.Context(), "UPDATE chain SET seq = 0, hash = ''"); err != nil {
		t.Fatal(err)
	}
	s.table = nil
}

func TestCursorPagesGiveEachFigureOnce(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		var figures []ledger.Figure
		for _, m := range []string{"beds", "Beds", "койки", "төсек"} { // bytes decide the order, not an alphabet
			for _, p := range []string{"KZ", "KZ-10", "KZ-35", "kz"} {
				for y := range 5 {
					for _, src := range []string{"bureau", "ministry"} {
						figures = append(figures, beds(p, fmt.Sprint(2020+y), "1", measure(m), source(src)))
					}
				}
			}
		}
		commit(t, s, 1, figures...)
		whole := list(t, s, all(Everything))
		if len(whole) != len(figures) {
			t.Fatalf("%d figures, want %d", len(whole), len(figures))
		}
		for _, limit := range []int{1, 7, 160, 1000} {
			var paged []ledger.Figure
			q := Query{At: Everything, Limit: limit}
			for {
				page, err := s.Figures(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				if len(page.Figures) > limit {
					t.Fatalf("a page of %d, limit %d", len(page.Figures), limit)
				}
				paged = append(paged, page.Figures...)
				if q.After = page.Next; q.After == "" {
					break
				}
			}
			if diff := cmp.Diff(ids(whole), ids(paged)); diff != "" {
				t.Errorf("pages of %d: %s", limit, diff)
			}
		}
		for _, bad := range []string{"x", "a~b~c~d~e~f", "beds~KZ~s0000000000008~1~2~3"} {
			if _, err := s.Figures(t.Context(), Query{At: Everything, After: bad}); err == nil {
				t.Errorf("the cursor %q was taken", bad)
			}
		}
	})
}

func ids(figures []ledger.Figure) []string {
	out := make([]string, len(figures))
	for i := range figures {
		out[i] = figures[i].ID.String()
	}
	return out
}

func TestQueriesChoose(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		child, whole := "age=child", ""
		commit(t, s, 1,
			beds("KZ", "2025", "1"), beds("KZ", "2025-03", "2"), beds("KZ-35", "2025", "3", dimensions(child)),
			beds("KZ-35", "2024", "4", source("ministry"), document("d"), line(5, 0, 2)), beds("KZ-10", "2024-12-15/P2M", "5", measure("rooms")))
		year, err := period.Parse("2025")
		if err != nil {
			t.Fatal(err)
		}
		for name, tc := range map[string]struct {
			q    Query
			want string
		}{
			"measure":                     {Query{Measures: []string{"rooms"}}, "[5]"},
			"measures":                    {Query{Measures: []string{"rooms", "beds"}, Places: []place.ID{"KZ", "KZ-10"}}, "[1 2 5]"},
			"places":                      {Query{Places: []place.ID{"KZ-35", "KZ-10", "KZ-99"}}, "[3 4 5]"},
			"source":                      {Query{Sources: []string{"ministry"}}, "[4]"},
			"all but a source":            {Query{NotSource: "bureau"}, "[4]"},
			"kind":                        {Query{Kinds: []ledger.Kind{ledger.Plan}}, "[]"},
			"document and line":           {Query{Documents: []string{"d"}, Line: 5}, "[4]"},
			"another line":                {Query{Documents: []string{"d"}, Line: 6}, "[]"},
			"one group":                   {Query{Dimensions: &child}, "[3]"},
			"totals":                      {Query{Dimensions: &whole, Measures: []string{"beds"}, Places: []place.ID{"KZ"}}, "[1 2]"},
			"exactly a year":              {Query{Period: year}, "[1 3]"},
			"within a year":               {Query{Within: year}, "[1 2 3]"},
			"many ids, most of them none": {Query{IDs: []ledger.FigureID{1, 2, beds("KZ", "2025", "1").ID, 3}}, "[1]"},
		} {
			tc.q.At = Everything
			got := values(list(t, s, tc.q))
			if len(got) > 1 && name != "measures" {
				// the order within a place follows the ids of series: compare as sets
				got = sorted(got)
			}
			if fmt.Sprint(sorted(got)) != tc.want {
				t.Errorf("%s: %v, want %s", name, got, tc.want)
			}
		}
	})
}

// Of a measure that only far-off places have in some year, that year is listed.
func TestPeriodsOfEveryPlace(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		var figures []ledger.Figure
		for p := range 60 {
			figures = append(figures, beds(fmt.Sprintf("KZ-%02d", p), "2024", "1", published("2025-02-01")))
		}
		figures = append(figures, beds("KZ-59", "2025", "1", published("2026-02-01")))
		commit(t, s, 1, figures...)
		for at, want := range map[string]string{"2026-02-01": "[2025 2024]", "2026-01-31": "[2024]", "2025-01-31": "[]"} {
			got, err := s.Periods(t.Context(), "beds", asOf(at))
			if err != nil || fmt.Sprint(got) != want {
				t.Errorf("as of %s: %v, want %s (%v)", at, got, want, err)
			}
		}
	})
}

// What was corrected in one database is corrected in another one that gets the
// whole history in one table, as of any day.
func TestHistoryTravels(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		from, to := open(t, fresh(t)), open(t, fresh(t))
		hurry(t, from, to)
		rapid.Check(t, func(rt *rapid.T) {
			clean(t, from)
			replay(rt, t, from, orphansOut(drawHistory(rt)))
			clean(t, to)
			replay(rt, t, to, history{list(t, from, Query{At: Everything, Superseded: true})})
			for on := *day("2025-12-31"); on <= *day("2026-01-05"); on++ {
				want, got := list(t, from, Query{At: At{AsOf: on}}), list(t, to, Query{At: At{AsOf: on}})
				if diff := cmp.Diff(ids(want), ids(got)); diff != "" {
					rt.Fatalf("as of %s: (-there +here)\n%s", on, diff)
				}
			}
		})
	})
}

// A sum over other inputs takes the place of the earlier one, from the day on
// which its newest input was published; another method stands beside it.
func TestComputedSupersedesComputed(t *testing.T) {
	computed := func(value, method, day string) ledger.Figure {
		return beds("KZ", "2025", value, source(ledger.Computed), published(day), func(f *ledger.Figure) {
			f.Recipe = &ledger.Recipe{Method: method, Version: 1, Inputs: []ledger.FigureID{beds("KZ-35", "2025", value).ID}}
		})
	}
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		commit(t, s, 1, computed("5", "sum", "2026-02-01"), computed("9", "share", "2026-02-01"))
		commit(t, s, 2, computed("6", "sum", "2026-03-01"))
		late := computed("4", "sum", "2026-01-01") // of an older document that came late
		late.SupersededBy = computed("5", "sum", "2026-02-01").ID
		commit(t, s, 3, late)
		other := computed("3", "sum", "2026-01-01") // which was misread
		other.SupersededBy = late.SupersededBy
		commit(t, s, 4, other)
		for on, want := range map[string]string{"2026-01-15": "[3]", "2026-02-15": "[5 9]", "2026-03-15": "[6 9]"} {
			if got := fmt.Sprint(sorted(values(list(t, s, all(asOf(on)))))); got != want {
				t.Errorf("as of %s: %s, want %s", on, got, want)
			}
		}
	})
}
