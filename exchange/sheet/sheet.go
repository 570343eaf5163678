// Package sheet reads and writes tables of rows and columns: CSV in the shapes
// in which offices save it, and XLSX workbooks.
//
// A table may come from anybody, so it is read row by row and every size has a
// bound. Rows are numbered from 1 as a spreadsheet numbers them, columns are
// named by letters, so that a message about cell D17 leads to cell D17. A
// formula is never computed: the value that the spreadsheet program saved with
// it counts, and a formula without one is a fault of its cell. Nothing outside
// the file is ever opened.
package sheet

import (
	"bytes"
	"io"
	"strconv"

	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
)

// Bounds on a table. Excel itself allows 1,048,576 rows and cells of 32,767
// characters; a table of figures with a thousand columns is a mistake.
const (
	MaxBytes   = 200 << 20 // bytes of the file
	MaxRows    = 5_000_000
	MaxColumns = 1_000
	MaxCell    = 100_000 // bytes of UTF-8 in one cell
)

// Format is the form of a file.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// Kind is what a cell holds.
type Kind uint8

// The kinds of cells. A CSV file has only texts, a reader of XLSX knows more.
const (
	Text      Kind = iota
	Number         // a decimal with a point and at most 15 digits, as shown in the spreadsheet
	Date           // YYYY-MM-DD, YYYY-MM or YYYY as far as the format of the cell shows it
	Percent        // a number shown with a percent sign: 12.5 where the file holds 0.125
	NoValue        // a formula without a saved value
	ErrorCell      // #REF!, #DIV/0! and their like
	Word           // for writing: a sign or code of our own that is never a formula
)

// Cell is one field of a row.
type Cell struct {
	Text string
	Kind Kind
}

// Row is a row of a table. Number counts from 1 as a spreadsheet does, blank
// rows included.
type Row struct {
	Number int
	Cells  []Cell
}

// Blank reports whether nothing stands in the row.
func (r *Row) Blank() bool {
	for _, c := range r.Cells {
		if c.Text != "" || c.Kind == NoValue {
			return false
		}
	}
	return true
}

// Info is what was found out about a file.
type Info struct {
	Name      string
	Format    Format
	Encoding  text.Encoding // of a CSV file
	Delimiter rune          // of a CSV file
	Lines     int           // of a CSV file, nearly the number of rows; 0 when not counted
	Declared  int           // of a workbook: the last row as the file says it, which may be wrong; 0 when it does not
	Sheet     string        // of a workbook: the one that is read
	Sheets    []string      // of a workbook: all of them
	Concealed []string      // of a workbook: those of them that the spreadsheet hides
	Hidden    int           // rows hidden in the spreadsheet that were read so far
	Merged    int           // merged areas of the sheet, known after its last row
}

// Reader gives the rows of a table one after the other.
type Reader interface {
	// Next returns the next row or io.EOF. The row is valid until the next call.
	Next() (*Row, error)
	Info() Info
}

// Options say how to open a table.
type Options struct {
	Name      string // of the file, for messages
	Sheet     string // of the workbook; empty: the first visible one
	Delimiter rune   // of a CSV file; 0: found out
	// Encoding settles a guess: Windows-1251 or KZ-1048 for a CSV file that is in
	// one of the two. A file that says or shows its encoding keeps it.
	Encoding text.Encoding
	Limit    int64 // most bytes of the file, MaxBytes when not positive
}

const op = "sheet.Open"

// Open opens a table of size bytes. CSV and XLSX are told apart by content, not
// by name. It returns fault.TooLarge before reading when the file is larger
// than the limit, and fault.Invalid for a file that is neither.
func Open(r io.ReaderAt, size int64, o Options) (Reader, error) {
	if o.Limit <= 0 {
		o.Limit = MaxBytes
	}
	if size > o.Limit {
		return nil, tooLarge(o.Name, o.Limit)
	}
	head := make([]byte, min(size, 8))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, fault.New(fault.Internal, op, o.Name, "%s: cannot be read: %w", o.Name, err)
	}
	for _, k := range foreign {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return nil, invalid(o.Name, "this is %s: save it as XLSX or as CSV in UTF-8", k.what)
		}
	}
	switch {
	case size == 0:
		return nil, invalid(o.Name, "the file is empty: save the table again")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return openXLSX(r, size, o)
	}
	return openCSV(io.NewSectionReader(r, 0, size), o)
}

// foreign are the beginnings of files that people send by mistake.
var foreign = []struct{ magic, what string }{
	{"\xd0\xcf\x11\xe0", "an old XLS workbook or one locked with a password"},
	{"%PDF", "a PDF document"},
	{"{\\rtf", "an RTF document"},
	{"\x1f\x8b", "a packed file"},
	{"\x89PNG", "a picture"},
}

// OpenStream opens a table that arrives as a stream, such as a request body. It
// holds the stream in memory and stops with fault.TooLarge one byte after the
// limit.
func OpenStream(r io.Reader, o Options) (Reader, error) {
	if o.Limit <= 0 {
		o.Limit = MaxBytes
	}
	raw, err := io.ReadAll(io.LimitReader(r, o.Limit+1))
	if err != nil {
		return nil, fault.New(fault.Internal, op, o.Name, "%s: cannot be read: %w", o.Name, err)
	}
	return Open(bytes.NewReader(raw), int64(len(raw)), o)
}

// Column returns the letters of a column counted from 0: A, B, ..., Z, AA.
func Column(i int) string {
	var b [8]byte
	at := len(b)
	for i >= 0 && at > 0 {
		at--
		b[at] = byte('A' + i%26)
		i = i/26 - 1
	}
	return string(b[at:])
}

// CellName returns the name of a cell, such as D17: column from 0, row from 1.
func CellName(column, row int) string { return Column(column) + strconv.Itoa(row) }

func tooLarge(name string, limit int64) error {
	return fault.New(fault.TooLarge, op, name, "%s: larger than %d MB: split it and import the parts one after the other", name, limit>>20)
}

func invalid(name, format string, args ...any) error {
	return fault.New(fault.Invalid, op, name, "%s: "+format, append([]any{name}, args...)...)
}

func beyond(name, format string, args ...any) error {
	return fault.New(fault.TooLarge, op, name, "%s: "+format, append([]any{name}, args...)...)
}
