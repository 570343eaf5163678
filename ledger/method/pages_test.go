package method

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
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
func TestEveryMethodHasAPage(t *testing.T) {
	known := map[string]bool{}
	for _, m := range List() {
		known[m.Page()] = true
		b, err := os.ReadFile(filepath.Join(pages, m.Page()))
		if err != nil {
			t.Errorf("method %s has no page: %v", m.Name, err)
			continue
		}
		for _, part := range []string{"Method `" + m.Name + "`, version ", "## Definition", "## Worked examples", "## Edge cases", "## Source"} {
			if !bytes.Contains(b, []byte(part)) {
				t.Errorf("%s has no %q", m.Page(), part)
			}
		}
		if bytes.Count(b, []byte("```json case")) == 0 {
			t.Errorf("%s has no worked example", m.Page())
		}
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

var rxExample = regexp.MustCompile("(?s)```json case\n(.*?)\n```\n\n```json result\n(.*?)\n```")

// The worked examples of the pages are what the program computes.
func TestWorkedExamples(t *testing.T) {
	for _, m := range List() {
		path := filepath.Join(pages, m.Page())
		text, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		fresh := rxExample.ReplaceAllFunc(text, func(block []byte) []byte {
			parts := rxExample.FindSubmatch(block)
			var c struct{ Input, Params json.RawMessage }
			if err := json.Unmarshal(parts[1], &c); err != nil {
				t.Errorf("%s: %v in %s", m.Page(), err, parts[1])
				return block
			}
			r, err := m.Run(c.Input, c.Params)
			if err != nil {
				t.Errorf("%s: %v in %s", m.Page(), err, parts[1])
				return block
			}
			got, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			var want bytes.Buffer
			if err := json.Compact(&want, parts[2]); err == nil && want.String() != string(got) && !*update {
				t.Errorf("%s: %s\ngives %s\npage  %s", m.Page(), parts[1], got, parts[2])
			}
			return bytes.Replace(block, parts[2], got, 1)
		})
		if *update && !bytes.Equal(fresh, text) {
			if err := os.WriteFile(path, fresh, 0o600); err != nil {
				t.Fatal(err)
			}
		}
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
