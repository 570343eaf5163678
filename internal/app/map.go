package app

import (
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// Map returns the headline figure of each territory for a measure and period;
// without a period the newest that most regions have.
func (a *App) Map(ctx context.Context, w When, measure, when, kind string) (*httpapi.Map, error) {
	if measure == "" {
		return nil, fault.New(fault.Invalid, "app.Measure", "measure", "name a measure: `search` finds its code")
	}
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	q, err := v.query(FigureQuery{Measure: measure, Kind: kind})
	if err != nil {
		return nil, err
	}
	periods, err := a.Store.Periods(ctx, measure, v.at)
	if err != nil {
		return nil, err
	}
	out := &httpapi.Map{Measure: measure, Periods: []string{}, Units: []httpapi.MapUnit{}}
	for _, p := range periods {
		out.Periods = append(out.Periods, p.String())
	}
	for _, k := range []place.Kind{place.Country, place.Region, place.City, place.District, place.CityDistrict} {
		for _, p := range v.Atlas.OfKind(k) {
			q.Places = append(q.Places, p.ID)
		}
	}
	var byPlace map[place.ID][]ledger.Figure
	if when != "" {
		if q.Period, err = period.Parse(when); err != nil {
			return nil, err
		}
		byPlace, err = a.byPlace(ctx, q)
	} else {
		byPlace, err = a.fullest(ctx, &q, periods, len(v.Atlas.OfKind(place.Region)))
	}
	if err != nil || !q.Period.Known() {
		return out, err
	}
	out.Period = optional(q.Period.String())
	for _, id := range q.Places {
		u := httpapi.MapUnit{Place: string(id)}
		if list := byPlace[id]; len(list) > 0 {
			f := ViewFigure(ledger.Headline(list, v.Measures[measure].Headline))
			u.Figure, u.Others = &f, len(list)-1
			out.Units = append(out.Units, u)
		}
	}
	return out, nil
}

// byPlace returns the figures of each place: those of the total, or, where
// nobody gives a total for any place, those of places with one group only.
func (a *App) byPlace(ctx context.Context, q store.Query) (map[place.ID][]ledger.Figure, error) {
	out := map[place.ID][]ledger.Figure{}
	each := func(f *ledger.Figure) error {
		out[f.Place] = append(out[f.Place], *f)
		return nil
	}
	total := ""
	q.Dimensions = &total
	if err := a.Store.EachFigure(ctx, q, each); err != nil || len(out) > 0 {
		return out, err
	}
	q.Dimensions = nil
	if err := a.Store.EachFigure(ctx, q, each); err != nil {
		return out, err
	}
	for id, list := range out { // groups are unlike things: none of them stands for the place
		if slices.ContainsFunc(list, func(f ledger.Figure) bool { return f.Dimensions != list[0].Dimensions }) {
			delete(out, id)
		}
	}
	return out, nil
}

const (
	maxMapTries = 6   // periods looked at for a map without a period
	enoughOfMap = 0.8 // of the regions
)

// fullest sets the period of a map to the newest one for which most regions
// have a figure, or, among the newest, to the one for which the most places do.
func (a *App) fullest(ctx context.Context, q *store.Query, periods []period.Period, regions int) (map[place.ID][]ledger.Figure, error) {
	var best map[place.ID][]ledger.Figure
	for _, p := range periods[:min(len(periods), maxMapTries)] {
		try := *q
		try.Period = p
		found, err := a.byPlace(ctx, try)
		if err != nil {
			return nil, err
		}
		if best == nil || len(found) > len(best) {
			best, q.Period = found, p
		}
		if float64(len(found)) >= enoughOfMap*float64(regions) {
			break
		}
	}
	return best, nil
}
