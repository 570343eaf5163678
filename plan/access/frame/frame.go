// Package frame places a grid of cells on the plane and draws lines and areas
// on it, so that roads, rivers, lakes and districts given by coordinates become
// cells.
//
// Cells count row by row from the north west corner. Coordinates are those of
// the map, x to the east and y to the north, in any unit.
package frame

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Frame is where the cells lie.
type Frame struct {
	Columns, Rows         int
	OriginX, OriginY      float64 // outer corner of the first cell, in the north west
	CellWidth, CellHeight float64 // positive
}

// Cells returns the number of cells.
func (f Frame) Cells() int { return f.Columns * f.Rows }

// At returns the cell that holds a point, -1 outside. A point on the edge of
// two cells belongs to the eastern or southern one.
func (f Frame) At(p orb.Point) int {
	c, r := math.Floor((p[0]-f.OriginX)/f.CellWidth), math.Floor((f.OriginY-p[1])/f.CellHeight)
	if !(c >= 0 && r >= 0 && c < float64(f.Columns) && r < float64(f.Rows)) {
		return -1
	}
	return int(r)*f.Columns + int(c)
}

// Center returns the middle of a cell.
func (f Frame) Center(cell int) orb.Point {
	return orb.Point{f.OriginX + (float64(cell%f.Columns)+0.5)*f.CellWidth, f.OriginY - (float64(cell/f.Columns)+0.5)*f.CellHeight}
}

// Bound is the extent of the map.
func (f Frame) Bound() orb.Bound {
	return orb.Bound{
		Min: orb.Point{f.OriginX, f.OriginY - float64(f.Rows)*f.CellHeight},
		Max: orb.Point{f.OriginX + float64(f.Columns)*f.CellWidth, f.OriginY},
	}
}

// Line visits every cell that the line touches, some of them twice. The cells
// hang together by their sides, not only by corners, so that nobody who moves
// to diagonal neighbours slips through: where a line passes exactly through a
// corner, both cells beside it are visited. What lies outside is left out. A
// line of one point is that point.
func (f Frame) Line(line orb.LineString, visit func(cell int)) {
	if len(line) == 1 {
		line = orb.LineString{line[0], line[0]}
	}
	for i := 1; i < len(line); i++ {
		f.segment(f.toCells(line[i-1]), f.toCells(line[i]), visit)
	}
}

// toCells gives a point in cells from the corner, the second number downwards.
func (f Frame) toCells(p orb.Point) orb.Point {
	return orb.Point{(p[0] - f.OriginX) / f.CellWidth, (f.OriginY - p[1]) / f.CellHeight}
}

// cornerNear is how near in parts of a segment two crossings count as one
// corner: a wider barrier by one cell is harmless, a leak is not.
const cornerNear = 1e-9

// segment walks the cells of a piece from a to b, both in cells, after
// Amanatides and Woo, Eurographics 1987.
func (f Frame) segment(a, b orb.Point, visit func(cell int)) {
	a, b, ok := f.clip(a, b)
	if !ok {
		return
	}
	at := func(column, row int) {
		if column >= 0 && row >= 0 && column < f.Columns && row < f.Rows {
			visit(row*f.Columns + column)
		}
	}
	column, row := int(math.Floor(a[0])), int(math.Floor(a[1]))
	lastColumn, lastRow := int(math.Floor(b[0])), int(math.Floor(b[1]))
	dx, dy := b[0]-a[0], b[1]-a[1]
	stepX, nextX := steps(a[0], dx)
	stepY, nextY := steps(a[1], dy)
	at(column, row)
	for column != lastColumn || row != lastRow {
		tx, ty := math.Inf(1), math.Inf(1)
		if column != lastColumn {
			tx = (nextX - a[0]) / dx
		}
		if row != lastRow {
			ty = (nextY - a[1]) / dy
		}
		switch {
		case math.Abs(tx-ty) < cornerNear:
			at(column+stepX, row)
			at(column, row+stepY)
			column, row, nextX, nextY = column+stepX, row+stepY, nextX+float64(stepX), nextY+float64(stepY)
		case tx < ty:
			column, nextX = column+stepX, nextX+float64(stepX)
		default:
			row, nextY = row+stepY, nextY+float64(stepY)
		}
		at(column, row)
	}
}

// steps says which way the cells go along one axis and where the first border
// is crossed.
func steps(from, by float64) (step int, border float64) {
	if by < 0 {
		return -1, math.Floor(from)
	}
	return 1, math.Floor(from) + 1
}

// clip cuts a piece to the map and one cell around it, after Liang and Barsky,
// so that a line across the world costs no more than the map is wide.
func (f Frame) clip(a, b orb.Point) (orb.Point, orb.Point, bool) {
	from, to := 0.0, 1.0
	d := orb.Point{b[0] - a[0], b[1] - a[1]}
	for axis, size := range [2]float64{float64(f.Columns), float64(f.Rows)} {
		low, high := -1-a[axis], size+1-a[axis]
		switch {
		case d[axis] == 0:
			if low > 0 || high < 0 {
				return a, b, false
			}
		case d[axis] > 0:
			from, to = max(from, low/d[axis]), min(to, high/d[axis])
		default:
			from, to = max(from, high/d[axis]), min(to, low/d[axis])
		}
	}
	if !(from <= to) { // also where a number is NaN
		return a, b, false
	}
	cutA, cutB := a, b
	if from > 0 {
		cutA = orb.Point{a[0] + from*d[0], a[1] + from*d[1]}
	}
	if to < 1 {
		cutB = orb.Point{a[0] + to*d[0], a[1] + to*d[1]}
	}
	return cutA, cutB, true
}

// crossing is where the outline of an area passes the middle of a row.
type crossing struct {
	row int
	at  float64 // in cells from the western edge
}

// Area visits once every cell whose middle lies in the area. Holes are left
// out; a middle on a common border belongs to exactly one of two neighbours,
// so that districts that fit together share no cell and miss none.
func (f Frame) Area(area orb.MultiPolygon, visit func(cell int)) {
	var list []crossing
	for _, polygon := range area {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				list = f.cross(list, f.toCells(ring[i-1]), f.toCells(ring[i]))
			}
		}
	}
	slices.SortFunc(list, func(a, b crossing) int {
		switch {
		case a.row != b.row:
			return a.row - b.row
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		}
		return 0
	})
	for i := 0; i+1 < len(list); i += 2 {
		first := max(0, math.Ceil(list[i].at-0.5))
		end := min(float64(f.Columns), math.Ceil(list[i+1].at-0.5))
		for c := int(first); float64(c) < end; c++ {
			visit(list[i].row*f.Columns + c)
		}
	}
}

// cross adds where an edge passes the middles of rows of the map.
func (f Frame) cross(list []crossing, a, b orb.Point) []crossing {
	if a[1] > b[1] {
		a, b = b, a
	}
	first := max(0, math.Ceil(a[1]-0.5))
	end := min(float64(f.Rows), math.Ceil(b[1]-0.5))
	for r := first; r < end; r++ {
		at := a[0] + (r+0.5-a[1])/(b[1]-a[1])*(b[0]-a[0])
		list = append(list, crossing{int(r), at})
	}
	return list
}
