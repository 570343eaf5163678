package app

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// accessWords puts an answer into the words of the API.
type accessWords struct {
	v *view
	l *landBase
	a *access.Answer
}

func (x *accessWords) question() httpapi.AccessQuestion {
	q, p := x.a.Question, x.a.Profile
	out := httpapi.AccessQuestion{Service: q.Service, ServiceName: x.v.serviceName(q.Service), Kind: string(p.Kind), Season: string(q.Season), Mode: string(q.Mode), Span: string(q.Span), Limit: q.LimitMinutes,
		NormMinutes: p.LimitMinutes, NormSource: p.LimitSource, Promised: q.Promised, StatedOnly: !q.Presumed, On: texts(q.On), Off: texts(q.Off), Add: []httpapi.AccessPoint{}, Set: map[string]float64{}}
	for _, at := range q.Add {
		out.Add = append(out.Add, httpapi.AccessPoint{Lat: at.Lat, Lon: at.Lon})
	}
	for code, n := range q.Set {
		out.Set[code] = n
	}
	return out
}

func texts[T ~string](list []T) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, string(s))
	}
	return out
}

func (v *view) serviceName(code string) lang.Text {
	for _, s := range v.Services {
		if s.Code == code {
			return s.Name
		}
	}
	return lang.Text{}
}

func (x *accessWords) services() []httpapi.AccessService {
	out := []httpapi.AccessService{}
	for _, p := range x.l.Profiles() {
		out = append(out, httpapi.AccessService{Code: p.Service, Name: x.v.serviceName(p.Service), Kind: string(p.Kind), Limit: p.LimitMinutes, Source: p.LimitSource})
	}
	return out
}

func (x *accessWords) parameters(codes []string) []httpapi.AccessParameter {
	out := []httpapi.AccessParameter{}
	for _, code := range codes {
		out = append(out, x.parameter(x.l.Value(x.a.Question, code)))
	}
	return out
}

func (x *accessWords) parameter(p access.Parameter) httpapi.AccessParameter {
	_, changed := x.a.Question.Set[p.Code]
	return httpapi.AccessParameter{Code: p.Code, Season: optional(string(p.Season)), Value: p.Value, Low: p.Low, High: p.High, Unit: p.Unit, Source: p.Source, Text: p.Text, Changed: changed}
}

// hubs lists the capable facilities with the people inside for whom each is the
// nearest.
func (x *accessWords) hubs() []httpapi.AccessHub {
	people := make([]int64, len(x.a.Hubs))
	for i, r := range x.a.Rows {
		if r.Hub >= 0 && r.Inside(x.a.Question.LimitMinutes) {
			people[r.Hub] += x.l.Spots()[i].Of()
		}
	}
	out := []httpapi.AccessHub{}
	for i := range x.a.Hubs {
		h := x.hub(&x.a.Hubs[i])
		h.People = people[i]
		out = append(out, h)
	}
	return out
}

func (x *accessWords) hub(h *access.Hub) httpapi.AccessHub {
	out := httpapi.AccessHub{Facility: optional(string(h.Facility)), Place: optional(string(h.Place)), Lat: h.Point.Lat, Lon: h.Point.Lon, Basis: string(h.Basis), Source: h.Source, Status: optional(string(h.Status)), Works: []string{}}
	switch i := slices.IndexFunc(x.v.Facilities, func(f country.Facility) bool { return f.Code == string(h.Facility) }); {
	case h.Facility != "" && i >= 0:
		out.Name = x.v.Facilities[i].Name
	case h.Place != "":
		out.Name = x.l.nameOf(x.v, h.Place)
	}
	return out
}

func (x *accessWords) hubOrNil(h *access.Hub) *httpapi.AccessHub {
	if h == nil {
		return nil
	}
	return ptr(x.hub(h))
}

func (x *accessWords) sum(s *access.Sum) httpapi.AccessSum {
	out := httpapi.AccessSum{Place: string(s.Place), People: s.People, Inside: s.Inside, Surely: s.Surely, Low: s.Low, High: s.High, Expected: int64(math.Round(s.Expected)), Far: s.Far, Stranded: s.Stranded, Urban: s.Urban, UrbanInside: s.UrbanInside,
		Rural: s.Rural, RuralInside: s.RuralInside, Median: finite(s.Median), P90: finite(s.P90), OnPresumed: s.OnPresumed}
	if s.Place == "" {
		out.Place = string(x.v.Atlas.Root())
	}
	if p, err := x.v.Atlas.Place(place.ID(out.Place)); err == nil {
		out.Name = p.Name
	}
	if s.People > 0 {
		out.InsidePct = ptr(100 * float64(s.Inside) / float64(s.People))
	}
	return out
}

// nameOf names a settlement or a village.
func (l *landBase) nameOf(v *view, id place.ID) lang.Text {
	if name, ok := l.names[id]; ok {
		return name
	}
	if p, err := v.Atlas.Place(id); err == nil {
		return p.Name
	}
	return lang.Text{}
}

func (x *accessWords) place(i int) httpapi.AccessPlace { return *x.spot(&x.l.Spots()[i]) }

func (x *accessWords) spot(s *access.Spot) *httpapi.AccessPlace {
	if s == nil {
		return nil
	}
	return &httpapi.AccessPlace{ID: string(s.ID), Name: x.l.nameOf(x.v, s.ID), District: string(s.District), DistrictN: x.l.nameOf(x.v, s.District), Region: string(s.Region), Lat: s.Point.Lat, Lon: s.Point.Lon,
		People: s.Of(), Urban: s.Urban, Rural: s.Rural, Estimated: s.Estimated, Main: s.Main}
}

func (x *accessWords) row(r *access.Row) httpapi.AccessRow {
	out := httpapi.AccessRow{Place: x.place(r.Spot), Stated: finite(r.Stated), P50: finite(r.P50), P90: finite(r.P90), Likely: r.Likely, Inside: r.Inside(x.a.Question.LimitMinutes), Flown: r.Flown, Treated: finite(r.Treated), OffRoad: r.OffRoadKm}
	if r.Hub >= 0 {
		out.Hub = ptr(x.hub(&x.a.Hubs[r.Hub]))
	}
	return out
}

func (x *accessWords) population() httpapi.AccessPopulation {
	out := httpapi.AccessPopulation{On: x.l.counted.String(), Source: x.l.source, People: x.a.Whole.People, Estimated: x.l.estimated, Centre: centreShare, Places: len(x.l.Spots()), Where: []httpapi.AccessUnplaced{}}
	for id, n := range x.l.Unplaced() {
		out.Unplaced += n
		out.Where = append(out.Where, httpapi.AccessUnplaced{Place: string(id), Name: x.l.nameOf(x.v, id), People: n})
	}
	slices.SortFunc(out.Where, func(a, b httpapi.AccessUnplaced) int { return int(b.People - a.People) })
	return out
}
