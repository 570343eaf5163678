package grid

import "math"

// Snap returns the passable cell nearest to a cell, at most so many cells away
// in either direction, and the distance between the two centres in cells. The
// cell itself comes first; of equally near ones the first by row and column.
// ok is false when all of them are barriers or the cell is outside.
func (s *Surface) Snap(row, col, within int) (toRow, toCol int, distance float64, ok bool) {
	if row < 0 || row >= s.rows || col < 0 || col >= s.cols {
		return 0, 0, 0, false
	}
	least := math.MaxInt
	for r := max(0, row-within); r <= min(s.rows-1, row+within); r++ {
		for c := max(0, col-within); c <= min(s.cols-1, col+within); c++ {
			d := (r-row)*(r-row) + (c-col)*(c-col)
			if d < least && s.Friction(r, c) < barrier {
				least, toRow, toCol, ok = d, r, c, true
			}
		}
	}
	return toRow, toCol, math.Sqrt(float64(least)), ok
}
