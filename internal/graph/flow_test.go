package graph

import (
	"testing"

	"pgregory.net/rapid"
)

// A cut parts its two sides, and no smaller one does: as many ways that share
// no node lead from end to end.
func TestCutParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(6, 60).Draw(t, "nodes")
		var arcs Arcs
		for v := 1; v < n; v++ { // joined, and as a rule to somebody near
			arcs.Add(uint32(v), uint32(max(0, v-rapid.IntRange(1, 6).Draw(t, "back"))), 1)
		}
		for range rapid.IntRange(0, 2*n).Draw(t, "more") {
			v := rapid.IntRange(0, n-1).Draw(t, "from")
			arcs.Add(uint32(v), uint32(max(0, v-rapid.IntRange(0, 8).Draw(t, "far"))), 1)
		}
		g, err := New(n, arcs, 1)
		if err != nil {
			t.Fatal(err)
		}
		s := plainOf(&g.narrow.out)
		all := make([]uint32, n)
		for i := range all {
			all[i] = g.seat[i]
		}
		share := rapid.IntRange(1, n/3).Draw(t, "share")
		f := newFlow(s)
		side, size, _, ok := f.cut(all, share, n)
		if !ok {
			t.Fatal("no cut")
		}
		count := 0
		for v := range uint32(n) {
			if side[v] == middle {
				count++
			}
			for _, u := range s.of(v) {
				if side[v] == nearS && side[u] == nearT {
					t.Fatalf("%d and %d lie on two sides and are neighbours", v, u)
				}
			}
		}
		ways := 0
		for v := range f.last {
			if f.last[v] == stop {
				ways++
			}
		}
		if count != size || ways != size {
			t.Fatalf("%d nodes between, %d said, %d ways", count, size, ways)
		}
		for _, v := range all[:share] {
			if side[v] == nearT {
				t.Fatal("an end lies on the other side")
			}
		}
		for _, v := range all[n-share:] {
			if side[v] == nearS {
				t.Fatal("an end lies on the other side")
			}
		}
	})
}
