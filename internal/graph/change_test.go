package graph_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
	"github.com/shanyraq/shanyraq/internal/graph/roadlike"
)

// A few arcs change, again and again, some are closed: each time as if all had
// been worked in afresh, and what was before stays.
func TestChangeEqualsTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, arcs := world(t)
		if arcs.Len() == 0 {
			return
		}
		h := prepare(t, build(t, n, arcs))
		first := arcs
		first.Cost = append([]float64(nil), arcs.Cost...)
		was := h
		for range 3 {
			var list []graph.Change
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				i := rapid.IntRange(0, arcs.Len()-1).Draw(t, "arc")
				c := float64(rapid.IntRange(0, 30).Draw(t, "cost"))
				switch rapid.IntRange(0, 6).Draw(t, "kind") {
				case 0:
					c = graph.Closed
				case 1:
					c /= 7
				}
				list = append(list, graph.Change{Arc: i, Cost: c})
				arcs.Cost[i] = c
			}
			var err error
			if h, err = h.Change(list); err != nil {
				t.Fatal(err)
			}
			compare(t, h, n, arcs)
		}
		compare(t, was, n, first)
	})
}

func TestChangeOnARoadNetwork(t *testing.T) {
	net := roadlike.Make(roadlike.Shape{Nodes: 20_000, Seed: 5})
	h := prepare(t, build(t, net.Nodes, net.Arcs))
	for k := range 6 {
		arc := (k*7919 + 13) % net.Arcs.Len()
		net.Arcs.Cost[arc] = []float64{0.001, 900, graph.Closed}[k%3]
		var err error
		if h, err = h.Change([]graph.Change{{Arc: arc, Cost: net.Arcs.Cost[arc]}}); err != nil {
			t.Fatal(err)
		}
		from := int(net.Arcs.From[arc])
		want := plain(net.Nodes, net.Arcs, from, false)
		got, err := h.From(t.Context(), from, graph.Search{})
		if err != nil {
			t.Fatal(err)
		}
		search, err := h.Graph().From(t.Context(), from, graph.Search{})
		if err != nil {
			t.Fatal(err)
		}
		for v := range want {
			if !same(got[v], want[v]) || !same(search[v], want[v]) {
				t.Fatalf("change %d, node %d: %v, search %v, want %v", k, v, got[v], search[v], want[v])
			}
		}
	}
}

func TestChangeRefuses(t *testing.T) {
	net := roadlike.Make(roadlike.Shape{Nodes: 50, Seed: 1})
	h := prepare(t, build(t, net.Nodes, net.Arcs))
	for _, c := range []graph.Change{{Arc: -1}, {Arc: net.Arcs.Len()}, {Cost: -1}, {Cost: math.NaN()}} {
		if _, err := h.Change([]graph.Change{c}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// Within finds what Nearest finds inside the limit, however often the same
// graph is asked.
func TestWithinEqualsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, arcs := world(t)
		g := build(t, n, arcs)
		for range 3 {
			from := starts(t, n)
			how := graph.Search{Towards: rapid.Bool().Draw(t, "towards"), Limit: float64(rapid.IntRange(0, 60).Draw(t, "limit"))}
			all, err := g.Nearest(t.Context(), from, how)
			if err != nil {
				t.Fatal(err)
			}
			list, err := g.Within(t.Context(), from, how)
			if err != nil {
				t.Fatal(err)
			}
			inside := 0
			for v := range n {
				if all.Source[v] != graph.None {
					inside++
				}
			}
			for _, r := range list {
				if r.Seconds != all.Seconds[r.Node] || r.Source != int(all.Source[r.Node]) {
					t.Fatalf("%+v, want %v from %d", r, all.Seconds[r.Node], all.Source[r.Node])
				}
			}
			if len(list) != inside {
				t.Fatalf("%d nodes within, want %d", len(list), inside)
			}
		}
	})
}

// The k nearest are the first k of all sources by time and place in the list.
func TestNearestSeveralEqualsTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, arcs := world(t)
		g, from, k := build(t, n, arcs), starts(t, n), rapid.IntRange(1, 4).Draw(t, "k")
		how := graph.Search{Towards: rapid.Bool().Draw(t, "towards"), Limit: float64(rapid.SampledFrom([]int{0, 0, 20}).Draw(t, "limit"))}
		got, err := g.NearestSeveral(t.Context(), from, k, how)
		if err != nil {
			t.Fatal(err)
		}
		one, err := g.Nearest(t.Context(), from, how)
		if err != nil {
			t.Fatal(err)
		}
		times := make([][]float64, len(from))
		for i, f := range from {
			times[i] = plain(n, arcs, f.Node, how.Towards)
			for v := range times[i] {
				times[i][v] += f.Seconds
			}
		}
		for v := range n {
			ties := !g.Exact() || from[0].Seconds > 0 // rounding may make some that are none
			if got.Seconds[v*k] != one.Seconds[v] || !ties && got.Source[v*k] != one.Source[v] {
				t.Fatalf("node %d: first of several %v, nearest %v", v, got.Seconds[v*k], one.Seconds[v])
			}
			used := map[int32]bool{}
			for i := range k {
				best := math.Inf(1)
				for s := range from {
					if d := times[s][v]; !used[int32(s)] && d < best && (how.Limit == 0 || d <= how.Limit+1e-9) {
						best = d
					}
				}
				at := v*k + i
				if !same(got.Seconds[at], best) {
					t.Fatalf("node %d, nearest %d: %v, want %v", v, i+1, got.Seconds[at], best)
				}
				if s := got.Source[at]; s != graph.None {
					if used[s] || !same(times[s][v], best) {
						t.Fatalf("node %d, nearest %d: source %d at %v, want %v", v, i+1, s, times[s][v], best)
					}
					used[s] = true
				}
			}
		}
	})
}
