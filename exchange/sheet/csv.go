package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
)

// maxRecord bounds one record, quotes and line breaks included. A longer one is
// nearly always a quote that was never closed.
const maxRecord = 1 << 20

// csvReader reads records. Quotes in the middle of a field that does not begin
// with one are letters like others, as spreadsheet programs take them.
type csvReader struct {
	in     *bufio.Reader
	info   Info
	end    byte // of a line: '\n', or '\r' in files of old Macintosh programs
	number int  // of the row that was returned last
	buf    []byte
	spans  []span
	row    Row
	text   []byte
}

// span is a field inside the text of a record.
type span struct{ from, to int }

func openCSV(r *io.SectionReader, o Options) (Reader, error) {
	enc, lines, err := encodingOf(r, o.Name)
	if err != nil {
		return nil, err
	}
	if oneByte(enc) && oneByte(o.Encoding) {
		enc = o.Encoding
	}
	c := &csvReader{info: Info{Name: o.Name, Format: CSV, Encoding: enc, Delimiter: o.Delimiter, Lines: lines}, end: '\n'}
	c.in = bufio.NewReaderSize(decoded(r, enc), 256<<10)
	head, err := c.in.Peek(128 << 10)
	if err != nil && err != io.EOF && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, invalid(o.Name, "the text is damaged: %s", remedyEncoding)
	}
	if len(bytes.TrimSpace(head)) == 0 && err == io.EOF {
		return nil, invalid(o.Name, "the file is blank: save the table again")
	}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		c.end = '\r'
	}
	c.announced(head)
	if c.info.Delimiter == 0 {
		c.info.Delimiter = delimiterOf(strings.ReplaceAll(string(head), string(rune(c.end)), "\n"))
	}
	if d := c.info.Delimiter; d >= 0x80 || d == '"' || d == '\n' || d == '\r' {
		return nil, invalid(o.Name, "a delimiter is one plain character, as , ; or a tab")
	}
	return c, nil
}

// oneByte reports whether the encoding is one of those between which only a
// guess can tell.
func oneByte(e text.Encoding) bool { return e == text.Windows1251 || e == text.KZ1048 }

// announced obeys a first line sep=; which spreadsheet programs do not show.
func (c *csvReader) announced(head []byte) {
	if len(head) < 6 || !strings.EqualFold(string(head[:4]), "sep=") {
		return
	}
	n := bytes.IndexByte(head, c.end)
	if n < 5 || len(bytes.TrimRight(head[5:n], "\r\"")) > 0 {
		return
	}
	if c.info.Delimiter == 0 {
		c.info.Delimiter = rune(head[4])
	}
	_, _ = c.in.Discard(n + 1) // these bytes were just peeked at
}

func (c *csvReader) Info() Info { return c.info }

func (c *csvReader) Next() (*Row, error) {
	c.number++
	if c.number > MaxRows {
		return nil, beyond(c.info.Name, "more than %d rows: split the file", MaxRows)
	}
	if err := c.record(); err != nil {
		return nil, err
	}
	c.row.Number = c.number
	whole := string(c.text)
	if c.damaged(whole) {
		return nil, invalid(c.info.Name, "row %d: a character of it is damaged: %s", c.number, remedyEncoding)
	}
	c.row.Cells = c.row.Cells[:0]
	for _, s := range c.spans {
		c.row.Cells = append(c.row.Cells, Cell{Text: Original(whole[s.from:s.to])})
	}
	return &c.row, nil
}

// damaged reports whether a text that was not UTF-8 in the file holds what no
// table holds. UTF-8 was looked through before.
func (c *csvReader) damaged(s string) bool {
	return c.info.Encoding != text.UTF8 && c.info.Encoding != text.UTF8BOM && strings.ContainsAny(s, "\x00\ufffd")
}

// record reads one record into text and spans.
func (c *csvReader) record() error {
	c.buf, c.text, c.spans = c.buf[:0], c.text[:0], c.spans[:0]
	if err := c.line(); err != nil {
		return err
	}
	at := 0
	for {
		from := len(c.text)
		next, more, err := c.field(at)
		if err != nil {
			return err
		}
		if len(c.text)-from > MaxCell {
			return beyond(c.info.Name, "row %d, column %s: a cell is longer than %d bytes: shorten it", c.number, Column(len(c.spans)), MaxCell)
		}
		c.spans = append(c.spans, span{from, len(c.text)})
		if len(c.spans) > MaxColumns {
			return beyond(c.info.Name, "row %d: more than %d columns: keep only the columns that are needed", c.number, MaxColumns)
		}
		if !more {
			return nil
		}
		at = next
	}
}

// line appends the next line to buf, without its end when nothing follows.
func (c *csvReader) line() error {
	before := len(c.buf)
	for {
		part, err := c.in.ReadSlice(c.end)
		c.buf = append(c.buf, part...)
		switch {
		case len(c.buf) > maxRecord:
			return beyond(c.info.Name, "row %d: longer than %d bytes: a quote may be open, close it", c.number, maxRecord)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF && len(c.buf) > before:
			return nil
		case err == io.EOF:
			return io.EOF
		case err != nil:
			return fault.New(fault.Invalid, op, c.info.Name, "%s: row %d: cannot be read: %w", c.info.Name, c.number, err)
		}
		return nil
	}
}

// field appends the field that begins at buf[at] to text. more tells that
// another field begins at next.
func (c *csvReader) field(at int) (next int, more bool, err error) {
	if at < len(c.buf) && c.buf[at] == '"' {
		return c.quoted(at + 1)
	}
	rest := c.buf[at:]
	if i := bytes.IndexByte(rest, byte(c.info.Delimiter)); i >= 0 {
		c.text = append(c.text, rest[:i]...)
		return at + i + 1, true, nil
	}
	c.text = append(c.text, c.chomp(rest)...)
	return 0, false, nil
}

// chomp takes the end of the line off.
func (c *csvReader) chomp(b []byte) []byte {
	if n := len(b); n > 0 && b[n-1] == c.end {
		b = b[:n-1]
	}
	if n := len(b); n > 0 && b[n-1] == '\r' {
		b = b[:n-1]
	}
	return b
}

// quoted reads a field after its opening quote, over further lines if need be.
func (c *csvReader) quoted(at int) (next int, more bool, err error) {
	for {
		i := bytes.IndexByte(c.buf[at:], '"')
		if i < 0 {
			c.text = append(c.text, c.buf[at:]...)
			at = len(c.buf)
			switch err := c.line(); {
			case err == io.EOF:
				return 0, false, invalid(c.info.Name, "row %d, column %s: a quote is opened and never closed: close it or double it", c.number, Column(len(c.spans)))
			case err != nil:
				return 0, false, err
			}
			continue
		}
		c.text = append(c.text, c.buf[at:at+i]...)
		at += i + 1
		switch rest := c.buf[at:]; {
		case len(rest) > 0 && rest[0] == '"':
			c.text = append(c.text, '"')
			at++
		case len(rest) > 0 && rest[0] == byte(c.info.Delimiter):
			return at + 1, true, nil
		case len(c.chomp(rest)) == 0:
			return 0, false, nil
		default:
			return 0, false, invalid(c.info.Name, "row %d, column %s: something follows a closing quote: double the quotes inside the text", c.number, Column(len(c.spans)))
		}
	}
}
