package oc4ids

import (
	"bufio"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/works"
)

// BundleOf folds works into a bundle as of the day of c.
func (c Country) BundleOf(t Taken) (Bundle, error) {
	var b Bundle
	all := append([]Kept{t.Project}, t.Parts...)
	for i := range all {
		k := &all[i]
		s, err := works.At(&k.Work, k.Lines, c.Today, time.Time{})
		if err != nil {
			return b, err
		}
		p := Part{Work: k.Work, Lines: k.Lines, State: s}
		if i == 0 {
			b.Project = p
		} else {
			b.Parts = append(b.Parts, p)
		}
	}
	slices.SortFunc(b.Parts, func(x, y Part) int { return strings.Compare(string(x.Work.ID), string(y.Work.ID)) })
	return b, nil
}

// Publish writes a project for a package. One that came from OC4IDS is what its
// publisher wrote, with what has changed here since; so a project that nobody
// touched comes back as it came, also where our model has no place for what it
// says. What the schema forbids is set aside in the extension.
//
// It returns fault.Invalid for a project that cannot be made valid.
func (c Country) Publish(b Bundle) (*Value, error) {
	out := c.Project(b)
	if raw := b.Project.Work.Foreign[foreignProject]; raw != "" {
		base, err := Parse(strings.NewReader(raw))
		if err != nil {
			return nil, fault.New(fault.Internal, "oc4ids.Publish", string(b.Project.Work.ID), "what the publisher wrote cannot be read back: %w", err)
		}
		as := c
		as.Says = b.Project.Work.Foreign[foreignSays]
		was, err := c.BundleOf(as.Works(base, c.PackageOf(&b.Project.Work)))
		if err != nil {
			return nil, err
		}
		out = merge(base, c.Project(was), out).Clone()
	}
	if !setAside(out) {
		return nil, fault.New(fault.Invalid, "oc4ids.Publish", string(b.Project.Work.ID), "the project cannot be written as OC4IDS: give it an id and a title")
	}
	return out, nil
}

// PackageOf is what stood around a project when it came; nil when nothing did.
func (c Country) PackageOf(w *works.Work) *Value {
	raw := w.Foreign[foreignPackage]
	if raw == "" {
		return nil
	}
	v, err := Parse(strings.NewReader(raw))
	if err != nil {
		return nil
	}
	return v
}

// Around is the package that a publisher makes around projects.
type Around struct {
	URI       string
	Publisher string
	Published string // RFC 3339
	License   string
}

// Value writes it as the standard has it.
func (a Around) Value() *Value {
	v, p := object(), object()
	v.Set("version", text(PackageVersion))
	v.Set("uri", text(a.URI))
	v.Set("publishedDate", text(a.Published))
	p.Set("name", text(a.Publisher))
	v.Set("publisher", p)
	if a.License != "" {
		v.Set("license", text(a.License))
	}
	return v
}

// Check refuses what the standard would.
func (a Around) Check() error {
	var first *Finding
	c := &validator{code: "en", doubt: func(Finding) {}, wrong: func(f Finding) {
		if first == nil {
			first = &f
		}
	}}
	c.object(a.Value(), aroundForm())
	if first != nil {
		return fault.New(fault.Invalid, "oc4ids.Around", first.Path, "the package cannot be written: %s %s", strings.TrimPrefix(first.Path, "/"), first.Message)
	}
	return nil
}

// Writer writes a package project by project. Which extensions it needs is
// known at its end, and so they stand there.
type Writer struct {
	out        *bufio.Writer
	around     *Value
	extensions []*Value
	n          int
}

// NewWriter begins a package.
func NewWriter(w io.Writer, around *Value) *Writer {
	around = around.Clone()
	extensions := around.Each("extensions")
	if extensions != nil {
		drop(around, "extensions")
	}
	return &Writer{out: bufio.NewWriterSize(w, 1<<16), around: around, extensions: extensions}
}

// Add writes one project.
func (w *Writer) Add(project *Value) error {
	sep := ",\n"
	if w.n == 0 {
		sep = w.head()
	}
	declared := slices.ContainsFunc(w.extensions, func(x *Value) bool { return x.Text == ExtensionURL })
	if project.Get(Extension) != nil && !declared {
		w.extensions = append(slices.Clone(w.extensions), text(ExtensionURL))
	}
	w.n++
	_, err := w.out.WriteString(sep + string(project.Append(nil)))
	return err
}

// head is what stands before the first project.
func (w *Writer) head() string {
	b := []byte("{\n")
	for _, m := range w.around.Members {
		b = append(appendString(b, m.Name), ": "...)
		b = append(m.Value.Append(b), ",\n"...)
	}
	return string(b) + "\"projects\": [\n"
}

// Close ends the package. It returns fault.NotFound when there was no project:
// the standard has no empty package.
func (w *Writer) Close() error {
	if w.n == 0 {
		return fault.New(fault.NotFound, "oc4ids.Writer", "", "there is no project to write, and an OC4IDS package has at least one")
	}
	end := "\n]"
	if len(w.extensions) > 0 {
		end += ",\n\"extensions\": " + string(list(w.extensions...).Append(nil))
	}
	if _, err := w.out.WriteString(end + "\n}\n"); err != nil {
		return err
	}
	return w.out.Flush()
}

// Count returns how many projects were written.
func (w *Writer) Count() int { return w.n }

// Came reports whether a project came from OC4IDS.
func Came(w *works.Work) bool { return w.Foreign[foreignProject] != "" }

// Sound reports whether a package without its projects is valid.
func Sound(around *Value) bool {
	ok := true
	c := &validator{code: "en", doubt: func(Finding) {}, wrong: func(Finding) { ok = false }}
	c.object(around, aroundForm())
	return ok
}
