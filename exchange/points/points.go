// Package points reads lists of places by their coordinates: a table with the
// columns id, x and y, as CSV or XLSX, one place a row. It says nothing of what
// the coordinates mean; whoever lays them on a map does.
package points

import (
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
)

// Point is a place of a list.
type Point struct {
	Row  int // of the file, from 1, the header included
	ID   string
	X, Y float64
	// After is the seconds that have passed when a journey begins there, from
	// a column after_s; 0 without one.
	After float64
	// Capacity is what a column capacity says, as it is written; only who needs
	// it asks that it be a number.
	Capacity string
}

// columns are the names that a header may use.
var columns = [][]string{
	{"id"},
	{"x", "lon", "longitude", "easting"},
	{"y", "lat", "latitude", "northing"},
	{"after_s"},
	{"capacity"},
}

const needed = 3 // the first of columns

// Read reads a list. It returns fault.Invalid with row, column and remedy for
// what is no number, an id that is missing or comes twice, a header without
// the columns, and a list without a place.
func Read(name string, r io.ReaderAt, size int64) ([]Point, error) {
	in, err := sheet.Open(r, size, sheet.Options{Name: name})
	if err != nil {
		return nil, err
	}
	t := &sheet.Named{Op: "points.Read", File: name, Headings: columns, Needed: needed, Lacks: "id, x and y (or lon and lat)"}
	var out []Point
	rows := map[string]int{}
	err = t.Each(in, func(row *sheet.Row) error {
		p, err := point(t, row)
		if err != nil {
			return err
		}
		if before, twice := rows[p.ID]; twice {
			return t.Wrong(row, "id", "%q stands in row %d already: give every place an id of its own", clip(p.ID), before)
		}
		rows[p.ID] = row.Number
		out = append(out, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "points.Read", name, "%s: there is no place in it: give the header id,x,y and a row for each", name)
	}
	return out, nil
}

func point(t *sheet.Named, row *sheet.Row) (Point, error) {
	p := Point{Row: row.Number, ID: t.Cell(row, 0), Capacity: t.Cell(row, 4)}
	if p.ID == "" {
		return p, t.Wrong(row, "id", "the place has no id: give it one")
	}
	for k, to := range map[int]*float64{1: &p.X, 2: &p.Y, 3: &p.After} {
		s := t.Cell(row, k)
		if k == 3 && s == "" {
			continue
		}
		v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return p, t.Wrong(row, columns[k][0], "place %s: %q is no number: write it with digits and a point", clip(p.ID), clip(s))
		}
		*to = v
	}
	if p.After < 0 {
		return p, t.Wrong(row, "after_s", "place %s: %g seconds: a delay is not negative", clip(p.ID), p.After)
	}
	return p, nil
}

func clip(s string) string { return sheet.Clip(s, 40) }
