// Package lang holds names in several languages and the written forms of
// numbers, money and dates in Kazakh, Russian and English.
//
// It also folds spellings for search, so that Қарағанды, Караганда, Karaganda
// and Qaragandy meet, and orders names by the alphabet of the reader. Nothing
// here reads files or the clock, and no number passes through binary floating
// point. A language without formats of its own gets the English ones.
package lang

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Code is a language code of BCP 47, such as kk, ru, en or ka.
type Code string

// The three languages with formats of their own.
const (
	KK Code = "kk" // Kazakh
	RU Code = "ru" // Russian
	EN Code = "en" // English
)

// Codes lists the languages with formats of their own.
func Codes() []Code { return []Code{KK, RU, EN} }

// base is the language without script and region: kk for kk-Cyrl-KZ.
func (c Code) base() Code {
	s := strings.ToLower(string(c))
	if i := strings.IndexAny(s, "-_"); i >= 0 {
		s = s[:i]
	}
	return Code(s)
}

// fallbacks tells which language a reader most likely also reads.
var fallbacks = map[Code][]Code{
	KK: {RU, EN},
	RU: {KK, EN},
}

// Text is one text in several languages. A missing or blank entry means that
// the text was not given in that language.
type Text map[Code]string

// In returns the text in the language c. Where there is none it returns the
// text in another language rather than nothing: that of the same base language
// (kk for kk-KZ), then the likeliest second language of the reader, then
// English, Russian, Kazakh, then the first code in order of letters. It returns
// the empty text only when every entry is blank.
func (t Text) In(c Code) string {
	for _, next := range [][]Code{{c, c.base()}, fallbacks[c.base()], {EN, RU, KK}, slices.Sorted(maps.Keys(t))} {
		for _, code := range next {
			if s := t[code]; strings.TrimSpace(s) != "" {
				return s
			}
		}
	}
	return ""
}

// Has reports whether the text is given in exactly that language.
func (t Text) Has(c Code) bool { return strings.TrimSpace(t[c]) != "" }

// Codes lists the languages in which the text is given, in order of letters.
func (t Text) Codes() []Code {
	var codes []Code
	for c, s := range t {
		if strings.TrimSpace(s) != "" {
			codes = append(codes, c)
		}
	}
	slices.Sort(codes)
	return codes
}

// IsBlank reports whether no language has a text.
func (t Text) IsBlank() bool { return len(t.Codes()) == 0 }

// MarshalJSON writes an object with its keys in order of letters, also for a
// nil Text, so that readers of the JSON need no case for null.
func (t Text) MarshalJSON() ([]byte, error) {
	if t == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(map[Code]string(t))
}
