package sheet

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
)

// A file in KZ-1048 is told from Windows-1251 by Kazakh letters inside of words.
// The bytes were written by the codec kz1048 of Python.
func TestKZ1048(t *testing.T) {
	kazakh := "\x8d\xe0\xf0\xe0\xe3\xe0\xed\xe4\xfb;\xa1\xeb\xfb\xf2\xe0\xf3;\xa3\xeb\xb3\xec;\xa8\xeb\xea\xe0;\xba\xe0\xf1\xfb\xf0;\xbc\xeb\xe5\xec;\xe5\xbe;\xb4\xeb\xb3\xec\n"
	for name, tc := range map[string]struct {
		raw  string
		o    Options
		want text.Encoding
		cell string
	}{
		"Kazakh":                  {kazakh, Options{}, text.KZ1048, "Қараганды Ұлытау Әлім Ёлка ғасыр әлем ең өлім"},
		"Kazakh, but told not to": {kazakh, Options{Encoding: text.Windows1251}, text.Windows1251, "Ќараганды Ўлытау Јлім Ёлка єасыр јлем еѕ ґлім"},
		"Russian":                 {"\xca\xe0\xf0\xe0\xe3\xe0\xed\xe4\xe0;\xb98\n", Options{}, text.Windows1251, "Караганда №8"},
		"Russian, told otherwise": {"\xca\xe0\xf0\xe0\xe3\xe0\xed\xe4\xe0;\xb98\n", Options{Encoding: text.KZ1048}, text.KZ1048, "Караганда №8"},
		"UTF-8, told otherwise":   {"Қарағанды;x\n", Options{Encoding: text.KZ1048}, text.UTF8, "Қарағанды x"},
	} {
		r, err := open([]byte(tc.raw), tc.o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		row, err := r.Next()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		if got := strings.Join(cells, " "); got != tc.cell || r.Info().Encoding != tc.want {
			t.Errorf("%s: %q as %s", name, got, r.Info().Encoding)
		}
	}
}

func TestMacrosAreRefused(t *testing.T) {
	for _, name := range []string{"xl/vbaProject.bin", "XL/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"} {
		_, err := open(withSheet(t, data(""), part{name, "x"}), Options{})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "macros") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMergedAndHidden(t *testing.T) {
	two := strings.Replace(oneSheet, "</sheets>", `<sheet name="inner &amp; secret" sheetId="2" state="veryHidden" r:id="rId1"/></sheets>`, 1)
	body := strings.Replace(data(`<row r="1"><c r="A1"><v>7</v></c></row>`), "</worksheet>", `<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A2:A9"/></mergeCells></worksheet>`, 1)
	raw := packed(t, part{"xl/workbook.xml", two}, part{"xl/_rels/workbook.xml.rels", rels}, part{"xl/worksheets/sheet1.xml", body})
	r, err := open(raw, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all(r); err != nil {
		t.Fatal(err)
	}
	i := r.Info()
	if i.Merged != 2 || len(i.Concealed) != 1 || i.Concealed[0] != "inner & secret" || len(i.Sheets) != 2 {
		t.Errorf("%+v", i)
	}
}

func TestParseCell(t *testing.T) {
	for _, name := range []string{"A1", "Z9", "AA10", "ALL5000000"} {
		c, r, ok := ParseCell(name)
		if !ok || CellName(c, r) != name {
			t.Errorf("%s: %d %d %t", name, c, r, ok)
		}
	}
	for _, name := range []string{"", "A", "1", "A0", "A01", "A1x", "ALM1", "A5000001", "A99999999999999999999", "ÄA1", "A-1", "A 1"} {
		if c, r, ok := ParseCell(name); ok {
			t.Errorf("%q is no cell: %d %d", name, c, r)
		}
	}
}

// An edit takes the place of a cell, also of one beyond the end of its row.
func TestEdits(t *testing.T) {
	e := Edits{}
	e.Put(1, 0, "x")
	e.Put(2, 3, "y")
	e.Put(9, 0, "nowhere")
	r, err := open([]byte("a,b\nc,d\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := all(WithEdits(r, e))
	if plain, _ := open([]byte("x,b\nc,d,,y\n"), Options{}); err == nil {
		want, _ := all(plain)
		if rows != want {
			t.Errorf("%s, want %s", rows, want)
		}
	} else {
		t.Error(err)
	}
}

func TestMarkedCells(t *testing.T) {
	var b bytes.Buffer
	w, err := NewWriter(&b, XLSX, WriterOptions{Header: 2, Marked: func(row, column int) bool { return row == 3 && column < 2 }})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]Cell{{{Text: "title"}}, {{Text: "n"}, {Text: "s"}, {Text: "t"}}, {{Text: "5", Kind: Number}, {}, {Text: "=1"}}} {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := open(b.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.(*xlsxReader).xml.in)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`ySplit="2" topLeftCell="A3"`, `<c r="A3" s="4"><v>5</v></c><c r="B3" s="3"/><c r="C3" s="2" t="inlineStr">`, `<c r="A2" s="1"`} {
		if !strings.Contains(string(body), want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
}
