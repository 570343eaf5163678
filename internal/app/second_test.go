package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
)

// nisia opens a database with the invented second country at half past one in
// the morning of Greenwich: on its own clock it is still the day before.
func nisia(t *testing.T) *App {
	t.Helper()
	s, err := store.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "nisia.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	a := New(s, "test")
	a.Clock = func() time.Time { return time.Date(2030, 7, 16, 1, 30, 0, 0, time.UTC) }
	if _, err := a.LoadCountry(context.Background(), os.DirFS("../../country/testdata/nisia")); err != nil {
		t.Fatal(err)
	}
	return a
}

// Another country goes from its tables to board, questions, pages and search
// with no change of code.
func TestSecondCountry(t *testing.T) {
	ctx, a := local(), nisia(t)
	b, err := a.Board(ctx, When{}, httpapi.PromiseFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if b.AsOf != "2030-07-15" {
		t.Errorf("the day is %s, at 3:30 behind UTC it is still 2030-07-15", b.AsOf)
	}
	if len(b.Promises) != 5 {
		t.Errorf("%d promises, want 5", len(b.Promises))
	}
	if en := b.Sentence["en"]; en == "" || strings.Contains(en, "₸") {
		t.Errorf("the sentence is %q", en)
	}
	page, err := a.Place(ctx, When{}, "XN-C")
	if err != nil {
		t.Fatal(err)
	}
	if page.Place.Name["el"] != "Νότια Περιφέρεια" || len(page.Promises) != 1 {
		t.Errorf("the South: %v with %d promises", page.Place.Name, len(page.Promises))
	}
	hits, err := a.Search(ctx, When{}, "Ωρωπός")
	if err != nil || len(hits) == 0 {
		t.Errorf("the town is not found in its own letters: %v %v", hits, err)
	}
	checks, err := a.Checks(ctx, When{}, "open", "")
	if err != nil || len(checks) == 0 {
		t.Errorf("no open question: %v", err)
	}
	for _, p := range b.Promises {
		if p.Figure == "" {
			continue
		}
		if _, err := a.Why(ctx, When{}, p.Figure); err != nil {
			t.Errorf("why of %s: %v", p.ID, err)
		}
	}
}

// Loading again adds nothing, and two countries do not mix in one database.
func TestSecondCountryTwice(t *testing.T) {
	ctx, a := local(), nisia(t)
	got, err := a.LoadCountry(ctx, os.DirFS("../../country/testdata/nisia"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Figures+got.Statements+got.Catalogue+got.Documents+got.Others != 0 {
		t.Errorf("the second time brought something new: %+v", got)
	}
	if _, err := a.LoadCountry(ctx, kz.Pack()); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second country in one database: %v", err)
	}
}
