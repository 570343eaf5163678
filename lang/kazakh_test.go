package lang

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestKazakhEndings(t *testing.T) {
	for word, want := range map[string][4]string{ // genitive, dative, ablative, possessive
		"бөлімше":  {"нің", "ге", "ден", "сі"},
		"төсек":    {"тің", "ке", "тен", "і"},
		"орталық":  {"тың", "қа", "тан", "ы"},
		"аурухана": {"ның", "ға", "дан", "сы"},
		"келісім":  {"нің", "ге", "нен", "і"},
		"нысан":    {"ның", "ға", "нан", "ы"},
		"дәрігер":  {"дің", "ге", "ден", "і"},
		"ауыл":     {"дың", "ға", "дан", "ы"},
		"теңге":    {"нің", "ге", "ден", "сі"},
		"пайыз":    {"дың", "ға", "дан", "ы"},
		"":         {},
	} {
		for c, w := range want {
			if got := KazakhEnding(word, Case(c)); got != w {
				t.Errorf("%s, case %d: -%s, want -%s", word, c, got, w)
			}
		}
	}
}

// The endings as newspapers print them: 102-сі, 30-ға жуық, 800-ге жуық.
func TestKazakhNumbers(t *testing.T) {
	for _, tc := range []struct {
		n    string
		c    Case
		want string
	}{
		{"102", Possessive, "-сі"}, {"5", Possessive, "-і"}, {"6", Possessive, "-сы"}, {"9", Possessive, "-ы"}, {"50", Possessive, "-і"},
		{"30", Dative, "-ға"}, {"800", Dative, "-ге"}, {"200", Dative, "-ге"}, {"40", Dative, "-қа"}, {"3", Dative, "-ке"},
		{"400", Ablative, "-ден"}, {"1000", Ablative, "-нан"}, {"300000", Ablative, "-нан"}, {"1000000000", Ablative, "-тан"}, {"10", Ablative, "-нан"},
		{"7.4721", Ablative, "-ден"}, {"7.5", Ablative, "-тен"}, {"7.50", Ablative, "-тен"}, {"0", Dative, "-ге"}, {"1e18", Ablative, "-нан"},
	} {
		if got := KazakhNumber(decimal.RequireFromString(tc.n), tc.c); got != tc.want {
			t.Errorf("%s, case %d: %s, want %s", tc.n, tc.c, got, tc.want)
		}
	}
	if got := KazakhNumber(decimal.New(1, 100), Dative); got != "-ге" {
		t.Errorf("a number beyond reading: %s", got)
	}
}
