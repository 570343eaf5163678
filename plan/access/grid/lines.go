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
	// lengths are those of the lines, of a row in the middle, and half makes
	// seconds of them for the sum of two frictions: to guess with.
	lengths [width * width]float64
	half    float64
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
	l := &lines{anchor: make([]uint8, s.size()), from: []uint32{0}, half: s.ground.seconds() / 2}
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
	l.lengths[c] = math.Hypot(float64(down)*south, float64(across)*east)
	l.back[c] = int32(down*s.stride + across)
	length := 1.0
	if l.depth == nil {
		length = l.lengths[c] * s.ground.seconds()
	}
	cross(down, across, func(r, c int, share float64) {
		l.crossed = append(l.crossed, crossing{int32(r*s.stride + c), float32(share * length)})
	})
	l.from = append(l.from, uint32(len(l.crossed)))
	for k, m := range moves {
		if c != itself && abs(down+m.down) <= reach && abs(across+m.across) <= reach {
			l.fits[c] |= 1 << k
		}
	}
}

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
	friction, best, anchor := s.friction, f.best, l.anchor
	alike, first := l.depth == nil, 0
	shares := (*[8]float64)(f.shares)
	lengths := &l.lengths
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
		at := i - int(l.back[a])
		begin := seconds(best[at])
		fits := l.fits[a]
		for k := range l.to {
			j := i + l.to[k]
			old := best[j]
			if old >= now {
				continue // it was sooner there than here
			}
			sum := here + float64(friction[j])
			x := t + sum*shares[k]
			c := l.step[k]
			// The line is looked at where it would be sooner if the friction
			// beside its end were that of all of it.
			if along := a + l.turn[k]; fits>>k&1 != 0 && mark(t+sum*(lengths[along]-lengths[a])*l.half, near) > old {
				y := 0.0
				for _, p := range l.crossed[l.from[along]:l.from[along+1]] {
					y += float64(p.share) * float64(friction[at+int(p.to)])
				}
				if !alike {
					y *= f.span(first, int(a), int(along))
				}
				if y += begin; y < x {
					x, c = y, along
				}
			}
			if !(x <= f.limit) {
				continue
			}
			m := mark(x, near)
			if m <= old {
				continue
			}
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
