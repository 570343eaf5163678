package worksheet

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

// names is a catalogue of a few codes and names.
type names map[string]string

func (n names) Named(column, text string) (string, bool) {
	code, ok := n[column+" "+strings.ToLower(text)]
	return code, ok
}

func (n names) Near(column, text string) string {
	if strings.HasPrefix(text, "balk") {
		return "balkhash-hub"
	}
	return ""
}

var known = names{"work balkhash-hub": "balkhash-hub", "work балхаш": "balkhash-hub", "work kokzhar": "kokzhar", "place kz-35": "KZ-35", "place қарағанды облысы": "KZ-35", "source special-state-fund": "special-state-fund",
	"source специальный государственный фонд": "special-state-fund", "source областной бюджет": "regional-budget", "source regional-budget": "regional-budget", "facility crb": "crb", "office akimat": "akimat"}

func read(t testing.TB, kind Kind, text string, m *Mapping) *Result {
	t.Helper()
	table, err := sheet.Open(bytes.NewReader([]byte(text)), int64(len(text)), sheet.Options{Name: "t.csv"})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(context.Background(), table, kind, Options{Catalogue: known, Mapping: m, Currency: money.KZT, Today: period.NewDate(2026, 11, 23)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func codes(r *Result) string {
	var out []string
	for _, p := range r.Problems {
		out = append(out, p.Cell+" "+p.Code)
	}
	return strings.Join(out, "; ")
}

// A table of payments as an office keeps it: a title above, Russian headers, a
// row of totals, commas in numbers.
func TestLines(t *testing.T) {
	r := read(t, Lines, `Реестр платежей;;;;;
;;;;;
Объект;Дата оплаты;Вид платежа;Источник финансирования;Сумма, тенге;№ п/п
Балхаш;05.03.2026;Аванс;Областной бюджет;1 000 000,50;1
balkhash-hub;2026-03-06;paid;special-state-fund;250,25;2
Итого;;;;1 000 250,75 000;
`, nil)
	if got := codes(r); got != "E6 number" {
		t.Fatalf("problems %s", got)
	}
	r = read(t, Lines, `Объект;Дата оплаты;Вид платежа;Источник финансирования;Сумма, тенге;№ п/п
Балхаш;05.03.2026;Аванс;Областной бюджет;1 000 000,50;1
balkhash-hub;2026-03-06;paid;special-state-fund;250,25;2
Итого;;;;1 000 250,75;
`, nil)
	if len(r.Problems) > 0 || len(r.Rows) != 2 || r.Skipped != 1 || !r.Guessed || len(r.Notices) != 1 || r.Notices[0].Code != "column_unused" {
		t.Fatalf("%s rows %d skipped %d notices %v", codes(r), len(r.Rows), r.Skipped, r.Notices)
	}
	x := r.Rows[0]
	if x.Number != 2 || x.Text("work") != "balkhash-hub" || x.Date("on").String() != "2026-03-05" || x.Text("kind") != "advance" || x.Text("source") != "regional-budget" || *x.Amount("amount") != 100000050 {
		t.Errorf("%+v", x)
	}
}

// Kazakh headers, millions in the header, a column for each source.
func TestWideInMillions(t *testing.T) {
	r := read(t, Lines, `Жоба атауы,Күні,Түрі,"Специальный государственный фонд, млн тенге","Областной бюджет, млн тенге","Барлығы, млн тенге"
Балхаш,2026-03-05,бөлінді,6200,1740,7940
Балхаш,2026-03-06,бөлінді,1,2,4
`, nil)
	if got := codes(r); got != "F3 sum_differs" {
		t.Fatalf("problems %s", got)
	}
	if len(r.Rows) < 2 || *r.Rows[0].Amount("amount") != 620000000000 || r.Rows[1].Text("source") != "regional-budget" || r.Mapping.Scale["amount"] != "1000000" {
		t.Errorf("%+v %v", r.Rows, r.Mapping.Scale)
	}
	r = read(t, Lines, "Жоба атауы,Күні,Түрі,\"Специальный государственный фонд, млн\",\"Областной бюджет, тыс\"\nБалхаш,2026-03-05,бөлінді,6200,1740\n", nil)
	if !strings.Contains(codes(r), "scale_mixed") {
		t.Errorf("millions and thousands: %s", codes(r))
	}
}

// Every wrong cell is named.
func TestWrongCells(t *testing.T) {
	const head = "work,on,kind,source,amount,currency,year\n"
	for name, tc := range map[string]struct{ row, want string }{
		"unknown work":       {"balkash,2026-01-05,paid,,10,,", "A2 unknown_work_near"},
		"unknown source":     {"kokzhar,2026-01-05,paid,moon,10,,", "D2 unknown_source"},
		"no date":            {"kokzhar,,paid,,10,,", "B2 missing"},
		"a month":            {"kokzhar,2026-01,paid,,10,,", "B2 date_rough"},
		"31 February":        {"kokzhar,31.02.2026,paid,,10,,", "B2 date"},
		"day or month":       {"kokzhar,03/04/2026,paid,,10,,", "B2 date_ambiguous"},
		"future payment":     {"kokzhar,2026-12-01,paid,,10,,", "B2 future_payment"},
		"unknown kind":       {"kokzhar,2026-01-05,stolen,,10,,", "C2 unknown_word"},
		"negative":           {"kokzhar,2026-01-05,paid,,-10,,", "E2 negative"},
		"zero":               {"kokzhar,2026-01-05,paid,,0,,", "E2 zero"},
		"word for a number":  {"kokzhar,2026-01-05,paid,,нет данных,,", "E2 value_word"},
		"power":              {"kokzhar,2026-01-05,paid,,1.74E+09,,", "E2 number_power"},
		"ambiguous":          {"kokzhar,2026-01-05,paid,,\"1,234\",,", "E2 number_ambiguous"},
		"parts of a tiyn":    {"kokzhar,2026-01-05,paid,,10.001,,", "E2 number_ambiguous"},
		"more than a tiyn":   {"kokzhar,2026-01-05,paid,,10.0015,,", "E2 amount_places"},
		"dollars":            {"kokzhar,2026-01-05,paid,,10,USD,", "F2 currency"},
		"year of the steppe": {"kokzhar,2026-01-05,paid,,10,тенге,1465", "G2 year"},
		"future plan":        {"kokzhar,2026-12-01,planned,,10,,2027", ""},
		"twice":              {"kokzhar,2026-01-05,paid,,10,,\nkokzhar,2026-01-05,paid,,10,,", " twice"},
	} {
		r := read(t, Lines, head+tc.row+"\n", nil)
		if got := codes(r); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
		if tc.want != "" && name != "twice" && len(r.Rows) != 0 {
			t.Errorf("%s: the row was kept", name)
		}
	}
}

func TestWorks(t *testing.T) {
	r := read(t, Works, `Код,Наименование объекта,Атауы,Вид,Регион,"Стоимость, тыс. тенге",Срок ввода,Готовность,На дату,Подрядчик,Доли финансирования
kokzhar,Больница,Аурухана,Капитальный ремонт,KZ-35,272100,28.02.2026,96 %,22.12.2025,ТОО Құрылыс,special-state-fund=80; regional-budget=20
b2,Больница 2,,строительство,KZ-35,1,28.02.2026,50,,,special-state-fund=80; regional-budget=30
b3,Больница 3,,строительство,Марс,1,,,,,
`, nil)
	if got := codes(r); got != "H3 percent_undated; K3 shares_over; E4 unknown_place" {
		t.Errorf("problems %s", got)
	}
	x := r.Rows[0]
	if *x.Amount("cost") != 27210000000 || x.Text("kind") != "capital_repair" || x.Decimal("percent").String() != "96" || x.Date("deadline").String() != "2026-02-28" || x.Text("title_kk") != "Аурухана" {
		t.Errorf("%+v", x)
	}
}

func TestStages(t *testing.T) {
	r := read(t, Stages, `Жоба,Кезең,Басталуы,Аяқталуы,Үлесі
kokzhar,Қаңқа,2026-01-01,2026-06-30,60
kokzhar,interior,2026-07-01,2026-03-01,50
kokzhar,Государственная экспертиза,2026-08-01,2026-09-01,
`, nil)
	if got := codes(r); got != "D3 ends_first; D2 stage_order" {
		t.Errorf("problems %s", got)
	}
	r = read(t, Stages, "work,stage,start,finish,weight\nkokzhar,frame,2026-01-01,2026-06-30,60\nkokzhar,interior,2026-07-01,2026-08-01,50\n", nil)
	if got := codes(r); got != "E2 weights_over" {
		t.Errorf("problems %s", got)
	}
}

func TestStatuses(t *testing.T) {
	r := read(t, Statuses, "work,stage,on,percent\nkokzhar,frame,2026-01-05,0.4\nkokzhar,interior,2026-01-05,1\n", nil)
	if got := codes(r); got != "D1 percent_fraction" {
		t.Errorf("problems %s", got)
	}
	r = read(t, Statuses, "work,stage,on,percent\nkokzhar,frame,2026-01-05,40%\nkokzhar,interior,2027-01-05,101\nkokzhar,,2026-01-05,\n", nil)
	if got := codes(r); got != "D3 percent_range; C3 future;  missing" {
		t.Errorf("problems %s", got)
	}
}

func TestMappings(t *testing.T) {
	m, err := ReadMapping(strings.NewReader(`{"columns":{"work":"A","on":"B","amount":"=C"},"constants":{"kind":"paid"},"values":{"work":{"Объект 7":"kokzhar"}},"decimal":",","scale":{"amount":"1000"},"fill":["work"],"ignore":["D"]}`), "m.json")
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, Lines, "A;B;C;D\nОбъект 7;2026-01-05;1,234;x\n;2026-01-06;1;x\n", m)
	if len(r.Problems) > 0 || len(r.Rows) != 2 || *r.Rows[0].Amount("amount") != 123400 || r.Rows[1].Text("work") != "kokzhar" || len(r.Notices) != 0 {
		t.Errorf("%s %+v %v", codes(r), r.Rows, r.Notices)
	}
	for name, raw := range map[string]string{"no JSON": "x", "unknown member": `{"colums":{}}`, "a list": `[]`} {
		if _, err := ReadMapping(strings.NewReader(raw), "m.json"); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	table := func() sheet.Reader {
		s, err := sheet.Open(strings.NewReader("A;B\n1;2\n"), 8, sheet.Options{Name: "t.csv"})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, m := range map[string]*Mapping{"unknown field": {Columns: map[string]string{"colour": "A"}}, "unknown header": {Columns: map[string]string{"work": "Z"}}, "scale": {Scale: map[string]string{"amount": "-1"}},
		"decimal": {Decimal: ";"}, "missing columns": {Columns: map[string]string{"work": "A"}}, "row of the header": {HeaderRow: 9}, "wide": {Wide: []Wide{{"A", map[string]string{"x": "y"}}}}, "guess": nil} {
		if _, err := Read(t.Context(), table(), Lines, Options{Mapping: m, Currency: money.KZT}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(t.Context(), table(), "songs", Options{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("songs: %v", err)
	}
}

// Every code that is said has its words, and every word is said.
func TestPhrases(t *testing.T) {
	blank := regexp.MustCompile(`\{[ab]\}`)
	for code, text := range phrases {
		for _, c := range lang.Codes() {
			if text[c] == "" || len(blank.FindAllString(text[c], -1)) != len(blank.FindAllString(text[lang.EN], -1)) {
				t.Errorf("%s in %s: %q", code, c, text[c])
			}
		}
	}
	for _, k := range Kinds() {
		for _, f := range fieldsOf(k) {
			if f.kind == aCode && (phrases["unknown_"+f.lookup] == nil || phrases["unknown_"+f.lookup+"_near"] == nil) {
				t.Errorf("%s: %s has no words", k, f.lookup)
			}
			if len(f.words) == 0 || f.kind == aWord && len(f.values) == 0 {
				t.Errorf("%s: the field %s has no words", k, f.name)
			}
		}
		for _, name := range identity[k] {
			if fieldNamed(fieldsOf(k), name) == nil {
				t.Errorf("%s has no field %s", k, name)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("lines", "work,on,kind,source,amount\nkokzhar,2026-01-05,paid,,10\nИтого,,,,10\n", `{}`)
	f.Add("works", "Код,Наименование,Регион\na,b,KZ-35\n", `{"columns":{"id":"Код"}}`)
	f.Fuzz(func(t *testing.T, kind, text, mapping string) {
		m, err := ReadMapping(strings.NewReader(mapping), "m")
		if err != nil {
			m = nil
		}
		table, err := sheet.Open(strings.NewReader(text), int64(len(text)), sheet.Options{Name: "t.csv"})
		if err != nil {
			return
		}
		r, err := Read(context.Background(), table, Kind(kind), Options{Catalogue: known, Mapping: m, Currency: money.KZT, Today: period.NewDate(2026, 11, 23)})
		if err != nil {
			if k := fault.KindOf(err); k != fault.Invalid && k != fault.TooLarge {
				t.Fatalf("%s: %v", k, err)
			}
			return
		}
		for _, p := range r.Problems {
			if p.Text[lang.EN] == "" {
				t.Fatalf("%s has no words", p.Code)
			}
		}
	})
}
