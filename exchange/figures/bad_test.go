package figures

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
)

const shortHeader = "measure,place,dimensions,period,kind,value,qualifier,unit,status,source,document,line,from,to,published_at,lower,upper,confidence,numerator,denominator,supersedes,withdraws,reason,synthetic,method,inputs,params,note_more,id\n"

// goodRow is right in every cell; the tests spoil one or two of them.
var goodRow = map[string]string{"measure": "beds.new", "place": "KZ-35", "period": "2025", "kind": "plan", "value": "500", "source": "plan.txt"}

// rowWith returns the good row with other cells.
func rowWith(cells map[string]string) string {
	var out []string
	for name := range strings.SplitSeq(strings.TrimSpace(shortHeader), ",") {
		s, ok := cells[name]
		if !ok {
			s = goodRow[name]
		}
		if strings.ContainsAny(s, ",\"\n") {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		out = append(out, s)
	}
	return strings.Join(out, ",") + "\n"
}

func columnLetters(name string) string {
	for i, n := range strings.Split(strings.TrimSpace(shortHeader), ",") {
		if n == name {
			return sheet.Column(i)
		}
	}
	return ""
}

// Each row has one fault; the import says in which cell, and what to do.
func TestBadCells(t *testing.T) {
	id := ledger.FigureID(1).String()
	for name, tc := range map[string]struct {
		cells      map[string]string
		column     string
		code       string
		suggestion string
	}{
		"no measure":                       {map[string]string{"measure": ""}, "measure", "empty", ""},
		"a measure that nobody knows":      {map[string]string{"measure": "cars"}, "measure", "measure", ""},
		"a measure with a slip":            {map[string]string{"measure": "beds.nev"}, "measure", "measure", "beds.new"},
		"a measure by its name":            {map[string]string{"measure": "Жаңа төсектер"}, "measure", "measure", "beds.new"},
		"a place by its Russian name":      {map[string]string{"place": "Карагандинская обл"}, "place", "place", "KZ-35"},
		"a place in Latin letters":         {map[string]string{"place": "Ulytau"}, "place", "place", "KZ-62"},
		"a place that is not there":        {map[string]string{"place": "KZ-99"}, "place", "place", ""},
		"no period":                        {map[string]string{"period": ""}, "period", "period_missing", ""},
		"a thirteenth month":               {map[string]string{"period": "2025-13"}, "period", "period", ""},
		"30 February":                      {map[string]string{"period": "2025-02-30"}, "period", "period", ""},
		"a period in words":                {map[string]string{"period": "next year"}, "period", "period", ""},
		"a period backwards":               {map[string]string{"period": "2028/2026"}, "period", "period", ""},
		"a day with points":                {map[string]string{"period": "31.10.2025"}, "period", "period", "2025-10-31"},
		"a year of the distant past":       {map[string]string{"period": "1025"}, "period", "period_far", ""},
		"a year of the distant future":     {map[string]string{"period": "2205"}, "period", "period_far", ""},
		"an actual of the future":          {map[string]string{"period": "2027", "kind": "actual"}, "period", "period_future", ""},
		"no kind":                          {map[string]string{"kind": ""}, "kind", "empty", ""},
		"another kind":                     {map[string]string{"kind": "target"}, "kind", "kind", ""},
		"no value":                         {map[string]string{"value": ""}, "value", "value_missing", ""},
		"a word for a value":               {map[string]string{"value": "нет данных"}, "value", "value_word", ""},
		"a dash for a value":               {map[string]string{"value": "—"}, "value", "value_word", ""},
		"letters in a value":               {map[string]string{"value": "5OO"}, "value", "number", ""},
		"not a number":                     {map[string]string{"value": "NaN"}, "value", "number", ""},
		"infinity":                         {map[string]string{"value": "Inf"}, "value", "number", ""},
		"thousands or a fraction, comma":   {map[string]string{"value": "1,234"}, "value", "number_ambiguous", ""},
		"thousands or a fraction, point":   {map[string]string{"value": "1.234"}, "value", "number_ambiguous", ""},
		"nineteen digits":                  {map[string]string{"value": "1234567890123456789"}, "value", "number_digits", ""},
		"very many digits":                 {map[string]string{"value": strings.Repeat("9", 5000)}, "value", "number_digits", ""},
		"a power of ten":                   {map[string]string{"value": "1.74E+09"}, "value", "number_power", ""},
		"a negative count":                 {map[string]string{"value": "-5"}, "value", "negative_count", ""},
		"percent of beds":                  {map[string]string{"value": "5%"}, "value", "percent_unit", ""},
		"a tenth of a tiyn":                {map[string]string{"measure": "funding", "value": "1740.505"}, "value", "money_places", ""},
		"a value that cannot exist":        {map[string]string{"status": "M"}, "value", "value_unwanted", ""},
		"an unknown qualifier":             {map[string]string{"qualifier": "!="}, "qualifier", "qualifier", ""},
		"an unknown unit":                  {map[string]string{"unit": "beds"}, "unit", "unit", "bed"},
		"the unit of something else":       {map[string]string{"unit": "percent"}, "unit", "unit_other", ""},
		"an unknown status":                {map[string]string{"status": "ok"}, "status", "status", ""},
		"an unknown source":                {map[string]string{"source": "plan.doc"}, "source", "document", ""},
		"an unknown document":              {map[string]string{"document": "plan.tx"}, "document", "document", "plan.txt"},
		"no source":                        {map[string]string{"source": ""}, "document", "source_missing", ""},
		"dimensions without a value":       {map[string]string{"dimensions": "age"}, "dimensions", "dimensions", ""},
		"a dimension twice":                {map[string]string{"dimensions": "age=child;age=adult"}, "dimensions", "dimensions", ""},
		"a line that is no number":         {map[string]string{"line": "third"}, "line", "integer", ""},
		"a span backwards":                 {map[string]string{"document": "plan.txt", "line": "2", "from": "9", "to": "3"}, "line", "locator", ""},
		"a date that is not in the year":   {map[string]string{"published_at": "2026-02-30"}, "published_at", "date", ""},
		"a date with points":               {map[string]string{"published_at": "5.2.2026"}, "published_at", "date", "2026-02-05"},
		"one bound":                        {map[string]string{"lower": "1"}, "lower", "bounds", ""},
		"bounds the wrong way round":       {map[string]string{"lower": "2", "upper": "1"}, "lower", "bounds", ""},
		"a confidence in percent":          {map[string]string{"lower": "1", "upper": "2", "confidence": "95"}, "confidence", "confidence", ""},
		"a confidence without bounds":      {map[string]string{"confidence": "0.95"}, "confidence", "confidence", ""},
		"a denominator of zero":            {map[string]string{"denominator": "0"}, "denominator", "denominator", ""},
		"an id of another sort":            {map[string]string{"supersedes": "123"}, "supersedes", "id", ""},
		"a withdrawal without reason":      {map[string]string{"supersedes": id, "withdraws": "true", "value": ""}, "withdraws", "withdraws", ""},
		"perhaps synthetic":                {map[string]string{"synthetic": "perhaps"}, "synthetic", "flag", ""},
		"an id that was never given":       {map[string]string{"id": id}, "id", "id_mismatch", ""},
		"an id with a letter too many":     {map[string]string{"id": id + "x"}, "id", "id", ""},
		"a computed figure that was typed": {map[string]string{"method": "direct-rate"}, "method", "computed", ""},
		"the source computed":              {map[string]string{"source": "computed"}, "method", "computed", ""},
		"inputs that are no ids":           {map[string]string{"method": "direct-rate", "inputs": "a b"}, "inputs", "recipe", ""},
		"a note that is no object":         {map[string]string{"note_more": "uz: salom"}, "note_more", "note_more", ""},
		"a reason without end":             {map[string]string{"reason": strings.Repeat("x", maxText+1)}, "reason", "too_long", ""},
		"a reference to nothing":           {map[string]string{"supersedes": id}, "supersedes", "reference", ""},
	} {
		table := shortHeader + rowWith(nil) + "\n" + rowWith(tc.cells)
		res := importText(t, table, Options{Today: day("2026-11-24"),
			Exists: func([]ledger.FigureID) (map[ledger.FigureID]bool, error) { return nil, nil }})
		if len(res.Problems) == 0 {
			t.Errorf("%s: taken", name)
			continue
		}
		p := res.Problems[0]
		if p.Code != tc.code || p.Row != 4 || p.Column != tc.column || p.Cell != columnLetters(tc.column)+"4" || p.Suggestion != tc.suggestion {
			t.Errorf("%s: %s in %s (%s), suggesting %q", name, p.Code, p.Cell, p.Column, p.Suggestion)
		}
		if len(res.Figures) != 0 {
			t.Errorf("%s: half the table was taken", name)
		}
		for _, c := range lang.Codes() {
			if !p.Message.Has(c) || strings.ContainsAny(p.Message[c], "{}") && p.Code != "note_more" {
				t.Errorf("%s: %s says %q", name, c, p.Message[c])
			}
		}
		if err := res.Err(); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "figures.csv: nothing was imported") || !strings.Contains(err.Error(), p.Cell) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if res := importText(t, shortHeader+rowWith(nil), Options{}); res.Err() != nil || len(res.Figures) != 1 {
		t.Errorf("the good row: %v", res.Problems)
	}
}

func TestBadTables(t *testing.T) {
	for name, tc := range map[string]struct {
		table string
		code  string
		row   int
		says  string
	}{
		"only a header":         {"measure,place,period,kind,value,source\n", "no_rows", 0, "add"},
		"a column is missing":   {"measure,place,period,kind,source\nbeds.new,KZ,2025,plan,plan.txt\n", "column_missing", 1, "value"},
		"nobody says it":        {"measure,place,period,kind,value\nbeds.new,KZ,2025,plan,1\n", "column_missing", 1, "source"},
		"no header at all":      {"beds.new,KZ,2025,plan,1,plan.txt\n", "column_missing", 1, "measure"},
		"two columns of a name": {"measure,place,period,kind,value,source,Value\nbeds.new,KZ,2025,plan,1,plan.txt,2\n", "header_twice", 1, "rename"},
		"a cell too few":        {"measure,place,period,kind,value,source\nbeds.new,KZ,2025,plan,1\n", "ragged", 2, "5 cells"},
		"a cell too many":       {"measure,place,period,kind,value,source\nbeds.new,KZ,2025,plan,1,234,plan.txt\n", "ragged", 2, "7 cells"},
		"two values of a cell":  {"measure,place,period,kind,value,source\nbeds.new,KZ,2025,plan,1,plan.txt\nbeds.new,KZ,2025-01/2025-12,plan,2,plan.txt\n", "said_twice", 3, "row 2"},
	} {
		res := importText(t, tc.table, Options{})
		if len(res.Problems) == 0 || len(res.Figures) > 0 {
			t.Errorf("%s: taken", name)
			continue
		}
		if p := res.Problems[0]; p.Code != tc.code || p.Row != tc.row || !strings.Contains(p.Message[lang.EN], tc.says) {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// All that is wrong is told at once, up to a bound.
func TestAllProblemsAreTold(t *testing.T) {
	table := shortHeader + rowWith(map[string]string{"measure": "x", "place": "y", "period": "z", "value": "w"})
	res := importText(t, table, Options{})
	if len(res.Problems) != 4 || !strings.Contains(res.Err().Error(), "4 problems") {
		t.Errorf("%v", res.Problems)
	}
	table = shortHeader + strings.Repeat(rowWith(map[string]string{"place": "y"}), MaxProblems+7)
	res = importText(t, table, Options{})
	if len(res.Problems) != MaxProblems || res.More != 7 || res.Rows != MaxProblems+7 {
		t.Errorf("%d listed, %d more, %d rows", len(res.Problems), res.More, res.Rows)
	}
}

// The sentences in three languages, to be looked at by people.
func TestGoldenProblems(t *testing.T) {
	table := shortHeader + rowWith(map[string]string{"measure": "Жаңа төсектер", "place": "Ulytau", "period": "31.10.2025", "value": "1,234"}) +
		rowWith(map[string]string{"unit": "percent", "value": "5%", "status": "ok", "source": "plan.doc"}) +
		rowWith(map[string]string{"value": "-5", "period": "2205", "lower": "2", "upper": "1", "supersedes": "x"})
	body, err := json.MarshalIndent(importText(t, table, Options{}).Problems, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "problems.json", append(body, '\n'))
}

// A message leads to a cell and never repeats what somebody sent.
func TestMessagesDoNotEcho(t *testing.T) {
	const secret = "880101300123"
	for _, c := range []string{"measure", "place", "period", "kind", "value", "qualifier", "unit", "status", "source", "line", "supersedes", "id", "inputs"} {
		cells := map[string]string{c: "x" + secret}
		for _, p := range importText(t, shortHeader+rowWith(cells), Options{}).Problems {
			for _, s := range p.Message {
				if strings.Contains(s, secret) {
					t.Errorf("%s is repeated: %s", c, s)
				}
			}
		}
	}
}

func TestFormulasAndErrorsOfASpreadsheet(t *testing.T) {
	rows := [][]sheet.Cell{
		{{Text: "measure"}, {Text: "place"}, {Text: "period"}, {Text: "kind"}, {Text: "value"}, {Text: "source"}},
		{{Text: "beds.new"}, {Text: "KZ"}, {Text: "2025"}, {Text: "plan"}, {Kind: sheet.NoValue}, {Text: "plan.txt"}},
		{{Text: "beds.new"}, {Text: "KZ"}, {Text: "#REF!", Kind: sheet.ErrorCell}, {Text: "plan"}, {Text: "5", Kind: sheet.Number}, {Text: "plan.txt"}},
		{{Text: "mortality.change"}, {Text: "KZ"}, {Text: "2025-10", Kind: sheet.Date}, {Text: "actual"}, {Text: "-63.3", Kind: sheet.Percent}, {Text: "plan.txt"}},
		{{Text: "births.rate"}, {Text: "KZ"}, {Text: "2025", Kind: sheet.Number}, {Text: "actual"}, {Text: "1.234", Kind: sheet.Number}, {Text: "plan.txt"}},
		{{Text: "beds.new"}, {Text: "KZ"}, {Text: "2024"}, {Text: "plan"}, {Text: "2025-10-31", Kind: sheet.Date}, {Text: "plan.txt"}},
	}
	res, err := Read(context.Background(), &list{rows: rows, format: sheet.XLSX}, Options{Catalogue: world()})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range res.Problems {
		got = append(got, p.Cell+" "+p.Code)
	}
	if want := "E2 formula_without_value, C3 cell_error, E6 number"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", strings.Join(got, ", "), want)
	}
}

func TestStoppedImport(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	table, m, catalogue := dhis2Export(2 * beat)
	r, err := sheet.OpenStream(strings.NewReader(string(table)), sheet.Options{Name: "d.csv"})
	if err != nil {
		t.Fatal(err)
	}
	res, err := Read(ctx, r, Options{Catalogue: catalogue, Mapping: m})
	if !fault.Is(err, fault.Unavailable) || len(res.Figures) > 0 {
		t.Errorf("%d figures, %v", len(res.Figures), err)
	}
}
