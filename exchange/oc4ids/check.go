package oc4ids

import (
	"crypto/sha256"
	"errors"
	"io"
	"slices"
	"strconv"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

// Options say for whom a file is read.
type Options struct {
	Lang lang.Code // of messages
	Home *Home     // where the projects should be; may be nil
}

// Verdict is what Check found. The JSON of the command is this.
type Verdict struct {
	Valid    bool      `json:"valid"`
	Errors   []Finding `json:"errors"`
	Warnings []Finding `json:"warnings"`

	Version  string `json:"version"` // of the standard that the file was compared with
	Shape    Shape  `json:"shape"`
	Projects int    `json:"projects"`

	// MoreErrors and MoreWarnings count what was left out beyond maxFindings.
	MoreErrors   int `json:"more_errors"`
	MoreWarnings int `json:"more_warnings"`
}

// maxFindings bounds each list of a verdict: nobody reads further, and a file
// of a hundred megabytes can be wrong everywhere.
const maxFindings = 20_000

func (v *Verdict) wrong(f Finding) {
	if len(v.Errors) < maxFindings {
		v.Errors = append(v.Errors, f)
	} else {
		v.MoreErrors++
	}
}

func (v *Verdict) doubt(f Finding) {
	if len(v.Warnings) < maxFindings {
		v.Warnings = append(v.Warnings, f)
	} else {
		v.MoreWarnings++
	}
}

// Check compares a file with OC4IDS 0.9.5.
//
// Errors are breaches of the schema, under the names of its keywords (type,
// required, format, enum, pattern, minLength, minItems, minProperties,
// uniqueItems, minimum), and what makes a file unreadable for others: json,
// encoding, duplicate-key, number, depth, size. Warnings are what the schema
// allows: codes outside an open list, fields it does not know, and values that
// cannot be meant (see doubts.go). A file that is a bare project, or a list of
// them, is compared as such, with the warning package.
//
// Projects are read one by one; memory is bounded by the largest. The error is
// not nil only when r fails.
func Check(r io.ReadSeeker, o Options) (*Verdict, error) {
	out := &Verdict{Errors: []Finding{}, Warnings: []Finding{}, Version: Version}
	seen, ids := map[[sha256.Size]byte]bool{}, map[string]bool{}
	twice := false
	h, err := each(r, func(_ int, v *Value) error {
		d := v.digest()
		twice = twice || seen[d]
		seen[d] = true
		c := &validator{code: o.Lang, wrong: out.wrong, doubt: out.doubt}
		c.value(v, facts().ruleOf("Project"))
		c.doubts(v, o.Home)
		if id := v.Str("id"); id != "" {
			if ids[id] {
				out.doubt(Finding{v.at, "duplicate-id", say(o.Lang, "project_twice")})
			}
			ids[id] = true
		}
		return nil
	})
	var broken *Broken
	if err != nil && !errors.As(err, &broken) {
		return nil, err
	}
	var around Verdict
	if broken != nil {
		around.wrong(Finding{broken.At, broken.Rule, broken.In(o.Lang)})
	} else {
		h.check(&around, o)
		if twice {
			at := ""
			if h.key != "" {
				at = "/" + escape(h.key)
			}
			around.wrong(Finding{at, "uniqueItems", say(o.Lang, "twice")})
		}
	}
	out.Errors = append(append([]Finding{}, around.Errors...), out.Errors...)
	out.Warnings = append(append([]Finding{}, around.Warnings...), out.Warnings...)
	out.Valid = len(out.Errors) == 0
	out.Shape, out.Projects = h.shape, h.projects
	return out, nil
}

// check compares what stands around the projects.
func (h *head) check(out *Verdict, o Options) {
	switch h.encoding {
	case "":
	case markedUTF8:
		out.doubt(Finding{"", "encoding", say(o.Lang, "byte_mark")})
	default:
		out.wrong(Finding{"", "encoding", say(o.Lang, "not_utf8", "encoding", h.encoding)})
	}
	c := &validator{code: o.Lang, wrong: out.wrong, doubt: out.doubt}
	if h.shape != InPackage {
		out.doubt(Finding{"", "package", say(o.Lang, "no_package")})
		if h.shape == BareList && h.projects == 0 {
			out.wrong(Finding{"", "minItems", say(o.Lang, "empty_list")})
		}
		return
	}
	f := facts().forms["Package"]
	pack := &Value{Kind: Object, Members: h.root.Members}
	switch {
	case h.key == "projects" && h.odd == nil: // compared one by one before
		f = aroundForm()
		if h.projects == 0 {
			c.in(h.key, func() { c.bad(nil, "minItems", "empty_list") })
		}
	case h.key == "projects":
		pack.Members = append(slices.Clone(pack.Members), Member{h.key, h.odd})
	case h.key != "":
		c.in(escape(h.key), func() { c.odd(nil, "unknown-field", "unknown_field", "field", h.key) })
	}
	c.object(pack, f)
}

// aroundForm is the form of a package without its projects, which are compared
// one by one.
var aroundForm = sync.OnceValue(func() *form {
	f := *facts().forms["Package"]
	f.fields = slices.DeleteFunc(slices.Clone(f.fields), func(x *field) bool { return x.name == "projects" })
	return &f
})

// In returns the sentence in a language.
func (b *Broken) In(code lang.Code) string {
	return say(code, "at_line", "line", strconv.Itoa(b.Line), "col", strconv.Itoa(b.Col)) + " " + say(code, b.Key, b.Args...)
}

// Fault is the same as an error for a caller.
func (b *Broken) Fault(name string, code lang.Code) error {
	return fault.New(fault.Invalid, "oc4ids.Read", name, "%s: %s", name, b.In(code))
}
