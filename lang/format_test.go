package lang

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func plain(s string) string { return strings.ReplaceAll(s, noBreak, " ") }

func TestFormats(t *testing.T) {
	for _, tc := range []struct{ got, want string }{
		{Number(dec("1234567.89"), KK), "1 234 567,89"},
		{Number(dec("-1234567.89"), RU), "−1 234 567,89"},
		{Number(dec("1234567.89"), EN), "1,234,567.89"},
		{Number(dec("2026"), EN), "2026"},
		{Number(dec("0.10"), EN), "0.1"},
		{Money(dec("1740000000"), "₸", KK), "1,74 млрд ₸"},
		{Money(dec("316300000000"), "₸", EN), "316.3 bn ₸"},
		{Money(dec("272100000"), "₸", RU), "272,1 млн ₸"},
		{Money(dec("1234567890.12"), "₸", EN), "1,234,567,890.12 ₸"},
		{Money(dec("49333.33"), "₸", RU), "49 333,33 ₸"},
		{Percent(dec("-63.3"), KK), "−63,3 %"},
		{Percent(dec("96"), EN), "96%"},
		{Date(2026, 3, 8, KK), "2026 ж. 8 наурыз"},
		{Date(2026, 3, 8, RU), "8 марта 2026 г."},
		{Date(2026, 3, 8, EN), "8 March 2026"},
		{Date(2026, 3, 8, "ka"), "8 March 2026"},
		{Month(2026, time.February, KK), "2026 ж. ақпан"},
		{Month(2026, time.February, RU), "февраль 2026 г."},
		{Number(dec("7472.1"), RU), "7472,1"},
		{Number(dec("10000"), KK), "10 000"},
		{Number(dec("-0.0"), KK), "0"},
		{Number(dec("1e21"), "en-GB"), "1,000,000,000,000,000,000,000"},
		{Number(dec("12e9999"), RU), "12E9999"},
		{Number(dec("0.1").Add(dec("0.2")), EN), "0.3"},
		{Int(-21, KK), "−21"},
		{Money(dec("7500000000"), "₸", EN), "7.5 bn ₸"},
		{Money(dec("7500000000"), "₸", RU), "7,5 млрд ₸"},
		{Money(dec("7472100000"), "₸", KK), "7,4721 млрд ₸"},
		{Money(dec("-999999"), "₸", RU), "−999 999 ₸"},
		{Money(dec("1000000"), "₾", "ka"), "1 mn ₾"},
		{Money(dec("2e12"), "₸", KK), "2 трлн ₸"},
		{Money(dec("1e9999"), "₸", KK), "1E9999 ₸"},
		{Percent(dec("-15.3"), RU), "−15,3 %"},
		{Date(2026, 11, 23, "kk-KZ"), "2026 ж. 23 қараша"},
		{Month(2026, time.March, EN), "March 2026"},
		{Month(2026, time.August, RU), "август 2026 г."},
		{Year(2026, KK), "2026 ж."}, {Year(2026, RU), "2026 г."}, {Year(2026, EN), "2026"},
		{Years(2026, 2028, KK), "2026–2028 жж."}, {Years(2026, 2028, RU), "2026–2028 гг."}, {Years(2026, 2028, EN), "2026–2028"},
		{HalfYear(2025, 1, KK), "2025 ж. 1-жартыжылдығы"}, {HalfYear(2025, 2, RU), "2-е полугодие 2025 г."},
		{HalfYear(2025, 1, EN), "first half of 2025"}, {HalfYear(2025, 2, EN), "second half of 2025"},
		{Quarter(2025, 3, KK), "2025 ж. 3-тоқсаны"}, {Quarter(2025, 3, RU), "3-й квартал 2025 г."}, {Quarter(2025, 3, EN), "Q3 2025"},
		{Week(2025, 7, KK), "2025 ж. 7-аптасы"}, {Week(2025, 7, RU), "7-я неделя 2025 г."}, {Week(2025, 7, EN), "week 7 of 2025"},
		{List(nil, KK), ""},
		{List([]string{"a", "b"}, RU), "a и b"},
		{List([]string{"a", "b", "c"}, EN), "a, b and c"},
		{List([]string{"а", "б", "в"}, KK), "а, б және в"},
		{List([]string{"a"}, EN), "a"},
	} {
		if plain(tc.got) != tc.want {
			t.Errorf("got %q, want %q", plain(tc.got), tc.want)
		}
	}
}

func TestPlural(t *testing.T) {
	for _, tc := range []struct {
		n    string
		c    Code
		want string
	}{
		{"1", RU, "one"}, {"2", RU, "few"}, {"5", RU, "many"}, {"11", RU, "many"}, {"12", RU, "many"}, {"21", RU, "one"},
		{"22", RU, "few"}, {"111", RU, "many"}, {"1.5", RU, "other"}, {"0", RU, "many"},
		{"-21", RU, "one"}, {"1002", RU, "few"}, {"1.0", RU, "one"}, {"1e9999", RU, "many"}, {"1.5", EN, "other"},
		{"1", KK, "one"}, {"5", KK, "other"}, {"1", EN, "one"}, {"2", EN, "other"},
	} {
		if got := Plural(dec(tc.n), tc.c); got != tc.want {
			t.Errorf("%s %s: %s, want %s", tc.c, tc.n, got, tc.want)
		}
	}
}
