package lang

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// noBreak separates thousands, and numbers from what follows.
const noBreak = "\u00a0"

// known is the language whose formats c gets.
func known(c Code) Code {
	if _, ok := months[c.base()]; ok {
		return c.base()
	}
	return EN
}

// mostZeros bounds the zeros that Number writes out: 1e1000000 is a short input
// and would be a megabyte of text.
const mostZeros = 60

// Number writes a decimal with separators of thousands from 10 000 on and all
// its places: 1 234 567,89 in Kazakh and Russian, 1,234,567.89 in English and
// every other language. Nothing is rounded; zeros at the end of the fraction go.
// An exponent beyond any figure of a ministry is left as an exponent: 1E100.
func Number(d decimal.Decimal, c Code) string {
	if extreme(d) {
		return Number(decimal.NewFromBigInt(d.Coefficient(), 0), c) + "E" + strconv.Itoa(int(d.Exponent()))
	}
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

func extreme(d decimal.Decimal) bool {
	return d.Exponent() > mostZeros || -d.Exponent() > mostZeros
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
	{6, map[Code]string{KK: "млн", RU: "млн", EN: "mn"}},
}

// Money writes an amount of a currency with its symbol after it and the words
// mn, bn, tn (млн, млрд, трлн) for large amounts. It never rounds: an amount that the word would
// shorten beyond six places is written in full.
func Money(d decimal.Decimal, symbol string, c Code) string {
	c = known(c)
	for _, s := range scales {
		if extreme(d) {
			break
		}
		unit := decimal.New(1, s.power)
		if d.Abs().LessThan(unit) {
			continue
		}
		if short := d.Shift(-s.power); short.Truncate(6).Equal(short) {
			return Number(short, c) + noBreak + s.word[c] + noBreak + symbol
		}
	}
	return Number(d, c) + noBreak + symbol
}

// Percent writes a percentage: 70 %, −63,3 %; English sets no blank.
func Percent(d decimal.Decimal, c Code) string {
	if known(c) == EN {
		return Number(d, c) + "%"
	}
	return Number(d, c) + noBreak + "%"
}
