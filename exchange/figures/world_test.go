package figures

import (
	"bytes"
	"context"
	"flag"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

var update = flag.Bool("update", false, "write the golden files anew")

func day(s string) *period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return &d
}

func dec(s string) *decimal.Decimal {
	d := decimal.RequireFromString(s)
	return &d
}

func words(kk, ru, en string) lang.Text { return lang.Text{lang.KK: kk, lang.RU: ru, lang.EN: en} }

// world is a small country with two measures of each sort.
func world() *Lists {
	return NewLists(
		[]ledger.Measure{
			{Code: "beds.new", Version: 2, Unit: "bed", Name: words("Жаңа төсектер", "Новые койки", "New beds")},
			{Code: "mortality.change", Version: 1, Unit: "percent", Name: words("Өлім өзгерісі", "Изменение смертности", "Change of mortality")},
			{Code: "funding", Version: 1, Unit: "KZT", Name: words("Қаржыландыру", "Финансирование", "Funding")},
			{Code: "births.rate", Version: 1, Unit: "per_1000", Name: words("Туу коэффициенті", "Рождаемость", "Birth rate")},
		},
		[]ledger.Unit{
			{Code: "bed", Kind: "count", Name: words("төсек", "койка", "bed")},
			{Code: "percent", Kind: "percent", Name: words("пайыз", "процент", "percent")},
			{Code: "KZT", Kind: "money", Name: words("теңге", "тенге", "tenge")},
			{Code: "per_1000", Kind: "rate", Name: words("1000-ға", "на 1000", "per 1000")},
		},
		[]place.Place{
			{ID: "KZ", Kind: place.Country, Name: words("Қазақстан", "Казахстан", "Kazakhstan")},
			{ID: "KZ-35", Kind: place.Region, Parent: "KZ", Name: words("Қарағанды облысы", "Карагандинская область", "Karaganda Region"), Short: words("Қарағанды", "Караганда", "Karaganda")},
			{ID: "KZ-62", Kind: place.Region, Parent: "KZ", Name: words("Ұлытау облысы", "область Улытау", "Ulytau Region"), Short: words("Ұлытау", "Улытау", "Ulytau")},
		},
		[]ledger.Document{
			{Name: "plan.txt", Kind: "document", Title: words("Жоспар", "План", "Plan"), Published: day("2026-02-05")},
			{Name: "BNS", Kind: "reference", Title: words("Бюллетень", "Бюллетень", "Bulletin")},
			{Name: "DHIS2", Kind: "reference", Title: words("DHIS2", "DHIS2", "DHIS2"), Published: day("2025-12-01")},
		})
}

// importText reads a table given as text.
func importText(t testing.TB, table string, o Options) Result {
	t.Helper()
	return importBytes(t, []byte(table), o)
}

func importBytes(t testing.TB, table []byte, o Options) Result {
	t.Helper()
	if o.Catalogue == nil {
		o.Catalogue = world()
	}
	r, err := sheet.Open(bytes.NewReader(table), int64(len(table)), sheet.Options{Name: "figures.csv"})
	if err != nil {
		t.Fatal(err)
	}
	res, err := Read(context.Background(), r, o)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func export(t testing.TB, format sheet.Format, figures []ledger.Figure, o WriteOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := Write(&b, format, func(yield func(*ledger.Figure) error) error {
		for i := range figures {
			if err := yield(&figures[i]); err != nil {
				return err
			}
		}
		return nil
	}, o)
	if err != nil || n > len(figures) {
		t.Fatal(n, err)
	}
	return b.Bytes()
}

func mapping(t testing.TB, text string) *Mapping {
	t.Helper()
	m, err := ReadMapping(strings.NewReader(text), "mapping.json")
	if err != nil {
		t.Fatal(err)
	}
	return m
}
