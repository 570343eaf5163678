package oc4ids

import (
	"strings"
	"unicode"
)

// parseNumber reads a number from a text when only one reading is possible:
// "1 250 000,50", "1,250,000.50", "1.250.000,50", "1'250'000". It reports false
// for "1,250" and "1.250", which are a thousand or one depending on the
// country, and for anything with letters.
func parseNumber(s string) (literal string, ok bool) {
	sign, digits := cleanNumber(s)
	if digits == "" || strings.Trim(digits, "0123456789.,") != "" {
		return "", false
	}
	dots, commas := strings.Count(digits, "."), strings.Count(digits, ",")
	decimal, group := "", ""
	switch {
	case dots == 0 && commas == 0:
	case dots > 0 && commas > 0: // the last one is the decimal sign
		decimal, group = ".", ","
		if strings.LastIndex(digits, ",") > strings.LastIndex(digits, ".") {
			decimal, group = ",", "."
		}
		if strings.Count(digits, decimal) > 1 {
			return "", false
		}
	case dots > 1:
		group = "."
	case commas > 1:
		group = ","
	default:
		decimal = "."
		if commas == 1 {
			decimal = ","
		}
		if ambiguousDigits(digits, decimal) && !spaced(s) {
			return "", false
		}
	}
	whole, fraction := digits, ""
	if decimal != "" {
		whole, fraction, _ = strings.Cut(digits, decimal)
		if fraction == "" || strings.Contains(fraction, group) && group != "" {
			return "", false
		}
	}
	if group != "" && !groups(strings.Split(whole, group)) {
		return "", false
	}
	if group != "" {
		whole = strings.ReplaceAll(whole, group, "")
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	literal = sign + whole
	if fraction != "" {
		literal += "." + fraction
	}
	return literal, validNumber(literal) && len(literal) < 40
}

// cleanNumber takes away the sign, and blanks or apostrophes that stand
// between digits in groups of three.
func cleanNumber(s string) (sign, digits string) {
	s = strings.TrimSpace(s)
	if r, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "-", r
	} else if r, ok := strings.CutPrefix(s, "−"); ok {
		sign, s = "-", r
	} else if r, ok := strings.CutPrefix(s, "+"); ok {
		s = r
	}
	parts := strings.FieldsFunc(s, isGap)
	if len(parts) > 1 {
		last := parts[len(parts)-1]
		whole, _, _ := strings.Cut(strings.ReplaceAll(last, ",", "."), ".")
		if !groups(append(append([]string{}, parts[:len(parts)-1]...), whole)) {
			return "", ""
		}
	}
	return sign, strings.Join(parts, "")
}

// groups reports whether digits are grouped by three.
func groups(parts []string) bool {
	for i, p := range parts {
		if p == "" || !digitsOnly(p) || len(p) > 3 || i > 0 && len(p) != 3 {
			return false
		}
	}
	return true
}

func isGap(r rune) bool { return unicode.IsSpace(r) || r == '\u202f' || r == '\'' || r == '’' }

func spaced(s string) bool { return strings.ContainsFunc(strings.TrimSpace(s), isGap) }

// ambiguousDigits reports whether one separator stands before exactly three
// digits and after one to three: nobody can tell thousands from a fraction.
func ambiguousDigits(digits, sep string) bool {
	whole, rest, _ := strings.Cut(digits, sep)
	return len(rest) == 3 && len(whole) >= 1 && len(whole) <= 3 && whole[0] != '0'
}

func ambiguousNumber(s string) bool {
	_, d := cleanNumber(s)
	return strings.Count(d, ".")+strings.Count(d, ",") == 1 && strings.Trim(d, "0123456789.,") == ""
}

// currencySigns are words and signs that stand beside an amount and mean one
// currency. The dollar sign alone does not.
var currencySigns = map[string]string{"₸": "KZT", "тг": "KZT", "тг.": "KZT", "тенге": "KZT", "теңге": "KZT", "tenge": "KZT", "tg": "KZT", "€": "EUR", "евро": "EUR", "euro": "EUR", "£": "GBP",
	"₴": "UAH", "грн": "UAH", "грн.": "UAH", "₽": "RUB", "руб": "RUB", "руб.": "RUB", "us$": "USD", "долл. сша": "USD", "доллар сша": "USD", "долларов сша": "USD", "us dollar": "USD", "us dollars": "USD"}

// currencyInAmount splits "1 250 000 тенге" into amount and currency, when the
// object has no currency or the same.
func (m *mender) currencyInAmount(v *Value) {
	a := v.Get("amount")
	if a == nil || a.Kind != String {
		return
	}
	sign, figures := splitCurrency(strings.TrimSpace(a.Text))
	code := currencySigns[strings.ToLower(sign)]
	if code == "" && facts().codes["currency"].has[strings.ToUpper(sign)] {
		code = strings.ToUpper(sign)
	}
	literal, ok := parseNumber(figures)
	have := v.Get("currency")
	if code == "" || !ok || have != nil && (have.Kind != String || strings.ToUpper(strings.TrimSpace(have.Text)) != code) {
		return
	}
	m.change(a, number(literal), "why_text_number")
	if have == nil {
		c := text(code)
		c.at = v.at + "/currency"
		m.repair(c.at, nil, c, "why_currency")
		v.Members = append(v.Members, Member{"currency", c})
	}
}

// splitCurrency cuts an amount from the word or sign before or after it.
func splitCurrency(s string) (sign, figures string) {
	figure := func(r rune) bool { return unicode.IsDigit(r) || isGap(r) || strings.ContainsRune(".,-−+", r) }
	if i := strings.IndexFunc(s, func(r rune) bool { return !figure(r) }); i > 0 {
		return strings.TrimSpace(s[i:]), s[:i]
	}
	i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsDigit(r) || r == '-' || r == '−' })
	if i <= 0 {
		return "", s
	}
	return strings.TrimSpace(s[:i]), s[i:]
}
