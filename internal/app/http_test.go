package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// local is the context of whoever sits at the machine.
func local() context.Context { return actor.With(context.Background(), actor.Local("")) }

// asked sends a request to the API over an App.
func asked(t *testing.T, a *App, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	o := a.Serving()
	o.Administrator = true
	h := httpapi.New(o)
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "localhost"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// got decodes an answer that must be there.
func got[T any](t *testing.T, a *App, path string) T {
	t.Helper()
	var v T
	w := asked(t, a, http.MethodGet, path, "")
	if err := json.Unmarshal(w.Body.Bytes(), &v); w.Code != http.StatusOK || err != nil {
		t.Fatalf("%s: %d %v %.200s", path, w.Code, err, w.Body)
	}
	return v
}

// Another country answers on every path of the API.
func TestSecondCountryThroughHTTP(t *testing.T) {
	a := nisia(t)
	board := got[httpapi.Board](t, a, "/api/board")
	if board.AsOf != "2030-07-15" || len(board.Promises) != 5 {
		t.Errorf("as of %s, %d promises", board.AsOf, len(board.Promises))
	}
	for _, path := range []string{"/api/promises/P1", "/api/places/XN", "/api/places/XN-C", "/api/map?measure=population", "/api/series?measure=population&place=XN-A", "/api/documents", "/api/documents/plan.txt",
		"/api/questions", "/api/figures", "/api/vocabulary", "/api/about", "/api/session", "/api/search?q=oropos", "/api/promises.csv", "/api/promises.xlsx", "/api/figures.csv", "/api/map.csv?measure=population",
		"/api/documents.csv", "/api/questions.xlsx"} {
		if w := asked(t, a, http.MethodGet, path, ""); w.Code != http.StatusOK {
			t.Errorf("%s: %d %.200s", path, w.Code, w.Body)
		}
	}
	for _, p := range board.Promises {
		why := got[httpapi.Why](t, a, "/api/figures/"+p.Figure+"/why")
		if why.Said == nil && why.Computed == nil {
			t.Errorf("%s ends in the air", p.ID)
		}
	}
}

// Every table holds what its list holds, row by row.
func TestTablesEqualTheirLists(t *testing.T) {
	a := kazakhstan(t)
	type items struct{ Items []map[string]any }
	for _, tc := range []struct {
		path string
		rows func() []map[string]any
		key  string // column and field that tell rows apart
	}{
		{"/api/promises?place=KZ-35", func() []map[string]any { return got[items](t, a, "/api/promises?place=KZ-35").Items }, "id"},
		{"/api/promises?due=overdue", func() []map[string]any { return got[items](t, a, "/api/promises?due=overdue").Items }, "id"},
		{"/api/questions?state=open", func() []map[string]any { return got[items](t, a, "/api/questions?state=open").Items }, "id"},
		{"/api/documents", func() []map[string]any { return got[items](t, a, "/api/documents").Items }, "name"},
		{"/api/figures?measure=population.total&limit=1000", func() []map[string]any {
			return got[items](t, a, "/api/figures?measure=population.total&limit=1000").Items
		}, "id"},
		{"/api/series?measure=population.total", func() (out []map[string]any) {
			for _, s := range got[struct {
				Series []struct{ Points []map[string]any }
			}](t, a, "/api/series?measure=population.total").Series {
				out = append(out, s.Points...)
			}
			return out
		}, "id"},
		{"/api/map?measure=population.total", func() (out []map[string]any) {
			for _, u := range got[struct {
				Units []struct{ Figure map[string]any }
			}](t, a, "/api/map?measure=population.total").Units {
				out = append(out, u.Figure)
			}
			return out
		}, "id"},
	} {
		want := tc.rows()
		path, query, _ := strings.Cut(tc.path, "?")
		w := asked(t, a, http.MethodGet, path+".csv?"+strings.TrimSuffix(query, "&limit=1000"), "")
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), ".csv") {
			t.Fatalf("%s: %d %.200s", tc.path, w.Code, w.Body)
		}
		table, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(w.Body.Bytes(), []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(table)-1 != len(want) || len(want) == 0 {
			t.Errorf("%s: %d rows, the list has %d", tc.path, len(table)-1, len(want))
			continue
		}
		sameRows(t, tc.path, table, want, tc.key)
		x := asked(t, a, http.MethodGet, path+".xlsx?"+strings.TrimSuffix(query, "&limit=1000"), "")
		if n := sheetRows(t, x.Body.Bytes()); n != len(table) {
			t.Errorf("%s: %d rows of the workbook, %d of the table", tc.path, n, len(table))
		}
	}
}

// sameRows compares the key and every text that both name alike.
func sameRows(t *testing.T, name string, table [][]string, want []map[string]any, key string) {
	t.Helper()
	byKey := map[string]map[string]any{}
	for _, x := range want {
		byKey[x[key].(string)] = x
	}
	at := slices.Index(table[0], key)
	for _, row := range table[1:] {
		x := byKey[row[at]]
		if x == nil {
			t.Errorf("%s: %s is not in the list", name, row[at])
			continue
		}
		for i, column := range table[0] {
			if s, ok := x[column].(string); ok && column != "period" && column != "qualifier" && column != "recorded_at" && row[i] != s {
				t.Errorf("%s: %s of %s is %q, in the list %q", name, column, row[at], row[i], s)
			}
		}
	}
}

func sheetRows(t *testing.T, workbook []byte) int {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	return strings.Count(b.String(), "<row ")
}

// What is misspelt is refused, the same in lists and tables, without being
// repeated.
func TestMisspeltFiltersAreRefused(t *testing.T) {
	a := kazakhstan(t)
	for _, q := range []string{"promises?due=qqqq", "promises?evidence=qqqq", "promises?theme=qqqq", "promises?place=qqqq", "promises?qqqq=1", "questions?state=qqqq", "questions?rule=qqqq", "figures?kind=qqqq", "figures?exact=qqqq",
		"figures?history=qqqq", "figures?measure=qqqq", "figures?place=qqqq", "figures?period=qqqq", "figures?document=qqqq", "figures?as_of=qqqq", "figures?recorded_as_of=qqqq", "figures?qqqq=1", "map?measure=qqqq",
		"map?measure=population.total&period=qqqq", "map?measure=population.total&kind=qqqq", "series?measure=population.total&place=qqqq", "series?measure=population.total&dimensions=qqqq", "documents?qqqq=1"} {
		path, query, _ := strings.Cut(q, "?")
		for _, suffix := range []string{"", ".csv", ".xlsx"} {
			w := asked(t, a, http.MethodGet, "/api/"+path+suffix+"?"+query, "")
			var p httpapi.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || (w.Code != 422 && w.Code != 404) || p.Code == "" || p.Detail == "" {
				t.Errorf("%s%s: %d %.200s", q, suffix, w.Code, w.Body)
			}
			if strings.Contains(strings.ReplaceAll(w.Body.String(), "query.qqqq", ""), "qqqq") {
				t.Errorf("%s%s repeats what was sent: %s", q, suffix, w.Body)
			}
		}
	}
}
