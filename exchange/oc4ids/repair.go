package oc4ids

import (
	"errors"
	"io"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Repair is one change that was certain.
type Repair struct {
	Path   string `json:"path"`   // JSON pointer into the file as it was
	Was    *Value `json:"was"`    // null where nothing stood
	Became *Value `json:"became"` // null where nothing was left
	Why    string `json:"why"`
}

// Report is what became of one project of a file.
type Report struct {
	ID       *string   `json:"id"` // null when the project has none
	Index    int       `json:"index"`
	Accepted bool      `json:"accepted"`
	Repairs  []Repair  `json:"repairs"`
	Problems []Finding `json:"problems"`
	// Package is what stands around the projects, as it was repaired; nil when
	// nothing does.
	Package *Value `json:"-"`
	// Title helps a person to find the project; empty when it has none.
	Title string `json:"title"`
}

// Repairs reads a file twice: once to see that it can be read to its end and
// which ids come twice, then project by project. It hands over each report with
// the project as it was repaired; the project of a report that is not accepted
// must not be used.
//
// What is certain is repaired and reported: what was, what it became, and why.
// What is not certain is a problem and stays as it is. Nothing else changes, so
// that fields which the standard does not know are still there. A second pass
// over its own result repairs nothing, and so does a pass over a sound file.
//
// A project is accepted unless it cannot be used: it has no id, or shares it
// with another; it is no object; a field comes twice with different values; or
// some text cannot be decoded and would be lost.
//
// It returns fault.Invalid with line and column where the file is not JSON, is
// nested too deeply, holds a project beyond the bounds, or no project at all;
// then nothing was handed over.
func Repairs(r io.ReadSeeker, name string, o Options, do func(Report, *Value) error) error {
	ids := map[string]*twins{}
	h, err := each(r, func(i int, v *Value) error {
		if id, ok := identity(v); ok {
			ids[id] = ids[id].and(i, v)
		}
		return nil
	})
	var broken *Broken
	switch {
	case errors.As(err, &broken):
		return broken.Fault(name, o.Lang)
	case err != nil:
		return err
	case h.odd != nil && h.odd.Kind == Object: // one project where the list should be
		return h.single(o, ids, do)
	case h.projects == 0:
		return fault.New(fault.Invalid, "oc4ids.Repairs", name, "%s: %s", name, say(o.Lang, "no_projects"))
	}
	around := h.mendPackage(o)
	_, err = each(r, func(i int, v *Value) error { return mendProject(i, v, around, o, ids, do) })
	return err
}

// single hands over the project that stands where a list should be.
func (h *head) single(o Options, ids map[string]*twins, do func(Report, *Value) error) error {
	around := h.mendPackage(o)
	around.repairs = append(around.repairs, Repair{h.odd.at, h.odd, list(h.odd), say(o.Lang, "why_list")})
	return mendProject(0, h.odd, around, o, ids, do)
}

// twins are the projects of a file under one id.
type twins struct {
	first int
	n     int
	same  bool // all say exactly the same
	says  [32]byte
}

func (t *twins) and(i int, v *Value) *twins {
	d := v.digest()
	if t == nil {
		return &twins{first: i, n: 1, same: true, says: d}
	}
	t.n++
	t.same = t.same && t.says == d
	return t
}

// other reports whether project i must not be used because of its twins.
func (t *twins) other(i int) bool { return t != nil && t.n > 1 && !(t.same && t.first == i) }

// identity returns the id of a project as it will be after repair.
func identity(v *Value) (string, bool) {
	if v.Kind != Object {
		return "", false
	}
	for _, m := range v.Members {
		if fold(m.Name) == "id" && (m.Value.Kind == String || m.Value.Kind == Number) {
			if s := strings.TrimSpace(m.Value.Text); s != "" {
				return s, true
			}
		}
	}
	return "", false
}

// mendPackage repairs what stands around the projects. Its repairs and problems
// belong to every project of the file.
func (h *head) mendPackage(o Options) *mender {
	m := newMender(o)
	if h.encoding != "" {
		m.repairs = append(m.repairs, Repair{"", text(h.encoding), text("UTF-8"), say(o.Lang, "why_encoding", "encoding", h.encoding)})
	}
	if h.shape != InPackage {
		m.problem("", "package", "no_package")
		return m
	}
	if h.key != "" && h.key != "projects" {
		m.repairs = append(m.repairs, Repair{"/" + escape(h.key), text(h.key), text("projects"), say(o.Lang, "why_field")})
	}
	root := h.root.Clone()
	m.around = root
	m.value(root, &rule{kinds: []string{"object"}, form: aroundForm()})
	c := &validator{code: o.Lang, wrong: m.rest, doubt: func(Finding) {}}
	c.object(root, aroundForm())
	return m
}

// mendProject repairs one project and hands it over.
func mendProject(i int, v *Value, around *mender, o Options, ids map[string]*twins, do func(Report, *Value) error) error {
	m := newMender(o)
	m.repairs = append(m.repairs, around.repairs...)
	m.problems = append(m.problems, around.problems...)
	m.blocked = around.blocked
	out := Report{Index: i, Package: around.around}
	if v.Kind != Object {
		m.block(v.at, "type", "type", "want", "object", "got", v.Kind)
	} else {
		m.land, m.abroad = o.Home.land(v)
		if mended := m.value(v, facts().ruleOf("Project")); mended != nil {
			v = mended
		} else {
			v.Members = nil
		}
		m.places(v)
		m.id(i, v, ids)
		m.remains(v)
		if id := v.Str("id"); id != "" {
			out.ID = &id
		}
		out.Title = v.Str("title")
	}
	out.Accepted, out.Repairs, out.Problems = !m.blocked, m.repairs, m.problems
	if out.Repairs == nil {
		out.Repairs = []Repair{}
	}
	if out.Problems == nil {
		out.Problems = []Finding{}
	}
	return do(out, v)
}

// id blocks a project that cannot be told from another. Of several that say
// exactly the same the first one counts.
func (m *mender) id(i int, v *Value, ids map[string]*twins) {
	id := v.Get("id")
	switch {
	case id == nil:
		m.block(v.at, "required", "required", "field", "id")
	case id.Kind != String || strings.TrimSpace(id.Text) == "":
		m.block(id.at, "required", "required", "field", "id")
	case ids[strings.TrimSpace(id.Text)].other(i):
		m.block(id.at, "duplicate-id", "project_twice")
	}
}

// impossible are the doubts that are problems of an import; the others say
// nothing against using the project.
var impossible = map[string]bool{"year": true, "date-order": true, "negative": true, "percent": true, "currency-missing": true, "duplicate-id": true,
	"dangling-reference": true, "coordinates": true, "coordinates-order": true, "encoding": true, "blank": true}

// remains reports what is still wrong or cannot be meant.
func (m *mender) remains(v *Value) {
	c := &validator{code: m.o.Lang, wrong: m.rest, doubt: func(f Finding) {
		if impossible[f.Rule] || f.Rule == "codelist-open" && !m.register[f.Path] {
			m.rest(f)
		}
	}}
	c.value(v, facts().ruleOf("Project"))
	c.doubts(v, m.o.Home)
}

// rest is a problem unless the place has been told of already.
func (m *mender) rest(f Finding) {
	if m.told[f.Path] {
		return
	}
	switch f.Rule {
	case "duplicate-key", "number", "encoding":
		m.blocked = m.blocked || f.Rule == "duplicate-key" || f.Message == say(m.o.Lang, "undecodable")
	}
	m.problems = append(m.problems, f)
}
