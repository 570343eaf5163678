package figures

import (
	"strings"
	"testing"
)

func TestNumbers(t *testing.T) {
	for _, tc := range []struct{ in, mark, want string }{
		// What is beyond doubt.
		{"0", "", "0"}, {"49", "", "49"}, {"007", "", "7"}, {"-63.3", "", "-63.3"}, {"−63,3", "", "-63.3"}, {"+5", "", "5"}, {"12,5", "", "12.5"}, {"0.083", "", "0.083"}, {"0,083", "", "0.083"},
		{"1234.567", "", "1234.567"}, {"1.2345", "", "1.2345"}, {"1 234", "", "1234"}, {"1 234,567", "", "1234.567"}, {"1\u00a0740\u00a0000\u00a0000", "", "1740000000"}, {"1\u202f234.5", "", "1234.5"}, {"1’234.5", "", "1234.5"},
		{"1,234,567", "", "1234567"}, {"1.234.567", "", "1234567"}, {"1,234.5", "", "1234.5"}, {"1.234,5", "", "1234.5"}, {"1.234.567,89", "", "1234567.89"}, {"25%", "", "25%"}, {"-25,5 %", "", "-25.5%"}, {"999999999999999999", "", "999999999999999999"},
		{"0.000000000000000001", "", "0.000000000000000001"}, {"1.50", "", "1.5"},
		// What the decimal mark decides.
		{"1,234", ",", "1.234"}, {"1.234", ",", "1234"}, {"1,234", ".", "1234"}, {"1.234", ".", "1.234"}, {"12,5", ",", "12.5"}, {"500", ",", "500"}, {"1.5", ".", "1.5"},
		// What is refused.
		{"1,234", "", "!number_ambiguous"}, {"-12.345", "", "!number_ambiguous"}, {"123.456%", "", "!number_ambiguous"},
		{"12 34", "", "!number"}, {"1 2345", "", "!number"}, {"1,23,4", "", "!number"}, {"1.2.3", "", "!number"}, {"1.234,567.8", "", "!number"}, {"12.5", ",", "!number"}, {"1.234.5", ".", "!number"}, {"1,5", ".", "!number"},
		{"5.", "", "!number"}, {".5", "", "!number"}, {"1 234 ", "", "!number"}, {"--5", "", "!number"}, {"5-", "", "!number"}, {"%", "", "!number"}, {"12five", "", "!number"}, {"0x10", "", "!number"}, {"1_000", "", "!number"}, {"١٢", "", "!number"},
		{"NaN", "", "!number"}, {"Inf", "", "!number"}, {"-Infinity", "", "!number"}, {"1e5", "", "!number_power"}, {"1,74E+09", "", "!number_power"},
		{"1234567890123456789", "", "!number_digits"}, {"0.0000000000000000001", "", "!number_digits"}, {"-", "", "!value_word"}, {"Н/Д", "", "!value_word"}, {"деректер жоқ", "", "!value_word"},
	} {
		n, code := parseNumber(tc.in, tc.mark)
		got := n.value.String()
		if n.percent {
			got += "%"
		}
		if code != "" {
			got = "!" + code
		}
		if got != tc.want {
			t.Errorf("%q with mark %q: %s, want %s", tc.in, tc.mark, got, tc.want)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1,234.5", "1 234", "-0.5%", "1e5", "1.234.567,8", "−3"} {
		f.Add(s, uint8(0))
		f.Add(s, uint8(1))
	}
	f.Fuzz(func(t *testing.T, s string, m uint8) {
		mark := []string{"", ".", ","}[m%3]
		n, code := parseNumber(s, mark)
		if code != "" {
			if texts[code] == nil {
				t.Fatalf("no sentence for %s", code)
			}
			return
		}
		if tooLong(n.value) {
			t.Fatalf("%q: %s is too long", s, n.value)
		}
		// What is read has the digits that stand there, no more and no others.
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, s)
		again := strings.ReplaceAll(n.value.Abs().StringFixed(max(0, -n.value.Exponent())), ".", "")
		if strings.TrimLeft(digits, "0") != strings.TrimLeft(again, "0") {
			t.Fatalf("%q: %s", s, n.value)
		}
		if back, code := parseNumber(n.value.String(), "."); code != "" || !back.value.Equal(n.value) {
			t.Fatalf("%q: %s does not read back: %s", s, n.value, code)
		}
	})
}
