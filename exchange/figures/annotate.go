package figures

import (
	"io"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
)

// noteHeader is the header of the column of problems in an annotated table. It
// begins with a mark that no other header has, so that the table can be imported
// again as it is.
var noteHeader = lang.Text{lang.KK: "⚠ Қателер", lang.RU: "⚠ Ошибки", lang.EN: "⚠ Problems"}

// IsNote reports whether a column is the one that Annotate adds.
func IsNote(header string) bool {
	header = strings.TrimSpace(header)
	for _, s := range noteHeader {
		if header == s {
			return true
		}
	}
	return false
}

// Annotation says how to annotate a table.
type Annotation struct {
	Format    sheet.Format
	Delimiter rune
	Lang      lang.Code
	HeaderRow int
	// Problems returns those of a row, in the order of the table.
	Problems func(row int) []Problem
}

// Annotate writes the table again, each row where it was, with a column that
// says what is wrong and, in a workbook, the wrong cells coloured.
//
// Only what stands in the cells is kept, not how it looked. A date or a share
// becomes the text that an import reads the same way. Texts that a spreadsheet
// program could take for a formula are protected.
func Annotate(w io.Writer, table sheet.Reader, a Annotation) error {
	x := &annotating{Annotation: a, table: table}
	out, err := sheet.NewWriter(w, a.Format, sheet.WriterOptions{Sheet: table.Info().Sheet, Delimiter: a.Delimiter, BOM: true, Header: a.HeaderRow, Marked: x.marked})
	if err != nil {
		return err
	}
	x.out = out
	for {
		row, err := table.Next()
		if err == io.EOF {
			return out.Close()
		}
		if err == nil {
			err = x.row(row)
		}
		if err != nil {
			return err
		}
	}
}

type annotating struct {
	Annotation
	table   sheet.Reader
	out     sheet.Writer
	written int            // rows so far
	note    int            // column of the problems, known with the header
	bad     map[int]string // of the row being written, by column
	cells   []sheet.Cell
}

func (x *annotating) marked(_, column int) bool { _, bad := x.bad[column]; return bad }

func (x *annotating) row(row *sheet.Row) error {
	for x.bad = nil; x.written < row.Number-1; x.written++ {
		if err := x.out.Write([]sheet.Cell{{}}); err != nil {
			return err
		}
	}
	x.cells = x.cells[:0]
	for _, c := range row.Cells {
		x.cells = append(x.cells, asText(c))
	}
	problems := x.Problems(row.Number)
	if row.Number == x.HeaderRow {
		x.note = len(row.Cells)
		if i := slices.IndexFunc(row.Cells, func(c sheet.Cell) bool { return IsNote(c.Text) }); i >= 0 {
			x.note = i
		}
		x.put(noteHeader.In(x.Lang))
	} else if x.note > 0 && x.note < len(x.cells) {
		x.cells[x.note] = sheet.Cell{} // what was wrong the last time
	}
	if len(problems) > 0 {
		x.bad = map[int]string{}
		var lines []string
		for _, p := range problems {
			line := p.Message.In(x.Lang)
			if column, _, ok := sheet.ParseCell(p.Cell); ok {
				x.bad[column] = line
				line = p.Cell + ": " + line
			}
			lines = append(lines, line)
		}
		if row.Number != x.HeaderRow {
			x.put(strings.Join(lines, "; "))
		}
	}
	for row.Number > x.HeaderRow && len(x.cells) <= x.note {
		x.cells = append(x.cells, sheet.Cell{}) // a row of a CSV file is as wide as its header
	}
	x.written++
	return x.out.Write(x.cells)
}

// put writes into the column of the problems.
func (x *annotating) put(s string) {
	if x.note == 0 {
		x.note = len(x.cells) // a problem above the header: nothing says how wide the table is
	}
	for len(x.cells) <= x.note {
		x.cells = append(x.cells, sheet.Cell{})
	}
	x.cells[x.note] = sheet.Cell{Text: s}
}

// asText returns a cell as it can be written.
func asText(c sheet.Cell) sheet.Cell {
	switch c.Kind {
	case sheet.Percent:
		return sheet.Cell{Text: c.Text + "%"}
	case sheet.Number:
		return c
	case sheet.NoValue:
		return sheet.Cell{}
	}
	return sheet.Cell{Text: c.Text}
}
