package oc4ids

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every file of testdata/broken has beside it what check and import say of it.
func TestBrokenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".json"), func(t *testing.T) {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			var all struct {
				Check    *Verdict          `json:"check"`
				Import   []Report          `json:"import"`
				Projects []json.RawMessage `json:"projects"`
				Refused  string            `json:"refused,omitempty"`
			}
			if all.Check, err = Check(f, options()); err != nil {
				t.Fatal(err)
			}
			err = Repairs(f, filepath.Base(name), options(), func(r Report, v *Value) error {
				all.Import = append(all.Import, r)
				all.Projects = append(all.Projects, v.Append(nil))
				return nil
			})
			if err != nil {
				all.Refused = err.Error()
			}
			got, err := json.MarshalIndent(all, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(name, ".json") + ".golden"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got)+"\n", "\n")); d != "" {
				t.Errorf("differs from %s (-update writes it anew):\n%s", golden, d)
			}
		})
	}
}
