package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

func asOf(t *testing.T, s string) When {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return When{AsOf: &d}
}

// The three projects of Karaganda come out of the database as the document
// says, on the day of the document and long after it.
func TestKaragandaWorks(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		for _, c := range []struct {
			id, on, percent, doubt, fund, cost, deadline string
			late                                         int
		}{
			{"karaganda-oncology-operating-block", "2025-12-22", "70", "", "exact 6200000000", "", "", 0},
			{"karaganda-oncology-operating-block", "2026-11-23", "70", "too_old", "exact 6200000000", "", "", 0},
			{"balkhash-interdistrict-hub", "2025-12-31", "96", "", "more_than 1000000000", "exact 1270000000", "2025-12-31", 0},
			{"balkhash-interdistrict-hub", "2026-11-23", "96", "too_old", "more_than 1000000000", "exact 1270000000", "2025-12-31", 327},
			{"balkhash-child-rehabilitation", "2026-11-23", "", "", "exact 272100000", "", "2026-02-28", 268},
		} {
			p, err := a.Work(local(), asOf(t, c.on), c.id)
			if err != nil {
				t.Fatal(err)
			}
			r := p.Row
			if plainText(r.Percent) != c.percent || plainText(r.Doubt) != c.doubt || statedAs(p.Money.Approved) != c.fund || statedAs(p.Money.Cost) != c.cost || plainText(r.Deadline) != c.deadline || r.DaysLate != c.late {
				t.Errorf("%s on %s: %s %%, doubt %q, approved %q, cost %q, deadline %q, %d days late", c.id, c.on, plainText(r.Percent), plainText(r.Doubt), statedAs(p.Money.Approved), statedAs(p.Money.Cost), plainText(r.Deadline), r.DaysLate)
			}
			if p.Money.Transferred != nil || p.Money.Paid != nil || r.Steps != 0 || r.Opened != nil {
				t.Errorf("%s on %s: says more than the document: %+v", c.id, c.on, p.Money)
			}
			for _, l := range p.Lines {
				if l.Document == nil || l.Line == nil || l.Figure == nil {
					t.Errorf("%s: a line that leads to no line of a document: %+v", c.id, l)
				}
			}
		}
		if p, err := a.Work(local(), asOf(t, "2025-12-21"), "balkhash-interdistrict-hub"); err != nil || p.Row.Percent != nil || len(p.Lines) != 0 {
			t.Errorf("a day before anybody spoke: %+v %v", p.Lines, err)
		}
	})
}

func plainText[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

func statedAs(s *httpapi.Stated) string {
	if s == nil {
		return ""
	}
	return s.Qualifier + " " + string(s.Value)
}

// Every work of the pack is in the portfolio with a point on the map, and what
// lies in another work is not added up twice.
func TestPortfolioOfTheDocuments(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		pack, err := country.Load(kz.Pack())
		if err != nil {
			t.Fatal(err)
		}
		list, err := a.Portfolio(local(), When{}, httpapi.WorkFilter{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		if list.Total != len(pack.Works) {
			t.Errorf("%d works, the pack has %d", list.Total, len(pack.Works))
		}
		for _, r := range list.Items {
			if r.Point == nil {
				t.Errorf("%s is nowhere on the map", r.ID)
			}
		}
		// About 7.5 bn in all, of which the three projects are parts. 1.74 bn of
		// the region is apart, and 14.8 bn of nobody says whom for medicines. The
		// hub costs 1.27 bn, the six agreements are worth 316.3 bn.
		if m := list.Sums.Money; statedAs(m.Approved) != "about 7500000000" || statedAs(m.Planned) != "exact 16540000000" || statedAs(m.Cost) != "exact 317570000000" || m.Paid != nil {
			t.Errorf("approved %s, planned %s, cost %s", statedAs(m.Approved), statedAs(m.Planned), statedAs(m.Cost))
		}
		by := map[string]string{}
		for _, s := range list.Sums.BySource {
			by[s.Source] = statedAs(s.Approved) + "," + statedAs(s.Planned)
		}
		if by["special-state-fund"] != "about 7500000000," || by["regional-budget"] != ",exact 1740000000" || by[""] != ",exact 14800000000" {
			t.Errorf("by source: %v", by)
		}
		if got := sums(list.Sums.Capacity); got["departments"] != 49 || got["beds"] != 800+200 || got["devices"] != 965+2 {
			t.Errorf("capacity: %v", got)
		}
		// 30 and 7 and 12 departments, 12 + 6 centres and clinics, 3 of investors,
		// 32 hospitals and one purchase for them, 34 and 6 sites and 6 more things
		// in Turkistan Region, 3 projects and one repair in Karaganda Region, 6 of
		// oncology, 2 information systems, 6 agreements.
		if want := int64(30 + 7 + 12 + 12 + 6 + 3 + 32 + 1 + 34 + 6 + 6 + 3 + 1 + 6 + 2 + 6); list.Sums.Sites != want || list.Sums.Open != 0 {
			t.Errorf("%d sites, %d open, want %d", list.Sums.Sites, list.Sums.Open, want)
		}
		// The same on a day of the past.
		then, err := a.Portfolio(local(), asOf(t, "2025-12-22"), httpapi.WorkFilter{Limit: 200})
		if err != nil || statedAs(then.Sums.Money.Approved) != "about 7500000000" {
			t.Errorf("on 2025-12-22: %+v %v", then.Sums.Money, err)
		}
	})
}

func sums(list []httpapi.YieldSum) map[string]int64 {
	out := map[string]int64{}
	for _, y := range list {
		out[y.Item] += y.Planned
	}
	return out
}

// Loading the country again changes nothing, however little. What somebody
// wrote of a work since stays.
func TestWorksOfThePackTwice(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		before, err := a.Store.CountWorkLines(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		again, err := a.LoadCountry(context.Background(), kz.Pack())
		if err != nil || !again.Nothing() || again.Kept != 0 {
			t.Errorf("the second time: %+v %v", again, err)
		}
		f, err := a.workFile(local(), "balkhash-interdistrict-hub")
		if err != nil {
			t.Fatal(err)
		}
		w := f.Work
		w.Title = lang.Text{lang.EN: "Hub, as its officer calls it"}
		if _, err := a.ChangeWorks(local(), "save work", string(w.ID), []WorkChange{{ID: w.ID, Record: &w, Expected: f.version}}); err != nil {
			t.Fatal(err)
		}
		given, err := a.workFile(local(), "turkistan-sites")
		if err != nil {
			t.Fatal(err)
		}
		x := given.Work
		x.Condition = works.Cancelled
		if _, err := a.ChangeWorks(local(), "save work", string(x.ID), []WorkChange{{ID: x.ID, Record: &x, Expected: AnyVersion}}); err != nil {
			t.Fatal(err)
		}
		third, err := a.LoadCountry(context.Background(), kz.Pack())
		if err != nil || !third.Nothing() || third.Kept != 2 || len(third.Refused) != 0 {
			t.Errorf("after two records were changed: %+v %v", third, err)
		}
		if f, err = a.workFile(local(), "balkhash-interdistrict-hub"); err != nil || f.Title[lang.EN] != "Hub, as its officer calls it" {
			t.Errorf("the title is %v %v", f.Title, err)
		}
		after, err := a.Store.CountWorkLines(t.Context())
		if err != nil || after != before {
			t.Errorf("%d lines became %d: %v", before, after, err)
		}
	})
}

// A pack that says more brings what is new also to a work that was changed
// here, and names what cannot stand.
func TestAPackThatSaysMore(t *testing.T) {
	a := kazakhstan(t)
	pack, err := country.Load(kz.Pack())
	if err != nil {
		t.Fatal(err)
	}
	f, err := a.workFile(local(), "balkhash-interdistrict-hub")
	if err != nil {
		t.Fatal(err)
	}
	w := f.Work
	w.Title = lang.Text{lang.EN: "Hub"}
	if _, err := a.ChangeWorks(local(), "save work", string(w.ID), []WorkChange{{ID: w.ID, Record: &w, Expected: f.version}}); err != nil {
		t.Fatal(err)
	}
	more := func(percent, on string) works.Line {
		d := decimal.RequireFromString(percent)
		day, _ := period.ParseDate(on)
		l := works.Line{Work: w.ID, Kind: works.StatusLine, On: day, Document: "002_50c20f056df4416d.txt", Published: &day, Status: &works.Status{Percent: &d}}
		if err := l.Seal(); err != nil {
			t.Fatal(err)
		}
		return l
	}
	pack.WorkLines = append(pack.WorkLines, more("98", "2026-02-01"), more("90", "2026-03-01"))
	var got CountryReceipt
	if err := a.loadWorks(context.Background(), pack, &got); err != nil {
		t.Fatal(err)
	}
	if got.Kept != 1 || got.WorkLines != 1 || len(got.Refused) != 1 || !strings.Contains(got.Refused[0], "balkhash-interdistrict-hub") {
		t.Errorf("%+v", got)
	}
	p, err := a.Work(local(), When{}, string(w.ID))
	if err != nil || plainText(p.Row.Percent) != "98" || p.Record.Title[lang.EN] != "Hub" {
		t.Errorf("%s %%, %v: %v", plainText(p.Row.Percent), p.Record.Title, err)
	}
	// A record that only the pack wrote follows the pack.
	for i := range pack.Works {
		if pack.Works[i].ID == "e-densaulyq" {
			pack.Works[i].Assumed = []string{"kind"}
		}
	}
	got = CountryReceipt{}
	if err := a.loadWorks(context.Background(), pack, &got); err != nil || got.Renewed != 1 {
		t.Errorf("%+v %v", got, err)
	}
}

// Works are loaded by the program, whoever asks it to; a clock that is behind
// does not keep them out.
func TestWorksAreLoadedByTheProgram(t *testing.T) {
	a := nisia(t)
	it, err := a.Store.Item(t.Context(), deskWork, "departments-north")
	if err != nil || it.Actor != programID || it.Owner != "moh" || it.Path != "/XN/XN-A/" {
		t.Errorf("%+v %v", it, err)
	}
	p, err := a.Work(local(), When{}, "departments-north")
	if err != nil || p.Row.Phase != string(works.DeclaredOpen) || plainText(p.Row.Word) != "opened" || !slices.Equal(p.Record.Statements, []string{"R1"}) {
		t.Errorf("%+v %v", p, err)
	}
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "behind.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	behind := New(s, "test")
	behind.Clock = func() time.Time { return time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC) }
	if got, err := behind.LoadCountry(context.Background(), kz.Pack()); err != nil || got.Works == 0 {
		t.Errorf("a clock before the documents: %+v %v", got, err)
	}
	again, err := a.LoadCountry(actor.With(context.Background(), actor.Local("XN")), os.DirFS("../../country/testdata/nisia"))
	if err != nil || !again.Nothing() {
		t.Errorf("%+v %v", again, err)
	}
}

// opened says of a work that every step is done on a day.
func opened(t *testing.T, a *App, id works.ID, on string) {
	t.Helper()
	day, err := period.ParseDate(on)
	if err != nil {
		t.Fatal(err)
	}
	c := WorkChange{ID: id, Expected: AnyVersion}
	for _, s := range works.Steps() {
		c.Lines = append(c.Lines, works.Line{Kind: works.StepLine, On: day, Office: "moh", Step: s})
	}
	if _, err := a.ChangeWorks(local(), "report works", string(id), []WorkChange{c}); err != nil {
		t.Fatal(err)
	}
}

// When a work opens, the promise that it keeps is delivered, once, and no other
// one: a hospital in Turkistan is neither the project of investors there nor
// one of the 34 sites.
func TestOpeningDeliversOnce(t *testing.T) {
	a := kazakhstan(t)
	for _, id := range []works.ID{"perinatal-centre-astana", "perinatal-centre-taraz", "turkistan-multi-profile-hospital", "balkhash-interdistrict-hub", "next-beds-2026"} {
		opened(t, a, id, "2026-11-20")
	}
	b, err := a.Board(local(), When{}, httpapi.PromiseFilter{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, p := range b.Promises {
		if got[p.ID] = "-"; p.Delivered != nil {
			got[p.ID] = p.Delivered.Qualifier + " " + plainText(p.Delivered.Value)
		}
	}
	for id, want := range map[string]string{
		"B1": "at_least 2", "B1a": "exact 1", "B1i": "exact 1", "B1b": "-", // two of twelve centres
		"E10": "exact 1", "B6b": "-", "E8": "-",
		"C7p": "exact 1", "C8p": "-", "C4p": "-",
		"A9": "about 200",
	} {
		if got[id] != want {
			t.Errorf("%s: delivered %q, want %q", id, got[id], want)
		}
	}
	for _, p := range b.Promises { // every number that the board shows is kept, also the sum of the centres
		if p.Delivered == nil {
			continue
		}
		id, err := ledger.ParseFigureID(p.Delivered.Figure)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Store.Figure(t.Context(), id, store.Everything); err != nil {
			t.Errorf("what was delivered of %s: %v", p.ID, err)
		}
	}
	list, err := a.Portfolio(local(), When{}, httpapi.WorkFilter{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range list.Sums.Capacity {
		if y.Item == "beds" && y.Service == "" && (y.Planned != 600 || y.Open != 200) {
			t.Errorf("800 beds of which 200 are open: %+v", y)
		}
	}
	if list.Sums.Open != 5 {
		t.Errorf("%d sites are open", list.Sums.Open)
	}
}
