package method

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"pgregory.net/rapid"
)

func run(t *testing.T, name, input, params string) (Result, error) {
	t.Helper()
	m, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return m.Run(json.RawMessage(input), json.RawMessage(params))
}

func TestFind(t *testing.T) {
	if m, err := Find("ledger.sum"); err != nil || m.Name != "ledger.sum" {
		t.Errorf("%v %v", m.Name, err)
	}
	for name, hint := range map[string]string{"ledger.delivred": "did you mean ledger.delivered", "xyzzy": "method list"} {
		if _, err := Find(name); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), hint) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := (Method{Name: "x"}).Run(nil, nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("a method that is not in the list: %v", err)
	}
}

// A case that is not of the form of its method is refused with the field.
func TestBadCases(t *testing.T) {
	for _, tc := range []struct{ name, input, params, says string }{
		{"ledger.sum", ``, ``, "a case is a JSON object"},
		{"ledger.sum", `{"value":[]}`, ``, `unknown field "value"`},
		{"ledger.sum", `{"values":[]} {}`, ``, "one JSON value"},
		{"ledger.sum", `{"values":[{"value":1,"qualifier":"perhaps"}]}`, ``, "a qualifier is"},
		{"ledger.sum", `{"values":[{"value":"many"}]}`, ``, "not a decimal number"},
		{"ledger.sum", `{"values":[{"value":1e100000}]}`, ``, "not a decimal number"},
		{"ledger.sum", `{"values":[{"value":1` + strings.Repeat("0", 60) + `}]}`, ``, "at most 60"},
		{"ledger.sum", `{"values":[{"value":1}]}`, `{"about_tolerance":2}`, "between 0 and 1"},
		{"ledger.sum", `{"values":[{"value":1}]}`, `{"tolerance":2}`, "unknown field"},
		{"ledger.sum", `{`, ``, "unexpected EOF"},
		{"ledger.share", `{"part":{"value":1}}`, ``, "either whole, or rest"},
		{"ledger.share", `{"part":{"value":1},"rest":[{"value":1}],"whole":[{"value":1}]}`, ``, "either whole, or rest"},
		{"ledger.share", `{"part":{"value":1,"qualifier":"x"},"rest":[{"value":1}]}`, ``, "a qualifier is"},
		{"ledger.share", `{"part":{"value":1},"rest":[{"value":1,"qualifier":"x"}]}`, ``, "a qualifier is"},
		{"ledger.share", `{"part":{"value":1},"rest":[{"value":1}]}`, `{"places":99}`, "0 to 12"},
		{"ledger.change", `{"base":{"value":1},"now":{"value":2}}`, `{"x":1}`, "takes no params"},
		{"ledger.change", `{"base":{"count":-1,"population":5},"now":{"count":1,"population":5}}`, ``, "not negative"},
		{"ledger.delivered", `{"promise":{"value":5},"as_of":"tomorrow"}`, ``, "YYYY-MM-DD"},
		{"ledger.delivered", `{"promise":{"value":5,"period":"soon"}}`, ``, "not a period"},
		{"ledger.delivered", `{"promise":{"value":5,"dimensions":"x"}}`, ``, "key=value"},
		{"ledger.delivered", `{"promise":{"value":5,"place":"Atlantis"}}`, ``, "not in the list of places"},
		{"ledger.delivered", `{"promise":{"value":5,"deadline":"soon"}}`, ``, "YYYY-MM-DD"},
		{"ledger.delivered", `{"promise":{"value":5,"qualifier":"x"}}`, ``, "a qualifier is"},
		{"ledger.delivered", `{"promise":{"value":5},"figures":[{"value":1,"published_at":"x"}]}`, ``, "YYYY-MM-DD"},
		{"ledger.delivered", `{"promise":{"value":5},"places":[{"code":"a","parent":"b"}]}`, ``, ""},
		{"ledger.delivered", `{"promise":{"value":5}}`, `{"polarity":"sideways"}`, "polarity is up"},
		{"ledger.delivered", `{"promise":{"value":5}}`, `{"about_tolerance":-1}`, "between 0 and 1"},
		{"ledger.total", `{"promises":[{"id":"a","value":1,"unit":"bed"},{"id":"b","value":1,"unit":"km"}]}`, ``, "different units"},
		{"ledger.total", `{"promises":[{"id":"a","value":1,"deadline":"x"}]}`, ``, "YYYY-MM-DD"},
		{"ledger.total", `{"promises":[],"as_of":"x"}`, ``, "YYYY-MM-DD"},
		{"ledger.state", `{"target":5}`, ``, "give the day"},
		{"ledger.state", `{"target":5,"as_of":"2026-01-01","evidence":[{"relation":"proves"}]}`, ``, "evidence supports"},
		{"ledger.state", `{"target":5,"as_of":"2026-01-01","evidence":[{"relation":"supports","published_at":"x"}]}`, ``, "YYYY-MM-DD"},
		{"ledger.state", `{"target":5,"as_of":"2026-01-01","moves":[{"deadline":"soon"}]}`, ``, "YYYY-MM-DD"},
		{"ledger.state", `{"target":5,"as_of":"2026-01-01","moves":[{"deadline":"2026-02-01","published_at":"x"}]}`, ``, "YYYY-MM-DD"},
		{"ledger.state", `{"target":5,"as_of":"2026-01-01","delivered":1,"delivered_qualifier":"x"}`, ``, "a qualifier is"},
		{"ledger.headline", `{"figures":[{"value":1,"published_at":"x"}]}`, ``, "YYYY-MM-DD"},
		{"ledger.id", `{"measure":"m"}`, ``, "needs measure, place, unit and source"},
		{"ledger.id", `{"period":"x"}`, ``, "not a period"},
		{"ledger.id", `{"dimensions":"x"}`, ``, "key=value"},
		{"ledger.id", `{"qualifier":"x"}`, ``, "a qualifier is"},
		{"period.parse", `{"text":"2025-13"}`, ``, "not a period"},
		{"text.compare", `{"a":"a","b":"b"}`, `{"language":"` + strings.Repeat("x", 36) + `"}`, "short code"},
		{"rule.said_twice", `{"statements":[{"value":1}]}`, ``, "needs an id"},
		{"rule.said_twice", `{"statements":[{"id":"a","value":1,"role":"rumour"}]}`, ``, "a promise or a claim"},
		{"rule.said_twice", `{"statements":[{"id":"a","value":1,"deadline":"x"}]}`, ``, "YYYY-MM-DD"},
		{"rule.said_twice", `{"statements":[{"id":"a","value":1,"period":"x"}]}`, ``, "not a period"},
		{"rule.said_twice", `{"answers":[{"about":"case","on":"x"}]}`, ``, "YYYY-MM-DD"},
		{"rule.said_twice", `{"as_of":"x"}`, ``, "YYYY-MM-DD"},
	} {
		_, err := run(t, tc.name, tc.input, tc.params)
		if err == nil || !strings.Contains(err.Error(), tc.says) || fault.KindOf(err) == fault.Internal {
			t.Errorf("%s %.80s %s: %v, want a fault that says %q", tc.name, tc.input, tc.params, err, tc.says)
		}
	}
	if _, err := run(t, "ledger.sum", strings.Repeat(" ", maxCase+1), ""); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a case of 4 MB and more: %v", err)
	}
	for _, m := range List() { // none takes what is no object
		for _, input := range []string{`[]`, `"x"`, `{"nonsense":1}`} {
			if _, err := m.Run(json.RawMessage(input), nil); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s of %s: %v", m.Name, input, err)
			}
		}
	}
}

// Where nothing may be shown the value is null and a note says why.
func TestRefusals(t *testing.T) {
	for _, tc := range []struct{ name, input, note string }{
		{"ledger.sum", `{"values":[]}`, "nothing to add"},
		{"ledger.sum", `{"values":[{"value":1},{"value":null}]}`, "unknown"},
		{"ledger.share", `{"part":{"value":null},"rest":[{"value":1}]}`, "part is unknown"},
		{"ledger.share", `{"part":{"value":1},"rest":[{"value":null}]}`, "unknown"},
		{"ledger.share", `{"part":{"value":0},"whole":[{"value":0}]}`, "not above zero"},
		{"ledger.change", `{"base":{"value":1},"now":{}}`, "needs the value"},
		{"ledger.change", `{"base":{"value":0},"now":{"value":1}}`, "from zero"},
		{"ledger.change", `{"base":{"count":0,"population":9},"now":{"count":0,"population":9}}`, "nothing was counted"},
		{"ledger.change", `{"base":{"count":0,"population":9},"now":{"count":3,"population":9}}`, "from zero"},
		{"ledger.delivered", `{"as_of":"2026-01-01","promise":{"value":5,"published_at":"2026-01-02"}}`, "not been published"},
		{"ledger.delivered", `{"promise":{"value":5},"figures":[{"value":null}]}`, "unknown is not zero"},
		{"ledger.total", `{"promises":[]}`, "no promise"},
		{"ledger.total", `{"promises":[{"id":"a","value":null}]}`, "no promise"},
		{"ledger.state", `{"target":5,"as_of":"2026-01-01","published_at":"2026-01-02"}`, "not been published"},
		{"ledger.headline", `{"figures":[]}`, "nobody"},
		{"ledger.headline", `{"figures":[{"source":"a","value":null}]}`, "no number"},
		{"journal.chain", `{"entries":[]}`, "empty journal"},
		{"text.match", `{"query":"…","candidate":"Астана"}`, "empty query"},
		{"rule.sum_of_parts", `{"statements":[]}`, "nothing to judge"},
	} {
		r, err := run(t, tc.name, tc.input, "{}")
		if err != nil || r.Value != nil || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], tc.note) {
			t.Errorf("%s %s: %v %v %v, want a note with %q", tc.name, tc.input, r.Value, r.Notes, err, tc.note)
			continue
		}
		if b, err := json.Marshal(r); err != nil || !strings.Contains(string(b), `"value":null,"intervals":[],"notes":["`) {
			t.Errorf("%s: %s %v", tc.name, b, err)
		}
	}
}

func TestNotes(t *testing.T) {
	for _, tc := range []struct{ name, input, note string }{
		{"ledger.share", `{"part":{"value":5},"whole":[{"value":4}]}`, "larger than the whole"},
		{"ledger.share", `{"part":{"value":5,"qualifier":">="},"whole":[{"value":9,"qualifier":">="}]}`, "nothing definite"},
		{"ledger.state", `{"target":5,"as_of":"2026-01-01","delivered":5,"delivered_published_at":"2026-01-02"}`, "had not been published"},
		{"ledger.change", `{"base":{"count":11,"population":30000},"now":{"count":4,"population":31000}}`, "may be chance"},
	} {
		r, err := run(t, tc.name, tc.input, "")
		if err != nil || !strings.Contains(strings.Join(r.Notes, " "), tc.note) || r.Value == nil {
			t.Errorf("%s %s: %v %v, want a note with %q", tc.name, tc.input, r.Notes, err, tc.note)
		}
	}
}

// A journal whose hashes are given is verified.
func TestChainVerifies(t *testing.T) {
	entry := func(detail, hash string) string {
		return `{"chain":"main","at":"2026-11-23T09:00:00Z","actor":"local","op":"import","subject":"doc.txt","detail":"` + detail + `","hash":"` + hash + `"}`
	}
	first, err := run(t, "journal.chain", `{"entries":[`+entry("a", "")+`]}`, "")
	if err != nil {
		t.Fatal(err)
	}
	hash := first.Value.(string)
	if r, _ := run(t, "journal.chain", `{"entries":[`+entry("a", hash)+`,`+entry("b", "")+`]}`, ""); r.Value == nil {
		t.Errorf("an honest journal: %v", r.Notes)
	}
	if r, _ := run(t, "journal.chain", `{"entries":[`+entry("changed", hash)+`]}`, ""); r.Value != nil {
		t.Error("a changed entry was not noticed")
	}
}

func TestEachCase(t *testing.T) {
	for _, tc := range []struct {
		text string
		n    int
		many bool
	}{
		{`{"input":{"a":1}}`, 1, false},
		{`[{"input":1,"params":{}},{"input":2}]`, 2, true},
		{"{\"input\":1}\n{\"input\":2}\n\n{\"input\":3}\n", 3, false},
	} {
		n := 0
		err := EachCase([]byte(tc.text), func(c Case, many bool) error {
			n++
			if many != tc.many || len(c.Input) == 0 {
				t.Errorf("%q: many %v, input %s", tc.text, many, c.Input)
			}
			return nil
		})
		if err != nil || n != tc.n {
			t.Errorf("%q: %d cases, %v", tc.text, n, err)
		}
	}
	for _, text := range []string{"", " \n", "x", `{"inputs":1}`, `[{"input":1},7]`, `{"input":1}{`, `[1`} {
		if err := EachCase([]byte(text), func(Case, bool) error { return nil }); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	stop := errors.New("stop")
	if err := EachCase([]byte(`[{"input":1},{"input":2}]`), func(Case, bool) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("stopped: %v", err)
	}
	many := "[" + strings.Repeat(`{"input":1},`, maxCases) + `{"input":1}]`
	if err := EachCase([]byte(many), func(Case, bool) error { return nil }); !fault.Is(err, fault.TooLarge) {
		t.Errorf("too many: %v", err)
	}
}

// The order of the terms changes nothing, and the value lies in the interval
// unless the word excludes it.
func TestSumProperties(t *testing.T) {
	m, _ := Find("ledger.sum")
	rapid.Check(t, func(t *rapid.T) {
		term := rapid.Custom(func(t *rapid.T) string {
			return `{"value":` + rapid.StringMatching(`-?[1-9][0-9]{0,5}(\.[0-9]{1,4})?`).Draw(t, "v") + `,"qualifier":"` + rapid.SampledFrom([]string{"", "about", "<~", ">=", ">", "<=", "<"}).Draw(t, "q") + `"}`
		})
		terms := rapid.SliceOfN(term, 1, 6).Draw(t, "terms")
		other := rapid.Permutation(terms).Draw(t, "order")
		text := func(list []string) string {
			r, err := m.Run(json.RawMessage(`{"values":[`+strings.Join(list, ",")+`]}`), nil)
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		if a, b := text(terms), text(other); a != b {
			t.Fatalf("%s and %s", a, b)
		}
	})
}

// Whatever is sent, a method answers or refuses; it never panics.
func FuzzRun(f *testing.F) {
	for _, m := range List() {
		f.Add(m.Name, `{"values":[{"value":1}],"statements":[{"id":"a","value":1}],"text":"2025"}`, `{"whole":"a","parts":"a"}`)
	}
	f.Fuzz(func(t *testing.T, name, input, params string) {
		m, err := Find(name)
		if err != nil {
			return
		}
		if err := m.Sound(json.RawMessage(input), json.RawMessage(params)); err != nil {
			t.Fatalf("%s of %q: %v", name, input, err)
		}
	})
}
