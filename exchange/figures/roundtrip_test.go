package figures

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// anyFigure draws a figure that the ledger accepts, however odd.
func anyFigure(t *rapid.T) ledger.Figure {
	number := func(name string) *decimal.Decimal {
		d := decimal.New(rapid.Int64Range(-1e15, 1e15).Draw(t, name), -int32(rapid.IntRange(0, 15).Draw(t, name+" scale")))
		return &d
	}
	maybe := func(name string) bool { return rapid.Bool().Draw(t, name) }
	odd := rapid.StringOfN(rapid.SampledFrom([]rune("ә =+-@'\",;\t\r\n{}_x000D0.5<&%")), 0, 10, -1)
	f := ledger.Figure{Series: ledger.Series{
		Measure: rapid.SampledFrom([]string{"beds.new", "mortality.change", "funding", "births.rate"}).Draw(t, "measure"), Version: 1, Place: "KZ-35",
		Dimensions: rapid.SampledFrom([]string{"", "age=child", "age=child;service=pulmonology", "x==1"}[:3]).Draw(t, "dimensions"),
		Kind:       rapid.SampledFrom(ledger.Kinds()).Draw(t, "kind"), Unit: rapid.SampledFrom([]string{"bed", "percent", "KZT"}).Draw(t, "unit"),
		Source: rapid.SampledFrom([]string{"plan.txt", "BNS"}).Draw(t, "source")},
		Value: number("value"), Qualifier: rapid.SampledFrom([]ledger.Qualifier{ledger.Exact, ledger.About, ledger.CloseTo, ledger.AtLeast, ledger.MoreThan, ledger.AtMost, ledger.LessThan}).Draw(t, "qualifier"),
		Status: ledger.Normal, Synthetic: maybe("synthetic")}
	if maybe("dated") {
		start := period.Date(rapid.IntRange(-40_000, 60_000).Draw(t, "start"))
		f.Period, _ = period.New(start, start+period.Date(rapid.IntRange(1, 800).Draw(t, "days")))
	}
	if maybe("no value") {
		f.Value, f.Status = nil, ledger.Missing
	}
	if maybe("published") {
		d := period.Date(rapid.IntRange(0, 30_000).Draw(t, "day"))
		f.Published = &d
	}
	if maybe("document") {
		f.Document = rapid.SampledFrom([]string{"plan.txt", "BNS"}).Draw(t, "name")
		if maybe("line") {
			from := rapid.IntRange(0, 50).Draw(t, "from")
			f.Locator = ledger.Locator{Line: rapid.IntRange(1, 99).Draw(t, "n"), From: from, To: from + rapid.IntRange(0, 9).Draw(t, "length")}
		}
	}
	if maybe("bounds") {
		lower := number("lower")
		f.Bounds = &ledger.Bounds{Lower: *lower, Upper: lower.Add(number("width").Abs()), Confidence: rapid.SampledFrom([]float64{0, 0.9, 0.95, 0.999}).Draw(t, "confidence")}
		if tooLong(f.Bounds.Upper) {
			f.Bounds.Upper = *lower
		}
	}
	if maybe("rate") {
		one := decimal.NewFromInt(1)
		d := number("denominator").Abs().Add(one).Truncate(2)
		f.Numerator, f.Denominator = number("numerator"), &d
	}
	if maybe("corrects") {
		f.Supersedes, f.Reason = ledger.FigureID(rapid.Int64Range(1, 1<<62).Draw(t, "supersedes")), odd.Draw(t, "reason")
		if f.Withdraws = f.Reason != "" && maybe("withdraws"); f.Withdraws {
			f.Value, f.Status = nil, ledger.Normal
		}
	}
	if maybe("was corrected") {
		f.SupersededBy = ledger.FigureID(rapid.Int64Range(1, 1<<62).Draw(t, "superseded by"))
	}
	if maybe("computed") {
		f.Source = ledger.Computed
		f.Recipe = &ledger.Recipe{Method: "direct-rate", Version: rapid.IntRange(1, 3).Draw(t, "method version"), Params: rapid.SampledFrom([]map[string]string{nil, {"scale": "1000", "by": "age; sex"}}).Draw(t, "params")}
		for range rapid.IntRange(0, 3).Draw(t, "inputs") {
			f.Recipe.Inputs = append(f.Recipe.Inputs, ledger.FigureID(rapid.Int64Range(1, 1<<62).Draw(t, "input")))
		}
	}
	for _, c := range []lang.Code{lang.KK, lang.RU, lang.EN, "uz", "zh"} {
		if s := odd.Draw(t, "note "+string(c)); s != "" {
			if f.Note == nil {
				f.Note = lang.Text{}
			}
			f.Note[c] = s
		}
	}
	if err := f.Seal(); err != nil {
		t.Fatal(err)
	}
	return f
}

// What is exported is imported: the same figures, with the same ids, and
// nothing of them is lost.
func TestExportThenImport(t *testing.T) {
	catalogue := world()
	for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		t.Run(string(format), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				var figures []ledger.Figure
				seen := map[ledger.FigureID]bool{}
				for range rapid.IntRange(1, 4).Draw(t, "figures") {
					if f := anyFigure(t); !seen[f.ID] {
						seen[f.ID] = true
						figures = append(figures, f)
					}
				}
				back := again(t, format, figures, catalogue)
				for i := range figures {
					if diff := different(&figures[i], &back[i]); diff != "" {
						t.Fatalf("figure %d: %s", i, diff)
					}
				}
			})
		})
	}
}

// again writes figures and reads them.
func again(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, format sheet.Format, figures []ledger.Figure, catalogue Catalogue) []ledger.Figure {
	var b bytes.Buffer
	if _, err := Write(&b, format, func(yield func(*ledger.Figure) error) error {
		for i := range figures {
			if err := yield(&figures[i]); err != nil {
				return err
			}
		}
		return nil
	}, WriteOptions{Computed: true}); err != nil {
		t.Fatal(err)
	}
	table, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), sheet.Options{Name: "export"})
	if err != nil {
		t.Fatal(err)
	}
	res, err := Read(context.Background(), table, Options{Catalogue: catalogue, Today: day("2026-11-24")})
	if err != nil || res.Err() != nil || len(res.Figures) != len(figures) {
		t.Fatalf("%d of %d figures came back: %v %v\n%s", len(res.Figures), len(figures), err, res.Problems, b.Bytes())
	}
	return res.Figures
}

// different tells in which field two figures differ; Recorded and Run are the
// store's.
func different(a, b *ledger.Figure) string {
	x, y := *a, *b
	x.Recorded, y.Recorded = time.Time{}, time.Time{}
	for _, p := range []*ledger.Figure{&x, &y} {
		for _, d := range []**decimal.Decimal{&p.Value, &p.Numerator, &p.Denominator} {
			if *d != nil {
				c := decimal.RequireFromString((*d).String())
				*d = &c
			}
		}
		if p.Bounds != nil {
			p.Bounds = &ledger.Bounds{Lower: decimal.RequireFromString(p.Bounds.Lower.String()), Upper: decimal.RequireFromString(p.Bounds.Upper.String()), Confidence: p.Bounds.Confidence}
		}
	}
	v, w := reflect.ValueOf(x), reflect.ValueOf(y)
	for i := range v.NumField() {
		if !reflect.DeepEqual(v.Field(i).Interface(), w.Field(i).Interface()) {
			return v.Type().Field(i).Name
		}
	}
	return ""
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s changed (run with -update to accept):\n%s", name, got)
	}
}

// examples are figures of every sort.
func examples(t *testing.T) []ledger.Figure {
	year, _ := period.Parse("2026/2028")
	month, _ := period.Parse("2025-10")
	list := []ledger.Figure{
		{Series: ledger.Series{Measure: "beds.new", Version: 2, Place: "KZ", Dimensions: "age=child;service=pulmonology", Kind: ledger.Plan, Unit: "bed", Source: "plan.txt"},
			Period: year, Value: dec("224"), Qualifier: ledger.CloseTo, Document: "plan.txt", Locator: ledger.Locator{Line: 3, From: 12, To: 15}, Published: day("2026-02-05"), Note: words("ескерту", "примечание", "a \"note\", with a comma")},
		{Series: ledger.Series{Measure: "funding", Version: 1, Place: "KZ-35", Kind: ledger.Actual, Unit: "KZT", Source: "BNS"}, Value: dec("1740000000.05"), Document: "BNS"},
		{Series: ledger.Series{Measure: "births.rate", Version: 1, Place: "KZ-62", Kind: ledger.Actual, Unit: "per_1000", Source: "BNS"}, Period: month, Value: dec("1.234"), Document: "BNS",
			Bounds: &ledger.Bounds{Lower: *dec("1.1"), Upper: *dec("1.35"), Confidence: 0.95}, Numerator: dec("1234"), Denominator: dec("1000000")},
		{Series: ledger.Series{Measure: "beds.new", Version: 1, Place: "KZ", Kind: ledger.Plan, Unit: "bed", Source: "plan.txt"}, Period: year, Status: ledger.Missing, Document: "plan.txt"},
	}
	for i := range list {
		if err := list[i].Seal(); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []ledger.Figure{
		{Series: list[1].Series, Document: "BNS", Supersedes: list[1].ID, Withdraws: true, Reason: "=printed by mistake"},
		{Series: ledger.Series{Measure: "births.rate", Version: 1, Place: "KZ", Kind: ledger.Estimate, Unit: "per_1000", Source: ledger.Computed}, Period: month, Value: dec("1.3"), Synthetic: true,
			Recipe: &ledger.Recipe{Method: "mean", Version: 1, Inputs: []ledger.FigureID{list[2].ID}, Params: map[string]string{"weight": "none"}}},
	} {
		if err := f.Seal(); err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	list[0].Recorded = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	return list
}

func TestGoldenExport(t *testing.T) {
	figures := examples(t)
	golden(t, "export.csv", export(t, sheet.CSV, figures, WriteOptions{Computed: true}))
	if plain := export(t, sheet.CSV, figures, WriteOptions{}); bytes.Count(plain, []byte("\n")) != len(figures) || bytes.Contains(plain, []byte("computed")) {
		t.Error("a computed figure was exported unasked")
	}
	raw, err := os.ReadFile(filepath.Join("testdata", "export.csv"))
	if err != nil {
		t.Fatal(err)
	}
	res := importBytes(t, raw, Options{})
	if res.Err() != nil || len(res.Figures) != len(figures) || res.Computed != 1 || len(res.Notices) != 0 {
		t.Fatalf("%v %v", res.Problems, res.Notices)
	}
	for i := range figures {
		if d := different(&figures[i], &res.Figures[i]); d != "" {
			t.Errorf("figure %d differs in %s", i, d)
		}
	}
}

// A table may pass through a spreadsheet program with a decimal comma; the id
// tells that nothing else changed.
func TestExportResavedWithDecimalCommas(t *testing.T) {
	raw := export(t, sheet.CSV, examples(t), WriteOptions{Delimiter: ';'})
	table := strings.NewReplacer(";1.234;", ";1,234;", ";1.1;1.35;", ";1,1;1,35;", ";1740000000.05;", ";1740000000,05;").Replace(string(raw))
	if res := importText(t, table, Options{}); res.Err() != nil || len(res.Figures) != 5 {
		t.Errorf("%v", res.Problems)
	}
}

// A changed cell is noticed by the id, and the message says what to do.
func TestChangedRowOfAnExport(t *testing.T) {
	raw := string(export(t, sheet.CSV, examples(t)[:1], WriteOptions{}))
	res := importText(t, strings.Replace(raw, ",224,", ",225,", 1), Options{})
	if len(res.Problems) != 1 || res.Problems[0].Code != "id_mismatch" || res.Problems[0].Cell != "A2" || !strings.Contains(res.Problems[0].Message[lang.EN], "supersedes") {
		t.Errorf("%+v", res.Problems)
	}
}

// A file without the column id is a table like any other: the ids come from
// what it says and are the same.
func TestExportWithoutIDs(t *testing.T) {
	figures := examples(t)[:1]
	raw := string(export(t, sheet.CSV, figures, WriteOptions{}))
	table := strings.Replace(strings.Replace(raw, "id,measure", "measure", 1), figures[0].ID.String()+",", "", 1)
	res := importText(t, table, Options{})
	if res.Err() != nil || len(res.Figures) != 1 || res.Figures[0].ID != figures[0].ID {
		t.Errorf("%v", res.Problems)
	}
}

func TestSameRowTwice(t *testing.T) {
	table := "measure,place,period,kind,value,source\nbeds.new,KZ,2025,plan,1,BNS\nbeds.new,KZ,2025,plan,1.0,BNS\n"
	res := importText(t, table, Options{})
	if res.Err() != nil || len(res.Figures) != 1 || res.Repeated != 1 || len(res.Notices) != 1 || res.Notices[0].Row != 3 {
		t.Errorf("%+v", res)
	}
}

// Windows-1251 is read and said.
func TestWindows1251(t *testing.T) {
	table := "measure;place;period;kind;value;source;note_ru\nbeds.new;KZ;2025;plan;5;BNS;\xea\xee\xe9\xea\xe8 \xe2 \xee\xe1\xeb\xe0\xf1\xf2\xe8\n"
	res := importText(t, table, Options{})
	if res.Err() != nil || res.Figures[0].Note[lang.RU] != "койки в области" || len(res.Notices) != 1 || res.Notices[0].Code != "windows_1251" {
		t.Errorf("%+v %+v", res.Problems, res.Notices)
	}
}

// judge imports anything and checks what must hold whatever comes.
func judge(t *testing.T, table string, o Options) {
	r, err := sheet.OpenStream(strings.NewReader(table), sheet.Options{Name: "t.csv", Limit: 1 << 20})
	if err != nil {
		return
	}
	res, err := Read(context.Background(), r, o)
	if err != nil {
		if fault.KindOf(err) == fault.Internal {
			t.Fatal(err)
		}
		return
	}
	if len(res.Problems) > 0 && len(res.Figures) > 0 {
		t.Fatal("half a table was taken")
	}
	for _, p := range res.Problems {
		if p.Message[lang.KK] == "" || p.Message[lang.RU] == "" || p.Message[lang.EN] == "" || p.Code == "figure" {
			t.Fatalf("no sentence of our own: %+v", p)
		}
	}
	if len(res.Figures) == 0 {
		return
	}
	for i, f := range again(t, sheet.CSV, res.Figures, o.Catalogue) {
		if f.ID != res.Figures[i].ID {
			t.Fatalf("figure %d changed its id", i)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add("measure,place,period,kind,value,source\nbeds.new,KZ,2025,plan,1,BNS\n")
	f.Add("measure;place;period;kind;value;document;line;from;to;reason\nmortality.change;KZ-35;2025-W07;actual;-25,5%;plan.txt;3;0;5;'=x\n")
	f.Add(shortHeader + rowWith(map[string]string{"lower": "1", "upper": "2", "confidence": "0.95", "synthetic": "true", "note_more": `{"uz":"x"}`}))
	catalogue := world()
	f.Fuzz(func(t *testing.T, table string) { judge(t, table, Options{Catalogue: catalogue}) })
}
