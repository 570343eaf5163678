package xer

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/works/network"
)

// reader collects the tables that are kept.
type reader struct {
	s      *schedule.Schedule
	name   string
	number int // of the line that was read last
	rows   int

	table   string
	columns map[string]int
	width   int
	inTable int
	unread  map[string]int // rows of tables that are not read
	order   []string

	keep      map[string][]row
	decimal   string // the sign before fractions
	shortSaid map[string]bool
	hours     map[string]bool // calendars that are kept
}

// row is one row of a table.
type row struct {
	r      *reader
	at     map[string]int
	table  string
	line   int
	fields []string
}

// wanted are the tables that are read.
var wanted = map[string]int{"PROJECT": schedule.MaxProjects, "PROJWBS": schedule.MaxTasks, "TASK": schedule.MaxTasks, "TASKPRED": schedule.MaxLinks, "CALENDAR": schedule.MaxCalendars, "CURRTYPE": 1000,
	"UDFTYPE": 10_000, "UDFVALUE": schedule.MaxFields, "ACTVTYPE": 10_000, "ACTVCODE": schedule.MaxTasks, "TASKACTV": schedule.MaxFields, "RSRC": schedule.MaxResources, "ROLES": schedule.MaxResources,
	"TASKRSRC": schedule.MaxAssignments, "PROJCOST": schedule.MaxAssignments, "SCHEDOPTIONS": schedule.MaxProjects}

// personal are tables of people: they are not read, and that is said apart.
var personal = map[string]bool{"USERS": true, "OBS": true, "RSRCROLE": true, "RSRCRATE": true, "RSRCLEVELLIST": true}

func newReader(s *schedule.Schedule, name string) *reader {
	return &reader{s: s, name: name, unread: map[string]int{}, keep: map[string][]row{}, decimal: ".", shortSaid: map[string]bool{}, hours: map[string]bool{}}
}

// header reads the first line: version and date. Who exported it is not kept.
func (x *reader) header(f []string) {
	x.s.Program = "Primavera P6"
	if len(f) > 1 && len(f[1]) < 20 {
		x.s.Program += " " + strings.TrimSpace(f[1])
	}
	if len(f) > 2 {
		if m, err := network.ParseMinute(strings.TrimSpace(f[2])); err == nil {
			x.s.Exported = &m
		}
	}
	if len(f) > 4 {
		x.s.Note("people", "ERMHDR", "1", "")
	}
}

// record takes one record: the lines of it, joined.
func (x *reader) record(l string, line int) error {
	if l == "" || l[1] == 'E' {
		return nil
	}
	if x.rows++; x.rows > maxRows {
		return fault.New(fault.TooLarge, op, x.name, "%s: more than %d rows: export the projects one by one", x.name, maxRows)
	}
	f := split(l)[1:]
	switch l[1] {
	case 'T':
		return x.begin(f, line)
	case 'F':
		return x.head(f, line)
	}
	return x.row(f, line)
}

func (x *reader) begin(f []string, line int) error {
	if len(f) == 0 || strings.TrimSpace(f[0]) == "" {
		return fault.New(fault.Invalid, op, x.name, "%s: line %d: a table without a name: export the project again", x.name, line)
	}
	x.table, x.columns, x.width, x.inTable = strings.ToUpper(strings.TrimSpace(f[0])), nil, 0, 0
	if _, ours := wanted[x.table]; !ours {
		if _, known := x.unread[x.table]; !known && len(x.unread) < 1000 {
			x.unread[x.table] = 0
			x.order = append(x.order, x.table)
		}
	}
	return nil
}

func (x *reader) head(f []string, line int) error {
	if x.table == "" {
		return fault.New(fault.Invalid, op, x.name, "%s: line %d: columns without a table: export the project again", x.name, line)
	}
	if len(f) > maxColumns {
		return fault.New(fault.TooLarge, op, x.name, "%s: line %d: more than %d columns: this is no schedule", x.name, line, maxColumns)
	}
	x.columns, x.width = make(map[string]int, len(f)), len(f)
	for i, name := range f {
		x.columns[strings.ToLower(strings.TrimSpace(name))] = i
	}
	return nil
}

func (x *reader) row(f []string, line int) error {
	most, ours := wanted[x.table]
	if !ours {
		if _, known := x.unread[x.table]; known {
			x.unread[x.table]++
		}
		return nil
	}
	if x.columns == nil {
		return fault.New(fault.Invalid, op, x.name, "%s: line %d: a row before its columns (%%F): export the project again", x.name, line)
	}
	if x.inTable++; x.inTable > most {
		return fault.New(fault.TooLarge, op, x.name, "%s: the table %s has more than %d rows: export the projects one by one", x.name, x.table, most)
	}
	switch {
	case len(f) < x.width && !x.shortSaid[x.table]: // the program leaves empty fields at the end away
		x.shortSaid[x.table] = true
		x.s.Note("row_short", x.path(line), "", "")
	case len(f) > x.width:
		x.s.Note("row_long", x.path(line), "", "")
		f = f[:x.width]
	}
	x.keep[x.table] = append(x.keep[x.table], row{x, x.columns, x.table, line, f})
	return nil
}

func (x *reader) path(line int) string { return x.table + " line " + strconv.Itoa(line) }

func (r *row) path(column string) string {
	return fmt.Sprintf("%s line %d %s", r.table, r.line, column)
}

// get returns a field without blanks around it, empty when it is not there.
func (r *row) get(column string) string {
	i, ok := r.at[column]
	if !ok || i >= len(r.fields) {
		return ""
	}
	return strings.TrimSpace(r.fields[i])
}

// text returns a field of bounded length.
func (r *row) text(column string) string {
	s := r.get(column)
	if len(s) > schedule.MaxText {
		r.r.s.Note("text_long", r.path(column), "", "")
		return strings.ToValidUTF8(s[:schedule.MaxText], "")
	}
	return s
}

func (r *row) yes(column string) bool { return strings.EqualFold(r.get(column), "Y") }

// date reads YYYY-MM-DD HH:MM; nil for none.
func (r *row) date(column string) *network.Minute {
	s := r.get(column)
	if s == "" {
		return nil
	}
	m, err := network.ParseMinute(s)
	if err != nil {
		r.r.s.Note("date", r.path(column), s, "")
		return nil
	}
	return &m
}

// number reads a decimal with the sign of the file; nil for none.
func (r *row) number(column string) *decimal.Decimal {
	s := r.get(column)
	if s == "" {
		return nil
	}
	t := s
	if r.r.decimal == "," || strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		t = strings.Replace(s, ",", ".", 1)
	}
	d, err := decimal.NewFromString(t)
	if len(s) > 40 || err != nil || d.Exponent() > 20 || d.Exponent() < -20 {
		r.r.s.Note("number", r.path(column), s, "")
		return nil
	}
	return &d
}

// minutes reads hours as whole minutes; ok is false for none.
func (r *row) minutes(column string) (int64, bool) {
	d := r.number(column)
	if d == nil {
		return 0, false
	}
	m := d.Mul(decimal.NewFromInt(60))
	if m.Abs().GreaterThan(decimal.NewFromInt(network.MaxDuration)) {
		r.r.s.Note("number_range", r.path(column), r.get(column), "100 × 366 × 24")
		return 0, false
	}
	// Hours are thirds and sevenths of days here: the nearest minute is meant.
	return m.Round(0).IntPart(), true
}

// percent reads a percentage from 0 to 100.
func (r *row) percent(column string) *decimal.Decimal {
	d := r.number(column)
	if d == nil {
		return nil
	}
	if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100)) {
		r.r.s.Note("number_range", r.path(column), r.get(column), "0…100")
		return nil
	}
	return d
}

// each calls do for every row of a table.
func (x *reader) each(table string, do func(*row)) {
	for i := range x.keep[table] {
		do(&x.keep[table][i])
	}
}
