package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
)

// sampleSize is how much of a file is looked at to guess its encoding, and how
// much of its head to guess the delimiter.
const sampleSize = 1 << 20

const remedyEncoding = "save it as CSV UTF-8"

// encodingOf finds out the encoding of a file and how many lines it has by reading all of it once: one
// byte that is not UTF-8 on the last line must not be met halfway through.
func encodingOf(r *io.SectionReader, name string) (enc text.Encoding, lines int, err error) {
	head := make([]byte, min(r.Size(), 3))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return "", 0, fault.New(fault.Internal, op, name, "%s: cannot be read: %w", name, err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return text.UTF16LE, 0, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return text.UTF16BE, 0, nil
	}
	bad, nul, lines, err := scanUTF8(r)
	switch {
	case err != nil:
		return "", 0, fault.New(fault.Internal, op, name, "%s: cannot be read: %w", name, err)
	case nul >= 0:
		return "", 0, invalid(name, "not a table (a NUL byte at %d): save it as XLSX or as CSV in UTF-8", nul)
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) && bad < 0:
		return text.UTF8BOM, lines, nil
	case bad < 0:
		return text.UTF8, lines, nil
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return "", 0, invalid(name, "marked as UTF-8, but byte %d is not: %s", bad, remedyEncoding)
	}
	sample := make([]byte, sampleSize)
	n, err := r.ReadAt(sample, max(0, bad-sampleSize/2))
	if err != nil && err != io.EOF {
		return "", 0, fault.New(fault.Internal, op, name, "%s: cannot be read: %w", name, err)
	}
	if text.LooksKZ1048(sample[:n]) {
		return text.KZ1048, lines, nil
	}
	if !text.Looks1251(sample[:n]) {
		return "", 0, invalid(name, "byte %d is not UTF-8 and the encoding cannot be told: %s", bad, remedyEncoding)
	}
	return text.Windows1251, lines, nil
}

// scanUTF8 returns the positions of the first byte that is not UTF-8 and of the
// first NUL, -1 where there is none, and the number of lines.
func scanUTF8(r *io.SectionReader) (bad, nul int64, lines int, err error) {
	bad, nul = -1, -1
	buf := make([]byte, 256<<10)
	at, kept := int64(0), 0 // position of buf[0]; bytes kept of a cut character
	in := io.NewSectionReader(r, 0, r.Size())
	for {
		n, err := in.Read(buf[kept:])
		chunk := buf[:kept+n]
		if i := bytes.IndexByte(chunk, 0); i >= 0 {
			return bad, at + int64(i), lines, nil
		}
		rest := chunk
		lines += bytes.Count(chunk[kept:], []byte{'\n'})
		if bad < 0 {
			if cut := incomplete(chunk); err == nil {
				rest = chunk[:len(chunk)-cut]
			}
			if !utf8.Valid(rest) {
				bad = at + int64(firstInvalid(rest))
			}
		}
		if err == io.EOF {
			return bad, nul, lines, nil
		}
		if err != nil {
			return bad, nul, lines, err
		}
		at += int64(len(rest))
		kept = copy(buf, chunk[len(rest):])
	}
}

// incomplete is how many bytes at the end begin a character that goes on.
func incomplete(b []byte) int {
	for n := 1; n <= min(3, len(b)); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

func firstInvalid(b []byte) int {
	at := 0
	for at < len(b) {
		r, n := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return at
}

// decoded returns the file as UTF-8 without byte order mark.
func decoded(r *io.SectionReader, e text.Encoding) io.Reader {
	in := io.NewSectionReader(r, 0, r.Size())
	switch e {
	case text.UTF8BOM:
		return io.NewSectionReader(r, 3, r.Size()-3)
	case text.UTF16LE:
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	case text.UTF16BE:
		return transform.NewReader(in, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder())
	case text.Windows1251:
		return transform.NewReader(in, charmap.Windows1251.NewDecoder())
	case text.KZ1048:
		return transform.NewReader(in, text.DecoderKZ1048())
	}
	return in
}

// delimiterOf guesses the delimiter from the first line that is not blank: the
// one of comma, semicolon and tab that stands there most often outside quotes.
func delimiterOf(head string) rune {
	line := head
	for line != "" {
		first, rest, _ := strings.Cut(line, "\n")
		if strings.TrimSpace(first) != "" {
			break
		}
		line = rest
	}
	best, most := ',', 0
	for _, d := range []rune{',', ';', '\t'} {
		if n := countOutside(line, byte(d)); n > most {
			best, most = d, n
		}
	}
	return best
}

// countOutside counts a byte up to the end of the record, outside quotes.
func countOutside(s string, d byte) int {
	n, quoted := 0, false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case quoted:
		case s[i] == '\n' || s[i] == '\r':
			return n
		case s[i] == d:
			n++
		}
	}
	return n
}
