package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
)

const importKills = 3 // SHANYRAQ_SOAK=n for more

func importRounds() int {
	if rounds() == killRounds {
		return importKills
	}
	return rounds()
}

// importJSON is what the tests read of an import.
type importJSON struct {
	ID, State, Doing string
	Version          int64
	Check            *struct{ New, Problems int }
	Outcome          *struct {
		Run string
		New int
	}
	Failure map[string]string
}

// killTable is a table of beds that were opened, every month in every
// region; every round says other numbers, so that it corrects the one before.
func killTable(document string, round int) (text string, rows int) {
	var b strings.Builder
	b.WriteString("measure,place,period,kind,value,source\n")
	for year := 2000; year < 2020; year++ {
		for month := 1; month <= 12; month++ {
			for _, region := range []string{"KZ-10", "KZ-11", "KZ-15", "KZ-19", "KZ-23", "KZ-27", "KZ-31", "KZ-33", "KZ-35", "KZ-39", "KZ-43", "KZ-47", "KZ-55", "KZ-59", "KZ-61", "KZ-62"} {
				fmt.Fprintf(&b, "beds.commissioned,%s,%d-%02d,actual,%d,%s\n", region, year, month, round, document)
				rows++
			}
		}
	}
	return b.String(), rows
}

func knockImport(t *testing.T, method, url, body string) importJSON {
	t.Helper()
	got := call(t, method, url, body, "Content-Type", "application/json", "Sec-Fetch-Site", "same-origin")
	if got.status >= http.StatusMultipleChoices {
		t.Fatalf("%s %s: %d %s", method, url, got.status, got.body)
	}
	var i importJSON
	if err := json.Unmarshal(got.body, &i); err != nil {
		t.Fatal(err)
	}
	return i
}

// rested waits until nothing is done for the import any more.
func rested(t *testing.T, url, id string) importJSON {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if i := knockImport(t, "GET", url+"/api/imports/"+id, ""); i.Doing == "" {
			return i
		}
	}
	t.Fatal("the work does not end")
	return importJSON{}
}

// runsOf returns the runs of an import, and how many figures stand behind them.
func runsOf(t *testing.T, s *store.Store, id string) (runs []store.StoredRun, figures int) {
	t.Helper()
	list, err := s.RunsAfter(t.Context(), 0, 1<<62, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Kind == ledger.ImportRun && r.Inputs["import"] == id {
			runs = append(runs, r)
		}
	}
	err = s.EachFigure(t.Context(), store.Query{At: store.Everything, Measures: []string{"beds.commissioned"}, Superseded: true}, func(f *ledger.Figure) error {
		for _, r := range runs {
			if f.Run == r.ID {
				figures++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return runs, figures
}

// orphaned looks at what a killed server left of an import: nothing, or the
// whole run with its state. It ends the lease of the dead process, which the
// next server would else wait for.
func orphaned(t *testing.T, db, id string, rows int) (published bool) {
	t.Helper()
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	it, err := s.Item(t.Context(), "import", id)
	if err != nil {
		t.Fatal(err)
	}
	runs, figures := runsOf(t, s, id)
	published = it.State == "published"
	if published != (len(runs) == 1) || len(runs) > 1 || figures != len(runs)*rows || !published && it.State != "committing" {
		t.Errorf("killed: the import is %s, of its run are there %d with %d figures", it.State, len(runs), figures)
	}
	if _, err := s.Writer().ExecContext(t.Context(), `UPDATE job SET locked_until = '' WHERE state = 'running'`); err != nil {
		t.Fatal(err)
	}
	return published
}

// A server is killed while it publishes an import. The next one takes the work
// up again, and in the end the run is in the ledger once.
func TestKillServerWhileItImports(t *testing.T) {
	for name, tc := range map[string]struct {
		db     string
		rounds int
	}{"sqlite": {loaded(t), importRounds()}, "postgres": {onPostgres(t), max(1, importRounds()/3)}} {
		t.Run(name, func(t *testing.T) {
			talked(t, tc.db)
			folder := t.TempDir()
			serve := func() (*program, string) { return serving(t, tc.db, "--imports", folder, "--files", folder) }
			p, url := serve()
			cut, rows, ids := 0, 0, []string{}
			for round := range tc.rounds {
				var text string
				text, rows = killTable(killNote, round+1)
				i := knockImport(t, "POST", url+"/api/imports?name=t.csv", text)
				knockImport(t, "POST", url+"/api/imports/"+i.ID+"/check", fmt.Sprintf(`{"version":%d}`, i.Version))
				if i = rested(t, url, i.ID); i.Check == nil || i.Check.New != rows || i.Check.Problems != 0 {
					t.Fatalf("%+v %+v", i, i.Check)
				}
				knockImport(t, "POST", url+"/api/imports/"+i.ID+"/commit", fmt.Sprintf(`{"version":%d}`, i.Version))
				time.Sleep(time.Duration(rand.IntN(200_000)) * time.Microsecond)
				p.kill()
				if !orphaned(t, tc.db, i.ID, rows) {
					cut++
				}
				p, url = serve()
				if i = rested(t, url, i.ID); i.State != "published" || i.Outcome == nil || i.Outcome.New != rows {
					t.Fatalf("round %d: %+v %+v", round, i, i.Outcome)
				}
				ids = append(ids, i.ID)
			}
			p.kill()
			s, err := store.Open(t.Context(), tc.db)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := s.VerifyChains(t.Context()); err != nil {
				t.Error(err)
			}
			for _, id := range ids {
				if runs, figures := runsOf(t, s, id); len(runs) != 1 || figures != rows || runs[0].Receipt.Figures != rows {
					t.Errorf("in the end %d runs with %d of %d figures", len(runs), figures, rows)
				}
			}
			t.Logf("%d of %d imports were cut off", cut, tc.rounds)
		})
	}
}
