package app

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

func releaseBody(code, asOf string) string {
	return fmt.Sprintf(`{"code":%q,"as_of":%q,"title":{"kk":"Шығарылым","ru":"Выпуск","en":"Release"}}`, code, asOf)
}

// recordRun records figures of a register as one run.
func recordRun(t *testing.T, a *App, subject string, figures ...ledger.Figure) string {
	t.Helper()
	got, err := a.commit(local(), ledger.Batch{Run: a.run(local(), ledger.ImportRun, subject, map[string]string{"reason": subject}), Figures: figures})
	if err != nil {
		t.Fatal(err)
	}
	return got.Run.String()
}

// births is a figure that no rule of the demonstration looks at.
func births(pl string, year int, value int64, on period.Date) ledger.Figure {
	d := decimal.NewFromInt(value)
	f := ledger.Figure{Series: ledger.Series{Measure: "births.count", Version: 1, Kind: ledger.Actual, Unit: "birth", Source: "register"}, Period: period.OfMonth(year, time.January), Value: &d, Published: &on}
	f.Place = "KZ-35"
	if pl != "" {
		f.Series.Place = place.ID(pl)
	}
	if err := f.Seal(); err != nil {
		panic(err)
	}
	return f
}

// A release stays what it was; the next one tells what changed since and why.
func TestReleases(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := scened(t, a)
		day := period.NewDate(2026, 11, 20)
		recordRun(t, a, "first", births("KZ-35", 2020, 10, day), births("KZ-35", 2021, 20, day), births("KZ-61", 2020, 30, day))
		late := births("KZ-61", 2021, 40, period.NewDate(2026, 11, 23)) // recorded before the release, published after its day
		recordRun(t, a, "early copy", late)
		s.do(401, "", "POST", "/api/releases", releaseBody("2026-q3", "2026-11-21"), nil)
		s.do(403, regional, "POST", "/api/releases", releaseBody("2026-q3", "2026-11-21"), nil)
		s.do(422, national, "POST", "/api/releases", releaseBody("2026-q3", "2027-01-01"), nil)
		s.do(422, national, "POST", "/api/releases", `{"code":"2026-q3","title":{"en":"only one language"}}`, nil)
		var first httpapi.Release
		s.do(200, national, "POST", "/api/releases", releaseBody("2026-q3", "2026-11-21"), &first)
		s.do(409, national, "POST", "/api/releases", releaseBody("2026-q3", "2026-11-21"), nil)
		s.do(422, national, "POST", "/api/releases", releaseBody("older", "2026-11-20"), nil)
		// In the same instant, by the clock, more is recorded.
		wrong := recordRun(t, a, "misread", births("KZ-35", 2022, 99, day))
		recordRun(t, a, "corrected by the register", births("KZ-35", 2020, 11, day), births("KZ-35", 2023, 50, day))
		gone := recordRun(t, a, "second misread", births("KZ-35", 2021, 21, day))
		s.do(200, national, "POST", "/api/runs/"+wrong+"/withdraw", `{"reason":"another register"}`, nil)
		s.do(200, national, "POST", "/api/runs/"+gone+"/withdraw", `{"reason":"another register"}`, nil)
		figures := func(query string) string {
			t.Helper()
			var list httpapi.FigureList
			s.do(200, "", "GET", "/api/figures?measure=births.count"+query, "", &list)
			var out []string
			for _, f := range list.Items {
				if f.Source == "register" {
					out = append(out, f.Place+" "+(*f.Period)[:4]+"="+string(*f.Value))
				}
			}
			return strings.Join(out, ", ")
		}
		if got := figures("&release=2026-q3"); got != "KZ-35 2020=10, KZ-35 2021=20, KZ-61 2020=30" {
			t.Errorf("the release holds %s", got)
		}
		if got := figures(""); got != "KZ-35 2020=11, KZ-35 2021=20, KZ-35 2023=50, KZ-61 2020=30, KZ-61 2021=40" {
			t.Errorf("now there is %s", got)
		}
		s.do(404, "", "GET", "/api/board?release=nothing", "", nil)
		s.do(422, "", "GET", "/api/board?release=2026-q3&as_of=2026-11-01", "", nil)
		var b httpapi.Board
		s.do(200, "", "GET", "/api/board?release=2026-q3", "", &b)
		if b.AsOf != "2026-11-21" {
			t.Errorf("the board of the release is of %s", b.AsOf)
		}
		s.do(200, national, "POST", "/api/releases", releaseBody("2026-q4", ""), nil)
		var rev httpapi.Revision
		s.do(200, "", "GET", "/api/releases/2026-q4", "", &rev)
		if rev.Since == nil || rev.Since.Code != "2026-q3" || rev.New != 2 || rev.Corrected != 1 || rev.Withdrawn != 0 {
			t.Errorf("revision: new %d, corrected %d, withdrawn %d", rev.New, rev.Corrected, rev.Withdrawn)
		}
		if len(rev.Runs) != 2 || rev.Runs[0].Reason != "corrected by the register" || len(rev.Measures) != 1 || len(rev.Regions) != 2 {
			t.Errorf("revision: %+v", rev)
		}
		var all []string
		cursor := ""
		for {
			var page httpapi.FigureChanges
			s.do(200, "", "GET", "/api/releases/2026-q4/changes?limit=1&cursor="+cursor, "", &page)
			for _, c := range page.Items {
				old := "-"
				if c.Old != nil {
					old = string(*c.Old.Value)
				}
				all = append(all, c.What+" "+c.Figure.Place+" "+old+" "+string(*c.Figure.Value)+" "+c.Reason)
			}
			if page.Next == nil {
				break
			}
			cursor = strings.NewReplacer("~", "%7E").Replace(*page.Next)
		}
		if got := strings.Join(all, "; "); got != "new KZ-61 - 40 early copy; corrected KZ-35 10 11 corrected by the register; new KZ-35 - 50 corrected by the register" {
			t.Errorf("changes: %s", got)
		}
		w := knock(s.h, "", "GET", "/api/releases/2026-q4/changes.csv", "")
		table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
		if err != nil || len(table) != 4 || table[2][7] != "10" || table[2][9] != "11" {
			t.Errorf("table: %v %v", table, err)
		}
		// What the first release had is withdrawn in the third.
		back := recordRun(t, a, "third", births("KZ-61", 2022, 60, day))
		s.do(200, national, "POST", "/api/releases", releaseBody("2026-q4a", ""), nil)
		s.do(200, national, "POST", "/api/runs/"+back+"/withdraw", `{"reason":"it was a test"}`, nil)
		s.do(200, national, "POST", "/api/releases", releaseBody("2026-q4b", ""), nil)
		s.do(200, "", "GET", "/api/releases/2026-q4b", "", &rev)
		if rev.Withdrawn != 1 || rev.New+rev.Corrected != 0 || rev.Runs[0].Reason != "it was a test" || *rev.Runs[0].TakesBack != back {
			t.Errorf("revision after a withdrawal: %+v", rev)
		}
		var list httpapi.ReleaseList
		s.do(200, "", "GET", "/api/releases", "", &list)
		if len(list.Items) != 4 || list.Items[0].Code != "2026-q4b" || *list.Items[0].Previous != "2026-q4a" {
			t.Errorf("list: %+v", list)
		}
	})
}
