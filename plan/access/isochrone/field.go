package isochrone

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
)

// usualStroke is the half width, in cells, that a road is drawn with at least:
// enough that some grid point on one side or the other always lies in it.
const usualStroke = 0.6

// none marks a grid point without a piece.
const none = -1

// field is the time at the points of a square grid. Each point knows the piece
// from which it is reached soonest.
type field struct {
	plane
	w, h     int     // points across and up
	x0, y0   float64 // of the first point, metres in the plane
	cell     float64 // metres
	slowness float64 // seconds a metre beside the road
	stroke   float64 // metres
	line     float64 // tolerance of lines, metres
	beyond   float64 // seconds up to which times are wanted
	pieces   []piece
	time     []float64
	label    []int32
	// rows are what the sweeps know of each row.
	rows []row
}

// row is the part of a row of the grid that has times, and when it changed.
type row struct {
	from, to int    // points with times; to is behind the last
	changed  int    // number of the pass in which a time came sooner
	seen     [2]int // passes in which it was updated from the row below and above
}

// newField lays a grid over everything that is reached by the last limit.
func newField(reached []stretch, last float64, o Options) (*field, error) {
	const op = "isochrone.Bands"
	box := orb.Bound{Min: reached[0].a, Max: reached[0].a}
	for _, s := range reached {
		box = box.Extend(s.a).Extend(s.b)
	}
	if box.Max[0]-box.Min[0] > 180 {
		return nil, fault.New(fault.Invalid, op, "network", "it lies on both sides of 180 degrees of longitude: draw each side by itself")
	}
	f := &field{plane: newPlane(box.Center()), slowness: o.slowness()}
	f.pieces = make([]piece, len(reached))
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for i, s := range reached {
		ax, ay := f.to(s.a)
		bx, by := f.to(s.b)
		f.pieces[i] = newPiece(ax, ay, bx, by, s.ta, s.tb, f.slowness)
		for _, e := range [2][3]float64{{ax, ay, s.ta}, {bx, by, s.tb}} {
			r := (last - e[2]) / f.slowness
			low[0], low[1] = min(low[0], e[0]-r), min(low[1], e[1]-r)
			high[0], high[1] = max(high[0], e[0]+r), max(high[1], e[1]+r)
		}
	}
	wide, tall := high[0]-low[0], high[1]-low[1]
	if !(math.Hypot(max(-low[0], high[0]), max(-low[1], high[1])) <= maxReach) {
		return nil, fault.New(fault.TooLarge, op, "network", "the area reaches over %.0f x %.0f km: it must stay within %.0f km of its middle", wide/1000, tall/1000, maxReach/1000)
	}
	f.cell = o.Cell
	if f.cell == 0 {
		f.cell = max(minCell, math.Sqrt(wide*tall/usualCells), max(wide, tall)/usualCells)
	}
	f.stroke, f.line = o.Stroke, o.Tolerance
	if f.stroke == 0 {
		f.stroke = usualStroke * f.cell
	}
	if f.line == 0 {
		f.line = f.cell / 4
	}
	const margin = 3 // cells around, so that every ring closes inside the grid
	cells := (wide/f.cell + 2*margin + 1) * (tall/f.cell + 2*margin + 1)
	if !(cells <= maxCells) {
		return nil, fault.New(fault.TooLarge, op, "cell", "cells of %v m make %.0f million of them: take at least %.0f m", f.cell, cells/1e6, math.Ceil(math.Sqrt(wide*tall/maxCells*1.05)))
	}
	f.w, f.h = int(wide/f.cell)+2*margin+1, int(tall/f.cell)+2*margin+1
	f.x0, f.y0 = low[0]-margin*f.cell, low[1]-margin*f.cell
	f.beyond = last + 1.5*f.slowness*f.cell // so that a line lies between two known times
	f.clear()
	return f, nil
}

// clear makes a field without times.
func (f *field) clear() {
	f.time = make([]float64, f.w*f.h)
	f.label = make([]int32, f.w*f.h)
	for i := range f.time {
		f.time[i], f.label[i] = math.Inf(1), none
	}
	f.rows = make([]row, f.h)
	for y := range f.rows {
		f.rows[y] = row{from: f.w, seen: [2]int{-1, -1}}
	}
}

// seed gives the points around every piece their time from it.
func (f *field) seed() {
	for i := range f.pieces {
		p := &f.pieces[i]
		f.along(p, func(x, y int) {
			f.offer(int32(i), x, y)
			f.offer(int32(i), x+1, y)
			f.offer(int32(i), x, y+1)
			f.offer(int32(i), x+1, y+1)
		})
	}
}

// along calls do with the south-western points of the cells under the piece.
func (f *field) along(p *piece, do func(x, y int)) {
	steps := int(2*p.length/f.cell) + 1
	before := none
	for s := 0; s <= steps; s++ {
		d := p.length * float64(s) / float64(steps)
		x, y := int((p.x+d*p.ux-f.x0)/f.cell), int((p.y+d*p.uy-f.y0)/f.cell)
		if here := y*f.w + x; here != before {
			before = here
			do(x, y)
		}
	}
}

// offer takes the piece for the point when it comes sooner, and reports it.
func (f *field) offer(piece int32, x, y int) bool {
	if x < 0 || y < 0 || x >= f.w || y >= f.h {
		return false
	}
	i := y*f.w + x
	t := f.pieces[piece].at(f.x0+float64(x)*f.cell, f.y0+float64(y)*f.cell, f.slowness)
	if t >= f.time[i] || t > f.beyond {
		return false
	}
	f.time[i], f.label[i] = t, piece
	r := &f.rows[y]
	r.from, r.to = min(r.from, x), max(r.to, x+1)
	return true
}

// sweep lets every point try the pieces of its neighbours until nothing comes
// sooner: up and down the rows, and along each row both ways. A row is passed
// over when neither it nor the row beside it has changed since.
func (f *field) sweep() {
	const maxPasses = 128 // four or five are usual
	for pass := 1; pass <= maxPasses; pass++ {
		changed := false
		step, y := 1, 0
		if pass%2 == 0 {
			step, y = -1, f.h-1
		}
		for ; y >= 0 && y < f.h; y += step {
			changed = f.update(y, y-step, pass) || changed
		}
		if !changed && pass > 1 {
			return
		}
	}
}

// update lets the points of row y try the pieces of the row beside it and of
// their neighbours in the row.
func (f *field) update(y, beside, pass int) bool {
	r, near := &f.rows[y], row{from: f.w, changed: -1}
	if beside >= 0 && beside < f.h {
		near = f.rows[beside]
	}
	seen := &r.seen[pass%2]
	if r.changed <= *seen && near.changed <= *seen {
		return false
	}
	*seen = pass
	changed := false
	base := y * f.w
	straight, slant := f.slowness*f.cell, f.slowness*f.cell*math.Sqrt2
	try := func(x, from int, step float64) {
		l := f.label[from]
		if l == none || l == f.label[base+x] || f.time[from]-step >= f.time[base+x] {
			return
		}
		if f.offer(l, x, y) {
			changed = true
		}
	}
	if near.from < near.to {
		b := beside * f.w
		for x := max(0, near.from-1); x < min(f.w, near.to+1); x++ {
			try(x, b+x, straight)
			if x > 0 {
				try(x, b+x-1, slant)
			}
			if x+1 < f.w {
				try(x, b+x+1, slant)
			}
		}
	}
	for x := max(1, r.from); x < f.w && x <= r.to; x++ { // r.to grows on the way
		try(x, base+x-1, straight)
	}
	for x := min(f.w-2, r.to-1); x >= 0 && x >= r.from-1; x-- {
		try(x, base+x+1, straight)
	}
	if changed {
		r.changed = pass
	}
	return changed
}
