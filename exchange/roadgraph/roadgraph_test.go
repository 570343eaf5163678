package roadgraph_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/roadgraph"
	"github.com/shanyraq/shanyraq/internal/graph"
)

const small = `c four crossings, the last alone
p sp 4 4
a 1 2 15
a 2 3 20
a 3 1 0
a 2 2 7
`

func seconds(t *testing.T, n *graph.Network, from int64) []float64 {
	t.Helper()
	v, ok := n.Find(from)
	if !ok {
		t.Fatalf("no node %d", from)
	}
	d, err := n.From(t.Context(), v, graph.Search{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestGR(t *testing.T) {
	for _, text := range []string{small, strings.ReplaceAll(small, "\n", "\r\n"), "\xef\xbb\xbf" + small, strings.TrimSuffix(small, "\n")} {
		n, err := roadgraph.GR("a.gr", strings.NewReader(text), 0.1)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(seconds(t, n, 1)); got != "[0 1.5 3.5 +Inf]" {
			t.Errorf("seconds from 1: %s", got)
		}
	}
}

func TestGRRefuses(t *testing.T) {
	for name, tc := range map[string]struct{ was, is, says string }{
		"a cut file":              {"a 2 2 7\n", "", "row 5: the file ends after 3 of 4 arcs"},
		"a cut line":              {"a 2 2 7\n", "a 2", "row 6, column 3 (to): \"\" is no whole number"},
		"more arcs than said":     {"p sp 4 4", "p sp 4 3", "row 6: the line p says 3 arcs and there are more"},
		"a node that is not":      {"a 2 3 20", "a 2 5 20", "row 4, column 3 (to): there is no node 5: the line p says 1 to 4"},
		"node zero":               {"a 2 3 20", "a 0 3 20", "row 4, column 2 (from): there is no node 0"},
		"a negative weight":       {"a 2 3 20", "a 2 3 -20", "row 4, column 4 (weight): the weight -20 is negative"},
		"a weight with a point":   {"a 2 3 20", "a 2 3 2.5", "row 4, column 4 (weight): \"2.5\" is no whole number"},
		"a weight beyond float64": {"a 2 3 20", "a 2 3 9007199254740993", "row 4, column 4 (weight): the weight 9007199254740993 is beyond"},
		"a weight beyond int64":   {"a 2 3 20", "a 2 3 99999999999999999999", "row 4, column 4 (weight): \"99999999999999999999\" is no whole"},
		"a fourth number":         {"a 2 3 20", "a 2 3 20 1", "row 4: \"1\" stands after the weight"},
		"another line":            {"a 2 3 20", "e 2 3 20", "row 4: a line begins with \"e\""},
		"two heads":               {"a 2 3 20", "p sp 4 4", "row 4: a second line p"},
		"an arc before the head":  {"c four", "a 1 2 1\nc four", "row 1: an arc stands before"},
		"another problem":         {"p sp 4 4", "p max 4 4", "row 2: the line must read `p sp NODES ARCS`"},
		"an empty file":           {small, "", "the line `p sp NODES ARCS` is missing"},
		"nodes that nobody needs": {small, "p sp 2000000000 0\n", "2000000000 nodes and only 0 arcs"},
	} {
		_, err := roadgraph.GR("a.gr", strings.NewReader(strings.Replace(small, tc.was, tc.is, 1)), 1)
		if err == nil || !strings.Contains(err.Error(), tc.says) || !strings.HasPrefix(err.Error(), "a.gr: ") {
			t.Errorf("%s: %v, want %q", name, err, tc.says)
		}
	}
	for _, scale := range []float64{0, -1} {
		if _, err := roadgraph.GR("a.gr", strings.NewReader(small), scale); err == nil {
			t.Errorf("a scale of %v passed", scale)
		}
	}
}

func TestCO(t *testing.T) {
	const text = "c\np aux sp co 2\nv 2 76945000 43238000\nv 1 71430000 51128000\n"
	p, err := roadgraph.CO("a.co", strings.NewReader(text), 2)
	if err != nil || p[1] != (roadgraph.Point{Lon: 76.945, Lat: 43.238}) {
		t.Fatal(p, err)
	}
	for name, tc := range map[string]struct{ was, is, says string }{
		"a point twice":        {"v 1 ", "v 2 ", "row 4, column 2 (node): node 2 has a point already"},
		"a point missing":      {"v 1 71430000 51128000\n", "", "node 1 has no point"},
		"a node that is not":   {"v 1 ", "v 3 ", "row 4, column 2 (node): there is no node 3"},
		"off the earth":        {"43238000", "143238000", "row 3, column 3 (x): 76.945, 143.238 lies off the earth"},
		"another graph":        {"co 2", "co 3", "row 2, column 5 (nodes): \"3\" points, and the graph has 2 nodes"},
		"points before a head": {"p aux sp co 2\n", "", "a line begins with \"v\""},
	} {
		_, err := roadgraph.CO("a.co", strings.NewReader(strings.Replace(text, tc.was, tc.is, 1)), 2)
		if err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v, want %q", name, err, tc.says)
		}
	}
}

const table = `id,source,target,cost_s
1,100,200,1.5
2,200,-7,0.25
x3,-7,100,0
`

func TestEdges(t *testing.T) {
	n, err := roadgraph.Edges("e.csv", strings.NewReader(table), false)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(n.IDs) != "[-7 100 200]" || fmt.Sprint(seconds(t, n, 100)) != "[1.75 0 1.5]" {
		t.Error(n.IDs, seconds(t, n, 100))
	}
	// Columns in another order, others between them, quotation marks, blanks.
	other := "\"Cost_S\",name,target,source,id\n1.5,\"a, \"\"b\"\"\",200,100,1\n\n0.25, ,-7 , 200,2\n0e5,,\"100\",-7,x3"
	m, err := roadgraph.Edges("e.csv", strings.NewReader(other), false)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(seconds(t, m, 100)) != "[1.75 0 1.5]" {
		t.Error(seconds(t, m, 100))
	}
	both, err := roadgraph.Edges("e.csv", strings.NewReader(table), true)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(seconds(t, both, 100)); got != "[0 0 0.25]" || both.Arcs() != 6 {
		t.Error(got, both.Arcs())
	}
}

func TestEdgesRefuses(t *testing.T) {
	for name, tc := range map[string]struct{ was, is, says string }{
		"an id twice":          {"2,200", "1,200", "row 3, column id: the id 1 stands in row 2 already"},
		"a text id twice":      {"1,100", "x3,100", "row 4, column id: the id \"x3\" stands in row 2 already"},
		"no id":                {"2,200", ",200", "row 3, column id: the id is empty"},
		"a negative cost":      {"0.25", "-0.25", "row 3, column cost_s: -0.25 is negative"},
		"NaN":                  {"0.25", "NaN", "row 3, column cost_s: \"NaN\" is no number"},
		"infinite":             {"0.25", "inf", "row 3, column cost_s: \"inf\" is no number"},
		"beyond float64":       {"0.25", "1e999", "row 3, column cost_s: \"1e999\" is no number"},
		"a decimal comma":      {"0.25", "\"0,25\"", "row 3, column cost_s: \"0,25\" is no number"},
		"no cost":              {"0.25", "", "row 3, column cost_s: \"\" is no number"},
		"a node with a point":  {"200,-7", "200,7.5", "row 3, column target: \"7.5\" is no whole number"},
		"a cell too few":       {"2,200,-7,0.25", "2,200,-7", "row 3: the row has 3 cells and the header 4"},
		"a column that is not": {"cost_s", "cost", "row 1, column cost_s: the header has no such column"},
		"a column twice":       {"id,", "id,id,", "row 1, column id: the column stands twice"},
		"an open mark":         {"2,200", "\"2,200", "row 3: a quotation mark is not closed"},
		"nothing":              {table, "", "the file is empty"},
		"only a header":        {table, "id,source,target,cost_s\n", "there are no edges in it"},
		"a long line":          {"2,200", strings.Repeat("2", 1<<17) + ",200", "row 3: the line is longer"},
	} {
		_, err := roadgraph.Edges("e.csv", strings.NewReader(strings.Replace(table, tc.was, tc.is, 1)), false)
		if err == nil || !strings.Contains(err.Error(), tc.says) || !strings.HasPrefix(err.Error(), "e.csv: ") {
			t.Errorf("%s: %v, want %q", name, err, tc.says)
		}
	}
}

func TestNodes(t *testing.T) {
	n, err := roadgraph.Edges("e.csv", strings.NewReader(table), false)
	if err != nil {
		t.Fatal(err)
	}
	got, err := roadgraph.Nodes("s.csv", strings.NewReader("name,node\nb,200\na,-7\n"), n)
	if err != nil || fmt.Sprint(got) != "[2 0]" {
		t.Fatal(got, err)
	}
	for name, tc := range map[string]struct{ text, says string }{
		"a node that is not": {"node\n200\n8\n", "row 3, column node: the network has no node 8"},
		"a node twice":       {"node\n200\n100\n200\n", "row 4, column node: node 200 stands in row 2 already"},
		"no number":          {"node\nB\n", "row 2, column node: \"B\" is no whole number"},
		"no column":          {"id\n200\n", "row 1, column node: the header has no such column"},
		"no rows":            {"node\n", "there are no nodes in it"},
	} {
		if _, err := roadgraph.Nodes("s.csv", strings.NewReader(tc.text), n); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v, want %q", name, err, tc.says)
		}
	}
}

func FuzzGR(f *testing.F) {
	f.Add([]byte(small))
	f.Fuzz(func(t *testing.T, b []byte) {
		if n, err := roadgraph.GR("a.gr", bytes.NewReader(b), 1); err == nil && n.Nodes() != len(n.IDs) {
			t.Error("nodes without number")
		}
	})
}

func FuzzCO(f *testing.F) {
	f.Add([]byte("p aux sp co 1\nv 1 5 5\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := roadgraph.CO("a.co", bytes.NewReader(b), 1); err == nil && len(p) != 1 {
			t.Error("points missing")
		}
	})
}

func FuzzEdges(f *testing.F) {
	f.Add([]byte(table), true)
	f.Fuzz(func(t *testing.T, b []byte, both bool) {
		n, err := roadgraph.Edges("e.csv", bytes.NewReader(b), both)
		if err != nil {
			return
		}
		for v, id := range n.IDs {
			if at, ok := n.Find(id); !ok || at != v {
				t.Fatalf("node %d is %d and found at %d", v, id, at)
			}
		}
	})
}

func FuzzNodes(f *testing.F) {
	f.Add([]byte("node\n1\n"))
	n, err := roadgraph.GR("a.gr", strings.NewReader(small), 1)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if list, err := roadgraph.Nodes("s.csv", bytes.NewReader(b), n); err == nil && (len(list) == 0 || len(list) > 4) {
			t.Error(list)
		}
	})
}
