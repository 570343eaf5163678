package oc4ids

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	exchangetext "github.com/shanyraq/shanyraq/exchange/text"
)

// wrongTables are the encodings in which UTF-8 is read by mistake, with how
// many letters must come out at least.
var wrongTables = []struct {
	table *charmap.Charmap
	least int
}{{charmap.Windows1251, 2}, {charmap.Windows1252, 1}, {charmap.CodePage866, 2}, {charmap.KOI8R, 2}}

// unmangle mends text that was written as UTF-8 and read as Windows-1251,
// Windows-1252, code page 866 or KOI8-R, once or several times, and Cyrillic of
// Windows-1251 that was read as Windows-1252: "РђСЃС‚Р°РЅР°" and "Àñòàíà" are
// "Астана", and "ConstrucciÃ³n" is "Construcción". It reports false when the
// text is not certainly of that kind: every letter beyond ASCII must fit.
func unmangle(s string) (string, bool) {
	out, ok := s, false
	for range 3 {
		next, certain := out, false
		for _, w := range wrongTables {
			if next, certain = reread(out, w.table, w.least); certain {
				break
			}
		}
		if !certain {
			next, certain = latinCyrillic(out)
		}
		if !certain {
			break
		}
		out, ok = next, true
	}
	return out, ok
}

// latinCyrillic reads words of accented Latin letters alone as Windows-1251. No
// language of Latin letters has four accents in a row.
func latinCyrillic(s string) (string, bool) {
	raw := make([]byte, 0, len(s))
	run, longest := 0, 0
	var before rune
	for _, r := range s {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			return s, false
		}
		high := r >= 0xc0 && r <= 0xff
		if high && before < 0x80 && isLetter(byte(before)) || before >= 0xc0 && r < 0x80 && isLetter(byte(r)) {
			return s, false // an accent beside a plain letter: a Latin word
		}
		if run++; !high {
			run = 0
		}
		longest, before = max(longest, run), r
		raw = append(raw, b)
	}
	var letters []byte
	for _, b := range raw {
		if b >= 0xc0 {
			letters = append(letters, b)
		}
	}
	if longest < 4 || !exchangetext.Looks1251(letters) {
		return s, false
	}
	out, err := charmap.Windows1251.NewDecoder().String(string(raw))
	return out, err == nil && !strings.ContainsRune(out, utf8.RuneError)
}

// reread takes s for bytes of that table and reads them as UTF-8. At least
// least letters must come out.
func reread(s string, table *charmap.Charmap, least int) (string, bool) {
	if isASCII(s) {
		return s, false
	}
	raw := make([]byte, 0, len(s))
	for _, r := range s {
		b, ok := table.EncodeRune(r)
		switch {
		case ok:
		case r >= 0x80 && r < 0xa0: // holes of the table pass through
			b = byte(r)
		default:
			return s, false
		}
		raw = append(raw, b)
	}
	if !utf8.Valid(raw) {
		return s, false
	}
	out, letters := string(raw), 0
	for _, r := range out {
		switch {
		case r < 0x80:
		case unicode.IsControl(r) || r == utf8.RuneError:
			return s, false
		default:
			letters++
		}
	}
	return out, letters >= least
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// suspicious reports whether text has been through a wrong encoding: it can be
// mended, or it has lost letters on the way.
func suspicious(s string) bool {
	if isASCII(s) {
		return strings.Contains(s, "????")
	}
	if strings.ContainsRune(s, utf8.RuneError) || strings.Contains(s, "????") {
		return true
	}
	if _, ok := unmangle(s); ok {
		return true
	}
	return mangledPairs(s) >= 3
}

// mangledPairs counts what the two bytes of a Cyrillic letter look like when
// they are read as Windows-1251: Р or С, and then no letter of Russian.
func mangledPairs(s string) int {
	n, before := 0, rune(0)
	for _, r := range s {
		if (before == 'Р' || before == 'С' || before == 'Т' || before == 'У' || before == 'Ð' || before == 'Ñ') && r >= 0x80 && !(r >= 'А' && r <= 'я') && r != 'ё' && r != 'Ё' && r != '«' && r != '»' && r != '–' && r != '—' && r != '…' && r != '“' && r != '”' {
			n++
		}
		before = r
	}
	return n
}

// decodeBytes reads a string that is not UTF-8 as Windows-1251 or
// Windows-1252, when it is certain which. Cyrillic words are runs of high
// bytes; a Latin word has one high byte here and there.
func decodeBytes(s string) (out, encoding string, ok bool) {
	runs, lone, other := 0, 0, 0
	for i := 0; i < len(s); {
		if s[i] < 0x80 {
			i++
			continue
		}
		j := i
		for j < len(s) && s[j] >= 0x80 {
			j++
		}
		beside := i > 0 && isLetter(s[i-1]) || j < len(s) && isLetter(s[j])
		switch {
		case j-i >= 3 || j-i == 2 && !beside:
			runs++
		case j-i == 1 && beside && s[i] >= 0xc0:
			lone++
		default:
			other++
		}
		i = j
	}
	switch {
	case runs > 0 && lone == 0 && exchangetext.Looks1251([]byte(s)):
		out, err := charmap.Windows1251.NewDecoder().String(s)
		return out, "Windows-1251", err == nil && !strings.ContainsRune(out, utf8.RuneError)
	case runs == 0 && lone > 0 && other == 0:
		out, err := charmap.Windows1252.NewDecoder().String(s)
		return out, "Windows-1252", err == nil && !strings.ContainsRune(out, utf8.RuneError)
	}
	return s, "", false
}
