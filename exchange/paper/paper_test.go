package paper

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/carlos7ags/folio/reader"
	"github.com/xuri/excelize/v2"

	"github.com/shanyraq/shanyraq/lang"
)

const letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі№₸«»–ёЁ"

func list(rows int) *Paper {
	t := &Table{Sheet: "Кесте: 1/2", Columns: []Column{{Name: "№", Share: 1, Right: true}, {Name: letters, Share: 4}, {Name: "Құны, ₸", Share: 2, Right: true}, {Name: "Күні", Share: 1}}}
	for i := range rows {
		n := fmt.Sprint(i + 1)
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: n, Kind: Whole, Value: n}, {Text: "=1+1 " + strings.Repeat("ұзынсөз", 30), Note: "note"}, {Text: "1 000,25", Kind: Money, Value: "1000.25"}, {Text: "08.03.2026", Kind: Date, Value: "2026-03-08"}}})
	}
	return &Paper{Lang: lang.KK, Title: "Есеп", Subtitle: letters, Made: time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC), First: "Ашық", Running: "Есеп", Foot: "hash", Page: "{pages} беттің {page}-беті",
		Parts: []Part{{Heading: "Кесте", Text: []string{"\u0001bell \u4e2d \u22125 ≥ 7"}, Table: t}, {Heading: "Қол", Signature: &Signature{Lines: []Line{{Name: "Басшы", Blanks: []string{"қолы", "күні"}}}, Stamp: "М.О."}}}}
}

// Every page has its number and the header of the table; a word that is wider
// than its column is broken, and nothing is lost.
func TestPagesOfALongTable(t *testing.T) {
	var a, b bytes.Buffer
	if err := PDF(&a, list(120)); err != nil {
		t.Fatal(err)
	}
	if err := PDF(&b, list(120)); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same paper gives other bytes", err)
	}
	r, err := reader.Parse(a.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	pages, words := r.PageCount(), 0
	for i := range pages {
		p, err := r.Page(i)
		if err != nil {
			t.Fatal(err)
		}
		s, err := p.ExtractText()
		if err != nil {
			t.Fatal(err)
		}
		s = strings.NewReplacer(" ", "", "\n", "", "\u00a0", "").Replace(s)
		words += strings.Count(s, "ұзынсөз")
		if want := fmt.Sprintf("%dбеттің%d-беті", pages, i+1); !strings.Contains(s, want) {
			t.Errorf("page %d lacks %s", i+1, want)
		}
		if i == 0 && !strings.Contains(s, letters) {
			t.Errorf("letters are lost: %.200s", s)
		}
		if i == 0 && !strings.Contains(s, "bell?–5>=7") {
			t.Errorf("signs are lost: %.200s", s)
		}
		if i < pages-1 && !strings.Contains(s, "Құны,₸") {
			t.Errorf("page %d lacks the header of the table", i+1)
		}
	}
	if pages < 5 || words < 120*25 {
		t.Errorf("%d pages, %d words", pages, words)
	}
}

// Numbers and days are numbers in a workbook, texts never formulas.
func TestWorkbook(t *testing.T) {
	var b bytes.Buffer
	if err := XLSX(&b, list(2)); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); len(got) != 2 || got[0] != "Есеп" || got[1] != "Кесте- 1-2" {
		t.Errorf("sheets %q", got)
	}
	raw := excelize.Options{RawCellValue: true}
	for cell, want := range map[string]string{"A2": "1", "C2": "1000.25", "D2": "46089"} {
		if got, err := f.GetCellValue("Кесте- 1-2", cell, raw); err != nil || got != want {
			t.Errorf("%s: %q, %v", cell, got, err)
		}
	}
	if formula, _ := f.GetCellFormula("Кесте- 1-2", "B2"); formula != "" {
		t.Error("a text became a formula")
	}
	if p, err := f.GetPanes("Кесте- 1-2"); err != nil || !p.Freeze || p.YSplit != 1 {
		t.Errorf("the header does not stay: %+v %v", p, err)
	}
}
