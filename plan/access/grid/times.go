package grid

import "math"

// Times is the answer of a search: for every cell the least time and the
// source that it belongs to.
type Times struct {
	surface *Surface
	best    []int64
	far     []uint32
}

// At returns the seconds to a cell and the number of its nearest source in the
// list, from 0. ok is false where no source reaches it.
func (t *Times) At(row, col int) (seconds float64, source int, ok bool) {
	return t.at(t.surface.at(row, col))
}

func (t *Times) at(i int) (float64, int, bool) {
	m := t.best[i]
	if m == 0 {
		return math.Inf(1), 0, false
	}
	return seconds(m), t.number(i, m) - 1, true
}

// number is that of the source, from 1.
func (t *Times) number(i int, m int64) int {
	if t.far != nil {
		return int(t.far[i])
	}
	return int(near(m))
}

// Seconds fills dst, one element a column, with the seconds of a row, and with
// unreached where no source comes.
func (t *Times) Seconds(row int, dst []float32, unreached float32) {
	i := t.surface.at(row, 0)
	for c, m := range t.best[i : i+t.surface.cols] {
		if m == 0 {
			dst[c] = unreached
		} else {
			dst[c] = float32(seconds(m))
		}
	}
}

// Nearest fills dst, one element a column, with the number of the nearest
// source, from 1, and with 0 where no source comes.
func (t *Times) Nearest(row int, dst []uint32) {
	i := t.surface.at(row, 0)
	if t.far != nil {
		copy(dst, t.far[i:i+t.surface.cols])
		return
	}
	for c, m := range t.best[i : i+t.surface.cols] {
		if m == 0 {
			dst[c] = 0
		} else {
			dst[c] = uint32(near(m))
		}
	}
}

// Summary is what there is to say of all times together.
type Summary struct {
	Cells, Passable, Reached int
	Mean, Max                float64 // seconds over the cells reached; 0 if none
}

// Unreached is the number of passable cells to which no source comes.
func (s Summary) Unreached() int { return s.Passable - s.Reached }

// Summary looks at all cells.
func (t *Times) Summary() Summary {
	out := Summary{Cells: t.surface.rows * t.surface.cols, Passable: t.surface.passable}
	var sum float64
	for r := range t.surface.rows {
		i := t.surface.at(r, 0)
		var row float64 // added up apart, so that the sum keeps its digits
		for _, m := range t.best[i : i+t.surface.cols] {
			if m != 0 {
				x := seconds(m)
				out.Reached++
				row += x
				out.Max = max(out.Max, x)
			}
		}
		sum += row
	}
	if out.Reached > 0 {
		out.Mean = sum / float64(out.Reached)
	}
	return out
}
