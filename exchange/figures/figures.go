// Package figures reads tables of figures that people and other systems send,
// and writes the figures of the ledger as tables.
//
// The header of a table is the header of our own export; a mapping translates
// any other. Every row is checked before anything is kept: what is wrong is
// told with row, column and remedy in three languages, all of it and not only
// the first, and then nothing is taken. What the program exported it reads back
// to the letter: the same figures with the same ids.
package figures

import (
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// MaxProblems is how many problems are listed; further ones are counted.
const MaxProblems = 1000

// maxNotices is how many notices are listed; further ones are dropped, since
// nothing depends on them.
const maxNotices = 100

// Options say how to read a table of figures.
type Options struct {
	// Catalogue knows measures, units, places and documents. It must not be nil.
	Catalogue Catalogue
	// Mapping translates the table; nil reads our own header.
	Mapping *Mapping

	// Values for rows and tables that do not say them, as in the columns of
	// these names. They come before the constants of the mapping.
	Source, Document, Kind, Period, Published string

	// Decimal is "." or ","; it decides what 1,234 means. Empty: such a value
	// is a problem.
	Decimal string

	// Documents come with the table and need not be known yet.
	Documents []ledger.Document

	// MoneyPlaces gives the decimal places of a currency by the code of its
	// unit; nil takes two for all.
	MoneyPlaces func(unit string) int32

	// Today refuses actual figures for a period that has not begun; nil does
	// not.
	Today *period.Date

	// Exists tells which figures are recorded. It is asked once, for the
	// figures to which the table refers and which it does not hold. Nil takes
	// references as they are.
	Exists func([]ledger.FigureID) (map[ledger.FigureID]bool, error)

	// Writable tells at which places the one who imports may write; nil: at all.
	// A row of another place is a problem.
	Writable func(place.ID) bool

	// Leave tells which rows are left out on purpose. It may be nil.
	Leave func(row int) bool

	// Take gets each figure as soon as its row was checked, instead of
	// Result.Figures, so that a long table is never in memory as a whole. What was
	// taken must be thrown away when the table turns out to have a problem. The
	// figure is valid during the call.
	Take func(*ledger.Figure) error

	// Report gets each problem as soon as it is found, also those beyond
	// MaxProblems. It may be nil.
	Report func(Problem) error

	// Progress is called every few thousand rows. It may be nil.
	Progress func(rows int)
}

// Result is what became of a table. Figures is empty when there is a problem:
// a table is taken whole or not at all.
type Result struct {
	Figures  []ledger.Figure
	Rows     int // rows read, without header and blank ones
	Repeated int // rows that say the same as an earlier one
	Computed int // figures with a recipe
	Skipped  int // rows left out because the mapping says so
	Left     int // rows left out because Options.Leave says so
	Taken    int // figures, be they in Figures or given to Options.Take
	Faulty   int // rows with a problem; the header counts as one
	Problems []Problem
	More     int // problems beyond those listed
	Notices  []Notice
	Info     sheet.Info
}

// Problem is a fault of one cell, of a row (Column empty) or of the whole table
// (Row 0), with its remedy.
type Problem struct {
	Row        int       `json:"row"`
	Column     string    `json:"column,omitempty"` // as the header of the table has it
	Cell       string    `json:"cell,omitempty"`   // as a spreadsheet names it
	Code       string    `json:"code"`
	Message    lang.Text `json:"message"`
	Suggestion string    `json:"suggestion,omitempty"` // what to write instead
}

// Notice is something that a person should know; it stops nothing.
type Notice struct {
	Row     int       `json:"row,omitempty"`
	Code    string    `json:"code"`
	Message lang.Text `json:"message"`
}

// Err returns nil when the table was taken and otherwise one error with the
// first problem and the number of all.
func (r *Result) Err() error {
	if len(r.Problems) == 0 {
		return nil
	}
	p := r.Problems[0]
	where := ""
	if p.Cell != "" {
		where = p.Cell + ": "
	}
	if n := len(r.Problems) + r.More; n > 1 {
		return fault.New(fault.Invalid, "figures.Read", r.Info.Name, "%s: nothing was imported: %d problems, the first in %s%s", r.Info.Name, n, where, p.Message[lang.EN])
	}
	return fault.New(fault.Invalid, "figures.Read", r.Info.Name, "%s: nothing was imported: %s%s", r.Info.Name, where, p.Message[lang.EN])
}
