package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// A correction that was only inferred, because the same source said another
// number later, is a correction too in a database that gets the whole history
// in one table.
func TestCorrectionsTravel(t *testing.T) {
	from, to := loaded(t), loaded(t)
	dir := t.TempDir()
	source := []string{"--source", "SURVEY", "--title", "Survey", "--publisher", "Bureau", "--licence", "CC BY 4.0"}
	for i, row := range []string{"515000,2026-02-01", "516000,2026-03-01"} {
		file := filepath.Join(dir, fmt.Sprintf("%d.csv", i))
		table := "measure,place,period,kind,value,published_at\npopulation.total,351000000,2026-01-01,actual," + row + "\n"
		if err := os.WriteFile(file, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errs := shanyraq(t, append([]string{"--db", from, "import", "figures", file}, source...)...); code != exitDone {
			t.Fatal(errs)
		}
	}
	whole := filepath.Join(dir, "whole.csv")
	if code, _, errs := shanyraq(t, "--db", from, "export", "figures", "--history", "--computed", "--out", whole); code != exitDone {
		t.Fatal(errs)
	}
	if code, _, errs := shanyraq(t, append([]string{"--db", to, "import", "figures", whole}, source...)...); code != exitDone {
		t.Fatal(errs)
	}
	for day, want := range map[string]float64{"2026-02-15": 515000, "2026-03-15": 516000} {
		for name, db := range map[string]string{"there": from, "here": to} {
			var list []struct {
				Value  float64
				Source string
			}
			ask(t, &list, "--db", db, "figures", "--measure", "population.total", "--place", "351000000", "--period", "2026", "--as-of", day)
			n := 0
			for _, f := range list {
				if f.Source == "SURVEY" {
					n++
					if f.Value != want {
						t.Errorf("%s, as of %s: %v, want %v", name, day, f.Value, want)
					}
				}
			}
			if n != 1 {
				t.Errorf("%s, as of %s: %d figures stand, want 1", name, day, n)
			}
		}
	}
}
