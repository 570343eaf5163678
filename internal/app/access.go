package app

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
	"github.com/shanyraq/shanyraq/works"
)

// defaultService is the question of the golden hour.
const defaultService = "infarction"

// asked reads a question from its address.
func (l *landBase) asked(v *view, q httpapi.AccessQuery) (access.Question, error) {
	out := access.Question{Service: q.Service, Season: access.Season(q.Season), Mode: access.Mode(q.Mode), Span: access.Span(q.Span), LimitMinutes: q.Limit, Day: v.at.AsOf,
		Promised: q.Promised, Presumed: !q.Stated}
	if out.Service == "" {
		out.Service = l.Profiles()[0].Service
		for _, p := range l.Profiles() {
			if p.Service == defaultService {
				out.Service = p.Service
			}
		}
	}
	out.On, out.Off = listedPlaces(q.On), listedPlaces(q.Off)
	for part := range strings.SplitSeq(q.Add, ";") {
		if part == "" {
			continue
		}
		lat, lon, ok := strings.Cut(part, ",")
		y, e1 := strconv.ParseFloat(strings.TrimSpace(lat), 64)
		x, e2 := strconv.ParseFloat(strings.TrimSpace(lon), 64)
		if !ok || e1 != nil || e2 != nil {
			return out, fault.New(fault.Invalid, "app.Access", "add", "a point is latitude,longitude in degrees, such as 46.85,74.99")
		}
		out.Add = append(out.Add, place.Point{Lat: y, Lon: x})
	}
	set, err := setParameters(q.Set)
	if err != nil {
		return out, err
	}
	out.Set = set
	return l.Resolve(out)
}

// setParameters reads values of parameters from an address.
func setParameters(list string) (map[string]float64, error) {
	var out map[string]float64
	for part := range strings.SplitSeq(list, ",") {
		if part == "" {
			continue
		}
		code, value, ok := strings.Cut(part, ":")
		n, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil {
			return nil, fault.New(fault.Invalid, "app.Access", "set", "a parameter is set as code:value, such as speed_main:70")
		}
		if out == nil {
			out = map[string]float64{}
		}
		out[strings.TrimSpace(code)] = n
	}
	return out, nil
}

func listedPlaces(list string) []place.ID {
	var out []place.ID
	for part := range strings.SplitSeq(list, ",") {
		if id := place.ID(strings.TrimSpace(part)); id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// accessAnswer returns the answer to a resolved question, computed once.
func (a *App) accessAnswer(ctx context.Context, l *landBase, q access.Question) (*access.Answer, error) {
	set := make([]string, 0, len(q.Set))
	for _, code := range slices.Sorted(maps.Keys(q.Set)) {
		set = append(set, fmt.Sprintf("%s:%g", code, q.Set[code]))
	}
	key := fmt.Sprintf("%s|%s|%s|%s|%s|%g|%t|%t|%q|%q|%v|%v", q.Day, q.Service, q.Season, q.Mode, q.Span, q.LimitMinutes, q.Promised, q.Presumed, q.On, q.Off, q.Add, set)
	if !l.answers.has(key) {
		leave, err := a.access.asking.enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	return l.answers.get(ctx, key, func(ctx context.Context) (*access.Answer, error) { return l.Answer(ctx, q) })
}

// inquired looks, reads the question and answers it; before is the answer
// without the switches, nil where nothing is switched.
func (a *App) inquired(ctx context.Context, w When, q httpapi.AccessQuery) (v *view, l *landBase, now, before *access.Answer, err error) {
	if v, l, err = a.land(ctx, w); err != nil {
		return
	}
	asked, err := l.asked(v, q)
	if err != nil {
		return
	}
	if now, err = a.accessAnswer(ctx, l, asked); err != nil {
		return
	}
	if asked.Switched() {
		before, err = a.accessAnswer(ctx, l, asked.Before())
	}
	return
}

// maxChanges is how many changed places an answer lists.
const maxChanges = 50

// Access tells who reaches a service, and in how many minutes.
func (a *App) Access(ctx context.Context, w When, q httpapi.AccessQuery) (*httpapi.AccessPage, error) {
	v, l, now, before, err := a.inquired(ctx, w, q)
	if err != nil {
		return nil, err
	}
	x := &accessWords{v, l, now}
	p := &httpapi.AccessPage{AsOf: v.at.AsOf.String(), Method: access.Method, Version: access.Version, Draws: access.Draws, Question: x.question(), Services: x.services(),
		Whole: x.sum(&now.Whole), Regions: []httpapi.AccessSum{}, Curve: []httpapi.AccessStep{}, Sways: []httpapi.AccessSway{}, Hubs: x.hubs(), Promised: []httpapi.AccessHub{}, First: len(now.First),
		Parameters: x.parameters(access.Codes()), Population: x.population(), May: []string{}}
	promised, err := l.Promised(now.Question)
	if err != nil {
		return nil, err
	}
	for i := range promised {
		p.Promised = append(p.Promised, x.hub(&promised[i]))
	}
	if err := a.accessWorks(ctx, v, p.Hubs); err != nil {
		return nil, err
	}
	if err := a.builtBy(ctx, v, p.Hubs, p.Promised); err != nil {
		return nil, err
	}
	for i := range now.Regions {
		if now.Regions[i].People > 0 {
			p.Regions = append(p.Regions, x.sum(&now.Regions[i]))
		}
	}
	for _, s := range now.Curve {
		p.Curve = append(p.Curve, httpapi.AccessStep{Minutes: s.Minutes, People: s.People, Likely: s.PeopleLikely})
	}
	for _, s := range now.Sways {
		p.Sways = append(p.Sways, httpapi.AccessSway{Parameter: x.parameter(s.Parameter), AtLow: s.AtLow, AtHigh: s.AtHigh})
	}
	if now.Question.Mode != access.ByRoad {
		p.Flies = &now.Flies
	}
	for _, s := range p.Parameters {
		if s.Source == access.Assumption {
			p.Assumed++
		}
	}
	if before != nil {
		d, err := now.Against(before)
		if err != nil {
			return nil, err
		}
		p.Difference = &httpapi.AccessDifference{Before: x.sum(&before.Whole), Gained: d.Gained, Lost: d.Lost, Places: len(d.Changes), Changes: []httpapi.AccessChange{}}
		for _, c := range d.Changes[:min(len(d.Changes), maxChanges)] {
			p.Difference.Changes = append(p.Difference.Changes, httpapi.AccessChange{Place: x.place(c.Spot), Before: finite(c.Before), After: finite(c.After), Crossed: c.Crossed})
		}
	}
	if v.who(ctx).MayAnywhere(actor.PlanAccess) {
		p.May = append(p.May, string(actor.PlanAccess))
	}
	return p, nil
}

// accessWorks names the works at each facility that bring it a service.
func (a *App) accessWorks(ctx context.Context, v *view, hubs []httpapi.AccessHub) error {
	rows, _, _, err := a.chooseWorks(ctx, v, httpapi.WorkFilter{Level: "all"})
	if err != nil {
		return err
	}
	at := map[string][]string{}
	for _, r := range rows {
		if r.Facility != "" && len(r.Yields) > 0 {
			at[string(r.Facility)] = append(at[string(r.Facility)], string(r.ID))
		}
	}
	for i := range hubs {
		if f := hubs[i].Facility; f != nil && len(at[*f]) > 0 {
			hubs[i].Works = at[*f]
		}
	}
	return nil
}

// builtBy names the works of each facility that everybody may see, as they stand
// today: a view of the past does without, since folding all works anew is slow.
func (a *App) builtBy(ctx context.Context, v *view, lists ...[]httpapi.AccessHub) error {
	if v.at.AsOf != period.DateOf(a.Clock(), v.Country.OffsetMinutes) {
		return nil
	}
	tree, err := a.workRows(ctx)
	if err != nil {
		return err
	}
	by := map[string][]string{}
	for i := range tree.rows {
		if r := &tree.rows[i]; r.Facility != "" && r.Condition != works.Draft {
			by[string(r.Facility)] = append(by[string(r.Facility)], string(r.ID))
		}
	}
	for _, list := range lists {
		for i := range list {
			if f := list[i].Facility; f != nil && by[*f] != nil {
				list[i].Works = by[*f]
			}
		}
	}
	return nil
}

// AccessChain opens the minutes of one place.
func (a *App) AccessChain(ctx context.Context, w When, q httpapi.AccessQuery, id string) (*httpapi.AccessChain, error) {
	v, l, now, _, err := a.inquired(ctx, w, q)
	if err != nil {
		return nil, err
	}
	i, ok := l.Spot(place.ID(id))
	if !ok {
		return nil, fault.New(fault.NotFound, "app.AccessChain", id, "no place where people live has this code")
	}
	c, err := now.Chain(i)
	if err != nil {
		return nil, err
	}
	x := &accessWords{v, l, now}
	out := &httpapi.AccessChain{AsOf: v.at.AsOf.String(), Question: x.question(), Row: x.row(&c.Row), Base: x.spot(c.Base), Road: legs(c.Road), RoadMin: total(c.Road), Air: legs(c.Air), AirMin: total(c.Air),
		AirBase: x.spot(c.AirBase), AirHub: x.hubOrNil(c.AirHub), First: legs(c.First), FirstMin: total(c.First), FirstHub: x.hubOrNil(c.FirstHub), Onward: legs(c.Onward), OnwardM: total(c.Onward), Decides: optional(c.Decides)}
	if out.Next = x.spot(c.Next); c.Next != nil {
		out.NextWay = &httpapi.AccessWay{MainKm: c.ToNext.Main(), OtherKm: c.ToNext.Other(), OffRoadKm: c.ToNext.OffRoad()}
	}
	if c.AirHub != nil {
		out.Flies = &c.Flies
	}
	if c.AirBaseKm+c.AirHubKm > 0 {
		out.AirToBase, out.AirToHub = &c.AirBaseKm, &c.AirHubKm
	}
	for _, h := range []*httpapi.AccessHub{out.Row.Hub, out.AirHub, out.FirstHub} {
		if h == nil {
			continue
		}
		one := []httpapi.AccessHub{*h}
		if err := a.accessWorks(ctx, v, one); err != nil {
			return nil, err
		}
		*h = one[0]
	}
	out.Used = x.parameters(c.Parameters())
	return out, nil
}

func legs(list []access.Leg) []httpapi.AccessLeg {
	out := []httpapi.AccessLeg{}
	for _, g := range list {
		out = append(out, httpapi.AccessLeg{Code: g.Code, Minutes: g.Minutes, Low: g.Low, High: g.High, MainKm: g.Way.Main(), OtherKm: g.Way.Other(), OffRoadKm: g.Way.OffRoad(), AirKm: g.AirKm, Parameters: g.Parameters})
	}
	return out
}

func total(list []access.Leg) *float64 {
	if len(list) == 0 {
		return nil
	}
	return ptr(access.Minutes(list))
}

// AccessCandidates lists settlements where a capable facility would help most.
func (a *App) AccessCandidates(ctx context.Context, w When, q httpapi.AccessQuery, n int) (*httpapi.AccessCandidates, error) {
	v, l, now, _, err := a.inquired(ctx, w, q)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		n = 10
	}
	leave, err := a.access.asking.enter(ctx) // it asks many questions at once
	if err != nil {
		return nil, err
	}
	defer leave()
	list, err := now.Candidates(ctx, n)
	if err != nil {
		return nil, err
	}
	x := &accessWords{v, l, now}
	out := &httpapi.AccessCandidates{AsOf: v.at.AsOf.String(), Question: x.question(), Outside: now.Whole.People - now.Whole.Inside, Items: []httpapi.AccessCandidate{}}
	for _, c := range list {
		i, _ := l.Spot(c.Place)
		item := httpapi.AccessCandidate{Place: x.place(i), Gained: c.Gained, Facilities: []httpapi.AccessHub{}}
		for _, f := range v.Facilities {
			if f.Place == c.Place && (f.Status == "operating" || f.Status == "modernisation") {
				item.Facilities = append(item.Facilities, httpapi.AccessHub{Facility: &f.Code, Place: optional(string(f.Place)), Name: f.Name, Lat: l.Spots()[i].Point.Lat, Lon: l.Spots()[i].Point.Lon, Basis: string(access.Supposed), Source: f.Source, Works: []string{}})
			}
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// finite returns minutes, nil where there is no way.
func finite(m float64) *float64 {
	if math.IsInf(m, 0) || math.IsNaN(m) {
		return nil
	}
	return &m
}
