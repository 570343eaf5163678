package place

import (
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

// 50 of the 200 beds are for children: they are not 250.
func TestCapacityCountsNothingTwice(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	open := func(f ID, service, age string, count *int64) Capacity {
		return Capacity{Facility: f, Item: Beds, Service: service, Age: age, Status: Open, Count: count, Source: "doc"}
	}
	all := func(ID) bool { return true }
	for _, tc := range []struct {
		name    string
		entries []Capacity
		service string
		want    Total
	}{
		{"children inside all ages", []Capacity{open("a", "", "", n(200)), open("a", "", "child", n(50))}, "", Total{200, 0}},
		{"two ages", []Capacity{open("a", "", "adult", n(150)), open("a", "", "child", n(50))}, "", Total{200, 0}},
		{"a service inside all services", []Capacity{open("a", "", "", n(200)), open("a", "ent", "child", n(20))}, "", Total{200, 0}},
		{"a service asked for", []Capacity{open("a", "", "", n(200)), open("a", "ent", "", n(30)), open("a", "ent", "child", n(20))}, "ent", Total{30, 0}},
		{"an age and a service beside", []Capacity{open("a", "ent", "", n(30)), open("a", "surgery", "", n(40))}, "", Total{70, 0}},
		{"two facilities", []Capacity{open("a", "", "", n(200)), open("b", "", "child", n(50))}, "", Total{250, 0}},
		{"the whole is not said", []Capacity{open("a", "", "", nil), open("a", "", "child", n(50))}, "", Total{50, 1}},
	} {
		tl, err := NewTimeline(tc.entries)
		if err != nil {
			t.Fatal(err)
		}
		if got := tl.OpenAt(day("2026-01-01"), Beds, tc.service, all); got != tc.want {
			t.Errorf("%s: %+v, want %+v", tc.name, got, tc.want)
		}
	}
	if got := (&Timeline{}).OpenAt(day("2026-01-01"), Beds, "", all); got != (Total{}) {
		t.Errorf("an empty timeline: %+v", got)
	}
}

// A later entry replaces an earlier one from its first day on, also when it
// has ended since.
func TestLaterEntryReplaces(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	tl, err := NewTimeline([]Capacity{
		{Facility: "b", Item: Theatres, Status: Open, Count: n(3), Source: "doc"},
		{Facility: "a", Item: Theatres, Status: Open, Count: n(2), From: at("2026-01-01"), To: at("2026-06-01"), Source: "doc"},
		{Facility: "a", Item: Theatres, Status: Open, Count: n(1), Source: "doc"},
		{Facility: "a", Item: Beds, Service: "ent", Status: Open, Count: n(1), Source: "doc"},
		{Facility: "a", Item: Beds, Service: "ent", Age: "child", Status: Open, Count: n(1), Source: "doc"},
		{Facility: "a", Item: Beds, Status: Open, Count: n(1), Source: "doc"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for on, want := range map[string]int64{"2025-12-31": 1, "2026-01-01": 2, "2026-05-31": 2} {
		list := tl.On(day(on))
		if len(list) != 5 || list[3].Item != Theatres || *list[3].Count != want || list[4].Facility != "b" || list[0].Service != "" || list[2].Age != "child" {
			t.Errorf("on %s: %+v", on, list)
		}
	}
	if list := tl.On(day("2026-06-01")); len(list) != 4 {
		t.Errorf("after the end: %+v", list)
	}
	if _, err := NewTimeline([]Capacity{{}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty entry: %v", err)
	}
	hours := 169.0
	if err := (Capacity{Facility: "a", Item: Beds, Status: Open, HoursPerWeek: &hours, Source: "doc"}).Check(); err == nil {
		t.Error("a week has 168 hours")
	}
}

func TestPlaceCheck(t *testing.T) {
	p := Place{ID: "a b", Kind: "planet", Point: &Point{Lat: 91}, From: at("2022-06-08"), To: at("2022-06-08")}
	for _, mend := range []func(){
		func() { p.ID = "KZ-62" }, func() { p.Kind = Region }, func() { p.Parent = "KZ-62" }, func() { p.Name = lang.Text{"en": "Ulytau"} }, func() { p.Parent = "KZ" },
		func() { p.To = nil }, func() { p.Point.Lat = 47.8 },
	} {
		if err := p.Check(); !fault.Is(err, fault.Invalid) {
			t.Fatalf("%+v: %v", p, err)
		}
		mend()
	}
	if err := p.Check(); err != nil {
		t.Error(err)
	}
	if p.Exists(day("2022-06-07")) || !p.Exists(day("2022-06-08")) {
		t.Error("Ulytau exists since 8 June 2022")
	}
	if p.ShortName("en") != "Ulytau" {
		t.Error("without a short name the name serves")
	}
	if p.Short = (lang.Text{"en": "Uly"}); p.ShortName("en") != "Uly" {
		t.Error("the short name")
	}
}

func TestAtlasAnswers(t *testing.T) {
	a := karaganda(t)
	if a.Root() != "KZ" || a.Len() != 5 || len(a.All()) != 5 || len(a.Children("KZ")) != 3 || len(a.OfKind(Region)) != 2 || len(a.Facts("KZ-35")) != 1 {
		t.Error("root, size, children, kinds, facts")
	}
	if p, err := a.Place("351"); err != nil || p.Kind != District {
		t.Errorf("%v %v", p, err)
	}
	if _, err := a.Place("352"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown place: %v", err)
	}
	if a.Name("352", "en", day("2026-01-01")) != "352" || a.Descendants("352") != nil || len(a.Path("352")) != 0 {
		t.Error("an unknown place is named by its code and holds nothing")
	}
	if len(a.Events("KZ-62")) != 1 || len(a.Events("")) != 2 || len(a.Events("351")) != 0 {
		t.Error("events")
	}
	moved, err := NewAtlas(a.All(), []Fact{{Place: "351", Attribute: AttrParent, Text: "KZ-KAR", To: at("2022-06-08")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if moved.Parent("351", day("2022-06-07")) != "KZ-KAR" || moved.Parent("351", day("2022-06-08")) != "KZ-35" {
		t.Error("the parent of a day")
	}
	empty, err := NewAtlas(nil, nil, nil)
	if err != nil || empty.Len() != 0 {
		t.Errorf("no places: %v", err)
	}
}

func TestBadFactsAndEvents(t *testing.T) {
	base := []Place{named("KZ", "", Country), named("a", "KZ", Region)}
	for name, e := range map[string]Event{
		"weight above one": {Change: Split, From: "a", To: "KZ", Weight: 1.1},
		"unknown change":   {Change: "swap", From: "a", To: "KZ"},
		"unknown place":    {Change: Move, From: "a", To: "b"},
	} {
		if _, err := NewAtlas(base, nil, []Event{e}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewAtlas(base, []Fact{{Place: "b"}}, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("a fact about an unknown place: %v", err)
	}
	// What remains may be said: 0.9 of a stays, 0.1 goes to the country.
	a, err := NewAtlas(base, nil, []Event{{On: 5, Change: Move, From: "a", To: "KZ", Weight: 0.1}, {On: 5, Change: Move, From: "a", To: "a", Weight: 0.9}})
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Shares("a", 0, 10); len(got) != 2 || got[1] != (Share{"a", 0.9}) {
		t.Errorf("shares %v", got)
	}
}
