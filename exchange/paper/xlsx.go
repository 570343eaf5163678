package paper

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// book writes one workbook.
type book struct {
	f                                                *excelize.File
	title, head, bold, wrap, number, money, day, pct int // styles
	names                                            map[string]bool
}

// exactDigits is how many digits a spreadsheet keeps of a number: a longer one
// is written as text, whole.
const exactDigits = 15

// XLSX writes the paper as a workbook: what is read on the first sheet, and
// every table on a sheet of its own with a header that stays in view.
func XLSX(w io.Writer, p *Paper) (err error) {
	x := &book{f: excelize.NewFile(), names: map[string]bool{}}
	defer func() {
		if cerr := x.f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			err = fault.New(fault.Internal, "paper.XLSX", "", "the workbook could not be written: %w", err)
		}
	}()
	made := p.Made.UTC().Format("2006-01-02T15:04:05Z")
	if err := x.f.SetDocProps(&excelize.DocProperties{Title: p.Title, Subject: p.Subtitle, Creator: p.Author, LastModifiedBy: "Shanyraq", Language: string(p.Lang), Created: made, Modified: made}); err != nil {
		return err
	}
	if err := x.styles(); err != nil {
		return err
	}
	first := x.sheetName(p.Title)
	if err := x.f.SetSheetName("Sheet1", first); err != nil {
		return err
	}
	if err := x.front(first, p); err != nil {
		return err
	}
	for i := range p.Parts {
		if t := p.Parts[i].Table; t != nil {
			if err := x.table(t); err != nil {
				return err
			}
		}
	}
	_, err = x.f.WriteTo(w)
	return err
}

func (x *book) styles() error {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	right := &excelize.Alignment{Vertical: "top", Horizontal: "right"}
	money, date, pct := "#,##0.00", "yyyy-mm-dd", "0.##"
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&x.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}},
		{&x.head, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF1F4"}}, Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "1B1F24"}}}},
		{&x.bold, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top}},
		{&x.wrap, excelize.Style{Alignment: top}},
		{&x.number, excelize.Style{NumFmt: 3, Alignment: right}},
		{&x.money, excelize.Style{CustomNumFmt: &money, Alignment: right}},
		{&x.day, excelize.Style{CustomNumFmt: &date, Alignment: right}},
		{&x.pct, excelize.Style{CustomNumFmt: &pct, Alignment: right}},
	} {
		id, err := x.f.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.to = id
	}
	return nil
}

// front writes what is not a table.
func (x *book) front(sheet string, p *Paper) error {
	w, err := x.f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, 1, 40); err != nil {
		return err
	}
	if err := w.SetColWidth(2, 2, 90); err != nil {
		return err
	}
	at := 0
	put := func(style int, a, b string) error {
		at++
		row := []any{excelize.Cell{StyleID: style, Value: a}}
		if b != "" {
			row = append(row, excelize.Cell{StyleID: x.wrap, Value: b})
		}
		return w.SetRow("A"+strconv.Itoa(at), row)
	}
	rows := [][3]string{{"t", p.Title, ""}, {"", p.Subtitle, ""}}
	for _, part := range p.Parts {
		if part.Heading != "" && (len(part.Text)+len(part.Facts) > 0 || part.Signature != nil) {
			rows = append(rows, [3]string{}, [3]string{"b", part.Heading, ""})
		}
		for _, s := range part.Text {
			rows = append(rows, [3]string{"", "", s})
		}
		for _, f := range part.Facts {
			rows = append(rows, [3]string{"", f.Name, f.Value})
		}
		if s := part.Signature; s != nil {
			for _, l := range s.Lines {
				rows = append(rows, [3]string{"", l.Name, strings.Join(l.Blanks, " ____________________   ") + " ____________________"})
			}
			rows = append(rows, [3]string{"", s.Stamp, ""})
		}
	}
	rows = append(rows, [3]string{}, [3]string{"", p.Foot, ""})
	for _, r := range rows {
		style := map[string]int{"t": x.title, "b": x.bold}[r[0]]
		if err := put(style, r[1], r[2]); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (x *book) table(t *Table) error {
	name := x.sheetName(t.Sheet)
	if _, err := x.f.NewSheet(name); err != nil {
		return err
	}
	w, err := x.f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	at := 0
	head := []any{}
	for _, c := range t.Columns {
		head = append(head, excelize.Cell{StyleID: x.head, Value: c.Name})
		at++
		if err := w.SetColWidth(at, at, min(max(12, 5*c.Share), 60)); err != nil {
			return err
		}
	}
	if err := w.SetRow("A1", head); err != nil {
		return err
	}
	for i, r := range t.Rows {
		row := []any{}
		for _, c := range r.Cells {
			row = append(row, x.cell(c, r.Strong))
		}
		if err := w.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			return err
		}
	}
	return w.Flush()
}

// cell gives a number as a number where a spreadsheet keeps all of it.
func (x *book) cell(c Cell, strong bool) excelize.Cell {
	text := c.Text
	if c.Note != "" {
		text = strings.TrimSpace(text + "\n" + c.Note)
	}
	look := x.wrap
	if strong || c.Bold {
		look = x.bold
	}
	digits := len(strings.Trim(strings.ReplaceAll(c.Value, ".", ""), "-0"))
	switch c.Kind {
	case Whole, Money, Percent:
		if v, err := strconv.ParseFloat(c.Value, 64); err == nil && digits <= exactDigits {
			return excelize.Cell{StyleID: map[Kind]int{Whole: x.number, Money: x.money, Percent: x.pct}[c.Kind], Value: v}
		}
		if c.Value != "" {
			text = c.Value
		}
	case Date:
		if d, err := period.ParseDate(c.Value); err == nil {
			return excelize.Cell{StyleID: x.day, Value: int(d) + excelEpoch}
		}
	}
	return excelize.Cell{StyleID: look, Value: text}
}

// excelEpoch is 1970-01-01 as a spreadsheet counts days.
const excelEpoch = 25569

// sheetName makes a name that spreadsheet programs accept and that is not there
// yet.
func (x *book) sheetName(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
			return '-'
		}
		return r
	}, s), "' ")
	cut := func(n int) string {
		if r := []rune(s); len(r) > n {
			return strings.TrimSpace(string(r[:n]))
		}
		return s
	}
	name := cut(31)
	if name == "" {
		name = "1"
	}
	for i := 2; x.names[strings.ToLower(name)]; i++ {
		name = cut(27) + " " + strconv.Itoa(i)
	}
	x.names[strings.ToLower(name)] = true
	return name
}
