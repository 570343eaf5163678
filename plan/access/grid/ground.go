package grid

import (
	"math"

	"github.com/shanyraq/shanyraq/fault"
)

// Ground says how long the steps of a surface are, in the unit that its
// friction is for: cells, or metres.
type Ground struct {
	// East[r] is the distance between the centres of two neighbours in row r,
	// South[r] that between rows r and r+1. A single element holds for all.
	East, South []float64
	// Seconds is what a friction of 1 for a distance of 1 takes: 60 where
	// friction is given in minutes; 0 is read as 1.
	Seconds float64
	// Metres is the length of a distance of 1: 1 for metres, the width of a
	// cell for cells, 0 where it is not known, as for cells of degrees. Slopes
	// need it.
	Metres float64
}

// Cells is the ground of a surface whose friction is for one cell, as r.cost
// of GRASS has it: a step east is 1 long, and one south as much longer as a
// cell is higher than wide. metres is the width of a cell, 0 if unknown.
func Cells(width, height, metres float64) Ground {
	return Ground{East: []float64{1}, South: []float64{height / width}, Metres: metres}
}

// Metres is the ground of a projected surface whose friction is for one metre;
// width and height are those of a cell in metres.
func Metres(width, height float64) Ground {
	return Ground{East: []float64{width}, South: []float64{height}, Metres: 1}
}

// The ellipsoid of WGS 84.
const (
	equatorRadius = 6378137.0
	flattening    = 1 / 298.257223563
)

// Degrees is the ground of a surface of rows of degrees whose friction is for
// one metre: top is the latitude of its northern edge, width and height those
// of a cell in degrees. See Parallels.
//
// It returns fault.Invalid where the rows leave the globe, which they do when
// metres are taken for degrees.
func Degrees(rows int, top, width, height float64) (Ground, error) {
	bottom := top - float64(rows)*height
	if !(top <= 90+height/2 && bottom >= -90-height/2 && width > 0 && height > 0 && width <= 360) {
		return Ground{}, fault.New(fault.Invalid, "grid.Degrees", "", "latitudes from %g to %g are not on the globe: the raster is not in degrees, or its georeference is wrong; say its coordinate system", bottom, top)
	}
	latitudes := make([]float64, rows)
	for r := range latitudes {
		latitudes[r] = top - (float64(r)+0.5)*height
	}
	return Parallels(latitudes, width), nil
}

// Parallels is the ground of a surface whose rows run along parallels, with
// the latitude of the centre of each row and the width of a cell, both in
// degrees, and friction for one metre. A step east is the arc of the parallel,
// a step south that of the meridian on the ellipsoid of WGS 84, row by row, so
// that a cell in the north is as narrow as it is.
func Parallels(latitudes []float64, width float64) Ground {
	const e2 = flattening * (2 - flattening)
	rows := len(latitudes)
	g := Ground{East: make([]float64, rows), South: make([]float64, rows), Metres: 1}
	for r, lat := range latitudes {
		sin, cos := math.Sincos(radians(lat))
		// A cell on the pole itself has no width, but a step has a length.
		g.East[r] = max(equatorRadius*cos/math.Sqrt(1-e2*sin*sin)*radians(width), leastStep)
		// The meridian between this centre and the next, by its radius halfway.
		step := 1.0 // of the only row, from which no step south leads
		if r+1 < rows {
			step = lat - latitudes[r+1]
		} else if r > 0 {
			step = latitudes[r-1] - lat
		}
		sin = math.Sin(radians(lat - step/2))
		g.South[r] = max(equatorRadius*(1-e2)/math.Pow(1-e2*sin*sin, 1.5)*radians(step), leastStep)
	}
	return g
}

// leastStep is the shortest step of a globe, in metres.
const leastStep = 1e-3

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

// uniform reports whether all rows are alike.
func (g *Ground) uniform() bool { return len(g.East) == 1 && len(g.South) == 1 }

func (g *Ground) seconds() float64 {
	if g.Seconds == 0 {
		return 1
	}
	return g.Seconds
}

// east and south look a length up.
func (g *Ground) east(r int) float64  { return ofRow(g.East, r) }
func (g *Ground) south(r int) float64 { return ofRow(g.South, r) }

func ofRow(list []float64, r int) float64 {
	if len(list) == 1 {
		return list[0]
	}
	return list[r]
}

// length is that of a straight line from row r to the row down rows below (or
// above, when negative), across columns further. Between rows of different
// width it takes the width halfway.
func (g *Ground) length(r, down, across int) float64 {
	from, to := r, r+down
	if from > to {
		from, to = to, from
	}
	var high float64
	for k := from; k < to; k++ {
		high += g.south(k)
	}
	return math.Hypot(high, float64(across)*(g.east(from)+g.east(to))/2)
}

// shortest is the shortest of all steps.
func (g *Ground) shortest() float64 {
	low := math.Inf(1)
	for _, list := range [][]float64{g.East, g.South} {
		for _, x := range list {
			low = min(low, x)
		}
	}
	return low
}

func (g *Ground) check(rows int) error {
	const op = "grid.Ground"
	for _, list := range []struct {
		name string
		of   []float64
	}{{"East", g.East}, {"South", g.South}} {
		if len(list.of) != 1 && len(list.of) != rows {
			return fault.New(fault.Invalid, op, list.name, "%s has %d lengths for %d rows: give one for each row, or one for all", list.name, len(list.of), rows)
		}
		for r, x := range list.of {
			if !(x > 0 && x < math.Inf(1)) {
				return fault.New(fault.Invalid, op, list.name, "%s of row %d is %g: a step has a positive length", list.name, r+1, x)
			}
		}
	}
	if !(g.Seconds >= 0 && g.Seconds < math.Inf(1)) || !(g.Metres >= 0 && g.Metres < math.Inf(1)) {
		return fault.New(fault.Invalid, op, "", "%g seconds for a friction of 1 and %g metres for a distance of 1: neither may be negative", g.Seconds, g.Metres)
	}
	return nil
}
