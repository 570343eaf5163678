package sheet

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/fault"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// fixedParts are the parts of a workbook with one sheet. Style 1 is the bold
// header; style 2 is text, so that a period that is typed over (2025-10) does
// not turn into a date; 3 and 4 are a text and a number that are marked.
var fixedParts = []struct{ name, body string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFD6D6"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fillId="2" applyNumberFormat="1" applyFill="1"/><xf fillId="2" applyFill="1"/></cellXfs></styleSheet>`},
}

// xlsxWriter writes one sheet with its texts inline, so that nothing is held.
type xlsxWriter struct {
	zip    *zip.Writer
	out    *bufio.Writer
	row    int
	header int
	marked func(row, column int) bool
	err    error
}

func newXLSXWriter(w io.Writer, o WriterOptions) (*xlsxWriter, error) {
	x := &xlsxWriter{zip: zip.NewWriter(w), header: max(1, o.Header), marked: o.Marked}
	if x.marked == nil {
		x.marked = func(int, int) bool { return false }
	}
	x.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, p := range fixedParts {
		x.part(p.name, xmlHead+p.body)
	}
	var b strings.Builder
	escapeXML(&b, sheetName(o.Sheet))
	x.part("xl/workbook.xml", xmlHead+`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="`+b.String()+`" sheetId="1" r:id="rId1"/></sheets></workbook>`)
	if x.err != nil {
		return nil, x.err
	}
	sheet, err := x.zip.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	x.out = bufio.NewWriterSize(sheet, 64<<10)
	x.out.WriteString(xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="` + strconv.Itoa(x.header) + `" topLeftCell="A` + strconv.Itoa(x.header+1) + `" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	x.widths(o.Widths)
	_, err = x.out.WriteString("<sheetData>")
	return x, err
}

func (x *xlsxWriter) part(name, body string) {
	if x.err != nil {
		return
	}
	w, err := x.zip.Create(name)
	if err == nil {
		_, err = io.WriteString(w, body)
	}
	x.err = err
}

func (x *xlsxWriter) widths(list []int) {
	if len(list) == 0 {
		return
	}
	x.out.WriteString("<cols>")
	for i, n := range list {
		c := strconv.Itoa(i + 1)
		x.out.WriteString(`<col min="` + c + `" max="` + c + `" width="` + strconv.Itoa(n) + `" customWidth="1"/>`)
	}
	x.out.WriteString("</cols>")
}

// sheetName makes a name that spreadsheet programs accept.
func sheetName(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return '-'
		}
		return r
	}, s), "'")
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	if s == "" {
		return "Sheet1"
	}
	return s
}

func (x *xlsxWriter) Write(cells []Cell) error {
	if x.row++; x.row > sheetRows {
		return fault.New(fault.TooLarge, "sheet.Write", "", "a sheet of a workbook holds %d rows: write CSV instead", sheetRows)
	}
	n := strconv.Itoa(x.row)
	x.out.WriteString(`<row r="` + n + `">`)
	for i, c := range cells {
		if marked := x.marked(x.row, i); c.Text != "" || marked {
			x.cell(Column(i)+n, c, marked)
		}
	}
	_, err := x.out.WriteString("</row>")
	return err
}

func (x *xlsxWriter) cell(ref string, c Cell, marked bool) {
	if c.Kind == Number && shownExactly(c.Text) {
		look := ""
		if marked {
			look = ` s="4"`
		}
		x.out.WriteString(`<c r="` + ref + `"` + look + `><v>` + c.Text + `</v></c>`)
		return
	}
	look := "2"
	switch {
	case marked:
		look = "3"
	case x.row == x.header:
		look = "1"
	}
	if c.Text == "" {
		x.out.WriteString(`<c r="` + ref + `" s="` + look + `"/>`)
		return
	}
	s := c.Text
	if Original(s) != s {
		s = "'" + s // see Original: a text in a workbook needs no other protection
	}
	x.out.WriteString(`<c r="` + ref + `" s="` + look + `" t="inlineStr"><is><t xml:space="preserve">`)
	escapeXML(x.out, s)
	x.out.WriteString(`</t></is></c>`)
}

// shownExactly reports whether a number survives the 15 digits of a spreadsheet.
func shownExactly(s string) bool {
	v, err := strconv.ParseFloat(s, 64)
	return err == nil && shown(v) == s
}

func (x *xlsxWriter) Close() error {
	if _, err := x.out.WriteString("</sheetData></worksheet>"); err != nil {
		return err
	}
	if err := x.out.Flush(); err != nil {
		return err
	}
	return x.zip.Close()
}

type textWriter interface {
	WriteString(string) (int, error)
	WriteRune(rune) (int, error)
}

// escapeXML writes s as the text of an element or attribute. Characters that
// XML does not allow, and what looks like their replacement, are written as
// workbooks do: _x000D_. Errors are kept by the writer.
func escapeXML(w textWriter, s string) {
	for i, r := range s {
		switch {
		case r == '&':
			w.WriteString("&amp;")
		case r == '<':
			w.WriteString("&lt;")
		case r == '>':
			w.WriteString("&gt;")
		case r == '"':
			w.WriteString("&quot;")
		case r == '_' && escapeLike(s[i:]):
			w.WriteString("_x005F_")
		case r == '\t' || r == '\n' || r >= ' ' && r != 0xfffe && r != 0xffff && r != utf8.RuneError:
			w.WriteRune(r)
		default:
			w.WriteString("_x" + hex4(r) + "_")
		}
	}
}

func escapeLike(s string) bool {
	_, ok := hexEscape(s)
	return ok
}

func hex4(r rune) string {
	s := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return strings.Repeat("0", max(0, 4-len(s))) + s
}
