package sheet

import (
	"bufio"
	"io"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Writer writes the rows of a table. Close must be called after the last row.
type Writer interface {
	Write(cells []Cell) error
	Close() error
}

// WriterOptions say how to write.
type WriterOptions struct {
	Sheet     string // name of the sheet of a workbook; Sheet1 when empty
	Delimiter rune   // of a CSV file; a comma when 0
	// BOM begins a CSV file with a byte order mark, by which Excel knows UTF-8.
	BOM bool
	// Header is the row that looks like a header and stays in view with what is
	// above it, in a workbook; the first when 0.
	Header int
	// Marked tells which cells of a workbook are coloured, rows from 1 and columns
	// from 0. It may be nil.
	Marked func(row, column int) bool
	// Widths are the widths of the columns of a workbook in characters.
	Widths []int
}

// NewWriter returns a writer of the format. The first row written is the
// header unless the options say otherwise: it stays in view in a workbook.
//
// In a CSV file a text that a spreadsheet program could take for a formula gets
// an apostrophe in front, which Open takes off again.
func NewWriter(w io.Writer, f Format, o WriterOptions) (Writer, error) {
	switch f {
	case CSV:
		return newCSVWriter(w, o), nil
	case XLSX:
		return newXLSXWriter(w, o)
	}
	return nil, fault.New(fault.Invalid, "sheet.NewWriter", "", "a table is written as csv or xlsx")
}

type csvWriter struct {
	w         *bufio.Writer
	delimiter byte
	special   string // characters that need quotes
}

func newCSVWriter(w io.Writer, o WriterOptions) *csvWriter {
	c := &csvWriter{w: bufio.NewWriterSize(w, 64<<10), delimiter: ','}
	if o.Delimiter != 0 {
		c.delimiter = byte(o.Delimiter)
	}
	c.special = "\"\r\n" + string(rune(c.delimiter))
	if o.BOM {
		_, _ = c.w.WriteString("\ufeff") // a bufio.Writer keeps its first error
	}
	return c
}

func (c *csvWriter) Write(cells []Cell) error {
	for i, cell := range cells {
		if i > 0 {
			c.w.WriteByte(c.delimiter)
		}
		s := cell.Text
		if cell.Kind == Text {
			s = neutral(s)
		}
		c.field(s, len(cells) == 1)
	}
	return c.w.WriteByte('\n')
}

// field writes one field. An empty only field is quoted, since a blank line
// would be no row.
func (c *csvWriter) field(s string, only bool) {
	if !strings.ContainsAny(s, c.special) && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ") && !(only && s == "") {
		c.w.WriteString(s)
		return
	}
	c.w.WriteByte('"')
	c.w.WriteString(strings.ReplaceAll(s, `"`, `""`))
	c.w.WriteByte('"')
}

func (c *csvWriter) Close() error { return c.w.Flush() }
