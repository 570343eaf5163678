package app

import (
	"testing"
)

// Whatever the spelling or script, the place or promise that was meant stands
// at the top.
func TestSearchForgivesSpelling(t *testing.T) {
	ctx, a := local(), kazakhstan(t)
	for _, tc := range []struct {
		q    string
		want []string // each among the first five
	}{
		{"Балхаш", []string{"GN1525798", "351600000", "C7p"}}, {"Балқаш", []string{"GN1525798", "351600000", "C7p"}}, {"Balkash", []string{"GN1525798", "351600000", "C7p"}},
		{"Balqash", []string{"GN1525798", "351600000", "C7p"}}, {"Balkhash", []string{"GN1525798", "351600000", "C7p"}}, {"БАЛХАШ ", []string{"GN1525798"}},
		{"кызыл орда", []string{"KZ-43"}}, {"Кызылорда", []string{"KZ-43"}}, {"Қызылорда", []string{"KZ-43"}}, {"kyzylorda", []string{"KZ-43"}},
		{"караганды", []string{"KZ-35"}}, {"Караганда", []string{"KZ-35"}}, {"Қарағанды", []string{"KZ-35"}}, {"qaragandy", []string{"KZ-35"}},
		{"туркистан", []string{"KZ-61"}}, {"Туркестан", []string{"KZ-61"}}, {"Түркістан", []string{"KZ-61"}},
		{"улытау", []string{"KZ-62"}}, {"перинатал", []string{"B1"}}, {"perinatal", []string{"B1"}}, {"C7p", []string{"C7p"}}, {"KZ-35", []string{"KZ-35"}},
	} {
		hits, err := a.Search(ctx, When{}, tc.q)
		if err != nil {
			t.Fatal(err)
		}
		top := map[string]bool{}
		for i, h := range hits[:min(5, len(hits))] {
			top[h.ID] = true
			if i > 0 && h.Score > hits[i-1].Score {
				t.Errorf("%q: %s stands below what fits less", tc.q, h.ID)
			}
			if h.Score <= 0 || h.Title.In("kk") == "" || h.Title.In("ru") == "" || h.Title.In("en") == "" {
				t.Errorf("%q: %s has no title or score", tc.q, h.ID)
			}
		}
		for _, id := range tc.want {
			if !top[id] {
				t.Errorf("%q does not find %s at the top: %v", tc.q, id, top)
			}
		}
	}
	for _, q := range []string{"", " ", "xyzzy", "\xff\xfe", "%_"} {
		if hits, err := a.Search(ctx, When{}, q); err != nil || len(hits) != 0 {
			t.Errorf("%q finds %d things: %v", q, len(hits), err)
		}
	}
	b, err := a.Figures(ctx, When{}, FigureQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	hits, err := a.Search(ctx, When{}, b.Items[0].ID)
	if err != nil || len(hits) != 1 || hits[0].ID != b.Items[0].ID || hits[0].Type != "figure" {
		t.Errorf("a figure is not found by its id: %v %v", hits, err)
	}
}
