package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// maxBrought bounds the facilities of one promise that are switched together.
const maxBrought = 200

// broughtSite is a facility, or a settlement alone, and what a work brings there.
type broughtSite struct {
	work     string
	title    lang.Text
	at       place.ID // what is switched: the facility, or the settlement
	facility place.ID
	services []string
}

// AccessBrought tells what the works of a promise, or one work, change for who
// reaches each service they bring: all their facilities together, with them
// against without them.
func (a *App) AccessBrought(ctx context.Context, w When, q httpapi.AccessBroughtQuery) (*httpapi.AccessBrought, error) {
	const op = "app.AccessBrought"
	if (q.Promise == "") == (q.Work == "") {
		return nil, fault.New(fault.Invalid, op, "promise", "name a promise or a work, one of the two")
	}
	v, l, err := a.land(ctx, w)
	if err != nil {
		return nil, err
	}
	out := &httpapi.AccessBrought{AsOf: v.at.AsOf.String(), Items: []httpapi.AccessBroughtTo{}, Left: []httpapi.AccessBroughtNever{}}
	sites, err := a.broughtSites(ctx, v, l, q, out)
	if err != nil {
		return nil, err
	}
	for _, p := range l.Profiles() {
		var here []broughtSite
		for _, s := range sites {
			if slices.ContainsFunc(s.services, func(code string) bool { return slices.Contains(p.Capable, code) }) {
				here = append(here, s)
			}
		}
		if len(here) == 0 {
			continue
		}
		if len(here) > maxBrought {
			for _, s := range here[maxBrought:] {
				out.Left = append(out.Left, httpapi.AccessBroughtNever{Work: s.work, Title: s.title, Why: "many"})
			}
			here = here[:maxBrought]
		}
		item, err := a.broughtTo(ctx, v, l, p, here, q.Season)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *item)
	}
	slices.SortStableFunc(out.Items, func(x, y httpapi.AccessBroughtTo) int {
		if first := func(i *httpapi.AccessBroughtTo) int { return btoi(i.Question.Service != defaultService) }; first(&x) != first(&y) {
			return first(&x) - first(&y)
		}
		return cmp.Compare(y.Gained, x.Gained)
	})
	return out, nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// broughtSites lists where works bring what access is asked of; the others are
// named in out.
func (a *App) broughtSites(ctx context.Context, v *view, l *landBase, q httpapi.AccessBroughtQuery, out *httpapi.AccessBrought) ([]broughtSite, error) {
	rows, err := a.broughtRows(ctx, v, q)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, p := range l.Profiles() {
		for _, code := range p.Capable {
			known[code] = true
		}
	}
	var sites []broughtSite
	for _, r := range rows {
		s := broughtSite{work: string(r.ID), title: r.Title, facility: r.Facility}
		some := false
		for _, y := range r.Yields {
			some = some || y.Service != ""
			if known[y.Service] && !slices.Contains(s.services, y.Service) {
				s.services = append(s.services, y.Service)
			}
		}
		if !some {
			continue // nobody said that it brings a service
		}
		never := httpapi.AccessBroughtNever{Work: s.work, Title: s.title}
		if s.at = v.broughtAt(l, r); len(s.services) == 0 {
			never.Why = "service"
		} else if s.at == "" {
			never.Why = "place"
		} else {
			sites = append(sites, s)
			continue
		}
		out.Left = append(out.Left, never)
	}
	return sites, nil
}

// broughtRows returns the works asked about that the reader may see.
func (a *App) broughtRows(ctx context.Context, v *view, q httpapi.AccessBroughtQuery) ([]*portfolioRow, error) {
	rows, _, _, err := a.chooseWorks(ctx, v, httpapi.WorkFilter{Promise: q.Promise, Level: "all"})
	if err != nil {
		return nil, err
	}
	if q.Work == "" {
		if v.Programme.One(q.Promise, v.at.AsOf) == nil {
			return nil, fault.New(fault.NotFound, "app.AccessBrought", "promise", "there is no such promise")
		}
		return rows, nil
	}
	rows = slices.DeleteFunc(rows, func(r *portfolioRow) bool { return string(r.ID) != q.Work })
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "app.AccessBrought", "work", "there is no such work")
	}
	return rows, nil
}

// broughtAt returns what of a work can be switched: its facility, else its
// settlement, or the centre of its district or city.
func (v *view) broughtAt(l *landBase, r *portfolioRow) place.ID {
	if _, ok := v.facility(string(r.Facility)); ok && r.Facility != "" {
		return r.Facility
	}
	if _, ok := l.Spot(r.Place); ok {
		return r.Place
	}
	p, err := v.Atlas.Place(r.Place)
	if err != nil || p.Kind != place.District && p.Kind != place.City {
		return ""
	}
	centre := v.Atlas.Centre(r.Place, v.at.AsOf)
	if _, ok := l.Spot(centre); ok {
		return centre
	}
	return ""
}

// broughtTo sets one service with the facilities against without them.
func (a *App) broughtTo(ctx context.Context, v *view, l *landBase, p access.Profile, sites []broughtSite, season string) (*httpapi.AccessBroughtTo, error) {
	var ids []place.ID
	for _, s := range sites {
		if !slices.Contains(ids, s.at) {
			ids = append(ids, s.at)
		}
	}
	ask := access.Question{Service: p.Service, Season: access.Season(season), Day: v.at.AsOf, Presumed: true}
	with, without := ask, ask
	with.On = ids
	for _, id := range ids { // a settlement alone is not closed: others may work there
		if _, ok := v.facility(string(id)); ok {
			without.Off = append(without.Off, id)
		}
	}
	var answers [2]*access.Answer
	for i, q := range []access.Question{with, without} {
		q, err := l.Resolve(q)
		if err != nil {
			return nil, err
		}
		if answers[i], err = a.accessAnswer(ctx, l, q); err != nil {
			return nil, err
		}
	}
	after, before := answers[0], answers[1]
	d, err := after.Against(before)
	if err != nil {
		return nil, err
	}
	x, was := &accessWords{v, l, after}, &accessWords{v, l, before}
	out := &httpapi.AccessBroughtTo{Question: x.question(), Switch: "off", Before: was.sum(&before.Whole), After: x.sum(&after.Whole), Gained: d.Gained, Places: len(d.Changes), Facilities: []httpapi.AccessBroughtSite{}}
	for _, s := range sites {
		site := x.broughtSite(s, before)
		if !site.Open {
			out.Switch = "on"
		}
		out.Facilities = append(out.Facilities, site)
	}
	if out.Switch == "off" {
		out.Question = was.question()
	}
	return out, nil
}

// broughtSite words one facility: the minutes of its settlement with and
// without.
func (x *accessWords) broughtSite(s broughtSite, before *access.Answer) httpapi.AccessBroughtSite {
	out := httpapi.AccessBroughtSite{Facility: optional(string(s.facility)), Work: s.work, Promising: s.services}
	at := s.at
	if f, ok := x.v.facility(string(s.facility)); ok && s.facility != "" {
		out.Name, at = f.Name, f.Place
	} else {
		out.Name = x.l.nameOf(x.v, at)
	}
	if i, ok := x.l.Spot(at); ok {
		out.Place = ptr(x.place(i))
		out.Before, out.After = finite(before.Rows[i].P50), finite(x.a.Rows[i].P50)
	}
	out.Presumed = slices.ContainsFunc(before.Hubs, func(h access.Hub) bool { return h.Place == at })
	out.Open = slices.ContainsFunc(x.a.Hubs, func(h access.Hub) bool {
		return h.Facility == s.facility && s.facility != "" && h.Basis == access.Stated
	})
	return out
}
