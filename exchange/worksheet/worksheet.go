// Package worksheet reads the tables in which offices keep their works: the
// works themselves, their money, stages and statuses.
//
// Every table looks different. A mapping says which column is which field of
// ours; where there is none, the headers are compared with the words that
// offices use in Kazakh, Russian and English. Every wrong cell is named by row and
// column with what to do, and nothing is repaired, rounded or dropped in silence.
package worksheet

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

// Kind is what a row of the table is.
type Kind string

// The kinds of tables.
const (
	Works    Kind = "works"    // a work
	Lines    Kind = "lines"    // an amount of money
	Stages   Kind = "stages"   // a stage of a baseline
	Statuses Kind = "statuses" // how far a work or a stage is
)

// Kinds lists the kinds of tables.
func Kinds() []Kind { return []Kind{Works, Lines, Stages, Statuses} }

// Catalogue knows what a table may speak of. Column is the name of a field of
// ours: work, parent, place, facility, office, source.
type Catalogue interface {
	// Named returns the code that a text is, or that bears the text as its name,
	// when it is the only one.
	Named(column, text string) (code string, ok bool)
	// Near returns a code that may have been meant, "" when nothing is near.
	Near(column, text string) string
}

// Options say how to read a table.
type Options struct {
	Catalogue Catalogue
	Mapping   *Mapping // nil: guessed
	Currency  money.Currency
	Today     period.Date
	Progress  func(rows int)
}

// Row is one row as it was understood.
type Row struct {
	Number int // as the spreadsheet counts
	values map[string]Value
}

// Value is what stands in a field: the part that its type has.
type Value struct {
	Text    string // texts, codes of ours, words of a list
	Amount  money.Amount
	Number  decimal.Decimal
	Date    period.Date
	Percent bool
	column  int
}

// Has reports whether the field was filled in.
func (r *Row) Has(field string) bool { _, ok := r.values[field]; return ok }

// Text returns a text or code, empty when it was not filled in.
func (r *Row) Text(field string) string { return r.values[field].Text }

// Amount returns an amount of money, nil when it was not filled in.
func (r *Row) Amount(field string) *money.Amount {
	v, ok := r.values[field]
	if !ok {
		return nil
	}
	return &v.Amount
}

// Decimal returns a number, nil when it was not filled in.
func (r *Row) Decimal(field string) *decimal.Decimal {
	v, ok := r.values[field]
	if !ok {
		return nil
	}
	return &v.Number
}

// Date returns a day, nil when it was not filled in.
func (r *Row) Date(field string) *period.Date {
	v, ok := r.values[field]
	if !ok {
		return nil
	}
	return &v.Date
}

// Problem is one thing that is wrong, in one place.
type Problem struct {
	Row    int       `json:"row"`
	Cell   string    `json:"cell"`   // such as D17; empty for the whole row
	Column string    `json:"column"` // header, as the file has it
	Field  string    `json:"field"`
	Code   string    `json:"code"`
	Text   lang.Text `json:"text"`
}

// Result is what a table says.
type Result struct {
	Kind     Kind
	Info     sheet.Info
	Mapping  Mapping // that was used
	Guessed  bool
	Read     int // rows below the header, blank ones not counted
	Rows     []Row
	Skipped  int // rows left out on purpose: totals
	Faulty   map[int]bool
	Problems []Problem
	More     int // problems beyond those that are listed
	Notices  []Problem
}

// Bounds.
const (
	MaxRows     = 500_000
	MaxProblems = 1000
	headRows    = 40 // among which the header is looked for
)

const op = "worksheet.Read"

// Read reads a table of a kind. It returns fault.Invalid when the table has no
// header that can be understood or the mapping does not fit it, and fault.TooLarge
// beyond a bound; what is wrong in rows is in the result.
func Read(ctx context.Context, t sheet.Reader, kind Kind, o Options) (*Result, error) {
	list := fieldsOf(kind)
	if list == nil {
		return nil, fault.New(fault.Invalid, op, string(kind), "a table holds works, lines, stages or statuses")
	}
	x := &reader{table: t, kind: kind, fields: list, o: o, at: map[string]int{}, named: map[string]named{}, out: &Result{Kind: kind, Faulty: map[int]bool{}, Problems: []Problem{}, Notices: []Problem{}}}
	if err := x.head(); err != nil {
		return nil, err
	}
	for n := 0; ; n++ {
		row, err := x.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if n%1000 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if o.Progress != nil {
				o.Progress(n)
			}
		}
		if row.Blank() {
			continue
		}
		if x.out.Read++; x.out.Read > MaxRows {
			return nil, fault.New(fault.TooLarge, op, t.Info().Name, "%s: more than %d rows: split the table", t.Info().Name, MaxRows)
		}
		x.row(row)
	}
	x.whole()
	x.out.Info = t.Info()
	return x.out, nil
}

// reader reads one table.
type reader struct {
	table  sheet.Reader
	kind   Kind
	fields []field
	o      Options
	out    *Result

	ahead  []sheet.Row // rows that were read to find the header
	header []string
	at     map[string]int // column of a field
	wide   []wideColumn
	mark   string
	scale  map[string]decimal.Decimal
	above  map[string]sheet.Cell // for fields that repeat what stands above

	failed map[string]bool  // fields of the row in which something is wrong
	named  map[string]named // texts that were looked up
	sum    map[string]total // of the amounts above a row of totals
}

// named is what the catalogue said about a text.
type named struct {
	code, near string
	ok         bool
}

// next returns the next row, those that were read ahead first.
func (x *reader) next() (*sheet.Row, error) {
	if len(x.ahead) > 0 {
		r := x.ahead[0]
		x.ahead = x.ahead[1:]
		return &r, nil
	}
	return x.table.Next()
}

func clone(r *sheet.Row) sheet.Row {
	return sheet.Row{Number: r.Number, Cells: append([]sheet.Cell(nil), r.Cells...)}
}

// problem lists one problem of a row and takes the row out.
func (x *reader) problem(row, column int, field, code, a, b string) {
	x.out.Faulty[row] = true
	if x.failed != nil {
		x.failed[field] = true
	}
	if len(x.out.Problems) >= MaxProblems {
		x.out.More++
		return
	}
	x.out.Problems = append(x.out.Problems, x.told(row, column, field, code, a, b))
}

// notice lists what a person should look at.
func (x *reader) notice(row, column int, field, code, a, b string) {
	if len(x.out.Notices) < MaxProblems {
		x.out.Notices = append(x.out.Notices, x.told(row, column, field, code, a, b))
	}
}

func (x *reader) told(row, column int, field, code, a, b string) Problem {
	p := Problem{Row: row, Field: field, Code: code, Text: lang.Text{}}
	if column >= 0 {
		p.Cell = sheet.CellName(column, row)
		if column < len(x.header) {
			p.Column = cut(x.header[column])
		}
	}
	for c, t := range phrases[code] {
		p.Text[c] = strings.NewReplacer("{a}", cut(a), "{b}", cut(b)).Replace(t)
	}
	return p
}

// cut keeps a text of somebody short in a message.
func cut(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }
