package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
)

// wadeMetres is how much of a straight line may lie in lakes: so far one drives
// round them within the detour.
const wadeMetres = 5_000

// ground is where a road may be assumed: inside the outline of the country,
// beyond which lie the neighbours and the sea, and not through lakes.
type ground struct {
	border [][]point
	lakes  []lake
}

type lake struct {
	rings    [][]point
	min, max point
}

// readLakes reads polygons of GeoJSON into the plane.
func readLakes(file string) ([]lake, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var fc struct {
		Features []struct {
			Geometry struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(body, &fc); err != nil {
		return nil, fmt.Errorf("%s: is not GeoJSON: %w", file, err)
	}
	var out []lake
	for i, f := range fc.Features {
		polygons := make([][][][2]float64, 1)
		if f.Geometry.Type == "Polygon" {
			err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
		} else {
			err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: feature %d: %w", file, i+1, err)
		}
		for _, p := range polygons {
			out = append(out, newLake(p))
		}
	}
	return out, nil
}

func newLake(polygon [][][2]float64) lake {
	l := lake{min: point{math.Inf(1), math.Inf(1)}, max: point{math.Inf(-1), math.Inf(-1)}}
	for _, ring := range polygon {
		var plane []point
		for _, c := range ring {
			p := project(c[0], c[1])
			l.min = point{math.Min(l.min.x, p.x), math.Min(l.min.y, p.y)}
			l.max = point{math.Max(l.max.x, p.x), math.Max(l.max.y, p.y)}
			plane = append(plane, p)
		}
		l.rings = append(l.rings, plane)
	}
	return l
}

func (l lake) holds(p point) bool {
	return p.x >= l.min.x && p.x <= l.max.x && p.y >= l.min.y && p.y <= l.max.y && inside(p, l.rings)
}

// dry reports whether a road may be assumed along the straight line.
func (g ground) dry(a, b point) bool {
	const step = 1_000
	wet, steps := 0.0, math.Ceil(dist(a, b)/step)
	for k := 1.0; k < steps; k++ {
		p := point{a.x + k/steps*(b.x-a.x), a.y + k/steps*(b.y-a.y)}
		if !inside(p, g.border) {
			return false
		}
		for _, l := range g.lakes {
			if l.holds(p) {
				wet += step
			}
		}
	}
	return wet <= wadeMetres
}
