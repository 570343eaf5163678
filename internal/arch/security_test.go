package arch

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page of what is refused names the tests that try it; each of them is
// there.
func TestTheSecurityPageNamesTests(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "guide", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := Tracked(root)
	if err != nil {
		t.Skipf("not under version control here: %v", err)
	}
	var source strings.Builder
	for _, name := range files {
		if !strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		source.Write(text)
	}
	names := regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(string(page), -1)
	if len(names) < 30 {
		t.Fatalf("only %d tests are named", len(names))
	}
	for _, m := range names {
		if !strings.Contains(source.String(), "func "+m[1]+"(") {
			t.Errorf("docs/guide/security.md names %s, which is no test", m[1])
		}
	}
}
