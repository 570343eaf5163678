package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/shanyraq/shanyraq/fault"
)

func itoa(n int) string { return strconv.Itoa(n) }

// part is one part of a workbook made by hand.
type part struct{ name, body string }

const (
	rels     = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="/xl/styles.xml"/></Relationships>`
	oneSheet = `<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

// packed makes a workbook of parts.
func packed(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSheet makes a workbook whose only sheet is given as XML.
func withSheet(t testing.TB, sheet string, more ...part) []byte {
	t.Helper()
	return packed(t, append([]part{{"xl/workbook.xml", oneSheet}, {"xl/_rels/workbook.xml.rels", rels}, {"xl/worksheets/sheet1.xml", sheet}}, more...)...)
}

func data(rows string) string { return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>" }

// A workbook made by another library, with all that people put into cells.
func TestWorkbook(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	set := func(cell string, v any) {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	look := func(cell string, s excelize.Style) {
		id, err := f.NewStyle(&s)
		if err == nil {
			err = f.SetCellStyle("Sheet1", cell, cell, id)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	format := func(code string) excelize.Style { return excelize.Style{CustomNumFmt: &code} }
	set("A1", "measure")
	set("B1", "Өлім <&> \"x\"\nline")
	set("A3", 1740000000)
	set("B3", 63.3)
	set("C3", true)
	set("E3", "last") // D3 stays empty
	when := time.Date(2025, 10, 31, 0, 0, 0, 0, time.UTC)
	for cell, code := range map[string]string{"A4": "dd.mm.yyyy", "B4": "mmm-yy", "C4": "yyyy", "D4": `[$-419]d mmmm yyyy" г."`} {
		set(cell, when)
		look(cell, format(code))
	}
	set("A5", 0.125)
	look("A5", excelize.Style{NumFmt: 10})
	set("B5", -0.633)
	look("B5", format("0.0%"))
	set("C5", 1234.5)
	look("C5", format(`#,##0.00 "тг"`))
	set("D5", when.Add(90*time.Minute))
	look("D5", format("yyyy-mm-dd hh:mm"))
	if err := f.SetCellFormula("Sheet1", "A6", "SUM(A3:A3)"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellRichText("Sheet1", "B6", []excelize.RichTextRun{{Text: "Қара"}, {Text: "ғанды", Font: &excelize.Font{Bold: true}}}); err != nil {
		t.Fatal(err)
	}
	set("A8", "hidden")
	if err := f.SetRowVisible("Sheet1", 8, false); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Екінші"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("Екінші", "A1", "other"); err != nil {
		t.Fatal(err)
	}
	raw, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	want := `1: measure|Өлім <&> "x"` + "\nline\n" + `3: 1740000000#|63.3#|true||last
4: 2025-10-31@|2025-10@|2025@|2025-10-31@
5: 12.5%|-63.3%|1234.5#|2025-10-31T01:30:00@
6: ?|Қарағанды
8: hidden
`
	got, info := readAll(t, raw.Bytes(), Options{})
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if info.Format != XLSX || info.Sheet != "Sheet1" || len(info.Sheets) != 2 || info.Hidden != 1 {
		t.Errorf("%+v", info)
	}
	if got, _ := readAll(t, raw.Bytes(), Options{Sheet: "Екінші"}); got != "1: other\n" {
		t.Error(got)
	}
	if _, err := open(raw.Bytes(), Options{Sheet: "Үшінші"}); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "Sheet1, Екінші") {
		t.Error(err)
	}
}

func TestHiddenSheetIsNotTheFirst(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	if _, err := f.NewSheet("Shown"); err != nil {
		t.Fatal(err)
	}
	f.SetActiveSheet(1)
	if err := f.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	raw, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	r, err := open(raw.Bytes(), Options{})
	if err != nil || r.Info().Sheet != "Shown" {
		t.Error(r, err)
	}
}

// What we write another library reads.
func TestWrittenWorkbookIsReadByOthers(t *testing.T) {
	rows := [][]Cell{
		{{Text: "measure"}, {Text: "value"}, {Text: "note"}},
		{{Text: "beds.new"}, {"1740000000.55", Number}, {Text: "=1+1 & <ә>\r\n_x000D_"}},
		{{Text: "x"}, {"123456789012345678", Number}, {"=", Word}},
	}
	raw := written(t, XLSX, rows, WriterOptions{Sheet: "figures", Widths: []int{20, 10, 30}})
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("figures", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j, c := range row {
			if strings.ReplaceAll(got[i][j], "\r\n", "\n") != strings.ReplaceAll(c.Text, "\r\n", "\n") {
				t.Errorf("%s: %q, want %q", CellName(j, i+1), got[i][j], c.Text)
			}
		}
	}
	if kind, err := f.GetCellType("figures", "C2"); err != nil || kind == excelize.CellTypeFormula {
		t.Error("a text became a formula", kind, err)
	}
}

func TestNumbersOfSpreadsheets(t *testing.T) {
	for in, want := range map[string]string{
		"63.299999999999997": "63.3", "0.30000000000000004": "0.3", "1.7400000000000002E9": "1740000000", "5": "5", "-0": "0",
		"1E-7": "0.0000001", "123456789012345": "123456789012345", "0.1": "0.1", "-15.3": "-15.3", "4.0999999999999996": "4.1",
	} {
		got, _ := readAll(t, withSheet(t, data(`<row r="1"><c r="A1"><v>`+in+`</v></c></row>`)), Options{})
		if got != "1: "+want+"#\n" {
			t.Errorf("%s became %s", in, got)
		}
	}
}

func TestNumberFormats(t *testing.T) {
	for code, want := range map[string]style{
		"General": plainNumber, "0.00": plainNumber, "#,##0": plainNumber, `0" d"`: plainNumber, `0\d`: plainNumber, "0.00E+00": plainNumber,
		"dd.mm.yyyy": dayDate, "m/d/yy": dayDate, "mmm-yy": monthDate, `mmmm\ yyyy`: monthDate, "yyyy": yearDate, "h:mm": clockTime, "[h]:mm": clockTime,
		"[Red]0%": percentNumber, "0.0%;-0.0%": percentNumber, "[$-FC19]dd mmmm yyyy": dayDate, "mm:ss": clockTime, `"unclosed`: plainNumber,
	} {
		if got := styleOf(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, tc := range []struct {
		v    float64
		old  bool
		want string
	}{
		{1, false, "1900-01-01"}, {59, false, "1900-02-28"}, {61, false, "1900-03-01"}, {45961, false, "2025-10-31"}, {44499, true, "2025-10-31"}, {2958465, false, "9999-12-31"},
	} {
		b := &workbook{date904: tc.old}
		if got, ok := b.date(tc.v, dayDate); !ok || got != tc.want {
			t.Errorf("%v: %s, want %s", tc.v, got, tc.want)
		}
	}
	for _, v := range []float64{0, -1, 60, 2958466, 1e300} {
		if got, ok := (&workbook{}).date(v, dayDate); ok {
			t.Errorf("%v is %s", v, got)
		}
	}
}

func TestCellsByHand(t *testing.T) {
	texts := part{"xl/sharedStrings.xml", `<sst><si><t>one</t></si><si><r><t>tw</t></r><r><t xml:space="preserve">o </t></r><rPh><t>NO</t></rPh></si><si/></sst>`}
	for name, tc := range map[string]struct{ rows, want string }{
		"shared texts":                 {`<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="s"><v>2</v></c></row>`, "2: one||two \n"},
		"without names":                {`<row><c t="s"><v>0</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`, "1: one|2#\n2: 3#\n"},
		"formula with saved value":     {`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c></row>`, "1: 2#|a\n"},
		"formula without saved value":  {`<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>HYPERLINK("http://x")</f><v/></c></row>`, "1: ?|?\n"},
		"error":                        {`<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`, "1: #DIV/0!!\n"},
		"escapes":                      {`<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x000D_&#x41;&amp;lt;<![CDATA[<&]]></t></is></c></row>`, "1: a\rb_x000D_A&lt;<&\n"},
		"prefixes":                     {`<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>`, "1: 7#\n"},
		"comments":                     {`<!-- <row> --><row r="1"><?x y?><c r="A1"><v>7</v></c></row>`, "1: 7#\n"},
		"styled empty cells far away":  {`<row r="1"><c r="A1"><v>7</v></c><c r="XFD1" s="0"/></row>`, "1: 7#\n"},
		"ISO date":                     {`<row r="1"><c r="A1" t="d"><v>2025-10-31T00:00:00</v></c></row>`, "1: 2025-10-31@\n"},
		"not a number":                 {`<row r="1"><c r="A1"><v>NaN</v></c></row>`, "1: NaN!\n"},
		"greater than in an attribute": {`<row r="1" x="a>b"><c r="A1" y='"'><v>7</v></c></row>`, "1: 7#\n"},
	} {
		if got, _ := readAll(t, withSheet(t, data(tc.rows), texts), Options{}); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
