package coverage_test

import (
	"context"
	"fmt"

	"github.com/shanyraq/shanyraq/plan/access/coverage"
	"github.com/shanyraq/shanyraq/plan/access/grid"
)

// A clinic for 150 people at the western end of a road of four cells, a minute
// apart, with 100 people each; nobody travels more than two minutes.
func ExampleAssign() {
	surface, err := grid.New(1, 4, grid.Metres(100, 100))
	if err != nil {
		fmt.Println(err)
		return
	}
	copy(surface.Row(0), []float32{0.5, 0.5, 0.5, 0.5})
	if err := surface.Seal(grid.RefuseZero); err != nil {
		fmt.Println(err)
		return
	}
	reach := func(ctx context.Context, facilities []int) ([][]coverage.Reached, error) {
		out := make([][]coverage.Reached, len(facilities))
		err := surface.Catchments(ctx, make([]grid.Source, len(facilities)), grid.Options{Limit: 120}, func(k int, cells []grid.Reached) error {
			for _, c := range cells {
				out[k] = append(out[k], coverage.Reached{Cell: int(c.Col), Seconds: c.Seconds})
			}
			return nil
		})
		return out, err
	}
	got, err := coverage.Assign(context.Background(), []coverage.Facility{{ID: "clinic", Capacity: 150}}, []float64{100, 100, 100, 100}, coverage.AsListed, reach)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := got.Served[0]
	fmt.Printf("within reach %.0f, taken %.0f, free %.0f\n", s.Within, s.Assigned, s.Free)
	fmt.Println("without a place:", got.Remaining)
	// Output:
	// within reach 300, taken 150, free 0
	// without a place: [0 50 100 100]
}
