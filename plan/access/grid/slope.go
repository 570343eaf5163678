package grid

import (
	"math"

	"github.com/shanyraq/shanyraq/fault"
)

// Slope says how heights change the time of a step.
type Slope struct {
	// Towards is whether people travel to the sources, as patients do; else
	// they travel from them, as an ambulance crew on foot does.
	Towards bool
	// OffPath is whether people walk where there is no path.
	OffPath bool
}

// The hiking function of Tobler, "Three presentations on geographical analysis
// and modeling", NCGIA Technical Report 93-1 (1993): speed in km/h is
// 6 exp(-3.5 |slope + 0.05|), fastest on a gentle way down; off the path it is
// 0.6 of that.
const (
	toblerTop     = 6.0
	toblerFall    = 3.5
	toblerGentle  = 0.05
	toblerOffPath = 0.6
)

// WalkingSecondsPerMetre is the friction of level ground by Tobler's function,
// on a path: 5.04 km/h.
func WalkingSecondsPerMetre() float64 {
	return 3.6 / (toblerTop * math.Exp(-toblerFall*toblerGentle))
}

// factor is how many times longer than on the level a step takes that rises by
// so many metres, from the cell that the search comes from, in a run of so
// many level metres.
func (p Slope) factor(rise, run float64) float64 {
	if p.Towards {
		rise = -rise // people walk the step the other way
	}
	x := math.Exp(toblerFall * (math.Abs(rise/run+toblerGentle) - toblerGentle))
	if p.OffPath {
		x /= toblerOffPath
	}
	return x
}

// SetHeights lays the surface over a terrain: heights in metres, row by row
// without gaps, NaN where nothing is known. From then on the friction of a
// cell is that of level ground, and a step takes as much longer as Tobler's
// function says for its slope. A cell of unknown height becomes a barrier; how
// many of those were passable is returned. The surface is to be sealed
// afterwards.
//
// It returns fault.Invalid if the number of heights is not that of the cells,
// or the length of a step in metres is not known.
func (s *Surface) SetHeights(heights []float32, slope Slope) (lost int, err error) {
	const op = "grid.SetHeights"
	if len(heights) != s.rows*s.cols {
		return 0, fault.New(fault.Invalid, op, "", "%d heights for %d x %d cells: the terrain must have the cells of the friction", len(heights), s.rows, s.cols)
	}
	if s.ground.Metres == 0 {
		return 0, fault.New(fault.Invalid, op, "", "a slope needs metres, and the width of a cell in metres is not known: give friction for a metre and a coordinate system")
	}
	s.heights, s.slope = make([]float32, s.size()), slope
	for r := range s.rows {
		row := s.Row(r)
		for c, h := range heights[r*s.cols : (r+1)*s.cols] {
			if h-h != 0 { // not a number, or not finite
				if f := row[c]; f < barrier {
					lost++
				}
				row[c], h = barrier, 0
			}
			s.heights[s.at(r, c)] = h
		}
	}
	s.sealed = false
	return lost, nil
}
