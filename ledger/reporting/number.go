package reporting

import (
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shopspring/decimal"
)

// maxNumber is the length of a text that may be a number.
const maxNumber = 40

// blanks are what people and spreadsheets put between thousands.
const blanks = " \u00a0\u202f\u2009\u2007"

// ParseNumber reads a number as it is typed into a form in Kazakh, Russian or
// English: 1 234,5 or 1234.5. A comma and a point are both the decimal mark, so
// that nothing is guessed; thousands are divided by blanks only, in threes. It
// returns fault.Invalid for anything else: 1,234.5 and 1.234.567 are refused,
// because either mark might be the other one in another country. The web does
// the same in web/src/format/parse-number.ts; both run the cases of
// testdata/numbers.json.
func ParseNumber(text string) (decimal.Decimal, error) {
	bad := fault.New(fault.Invalid, "reporting.ParseNumber", "", "not a number: write 1234,5 or 1 234,5, with one decimal mark and blanks between thousands")
	s := strings.Trim(text, blanks+"\t\r\n")
	if s == "" || len(s) > maxNumber {
		return decimal.Decimal{}, bad
	}
	sign := ""
	for _, minus := range []string{"-", "−"} {
		if t, ok := strings.CutPrefix(s, minus); ok {
			s, sign = t, "-"
			break
		}
	}
	whole, fraction, marked := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if marked && (!digits(fraction)) {
		return decimal.Decimal{}, bad
	}
	whole, ok := ungroup(whole)
	if !ok {
		return decimal.Decimal{}, bad
	}
	text = sign + whole
	if marked {
		text += "." + fraction
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return decimal.Decimal{}, bad
	}
	if tooLong(d) {
		return decimal.Decimal{}, fault.New(fault.Invalid, "reporting.ParseNumber", "", "a number has at most %d digits", ledger.MaxDigits)
	}
	return d, nil
}

// tooLong reports whether the ledger would refuse the number for its digits. It
// comes before any arithmetic: 1e999999999 is short as a text only.
func tooLong(d decimal.Decimal) bool {
	e := d.Exponent()
	return d.NumDigits() > ledger.MaxDigits || e < -ledger.MaxDigits || e > ledger.MaxDigits || e > 0 && d.NumDigits()+int(e) > ledger.MaxDigits
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// ungroup takes the blanks from between thousands: 1 234 567.
func ungroup(s string) (string, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(blanks, r) })
	joined := strings.Join(parts, "")
	if !digits(joined) {
		return "", false
	}
	if len(parts) == 1 {
		return joined, len(joined) == len(s)
	}
	for i, p := range parts {
		if i > 0 && len(p) != 3 || i == 0 && len(p) > 3 {
			return "", false
		}
	}
	// One blank between, none doubled: every blank is one rune.
	runes := 0
	for range s {
		runes++
	}
	return joined, runes == len(joined)+len(parts)-1
}
