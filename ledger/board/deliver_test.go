package board

import (
	"testing"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Five departments of five services in four regions: nobody says that the list
// is complete, so at least five, with the five figures as its recipe.
func TestDeliveredIsTheSumBelow(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2026-12-31", said{"departments.new", "KZ", "", "2026", "30", "2026-02-05"})
	for _, s := range []said{
		{"departments.commissioned", "KZ-55", "service=pulmonology", "2026-02-05", ">=1", "2026-02-05"},
		{"departments.commissioned", "KZ-55", "service=gastroenterology", "2026-02-05", ">=1", "2026-02-05"},
		{"departments.commissioned", "KZ-62", "service=pulmonology", "2026-02-05", "1", "2026-02-05"},
		{"departments.commissioned", "351", "service=haematology", "2026-02-05", "2", "2026-02-05"},
	} {
		w.delivery(s)
	}
	it := w.item("A", "2026-02-05")
	if quantity(it.Delivered) != ">=5" || it.Delivered.Recipe.Method != MethodDelivered || len(it.Delivered.Recipe.Inputs) != 4 {
		t.Errorf("delivered %s by %+v", quantity(it.Delivered), it.Delivered.Recipe)
	}
	if it.DeliveredAsOf.String() != "2026-02-05" || it.Delivered.Place != "KZ" || it.Delivered.Period != it.Target.Period {
		t.Errorf("a figure about %s, %s as of %s", it.Delivered.Place, it.Delivered.Period, it.DeliveredAsOf)
	}
	if d := w.board("2026-02-05").Derived; len(d) == 0 || d[0].ID != it.Delivered.ID {
		t.Error("the sum is kept, to be asked for")
	}
}

func TestDelivered(t *testing.T) {
	const m = "beds.commissioned"
	for _, tc := range []struct {
		name   string
		figs   []said
		target said
		want   string
	}{
		{"a stated total beats the sum", []said{{m, "KZ", "", "2026-06-30", "150", "2026-07-01"}, {m, "KZ-35", "", "2026-06-30", "100", "2026-07-01"}, {m, "KZ-62", "", "2026-06-30", "70", "2026-07-01"}}, said{}, "150"},
		{"the newest total counts", []said{{m, "KZ", "", "2026-06-30", "150", "2026-07-01"}, {m, "KZ", "", "2026-09-30", "140", "2026-10-01"}}, said{}, "140"},
		{"of one day the later published", []said{{m, "KZ", "", "2026-06-30", "150", "2026-07-01"}, {m, "KZ", "", "2026-06-30", "151", "2026-07-15"}}, said{}, "151"},
		{"a dated one before an undated", []said{{m, "KZ", "", "2026-06-30", "150", ""}, {m, "KZ", "", "2026-06-30", "151", "2026-07-15"}}, said{}, "151"},
		{"a district inside its region is not added", []said{{m, "KZ-35", "", "2026-06-30", "100", "2026-07-01"}, {m, "351", "", "2026-06-30", "40", "2026-07-01"}, {m, "KZ-62", "", "2026-06-30", "7", "2026-07-01"}}, said{}, ">=107"},
		{"children inside all ages are not added", []said{{m, "KZ-35", "", "2026-06-30", "100", "2026-07-01"}, {m, "KZ-35", "age=child", "2026-06-30", "40", "2026-07-01"}}, said{}, ">=100"},
		{"two ages are", []said{{m, "KZ-35", "age=adult", "2026-06-30", "60", "2026-07-01"}, {m, "KZ-35", "age=child", "2026-06-30", "40", "2026-07-01"}}, said{}, ">=100"},
		{"an age and a service may overlap", []said{{m, "KZ-35", "age=child", "2026-06-30", "60", "2026-07-01"}, {m, "KZ-35", "service=ent", "2026-06-30", "40", "2026-07-01"}}, said{}, ">=60"},
		{"a stock is counted once a place, the newest", []said{{m, "KZ-35", "", "2026-03-31", "60", "2026-07-01"}, {m, "KZ-35", "", "2026-06-30", "80", "2026-07-01"}}, said{}, ">=80"},
		{"children for children", []said{{m, "KZ", "age=child", "2026-06-30", "102", "2026-07-01"}, {m, "KZ", "age=adult", "2026-06-30", "7", "2026-07-01"}}, said{dims: "age=child"}, "102"},
		{"children by service", []said{{m, "KZ", "age=child;service=ent", "2026-06-30", "30", "2026-07-01"}, {m, "KZ", "service=ent", "2026-06-30", "70", "2026-07-01"}}, said{dims: "age=child"}, ">=30"},
		{"another region does not count", []said{{m, "KZ-62", "", "2026-06-30", "70", "2026-07-01"}}, said{place: "KZ-35"}, "-"},
		{"the year before does not count", []said{{m, "KZ", "", "2025-12-31", "70", "2026-07-01"}}, said{}, "-"},
		{"without a period of the promise any year counts", []said{{m, "KZ", "", "2024-12-31", "70", "2026-07-01"}}, said{when: "none"}, "70"},
		{"published tomorrow", []said{{m, "KZ", "", "2026-06-30", "70", "2026-12-02"}}, said{}, "-"},
		{"no value", []said{{m, "KZ", "", "2026-06-30", "", "2026-07-01"}}, said{}, "-"},
		{"more than and exact", []said{{m, "KZ-35", "", "2026-06-30", ">60", "2026-07-01"}, {m, "KZ-62", "", "2026-06-30", "40", "2026-07-01"}}, said{}, ">100"},
		{"an upper bound among them", []said{{m, "KZ-35", "", "2026-06-30", "<=60", "2026-07-01"}, {m, "KZ-62", "", "2026-06-30", "40", "2026-07-01"}}, said{}, "~100"},
	} {
		w := newWorld(t)
		target := said{"beds.new", "KZ", tc.target.dims, "2026", "500", "2026-02-05"}
		if tc.target.place != "" {
			target.place = tc.target.place
		}
		if tc.target.when == "none" {
			target.when = ""
		}
		w.promise("A", "2026-12-31", target)
		for _, s := range tc.figs {
			w.delivery(s)
		}
		if got := quantity(w.item("A", "2026-12-01").Delivered); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

// Money flows: the quarters of a year add up, and a quarter inside a stated
// half-year does not count again.
func TestFlowsAddUp(t *testing.T) {
	const m = "funding.paid"
	for _, tc := range []struct {
		name string
		figs []said
		want string
	}{
		{"quarters", []said{{m, "KZ-35", "", "2025-Q1", "100", "2026-01-01"}, {m, "KZ-35", "", "2025-Q2", "50", "2026-01-01"}}, ">=150"},
		{"a month inside a quarter", []said{{m, "KZ-35", "", "2025-Q1", "100", "2026-01-01"}, {m, "KZ-35", "", "2025-02", "70", "2026-01-01"}}, ">=100"},
		{"a district in another quarter", []said{{m, "KZ-35", "", "2025-Q1", "100", "2026-01-01"}, {m, "351", "", "2025-Q2", "70", "2026-01-01"}}, ">=170"},
		{"the year itself", []said{{m, "KZ-35", "", "2025-Q1", "100", "2026-01-01"}, {m, "KZ-35", "", "2025", "130", "2026-01-01"}}, "130"},
	} {
		w := newWorld(t)
		w.promise("A", "", said{"funding.allocated", "KZ-35", "", "2025", "1000", "2025-01-01"})
		for _, s := range tc.figs {
			w.delivery(s)
		}
		if got := quantity(w.item("A", "2026-01-01").Delivered); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

// "Another 200 next month": the period is our reading, so beds that were there
// before must not be added up for it.
func TestInferredPeriodTakesStatedTotalsOnly(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2026-03-31", said{"beds.new", "KZ", "", "2026-02/2026-03", "~200", "2026-02-05"}).PeriodInferred = true
	w.promise("B", "", said{"beds.new", "KZ", "age=child", "2026/2028", "224", "2026-02-05"}).PeriodInferred = true
	w.delivery(said{"beds.commissioned", "KZ", "age=child", "2026-02-05", "102", "2026-02-05"})
	w.expect("A", "2026-11-23", Overdue, Nothing, "-")
	w.expect("B", "2026-11-23", NoDate, Old, "102")
}

func TestSupersededDelivery(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2026-12-31", said{"beds.new", "KZ", "", "2026", "500", "2026-02-05"})
	old := w.delivery(said{"beds.commissioned", "KZ", "", "2026-06-30", "120", "2026-07-01"})
	next := w.delivery(said{"beds.commissioned", "KZ", "", "2026-06-30", "102", "2026-08-01"})
	w.p.Deliveries[0].SupersededBy = next.ID
	w.expect("A", "2026-07-15", NotYet, Partly, "120")
	w.expect("A", "2026-08-01", NotYet, Partly, "102")
	delete(w.p.Figures, next.ID) // known only as a delivery
	w.expect("A", "2026-07-15", NotYet, Partly, "120")
	w.p.Deliveries[0].SupersededBy = old.ID + 1 // by something not of the programme: it does not count
	w.p.Deliveries = w.p.Deliveries[:1]
	w.expect("A", "2026-08-01", NotYet, Nothing, "-")
}

func TestNobodyDelivers(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "", said{"order", "KZ", "", "", "", "2026-02-05"}).Kind = ledger.Order
	w.promise("B", "", said{"lost", "KZ", "", "", "1", "2026-02-05"})
	w.expect("A", "2026-03-01", NoDate, Nothing, "-")
	w.expect("B", "2026-03-01", NoDate, Nothing, "-")
}

// A headline says 30, the text about 30: the board repeats the weaker word.
func TestHedged(t *testing.T) {
	w := newWorld(t)
	w.promise("A", "2026-12-31", said{"departments.new", "KZ", "", "2026", "30", "2026-02-05"})
	f := w.item("A", "2026-03-01").Target
	if got := w.programme().hedged(f, day("2026-03-01")); got != ledger.Exact {
		t.Errorf("said once: %s", got)
	}
	w.statement("B", ledger.Context, ledger.Count, said{"departments.new", "KZ", "", "2026", "~30", "2026-02-05"})
	if got := w.programme().hedged(f, day("2026-03-01")); got != ledger.About {
		t.Errorf("said again as about: %s", got)
	}
}

var places = []string{"KZ-35", "KZ-55", "KZ-62", "351", "352"}

// deliveries draws what several sources might say about beds.
func deliveries(t *rapid.T) []said {
	var out []said
	for n := rapid.IntRange(0, 8).Draw(t, "n"); n > 0; n-- {
		out = append(out, said{"beds.commissioned", rapid.SampledFrom(places).Draw(t, "place"), rapid.SampledFrom([]string{"", "age=child", "age=adult", "service=ent"}).Draw(t, "dims"),
			"2026-06-30", decimal.NewFromInt(rapid.Int64Range(0, 50).Draw(t, "beds")).String(), rapid.SampledFrom([]string{"2026-07-01", "2026-08-01", "2026-09-01", ""}).Draw(t, "published")})
	}
	return out
}

// Whatever is said, in whatever order it is read, the answer is the same; it
// never exceeds the sum of all that was said, and no two terms overlap.
func TestDeliveredProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list := deliveries(rt)
		build := func(order []int) (*world, *Item) {
			w := newWorld(t)
			w.promise("A", "2026-12-31", said{"beds.new", "KZ", "", "2026", "500", "2026-02-05"})
			for _, i := range order {
				w.delivery(list[i])
			}
			return w, w.item("A", "2026-08-15")
		}
		order := make([]int, len(list))
		for i := range order {
			order[i] = i
		}
		w, it := build(order)
		_, other := build(rapid.Permutation(order).Draw(rt, "order"))
		if quantity(it.Delivered) != quantity(other.Delivered) {
			rt.Fatalf("%s in one order, %s in another", quantity(it.Delivered), quantity(other.Delivered))
		}
		if it.Delivered == nil {
			return
		}
		sum := decimal.Zero
		for i := range w.p.Deliveries {
			if f := &w.p.Deliveries[i]; f.PublishedBy(day("2026-08-15")) {
				sum = sum.Add(*f.Value)
			}
		}
		if it.Delivered.Value.GreaterThan(sum) {
			rt.Fatalf("delivered %s of %s said", it.Delivered.Value, sum)
		}
		terms := w.programme().leaves(it.Delivered)
		for i, a := range terms {
			for _, b := range terms[i+1:] {
				if (w.p.Atlas.Within(a.Place, b.Place) || w.p.Atlas.Within(b.Place, a.Place)) && !apart(a.Dims(), b.Dims()) {
					rt.Fatalf("%s %s and %s %s are both counted", a.Place, a.Dimensions, b.Place, b.Dimensions)
				}
			}
		}
	})
}

// As time goes by promises appear and never vanish, the last word only grows
// younger, and what is overdue stays so unless it is done.
func TestAsOfGoesOneWay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		w.promise("A", "2026-08-20", said{"beds.new", "KZ", "", "2026", "60", "2026-07-15"})
		w.promise("B", "", said{"beds.new", "KZ-35", "", "2026", "20", ""})
		for _, s := range deliveries(rt) {
			w.delivery(s)
		}
		first := day("2026-07-01")
		a := first + rapidDate(rt, "a")
		b := a + rapidDate(rt, "b")
		p := w.programme()
		early, late := p.At(a), p.At(b)
		if len(early.Items) > len(late.Items) {
			rt.Fatalf("%d promises on %s, %d on %s", len(early.Items), a, len(late.Items), b)
		}
		for i := range early.Items {
			x := &early.Items[i]
			y := late.Item(x.ID)
			if y == nil {
				rt.Fatalf("%s vanished", x.ID)
			}
			if x.LastWord != nil && *y.LastWord < *x.LastWord {
				rt.Fatalf("the last word on %s grew older", x.ID)
			}
			if x.Due == Overdue && y.Due == NotYet || x.Due == NotYet && y.Due == NoDate {
				rt.Fatalf("%s went from %s to %s", x.ID, x.Due, y.Due)
			}
		}
	})
}
