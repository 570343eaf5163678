package board

import (
	"testing"

	"github.com/shanyraq/shanyraq/ledger"
)

func (b *Board) total(theme ledger.Theme, unit string) *Total {
	for i := range b.Totals {
		if b.Totals[i].Theme == theme && b.Totals[i].Unit == unit {
			return &b.Totals[i]
		}
	}
	return nil
}

// 49 = 30 + 7 + 12: the parts are never added to the whole.
func TestPartsAreNeverAddedTwice(t *testing.T) {
	w := newWorld(t)
	w.promise("A1", "", said{"departments.new", "KZ", "", "2026/2028", "49", "2026-02-05"})
	for id, s := range map[string]said{
		"A4":  {"departments.new", "KZ", "", "2026", "30", "2026-02-05"},
		"A10": {"departments.new", "KZ", "age=adult", "2027", "7", "2026-02-05"},
		"A11": {"departments.new", "KZ", "age=child", "2026/2028", "12", "2026-02-05"},
	} {
		w.promise(id, "", s).PartOf = "A1"
	}
	total := w.board("2026-03-01").total(ledger.Departments, "department")
	if quantity(total.Promised) != "49" || total.Promises != 4 || len(total.Overlap) != 0 || total.ByDue[NoDate] != 4 || total.ByEvidence[Nothing] != 4 {
		t.Errorf("promised %s of %d promises, overlap %v", quantity(total.Promised), total.Promises, total.Overlap)
	}
	if total.Delivered != nil {
		t.Errorf("delivered %s: unknown is not zero", quantity(total.Delivered))
	}
	if r := total.Promised.Recipe; r.Method != MethodTotal || len(r.Inputs) != 1 || total.Promised.Dimensions != "theme=departments" {
		t.Errorf("recipe %+v", r)
	}
}

// A part whose whole nobody has published yet counts by itself.
func TestPartWithoutItsWhole(t *testing.T) {
	w := newWorld(t)
	w.promise("A1", "", said{"departments.new", "KZ", "", "2026/2028", "49", "2026-06-01"})
	w.promise("A4", "", said{"departments.new", "KZ", "", "2026", "30", "2026-02-05"}).PartOf = "A1"
	if got := quantity(w.board("2026-03-01").total(ledger.Departments, "department").Promised); got != "30" {
		t.Errorf("promised %s before the whole was said", got)
	}
	if got := quantity(w.board("2026-06-01").total(ledger.Departments, "department").Promised); got != "49" {
		t.Errorf("promised %s afterwards", got)
	}
}

// Are the 224 children's beds inside the close to 800? Nobody says so: at most
// 1024. The 102 beds deliver both and are counted once.
func TestOverlapAndSharedDelivery(t *testing.T) {
	w := newWorld(t)
	w.promise("A3", "", said{"beds.new", "KZ", "", "2026/2028", "<~800", "2026-02-05"})
	w.promise("A12", "", said{"beds.new", "KZ", "age=child", "2026/2028", "224", "2026-02-05"})
	w.delivery(said{"beds.commissioned", "KZ", "age=child", "2026-02-05", "102", "2026-02-05"})
	total := w.board("2026-03-01").total(ledger.BedsTheme, "bed")
	if quantity(total.Promised) != "<=1024" || len(total.Overlap) != 1 || total.Overlap[0] != "A12" || total.Promised.Recipe.Params["overlap"] == "" {
		t.Errorf("promised %s, overlap %v", quantity(total.Promised), total.Overlap)
	}
	if quantity(total.Delivered) != ">=102" {
		t.Errorf("delivered %s, want at least 102, once", quantity(total.Delivered))
	}
	w.promise("A13", "", said{"beds.new", "KZ-35", "", "2027", ">=10", "2026-02-05"})
	if total := w.board("2026-03-01").total(ledger.BedsTheme, "bed"); quantity(total.Promised) != "~1034" || total.Promised.Recipe.Params["indefinite"] == "" {
		t.Errorf("lower and upper bounds: %s %v", quantity(total.Promised), total.Promised.Recipe.Params)
	}
}

// Units and themes stand apart and in the order of the board.
func TestTotalsByThemeAndUnit(t *testing.T) {
	w := newWorld(t)
	w.promise("F", "", said{"funding.allocated", "KZ-35", "", "2025", "1740000000", "2025-12-22"})
	w.promise("P", "", said{"perinatal.new", "KZ", "", "", "12", ""})
	w.promise("O", "", said{"order", "KZ", "", "", "", "2026-03-10"})
	w.promise("D", "", said{"departments.new", "KZ", "", "", "49", "2026-02-05"})
	var got []string
	for _, x := range w.board("2026-11-23").Totals {
		got = append(got, string(x.Theme)+" "+x.Unit+" "+quantity(x.Promised))
	}
	want := []string{"departments department 49", "facilities facility 12", "money KZT 1740000000", "digital order -"}
	if len(got) != len(want) {
		t.Fatalf("totals %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s, want %s", got[i], want[i])
		}
	}
}

// The money of Karaganda: about 7.5 bn said, its parts more than 7.4721 bn,
// 1.74 bn more from the region, paid unknown.
func TestMoney(t *testing.T) {
	w := newWorld(t)
	part := func(id, project, value string) {
		w.statement(id, ledger.Delivery, ledger.MoneyKind, said{"funding.allocated", "KZ-35", "project=" + project, "2025", value, "2025-12-22"})
		w.p.Statements[len(w.p.Statements)-1].PartOf = "C1"
	}
	w.promise("E6", "2025-12-31", said{"funding.allocated", "KZ-62", "", "2025", "14800000000", "2025-11-25"}).Kind = ledger.MoneyKind
	w.promise("C3", "", said{"funding.allocated", "KZ-35", "fund=region;project=block", "2025", "1740000000", "2025-12-22"}).Kind = ledger.MoneyKind
	w.promise("C9", "", said{"funding.allocated", "KZ-35", "project=other", "2025", "5", "2025-12-22"}).Kind = ledger.MoneyKind
	w.statement("C1", ledger.Context, ledger.MoneyKind, said{"funding.allocated", "KZ-35", "", "2025", "~7500000000", "2025-12-22"})
	part("C2", "block", "6200000000")
	part("C5", "hub", ">1000000000")
	part("C8", "children", "272100000")
	rows := func(at string) string {
		out := ""
		for _, r := range w.board(at).Money {
			out += r.What + " " + r.Statement + " " + quantity(r.Shown) + "\n"
		}
		return out
	}
	if got, want := rows("2026-11-23"), "whole C1 ~7500000000\nparts C1 >7472100000\nmore C3 1740000000\nsaid E6 14800000000\nsaid C9 5\npaid  -\n"; got != want {
		t.Errorf("money:\n%swant\n%s", got, want)
	}
	if got, want := rows("2025-12-01"), "said E6 14800000000\npaid  -\n"; got != want {
		t.Errorf("before the announcement:\n%swant\n%s", got, want)
	}
	w.delivery(said{"funding.paid", "KZ-35", "project=hub", "2025", "980000000", "2026-04-01"})
	if got := w.board("2026-11-23").Money; quantity(got[len(got)-1].Shown) != "980000000" {
		t.Errorf("paid: %s", quantity(got[len(got)-1].Shown))
	}
	w.delivery(said{"funding.paid", "KZ-35", "project=block", "2025", "20000000", "2026-04-01"})
	w.delivery(said{"funding.paid", "351", "project=hub", "2025-Q1", "70000000", "2026-05-01"})
	if got := w.board("2026-11-23").Money; quantity(got[len(got)-1].Shown) != ">=1000000000" {
		t.Errorf("paid for two projects, one of them told twice: %s", quantity(got[len(got)-1].Shown))
	}
}

// Of the regions to be served first only the one counts in which something
// stands, also when it stands in a district.
func TestPriority(t *testing.T) {
	w := newWorld(t)
	for id, place := range map[string]string{"P1": "KZ-35", "P2": "KZ-55", "P3": "KZ-62"} {
		w.statement(id, ledger.Context, ledger.Order, said{"departments.priority", place, "", "2026", "", "2026-02-05"})
	}
	w.delivery(said{"departments.commissioned", "351", "", "2026-02-05", "1", "2026-03-01"})
	w.delivery(said{"departments.commissioned", "KZ-55", "", "2026-02-05", "0", "2026-02-05"})
	has := func(at string) int {
		n := 0
		for _, x := range w.board(at).Priority {
			if x.Has {
				n++
				if x.Place != "KZ-35" {
					t.Errorf("%s has something", x.Place)
				}
			}
		}
		return n
	}
	if has("2026-02-28") != 0 || has("2026-03-01") != 1 || len(w.board("2026-02-04").Priority) != 0 {
		t.Error("priority as of each day")
	}
}

// Those one can ask with the least doubt come first; parts are left to their
// whole, unless they have a date of their own.
func TestAskOrder(t *testing.T) {
	w := newWorld(t)
	add := func(id, deadline, published string) *ledger.Statement {
		return w.promise(id, deadline, said{"perinatal.new", "KZ-35", "site=" + id, "", "1", published})
	}
	add("reading", "2024-12-31", "2025-01-01").PeriodInferred = true
	add("undated", "2024-12-31", "")
	add("later", "2026-02-28", "2025-12-22")
	add("silent", "2025-12-31", "2025-12-22")
	add("shown", "2025-12-31", "2025-12-22")
	add("inside", "2025-12-31", "2025-12-22").PartOf = "shown"
	add("own date", "2026-06-30", "2025-12-22").PartOf = "shown"
	add("future", "2026-12-31", "2025-12-22")
	add("dateless", "", "2025-12-22")
	w.link("shown", ledger.Progress, said{"order", "KZ-35", "", "", "96", "2025-12-22"})
	b := w.board("2026-11-23")
	check := func(name string, items []*Item, want ...string) {
		t.Helper()
		if len(items) != len(want) {
			t.Errorf("%s: %d items, want %v", name, len(items), want)
			return
		}
		for i, it := range items {
			if it.ID != want[i] {
				t.Errorf("%s: %s in place %d, want %s", name, it.ID, i+1, want[i])
			}
		}
	}
	check("ask today", b.AskToday(), "shown", "silent", "later", "own date", "undated", "reading")
	check("due next", b.DueNext(), "future")
	check("no date", b.NoDateGiven(), "dateless")
}

// No date at all comes before a period without a deadline, shown progress
// before none, a building before an order, a digital order before a wish for
// people.
func TestNoDateOrder(t *testing.T) {
	w := newWorld(t)
	w.promise("A1", "", said{"departments.new", "KZ", "", "2026/2028", "49", "2026-02-05"})
	w.promise("D7", "", said{"order", "KZ", "", "", "", "2026-03-10"}).Kind = ledger.Order
	w.promise("A14", "", said{"trust", "KZ", "", "", "", "2026-02-05"}).Kind = ledger.Order
	w.promise("E10", "", said{"perinatal.new", "KZ-62", "", "", "1", "2025-11-25"}).Kind = ledger.Object
	w.promise("C4p", "", said{"perinatal.new", "KZ-35", "", "", "1", "2025-12-22"})
	w.link("C4p", ledger.Progress, said{"order", "KZ-35", "", "", "70", "2025-12-22"})
	var got string
	for _, it := range w.board("2026-11-23").NoDateGiven() {
		got += it.ID + " "
	}
	if got != "C4p E10 D7 A14 A1 " {
		t.Errorf("order %s", got)
	}
}

func TestBreakpoints(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "", said{"beds.new", "KZ", "", "2026", "500", "2026-02-05"})
	w.promise("U", "", said{"beds.new", "KZ-35", "", "2026", "5", ""})
	w.delivery(said{"beds.commissioned", "KZ", "", "2026-06-30", "5", "2026-07-01"})
	w.p.Moves = []ledger.Move{{Promise: "A", Field: ledger.MoveBroken, Reason: "x", Published: on("2026-05-01")}}
	got := ""
	for _, d := range w.programme().Breakpoints() {
		got += d.String() + " "
	}
	if got != "2026-02-05 2026-05-01 2026-07-01 " {
		t.Errorf("breakpoints %s", got)
	}
}
