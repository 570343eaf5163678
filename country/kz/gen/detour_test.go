package main

import (
	"math"
	"os"
	"testing"

	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

func square(west, south, east, north float64) []point {
	return []point{{west, south}, {east, south}, {east, north}, {west, north}}
}

// A lake 40 km wide and 10 km high lies between the village and the road; the
// border runs 10 km east of the lake. Kilometres are thousands of the plane.
func lakeland() ground {
	ring := square(-20e3, 5e3, 20e3, 15e3)
	return ground{border: [][]point{square(-100e3, -50e3, 30e3, 50e3)}, lakes: []lake{{[][]point{ring}, ring[0], ring[2]}}}
}

func TestWet(t *testing.T) {
	g := lakeland()
	for name, c := range map[string]struct {
		a, b point
		want float64
	}{
		"across the lake":    {point{0, 20e3}, point{0, 0}, 10e3},
		"along the shore":    {point{-30e3, 20e3}, point{25e3, 20e3}, 0},
		"over the border":    {point{0, 20e3}, point{40e3, 20e3}, 10e3},
		"ends in the lake":   {point{0, 0}, point{0, 8e3}, 3e3},
		"begins in the lake": {point{0, 8e3}, point{0, 0}, 0},
		"from lake to lake":  {point{0, 8e3}, point{1e3, 9e3}, math.Hypot(1e3, 1e3)},
	} {
		if got := g.wet(c.a, c.b); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%s: %v m, want %v", name, got, c.want)
		}
	}
}

// The road along y = 0 is 20 km south of the village. By the east end of the
// lake, 5 km away from it, the way is hypot(20+, 5) to the one corner, 10 to the
// next and 5 to the road; west it is longer.
func TestAroundTheLake(t *testing.T) {
	d := newDetours(lakeland(), [][]point{{{-90e3, 0}, {29e3, 0}}})
	from := point{5e3, 20e3}
	way := d.around(from)
	if len(way) < 2 || math.Abs(way[len(way)-1].y) > 1e-6 || way[len(way)-1].x < 20e3 {
		t.Fatalf("the way is %v", way)
	}
	metres, at := 0.0, from
	for _, p := range way {
		if w := d.wet(at, p); w > 0 {
			t.Errorf("%v m of %v to %v are wet", w, at, p)
		}
		metres, at = metres+dist(at, p), p
	}
	if least := math.Hypot(15e3, 5e3) + 15e3; metres < least || metres > least+1500 {
		t.Errorf("%.0f m, the shortest is %.0f", metres, least)
	}
	if way := d.around(point{0, -10e3}); len(way) != 1 || way[0] != (point{0, 0}) {
		t.Errorf("straight it is %v", way)
	}
	// The lake reaches the border on both sides: no way.
	ring := square(-110e3, 5e3, 40e3, 15e3)
	shut := ground{border: lakeland().border, lakes: []lake{{[][]point{ring}, ring[0], ring[2]}}}
	if way := newDetours(shut, [][]point{{{-90e3, 0}, {29e3, 0}}}).around(from); way != nil {
		t.Errorf("through the lake: %v", way)
	}
}

// packGround is the network of the pack with its villages.
func packGround(t *testing.T) (spots []access.Spot, ways [][][]place.Point) {
	t.Helper()
	spots, links, err := readNetwork("../data")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readTable("../data/populated_places.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		spots = append(spots, access.Spot{ID: place.ID(r["code"]), Point: placePoint(r["lon"], r["lat"]), Join: linePoints(r["join"])})
	}
	ways, err = access.Joins(spots, links)
	if err != nil {
		t.Fatal(err)
	}
	return spots, ways
}

// Lake Balkhash, by hand: its ends, the narrows of Uzynaral and the shore between
// them, drawn some kilometres inside the water. No village is joined across it,
// and those south of it go another way than to the town of Balkhash.
func TestNobodyCrossesBalkhash(t *testing.T) {
	inner := newLake([][][2]float64{{{73.9, 45.6}, {74.4, 46.2}, {75.0, 46.65}, {76.5, 46.6}, {77.5, 46.55}, {78.5, 46.5}, {78.5, 46.45}, {77.5, 46.48}, {76.5, 46.55}, {75.2, 46.55}, {74.6, 46.1}, {74.1, 45.6}, {73.9, 45.6}}})
	spots, ways := packGround(t)
	g := ground{border: [][]point{square(-3e6, -3e6, 3e6, 3e6)}, lakes: []lake{inner}}
	joined := 0
	for i, s := range spots {
		if len(s.Join) > 0 {
			joined++
		}
		if !g.dryWays(ways[i]) {
			t.Errorf("%s at %v crosses Lake Balkhash: %v", s.ID, s.Point, ways[i])
		}
		if (s.ID == "GN1518079" || s.ID == "GN1521332") && len(s.Join) == 0 {
			t.Errorf("%s south of the lake is joined straight", s.ID)
		}
	}
	if joined != 172 { // as docs/method/access.md says
		t.Errorf("%d villages are joined by a way over land", joined)
	}
}

// No way of a village crosses a lake of Natural Earth.
func TestNobodyCrossesALake(t *testing.T) {
	const file = "../../../../shared/reference/kz/lakes.geojson"
	if _, err := os.Stat(file); err != nil {
		t.Skipf("NOT TESTED against the lakes of Natural Earth: %v", err)
	}
	lakes, err := readLakes(file)
	if err != nil {
		t.Fatal(err)
	}
	g := ground{border: [][]point{square(-3e6, -3e6, 3e6, 3e6)}, lakes: lakes}
	spots, ways := packGround(t)
	for i, s := range spots {
		if !g.dryWays(ways[i]) {
			t.Errorf("%s at %v crosses a lake: %v", s.ID, s.Point, ways[i])
		}
	}
}
