package period

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, tc := range []struct{ in, want, start, last string }{
		{"2025", "2025", "2025-01-01", "2025-12-31"},
		{"2025-S2", "2025-S2", "2025-07-01", "2025-12-31"},
		{"2025-Q3", "2025-Q3", "2025-07-01", "2025-09-30"},
		{"2025-10", "2025-10", "2025-10-01", "2025-10-31"},
		{"202510", "2025-10", "2025-10-01", "2025-10-31"},
		{"2025-W07", "2025-W07", "2025-02-10", "2025-02-16"},
		{"2020-W53", "2020-W53", "2020-12-28", "2021-01-03"},
		{"2025-10-31", "2025-10-31", "2025-10-31", "2025-10-31"},
		{"2025-01-01/P10M", "2025-01-01/P10M", "2025-01-01", "2025-10-31"},
		{"2025-01/2025-10", "2025-01-01/P10M", "2025-01-01", "2025-10-31"},
		{"2026/2028", "2026-01-01/P3Y", "2026-01-01", "2028-12-31"},
		{"2026-02/2026-03", "2026-02-01/P2M", "2026-02-01", "2026-03-31"},
		{"2025-01-01/P12M", "2025", "2025-01-01", "2025-12-31"},
		{"2025-02-10/P1W", "2025-W07", "2025-02-10", "2025-02-16"},
		{"2025-01-30/P40D", "2025-01-30/P40D", "2025-01-30", "2025-03-10"},
		{"2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29"},
	} {
		p, err := Parse(tc.in)
		if err != nil {
			t.Errorf("%s: %v", tc.in, err)
			continue
		}
		if p.String() != tc.want || p.Start.String() != tc.start || p.Last().String() != tc.last {
			t.Errorf("%s = %s (%s to %s), want %s (%s to %s)", tc.in, p, p.Start, p.Last(), tc.want, tc.start, tc.last)
		}
	}
	for _, in := range []string{"25", "2025-13", "2025-02-30", "2025-W54", "2021-W53", "2028/2026", "2025-Q5", "P3M", "2025/", "/2025",
		"2025-01-31/P1M", "2025-01-01/P0D", "0000", "9999-12-31/P2D", "next year", "2025-01-01/P999999Y"} {
		if p, err := Parse(in); err == nil {
			t.Errorf("%q was read as %s", in, p)
		}
	}
	if p, err := Parse(""); err != nil || p.Known() || p.String() != "" {
		t.Error("the empty text is the unknown period")
	}
}

func TestCanonicalTextIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := Date(rapid.IntRange(0, 40000).Draw(t, "start"))
		p, err := New(start, start+Date(rapid.IntRange(1, 4000).Draw(t, "days")))
		if err != nil {
			t.Fatal(err)
		}
		q, err := Parse(p.String())
		if err != nil || q != p {
			t.Fatalf("%s came back as %s, %v", p, q, err)
		}
	})
}

func TestDeadlineEndsAtLocalMidnight(t *testing.T) {
	d, _ := ParseDate("2025-12-31")
	end := d.EndsAt(300)
	if got := end.Format(time.RFC3339); got != "2025-12-31T19:00:00Z" {
		t.Errorf("31 December in Almaty (UTC+5) ends at %s", got)
	}
	if DateOf(end.Add(-time.Second), 300) != d || DateOf(end, 300) != d+1 {
		t.Error("the last second belongs to the day, the next does not")
	}
}

func TestShift(t *testing.T) {
	p, _ := Parse("2025-01/2025-10")
	if got := p.Shift(-1).String(); got != "2024-01-01/P10M" {
		t.Errorf("same ten months a year earlier = %s", got)
	}
	leap, _ := Parse("2024-02-29")
	if got := leap.Shift(1).Start.String(); got != "2025-02-28" {
		t.Errorf("29 February a year later starts %s", got)
	}
}

func TestContains(t *testing.T) {
	programme, _ := Parse("2026/2028")
	day, _ := Parse("2026-02-05")
	if !programme.Contains(day) || day.Contains(programme) || programme.Contains(Period{}) || (Period{}).Contains(day) {
		t.Error("containment")
	}
	if next, _ := Parse("2029"); programme.Overlaps(next) {
		t.Error("2029 is after the programme")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2025", "2025-W07", "2026/2028", "2025-01-01/P10M", "x/P1M"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Parse(s)
		if err != nil {
			return
		}
		q, err := Parse(p.String())
		if err != nil || q != p {
			t.Fatalf("%q -> %q -> %v %v", s, p, q, err)
		}
	})
}
