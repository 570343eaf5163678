// Package isochrone draws how far one comes in so many minutes: the area that
// can be reached from a set of sources along roads, and from the roads to the
// side over open ground.
//
// The times at the nodes of the network are known before; this package adds
// the rest of the way. Along a link the time grows evenly, also on a link that
// is reached only in part, and beside the road one goes straight at a stated
// speed. A point counts for a limit when its time is at most the limit, so 60
// minutes include 60:00. The areas of growing limits lie inside each other.
//
// The areas are for looking at. Who is reached is counted from the times of
// the settlements, never from the drawing: rivers, lakes and fences beside the
// road are not known here. See docs/method/access.md, Isochrones.
package isochrone

import (
	"math"
	"sort"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
)

// Node is a point whose time is known: a settlement, or a node of a road.
type Node struct {
	Point   orb.Point // longitude, latitude
	Seconds float64   // from the nearest source; +Inf when it is not reached
}

// Link is a road between two nodes.
type Link struct {
	Line     orb.LineString // from the first node to the second, at least two points
	From, To float64        // seconds at the first and at the last point; +Inf when not reached
	// Forth and Back are the seconds that the whole link takes from the first
	// point to the last and the other way; +Inf where one may not drive.
	Forth, Back float64
}

// Leg is a straight piece of road on which the time grows evenly from its one
// end to the other: a piece of a journey whose times are known at both ends.
type Leg struct {
	A, B     orb.Point
	AtA, AtB float64 // seconds
}

// Network is everything that is reached, in whichever form it is known.
type Network struct {
	Nodes []Node
	Links []Link
	Legs  []Leg
}

// Options are the assumptions and the fineness of the drawing.
type Options struct {
	// OffRoad is the speed beside the road in km/h, above 0.
	OffRoad float64
	// Detour is how much longer the way beside the road is than the straight
	// line, at least 1; 0 stands for 1.
	Detour float64
	// Cell is the width of a grid cell in metres; 0 takes one that suits the
	// size of the area: about a quarter of a million cells.
	Cell float64
	// Stroke is the half width in metres that a road which is reached is drawn
	// with at least, so that a road does not vanish between two grid points.
	// 0 takes 0.6 of a cell, a negative number none.
	Stroke float64
	// Tolerance is by how many metres a drawn line may leave the computed one;
	// 0 takes a quarter of a cell, a negative number keeps every point.
	Tolerance float64
	// Within cuts the areas off at an outline, to a fraction of a cell; nil
	// does not cut.
	Within orb.MultiPolygon
}

// Band is the area that is reached within a limit.
type Band struct {
	Seconds float64
	// Area has outer rings counterclockwise and holes clockwise, closed, in
	// longitude and latitude. It is empty where nothing is reached.
	Area orb.MultiPolygon
}

// Bounds on a drawing.
const (
	usualCells = 250_000
	maxCells   = 16_000_000
	minCell    = 10.0  // metres
	maxReach   = 4.5e6 // metres from the middle of the area to its corner
	maxLimits  = 100
)

// Bands returns the areas that are reached within each of the limits, in
// seconds, in growing order of the limits.
//
// The time of a point is the least over all nodes and links of the time at the
// place where one leaves the road, plus the straight distance times Detour
// over the speed OffRoad. The place is the best one and not the nearest: who
// leaves a fast road goes on a little before turning off. The field of times
// is computed at the points of a grid, each from one true way, so no time is
// too short; the outline is interpolated between them.
//
// It returns fault.Invalid for a speed, limit, time or coordinate that cannot
// be, for a link without two points, and fault.TooLarge when the area or the
// number of cells passes a bound.
func Bands(nodes []Node, links []Link, limits []float64, o Options) ([]Band, error) {
	return Network{Nodes: nodes, Links: links}.Bands(limits, o)
}

// Bands is the same for a network in every form.
func (n Network) Bands(limits []float64, o Options) ([]Band, error) {
	limits, err := growing(limits)
	if err != nil {
		return nil, err
	}
	if o, err = o.complete(); err != nil {
		return nil, err
	}
	last := limits[len(limits)-1]
	reached, err := n.reach(last)
	if err != nil {
		return nil, err
	}
	bands := make([]Band, len(limits))
	for i, l := range limits {
		bands[i].Seconds = l
	}
	if len(reached) == 0 {
		return bands, nil
	}
	f, err := newField(reached, last, o)
	if err != nil {
		return nil, err
	}
	f.seed()
	f.sweep()
	var cut []float64
	if len(o.Within) > 0 {
		cut = f.outline(o.Within)
	}
	var rings []*ring
	c := newContour(f)
	for i, l := range limits {
		// Lines of two bands along one outline keep a hair of distance.
		inset := 2 * edgeShare * f.cell * float64(len(limits)-1-i) / float64(len(limits))
		rings = append(rings, c.trace(i, l, cut, inset)...)
	}
	simplify(rings, f, len(limits))
	for i := range bands {
		bands[i].Area = polygons(rings, i)
	}
	return bands, nil
}

func growing(limits []float64) ([]float64, error) {
	const op = "isochrone.Bands"
	if len(limits) == 0 || len(limits) > maxLimits {
		return nil, fault.New(fault.Invalid, op, "limits", "%d limits are given: give 1 to %d", len(limits), maxLimits)
	}
	out := append([]float64(nil), limits...)
	sort.Float64s(out)
	for i, l := range out {
		if !(l > 0 && l < math.Inf(1)) {
			return nil, fault.New(fault.Invalid, op, "limits", "a limit of %v seconds: give a number above 0", l)
		}
		if i > 0 && l == out[i-1] {
			return nil, fault.New(fault.Invalid, op, "limits", "the limit of %v seconds is given twice", l)
		}
	}
	return out, nil
}

func (o Options) complete() (Options, error) {
	const op = "isochrone.Bands"
	if o.Detour == 0 {
		o.Detour = 1
	}
	switch {
	case !(o.OffRoad > 0 && o.OffRoad <= 300):
		return o, fault.New(fault.Invalid, op, "off-road speed", "%v km/h: give a speed above 0 and up to 300", o.OffRoad)
	case !(o.Detour >= 1 && o.Detour <= 10):
		return o, fault.New(fault.Invalid, op, "detour", "%v: a way is 1 to 10 times as long as the straight line", o.Detour)
	case !(o.Cell == 0 || o.Cell >= minCell && o.Cell < 1e6):
		return o, fault.New(fault.Invalid, op, "cell", "%v m: give at least %v m, or 0 to have it chosen", o.Cell, minCell)
	case math.IsNaN(o.Stroke) || math.IsInf(o.Stroke, 0) || math.IsNaN(o.Tolerance) || math.IsInf(o.Tolerance, 0):
		return o, fault.New(fault.Invalid, op, "options", "stroke and tolerance must be numbers of metres")
	}
	return o, nil
}

// slowness returns the seconds of a straight metre beside the road.
func (o Options) slowness() float64 { return 3.6 * o.Detour / o.OffRoad }
