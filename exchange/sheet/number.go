package sheet

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/ledger"
)

// Reading is a number as it was read from a cell.
type Reading struct {
	Value   decimal.Decimal
	Percent bool // a percent sign stood behind it
}

// maxNumber is the length of a text that may be a number.
const maxNumber = 60

// notNumbers are the words that people write where there is no number.
var notNumbers = map[string]bool{"-": true, "–": true, "—": true, "..": true, "...": true, "…": true, "x": true, "х": true, "*": true,
	"n/a": true, "na": true, "null": true, "none": true, "н/д": true, "нд": true, "нет данных": true, "дерек жоқ": true, "деректер жоқ": true, "no data": true}

// ParseNumber reads a decimal number: with a point or a comma, with blanks or
// the other mark between thousands, with a percent sign. mark is "." or ","
// when it is known which is the decimal mark. It returns the code of a problem,
// "" for none: number, number_ambiguous, number_digits, number_power, value_word.
func ParseNumber(s, mark string) (Reading, string) {
	if v, ok := simple(s); ok && mark != "," {
		return Reading{Value: v}, ""
	}
	if len(s) > maxNumber {
		return Reading{}, "number_digits"
	}
	if notNumbers[strings.ToLower(s)] {
		return Reading{}, "value_word"
	}
	var r Reading
	if t, ok := strings.CutSuffix(s, "%"); ok {
		r.Percent, s = true, strings.TrimRight(t, " \u00a0\u202f")
	}
	sign := ""
	if c, n := utf8.DecodeRuneInString(s); c == '-' || c == '−' || c == '+' {
		if s = s[n:]; c != '+' {
			sign = "-"
		}
	}
	digits, code := digitsOf(s, mark)
	if code != "" {
		return Reading{}, code
	}
	v, err := decimal.NewFromString(sign + digits)
	if err != nil {
		return Reading{}, "number"
	}
	if TooLong(v) {
		return Reading{}, "number_digits"
	}
	r.Value = v
	return r, ""
}

// TooLong reports whether the ledger would refuse the number for its digits.
func TooLong(d decimal.Decimal) bool {
	return d.NumDigits() > ledger.MaxDigits || d.Exponent() < -ledger.MaxDigits || d.Exponent() > 0 && d.NumDigits()+int(d.Exponent()) > ledger.MaxDigits
}

// simple reads what most cells hold: digits, perhaps a sign and a point that
// cannot divide thousands.
func simple(s string) (decimal.Decimal, bool) {
	digits := s
	if s != "" && s[0] == '-' {
		digits = s[1:]
	}
	if digits == "" || len(digits) > ledger.MaxDigits {
		return decimal.Decimal{}, false
	}
	var coef int64
	point := -1
	for i := range len(digits) {
		c := digits[i]
		switch {
		case c >= '0' && c <= '9':
			coef = 10*coef + int64(c-'0')
		case c == '.' && point < 0:
			point = i
		default:
			return decimal.Decimal{}, false
		}
	}
	scale := 0
	if point >= 0 {
		if scale = len(digits) - point - 1; point == 0 || scale == 0 || scale == 3 {
			return decimal.Decimal{}, false // .5, 5. and 1.234 are looked at closely
		}
	}
	if len(digits) < len(s) {
		coef = -coef
	}
	return decimal.New(coef, int32(-scale)), true
}

// digitsOf returns the digits with a point, without what divides thousands.
func digitsOf(s, mark string) (string, string) {
	spaced := strings.ContainsAny(s, " \u00a0\u202f\u2009'’")
	if spaced {
		s = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "'", " ", "’", " ").Replace(s)
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '.', c == ',', c == ' ':
		case (c == 'e' || c == 'E') && i > 0:
			return "", "number_power"
		default:
			return "", "number"
		}
	}
	if mark == "" {
		var code string
		if mark, code = guessMark(s, spaced); code != "" {
			return "", code
		}
	}
	whole, fraction, found := strings.Cut(s, mark)
	if found && (fraction == "" || strings.ContainsAny(fraction, ".,")) || strings.Contains(fraction, " ") || !grouped(whole) {
		return "", "number"
	}
	whole = strings.NewReplacer(" ", "", ".", "", ",", "").Replace(whole)
	if fraction == "" {
		return whole, ""
	}
	return whole + "." + fraction, ""
}

// guessMark tells which mark is the decimal one, where that is beyond doubt.
func guessMark(s string, spaced bool) (mark, code string) {
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	switch {
	case points == 0 && commas == 0:
		return ".", ""
	case points > 0 && commas > 0:
		if strings.LastIndexByte(s, '.') > strings.LastIndexByte(s, ',') {
			return ".", ""
		}
		return ",", ""
	case points > 1:
		return ",", "" // 1.234.567
	case commas > 1:
		return ".", ""
	}
	mark = "."
	if commas == 1 {
		mark = ","
	}
	whole, fraction, _ := strings.Cut(s, mark)
	if len(fraction) == 3 && len(whole) <= 3 && whole != "" && whole[0] != '0' && !spaced {
		return "", "number_ambiguous"
	}
	return mark, ""
}

// grouped reports whether the digits stand alone or in thousands: 1 234 567.
func grouped(s string) bool {
	i := strings.IndexAny(s, " .,")
	if i < 0 {
		return s != ""
	}
	between := s[i]
	for first := true; ; first = false {
		part, rest, more := strings.Cut(s, string(between))
		if strings.ContainsAny(part, " .,") || first && (part == "" || len(part) > 3) || !first && len(part) != 3 {
			return false
		}
		if !more {
			return true
		}
		s = rest
	}
}
