package oc4ids

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
)

// kazakhstan is a country of a box, as tests need it.
func kazakhstan() *Home {
	return &Home{Code: "KZ", Currency: "KZT", Zone: "+05:00", Names: []string{"Kazakhstan", "Republic of Kazakhstan", "Казахстан", "Республика Казахстан", "Қазақстан", "Қазақстан Республикасы"},
		Box: Box{46.4, 40.5, 87.4, 55.5}}
}

func options() Options { return Options{Lang: lang.EN, Home: kazakhstan()} }

func check(t testing.TB, doc string) *Verdict {
	t.Helper()
	v, err := Check(strings.NewReader(doc), options())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// brief writes findings as "path rule", in order.
func brief(list []Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Path+" "+f.Rule)
	}
	return strings.Join(out, "; ")
}

// pack wraps projects in a sound package.
func pack(projects string) string {
	return `{"uri":"https://example.kz/works.json","publishedDate":"2026-01-31T10:00:00+05:00","version":"0.9","publisher":{"name":"Test"},"projects":[` + projects + `]}`
}

func TestCheck(t *testing.T) {
	const id = `"id":"oc4ids-abc123-1"`
	for _, tc := range []struct{ name, doc, errors, warnings string }{
		{"sound", pack(`{` + id + `}`), "", ""},
		{"no id", pack(`{"title":"x"}`), "/projects/0 required", ""},
		{"empty project", pack(`{}`), "/projects/0 minProperties; /projects/0 required", ""},
		{"not an object", pack(`5`), "/projects/0 type", ""},
		{"no projects", pack(``), "/projects minItems", ""},
		{"same project twice", pack(`{` + id + `},{` + id + `}`), "/projects uniqueItems", "/projects/1 duplicate-id"},
		{"title is a number", pack(`{` + id + `,"title":5}`), "/projects/0/title type", ""},
		{"title is empty", pack(`{` + id + `,"title":""}`), "/projects/0/title minLength", ""},
		{"title is null", pack(`{` + id + `,"title":null}`), "/projects/0/title type", ""},
		{"unknown status", pack(`{` + id + `,"status":"active"}`), "/projects/0/status enum", ""},
		{"status is a number", pack(`{` + id + `,"status":5}`), "/projects/0/status type; /projects/0/status enum", ""},
		{"sector outside the open list", pack(`{` + id + `,"sector":["hospitals"]}`), "", "/projects/0/sector/0 codelist-open"},
		{"sector as a text", pack(`{` + id + `,"sector":"health"}`), "/projects/0/sector type", ""},
		{"sector empty", pack(`{` + id + `,"sector":[]}`), "/projects/0/sector minItems", ""},
		{"sector twice", pack(`{` + id + `,"sector":["health","health"]}`), "/projects/0/sector uniqueItems", ""},
		{"day without hour", pack(`{` + id + `,"period":{"startDate":"2026-01-31"}}`), "/projects/0/period/startDate format", ""},
		{"days with a fraction", pack(`{` + id + `,"period":{"durationInDays":1.5}}`), "/projects/0/period/durationInDays type", ""},
		{"end before start", pack(`{` + id + `,"period":{"startDate":"2026-02-01T00:00:00Z","endDate":"2026-01-31T00:00:00Z"}}`), "", "/projects/0/period/endDate date-order"},
		{"year 0202", pack(`{` + id + `,"period":{"startDate":"0202-02-01T00:00:00Z"}}`), "", "/projects/0/period/startDate year"},
		{"currency in small letters", pack(`{` + id + `,"budget":{"amount":{"amount":1,"currency":"kzt"}}}`), "/projects/0/budget/amount/currency enum", ""},
		{"no currency", pack(`{` + id + `,"budget":{"amount":{"amount":-1}}}`), "", "/projects/0/budget/amount/amount negative; /projects/0/budget/amount currency-missing"},
		{"location without id", pack(`{` + id + `,"locations":[{"description":"x"}]}`), "/projects/0/locations/0 required", ""},
		{"latitude first", pack(`{` + id + `,"locations":[{"id":"1","geometry":{"type":"Point","coordinates":[51.1,71.4]}}]}`), "", "/projects/0/locations/0/geometry/coordinates coordinates-order"},
		{"off the earth", pack(`{` + id + `,"locations":[{"id":"1","geometry":{"type":"Point","coordinates":[510,71.4]}}]}`), "", "/projects/0/locations/0/geometry/coordinates coordinates"},
		{"coordinates of texts", pack(`{` + id + `,"locations":[{"id":"1","geometry":{"type":"Point","coordinates":["71","51"]}}]}`),
			"/projects/0/locations/0/geometry/coordinates/0 type; /projects/0/locations/0/geometry/coordinates/1 type", "/projects/0/locations/0/geometry/coordinates coordinates"},
		{"release without url", pack(`{` + id + `,"contractingProcesses":[{"id":"1","releases":[{"id":"1","tag":["award"],"date":"2026-01-01T00:00:00Z"}]}]}`), "/projects/0/contractingProcesses/0/releases/0 required", ""},
		{"unknown field", pack(`{` + id + `,"colour":"red"}`), "", "/projects/0/colour unknown-field"},
		{"field with a slash and a tilde", pack(`{` + id + `,"a/b~c":"red"}`), "", "/projects/0/a~1b~0c unknown-field"},
		{"id without prefix", pack(`{"id":"1"}`), "", "/projects/0/id project-id-prefix"},
		{"party twice", pack(`{` + id + `,"parties":[{"id":"1","name":"a"},{"id":"1","name":"b"}]}`), "", "/projects/0/parties/1/id duplicate-id"},
		{"authority that is no party", pack(`{` + id + `,"publicAuthority":{"id":"7"}}`), "", "/projects/0/publicAuthority/id dangling-reference"},
		{"interest below zero", pack(`{` + id + `,"budget":{"finance":[{"id":"1","paymentFrequency":-1}]}}`), "/projects/0/budget/finance/0/paymentFrequency minimum", ""},
		{"key twice", pack(`{` + id + `,"title":"a","title":"b"}`), "/projects/0/title duplicate-key", ""},
		{"number beyond measure", pack(`{` + id + `,"budget":{"amount":{"amount":1e999,"currency":"KZT"}}}`), "/projects/0/budget/amount/amount number", ""},
		{"progress of 140 %", pack(`{` + id + `,"metrics":[{"id":"physicalProgress","observations":[{"id":"1","measure":140,"unit":{"name":"percent"}}]}]}`), "", "/projects/0/metrics/0/observations/0/measure percent"},
		{"read as Windows-1251", pack(`{` + id + `,"title":"РђСЃС‚Р°РЅР°"}`), "", "/projects/0/title encoding"},
		{"bytes of Windows-1251", pack(`{` + id + ",\"title\":\"\xc0\xf1\xf2\xe0\xed\xe0\"}"), "/projects/0/title encoding", ""},
		{"bare project", `{` + id + `,"title":""}`, "/title minLength", " package"},
		{"bare list", `[{` + id + `},{"title":"x"}]`, "/1 required", " package"},
		{"only the package", `{}`, " required; " + " required; " + " required; " + " required; " + " required", ""},
		{"version with three numbers", strings.Replace(pack(`{`+id+`}`), `"0.9"`, `"0.9.5"`, 1), "/version pattern", ""},
		{"version as a number", strings.Replace(pack(`{`+id+`}`), `"0.9"`, `0.9`, 1), "/version type", ""},
		{"cut", `{"projects":[{"id":"1"}`, "/projects json", "/projects/0/id project-id-prefix"},
		{"empty file", ``, " json", ""},
		{"spreadsheet", "id;title\n1;2", " json", ""},
		{"byte order mark", "\ufeff" + pack(`{`+id+`}`), "", " encoding"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := check(t, tc.doc)
			if got := brief(v.Errors); got != tc.errors {
				t.Errorf("errors   %q\nwant     %q", got, tc.errors)
			}
			if got := brief(v.Warnings); got != tc.warnings {
				t.Errorf("warnings %q\nwant     %q", got, tc.warnings)
			}
			if v.Valid != (tc.errors == "") {
				t.Errorf("valid = %v", v.Valid)
			}
		})
	}
}

func TestEmptyListsAreListsInJSON(t *testing.T) {
	raw, err := json.Marshal(check(t, pack(`{"id":"oc4ids-abc123-1"}`)))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"valid":true,"errors":[],"warnings":[],`; !strings.HasPrefix(string(raw), want) {
		t.Errorf("got %s, want %s...", raw, want)
	}
}

// Every key of a sentence in the source has its sentence in three languages.
func TestSentences(t *testing.T) {
	for key, s := range sentences {
		for _, c := range lang.Codes() {
			if strings.TrimSpace(s[c]) == "" {
				t.Errorf("%s has no %s", key, c)
			}
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := regexp.MustCompile(`(?:\.(?:bad|odd)\([\w.()]+, "[\w-]+", |say\([\w.]+, |fail\("[\w-]+", )"(\w+)"`)
	n := 0
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllSubmatch(raw, -1) {
			n++
			if sentences[string(m[1])] == nil {
				t.Errorf("%s: no sentence %s", f, m[1])
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d keys found in the source", n)
	}
}
