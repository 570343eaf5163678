package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/ledger"
)

func TestWorldHasTheShapeThatIsMeasured(t *testing.T) {
	w := newWorld(1, 26_000_000)
	if got := w.measures * units * months * len(groups); got != 26_028_000 {
		t.Errorf("%d first wordings", got)
	}
	if len(w.places) != 241 || w.periods[0].String() != "2016-11" || w.periods[months-1].String() != "2026-10" {
		t.Errorf("%d units, %s to %s", len(w.places), w.periods[0], w.periods[months-1])
	}
	seen := map[string]bool{}
	for _, p := range w.places {
		seen[string(p)] = true
	}
	if len(seen) != 241 {
		t.Errorf("only %d codes differ", len(seen))
	}
}

func TestSameSeedSameFigures(t *testing.T) {
	a, b, other := newWorld(7, 1), newWorld(7, 26_000_000), newWorld(8, 1)
	s := spell{0, 17, 3, 99}
	id := func(w *world, version int) ledger.FigureID {
		f := w.figure(s, version)
		if err := f.Seal(); err != nil {
			t.Fatal(err)
		}
		if !f.Synthetic {
			t.Error("an invented figure is not marked as such")
		}
		return f.ID
	}
	if id(a, 0) != id(b, 0) {
		t.Error("the size of the world changes its figures")
	}
	if id(a, 0) == id(other, 0) || id(a, 0) == id(a, 1) || id(a, 0) == id(a, 2) {
		t.Error("another seed, a correction or another source says the same")
	}
}

func TestImportOrderHoldsEveryCellOnce(t *testing.T) {
	w := newWorld(1, 1)
	cells, second := map[string]int{}, 0
	w.each(0, false, func(f ledger.Figure) {
		if f.Document == "" {
			second++
			return
		}
		cells[string(f.Place)+f.Dimensions+f.Period.String()]++
	})
	if len(cells) != units*months*len(groups) || second != units*months {
		t.Errorf("%d cells, %d of a second source", len(cells), second)
	}
	corrections := 0
	w.each(0, true, func(ledger.Figure) { corrections++ })
	if want := len(cells) / correctEvery; corrections < want*9/10 || corrections > want*11/10 {
		t.Errorf("%d corrections, about %d expected", corrections, want)
	}
}

func TestTableJudgesByThe95thPercentile(t *testing.T) {
	took := make([]time.Duration, 100)
	for i := range took {
		took[i] = time.Duration(i+1) * time.Millisecond
	}
	var out bytes.Buffer
	if err := print(&out, []line{{what: "fast", bar: 97 * time.Millisecond, took: took}, {what: "slow", bar: 95 * time.Millisecond, took: took}}); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(out.String(), "\n")
	for _, want := range []string{" 51ms ", " 96ms ", " 100ms ", " held"} {
		if !strings.Contains(rows[1], want) {
			t.Errorf("%q is not in %q", want, rows[1])
		}
	}
	if !strings.Contains(rows[2], "MISSED") {
		t.Errorf("96 ms against 95 ms: %q", rows[2])
	}
}
