// Package friction makes a map of how slow it is to cross each cell, from what
// planners have at hand: land cover, roads, rivers and lakes, and a table of
// speeds. It is the "merge" of WHO AccessMod with its doubts said aloud: a
// class without a speed is an error with its name and the number of its cells,
// never a hole in the map that nobody sees.
//
// One cell has one speed. Land cover gives it; a barrier takes it away; a road
// gives its own, also across a barrier, which is a bridge. See
// docs/method/access.md.
package friction

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/frame"
)

// Road is a line on which one travels.
type Road struct {
	Class string // as the table of speeds names it
	Lines []orb.LineString
}

// Barrier is what nobody crosses without a bridge: a river as lines, a lake or
// a wide river as an area.
type Barrier struct {
	Lines []orb.LineString
	Areas orb.MultiPolygon
}

// Input is what is merged. All coordinates are those of the map.
type Input struct {
	Frame frame.Frame

	// Cells is the land cover: the class of each cell, a whole number, NaN
	// where nothing is known. Merge turns it into friction in place.
	Cells []float32
	// Ready says that Cells hold friction already, in seconds for a metre, to
	// which roads and barriers are added. No class is looked up.
	Ready bool

	Roads    []Road
	Barriers []Barrier
	// Middles makes of an area only the cells whose middle lies in it. Without
	// it the cells that its outline touches are barriers too, so that a river
	// drawn as a narrow area has no gaps.
	Middles bool

	Speeds Speeds
	Modes  []Mode // that may be used; empty: all
	Season string // of the table; empty: what holds in every season
	// MissingIsBarrier makes barriers of land cover without a speed, and leaves
	// out roads without one. Both are an error otherwise.
	MissingIsBarrier bool
}

// Result is a map of friction.
type Result struct {
	Friction []float32 // seconds for a metre, NaN where nobody passes
	Modes    []Mode    // how one travels there, None where nobody passes or nothing is known
	Report   Report
}

// Report tells what became of everything that was put in.
type Report struct {
	Cells   int // of the map
	Passed  int // cells with friction
	Barrier int // cells taken by barriers and without a road, or with speed 0
	Unknown int // cells without land cover and without a road

	Classes []Class // with a speed, as they stand on the map
	Missing []Class // without one

	Roads, Barriers Drawn
	// Bridges is the number of cells where a road lies on a barrier. A road
	// along the bank lies there too: where there are many, look at the map.
	Bridges int
}

// Class is one class of land cover or of roads.
type Class struct {
	Layer     Layer
	Class     string
	Label     string
	Mode      Mode
	KmPerHour float64
	Cells     int
}

// Drawn tells about the features of a layer.
type Drawn struct {
	Features, Outside int // Outside touch no cell
	Cells             int
}

// barrierMark stands in the working map for a barrier.
const barrierMark = -1

// Merge makes the map. It returns fault.Invalid for a class without a speed
// (all of them are named), land cover that is not a whole number, a friction
// that is not positive, and roads or barriers of which not one touches the map.
func Merge(in Input) (Result, error) {
	const op = "friction.Merge"
	if len(in.Cells) != in.Frame.Cells() {
		return Result{}, fault.New(fault.Internal, op, "", "%d cells for a map of %d x %d", len(in.Cells), in.Frame.Columns, in.Frame.Rows)
	}
	m := &merging{Input: in, modes: make([]Mode, len(in.Cells))}
	m.report.Cells = len(in.Cells)
	if err := m.ground(); err != nil {
		return Result{}, err
	}
	if err := m.barriers(); err != nil {
		return Result{}, err
	}
	if err := m.roads(); err != nil {
		return Result{}, err
	}
	m.finish()
	if len(m.report.Missing) > 0 && !in.MissingIsBarrier {
		return Result{}, fault.New(fault.Invalid, op, "", "no speed for %s; add them to the table (0 where nobody passes), or say that they are barriers", names(m.report.Missing))
	}
	return Result{Friction: in.Cells, Modes: m.modes, Report: m.report}, nil
}

// merging is one run of Merge.
type merging struct {
	Input
	modes  []Mode
	walls  []bool // cells of barriers; nil without any
	report Report
}

// seconds turns a speed into seconds for a metre; 0 is a barrier.
func seconds(kmPerHour float64) float32 {
	if kmPerHour == 0 {
		return barrierMark
	}
	return float32(3.6 / kmPerHour)
}

// ground turns land cover into friction.
func (m *merging) ground() error {
	if m.Ready {
		for i, v := range m.Cells {
			if v != v {
				continue
			}
			if !(v > 0) || math.IsInf(float64(v), 0) {
				return m.refuse(i, "a friction of %g: every cell takes time; mark what nobody crosses as nodata", v)
			}
		}
		return nil
	}
	type found struct {
		speed   Speed
		seconds float32
		known   bool
		cells   int
	}
	classes := map[float32]*found{}
	var last *found
	lastClass := float32(math.NaN())
	for i, v := range m.Cells {
		if v != v {
			continue
		}
		if v != lastClass {
			if last = classes[v]; last == nil {
				if v != float32(math.Trunc(float64(v))) || math.Abs(float64(v)) > 1<<24 {
					return m.refuse(i, "land cover is %g, which is no class: classes are whole numbers; give a map of friction as one", v)
				}
				last = &found{}
				last.speed, last.known = m.Speeds.choose(LandCover, strconv.Itoa(int(v)), m.Season, m.Modes)
				last.seconds = barrierMark
				if last.known {
					last.seconds = seconds(last.speed.KmPerHour)
				}
				if classes[v] = last; len(classes) > maxClasses {
					return m.refuse(i, "more than %d classes of land cover: this is no map of classes", maxClasses)
				}
			}
			lastClass = v
		}
		last.cells++
		m.Cells[i] = last.seconds
		if last.seconds > 0 {
			m.modes[i] = last.speed.Mode
		}
	}
	for v, f := range classes {
		m.note(Class{LandCover, strconv.Itoa(int(v)), f.speed.Label, f.speed.Mode, f.speed.KmPerHour, f.cells}, f.known)
	}
	return nil
}

// maxClasses bounds the classes of a map; a map of heights has more.
const maxClasses = 4096

func (m *merging) refuse(cell int, format string, args ...any) error {
	args = append([]any{cell/m.Frame.Columns + 1, cell%m.Frame.Columns + 1}, args...)
	return fault.New(fault.Invalid, "friction.Merge", "", "row %d, column %d: "+format, args...)
}

func (m *merging) note(c Class, known bool) {
	if known {
		m.report.Classes = append(m.report.Classes, c)
	} else {
		m.report.Missing = append(m.report.Missing, c)
	}
}

// barriers draws rivers and lakes.
func (m *merging) barriers() error {
	if len(m.Barriers) == 0 {
		return nil
	}
	m.walls = make([]bool, len(m.Cells))
	for _, b := range m.Barriers {
		touched := false
		draw := func(cell int) {
			touched = true
			if !m.walls[cell] {
				m.walls[cell] = true
				m.report.Barriers.Cells++
			}
		}
		for _, line := range b.Lines {
			m.Frame.Line(line, draw)
		}
		m.Frame.Area(b.Areas, draw)
		if !m.Middles {
			for _, polygon := range b.Areas {
				for _, ring := range polygon {
					m.Frame.Line(orb.LineString(ring), draw)
				}
			}
		}
		m.report.Barriers.count(touched)
	}
	return m.report.Barriers.check("barriers")
}

func (d *Drawn) count(touched bool) {
	if d.Features++; !touched {
		d.Outside++
	}
}

// check refuses a layer that lies elsewhere altogether.
func (d *Drawn) check(what string) error {
	if d.Features > 0 && d.Outside == d.Features {
		return fault.New(fault.Invalid, "friction.Merge", what, "not one of the %d %s touches the map: the projection of one of the two is wrong, or they are of another country", d.Features, what)
	}
	return nil
}

// roads draws roads above land cover and barriers; the fastest counts where
// two share a cell.
func (m *merging) roads() error {
	type kind struct {
		speed Speed
		known bool
		cells int
	}
	kinds := map[string]*kind{}
	var drawn []bool
	if len(m.Roads) > 0 {
		drawn = make([]bool, len(m.Cells))
	}
	for _, r := range m.Roads {
		k := kinds[r.Class]
		if k == nil {
			k = &kind{}
			k.speed, k.known = m.Speeds.choose(RoadLayer, r.Class, m.Season, m.Modes)
			kinds[r.Class] = k
		}
		touched := false
		f := seconds(k.speed.KmPerHour)
		for _, line := range r.Lines {
			m.Frame.Line(line, func(cell int) {
				touched = true
				k.cells++
				if !k.known || f < 0 {
					return // reported; a closed road leaves the ground as it is
				}
				if drawn[cell] && m.Cells[cell] <= f {
					return
				}
				if !drawn[cell] {
					m.report.Roads.Cells++
					if drawn[cell] = true; m.walls != nil && m.walls[cell] {
						m.report.Bridges++
						m.walls[cell] = false
					}
				}
				m.Cells[cell], m.modes[cell] = f, k.speed.Mode
			})
		}
		m.report.Roads.count(touched)
	}
	for class, k := range kinds {
		if k.cells > 0 {
			m.note(Class{RoadLayer, class, k.speed.Label, k.speed.Mode, k.speed.KmPerHour, k.cells}, k.known)
		}
	}
	return m.report.Roads.check("roads")
}

// finish turns marks into NaN and counts.
func (m *merging) finish() {
	nan := float32(math.NaN())
	for i, v := range m.Cells {
		switch {
		case m.walls != nil && m.walls[i] || v < 0:
			m.report.Barrier++
			m.Cells[i], m.modes[i] = nan, None
		case v != v:
			m.report.Unknown++
		default:
			m.report.Passed++
		}
	}
	for _, list := range [][]Class{m.report.Classes, m.report.Missing} {
		slices.SortFunc(list, func(a, b Class) int {
			if a.Layer != b.Layer {
				return strings.Compare(string(a.Layer), string(b.Layer))
			}
			x, errX := strconv.Atoi(a.Class)
			y, errY := strconv.Atoi(b.Class)
			if errX == nil && errY == nil {
				return x - y
			}
			return strings.Compare(a.Class, b.Class)
		})
	}
}

// maxNamed is the number of classes named in a message.
const maxNamed = 20

func names(list []Class) string {
	var parts []string
	for i, c := range list {
		if i == maxNamed {
			parts = append(parts, fmt.Sprintf("and %d more", len(list)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%s class %q (%d cells)", c.Layer.word(), c.Class, c.Cells))
	}
	return strings.Join(parts, ", ")
}
