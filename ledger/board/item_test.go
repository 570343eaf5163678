package board

import (
	"testing"

	"github.com/shanyraq/shanyraq/ledger"
)

// A deadline is the last day included: overdue begins the day after.
func TestDeadlineDayIsNotOverdue(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2026-12-31", said{"departments.new", "KZ", "", "2026", "30", "2026-02-05"})
	w.expect("A", "2026-02-05", NotYet, Nothing, "-")
	w.expect("A", "2026-12-31", NotYet, Nothing, "-")
	w.expect("A", "2027-01-01", Overdue, Nothing, "-")
	if d := w.item("A", "2026-11-23").DaysLeft; d == nil || *d != 38 {
		t.Errorf("days left on 23 November: %v, want 38", d)
	}
	if d := w.item("A", "2027-01-02").DaysLeft; *d != -2 {
		t.Errorf("two days after: %d", *d)
	}
	if a := w.item("A", "2027-01-01"); !a.Ask() {
		t.Error("the day after the deadline somebody is asked")
	}
}

func TestNoDateAndDone(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "", said{"beds.new", "KZ", "", "", "10", "2026-02-05"})
	w.expect("A", "2099-01-01", NoDate, Nothing, "-")
	w.delivery(said{"beds.commissioned", "KZ", "", "2026-03-01", "10", "2026-03-02"})
	w.expect("A", "2026-03-01", NoDate, Nothing, "-") // published the day after
	w.expect("A", "2026-03-02", Done, Confirmed, "10")
	w.expect("A", "2030-03-02", Done, Confirmed, "10") // what is done does not grow old
}

func TestNotVisibleBeforePublication(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2026-12-31", said{"beds.new", "KZ", "", "2026", "500", "2026-02-05"})
	w.promise("U", "2026-12-31", said{"perinatal.new", "KZ", "", "2024/2026", "12", ""})
	b := w.board("2026-02-04")
	if b.Item("A") != nil || b.Item("U") == nil {
		t.Error("a promise counts from its publication on, one of an undated document always")
	}
	if len(b.Undated) != 1 || b.Undated[0] != "doc-" || b.LastWord != nil {
		t.Errorf("undated %v, last word %v", b.Undated, b.LastWord)
	}
	if b := w.board("2026-02-05"); b.Item("A") == nil || b.LastWord == nil || *b.LastWord != day("2026-02-05") {
		t.Error("on the day of publication")
	}
}

// What delivered figure reaches which target: "about" and "close to" from
// 95 % on, everything else in full.
func TestReached(t *testing.T) {
	for _, tc := range []struct {
		target, got string
		measure     string
		want        bool
	}{
		{"200", "200", "beds.new", true},
		{"200", "199", "beds.new", false},
		{"200", ">=200", "beds.new", true},
		{"~200", "190", "beds.new", true}, // 95 %
		{"~200", "189.9", "beds.new", false},
		{"<~200", "190", "beds.new", true},
		{"<~200", "189", "beds.new", false},
		{">400", "400", "beds.new", false},
		{">400", ">400", "beds.new", true},
		{">400", "401", "beds.new", true},
		{">=400", "400", "beds.new", true},
		{"200", "<=300", "beds.new", false}, // at most 300 may be none
		{"200", "<300", "beds.new", false},
		{"10", "10", "waiting.days", true}, // days of waiting should fall
		{"10", "11", "waiting.days", false},
		{"~10", "10.5", "waiting.days", true},
		{"~10", "10.6", "waiting.days", false},
		{"10", "<=9", "waiting.days", true},
		{"10", "<=11", "waiting.days", false},
		{"10", ">=5", "waiting.days", false}, // at least 5 may be 50
	} {
		w := newWorld(t)
		w.promise("A", "2026-12-31", said{tc.measure, "KZ", "", "2026", tc.target, "2026-01-01"})
		w.delivery(said{w.p.Measures[tc.measure].DeliveredBy, "KZ", "", "2026-06-01", tc.got, "2026-06-02"})
		due, proof := NotYet, Partly
		if tc.want {
			due, proof = Done, Confirmed
		}
		if it := w.item("A", "2026-06-02"); it.Due != due || it.Evidence != proof {
			t.Errorf("%s of %s %s: %s, %s", tc.got, tc.target, tc.measure, it.Due, it.Evidence)
		}
	}
}

// Evidence is old when its newest word is more than 180 days old; a progress
// without date never is, because nobody knows.
func TestEvidence(t *testing.T) {
	progress := said{"order", "KZ-35", "", "", "96", "2025-12-22"}
	for _, tc := range []struct {
		name string
		set  func(w *world)
		at   string
		want Proof
	}{
		{"nothing shown", func(*world) {}, "2026-06-01", Nothing},
		{"context alone shows nothing", func(w *world) { w.link("A", ledger.About_, progress) }, "2026-01-01", Nothing},
		{"progress before its publication", func(w *world) { w.link("A", ledger.Progress, progress) }, "2025-12-21", Nothing},
		{"progress", func(w *world) { w.link("A", ledger.Progress, progress) }, "2025-12-22", Partly},
		{"180 days later", func(w *world) { w.link("A", ledger.Progress, progress) }, "2026-06-20", Partly},
		{"181 days later", func(w *world) { w.link("A", ledger.Progress, progress) }, "2026-06-21", Old},
		{"a newer support", func(w *world) {
			w.link("A", ledger.Progress, progress)
			w.link("A", ledger.Supports, said{"order", "KZ-35", "", "", "1", "2026-06-01"})
		}, "2026-06-21", Partly},
		{"an undated support", func(w *world) {
			w.link("A", ledger.Progress, progress)
			w.link("A", ledger.Supports, said{"order", "KZ-35", "", "", "1", ""})
		}, "2027-06-21", Partly},
		{"a contradiction outweighs", func(w *world) {
			w.link("A", ledger.Supports, progress)
			w.link("A", ledger.Contradicts, said{"order", "KZ-35", "", "", "0", "2026-01-01"})
		}, "2026-01-01", Contradicted},
		{"a contradiction of tomorrow does not", func(w *world) {
			w.link("A", ledger.Supports, progress)
			w.link("A", ledger.Contradicts, said{"order", "KZ-35", "", "", "0", "2026-01-02"})
		}, "2026-01-01", Partly},
	} {
		w := newWorld(t)
		w.promise("A", "2026-12-31", said{"perinatal.new", "KZ-35", "", "2026", "1", "2025-01-01"})
		w.promise("B", "2026-12-31", said{"perinatal.new", "KZ-62", "", "2026", "1", "2025-01-01"})
		tc.set(w)
		if got := w.item("A", tc.at).Evidence; got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
		if got := w.item("B", tc.at).Evidence; got != Nothing {
			t.Errorf("%s: the neighbour is %s", tc.name, got)
		}
	}
}

// Both deadlines stay: the first one, and the one in force on the day.
func TestMovedDeadline(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2025-12-31", said{"perinatal.new", "KZ-35", "", "2025", "1", "2025-01-01"})
	w.p.Moves = []ledger.Move{
		{Promise: "A", Field: ledger.MoveDeadline, To: "2026-09-30", Published: on("2026-06-01")},
		{Promise: "A", Field: ledger.MoveDeadline, To: "2026-03-31", Published: on("2026-01-10")},
		{Promise: "A", Field: ledger.MoveDeadline, To: "2025-12-30"}, // undated: the oldest
		{Promise: "B", Field: ledger.MoveDeadline, To: "2030-01-01", Published: on("2025-02-01")},
	}
	for _, tc := range []struct {
		at, deadline string
		due          Due
		moves        int
	}{
		{"2025-12-30", "2025-12-30", NotYet, 1}, {"2026-01-09", "2025-12-30", Overdue, 1}, {"2026-01-10", "2026-03-31", NotYet, 2},
		{"2026-04-01", "2026-03-31", Overdue, 2}, {"2026-09-30", "2026-09-30", NotYet, 3}, {"2026-10-01", "2026-09-30", Overdue, 3},
	} {
		it := w.item("A", tc.at)
		if it.Due != tc.due || it.Deadline.String() != tc.deadline || it.FirstDeadline.String() != "2025-12-31" || len(it.Moves) != tc.moves {
			t.Errorf("on %s: %s, deadline %s (first %s), %d moves", tc.at, it.Due, it.Deadline, it.FirstDeadline, len(it.Moves))
		}
	}
	if it := w.item("A", "2026-10-01"); it.LastWord.String() != "2026-06-01" || !it.First.PublishedBy(day("2025-01-01")) {
		t.Errorf("the last word is the last move, not %s", it.LastWord)
	}
}

func TestMovedTarget(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2026-12-31", said{"beds.new", "KZ", "", "2026", "500", "2026-02-05"})
	less := w.figure(said{"beds.new", "KZ", "", "2026", "~300", "2026-08-01"}, ledger.Plan)
	w.p.Moves = []ledger.Move{{Promise: "A", Field: ledger.MoveTarget, Figure: less.ID, Published: on("2026-08-01")}}
	w.delivery(said{"beds.commissioned", "KZ", "", "2026-07-01", "290", "2026-07-02"})
	w.expect("A", "2026-07-31", NotYet, Partly, "290")
	w.expect("A", "2026-08-01", Done, Confirmed, "290")
	if it := w.item("A", "2026-08-01"); quantity(it.Target) != "~300" || quantity(it.First) != "500" {
		t.Errorf("target %s, first %s", quantity(it.Target), quantity(it.First))
	}
}

// Broken is the word of a source, never our conclusion.
func TestBrokenAndWithdrawn(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2025-12-31", said{"perinatal.new", "KZ-35", "", "2025", "1", "2025-01-01"})
	w.promise("B", "2025-12-31", said{"perinatal.new", "KZ-62", "", "2025", "1", "2025-01-01"})
	if w.item("A", "2099-01-01").Broken {
		t.Error("nobody said that it was broken")
	}
	w.p.Moves = []ledger.Move{
		{Promise: "A", Field: ledger.MoveBroken, Reason: "not built", Published: on("2026-02-01")},
		{Promise: "B", Field: ledger.MoveWithdrawn, Reason: "cut", Published: on("2026-02-01")},
	}
	if w.item("A", "2026-01-31").Broken || !w.item("A", "2026-02-01").Broken {
		t.Error("broken from the day on which a source says so")
	}
	b := w.board("2026-02-01")
	if ask := b.AskToday(); len(ask) != 1 || ask[0].ID != "A" {
		t.Errorf("asked: %d; one who took it back is not asked", len(ask))
	}
	if got := quantity(b.Totals[0].Promised); got != "1" {
		t.Errorf("promised %s: what was withdrawn does not count", got)
	}
}

// A correction replaces a figure from its own publication on; a withdrawal
// removes it.
func TestCorrectedPromise(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2026-12-31", said{"beds.new", "KZ", "", "2026", "500", "2026-02-05"})
	first := w.p.Figures[w.p.Statements[0].Figure]
	next := w.figure(said{"beds.new", "KZ", "", "2026", "50", "2026-03-01"}, ledger.Plan)
	gone := w.figure(said{"beds.new", "KZ", "", "2026", "", "2026-04-01"}, ledger.Plan)
	gone.Withdraws = true
	first.SupersededBy, next.SupersededBy = next.ID, gone.ID
	for at, want := range map[string]string{"2026-02-28": "500", "2026-03-01": "50", "2026-03-31": "50"} {
		if got := quantity(w.item("A", at).Target); got != want {
			t.Errorf("on %s: %s, want %s", at, got, want)
		}
	}
	if w.board("2026-04-01").Item("A") != nil {
		t.Error("a withdrawn figure is no promise any more")
	}
}

func TestLastWordAndParts(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "", said{"perinatal.new", "KZ", "", "", "2", "2026-01-01"})
	part := w.promise("A1", "", said{"perinatal.new", "KZ-35", "", "", "1", "2026-02-01"})
	part.PartOf = "A"
	w.promise("A2", "", said{"perinatal.new", "KZ-62", "", "", "1", "2026-03-01"}).PartOf = "A"
	// Progress of a part is a word about the whole; context is a word about nothing.
	w.link("A1", ledger.Progress, said{"order", "KZ", "", "", "1", "2026-04-01"})
	w.link("A", ledger.About_, said{"order", "KZ", "", "", "1", "2026-04-15"})
	for at, want := range map[string]struct {
		word  string
		parts int
	}{"2026-01-15": {"2026-01-01", 0}, "2026-02-15": {"2026-02-01", 1}, "2026-03-15": {"2026-03-01", 2}, "2026-05-01": {"2026-04-01", 2}} {
		if it := w.item("A", at); it.LastWord.String() != want.word || len(it.Parts) != want.parts {
			t.Errorf("on %s: last word %s, parts %v", at, it.LastWord, it.Parts)
		}
	}
}

func TestStatesAreListed(t *testing.T) {
	if len(DueStates()) != 4 || len(ProofStates()) != 5 {
		t.Error("two axes: four states of time, five of evidence")
	}
}
