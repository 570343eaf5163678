package lang

import (
	"slices"
	"strings"
	"testing"
)

func TestKazakhAlphabet(t *testing.T) {
	letters := strings.Split("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "")
	if len(letters) != 42 {
		t.Fatalf("the Kazakh Cyrillic alphabet has 42 letters, not %d", len(letters))
	}
	shuffled := slices.Clone(letters)
	slices.Reverse(shuffled)
	Sort(KK, shuffled, func(s string) string { return s })
	if !slices.Equal(shuffled, letters) {
		t.Errorf("order: %s", strings.Join(shuffled, ""))
	}
	names := []string{"Ұлытау", "Орал", "Өскемен", "Қызылорда", "Көкшетау", "Ақтау", "Ақтөбе", "Алматы", "Атырау", "Астана", "Түркістан", "Тараз", "2-аурухана", "ABC"}
	Sort(KK, names, func(s string) string { return s })
	want := "2-аурухана ABC Ақтау Ақтөбе Алматы Астана Атырау Көкшетау Қызылорда Орал Өскемен Тараз Түркістан Ұлытау"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestOtherAlphabets(t *testing.T) {
	self := func(s string) string { return s }
	for _, tc := range []struct {
		c    Code
		want string
	}{
		{RU, "ёж ежевика ёлка ель жук"}, // ё counts as е
		{RU, "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"},
		{KK, "ель ёж жук"}, // ё is a letter of its own
		{EN, "abacus Ąbc Abd zebra"},
		{"ka", "აბგდევზთ"},
	} {
		words := strings.Fields(tc.want)
		if len(words) == 1 {
			words = strings.Split(tc.want, "")
		}
		got := slices.Clone(words)
		slices.Reverse(got)
		Sort(tc.c, got, self)
		if !slices.Equal(got, words) {
			t.Errorf("%s: %v, want %v", tc.c, got, words)
		}
	}
}

func TestCompareIsAnOrder(t *testing.T) {
	words := []string{"", "а", "А", "ә", "б", "a", "A", "1", "10", "2", "е\u0308", "ё", " ", "-"}
	for _, c := range []Code{KK, RU, EN, "zz"} {
		for _, a := range words {
			for _, b := range words {
				if Compare(c, a, b) != -Compare(c, b, a) || (Compare(c, a, b) == 0) != (a == b) {
					t.Errorf("%s: %q and %q are not ordered one way", c, a, b)
				}
			}
		}
	}
	if Compare(KK, "алма", "Алма") >= 0 {
		t.Error("small letters come first between equal words")
	}
}
