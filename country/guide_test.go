package country_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every table and every column that the loader reads is in the guide.
func TestGuideIsComplete(t *testing.T) {
	guide, err := os.ReadFile("../docs/guide/country-pack.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("load.go")
	if err != nil {
		t.Fatal(err)
	}
	need := func(pattern, suffix string) {
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(source), -1) {
			if !strings.Contains(string(guide), "`"+m[1]+suffix+"`") {
				t.Errorf("docs/guide/country-pack.md does not explain `%s%s`", m[1], suffix)
			}
		}
	}
	need(`"([a-z_]+\.csv)"`, "")
	need(`r\.(?:need|text|integer|float|decimal|date|period)\("([a-z_]+)"\)`, "")
	need(`r\.names\("([a-z_]+)"\)`, "_*")
}
