// Package paper writes a report that people print, sign and check: as PDF and
// as a workbook, both from one description, so that what stands in one stands
// in the other. It knows nothing of what the report is about.
//
// The PDF is PDF/A-2a: tagged, searchable, with its fonts inside, in pages of
// A4 on their side. The same description gives the same bytes.
package paper

import (
	"time"

	"github.com/shanyraq/shanyraq/lang"
)

// Paper is a report.
type Paper struct {
	Lang     lang.Code
	Title    string
	Subtitle string
	Author   string    // office in whose name it is made
	Made     time.Time // the day as of which it speaks: the file bears no other time

	// First stands on top of the first page, Running on top of the others, Foot
	// below every one. Page is the number of the page, with {page} and {pages}.
	First, Running, Foot, Page string

	Parts []Part
}

// Part is a piece of a report. What is empty is left out; the rest comes in the
// order of the fields.
type Part struct {
	Heading   string
	Text      []string // paragraphs
	Facts     []Fact
	Table     *Table
	Signature *Signature
	// Apart begins a new page.
	Apart bool
}

// Fact is a line of a list of names and values.
type Fact struct{ Name, Value string }

// Table is a table that may go over many pages; its header is repeated.
type Table struct {
	Sheet   string // name of the sheet in a workbook
	Columns []Column
	Rows    []Row
}

// Column is a column of a table. Share is its part of the width, relative to
// the others.
type Column struct {
	Name  string
	Share float64
	Right bool // figures stand to the right
}

// Row is a row of a table.
type Row struct {
	Cells []Cell
	// Strong rows are sums.
	Strong bool
}

// Kind is what a cell holds in a workbook.
type Kind uint8

// The kinds of cells.
const (
	Text Kind = iota
	Whole
	Money   // with two decimal places
	Percent // of 100
	Date    // Value is YYYY-MM-DD
)

// Cell is a cell. Text is what a person reads. Value is the same for a
// workbook: a plain decimal number with a point or a day; without it, a
// workbook holds the text.
type Cell struct {
	Text  string
	Note  string // smaller, below
	Kind  Kind
	Value string
	Warn  bool // stands out
	Bold  bool
}

// Signature is the block in which officials sign. No name is filled in.
type Signature struct {
	Lines []Line
	Stamp string // where the stamp goes
}

// Line is a line to be filled in by hand. Under says what belongs there.
type Line struct {
	Name   string
	Blanks []string
}
