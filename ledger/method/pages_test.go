package method

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
)

var update = flag.Bool("update", false, "write the results of the worked examples into docs/method")

const pages = "../../docs/method"

// ours reports whether a page is about a method of the ledger; those of the
// rooms have their own tests.
func ours(name string) bool {
	for _, p := range []string{"ledger-", "rule-", "period-", "journal-", "text-", "plausible-", "disclosure"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// Every method has a page and every page a method.
func TestEveryPageHasAMethod(t *testing.T) {
	known := map[string]bool{}
	for _, m := range List() {
		known[m.Page()] = true
	}
	index, err := os.ReadFile(filepath.Join(pages, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if ours(f.Name()) && !known[f.Name()] {
			t.Errorf("the page %s describes no method", f.Name())
		}
		if ours(f.Name()) && !strings.Contains(string(index), "("+f.Name()+")") {
			t.Errorf("docs/method/README.md does not list %s", f.Name())
		}
	}
}

// The worked examples of the pages are what the program computes.
func TestWorkedExamples(t *testing.T) {
	for _, wrong := range Pages(List(), os.DirFS(pages), keep()) {
		t.Error(wrong)
	}
}

// keep writes pages anew where the tests are told to.
func keep() func(string, []byte) error {
	if !*update {
		return nil
	}
	return func(name string, page []byte) error { return os.WriteFile(filepath.Join(pages, name), page, 0o600) }
}

// A page that falls short is told so.
func TestRecompute(t *testing.T) {
	m, err := Find("ledger.sum")
	if err != nil {
		t.Fatal(err)
	}
	page := "```json case\n{\"input\":{\"values\":[{\"value\":1}]}}\n```\n\n```json result\n{\"value\":2}\n```\n"
	fresh, wrong := m.Recompute([]byte(page))
	if !strings.Contains(string(fresh), `"value":1`) || len(wrong) != 1+len(pageParts)+1 {
		t.Errorf("%s %q", fresh, wrong)
	}
	if _, wrong := m.Recompute([]byte("Method `ledger.sum`, version 1")); len(wrong) != len(pageParts)+1 {
		t.Errorf("%q", wrong)
	}
}

func TestEveryMethodHasWords(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range List() {
		if seen[m.Name] || m.Version < 1 || m.Input == "" || m.Params == "" {
			t.Errorf("method %s: %+v", m.Name, m)
		}
		seen[m.Name] = true
		for _, c := range lang.Codes() {
			if m.Title[c] == "" {
				t.Errorf("method %s has no title in %s", m.Name, c)
			}
		}
	}
}
