package app

import (
	"context"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/place"
)

// Place returns all that is known of a place.
func (a *App) Place(ctx context.Context, w When, code string) (*httpapi.PlacePage, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	p, err := v.Atlas.Place(place.ID(code))
	if err != nil {
		return nil, err
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	page := &httpapi.PlacePage{Place: viewPlace(p), Path: []httpapi.Place{}, Children: []httpapi.ChildPlace{}, Promises: []httpapi.Promise{}, Statistics: []httpapi.MeasureSeries{},
		Facilities: []httpapi.Facility{}, Capacity: []httpapi.CapacityItem{}, Events: []httpapi.BorderEvent{}}
	for _, id := range v.Atlas.Path(p.ID) {
		up, err := v.Atlas.Place(id)
		if err != nil {
			return nil, err
		}
		page.Path = append(page.Path, viewPlace(up))
	}
	v.placePromises(page, p, j.board)
	v.placeFacilities(page, p)
	for _, e := range v.Atlas.Events(p.ID) {
		page.Events = append(page.Events, httpapi.BorderEvent{On: e.On.String(), Kind: string(e.Change), From: string(e.From), To: string(e.To), Weight: e.Weight, Source: e.WeightSource})
	}
	q := store.Query{At: v.at, Places: []place.ID{p.ID}, NotSource: ledger.Computed, Limit: maxCount}
	figures, err := a.Store.Figures(ctx, q)
	if err != nil {
		return nil, err
	}
	byMeasure := map[string][]ledger.Figure{}
	var order []string
	for _, f := range figures.Figures {
		if v.Documents[f.Document].Kind == "document" {
			continue // statements of the programme are shown as promises
		}
		if byMeasure[f.Measure] == nil {
			order = append(order, f.Measure)
		}
		byMeasure[f.Measure] = append(byMeasure[f.Measure], f)
	}
	for _, m := range order {
		page.Statistics = append(page.Statistics, httpapi.MeasureSeries{Measure: m, Series: group(byMeasure[m])})
	}
	return page, nil
}

// placePromises lists the promises of a place and counts those of its parts.
func (v *view) placePromises(page *httpapi.PlacePage, p place.Place, b *board.Board) {
	for _, id := range v.Atlas.Children(p.ID) {
		child, err := v.Atlas.Place(id)
		if err != nil || child.Kind == place.FormerRegion {
			continue
		}
		c := httpapi.ChildPlace{Place: viewPlace(child)}
		for i := range b.Items {
			it := &b.Items[i]
			if v.Atlas.Within(it.Target.Place, id) || v.settledIn(it, child) {
				c.Promises++
				if it.Due == board.Overdue {
					c.Overdue++
				}
			}
		}
		page.Children = append(page.Children, c)
	}
	for i := range b.Items {
		it := &b.Items[i]
		if v.Atlas.Within(it.Target.Place, p.ID) || v.settledIn(it, p) {
			page.Promises = append(page.Promises, v.promise(it))
		}
	}
}

// settledIn reports whether a promise names this settlement, or one of this
// district or city.
func (v *view) settledIn(it *board.Item, p place.Place) bool {
	name := it.Target.Dims()["settlement"]
	if name == "" || !v.Atlas.Within(p.ID, it.Target.Place) {
		return false
	}
	for _, id := range append(v.Atlas.Descendants(p.ID), p.ID) {
		if s, err := v.Atlas.Place(id); err == nil && s.Kind == place.Settlement && s.Name[lang.EN] == name {
			return true
		}
	}
	return false
}

func (v *view) placeFacilities(page *httpapi.PlacePage, p place.Place) {
	here := map[place.ID]bool{}
	on := map[place.ID]*int64{}
	for _, c := range v.Capacity.On(v.at.AsOf) {
		if c.Item != place.Beds || c.Count == nil {
			continue
		}
		if on[c.Facility] == nil {
			on[c.Facility] = new(int64)
		}
		*on[c.Facility] += *c.Count // services and ages are counted apart
	}
	for _, f := range v.Facilities {
		if !v.Atlas.Within(f.Place, p.ID) {
			continue
		}
		here[place.ID(f.Code)] = true
		page.Facilities = append(page.Facilities, httpapi.Facility{Code: f.Code, Name: f.Name, Kind: f.Kind, Status: f.Status, Place: string(f.Place), Source: f.Source, Beds: on[place.ID(f.Code)]})
	}
	for _, c := range v.Capacities {
		if here[c.Facility] {
			page.Capacity = append(page.Capacity, httpapi.CapacityItem{Facility: string(c.Facility), Item: string(c.Item), Service: c.Service, Age: c.Age, Count: c.Count, Status: string(c.Status),
				From: dateText(c.From), To: dateText(c.To), Source: c.Source})
		}
	}
}
