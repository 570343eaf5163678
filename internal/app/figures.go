package app

import (
	"context"
	"slices"
	"sort"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

const (
	maxPage     = 1000
	defaultPage = 100
	maxCount    = 10_000 // totals beyond are not counted
	maxPlaces   = 5000   // places of one query; a wider territory is the country
)

// FigureQuery is what a reader asks for.
type FigureQuery = httpapi.FigureQuery

// query turns the words of a reader into a query of the store.
func (v *view) query(q FigureQuery) (store.Query, error) {
	out := store.Query{At: v.at, After: q.Cursor, Superseded: q.History}
	if q.Measure != "" {
		if _, ok := v.Measures[q.Measure]; !ok {
			return out, fault.New(fault.NotFound, "app.Figures", q.Measure, "no measure has this code: `search` finds it by name")
		}
		out.Measures = []string{q.Measure}
	}
	if q.Place != "" {
		id := place.ID(q.Place)
		if !v.Atlas.Has(id) {
			return out, fault.New(fault.NotFound, "app.Figures", q.Place, "no place has this code: `search` finds it by name")
		}
		if id != v.Atlas.Root() {
			out.Places = v.Atlas.Descendants(id)
			if q.Exact {
				out.Places = []place.ID{id}
			}
			if len(out.Places) > maxPlaces {
				return out, fault.New(fault.TooLarge, "app.Figures", q.Place, "more than %d places: ask for a smaller territory", maxPlaces)
			}
		} else if q.Exact {
			out.Places = []place.ID{id}
		}
	}
	if q.Period != "" {
		p, err := period.Parse(q.Period)
		if err != nil {
			return out, err
		}
		out.Within = p
	}
	if q.Kind != "" {
		if !slices.Contains(ledger.Kinds(), ledger.Kind(q.Kind)) {
			return out, fault.New(fault.Invalid, "app.Figures", "", "the kind is plan, actual, forecast or estimate")
		}
		out.Kinds = []ledger.Kind{ledger.Kind(q.Kind)}
	}
	if q.Run != "" {
		run, err := ledger.ParseRunID(q.Run)
		if err != nil {
			return out, fault.New(fault.NotFound, "app.Figures", "", "no run has this id")
		}
		out.Run = run
	}
	if q.Document != "" {
		if _, ok := v.Documents[q.Document]; !ok {
			return out, fault.New(fault.NotFound, "app.Figures", q.Document, "no document has this name")
		}
		out.Documents = []string{q.Document}
	}
	return out, nil
}

// Figures returns a page of figures.
func (a *App) Figures(ctx context.Context, w When, q FigureQuery) (*httpapi.FigureList, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	sq, err := v.query(q)
	if err != nil {
		return nil, err
	}
	sq.Limit = q.Limit
	if sq.Limit == 0 {
		sq.Limit = defaultPage
	}
	sq.Limit = min(sq.Limit, maxPage)
	page, err := a.Store.Figures(ctx, sq)
	if err != nil {
		return nil, err
	}
	return &httpapi.FigureList{Items: viewFigures(page.Figures), Next: optional(page.Next)}, nil
}

// EachFigure calls f for every figure of a query, without holding them all.
func (a *App) EachFigure(ctx context.Context, w When, q FigureQuery, f func(*ledger.Figure) error) error {
	v, err := a.look(ctx, w)
	if err != nil {
		return err
	}
	sq, err := v.query(q)
	if err != nil {
		return err
	}
	return a.Store.EachFigure(ctx, sq, f)
}

// Series returns the figures of a measure in a place by source, for a chart.
func (a *App) Series(ctx context.Context, w When, measure, pl, dims string) (*httpapi.SeriesList, error) {
	if measure == "" {
		return nil, fault.New(fault.Invalid, "app.Measure", "measure", "name a measure: `search` finds its code")
	}
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	if pl == "" {
		pl = string(v.Atlas.Root())
	}
	q, err := v.query(FigureQuery{Measure: measure, Place: pl, Exact: true})
	if err != nil {
		return nil, err
	}
	d, err := ledger.ParseDimensions(dims)
	if err != nil {
		return nil, err
	}
	if dims != "" {
		canonical := d.String()
		q.Dimensions = &canonical
	}
	q.Limit = maxCount
	page, err := a.Store.Figures(ctx, q)
	if err != nil {
		return nil, err
	}
	return &httpapi.SeriesList{Measure: measure, Place: pl, Series: group(page.Figures)}, nil
}

// group puts figures into rows of one source, kind and dimensions, by period.
func group(list []ledger.Figure) []httpapi.SeriesOut {
	index := map[ledger.SeriesID]int{}
	out := []httpapi.SeriesOut{}
	for i := range list {
		f := &list[i]
		id := f.Series.ID()
		k, ok := index[id]
		if !ok {
			k = len(out)
			index[id] = k
			out = append(out, httpapi.SeriesOut{Source: f.Source, Kind: string(f.Kind), Unit: f.Unit, Dimensions: f.Dims(), Points: []httpapi.Figure{}})
		}
		out[k].Points = append(out[k].Points, ViewFigure(f))
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].Points) > len(out[j].Points) })
	return out
}
