// Package lang holds what a text needs to exist in Kazakh, Russian and English
// as equals: texts in several languages, folding for search, collation, and
// the formats of numbers, money and dates.
//
// The Kazakh letters ә ғ қ ң ө ұ ү һ і are letters of the alphabet, not
// decorations: they sort in their own places, and a search without them still
// finds them.
package lang

import (
	"maps"
	"slices"
	"strings"
)

// Code is a language, as in ISO 639-1.
type Code string

// The languages of the interface. Data may have further ones.
const (
	KK Code = "kk"
	RU Code = "ru"
	EN Code = "en"
)

// Codes lists the languages of the interface.
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
var fallbacks = map[Code][]Code{KK: {RU, EN}, RU: {KK, EN}}

// Text is the same text in several languages. A missing or blank entry means
// that it was not given in that language. In JSON it is an object with its keys
// in order of letters, and null when nil.
type Text map[Code]string

// In returns the text in the language c. Where there is none it returns the
// text in another language rather than nothing: that of the same base language
// (kk for kk-KZ), then the likeliest second language of the reader, then
// English, Russian, Kazakh, then the first code in order of letters. It returns
// the empty text only when every entry is blank.
func (t Text) In(c Code) string {
	for _, try := range [][]Code{{c, c.base()}, fallbacks[c.base()], {EN, RU, KK}} {
		for _, code := range try {
			if t.Has(code) {
				return t[code]
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(t)) {
		if t.Has(code) {
			return t[code]
		}
	}
	return ""
}

// Has reports whether the text is given, and not blank, in exactly that language.
func (t Text) Has(c Code) bool { return strings.TrimSpace(t[c]) != "" }

// IsBlank reports whether no language has a text.
func (t Text) IsBlank() bool {
	for c := range t {
		if t.Has(c) {
			return false
		}
	}
	return true
}

// Fill returns the text with every {name} replaced in each language by the
// value that f gives for it; a name for which f knows nothing stays.
func (t Text) Fill(f func(name string, c Code) (string, bool)) Text {
	out := make(Text, len(t))
	for c, s := range t {
		var b strings.Builder
		for {
			i := strings.IndexByte(s, '{')
			if i < 0 {
				break
			}
			j := strings.IndexByte(s[i:], '}')
			if j < 0 {
				break
			}
			b.WriteString(s[:i])
			if v, ok := f(s[i+1:i+j], c); ok {
				b.WriteString(v)
			} else {
				b.WriteString(s[i : i+j+1])
			}
			s = s[i+j+1:]
		}
		b.WriteString(s)
		out[c] = b.String()
	}
	return out
}
