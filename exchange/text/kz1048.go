package text

import (
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// KZ1048 is Windows-1251 as the Kazakh standard ST RK 1048-2002 changed it: the
// letters of Serbian, Ukrainian and Belarusian gave their places to Kazakh ones.
const KZ1048 Encoding = "KZ-1048"

// kazakhFor gives for a letter of Windows-1251 the one that stands in its place.
var kazakhFor = map[rune]rune{'Ќ': 'Қ', 'Ћ': 'Һ', 'ќ': 'қ', 'ћ': 'һ', 'Ў': 'Ұ', 'ў': 'ұ', 'Ј': 'Ә', 'Ґ': 'Ө', 'Є': 'Ғ', 'Ї': 'Ү',
	'ґ': 'ө', 'є': 'ғ', 'ј': 'ә', 'Ѕ': 'Ң', 'ѕ': 'ң', 'ї': 'ү'}

// isKazakhByte tells which bytes are Kazakh letters in KZ-1048 and others in
// Windows-1251.
var isKazakhByte = func() (out [256]bool) {
	for b := 0x80; b < 0x100; b++ {
		if _, ok := kazakhFor[charmap.Windows1251.DecodeByte(byte(b))]; ok {
			out[b] = true
		}
	}
	return out
}()

// DecoderKZ1048 turns KZ-1048 into UTF-8.
func DecoderKZ1048() transform.Transformer {
	return transform.Chain(charmap.Windows1251.NewDecoder(), runes.Map(func(r rune) rune {
		if k, ok := kazakhFor[r]; ok {
			return k
		}
		return r
	}))
}

// LooksKZ1048 reports whether bytes that are not UTF-8 are likely Kazakh in
// KZ-1048: what Looks1251 asks for, with Kazakh letters inside of words. Nothing
// in the file says so, and a Ukrainian name in Windows-1251 looks the same.
func LooksKZ1048(raw []byte) bool {
	letters := append([]byte(nil), raw...)
	kazakh := 0
	for i, b := range raw {
		if !isKazakhByte[b] {
			continue
		}
		if i > 0 && letterByte(raw[i-1]) || i+1 < len(raw) && letterByte(raw[i+1]) {
			kazakh++
			letters[i] = 0xe0 // counts as a letter
		}
	}
	return kazakh > 0 && Looks1251(letters)
}

func letterByte(b byte) bool {
	return b >= 0xc0 || b == 0xb2 || b == 0xb3 || b == 0xa8 || b == 0xb8 || isKazakhByte[b]
}
