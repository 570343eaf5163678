package httpapi

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
)

// Access tells who reaches care, and in how many minutes; *app.App does.
type Access interface {
	Access(context.Context, When, AccessQuery) (*AccessPage, error)
	AccessRows(context.Context, When, AccessQuery, AccessSieve) (*AccessRows, error)
	AccessChain(ctx context.Context, w When, q AccessQuery, place string) (*AccessChain, error)
	AccessMap(ctx context.Context, w When, q AccessQuery, minutes string) (*AccessMap, error)
	AccessNetwork(ctx context.Context, w When, lang string) (*AccessNetwork, error)
	AccessCandidates(ctx context.Context, w When, q AccessQuery, n int) (*AccessCandidates, error)
	AccessBrought(context.Context, When, AccessBroughtQuery) (*AccessBrought, error)
	RecordAccess(context.Context, AccessQuery) (*AccessRecorded, error)
	// PublishedTimes and ValidateAccess set computed minutes against observed
	// ones, those of the country and those of a table.
	PublishedTimes(ctx context.Context, w When, set string) (*AccessValidation, error)
	ValidateAccess(ctx context.Context, w When, set, name string, file io.Reader) (*AccessValidation, error)
}

const tagAccess = "access"

type accessInput struct {
	Moment
	AccessQuery
}

// AccessSieve chooses among the places of an answer.
type AccessSieve struct {
	Place  string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Inside string `query:"inside" enum:"yes,no" doc:"inside the limit or outside of it"`
	Main   bool   `query:"main" doc:"main settlements alone"`
	Q      string `query:"q" maxLength:"80" doc:"in the name, in any of the languages"`
	Sort   string `query:"sort" enum:"people,minutes,p90,name" doc:"default people, the most first"`
	Cursor string `query:"cursor" maxLength:"20"`
	Limit  int    `query:"rows" minimum:"0" maximum:"1000" doc:"default 100"`
}

func routesAccess(api huma.API, o Options) {
	a := o.Access
	tablesAccess(api, o)
	routesAccessValidation(api, o)
	routesAccessBrought(api, o)
	get(api, o.Log, "getAccess", "/api/access", tagAccess, "Who reaches a service, and in how many minutes", func(ctx context.Context, in *accessInput) (*AccessPage, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return a.Access(ctx, when, in.AccessQuery)
	})
	get(api, o.Log, "listAccessPlaces", "/api/access/places", tagAccess, "The minutes of every place where people live", func(ctx context.Context, in *struct {
		Moment
		AccessQuery
		AccessSieve
	}) (*AccessRows, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return a.AccessRows(ctx, when, in.AccessQuery, in.AccessSieve)
	})
	get(api, o.Log, "getAccessChain", "/api/access/places/{id}", tagAccess, "The minutes of one place, leg by leg", func(ctx context.Context, in *struct {
		ID string `path:"id" maxLength:"60"`
		Moment
		AccessQuery
	}) (*AccessChain, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return a.AccessChain(ctx, when, in.AccessQuery, in.ID)
	})
	get(api, o.Log, "getAccessMap", "/api/access/map", tagAccess, "The answer for a map: minutes of places and bands", func(ctx context.Context, in *struct {
		Moment
		AccessQuery
		Minutes string `query:"minutes" maxLength:"60" doc:"bands, with commas between; default 30,60,90,120" example:"30,60"`
	}) (*AccessMap, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return a.AccessMap(ctx, when, in.AccessQuery, in.Minutes)
	})
	get(api, o.Log, "getAccessNetwork", "/api/access/network", tagAccess, "Places, roads and bases on which minutes are computed", func(ctx context.Context, in *struct {
		Moment
		Lang string `query:"lang" enum:"kk,ru,en" doc:"of the names; default kk"`
	}) (*AccessNetwork, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return a.AccessNetwork(ctx, when, in.Lang)
	})
	get(api, o.Log, "listAccessCandidates", "/api/access/candidates", tagAccess, "Settlements where a capable facility would bring most people inside the limit", func(ctx context.Context, in *struct {
		Moment
		AccessQuery
		N int `query:"n" minimum:"0" maximum:"20" doc:"how many; default 10"`
	}) (*AccessCandidates, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return a.AccessCandidates(ctx, when, in.AccessQuery, in.N)
	})
	serve(api, o, op{ID: "recordAccess", Method: http.MethodPost, Path: "/api/access/figures", Tag: tagAccess, Summary: "Writes the answer into the ledger: people inside by region, with the recipe", Act: actor.PlanAccess}, func(ctx context.Context, in *struct {
		Body AccessBody
	}) (*AccessRecorded, error) {
		return a.RecordAccess(ctx, in.Body.query())
	})
}

// AccessBody is the question whose answer is recorded. Only what the documents
// and the assumptions of the country say can be: no switches of who asks.
type AccessBody struct {
	Service  string  `json:"service" minLength:"1" maxLength:"80"`
	Season   string  `json:"season,omitempty" enum:"summer,winter"`
	Mode     string  `json:"mode,omitempty" enum:"road,air,best"`
	Span     string  `json:"span,omitempty" enum:"call_to_door,call_to_treatment,drive_only"`
	Limit    float64 `json:"limit_minutes,omitempty" minimum:"0" maximum:"1440"`
	Promised bool    `json:"promised,omitempty"`
	Stated   bool    `json:"stated_only,omitempty"`
}

func (b AccessBody) query() AccessQuery {
	return AccessQuery{Service: b.Service, Season: b.Season, Mode: b.Mode, Span: b.Span, Limit: b.Limit, Promised: b.Promised, Stated: b.Stated}
}
