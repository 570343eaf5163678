package main

import (
	"errors"
	"math"

	"github.com/shanyraq/shanyraq/exchange/points"
	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/plan/access/grid"
)

// overGround are the flags of commands that search a friction raster from a
// list of facilities. They mean what they mean for `access grid`.
type overGround struct {
	Friction     string  `name:"friction" required:"" placeholder:"FILE" file:"in" help:"${h_grid_friction}"`
	FrictionUnit string  `name:"friction-unit" required:"" enum:"s/cell,s/m,min/m" help:"${h_grid_unit}"`
	FrictionBand int     `name:"friction-band" placeholder:"N" help:"${h_map_band}"`
	Zero         string  `name:"zero" enum:"refuse,free,barrier" default:"refuse" help:"${h_grid_zero}"`
	Facilities   string  `name:"facilities" required:"" placeholder:"FILE" file:"in" help:"${h_over_facilities}"`
	SourcesCRS   string  `name:"sources-crs" placeholder:"EPSG:N" help:"${h_grid_sources_crs}"`
	Snap         int     `name:"snap" placeholder:"CELLS" help:"${h_grid_snap}"`
	Neighbours   string  `name:"neighbours" enum:"8,16" default:"8" help:"${h_over_neighbours}"`
	Dem          string  `name:"dem" placeholder:"FILE" file:"in" help:"${h_grid_dem}"`
	OffPath      bool    `name:"off-path" help:"${h_grid_off_path}"`
	Minutes      float64 `name:"minutes" placeholder:"N" help:"${h_over_limit}"`
}

// searched is a surface with facilities on it.
type searched struct {
	header  raster.Header
	surface *grid.Surface
	list    []points.Point
	seats   []grid.Source
	options grid.Options
	notes   []gridNote
	moved   []snapped
}

// prepare reads friction and facilities; towards says that people climb to
// them.
func (o overGround) prepare(s *session, towards bool) (searched, error) {
	var out searched
	if !(o.Minutes >= 0) || math.IsInf(o.Minutes, 0) {
		return out, errors.New("--minutes: give a positive number of minutes")
	}
	c := accessGridCommand{
		Friction: o.Friction, FrictionUnit: o.FrictionUnit, Band: o.FrictionBand, Zero: o.Zero, Sources: o.Facilities,
		SourcesCRS: o.SourcesCRS, Snap: o.Snap, Neighbours: o.Neighbours, Dem: o.Dem, OffPath: o.OffPath, Towards: towards && o.Dem != "",
	}
	if err := c.check(); err != nil {
		return out, err
	}
	a := gridAnswer{Snapped: []snapped{}, Notes: []gridNote{}}
	var err error
	if out.list, err = readPoints(o.Facilities); err != nil {
		return out, err
	}
	if out.header, out.surface, err = c.surface(s, &a); err != nil {
		return out, err
	}
	if out.seats, err = c.place(s, out.list, out.header, out.surface, &a); err != nil {
		return out, err
	}
	out.notes, out.moved = a.Notes, a.Snapped
	out.options = grid.Options{Limit: 60 * o.Minutes, Neighbours: map[string]grid.Neighbours{"8": grid.Eight, "16": grid.Sixteen}[o.Neighbours]}
	return out, nil
}
