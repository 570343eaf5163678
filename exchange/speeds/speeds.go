// Package speeds reads the table that says how fast one travels over each
// class of land cover and of roads: CSV or XLSX with the columns class, mode
// and speed_kmh, and where needed season, layer and label. The scenario tables
// of AccessMod (class, label, speed, mode) are read as they are.
package speeds

import (
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/friction"
)

// maxRows bounds the table; that of the finest land cover has a few hundred.
const maxRows = 10_000

// columns are the names that a header may use; the first three are needed.
var columns = [][]string{
	{"class", "landcover", "code"},
	{"mode"},
	{"speed_kmh", "speed", "km_h", "kmh"},
	{"season"},
	{"layer"},
	{"label", "name"},
}

const needed = 3

// Read reads a table and checks it. It returns fault.Invalid with row, column
// and remedy for what is no number, an unknown mode or layer, a row that
// repeats another, and a table without rows.
func Read(name string, r io.ReaderAt, size int64) (friction.Speeds, error) {
	in, err := sheet.Open(r, size, sheet.Options{Name: name})
	if err != nil {
		return nil, err
	}
	t := &sheet.Named{Op: "speeds.Read", File: name, Headings: columns, Needed: needed, Lacks: "class, mode and speed_kmh"}
	var out friction.Speeds
	err = t.Each(in, func(row *sheet.Row) error {
		if len(out) == maxRows {
			return fault.New(fault.TooLarge, "speeds.Read", name, "%s: more than %d rows: this is no table of speeds", name, maxRows)
		}
		s, err := speed(t, row)
		out = append(out, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "speeds.Read", name, "%s: there is no speed in it: give the header class,mode,speed_kmh and a row for each class", name)
	}
	return out, fault.Wrap(out.Check(), "speeds.Read", name)
}

func speed(t *sheet.Named, row *sheet.Row) (friction.Speed, error) {
	s := friction.Speed{Class: class(t.Cell(row, 0)), Season: strings.ToLower(t.Cell(row, 3)), Label: t.Cell(row, 5), Row: row.Number}
	var ok bool
	if s.Mode, ok = friction.ParseMode(t.Cell(row, 1)); !ok {
		return s, t.Wrong(row, "mode", "%q is not known: write walking, bicycling or motorised", clip(t.Cell(row, 1)))
	}
	v, err := strconv.ParseFloat(strings.Replace(t.Cell(row, 2), ",", ".", 1), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return s, t.Wrong(row, "speed_kmh", "%q is no number: write km/h with digits and a point, 0 where nobody passes", clip(t.Cell(row, 2)))
	}
	s.KmPerHour = v
	switch strings.ToLower(t.Cell(row, 4)) {
	case "", "both":
	case "landcover", "land cover", "land_cover":
		s.Layer = friction.LandCover
	case "road", "roads":
		s.Layer = friction.RoadLayer
	default:
		return s, t.Wrong(row, "layer", "%q is not known: write landcover or road, or leave it empty for both", clip(t.Cell(row, 4)))
	}
	return s, nil
}

// class writes a whole number as maps have it: 10 for 10.0.
func class(text string) string {
	if v, err := strconv.ParseFloat(text, 64); err == nil && v == math.Trunc(v) && math.Abs(v) < 1<<31 {
		return strconv.Itoa(int(v))
	}
	return text
}

func clip(s string) string { return sheet.Clip(s, 40) }
