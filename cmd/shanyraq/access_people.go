package main

import (
	"errors"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/frame"
	"github.com/shanyraq/shanyraq/plan/access/population"
)

// peopleAnswer tells what became of a map of people.
type peopleAnswer struct {
	Total        float64 `json:"total"`         // of the map of people
	Inside       float64 `json:"inside"`        // on the map of times or friction
	Outside      float64 `json:"outside"`       // beyond its edge
	UnknownCells int     `json:"unknown_cells"` // of the map of people, without data
	Resampled    bool    `json:"resampled"`     // the maps had different cells
}

// readPeople reads a map of people, row by row, onto the cells of h.
func readPeople(name string, band int, h raster.Header) ([]float64, peopleAnswer, error) {
	m, err := openRaster(name, band)
	if err != nil {
		return nil, peopleAnswer{}, err
	}
	defer m.Close()
	a := peopleAnswer{Resampled: h.SameGrid("", m.Header, "") != nil}
	carry, err := carryPoints(name, m.CRS, h.CRS)
	if err != nil {
		return nil, a, err
	}
	g := population.NewGather(frameOf(m.Header), frameOf(h), carry)
	row := make([]float32, m.Columns)
	for r := range m.Rows {
		if err := m.ReadRows(row, r); err != nil {
			return nil, a, err
		}
		if err := g.Add(row); err != nil {
			return nil, a, fault.Wrap(err, "cmd.readPeople", name)
		}
	}
	got, err := g.Done()
	if err != nil {
		return nil, a, fault.Wrap(err, "cmd.readPeople", name)
	}
	a.Total, a.Inside, a.Outside, a.UnknownCells = got.Total, got.Inside, got.Outside, got.Unknown
	return got.People, a, nil
}

// carryPoints takes points of one map to another, nil where both have one
// system.
func carryPoints(name string, from, to raster.CRS) (func(orb.Point) (orb.Point, bool), error) {
	if from.Same(to) {
		return nil, nil
	}
	back, err := from.Transformation()
	if err != nil {
		return nil, fault.Wrap(err, "cmd.carryPoints", name)
	}
	forth, err := to.Transformation()
	if err != nil {
		return nil, err
	}
	return func(p orb.Point) (orb.Point, bool) {
		lon, lat, err := back.ToDegrees(p[0], p[1])
		if err != nil {
			return p, false
		}
		x, y, err := forth.FromDegrees(lon, lat)
		return orb.Point{x, y}, err == nil
	}, nil
}

// zones are areas by number.
type zones struct {
	cells   []int32
	codes   []string
	overlap int // cells that lie in more than one; the first in the file has them
}

// readZones reads zones from polygons, by a property, or from a map of whole
// numbers with the cells of h.
func readZones(name, property string, h raster.Header) (zones, error) {
	z := zones{cells: make([]int32, h.Cells())}
	for i := range z.cells {
		z.cells[i] = population.NoZone
	}
	if mapEnding(name) == nil {
		return z, z.fromMap(name, h)
	}
	list, err := readShapes(name, h)
	if err != nil {
		return z, err
	}
	f := frameOf(h)
	number := map[string]int32{}
	for _, s := range list {
		code := s.Properties[property]
		switch {
		case code == "":
			return z, fault.New(fault.Invalid, "cmd.readZones", name, "%s, feature %d: the property %s is missing: it tells the code of the zone; --zone-property names another", name, s.Number, property)
		case len(s.Areas) == 0:
			return z, fault.New(fault.Invalid, "cmd.readZones", name, "%s, feature %d: a zone is an area, and this is a line", name, s.Number)
		}
		n, known := number[code]
		if !known {
			n = int32(len(z.codes))
			number[code], z.codes = n, append(z.codes, code)
		}
		z.draw(f, s.Areas, n)
	}
	return z, nil
}

func (z *zones) draw(f frame.Frame, areas orb.MultiPolygon, n int32) {
	f.Area(areas, func(cell int) {
		switch z.cells[cell] {
		case population.NoZone:
			z.cells[cell] = n
		case n:
		default:
			z.overlap++
		}
	})
}

// maxZones bounds the zones of a map of numbers.
const maxZones = 100_000

func (z *zones) fromMap(name string, h raster.Header) error {
	got, cells, err := readMap(name, 0)
	if err != nil {
		return err
	}
	if err := h.SameGrid("the map of times", got, name); err != nil {
		return err
	}
	number := map[float32]int32{}
	for i, v := range cells {
		if v != v {
			continue
		}
		n, known := number[v]
		if !known {
			code := strconv.FormatFloat(float64(v), 'f', -1, 32)
			if v != float32(int64(v)) {
				return fault.New(fault.Invalid, "cmd.readZones", name, "%s: row %d, column %d holds %s: zones are whole numbers", name, i/h.Columns+1, i%h.Columns+1, code)
			}
			if n = int32(len(z.codes)); n == maxZones {
				return fault.New(fault.TooLarge, "cmd.readZones", name, "%s: more than %d zones: this is no map of zones", name, maxZones)
			}
			number[v], z.codes = n, append(z.codes, code)
		}
		z.cells[i] = n
	}
	if len(z.codes) == 0 {
		return errors.New(name + ": there is no zone in it")
	}
	return nil
}
