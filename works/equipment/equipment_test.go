package equipment

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func ptr[T any](v T) *T { return &v }

// scanner is a CT of Balkhash.
func scanner() *Asset {
	return &Asset{ID: "ct-balkhash-1", Item: "ct", Place: "KZ-35", Serial: "SN 12", Maker: "Maker"}
}

// reach makes events of states, one a line: day state reason.
func reach(t testing.TB, a *Asset, text string) []Event {
	t.Helper()
	var out []Event
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		e := Event{Kind: StateEvent, On: day(f[0]), State: State(f[1]), Reason: strings.Join(f[2:], " ")}
		if service, ok := strings.CutPrefix(f[1], "service:"); ok {
			e = Event{Kind: ServiceEvent, On: day(f[0]), Service: service}
		}
		if err := Guard(a, out, &e, day("2026-11-24")); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if err := e.Seal(a.ID); err != nil {
			t.Fatal(err)
		}
		e.Seq = int64(len(out) + 1)
		out = append(out, e)
	}
	return out
}

const life = `
	2024-02-01 needed
	2024-05-20 ordered
	2025-01-10 delivered
	2025-01-31 commissioned
	2025-02-10 in_use
	2025-07-15 service:maintenance
	2026-03-01 down the tube
	2026-03-11 in_use
	2026-11-20 down the table
`

func TestStanding(t *testing.T) {
	a := scanner()
	s := At(a, reach(t, a, life), day("2026-11-24"))
	if s.State != Down || s.Since != day("2026-11-20") || s.Furthest() != InUse || *s.Start != day("2025-01-31") || len(s.Downs) != 2 {
		t.Errorf("%+v", s)
	}
	// 31 January 2025 to 24 November 2026 is 662 days; a CT serves 10 years.
	if age := *s.Age(); age < 1.812 || age > 1.813 {
		t.Error(age)
	}
	if left := *s.Left(); left < 8.187 || left > 8.188 {
		t.Error(left)
	}
	// On the day before the order it was only needed.
	if s := At(a, reach(t, a, life), day("2024-05-19")); s.State != Needed || s.Age() != nil || s.Start != nil {
		t.Errorf("%+v", s)
	}
	if s := At(a, nil, day("2026-11-24")); s.State != "" || s.Reached(Needed) {
		t.Errorf("%+v", s)
	}
}

func TestServicesFallDue(t *testing.T) {
	a := scanner()
	s := At(a, reach(t, a, life), day("2026-11-24"))
	want := map[string]string{
		"maintenance": "2026-01-15", // six months after 15 July 2025
		"calibration": "2026-01-31", // a year after it was commissioned
		"safety_test": "2026-01-31",
	}
	for _, x := range s.Services {
		if x.Due == nil || x.Due.String() != want[x.Name()] {
			t.Errorf("%s is due %v, want %s", x.Name(), x.Due, want[x.Name()])
		}
	}
	next := s.NextService()
	if next.Name() != "maintenance" || next.Overdue(day("2026-01-15")) != 0 || next.Overdue(day("2026-01-16")) != 1 {
		t.Errorf("%+v", next)
	}
	// A device has several services of one kind, and a paper may name the day.
	a.Plans = []Plan{{Kind: Maintenance, Months: 3, Code: "quarterly"}, {Kind: Maintenance, Months: 12, Code: "yearly"}, {Kind: Verification, Months: 12, Basis: "certificate"}}
	events := append(reach(t, a, "2025-01-31 commissioned"), Event{Kind: ServiceEvent, On: day("2025-08-01"), Service: "verification", Next: ptr(day("2027-08-01")), Seq: 9})
	for _, x := range At(a, events, day("2026-11-24")).Services {
		if want := map[string]string{"quarterly": "2025-04-30", "yearly": "2026-01-31", "verification": "2027-08-01"}[x.Name()]; x.Due.String() != want {
			t.Errorf("%s is due %s, want %s", x.Name(), x.Due, want)
		}
	}
	// Nothing is due of what does not serve.
	for _, text := range []string{"2025-01-10 delivered", "2025-01-10 in_use\n2026-01-10 written_off worn out"} {
		if x := At(a, reach(t, a, text), day("2026-11-24")).NextService(); x != nil {
			t.Errorf("%s: %+v", text, x)
		}
	}
}

func TestAvailability(t *testing.T) {
	a := scanner()
	s := At(a, reach(t, a, life), day("2026-11-24"))
	for _, tc := range []struct {
		name, from, until string
		days, down        int
	}{
		{"March: ten days of 31", "2026-03-01", "2026-04-01", 31, 10},
		{"November up to the 24th: five of 24", "2026-11-01", "2026-12-01", 24, 5},
		{"before it was in use", "2025-01-01", "2025-02-10", 0, 0},
		{"from the first patient", "2025-02-01", "2025-03-01", 19, 0},
	} {
		got, err := s.Availability(day(tc.from), day(tc.until))
		if err != nil || got.Days != tc.days || got.Down != tc.down || (got.Share == nil) != (tc.days == 0) {
			t.Errorf("%s: %+v %v", tc.name, got, err)
		}
	}
	if _, err := s.Availability(day("2026-02-01"), day("2026-01-01")); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

// The law of states as a table: everything that is not written here is refused.
func TestMoves(t *testing.T) {
	table := `
		needed        ordered delivered installed commissioned in_use
		ordered       delivered installed commissioned in_use | needed
		delivered     installed commissioned in_use written_off | needed ordered
		installed     commissioned in_use down written_off | needed ordered delivered
		commissioned  in_use down written_off | delivered installed
		in_use        down written_off | delivered installed commissioned
		down          in_use written_off | delivered installed commissioned
		written_off
	`
	for line := range strings.Lines(table) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		from, plain, why, _ := State(words[0]), "", "", 0
		plain, why, _ = strings.Cut(strings.Join(words[1:], " "), "|")
		for _, to := range States() {
			want := Never
			if slices.Contains(strings.Fields(plain), string(to)) {
				want = Forward
			}
			if slices.Contains(strings.Fields(why), string(to)) {
				want = WithReason
			}
			if got := from.MoveTo(to); got != want {
				t.Errorf("from %s to %s: %d, want %d", from, to, got, want)
			}
		}
	}
}

func TestGuard(t *testing.T) {
	today := day("2026-11-24")
	for _, tc := range []struct {
		name, before string
		e            Event
		says         string
	}{
		{"tomorrow", "", Event{Kind: StateEvent, On: day("2026-11-25"), State: InUse}, "future"},
		{"a wrong century", "", Event{Kind: StateEvent, On: day("1925-01-01"), State: InUse}, "check the year"},
		{"before the state that stands", "2026-01-10 delivered", Event{Kind: StateEvent, On: day("2026-01-09"), State: InUse}, "follow each other"},
		{"the same again", "2026-01-10 delivered", Event{Kind: StateEvent, On: day("2026-01-11"), State: Delivered}, "already"},
		{"down what nobody delivered", "2026-01-10 ordered", Event{Kind: StateEvent, On: day("2026-01-11"), State: Down, Reason: "x"}, "cannot become"},
		{"back without a reason", "2026-01-10 delivered", Event{Kind: StateEvent, On: day("2026-01-11"), State: Ordered}, "give a reason"},
		{"down without a word", "2026-01-10 in_use", Event{Kind: StateEvent, On: day("2026-01-11"), State: Down}, "say why"},
		{"up again after it was written off", "2026-01-10 in_use\n2026-02-10 written_off old", Event{Kind: StateEvent, On: day("2026-02-11"), State: InUse}, "stays so"},
		{"a service it does not have", "2026-01-10 in_use", Event{Kind: ServiceEvent, On: day("2026-01-11"), Service: "polishing"}, "no service"},
		{"a service before it was there", "2026-01-10 in_use", Event{Kind: ServiceEvent, On: day("2026-01-09"), Service: "maintenance"}, "before the first word"},
		{"what is not there is taken back", "2026-01-10 in_use", Event{Kind: WithdrawEvent, On: day("2026-01-11"), Takes: "x", Reason: "x"}, "no such event"},
	} {
		a := scanner()
		err := Guard(a, reach(t, a, tc.before), &tc.e, today)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v, want one that says %q", tc.name, err, tc.says)
		}
	}
	a := scanner()
	events := reach(t, a, "2026-01-10 delivered\n2026-02-10 in_use")
	if err := Guard(a, events, &Event{Kind: WithdrawEvent, On: today, Takes: events[0].ID, Reason: "x"}, today); err == nil {
		t.Error("a state in the middle was taken back")
	}
	back := Event{ID: "b", Kind: WithdrawEvent, On: today, Takes: events[1].ID, Reason: "typed wrong"}
	if err := Guard(a, events, &back, today); err != nil {
		t.Error(err)
	}
	if s := At(a, append(events, back), today); s.State != Delivered {
		t.Error(s.State)
	}
}

// An asset that is wrong everywhere, mended one field at a time.
func TestCheck(t *testing.T) {
	a := Asset{ID: "CT 1", Item: "spaceship", Price: ptr(money.Amount(-1)), VAT: "maybe", From: ptr(day("2026-02-01")), To: ptr(day("2026-01-01")), Life: 99,
		Serial: strings.Repeat("x", 201), Plans: []Plan{{Kind: "polishing"}}}
	for _, step := range []struct {
		says string
		mend func()
	}{
		{"id of an asset", func() { a.ID = "ct-1" }},
		{"no item", func() { a.Item = "ct" }},
		{"needs a place", func() { a.Place = "KZ-35" }},
		{"negative", func() { *a.Price = 0 }},
		{"VAT", func() { a.VAT = "included" }},
		{"before it begins", func() { *a.To = *a.From }},
		{"1 to 50", func() { a.Life = 10 }},
		{"at most 200", func() { a.Serial = "1" }},
		{"a service is", func() { a.Plans[0].Kind = Maintenance }},
		{"every 1 to", func() { a.Plans[0].Months = 6 }},
		{"two services", func() { a.Plans = append(a.Plans[:1], Plan{Kind: Maintenance, Months: 3, Code: "b"}) }},
	} {
		if step.says == "two services" {
			a.Plans = append(a.Plans, a.Plans[0])
		}
		if err := a.Check(); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), step.says) {
			t.Errorf("%v, want one that says %q", err, step.says)
		}
		step.mend()
	}
	if err := a.Check(); err != nil {
		t.Error(err)
	}
}

func TestCatalogue(t *testing.T) {
	seen := map[string]bool{}
	for _, it := range Catalogue() {
		if err := it.Check(); err != nil || seen[it.Code] {
			t.Errorf("%s: %v", it.Code, err)
		}
		seen[it.Code] = true
		if got, ok := Find(it.Code); !ok || got.Code != it.Code {
			t.Errorf("%s is not found", it.Code)
		}
	}
	if len(seen) < 60 {
		t.Errorf("only %d items", len(seen))
	}
	for _, code := range []string{"", "Z1", "Z110306X", "z110306", "E0101", "Z11030601010101", "Z 1103"} {
		if CheckEMDN(code) == nil {
			t.Errorf("%q passes for a code", code)
		}
	}
	for _, s := range States() {
		for _, c := range lang.Codes() {
			if s.Name()[c] == "" {
				t.Errorf("%s has no name in %s", s, c)
			}
		}
	}
}

// Of 965 devices the register names three.
func TestPurchase(t *testing.T) {
	var tally Tally
	for _, text := range []string{"2024-01-10 ordered", "2024-01-10 ordered\n2025-01-10 in_use", "2025-01-10 in_use\n2026-01-10 written_off burnt"} {
		a := scanner()
		a.Price = ptr(money.Amount(100_00))
		if text == "2024-01-10 ordered" {
			a.Price = nil
		}
		r := RowOf(a, reach(t, a, text), day("2026-11-24"))
		if err := tally.Add(&r); err != nil {
			t.Fatal(err)
		}
	}
	p := tally.Compare(965)
	if p.Unnamed != 962 || p.Beyond != 0 || tally.Reached.Of(Ordered) != 3 || tally.Reached.Of(InUse) != 2 || tally.Now.Of(InUse) != 1 || tally.Now.Of(WrittenOff) != 1 || tally.Price != 200_00 || tally.Unpriced != 1 {
		t.Errorf("%+v %+v", tally, p)
	}
	if p := tally.Compare(2); p.Unnamed != 0 || p.Beyond != 1 {
		t.Errorf("%+v", p)
	}
}

// Whatever happens to a device lawfully, its states follow the law, what is
// down is not more than what was to serve, and the order of the list is
// nothing.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := scanner()
		on, today := day("2020-01-01"), day("2026-11-24")
		var events []Event
		for range rapid.IntRange(1, 12).Draw(t, "events") {
			on += period.Date(rapid.IntRange(0, 200).Draw(t, "days"))
			e := Event{Kind: StateEvent, On: min(on, today), State: rapid.SampledFrom(States()).Draw(t, "state"), Reason: "why", Seq: int64(len(events) + 1)}
			if Guard(a, events, &e, today) == nil {
				if err := e.Seal(a.ID); err != nil {
					t.Fatal(err)
				}
				events = append(events, e)
			}
		}
		s := At(a, events, today)
		for i := 1; i < len(s.Steps); i++ {
			if s.Steps[i].On < s.Steps[i-1].On || s.Steps[i-1].State.MoveTo(s.Steps[i].State) == Never {
				t.Fatalf("%+v", s.Steps)
			}
		}
		got, err := s.Availability(day("2020-01-01"), today+1)
		if err != nil || got.Down > got.Days || got.Days > int(today+1-day("2020-01-01")) {
			t.Fatalf("%+v %v", got, err)
		}
		mixed := slices.Clone(events)
		slices.Reverse(mixed)
		if again := At(a, mixed, today); again.State != s.State || len(again.Downs) != len(s.Downs) {
			t.Fatalf("%s and %s", again.State, s.State)
		}
	})
}
