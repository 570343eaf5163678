package actor

import (
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

var anchored = Anchor{At: time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC), Heads: []Head{{"desk", 12, strings.Repeat("0a", 32)}, {"main", 7, strings.Repeat("f1", 32)}, {"read", 0, ""}}}

func TestAnchorComesBack(t *testing.T) {
	line := anchored.String()
	if want := "shanyraq-journal-1 2026-11-24T07:00:00Z desk:12:" + strings.Repeat("0a", 32) + " main:7:" + strings.Repeat("f1", 32) + " read:0:-"; line != want {
		t.Errorf("%s", line)
	}
	got, err := ParseAnchor("  " + strings.ReplaceAll(line, " ", "  ") + "\n")
	if err != nil || got.String() != line {
		t.Errorf("%v, %v", got, err)
	}
	for name, bad := range map[string]string{"nothing": "", "a word": "anchor", "another version": strings.Replace(line, "-1 ", "-2 ", 1), "half a hash": line[:60], "a day": strings.Replace(line, "T07:00:00Z", "", 1),
		"a number below zero": strings.Replace(line, "desk:12", "desk:-1", 1), "no hash": strings.Replace(line, strings.Repeat("0a", 32), "-", 1)} {
		if _, err := ParseAnchor(bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseAnchor(f *testing.F) {
	f.Add(anchored.String())
	f.Fuzz(func(t *testing.T, line string) {
		a, err := ParseAnchor(line)
		if err != nil {
			return
		}
		if again, err := ParseAnchor(a.String()); err != nil || again.String() != a.String() {
			t.Errorf("%q: %v, %v", line, again, err)
		}
	})
}
