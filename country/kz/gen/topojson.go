package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
)

// kazakhstanID is ISO 3166-1 numeric, as world-atlas names its countries.
const kazakhstanID = "398"

// minIsland is the area in square metres below which an island is left out.
const minIsland = 40e6

// topology is the part of a TopoJSON file that is read.
type topology struct {
	Transform struct {
		Scale, Translate [2]float64
	}
	Arcs    [][][2]float64
	Objects struct {
		Countries struct {
			Geometries []struct {
				ID   string
				Type string
				Arcs json.RawMessage
			}
		}
	}
}

// readOutline returns the outer rings of a country, counter-clockwise, without
// a closing point. Holes are filled: what Natural Earth cuts out of Kazakhstan
// is leased ground, not another country.
func readOutline(file, id string) ([][]point, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var t topology
	if err := json.Unmarshal(body, &t); err != nil {
		return nil, fmt.Errorf("%s: is not TopoJSON: %w", file, err)
	}
	for _, g := range t.Objects.Countries.Geometries {
		if g.ID != id {
			continue
		}
		var polygons [][][]int
		if g.Type == "Polygon" {
			polygons = make([][][]int, 1)
			err = json.Unmarshal(g.Arcs, &polygons[0])
		} else {
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: the country %s has no polygons: %w", file, id, err)
		}
		return t.outerRings(polygons), nil
	}
	return nil, fmt.Errorf("%s: no country has the id %s", file, id)
}

func (t topology) outerRings(polygons [][][]int) [][]point {
	var out [][]point
	for _, polygon := range polygons {
		ring := t.ring(polygon[0])
		a := area(ring)
		if math.Abs(a) < minIsland {
			continue
		}
		if a < 0 {
			reverse(ring)
		}
		out = append(out, ring)
	}
	return out
}

// ring joins arcs; ^i is arc i backwards.
func (t topology) ring(refs []int) []point {
	var out []point
	for _, ref := range refs {
		i := ref
		if i < 0 {
			i = ^i
		}
		line := t.arc(i)
		if ref < 0 {
			reverse(line)
		}
		out = append(out, line[:len(line)-1]...) // the next arc begins where this one ends
	}
	return out
}

func (t topology) arc(i int) []point {
	var x, y float64
	out := make([]point, len(t.Arcs[i]))
	for k, d := range t.Arcs[i] {
		x, y = x+d[0], y+d[1]
		out[k] = project(x*t.Transform.Scale[0]+t.Transform.Translate[0], y*t.Transform.Scale[1]+t.Transform.Translate[1])
	}
	return out
}

func reverse(p []point) {
	for i, j := 0, len(p)-1; i < j; i, j = i+1, j-1 {
		p[i], p[j] = p[j], p[i]
	}
}

// area is positive for a counter-clockwise ring.
func area(ring []point) float64 {
	sum := 0.0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.x*q.y - q.x*p.y
	}
	return sum / 2
}

// inside reports whether p lies in one of the rings.
func inside(p point, rings [][]point) bool {
	in := false
	for _, ring := range rings {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			if (a.y > p.y) != (b.y > p.y) && p.x < a.x+(p.y-a.y)/(b.y-a.y)*(b.x-a.x) {
				in = !in
			}
		}
	}
	return in
}
