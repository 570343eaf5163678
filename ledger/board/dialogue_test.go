package board

import (
	"testing"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
)

const dimsHub = "project=hub"

// answer publishes the answer of the region about promise A, with a figure of
// the delivering measure where value is not empty.
func (w *world) answer(published string, r ledger.Relation, when, value string) {
	w.t.Helper()
	w.p.Answers = append(w.p.Answers, ledger.Answer{About: "A", Ask: "ask-1", Office: "region", Text: lang.Text{lang.EN: published}, On: on(published)})
	if value == "" {
		return
	}
	f := w.figure(said{"perinatal.opened", "KZ-35", dimsHub, when, value, published}, ledger.Actual)
	f.Source, f.Document = "region", ""
	delete(w.p.Figures, f.ID)
	if err := f.Seal(); err != nil {
		w.t.Fatal(err)
	}
	w.p.Figures[f.ID] = f
	w.p.Deliveries = append(w.p.Deliveries, *f)
	w.p.Evidence = append(w.p.Evidence, ledger.Evidence{Promise: "A", Figure: f.ID, Relation: r})
}

// promised for 2025, nothing happened by the end of that year.
func hub(t *testing.T) *world {
	w := newWorld(t)
	w.promise("A", "2025-12-31", said{"perinatal.new", "KZ-35", dimsHub, "2025", "1", "2025-01-15"})
	w.p.Asks = append(w.p.Asks, ledger.Ask{ID: "ask-1", About: "A", Office: "region", On: day("2026-02-02"), Due: day("2026-02-16")})
	return w
}

// Opened in 2026, it was delivered late; a hub elsewhere or of another project
// delivers nothing.
func TestKeptLateIsKept(t *testing.T) {
	w := hub(t)
	w.expect("A", "2026-02-10", Overdue, Nothing, "-")
	w.answer("2026-02-12", ledger.Supports, "2026-02-10", "1")
	w.expect("A", "2026-02-11", Overdue, Nothing, "-")
	w.expect("A", "2026-02-12", Done, Confirmed, "1")

	w = hub(t)
	w.link("A", ledger.Supports, said{"perinatal.opened", "KZ-62", dimsHub, "2026-02-10", "1", "2026-02-12"})
	w.link("A", ledger.Supports, said{"perinatal.opened", "KZ-35", "project=other", "2026-02-10", "1", "2026-02-12"})
	w.link("A", ledger.About_, said{"perinatal.opened", "KZ-35", dimsHub, "2026-02-10", "1", "2026-02-12"})
	if got := w.item("A", "2026-02-12"); got.Due != Overdue || got.Delivered != nil {
		t.Errorf("none of these is about the promise: %s, %s", got.Due, quantity(got.Delivered))
	}
}

// "Not open" contradicts a promise whose date has passed, until the same office
// says that it is.
func TestNotYetThenOpen(t *testing.T) {
	w := hub(t)
	w.answer("2026-02-12", ledger.Contradicts, "2026-02-12", "0")
	w.expect("A", "2026-02-12", Overdue, Contradicted, "0")
	w.answer("2026-06-20", ledger.Supports, "2026-06-15", "1")
	w.expect("A", "2026-06-19", Overdue, Contradicted, "0")
	w.expect("A", "2026-06-20", Done, Confirmed, "1")
}

func TestAnAnswerIsAWord(t *testing.T) {
	w := hub(t)
	before := w.item("A", "2026-02-11")
	if len(before.Asks) != 1 || before.Asks[0].State != ask.Open || before.Asks[0].Waited != 9 || len(before.Answers) != 0 {
		t.Fatalf("asked on 2 February, nine days without a word: %+v", before.Asks)
	}
	if got := w.item("A", "2026-02-01"); len(got.Asks) != 0 {
		t.Error("the day before nobody had asked")
	}
	w.answer("2026-02-12", "", "", "")
	after := w.item("A", "2026-02-13")
	if after.LastWord == nil || *after.LastWord != day("2026-02-12") || len(after.Answers) != 1 || after.Asks[0].State != ask.Answered || after.Asks[0].Waited != 10 {
		t.Errorf("words alone are a word: last %v, %d answers, %s", after.LastWord, len(after.Answers), after.Asks[0].State)
	}
	if after.Due != Overdue || after.Evidence != Nothing {
		t.Errorf("words alone deliver nothing: %s %s", after.Due, after.Evidence)
	}
}
