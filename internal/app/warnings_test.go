package app

import (
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/lang"
)

// The hub is at 96 per cent, 22 days before its deadline, and the source of
// last year owes 600 million; the site is 53 days late. Only who may read drafts
// hears of the risk.
func TestWarningsOfATerritory(t *testing.T) {
	a := built(t, 1)
	everybody := t.Context()
	for name, c := range map[string]struct {
		of   func() (*httpapi.WarningList, error)
		want string
	}{
		"everybody": {func() (*httpapi.WarningList, error) {
			return a.Warnings(everybody, When{}, httpapi.WarningFilter{Place: "KZ-35"})
		}, "late not_transferred no_progress not_confirmed"},
		"an officer": {func() (*httpapi.WarningList, error) {
			return a.Warnings(local(), When{}, httpapi.WarningFilter{Place: "KZ-35"})
		}, "late not_transferred no_progress not_confirmed risk_overdue"},
		"next door": {func() (*httpapi.WarningList, error) {
			return a.Warnings(local(), When{}, httpapi.WarningFilter{Place: "KZ-61"})
		}, ""},
	} {
		list, err := c.of()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range list.Items {
			if w.Work != "hub" && !strings.HasPrefix(w.Work, "site-") {
				continue // of the country pack
			}
			got = append(got, w.Alarm)
			for _, code := range lang.Codes() {
				if w.Text[code] == "" || strings.Contains(w.Text[code], "{") {
					t.Errorf("%s %s: %q", w.ID, code, w.Text[code])
				}
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
}

// An office is told of a new warning once, and again of another one.
func TestOfficesAreWarnedOnce(t *testing.T) {
	a := built(t, 1)
	member(t, a, "u_akimat", "works_officer", "KZ-35", "akimat-35", account.Active)
	morning := func(day int) int {
		a.Clock = func() time.Time { return time.Date(2026, 11, day, 4, 0, 0, 0, time.UTC) }
		for range 2 {
			if err := a.reminders(t.Context(), job.Slot{}); err != nil {
				t.Fatal(err)
			}
		}
		list, err := a.Store.Notices(t.Context(), "u_akimat", "", false, 1000)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, x := range list {
			if x.Kind == string(NoticeWorkWarning) && (x.Subject == "hub" || strings.HasPrefix(x.Subject, "site-")) {
				n++
			}
		}
		return n
	}
	if n := morning(24); n != 2 { // one for each of the two works
		t.Errorf("%d notices on the first morning", n)
	}
	if n := morning(25); n != 2 {
		t.Errorf("%d notices although nothing is new", n)
	}
	_, err := a.AddRisk(local(), "hub", httpapi.RiskInput{ID: "frost", Title: "Frost", Probability: 2, Days: ptr(10), Owner: "akimat-35", Due: "2026-11-26", State: "open"})
	if err != nil {
		t.Fatal(err)
	}
	if n := morning(27); n != 3 {
		t.Errorf("%d notices after a risk was not looked at", n)
	}
}

// Every look at a risk stays; who comes too late is told so; one sent twice is
// one risk.
func TestRisksAreLookedAtAgain(t *testing.T) {
	a := built(t, 0)
	in := httpapi.RiskInput{ID: "frost", Title: "Frost", Probability: 2, Days: ptr(10), Owner: "akimat-35", Due: "2026-12-01", State: "open"}
	for range 2 {
		if p, err := a.AddRisk(local(), "hub", in); err != nil || p.Version != 1 {
			t.Fatal(p, err)
		}
	}
	in.Version, in.State, in.Due, in.Note = 1, "closed", "", "the walls are warm"
	p, err := a.ChangeRisk(local(), "hub", "frost", in)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Looks) != 2 || p.Looks[0].Note != "the walls are warm" || p.Looks[1].State != "open" || p.Score != 0 {
		t.Errorf("%+v", p)
	}
	if _, err := a.ChangeRisk(local(), "hub", "frost", in); err == nil {
		t.Error("a look at an old version was written")
	}
	list, err := a.Risks(local(), httpapi.RiskFilter{Place: "KZ-35", State: "live"})
	if err != nil || len(list.Items) != 1 || list.Items[0].ID != "contractor" || list.Overdue != 1 || list.Items[0].DaysLate != 3 {
		t.Errorf("%+v, %v", list, err)
	}
	// 60 per cent of 50,000,000.25 tenge.
	if list.ExpectMoney != "30000000.15" {
		t.Error(list.ExpectMoney)
	}
	if none, err := a.Risks(t.Context(), httpapi.RiskFilter{}); err != nil || none.Total != 0 {
		t.Error("everybody sees the register", err)
	}
}
