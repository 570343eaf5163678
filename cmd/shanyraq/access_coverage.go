package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/coverage"
	"github.com/shanyraq/shanyraq/plan/access/grid"
)

type accessCoverageCommand struct {
	overGround
	Population string `name:"population" required:"" placeholder:"FILE" file:"in" help:"${h_zonal_population}"`
	Band       int    `name:"band" placeholder:"N" help:"${h_map_band}"`
	Order      string `name:"order" enum:"list,id,capacity,demand" default:"list" help:"${h_coverage_order}"`
	Out        string `name:"out" placeholder:"FILE" file:"out" help:"${h_coverage_out}"`
	Remaining  string `name:"remaining" placeholder:"FILE" file:"out" help:"${h_coverage_remaining}"`
	recordFlag
}

// coverageAnswer is what the command prints with --json.
type coverageAnswer struct {
	Order      string       `json:"order"`
	Limit      float64      `json:"limit_minutes"`
	Population peopleAnswer `json:"population"`
	People     struct {
		Total        float64 `json:"total"` // on the map
		Assigned     float64 `json:"assigned"`
		WithinButOut float64 `json:"within_but_left"` // reach a facility, and all of them are full
		BeyondReach  float64 `json:"beyond_reach"`
		Remaining    float64 `json:"remaining"` // the two together
	} `json:"people"`
	Facilities []coverageFacility `json:"facilities"` // by turn
	Snapped    []snapped          `json:"snapped"`
	Notes      []gridNote         `json:"notes"`
	Phases     gridPhases         `json:"phases"`
	PeakBytes  int64              `json:"peak_bytes"`
}

type coverageFacility struct {
	Turn     int      `json:"turn"`
	ID       string   `json:"id"`
	Capacity float64  `json:"capacity"`
	Within   float64  `json:"within"` // people within the limit
	Found    float64  `json:"found"`  // of them, left at its turn
	Assigned float64  `json:"assigned"`
	Free     float64  `json:"free"`
	Cells    int      `json:"cells"`
	Farthest *float64 `json:"farthest_minutes"`
}

// Run gives people to facilities. It needs no database.
func (c accessCoverageCommand) Run(s *session) error {
	if !(c.Minutes > 0) {
		return errors.New("--minutes: say how long people travel at most")
	}
	if err := mapEnding(c.Remaining); err != nil {
		return err
	}
	in, out := filesOf(&c)
	if err := distinct(in, append(out, c.Record)); err != nil {
		return err
	}
	return withRecord(s, "access coverage", &c, c.Record, func() (any, error) {
		a, err := c.assign(s)
		if err != nil {
			return nil, err
		}
		a.PeakBytes = peakBytes()
		return a, c.tell(s, a)
	})
}

func (c accessCoverageCommand) assign(s *session) (a coverageAnswer, err error) {
	var on searched
	var people []float64
	var list []coverage.Facility
	err = clocked(&a.Phases.Read, func() (err error) {
		if on, err = c.prepare(s, true); err != nil {
			return err
		}
		for _, p := range on.list {
			v, err := strconv.ParseFloat(strings.Replace(p.Capacity, ",", ".", 1), 64)
			if err != nil || !(v >= 0) || math.IsInf(v, 0) {
				name := filepath.Base(c.Facilities)
				return fault.New(fault.Invalid, "cmd.accessCoverage", name, "%s, row %d, column capacity: place %s: %q is no number of people that it can take", name, p.Row, shortID(p.ID), shortID(p.Capacity))
			}
			list = append(list, coverage.Facility{ID: p.ID, Capacity: v})
		}
		people, a.Population, err = readPeople(c.Population, c.Band, on.header)
		return err
	})
	if err != nil {
		return a, err
	}
	touched := make([]bool, len(people))
	var got coverage.Result
	err = clocked(&a.Phases.Solve, func() (err error) {
		got, err = coverage.Assign(s.ctx, list, people, coverage.Order(c.Order), on.catchments(touched))
		return err
	})
	if err != nil {
		return a, err
	}
	a.fill(c, on, list, got, touched)
	return a, clocked(&a.Phases.Write, func() error { return c.write(on, a, got) })
}

// catchments searches around some facilities, on all processors, and marks
// every cell that is within the limit of one.
func (on searched) catchments(touched []bool) coverage.Catchments {
	return func(ctx context.Context, facilities []int) ([][]coverage.Reached, error) {
		sources := make([]grid.Source, len(facilities))
		for k, i := range facilities {
			sources[k] = on.seats[i]
		}
		out := make([][]coverage.Reached, len(facilities))
		err := on.surface.Catchments(ctx, sources, on.options, func(k int, cells []grid.Reached) error {
			list := make([]coverage.Reached, len(cells))
			for i, cell := range cells {
				list[i] = coverage.Reached{Cell: int(cell.Row)*on.header.Columns + int(cell.Col), Seconds: cell.Seconds}
			}
			out[k] = list
			return nil
		})
		for _, list := range out {
			for _, cell := range list {
				touched[cell.Cell] = true
			}
		}
		return out, err
	}
}

func (a *coverageAnswer) fill(c accessCoverageCommand, on searched, list []coverage.Facility, got coverage.Result, touched []bool) {
	a.Order, a.Limit, a.Snapped, a.Notes = c.Order, c.Minutes, on.moved, on.notes
	a.People.Total, a.People.Assigned = got.Total, got.Assigned
	for i, p := range got.Remaining {
		if touched[i] {
			a.People.WithinButOut += p
		} else {
			a.People.BeyondReach += p
		}
	}
	a.People.Remaining = a.People.WithinButOut + a.People.BeyondReach
	for _, f := range got.Served {
		a.Facilities = append(a.Facilities, coverageFacility{f.Turn, list[f.Facility].ID, list[f.Facility].Capacity, f.Within, f.Found, f.Assigned, f.Free, f.Cells, known(f.Farthest / 60)})
	}
}

func (c accessCoverageCommand) write(on searched, a coverageAnswer, got coverage.Result) error {
	if c.Remaining != "" {
		if err := writePeople(c.Remaining, on.header, got.Remaining); err != nil {
			return err
		}
	}
	if c.Out == "" {
		return nil
	}
	rows := [][]string{{"turn", "id", "capacity", "within", "found", "assigned", "free", "cells", "farthest_minutes"}}
	for _, f := range a.Facilities {
		rows = append(rows, []string{strconv.Itoa(f.Turn), f.ID, number(&f.Capacity), number(&f.Within), number(&f.Found), number(&f.Assigned), number(&f.Free), strconv.Itoa(f.Cells), number(f.Farthest)})
	}
	return writeCSV(c.Out, rows)
}

// maxTold is how many facilities a person is told of; the table has all.
const maxTold = 30

// tell says the same to a person.
func (c accessCoverageCommand) tell(s *session, a coverageAnswer) error {
	if s.json {
		return s.print(a)
	}
	lines := []string{fill(s.say("coverage_people"), "total", whole(a.People.Total), "assigned", whole(a.People.Assigned), "left", whole(a.People.WithinButOut), "beyond", whole(a.People.BeyondReach), "minutes", a.Limit)}
	for _, f := range a.Facilities[:min(len(a.Facilities), maxTold)] {
		lines = append(lines, fill(s.say("coverage_facility"), "turn", f.Turn, "id", f.ID, "within", whole(f.Within), "found", whole(f.Found), "assigned", whole(f.Assigned), "free", whole(f.Free)))
	}
	if n := len(a.Facilities) - maxTold; n > 0 {
		lines = append(lines, fill(s.say("coverage_more"), "n", n))
	}
	if a.Population.Outside > 0 {
		lines = append(lines, fill(s.say("zonal_outside"), "people", whole(a.Population.Outside)))
	}
	_, err := fmt.Fprintln(s.out, strings.Join(lines, "\n"))
	return err
}
