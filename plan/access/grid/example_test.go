package grid_test

import (
	"context"
	"fmt"
	"math"

	"github.com/shanyraq/shanyraq/plan/access/grid"
)

// A hospital stands west of a river with one bridge; cells are 500 m wide and
// friction is in minutes for a metre, as in the surface of the Malaria Atlas
// Project: 0.01 is 6 km/h, 0.002 is 30 km/h on the road.
func Example() {
	river := float32(math.NaN())
	rows := [][]float32{
		{0.01, 0.01, river, 0.01, 0.01},
		{0.002, 0.002, 0.002, 0.002, 0.002},
		{0.01, 0.01, river, 0.01, 0.01},
	}
	ground := grid.Metres(500, 500)
	ground.Seconds = 60
	surface, err := grid.New(3, 5, ground)
	if err != nil {
		panic(err)
	}
	for r, row := range rows {
		copy(surface.Row(r), row)
	}
	if err := surface.Seal(grid.RefuseZero); err != nil {
		panic(err)
	}
	times, err := surface.Solve(context.Background(), []grid.Source{{Row: 0, Col: 0}}, grid.Options{})
	if err != nil {
		panic(err)
	}
	for r := range rows {
		for c := range rows[r] {
			if seconds, _, ok := times.At(r, c); ok {
				fmt.Printf("%6.1f", seconds/60)
			} else {
				fmt.Print("     -")
			}
		}
		fmt.Println(" min")
	}
	// Output:
	//    0.0   5.0     -   9.0  10.0 min
	//    3.0   4.0   5.0   6.0   7.0 min
	//    6.0   7.0     -   9.0  10.0 min
}
