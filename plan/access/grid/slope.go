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

// Rise lays the surface over a terrain: HeightRow is then to be filled as Row
// is, and the surface to be sealed afterwards. From then on the friction of a
// cell is that of level ground, and a step takes as much longer as Tobler's
// function says for its slope. It returns fault.Invalid if the length of a
// step in metres is not known.
func (s *Surface) Rise(slope Slope) error {
	if s.ground.Metres == 0 {
		return fault.New(fault.Invalid, "grid.Rise", "", "a slope needs metres, and the width of a cell in metres is not known: give friction for a metre, and a raster with a coordinate system")
	}
	s.heights, s.slope, s.sealed = make([]float32, s.size()), slope, false
	return nil
}

// HeightRow returns the heights of a row in metres, to be filled between Rise
// and Seal; NaN where nothing is known, which makes a barrier of the cell.
func (s *Surface) HeightRow(r int) []float32 {
	i := s.at(r, 0)
	return s.heights[i : i+s.cols : i+s.cols]
}

// Lost is the number of cells that became barriers only because their height
// is not known.
func (s *Surface) Lost() int { return s.lost }

// drown makes barriers of the cells of a row without a height.
func (s *Surface) drown(r int) {
	row := s.Row(r)
	for c, h := range s.HeightRow(r) {
		if h-h == 0 {
			continue
		}
		if row[c] < barrier {
			s.lost++
		}
		row[c], s.heights[s.at(r, c)] = barrier, 0
	}
}
