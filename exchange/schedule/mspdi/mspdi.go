// Package mspdi reads the XML in which Microsoft Project and many other
// planners save a schedule.
//
// The file is read element by element: memory is bounded by what is kept, not by
// what is sent. Document types and entities are refused, as are files that nest
// deeper than a plan does. Encodings are UTF-8 and UTF-16, with or without a byte
// order mark, and those of Windows where the file names them.
package mspdi

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
)

const op = "mspdi.Read"

// Bounds on the XML.
const (
	maxDepth  = 40      // elements within each other; a plan has about eight
	maxNodes  = 400_000 // elements of one task or calendar
	maxRecord = 8 << 20 // bytes of text of one task or calendar
	maxRun    = 4 << 20 // bytes without a tag
)

// Faults that the readers below the decoder meet.
var (
	errLarge = errors.New("too large")
	errRun   = errors.New("a text or tag is too long")
	errCoded = errors.New("the encoding is not known")
)

// Read reads a schedule. name is the file name for messages; limit is the most
// bytes to take, schedule.MaxBytes when not positive.
//
// It returns fault.TooLarge beyond a bound and fault.Invalid, with the line, for
// what is no MSPDI file: broken XML, another root than Project, a document type.
// What is odd in a file that can be read becomes a finding of the schedule.
func Read(r io.Reader, name string, limit int64) (*schedule.Schedule, error) {
	if limit <= 0 {
		limit = schedule.MaxBytes
	}
	s := &schedule.Schedule{Name: name, Format: schedule.MSPDI}
	x := &reader{s: s, name: name, limit: limit, fields: map[string]string{}, codes: map[string]*lookup{}, hours: map[string]bool{}}
	in, enc, err := decoded(&bounded{r: r, left: limit})
	if err != nil {
		return nil, x.failed(err)
	}
	s.Encoding = string(enc)
	x.d = xml.NewDecoder(&runs{r: in})
	x.d.CharsetReader = x.charset
	if err := x.file(); err != nil {
		return nil, x.failed(err)
	}
	x.finish()
	return s, nil
}

// reader holds what is read.
type reader struct {
	d      *xml.Decoder
	s      *schedule.Schedule
	name   string
	limit  int64
	p      schedule.Project
	fields map[string]string // names of custom fields by their number
	codes  map[string]*lookup

	calendars   []rawCalendar
	dayMinutes  int64
	hours       map[string]bool // calendars that are kept
	assignments []assignment
	links       int
	shares      []int // links whose lag is a share of the predecessor
	values      int   // of custom fields
	tasks       int   // rows met, blank ones too
	path        []openTask
	people      int
	many        int // custom fields beyond the bound
	days        int // single days of all calendars
}

// lookup is a list of values of an outline code.
type lookup struct {
	name   string
	values map[string]value
}

type value struct{ parent, value, text string }

// failed turns an error into a fault with a sentence.
func (x *reader) failed(err error) error {
	var syntax *xml.SyntaxError
	line := 0
	if x.d != nil {
		line, _ = x.d.InputPos()
	}
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, errLarge):
		return fault.New(fault.TooLarge, op, x.name, "%s: larger than %d MB: save the projects one by one", x.name, x.limit>>20)
	case errors.Is(err, errRun):
		return fault.New(fault.TooLarge, op, x.name, "%s: line %d: a text or tag is longer than %d MB: this is no schedule", x.name, line, maxRun>>20)
	case errors.Is(err, errCoded):
		return fault.New(fault.Invalid, op, x.name, "%s: the encoding that the file names is not known: save it as UTF-8", x.name)
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return fault.New(fault.Invalid, op, x.name, "%s: the file ends too early, in line %d: save or send it again", x.name, line)
	case errors.As(err, &syntax):
		if strings.Contains(syntax.Msg, "unexpected EOF") {
			return fault.New(fault.Invalid, op, x.name, "%s: the file ends too early, in line %d: save or send it again", x.name, syntax.Line)
		}
		return fault.New(fault.Invalid, op, x.name, "%s: line %d: the XML is broken: save the schedule again as XML", x.name, syntax.Line)
	}
	return fault.New(fault.Invalid, op, x.name, "%s: cannot be read: %w", x.name, err)
}

func (x *reader) bad(format string, args ...any) error {
	line, _ := x.d.InputPos()
	return fault.New(fault.Invalid, op, x.name, "%s: line %d: "+format, append([]any{x.name, line}, args...)...)
}

func (x *reader) beyond(format string, args ...any) error {
	return fault.New(fault.TooLarge, op, x.name, "%s: "+format, append([]any{x.name}, args...)...)
}

// bounded ends with errLarge one byte after the limit.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errLarge
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errLarge
	}
	return n, err
}

// runs ends with errRun where too much follows without a tag: the decoder would
// hold all of it.
type runs struct {
	r   io.Reader
	run int
}

func (r *runs) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		r.run = n - i
	} else {
		r.run += n
	}
	if r.run > maxRun {
		return 0, errRun
	}
	return n, err
}

// decoded returns the file as UTF-8, as far as its first bytes tell.
func decoded(r io.Reader) (io.Reader, text.Encoding, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, "", err
	}
	wide := func(e unicode.Endianness) io.Reader {
		return transform.NewReader(in, unicode.UTF16(e, unicode.UseBOM).NewDecoder())
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3)
		return in, text.UTF8BOM, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00")):
		return wide(unicode.LittleEndian), text.UTF16LE, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<")):
		return wide(unicode.BigEndian), text.UTF16BE, nil
	}
	return in, text.UTF8, nil
}

// charset obeys the encoding that the XML declaration names.
func (x *reader) charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "utf-8", "utf8", "us-ascii":
		return r, nil
	case "utf-16", "utf-16le", "utf-16be", "utf16":
		return r, nil // what the first bytes showed is right
	case "windows-1251", "cp1251":
		x.s.Encoding = string(text.Windows1251)
		return transform.NewReader(r, charmap.Windows1251.NewDecoder()), nil
	case "windows-1252", "cp1252", "iso-8859-1":
		x.s.Encoding = "Windows-1252"
		return transform.NewReader(r, charmap.Windows1252.NewDecoder()), nil
	case "kz-1048", "strk1048-2002", "rk1048":
		x.s.Encoding = string(text.KZ1048)
		return transform.NewReader(r, text.DecoderKZ1048()), nil
	}
	return nil, errCoded
}

// file reads the root and what stands in it.
func (x *reader) file() error {
	for {
		t, err := x.d.Token()
		if err != nil {
			if err == io.EOF {
				return fault.New(fault.Invalid, op, x.name, "%s: no XML: save the schedule as XML in the planner", x.name)
			}
			return err
		}
		switch t := t.(type) {
		case xml.Directive:
			return x.bad("the file declares a document type, which no planner does")
		case xml.StartElement:
			if t.Name.Local != "Project" {
				return x.bad("the root is %.40s and not Project: save the schedule as XML in the planner", t.Name.Local)
			}
			return x.project()
		}
	}
}

// project reads the children of the root.
func (x *reader) project() error {
	head := &node{}
	for {
		t, err := x.d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.Directive:
			return x.bad("the file declares a document type, which no planner does")
		case xml.EndElement:
			return x.header(head)
		case xml.StartElement:
			if err := x.part(t, head); err != nil {
				return err
			}
		}
	}
}

// part reads one child of the root: a list, or a field of the project.
func (x *reader) part(t xml.StartElement, head *node) error {
	switch t.Name.Local {
	case "Calendars":
		return x.list("Calendar", x.calendar)
	case "Tasks":
		return x.list("Task", x.task)
	case "Resources":
		return x.list("Resource", x.resource)
	case "Assignments":
		return x.list("Assignment", x.assignment)
	case "ExtendedAttributes":
		return x.list("ExtendedAttribute", x.attribute)
	case "OutlineCodes":
		return x.list("OutlineCode", x.outlineCode)
	}
	n, err := x.node(t.Name.Local)
	if err != nil {
		return err
	}
	if head.kids = append(head.kids, n); len(head.kids) > 1000 {
		return x.bad("more than 1000 fields of a project: this is no schedule")
	}
	return nil
}

// list calls do for every element of a name up to the end of the list.
func (x *reader) list(name string, do func(*node) error) error {
	for {
		t, err := x.d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.Directive:
			return x.bad("the file declares a document type, which no planner does")
		case xml.EndElement:
			return nil
		case xml.StartElement:
			n, err := x.node(t.Name.Local)
			if err != nil {
				return err
			}
			if t.Name.Local == name {
				if err := do(n); err != nil {
					return err
				}
			}
		}
	}
}

// node is an element with what stands in it. Attributes are of no use here.
type node struct {
	name, text string
	raw        []byte // of text, while it is read
	kids       []*node
}

// get returns the text of the first child of a name.
func (n *node) get(name string) string {
	if k := n.kid(name); k != nil {
		return k.text
	}
	return ""
}

func (n *node) kid(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// each calls do for the children of a name.
func (n *node) each(name string, do func(*node)) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		if k.name == name {
			do(k)
		}
	}
}

// dropped are elements that hold nothing that is kept, some of them very large.
var dropped = map[string]bool{"TimephasedData": true, "Notes": true, "Contact": true, "HyperlinkAddress": true, "HyperlinkSubAddress": true, "Hyperlink": true}

// node reads an element whose start was just read.
func (x *reader) node(name string) (*node, error) {
	root := &node{name: name}
	open := []*node{root}
	nodes, size := 1, 0
	for {
		t, err := x.d.Token()
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.Directive:
			return nil, x.bad("the file declares a document type, which no planner does")
		case xml.StartElement:
			if dropped[t.Name.Local] {
				if err := x.skip(len(open)); err != nil {
					return nil, err
				}
				continue
			}
			if nodes++; nodes > maxNodes || len(open) >= maxDepth {
				return nil, x.bad("elements nest too deep or are too many in one %.40s: this is no schedule", name)
			}
			k := &node{name: t.Name.Local}
			top.kids, open = append(top.kids, k), append(open, k)
		case xml.EndElement:
			top.text, top.raw = string(bytes.TrimSpace(top.raw)), nil
			if open = open[:len(open)-1]; len(open) == 0 {
				return root, nil
			}
		case xml.CharData:
			if len(bytes.TrimSpace(t)) == 0 {
				continue
			}
			if size += len(t); size > maxRecord {
				return nil, x.beyond("one %.40s is longer than %d MB: this is no schedule", name, maxRecord>>20)
			}
			top.raw = append(top.raw, t...)
		}
	}
}

// skip passes over an element; like node it bounds how deep it goes.
func (x *reader) skip(depth int) error {
	for from := depth; ; {
		t, err := x.d.Token()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.Directive:
			return x.bad("the file declares a document type, which no planner does")
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return x.bad("elements nest too deep: this is no schedule")
			}
		case xml.EndElement:
			if depth--; depth < from {
				return nil
			}
		}
	}
}
