package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// maxToken bounds one tag or one stretch of text in the XML of a workbook.
const maxToken = 4 << 20

// Faults of the XML of a workbook.
var (
	errXML     = errors.New("its XML is damaged")
	errDoctype = errors.New("its XML declares entities, which no spreadsheet program does")
	errToken   = errors.New("a tag or text in it is too long")
	errCoding  = errors.New("its XML is not UTF-8")
)

// token is what scanner.next found.
type token uint8

const (
	endOfFile token = iota
	startTag
	endTag
	textToken
)

// scanner splits the XML of a workbook into tags and texts. It knows what such
// files use and refuses the rest: no document types, no entities but the five
// of XML and numbers, UTF-8 only. encoding/xml takes about five times as long.
type scanner struct {
	in    *bufio.Reader
	name  []byte // of the tag, without prefix
	attrs []byte // of a start tag
	text  []byte // of a text token, unescaped
	empty bool   // a start tag that ends itself
	long  []byte
	begun bool
}

func newScanner(r io.Reader) *scanner { return &scanner{in: bufio.NewReaderSize(r, 64<<10)} }

// next reads the next tag or text. Comments and instructions are passed over.
func (s *scanner) next() (token, error) {
	if !s.begun {
		s.begun = true
		if head, _ := s.in.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
			_, _ = s.in.Discard(3)
		} else if len(head) > 1 && head[0] >= 0xfe {
			return 0, errCoding
		}
	}
	for {
		text, err := s.until('<')
		if err == io.EOF {
			if len(bytes.TrimSpace(text)) > 0 {
				return 0, errXML
			}
			return endOfFile, nil
		}
		if err != nil {
			return 0, err
		}
		if len(text) > 1 {
			s.name, s.attrs, s.empty = nil, nil, false
			if err := s.unescape(text[:len(text)-1]); err != nil {
				return 0, err
			}
			return textToken, s.in.UnreadByte()
		}
		found, err := s.tag()
		if err != nil || found != endOfFile {
			return found, err
		}
	}
}

// until reads up to and including a byte.
func (s *scanner) until(b byte) ([]byte, error) {
	part, err := s.in.ReadSlice(b)
	if err == nil {
		return part, nil
	}
	s.long = s.long[:0]
	for {
		s.long = append(s.long, part...)
		if len(s.long) > maxToken {
			return nil, errToken
		}
		if err != bufio.ErrBufferFull {
			return s.long, err
		}
		part, err = s.in.ReadSlice(b)
	}
}

// tag reads what follows a "<". It returns endOfFile for what is passed over.
func (s *scanner) tag() (token, error) {
	head, _ := s.in.Peek(9)
	switch {
	case bytes.HasPrefix(head, []byte("!--")):
		return endOfFile, s.passOver("-->")
	case bytes.HasPrefix(head, []byte("?")):
		return endOfFile, s.instruction()
	case bytes.HasPrefix(head, []byte("![CDATA[")):
		return s.cdata()
	case bytes.HasPrefix(head, []byte("!")):
		return 0, errDoctype
	}
	body, err := s.whole()
	if err != nil {
		return 0, err
	}
	kind := startTag
	if len(body) > 0 && body[0] == '/' {
		kind, body = endTag, body[1:]
	}
	s.empty = len(body) > 0 && body[len(body)-1] == '/'
	if s.empty {
		body = body[:len(body)-1]
	}
	i := bytes.IndexAny(body, " \t\r\n")
	if i < 0 {
		i = len(body)
	}
	s.name, s.attrs = body[:i], body[i:]
	if i := bytes.IndexByte(s.name, ':'); i >= 0 {
		s.name = s.name[i+1:]
	}
	if len(s.name) == 0 {
		return 0, errXML
	}
	return kind, nil
}

// whole reads a tag to its ">", which may also stand inside quotes.
func (s *scanner) whole() ([]byte, error) {
	body, err := s.until('>')
	if err != nil {
		return nil, broken(err)
	}
	if !openQuote(body) {
		return body[:len(body)-1], nil
	}
	all := bytes.Clone(body)
	for openQuote(all) {
		if body, err = s.until('>'); err != nil {
			return nil, broken(err)
		}
		if all = append(all, body...); len(all) > maxToken {
			return nil, errToken
		}
	}
	return all[:len(all)-1], nil
}

func openQuote(b []byte) bool {
	var quote byte
	for _, c := range b {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote != 0
}

func broken(err error) error {
	if err == io.EOF {
		return errXML
	}
	return err
}

// passOver reads up to and including the text end.
func (s *scanner) passOver(end string) error {
	read := 0
	for {
		part, err := s.until(end[len(end)-1])
		if err != nil {
			return broken(err)
		}
		if read += len(part); read > maxToken {
			return errToken
		}
		if bytes.HasSuffix(part, []byte(end)) {
			return nil
		}
	}
}

func (s *scanner) instruction() error {
	body, err := s.until('>')
	if err != nil {
		return broken(err)
	}
	if i := bytes.Index(body, []byte("encoding=")); bytes.HasPrefix(body, []byte("?xml")) && i >= 0 {
		value := bytes.ToLower(body[i+len("encoding="):])
		if len(value) < 6 || !bytes.HasPrefix(value[1:], []byte("utf-8")) && !bytes.HasPrefix(value[1:], []byte("us-ascii")) {
			return errCoding
		}
	}
	return nil
}

func (s *scanner) cdata() (token, error) {
	_, _ = s.in.Discard(len("![CDATA["))
	s.name, s.attrs, s.empty = nil, nil, false
	s.text = s.text[:0]
	for {
		part, err := s.until('>')
		if err != nil {
			return 0, broken(err)
		}
		if s.text = append(s.text, part...); len(s.text) > maxToken {
			return 0, errToken
		}
		if bytes.HasSuffix(s.text, []byte("]]>")) {
			s.text = s.text[:len(s.text)-3]
			return textToken, nil
		}
	}
}

// unescape puts raw into text with entities and line ends resolved.
func (s *scanner) unescape(raw []byte) error {
	s.text = s.text[:0]
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, "&\r")
		if i < 0 {
			s.text = append(s.text, raw...)
			break
		}
		s.text = append(s.text, raw[:i]...)
		if raw[i] == '\r' {
			s.text = append(s.text, '\n')
			if raw = raw[i+1:]; len(raw) > 0 && raw[0] == '\n' {
				raw = raw[1:]
			}
			continue
		}
		end := bytes.IndexByte(raw[i:min(len(raw), i+12)], ';')
		if end < 0 {
			return errXML
		}
		r, ok := entity(string(raw[i+1 : i+end]))
		if !ok {
			return errXML
		}
		s.text = utf8.AppendRune(s.text, r)
		raw = raw[i+end+1:]
	}
	if !utf8.Valid(s.text) {
		return errCoding
	}
	return nil
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || n >= 0xd800 && n < 0xe000 {
		return 0, false
	}
	return rune(n), true
}

// attr returns an attribute of the start tag, whatever its prefix, and whether
// it is there. The value is not unescaped; codes, numbers and names of cells
// need none.
func (s *scanner) attr(name string) (string, bool) {
	rest := s.attrs
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return "", false
		}
		key := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return "", false
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return "", false
		}
		if i := bytes.IndexByte(key, ':'); i >= 0 {
			key = key[i+1:]
		}
		if string(key) == name {
			return string(rest[1 : 1+end]), true
		}
		rest = rest[end+2:]
	}
}

// unescaped returns an attribute with its entities resolved.
func (s *scanner) unescaped(name string) (string, error) {
	raw, _ := s.attr(name)
	if err := s.unescape([]byte(raw)); err != nil {
		return "", err
	}
	return string(s.text), nil
}
