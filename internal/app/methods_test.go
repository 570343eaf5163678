package app

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
)

// Every method of every room has a name of its own, words and a line on its input.
func TestMethodsHaveNamesAndWords(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Methods() {
		if seen[m.Name] || m.Version < 1 || m.Input == "" || m.Params == "" || strings.ToLower(m.Name) != m.Name {
			t.Errorf("method %s: %+v", m.Name, m)
		}
		seen[m.Name] = true
		for _, c := range lang.Codes() {
			if m.Title[c] == "" {
				t.Errorf("method %s has no title in %s", m.Name, c)
			}
		}
		if found, err := Methods().Find(strings.NewReplacer("-", "_", "_", "-").Replace(m.Name)); err != nil || found.Name != m.Name {
			t.Errorf("%s is not found with other hyphens: %v", m.Name, err)
		}
		if found, err := Methods().Find(m.Name); err != nil || found.Name != m.Name {
			t.Errorf("%s is not found: %v", m.Name, err)
		}
	}
}
