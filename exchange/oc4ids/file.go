package oc4ids

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/shanyraq/shanyraq/fault"
)

// Shape is how a file holds its projects.
type Shape string

// The shapes. The standard knows only the package.
const (
	InPackage   Shape = "package"
	BareProject Shape = "project"
	BareList    Shape = "list"
)

// head is what a file says beside its projects.
type head struct {
	shape    Shape
	encoding string // empty for UTF-8
	root     *Value // the members of the package without the projects; located
	key      string // the member that holds the projects
	odd      *Value // what stands there instead of a list
	projects int
}

// Encodings of a file that is not plain UTF-8.
const (
	markedUTF8 = "UTF-8 with byte order mark"
	utf16LE    = "UTF-16 little endian"
	utf16BE    = "UTF-16 big endian"
)

// decoded returns the file as UTF-8 without mark; single strings may still
// hold other bytes.
func decoded(r io.Reader) (io.Reader, string, error) {
	first := make([]byte, 4)
	n, err := io.ReadFull(r, first)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, "", fault.New(fault.Internal, "oc4ids.Read", "", "the file cannot be read: %w", err)
	}
	first = first[:n]
	whole := io.MultiReader(bytes.NewReader(first), r)
	order, name := unicode.LittleEndian, utf16LE
	switch {
	case bytes.HasPrefix(first, []byte("\xef\xbb\xbf")):
		return io.MultiReader(bytes.NewReader(first[3:]), r), markedUTF8, nil
	case bytes.HasPrefix(first, []byte("\xff\xfe")), n >= 2 && first[0] != 0 && first[1] == 0:
	case bytes.HasPrefix(first, []byte("\xfe\xff")), n >= 2 && first[0] == 0 && first[1] != 0:
		order, name = unicode.BigEndian, utf16BE
	default:
		return whole, "", nil
	}
	return transform.NewReader(whole, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), name, nil
}

// each reads a file and hands over its projects one by one, so that a file of
// any length takes the memory of its largest project. It returns a *Broken
// where the file is not JSON or out of bounds.
func each(r io.ReadSeeker, do func(i int, v *Value) error) (*head, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fault.New(fault.Internal, "oc4ids.Read", "", "the file cannot be read: %w", err)
	}
	in, encoding, err := decoded(r)
	if err != nil {
		return nil, err
	}
	h := &head{encoding: encoding, root: object()}
	p := newParser(in)
	c, err := p.peek()
	if err != nil {
		return h, err
	}
	switch c {
	case '[':
		h.shape = BareList
		err = h.list(p, "", do)
	case '{':
		h.shape = InPackage
		err = h.pack(p, do)
	case 0:
		return h, p.fail("json", "no_content")
	default:
		return h, p.fail("json", "not_json", "got", shown(c))
	}
	if err != nil {
		return h, err
	}
	if c, err := p.peek(); err != nil || c != 0 {
		if err == nil {
			err = p.fail("json", "goes_on", "got", shown(c))
		}
		return h, err
	}
	return h, nil
}

// list hands over the items of an array of projects.
func (h *head) list(p *parser, at string, do func(int, *Value) error) error {
	return p.items(func(i int) error {
		before := p.left
		p.left = maxProject
		v, err := p.value()
		if err != nil {
			return err
		}
		p.left = before
		locate(v, at+"/"+p.at[len(p.at)-1])
		h.projects++
		return do(i, v)
	})
}

// pack reads the members of the outermost object. When none of them holds
// projects and they are those of a project, the object is the project.
func (h *head) pack(p *parser, do func(int, *Value) error) error {
	p.left = maxProject
	err := p.members(func(name string) error {
		if h.key == "" && fold(name) == "projects" {
			h.key = name
			if c, err := p.peek(); err != nil {
				return err
			} else if c == '[' {
				return h.list(p, "/"+escape(name), do)
			}
			v, err := p.value()
			if err != nil {
				return err
			}
			locate(v, "/"+escape(name))
			h.odd = v
			return nil
		}
		if fold(name) == "projects" {
			return p.fail("duplicate-key", "projects_twice")
		}
		v, err := p.value()
		if err != nil {
			return err
		}
		h.root.Members = append(h.root.Members, Member{name, v})
		return nil
	})
	if err != nil {
		return err
	}
	locate(h.root, "")
	if h.key == "" && looksLikeProject(h.root) {
		v := h.root
		h.shape, h.root, h.projects = BareProject, object(), 1
		return do(0, v)
	}
	return nil
}

// looksLikeProject reports whether an object has more fields of a project than
// of a package.
func looksLikeProject(v *Value) bool {
	project, pack := 0, 0
	for _, m := range v.Members {
		if facts().forms["Project"].folded[fold(m.Name)] != nil {
			project++
		}
		if facts().forms["Package"].folded[fold(m.Name)] != nil {
			pack++
		}
	}
	return project > pack
}
