// Package points reads lists of places by their coordinates: a table with the
// columns id, x and y, as CSV or XLSX, one place a row. It says nothing of what
// the coordinates mean; whoever lays them on a map does.
package points

import (
	"errors"
	"io"
	"math"
	"slices"
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
	table, err := sheet.Open(r, size, sheet.Options{Name: name})
	if err != nil {
		return nil, err
	}
	var at []int
	var out []Point
	rows := map[string]int{}
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if row.Blank() {
			continue
		}
		if at == nil {
			if at, err = header(name, row); err != nil {
				return nil, err
			}
			continue
		}
		p, err := point(name, row, at)
		if err != nil {
			return nil, err
		}
		if before, twice := rows[p.ID]; twice {
			return nil, wrong(name, row.Number, "id", "%q stands in row %d already: give every place an id of its own", clip(p.ID), before)
		}
		rows[p.ID] = row.Number
		out = append(out, p)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "points.Read", name, "%s: there is no place in it: give the header id,x,y and a row for each", name)
	}
	return out, nil
}

// header finds the columns; -1 where the last, which may be missing, is.
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
			return nil, wrong(name, row.Number, names[0], "the header has no such column: it must name id, x and y (or lon and lat)")
		}
	}
	return at, nil
}

func point(name string, row *sheet.Row, at []int) (Point, error) {
	cell := func(k int) string {
		if at[k] < 0 || at[k] >= len(row.Cells) {
			return ""
		}
		return strings.TrimSpace(row.Cells[at[k]].Text)
	}
	p := Point{Row: row.Number, ID: cell(0), Capacity: cell(4)}
	if p.ID == "" {
		return p, wrong(name, row.Number, "id", "the place has no id: give it one")
	}
	for k, to := range map[int]*float64{1: &p.X, 2: &p.Y, 3: &p.After} {
		s := cell(k)
		if k == 3 && s == "" {
			continue
		}
		v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return p, wrong(name, row.Number, columns[k][0], "place %s: %q is no number: write it with digits and a point", clip(p.ID), clip(s))
		}
		*to = v
	}
	if p.After < 0 {
		return p, wrong(name, row.Number, "after_s", "place %s: %g seconds: a delay is not negative", clip(p.ID), p.After)
	}
	return p, nil
}

func wrong(name string, row int, column, format string, args ...any) error {
	where := name + ", row " + strconv.Itoa(row) + ", column " + column
	return fault.New(fault.Invalid, "points.Read", where, format, args...)
}

// clip shortens what somebody wrote for a message.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "..."
	}
	return s
}
