package store

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/internal/pgtest"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

func TestMain(m *testing.M) {
	if file := os.Getenv(childFile); file != "" {
		os.Exit(commitUntilKilled(file))
	}
	if dsn := os.Getenv(childMigrate); dsn != "" {
		os.Exit(migrateAndEnd(dsn))
	}
	os.Exit(pgtest.Main(m))
}

// address makes the address of a fresh database.
type address func(t testing.TB) string

func onSQLite(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "test.db") }

// both runs a test on each engine. All that is promised is promised by both.
func both(t *testing.T, test func(t *testing.T, fresh address)) {
	t.Run("sqlite", func(t *testing.T) { test(t, onSQLite) })
	t.Run("postgres", func(t *testing.T) { test(t, pgtest.DSN) })
}

// open opens a database for the length of the test.
func open(t testing.TB, dsn string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// noon is when the test runs are recorded, a minute apart.
var noon = time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)

func run(n int) ledger.Run {
	return ledger.Run{Kind: ledger.ImportRun, Actor: "tester", Program: "test 1", Subject: "figures.csv",
		Inputs: map[string]string{"figures.csv": "abc"}, Recorded: noon.Add(time.Duration(n) * time.Minute)}
}

// commit writes figures as the n-th run.
func commit(t testing.TB, s *Store, n int, figures ...ledger.Figure) ledger.Receipt {
	t.Helper()
	got, err := s.Commit(t.Context(), ledger.Batch{Run: run(n), Figures: figures})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// change alters a figure before it is sealed.
type change func(*ledger.Figure)

// beds is a figure: beds in a region in a year, said by the office of statistics.
func beds(pl, year, value string, changes ...change) ledger.Figure {
	f := ledger.Figure{Series: ledger.Series{Measure: "beds", Place: place.ID(pl), Kind: ledger.Actual, Unit: "bed", Source: "bureau"}}
	p, err := period.Parse(year)
	if err != nil {
		panic(err)
	}
	f.Period = p
	if value != "" {
		f.Value = number(value)
	}
	for _, c := range changes {
		c(&f)
	}
	if err := f.Seal(); err != nil {
		panic(err)
	}
	return f
}

func number(s string) *decimal.Decimal {
	d := decimal.RequireFromString(s)
	return &d
}

func day(s string) *period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return &d
}

func published(s string) change   { return func(f *ledger.Figure) { f.Published = day(s) } }
func measure(code string) change  { return func(f *ledger.Figure) { f.Measure = code } }
func source(name string) change   { return func(f *ledger.Figure) { f.Source = name } }
func dimensions(d string) change  { return func(f *ledger.Figure) { f.Dimensions = d } }
func document(name string) change { return func(f *ledger.Figure) { f.Document = name } }
func line(n, from, to int) change {
	return func(f *ledger.Figure) { f.Locator = ledger.Locator{Line: n, From: from, To: to} }
}

func withdraws(id ledger.FigureID, reason string) change {
	return func(f *ledger.Figure) { f.Supersedes, f.Withdraws, f.Reason = id, true, reason }
}

// list returns all figures of a query.
func list(t testing.TB, s *Store, q Query) []ledger.Figure {
	t.Helper()
	page, err := s.Figures(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page.Figures
}

// values returns the values of figures as texts, for short comparisons.
func values(figures []ledger.Figure) []string {
	out := make([]string, len(figures))
	for i := range figures {
		out[i] = "null"
		if v := figures[i].Value; v != nil {
			out[i] = v.String()
		}
	}
	return out
}

func all(at At) Query { return Query{At: at} }

func asOf(d string) At { return At{AsOf: *day(d)} }

var saidTwice = lang.Text{lang.EN: "said twice", lang.RU: "сказано дважды", lang.KK: "екі рет айтылды"}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// sameNumber compares decimals as they print: 1.50 is 1.5.
func sameNumber(a, b decimal.Decimal) bool { return a.String() == b.String() }
