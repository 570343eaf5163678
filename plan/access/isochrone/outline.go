package isochrone

import (
	"math"
	"sort"

	"github.com/paulmach/orb"
)

// outline returns for every grid point by how many metres it lies outside of
// the outline, negative inside. Beyond two cells it is only a large number.
func (f *field) outline(within orb.MultiPolygon) []float64 {
	edge := &field{plane: f.plane, w: f.w, h: f.h, x0: f.x0, y0: f.y0, cell: f.cell, slowness: 1, beyond: 2.5 * f.cell}
	edge.clear()
	crossed := make([][]float64, f.h) // where the outline crosses a row, in metres
	for _, polygon := range within {
		for _, r := range polygon {
			for i := 1; i < len(r); i++ {
				ax, ay := f.to(r[i-1])
				bx, by := f.to(r[i])
				edge.border(ax, ay, bx, by)
				for y := max(0, int(math.Ceil((min(ay, by)-f.y0)/f.cell))); y < f.h; y++ {
					at := f.y0 + float64(y)*f.cell
					if at >= max(ay, by) {
						break
					}
					if (ay <= at) != (by <= at) {
						crossed[y] = append(crossed[y], ax+(bx-ax)*(at-ay)/(by-ay))
					}
				}
			}
		}
	}
	edge.seed()
	edge.sweep()
	for y, at := range crossed {
		sort.Float64s(at)
		k := 0
		for x := range f.w {
			for k < len(at) && at[k] <= f.x0+float64(x)*f.cell {
				k++
			}
			if i := y*f.w + x; k%2 == 1 {
				edge.time[i] = -edge.time[i]
			}
		}
	}
	for i, d := range edge.time {
		if math.IsInf(d, 0) {
			edge.time[i] = math.Copysign(1e9, d)
		}
	}
	return edge.time
}

// border adds a line of the outline where it comes near the grid.
func (f *field) border(ax, ay, bx, by float64) {
	m := 2 * f.cell
	right, top := f.x0+float64(f.w)*f.cell, f.y0+float64(f.h)*f.cell
	if max(ax, bx) < f.x0-m || min(ax, bx) > right+m || max(ay, by) < f.y0-m || min(ay, by) > top+m {
		return
	}
	f.pieces = append(f.pieces, newPiece(ax, ay, bx, by, 0, 0, 1))
}
