package oc4ids

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func seeds(f *testing.F) {
	files, err := filepath.Glob("testdata/broken/*.json")
	if err != nil || len(files) == 0 {
		f.Fatalf("no broken files: %v", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, s := range []string{`{}`, `[]`, `[{"id":"1"}]`, `{"projects":{"0":{"id":"a"}}}`, "\xff\xfe{\x00}\x00", `{"projects":[{"id":"1","title":"Ð\u009aÐ°Ð·"}]}`} {
		f.Add([]byte(s))
	}
}

// FuzzCheck: whatever the bytes, a verdict comes back, the same each time.
func FuzzCheck(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		var said [2][]byte
		for i := range said {
			v, err := Check(bytes.NewReader(raw), options())
			if err != nil {
				t.Fatal(err)
			}
			if v.Valid != (len(v.Errors) == 0) {
				t.Fatal("valid and errors disagree")
			}
			if said[i], err = json.Marshal(v); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(said[0], said[1]) {
			t.Fatal("two verdicts")
		}
	})
}

// FuzzRepair: whatever the bytes, repairing what was repaired changes nothing,
// and what was accepted can be written and read.
func FuzzRepair(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		again(t, raw, func(r Report, v *Value) {
			if !r.Accepted {
				return
			}
			written := v.Append(nil)
			if !json.Valid(written) {
				t.Fatalf("not JSON: %s", written)
			}
			if strings.Contains(string(written), "\uFFFD") && !bytes.Contains(raw, []byte("\uFFFD")) && !bytes.Contains(raw, []byte("ufffd")) && !bytes.Contains(raw, []byte("uFFFD")) && raw[0] != 0 && raw[0] != 0xff && raw[0] != 0xfe && raw[1] != 0 {
				t.Fatalf("text was lost: %s", written)
			}
		})
	})
}

// FuzzNumber: what is read from a text is a number of JSON, and reading it
// again gives the same.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1 250 000,50", "1,250", "-1.5", "1'000", "0,5", ".", "-", "1.2.3", "12,345,678"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := parseNumber(s)
		if !ok {
			return
		}
		if !validNumber(n) || !inRange(n) {
			t.Fatalf("%q became %q", s, n)
		}
	})
}

// FuzzDate: what is read from a text is a date-time, and needs no repair.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2024-01-31", "31.01.2024 10:00", "Wed, 31 Jan 2024 10:00:00 GMT", "2024 жылғы 3 қараша", "20240131T101500Z", "/Date(0)/", "2024-01-31T10:00:00+5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := newMender(options())
		v := &Value{Kind: String, Text: s, at: "/x/startDate"}
		m.time(v)
		if len(m.repairs) > 0 {
			if _, ok := instant(v.Text); !ok {
				t.Fatalf("%q became %q", s, v.Text)
			}
		}
	})
}

// FuzzWorks: whatever was accepted becomes works that can be kept, and a
// project that is valid and says what the file said.
func FuzzWorks(f *testing.F) {
	seeds(f)
	f.Add([]byte(`{"projects":[{"id":"a","x_shanyraq":{"records":[{"work":{"id":"ab","level":"project","kind":"unit","condition":"active","title":{"en":"x"},"place":"KZ"},"lines":[{"kind":"status","on":"2025-01-01","document":"d","status":{"percent":"5"}}]}]}}]}`))
	f.Add([]byte(`{"projects":[{"id":"a","budget":{"amount":{"amount":1.001,"currency":"KZT"}},"metrics":[{"id":"physicalProgress","observations":[{"measure":"7"}]}],"contractingProcesses":[{"id":"1"},{"id":"2","summary":{"contractValue":{"amount":9e15,"currency":"KZT"}}}]}]}`))
	c := land()
	f.Fuzz(func(t *testing.T, raw []byte) {
		_ = Repairs(bytes.NewReader(raw), "w", options(), func(r Report, v *Value) error {
			if !r.Accepted {
				return nil
			}
			taken := c.Works(v, r.Package)
			for _, k := range append([]Kept{taken.Project}, taken.Parts...) {
				if err := k.Work.Check(); err != nil {
					t.Fatalf("%v: %s", err, v.Append(nil))
				}
			}
			b, err := c.BundleOf(taken)
			if err != nil {
				return nil // sums beyond 64 bits are refused
			}
			out, err := c.Publish(b)
			if err != nil {
				t.Fatalf("%v: %s", err, v.Append(nil))
			}
			var wrong []Finding
			check := &validator{code: "en", doubt: func(Finding) {}, wrong: func(f Finding) { wrong = append(wrong, f) }}
			check.value(out, facts().ruleOf("Project"))
			if len(wrong) > 0 {
				t.Fatalf("%s: %s", brief(wrong), out.Append(nil))
			}
			if back := out.Clone(); v.Get(Extension) == nil {
				if restore(back); !back.Equal(v) {
					t.Fatalf("came as %s\nwent as %s", v.Append(nil), out.Append(nil))
				}
			}
			return nil
		})
	})
}
