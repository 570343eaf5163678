package httpapi

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// Releases are states under a name; *app.App makes and compares them.
type Releases interface {
	ReleaseList(context.Context) (*ReleaseList, error)
	MakeRelease(context.Context, ReleaseInput) (*Release, error)
	Revision(ctx context.Context, code string) (*Revision, error)
	Changes(ctx context.Context, code string, f ChangeFilter) (*FigureChanges, error)
	EachChange(ctx context.Context, code string, f ChangeFilter, do func(FigureChange) error) error
}

const tagRelease = "releases"

// ReleasePath names a release.
type ReleasePath struct {
	Code string `path:"code" maxLength:"40"`
}

func routesReleases(api huma.API, o Options) {
	serve(api, o, op{ID: "listReleases", Method: http.MethodGet, Path: "/api/releases", Tag: tagRelease, Summary: "States of everything under a name, the newest first", Public: true},
		func(ctx context.Context, _ *struct{}) (*ReleaseList, error) { return o.Flow.ReleaseList(ctx) })
	serve(api, o, op{ID: "makeRelease", Method: http.MethodPost, Path: "/api/releases", Tag: tagRelease, Summary: "Freezes a state of everything under a name", Act: actor.MakeRelease},
		func(ctx context.Context, in *struct{ Body ReleaseInput }) (*Release, error) {
			return o.Flow.MakeRelease(ctx, in.Body)
		})
	serve(api, o, op{ID: "getRevision", Method: http.MethodGet, Path: "/api/releases/{code}", Tag: tagRelease, Summary: "A release: what changed since the one before, and why", Public: true},
		func(ctx context.Context, in *ReleasePath) (*Revision, error) { return o.Flow.Revision(ctx, in.Code) })
	serve(api, o, op{ID: "listChanges", Method: http.MethodGet, Path: "/api/releases/{code}/changes", Tag: tagRelease, Summary: "The figures that changed since the release before, run by run", Public: true},
		func(ctx context.Context, in *struct {
			ReleasePath
			ChangeFilter
		}) (*FigureChanges, error) {
			return o.Flow.Changes(ctx, in.Code, in.ChangeFilter)
		})
	serveTable(api, o, table{"tableChanges", "/api/releases/{code}/changes", tagRelease, "The figures that changed, as a table", []string{"measure", "place", "run", "what"},
		func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return changeTable(ctx, o.Flow, q, f, w)
		}, ""})
}

func changeTable(ctx context.Context, r Releases, q query, f sheet.Format, w io.Writer) error {
	header := []string{"what", "measure", "place", "period", "dimensions", "unit", "source", "old_value", "old_status", "new_value", "new_status", "reason", "run", "old_figure", "figure"}
	filter := ChangeFilter{Measure: q.get("measure"), Place: q.get("place"), Run: q.get("run"), What: q.get("what")}
	return rows(w, f, "changes", header, func(row func(...[]sheet.Cell) error) error {
		return r.EachChange(ctx, q.r.PathValue("code"), filter, func(c FigureChange) error {
			about, old, now := c.Figure, []sheet.Cell{{}, {}, {}}, []sheet.Cell{{}, {}, {}}
			if c.Old != nil {
				about = c.Old
				old = []sheet.Cell{number(c.Old.Value), text(c.Old.Status), text(c.Old.ID)}
			}
			if c.Figure != nil {
				about = c.Figure
				now = []sheet.Cell{number(c.Figure.Value), text(c.Figure.Status), text(c.Figure.ID)}
			}
			return row([]sheet.Cell{text(c.What), text(about.Measure), text(about.Place), textOf(about.Period), dims(about.Dimensions), text(about.Unit), text(about.Source)},
				old[:2], now[:2], []sheet.Cell{text(c.Reason), text(c.Run), old[2], now[2]})
		})
	})
}
