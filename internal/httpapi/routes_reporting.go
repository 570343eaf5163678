package httpapi

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
)

// Reporting is templates, forms and completeness; *app.App does it.
type Reporting interface {
	Templates(ctx context.Context, w When) (*TemplateList, error)
	TemplateVersions(ctx context.Context, code string) (*TemplateVersions, error)
	SaveTemplate(ctx context.Context, t Template) (*Template, error)
	Reports(ctx context.Context, f ReportFilter) (*ReportList, error)
	ReportForm(ctx context.Context, k ReportKey) (*ReportForm, error)
	Completeness(ctx context.Context, w When, f CompletenessFilter) (*Completeness, error)
	Remind(ctx context.Context, r Reminder) (*Reminded, error)
}

const tagReporting = "reports"

type templatePath struct {
	Code string `path:"code" maxLength:"60"`
}

type completenessQuery struct {
	Moment
	Template string `query:"template" maxLength:"60" required:"true"`
	Place    string `query:"place" maxLength:"40" doc:"with everything below; absent: the country"`
	Since    string `query:"since" maxLength:"10" doc:"first day; absent: a year ago"`
}

func routesReporting(api huma.API, o Options) {
	serve(api, o, op{ID: "templates", Method: http.MethodGet, Path: "/api/templates", Tag: tagReporting, Summary: "The reports that are due, as they hold now", Public: true},
		func(ctx context.Context, in *struct{ Moment }) (*TemplateList, error) {
			when, err := in.When()
			if err != nil {
				return nil, err
			}
			return o.Reporting.Templates(ctx, when)
		})
	serve(api, o, op{ID: "templateVersions", Method: http.MethodGet, Path: "/api/templates/{code}/versions", Tag: tagReporting, Summary: "Every version of a template, newest first", Public: true},
		func(ctx context.Context, in *templatePath) (*TemplateVersions, error) {
			return o.Reporting.TemplateVersions(ctx, in.Code)
		})
	serve(api, o, op{ID: "saveTemplate", Method: http.MethodPut, Path: "/api/templates/{code}", Tag: tagReporting, Summary: "Change a template: what is sent becomes its next version", Act: actor.ManageTemplates, MaxBody: 1 << 20},
		func(ctx context.Context, in *struct {
			Code string `path:"code" maxLength:"60"`
			Body Template
		}) (*Template, error) {
			if in.Body.Code != in.Code {
				return nil, fault.New(fault.Invalid, "httpapi.saveTemplate", "code", "the code in the address and in the template differ")
			}
			return o.Reporting.SaveTemplate(ctx, in.Body)
		})
	serve(api, o, op{ID: "reports", Method: http.MethodGet, Path: "/api/reports", Tag: tagReporting, Summary: "Reports that are owed, the most urgent first", Act: actor.ReadDrafts},
		func(ctx context.Context, in *struct {
			Template string `query:"template" maxLength:"60"`
			Place    string `query:"place" maxLength:"40"`
			Own      bool   `query:"own" doc:"only those that the reader may fill in"`
		}) (*ReportList, error) {
			return o.Reporting.Reports(ctx, ReportFilter{Template: in.Template, Place: in.Place, Own: in.Own})
		})
	serve(api, o, op{ID: "reportForm", Method: http.MethodGet, Path: "/api/reports/{template}/{place}/{period}", Tag: tagReporting, Summary: "A report with what is needed to fill it in", Act: actor.ReadDrafts},
		func(ctx context.Context, in *struct {
			Template string `path:"template" maxLength:"60"`
			Place    string `path:"place" maxLength:"40"`
			Period   string `path:"period" maxLength:"40"`
		}) (*ReportForm, error) {
			return o.Reporting.ReportForm(ctx, ReportKey{in.Template, in.Place, in.Period})
		})
	serve(api, o, op{ID: "completeness", Method: http.MethodGet, Path: "/api/completeness", Tag: tagReporting, Summary: "Who reported, by place and period", Act: actor.ReadDrafts},
		func(ctx context.Context, in *completenessQuery) (*Completeness, error) {
			when, err := in.When()
			if err != nil {
				return nil, err
			}
			return o.Reporting.Completeness(ctx, when, CompletenessFilter{in.Template, in.Place, in.Since})
		})
	serve(api, o, op{ID: "remind", Method: http.MethodPost, Path: "/api/completeness/remind", Tag: tagReporting, Summary: "Remind those who owe a report", Act: actor.Ask},
		func(ctx context.Context, in *struct{ Body Reminder }) (*Reminded, error) {
			return o.Reporting.Remind(ctx, in.Body)
		})
}

// completenessTable writes one line for each report that is expected.
func completenessTable(ctx context.Context, o Options, q query, f sheet.Format, w io.Writer) error {
	m, err := o.Reporting.Completeness(ctx, q.when, CompletenessFilter{q.get("template"), q.get("place"), q.get("since")})
	if err != nil {
		return err
	}
	header := append([]string{"template", "place"}, each3("place")...)
	return rows(w, f, "completeness", append(header, "period", "due", "state", "days_late", "step"), func(yield func(...[]sheet.Cell) error) error {
		for _, r := range m.Rows {
			for i, c := range r.Cells {
				if c.State == "none" {
					continue
				}
				p := m.Periods[i]
				late := c.DaysLate
				if err := yield([]sheet.Cell{text(m.Template), text(r.Place)}, words(r.Name), []sheet.Cell{text(p.Period), date(&p.Due), text(c.State), whole(&late), text(c.Step)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
