// Package grid answers "how long to the nearest?" on a map of small cells.
//
// A friction surface says of every cell how slow it is to cross: seconds for
// each metre or for each cell, a barrier where nobody passes. From one or many
// places - hospitals, ambulance bases - the cheapest way to every cell is
// found, over the eight or sixteen neighbours of each cell or along straight
// lines, on the flat or up and down a slope, with the nearest and the second
// nearest place. Searches inside a limit touch only the cells that they reach.
//
// What a step costs, what the answer guarantees and how far it is from the
// truth on open ground stands in docs/method/access.md; how the search works
// and why, in DESIGN.md beside this file.
package grid

import (
	"fmt"
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// margin is the border of barriers around a surface, in cells: the longest
// move, that of a knight, goes two cells far, and so no search leaves the map.
// Between two rows one border serves both.
const margin = 2

// MaxCells bounds the cells of a surface, margins included: their numbers fit 31 bits.
const MaxCells = 1<<31 - 1

var barrier = float32(math.Inf(1))

// Surface is a map of friction, row by row from the north, ready for searches
// once Seal has seen it. It may be searched by many goroutines at once.
type Surface struct {
	rows, cols, stride int
	ground             Ground
	friction           []float32 // with margins; +Inf is a barrier
	heights            []float32 // metres, with margins; nil on the flat
	slope              Slope
	low, middle        float64 // a small friction and one in the middle: see lookAround
	passable, lost     int
	sealed             bool
}

// New returns a surface of barriers, to be filled row by row. It returns
// fault.Invalid for a shape without cells and for a ground that does not fit
// it, and fault.TooLarge for more than MaxCells.
func New(rows, cols int, ground Ground) (*Surface, error) {
	const op = "grid.New"
	if rows < 1 || cols < 1 {
		return nil, fault.New(fault.Invalid, op, "", "a raster of %d rows and %d columns has no cell", rows, cols)
	}
	stride := cols + margin
	if rows > MaxCells/stride-2*margin-1 {
		return nil, fault.New(fault.TooLarge, op, "", "%d x %d cells are more than %d: cut the raster or take larger cells", rows, cols, MaxCells)
	}
	if err := ground.check(rows); err != nil {
		return nil, err
	}
	s := &Surface{rows: rows, cols: cols, stride: stride, ground: ground}
	s.friction = make([]float32, s.size())
	s.fence(s.friction)
	return s, nil
}

// size is the number of cells with margins.
func (s *Surface) size() int { return (s.rows+2*margin)*s.stride + margin }

// fence makes barriers of the margins.
func (s *Surface) fence(cells []float32) {
	first := s.at(0, 0)
	for i := range first {
		cells[i] = barrier
	}
	for r := range s.rows {
		end := s.at(r, s.cols)
		for i := range margin {
			cells[end+i] = barrier
		}
	}
	for i := s.at(s.rows, 0); i < len(cells); i++ {
		cells[i] = barrier
	}
}

// at is where a cell stands in the arrays.
func (s *Surface) at(row, col int) int { return (row+margin)*s.stride + margin + col }

// place is the row and column of what stands at i.
func (s *Surface) place(i int) (row, col int) {
	i -= margin
	return i/s.stride - margin, i % s.stride
}

// Rows and Cols are the shape.
func (s *Surface) Rows() int { return s.rows }

// Cols is the number of columns.
func (s *Surface) Cols() int { return s.cols }

// Passable is the number of cells that are no barrier, known after Seal.
func (s *Surface) Passable() int { return s.passable }

// Row returns the friction of a row, to be filled before Seal: seconds to
// cross one unit of the ground, NaN or +Inf where nobody passes.
func (s *Surface) Row(r int) []float32 {
	i := s.at(r, 0)
	return s.friction[i : i+s.cols : i+s.cols]
}

// Spend gives the memory of the friction away, one value for every cell, to
// write an answer into. The surface can not be searched any more.
func (s *Surface) Spend() []float32 {
	out := s.friction[:s.rows*s.cols]
	s.friction, s.sealed = nil, false
	return out
}

// Friction returns what a sealed surface holds of a cell; +Inf is a barrier.
func (s *Surface) Friction(row, col int) float32 { return s.friction[s.at(row, col)] }

// Zero says what a friction of zero means.
type Zero int

// What to do with zeros. Nobody travels in no time, and so by default a zero
// is taken for a mistake.
const (
	RefuseZero  Zero = iota // an error
	FreeZero                // crossing costs nothing, as r.cost has it
	BarrierZero             // nobody passes
)

// Seal checks the friction and readies the surface for searches. NaN becomes a
// barrier. It returns fault.Invalid with the first cell, counted from 1, and
// the number of such cells where friction is negative, or zero against the
// rule.
func (s *Surface) Seal(zero Zero) error {
	const op = "grid.Seal"
	var wrong, zeros tally
	s.passable, s.lost = 0, 0
	for r := range s.rows {
		row := s.Row(r)
		if s.heights != nil {
			s.drown(r)
		}
		for c, f := range row {
			switch {
			case f > 0 && f < barrier:
				s.passable++
				continue
			case f == 0:
				zeros.add(r, c)
				if zero != BarrierZero {
					row[c] = 0 // not -0, whose bits are not those of zero
					s.passable++
					continue
				}
			case f < 0:
				wrong.add(r, c)
			}
			row[c] = barrier
		}
	}
	if wrong.n > 0 {
		return fault.New(fault.Invalid, op, wrong.place(), "friction is negative in %s, first in %s: mark what nobody crosses as nodata, and give every other cell a positive friction", cells(wrong.n), wrong.place())
	}
	if zeros.n > 0 && zero == RefuseZero {
		return fault.New(fault.Invalid, op, zeros.place(), "friction is zero in %s, first in %s, and nobody travels in no time: say whether zero is free or a barrier", cells(zeros.n), zeros.place())
	}
	s.low, s.middle = s.lookAround()
	s.sealed = true
	return nil
}

// tally counts cells and keeps the first.
type tally struct{ n, row, col int }

func (t *tally) add(row, col int) {
	if t.n == 0 {
		t.row, t.col = row, col
	}
	t.n++
}

func (t *tally) place() string { return fmt.Sprintf("row %d, column %d", t.row+1, t.col+1) }

func cells(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", n)
}

// sampled is about how many cells lookAround looks at, and of those one in
// lowShare is smaller than what it returns.
const sampled, lowShare = 4096, 64

// lookAround returns a small friction and the median, from a sample of the
// cells. They rule how finely the queue of a search tells times apart, and so
// how fast a search is, but no answer.
func (s *Surface) lookAround() (low, middle float64) {
	var seen []float32
	every := max(1, s.rows*s.cols/sampled) | 1
	for i := 0; i < s.rows*s.cols; i += every {
		if f := s.friction[s.at(i/s.cols, i%s.cols)]; f > 0 && f < barrier {
			seen = append(seen, f)
		}
	}
	if len(seen) == 0 {
		return 1, 1
	}
	slices.Sort(seen)
	return float64(seen[len(seen)/lowShare]), float64(seen[len(seen)/2])
}
