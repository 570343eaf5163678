package grid

import (
	"math"
	"slices"
)

// reach is how far apart the ends of a straight line may be, in cells along
// either axis. Longer lines would make open ground more exact still, and cost
// more; with this one the error is measured in docs/method/access.md.
const reach = 6

// width of the square of ends that a line may have.
const width = 2*reach + 1

// lines is what the search along straight lines needs beside the steps to
// eight neighbours.
//
// It is a search "at any angle" as Nash, Daniel, Koenig and Felner describe it
// for open ground ("Theta*: Any-angle path planning on grids", AAAI 2007,
// 1177-1183), for friction that changes from cell to cell: a line costs what
// its piece inside each cell costs, cell by cell, and it may not cross a
// barrier.
type lines struct {
	// anchor tells for each cell from where the straight line comes on which
	// it was reached: the code of the way there; itself for a source.
	anchor []uint8
	// crossed[from[code]:from[code+1]] are the cells of the line that a code
	// stands for, seen from its anchor.
	from    []uint32
	crossed []crossing
	depth   []float64 // from the first row to each; nil where rows are alike

	// Of the eight steps: offset, code, and what a step adds to the code of a
	// line; fits tells by its bits which steps keep a line within reach.
	to   [8]int
	step [8]uint8
	turn [8]uint8
	fits [width * width]uint8
	back [width * width]int32 // offset of the end from the anchor
	// hopes are what each step adds to a line at least, for a friction of one
	// half at both its ends, if the friction there were that of all of it: a line
	// is summed up only where that would be sooner, by a little.
	hopes [width * width][8]float64
}

// crossing is a cell on a line.
type crossing struct {
	to    int32   // offset in the arrays
	share float32 // of the line inside the cell; where rows are alike, times its length in seconds
}

// code stands for a line that ends so many rows and columns from its anchor.
func code(down, across int) int { return (down+reach)*width + across + reach }

// itself is the code of a cell that is its own anchor.
var itself = code(0, 0)

func (s *Surface) lines(moves []move) *lines {
	l := &lines{anchor: make([]uint8, s.size()), from: []uint32{0}}
	if !s.ground.uniform() {
		l.depth = make([]float64, s.rows)
		for r := 1; r < s.rows; r++ {
			l.depth[r] = l.depth[r-1] + s.ground.south(r-1)
		}
	}
	for k, m := range moves {
		l.to[k], l.step[k], l.turn[k] = m.to, uint8(code(m.down, m.across)), uint8(m.down*width+m.across)
	}
	for c := range width * width {
		s.line(l, c, moves)
	}
	return l
}

// line works out all about one line.
func (s *Surface) line(l *lines, c int, moves []move) {
	down, across := c/width-reach, c%width-reach
	middle := s.rows / 2
	east, south := s.ground.east(middle), s.ground.south(middle)
	long := func(down, across int) float64 { return math.Hypot(float64(down)*south, float64(across)*east) }
	l.back[c] = int32(down*s.stride + across)
	length := 1.0
	if l.depth == nil {
		length = long(down, across) * s.ground.seconds()
	}
	cross(down, across, func(r, c int, share float64) {
		l.crossed = append(l.crossed, crossing{int32(r*s.stride + c), float32(share * length)})
	})
	l.from = append(l.from, uint32(len(l.crossed)))
	for k, m := range moves {
		step := long(m.down, m.across)
		hope := step
		if c != itself && abs(down+m.down) <= reach && abs(across+m.across) <= reach {
			l.fits[c] |= 1 << k
			hope = max(0, min(step, long(down+m.down, across+m.across)-long(down, across)+worthwhile*min(east, south)))
		}
		l.hopes[c][k] = hope * s.ground.seconds() / 2
	}
}

// worthwhile is the part of a cell by which a line must be shorter to be
// summed up.
const worthwhile = 0.01

// cross walks a line from the centre of one cell to that of another and tells
// each cell that it crosses, with the share of its length inside. A line
// through a corner goes from cell to cell over the corner.
func cross(down, across int, visit func(r, c int, share float64)) {
	var cuts []float64
	for _, n := range []int{abs(down), abs(across)} {
		for k := range n {
			cuts = append(cuts, (float64(k)+0.5)/float64(n))
		}
	}
	slices.Sort(cuts)
	before := 0.0
	for _, cut := range append(cuts, 1) {
		if cut-before < 1e-9 {
			continue // both axes cut at once: a corner
		}
		middle := (cut + before) / 2
		visit(int(math.Round(middle*float64(down))), int(math.Round(middle*float64(across))), cut-before)
		before = cut
	}
}

func abs(x int) int { return max(x, -x) }

// straight settles a block of cells of one slot: each neighbour is reached by
// a step, or on a straight line from the anchor of the cell, whichever is
// sooner.
func (f *finder) straight(from, end uint32) {
	s, q, l := f.surface, &f.queue, f.lines
	friction, best, anchor, stride := s.friction, f.best, l.anchor, s.stride
	alike, first := l.depth == nil, 0
	shares := (*[8]float64)(f.shares)
	for ; from < end; from++ {
		e := q.pool[from]
		i := int(uint32(e) &^ ahead)
		now := best[i]
		near, t := near(now), seconds(now)
		if q.slot(t) < uint32(e>>32) && uint32(e)&ahead == 0 {
			continue // settled at an earlier time
		}
		if f.keep {
			f.touched = append(f.touched, uint32(i))
		}
		if !alike {
			first = i/s.stride - margin
			shares = (*[8]float64)(f.shares[8*first:])
		}
		here := float64(friction[i])
		a := anchor[i]
		hopes, fits := &l.hopes[a], l.fits[a]
		fn, fm, fs := (*[3]float32)(friction[i-stride-1:]), (*[3]float32)(friction[i-1:]), (*[3]float32)(friction[i+stride-1:])
		bn, bm, bs := (*[3]int64)(best[i-stride-1:]), (*[3]int64)(best[i-1:]), (*[3]int64)(best[i+stride-1:])
		beside := [8]float32{fm[0], fm[2], fn[1], fs[1], fn[0], fn[2], fs[0], fs[2]}
		for k, old := range [8]int64{bm[0], bm[2], bn[1], bs[1], bn[0], bn[2], bs[0], bs[2]} {
			sum := here + float64(beside[k])
			hope := sum * hopes[k]
			if !alike {
				hope = min(hope, sum*shares[k])
			}
			if mark(t+hope, near) <= old {
				continue
			}
			x, c := t+sum*shares[k], l.step[k]
			if fits>>k&1 != 0 {
				along := a + l.turn[k]
				at := i - int(l.back[a])
				y := 0.0
				for _, p := range l.crossed[l.from[along]:l.from[along+1]] {
					y += float64(p.share) * float64(friction[at+int(p.to)])
				}
				if !alike {
					y *= f.span(first, int(a), int(along))
				}
				if y += seconds(best[at]); y < x {
					x, c = y, along
				}
			}
			m := mark(x, near)
			if m <= old || m < f.floor {
				continue
			}
			j := i + l.to[k]
			if f.far != nil {
				f.far[j] = f.far[i]
			}
			best[j] = m
			anchor[j] = c
			slot, cell := q.slot(seconds(m)), uint32(j)
			if slot < q.now {
				slot, cell = q.now, cell|ahead
			}
			q.push(slot, cell)
		}
	}
}

// ahead marks a cell that is settled in a later slot than its own, because the
// line to it turned out sooner than the steps before it.
const ahead = 1 << 31

// span is the length, in seconds for a friction of 1, of the line that along
// stands for, where rows are not alike; a is the line that has come so far, to
// a cell of that row.
func (f *finder) span(row, a, along int) float64 {
	s, l := f.surface, f.lines
	g := &s.ground
	begin := row - (a/width - reach)
	end := begin + along/width - reach
	if end < 0 || end >= s.rows {
		return math.Inf(1)
	}
	return math.Hypot(l.depth[begin]-l.depth[end], float64(along%width-reach)*(g.east(begin)+g.east(end))/2) * g.seconds()
}
