package text

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/shanyraq/shanyraq/fault"
)

// Encoding is how the characters of a file are written as bytes.
type Encoding string

// The encodings that are read.
const (
	UTF8        Encoding = "UTF-8"
	UTF8BOM     Encoding = "UTF-8 with byte order mark"
	UTF16LE     Encoding = "UTF-16 little endian"
	UTF16BE     Encoding = "UTF-16 big endian"
	Windows1251 Encoding = "Windows-1251"
)

const (
	markUTF8    = "\xef\xbb\xbf"
	markUTF16LE = "\xff\xfe"
	markUTF16BE = "\xfe\xff"
)

// Remedies that messages end with.
const (
	remedyBinary = "export it as plain text (UTF-8) first"
	remedyUTF8   = "save it as UTF-8"
	notice1251   = "read as Windows-1251, which has none of the letters ә ғ қ ң ө ұ ү һ: compare it with the original, or save it as UTF-8"
)

// decode returns the content of raw as valid UTF-8 without byte order mark.
func decode(raw []byte, name string) (string, Encoding, []string, error) {
	const op = "text.Read"
	switch {
	case bytes.HasPrefix(raw, []byte(markUTF16LE)):
		s, err := decode16(raw[2:], binary.LittleEndian, name)
		return s, UTF16LE, nil, err
	case bytes.HasPrefix(raw, []byte(markUTF16BE)):
		s, err := decode16(raw[2:], binary.BigEndian, name)
		return s, UTF16BE, nil, err
	case bytes.IndexByte(raw, 0) >= 0:
		return "", "", nil, fault.New(fault.Invalid, op, name, "%s: not a text (a NUL byte at %d): %s", name, bytes.IndexByte(raw, 0), remedyBinary)
	case utf8.Valid(raw):
		s, marked := strings.CutPrefix(string(raw), markUTF8)
		if marked {
			return s, UTF8BOM, nil, nil
		}
		return s, UTF8, nil, nil
	case bytes.HasPrefix(raw, []byte(markUTF8)):
		return "", "", nil, fault.New(fault.Invalid, op, name, "%s: marked as UTF-8, but byte %d is not: %s", name, firstInvalid(raw), remedyUTF8)
	case Looks1251(raw):
		s, err := charmap.Windows1251.NewDecoder().String(string(raw))
		if err != nil {
			return "", "", nil, fault.New(fault.Invalid, op, name, "%s: cannot be read as Windows-1251: %s", name, remedyUTF8)
		}
		return s, Windows1251, []string{name + ": " + notice1251}, nil
	}
	return "", "", nil, fault.New(fault.Invalid, op, name, "%s: byte %d is not UTF-8 and the encoding cannot be told: %s", name, firstInvalid(raw), remedyUTF8)
}

func decode16(raw []byte, order binary.ByteOrder, name string) (string, error) {
	const op = "text.Read"
	if len(raw)%2 != 0 {
		return "", fault.New(fault.Invalid, op, name, "%s: UTF-16 with half a character at the end, the file was cut: %s", name, remedyUTF8)
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	s := string(utf16.Decode(units))
	if strings.ContainsRune(s, 0) {
		return "", fault.New(fault.Invalid, op, name, "%s: not a text (it holds NUL): %s", name, remedyBinary)
	}
	if strings.ContainsRune(s, utf8.RuneError) {
		return "", fault.New(fault.Invalid, op, name, "%s: UTF-16 with half a pair in it, the file is damaged: %s", name, remedyUTF8)
	}
	return s, nil
}

// firstInvalid is the position of the first byte that is not UTF-8.
func firstInvalid(raw []byte) int {
	at := 0
	for at < len(raw) {
		r, n := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return at
}

// Looks1251 reports whether bytes that are not UTF-8 are likely Cyrillic in
// Windows-1251. There at least nine in ten of the high bytes are the letters А
// to я, small ones more often than capital ones, and control characters are
// rare; in KOI8-R and the DOS code page 866 the common letters lie elsewhere.
func Looks1251(raw []byte) bool {
	var high, letters, small, control int
	for _, b := range raw {
		switch {
		case b >= 0xe0:
			high, letters, small = high+1, letters+1, small+1
		case b >= 0xc0 || b == 0xa8 || b == 0xb8: // А to Я, Ё, ё
			high, letters = high+1, letters+1
		case b >= 0x80:
			high++
		case b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f':
			control++
		}
	}
	return high > 0 && letters*10 >= high*9 && small*2 >= letters && control*100 <= len(raw)
}
