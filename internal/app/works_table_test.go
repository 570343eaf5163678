package app

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/exchange/worksheet"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

func takeTable(t *testing.T, a *App, table string, o WorksImport) *WorksReceipt {
	t.Helper()
	got, err := a.ImportWorks(local(), "table.csv", strings.NewReader(table), int64(len(table)), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range got.Problems {
		for _, c := range lang.Codes() {
			if p.Text[c] == "" || strings.Contains(p.Text[c], "{a}") {
				t.Errorf("%+v", p)
			}
		}
	}
	return got
}

func wrongs(r *WorksReceipt) string {
	var out []string
	for _, p := range r.Problems {
		out = append(out, fmt.Sprintf("%d %s %s", p.Row, p.Field, p.Code))
	}
	return strings.Join(out, "; ")
}

// A region sends its list of objects, then payments, stages and statuses.
func TestTablesOfWorks(t *testing.T) {
	a := site(t)
	list := "Код;Наименование объекта;Вид;Регион;Стоимость, млн тенге;Срок ввода;Готовность;На дату;Подрядчик\n" +
		"rehab-centre;Центр реабилитации;реконструкция;KZ-35;272,1;28.02.2026;96 %;22.12.2025;ТОО Құрылыс\n" +
		";Амбулатория;строительство;KZ-35;100;01.03.2027;;;\n"
	dry := takeTable(t, a, list, WorksImport{Kind: worksheet.Works, DryRun: true})
	if wrongs(dry) != "" || dry.Written || dry.Good != 2 {
		t.Fatalf("dry run: %s %+v", wrongs(dry), dry)
	}
	got := takeTable(t, a, list, WorksImport{Kind: worksheet.Works})
	if wrongs(got) != "" || !got.Written || got.Works != 2 || got.Lines != 5 || len(got.Became) != 2 || strings.Join(got.Became[0].What, " ") != "record price deadline status" {
		t.Fatalf("%s %+v", wrongs(got), got)
	}
	if again := takeTable(t, a, list, WorksImport{Kind: worksheet.Works}); again.Works != 0 || again.Lines != 0 || wrongs(again) != "" {
		t.Errorf("a second time: %+v %s", again, wrongs(again))
	}
	moved := strings.Replace(list, "28.02.2026", "28.02.2027", 1)
	if r := takeTable(t, a, moved, WorksImport{Kind: worksheet.Works}); wrongs(r) != "2 deadline refused" || r.Written {
		t.Errorf("a deadline that moves without a reason: %s", wrongs(r))
	}
	if r := takeTable(t, a, moved, WorksImport{Kind: worksheet.Works, Reason: "winter"}); wrongs(r) != "" || r.Lines != 1 {
		t.Errorf("with a reason: %s %+v", wrongs(r), r)
	}
	money := "Объект,Дата,Вид платежа,Источник финансирования,Сумма,Назначение платежа,Документ\n" +
		"Центр реабилитации,2026-01-10,выделено,Областной бюджет,200000000,,Решение маслихата\n" +
		"Центр реабилитации,2026-02-10,оплачено,Областной бюджет,150000000.55,frame,\n" +
		"Больница Кокжар,2026-02-10,оплачено,Областной бюджет,1,,\n" +
		"Итого,,,,350000001.55,,\n"
	if r := takeTable(t, a, money, WorksImport{Kind: worksheet.Lines}); wrongs(r) != "" || r.Lines != 3 || r.Works != 0 || r.Totals != 1 {
		t.Errorf("money: %s %+v", wrongs(r), r)
	}
	f, err := a.workFile(t.Context(), "rehab-centre")
	if err != nil {
		t.Fatal(err)
	}
	s, err := works.At(&f.Work, f.lines, period.NewDate(2026, 11, 23), noTime)
	if err != nil || s.Money.Of(works.Paid).Amount != 15000000055 || s.Ready.Percent.String() != "96" || len(f.Parties) != 1 {
		t.Errorf("%+v %v", s.Money.Of(works.Paid), err)
	}
	stages := "work,stage,start,finish,weight\nrehab-centre,repair,2026-01-01,2026-06-30,60\nrehab-centre,interior,2026-07-01,2026-09-30,40\n"
	if r := takeTable(t, a, stages, WorksImport{Kind: worksheet.Stages}); wrongs(r) != "" || r.Works != 1 {
		t.Errorf("stages: %s %+v", wrongs(r), r)
	}
	if r := takeTable(t, a, strings.Replace(stages, "06-30", "08-30", 1), WorksImport{Kind: worksheet.Stages}); wrongs(r) != "2 reason baseline_reason" {
		t.Errorf("a second baseline: %s", wrongs(r))
	}
	statuses := "work,stage,on,percent\nrehab-centre,repair,2026-02-01,40\nrehab-centre,frame,2026-02-01,40\nrehab-centre,repair,2026-03-01,30\n"
	r := takeTable(t, a, statuses, WorksImport{Kind: worksheet.Statuses})
	if wrongs(r) != "3 percent refused; 4 percent refused" || r.Written || r.Faulty != 2 {
		t.Errorf("statuses: %s %+v", wrongs(r), r)
	}
	if r = takeTable(t, a, statuses, WorksImport{Kind: worksheet.Statuses, Partial: true}); !r.Written || r.Lines != 1 {
		t.Errorf("partial: %+v", r)
	}
}

// 50,000 payments of 500 works in a workbook are taken, on both engines.
func TestFiftyThousandRows(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	eachEngine(t, fiftyThousand)
}

func fiftyThousand(t *testing.T, fresh func(testing.TB) string) {
	a := over(t, fresh(t))
	if _, err := a.LoadCountry(t.Context(), kz.Pack()); err != nil {
		t.Fatal(err)
	}
	var changes []WorkChange
	for i := range 500 {
		w := works.Work{ID: works.ID(fmt.Sprintf("clinic-%03d", i)), Level: works.Project, Kind: works.NewBuilding, Condition: works.Active, Title: lang.Text{lang.EN: fmt.Sprintf("Clinic %d", i)}, Place: "KZ-35", Synthetic: true}
		changes = append(changes, WorkChange{ID: w.ID, Record: &w})
	}
	if _, err := a.ChangeWorks(local(), "test", "clinics", changes); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := sheet.NewWriter(&b, sheet.XLSX, sheet.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	row := func(cells ...sheet.Cell) {
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	word := func(s string) sheet.Cell { return sheet.Cell{Text: s} }
	row(word("work"), word("on"), word("kind"), word("source"), word("amount"), word("reference"))
	for i := range 50_000 {
		row(word(fmt.Sprintf("clinic-%03d", i%500)), sheet.Cell{Text: "2026-03-05", Kind: sheet.Date}, word("paid"), word("regional-budget"), sheet.Cell{Text: fmt.Sprint(i + 1), Kind: sheet.Number}, word(fmt.Sprint("P", i)))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	rows := 0
	start := time.Now()
	got, err := a.ImportWorks(local(), "big.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len()), WorksImport{Kind: worksheet.Lines, Progress: func(n int) { rows = n }})
	took := time.Since(start)
	if err != nil || got.Lines != 50_000 || rows < 40_000 {
		t.Fatalf("%v %d lines, progress %d, %s", err, got.Lines, rows, wrongs(got))
	}
	// The bar is 15 seconds of a quiet machine; tests share theirs with others.
	t.Logf("50,000 rows in %s", took)
	if took > time.Minute {
		t.Errorf("50,000 rows took %s", took)
	}
}
