package graph_test

import (
	"context"
	"fmt"

	"github.com/shanyraq/shanyraq/internal/graph"
)

// Four towns along a road, and a ferry that goes one way. Hospitals stand in
// the first town and in the last.
func Example() {
	var arcs graph.Arcs
	for town, minutes := range []float64{30, 45, 20} {
		arcs.Add(uint32(town), uint32(town+1), minutes)
		arcs.Add(uint32(town+1), uint32(town), minutes)
	}
	arcs.Add(3, 1, 25.5) // the ferry is number 6
	g, err := graph.New(4, arcs, 60)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	out, _ := g.Nearest(ctx, graph.Starts(0, 3), graph.Search{})
	home, _ := g.Nearest(ctx, graph.Starts(0, 3), graph.Search{Towards: true})
	for town := range 4 {
		fmt.Printf("town %d: an ambulance of hospital %d needs %.1f min, the way to hospital %d takes %.1f min\n",
			town, out.Source[town], out.Seconds[town]/60, home.Source[town], home.Seconds[town]/60)
	}

	// Without the ferry, which does not go in winter:
	h, err := graph.NewHierarchy(g)
	if err != nil {
		fmt.Println(err)
		return
	}
	winter, err := h.Change([]graph.Change{{Arc: 6, Cost: graph.Closed}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range []*graph.Hierarchy{h, winter} {
		way, _ := x.Way(3, 0)
		fmt.Printf("from town 3 to town 0: %.1f min over %v\n", way.Seconds/60, way.Nodes)
	}
	// Output:
	// town 0: an ambulance of hospital 0 needs 0.0 min, the way to hospital 0 takes 0.0 min
	// town 1: an ambulance of hospital 1 needs 25.5 min, the way to hospital 0 takes 30.0 min
	// town 2: an ambulance of hospital 1 needs 20.0 min, the way to hospital 1 takes 20.0 min
	// town 3: an ambulance of hospital 1 needs 0.0 min, the way to hospital 1 takes 0.0 min
	// from town 3 to town 0: 55.5 min over [3 1 0]
	// from town 3 to town 0: 95.0 min over [3 2 1 0]
}

// Tenths of a second are tenths: the sum is the decimal that one expects.
func ExampleNew_unit() {
	var arcs graph.Arcs
	arcs.Add(0, 1, 1)
	arcs.Add(1, 2, 2)
	g, _ := graph.New(3, arcs, 0.1)
	d, _ := g.From(context.Background(), 0, graph.Search{})
	fmt.Println(d)
	// Output: [0 0.1 0.3]
}
