package httpapi

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write golden files anew")

// The description of the API is committed, so that a change of it shows in
// review, and the types of the pages come from the same file.
func TestDescription(t *testing.T) {
	body, err := Description("0")
	if err != nil {
		t.Fatal(err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, body, "", " "); err != nil {
		t.Fatal(err)
	}
	pretty.WriteByte('\n')
	if *update {
		if err := os.WriteFile("openapi.json", pretty.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, pretty.Bytes()) {
		t.Error("openapi.json is not what the program serves: run `make gen` and look at the difference")
	}
}

// Every field of every answer is described with a type, and what may be null
// says so.
func TestDescriptionIsComplete(t *testing.T) {
	body, err := Description("0")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths      map[string]map[string]struct{ Summary, OperationID string }
		Components struct {
			Schemas map[string]struct {
				Properties map[string]map[string]any
			}
		}
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"/api/board", "/api/figures", "/api/figures/{id}", "/api/figures/{id}/why", "/api/promises/{id}", "/api/places/{id}", "/api/map", "/api/documents", "/api/questions", "/api/search", "/api/figures.csv", "/api/promises.xlsx"} {
		if doc.Paths[p] == nil {
			t.Errorf("%s is not described", p)
		}
	}
	for p, ops := range doc.Paths {
		for m, op := range ops {
			if op.Summary == "" || op.OperationID == "" {
				t.Errorf("%s %s has no summary or name", strings.ToUpper(m), p)
			}
		}
	}
	value := doc.Components.Schemas["Figure"].Properties["value"]
	if kinds, ok := value["type"].([]any); !ok || len(kinds) != 2 || kinds[0] != "number" || kinds[1] != "null" {
		t.Errorf("the value of a figure is a number or null, not %v", value)
	}
	if said := doc.Components.Schemas["Why"].Properties["said"]; said["oneOf"] == nil {
		t.Errorf("said may be null: %v", said)
	}
}

// Every path stands in the guide.
func TestPathsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/guide/api.md")
	if err != nil {
		t.Fatal(err)
	}
	body, err := Description("0")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct{ Paths map[string]any }
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	for p := range doc.Paths {
		if name := strings.TrimSuffix(p, ".xlsx"); name == p && !bytes.Contains(page, []byte("`"+p)) {
			t.Errorf("docs/guide/api.md does not tell of %s", p)
		}
	}
}
