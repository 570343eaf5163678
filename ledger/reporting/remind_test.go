package reporting

import (
	"slices"
	"testing"
)

// A report due on 10 November 2026: 7th, 10th, 17th, 24th ... to 2 February.
func TestRemindOn(t *testing.T) {
	due := day("2026-11-10")
	var got []string
	for d := due - 30; d < due+200; d++ {
		if RemindOn(due, d) {
			got = append(got, d.String())
		}
	}
	if !slices.Equal(got[:4], []string{"2026-11-07", "2026-11-10", "2026-11-17", "2026-11-24"}) || got[len(got)-1] != "2027-02-02" || len(got) != 14 {
		t.Errorf("%v", got)
	}
}
