// Package observed reads tables of times of travel that somebody measured or
// published, CSV or XLSX: one journey a row, with the columns from, to and
// minutes, and season, vehicle, class, source and date where they are known.
//
// All that is wrong with a table is listed, in three languages, with row and
// column; nothing is taken from a table that has a fault.
package observed

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// Bounds on a table: a survey of roads has some hundred journeys.
const (
	MaxBytes    = 2 << 20
	MaxJourneys = 1000
	MaxProblems = 100 // that are listed; the rest is counted
	maxText     = 300 // letters of a source
)

// Field is a column that a table may have.
type Field struct {
	Name     string
	Needed   bool
	Headings []string // in small letters, besides the name
}

// Fields lists the columns in the order of the template.
var Fields = []Field{
	{"from", true, []string{"origin", "откуда", "қайдан"}},
	{"to", true, []string{"destination", "куда", "қайда"}},
	{"minutes", true, []string{"min", "мин", "минут", "минуты", "минуттар"}},
	{"season", false, []string{"сезон", "время года", "маусым", "мезгіл"}},
	{"vehicle", false, []string{"mode", "транспорт", "көлік"}},
	{"class", false, []string{"road", "класс дороги", "жол класы"}},
	{"source", true, []string{"источник", "дереккөз"}},
	{"date", false, []string{"дата", "күні"}},
}

// words are what may stand for a code in a cell.
var words = map[string]map[string]string{
	"season": {"summer": "summer", "лето": "summer", "летом": "summer", "жаз": "summer", "жазда": "summer",
		"winter": "winter", "зима": "winter", "зимой": "winter", "қыс": "winter", "қыста": "winter"},
	"vehicle": {"": "car", "car": "car", "автомобиль": "car", "машина": "car", "жеңіл көлік": "car",
		"ambulance": "ambulance", "скорая": "ambulance", "скорая помощь": "ambulance", "жедел жәрдем": "ambulance",
		"bus": "bus", "автобус": "bus", "helicopter": "helicopter", "вертолёт": "helicopter", "вертолет": "helicopter", "тікұшақ": "helicopter"},
	"class": {"main": "main", "главная": "main", "негізгі": "main", "other": "other", "прочая": "other", "басқа": "other"},
}

// Row is a journey of the table.
type Row struct {
	Number int // of the row in the file
	access.Observation
	// Alike counts other places of the same name where a town was meant.
	AlikeFrom, AlikeTo int
}

// Table is what a file holds. With a problem there are no rows.
type Table struct {
	Rows     []Row
	Read     int      // rows below the headings
	Ignored  []string // headings that were not understood
	Problems []Problem
	More     int // problems beyond MaxProblems
}

// Found is what a name or code stands for: one place; or several, between
// which nobody but the author of the table can choose; or none.
type Found struct {
	Place place.ID
	Alike int
	// Choice names places of the name with district and code, when Place is empty.
	Choice lang.Text
}

// Read reads a table; find tells what a name or code stands for. It returns an
// error only where the file itself cannot be read.
func Read(in sheet.Reader, find func(string) Found) (*Table, error) {
	r := &reading{out: &Table{}, find: find, columns: map[string]int{}}
	headed := false
	for {
		row, err := in.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if row.Blank() {
			continue
		}
		r.row, r.bad = row, false
		if !headed {
			headed = true
			if r.header(); len(r.out.Problems) > 0 {
				return r.out, nil
			}
			continue
		}
		if r.out.Read++; r.out.Read > MaxJourneys {
			r.wrong("too_many", strconv.Itoa(MaxJourneys), "")
			break
		}
		r.journey()
	}
	if r.out.Read == 0 {
		r.row = nil
		r.wrong("empty", "", "")
	}
	if len(r.out.Problems) > 0 {
		r.out.Rows = nil
	}
	return r.out, nil
}

// reading is a table that is being read.
type reading struct {
	out     *Table
	find    func(string) Found
	columns map[string]int // by field
	row     *sheet.Row
	bad     bool
}

func (r *reading) header() {
	for i, c := range r.row.Cells {
		heading := strings.ToLower(strings.TrimSpace(c.Text))
		k := slices.IndexFunc(Fields, func(f Field) bool { return f.Name == heading || slices.Contains(f.Headings, heading) })
		switch {
		case heading == "":
		case k < 0:
			r.out.Ignored = append(r.out.Ignored, clip(c.Text))
		default:
			if _, twice := r.columns[Fields[k].Name]; twice {
				r.wrong("twice", Fields[k].Name, "")
			}
			r.columns[Fields[k].Name] = i
		}
	}
	for _, f := range Fields {
		if _, ok := r.columns[f.Name]; !ok && f.Needed {
			r.wrong("header", f.Name, "")
		}
	}
}

// cell returns what stands under a heading, "" where the column is missing.
func (r *reading) cell(field string) (text string, ok bool) {
	i, there := r.columns[field]
	if !there || i >= len(r.row.Cells) {
		return "", true
	}
	c := r.row.Cells[i]
	if c.Kind == sheet.NoValue || c.Kind == sheet.ErrorCell {
		r.wrong("error_cell", "", field)
		return "", false
	}
	return strings.TrimSpace(c.Text), true
}

// journey reads the row.
func (r *reading) journey() {
	o := Row{Number: r.row.Number}
	o.From, o.AlikeFrom = r.place("from")
	o.To, o.AlikeTo = r.place("to")
	if o.From != "" && o.From == o.To {
		r.wrong("same", "", "to")
	}
	o.Minutes = r.minutes()
	o.Season = access.Season(r.code("season"))
	o.Mode = access.Transport(r.code("vehicle"))
	o.Class = r.code("class")
	if s, ok := r.cell("source"); ok {
		switch o.Source = s; {
		case s == "":
			r.wrong("source", "", "source")
		case len([]rune(s)) > maxText:
			r.wrong("long", strconv.Itoa(maxText), "source")
		}
	}
	if s, ok := r.cell("date"); ok && s != "" {
		if _, err := period.Parse(s); err != nil {
			r.wrong("date", "", "date")
		}
		o.Date = s
	}
	if r.bad {
		return
	}
	if err := o.Check(); err != nil {
		r.wrong("other", err.Error(), "")
		return
	}
	r.out.Rows = append(r.out.Rows, o)
}

func (r *reading) place(field string) (place.ID, int) {
	s, ok := r.cell(field)
	if !ok {
		return "", 0
	}
	if s == "" {
		r.wrong("missing", field, field)
		return "", 0
	}
	got := r.find(s)
	switch {
	case got.Place != "":
	case len(got.Choice) > 0:
		r.problem("several", got.Choice, field)
	default:
		r.wrong("place", clip(s), field)
	}
	return got.Place, got.Alike
}

// maxMinutes is a week, which no journey in one country takes.
const maxMinutes = 7 * 24 * 60

func (r *reading) minutes() float64 {
	s, ok := r.cell("minutes")
	if !ok {
		return 0
	}
	m, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	switch {
	case s == "":
		r.wrong("missing", "minutes", "minutes")
	case err != nil || math.IsNaN(m) || math.IsInf(m, 0) || strings.ContainsAny(s, "xXpP_"):
		r.wrong("number", clip(s), "minutes")
	case !(m > 0 && m <= maxMinutes):
		r.wrong("range", clip(s), "minutes")
	}
	return m
}

// code reads a word of a short list.
func (r *reading) code(field string) string {
	s, ok := r.cell(field)
	if !ok {
		return ""
	}
	got, known := words[field][strings.ToLower(s)]
	if s != "" && !known {
		r.wrong(field, clip(s), field)
	}
	return got
}

// clip shortens what somebody wrote for a message.
func clip(s string) string { return sheet.Clip(s, 60) }
