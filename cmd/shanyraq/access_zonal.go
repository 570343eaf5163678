package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/plan/access/population"
)

type accessZonalCommand struct {
	Times        string    `name:"times" required:"" placeholder:"FILE" file:"in" help:"${h_zonal_times}"`
	Population   string    `name:"population" required:"" placeholder:"FILE" file:"in" help:"${h_zonal_population}"`
	Band         int       `name:"band" placeholder:"N" help:"${h_map_band}"`
	Zones        string    `name:"zones" placeholder:"FILE" file:"in" help:"${h_zonal_zones}"`
	ZoneProperty string    `name:"zone-property" default:"code" placeholder:"PROPERTY" help:"${h_zonal_property}"`
	Minutes      []float64 `name:"minutes" default:"30,60,120" placeholder:"N,..." help:"${h_zonal_minutes}"`
	Out          string    `name:"out" placeholder:"FILE" file:"out" help:"${h_zonal_out}"`
	PeopleOut    string    `name:"population-out" placeholder:"FILE" file:"out" help:"${h_zonal_population_out}"`
	Places       string    `name:"places" placeholder:"FILE" file:"in" help:"${h_zonal_places}"`
	SourcesCRS   string    `name:"sources-crs" placeholder:"EPSG:N" help:"${h_grid_sources_crs}"`
	PlacesOut    string    `name:"places-out" placeholder:"FILE" file:"out" help:"${h_zonal_places_out}"`
	recordFlag
}

// zonalAnswer is what the command prints with --json.
type zonalAnswer struct {
	Population peopleAnswer `json:"population"`
	Zones      []zonalZone  `json:"zones"`
	NoZone     *zonalZone   `json:"no_zone"` // cells of no zone; null without zones
	Total      zonalZone    `json:"total"`
	Overlap    int          `json:"overlap_cells"`
	// WithoutTime flags cells with people to which no time is known, those
	// with the most people first.
	WithoutTime struct {
		Cells   int         `json:"cells"`
		People  float64     `json:"people"`
		Largest []zonalCell `json:"largest"`
	} `json:"without_time"`
	Places    *placesAnswer `json:"places"` // null without --places
	Phases    gridPhases    `json:"phases"`
	PeakBytes int64         `json:"peak_bytes"`
}

type zonalZone struct {
	Zone          string        `json:"zone"`
	Cells         int           `json:"cells"` // 0: too small, or off the map
	People        float64       `json:"people"`
	Within        []zonalWithin `json:"within"`
	WithoutTime   float64       `json:"without_time"` // people
	MeanMinutes   *float64      `json:"mean_minutes"` // of those with a time
	MedianMinutes *float64      `json:"median_minutes"`
	P90Minutes    *float64      `json:"p90_minutes"` // null when it lies beyond those with a time
}

type zonalWithin struct {
	Minutes float64  `json:"minutes"`
	People  float64  `json:"people"`
	Percent *float64 `json:"percent"` // null without people
}

type zonalCell struct {
	Row    int     `json:"row"` // from 1
	Column int     `json:"column"`
	X      float64 `json:"x"` // middle, in the coordinates of the map of times
	Y      float64 `json:"y"`
	People float64 `json:"people"`
}

// Run counts people by zone and time. It needs no database.
func (c accessZonalCommand) Run(s *session) error {
	if len(c.Minutes) == 0 {
		return errors.New("--minutes: name at least one limit")
	}
	for _, m := range c.Minutes {
		if !(m > 0) || math.IsInf(m, 0) {
			return fmt.Errorf("--minutes: %g is no limit: give positive minutes", m)
		}
	}
	if c.PlacesOut != "" && c.Places == "" {
		return errors.New("--places-out needs --places: name the table of places")
	}
	if err := mapEnding(c.PeopleOut); err != nil {
		return err
	}
	in, out := filesOf(&c)
	if err := distinct(in, append(out, c.Record)); err != nil {
		return err
	}
	return withRecord(s, "access zonal", &c, c.Record, func() (any, error) {
		a, err := c.count()
		if err != nil {
			return nil, err
		}
		a.PeakBytes = peakBytes()
		return a, c.tell(s, a)
	})
}

func (c accessZonalCommand) count() (a zonalAnswer, err error) {
	var h raster.Header
	var z zones
	survey := population.Survey{}
	err = clocked(&a.Phases.Read, func() (err error) {
		if h, survey.Seconds, err = readMap(c.Times, 0); err != nil {
			return err
		}
		if survey.People, a.Population, err = readPeople(c.Population, c.Band, h); err != nil || c.Zones == "" {
			return err
		}
		z, err = readZones(c.Zones, c.ZoneProperty, h)
		survey.Zones, survey.Count, a.Overlap = z.cells, len(z.codes), z.overlap
		return err
	})
	if err != nil {
		return a, err
	}
	for _, m := range c.Minutes {
		survey.Limits = append(survey.Limits, m*60)
	}
	var got population.Found
	if err = clocked(&a.Phases.Solve, func() (err error) { got, err = survey.Take(); return err }); err != nil {
		return a, fmt.Errorf("%s: %w", c.Times, err)
	}
	a.Zones = []zonalZone{}
	for i, zone := range got.Zones {
		a.Zones = append(a.Zones, c.view(z.codes[i], zone))
	}
	if c.Zones != "" {
		none := c.view("(none)", got.Outside)
		a.NoZone = &none
	}
	a.Total = c.view("(total)", got.Total)
	a.WithoutTime.Cells, a.WithoutTime.People, a.WithoutTime.Largest = got.LostCells, got.Total.WithoutTime, []zonalCell{}
	for _, cell := range got.Lost {
		x, y := h.Center(cell%h.Columns, cell/h.Columns)
		a.WithoutTime.Largest = append(a.WithoutTime.Largest, zonalCell{cell/h.Columns + 1, cell%h.Columns + 1, x, y, survey.People[cell]})
	}
	if c.Places != "" {
		if a.Places, err = c.visit(h, survey.Seconds); err != nil {
			return a, err
		}
	}
	return a, clocked(&a.Phases.Write, func() error { return c.write(h, survey.People, a) })
}

func (c accessZonalCommand) view(code string, z population.Zone) zonalZone {
	v := zonalZone{Zone: code, Cells: z.Cells, People: z.People, WithoutTime: z.WithoutTime,
		MeanMinutes: known(z.Mean / 60), MedianMinutes: known(z.Median / 60), P90Minutes: known(z.P90 / 60)}
	for k, m := range c.Minutes {
		v.Within = append(v.Within, zonalWithin{m, z.Within[k], known(100 * z.Share(k))})
	}
	return v
}

// known is a number, nil where there is none.
func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

// write writes the table and the map of people.
func (c accessZonalCommand) write(h raster.Header, people []float64, a zonalAnswer) error {
	if c.PeopleOut != "" {
		if err := writePeople(c.PeopleOut, h, people); err != nil {
			return err
		}
	}
	if c.Out == "" {
		return nil
	}
	list := a.Zones
	if a.NoZone != nil && a.NoZone.Cells > 0 {
		list = append(list[:len(list):len(list)], *a.NoZone)
	}
	rows := [][]string{{"zone", "minutes", "people", "covered", "covered_percent", "without_time", "mean_minutes", "median_minutes", "p90_minutes", "cells"}}
	for _, z := range append(list[:len(list):len(list)], a.Total) {
		for _, in := range z.Within {
			rows = append(rows, []string{z.Zone, number(&in.Minutes), number(&z.People), number(&in.People), number(in.Percent), number(&z.WithoutTime),
				number(z.MeanMinutes), number(z.MedianMinutes), number(z.P90Minutes), strconv.Itoa(z.Cells)})
		}
	}
	return writeCSV(c.Out, rows)
}

// writeCSV writes a table.
func writeCSV(name string, rows [][]string) error {
	return writeWhole(name, func(out io.Writer) error { return csv.NewWriter(out).WriteAll(rows) })
}

// number writes a number with all its digits; one that there is not is empty.
func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// writePeople writes a map of people as float32.
func writePeople(name string, h raster.Header, people []float64) error {
	cells := make([]float32, len(people))
	for i, p := range people {
		cells[i] = float32(p)
	}
	h.Band, h.Bands, h.Type, h.NoData, h.HasNoData = 1, 1, raster.Float32, -1, true
	return writeRaster(name, h, cells)
}

// tell says the same to a person.
func (c accessZonalCommand) tell(s *session, a zonalAnswer) error {
	if s.json {
		return s.print(a)
	}
	var lines []string
	line := func(name string, z zonalZone) {
		parts := []string{fill(s.say("zonal_zone"), "zone", name, "people", whole(z.People))}
		for _, in := range z.Within {
			if in.Percent != nil {
				parts = append(parts, fill(s.say("zonal_within"), "minutes", in.Minutes, "people", whole(in.People), "percent", fmt.Sprintf("%.1f", *in.Percent)))
			}
		}
		if z.WithoutTime > 0 {
			parts = append(parts, fill(s.say("zonal_without"), "people", whole(z.WithoutTime)))
		}
		if z.Cells == 0 {
			parts = append(parts, s.say("zonal_empty"))
		}
		lines = append(lines, strings.Join(parts, "; "))
	}
	for _, z := range a.Zones {
		line(z.Zone, z)
	}
	if a.NoZone != nil && a.NoZone.People > 0 {
		line(s.say("zonal_no_zone"), *a.NoZone)
	}
	line(s.say("zonal_total"), a.Total)
	if a.Population.Outside > 0 {
		lines = append(lines, fill(s.say("zonal_outside"), "people", whole(a.Population.Outside)))
	}
	if a.Overlap > 0 {
		lines = append(lines, fill(s.say("zonal_overlap"), "cells", a.Overlap))
	}
	if p := a.Places; p != nil {
		lines = append(lines, fill(s.say("zonal_places"), "total", p.Total, "without", p.WithoutTime, "outside", p.Outside))
		for _, f := range p.Flagged {
			lines = append(lines, fill(s.say("zonal_place_"+f.State), "id", f.ID, "row", f.Row))
		}
	}
	for _, l := range a.WithoutTime.Largest {
		lines = append(lines, fill(s.say("zonal_cell"), "row", l.Row, "column", l.Column, "people", whole(l.People)))
	}
	_, err := fmt.Fprintln(s.out, strings.Join(lines, "\n"))
	return err
}

// whole shows people without fractions, for reading.
func whole(people float64) string { return strconv.FormatFloat(math.Round(people), 'f', 0, 64) }
