package forecast

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
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

// Every note has a text in every language.
func TestNotesHaveWords(t *testing.T) {
	for n, text := range noteTexts {
		for _, c := range lang.Codes() {
			if strings.TrimSpace(text[c]) == "" {
				t.Errorf("note %s has no text in %s", n, c)
			}
		}
	}
}

// A case that is not of the form of its method is refused with the field.
func TestBadCases(t *testing.T) {
	for _, tc := range []struct{ name, input, params, says string }{
		{"works.earned-value", `{"budget":1.001}`, ``, "at most two places"},
		{"works.earned-value", `{"budget":"1e30"}`, ``, "not an amount"},
		{"works.earned-value", `{"budget":1}`, `{"formula":"best"}`, "a formula is"},
		{"works.earned-schedule", `{}`, ``, "what is earned"},
		{"works.earned-schedule", `{"earned":1}`, ``, "either plan by periods"},
		{"works.earned-schedule", `{"earned":1,"at":1,"plan":{"a":1}}`, ``, "list of numbers"},
		{"works.earned-schedule", `{"earned":1,"start":"2026-01-01","day":"2026-01-02","plan":[1]}`, ``, "list of {day, value}"},
		{"works.earned-schedule", `{"earned":1,"start":"2026-01-01","day":"2026-01-02","plan":[{"value":1}]}`, ``, "needs day"},
		{"works.earned-schedule", `{"stages":[{"name":"a","weight":1}],"day":"2026-01-01"}`, ``, "needs start and end"},
		{"works.earned-schedule", `{"stages":[]}`, ``, "only the day"},
		{"works.earned-schedule", `{"earned":1,"start":"2026-02-30"}`, ``, "YYYY-MM-DD"},
		{"works.reference-class", `{"cases":[{"id":"a"}]}`, ``, "either a ratio"},
		{"works.reference-class", `{"cases":[{"id":"a","planned":0,"actual":1}]}`, ``, "planned above 0"},
		{"works.reference-class", `{}`, `{"chance":1}`, "between 0 and 1"},
		{"works.reference-class", `{}`, `{"confidence":0}`, "confidence"},
		{"works.reference-class", `{}`, `{"minimum":0}`, "at least one"},
		{"works.reference-class", `{}`, `{"prior":"cost.luck"}`, "no published class"},
		{"works.reference-class", `{}`, `{"prior_cases":-1}`, "weight"},
		{"works.reference-class", `{"elapsed":5}`, ``, "needs planned"},
		{"works.reference-class", `{"parts":[{"prior":"x","share":1}]}`, ``, "no published class"},
		{"works.forecast-score", `{"forecasts":[{"project":"a"}]}`, ``, "needs project and made"},
		{"works.forecast-score", `{"forecasts":[{"project":"a","made":"2026-01-01","p50":"2026-02-01"}]}`, ``, "give as_of"},
		{"works.end-forecast", `{}`, ``, "give report"},
		{"works.end-forecast", `{"report":"2026-01-01","percent":101}`, ``, "0 to 100"},
		{"works.end-forecast", `{"report":"2026-01-01","stages":[{"name":"a"}]}`, ``, "needs start and end"},
		{"works.end-forecast", `{"report":"2026-01-01","percent":5,"stages":[{"name":"a","start":"2026-01-01","end":"2026-01-01","done":1}]}`, ``, "either percent"},
		{"works.end-forecast", `{"report":"2026-01-02","today":"2026-01-01"}`, ``, "lies after"},
		{"works.end-forecast", `{"report":"2026-01-01"}`, `{"correlation":2}`, "correlation"},
		{"works.stage-simulation", `{"stages":[]}`, ``, "day of the last report"},
		{"works.stage-simulation", `{"from":"2026-01-01","stages":[{"name":"a","after":["b"]}]}`, ``, "after the names"},
		{"works.stage-simulation", `{"from":"2026-01-01","stages":[{"name":"a","days":-1}]}`, ``, "planned length"},
		{"works.stage-simulation", `{"from":"2026-01-01","stages":[]}`, `{"runs":1}`, "runs"},
		{"works.stage-simulation", `{"from":"2026-01-01","stages":[{"name":"a","spread":{"shape":"x"}}]}`, ``, "a shape is"},
		{"works.burn", `{"amount":1}`, ``, "give spent"},
		{"works.burn", `{"amount":1,"spent":0}`, ``, "from, to and day"},
		{"works.burn", `{"amount":1,"spent":0,"from":"2026-01-01","to":"2026-12-31","day":"2026-02-01","plan":[{"value":1}]}`, ``, "needs day"},
	} {
		m, err := method.Together(Methods()).Find(tc.name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = m.Run(json.RawMessage(tc.input), json.RawMessage(tc.params))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s %s: %v, want a fault that says %q", tc.name, tc.input, err, tc.says)
		}
	}
}

// Whatever is sent, a method answers or refuses; it never panics, and never
// answers what JSON cannot say.
func FuzzMethods(f *testing.F) {
	for _, m := range Methods() {
		f.Add(m.Name, `{"earned":1,"at":2,"plan":[1,2]}`, `{}`)
	}
	f.Add("works.burn", `{"amount":1,"from":"2026-01-01","to":"2026-12-31","day":"2026-02-01","spent":0.5,"patients":3}`, ``)
	f.Add("works.earned-value", `{"budget":150,"planned":130,"earned":90,"spent":170,"pace":0.7}`, ``)
	f.Add("works.earned-schedule", `{"stages":[{"name":"a","weight":1,"start":"2026-01-01","end":"2026-02-01","done":0.5}],"day":"2026-01-10"}`, ``)
	f.Add("works.reference-class", `{"cases":[{"id":"a","classes":["x"],"ratio":1.5}],"classes":["x"],"planned":10,"elapsed":3}`, `{"prior":"cost.rail","prior_cases":3}`)
	f.Add("works.forecast-score", `{"as_of":"2026-06-10","forecasts":[{"project":"a","made":"2026-01-31","p50":"2026-05-11","p80":"2026-05-31","declared":"2026-04-01","ended":"2026-05-20"}]}`, ``)
	f.Add("works.end-forecast", `{"report":"2025-09-30","today":"2026-01-01","declared":"2025-12-31","percent":65,"stages":[{"name":"a","weight":5,"start":"2025-01-01","end":"2025-06-29"}],"ratios":[1,2]}`, `{"runs":100}`)
	f.Add("works.stage-simulation", `{"from":"2026-01-31","stages":[{"name":"a","days":30,"spread":{"shape":"class","cases":[1,2],"tail":1}}]}`, `{"runs":100}`)
	all := method.Together(Methods())
	f.Fuzz(func(t *testing.T, name, input, params string) {
		m, err := all.Find(name)
		if err != nil {
			return
		}
		if err := m.Sound(json.RawMessage(input), json.RawMessage(params)); err != nil {
			t.Fatalf("%s of %q: %v", name, input, err)
		}
	})
}
