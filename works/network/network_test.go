package network

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// weeks is a network without nights and weekends, in which a unit is a minute.
func weeks(list map[string]struct {
	takes int64
	after string
}) *Network {
	zero := Minute(0)
	n := &Network{Calendar: Elapsed, Start: &zero, Calendars: []Calendar{Around()}}
	for _, id := range []string{"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N"} {
		x, ok := list[id]
		if !ok {
			continue
		}
		n.Activities = append(n.Activities, Activity{ID: id, Kind: Task, Duration: x.takes})
		for _, p := range x.after {
			n.Links = append(n.Links, Link{From: string(p), To: id, Type: FS})
		}
	}
	return n
}

// The plant of Hillier and Lieberman, Introduction to Operations Research,
// chapter on project management: 44 weeks along A B C E F J L N; the slacks of
// the others are printed there.
func plant() *Network {
	return weeks(map[string]struct {
		takes int64
		after string
	}{
		"A": {2, ""}, "B": {4, "A"}, "C": {10, "B"}, "D": {6, "C"}, "E": {4, "C"}, "F": {5, "E"}, "G": {7, "D"}, "H": {9, "EG"},
		"I": {7, "C"}, "J": {8, "FI"}, "K": {4, "J"}, "L": {5, "J"}, "M": {2, "H"}, "N": {6, "KL"},
	})
}

func TestPlantOfTheTextbook(t *testing.T) {
	r, err := Solve(plant())
	if err != nil {
		t.Fatal(err)
	}
	if r.Finish != 44 {
		t.Errorf("the plant takes %d weeks, the book says 44", r.Finish)
	}
	slack := map[string]int64{"D": 4, "G": 4, "H": 4, "M": 4, "I": 2, "K": 1}
	for _, x := range r.Times {
		if *x.Float != slack[x.ID] || x.Critical != (slack[x.ID] == 0) || x.Longest != x.Critical {
			t.Errorf("%s: float %d critical %v longest %v, the book says slack %d", x.ID, *x.Float, x.Critical, x.Longest, slack[x.ID])
		}
	}
	if j, _ := r.Find("J"); j.EarlyStart != 25 || j.EarlyFinish != 33 || j.LateStart != 25 {
		t.Errorf("J: %+v", j)
	}
	if g, _ := r.Find("G"); g.EarlyStart != 22 || g.LateStart != 26 || *g.Free != 0 {
		t.Errorf("G: %+v free %d", g, *g.Free)
	}
}

func moment(t *testing.T, s string) *Minute {
	t.Helper()
	m, err := ParseMinute(s)
	if err != nil {
		t.Fatal(err)
	}
	return &m
}

const hours = 60

// A crew of five days a week pours on Friday; the concrete hardens for two days
// whatever the weekday; walls follow.
func TestWeekendsAndHolidays(t *testing.T) {
	cal := FiveDays("five")
	monday := period.NewDate(2026, 3, 9)
	cal.Exceptions = map[period.Date][]Shift{monday: nil} // day off after 8 March
	n := &Network{Calendars: []Calendar{cal}, Calendar: "five", Start: moment(t, "2026-03-05 08:00"),
		Activities: []Activity{{ID: "pour", Kind: Task, Duration: 16 * hours}, {ID: "wall", Kind: Task, Duration: 8 * hours}, {ID: "done", Kind: Milestone}},
		Links:      []Link{{From: "pour", To: "wall", Type: FS, Lag: 48 * hours, Calendar: Elapsed}, {From: "wall", To: "done", Type: FS}}}
	r, err := Solve(n)
	if err != nil {
		t.Fatal(err)
	}
	// Thursday 5 and Friday 6 March; hard on Sunday at 17; Monday 9 is free.
	for id, want := range map[string][2]string{
		"pour": {"2026-03-05 08:00", "2026-03-06 17:00"}, "wall": {"2026-03-10 08:00", "2026-03-10 17:00"}, "done": {"2026-03-10 17:00", "2026-03-10 17:00"},
	} {
		if x, _ := r.Find(id); x.EarlyStart.String() != want[0] || x.EarlyFinish.String() != want[1] || *x.Float < 0 {
			t.Errorf("%s: %s to %s float %d, want %v", id, x.EarlyStart, x.EarlyFinish, *x.Float, want)
		}
	}
}

// Every relation, worked on a line of hours: A takes 8 hours from 0, B takes 4.
func TestRelations(t *testing.T) {
	for _, tc := range []struct {
		kind       Relation
		lag        int64
		start, end Minute
	}{
		{FS, 0, 480, 720}, {FS, 60, 540, 780}, {FS, -120, 360, 600}, {SS, 90, 90, 330}, {FF, 0, 240, 480}, {FF, 30, 270, 510}, {SF, 300, 60, 300}, {SF, 0, 0, 240},
	} {
		zero := Minute(0)
		n := &Network{Calendars: []Calendar{Around()}, Calendar: Elapsed, Start: &zero, Activities: []Activity{{ID: "A", Kind: Task, Duration: 480}, {ID: "B", Kind: Task, Duration: 240}},
			Links: []Link{{From: "A", To: "B", Type: tc.kind, Lag: tc.lag}}}
		r, err := Solve(n)
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := r.Find("B"); b.EarlyStart != tc.start || b.EarlyFinish != tc.end {
			t.Errorf("%s %+d: B from %d to %d, want %d to %d", tc.kind, tc.lag, b.EarlyStart, b.EarlyFinish, tc.start, tc.end)
		}
	}
}

func TestConstraints(t *testing.T) {
	at := func(m Minute) *Minute { return &m }
	for name, tc := range map[string]struct {
		c      Constraint
		dead   *Minute
		ef     Minute
		float  int64
		floatA int64
	}{
		"none":                 {Constraint{Limit: AsLate}, nil, 150, 0, 0},
		"starts no earlier":    {Constraint{StartNoEarlier, at(120)}, nil, 170, 0, 20},
		"finishes no earlier":  {Constraint{FinishNoEarlier, at(200)}, nil, 200, 0, 50},
		"finishes too early":   {Constraint{FinishNoLater, at(140)}, nil, 150, -10, -10},
		"must start before":    {Constraint{MustStart, at(80)}, nil, 130, 0, -20},
		"must finish later":    {Constraint{MustFinish, at(300)}, nil, 300, 0, 150},
		"a deadline is missed": {Constraint{Limit: AsLate}, at(135), 150, -15, -15},
	} {
		zero := Minute(0)
		n := &Network{Calendars: []Calendar{Around()}, Calendar: Elapsed, Start: &zero, Activities: []Activity{{ID: "A", Kind: Task, Duration: 100},
			{ID: "B", Kind: Task, Duration: 50, Constraints: []Constraint{tc.c}, Deadline: tc.dead}}, Links: []Link{{From: "A", To: "B", Type: FS}}}
		r, err := Solve(n)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := r.Find("A")
		b, _ := r.Find("B")
		if b.EarlyFinish != tc.ef || *b.Float != tc.float || *a.Float != tc.floatA {
			t.Errorf("%s: B ends %d float %d, A float %d; want %d %d %d", name, b.EarlyFinish, *b.Float, *a.Float, tc.ef, tc.float, tc.floatA)
		}
	}
}

// Work that has begun goes on from the data date; with retained logic its rest
// waits for a predecessor that is late.
func TestProgress(t *testing.T) {
	at := func(m Minute) *Minute { return &m }
	left := func(n int64) *int64 { return &n }
	n := &Network{Calendars: []Calendar{Around()}, Calendar: Elapsed, Start: at(0), DataDate: at(200), Activities: []Activity{
		{ID: "A", Kind: Task, Duration: 100, ActualStart: at(0), ActualFinish: at(110)},
		{ID: "B", Kind: Task, Duration: 100, ActualStart: at(110), Remaining: left(60)},
		{ID: "C", Kind: Task, Duration: 100, ActualStart: at(150), Remaining: left(80)},
		{ID: "D", Kind: Task, Duration: 10},
	}, Links: []Link{{From: "A", To: "B", Type: FS}, {From: "B", To: "C", Type: FS}, {From: "C", To: "D", Type: FS}}}
	r, err := Solve(n)
	if err != nil {
		t.Fatal(err)
	}
	// B goes on from 200 to 260, the rest of C waits: 260 to 340, D to 350.
	if r.Finish != 350 || !reflect.DeepEqual(r.OutOfSequence, []int(nil)) && len(r.OutOfSequence) != 1 {
		t.Errorf("retained logic: ends %d, out of sequence %v", r.Finish, r.OutOfSequence)
	}
	n.Override = true
	if r, err = Solve(n); err != nil || r.Finish != 290 {
		t.Errorf("override: ends %d %v, want 290", r.Finish, err)
	}
}

func TestSummariesWithLinks(t *testing.T) {
	zero := Minute(0)
	n := &Network{Calendars: []Calendar{Around()}, Calendar: Elapsed, Start: &zero, Activities: []Activity{
		{ID: "frame", Kind: Summary}, {ID: "f1", Kind: Task, Duration: 10, Parent: "frame"}, {ID: "f2", Kind: Task, Duration: 30, Parent: "frame"},
		{ID: "rooms", Kind: Summary}, {ID: "r1", Kind: Task, Duration: 5, Parent: "rooms"},
	}, Links: []Link{{From: "frame", To: "rooms", Type: FS, Lag: 2}}}
	r, err := Solve(n)
	if err != nil {
		t.Fatal(err)
	}
	if x, _ := r.Find("r1"); x.EarlyStart != 32 || r.Finish != 37 {
		t.Errorf("r1 starts %d, all ends %d; want 32 and 37", x.EarlyStart, r.Finish)
	}
	if x, _ := r.Find("f1"); *x.Float != 20 {
		t.Errorf("f1 may slip %d, want 20", *x.Float)
	}
	if x, _ := r.Find("rooms"); x.EarlyStart != 32 || x.EarlyFinish != 37 {
		t.Errorf("the summary: %+v", x)
	}
}

func TestCircles(t *testing.T) {
	n := &Network{Activities: []Activity{{ID: "a", Kind: Task}, {ID: "b", Kind: Task}, {ID: "c", Kind: Task}, {ID: "d", Kind: Task}, {ID: "e", Kind: Task}},
		Links: []Link{{From: "a", To: "b", Type: FS}, {From: "b", To: "c", Type: SS}, {From: "c", To: "a", Type: FF}, {From: "c", To: "d", Type: FS}, {From: "e", To: "e", Type: FS}, {From: "x", To: "a", Type: FS}}}
	r, err := Solve(n)
	if err != nil {
		t.Fatal(err)
	}
	if want := [][]string{{"a", "b", "c"}, {"e"}}; !reflect.DeepEqual(r.Cycles, want) || len(r.Times) != 0 || len(r.Dangling) != 1 {
		t.Errorf("cycles %v, times %d, dangling %v", r.Cycles, len(r.Times), r.Dangling)
	}
}

func TestRefused(t *testing.T) {
	far := MaxMinute
	for name, n := range map[string]*Network{
		"id twice":          {Activities: []Activity{{ID: "a", Kind: Task}, {ID: "a", Kind: Task}}},
		"no id":             {Activities: []Activity{{Kind: Task}}},
		"no kind":           {Activities: []Activity{{ID: "a"}}},
		"negative":          {Activities: []Activity{{ID: "a", Kind: Task, Duration: -1}}},
		"thousand years":    {Activities: []Activity{{ID: "a", Kind: Task, Duration: MaxDuration * 10}}},
		"no calendar":       {Activities: []Activity{{ID: "a", Kind: Task, Calendar: "x"}}},
		"year 2200":         {Activities: []Activity{{ID: "a", Kind: Task, ActualStart: &far}}},
		"limit":             {Activities: []Activity{{ID: "a", Kind: Task, Constraints: []Constraint{{Limit: "soon"}}}}},
		"relation":          {Links: []Link{{From: "a", To: "b", Type: "XX"}}},
		"a week of Sundays": {Calendars: []Calendar{{ID: "none"}}},
		"shifts overlap":    {Calendars: []Calendar{{ID: "none", Week: [7][]Shift{{{0, 100}, {50, 200}}}}}},
	} {
		if _, err := Solve(n); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// drawn is a network without circles: links lead from lower to higher numbers.
func drawn(t *rapid.T, calendars ...string) *Network {
	start := At(period.NewDate(2026, 1, 5), 480)
	seven := FiveDays("seven")
	seven.Week[0], seven.Week[6] = seven.Week[1], []Shift{{540, 700}}
	seven.Exceptions = map[period.Date][]Shift{period.NewDate(2026, 1, 7): nil, period.NewDate(2026, 1, 11): {{0, 1440}}}
	n := &Network{Calendars: []Calendar{FiveDays("five"), seven}, Calendar: "five", Start: &start}
	if calendars == nil {
		calendars = []string{"", "five", "seven", Elapsed}
	}
	size := rapid.IntRange(1, 25).Draw(t, "size")
	for i := range size {
		a := Activity{ID: strconv.Itoa(100 + i), Kind: Task, Duration: rapid.Int64Range(0, 5000).Draw(t, "takes"), Calendar: rapid.SampledFrom(calendars).Draw(t, "calendar")}
		if rapid.IntRange(0, 9).Draw(t, "event") == 0 {
			a.Kind, a.Duration = rapid.SampledFrom([]Kind{Milestone, StartMilestone}).Draw(t, "kind"), 0
		}
		n.Activities = append(n.Activities, a)
	}
	for range rapid.IntRange(0, 3*size).Draw(t, "links") {
		i, j := rapid.IntRange(0, size-1).Draw(t, "from"), rapid.IntRange(0, size-1).Draw(t, "to")
		if i < j {
			n.Links = append(n.Links, Link{From: n.Activities[i].ID, To: n.Activities[j].ID, Type: rapid.SampledFrom([]Relation{FS, SS, FF, SF}).Draw(t, "type"),
				Lag: rapid.Int64Range(-800, 3000).Draw(t, "lag"), Calendar: rapid.SampledFrom(calendars).Draw(t, "lag calendar")})
		}
	}
	return n
}

// Without dates that somebody set, nothing has negative float and something has
// none. Where all keep one calendar, ending as late as allowed keeps the end, and a minute later moves it.
func TestFloatIsWhatItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.SampledFrom([]string{"five", "seven", Elapsed, ""}).Draw(t, "one calendar")
		n := drawn(t)
		if one != "" {
			n = drawn(t, one)
		}
		r, err := Solve(n)
		if err != nil {
			t.Fatal(err)
		}
		critical := false
		for i, x := range r.Times {
			if *x.Float < 0 || *x.Free < 0 || *x.Free > *x.Float {
				t.Fatalf("%s: float %d free %d", x.ID, *x.Float, *x.Free)
			}
			critical = critical || x.Critical
			if one == "" || n.Activities[i].Kind == StartMilestone {
				continue // between calendars a night of one is a day of the other
			}
			lf := r.pass.lf[i]
			for late, want := range map[Minute]bool{lf: false, r.plan.nodes[i].cal.later(lf, 1): true} {
				m := *n
				m.Activities = append([]Activity(nil), n.Activities...)
				m.Activities[i].Constraints = []Constraint{{FinishNoEarlier, &late}}
				q, err := Solve(&m)
				if err != nil {
					t.Fatal(err)
				}
				if moves := q.Finish > r.Finish; moves != want {
					t.Fatalf("%s not before %s instead of %s: the end moves from %s to %s", x.ID, late, x.EarlyFinish, r.Finish, q.Finish)
				}
			}
		}
		if !critical {
			t.Fatal("nothing is critical")
		}
	})
}

// The order in which a file lists activities and links changes no date.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawn(t)
		r, err := Solve(n)
		if err != nil {
			t.Fatal(err)
		}
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		m := *n
		m.Activities, m.Links = append([]Activity(nil), n.Activities...), append([]Link(nil), n.Links...)
		rnd.Shuffle(len(m.Activities), func(i, j int) { m.Activities[i], m.Activities[j] = m.Activities[j], m.Activities[i] })
		rnd.Shuffle(len(m.Links), func(i, j int) { m.Links[i], m.Links[j] = m.Links[j], m.Links[i] })
		q, err := Solve(&m)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range r.Times {
			if y, ok := q.Find(x.ID); !ok || !reflect.DeepEqual(x, y) {
				t.Fatalf("%s: %+v and %+v", x.ID, x, y)
			}
		}
	})
}

// Every link is obeyed by the early dates and, backwards, by the late ones.
func TestLinksAreObeyed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawn(t)
		r, err := Solve(n)
		if err != nil {
			t.Fatal(err)
		}
		w := r.pass
		for _, e := range r.plan.edges {
			pick := func(s, f []Minute, start bool, v int32) Minute {
				if start {
					return s[v]
				}
				return f[v]
			}
			fromStart, toStart := e.kind == SS || e.kind == SF, e.kind == FS || e.kind == SS
			if a, b := e.cal.later(pick(w.es, w.ef, fromStart, e.from), e.lag), pick(w.es, w.ef, toStart, e.to); b < a {
				t.Fatalf("early: %s %+d leads to %s, and its successor stands at %s", e.kind, e.lag, a, b)
			}
			if a, b := e.cal.later(pick(w.ls, w.lf, fromStart, e.from), e.lag), pick(w.ls, w.lf, toStart, e.to); b < a {
				t.Fatalf("late: %s %+d leads to %s, and its successor stands at %s", e.kind, e.lag, a, b)
			}
		}
	})
}

func TestMoments(t *testing.T) {
	for in, want := range map[string]string{"2026-03-05": "2026-03-05 00:00", "2026-03-05T08:30:59": "2026-03-05 08:30", "1969-12-31 23:59": "1969-12-31 23:59", "1900-01-01 00:00": "1900-01-01 00:00"} {
		if m, err := ParseMinute(in); err != nil || m.String() != want {
			t.Errorf("%s: %s %v", in, m, err)
		}
	}
	for _, in := range []string{"", "2026-02-30", "2026-03-05T8:30", "2026-03-05 25:00", "1899-12-31", "2200-01-01", "2026-03-05x08:00", "2026-03-05 08:60"} {
		if m, err := ParseMinute(in); err == nil {
			t.Errorf("%q was read as %s", in, m)
		}
	}
}

// Counting work and finding the moment are each other's inverse.
func TestWorkIsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cal := FiveDays("x")
		cal.Exceptions = map[period.Date][]Shift{}
		for range rapid.IntRange(0, 10).Draw(t, "days") {
			cal.Exceptions[period.Date(rapid.Int32Range(20000, 20060).Draw(t, "day"))] = rapid.SampledFrom([][]Shift{nil, {{0, 1440}}, {{600, 700}}}).Draw(t, "shifts")
		}
		k := newCounter(&cal)
		m := Minute(rapid.Int64Range(20000*1440, 20060*1440).Draw(t, "m"))
		work := k.worked(m)
		if a, b := k.first(work), k.last(work); a > m || b < m || k.worked(a) != work || k.worked(b) != work || k.worked(a-1) == work || k.worked(b+1) == work {
			t.Fatalf("%s: %d from %s to %s", m, work, a, b)
		}
	})
}
