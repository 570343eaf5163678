package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works"
)

// WorkTerms returns the names that works use.
func (a *App) WorkTerms(ctx context.Context) (*httpapi.WorkTerms, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	out := &httpapi.WorkTerms{Sources: []httpapi.SourceOut{}, Stages: map[string]lang.Text{}, Steps: map[string]lang.Text{}, Templates: []httpapi.TemplateOut{}, FreshDays: works.FreshDays}
	for _, s := range v.Sources {
		out.Sources = append(out.Sources, httpapi.SourceOut{Code: s.Code, Kind: string(s.Kind), Name: s.Name})
	}
	slices.SortFunc(out.Sources, func(x, y httpapi.SourceOut) int { return strings.Compare(x.Code, y.Code) })
	for _, s := range works.Steps() {
		out.Steps[string(s)] = works.StepName(s)
	}
	for _, t := range works.Templates() {
		x := httpapi.TemplateOut{Code: t.Code, Source: t.Source, Stages: []httpapi.TemplateStage{}}
		for _, s := range t.Stages {
			out.Stages[s.Code] = s.Name
			x.Stages = append(x.Stages, httpapi.TemplateStage{Stage: s.Code, PerMille: s.PerMille})
		}
		out.Templates = append(out.Templates, x)
	}
	return out, nil
}

// fieldOps are the operations whose errors name a field as their subject.
var fieldOps = []string{"works.Work", "works.Line", "works.Guard", "app.works", "app.checkWork", "app.ChangeWorks", "app.Files", "equipment.Asset"}

// atField tells a page at which field of what was sent an error belongs; prefix
// is the place of the record or line in the body. Other errors stay as they are.
func atField(err error, prefix string) error {
	if k := fault.KindOf(err); k != fault.Invalid && k != fault.TooLarge {
		return err
	}
	var known *httpapi.AtField
	if errors.As(err, &known) {
		return err
	}
	for at := err; at != nil; {
		var e *fault.Error
		if !errors.As(at, &e) {
			break
		}
		if e.Subject != "" && slices.Contains(fieldOps, e.Op) {
			return &httpapi.AtField{Location: prefix + e.Subject, Err: err}
		}
		at = e.Err
	}
	return err
}
