package friction_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/plan/access/frame"
	"github.com/shanyraq/shanyraq/plan/access/friction"
)

// Four cells of steppe of 100 m from west to east, a river in the third, and a
// road along all of them, which crosses it.
func ExampleMerge() {
	got, err := friction.Merge(friction.Input{
		Frame: frame.Frame{Columns: 4, Rows: 2, OriginX: 0, OriginY: 200, CellWidth: 100, CellHeight: 100},
		Cells: []float32{10, 10, 10, 10, 10, 10, 10, 10},
		Speeds: friction.Speeds{
			{Class: "10", Mode: friction.Walking, KmPerHour: 5},
			{Class: "main", Mode: friction.Motorised, KmPerHour: 72},
		},
		Roads:    []friction.Road{{Class: "main", Lines: []orb.LineString{{{0, 150}, {400, 150}}}}},
		Barriers: []friction.Barrier{{Lines: []orb.LineString{{{250, 0}, {250, 200}}}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(got.Friction[:4], "seconds for a metre")
	fmt.Println(got.Friction[4:])
	fmt.Println("cells under bridges:", got.Report.Bridges)
	// Output:
	// [0.05 0.05 0.05 0.05] seconds for a metre
	// [0.72 0.72 NaN 0.72]
	// cells under bridges: 1
}
