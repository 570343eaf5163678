package reporting

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/ledger"
)

func TestNumbersAsTyped(t *testing.T) {
	text, err := os.ReadFile("testdata/numbers.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases [][2]*string
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		got, err := ParseNumber(*c[0])
		switch {
		case c[1] == nil && err == nil:
			t.Errorf("%q was read as %s", *c[0], got)
		case c[1] != nil && (err != nil || got.String() != *c[1]):
			t.Errorf("%q: %s, %v, want %s", *c[0], got, err, *c[1])
		}
	}
}

// What is read has the digits that stand there, and reads back as itself.
func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1 234,5", "-0.5", "1,234", "1\u00a0000", "−3", "1e5", "..", "1 2 3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseNumber(s)
		if err != nil {
			return
		}
		if d.NumDigits() > ledger.MaxDigits {
			t.Fatalf("%q has too many digits", s)
		}
		keep := func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}
		want := strings.TrimLeft(strings.Map(keep, s), "0")
		got := strings.TrimLeft(strings.Map(keep, d.Abs().StringFixed(max(0, -d.Exponent()))), "0")
		if want != got {
			t.Fatalf("%q was read as %s", s, d)
		}
		if back, err := ParseNumber(d.String()); err != nil || !back.Equal(d) {
			t.Fatalf("%q: %s does not read back: %v", s, d, err)
		}
	})
}
