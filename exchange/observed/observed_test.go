package observed

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// find knows two towns and one name that two villages have.
func find(s string) Found {
	switch s {
	case "A", "Балхаш", "Балқаш":
		return Found{Place: "A", Alike: 1}
	case "B":
		return Found{Place: place.ID(s)}
	case "Карасу":
		return Found{Choice: lang.Text{lang.KK: "Қарасу, X (GN1); Қарасу, Y (GN2)", lang.RU: "Карасу, X (GN1); Карасу, Y (GN2)", lang.EN: "Karasu, X (GN1); Karasu, Y (GN2)"}}
	}
	return Found{}
}

func read(t testing.TB, text string) *Table {
	t.Helper()
	in, err := sheet.Open(strings.NewReader(text), int64(len(text)), sheet.Options{Name: "t.csv"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(in, find)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRead(t *testing.T) {
	got := read(t, "Откуда;Куда;Минут;Сезон;Транспорт;Источник;Заметка\nБалхаш;B;262,5;зимой;;журнал водителя;x\n\nB;A;180;;Скорая;отчёт;\n")
	if len(got.Problems) > 0 || got.Read != 2 || !slices.Equal(got.Ignored, []string{"Заметка"}) {
		t.Fatalf("%+v", got)
	}
	if o := got.Rows[0]; o.Number != 2 || o.From != "A" || o.To != "B" || o.Minutes != 262.5 || o.Season != access.Winter || o.Mode != access.ByCar || o.Source != "журнал водителя" || o.AlikeFrom != 1 {
		t.Errorf("%+v", o)
	}
	if o := got.Rows[1]; o.Number != 4 || o.Season != "" || o.Mode != access.ByAmbulance {
		t.Errorf("%+v", o)
	}
}

// A workbook is read like a CSV file.
func TestReadWorkbook(t *testing.T) {
	var b bytes.Buffer
	w, err := sheet.NewWriter(&b, sheet.XLSX, sheet.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{{"from", "to", "minutes", "source", "date"}, {"A", "B", "150", "log", "2025-10"}} {
		var cells []sheet.Cell
		for i, s := range row {
			c := sheet.Cell{Text: s}
			if i == 2 && s == "150" {
				c.Kind = sheet.Number
			}
			cells = append(cells, c)
		}
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, b.String()); len(got.Rows) != 1 || got.Rows[0].Minutes != 150 || got.Rows[0].Date != "2025-10" {
		t.Errorf("%+v", got)
	}
}

// Each fault names its row, column and remedy in three languages; one is enough
// for the whole table.
func TestRefused(t *testing.T) {
	const head = "from,to,minutes,season,vehicle,class,source,date\nA,B,150,,,,log,\n"
	for name, tc := range map[string]struct{ text, code, column, field string }{
		"no minutes at all":      {"from,to,source\nA,B,log\n", "header", "", ""},
		"a column twice":         {"from,to,minutes,min,source\n", "twice", "", ""},
		"no journey":             {"from,to,minutes,source\n", "empty", "", ""},
		"an unknown place":       {head + "A,Nowhere,1,,,,log,\n", "place", "B", "to"},
		"a name of two":          {head + "Карасу,B,1,,,,log,\n", "several", "A", "from"},
		"from nowhere":           {head + ",B,1,,,,log,\n", "missing", "A", "from"},
		"to where it began":      {head + "A,Балқаш,1,,,,log,\n", "same", "B", "to"},
		"hours with a colon":     {head + "A,B,2:30,,,,log,\n", "number", "C", "minutes"},
		"not a number":           {head + "A,B,NaN,,,,log,\n", "number", "C", "minutes"},
		"no time":                {head + "A,B,0,,,,log,\n", "range", "C", "minutes"},
		"more than a week":       {head + "A,B,20000,,,,log,\n", "range", "C", "minutes"},
		"spring":                 {head + "A,B,1,spring,,,log,\n", "season", "D", "season"},
		"a camel":                {head + "A,B,1,,camel,,log,\n", "vehicle", "E", "vehicle"},
		"a track":                {head + "A,B,1,,,track,log,\n", "class", "F", "class"},
		"nobody said so":         {head + "A,B,1,,,,,\n", "source", "G", "source"},
		"a source like a novel":  {head + "A,B,1,,,," + strings.Repeat("x", 301) + ",\n", "long", "G", "source"},
		"a day that was not yet": {head + "A,B,1,,,,log,soon\n", "date", "H", "date"},
	} {
		got := read(t, tc.text)
		if len(got.Rows) != 0 || len(got.Problems) != 1 {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		p := got.Problems[0]
		if p.Code != tc.code || p.Column != tc.column || p.Field != tc.field {
			t.Errorf("%s: %+v", name, p)
		}
		if strings.HasPrefix(tc.text, head) && p.Row != 3 {
			t.Errorf("%s: row %d", name, p.Row)
		}
		for _, c := range lang.Codes() {
			if p.Text[c] == "" || strings.Contains(p.Text[c], "{what}") {
				t.Errorf("%s: %q in %s", name, p.Text[c], c)
			}
		}
	}
}

// Of a long table that is all wrong the first faults are listed and the rest is
// counted; a table that is too long is refused.
func TestBounds(t *testing.T) {
	got := read(t, "from,to,minutes,source\n"+strings.Repeat("A,Nowhere,1,log\n", 300))
	if len(got.Problems) != MaxProblems || got.More != 200 {
		t.Errorf("%d listed, %d more", len(got.Problems), got.More)
	}
	got = read(t, "from,to,minutes,source\n"+strings.Repeat("A,B,1,log\n", MaxJourneys+1))
	if len(got.Problems) != 1 || got.Problems[0].Code != "too_many" || got.Rows != nil {
		t.Errorf("%+v", got.Problems)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("from,to,minutes,season,vehicle,class,source,date\nA,B,150,winter,car,main,log,2025\n")
	f.Add("from;to;minutes;source\nКарасу;B;1e3;x\n")
	f.Fuzz(func(t *testing.T, text string) {
		in, err := sheet.Open(strings.NewReader(text), int64(len(text)), sheet.Options{Name: "t.csv"})
		if err != nil {
			return
		}
		got, err := Read(in, find)
		if err != nil {
			return
		}
		if len(got.Problems) > 0 && len(got.Rows) > 0 || len(got.Rows) > MaxJourneys {
			t.Fatalf("%+v", got)
		}
		for _, r := range got.Rows {
			if err := r.Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
