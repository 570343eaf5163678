package main

import (
	"fmt"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/points"
	"github.com/shanyraq/shanyraq/plan/access/grid"
	"github.com/shanyraq/shanyraq/plan/access/referral"
)

type accessReferralCommand struct {
	overGround
	To     string `name:"to" placeholder:"FILE" file:"in" help:"${h_referral_to}"`
	Out    string `name:"out" placeholder:"FILE" file:"out" help:"${h_referral_out}"`
	Matrix string `name:"matrix" placeholder:"FILE" file:"out" help:"${h_referral_matrix}"`
	recordFlag
}

// referralAnswer is what the command prints with --json.
type referralAnswer struct {
	Facilities int            `json:"facilities"`
	Targets    int            `json:"targets"`
	Pairs      reached        `json:"pairs"`
	Nearest    []referralLink `json:"nearest"` // one for each facility
	Snapped    []snapped      `json:"snapped"`
	Notes      []gridNote     `json:"notes"`
	Phases     gridPhases     `json:"phases"`
	PeakBytes  int64          `json:"peak_bytes"`
}

type referralLink struct {
	From    string   `json:"from"`
	To      *string  `json:"to"` // null where none is reached
	Seconds *float64 `json:"seconds"`
}

// Run finds the time between all facilities. It needs no database.
func (c accessReferralCommand) Run(s *session) error {
	in, out := filesOf(&c)
	if err := distinct(in, append(out, c.Record)); err != nil {
		return err
	}
	return withRecord(s, "access referral", &c, c.Record, func() (any, error) {
		a, err := c.find(s)
		if err != nil {
			return nil, err
		}
		a.PeakBytes = peakBytes()
		return a, c.tell(s, a)
	})
}

func (c accessReferralCommand) find(s *session) (a referralAnswer, err error) {
	var from, to searched
	err = clocked(&a.Phases.Read, func() (err error) {
		// Patients are driven from the facility to the target: uphill where
		// that is the way.
		if from, err = c.prepare(s, false); err != nil {
			return err
		}
		if to = from; c.To == "" {
			return nil
		}
		place := accessGridCommand{Sources: c.To, SourcesCRS: c.SourcesCRS, Snap: c.Snap}
		note := gridAnswer{}
		if to.list, err = readPoints(c.To); err != nil {
			return err
		}
		to.seats, err = place.place(s, to.list, from.header, from.surface, &note)
		from.moved, from.notes = append(from.moved, note.Snapped...), append(from.notes, note.Notes...)
		return err
	})
	if err != nil {
		return a, err
	}
	var table referral.Table
	err = clocked(&a.Phases.Solve, func() (err error) {
		table, err = referral.Find(s.ctx, from.surface, places(from.list, from.seats), places(to.list, to.seats), from.options)
		return err
	})
	if err != nil {
		return a, err
	}
	a.Facilities, a.Targets, a.Snapped, a.Notes = len(from.list), len(to.list), from.moved, from.notes
	got := 0
	for i, row := range table.Seconds {
		for _, v := range row {
			if v == v {
				got++
			}
		}
		link := referralLink{From: from.list[i].ID}
		if k := table.Nearest[i]; k >= 0 {
			link.To, link.Seconds = &to.list[k].ID, &row[k]
		}
		a.Nearest = append(a.Nearest, link)
	}
	a.Pairs.count(len(from.list)*len(to.list), got)
	return a, clocked(&a.Phases.Write, func() error { return c.write(from.list, to.list, table) })
}

func places(list []points.Point, seats []grid.Source) []referral.Place {
	out := make([]referral.Place, len(list))
	for i, p := range list {
		out[i] = referral.Place{ID: p.ID, Source: seats[i]}
	}
	return out
}

// write writes the list of pairs and the matrix.
func (c accessReferralCommand) write(from, to []points.Point, t referral.Table) error {
	if c.Out != "" {
		rows := [][]string{{"from", "to", "seconds", "nearest"}}
		for i, f := range from {
			for k, g := range to {
				mark := "0"
				if t.Nearest[i] == k {
					mark = "1"
				}
				rows = append(rows, []string{f.ID, g.ID, number(known(t.Seconds[i][k])), mark})
			}
		}
		if err := writeCSV(c.Out, rows); err != nil {
			return err
		}
	}
	if c.Matrix == "" {
		return nil
	}
	head := []string{"from"}
	for _, g := range to {
		head = append(head, g.ID)
	}
	rows := [][]string{head}
	for i, f := range from {
		row := []string{f.ID}
		for _, v := range t.Seconds[i] {
			row = append(row, number(known(v)))
		}
		rows = append(rows, row)
	}
	return writeCSV(c.Matrix, rows)
}

// tell says the same to a person.
func (c accessReferralCommand) tell(s *session, a referralAnswer) error {
	if s.json {
		return s.print(a)
	}
	var lines []string
	for _, l := range a.Nearest[:min(len(a.Nearest), maxTold)] {
		if l.To == nil {
			lines = append(lines, fill(s.say("referral_none"), "from", l.From))
			continue
		}
		lines = append(lines, fill(s.say("referral_link"), "from", l.From, "to", *l.To, "minutes", minutes(*l.Seconds)))
	}
	if n := len(a.Nearest) - maxTold; n > 0 {
		lines = append(lines, fill(s.say("coverage_more"), "n", n))
	}
	lines = append(lines, fill(s.say("roads_pairs"), "total", a.Pairs.Total, "unreached", *a.Pairs.Unreached))
	_, err := fmt.Fprintln(s.out, strings.Join(lines, "\n"))
	return err
}
