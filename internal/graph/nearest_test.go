package graph_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// world draws a small network: directed or not, with zero costs, parallel
// arcs, loops and parts that nothing joins. Costs are whole, decimal, any
// float64, or large.
func world(t *rapid.T) (int, graph.Arcs) {
	n := rapid.IntRange(1, 40).Draw(t, "nodes")
	kind := rapid.SampledFrom([]string{"whole", "decimal", "any", "large", "mixed"}).Draw(t, "costs")
	both := rapid.Bool().Draw(t, "undirected")
	node := rapid.IntRange(0, n-1)
	cost := map[string]*rapid.Generator[float64]{
		"whole":   rapid.Map(rapid.IntRange(0, 9), func(i int) float64 { return float64(i) }),
		"decimal": rapid.Map(rapid.IntRange(0, 99999), func(i int) float64 { return float64(i) / 1000 }),
		"any":     rapid.Float64Range(0, 1000),
		"large":   rapid.Map(rapid.IntRange(1<<26, 1<<33), func(i int) float64 { return float64(i) }),
		"mixed":   rapid.Map(rapid.IntRange(0, 20), func(i int) float64 { return math.Trunc(math.Pow(2.5, float64(i))) - 1 }),
	}[kind]
	var a graph.Arcs
	for range rapid.IntRange(0, 120).Draw(t, "arcs") {
		u, v, c := uint32(node.Draw(t, "from")), uint32(node.Draw(t, "to")), cost.Draw(t, "cost")
		a.Add(u, v, c)
		if both {
			a.Add(v, u, c)
		}
	}
	return n, a
}

func starts(t *rapid.T, nodes int) []graph.Start {
	list := make([]graph.Start, rapid.IntRange(1, 6).Draw(t, "sources"))
	late := rapid.Bool().Draw(t, "late")
	for i := range list {
		list[i].Node = rapid.IntRange(0, nodes-1).Draw(t, "source")
		if late {
			list[i].Seconds = rapid.Float64Range(0, 20).Draw(t, "delay")
		}
	}
	return list
}

func build(t rapid.TB, nodes int, arcs graph.Arcs) *graph.Graph {
	t.Helper()
	g, err := graph.New(nodes, arcs, 1)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestNearestEqualsTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, arcs := world(t)
		g, from := build(t, n, arcs), starts(t, n)
		how := graph.Search{Towards: rapid.Bool().Draw(t, "towards"), Limit: float64(rapid.SampledFrom([]int{0, 0, 5, 50}).Draw(t, "limit"))}
		got, err := g.Nearest(t.Context(), from, how)
		if err != nil {
			t.Fatal(err)
		}
		want, who := plainNearest(n, arcs, from, how.Towards, how.Limit)
		for v := range n {
			if !same(got.Seconds[v], want[v]) {
				t.Fatalf("node %d: %v seconds, want %v", v, got.Seconds[v], want[v])
			}
			if got.Source[v] != who[v] && (got.Source[v] < 0 || who[v] < 0 || g.Exact() && from[0].Seconds == 0) {
				t.Fatalf("node %d: source %d, want %d", v, got.Source[v], who[v])
			}
		}
	})
}

// A new facility never lengthens a time.
func TestANewSourceNeverLengthens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, arcs := world(t)
		g, from := build(t, n, arcs), starts(t, n)
		few, err := g.Nearest(t.Context(), from[:len(from)-1], graph.Search{})
		if err != nil {
			t.Fatal(err)
		}
		all, err := g.Nearest(t.Context(), from, graph.Search{})
		if err != nil {
			t.Fatal(err)
		}
		for v := range n {
			if all.Seconds[v] > few.Seconds[v] {
				t.Fatalf("node %d: %v seconds became %v", v, few.Seconds[v], all.Seconds[v])
			}
		}
	})
}

// The limit includes what takes exactly as long: sixty minutes are sixty.
func TestLimitIsInclusive(t *testing.T) {
	for _, step := range []float64{0.1, 0.001, 36, 0.3, 1.0 / 3} {
		var arcs graph.Arcs
		for v := range uint32(100) {
			arcs.Add(v, v+1, step)
		}
		g := build(t, 101, arcs)
		all, err := g.From(t.Context(), 0, graph.Search{})
		if err != nil {
			t.Fatal(err)
		}
		for _, edge := range []int{1, 3, 7, 10, 100} {
			got, err := g.From(t.Context(), 0, graph.Search{Limit: all[edge]})
			if err != nil {
				t.Fatal(err)
			}
			for v, d := range got {
				if math.IsInf(d, 1) != (v > edge) {
					t.Errorf("steps of %v, limit %v: node %d at %v", step, all[edge], v, d)
				}
			}
		}
	}
}

// 0.1 is added ten times: the sum of decimals is that of the decimals.
func TestDecimalsAreAddedExactly(t *testing.T) {
	var arcs graph.Arcs
	for v := range uint32(1000) {
		arcs.Add(v, v+1, 0.1)
	}
	g := build(t, 1001, arcs)
	d, err := g.From(t.Context(), 0, graph.Search{})
	if err != nil {
		t.Fatal(err)
	}
	if d[10] != 1 || d[1000] != 100 {
		t.Errorf("ten and a thousand times 0.1 are %v and %v", d[10], d[1000])
	}
	if !g.Exact() {
		t.Error("tenths are exact")
	}
}

// Sums beyond 32 bits stay exact; beyond 2^53 they are refused.
func TestLargeSums(t *testing.T) {
	long := func(step float64) ([]float64, error) {
		var arcs graph.Arcs
		for v := range uint32(100) {
			arcs.Add(v, v+1, step)
		}
		return build(t, 101, arcs).From(t.Context(), 0, graph.Search{})
	}
	for _, step := range []float64{1 << 28, 1<<28 - 1, 1<<40 + 1} {
		if d, err := long(step); err != nil || d[100] != 100*step {
			t.Errorf("a hundred times %v is %v, %v", step, d, err)
		}
	}
	for _, step := range []float64{1 << 50, 1e307} {
		if _, err := long(step); !fault.Is(err, fault.TooLarge) {
			t.Errorf("a hundred times %v: %v", step, err)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		from, to uint32
		cost     float64
		unit     float64
		says     string
	}{
		"a negative cost":       {0, 1, -1, 1, "arc 1 costs -1"},
		"no number":             {0, 1, math.NaN(), 1, "arc 1 costs NaN"},
		"an endless cost":       {0, 1, math.Inf(1), 1, "arc 1 costs +Inf"},
		"a node that is not":    {0, 2, 1, 1, "arc 1 leads from node 0 to node 2"},
		"a unit without length": {0, 1, 1, -1, "-1 seconds in a unit"},
	} {
		var a graph.Arcs
		a.Add(0, 1, 1)
		a.Add(tc.from, tc.to, tc.cost)
		_, err := graph.New(2, a, tc.unit)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	g := build(t, 2, graph.Arcs{})
	for name, from := range map[string]graph.Start{"a source that is not": {Node: 2}, "a source before the first": {Node: -1}, "a delay below zero": {Seconds: -1}} {
		if _, err := g.Nearest(t.Context(), []graph.Start{from}, graph.Search{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
