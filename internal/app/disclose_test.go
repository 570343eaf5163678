package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

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
		if err := a.disclose(ctx, v, &b); err != nil {
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
