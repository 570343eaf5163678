package oc4ids

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/fault"
)

// Bounds of what is read. The deepest honest OC4IDS value, a multipolygon of a
// location of a beneficiary, is nested 14 deep.
const (
	maxDepth   = 64
	maxNumber  = 400      // characters of one number
	maxString  = 16 << 20 // bytes of one text
	maxProject = 64 << 20 // bytes of one project
	maxRoot    = 16 << 20 // bytes of everything around the projects
)

// Broken is what keeps a file from being read as JSON at all: where, which
// rule, and a sentence. Rules: json, depth, size, number, duplicate-key.
type Broken struct {
	At        string // JSON pointer of the value that was being read
	Rule      string
	Line, Col int
	Key       string
	Args      []any
}

func (b *Broken) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", b.Line, b.Col, english(b.Key, b.Args...))
}

// parser reads JSON values from a stream.
type parser struct {
	r    *bufio.Reader
	line int
	col  int
	left int64 // bytes that the value being read may still take
	at   []string
}

// Parse reads one JSON value, such as a project, to its end.
func Parse(r io.Reader) (*Value, error) {
	p := newParser(r)
	p.left = maxProject
	v, err := p.value()
	if err != nil {
		return nil, err
	}
	if c, err := p.peek(); err != nil || c != 0 {
		return nil, cmp.Or(err, p.fail("json", "goes_on", "got", shown(c)))
	}
	return v, nil
}

func newParser(r io.Reader) *parser {
	return &parser{r: bufio.NewReaderSize(r, 1<<16), line: 1, left: maxRoot}
}

func (p *parser) fail(rule, key string, args ...any) error {
	at := ""
	for _, s := range p.at {
		at += "/" + s
	}
	return &Broken{At: at, Rule: rule, Line: p.line, Col: max(p.col, 1), Key: key, Args: args}
}

// read takes one byte.
func (p *parser) read() (byte, error) {
	c, err := p.r.ReadByte()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return 0, p.fail("json", "cut")
		}
		var known *fault.Error
		if errors.As(err, &known) {
			return 0, known
		}
		return 0, fault.New(fault.Internal, "oc4ids.Read", "", "the file cannot be read: %w", err)
	}
	p.col++
	if c == '\n' {
		p.line, p.col = p.line+1, 0
	}
	if p.left--; p.left < 0 {
		return 0, p.fail("size", "too_long")
	}
	return c, nil
}

// peek returns the next byte that is not blank without taking it; 0 at the end.
func (p *parser) peek() (byte, error) {
	for {
		c, err := p.r.ReadByte()
		if errors.Is(err, io.EOF) {
			return 0, nil
		}
		if err != nil {
			return 0, fault.New(fault.Internal, "oc4ids.Read", "", "the file cannot be read: %w", err)
		}
		switch c {
		case ' ', '\t', '\r':
			p.col++
		case '\n':
			p.line, p.col = p.line+1, 0
		default:
			return c, p.r.UnreadByte()
		}
	}
}

// expect takes a sign after blanks.
func (p *parser) expect(want byte) error {
	c, err := p.peek()
	if err != nil {
		return err
	}
	if c == 0 {
		return p.fail("json", "cut")
	}
	if c != want {
		return p.fail("json", "expected", "want", string(want), "got", shown(c))
	}
	_, err = p.read()
	return err
}

// shown is a byte as a person may see it.
func shown(c byte) string {
	if c < 0x20 || c >= 0x7f {
		return fmt.Sprintf("0x%02x", c)
	}
	return string(c)
}

// value reads one value.
func (p *parser) value() (*Value, error) {
	c, err := p.peek()
	if err != nil {
		return nil, err
	}
	if len(p.at) > maxDepth {
		return nil, p.fail("depth", "too_deep", "n", maxDepth)
	}
	switch {
	case c == 0:
		return nil, p.fail("json", "cut")
	case c == '{':
		v := object()
		return v, p.members(func(name string) error {
			x, err := p.value()
			if err == nil {
				v.Members = append(v.Members, Member{name, x})
			}
			return err
		})
	case c == '[':
		v := list()
		return v, p.items(func(int) error {
			x, err := p.value()
			if err == nil {
				v.Items = append(v.Items, x)
			}
			return err
		})
	case c == '"':
		s, err := p.str()
		return text(s), err
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	return p.word()
}

// members reads an object; each must read the value.
func (p *parser) members(each func(name string) error) error {
	if err := p.expect('{'); err != nil {
		return err
	}
	for first := true; ; first = false {
		c, err := p.peek()
		if err != nil {
			return err
		}
		if c == '}' && first {
			_, err := p.read()
			return err
		}
		if c != '"' {
			if c == 0 {
				return p.fail("json", "cut")
			}
			return p.fail("json", "name_expected", "got", shown(c))
		}
		name, err := p.str()
		if err != nil {
			return err
		}
		if err := p.expect(':'); err != nil {
			return err
		}
		p.at = append(p.at, escape(name))
		if err := each(name); err != nil {
			return err
		}
		p.at = p.at[:len(p.at)-1]
		done, err := p.more('}')
		if done || err != nil {
			return err
		}
	}
}

// items reads an array; each must read the item.
func (p *parser) items(each func(i int) error) error {
	if err := p.expect('['); err != nil {
		return err
	}
	c, err := p.peek()
	if err != nil {
		return err
	}
	if c == ']' {
		_, err := p.read()
		return err
	}
	for i := 0; ; i++ {
		p.at = append(p.at, strconv.Itoa(i))
		if err := each(i); err != nil {
			return err
		}
		p.at = p.at[:len(p.at)-1]
		done, err := p.more(']')
		if done || err != nil {
			return err
		}
	}
}

// more takes a comma, or the end of an array or object.
func (p *parser) more(end byte) (done bool, err error) {
	c, err := p.peek()
	switch {
	case err != nil:
		return false, err
	case c == 0:
		return false, p.fail("json", "cut")
	case c != ',' && c != end:
		return false, p.fail("json", "expected", "want", ", "+string(end), "got", shown(c))
	}
	_, err = p.read()
	return c == end, err
}

// word reads true, false or null.
func (p *parser) word() (*Value, error) {
	var b []byte
	for len(b) < 12 {
		c, err := p.r.ReadByte()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.New(fault.Internal, "oc4ids.Read", "", "the file cannot be read: %w", err)
		}
		if c < 'A' || c > 'Z' && c < 'a' || c > 'z' {
			if err := p.r.UnreadByte(); err != nil {
				return nil, err
			}
			if len(b) == 0 {
				return nil, p.fail("json", "no_value", "got", shown(c))
			}
			break
		}
		p.col++
		p.left--
		b = append(b, c)
	}
	switch string(b) {
	case "true", "false":
		return &Value{Kind: Bool, Text: string(b)}, nil
	case "null":
		return &Value{}, nil
	case "NaN", "Infinity":
		return nil, p.fail("json", "not_a_number", "got", string(b))
	}
	return nil, p.fail("json", "no_value", "got", string(b))
}

// number reads a number by the grammar of JSON and keeps its literal.
func (p *parser) number() (*Value, error) {
	var b []byte
	for {
		c, err := p.r.ReadByte()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.New(fault.Internal, "oc4ids.Read", "", "the file cannot be read: %w", err)
		}
		if (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' {
			if err := p.r.UnreadByte(); err != nil {
				return nil, err
			}
			break
		}
		p.col++
		p.left--
		if b = append(b, c); len(b) > maxNumber {
			return nil, p.fail("number", "long_number", "n", maxNumber)
		}
	}
	if !validNumber(string(b)) {
		return nil, p.fail("json", "bad_number", "got", string(b[:min(len(b), 30)]))
	}
	return number(string(b)), nil
}

// validNumber reports whether s is a number by the grammar of JSON.
func validNumber(s string) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(s) && s[i] == '-' {
		i++
	}
	first := i
	if !digits() || s[first] == '0' && i > first+1 {
		return false
	}
	if i < len(s) && s[i] == '.' {
		if i++; !digits() {
			return false
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(s)
}

// str reads a string. Bytes that are not UTF-8 are kept, and half a surrogate
// pair becomes three such bytes: wellFormed finds both.
func (p *parser) str() (string, error) {
	if _, err := p.read(); err != nil {
		return "", err
	}
	var b []byte
	for {
		c, err := p.read()
		switch {
		case err != nil:
			return "", err
		case len(b) > maxString:
			return "", p.fail("size", "too_long")
		case c == '"':
			return string(b), nil
		case c < 0x20:
			return "", p.fail("json", "control", "got", shown(c))
		case c != '\\':
			b = append(b, c)
			continue
		}
		if b, err = p.escaped(b); err != nil {
			return "", err
		}
	}
}

var shortEscapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escaped(b []byte) ([]byte, error) {
	c, err := p.read()
	if err != nil {
		return b, err
	}
	if s, ok := shortEscapes[c]; ok {
		return append(b, s), nil
	}
	if c != 'u' {
		return b, p.fail("json", "bad_escape", "got", `\`+shown(c))
	}
	r, err := p.hex4()
	if err != nil || !utf16.IsSurrogate(r) {
		return utf8.AppendRune(b, r), err
	}
	if next, _ := p.r.Peek(2); r < 0xdc00 && string(next) == `\u` {
		if _, err := p.r.Discard(2); err != nil {
			return b, err
		}
		p.col += 2
		low, err := p.hex4()
		if err != nil {
			return b, err
		}
		if whole := utf16.DecodeRune(r, low); whole != utf8.RuneError {
			return utf8.AppendRune(b, whole), nil
		}
		if !utf16.IsSurrogate(low) {
			return utf8.AppendRune(half(b, r), low), nil
		}
		return half(half(b, r), low), nil
	}
	return half(b, r), nil
}

// half writes half a surrogate pair the way UTF-8 forbids.
func half(b []byte, r rune) []byte {
	return append(b, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
}

func (p *parser) hex4() (rune, error) {
	var d [4]byte
	for i := range d {
		c, err := p.read()
		if err != nil {
			return 0, err
		}
		d[i] = c
	}
	n, err := strconv.ParseUint(string(d[:]), 16, 16)
	if err != nil {
		return 0, p.fail("json", "bad_escape", "got", `\u`+fmt.Sprintf("%q", d[:]))
	}
	return rune(n), nil
}
