package figures

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

func TestBadMappings(t *testing.T) {
	for name, tc := range map[string]struct{ json, says string }{
		"empty":                       {``, "ends too early"},
		"broken":                      {`{"columns":`, "ends too early"},
		"not JSON":                    {`columns: measure`, "byte 1"},
		"a list":                      {`[]`, "something else"},
		"a number for a header":       {`{"columns":{"measure":5}}`, "something else"},
		"an unknown member":           {`{"colums":{}}`, "colums"},
		"something behind it":         {`{} {}`, "follows"},
		"a column that we lack":       {`{"columns":{"indicator":"x"}}`, "indicator"},
		"a constant that we lack":     {`{"constants":{"indicator":"x"}}`, "indicator"},
		"header and constant":         {`{"columns":{"kind":"x"},"constants":{"kind":"actual"}}`, "kind"},
		"values of nothing":           {`{"values":{"colour":{}}}`, "colour"},
		"a key in capital letters":    {`{"dimensions":{"Age":"x"}}`, "small letters"},
		"another form of periods":     {`{"period_format":"julian"}`, "dhis2"},
		"another decimal mark":        {`{"decimal":"'"}`, "decimal"},
		"another word for empty":      {`{"empty":"zero"}`, "skip"},
		"nested without an end":       {strings.Repeat(`{"columns":`, 100_000), "JSON"},
		"more than twenty dimensions": {`{"dimensions":{"a":"1","b":"1","c":"1","d":"1","e":"1","f":"1","g":"1","h":"1","i":"1","j":"1","k":"1","l":"1","m":"1","n":"1","o":"1","p":"1","q":"1","r":"1","s":"1","t":"1","u":"1"}}`, "20"},
	} {
		_, err := ReadMapping(strings.NewReader(tc.json), "m.json")
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.says) || !strings.Contains(err.Error(), "m.json") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ReadMapping(strings.NewReader(strings.Repeat(" ", maxMapping+1)), "m.json"); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
}

// A table of a statistical office: other words, a decimal comma, blanks between
// thousands, a column for age, no source.
func TestForeignTable(t *testing.T) {
	m := mapping(t, `{
		"columns": {"measure": "Показатель", "place": "Регион", "period": "Год", "value": "Значение"},
		"constants": {"kind": "actual", "source": "BNS", "qualifier": "~"},
		"values": {"measure": {"Койки": "beds.new", "Смертность": "mortality.change"}, "place": {"Караганда": "KZ-35"}, "age": {"дети": "child", "всего": ""}},
		"dimensions": {"age": "Возраст"},
		"decimal": ","
	}`)
	res := importText(t, "Показатель;Регион;Возраст;Год;Значение;Прим.\nКойки;Караганда;дети;2025;1 234;a\nСмертность;KZ;всего;2025;-1,234%;b\n", Options{Mapping: m})
	if res.Err() != nil || len(res.Figures) != 2 {
		t.Fatal(res.Problems)
	}
	f, g := res.Figures[0], res.Figures[1]
	if f.Place != "KZ-35" || f.Dimensions != "age=child" || f.Value.String() != "1234" || f.Qualifier != ledger.About || f.Published != nil || f.Source != "BNS" {
		t.Errorf("%+v", f)
	}
	if g.Dimensions != "" || g.Value.String() != "-1.234" {
		t.Errorf("%+v", g)
	}
	if len(res.Notices) != 1 || res.Notices[0].Code != "column_unused" || !strings.Contains(res.Notices[0].Message["en"], "Прим.") {
		t.Errorf("%+v", res.Notices)
	}
}

func TestMappingThatDoesNotFit(t *testing.T) {
	m := mapping(t, `{"columns":{"measure":"Indicator","place":"Area"},"constants":{"kind":"plan","source":"BNS"}}`)
	res := importText(t, "Indicator,Region,period,value\nbeds.new,KZ,2025,5\n", Options{Mapping: m})
	if len(res.Problems) != 2 || res.Problems[0].Code != "header_missing" || res.Problems[1].Code != "column_missing" {
		t.Errorf("%+v", res.Problems)
	}
}

func TestOptionsFillWhatIsMissing(t *testing.T) {
	res := importText(t, "Measure,PLACE,value,period\nbeds.new,KZ,5,\nbeds.new,KZ,6,2024\n", Options{Source: "new.csv", Kind: "forecast", Period: "2025", Published: "2026-01-02",
		Documents: []ledger.Document{{Name: "new.csv", Kind: "reference"}}})
	if res.Err() != nil || len(res.Figures) != 2 {
		t.Fatal(res.Problems)
	}
	f := res.Figures[0]
	if f.Source != "new.csv" || f.Kind != ledger.Forecast || f.Period.String() != "2025" || f.Published.String() != "2026-01-02" || f.Version != 2 || res.Figures[1].Period.String() != "2024" {
		t.Errorf("%+v", f)
	}
}

func TestEmptyValues(t *testing.T) {
	table := "measure,place,period,kind,value,source,status\nbeds.new,KZ,2025,plan,,BNS,\nbeds.new,KZ,2026,plan,0,BNS,\nbeds.new,KZ,2027,plan,,BNS,M\n"
	for empty, want := range map[string]string{"refuse": "", "skip": "0 A, - M", "missing": "- O, 0 A, - M"} {
		res := importText(t, table, Options{Mapping: &Mapping{Empty: empty}})
		var got []string
		for _, f := range res.Figures {
			v := "-"
			if f.Value != nil {
				v = f.Value.String()
			}
			got = append(got, v+" "+string(f.Status))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q (%v)", empty, strings.Join(got, ", "), want, res.Problems)
		}
	}
}

func FuzzMapping(f *testing.F) {
	f.Add(dhis2Mapping, dataValueSet)
	f.Add(`{"columns":{"measure":"a"},"dimensions":{"b":"b"},"values":{"b":{"1":""}},"decimal":",","empty":"missing"}`, "a;b;place;period;kind;value;source\nbeds.new;2;KZ;2025;plan;1,5;BNS\n")
	f.Add(`{}`, "measure,place,period,kind,value,source\nbeds.new,KZ,2025,plan,1,BNS\n")
	catalogue := world()
	f.Fuzz(func(t *testing.T, text, table string) {
		m, err := ReadMapping(strings.NewReader(text), "m.json")
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatal(err)
			}
			m = nil
		}
		judge(t, table, Options{Catalogue: catalogue, Mapping: m})
	})
}
