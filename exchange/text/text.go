// Package text reads plain text documents: a press release or an order saved
// as a file. It keeps the bytes as they came, tells their SHA-256, numbers the
// lines that are not blank, and cuts out the words to which a figure points.
//
// A place in a document is a line and a span. Lines are counted from 1 over the
// lines that are not blank by Unicode white space; a span counts the code points
// of that line from 0, with its leading blanks, and leaves out its end.
package text

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode"

	"github.com/shanyraq/shanyraq/fault"
)

// DefaultLimit is the size in bytes beyond which a document is refused when the
// caller names no other limit: a text of some thousand pages.
const DefaultLimit = 8 << 20

// Document is a text as it was read.
type Document struct {
	Name     string
	SHA256   string // of the bytes of the file, in small hexadecimal letters
	Size     int64  // in bytes
	Encoding Encoding
	Notices  []string // what a person should look at, in English
	Raw      []string // every line without its newline and a carriage return before it
	Lines    []Line   // the lines that are not blank
}

// Line is a line that is not blank.
type Line struct {
	Number int    // from 1 over the lines that are not blank
	Raw    int    // from 1 over all lines, as an editor shows it
	Text   string // as in the file, with leading blanks
}

// Read reads a document from r. name is the file name for messages; limit is
// the most bytes to take, DefaultLimit when not positive.
//
// It returns fault.TooLarge beyond the limit and fault.Invalid for a file that
// is empty, blank, not a text (it holds NUL) or in an encoding that it cannot
// tell. Windows-1251 is guessed, since nothing in such a file says so; then a
// notice asks for a look.
func Read(r io.Reader, name string, limit int64) (Document, error) {
	const op = "text.Read"
	if limit <= 0 {
		limit = DefaultLimit
	}
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return Document{}, fault.New(fault.Internal, op, name, "%s: cannot be read: %w", name, err)
	}
	if int64(len(raw)) > limit {
		return Document{}, fault.New(fault.TooLarge, op, name, "%s: longer than %d bytes, which is more than a text has: is it the right file? Otherwise split it", name, limit)
	}
	if len(raw) == 0 {
		return Document{}, fault.New(fault.Invalid, op, name, "%s: the file is empty: save the text again", name)
	}
	content, enc, notices, err := decode(raw, name)
	if err != nil {
		return Document{}, err
	}
	sum := sha256.Sum256(raw)
	d := Document{
		Name: name, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(raw)),
		Encoding: enc, Notices: notices, Raw: splitLines(content),
	}
	for i, line := range d.Raw {
		if !blank(line) {
			d.Lines = append(d.Lines, Line{Number: len(d.Lines) + 1, Raw: i + 1, Text: line})
		}
	}
	if len(d.Lines) == 0 {
		return Document{}, fault.New(fault.Invalid, op, name, "%s: all lines are blank: save the text again", name)
	}
	return d, nil
}

// Line returns the text of a line that is not blank, counted from 1.
func (d Document) Line(number int) (string, error) {
	if number < 1 || number > len(d.Lines) {
		return "", fault.New(fault.NotFound, "text.Line", d.Name, "%s: no line %d: the document has %d lines that are not blank", d.Name, number, len(d.Lines))
	}
	return d.Lines[number-1].Text, nil
}

// Span returns the code points from, counted from 0, up to but not including
// to, of a line that is not blank. It returns fault.NotFound when the line or
// the span does not exist.
func (d Document) Span(line, from, to int) (string, error) {
	s, err := d.Line(line)
	if err != nil {
		return "", err
	}
	start, end := -1, -1
	points := 0
	for i := range s {
		if points == from {
			start = i
		}
		if points == to {
			end = i
		}
		points++
	}
	if points == to {
		end = len(s)
	}
	if start < 0 || end < 0 || from >= to {
		return "", fault.New(fault.NotFound, "text.Span", d.Name, "%s: line %d has no span %d to %d: it has %d characters", d.Name, line, from, to, points)
	}
	return s[start:end], nil
}

// splitLines cuts at newlines and takes one carriage return off the end of each
// line. A newline at the very end starts no further line.
func splitLines(s string) []string {
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, "\r")
	}
	return lines
}

// blank reports whether a line holds nothing but Unicode white space.
func blank(line string) bool {
	return strings.IndexFunc(line, func(r rune) bool { return !unicode.IsSpace(r) }) < 0
}
