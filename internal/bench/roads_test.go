package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/internal/graph/roadlike"
)

// The answers equal those of pgr_dijkstraCost and pgr_drivingDistance to a
// millionth of a second, for times with few decimals and with all that float64
// has. Where pgRouting is not installed (make bench installs it) the test says
// so and proves nothing.
func TestRoadsEqualPgRouting(t *testing.T) {
	for _, decimals := range []int{3, 16} {
		net := roadlike.Make(roadlike.Shape{Nodes: 3000, Seed: 11, Decimals: decimals, Shuffled: true})
		m := &roadsMeasure{ctx: t.Context(), o: roadsOptions{peerRows: 20}, net: net, sources: spreadOut(net.Nodes, 20, 3), targets: spreadOut(net.Nodes, 20, 1500)}
		for _, do := range []func() error{m.build, m.nearest, m.prepare, m.sweepAbout, m.table, m.plain} {
			if err := do(); err != nil {
				t.Fatal(err)
			}
		}
		_, err := m.pgRouting()
		if errors.Is(err, errNoPeer) {
			t.Skipf("NOT COMPARED with pgRouting: %v", err)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// The measurement itself runs, small.
func TestMeasureRoads(t *testing.T) {
	var out bytes.Buffer
	if err := measureRoads(t.Context(), roadsOptions{nodes: 1200, growth: 2000, sources: 12, rounds: 1, seed: 3}, &out); err != nil {
		t.Fatal(err)
	}
	if strings.Count(out.String(), "nearest of the sources") != 3 {
		t.Error(out.String())
	}
}
