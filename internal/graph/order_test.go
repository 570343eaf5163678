package graph

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// shapes are networks that an order must not stumble over, with how deep the
// hierarchy may be.
func shapes() map[string]struct {
	nodes, deep int
	arcs        Arcs
} {
	type shape = struct {
		nodes, deep int
		arcs        Arcs
	}
	var road, star, comb, dust, grid, twin Arcs
	const n = 40_000
	for v := range uint32(n - 1) {
		road.Add(v, v+1, 1)
		star.Add(v+1, 0, 1)
		if v%200 == 199 { // teeth of 200 nodes on a back
			comb.Add(v-199, v+1, 1)
		} else {
			comb.Add(v, v+1, 1)
		}
		if v%2 == 0 {
			dust.Add(v, v+1, 1)
		}
		if v%200 < 199 {
			grid.Add(v, v+1, 1)
		}
		if v+200 < n {
			grid.Add(v, v+200, 1)
		}
		twin.Add(v, v+1, 1) // two hubs, everything joined with both
		if v > 1 {
			twin.Add(0, v, 1)
			twin.Add(v, 1, 1)
		}
	}
	return map[string]shape{
		"one road": {n, 60, road}, "a star": {n, 3, star}, "a comb": {n, 80, comb}, "parts of two": {n, 2, dust}, "a full grid": {n, 1200, grid}, "two hubs": {n, 80, twin},
		"nothing": {0, 0, Arcs{}}, "one node": {1, 1, Arcs{}}, "no arcs": {n, 1, Arcs{}},
	}
}

func TestOrderOfOddNetworks(t *testing.T) {
	for name, s := range shapes() {
		began := time.Now()
		g, err := New(s.nodes, s.arcs, 1)
		if err != nil {
			t.Fatal(err)
		}
		h, err := NewHierarchy(g)
		if err != nil {
			t.Fatal(name, err)
		}
		deep := 0
		for _, d := range h.f.depth {
			deep = max(deep, int(d)+1)
		}
		if deep > s.deep {
			t.Errorf("%s: %d ranks deep, at most %d expected", name, deep, s.deep)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		seen := make([]bool, s.nodes)
		for _, v := range h.f.seat {
			if seen[v] {
				t.Fatalf("%s: a node comes twice", name)
			}
			seen[v] = true
		}
		for r := range uint32(s.nodes) {
			if p := h.f.parent(r); p != top && (p <= r || h.f.low[p] > h.f.low[r]) {
				t.Fatalf("%s: rank %d hangs below %d", name, r, p)
			}
		}
	}
}

// A random graph is no network of roads: it is refused soon, not worked at for
// hours.
func TestWovenNetworksAreRefused(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	var arcs Arcs
	const n = 30_000
	for range 6 * n {
		arcs.Add(uint32(rnd.IntN(n)), uint32(rnd.IntN(n)), rnd.Float64())
	}
	g, err := New(n, arcs, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewHierarchy(g); !fault.Is(err, fault.TooLarge) {
		t.Errorf("a random graph: %v", err)
	}
}
