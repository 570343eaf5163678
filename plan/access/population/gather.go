// Package population counts people on maps: it brings a map of people to the
// cells of a map of travel times without losing one, and tells for each zone
// how many are reached within so many minutes.
package population

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/frame"
)

// Gathered is a map of people on other cells.
type Gathered struct {
	People []float64 // of each cell of the new map

	// Total is the sum of what was given, Inside + Outside up to rounding of
	// the last digits; Outside lives beyond the edge of the new map.
	Total, Inside, Outside float64
	Unknown                int // cells of the old map without data
}

// Gather moves people from one map to another, row by row. The people of a
// cell are taken to live evenly over it.
type Gather struct {
	from, to frame.Frame
	carry    func(orb.Point) (orb.Point, bool)
	columns  [][]share // of the old map, where both are on one plane
	pieces   int       // a cell is cut into pieces x pieces, where they are not
	next     int
	out      Gathered
}

// share is a part of a cell that falls on a column or row of the new map; -1
// is outside.
type share struct {
	at   int
	part float64
}

// NewGather begins. With carry nil both maps have one coordinate system, and
// cells are divided exactly by the area that they share. Otherwise carry takes
// a point to the system of the new map, false where it has no place there, and
// a cell is cut into pieces of at most a quarter of a new cell, each of which
// goes where its middle falls.
func NewGather(from, to frame.Frame, carry func(orb.Point) (orb.Point, bool)) *Gather {
	g := &Gather{from: from, to: to, carry: carry, out: Gathered{People: make([]float64, to.Cells())}}
	if carry == nil {
		g.columns = make([][]share, from.Columns)
		for c := range g.columns {
			west := from.OriginX + float64(c)*from.CellWidth - to.OriginX
			g.columns[c] = shares(west/to.CellWidth, (west+from.CellWidth)/to.CellWidth, to.Columns)
		}
		return g
	}
	g.pieces = g.cut()
	return g
}

// edgeSlack is the share of a cell below which borders of two maps that differ
// by the rounding of their headers count as the same.
const edgeSlack = 1e-6

// shares divides the piece from a to b of a line of n cells among them.
func shares(a, b float64, n int) []share {
	var out []share
	if r := math.Round(a); math.Abs(a-r) < edgeSlack {
		a = r
	}
	if r := math.Round(b); math.Abs(b-r) < edgeSlack {
		b = r
	}
	left := 1.0
	for c := math.Max(0, math.Floor(a)); c < math.Min(float64(n), b); c++ {
		part := (math.Min(b, c+1) - math.Max(a, c)) / (b - a)
		if part > 0 {
			out = append(out, share{int(c), part})
			left -= part
		}
	}
	if left > 1e-12 {
		out = append(out, share{-1, left})
	}
	return out
}

// Bounds on the pieces of a cell along one side.
const (
	finestPieces = 64
	perNewCell   = 4 // pieces along a new cell, at least
)

// cut chooses the pieces by the middle of the old map.
func (g *Gather) cut() int {
	at := g.from.Center(g.from.Rows/2*g.from.Columns + g.from.Columns/2)
	most := 0.0
	mid, ok := g.carry(at)
	for _, d := range []orb.Point{{g.from.CellWidth, 0}, {0, g.from.CellHeight}} {
		end, okEnd := g.carry(orb.Point{at[0] + d[0], at[1] + d[1]})
		if !ok || !okEnd {
			return perNewCell
		}
		most = max(most, math.Abs(end[0]-mid[0])/g.to.CellWidth, math.Abs(end[1]-mid[1])/g.to.CellHeight)
	}
	return int(max(1, min(finestPieces, math.Ceil(perNewCell*most))))
}

// Add takes the next row of the old map, NaN where nothing is known. It returns
// fault.Invalid for people below zero or without end.
func (g *Gather) Add(people []float32) error {
	r := g.next
	g.next++
	var rows []share
	if g.carry == nil {
		north := g.to.OriginY - (g.from.OriginY - float64(r)*g.from.CellHeight)
		rows = shares(north/g.to.CellHeight, (north+g.from.CellHeight)/g.to.CellHeight, g.to.Rows)
	}
	for c, v := range people {
		switch {
		case v != v:
			g.out.Unknown++
			continue
		case v == 0:
			continue
		case v < 0 || math.IsInf(float64(v), 0):
			return fault.New(fault.Invalid, "population.Gather", "", "row %d, column %d: %g people: set cells without people or without data to nodata or 0", r+1, c+1, v)
		}
		g.out.Total += float64(v)
		if g.carry == nil {
			g.divide(float64(v), rows, g.columns[c])
		} else {
			g.scatter(float64(v), r, c)
		}
	}
	return nil
}

func (g *Gather) divide(people float64, rows, columns []share) {
	for _, y := range rows {
		for _, x := range columns {
			g.put(people*y.part*x.part, y.at, x.at)
		}
	}
}

func (g *Gather) put(people float64, row, column int) {
	if row < 0 || column < 0 {
		g.out.Outside += people
		return
	}
	g.out.Inside += people
	g.out.People[row*g.to.Columns+column] += people
}

func (g *Gather) scatter(people float64, r, c int) {
	n := g.pieces
	each := people / float64(n*n)
	for i := range n {
		y := g.from.OriginY - (float64(r)+(float64(i)+0.5)/float64(n))*g.from.CellHeight
		for k := range n {
			x := g.from.OriginX + (float64(c)+(float64(k)+0.5)/float64(n))*g.from.CellWidth
			cell := -1
			if p, ok := g.carry(orb.Point{x, y}); ok {
				cell = g.to.At(p)
			}
			if cell < 0 {
				g.out.Outside += each
				continue
			}
			g.out.Inside += each
			g.out.People[cell] += each
		}
	}
}

// Done ends and returns the new map. It returns fault.Invalid when nobody
// lives inside, which means that the maps lie elsewhere.
func (g *Gather) Done() (Gathered, error) {
	if g.next != g.from.Rows {
		return Gathered{}, fault.New(fault.Internal, "population.Gather", "", "%d of %d rows were given", g.next, g.from.Rows)
	}
	if g.out.Total > 0 && g.out.Inside == 0 {
		return Gathered{}, fault.New(fault.Invalid, "population.Gather", "", "none of %.0f people live on the map of travel times: the maps are of different places, or one has a wrong projection", g.out.Total)
	}
	return g.out, nil
}
