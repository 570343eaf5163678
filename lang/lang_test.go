package lang

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func plain(s string) string { return strings.ReplaceAll(s, noBreak, " ") }

func TestFallback(t *testing.T) {
	if got := (Text{RU: "Балхаш", "ka": "x"}).In(KK); got != "Балхаш" {
		t.Errorf("missing Kazakh shows %q", got)
	}
	if got := (Text{"ka": "თბილისი"}).In(EN); got != "თბილისი" {
		t.Errorf("a text in one foreign language shows %q", got)
	}
	if (Text{}).In(EN) != "" {
		t.Error("an empty text is empty")
	}
}

func TestFill(t *testing.T) {
	got := Text{EN: "{a} of {b}, {c}"}.Fill(func(n string, _ Code) (string, bool) {
		v, ok := map[string]string{"a": "102", "b": "224"}[n]
		return v, ok
	})
	if got[EN] != "102 of 224, {c}" {
		t.Errorf("filled: %q", got[EN])
	}
}

// Spellings of one name that a reader may type.
func TestSpellingsMeet(t *testing.T) {
	for _, group := range [][]string{
		{"Қарағанды", "Караганда", "Karaganda", "Qaraghandy", "Qaragandy", "караганды"},
		{"Балқаш", "Балхаш", "Balkhash", "Balqash"},
		{"Жезқазған", "Жезказган", "Zhezkazgan", "Jezqazgan"},
		{"Ұлытау", "Улытау", "Ulytau", "Ulıtau"},
		{"Түркістан", "Туркестан", "Turkistan", "Turkestan", "туркистан"},
		{"Қызылорда", "Кызылорда", "Kyzylorda", "Qyzylorda"},
		{"Шымкент", "Чимкент", "Shymkent"},
		{"Орал", "Oral"},
	} {
		for _, q := range group {
			for _, c := range group {
				if Match(q, c+" облысы") == 0 {
					t.Errorf("%q does not find %q (%q, %q)", q, c, Fold(q), Fold(c))
				}
			}
		}
	}
}

func TestSearchIsNotTooKind(t *testing.T) {
	for _, tc := range [][2]string{{"Астана", "Атырау"}, {"Тараз", "Талдықорған"}, {"beds", "departments"}, {"", "Астана"}, {"xyzzy", "Қарағанды"}} {
		if s := Match(tc[0], tc[1]); s != 0 {
			t.Errorf("%q finds %q with %.2f", tc[0], tc[1], s)
		}
	}
	if Match("Абай", "Абай облысы") <= Match("Абай", "Абайский район области Абай и ещё много слов") {
		t.Error("the shorter name is the better hit")
	}
}

func TestKazakhAlphabet(t *testing.T) {
	letters := strings.Split(kazakhAlphabet, "")
	if len(letters) != 42 {
		t.Fatalf("the Kazakh Cyrillic alphabet has 42 letters, not %d", len(letters))
	}
	shuffled := slices.Clone(letters)
	slices.Reverse(shuffled)
	slices.SortFunc(shuffled, Compare)
	if !slices.Equal(shuffled, letters) {
		t.Errorf("order: %s", strings.Join(shuffled, ""))
	}
	names := []string{"Ұлытау", "Орал", "Өскемен", "Қызылорда", "Көкшетау", "Ақтау", "Ақтөбе", "Алматы", "Атырау", "Астана", "Түркістан", "Тараз", "2-аурухана", "ABC"}
	slices.SortFunc(names, Compare)
	want := "2-аурухана ABC Ақтау Ақтөбе Алматы Астана Атырау Көкшетау Қызылорда Орал Өскемен Тараз Түркістан Ұлытау"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

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
		{"1", KK, "one"}, {"5", KK, "other"}, {"1", EN, "one"}, {"2", EN, "other"},
	} {
		if got := Plural(dec(tc.n), tc.c); got != tc.want {
			t.Errorf("%s %s: %s, want %s", tc.c, tc.n, got, tc.want)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("Қарағанды", "Караганда")
	f.Add("ёй'", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		s := Match(a, b)
		if !(s >= 0 && s <= 1) {
			t.Fatalf("%q %q: %v", a, b, s)
		}
		if Fold(a) != "" && len(a) < 100 && Match(a, a) == 0 {
			t.Fatalf("%q does not find itself", a)
		}
	})
}
