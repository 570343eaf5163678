package httpapi

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// A part of a path that no field reads would always be empty.
func TestEveryPartOfAPathIsRead(t *testing.T) {
	body, err := Description("0")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal(body, &doc); err != nil {
		t.Fatal(err)
	}
	part := regexp.MustCompile(`\{(\w+)\}`)
	for path, methods := range doc.Paths {
		if strings.Contains(path, ".") {
			continue // a table for download, which takes its path apart itself
		}
		for method, op := range methods {
			read := map[string]bool{}
			for _, p := range op.Parameters {
				read[p.Name] = read[p.Name] || p.In == "path"
			}
			for _, m := range part.FindAllStringSubmatch(path, -1) {
				if !read[m[1]] {
					t.Errorf("%s %s never reads %s", method, path, m[1])
				}
			}
		}
	}
}
