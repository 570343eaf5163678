// Package xer reads the text files in which Primavera P6 exports projects.
//
// A line that begins with %T names a table, %F its columns, %R is a row, %E the
// end; fields are parted by tabs. The encoding is not said in the file unless it
// is UTF-8 or UTF-16 with a mark; among those of one byte it is guessed, and the
// schedule says so. Names of people, users and the computers of others are not
// kept.
package xer

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
)

const op = "xer.Read"

// Windows1252 is the encoding of Western Europe.
const Windows1252 = "Windows-1252"

// Bounds on the text.
const (
	maxRecord  = 4 << 20 // bytes of a row; a calendar of many holidays has some hundred thousand
	maxColumns = 500
	maxRows    = 3_000_000
)

// Options settle what a file does not say.
type Options struct {
	Limit int64 // most bytes, schedule.MaxBytes when not positive
	// Encoding of a file that is neither UTF-8 nor UTF-16: Windows-1251, KZ-1048 or
	// Windows-1252. Empty: guessed.
	Encoding string
}

// Read reads the projects of a file. name is the file name for messages.
//
// It returns fault.TooLarge beyond a bound and fault.Invalid, with the line, for
// what is no XER file or cannot be decoded. What is odd in a file that can be
// read becomes a finding of the schedule.
func Read(r io.Reader, name string, o Options) (*schedule.Schedule, error) {
	if o.Limit <= 0 {
		o.Limit = schedule.MaxBytes
	}
	raw, err := io.ReadAll(io.LimitReader(r, o.Limit+1))
	if err != nil {
		return nil, fault.New(fault.Invalid, op, name, "%s: cannot be read: %w", name, err)
	}
	if int64(len(raw)) > o.Limit {
		return nil, fault.New(fault.TooLarge, op, name, "%s: larger than %d MB: export the projects one by one", name, o.Limit>>20)
	}
	s := &schedule.Schedule{Name: name, Format: schedule.XER}
	in, err := decoded(raw, name, o, s)
	if err != nil {
		return nil, err
	}
	x := newReader(s, name)
	if err := x.file(bufio.NewReaderSize(in, 256<<10)); err != nil {
		return nil, err
	}
	if err := x.finish(); err != nil {
		return nil, err
	}
	return s, nil
}

// decoded returns the content as UTF-8 and says in s how it was read.
func decoded(raw []byte, name string, o Options, s *schedule.Schedule) (io.Reader, error) {
	guess := func(enc string) { s.Encoding, s.Guessed = enc, o.Encoding == "" }
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		s.Encoding = string(text.UTF16LE)
		return transform.NewReader(bytes.NewReader(raw), unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()), nil
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		s.Encoding = string(text.UTF16BE)
		return transform.NewReader(bytes.NewReader(raw), unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder()), nil
	case bytes.IndexByte(raw, 0) >= 0:
		return nil, fault.New(fault.Invalid, op, name, "%s: not a text (a NUL byte at %d): export the project as XER", name, bytes.IndexByte(raw, 0))
	case utf8.Valid(raw):
		s.Encoding = string(text.UTF8)
		if bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")) {
			s.Encoding, raw = string(text.UTF8BOM), raw[3:]
		}
		return bytes.NewReader(raw), nil
	}
	if o.Encoding != "" {
		guess(o.Encoding)
	} else if sample := near(raw); western(sample) {
		guess(Windows1252)
	} else if text.LooksKZ1048(sample) {
		guess(string(text.KZ1048))
	} else if text.Looks1251(sample) {
		guess(string(text.Windows1251))
	} else {
		guess(Windows1252)
	}
	if s.Guessed {
		s.Note("encoding_guessed", name, s.Encoding, "")
	}
	in := bytes.NewReader(raw)
	switch s.Encoding {
	case string(text.KZ1048):
		return transform.NewReader(in, text.DecoderKZ1048()), nil
	case string(text.Windows1251):
		return transform.NewReader(in, charmap.Windows1251.NewDecoder()), nil
	case Windows1252:
		return transform.NewReader(in, charmap.Windows1252.NewDecoder()), nil
	}
	return nil, fault.New(fault.Invalid, op, name, "%s: the encoding is Windows-1251, KZ-1048 or Windows-1252", name)
}

// western reports whether most letters beyond ASCII stand beside Latin ones, as
// in régional; in Cyrillic words they stand beside each other.
func western(sample []byte) bool {
	latin := func(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
	high, mixed := 0, 0
	for i, b := range sample {
		if b < 0xc0 {
			continue
		}
		high++
		if i > 0 && latin(sample[i-1]) || i+1 < len(sample) && latin(sample[i+1]) {
			mixed++
		}
	}
	return 2*mixed > high
}

// near returns what is looked at to guess: the bytes around those that are not
// ASCII, without the delete signs that stand for line ends in calendars.
func near(raw []byte) []byte {
	const most = 1 << 20
	var out []byte
	for at := 0; at < len(raw) && len(out) < most; {
		i := bytes.IndexFunc(raw[at:], func(r rune) bool { return r >= 0x80 })
		if i < 0 {
			break
		}
		from := max(at, at+i-16)
		to := min(len(raw), at+i+64)
		out, at = append(out, raw[from:to]...), to
	}
	return bytes.ReplaceAll(out, []byte{0x7f}, nil)
}

// file reads all lines.
func (x *reader) file(in *bufio.Reader) error {
	first, err := x.line(in)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	head := strings.Split(first, "\t")
	if head[0] != "ERMHDR" {
		return fault.New(fault.Invalid, op, x.name, "%s: the first line does not begin with ERMHDR: export the project from Primavera as XER", x.name)
	}
	x.header(head)
	ended, record, at := false, "", 0
	for {
		l, err := x.line(in)
		if err == io.EOF && l == "" {
			break
		}
		if err != nil && err != io.EOF {
			return err
		}
		switch {
		case ended: // what follows the end is nothing of ours
		case begins(l):
			if err := x.record(record, at); err != nil {
				return err
			}
			record, at = l, x.number
			ended = strings.HasPrefix(l, "%E")
		case record == "" && strings.TrimSpace(l) == "":
		default: // a line break inside of a field
			if record += "\n" + l; len(record) > maxRecord {
				return x.long(at)
			}
		}
	}
	if !ended {
		x.s.Note("no_end", x.name, "", "")
	}
	return x.record(record, at)
}

func (x *reader) long(at int) error {
	return fault.New(fault.TooLarge, op, x.name, "%s: line %d: a row is longer than %d MB: this is no schedule", x.name, at, maxRecord>>20)
}

// begins reports whether a line begins a record.
func begins(l string) bool {
	return len(l) >= 2 && l[0] == '%' && strings.IndexByte("TFRE", l[1]) >= 0 && (len(l) == 2 || l[2] == '\t' || l[1] == 'E')
}

// line reads one line without its end.
func (x *reader) line(in *bufio.Reader) (string, error) {
	x.number++
	var long []byte
	for {
		part, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			if long = append(long, part...); len(long) > maxRecord {
				return "", x.long(x.number)
			}
			continue
		}
		if err != nil && err != io.EOF {
			return "", fault.New(fault.Invalid, op, x.name, "%s: line %d: a character is damaged: export the project again", x.name, x.number)
		}
		if long != nil {
			part = append(long, part...)
		}
		return strings.TrimRight(string(part), "\r\n"), err
	}
}

// split parts a record into fields. A field that begins with a quote and ends
// with one loses both, and doubled quotes inside become single; any other quote
// is a letter.
func split(record string) []string {
	fields := strings.Split(record, "\t")
	for i, f := range fields {
		if n := len(f); n >= 2 && f[0] == '"' && f[n-1] == '"' && strings.Count(f[1:n-1], `"`)%2 == 0 && !strings.Contains(strings.ReplaceAll(f[1:n-1], `""`, ""), `"`) {
			fields[i] = strings.ReplaceAll(f[1:n-1], `""`, `"`)
		}
	}
	return fields
}
