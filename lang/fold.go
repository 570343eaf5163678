package lang

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters gives the common Latin spelling of every letter that has several:
// Kazakh and Russian Cyrillic, the Latin alphabets of Kazakh of 2018 and 2021,
// and the letters which English spellings use for the same sounds. The vowels
// й, и, ы, і and y become i, because spellings disagree on them most.
var letters = map[rune]string{
	'а': "a", 'ә': "a", 'б': "b", 'в': "v", 'г': "g", 'ғ': "g", 'ґ': "g", 'д': "d",
	'е': "e", 'ё': "e", 'є': "e", 'э': "e", 'ж': "zh", 'җ': "zh", 'з': "z",
	'и': "i", 'й': "i", 'і': "i", 'ы': "i", 'к': "k", 'қ': "k", 'ҡ': "k", 'л': "l",
	'м': "m", 'н': "n", 'ң': "n", 'о': "o", 'ө': "o", 'п': "p", 'р': "r", 'с': "s",
	'т': "t", 'у': "u", 'ұ': "u", 'ү': "u", 'ф': "f", 'х': "h", 'һ': "h", 'ц': "ts",
	'ч': "ch", 'ш': "sh", 'щ': "sh", 'ъ': "", 'ь': "", 'ю': "iu", 'я': "ia",
	'ş': "sh", 'ç': "ch", 'ý': "u", 'ı': "i", 'ə': "a", 'ø': "o", 'ß': "ss", 'æ': "a",
	'j': "zh", 'q': "k", 'w': "v", 'x': "ks", 'y': "i",
	'\'': "", '’': "", '‘': "", 'ʼ': "", 'ʻ': "", '`': "", '´': "",
}

// clusters are letter groups with a shorter common spelling.
var clusters = []struct{ long, short string }{
	{"dzh", "zh"},  // Джамбул, Zhambyl
	{"shch", "sh"}, // Щучинск, Shchuchinsk
	{"kh", "h"},    // Khromtau, Хромтау
	{"gh", "g"},    // Qaraghandy
	{"ie", "e"},    // Yesil, Есіл
}

// Fold returns a spelling of s for comparing in search: lower case, common
// Latin letters, single letters for double ones, one blank between words, and
// no punctuation. Digits stay as they are. Scripts other than Cyrillic and
// Latin keep their letters. Folding twice is folding once.
//
// Different words may meet: Fold serves finding, never identity.
func Fold(s string) string {
	var out []byte
	gap := false
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, " ")) {
		out, gap = foldRune(out, gap, unicode.ToLower(r))
	}
	return string(out)
}

// foldRune appends one lower-case rune. gap tells that a word has ended and the
// next letter starts another.
func foldRune(out []byte, gap bool, r rune) ([]byte, bool) {
	spelled, known := letters[r]
	if !known {
		spelled = strip(r)
		if spelled == " " {
			return out, true
		}
	}
	if spelled == "" {
		return out, gap
	}
	if gap && len(out) > 0 {
		out = append(out, ' ')
	}
	for i := range len(spelled) {
		out = reduce(append(out, spelled[i]))
	}
	return out, false
}

// strip takes the marks off a rune: é becomes e, a lone mark becomes nothing,
// and what is neither letter nor digit becomes a blank.
func strip(r rune) string {
	if unicode.Is(unicode.Mn, r) {
		return ""
	}
	if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mc, r) {
		return " "
	}
	if r < unicode.MaxASCII {
		return string(r)
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		if unicode.Is(unicode.Mn, d) {
			continue
		}
		if s, ok := letters[d]; ok {
			b.WriteString(s)
		} else {
			b.WriteRune(unicode.ToLower(d))
		}
	}
	return b.String()
}

// reduce shortens the end of b where a double letter or a cluster stands there.
// What comes in place of a cluster is reduced in its turn, so that no group that
// could be shortened ever remains inside.
func reduce(b []byte) []byte {
	n := len(b)
	if n >= 2 && b[n-1] == b[n-2] && 'a' <= b[n-1] && b[n-1] <= 'z' {
		return b[:n-1]
	}
	for _, c := range clusters {
		if !strings.HasSuffix(string(b[max(0, n-4):]), c.long) {
			continue
		}
		b = b[:n-len(c.long)]
		for i := range len(c.short) {
			b = reduce(append(b, c.short[i]))
		}
		break
	}
	return b
}
