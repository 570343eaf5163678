package arch

import (
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

const root = "../.."

func tree(t *testing.T) []*File {
	t.Helper()
	files, err := Read(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d Go files found below %s", len(files), root)
	}
	return files
}

func TestTheTreeKeepsThePicture(t *testing.T) {
	for _, b := range Check(tree(t)) {
		t.Error(b)
	}
}

// Every rule is broken once by a file made up for it.
func TestBadFilesAreNamed(t *testing.T) {
	const doc = "// Package x is made up.\npackage x\n\n"
	for _, tc := range []struct{ name, file, src, want string }{
		{"ledger imports a room above", "ledger/x.go", doc + `import _ "` + Module + `/works"`, "ledger/x.go:4: ledger (row 3) imports works (row 4): arrows point downward only"},
		{"two rooms side by side", "works/x.go", doc + `import _ "` + Module + `/fund/claim"`, "works/x.go:4: works imports its neighbour fund/claim in row 4: they meet in a lower row or above"},
		{"two formats side by side", "exchange/csv/x.go", doc + `import _ "` + Module + `/exchange/geojson"`, "exchange/csv/x.go:4: exchange/csv imports its neighbour exchange/geojson in row 5: they meet in a lower row or above"},
		{"store and API", "internal/store/x.go", doc + `import _ "` + Module + `/internal/httpapi"`, "internal/store/x.go:4: internal/store imports its neighbour internal/httpapi in row 6: they meet in a lower row or above"},
		{"a test that reaches up", "ledger/board/x_test.go", doc + `import _ "` + Module + `/country"`, "ledger/board/x_test.go:4: ledger/board (row 3) imports country (row 5): arrows point downward only"},
		{"files in the ledger", "ledger/rule/x.go", doc + `import _ "os"`, "ledger/rule/x.go:4: row 3 imports os: rows 0 to 4 do no input or output"},
		{"HTTP in a place", "place/x.go", doc + `import _ "net/http"`, "place/x.go:4: row 1 imports net/http: rows 0 to 4 do no input or output"},
		{"logging in a room", "fund/x.go", doc + `import _ "log/slog"`, "fund/x.go:4: row 4 imports log/slog: rows 0 to 4 do no input or output"},
		{"a clock under another name", "period/x.go", doc + "import clock \"time\"\n\nvar t = clock.Now()", "period/x.go:6: row 0 uses time.Now: time comes in as an argument"},
		{"a driver away from home", "internal/app/x.go", doc + `import _ "modernc.org/sqlite"`, "internal/app/x.go:4: modernc.org/sqlite is imported only in internal/store, internal/job"},
		{"a new folder", "helpers/x.go", doc, `helpers/x.go:2: the folder "helpers" has no row: give it one in internal/arch/rows.go and in the design`},
		{"no package comment", "money/x.go", "package money", "money/x.go:1: package money has no package comment: say in a paragraph what it is for"},
	} {
		f, err := Parse(tc.file, []byte(tc.src))
		if err != nil {
			t.Fatal(err)
		}
		got := Check([]*File{f})
		if len(got) != 1 || got[0].String() != tc.want {
			t.Errorf("%s: %v\nwant %s", tc.name, got, tc.want)
		}
	}
}

func TestGoodFilesPass(t *testing.T) {
	for file, src := range map[string]string{
		"ledger/board/x.go":   `import (_ "` + Module + `/ledger/rule"; _ "` + Module + `/place"; _ "` + Module + `/fault"; _ "time")`,
		"exchange/csv/x.go":   `import _ "` + Module + `/exchange/text"`,
		"period/x.go":         `import _ "` + Module + `/fault"`,
		"country/kz/x.go":     `import (_ "` + Module + `/country"; _ "embed")`,
		"internal/store/x.go": `import (_ "database/sql"; _ "os"; _ "` + Module + `/country")`,
		"ledger/x_test.go":    `import _ "os"`,
	} {
		f, err := Parse(file, []byte("// Package x is made up.\npackage x\n"+src))
		if err != nil {
			t.Fatal(err)
		}
		if got := Check([]*File{f}); len(got) != 0 {
			t.Errorf("%s: %v", file, got)
		}
	}
}

// A module that our code imports has a line in the list of dependencies, with
// its path between backticks; a line whose module is gone is an error too.
func TestDependenciesAreExplained(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "dependencies.md"))
	if err != nil {
		t.Fatalf("write docs/dependencies.md, a table with one line for each module that the code imports: %v", err)
	}
	required := Requirements(mod)
	if len(required) < 5 {
		t.Fatalf("go.mod was read as %v", required)
	}
	for module, file := range Direct(tree(t), required) {
		if !strings.Contains(string(page), "`"+module+"`") {
			t.Errorf("docs/dependencies.md has no line with `%s`, which %s imports: say what it is for, its licence and why not our own", module, file)
		}
	}
	for module, indirect := range required {
		if !indirect && !strings.Contains(string(page), "`"+module+"`") {
			t.Errorf("docs/dependencies.md has no line with `%s`, which go.mod requires directly", module)
		}
	}
}

func TestNoMachinePaths(t *testing.T) {
	files, err := Tracked(root)
	if err != nil {
		t.Logf("not under version control here (%v): the Go files are read instead", err)
		for _, f := range tree(t) {
			files = append(files, f.Name)
		}
	}
	for _, b := range MachinePaths(root, files) {
		t.Error(b)
	}
}

func TestMachinePathsAreFound(t *testing.T) {
	dir := t.TempDir()
	bad := "fine\nsee " + "/ho" + "me/asel/x\nhttps://example.org/ho" + "me/asel is an address\n"
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	got := MachinePaths(dir, []string{"a.md", "gone.md"})
	if len(got) != 1 || got[0].Line != 2 {
		t.Errorf("found %v", got)
	}
}

func TestRequirements(t *testing.T) {
	mod := "module example.org/x\n\ngo 1.26.8\n\nrequire example.org/one v1.0.0\n\nrequire (\n\texample.org/two/v2 v2.1.0\n\texample.org/three v0.1.0 // indirect\n)\n"
	got := Requirements([]byte(mod))
	var names []string
	for m, indirect := range got {
		if indirect {
			m += " indirect"
		}
		names = append(names, m)
	}
	sort.Strings(names)
	if strings.Join(names, ", ") != "example.org/one, example.org/three indirect, example.org/two/v2" {
		t.Errorf("requirements = %v", names)
	}
	f, err := Parse("x.go", []byte("package x\nimport _ \"example.org/two/v2/deep\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if d := Direct([]*File{f}, got); len(d) != 1 || d["example.org/two/v2"] != "x.go" {
		t.Errorf("direct = %v", d)
	}
}
