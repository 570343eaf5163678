package figures

import (
	"bytes"
	"encoding/csv"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

func look(t testing.TB, table string, headerRow int) *Survey {
	t.Helper()
	r, err := sheet.Open(strings.NewReader(table), int64(len(table)), sheet.Options{Name: "t.csv"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Look(r, headerRow)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What people send and how the columns are understood. The tables are then
// imported with nothing but the constants that no table says.
func TestProposal(t *testing.T) {
	for name, tc := range map[string]struct {
		table     string
		columns   map[string]string
		wide      int
		missing   string
		constants map[string]string
		figures   int
	}{
		"our own header": {"measure,place,period,kind,value,source\nbeds.new,KZ-35,2025,plan,5,BNS\n",
			map[string]string{"measure": "measure", "place": "place", "period": "period", "kind": "kind", "value": "value", "source": "source"}, 0, "", nil, 1},
		"Russian": {"Показатель;Регион;Год;Значение\nНовые койки;Карагандинская область;2024;12\nНовые койки;область Улытау;2024;7\n",
			map[string]string{"measure": "Показатель", "place": "Регион", "period": "Год", "value": "Значение"}, 0, "kind source", map[string]string{"kind": "actual", "source": "BNS"}, 2},
		"Kazakh": {"Көрсеткіш;Аймақ;Кезең;Мәні;Дереккөз;Түрі\nЖаңа төсектер;Қарағанды облысы;2024 ж. қаңтар;12;BNS;нақты\nЖаңа төсектер;Ұлытау облысы;2024 ж. ақпан;7;BNS;жоспар\n",
			map[string]string{"measure": "Көрсеткіш", "place": "Аймақ", "period": "Кезең", "value": "Мәні", "source": "Дереккөз", "kind": "Түрі"}, 0, "", nil, 2},
		"English, other words": {"Indicator,Territory,Time period,Obs. value,Type of figure\nNew beds,Karaganda Region,2024-01,12,fact\n",
			map[string]string{"measure": "Indicator", "place": "Territory", "period": "Time period", "value": "Obs. value", "kind": "Type of figure"}, 0, "source", map[string]string{"source": "BNS"}, 1},
		"a title above the header": {"Отчет о койках;;;\n;;;\nНаименование региона;Наименование показателя;Отчетный период;Количество\nКарагандинская область;Новые койки;1 квартал 2024 г.;12\n",
			map[string]string{"place": "Наименование региона", "measure": "Наименование показателя", "period": "Отчетный период", "value": "Количество"}, 0, "kind source", map[string]string{"kind": "actual", "source": "BNS"}, 1},
		"a column for each year": {"Регион;2022 год;2023 год;2024 год\nКарагандинская область;1;2;3\nобласть Улытау;4;;6\n",
			map[string]string{"place": "Регион"}, 3, "measure kind source", map[string]string{"measure": "beds.new", "kind": "actual", "source": "BNS"}, 5},
		"a column for each measure": {"Аймақ;Жыл;Жаңа төсектер;Туу коэффициенті\nҰлытау облысы;2023;5;17,5\nҚарағанды облысы;2024;6;16,2\n",
			map[string]string{"place": "Аймақ", "period": "Жыл"}, 2, "kind source", map[string]string{"kind": "actual", "source": "BNS"}, 4},
		"DHIS2": {"dataelement,period,orgunit,value\nbeds.new,202401,KZ-35,5\nbeds.new,202402,KZ-62,7\n",
			map[string]string{"measure": "dataelement", "period": "period", "place": "orgunit", "value": "value"}, 0, "kind source", map[string]string{"kind": "actual", "source": "DHIS2"}, 2},
		"only what stands in the cells tells": {"a;b;c;d\nNew beds;KZ-35;2024;150\nNew beds;KZ-62;2024;75\n",
			map[string]string{"measure": "a", "place": "b", "period": "c", "value": "d"}, 0, "kind source", map[string]string{"kind": "actual", "source": "BNS"}, 2},
		"merged places": {"Регион;Показатель;Год;Значение\nКарагандинская область;Новые койки;2023;1\n;Новые койки;2024;2\n;Новые койки;2025;3\nобласть Улытау;Новые койки;2023;4\n;Новые койки;2024;5\n;Новые койки;2025;6\n",
			map[string]string{"place": "Регион", "measure": "Показатель", "period": "Год", "value": "Значение"}, 0, "kind source", map[string]string{"kind": "plan", "source": "BNS"}, 6},
		"an annotated table": {"Регион;Показатель;Год;Значение;⚠ Ошибки\nобласть Улытау;Новые койки;2024;4;D2: wrong\n",
			map[string]string{"place": "Регион", "measure": "Показатель", "period": "Год", "value": "Значение"}, 0, "kind source", map[string]string{"kind": "actual", "source": "BNS"}, 1},
	} {
		p := Propose(look(t, tc.table, 0), world())
		if !maps.Equal(p.Mapping.Columns, tc.columns) || len(p.Mapping.Wide) != tc.wide || strings.Join(p.Missing, " ") != tc.missing || len(p.Unknown) > 0 {
			t.Errorf("%s: %+v, missing %v, unknown %v", name, p.Mapping, p.Missing, p.Unknown)
			continue
		}
		m := p.Mapping
		m.Constants = tc.constants
		if err := m.Check(); err != nil || len(Missing(&m)) > 0 {
			t.Errorf("%s: %v, missing %v", name, err, Missing(&m))
		}
		got := importText(t, tc.table, Options{Mapping: &m})
		if got.Err() != nil || len(got.Figures) != tc.figures {
			t.Errorf("%s: %v, %d figures\n%+v", name, got.Err(), len(got.Figures), m)
		}
		for _, n := range got.Notices {
			if n.Code == "column_unused" {
				t.Errorf("%s: %s", name, n.Message["en"])
			}
		}
	}
}

func TestProposalLeavesDoubtToPeople(t *testing.T) {
	p := Propose(look(t, "Регион;Показатель;Год;Значение\nКарагандинская обл;Койки новые;2024;4\nМарс;Новые койки;2024;5\n", 0), world())
	var got []string
	for _, u := range p.Unknown {
		hint := ""
		if len(u.Hints) > 0 {
			hint = u.Hints[0].Code
		}
		got = append(got, u.Column+" "+u.Text+" "+hint)
	}
	want := []string{"place Карагандинская обл KZ-35", "place Марс ", "measure Койки новые beds.new"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestFingerprintIsOfTheHeader(t *testing.T) {
	same := []string{"Регион;Январь 2024;Февраль 2024\nx;1;2\n", "регион;март 2025;апрель 2025\ny;5;6\nz;7;8\n", "Регион;Март 2025;Апрель 2025;⚠ Problems\ny;5;6;no\n"}
	for _, s := range same[1:] {
		if Fingerprint(look(t, same[0], 1)) != Fingerprint(look(t, s, 1)) {
			t.Errorf("another fingerprint: %q", s)
		}
	}
	if Fingerprint(look(t, same[0], 1)) == Fingerprint(look(t, "Район;Январь 2024;Февраль 2024\nx;1;2\n", 1)) {
		t.Error("the same fingerprint for another header")
	}
}

func TestPeriodWords(t *testing.T) {
	for in, want := range map[string]string{
		"2024": "2024", "2024 год": "2024", "2024 г.": "2024", "2024 ж.": "2024", "за 2024 год": "2024", "Январь 2024": "2024-01", "январь 2024 г.": "2024-01",
		"2024 ж. қаңтар": "2024-01", "қаңтар 2024": "2024-01", "December 2023": "2023-12", "Dec 2023": "2023-12", "01.2024": "", "1 квартал 2024": "2024-Q1", "I квартал 2024 г.": "2024-Q1",
		"IV тоқсан 2023": "2023-Q4", "2024 ж. 2-тоқсаны": "2024-Q2", "1 полугодие 2024": "2024-S1", "2024-03": "2024-03", "мая 2024": "2024-05",
		"2024 2025": "", "13": "", "койки": "", "2024 койки": "", "5 квартал 2024": "", "1204": "", "": "", "квартал": "",
	} {
		p, ok := PeriodWords(in)
		got := ""
		if ok {
			got = p.String()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPeriodIn(t *testing.T) {
	for in, want := range map[string]string{"Отчет о ходе работ за октябрь 2026 года": "2026-10", "2026 ж. қазан айына есеп": "2026-10", "Report for Q3 2026": "2026-Q3", "Итоги 2025 года": "2025", "2025 и 2026 годы": "",
		"Отчет": "", "Отчет № 12": "", "за I квартал 2026 г. (оперативные данные)": "2026-Q1", strings.Repeat("2026 ", 200): ""} {
		p, ok := PeriodIn(in)
		got := ""
		if ok {
			got = p.String()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Whatever stands in a table, the proposal is a mapping that contradicts nothing,
// and an import with it ends.
func FuzzPropose(f *testing.F) {
	f.Add("Регион;2022;2023\nKZ-35;1;2\n")
	f.Add("measure,place,value\n\"a\nb\",KZ,1\n")
	f.Add("=C,=C,,a,A\n1,2,3,4,5\n")
	f.Add("a\tb\n\n\n1\t2\n")
	f.Fuzz(func(t *testing.T, table string) {
		r, err := sheet.Open(strings.NewReader(table), int64(len(table)), sheet.Options{Name: "t.csv"})
		if err != nil {
			return
		}
		s, err := Look(r, 0)
		if err != nil {
			return
		}
		p := Propose(s, world())
		if err := p.Mapping.Check(); err != nil {
			t.Fatalf("%v\n%+v", err, p.Mapping)
		}
		p.Mapping.Constants = map[string]string{}
		for _, name := range p.Missing {
			if name != "value" {
				p.Mapping.Constants[name] = "x"
			}
		}
		if r, err = sheet.Open(strings.NewReader(table), int64(len(table)), sheet.Options{Name: "t.csv"}); err == nil {
			res, err := Read(t.Context(), r, Options{Catalogue: world(), Mapping: &p.Mapping})
			if err == nil && res.Rows > 0 && len(p.Missing) == 0 && len(res.Problems) == 0 && res.Taken == 0 && res.Skipped == 0 {
				t.Fatal("rows that became neither figures nor problems")
			}
			for _, problem := range res.Problems {
				if problem.Code == "header_missing" {
					t.Fatalf("the proposal names a header that is not there: %+v\n%+v", problem, p.Mapping)
				}
			}
		}
	})
}

func TestWide(t *testing.T) {
	table := "Регион,Койки,Койки,Рождаемость,x\nKZ-35,5,6,17.25,a\nKZ-99,1,2,3.25,b\nKZ-62,,-1,н/д,c\n"
	m := &Mapping{Columns: map[string]string{"place": "Регион"}, Constants: map[string]string{"kind": "actual", "source": "BNS"}, Empty: "skip", Ignore: []string{"x"},
		Wide: []Wide{{"=B", map[string]string{"measure": "beds.new", "period": "2023"}}, {"=C", map[string]string{"measure": "beds.new", "period": "2024"}},
			{"рождаемость", map[string]string{"measure": "births.rate", "period": "2024", "dimensions": "age=child"}}}}
	got := importText(t, table, Options{Mapping: m})
	var problems []string
	for _, p := range got.Problems {
		problems = append(problems, p.Cell+" "+p.Code)
	}
	if want := []string{"A3 place", "C4 negative_count", "D4 value_word"}; !slices.Equal(problems, want) {
		t.Errorf("problems %q, want %q", problems, want)
	}
	got = importText(t, "Регион,Койки,Койки,Рождаемость\nKZ-35,5,6,17.25\nKZ-62,,3,\n", Options{Mapping: m})
	var said []string
	for _, f := range got.Figures {
		said = append(said, strings.Join([]string{f.Measure, string(f.Place), f.Dimensions, f.Period.String(), f.Value.String()}, " "))
	}
	if want := []string{"beds.new KZ-35  2023 5", "beds.new KZ-35  2024 6", "births.rate KZ-35 age=child 2024 17.25", "beds.new KZ-62  2024 3"}; !slices.Equal(said, want) || got.Skipped != 0 {
		t.Errorf("%q, %d skipped, %v", said, got.Skipped, got.Err())
	}
	for name, bad := range map[string]Mapping{
		"a value and wide":     {Columns: map[string]string{"value": "v"}, Wide: []Wide{{Header: "x"}}},
		"twice":                {Wide: []Wide{{Header: "x"}, {Header: " X "}}},
		"a header of nothing":  {Wide: []Wide{{Header: ""}}},
		"a header for a value": {Wide: []Wide{{"x", map[string]string{"value": "1"}}}},
		"said twice":           {Columns: map[string]string{"period": "p"}, Wide: []Wide{{"x", map[string]string{"period": "2024"}}}},
		"a header far down":    {HeaderRow: 5000},
		"fill of the value":    {Fill: []string{"value"}},
	} {
		if bad.Check() == nil {
			t.Errorf("%s: no fault", name)
		}
	}
}

// Each figure is handed over as it is read, and what follows a problem too: the
// one who takes them throws them away. A row that repeats the cell of an earlier
// one is found although the figures are not kept.
func TestTakeAndReport(t *testing.T) {
	var taken, reported []string
	o := Options{Leave: func(row int) bool { return row == 5 }, Writable: nil}
	o.Take = func(f *ledger.Figure) error { taken = append(taken, string(f.Place)+" "+f.Value.String()); return nil }
	o.Report = func(p Problem) error { reported = append(reported, p.Cell+" "+p.Code); return nil }
	head := "measure,place,period,kind,value,source\n"
	got := importText(t, head+"beds.new,KZ-35,2025,plan,1,BNS\nbeds.new,KZ-62,2025,plan,x,BNS\nbeds.new,KZ-35,2025,plan,2,BNS\nbeds.new,KZ-99,2025,plan,2,BNS\nbeds.new,KZ-62,2025,plan,3,BNS\n", o)
	if want := []string{"KZ-35 1", "KZ-62 3"}; !slices.Equal(taken, want) {
		t.Errorf("taken %q", taken)
	}
	if want := []string{"E3 value_word", "E4 said_twice"}; !slices.Equal(reported, want) {
		t.Errorf("reported %q", reported)
	}
	if got.Taken != 2 || got.Left != 1 || got.Faulty != 2 || got.Figures != nil {
		t.Errorf("%+v", got)
	}
	n := 0
	many := importText(t, head+strings.Repeat("beds.new,KZ-99,2025,plan,1,BNS\n", MaxProblems+10), Options{Report: func(Problem) error { n++; return nil }})
	if n != MaxProblems+10 || many.More != 10 || many.Faulty != n {
		t.Errorf("%d reported, %d more, %d rows", n, many.More, many.Faulty)
	}
}

func TestTerritory(t *testing.T) {
	got := importText(t, "measure,place,period,kind,value,source\nbeds.new,KZ-35,2025,plan,1,BNS\nbeds.new,KZ-62,2025,plan,2,BNS\n", Options{Writable: func(at place.ID) bool { return at == "KZ-62" }})
	if len(got.Problems) != 1 || got.Problems[0].Code != "territory" || got.Problems[0].Cell != "B2" || !strings.Contains(got.Problems[0].Message["en"], "KZ-35") || got.Figures != nil {
		t.Errorf("%+v", got.Problems)
	}
}

// An annotated table names each problem beside its row, colours the cell in a
// workbook, and can be imported again as it is once the cells are corrected.
func TestAnnotate(t *testing.T) {
	table := "Отчет;;;;;\n\nmeasure;place;period;kind;value;source\nbeds.new;KZ-35;2025;plan;=1+1;BNS\nbeds.new;KZ-62;2025;plan;7;BNS\n@cmd;KZ-62;2025;plan;7;BNS\n"
	m := &Mapping{HeaderRow: 3}
	res := importText(t, table, Options{Mapping: m})
	byRow := map[int][]Problem{}
	for _, p := range res.Problems {
		byRow[p.Row] = append(byRow[p.Row], p)
	}
	for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		var b bytes.Buffer
		r, _ := sheet.Open(strings.NewReader(table), int64(len(table)), sheet.Options{Name: "t.csv"})
		if err := Annotate(&b, r, Annotation{Format: format, Delimiter: ';', Lang: "ru", HeaderRow: 3, Problems: func(row int) []Problem { return byRow[row] }}); err != nil {
			t.Fatal(err)
		}
		if format == sheet.CSV {
			c := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b.Bytes(), []byte("\ufeff"))))
			c.Comma, c.FieldsPerRecord = ';', -1
			rows, err := c.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				for _, cell := range row {
					if cell != "" && strings.ContainsAny(cell[:1], "=@+-") {
						t.Errorf("a formula in the annotated file: %q", cell)
					}
				}
			}
		}
		annotated, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), sheet.Options{Name: "a"})
		if err != nil {
			t.Fatal(err)
		}
		rows := map[int][]string{}
		for {
			row, err := annotated.Next()
			if err != nil {
				break
			}
			for _, c := range row.Cells {
				rows[row.Number] = append(rows[row.Number], c.Text)
			}
		}
		if rows[3][6] != "⚠ Ошибки" || !strings.HasPrefix(rows[4][6], "E4: ") || len(rows[5]) > 6 && rows[5][6] != "" || !strings.HasPrefix(rows[6][6], "A6: ") || rows[4][4] != "=1+1" {
			t.Errorf("%s: %v", format, rows)
		}
		again, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), sheet.Options{Name: "a"})
		if err != nil {
			t.Fatal(err)
		}
		edits := sheet.Edits{}
		edits.Put(4, 4, "5")
		edits.Put(6, 0, "beds.new")
		edits.Put(6, 2, "2024")
		got, err := Read(t.Context(), sheet.WithEdits(again, edits), Options{Catalogue: world(), Mapping: m})
		if err != nil || got.Err() != nil || len(got.Figures) != 3 {
			t.Errorf("%s: %v %v, %d figures", format, err, got.Err(), len(got.Figures))
		}
	}
}
