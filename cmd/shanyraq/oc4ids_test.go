package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOC4IDSCommands(t *testing.T) {
	const whole = "../../exchange/oc4ids/testdata/whole.json"
	db := "sqlite:" + filepath.Join(t.TempDir(), "x.db")

	var verdict struct {
		Valid            bool
		Errors, Warnings []struct{ Path, Rule, Message string }
	}
	code, out, errs := shanyraq(t, "check", "oc4ids", whole, "--json")
	if err := json.Unmarshal([]byte(out), &verdict); err != nil || code != exitDone || !verdict.Valid || verdict.Errors == nil || verdict.Warnings == nil {
		t.Fatalf("%d %s %s %v", code, out, errs, err)
	}
	bad := filepath.Join(t.TempDir(), "bad.json")
	if err := os.WriteFile(bad, []byte(`{"projects":[{"id":"oc4ids-abc123-1","title":"Больница","status":"Completed "},{"title":"x"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, _ = shanyraq(t, "check", "oc4ids", bad, "--json", "--lang", "ru")
	if err := json.Unmarshal([]byte(out), &verdict); err != nil || code != exitDone || verdict.Valid || !strings.Contains(out, `"path": "/projects/0/status"`) || !strings.Contains(out, "такого кода нет") {
		t.Errorf("%d %s %v", code, out, err)
	}

	var reports []struct {
		ID       *string
		Accepted bool
		Repairs  []struct {
			Path        string
			Was, Became any
			Why         string
		}
		Problems []struct{ Path, Rule, Message string }
	}
	for _, dry := range []string{"--dry-run", "--quiet"} {
		code, out, errs = shanyraq(t, "--db", db, "import", "oc4ids", bad, "--json", dry)
		if err := json.Unmarshal([]byte(out), &reports); err != nil || code != exitDone || len(reports) != 2 {
			t.Fatalf("%d %s %s %v", code, out, errs, err)
		}
		first, second := reports[0], reports[1]
		if !first.Accepted || len(first.Repairs) != 1 || first.Repairs[0].Was != "Completed " || first.Repairs[0].Became != "completion" || second.Accepted || second.ID != nil {
			t.Errorf("%s: %+v", dry, reports)
		}
	}
	if code, _, errs := shanyraq(t, "--db", db, "export", "oc4ids", "--prefix", "nobody"); code != exitRefused || !strings.Contains(errs, "--prefix") {
		t.Errorf("%d %s", code, errs)
	}
	file := filepath.Join(t.TempDir(), "out.json")
	if code, _, errs := shanyraq(t, "--db", db, "export", "oc4ids", "--out", file, "--uri", "https://example.kz/oc4ids.json", "--publisher", "Example"); code != exitDone {
		t.Fatal(errs)
	}
	if code, out, _ := shanyraq(t, "check", "oc4ids", file); code != exitDone || !strings.Contains(out, "Valid OC4IDS 0.9.5") {
		t.Errorf("%d %s", code, out)
	}
	for _, refused := range [][]string{{"check", "oc4ids", "nobody.json"}, {"--db", db, "import", "oc4ids", "nobody.json"}, {"--db", db, "export", "oc4ids", "--out", file}} {
		if code, _, errs := shanyraq(t, refused...); code != exitRefused || strings.Count(strings.TrimSpace(errs), "\n") > 0 {
			t.Errorf("%v: %d %s", refused, code, errs)
		}
	}
	// check without more is still the rules.
	if code, _, errs := shanyraq(t, "--db", db, "check", "--state", "open"); code != exitDone {
		t.Errorf("check: %d %s", code, errs)
	}
}
