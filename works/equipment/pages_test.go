package equipment

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger/method"
)

var update = flag.Bool("update", false, "write the results of the worked examples into docs/method")

const pages = "../../docs/method"

// Every method has a page in the index, and the worked examples of the pages
// are what the program computes.
func TestPages(t *testing.T) {
	for _, wrong := range method.Pages(Methods(), os.DirFS(pages), keep()) {
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

// A case that is not of the form of its method is refused with the field.
func TestBadCases(t *testing.T) {
	for _, tc := range []struct{ name, input, says string }{
		{"works.availability", `{}`, "from and until"},
		{"works.availability", `{"from":"2026-02-01","until":"2026-01-01"}`, "before it begins"},
		{"works.availability", `{"from":"2026-01-01","until":"2026-02-01","outages":[{"until":"2026-01-05"}]}`, "needs from"},
		{"works.availability", `{"from":"2026-01-01","until":"2026-02-01","outages":[{"from":"2026-01-05","until":"2026-01-04"}]}`, "before it begins"},
		{"works.service-due", `{"months":0,"day":"2026-01-01"}`, "1 to 240"},
		{"works.service-due", `{"months":6}`, "give the day"},
	} {
		m, err := method.Together(Methods()).Find(tc.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = m.Run(json.RawMessage(tc.input), nil); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s %s: %v, want a fault that says %q", tc.name, tc.input, err, tc.says)
		}
	}
}

// Whatever is sent, a method answers or refuses.
func FuzzMethods(f *testing.F) {
	f.Add("works.availability", `{"from":"2026-01-01","until":"2027-01-01","serving":[{"from":"2025-01-01"}],"outages":[{"from":"2026-03-01","until":"2026-03-11"}]}`)
	f.Add("works.service-due", `{"months":6,"last":"2026-01-31","day":"2026-11-24"}`)
	all := method.Together(Methods())
	f.Fuzz(func(t *testing.T, name, input string) {
		m, err := all.Find(name)
		if err != nil {
			return
		}
		if err := m.Sound(json.RawMessage(input), nil); err != nil {
			t.Fatalf("%s of %q: %v", name, input, err)
		}
	})
}
