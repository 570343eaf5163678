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
	var source []byte
	for _, file := range []string{"load.go", "load_places.go", "load_said.go", "load_works.go", "load_access.go", "load_roads.go", "load_villages.go"} {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		source = append(source, body...)
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
