package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/points"
	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/fault"
)

// maxNamed bounds how many wrong places one message names.
const maxNamed = 10

// seat is a place of a list on the cells of a map, from 0.
type seat struct {
	points.Point
	Line, Column int
}

// readPoints reads a list of places.
func readPoints(file string) ([]points.Point, error) {
	f, err := openFile(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fault.New(fault.Invalid, "cmd.readPoints", file, "%s: this is not an ordinary file: save the list first", file)
	}
	return points.Read(filepath.Base(file), f, info.Size())
}

// seats lays a list on a map, all of it or nothing: crs is that of the list,
// such as EPSG:4326, empty for that of the map. Every place outside is named,
// with what its coordinates look like.
func seats(file string, list []points.Point, h raster.Header, crs string) ([]seat, error) {
	carry, err := carrier(h.CRS, crs)
	if err != nil {
		return nil, err
	}
	out := make([]seat, 0, len(list))
	var bad wrongPlaces
	for _, p := range list {
		x, y, err := carry(p.X, p.Y)
		if err != nil {
			bad.add(p, "%v", err)
			continue
		}
		column, line, ok := inside(h, x, y)
		if !ok {
			bad.add(p, "%s, %s lies outside the raster%s", coordinate(p.X), coordinate(p.Y), likely(p, h, crs, carry))
			continue
		}
		out = append(out, seat{p, line, column})
	}
	west, north := h.OriginX, h.OriginY
	return out, bad.err(file, fmt.Sprintf("the raster reaches from x %s to %s and y %s to %s (%s)", coordinate(west), coordinate(west+float64(h.Columns)*h.CellWidth),
		coordinate(north-float64(h.Rows)*h.CellHeight), coordinate(north), systemOf(h.CRS)))
}

// coordinate writes a number without powers of ten.
func coordinate(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }

func systemOf(c raster.CRS) string {
	if c.Kind == raster.Unknown || c.Kind == "" {
		return "it does not say its projection"
	}
	return c.String()
}

// inside is the cell of a point; the outer edge of the map in the east and
// south counts to its last cells.
func inside(h raster.Header, x, y float64) (column, line int, ok bool) {
	if x == h.OriginX+float64(h.Columns)*h.CellWidth {
		x = math.Nextafter(x, h.OriginX)
	}
	if y == h.OriginY-float64(h.Rows)*h.CellHeight {
		y = math.Nextafter(y, h.OriginY)
	}
	return h.At(x, y)
}

// carrier takes coordinates of a list to those of a map.
func carrier(to raster.CRS, from string) (func(x, y float64) (float64, float64, error), error) {
	if from == "" {
		return func(x, y float64) (float64, float64, error) { return x, y, nil }, nil
	}
	digits, ok := strings.CutPrefix(strings.ToUpper(from), "EPSG:")
	code, err := strconv.Atoi(digits)
	if !ok || err != nil || code <= 0 {
		return nil, fmt.Errorf("--sources-crs must be a code such as EPSG:4326, not %q", from)
	}
	source, err := raster.FromEPSG(code).Transformation()
	if err != nil {
		return nil, err
	}
	target, err := to.Transformation()
	if err != nil {
		return nil, err
	}
	return func(x, y float64) (float64, float64, error) {
		lon, lat, err := source.ToDegrees(x, y)
		if err != nil {
			return 0, 0, err
		}
		return target.FromDegrees(lon, lat)
	}, nil
}

// likely guesses why a place is outside.
func likely(p points.Point, h raster.Header, crs string, carry func(x, y float64) (float64, float64, error)) string {
	degrees := math.Abs(p.X) <= 180 && math.Abs(p.Y) <= 90
	if x, y, err := carry(p.Y, p.X); err == nil {
		if _, _, ok := inside(h, x, y); ok {
			return ": x and y look swapped, x is the longitude or easting"
		}
	}
	if crs == "" && h.CRS.Kind == raster.Projected && degrees {
		return ": it looks like degrees, add --sources-crs EPSG:4326"
	}
	if crs == "" && h.CRS.Kind == raster.Geographic && !degrees {
		return ": the raster is in degrees and this is not, give its system with --sources-crs EPSG:N"
	}
	return ""
}

// wrongPlaces collects places that cannot be taken.
type wrongPlaces struct {
	named []string
	more  int
}

func (w *wrongPlaces) add(p points.Point, format string, args ...any) {
	if len(w.named) == maxNamed {
		w.more++
		return
	}
	w.named = append(w.named, fmt.Sprintf("row %d, id %s: ", p.Row, shortID(p.ID))+fmt.Sprintf(format, args...))
}

// err is nil when nothing was wrong.
func (w *wrongPlaces) err(file, remedy string) error {
	if len(w.named) == 0 {
		return nil
	}
	text := strings.Join(w.named, "; ")
	if w.more > 0 {
		text += fmt.Sprintf("; and %d more", w.more)
	}
	return fault.New(fault.Invalid, "cmd.seats", filepath.Base(file), "%s: %s. %s", filepath.Base(file), text, strings.ToUpper(remedy[:1])+remedy[1:])
}

func shortID(id string) string {
	if r := []rune(id); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return id
}

// distinct refuses outputs that would overwrite an input or each other.
func distinct(inputs, outputs []string) error {
	var seen []os.FileInfo
	for _, name := range inputs {
		if info, err := os.Stat(name); name != "" && err == nil {
			seen = append(seen, info)
		}
	}
	names := map[string]bool{}
	for _, name := range outputs {
		if name == "" {
			continue
		}
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			for _, s := range seen {
				if os.SameFile(s, info) {
					return errors.New(name + ": would be overwritten while it is read: name another file")
				}
			}
		}
		if names[filepath.Clean(name)] {
			return errors.New(name + ": two results cannot go to one file")
		}
		names[filepath.Clean(name)] = true
	}
	return nil
}
