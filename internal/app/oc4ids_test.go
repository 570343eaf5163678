package app

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/exchange/oc4ids"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works"
)

func bringOC4IDS(t *testing.T, a *App, doc string) ([]oc4ids.Report, *OC4IDSReceipt) {
	t.Helper()
	var out []oc4ids.Report
	got, err := a.ImportOC4IDS(local(), "works.json", strings.NewReader(doc), OC4IDSImport{Lang: lang.EN}, func(r oc4ids.Report) error {
		out = append(out, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, got
}

func giveOC4IDS(t *testing.T, a *App) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := a.ExportOC4IDS(local(), When{}, OC4IDSExport{Lang: lang.EN}, &out); err != nil {
		t.Fatal(err)
	}
	v, err := oc4ids.Check(strings.NewReader(out.String()), oc4ids.Options{Lang: lang.EN})
	if err != nil || !v.Valid {
		t.Fatalf("not valid: %v %+v", err, v.Errors)
	}
	return out.String()
}

// sameJSON compares two documents whatever their blanks and order.
func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := oc4ids.Parse(strings.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	y, err := oc4ids.Parse(strings.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return x.Equal(y)
}

// A file is brought into an empty database of either engine, comes back as it
// came with the package around it, and changes nothing the second time.
func TestOC4IDSThroughTheDatabase(t *testing.T) {
	raw, err := os.ReadFile("../../exchange/oc4ids/testdata/whole.json")
	if err != nil {
		t.Fatal(err)
	}
	eachEngine(t, func(t *testing.T, fresh func(testing.TB) string) {
		a := over(t, fresh(t))
		reports, got := bringOC4IDS(t, a, string(raw))
		if len(reports) != 1 || !reports[0].Accepted || got.Works != 2 || got.Lines == 0 {
			t.Fatalf("%+v %+v", reports, got)
		}
		if s := giveOC4IDS(t, a); !sameJSON(t, s, string(raw)) {
			t.Errorf("came back otherwise:\n%s", s)
		}
		if _, got := bringOC4IDS(t, a, string(raw)); got.Works+got.Lines != 0 || got.Accepted != 1 {
			t.Errorf("the second time: %+v", got)
		}
		f, err := a.workFile(local(), "oc4ids-abc123-synthetic-hub")
		if err != nil || f.Place == "KZ" {
			t.Errorf("lies in %s: %v", f.Place, err)
		}
	})
}

// A newer file changes what it says otherwise, takes back what it no longer
// says, and leaves what people have entered.
func TestNewerOC4IDSFile(t *testing.T) {
	a := over(t, onSQLite(t))
	const first = `{"version":"0.9","uri":"https://a.kz/1","publishedDate":"2026-01-01T00:00:00Z","publisher":{"name":"Akimat"},"projects":[{"id":"oc4ids-abc123-x","title":"Hospital","type":"construction","updated":"2026-01-01T00:00:00Z",
		"period":{"startDate":"2024-01-01T00:00:00Z","endDate":"2026-06-30T23:59:59Z"},
		"budget":{"approvalDate":"2024-02-01T00:00:00Z","amount":{"amount":1000,"currency":"KZT"},"budgetBreakdowns":[{"id":"1","budgetBreakdown":[{"id":"a","amount":{"amount":600,"currency":"KZT"}},{"id":"b","amount":{"amount":400,"currency":"KZT"}}]}]},
		"metrics":[{"id":"physicalProgress","observations":[{"id":"1","measure":40,"period":{"endDate":"2025-12-31T00:00:00Z"}}]}]}]}`
	bringOC4IDS(t, a, first)
	f, err := a.workFile(local(), "x-does-not-matter")
	if !fault.Is(err, fault.NotFound) {
		t.Fatal(f, err)
	}
	const id = works.ID("oc4ids-abc123-x")
	w := record(t, a, id)
	w.Kind, w.Text = works.Extension, lang.Text{lang.EN: "Entered by hand"}
	if _, err := a.ChangeWorks(local(), "test", string(id), []WorkChange{{ID: id, Record: w, Expected: AnyVersion}}); err != nil {
		t.Fatal(err)
	}
	second := strings.NewReplacer(`"amount":400,`, `"amount":500,`, `"amount":1000,`, `"amount":1100,`, "2026-06-30", "2026-12-31", `"measure":40`, `"measure":35`, `"title":"Hospital"`, `"title":"Large hospital"`).Replace(first)
	reports, _ := bringOC4IDS(t, a, second)
	if len(reports[0].Problems) > 0 || !reports[0].Accepted {
		t.Fatalf("%+v", reports[0])
	}
	file, err := a.workFile(local(), id)
	if err != nil {
		t.Fatal(err)
	}
	if file.Kind != works.Extension || file.Text.In(lang.EN) != "Entered by hand" || file.Title.In(lang.EN) != "Large hospital" {
		t.Errorf("the record is %+v", file.Work)
	}
	v, err := a.look(local(), When{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := works.At(&file.Work, file.lines, v.at.AsOf, noTime)
	if err != nil {
		t.Fatal(err)
	}
	// 600 + 500 tenge approved, 1100 the cost, in tiyn; 35 per cent.
	if sum := s.Money.Of(works.Approved); sum.Amount != 1100_00 || s.Money.Cost.Amount != 1100_00 {
		t.Errorf("approved %d, cost %d", sum.Amount, s.Money.Cost.Amount)
	}
	if s.Ready == nil || s.Ready.Percent.String() != "35" {
		t.Errorf("ready %+v", s.Ready)
	}
	if _, end := s.Deadline(); end == nil || end.String() != "2026-12-31" {
		t.Errorf("deadline %v", end)
	}
	if out := giveOC4IDS(t, a); !strings.Contains(out, `"description":"Entered by hand"`) || !strings.Contains(out, `"type":"expansion"`) {
		t.Errorf("the change does not show:\n%s", out)
	}
	if _, got := bringOC4IDS(t, a, second); got.Works+got.Lines != 0 {
		t.Errorf("the same file again: %+v", got)
	}
}

func record(t *testing.T, a *App, id works.ID) *works.Work {
	t.Helper()
	f, err := a.workFile(local(), id)
	if err != nil {
		t.Fatal(err)
	}
	w := f.Work
	return &w
}

// Values that cannot be meant never become money or progress of a work, a
// cancelled project is taken with its past, and both are written valid.
func TestImpossibleAndCancelledOC4IDS(t *testing.T) {
	a := over(t, onSQLite(t))
	doc := `{"version":"0.9","uri":"https://a.kz/1","publishedDate":"2026-01-01T00:00:00Z","publisher":{"name":"Akimat"},"projects":[
		{"id":"oc4ids-abc123-bad","title":"Bad","period":{"startDate":"2025-01-01T00:00:00Z","endDate":"2024-01-01T00:00:00Z"},"budget":{"amount":{"amount":-5,"currency":"KZT"}},"metrics":[{"id":"physicalProgress","observations":[{"id":"1","measure":140,"unit":{"name":"percent"},"period":{"endDate":"2025-12-31T00:00:00Z"}}]}],"locations":[{"id":"1","geometry":{"type":"Point","coordinates":[0,0]}}]},
		{"id":"oc4ids-abc123-off","title":"Off","status":"cancelled","budget":{"approvalDate":"2025-01-01T00:00:00Z","amount":{"amount":70.25,"currency":"KZT"}}},
		{"title":"No id"}]}`
	reports, got := bringOC4IDS(t, a, doc)
	if got.Accepted != 2 || reports[2].Accepted {
		t.Fatalf("%+v", got)
	}
	if f, err := a.workFile(local(), "oc4ids-abc123-bad"); err != nil || len(f.lines) != 0 || f.Point != nil {
		t.Errorf("%v: lines %+v, point %v", err, f.lines, f.Point)
	}
	if f, err := a.workFile(local(), "oc4ids-abc123-off"); err != nil || f.Condition != works.Cancelled || len(f.lines) != 1 || f.lines[0].Price.Amount != 7025 {
		t.Errorf("%v: %+v", err, f)
	}
	giveOC4IDS(t, a)
}

// The works of the documents are written valid, and brought into another
// database they say the same.
func TestOC4IDSOfThePack(t *testing.T) {
	a := over(t, onSQLite(t))
	if _, err := a.LoadCountry(local(), kz.Pack()); err != nil {
		t.Fatal(err)
	}
	out := giveOC4IDS(t, a)
	for _, want := range []string{"oc4ids-000000-balkhash-interdistrict-hub", `"capacity":[`, `"extensions": ["` + oc4ids.ExtensionURL + `"]`} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %s", want)
		}
	}
	reports, got := bringOC4IDS(t, a, out)
	if got.Works+got.Lines != 0 {
		t.Errorf("its own file changed the database: %+v", got)
	}
	for _, r := range reports {
		if !r.Accepted || len(r.Repairs)+len(r.Problems) > 0 {
			t.Errorf("%+v", r)
		}
	}
	b := over(t, onSQLite(t))
	if _, got := bringOC4IDS(t, b, out); got.Accepted != got.Projects || got.Works != got.Projects {
		t.Errorf("into an empty database: %+v", got)
	}
	giveOC4IDS(t, b)
}

// A dry run writes nothing; a file that is cut is refused whole.
func TestOC4IDSWritesNothing(t *testing.T) {
	a := over(t, onSQLite(t))
	n := 0
	_, err := a.ImportOC4IDS(local(), "w.json", strings.NewReader(`[{"id":"a-1","title":"x"}]`), OC4IDSImport{Lang: lang.EN, DryRun: true}, func(oc4ids.Report) error { n++; return nil })
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	_, err = a.ImportOC4IDS(local(), "w.json", strings.NewReader(`[{"id":"a-1","title":"x"},{"id":`), OC4IDSImport{Lang: lang.EN}, func(oc4ids.Report) error { t.Error("reported"); return nil })
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
	if _, err := a.workFile(local(), "a-1"); !fault.Is(err, fault.NotFound) {
		t.Errorf("written: %v", err)
	}
}

// Home knows where the country lies: its capital, its corners, and what is not
// in it.
func TestHome(t *testing.T) {
	h, err := Home()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name     string
		lon, lat float64
		inside   bool
	}{{"Astana", 71.45, 51.16, true}, {"Aktau", 51.17, 43.65, true}, {"Oral", 51.37, 51.23, true}, {"Oskemen", 82.61, 49.95, true}, {"Bukhara", 64.42, 39.77, false}, {"Samara", 50.1, 53.2, false}, {"latitude of Astana first", 51.16, 71.45, false}} {
		if got := h.Contains(tc.lon, tc.lat); got != tc.inside {
			t.Errorf("%s: inside %v, want %v", tc.name, got, tc.inside)
		}
	}
	if h.Code != "KZ" || h.Currency != "KZT" || h.Zone != "+05:00" || !h.Named("қазақстан республикасы") || h.Named("Ukraine") {
		t.Errorf("%+v", h)
	}
}
