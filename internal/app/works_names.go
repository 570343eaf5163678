package app

import (
	"context"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works"
)

// workNames finds works, places, sources of money and the rest by code or name,
// for tables that somebody wrote by hand. It is for one reader at a time.
type workNames struct {
	byName map[string]map[string]string // by column and folded name; "" where several bear it
	forms  map[string][]workForm
	asked  int
}

// workForm is a name under which a code may be meant.
type workForm struct{ code, folded string }

// maxNear bounds how many unknown texts are compared with everything.
const maxNear = 300

// nearEnough is from what score a name may have been meant.
const nearEnough = 0.6

// workNamesOf collects the names that a reader may see.
func (a *App) workNamesOf(ctx context.Context, v *view) (*workNames, error) {
	n := &workNames{byName: map[string]map[string]string{}, forms: map[string][]workForm{}}
	tree, err := a.workRows(ctx)
	if err != nil {
		return nil, err
	}
	for i := range tree.rows {
		if r := &tree.rows[i]; r.Condition != works.Draft || v.who(ctx).May(actor.ReadDrafts, r.Place, v.Atlas) {
			n.enter("work", string(r.ID), r.Title)
		}
	}
	for _, p := range v.Atlas.All() {
		n.enter("place", string(p.ID), p.Name, p.Short)
	}
	for i := range v.Facilities {
		n.enter("facility", v.Facilities[i].Code, v.Facilities[i].Name)
	}
	for code, o := range v.Offices {
		n.enter("office", code, o.Name)
	}
	for _, s := range v.Sources {
		n.enter("source", s.Code, s.Name)
	}
	return n, nil
}

func (n *workNames) enter(column, code string, names ...lang.Text) {
	n.name(column, code, code)
	for _, t := range names {
		for _, s := range t {
			n.name(column, code, s)
		}
	}
}

func (n *workNames) name(column, code, s string) {
	folded := lang.Fold(s)
	if folded == "" {
		return
	}
	if n.byName[column] == nil {
		n.byName[column] = map[string]string{}
	}
	switch other, known := n.byName[column][folded]; {
	case !known:
		n.byName[column][folded] = code
		n.forms[column] = append(n.forms[column], workForm{code, folded})
	case other != code:
		n.byName[column][folded] = ""
	}
}

// Named returns the code that a text is or names alone.
func (n *workNames) Named(column, text string) (string, bool) {
	code := n.byName[column][lang.Fold(text)]
	return code, code != ""
}

// Near returns the code whose name is nearest to a text, "" when none is.
func (n *workNames) Near(column, text string) string {
	if n.asked++; n.asked > maxNear {
		return ""
	}
	p := lang.NewPattern(text)
	best, code := nearEnough, ""
	for _, f := range n.forms[column] {
		if s := p.Score(f.folded); s > best {
			best, code = s, f.code
		}
	}
	return code
}
