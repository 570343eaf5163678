package httpapi

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/lang"
)

// AccessBrought is what the works of a promise, or one work, change for who
// reaches a service: nothing where no work brings a capability that a way to a
// service is known for.
type AccessBrought struct {
	AsOf  string               `json:"as_of"`
	Items []AccessBroughtTo    `json:"items" doc:"one for each service, the golden hour first, then most people gained"`
	Left  []AccessBroughtNever `json:"left_out" doc:"works that bring something of which access is not asked, or stand nowhere on the map"`
}

// AccessBroughtTo is the change for one service, all facilities together: with
// them against without them, everything else as it stands on the day.
type AccessBroughtTo struct {
	Question   AccessQuestion      `json:"question" doc:"of the answer with the facilities"`
	Switch     string              `json:"switch" enum:"on,off" doc:"how the question shows the change: on, they are not open yet; off, they are, and it is asked what would be without"`
	Facilities []AccessBroughtSite `json:"facilities"`
	Before     AccessSum           `json:"before" doc:"the country without them"`
	After      AccessSum           `json:"after" doc:"the country with them"`
	Gained     int64               `json:"gained" doc:"people who come inside the limit"`
	Places     int                 `json:"places" doc:"places whose minutes change by half a minute or more"`
	Register   bool                `json:"register" doc:"false: measured against the facilities named in documents only"`
}

// AccessBroughtSite is one facility and its settlement.
type AccessBroughtSite struct {
	Facility  *string      `json:"facility" doc:"null: the work names a settlement only"`
	Name      lang.Text    `json:"name"`
	Work      string       `json:"work"`
	Place     *AccessPlace `json:"place" doc:"its settlement; null where it stands at none"`
	Before    *float64     `json:"before_minutes" doc:"P50 of the settlement without"`
	After     *float64     `json:"after_minutes" doc:"P50 of the settlement with"`
	Open      bool         `json:"open" doc:"the capacity is open on the day"`
	Presumed  bool         `json:"presumed" doc:"the settlement is taken to be capable without it: an assumption"`
	Promising []string     `json:"brings" doc:"services of the capacity, by code"`
}

// AccessBroughtNever is a work that is left out.
type AccessBroughtNever struct {
	Work  string    `json:"work"`
	Title lang.Text `json:"title"`
	Why   string    `json:"why" enum:"service,place,many"`
}

// AccessBroughtQuery names a promise or a work.
type AccessBroughtQuery struct {
	Promise string `query:"promise" maxLength:"80" doc:"promise of the ledger"`
	Work    string `query:"work" maxLength:"80" doc:"work of the portfolio"`
	Season  string `query:"season" enum:"summer,winter" doc:"default summer"`
}

func routesAccessBrought(api huma.API, o Options) {
	get(api, o.Log, "getAccessBrought", "/api/access/brought", tagAccess, "What the works of a promise, or one work, change for who reaches care", func(ctx context.Context, in *struct {
		Moment
		AccessBroughtQuery
	}) (*AccessBrought, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return o.Access.AccessBrought(ctx, when, in.AccessBroughtQuery)
	})
}
