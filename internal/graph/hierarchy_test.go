package graph_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
	"github.com/shanyraq/shanyraq/internal/graph/roadlike"
)

func prepare(t rapid.TB, g *graph.Graph) *graph.Hierarchy {
	t.Helper()
	h, err := graph.NewHierarchy(g)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func everybody(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

type tables interface {
	Table(ctx context.Context, sources, targets []int, row func(i int, seconds []float64) error) error
}

func tableOf(t rapid.TB, of tables, sources, targets []int) [][]float64 {
	t.Helper()
	var out [][]float64
	err := of.Table(context.Background(), sources, targets, func(i int, seconds []float64) error {
		if i != len(out) {
			t.Fatalf("row %d comes after %d rows", i, len(out))
		}
		out = append(out, slices.Clone(seconds))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Tables, sweeps and ways through a hierarchy equal the oracle, on whatever
// network, and with other costs on the same roads.
func TestHierarchyEqualsTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, arcs := world(t)
		g := build(t, n, arcs)
		h := prepare(t, g)
		compare(t, h, n, arcs)
		// Another season: all costs change.
		for i := range arcs.Cost {
			arcs.Cost[i] = rapid.Float64Range(0, 100).Draw(t, "cost")
		}
		w, err := g.With(arcs.Cost)
		if err != nil {
			t.Fatal(err)
		}
		other, err := h.With(w)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, other, n, arcs)
		var file bytes.Buffer
		if _, err := h.WriteTo(&file); err != nil {
			t.Fatal(err)
		}
		kept, err := graph.ReadHierarchy("h", &file, w)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, kept, n, arcs)
	})
}

func compare(t *rapid.T, h *graph.Hierarchy, n int, arcs graph.Arcs) {
	t.Helper()
	all := everybody(n)
	table := tableOf(t, h, all, all)
	slow := tableOf(t, h.Graph(), all, all)
	for u := range n {
		want := plain(n, arcs, u, false)
		for v := range n {
			if !same(table[u][v], want[v]) || !same(slow[u][v], want[v]) {
				t.Fatalf("%d to %d: %v through the hierarchy, %v without, want %v", u, v, table[u][v], slow[u][v], want[v])
			}
		}
		checkWay(t, h, arcs, u, (u*7+3)%n, want[(u*7+3)%n])
	}
	from := starts(t, n)
	how := graph.Search{Towards: rapid.Bool().Draw(t, "towards"), Limit: float64(rapid.SampledFrom([]int{0, 7, 60}).Draw(t, "limit"))}
	got, err := h.Nearest(t.Context(), from, how)
	if err != nil {
		t.Fatal(err)
	}
	want, err := h.Graph().Nearest(t.Context(), from, how)
	if err != nil {
		t.Fatal(err)
	}
	for v := range n {
		if !same(got.Seconds[v], want.Seconds[v]) {
			t.Fatalf("node %d: %v seconds, want %v", v, got.Seconds[v], want.Seconds[v])
		}
		if h.Graph().Exact() && from[0].Seconds == 0 && got.Source[v] != want.Source[v] {
			t.Fatalf("node %d: source %d, want %d", v, got.Source[v], want.Source[v])
		}
	}
}

// checkWay follows a way arc by arc.
func checkWay(t *rapid.T, h *graph.Hierarchy, arcs graph.Arcs, from, to int, want float64) {
	t.Helper()
	w, err := h.Way(from, to)
	if err != nil {
		t.Fatal(err)
	}
	if !same(w.Seconds, want) {
		t.Fatalf("way from %d to %d: %v, want %v", from, to, w.Seconds, want)
	}
	if math.IsInf(want, 1) {
		if len(w.Nodes)+len(w.Arcs) > 0 {
			t.Fatal("a way that there is not has nodes")
		}
		return
	}
	sum := 0.0
	for i, a := range w.Arcs {
		if int(arcs.From[a]) != w.Nodes[i] || int(arcs.To[a]) != w.Nodes[i+1] {
			t.Fatalf("arc %d leads from %d to %d and stands between %d and %d", a, arcs.From[a], arcs.To[a], w.Nodes[i], w.Nodes[i+1])
		}
		sum += arcs.Cost[a]
	}
	if w.Nodes[0] != from || w.Nodes[len(w.Nodes)-1] != to || !same(sum, want) {
		t.Fatalf("way from %d to %d: nodes %v, sum %v, want %v", from, to, w.Nodes, sum, want)
	}
}

// On a network that looks like roads, large enough to be cut many times.
func TestHierarchyOfARoadNetwork(t *testing.T) {
	for _, shape := range []roadlike.Shape{{Nodes: 20_000, Seed: 1}, {Nodes: 20_000, Seed: 2, Shuffled: true, Decimals: 16}, {Nodes: 5_000, Seed: 3, ArcsPerNode: 4}} {
		net := roadlike.Make(shape)
		g := build(t, net.Nodes, net.Arcs)
		h := prepare(t, g)
		some := []int{0, 17, 999, 4321, net.Nodes - 1}
		table := tableOf(t, h, some, everybody(net.Nodes))
		for i, u := range some {
			want := plain(net.Nodes, net.Arcs, u, false)
			sweep, err := h.From(t.Context(), u, graph.Search{})
			if err != nil {
				t.Fatal(err)
			}
			for v := range net.Nodes {
				if !same(table[i][v], want[v]) || !same(sweep[v], want[v]) {
					t.Fatalf("%+v, %d to %d: table %v, sweep %v, want %v", shape, u, v, table[i][v], sweep[v], want[v])
				}
			}
		}
	}
}

// A table obeys the triangle, and is symmetric where every road leads both
// ways.
func TestTablesAreMetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, arcs := world(t)
		var both graph.Arcs
		for i := range arcs.From {
			both.Add(arcs.From[i], arcs.To[i], arcs.Cost[i])
			both.Add(arcs.To[i], arcs.From[i], arcs.Cost[i])
		}
		all := everybody(n)
		one, two := tableOf(t, prepare(t, build(t, n, arcs)), all, all), tableOf(t, prepare(t, build(t, n, both)), all, all)
		for u := range n {
			for v := range n {
				if !same(two[u][v], two[v][u]) {
					t.Fatalf("%d to %d %v, back %v", u, v, two[u][v], two[v][u])
				}
				for w := range n {
					if one[u][w] > (one[u][v]+one[v][w])*(1+1e-12) {
						t.Fatalf("%d to %d %v, over %d %v", u, w, one[u][w], v, one[u][v]+one[v][w])
					}
				}
			}
		}
	})
}

// Sums that pass 32 bits go over to wider numbers, without a word.
func TestHierarchyOfLargeSums(t *testing.T) {
	var arcs graph.Arcs
	const n, step = 3000, 1<<20 + 1
	for v := range uint32(n - 1) {
		arcs.Add(v, v+1, step)
		arcs.Add(v+1, v, step)
	}
	h := prepare(t, build(t, n, arcs))
	d, err := h.From(t.Context(), 0, graph.Search{})
	if err != nil || d[n-1] != step*(n-1) {
		t.Fatal(d[n-1], err)
	}
	if got := tableOf(t, h, []int{0}, []int{n - 1, 0})[0]; got[0] != step*(n-1) || got[1] != 0 {
		t.Error(got)
	}
	if w, err := h.Way(0, n-1); err != nil || w.Seconds != step*(n-1) || len(w.Arcs) != n-1 {
		t.Error(w.Seconds, len(w.Arcs), err)
	}
}

func TestTableStops(t *testing.T) {
	net := roadlike.Make(roadlike.Shape{Nodes: 500, Seed: 1})
	g := build(t, net.Nodes, net.Arcs)
	full := errors.New("the disk is full")
	for name, of := range map[string]tables{"graph": g, "hierarchy": prepare(t, g)} {
		rows := 0
		err := of.Table(t.Context(), everybody(400), everybody(400), func(i int, _ []float64) error {
			if rows++; i == 3 {
				return full
			}
			return nil
		})
		if !errors.Is(err, full) || rows != 4 {
			t.Errorf("%s: %v after %d rows", name, err, rows)
		}
		gone, stop := context.WithCancel(t.Context())
		stop()
		if err := of.Table(gone, everybody(400), everybody(400), func(int, []float64) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v although nobody waits any more", name, err)
		}
		if err := of.Table(t.Context(), []int{500}, []int{0}, nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: a source that is not: %v", name, err)
		}
	}
}

func TestReadHierarchyRefuses(t *testing.T) {
	net := roadlike.Make(roadlike.Shape{Nodes: 300, Seed: 1})
	g := build(t, net.Nodes, net.Arcs)
	var file bytes.Buffer
	if n, err := prepare(t, g).WriteTo(&file); err != nil || n != int64(file.Len()) {
		t.Fatal(n, file.Len(), err)
	}
	good := file.Bytes()
	other := roadlike.Make(roadlike.Shape{Nodes: 300, Seed: 2})
	damaged := slices.Clone(good)
	damaged[100] ^= 1
	newer := slices.Clone(good)
	newer[len("SHANYRAQ HIERARCHY ")]++
	for name, tc := range map[string]struct {
		file []byte
		g    *graph.Graph
		says string
		kind fault.Kind
	}{
		"nothing":         {nil, g, "no file of a hierarchy", fault.Invalid},
		"another file":    {bytes.Repeat([]byte("node,name\n"), 200), g, "no file of a hierarchy", fault.Invalid},
		"a cut file":      {good[:len(good)-100], g, "cut off", fault.Invalid},
		"a cut checksum":  {good[:len(good)-1], g, "cut off", fault.Invalid},
		"a longer file":   {append(slices.Clone(good), 0), g, "longer", fault.Invalid},
		"a damaged file":  {damaged, g, "checksum", fault.Invalid},
		"a newer version": {newer, g, "another version", fault.Invalid},
		"other roads":     {good, build(t, other.Nodes, other.Arcs), "other roads", fault.Conflict},
	} {
		_, err := graph.ReadHierarchy("roads.ch", bytes.NewReader(tc.file), tc.g)
		if !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.says) || !strings.HasPrefix(err.Error(), "roads.ch: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := prepare(t, g).With(build(t, other.Nodes, other.Arcs)); !fault.Is(err, fault.Invalid) {
		t.Errorf("other roads: %v", err)
	}
	if _, err := g.With(make([]float64, 3)); !fault.Is(err, fault.Invalid) {
		t.Errorf("three costs: %v", err)
	}
}

func FuzzReadHierarchy(f *testing.F) {
	net := roadlike.Make(roadlike.Shape{Nodes: 30, Seed: 1})
	g, err := graph.New(net.Nodes, net.Arcs, 1)
	if err != nil {
		f.Fatal(err)
	}
	h, err := graph.NewHierarchy(g)
	if err != nil {
		f.Fatal(err)
	}
	var file bytes.Buffer
	if _, err := h.WriteTo(&file); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if h, err := graph.ReadHierarchy("h", bytes.NewReader(b), g); err == nil && h.Edges() < 10 {
			t.Error("edges are missing")
		}
	})
}
