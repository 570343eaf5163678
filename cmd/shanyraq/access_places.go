package main

import (
	"strconv"

	"github.com/shanyraq/shanyraq/exchange/raster"
)

// placesAnswer tells the times at places, such as settlements, and flags those
// where none is known.
type placesAnswer struct {
	Total       int            `json:"total"`
	WithoutTime int            `json:"without_time"` // on a cell without a time
	Outside     int            `json:"outside"`      // beyond the map
	Flagged     []placeFlagged `json:"flagged"`      // the first of both, at most ten
}

type placeFlagged struct {
	Row   int    `json:"row"` // of the table
	ID    string `json:"id"`
	State string `json:"state"` // without_time or outside
}

// The states of a place.
const (
	placeReached = "reached"
	placeWithout = "without_time"
	placeOutside = "outside"
)

// visit reads the time at each place and writes the table. A place without a
// time is told, not refused: it is what one looks for.
func (c accessZonalCommand) visit(h raster.Header, seconds []float32) (*placesAnswer, error) {
	list, err := readPoints(c.Places)
	if err != nil {
		return nil, err
	}
	carry, err := carrier(h.CRS, c.SourcesCRS)
	if err != nil {
		return nil, err
	}
	a := &placesAnswer{Total: len(list), Flagged: []placeFlagged{}}
	rows := [][]string{{"id", "x", "y", "seconds", "minutes", "state"}}
	for _, p := range list {
		state := placeOutside
		var time, minutes *float64
		if x, y, err := carry(p.X, p.Y); err == nil {
			if column, row, ok := inside(h, x, y); ok {
				v := float64(seconds[row*h.Columns+column])
				if time, minutes, state = known(v), known(v/60), placeReached; time == nil {
					state = placeWithout
				}
			}
		}
		switch state {
		case placeWithout:
			a.WithoutTime++
		case placeOutside:
			a.Outside++
		}
		if state != placeReached && len(a.Flagged) < maxNamed {
			a.Flagged = append(a.Flagged, placeFlagged{p.Row, p.ID, state})
		}
		rows = append(rows, []string{p.ID, strconv.FormatFloat(p.X, 'f', -1, 64), strconv.FormatFloat(p.Y, 'f', -1, 64), number(time), number(minutes), state})
	}
	if c.PlacesOut == "" {
		return a, nil
	}
	return a, writeCSV(c.PlacesOut, rows)
}
