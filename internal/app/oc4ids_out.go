package app

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/oc4ids"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// OC4IDSExport says what is to be written, and in whose name.
type OC4IDSExport struct {
	Lang   lang.Code
	Prefix string // registered prefix of project ids
	Place  string // only works there or below
	Around oc4ids.Around
}

// ExportOC4IDS writes the building works of the database, in the order of
// their ids, as an OC4IDS package that is valid by schema and codelists.
// Drafts, agreements, budgets of medicines, purchases and information systems
// are no infrastructure and stay out, unless they came from OC4IDS. Files,
// remarks and people stay at home. It returns how many projects it wrote.
//
// When all projects came from one package and Around is empty, that package is
// written around them again.
func (a *App) ExportOC4IDS(ctx context.Context, w When, in OC4IDSExport, out io.Writer) (int, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return 0, err
	}
	c, err := v.oc4idsCountry(in.Lang, in.Prefix)
	if err != nil {
		return 0, err
	}
	x := &givingOC4IDS{app: a, ctx: ctx, view: v, country: c, parts: map[works.ID][]works.ID{}, place: place.ID(in.Place)}
	if err := x.choose(); err != nil {
		return 0, err
	}
	around, err := x.around(in.Around)
	if err != nil {
		return 0, err
	}
	pack := oc4ids.NewWriter(out, around)
	for _, id := range x.projects {
		b, err := x.bundle(id)
		if err != nil {
			return 0, err
		}
		p, err := c.Publish(b)
		if err != nil {
			return 0, err
		}
		if err := pack.Add(p); err != nil {
			return 0, err
		}
	}
	return pack.Count(), pack.Close()
}

// givingOC4IDS is one export.
type givingOC4IDS struct {
	app      *App
	ctx      context.Context
	view     *view
	country  oc4ids.Country
	place    place.ID
	projects []works.ID
	parts    map[works.ID][]works.ID
	packages map[string]*oc4ids.Value // that stood around projects, by text
	without  bool                     // some project had no package
}

// choose finds the projects and their packages.
func (x *givingOC4IDS) choose() error {
	x.packages = map[string]*oc4ids.Value{}
	err := x.app.everyWorkItem(x.ctx, func(it store.Item) error {
		f, err := readWork(it)
		if err != nil {
			return err
		}
		w := &f.Work
		switch {
		case w.Condition == works.Draft, x.place != "" && !x.view.Atlas.Within(w.Place, x.place):
		case w.Level == works.Package:
			x.parts[w.Parent] = append(x.parts[w.Parent], w.ID)
		case w.Level == works.Project && (w.Kind.Built() || oc4ids.Came(w)):
			x.projects = append(x.projects, w.ID)
			if p := x.country.PackageOf(w); p != nil {
				x.packages[string(p.Append(nil))] = p
			} else {
				x.without = true
			}
		}
		return nil
	})
	slices.Sort(x.projects)
	for _, list := range x.parts {
		slices.Sort(list)
	}
	return err
}

// around is the package that the caller named, the one that all projects came
// in, or a plain one of the country.
func (x *givingOC4IDS) around(in oc4ids.Around) (*oc4ids.Value, error) {
	if in == (oc4ids.Around{}) && !x.without && len(x.packages) == 1 {
		for _, p := range x.packages {
			if oc4ids.Sound(p) {
				return p, nil
			}
		}
	}
	in.URI = cmp.Or(in.URI, "urn:shanyraq:oc4ids:"+strings.ToLower(x.view.Country.Code))
	in.Publisher = cmp.Or(in.Publisher, x.view.Country.Name.In(x.country.Lang), "Shanyraq")
	in.Published = cmp.Or(in.Published, x.view.at.AsOf.String()+"T00:00:00Z")
	return in.Value(), in.Check()
}

// bundle reads a project with its packages, as the view sees them.
func (x *givingOC4IDS) bundle(id works.ID) (oc4ids.Bundle, error) {
	var b oc4ids.Bundle
	for i, at := range append([]works.ID{id}, x.parts[id]...) {
		f, err := x.app.workFile(x.ctx, at)
		if err != nil {
			return b, err
		}
		s, err := works.At(&f.Work, f.lines, x.view.at.AsOf, noTime)
		if err != nil {
			return b, err
		}
		p := oc4ids.Part{Work: f.Work, Lines: f.lines, State: s}
		if i == 0 {
			b.Project = p
		} else {
			b.Parts = append(b.Parts, p)
		}
	}
	return b, nil
}
