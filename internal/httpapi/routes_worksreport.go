package httpapi

import (
	"bytes"
	"context"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/lang"
)

// WorksReporting is what is told of works to others, and what is watched in
// them; *app.App does it.
type WorksReporting interface {
	Report(context.Context, WorksReportFilter) (*WorksReport, error)
	// ReportFile returns a report as pdf or xlsx.
	ReportFile(ctx context.Context, f WorksReportFilter, format string, c lang.Code) (*ReportFile, error)
	Warnings(context.Context, When, WarningFilter) (*WarningList, error)
	Risks(context.Context, RiskFilter) (*RiskList, error)
	Risk(ctx context.Context, work, id string) (*RiskPage, error)
	AddRisk(ctx context.Context, work string, in RiskInput) (*RiskPage, error)
	ChangeRisk(ctx context.Context, work, id string, in RiskInput) (*RiskPage, error)
}

type reportInput struct {
	WorksReportFilter
	Lang string `query:"lang" enum:"kk,ru,en" default:"kk"`
}

// RiskPath names a risk of a work.
type RiskPath struct {
	ID   string `path:"id" pattern:"^[a-z0-9][a-z0-9-]{1,79}$"`
	Risk string `path:"risk" maxLength:"40" pattern:"^[a-z0-9][a-z0-9-]*$"`
}

func routesWorksReport(api huma.API, o Options) {
	w := o.Works
	serve(api, o, op{ID: "getWorksReport", Method: http.MethodGet, Path: "/api/works/report.json", Tag: tagWorks, Summary: "The monthly report of works in a territory, with its hash", Public: true}, func(ctx context.Context, in *struct{ WorksReportFilter }) (*WorksReport, error) {
		return w.Report(ctx, in.WorksReportFilter)
	})
	for _, f := range []struct{ id, format, kind string }{{"getWorksReportPDF", "pdf", pdfType}, {"getWorksReportXLSX", "xlsx", xlsxType}} {
		serveWith(api, o, op{ID: f.id, Method: http.MethodGet, Path: "/api/works/report." + f.format, Tag: tagWorks, Summary: "The monthly report as a file to be signed", Public: true}, func(ctx context.Context, in *reportInput) (*fileAnswer, error) {
			file, err := w.ReportFile(ctx, in.WorksReportFilter, f.format, lang.Code(in.Lang))
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			if err := file.Write(&b); err != nil {
				return nil, err
			}
			return &fileAnswer{Type: f.kind, Disposition: mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}), Cache: "no-store", Body: b.Bytes()}, nil
		})
	}
	serve(api, o, op{ID: "listWorkWarnings", Method: http.MethodGet, Path: "/api/works/warnings", Tag: tagWorks, Summary: "Early warning: works that need somebody now, the gravest first; late looks at risks only for who may read drafts", Public: true}, func(ctx context.Context, in *struct {
		Moment
		WarningFilter
	}) (*WarningList, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return w.Warnings(ctx, when, in.WarningFilter)
	})
	serve(api, o, op{ID: "listRisks", Method: http.MethodGet, Path: "/api/risks", Tag: tagWorks, Summary: "The register of risks in one's territories, the greatest first", Act: actor.ReadDrafts}, func(ctx context.Context, in *struct{ RiskFilter }) (*RiskList, error) {
		return w.Risks(ctx, in.RiskFilter)
	})
	serve(api, o, op{ID: "getRisk", Method: http.MethodGet, Path: "/api/works/{id}/risks/{risk}", Tag: tagWorks, Summary: "A risk with every look at it", Act: actor.ReadDrafts}, func(ctx context.Context, in *struct{ RiskPath }) (*RiskPage, error) {
		return w.Risk(ctx, in.ID, in.Risk)
	})
	serve(api, o, op{ID: "addRisk", Method: http.MethodPost, Path: "/api/works/{id}/risks", Tag: tagWorks, Summary: "Puts a risk of a work on the register", Act: actor.ManageWorks}, func(ctx context.Context, in *struct {
		WorkPath
		Body RiskInput
	}) (*RiskPage, error) {
		return w.AddRisk(ctx, in.ID, in.Body)
	})
	serve(api, o, op{ID: "changeRisk", Method: http.MethodPut, Path: "/api/works/{id}/risks/{risk}", Tag: tagWorks, Summary: "A new look at a risk; the looks before stay", Act: actor.ManageWorks}, func(ctx context.Context, in *struct {
		RiskPath
		Body RiskInput
	}) (*RiskPage, error) {
		return w.ChangeRisk(ctx, in.ID, in.Risk, in.Body)
	})
}

// fileAnswer is a file that was made for the reader.
type fileAnswer struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Cache       string `header:"Cache-Control"`
	Body        []byte
}
