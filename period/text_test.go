package period

import (
	"encoding/json"
	"testing"
	"time"
)

// In JSON a date and a period are their texts.
func TestPeriodsInJSON(t *testing.T) {
	type both struct {
		On   Date   `json:"on"`
		When Period `json:"when"`
	}
	for _, text := range []string{`{"on":"2026-02-05","when":"2026-01-01/P3Y"}`, `{"on":"0001-01-01","when":""}`, `{"on":"9999-12-31","when":"9999"}`} {
		var b both
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if back, err := json.Marshal(b); err != nil || string(back) != text {
			t.Errorf("%s came back as %s, %v", text, back, err)
		}
	}
	var b both
	for _, text := range []string{`{"on":"5 February"}`, `{"on":"0000-01-01"}`, `{"when":"soon"}`} {
		if err := json.Unmarshal([]byte(text), &b); err == nil {
			t.Errorf("%s accepted", text)
		}
	}
}

func TestShiftKeepsTheShape(t *testing.T) {
	for in, want := range map[string]string{"2025-01/2025-10": "2024-01-01/P10M", "2024-02-29": "2023-02-28", "2025": "2024", "": ""} {
		p, err := Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Shift(-1); got.String() != want {
			t.Errorf("%q a year before: %q, want %q", in, got, want)
		}
	}
}

// Midnight in Almaty is 19:00 UTC of the day before; before 1970 days count
// downwards.
func TestDaysAndInstants(t *testing.T) {
	const almaty = 300
	if d := DateOf(time.Date(2026, 12, 31, 18, 59, 59, 0, time.UTC), almaty); d.String() != "2026-12-31" {
		t.Errorf("one second to midnight: %s", d)
	}
	if d := DateOf(time.Date(2026, 12, 31, 19, 0, 0, 0, time.UTC), almaty); d.String() != "2027-01-01" {
		t.Errorf("midnight: %s", d)
	}
	if d := DateOf(time.Date(1969, 12, 31, 12, 0, 0, 0, time.UTC), 0); d != -1 {
		t.Errorf("the day before day 0: %d", d)
	}
	if end := NewDate(2026, 12, 31).EndsAt(almaty); !end.Equal(time.Date(2026, 12, 31, 19, 0, 0, 0, time.UTC)) {
		t.Errorf("31 December ends at %s", end)
	}
	if _, err := New(5, 5); err == nil {
		t.Error("an empty period")
	}
}
