package httpapi

import (
	"context"
	"io"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
)

// accessParams are the parameters of AccessQuery.
var accessParams = []string{"service", "season", "mode", "span", "limit", "promised", "stated_only", "on", "off", "add", "set"}

// access reads a question of access.
func (q query) access() (AccessQuery, error) {
	out := AccessQuery{Service: q.get("service"), On: q.get("on"), Off: q.get("off"), Add: q.get("add"), Set: q.get("set")}
	var err error
	for name, to := range map[string]*bool{"promised": &out.Promised, "stated_only": &out.Stated} {
		if *to, err = q.yes(name); err != nil {
			return out, err
		}
	}
	if out.Season, err = q.among("season", "summer", "winter"); err != nil {
		return out, err
	}
	if out.Mode, err = q.among("mode", "road", "air", "best"); err != nil {
		return out, err
	}
	if out.Span, err = q.among("span", "call_to_door", "call_to_treatment", "drive_only"); err != nil {
		return out, err
	}
	if s := q.get("limit"); s != "" {
		if out.Limit, err = strconv.ParseFloat(s, 64); err != nil {
			return out, fault.New(fault.Invalid, "httpapi.table", "limit", "limit is a number of minutes")
		}
	}
	return out, nil
}

// tableAccessRows is how many places a table asks for at once.
const tableAccessRows = 1000

func tablesAccess(api huma.API, o Options) {
	a := o.Access
	serveTable(api, o, table{"tableAccessPlaces", "/api/access/places", tagAccess, "The minutes of every place as a table", append(append([]string{}, accessParams...), "place", "inside", "main", "q", "sort"), func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
		ask, err := q.access()
		if err != nil {
			return err
		}
		inside, err := q.among("inside", "yes", "no")
		if err != nil {
			return err
		}
		sort, err := q.among("sort", "people", "minutes", "p90", "name")
		if err != nil {
			return err
		}
		only, err := q.yes("main")
		if err != nil {
			return err
		}
		sieve := AccessSieve{Place: q.get("place"), Inside: inside, Main: only, Q: q.get("q"), Sort: sort, Limit: tableAccessRows}
		header := append(append([]string{"place"}, each3("name")...), "district", "region", "latitude", "longitude", "people", "people_estimated", "urban", "rural", "stated_minutes", "p50_minutes", "p90_minutes", "likely", "inside", "flown", "treated_minutes", "off_road_km", "facility", "facility_basis")
		return rows(w, f, "places", header, func(row func(...[]sheet.Cell) error) error {
			for {
				page, err := a.AccessRows(ctx, q.when, ask, sieve)
				if err != nil {
					return err
				}
				for i := range page.Items {
					if err := row(accessRow(&page.Items[i])); err != nil {
						return err
					}
				}
				if page.Next == nil {
					return nil
				}
				sieve.Cursor = *page.Next
			}
		})
	}, ""})
	serveTable(api, o, table{"tableAccessRegions", "/api/access/regions", tagAccess, "People inside by region, as a table", accessParams, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
		ask, err := q.access()
		if err != nil {
			return err
		}
		p, err := a.Access(ctx, q.when, ask)
		if err != nil {
			return err
		}
		header := append(append([]string{"place"}, each3("name")...), "people", "inside", "inside_percent", "surely_inside", "inside_expected", "inside_low", "inside_high", "stranded", "far_off_road", "urban", "urban_inside", "rural", "rural_inside", "median_minutes", "p90_minutes", "inside_on_presumed")
		return rows(w, f, "regions", header, func(row func(...[]sheet.Cell) error) error {
			for _, s := range append([]AccessSum{p.Whole}, p.Regions...) {
				if err := row([]sheet.Cell{text(s.Place)}, words(s.Name), []sheet.Cell{count(int(s.People)), count(int(s.Inside)), real(s.InsidePct), count(int(s.Surely)), count(int(s.Expected)), count(int(s.Low)), count(int(s.High)), count(int(s.Stranded)), count(int(s.Far)),
					count(int(s.Urban)), count(int(s.UrbanInside)), count(int(s.Rural)), count(int(s.RuralInside)), real(s.Median), real(s.P90), count(int(s.OnPresumed))}); err != nil {
					return err
				}
			}
			return nil
		})
	}, ""})
}

func accessRow(r *AccessRow) []sheet.Cell {
	p := &r.Place
	out := append([]sheet.Cell{text(p.ID)}, words(p.Name)...)
	out = append(out, text(p.District), text(p.Region), real(&p.Lat), real(&p.Lon), count(int(p.People)), text(strconv.FormatBool(p.Estimated)), count(int(p.Urban)), count(int(p.Rural)), real(r.Stated), real(r.P50), real(r.P90), real(&r.Likely),
		text(strconv.FormatBool(r.Inside)), text(strconv.FormatBool(r.Flown)), real(r.Treated), real(&r.OffRoad))
	if r.Hub == nil {
		return append(out, sheet.Cell{}, sheet.Cell{})
	}
	name := r.Hub.Facility
	if name == nil {
		name = r.Hub.Place
	}
	return append(out, textOf(name), text(r.Hub.Basis))
}

func real(x *float64) sheet.Cell {
	if x == nil {
		return sheet.Cell{}
	}
	return sheet.Cell{Text: strconv.FormatFloat(*x, 'f', -1, 64), Kind: sheet.Number}
}
