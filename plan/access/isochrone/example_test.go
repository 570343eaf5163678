package isochrone_test

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/plan/access/isochrone"
)

// A hospital at the western end of a road that takes an hour and a half:
// within an hour the road is served for two thirds of its length.
func ExampleBands() {
	hospital := isochrone.Node{Point: orb.Point{73.10, 49.80}, Seconds: 0}
	road := isochrone.Link{
		Line: orb.LineString{{73.10, 49.80}, {74.60, 49.80}},
		From: 0, To: 5400, Forth: 5400, Back: 5400,
	}
	village := isochrone.Node{Point: orb.Point{74.60, 49.80}, Seconds: 5400}
	cut := isochrone.Node{Point: orb.Point{73.90, 50.60}, Seconds: math.Inf(1)} // no road

	bands, err := isochrone.Bands([]isochrone.Node{hospital, village, cut}, []isochrone.Link{road},
		[]float64{1800, 3600}, isochrone.Options{OffRoad: 5, Cell: 500})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range bands {
		box := b.Area.Bound()
		fmt.Printf("%.0f minutes: %d area, from %.1f to %.1f degrees east\n", b.Seconds/60, len(b.Area), box.Min[0], box.Max[0])
	}
	// Output:
	// 30 minutes: 1 area, from 73.1 to 73.6 degrees east
	// 60 minutes: 1 area, from 73.0 to 74.1 degrees east
}
