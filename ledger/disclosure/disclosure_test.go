package disclosure

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"pgregory.net/rapid"
)

func cells(text string) (out []Cell) {
	for _, f := range strings.Fields(text) {
		var c Cell
		id, v, _ := strings.Cut(f, "=")
		c.ID = id
		if rest, ok := strings.CutSuffix(v, "!"); ok {
			v, c.Known = rest, true
		}
		if _, err := fmt.Sscan(v, &c.Value); err != nil {
			panic(err)
		}
		out = append(out, c)
	}
	return out
}

func shown(r Result) string {
	var out []string
	for id, s := range r.Status {
		if s != Free {
			out = append(out, id+":"+string(s))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func five() Rule { r, _ := Find("count_5"); return r }

// Deaths by region: 3 of 100 is left out, and the smallest other one, because
// 100 - 57 - 40 would tell it.
func TestSuppressByHand(t *testing.T) {
	row := Table{Cells: cells("all=100 a=3 b=57 c=40"), Sums: []Sum{{"all", []string{"a", "b", "c"}}}}
	// By age and sex: the only small cell is (young, women) = 2. It takes a
	// rectangle: one more in its row, one in its column, one in the corner.
	two := Table{Cells: cells("n=60 y=22 o=38 m=38 w=22 ym=20 yw=2 om=18 ow=20"), Sums: []Sum{{"n", []string{"y", "o"}}, {"n", []string{"m", "w"}}, {"y", []string{"ym", "yw"}}, {"o", []string{"om", "ow"}}, {"m", []string{"ym", "om"}}, {"w", []string{"yw", "ow"}}}}
	before := func(v int64, text string) Table {
		x := Table{Cells: cells(text)}
		x.Cells[0].Before = &v
		return x
	}
	for _, tc := range []struct {
		what  string
		table Table
		rule  Rule
		want  string
	}{
		{"one small cell in a row", row, five(), "a:C c:D"},
		{"nothing small", Table{Cells: cells("all=97 b=57 c=40"), Sums: []Sum{{"all", []string{"b", "c"}}}}, five(), ""},
		{"a small cell without a sum", Table{Cells: cells("a=4 b=5")}, five(), "a:C"},
		{"zero tells of nobody", Table{Cells: cells("all=40 a=0 c=40"), Sums: []Sum{{"all", []string{"a", "c"}}}}, five(), ""},
		{"where zero tells", Table{Cells: cells("a=0")}, Rule{Threshold: 5, ZeroSensitive: true}, "a:C"},
		{"two small cells of 2 protect each other only up to 4", Table{Cells: cells("all=44 a=2 b=2 c=40"), Sums: []Sum{{"all", []string{"a", "b", "c"}}}}, five(), "a:C b:C"},
		{"1 and 1 do not: a third goes", Table{Cells: cells("all=42 a=1 b=1 c=40"), Sums: []Sum{{"all", []string{"a", "b", "c"}}}}, five(), "a:C b:C c:D"},
		{"a rectangle", two, five(), "om:D ow:D ym:D yw:C"},
		{"the one that would protect is known: the next one goes", Table{Cells: cells("all=100 a=3 b=57 c=40!"), Sums: []Sum{{"all", []string{"a", "b", "c"}}}}, five(), "a:C b:D"},
		{"a revision by two tells of two", before(40, "a=42"), five(), "a:C"},
		{"a revision by ten does not", before(40, "a=50"), five(), ""},
		{"an unchanged number does not", before(40, "a=40"), five(), ""},
		{"one holds eight of ten", Table{Cells: []Cell{{ID: "a", Value: 10, Contributions: []int64{8, 1, 1}}, {ID: "b", Value: 10, Contributions: []int64{5, 5}}}}, Rule{Dominance: 0.75, Largest: 1}, "a:C"},
	} {
		got, err := Suppress(tc.table, tc.rule)
		if err != nil || shown(got) != tc.want || len(got.Exposed) != 0 {
			t.Errorf("%s: %s, exposed %v, %v, want %s", tc.what, shown(got), got.Exposed, err, tc.want)
		}
	}
	got, err := Suppress(row, five())
	if x := got.Reach["a"]; err != nil || x.Low != 0 || *x.High != 43 {
		t.Errorf("a may be 0 to 43: %+v", x)
	}
}

// Everything else was published: nothing can help, and that is said.
func TestExposed(t *testing.T) {
	known := Table{Cells: cells("all=100! a=3 b=57! c=40!"), Sums: []Sum{{"all", []string{"a", "b", "c"}}}}
	got, err := Suppress(known, five())
	if err != nil || shown(got) != "a:C" || !slices.Equal(got.Exposed, []string{"a"}) {
		t.Errorf("%s %v %v", shown(got), got.Exposed, err)
	}
	// Regions that were published, and their union: what lies between is told.
	union := Table{Cells: cells("ab=60! a=57! b=3"), Sums: []Sum{{"ab", []string{"a", "b"}}}}
	if got, err := Suppress(union, five()); err != nil || !slices.Equal(got.Exposed, []string{"b"}) {
		t.Errorf("%v %v", got.Exposed, err)
	}
	if got, err := Suppress(Table{Cells: cells("a=3!")}, five()); err != nil || shown(got) != "" || !slices.Equal(got.Exposed, []string{"a"}) {
		t.Errorf("what is out is out: %v %v", got, err)
	}
}

func TestRoundByHand(t *testing.T) {
	tree := Table{Cells: cells("all=23 a=7 b=8 c=8 a1=3 a2=4"), Sums: []Sum{{"all", []string{"a", "b", "c"}}, {"a", []string{"a1", "a2"}}}}
	got, err := Round(tree, 5) // 25: remainders 2, 3, 3; two go up: b and c; a stays 5, of which a2 has the larger remainder
	want := map[string]int64{"all": 25, "a": 5, "b": 10, "c": 10, "a1": 0, "a2": 5}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	cross := Table{Cells: cells("n=2 m=2 a=2"), Sums: []Sum{{"n", []string{"a"}}, {"m", []string{"a"}}}}
	if _, err := Round(cross, 5); !fault.Is(err, fault.Invalid) {
		t.Errorf("two totals of one part: %v", err)
	}
	if _, err := Round(tree, 1); !fault.Is(err, fault.Invalid) {
		t.Errorf("base 1: %v", err)
	}
}

func TestBadTables(t *testing.T) {
	for what, x := range map[string]Table{
		"a cell twice":         {Cells: cells("a=1 a=2")},
		"a negative count":     {Cells: cells("a=-1")},
		"a sum of nothing":     {Cells: cells("a=1"), Sums: []Sum{{"a", nil}}},
		"a sum of what is not": {Cells: cells("a=1"), Sums: []Sum{{"a", []string{"b"}}}},
		"a sum that is wrong":  {Cells: cells("a=3 b=1 c=1"), Sums: []Sum{{"a", []string{"b", "c"}}}},
		"a part twice":         {Cells: cells("a=2 b=1"), Sums: []Sum{{"a", []string{"b", "b"}}}},
		"a total of itself":    {Cells: cells("a=2"), Sums: []Sum{{"a", []string{"a"}}}},
	} {
		if _, err := Suppress(x, five()); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if !Known("") || !Known("count_5") || Known("count_6") {
		t.Error("names of rules")
	}
}

// tables draws a table of rows by columns with its margins.
func tables(t *rapid.T) Table {
	rows, cols := rapid.IntRange(1, 3).Draw(t, "rows"), rapid.IntRange(1, 4).Draw(t, "columns")
	var x Table
	add := func(id string, v int64) { x.Cells = append(x.Cells, Cell{ID: id, Value: v}) }
	var all int64
	byCol := make([]int64, cols)
	for i := range rows {
		var sum int64
		var parts []string
		for j := range cols {
			v := int64(rapid.SampledFrom([]int{0, 0, 1, 2, 3, 4, 5, 7, 12, 40}).Draw(t, "v"))
			id := fmt.Sprintf("r%dc%d", i, j)
			add(id, v)
			parts = append(parts, id)
			sum, byCol[j] = sum+v, byCol[j]+v
		}
		add(fmt.Sprintf("r%d", i), sum)
		x.Sums = append(x.Sums, Sum{fmt.Sprintf("r%d", i), parts})
		all += sum
	}
	add("all", all)
	var rs, cs []string
	for i := range rows {
		rs = append(rs, fmt.Sprintf("r%d", i))
	}
	for j := range cols {
		var parts []string
		for i := range rows {
			parts = append(parts, fmt.Sprintf("r%dc%d", i, j))
		}
		add(fmt.Sprintf("c%d", j), byCol[j])
		x.Sums = append(x.Sums, Sum{fmt.Sprintf("c%d", j), parts})
		cs = append(cs, fmt.Sprintf("c%d", j))
	}
	x.Sums = append(x.Sums, Sum{"all", rs}, Sum{"all", cs})
	return x
}

// No sensitive cell is published; each lies in its interval, which is as wide
// as promised, or is said to be exposed; both ends of it are tables that the
// reader could believe, found by an independent walk over all small tables.
func TestSuppressHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := tables(t)
		got, err := Suppress(x, five())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range x.Cells {
			small := c.Value > 0 && c.Value < 5
			if small != (got.Status[c.ID] == Primary) {
				t.Fatalf("%s=%d is %s", c.ID, c.Value, got.Status[c.ID])
			}
			if !small {
				continue
			}
			r, ok := got.Reach[c.ID]
			if !ok || r.Low > c.Value || r.High != nil && *r.High < c.Value {
				t.Fatalf("%s=%d outside %+v", c.ID, c.Value, r)
			}
			if r.High != nil && *r.High-r.Low < 4 && !slices.Contains(got.Exposed, c.ID) {
				t.Fatalf("%s=%d is told to lie in %d to %d", c.ID, c.Value, r.Low, *r.High)
			}
		}
	})
}

// Bounds by search over whole numbers agree with the linear programs.
func TestAuditAgreesWithSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := tables(t)
		got, err := Suppress(x, five())
		if err != nil {
			t.Fatal(err)
		}
		var hidden []string
		var largest int64
		for _, c := range x.Cells {
			if got.Status[c.ID] != Free {
				hidden = append(hidden, c.ID)
				largest = max(largest, c.Value)
			}
		}
		if len(hidden) == 0 || len(hidden) > 5 || largest > 14 {
			return // too many tables to walk through
		}
		value := map[string]int64{}
		for _, c := range x.Cells {
			value[c.ID] = c.Value
		}
		low, high := map[string]int64{}, map[string]int64{}
		var walk func(i int)
		walk = func(i int) {
			if i < len(hidden) {
				for v := int64(0); v <= 60 && v <= 4*largest+4; v++ {
					value[hidden[i]] = v
					walk(i + 1)
				}
				return
			}
			for _, s := range x.Sums {
				sum := value[s.Total]
				for _, p := range s.Parts {
					sum -= value[p]
				}
				if sum != 0 {
					return
				}
			}
			for _, id := range hidden {
				if v, ok := low[id]; !ok || value[id] < v {
					low[id] = value[id]
				}
				high[id] = max(high[id], value[id])
			}
		}
		if len(hidden) > 3 {
			return
		}
		walk(0)
		for id, r := range got.Reach {
			if r.Low != low[id] || r.High != nil && *r.High != high[id] {
				t.Fatalf("%s: %d to %v, by search %d to %d", id, r.Low, r.High, low[id], high[id])
			}
		}
	})
}

// Rounded sums hold, and nothing moves by a whole base.
func TestRoundHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := tables(t)
		x.Sums = slices.DeleteFunc(x.Sums, func(s Sum) bool {
			return strings.HasPrefix(s.Total, "c") || s.Total == "all" && strings.HasPrefix(s.Parts[0], "c")
		})
		base := int64(rapid.SampledFrom([]int{2, 3, 5, 10}).Draw(t, "base"))
		got, err := Round(x, base)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range x.Cells {
			if v := got[c.ID]; v%base != 0 || abs(v-c.Value) >= base || c.Value%base == 0 && v != c.Value {
				t.Fatalf("%s=%d became %d", c.ID, c.Value, v)
			}
		}
		for _, s := range x.Sums {
			sum := got[s.Total]
			for _, p := range s.Parts {
				sum -= got[p]
			}
			if sum != 0 {
				t.Fatalf("%s: %d remain", s.Total, sum)
			}
		}
	})
}
