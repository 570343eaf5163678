package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
)

// Works is what is built, repaired, bought and paid for; *app.App does it.
type Works interface {
	Portfolio(context.Context, When, WorkFilter) (*WorkList, error)
	Work(ctx context.Context, w When, id string) (*WorkPage, error)
	SaveWork(ctx context.Context, id string, in WorkInput) (*WorkPage, error)
	AddLines(ctx context.Context, id string, in LinesInput) (*WorkPage, error)
	WorkTerms(context.Context) (*WorkTerms, error)
	WithdrawLine(ctx context.Context, id, line, reason string) (*WorkPage, error)
	WorkScores(ctx context.Context, w When, place string) (*WorkScores, error)
	PortfolioCharts
	WorksReporting
}

const tagWorks = "works"

type worksInput struct {
	Moment
	WorkFilter
}

// WorkPath names a work.
type WorkPath struct {
	ID string `path:"id" pattern:"^[a-z0-9][a-z0-9-]{1,79}$"`
}

// A file of lines from a form that was filled in without a connection may be
// long.
const maxLinesBody = 4 << 20

func routesWorks(api huma.API, o Options) {
	w := o.Works
	routesPortfolio(api, o)
	serve(api, o, op{ID: "listWorks", Method: http.MethodGet, Path: "/api/works", Tag: tagWorks, Summary: "The portfolio: programmes, projects and packages, with sums", Public: true}, func(ctx context.Context, in *worksInput) (*WorkList, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return w.Portfolio(ctx, when, in.WorkFilter)
	})
	serve(api, o, op{ID: "getWorkTerms", Method: http.MethodGet, Path: "/api/work-terms", Tag: tagWorks, Summary: "The names that works use: sources of money, stages, templates", Public: true}, func(ctx context.Context, _ *struct{}) (*WorkTerms, error) {
		return w.WorkTerms(ctx)
	})
	serve(api, o, op{ID: "getWorkScores", Method: http.MethodGet, Path: "/api/work-forecasts", Tag: tagWorks, Summary: "Every past forecast of the end of a work, scored by what came of it", Public: true}, func(ctx context.Context, in *struct {
		Moment
		Place string `query:"place" maxLength:"40" doc:"territory and all below it"`
	}) (*WorkScores, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return w.WorkScores(ctx, when, in.Place)
	})
	serve(api, o, op{ID: "getWork", Method: http.MethodGet, Path: "/api/works/{id}", Tag: tagWorks, Summary: "All that is known of a work as of a day", Public: true}, func(ctx context.Context, in *struct {
		Moment
		WorkPath
	}) (*WorkPage, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return w.Work(ctx, when, in.ID)
	})
	serve(api, o, op{ID: "saveWork", Method: http.MethodPut, Path: "/api/works/{id}", Tag: tagWorks, Summary: "Writes the record of a work, a new one or a new version", Act: actor.ManageWorks}, func(ctx context.Context, in *struct {
		WorkPath
		Body WorkInput
	}) (*WorkPage, error) {
		return w.SaveWork(ctx, in.ID, in.Body)
	})
	serve(api, o, op{ID: "addWorkLines", Method: http.MethodPost, Path: "/api/works/{id}/lines", Tag: tagWorks, Summary: "Says something new about a work: progress, a step, money, a deadline; all lines or none", Act: actor.ReportWorks, MaxBody: maxLinesBody}, func(ctx context.Context, in *struct {
		WorkPath
		Body LinesInput
	}) (*WorkPage, error) {
		return w.AddLines(ctx, in.ID, in.Body)
	})
	serve(api, o, op{ID: "withdrawWorkLine", Method: http.MethodPost, Path: "/api/works/{id}/lines/{line}/withdraw", Tag: tagWorks, Summary: "Takes a line back, with the reason", Act: actor.ManageWorks}, func(ctx context.Context, in *struct {
		WorkPath
		Line string `path:"line" pattern:"^[a-z2-7]{16}$"`
		Body WithdrawLineInput
	}) (*WorkPage, error) {
		return w.WithdrawLine(ctx, in.ID, in.Line, in.Body.Reason)
	})
}
