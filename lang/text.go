// Package lang holds what a text needs to exist in Kazakh, Russian and English
// as equals: texts in several languages, folding for search, collation, and
// the formats of numbers, money and dates.
//
// The Kazakh letters ә ғ қ ң ө ұ ү һ і are letters of the alphabet, not
// decorations: they sort in their own places, and a search without them still
// finds them.
package lang

import (
	"sort"
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

// Text is the same text in several languages.
type Text map[Code]string

// In returns the text in that language, or in another one when it is missing:
// English, then Russian, then Kazakh, then the first by code. It is empty only
// when the text is empty in all languages.
func (t Text) In(c Code) string {
	for _, try := range [...]Code{c, EN, RU, KK} {
		if s := t[try]; s != "" {
			return s
		}
	}
	codes := make([]string, 0, len(t))
	for k := range t {
		codes = append(codes, string(k))
	}
	sort.Strings(codes)
	for _, k := range codes {
		if s := t[Code(k)]; s != "" {
			return s
		}
	}
	return ""
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
