package oc4ids

import (
	"fmt"
	"strings"
	"testing"
)

// mended is one report and the project as it was repaired.
type mended struct {
	Report
	doc *Value
}

func mend(t testing.TB, doc string) []mended {
	t.Helper()
	var out []mended
	err := Repairs(strings.NewReader(doc), "works.json", options(), func(r Report, v *Value) error {
		out = append(out, mended{r, v})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func changes(list []Repair) string {
	var out []string
	for _, r := range list {
		out = append(out, fmt.Sprintf("%s %s -> %s", strings.TrimPrefix(r.Path, "/projects/0"), r.Was.Append(nil), r.Became.Append(nil)))
	}
	return strings.Join(out, "; ")
}

func troubles(list []Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, strings.TrimPrefix(f.Path, "/projects/0")+" "+f.Rule)
	}
	return strings.Join(out, "; ")
}

// Each case is one fault of a publisher, in a project that is sound otherwise.
func TestRepair(t *testing.T) {
	const (
		point  = `"locations":[{"id":"1","geometry":{"type":"Point","coordinates":%s}}]`
		start  = `"period":{"startDate":%s}`
		end    = `"period":{"endDate":%s}`
		amount = `"budget":{"amount":{"amount":%s,"currency":"KZT"}}`
	)
	put := func(form, v string) string { return fmt.Sprintf(form, v) }
	for _, tc := range []struct{ name, member, repairs, problems string }{
		{"nothing wrong", `"title":"x"`, "", ""},

		{"latitude first", put(point, `[51.1,71.4]`), "/locations/0/geometry/coordinates [51.1,71.4] -> [71.4,51.1]", ""},
		{"latitude first, altitude kept", put(point, `[51.1,71.4,350]`), "/locations/0/geometry/coordinates [51.1,71.4,350] -> [71.4,51.1,350]", ""},
		{"both orders at home", put(point, `[50.2,51.3]`), "", ""},
		{"outside in both orders", put(point, `[30.5,50.4]`), "", "/locations/0/geometry/coordinates coordinates"},
		{"off the earth", put(point, `[7654321,5123456]`), "", "/locations/0/geometry/coordinates coordinates"},
		{"nobody measured", put(point, `[0,0]`), "", "/locations/0/geometry/coordinates coordinates"},
		{"coordinates as texts, latitude first", put(point, `["43,238","76.945"]`),
			`/locations/0/geometry/coordinates/0 "43,238" -> 43.238; /locations/0/geometry/coordinates/1 "76.945" -> 76.945; /locations/0/geometry/coordinates [43.238,76.945] -> [76.945,43.238]`, ""},
		{"coordinates as one text", put(point, `"76.945, 43.238"`), `/locations/0/geometry/coordinates "76.945, 43.238" -> [76.945,43.238]`, ""},
		{"a doubtful point beside a turned one", `"locations":[{"id":"1","geometry":{"type":"Point","coordinates":[51.1,71.4]}},{"id":"2","geometry":{"type":"Point","coordinates":[50.2,51.3]}}]`,
			"/locations/0/geometry/coordinates [51.1,71.4] -> [71.4,51.1]", "/locations/1/geometry/coordinates coordinates-order"},
		{"a project in Ukraine, latitude first", `"locations":[{"id":"1","address":{"countryName":"Україна"},"geometry":{"type":"Point","coordinates":[50.45,30.52]}}]`, "/locations/0/geometry/coordinates [50.45,30.52] -> [30.52,50.45]", ""},
		{"a project in Mexico by its currency", `"budget":{"amount":{"amount":1,"currency":"MXN"}},"locations":[{"id":"1","geometry":{"type":"Point","coordinates":[19.4,-99.1]}}]`, "/locations/0/geometry/coordinates [19.4,-99.1] -> [-99.1,19.4]", ""},
		{"a project in Ukraine, in order", `"locations":[{"id":"1","address":{"countryName":"Ukraine"},"geometry":{"type":"Point","coordinates":[30.52,50.45]}}]`, "", ""},
		{"a project abroad", `"locations":[{"id":"1","address":{"countryName":"United Kingdom"},"geometry":{"type":"Point","coordinates":[52.2,-0.1]}}]`, "", ""},
		{"coordinates by name", put(point, `{"lat":43.238,"lng":"76.945"}`), `/locations/0/geometry/coordinates {"lat":43.238,"lng":"76.945"} -> [76.945,43.238]`, ""},
		{"point in a list", put(point, `[[71.4,51.1]]`), "/locations/0/geometry/coordinates [[71.4,51.1]] -> [71.4,51.1]", ""},
		{"type of geometry in small letters", `"locations":[{"id":"1","geometry":{"type":"point","coordinates":[71.4,51.1]}}]`, `/locations/0/geometry/type "point" -> "Point"`, ""},

		{"day without hour", put(start, `"2024-01-31"`), `/period/startDate "2024-01-31" -> "2024-01-31T00:00:00Z"`, ""},
		{"last day without hour", put(end, `"2024-01-31"`), `/period/endDate "2024-01-31" -> "2024-01-31T23:59:59Z"`, ""},
		{"day first with dots", put(start, `"31.01.2024"`), `/period/startDate "31.01.2024" -> "2024-01-31T00:00:00Z"`, ""},
		{"day first with dots, below thirteen", put(start, `"05.04.2024"`), `/period/startDate "05.04.2024" -> "2024-04-05T00:00:00Z"`, ""},
		{"slashes, day above twelve", put(start, `"31/01/2024"`), `/period/startDate "31/01/2024" -> "2024-01-31T00:00:00Z"`, ""},
		{"slashes, month first", put(start, `"01/31/2024"`), `/period/startDate "01/31/2024" -> "2024-01-31T00:00:00Z"`, ""},
		{"slashes, nobody knows", put(start, `"05/04/2024"`), "", "/period/startDate format"},
		{"hour without zone", put(start, `"2024-01-31 10:00"`), `/period/startDate "2024-01-31 10:00" -> "2024-01-31T10:00:00+05:00"`, ""},
		{"hour without zone, with T", put(start, `"2024-01-31T10:00:00"`), `/period/startDate "2024-01-31T10:00:00" -> "2024-01-31T10:00:00+05:00"`, ""},
		{"zone without colon", put(start, `"2024-01-31T10:00:00.5+0500"`), `/period/startDate "2024-01-31T10:00:00.5+0500" -> "2024-01-31T10:00:00.5+05:00"`, ""},
		{"blank before the hour", put(start, `"2024-01-31 10:00:00Z"`), `/period/startDate "2024-01-31 10:00:00Z" -> "2024-01-31T10:00:00Z"`, ""},
		{"Russian month", put(start, `"31 января 2024 года"`), `/period/startDate "31 января 2024 года" -> "2024-01-31T00:00:00Z"`, ""},
		{"Kazakh month", put(start, `"2024 жылғы 3 қараша"`), `/period/startDate "2024 жылғы 3 қараша" -> "2024-11-03T00:00:00Z"`, ""},
		{"Spanish month", put(start, `"31 de enero de 2024"`), `/period/startDate "31 de enero de 2024" -> "2024-01-31T00:00:00Z"`, ""},
		{"English month", put(start, `"Jan 31, 2024"`), `/period/startDate "Jan 31, 2024" -> "2024-01-31T00:00:00Z"`, ""},
		{"letter of the internet", put(start, `"Wed, 31 Jan 2024 10:00:00 GMT"`), `/period/startDate "Wed, 31 Jan 2024 10:00:00 GMT" -> "2024-01-31T10:00:00Z"`, ""},
		{"milliseconds", put(start, `"/Date(1706659200000)/"`), `/period/startDate "/Date(1706659200000)/" -> "2024-01-31T00:00:00Z"`, ""},
		{"number of a spreadsheet", put(start, `45322`), "", "/period/startDate format"},
		{"number of a spreadsheet as text", put(start, `"45322"`), "", "/period/startDate format"},
		{"only a year", put(start, `"2024"`), "", "/period/startDate format"},
		{"no such day", put(start, `"2023-02-30"`), "", "/period/startDate format"},
		{"year 0202", put(start, `"0202-03-01"`), "", "/period/startDate format"},
		{"year 0202 in good form", put(start, `"0202-03-01T00:00:00Z"`), "", "/period/startDate year"},
		{"end before start", `"period":{"startDate":"2025-01-01T00:00:00Z","endDate":"2024-01-01T00:00:00Z"}`, "", "/period/endDate date-order"},

		{"status with a blank", `"status":"Implementation "`, `/status "Implementation " -> "implementation"`, ""},
		{"status of another system", `"status":"in_progress"`, `/status "in_progress" -> "implementation"`, ""},
		{"status active", `"status":"active"`, `/status "active" -> "implementation"`, ""},
		{"status Completed", `"status":"Completed"`, `/status "Completed" -> "completion"`, ""},
		{"status in Kazakh", `"status":"Аяқталды"`, `/status "Аяқталды" -> "completion"`, ""},
		{"status in Russian", `"status":"В реализации"`, `/status "В реализации" -> "implementation"`, ""},
		{"status with a Cyrillic letter", `"status":"сompletion"`, `/status "сompletion" -> "completion"`, ""},
		{"status nobody knows", `"status":"on hold"`, "", "/status enum"},
		{"sector as a text", `"sector":"health"`, `/sector "health" -> ["health"]`, ""},
		{"sectors in one text", `"sector":"Health; transport"`, `/sector "Health; transport" -> ["health","transport"]`, ""},
		{"sector in Russian", `"sector":["Здравоохранение"]`, `/sector/0 "Здравоохранение" -> "health"`, ""},
		{"sector that may be right", `"sector":["hospitals"]`, "", "/sector/0 codelist-open"},
		{"type in capitals", `"type":"CONSTRUCTION"`, `/type "CONSTRUCTION" -> "construction"`, ""},
		{"name of a register stays", `"additionalClassifications":[{"scheme":"SDG","id":"3"}]`, "", ""},
		{"currency in small letters", `"budget":{"amount":{"amount":1,"currency":"kzt"}}`, `/budget/amount/currency "kzt" -> "KZT"`, ""},
		{"currency as a word", `"budget":{"amount":{"amount":1,"currency":"тенге"}}`, `/budget/amount/currency "тенге" -> "KZT"`, ""},
		{"dollars of nobody knows where", `"budget":{"amount":{"amount":1,"currency":"$"}}`, "", "/budget/amount/currency enum"},

		{"UTF-8 read as Windows-1251", `"title":"РђСЃС‚Р°РЅР°"`, `/title "РђСЃС‚Р°РЅР°" -> "Астана"`, ""},
		{"UTF-8 read as Windows-1252", `"title":"ConstrucciÃ³n"`, `/title "ConstrucciÃ³n" -> "Construcción"`, ""},
		{"bytes of Windows-1251", "\"title\":\"\xc1\xee\xeb\xfc\xed\xe8\xf6\xe0\"", "/title \"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\" -> \"Больница\"", ""},
		{"bytes of Windows-1252", "\"title\":\"Construcci\xf3n\"", "/title \"Construcci\uFFFDn\" -> \"Construcción\"", ""},
		{"UTF-8 read as Latin-1", "\"title\":\"Ò\u009aÐ°Ð·Ð°Ò\u009aÑ\u0081Ñ\u0082Ð°Ð½\"", "/title \"Ò\u009aÐ°Ð·Ð°Ò\u009aÑ\u0081Ñ\u0082Ð°Ð½\" -> \"ҚазаҚстан\"", ""},
		{"UTF-8 read as code page 866", `"title":"╨С╨╛╨╗╤М╨╜╨╕╤Ж╨░"`, `/title "╨С╨╛╨╗╤М╨╜╨╕╤Ж╨░" -> "Больница"`, ""},
		{"Windows-1251 read as Windows-1252", `"title":"Áîëüíèöà ¹5"`, `/title "Áîëüíèöà ¹5" -> "Больница №5"`, ""},
		{"twice read wrongly", `"title":"Р В РЎвЂ™Р РЋР С“Р РЋРІР‚С™"`, "", "/title encoding"},
		{"French accents stay", `"title":"Été à l'hôpital, ÀÉÎ"`, "", ""},
		{"lost letters", `"title":"?????? hospital"`, "", "/title encoding"},
		{"half a surrogate", `"title":"a\ud800b"`, "", "/title encoding"},

		{"amount with blanks", put(amount, `"1 250 000,50"`), `/budget/amount/amount "1 250 000,50" -> 1250000.50`, ""},
		{"amount with commas", put(amount, `"1,250,000.50"`), `/budget/amount/amount "1,250,000.50" -> 1250000.50`, ""},
		{"amount with dots", put(amount, `"1.250.000,50"`), `/budget/amount/amount "1.250.000,50" -> 1250000.50`, ""},
		{"amount of digits", put(amount, `"1250000"`), `/budget/amount/amount "1250000" -> 1250000`, ""},
		{"amount nobody knows", put(amount, `"1,250"`), "", "/budget/amount/amount type"},
		{"amount with words", put(amount, `"около миллиарда"`), "", "/budget/amount/amount type"},
		{"amount with its currency", put(amount, `"1 250 000 тенге"`), `/budget/amount/amount "1 250 000 тенге" -> 1250000`, ""},
		{"currency before the amount", put(amount, `"KZT 1,250,000.50"`), `/budget/amount/amount "KZT 1,250,000.50" -> 1250000.50`, ""},
		{"dollars before the amount", put(amount, `"$5000"`), "", "/budget/amount/amount type"},
		{"currency inside the amount", `"budget":{"amount":{"amount":"5 000 KZT"}}`, `/budget/amount/amount "5 000 KZT" -> 5000; /budget/amount/currency null -> "KZT"`, ""},
		{"amount below zero", put(amount, `-5`), "", "/budget/amount/amount negative"},
		{"amount without currency", `"budget":{"amount":{"amount":5}}`, "", "/budget/amount currency-missing"},
		{"amount beyond measure", put(amount, `1e999`), "", "/budget/amount/amount number"},
		{"amount alone", `"budget":{"amount":5000}`, `/budget/amount 5000 -> {"amount":5000}`, "/budget/amount currency-missing"},
		{"days as a text", `"period":{"durationInDays":"30"}`, `/period/durationInDays "30" -> 30`, ""},
		{"days with a fraction of zeros", `"period":{"durationInDays":30.0}`, `/period/durationInDays 30.0 -> 30`, ""},
		{"share above a hundred", `"metrics":[{"id":"physicalProgress","observations":[{"id":"1","measure":140,"unit":{"name":"percent"}}]}]`, "", "/metrics/0/observations/0/measure percent"},

		{"null", `"title":null`, `/title null -> null`, ""},
		{"empty text", `"title":""`, `/title "" -> null`, ""},
		{"empty list", `"documents":[]`, `/documents [] -> null`, ""},
		{"empty object", `"period":{}`, `/period {} -> null`, ""},
		{"object of nothing", `"period":{"startDate":null}`, `/period/startDate null -> null`, ""},
		{"object of old programs", `"period":[]`, `/period [] -> null`, ""},
		{"id as a number", `"parties":[{"id":77,"name":"x"}]`, `/parties/0/id 77 -> "77"`, ""},
		{"object where a list belongs", `"parties":{"id":"1","name":"x"}`, `/parties {"id":"1","name":"x"} -> [{"id":"1","name":"x"}]`, ""},
		{"list of an old program", `"parties":{"0":{"id":"1"},"1":{"id":"2"}}`, `/parties {"0":{"id":"1"},"1":{"id":"2"}} -> [{"id":"1"},{"id":"2"}]`, ""},
		{"list where a text belongs", `"title":["x"]`, `/title ["x"] -> "x"`, ""},
		{"authority as a text", `"publicAuthority":"Ministry"`, `/publicAuthority "Ministry" -> {"name":"Ministry"}`, ""},
		{"word for true", `"environment":{"hasImpactAssessment":"да"}`, `/environment/hasImpactAssessment "да" -> true`, ""},
		{"no id of a document", `"documents":[{"title":"a"},{"id":"1","title":"b"}]`, `/documents/0/id null -> "2"`, ""},
		{"no id of a process", `"contractingProcesses":[{"summary":{"ocid":"ocds-1"}}]`, `/contractingProcesses/0/id null -> "ocds-1"`, ""},
		{"no id of a release", `"contractingProcesses":[{"id":"1","releases":[{"tag":["award"],"date":"2024-01-01T00:00:00Z","url":"https://a.kz/1"}]}]`, "", "/contractingProcesses/0/releases/0 required"},
		{"same party twice", `"parties":[{"id":"1","name":"x"},{"name":"x","id":"1"}]`, `/parties/1 {"name":"x","id":"1"} -> null`, ""},
		{"two parties of one id", `"parties":[{"id":"1","name":"x"},{"id":"1","name":"y"}]`, "", "/parties/1/id duplicate-id"},
		{"address with a blank", `"documents":[{"id":"1","url":" https://a.kz/план работ.pdf"}]`, `/documents/0/url " https://a.kz/план работ.pdf" -> "https://a.kz/%D0%BF%D0%BB%D0%B0%D0%BD%20%D1%80%D0%B0%D0%B1%D0%BE%D1%82.pdf"`, ""},
		{"address without scheme", `"documents":[{"id":"1","url":"www.a.kz"}]`, "", "/documents/0/url format"},

		{"field in other letters", `"Title":"x"`, `/Title "Title" -> "title"`, ""},
		{"field with underscores", `"public_authority":{"name":"x"}`, `/public_authority "public_authority" -> "publicAuthority"`, ""},
		{"field twice in other letters", `"Title":"x","title":"y"`, "", ""},
		{"field of nobody", `"colour":{"a":[null,"",{}]}`, "", ""},
		{"breakdown of 0.9.4", `"budget":{"budgetBreakdown":[{"id":"2016"}]}`, `/budget/budgetBreakdown "budgetBreakdown" -> "budgetBreakdowns"`, ""},
		{"document type of 0.9.2", `"documents":[{"id":"1","documentType":"contractSchedule"}]`, `/documents/0/documentType "contractSchedule" -> "contractAnnexe"`, ""},
		{"field twice, same value", `"title":"x","title":"x"`, `/title "x" -> null`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := pack(`{"id":"oc4ids-abc123-1",` + tc.member + `}`)
			got := mend(t, doc)
			if len(got) != 1 {
				t.Fatalf("%d reports", len(got))
			}
			if s := changes(got[0].Repairs); s != tc.repairs {
				t.Errorf("repairs  %s\nwant     %s", s, tc.repairs)
			}
			if s := troubles(got[0].Problems); s != tc.problems {
				t.Errorf("problems %s\nwant     %s", s, tc.problems)
			}
			again := mend(t, pack(string(got[0].doc.Append(nil))))
			if s := changes(again[0].Repairs); s != "" {
				t.Errorf("a second pass repairs again: %s", s)
			}
			for _, r := range got[0].Repairs {
				if r.Why == "" || strings.Contains(r.Why, "{") {
					t.Errorf("why is %q", r.Why)
				}
			}
		})
	}
}

// Every box of another country can be read and is one.
func TestLands(t *testing.T) {
	n := 0
	for name, h := range lands() {
		b := h.Box
		if !(b.West >= -180 && b.West < b.East && b.East <= 180 && b.South >= -90 && b.South < b.North && b.North <= 90) || len(h.Code) != 2 {
			t.Errorf("%s: %+v", name, h)
		}
		if n++; !facts().codes["country"].has[h.Code] || h.Currency != "-" && !facts().codes["currency"].has[h.Currency] {
			t.Errorf("%s: %s %s", name, h.Code, h.Currency)
		}
	}
	if n < 100 {
		t.Errorf("%d names", n)
	}
}
