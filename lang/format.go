package lang

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// noBreak separates thousands, and numbers from what follows.
const noBreak = "\u00a0"

// months in the form that follows a day.
var months = map[Code][12]string{
	KK: {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"},
	RU: {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	EN: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// monthsAlone is the form that stands by itself, where it differs.
var monthsAlone = [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"}

func known(c Code) Code {
	if _, ok := months[c]; ok {
		return c
	}
	return EN
}

// Number writes a decimal with separators of thousands and all its places:
// 1 234 567,89 in Kazakh and Russian, 1,234,567.89 in English and every other
// language. Nothing is rounded.
func Number(d decimal.Decimal, c Code) string {
	whole, frac, _ := strings.Cut(d.Abs().String(), ".")
	thousands, point := noBreak, ","
	if known(c) == EN {
		thousands, point = ",", "."
	}
	var b strings.Builder
	if d.IsNegative() {
		b.WriteString("−")
	}
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 && len(whole) > 4 {
			b.WriteString(thousands)
		}
		b.WriteRune(r)
	}
	if frac != "" {
		b.WriteString(point + frac)
	}
	return b.String()
}

// Int writes a whole number.
func Int(n int64, c Code) string { return Number(decimal.NewFromInt(n), c) }

// scales are the short words for large amounts.
var scales = []struct {
	power int32
	word  map[Code]string
}{
	{12, map[Code]string{KK: "трлн", RU: "трлн", EN: "tn"}},
	{9, map[Code]string{KK: "млрд", RU: "млрд", EN: "bn"}},
	{6, map[Code]string{KK: "млн", RU: "млн", EN: "m"}},
}

// Money writes an amount of a currency with its symbol after it and the words
// mln, bn, tn for large amounts. It never rounds: an amount that the word would
// shorten beyond six places is written in full.
func Money(d decimal.Decimal, symbol string, c Code) string {
	c = known(c)
	for _, s := range scales {
		unit := decimal.New(1, s.power)
		if d.Abs().LessThan(unit) {
			continue
		}
		if short := d.Shift(-s.power); short.Exponent() >= -6 || short.Truncate(6).Equal(short) {
			return Number(trim(short), c) + noBreak + s.word[c] + noBreak + symbol
		}
	}
	return Number(trim(d), c) + noBreak + symbol
}

func trim(d decimal.Decimal) decimal.Decimal {
	t, err := decimal.NewFromString(d.String())
	if err != nil {
		return d
	}
	return t
}

// Percent writes a percentage: 70 %, −63,3 %; English sets no blank.
func Percent(d decimal.Decimal, c Code) string {
	if known(c) == EN {
		return Number(d, c) + "%"
	}
	return Number(d, c) + noBreak + "%"
}

// Date writes a day: 2026 ж. 8 наурыз, 8 марта 2026 г., 8 March 2026.
func Date(year int, month time.Month, day int, c Code) string {
	y, d := strconv.Itoa(year), strconv.Itoa(day)
	m := months[known(c)][month-1]
	switch known(c) {
	case KK:
		return y + noBreak + "ж. " + d + noBreak + m
	case RU:
		return d + noBreak + m + " " + y + noBreak + "г."
	}
	return d + noBreak + m + " " + y
}

// Month writes a month: 2026 ж. наурыз, март 2026 г., March 2026.
func Month(year int, month time.Month, c Code) string {
	y := strconv.Itoa(year)
	switch known(c) {
	case KK:
		return y + noBreak + "ж. " + months[KK][month-1]
	case RU:
		return monthsAlone[month-1] + " " + y + noBreak + "г."
	}
	return months[EN][month-1] + " " + y
}

// Plural returns the form of a word that goes with a number (CLDR rules):
// "one" or "other" in Kazakh and English, "one", "few" or "many" in Russian,
// where a number with decimals takes "other". Russian callers without an
// "other" form use "few".
func Plural(d decimal.Decimal, c Code) string {
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
