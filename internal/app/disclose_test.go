package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// Patients who got medicines: small counts are left out when they are
// published, with what would tell them, now or later.
func TestDisclose(t *testing.T) {
	ctx := context.Background()
	publish := func(t *testing.T, a *App, measure, text string) string {
		t.Helper()
		v, err := a.look(ctx, When{})
		if err != nil {
			t.Fatal(err)
		}
		b := ledger.Batch{Run: a.run(local(), ledger.FormRun, "test", nil)}
		for _, w := range strings.Fields(text) {
			id, n, _ := strings.Cut(w, "=")
			at, dims, _ := strings.Cut(id, "/")
			d := decimal.RequireFromString(n)
			if dims != "" {
				dims = "age=" + dims
			}
			b.Figures = append(b.Figures, ledger.Figure{Series: ledger.Series{Measure: measure, Version: 1, Place: place.ID(at), Dimensions: dims, Kind: ledger.Actual, Unit: "patient", Source: "moh"}, Period: mustPeriod(t, "2026-Q3"), Value: &d})
		}
		if err := a.disclose(ctx, v, &b, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := a.commit(ctx, b); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, f := range b.Figures {
			if f.Value == nil {
				out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s", f.Place, f.Dimensions))+":"+string(f.Status))
			}
		}
		slices.Sort(out)
		return strings.Join(out, " ")
	}
	served := "medicines.outpatient.patients-served"
	for _, tc := range []struct{ what, measure, first, then, want string }{
		{"a small region and the smallest other one", served, "", "KZ=100 KZ-10=3 KZ-11=57 KZ-15=40", "KZ-10:Q KZ-15:Q"},
		{"children among all", served, "", "KZ-10=50 KZ-10/child=3 KZ-10/adult=47", "KZ-10 age=adult:Q KZ-10 age=child:Q"},
		{"the regions are out already: the country would tell", served, "KZ-10=3 KZ-11=57 KZ-15=40", "KZ=100", "KZ:Q"},
		{"the country and the others are out: nothing can protect", served, "KZ=100 KZ-11=57 KZ-15=40", "KZ-10=3", "KZ-10:Q"},
		{"two more than before tell of two", served, "KZ-10=40", "KZ-10=42", "KZ-10:Q"},
		{"ten more do not", served, "KZ-10=40", "KZ-10=50", ""},
		{"a measure without a rule", "beds.commissioned", "", "KZ=100 KZ-10=3 KZ-11=97", ""},
	} {
		a := kazakhstan(t)
		if tc.first != "" {
			publish(t, a, tc.measure, tc.first)
		}
		if got := publish(t, a, tc.measure, tc.then); got != tc.want {
			t.Errorf("%s: left out %q, want %q", tc.what, got, tc.want)
		}
	}
}

// Of each spot one number at a time is judged: what another source says of it,
// and what corrects it, must not hide it from the rule.
func TestDiscloseJudgesEveryNumber(t *testing.T) {
	a := kazakhstan(t)
	v, err := a.look(t.Context(), When{})
	if err != nil {
		t.Fatal(err)
	}
	figure := func(at place.ID, source string, value int64) ledger.Figure {
		d := decimal.NewFromInt(value)
		f := ledger.Figure{Series: ledger.Series{Measure: "patients.treated", Version: 1, Place: at, Kind: ledger.Actual, Unit: "patient", Source: source}, Period: mustPeriod(t, "2026-Q3"), Value: &d}
		if err := f.Seal(); err != nil {
			t.Fatal(err)
		}
		return f
	}
	first := figure("KZ-10", "moh", 3)
	next := figure("KZ-10", "moh", 4)
	next.Supersedes, next.Reason = first.ID, "counted anew"
	if err := next.Seal(); err != nil {
		t.Fatal(err)
	}
	list := []ledger.Figure{next, first, first, figure("KZ-10", "bns", 60), figure("KZ-11", "bns", 70)}
	was := first.ID
	became, err := a.protect(t.Context(), v, list, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []bool{false, false, false, true, true} {
		f := list[i]
		if id := f.ID; (f.Value != nil) != want || f.Seal() != nil || f.ID != id {
			t.Errorf("%d: %+v", i, f)
		}
	}
	if list[0].Supersedes != list[1].ID || became[was] != list[1].ID || list[1].ID == was || list[1].ID != list[2].ID {
		t.Errorf("they no longer name each other: %+v", list)
	}
}

// What is published in the same act counts as published: of two reports in one
// step the second one corrects the first by two, which tells of two.
func TestDiscloseSeesTheSameAct(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := scened(t, a)
		var ids []string
		for i, patients := range []string{"50", "52"} {
			id := fmt.Sprintf("same-act-%d", i)
			ids = append(ids, id)
			s.do(200, writer, "PUT", "/api/submissions/"+id, fmt.Sprintf(`{"version":0,"kind":"form","place":"KZ-35","template":"medicines-quarterly","period":"2026-Q3","reason":"as counted","values":[{"measure":"medicines.outpatient.patients-served","value":%q},{"measure":"medicines.outpatient.paid","value":"1000000"}]}`, patients), nil)
			s.do(200, writer, "POST", "/api/submissions/"+id+"/submit", `{}`, nil)
			s.do(200, regional, "POST", "/api/submissions/"+id+"/approve", `{}`, nil)
			s.do(200, national, "POST", "/api/submissions/"+id+"/approve", `{}`, nil)
		}
		body, _ := json.Marshal(httpapi.SubmissionSteps{Act: "publish", IDs: ids, Comment: "c"})
		var out httpapi.SubmissionResults
		if s.do(200, national, "POST", "/api/submissions/steps", string(body), &out); out.Done != 2 {
			t.Fatalf("%+v", out)
		}
		page, err := a.Store.Figures(t.Context(), store.Query{At: store.Everything, Measures: []string{"medicines.outpatient.patients-served"}, Period: mustPeriod(t, "2026-Q3"), Places: []place.ID{"KZ-35"}, Superseded: true})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]ledger.Status{}
		for _, f := range page.Figures {
			value := "none"
			if f.Value != nil {
				value = f.Value.String()
			}
			got[value] = f.Status
		}
		if len(got) != 2 || got["50"] != ledger.Normal || got["none"] != suppressed {
			t.Errorf("%v", got)
		}
	})
}
