package app

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/place"
)

// Templates returns the reports that are due, as they hold at a moment.
func (a *App) Templates(ctx context.Context, w When) (*httpapi.TemplateList, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	out := &httpapi.TemplateList{Items: []httpapi.Template{}, May: []string{}}
	for _, code := range slices.Sorted(maps.Keys(v.Templates)) {
		t, err := viewTemplate(v.Templates[code])
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, t)
	}
	if v.who(ctx).May(actor.ManageTemplates, v.Atlas.Root(), v.Atlas) {
		out.May = append(out.May, string(actor.ManageTemplates))
	}
	return out, nil
}

// TemplateVersions returns every version of a template, the newest first.
func (a *App) TemplateVersions(ctx context.Context, code string) (*httpapi.TemplateVersions, error) {
	list, err := a.Store.RecordVersions(ctx, country.KindTemplate, code, store.Everything)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, noTemplate(code)
	}
	out := &httpapi.TemplateVersions{Items: []httpapi.TemplateVersion{}}
	for _, r := range list {
		x := httpapi.TemplateVersion{RecordedAt: r.Recorded.UTC().Format(time.RFC3339), Run: r.Run.String()}
		if err := json.Unmarshal(r.Body, &x.Template); err != nil {
			return nil, fault.Wrap(err, "app.TemplateVersions", code)
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

func noTemplate(code string) error {
	return fault.New(fault.NotFound, "app.Template", code, "no template has this code: the page of templates lists them")
}

// viewTemplate puts a template into the words of the API: they are the ones in
// which it is kept.
func viewTemplate(t reporting.Template) (out httpapi.Template, err error) {
	body, err := json.Marshal(t)
	if err == nil {
		err = json.Unmarshal(body, &out)
	}
	return out, err
}

// SaveTemplate records the next version of a template, or a new one. It is
// public at once: who owes what is no secret. It returns fault.Conflict when
// somebody else has changed it since.
func (a *App) SaveTemplate(ctx context.Context, in httpapi.Template) (*httpapi.Template, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.ManageTemplates, v.Atlas.Root()); err != nil {
		return nil, err
	}
	if now := v.Templates[in.Code].Version; now != in.Version {
		return nil, fault.New(fault.Conflict, "app.SaveTemplate", in.Code, "version %d holds now: look at it, then change that one", now)
	}
	in.Version++
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	t, err := reporting.Parse(body)
	if err != nil {
		return nil, err
	}
	if err := v.fits(t); err != nil {
		return nil, err
	}
	if body, err = json.Marshal(t); err != nil {
		return nil, err
	}
	_, err = a.commit(ctx, ledger.Batch{Run: a.run(ctx, ledger.FormRun, "template "+t.Code, map[string]string{"version": strconv.Itoa(t.Version)}),
		Catalogue: []ledger.Item{{Kind: country.KindTemplate, Code: t.Code, Body: body}}})
	if err != nil {
		return nil, err
	}
	out, err := viewTemplate(t)
	return &out, err
}

// fits refuses a template that asks for what the country does not have.
func (v *view) fits(t reporting.Template) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "app.SaveTemplate", t.Code, format, args...)
	}
	for _, list := range [][]place.ID{t.Places.List, t.Places.Except} {
		for _, id := range list {
			if !v.Atlas.Has(id) {
				return bad("one of the places has a code that no place has")
			}
		}
	}
	if t.Places.Below != "" && !v.Atlas.Has(t.Places.Below) {
		return bad("no place has the code of the territory")
	}
	kinds := map[string]bool{}
	for _, o := range v.Offices {
		kinds[o.Kind] = true
	}
	if !kinds[t.Reporter.Office] {
		return bad("no office is of the kind that reports")
	}
	for _, r := range t.Rows {
		if _, ok := v.Measures[r.Measure]; !ok {
			return bad("row %s asks for a measure that does not exist", r.Code)
		}
		if _, ok := v.Units[r.Unit]; !ok && r.Unit != v.Country.Currency.Code {
			return bad("row %s has a unit that does not exist", r.Code)
		}
		dims, err := ledger.ParseDimensions(r.Dimensions)
		if err == nil {
			err = v.knownDimensions(dims)
		}
		if err != nil {
			return bad("row %s has a dimension that does not exist", r.Code)
		}
		for _, id := range r.Places {
			if !v.Atlas.Has(id) {
				return bad("row %s names a place that does not exist", r.Code)
			}
		}
	}
	return nil
}

// keepTemplates leaves out the templates of a pack that were changed here
// since: the version that holds is not older.
func (a *App) keepTemplates(ctx context.Context, items []ledger.Item) ([]ledger.Item, error) {
	have, err := a.Store.Records(ctx, country.KindTemplate, store.Everything)
	if err != nil {
		return nil, err
	}
	version := func(body []byte) int {
		var t struct {
			Version int `json:"version"`
		}
		_ = json.Unmarshal(body, &t) // both are ours; 0 loses
		return t.Version
	}
	holds := map[string]int{}
	for _, r := range have {
		holds[r.Code] = version(r.Body)
	}
	return slices.DeleteFunc(items, func(it ledger.Item) bool {
		return it.Kind == country.KindTemplate && holds[it.Code] > version(it.Body)
	}), nil
}
