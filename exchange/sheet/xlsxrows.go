package sheet

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The size of a sheet of a workbook.
const (
	sheetRows    = 1_048_576
	sheetColumns = 16_384
)

// xlsxReader reads the rows of one sheet as they stand in the file.
type xlsxReader struct {
	book          *workbook
	info          Info
	xml           *scanner
	last          int // number of the row returned last
	row           Row
	done, ended   bool
	value, inline []byte // of the cell being read
}

func (x *xlsxReader) Info() Info { return x.info }

func (x *xlsxReader) Next() (*Row, error) {
	for !x.done {
		kind, err := x.xml.next()
		if err != nil {
			return nil, x.failed(err)
		}
		switch {
		case kind == endOfFile:
			return nil, x.failed(errXML)
		case kind == startTag && string(x.xml.name) == "row":
			if err := x.readRow(); err != nil {
				return nil, x.failed(err)
			}
			return &x.row, nil
		case kind == startTag && string(x.xml.name) == "dimension":
			ref, _ := x.xml.attr("ref")
			_, end, _ := strings.Cut(ref, ":")
			if _, row, ok := ParseCell(end); ok {
				x.info.Declared = row
			}
		case string(x.xml.name) == "sheetData" && (kind == endTag || x.xml.empty):
			x.done = true
		}
	}
	return nil, x.rest()
}

// rest reads what follows the rows: of that only the merged areas are used, but
// its end tells whether the part arrived whole. It returns io.EOF.
func (x *xlsxReader) rest() error {
	for !x.ended {
		kind, err := x.xml.next()
		switch {
		case err != nil:
			return x.failed(err)
		case kind == endOfFile:
			x.ended = true
		case kind == startTag && string(x.xml.name) == "mergeCell":
			x.info.Merged++
		}
	}
	return io.EOF
}

func (x *xlsxReader) failed(err error) error {
	return x.book.failed("row "+strconv.Itoa(x.last+1), err)
}

func (x *xlsxReader) readRow() error {
	number := x.last + 1
	if r, ok := x.xml.attr("r"); ok {
		n, err := strconv.Atoi(r)
		if err != nil || n < number || n > sheetRows {
			return errXML
		}
		number = n
	}
	if number > sheetRows {
		return errXML
	}
	if h, _ := x.xml.attr("hidden"); h == "1" || h == "true" {
		x.info.Hidden++
	}
	x.last, x.row.Number, x.row.Cells = number, number, x.row.Cells[:0]
	if x.xml.empty {
		return nil
	}
	next := 0 // column of a cell without a name
	for {
		kind, err := x.xml.next()
		switch {
		case err != nil:
			return err
		case kind == endOfFile:
			return errXML
		case kind == endTag && string(x.xml.name) == "row":
			return nil
		case kind == startTag && string(x.xml.name) == "c":
			if next, err = x.readCell(next); err != nil {
				return err
			}
		}
	}
}

// readCell reads a cell into the row and returns the column after it. An empty
// cell beyond MaxColumns has only a look and is left out.
func (x *xlsxReader) readCell(column int) (int, error) {
	if r, ok := x.xml.attr("r"); ok {
		c, ok := columnOf(r)
		if !ok || c < column {
			return 0, errXML
		}
		column = c
	}
	if column >= sheetColumns {
		return 0, beyond(x.info.Name, "row %d: more than %d columns: save the workbook again", x.last, sheetColumns)
	}
	kind, _ := x.xml.attr("t")
	look, _ := x.xml.attr("s")
	raw, err := x.content(kind)
	if err != nil {
		return 0, err
	}
	cell, err := x.cell(kind, look, raw)
	if err != nil {
		return 0, err
	}
	if cell.Text == "" && cell.Kind == Text {
		return column + 1, nil
	}
	if column >= MaxColumns {
		return 0, beyond(x.info.Name, "row %d, column %s: more than %d columns: keep only the columns that are needed", x.last, Column(column), MaxColumns)
	}
	for len(x.row.Cells) <= column {
		x.row.Cells = append(x.row.Cells, Cell{})
	}
	x.row.Cells[column] = cell
	return column + 1, nil
}

// content is what stands inside the tag of a cell.
type content struct {
	value   string
	text    string // of an inline text
	formula bool
	saved   bool // a value stands there, be it an empty text
}

func (x *xlsxReader) content(kind string) (content, error) {
	var c content
	if x.xml.empty {
		return c, nil
	}
	x.value, x.inline = x.value[:0], x.inline[:0]
	var inside string
	var phonetic bool
	for {
		t, err := x.xml.next()
		if err != nil {
			return c, err
		}
		name := string(x.xml.name)
		switch {
		case t == endOfFile:
			return c, errXML
		case t == endTag && name == "c":
			c.value, c.text = string(x.value), string(x.inline)
			return c, nil
		case t == endTag:
			inside = ""
			phonetic = phonetic && name != "rPh"
		case t == startTag:
			c.formula = c.formula || name == "f"
			c.saved = c.saved || name == "v"
			phonetic = phonetic || name == "rPh" && !x.xml.empty
			if inside = name; x.xml.empty {
				inside = ""
			}
		case inside == "v":
			x.value = append(x.value, x.xml.text...)
		case inside == "t" && kind == "inlineStr" && !phonetic:
			x.inline = append(x.inline, x.xml.text...)
		}
		if len(x.value)+len(x.inline) > MaxCell {
			return c, beyond(x.info.Name, "row %d: a cell is longer than %d bytes: shorten it", x.last, MaxCell)
		}
	}
}

// cell makes a cell of what the file says.
func (x *xlsxReader) cell(kind, look string, c content) (Cell, error) {
	if c.formula && c.value == "" && !(kind == "str" && c.saved) {
		return Cell{Kind: NoValue}, nil
	}
	switch kind {
	case "s":
		i, err := strconv.Atoi(c.value)
		s, ok := x.book.strings.get(i)
		if err != nil || !ok {
			return Cell{}, errXML
		}
		if len(s) > MaxCell {
			return Cell{}, beyond(x.info.Name, "row %d: a cell is longer than %d bytes: shorten it", x.last, MaxCell)
		}
		return Cell{Text: Original(unhex(s))}, nil
	case "inlineStr":
		return Cell{Text: Original(unhex(c.text))}, nil
	case "str":
		return Cell{Text: Original(unhex(c.value))}, nil
	case "b":
		return Cell{Text: map[string]string{"1": "true", "0": "false"}[c.value]}, nil
	case "e":
		return Cell{Text: c.value, Kind: ErrorCell}, nil
	case "d":
		return Cell{Text: strings.TrimSuffix(c.value, "T00:00:00"), Kind: Date}, nil
	case "", "n":
		if c.value == "" {
			return Cell{}, nil
		}
		return x.book.number(c.value, look)
	}
	return Cell{}, errXML
}

// unhex resolves the _x000D_ by which a workbook writes characters that XML
// does not allow.
func unhex(s string) string {
	i := strings.Index(s, "_x")
	if i < 0 {
		return s
	}
	var b strings.Builder
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		if n, ok := hexEscape(s); ok {
			b.WriteRune(n)
			s = s[7:]
		} else {
			b.WriteString(s[:2])
			s = s[2:]
		}
		i = strings.Index(s, "_x")
	}
	b.WriteString(s)
	return b.String()
}

func hexEscape(s string) (rune, bool) {
	if len(s) < 7 || s[:2] != "_x" || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// columnOf returns the column of a cell name such as AB12, from 0.
func columnOf(ref string) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		n = 26*n + int(c-'a') + 1
	}
	return n - 1, i > 0 && n <= sheetColumns && i < len(ref)
}
