package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A builder's schedule, a list of payments and a status go into a work from the
// command line, and what is wrong ends with exit code 1 and nothing written.
func TestSchedulesAndTables(t *testing.T) {
	db := loaded(t)
	const work = "balkhash-interdistrict-hub"
	plan := "../../exchange/schedule/mspdi/testdata/hospital.xml"
	var got struct {
		Accepted bool
		Evidence string
		Lines    struct{ New, Known int }
		Path     struct{ Finish string }
		Checks   []struct{ Code, State string }
	}
	ask(t, &got, "--db", db, "import", "mspdi", plan, "--work", work, "--dry-run")
	if !got.Accepted || got.Lines.New == 0 || got.Path.Finish != "2026-04-13 17:00" || len(got.Checks) < 20 || got.Evidence != "" {
		t.Errorf("dry run: %+v", got)
	}
	ask(t, &got, "--db", db, "import", "mspdi", plan, "--work", work)
	if !got.Accepted || got.Evidence == "" {
		t.Errorf("%+v", got)
	}
	if code, out, errs := shanyraq(t, "--db", db, "import", "xer", "../../exchange/schedule/xer/testdata/hospital.xer", "--work", work, "--lang", "ru"); code != exitRefused || out != "" || !strings.Contains(errs, "KOKZHAR, OTHER") {
		t.Errorf("several projects: %d %s %s", code, out, errs)
	}
	if code, _, errs := shanyraq(t, "--db", db, "import", "xer", "../../exchange/schedule/xer/testdata/hospital.xer", "--project", "KOKZHAR", "--work", work, "--lang", "kk"); code != exitRefused || !strings.Contains(errs, "--reason") || strings.Count(errs, "shanyraq:") != 1 {
		t.Errorf("another baseline without a reason: %d %s", code, errs)
	}
	table := filepath.Join(t.TempDir(), "payments.csv")
	write := func(rows string) {
		if err := os.WriteFile(table, []byte("work,on,kind,source,amount,reference\n"+rows), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var sum struct {
		Written  bool
		Lines    int
		Known    int `json:"lines_known"`
		Problems []struct{ Cell, Code string }
	}
	write(work + ",2026-03-05,transferred,regional-budget,1000.50,77\n")
	ask(t, &sum, "--db", db, "import", "works", table, "--kind", "lines")
	if !sum.Written || sum.Lines != 1 {
		t.Errorf("%+v", sum)
	}
	ask(t, &sum, "--db", db, "import", "works", table, "--kind", "lines")
	if sum.Lines != 0 || sum.Known != 1 {
		t.Errorf("a second time: %+v", sum)
	}
	write(work + ",2026-03-05,transferred,regional-budget,-5,78\n" + work + ",2026-03-06,transferred,regional-budget,5,79\n")
	if code, _, errs := shanyraq(t, "--db", db, "import", "works", table, "--kind", "lines", "--lang", "en"); code != exitRefused || !strings.Contains(errs, "payments.csv E2 amount: a negative amount -5") || !strings.Contains(errs, "Nothing was written") {
		t.Errorf("negative: %d %s", code, errs)
	}
	if code, out, _ := shanyraq(t, "--db", db, "import", "works", table, "--kind", "lines", "--partial", "--json"); code != exitRefused || !strings.Contains(out, `"written": true`) || !strings.Contains(out, `"lines": 1`) {
		t.Errorf("partial: %d %s", code, out)
	}
}
