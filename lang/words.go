package lang

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Plural returns the form of a word that goes with a number (CLDR rules):
// "one" or "other" in Kazakh and English, "one", "few" or "many" in Russian,
// where a number with decimals takes "other". Russian callers without an
// "other" form use "few".
func Plural(d decimal.Decimal, c Code) string {
	if extreme(d) {
		d = decimal.Zero // a power of ten, or next to nothing: the form of zero
	}
	if known(c) != RU {
		if d.Equal(decimal.NewFromInt(1)) {
			return "one"
		}
		return "other"
	}
	if !d.IsInteger() {
		return "other"
	}
	n := d.Abs().Mod(decimal.NewFromInt(100)).IntPart()
	switch {
	case n%10 == 1 && n != 11:
		return "one"
	case n%10 >= 2 && n%10 <= 4 && (n < 12 || n > 14):
		return "few"
	}
	return "many"
}

// List joins words: a, b және c.
func List(words []string, c Code) string {
	and := map[Code]string{KK: " және ", RU: " и ", EN: " and "}[known(c)]
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + and + words[len(words)-1]
}
