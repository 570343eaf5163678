package place

import (
	"math"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"pgregory.net/rapid"
)

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func at(s string) *period.Date { d := day(s); return &d }

func named(id, parent ID, k Kind) Place {
	return Place{ID: id, Kind: k, Parent: parent, Name: lang.Text{"en": string(id)}}
}

// The June 2022 reform in small: Karaganda gives Ulytau 16 % of its people.
func karaganda(t *testing.T) *Atlas {
	t.Helper()
	a, err := NewAtlas(
		[]Place{named("KZ", "", Country), named("KZ-KAR", "KZ", FormerRegion), named("KZ-35", "KZ", Region), named("KZ-62", "KZ", Region), named("351", "KZ-35", District)},
		[]Fact{{Place: "KZ-35", Attribute: AttrName, Name: lang.Text{"en": "Karaganda (old)"}, To: at("2022-06-08")}},
		[]Event{
			{On: day("2022-06-08"), Change: Split, From: "KZ-KAR", To: "KZ-35", Weight: 0.84},
			{On: day("2022-06-08"), Change: Split, From: "KZ-KAR", To: "KZ-62", Weight: 0.16},
		})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSharesFollowTheSplit(t *testing.T) {
	a := karaganda(t)
	got := a.Shares("KZ-KAR", day("2022-01-01"), day("2023-01-01"))
	if len(got) != 2 || got[0] != (Share{"KZ-35", 0.84}) || got[1] != (Share{"KZ-62", 0.16}) {
		t.Errorf("shares = %v", got)
	}
	if before := a.Shares("KZ-KAR", day("2020-01-01"), day("2022-06-07")); len(before) != 1 || before[0] != (Share{"KZ-KAR", 1}) {
		t.Errorf("before the reform: %v", before)
	}
	if on := a.Shares("KZ-KAR", day("2022-06-07"), day("2022-06-08")); len(on) != 2 {
		t.Errorf("the reform counts from its own day: %v", on)
	}
	if u := a.Unions(day("2022-01-01"), day("2023-01-01")); len(u) != 1 || len(u[0]) != 3 {
		t.Errorf("comparable unions = %v", u)
	}
}

func TestDatedName(t *testing.T) {
	a := karaganda(t)
	if got := a.Name("KZ-35", "en", day("2021-01-01")); got != "Karaganda (old)" {
		t.Errorf("name in 2021 = %q", got)
	}
	if got := a.Name("KZ-35", "en", day("2023-01-01")); got != "KZ-35" {
		t.Errorf("name in 2023 = %q", got)
	}
}

func TestTree(t *testing.T) {
	a := karaganda(t)
	if !a.Within("351", "KZ") || !a.Within("351", "KZ-35") || a.Within("KZ-35", "351") || a.Within("nowhere", "KZ") {
		t.Error("Within")
	}
	if got := a.Path("351"); len(got) != 3 || got[0] != "KZ" || got[2] != "351" {
		t.Errorf("path = %v", got)
	}
	if got := a.Descendants("KZ-35"); len(got) != 2 {
		t.Errorf("descendants = %v", got)
	}
}

func TestBadAtlas(t *testing.T) {
	for name, places := range map[string][]Place{
		"no country":     {named("KZ-35", "KZ-35x", Region)},
		"two countries":  {named("KZ", "", Country), named("UZ", "", Country)},
		"unknown parent": {named("KZ", "", Country), named("351", "KZ-99", District)},
		"listed twice":   {named("KZ", "", Country), named("KZ-35", "KZ", Region), named("KZ-35", "KZ", Region)},
		"a circle":       {named("KZ", "", Country), named("a", "b", Region), named("b", "a", Region)},
		"swapped point":  {{ID: "KZ", Kind: Country, Name: lang.Text{"en": "x"}, Point: &Point{Lat: 171, Lon: 45}}},
	} {
		if _, err := NewAtlas(places, nil, nil); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Whatever the reforms, nobody is lost and nobody is counted twice.
func TestSharesSumToOne(t *testing.T) {
	ids := []ID{"a", "b", "c", "d", "e"}
	rapid.Check(t, func(t *rapid.T) {
		places := []Place{named("KZ", "", Country)}
		for _, id := range ids {
			places = append(places, named(id, "KZ", Region))
		}
		var events []Event
		for n := rapid.IntRange(0, 6).Draw(t, "events"); n > 0; n-- {
			on := period.Date(rapid.IntRange(1, 20).Draw(t, "on"))
			from := rapid.SampledFrom(ids).Draw(t, "from")
			taken := false
			for _, e := range events {
				taken = taken || (e.On == on && e.From == from)
			}
			to := rapid.SampledFrom(ids).Draw(t, "to")
			if taken || to == from {
				continue
			}
			events = append(events, Event{On: on, Change: Move, From: from, To: to, Weight: rapid.Float64Range(0, 1).Draw(t, "w")})
		}
		a, err := NewAtlas(places, nil, events)
		if err != nil {
			t.Fatal(err)
		}
		var sum float64
		for _, s := range a.Shares("a", 0, 30) {
			sum += s.Weight
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Fatalf("shares sum to %v", sum)
		}
	})
}

func TestCapacityThroughTime(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	tl, err := NewTimeline([]Capacity{
		{Facility: "hub", Item: Theatres, Service: "angiography", Status: Planned, Count: n(1), From: at("2025-01-01"), Source: "doc"},
		{Facility: "hub", Item: Theatres, Service: "angiography", Status: Built, Count: n(1), From: at("2025-12-31"), Source: "doc"},
		{Facility: "hub", Item: Theatres, Service: "angiography", Status: Open, Count: n(1), From: at("2026-03-01"), To: at("2026-07-01"), Source: "doc"},
		{Facility: "old", Item: Theatres, Service: "angiography", Status: Open, Source: "doc"},
	})
	if err != nil {
		t.Fatal(err)
	}
	all := func(ID) bool { return true }
	for _, tc := range []struct {
		on     string
		count  int64
		unsaid int
	}{
		{"2025-06-01", 0, 1}, // planned serves nobody; "old" is open with a number nobody said
		{"2026-01-15", 0, 1}, // built is not open
		{"2026-03-01", 1, 1},
		{"2026-07-01", 0, 1}, // ended
	} {
		if got := tl.OpenAt(day(tc.on), Theatres, "angiography", all); got != (Total{tc.count, tc.unsaid}) {
			t.Errorf("%s: %+v", tc.on, got)
		}
	}
}

func TestCapacityCheck(t *testing.T) {
	n := int64(-1)
	c := Capacity{Count: &n, From: at("2026-01-02"), To: at("2026-01-01")}
	mend := []func(){
		func() { c.Facility = "F1" }, func() { c.Item = Beds }, func() { c.Status = Open }, func() { n = 5 },
		func() { c.To = nil }, func() { c.Source = "doc" },
	}
	for i, f := range mend {
		if c.Check() == nil {
			t.Fatalf("accepted with %d faults left", len(mend)-i)
		}
		f()
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
}
