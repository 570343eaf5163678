package app

import (
	"context"
	"testing"

	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
)

// standing returns the computed figures of a cell that stand on a day.
func standing(t *testing.T, a *App, w When) map[computedCell][]ledger.Figure {
	t.Helper()
	v, err := a.look(context.Background(), w)
	if err != nil {
		t.Fatal(err)
	}
	out := map[computedCell][]ledger.Figure{}
	err = a.Store.EachFigure(context.Background(), store.Query{At: v.at, Sources: []string{ledger.Computed}}, func(f *ledger.Figure) error {
		c := computedCell{f.Series, f.Period, f.Recipe.Method}
		out[c] = append(out[c], *f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Of what was computed for one thing one number stands, on any day, and it is
// the one that the board shows.
func TestOneComputedFigureStands(t *testing.T) {
	ctx, a := local(), noted(t)
	v, err := a.look(ctx, When{})
	if err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		for _, day := range append(v.Programme.Breakpoints(), v.at.AsOf) {
			if day > v.at.AsOf {
				continue
			}
			now, err := a.look(ctx, When{AsOf: &day})
			if err != nil {
				t.Fatal(err)
			}
			shown := map[ledger.FigureID]bool{}
			for _, f := range now.Programme.At(day).Derived {
				shown[f.ID] = true
			}
			stand := standing(t, a, When{AsOf: &day})
			for c, list := range stand {
				if len(list) != 1 {
					t.Errorf("%s, on %s: %d figures stand for %s in %s: %v", when, day, len(list), c.series.Measure, c.series.Place, list)
				}
				for _, f := range list {
					delete(shown, f.ID)
				}
			}
			if len(shown) > 0 {
				t.Errorf("%s, on %s: %d figures of the board are not recorded", when, day, len(shown))
			}
		}
	}
	check("at first")
	before := len(standing(t, a, When{}))
	e := beds("promise")
	e.Measure, e.Place, e.PartOf = "beds.new", "KZ", ""
	if _, err := a.Enter(ctx, e); err != nil { // one more promise in a total
		t.Fatal(err)
	}
	check("after an entry")
	if after := len(standing(t, a, When{})); before == 0 || after < before {
		t.Errorf("%d cells are computed, before %d", after, before)
	}
	act, err := a.Store.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.settle(ctx); err != nil {
		t.Fatal(err)
	}
	if again, err := a.Store.Version(ctx); err != nil || again != act {
		t.Errorf("what was recorded already was recorded again: act %d, before %d (%v)", again, act, err)
	}
}
