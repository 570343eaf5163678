package main

import (
	"fmt"
	"math"
	"runtime/debug"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/points"
	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/grid"
)

type accessGridCommand struct {
	Friction     string  `name:"friction" required:"" placeholder:"FILE" file:"in" help:"${h_grid_friction}"`
	FrictionUnit string  `name:"friction-unit" enum:"s/cell,s/m,min/m" default:"s/cell" help:"${h_grid_unit}"`
	Band         int     `name:"band" placeholder:"N" help:"${h_grid_band}"`
	Zero         string  `name:"zero" enum:"refuse,free,barrier" default:"refuse" help:"${h_grid_zero}"`
	Sources      string  `name:"sources" required:"" placeholder:"FILE" file:"in" help:"${h_grid_sources}"`
	SourcesCRS   string  `name:"sources-crs" placeholder:"EPSG:N" help:"${h_grid_sources_crs}"`
	Snap         int     `name:"snap" placeholder:"CELLS" help:"${h_grid_snap}"`
	Neighbours   string  `name:"neighbours" enum:"8,16,any" default:"8" help:"${h_grid_neighbours}"`
	Dem          string  `name:"dem" placeholder:"FILE" file:"in" help:"${h_grid_dem}"`
	Towards      bool    `name:"towards" help:"${h_grid_towards}"`
	OffPath      bool    `name:"off-path" help:"${h_grid_off_path}"`
	Limit        float64 `name:"limit" placeholder:"SECONDS" help:"${h_grid_limit}"`
	Memory       int     `name:"memory" placeholder:"MB" help:"${h_grid_memory}"`
	Out          string  `name:"out" placeholder:"FILE" file:"out" help:"${h_grid_out}"`
	Nearest      string  `name:"nearest" placeholder:"FILE" file:"out" help:"${h_grid_nearest}"`
	SecondOut    string  `name:"second-out" placeholder:"FILE" file:"out" help:"${h_grid_second_out}"`
	Second       string  `name:"second" placeholder:"FILE" file:"out" help:"${h_grid_second}"`
	recordFlag
}

// gridAnswer is what the command prints with --json.
type gridAnswer struct {
	Cells struct {
		Total     int `json:"total"`
		Passable  int `json:"passable"`
		Reached   int `json:"reached"`
		Unreached int `json:"unreached"` // passable, and no source comes
	} `json:"cells"`
	Seconds struct {
		Mean *float64 `json:"mean"` // null when nothing was reached
		Max  *float64 `json:"max"`
	} `json:"seconds"`
	Sources   int        `json:"sources"`
	Snapped   []snapped  `json:"snapped"`
	Notes     []gridNote `json:"notes"`
	Phases    gridPhases `json:"phases"`
	PeakBytes int64      `json:"peak_bytes"`
}

type gridPhases struct {
	Read  float64 `json:"read_s"`
	Solve float64 `json:"solve_s"`
	Write float64 `json:"write_s"`
}

// snapped is a source that was moved out of a barrier; rows and columns of the
// raster count from 1.
type snapped struct {
	Row   int     `json:"row"` // of the list
	ID    string  `json:"id"`
	From  [2]int  `json:"from"`
	To    [2]int  `json:"to"`
	Cells float64 `json:"cells"` // from centre to centre
}

// gridNote is something that a reader of the result should know.
type gridNote struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Run reads a friction raster, searches and writes. It needs no database.
func (c accessGridCommand) Run(s *session) error {
	return withRecord(s, "access grid", &c, c.Record, func() (any, error) { return struct{}{}, c.solve(s) })
}

func (c accessGridCommand) solve(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Memory != 0 {
		return c.solveStrips(s)
	}
	slim()
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // what is taken is needed to the end
	a := gridAnswer{Snapped: []snapped{}, Notes: []gridNote{}}
	var header raster.Header
	var surface *grid.Surface
	var sources []grid.Source
	err := clocked(&a.Phases.Read, func() (err error) {
		list, err := readPoints(c.Sources)
		if err != nil {
			return err
		}
		if header, surface, err = c.surface(s, &a); err != nil {
			return err
		}
		sources, err = c.place(s, list, header, surface, &a)
		return err
	})
	if err != nil {
		return err
	}
	slim()
	a.Sources = len(sources)
	var times, second *grid.Times
	err = clocked(&a.Phases.Solve, func() (err error) {
		o := grid.Options{Limit: c.Limit, Neighbours: map[string]grid.Neighbours{"8": grid.Eight, "16": grid.Sixteen, "any": grid.Any}[c.Neighbours]}
		if c.Second+c.SecondOut == "" {
			times, err = surface.Solve(s.ctx, sources, o)
			return err
		}
		two, err := surface.SolveTwo(s.ctx, sources, o)
		if err == nil {
			times, second = &two.Times, two.Second()
		}
		return err
	})
	if err != nil {
		return err
	}
	a.sum(times.Summary())
	slim()
	err = clocked(&a.Phases.Write, func() error { return c.write(header, surface.Spend(), times, second, len(sources)) })
	if err != nil {
		return err
	}
	surface, times, second = nil, nil, nil
	debug.FreeOSMemory() // before the words of the answer are fetched
	a.PeakBytes = peakBytes()
	if s.json {
		return s.print(a)
	}
	return c.tell(s, a)
}

// check refuses flags that do not go together before anything is read.
func (c accessGridCommand) check() error {
	refuse := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "cmd.accessGrid", "", format, args...)
	}
	switch {
	case !(c.Limit >= 0) || math.IsInf(c.Limit, 0):
		return refuse("--limit %g: give a positive number of seconds, or leave it out", c.Limit)
	case c.Snap < 0:
		return refuse("--snap %d: give a number of cells", c.Snap)
	case c.Dem == "" && (c.OffPath || c.Towards):
		return refuse("--off-path and --towards are about slopes: give the heights with --dem")
	case c.Dem != "" && c.Neighbours == "any":
		return refuse("straight lines do not follow a slope: with --dem take --neighbours 8 or 16")
	case c.Neighbours == "any" && c.Second+c.SecondOut != "":
		return refuse("the second nearest is found over 8 or 16 neighbours, not with --neighbours any")
	}
	outputs := []string{c.Out, c.Nearest, c.SecondOut, c.Second}
	if err := mapEnding(outputs...); err != nil {
		return err
	}
	return distinct([]string{c.Friction, c.Sources, c.Dem}, outputs)
}

// surface reads friction and heights.
func (c accessGridCommand) surface(s *session, a *gridAnswer) (raster.Header, *grid.Surface, error) {
	m, err := openRaster(c.Friction, c.Band)
	if err != nil {
		return raster.Header{}, nil, err
	}
	defer m.Close()
	ground, err := c.ground(m.Header)
	if err != nil {
		return raster.Header{}, nil, fault.Wrap(err, "cmd.accessGrid", c.Friction)
	}
	surface, err := grid.New(m.Rows, m.Columns, ground)
	if err != nil {
		return raster.Header{}, nil, fault.Wrap(err, "cmd.accessGrid", c.Friction)
	}
	if err := rowsOf(m, surface.Row); err != nil {
		return raster.Header{}, nil, err
	}
	if c.Dem != "" {
		if err := c.rise(m.Header, surface); err != nil {
			return raster.Header{}, nil, err
		}
	}
	zero := map[string]grid.Zero{"refuse": grid.RefuseZero, "free": grid.FreeZero, "barrier": grid.BarrierZero}[c.Zero]
	if err := surface.Seal(zero); err != nil {
		return raster.Header{}, nil, fmt.Errorf("%s: %w (--zero free or --zero barrier says what a zero means)", c.Friction, err)
	}
	if c.FrictionUnit == "s/cell" && m.CRS.Kind == raster.Geographic {
		a.note(s, "cells_of_degrees", "grid_note_degrees")
	}
	if surface.Passable() == 0 {
		return raster.Header{}, nil, fault.New(fault.Invalid, "cmd.accessGrid", c.Friction, "%s: every cell is a barrier: check the band, the nodata value and --zero", c.Friction)
	}
	if surface.Lost() > 0 {
		a.note(s, "unknown_heights", "grid_note_heights", "n", surface.Lost())
	}
	return m.Header, surface, nil
}

// rowsOf reads a map row by row into where row says.
func rowsOf(m openMap, row func(r int) []float32) error {
	for r := range m.Rows {
		if err := m.ReadRows(row(r), r); err != nil {
			return err
		}
	}
	return nil
}

func (c accessGridCommand) rise(h raster.Header, surface *grid.Surface) error {
	m, err := openRaster(c.Dem, 0)
	if err != nil {
		return err
	}
	defer m.Close()
	if err := h.SameGrid(c.Friction, m.Header, c.Dem); err != nil {
		return err
	}
	if err := surface.Rise(grid.Slope{Towards: c.Towards, OffPath: c.OffPath}); err != nil {
		return err
	}
	return rowsOf(m, surface.HeightRow)
}

// ground says how long steps are, in cells or in metres. Degrees are never
// taken for metres, and on a web map, whose metres grow towards the poles,
// steps have their true length.
func (c accessGridCommand) ground(h raster.Header) (grid.Ground, error) {
	const op = "cmd.accessGrid"
	metres := h.CRS.UnitMetres
	if c.FrictionUnit == "s/cell" {
		if h.CRS.Kind != raster.Projected {
			metres = 0
		}
		return grid.Cells(h.CellWidth, h.CellHeight, h.CellWidth*metres), nil
	}
	var g grid.Ground
	var err error
	switch {
	case h.CRS.Kind == raster.Geographic:
		g, err = grid.Degrees(h.Rows, h.OriginY, h.CellWidth, h.CellHeight)
	case h.CRS.Kind != raster.Projected:
		err = fault.New(fault.Invalid, op, "", "friction for a metre needs the length of a cell, and the raster does not say its projection: put the .prj beside it, or give --friction-unit s/cell")
	case h.CRS.EPSG == 3857:
		g, err = webMap(h)
	case !(metres > 0):
		err = fault.New(fault.Invalid, op, "", "the unit of %s is not known: put a .prj that tells it beside the raster, or give --friction-unit s/cell", h.CRS)
	default:
		g = grid.Metres(h.CellWidth*metres, h.CellHeight*metres)
	}
	if c.FrictionUnit == "min/m" {
		g.Seconds = 60
	}
	return g, err
}

// webMap is the ground of Web Mercator.
func webMap(h raster.Header) (grid.Ground, error) {
	t, err := h.CRS.Transformation()
	if err != nil {
		return grid.Ground{}, err
	}
	latitudes := make([]float64, h.Rows)
	for r := range latitudes {
		x, y := h.Center(0, r)
		if _, latitudes[r], err = t.ToDegrees(x, y); err != nil {
			return grid.Ground{}, err
		}
	}
	const equatorDegree = math.Pi * 6378137 / 180
	return grid.Parallels(latitudes, h.CellWidth/equatorDegree), nil
}

// place lays the sources on the surface; those in a barrier are refused, or
// moved to the nearest cell that is none.
func (c accessGridCommand) place(s *session, list []points.Point, h raster.Header, surface *grid.Surface, a *gridAnswer) ([]grid.Source, error) {
	on, err := seats(c.Sources, list, h, c.SourcesCRS)
	if err != nil {
		return nil, err
	}
	var bad wrongPlaces
	out := make([]grid.Source, 0, len(on))
	taken := map[[2]int]string{}
	var shared []string
	for _, p := range on {
		row, col, moved, ok := surface.Snap(p.Line, p.Column, c.Snap)
		if !ok {
			bad.add(p.Point, "its cell, row %d and column %d, is a barrier%s", p.Line+1, p.Column+1, within(c.Snap))
			continue
		}
		if moved > 0 {
			a.Snapped = append(a.Snapped, snapped{p.Row, p.ID, [2]int{p.Line + 1, p.Column + 1}, [2]int{row + 1, col + 1}, moved})
		}
		if other, twice := taken[[2]int{row, col}]; twice {
			shared = append(shared, shortID(p.ID)+" = "+shortID(other))
		} else {
			taken[[2]int{row, col}] = p.ID
		}
		out = append(out, grid.Source{Row: row, Col: col, After: p.After})
	}
	if err := bad.err(c.Sources, "correct the point, or let --snap CELLS move it to the nearest cell that can be crossed"); err != nil {
		return nil, err
	}
	if n := len(shared); n > 0 {
		list := strings.Join(shared[:min(n, maxNamed)], ", ")
		a.note(s, "shared_cells", "grid_note_shared", "n", n, "list", list)
	}
	if n := len(a.Snapped); n > 0 {
		a.note(s, "snapped", "grid_note_snapped", "n", n, "list", snappedList(a.Snapped))
	}
	return out, nil
}

func within(cells int) string {
	if cells == 0 {
		return ""
	}
	return fmt.Sprintf(", and so is everything within %d cells", cells)
}

func snappedList(list []snapped) string {
	var out []string
	for _, x := range list[:min(len(list), maxNamed)] {
		out = append(out, fmt.Sprintf("%s %.1f", shortID(x.ID), x.Cells))
	}
	return strings.Join(out, ", ")
}

// write writes what was asked for. cells is memory for one map.
func (c accessGridCommand) write(h raster.Header, cells []float32, times, second *grid.Times, sources int) error {
	h.Band, h.Bands = 1, 1
	h.Type, h.NoData, h.HasNoData = raster.Float32, -1, true
	for name, t := range map[string]*grid.Times{c.Out: times, c.SecondOut: second} {
		if name == "" {
			continue
		}
		for r := range h.Rows {
			t.Seconds(r, cells[r*h.Columns:(r+1)*h.Columns], -1)
		}
		if err := writeRaster(name, h, cells); err != nil {
			return err
		}
	}
	h.Type, h.NoData = raster.Int32, 0
	if sources <= math.MaxUint16 {
		h.Type = raster.Uint16
	}
	numbers := make([]uint32, h.Columns)
	for name, t := range map[string]*grid.Times{c.Nearest: times, c.Second: second} {
		if name == "" {
			continue
		}
		for r := range h.Rows {
			t.Nearest(r, numbers)
			for i, n := range numbers {
				cells[r*h.Columns+i] = float32(n)
			}
		}
		if err := writeRaster(name, h, cells); err != nil {
			return err
		}
	}
	return nil
}

func (a *gridAnswer) sum(s grid.Summary) {
	a.Cells.Total, a.Cells.Passable, a.Cells.Reached, a.Cells.Unreached = s.Cells, s.Passable, s.Reached, s.Unreached()
	if s.Reached > 0 {
		a.Seconds.Mean, a.Seconds.Max = &s.Mean, &s.Max
	}
}

// note keeps what a reader should know and tells a person at once.
func (a *gridAnswer) note(s *session, code, word string, args ...any) {
	text := fill(s.say(word), args...)
	a.Notes = append(a.Notes, gridNote{code, text})
	s.note("%s", text)
}

func (c accessGridCommand) tell(s *session, a gridAnswer) error {
	lines := []string{fill(s.say("grid_cells"), "total", a.Cells.Total, "passable", a.Cells.Passable, "reached", a.Cells.Reached, "unreached", a.Cells.Unreached, "sources", a.Sources)}
	if a.Seconds.Mean != nil {
		lines = append(lines, fill(s.say("roads_minutes"), "mean", minutes(*a.Seconds.Mean), "max", minutes(*a.Seconds.Max)))
	}
	p := a.Phases
	lines = append(lines, fill(s.say("grid_phases"), "read", fmt.Sprintf("%.2f", p.Read), "solve", fmt.Sprintf("%.2f", p.Solve), "write", fmt.Sprintf("%.2f", p.Write), "mb", a.PeakBytes>>20))
	_, err := fmt.Fprintln(s.out, strings.Join(lines, "\n"))
	return err
}
