// Package speeds reads the table that says how fast one travels over each
// class of land cover and of roads: CSV or XLSX with the columns class, mode
// and speed_kmh, and where needed season, layer and label. The scenario tables
// of AccessMod (class, label, speed, mode) are read as they are.
package speeds

import (
	"errors"
	"io"
	"math"
	"slices"
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
	table, err := sheet.Open(r, size, sheet.Options{Name: name})
	if err != nil {
		return nil, err
	}
	var at []int
	var out friction.Speeds
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch {
		case row.Blank():
		case at == nil:
			if at, err = header(name, row); err != nil {
				return nil, err
			}
		case len(out) == maxRows:
			return nil, fault.New(fault.TooLarge, "speeds.Read", name, "%s: more than %d rows: this is no table of speeds", name, maxRows)
		default:
			s, err := speed(name, row, at)
			if err != nil {
				return nil, err
			}
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "speeds.Read", name, "%s: there is no speed in it: give the header class,mode,speed_kmh and a row for each class", name)
	}
	return out, fault.Wrap(out.Check(), "speeds.Read", name)
}

// header finds the columns; -1 where one that may be missing is.
func header(name string, row *sheet.Row) ([]int, error) {
	at := make([]int, len(columns))
	for k, names := range columns {
		at[k] = -1
		for i, c := range row.Cells {
			if !slices.Contains(names, strings.ToLower(strings.TrimSpace(c.Text))) {
				continue
			}
			if at[k] >= 0 {
				return nil, wrong(name, row.Number, sheet.Column(i), "the header names %s twice: keep one of the columns", names[0])
			}
			at[k] = i
		}
		if at[k] < 0 && k < needed {
			return nil, wrong(name, row.Number, names[0], "the header has no such column: it must name class, mode and speed_kmh")
		}
	}
	return at, nil
}

func speed(name string, row *sheet.Row, at []int) (friction.Speed, error) {
	cell := func(k int) string {
		if at[k] < 0 || at[k] >= len(row.Cells) {
			return ""
		}
		return strings.TrimSpace(row.Cells[at[k]].Text)
	}
	s := friction.Speed{Class: class(cell(0)), Season: strings.ToLower(cell(3)), Label: cell(5), Row: row.Number}
	var ok bool
	if s.Mode, ok = friction.ParseMode(cell(1)); !ok {
		return s, wrong(name, row.Number, "mode", "%q is not known: write walking, bicycling or motorised", clip(cell(1)))
	}
	v, err := strconv.ParseFloat(strings.Replace(cell(2), ",", ".", 1), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return s, wrong(name, row.Number, "speed_kmh", "%q is no number: write km/h with digits and a point, 0 where nobody passes", clip(cell(2)))
	}
	s.KmPerHour = v
	switch strings.ToLower(cell(4)) {
	case "", "both":
	case "landcover", "land cover", "land_cover":
		s.Layer = friction.LandCover
	case "road", "roads":
		s.Layer = friction.RoadLayer
	default:
		return s, wrong(name, row.Number, "layer", "%q is not known: write landcover or road, or leave it empty for both", clip(cell(4)))
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

func wrong(name string, row int, column, format string, args ...any) error {
	where := name + ", row " + strconv.Itoa(row) + ", column " + column
	return fault.New(fault.Invalid, "speeds.Read", where, format, args...)
}

// clip shortens what somebody wrote for a message.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "..."
	}
	return s
}
