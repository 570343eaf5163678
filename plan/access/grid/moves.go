package grid

import "math"

// move is one way to leave a cell: where it leads, and the cells that it pays
// on the way beside the two at its ends.
type move struct {
	down, across int
	to           int    // offset in the arrays
	past         [2]int // offsets of the cells passed; 0 where there are none
}

// around returns the moves of 8 or 16 neighbours.
func (s *Surface) around(neighbours int) []move {
	var out []move
	add := func(down, across int, past ...[2]int) {
		m := move{down: down, across: across, to: down*s.stride + across}
		for i, p := range past {
			m.past[i] = p[0]*s.stride + p[1]
		}
		out = append(out, m)
	}
	for _, d := range [][2]int{{0, -1}, {0, 1}, {-1, 0}, {1, 0}, {-1, -1}, {-1, 1}, {1, -1}, {1, 1}} {
		add(d[0], d[1])
	}
	if neighbours == 16 {
		// A knight goes past one straight and one slanting neighbour.
		for _, down := range []int{-1, 1} {
			for _, across := range []int{-1, 1} {
				add(2*down, across, [2]int{down, 0}, [2]int{down, across})
				add(down, 2*across, [2]int{0, across}, [2]int{down, across})
			}
		}
	}
	return out
}

// shares returns what each move costs of the sum of the frictions that it
// pays, in seconds: its length by their number. The factors of row r stand
// from r*len(moves); where all rows are alike there is only row 0.
func (s *Surface) shares(moves []move) []float64 {
	return s.each(moves, func(length float64, m move) float64 {
		paid := 2.0
		if m.past[0] != 0 {
			paid = 4
		}
		return length / paid * s.ground.seconds()
	})
}

// runs returns the length of each move in metres, in the same order.
func (s *Surface) runs(moves []move) []float64 {
	return s.each(moves, func(length float64, _ move) float64 { return length * s.ground.Metres })
}

// each asks f about each move from each row; moves that leave the map are
// endless.
func (s *Surface) each(moves []move, f func(length float64, m move) float64) []float64 {
	rows, alike := s.rows, s.ground.uniform()
	if alike {
		rows = 1
	}
	out := make([]float64, 0, rows*len(moves))
	for r := range rows {
		for _, m := range moves {
			x := math.Inf(1)
			if to := r + m.down; alike || to >= 0 && to < s.rows {
				x = s.ground.length(r, m.down, m.across)
			}
			out = append(out, f(x, m))
		}
	}
	return out
}
