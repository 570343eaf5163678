package ledger

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
)

var beds = Unit{Code: "bed", Kind: "count", Name: lang.Text{lang.EN: "bed"}, Forms: map[lang.Code]map[string]string{
	lang.KK: {"one": "төсек", "other": "төсек"},
	lang.RU: {"one": "койка", "few": "койки", "many": "коек"},
	lang.EN: {"one": "bed", "other": "beds"},
}}

// plain writes no-break spaces as spaces, to be read in a test.
func plain(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func TestSay(t *testing.T) {
	for _, tc := range []struct {
		v          string
		q          Qualifier
		kk, ru, en string
	}{
		{"1", Exact, "1 төсек", "1 койка", "1 bed"},
		{"224", Exact, "224 төсек", "224 койки", "224 beds"},
		{"30", About, "шамамен 30 төсек", "около 30 коек", "about 30 beds"},
		{"21", About, "шамамен 21 төсек", "около 21 койки", "about 21 beds"},
		{"2", AtLeast, "кемінде 2 төсек", "не менее 2 коек", "at least 2 beds"},
		{"800", CloseTo, "800-ге жуық төсек", "почти 800 коек", "close to 800 beds"},
		{"400", MoreThan, "400-ден астам төсек", "более 400 коек", "more than 400 beds"},
		{"5", LessThan, "5-тен аз төсек", "менее 5 коек", "less than 5 beds"},
		{"1024", AtMost, "ең көбі 1024 төсек", "не более 1024 коек", "at most 1024 beds"},
		{"2.5", About, "шамамен 2,5 төсек", "около 2,5 койки", "about 2.5 beds"},
	} {
		v := dec(tc.v)
		for c, want := range map[lang.Code]string{lang.KK: tc.kk, lang.RU: tc.ru, lang.EN: tc.en} {
			if got := plain(beds.Say(v, tc.q, "₸", c)); got != want {
				t.Errorf("%s %s in %s: %q, want %q", tc.q, tc.v, c, got, want)
			}
		}
	}
}

func TestSayMoneyAndPercent(t *testing.T) {
	tenge, percent := Unit{Code: "KZT", Kind: "money"}, Unit{Code: "percent", Kind: "percent"}
	for want, got := range map[string]string{
		"7,4721 млрд ₸-ден астам":          tenge.Say(dec("7472100000"), MoreThan, "₸", lang.KK),
		"более 7,4721 млрд ₸":              tenge.Say(dec("7472100000"), MoreThan, "₸", lang.RU),
		"more than 7.4721 bn ₸":            tenge.Say(dec("7472100000"), MoreThan, "₸", lang.EN),
		"70 %-ға жуық":                     percent.Say(dec("70"), CloseTo, "₸", lang.KK),
		"−63,3 %":                          percent.Say(dec("-63.3"), Exact, "₸", lang.RU),
		"at least 1 bn ₸ of 2 bn ₸":        tenge.Part(dec("1000000000"), AtLeast, dec("2000000000"), Exact, "₸", lang.EN),
		"не менее 1 млрд ₸ из 2 млрд ₸":    tenge.Part(dec("1000000000"), AtLeast, dec("2000000000"), Exact, "₸", lang.RU),
		"2 млрд ₸ ішінен кемінде 1 млрд ₸": tenge.Part(dec("1000000000"), AtLeast, dec("2000000000"), Exact, "₸", lang.KK),
	} {
		if plain(got) != want {
			t.Errorf("%q, want %q", plain(got), want)
		}
	}
}

func TestPartOfWhole(t *testing.T) {
	for _, tc := range []struct {
		part       string
		q          Qualifier
		whole      string
		wq         Qualifier
		kk, ru, en string
	}{
		{"102", Exact, "224", Exact, "224 төсектің 102-сі", "102 из 224 коек", "102 of 224 beds"},
		{"102", AtLeast, "800", CloseTo, "800-ге жуық төсектің кемінде 102-сі", "не менее 102 из примерно 800 коек", "at least 102 of close to 800 beds"},
		{"20", Exact, "21", Exact, "21 төсектің 20-сы", "20 из 21 койки", "20 of 21 beds"},
		{"5", MoreThan, "10", AtLeast, "кемінде 10 төсектің 5-тен астамы", "более 5 из не менее 10 коек", "more than 5 of at least 10 beds"},
	} {
		for c, want := range map[lang.Code]string{lang.KK: tc.kk, lang.RU: tc.ru, lang.EN: tc.en} {
			if got := plain(beds.Part(dec(tc.part), tc.q, dec(tc.whole), tc.wq, "₸", c)); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	}
}

// A unit of which only the name is known still reads as something.
func TestUnitWithoutForms(t *testing.T) {
	u := Unit{Code: "ward", Kind: "count", Name: lang.Text{lang.EN: "ward"}}
	if got := plain(u.Say(dec("3"), About, "", lang.RU)); got != "около 3 ward" {
		t.Errorf("%q", got)
	}
}
