package oc4ids

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/shanyraq/shanyraq/fault"
)

func wholeDoc(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/whole.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// The document with every field of the standard is valid, and nothing in it is
// repaired, doubted or lost.
func TestWholeDocumentIsSound(t *testing.T) {
	doc := wholeDoc(t)
	if v := check(t, doc); !v.Valid || len(v.Warnings) > 0 {
		t.Fatalf("errors %q, warnings %q", brief(v.Errors), brief(v.Warnings))
	}
	got := mend(t, doc)
	if len(got) != 1 || !got[0].Accepted || len(got[0].Repairs)+len(got[0].Problems) > 0 {
		t.Fatalf("%+v", got)
	}
	for name, f := range facts().forms {
		for _, x := range f.fields {
			if !strings.Contains(doc, `"`+x.name+`"`) {
				t.Errorf("the document lacks %s of %s", x.name, name)
			}
		}
	}
}

func TestRepairOfTheFile(t *testing.T) {
	const p = `{"id":"oc4ids-abc123-1","title":"Аурухана"}`
	wide := func(s string, big bool) string {
		var b bytes.Buffer
		for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(s))...) {
			if big {
				b.Write([]byte{byte(u >> 8), byte(u)})
			} else {
				b.Write([]byte{byte(u), byte(u >> 8)})
			}
		}
		return b.String()
	}
	for _, tc := range []struct{ name, doc, repairs, problems, accepted string }{
		{"byte order mark", "\ufeff" + pack(p), ` "UTF-8 with byte order mark" -> "UTF-8"`, "", "yes"},
		{"UTF-16 little endian", wide(pack(p), false), ` "UTF-16 little endian" -> "UTF-8"`, "", "yes"},
		{"UTF-16 big endian", wide(pack(p), true), ` "UTF-16 big endian" -> "UTF-8"`, "", "yes"},
		{"UTF-16 without mark", wide(pack(p), false)[2:], ` "UTF-16 little endian" -> "UTF-8"`, "", "yes"},
		{"bare project", p, "", " package", "yes"},
		{"bare list", `[` + p + `]`, "", " package", "yes"},
		{"projects in other letters", strings.Replace(pack(p), `"projects"`, `"Projects"`, 1), `/Projects "Projects" -> "projects"`, "", "yes"},
		{"one project where the list belongs", strings.Replace(strings.TrimSuffix(pack(p), "]}")+"}", `"projects":[`, `"projects":`, 1), `/projects ` + p + ` -> [` + p + `]`, "", "yes"},
		{"version of three numbers", strings.Replace(pack(p), `"0.9"`, `"0.9.3"`, 1), `/version "0.9.3" -> "0.9"`, "", "yes"},
		{"version as a number", strings.Replace(pack(p), `"0.9"`, `0.9`, 1), `/version 0.9 -> "0.9"`, "", "yes"},
		{"day of publication", strings.Replace(pack(p), `2026-01-31T10:00:00+05:00`, `2026-01-31`, 1), `/publishedDate "2026-01-31" -> "2026-01-31T00:00:00Z"`, "", "yes"},
		{"nobody publishes", strings.Replace(pack(p), `"publisher":{"name":"Test"},`, ``, 1), "", " required", "yes"},
		{"project without id", pack(`{"title":"x"}`), "", " required", "no"},
		{"project of null", pack(`null`), "", " type", "no"},
		{"project that is empty", pack(`{}`), "{} -> null", " required", "no"},
		{"two of one id", pack(p + `,{"id":"oc4ids-abc123-1","title":"y"}`), "", "/id duplicate-id", "no no"},
		{"same project twice", pack(p + "," + p), "", "", "yes no"},
		{"field twice, two values", pack(`{"id":"oc4ids-abc123-1","title":"x","title":"y"}`), "", "/title duplicate-key", "no"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := mend(t, tc.doc)
			if s := changes(got[0].Repairs); strings.TrimSpace(s) != strings.TrimSpace(tc.repairs) {
				t.Errorf("repairs  %s\nwant     %s", s, tc.repairs)
			}
			if s := troubles(got[0].Problems); s != tc.problems {
				t.Errorf("problems %q\nwant     %q", s, tc.problems)
			}
			var accepted []string
			for _, g := range got {
				accepted = append(accepted, map[bool]string{true: "yes", false: "no"}[g.Accepted])
			}
			if s := strings.Join(accepted, " "); s != tc.accepted {
				t.Errorf("accepted %s, want %s", s, tc.accepted)
			}
		})
	}
}

// Files that cannot be read are refused whole, with the place, and Check says
// the same with a rule.
func TestHostileFiles(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 100_000)
	for _, tc := range []struct{ name, doc, rule, says string }{
		{"empty", "", "json", "empty"},
		{"blank", " \n ", "json", "empty"},
		{"deep objects", `{"projects":[` + deep, "depth", "nested"},
		{"deep lists", `{"projects":` + strings.Repeat("[", 1_000_000), "depth", "nested"},
		{"cut", pack(`{"id":"1"}`)[:150], "json", "ends in the middle"},
		{"one brace too many", pack(`{"id":"1"}`) + "}", "json", "follows the end"},
		{"two documents", pack(`{"id":"1"}`) + "\n" + pack(`{"id":"1"}`), "json", "follows the end"},
		{"comma at the end", pack(`{"id":"1",}`), "json", "field name"},
		{"not a number of JSON", pack(`{"id":"1","budget":{"amount":{"amount":NaN}}}`), "json", "NaN"},
		{"zero in front", pack(`{"id":"1","budget":{"amount":{"amount":007}}}`), "json", "007"},
		{"number of a million digits", pack(`{"id":"1","budget":{"amount":{"amount":` + strings.Repeat("9", 1_000_000) + `}}}`), "number", "400"},
		{"projects twice", `{"projects":[],"projects":[]}`, "duplicate-key", "twice"},
		{"line break in a text", "{\"projects\":[{\"id\":\"a\nb\"}]}", "json", "control character"},
		{"page of the web", "<html></html>", "json", "not JSON"},
		{"picture", "\x89PNG\r\n\x1a\n", "json", "not JSON"},
		{"single quotes", `{'projects':[]}`, "json", "field name"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v := check(t, tc.doc)
			if v.Valid || len(v.Errors) == 0 || v.Errors[0].Rule != tc.rule || !strings.Contains(v.Errors[0].Message, tc.says) {
				t.Errorf("check says %+v", v.Errors)
			}
			err := Repairs(strings.NewReader(tc.doc), "works.json", options(), func(Report, *Value) error {
				t.Error("a report came out of a file that is refused")
				return nil
			})
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.says) || !strings.HasPrefix(err.Error(), "works.json: line ") {
				t.Errorf("import says %v", err)
			}
		})
	}
	for _, doc := range []string{`{}`, `[]`, `{"projects":[]}`, `{"projects":5}`, `{"uri":"x"}`} {
		if err := Repairs(strings.NewReader(doc), "w", options(), nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", doc, err)
		}
	}
}

// What was repaired is repaired no further, and what is sound is left alone:
// whatever is broken, in thousands of documents.
func TestRepairIsIdempotent(t *testing.T) {
	whole := []byte(wholeDoc(t))
	rng := rand.New(rand.NewPCG(3, 4))
	repaired := 0
	for range 500 {
		var doc any
		d := json.NewDecoder(bytes.NewReader(whole))
		d.UseNumber()
		if err := d.Decode(&doc); err != nil {
			t.Fatal(err)
		}
		for range 1 + rng.IntN(8) {
			doc = mutate(rng, doc)
		}
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		v := check(t, string(raw))
		again(t, raw, func(r Report, mended *Value) {
			if v.Valid && len(v.Warnings) == 0 && len(r.Repairs) > 0 {
				t.Fatalf("a sound file was repaired: %s", changes(r.Repairs))
			}
			repaired += len(r.Repairs)
		})
	}
	if repaired < 400 {
		t.Errorf("only %d repairs were tried", repaired)
	}
}

// again repairs a file and what came out of it.
func again(t *testing.T, raw []byte, see func(Report, *Value)) {
	t.Helper()
	err := Repairs(bytes.NewReader(raw), "w", options(), func(r Report, v *Value) error {
		see(r, v)
		if v.Kind != Object || !r.Accepted {
			return nil
		}
		return Repairs(strings.NewReader(pack(string(v.Append(nil)))), "w", options(), func(s Report, _ *Value) error {
			if len(s.Repairs) > 0 {
				t.Fatalf("repaired twice: %s\nafter %s", changes(s.Repairs), changes(r.Repairs))
			}
			return nil
		})
	})
	if err != nil && !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
}

// endless writes a package of many projects as it is read.
type endless struct {
	project string
	n, left int
	buf     []byte
}

func (e *endless) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekStart {
		return 0, fmt.Errorf("only to the beginning")
	}
	e.left, e.buf = e.n, []byte(`{"version":"0.9","projects":[`)
	return 0, nil
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.buf) == 0 {
		if e.left == 0 {
			return 0, io.EOF
		}
		e.left--
		sep := ","
		if e.left == 0 {
			sep = `]}`
		}
		e.buf = []byte(strings.Replace(e.project, "NUMBER", fmt.Sprint(e.left), 1) + sep)
	}
	n := copy(p, e.buf)
	e.buf = e.buf[n:]
	return n, nil
}

// A file of a hundred megabytes takes the memory of a few projects.
func TestLargeFileStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a hundred megabytes")
	}
	var doc struct{ Projects []json.RawMessage }
	if err := json.Unmarshal([]byte(wholeDoc(t)), &doc); err != nil {
		t.Fatal(err)
	}
	project := strings.Replace(string(doc.Projects[0]), "oc4ids-abc123-synthetic-hub", "oc4ids-abc123-NUMBER", 1)
	e := &endless{project: project, n: 100<<20/len(project) + 1}
	var most uint64
	n := 0
	err := Repairs(e, "large.json", options(), func(r Report, _ *Value) error {
		if n++; n%500 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		return nil
	})
	if err != nil || n != e.n {
		t.Fatalf("%d of %d projects: %v", n, e.n, err)
	}
	if most > 64<<20 {
		t.Errorf("%d MB in use at the most", most>>20)
	}
	t.Logf("%d projects, at most %d MB", n, most>>20)
}
