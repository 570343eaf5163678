package oc4ids

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the tables and golden files anew")

// reference is where the published schema lies beside the project, when it does.
const reference = "../../../shared/reference/oc4ids"

// published returns a file of the standard, or skips the test aloud.
func published(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(reference, name))
	if err != nil {
		t.Skipf("SKIPPED: the published OC4IDS 0.9.5 is not at %s, so that our tables were not compared with it", reference)
	}
	return raw
}

const fieldsHead = `# The fields of OC4IDS 0.9.5 in the notation of table.go: a form, and below it
# name (! when required) and what the value must be. Compiled from the schema of
# the standard, https://standard.open-contracting.org/infrastructure/0.9/en/,
# by table_test.go -update.
`

const codesHead = `# The codes of the lists of OC4IDS 0.9.5: list and codes, a line each. Compiled
# from the codelists of the standard by table_test.go -update.
`

func TestFieldsAreThoseOfTheStandard(t *testing.T) {
	var project, pack map[string]any
	for name, to := range map[string]*map[string]any{"project-schema.json": &project, "project-package-schema.json": &pack} {
		if err := json.Unmarshal(published(t, name), to); err != nil {
			t.Fatal(err)
		}
	}
	w := &formWriter{done: map[string]bool{}}
	w.form("Package", pack)
	w.form("Project", project)
	defs := project["definitions"].(map[string]any)
	for _, name := range sorted(defs) {
		w.form(name, defs[name].(map[string]any))
	}
	compare(t, "fields.txt", fieldsText, fieldsHead+w.out.String())
}

func compare(t *testing.T, file, have, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(strings.Split(want, "\n"), strings.Split(have, "\n")); d != "" {
		t.Errorf("%s differs from the standard (-standard +ours):\n%s", file, d)
	}
}

func sorted(m map[string]any) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// formWriter writes a schema in our notation and fails on what the notation
// cannot say.
type formWriter struct {
	out  strings.Builder
	done map[string]bool
}

func (w *formWriter) form(name string, s map[string]any) {
	if w.done[name] {
		return
	}
	w.done[name] = true
	required := map[string]bool{}
	for _, r := range asList(s["required"]) {
		required[r.(string)] = true
	}
	star := ""
	if s["minProperties"] == nil {
		star = "*"
	}
	fmt.Fprintf(&w.out, "%s%s\n", name, star)
	props, _ := s["properties"].(map[string]any)
	var inner []func()
	for _, p := range sorted(props) {
		mark := ""
		if required[p] {
			mark = "!"
		}
		delete(required, p)
		x := props[p].(map[string]any)
		fmt.Fprintf(&w.out, "  %s%s %s\n", p, mark, w.notation(name+"."+p, x, &inner))
	}
	if len(required) > 0 {
		panic("required but not described: " + fmt.Sprint(required))
	}
	for _, f := range inner {
		f()
	}
}

func asList(v any) []any { l, _ := v.([]any); return l }

func kindsOf(s map[string]any) string {
	var k []string
	if x, ok := s["type"].(string); ok {
		k = append(k, x)
	}
	for _, x := range asList(s["type"]) {
		k = append(k, x.(string))
	}
	return strings.Join(k, "|")
}

func (w *formWriter) notation(path string, s map[string]any, inner *[]func()) string {
	if ref, ok := s["$ref"].(string); ok {
		if strings.HasSuffix(ref, "project-schema.json") {
			return "Project"
		}
		return strings.TrimPrefix(ref, "#/definitions/")
	}
	list := strings.TrimSuffix(fmt.Sprint(s["codelist"]), ".csv")
	filled := s["minLength"] == 1.0
	switch kind := kindsOf(s); kind {
	case "string", "string|null", "string|number":
		q := ""
		if strings.HasSuffix(kind, "null") {
			q = "?"
		}
		switch {
		case s["enum"] != nil && filled:
			return "=" + list + "+"
		case s["enum"] != nil:
			return "=" + list
		case s["codelist"] != nil && filled && s["openCodelist"] == true:
			return "~" + list
		case s["format"] == "date-time" && !filled:
			return "time"
		case s["format"] == "email" && filled:
			return "email"
		case s["format"] == "uri" && !filled:
			return "uri" + q
		case s["pattern"] != nil:
			if s["pattern"] != simple["version"].pattern {
				panic(path)
			}
			return "version"
		case kind == "string|number" && filled:
			return "text|number"
		case filled && q == "":
			return "text"
		case s["format"] == nil && s["codelist"] == nil:
			return "string" + q
		}
	case "number", "integer", "boolean":
		if s["minimum"] == 0.0 {
			return kind + ">=0"
		}
		return kind
	case "object":
		if s["properties"] == nil {
			return "{}"
		}
		*inner = append(*inner, func() { w.form(path, s) })
		return path
	case "array":
		if s["minItems"] != 1.0 {
			panic(path + ": may be empty")
		}
		items := s["items"].(map[string]any)
		if kindsOf(items) == "number|array" && s["uniqueItems"] == nil && items["minItems"] == 1.0 {
			return "positions"
		}
		if s["uniqueItems"] != true {
			panic(path + ": need not be unique")
		}
		if s["codelist"] != nil {
			items["codelist"], items["openCodelist"] = s["codelist"], s["openCodelist"]
		}
		return "[" + w.notation(path, items, inner) + "]"
	}
	panic(fmt.Sprintf("%s: our notation cannot say %v", path, s))
}

func TestCodesAreThoseOfTheStandard(t *testing.T) {
	published(t, "project-schema.json")
	files, err := filepath.Glob(filepath.Join(reference, "codelists", "*.csv"))
	if err != nil || len(files) != 36 {
		t.Fatalf("%d codelists, want 36: %v", len(files), err)
	}
	var out strings.Builder
	out.WriteString(codesHead)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s:", strings.TrimSuffix(filepath.Base(f), ".csv"))
		for _, r := range rows[1:] {
			fmt.Fprintf(&out, " %s", r[0])
		}
		out.WriteByte('\n')
	}
	compare(t, "codes.txt", codesText, out.String())
}

func TestEnumsOfTheSchemaAreTheCodelists(t *testing.T) {
	var s any
	if err := json.Unmarshal(published(t, "project-schema.json"), &s); err != nil {
		t.Fatal(err)
	}
	seen := 0
	var walk func(v any, list string)
	walk = func(v any, list string) {
		switch x := v.(type) {
		case []any:
			for _, y := range x {
				walk(y, "")
			}
		case map[string]any:
			if c, ok := x["codelist"].(string); ok {
				list = strings.TrimSuffix(c, ".csv")
			}
			if e, ok := x["enum"].([]any); ok {
				seen++
				have := facts().codes[list]
				if have == nil || len(have.codes) != len(e) {
					t.Fatalf("the enum of %q has %d values, our list another number", list, len(e))
				}
				for _, c := range e {
					if !have.has[c.(string)] {
						t.Errorf("%s lacks %v", list, c)
					}
				}
			}
			for k, y := range x {
				if k == "items" {
					walk(y, list)
				} else {
					walk(y, "")
				}
			}
		}
	}
	walk(s, "")
	if seen != 16 {
		t.Errorf("%d enums seen, want 16", seen)
	}
}
