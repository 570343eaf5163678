package app

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
	"github.com/shanyraq/shanyraq/plan/access/isochrone"
)

// usualRows is how many places a list gives that does not say.
const usualRows = 100

// AccessRows lists places with their minutes.
func (a *App) AccessRows(ctx context.Context, w When, q httpapi.AccessQuery, s httpapi.AccessSieve) (*httpapi.AccessRows, error) {
	v, l, now, _, err := a.inquired(ctx, w, q)
	if err != nil {
		return nil, err
	}
	from := 0
	if s.Cursor != "" {
		if from, err = strconv.Atoi(s.Cursor); err != nil || from < 0 || from > len(now.Rows) {
			return nil, fault.New(fault.Invalid, "app.AccessRows", "cursor", "the cursor is the one that the page before gave")
		}
	}
	if s.Place != "" && !v.Atlas.Has(place.ID(s.Place)) {
		return nil, fault.New(fault.NotFound, "app.AccessRows", "place", "no place has this code")
	}
	n := s.Limit
	if n == 0 {
		n = usualRows
	}
	x := &accessWords{v, l, now}
	rows := x.sieve(s)
	out := &httpapi.AccessRows{Question: x.question(), Items: []httpapi.AccessRow{}, Count: len(rows)}
	for _, i := range rows {
		out.People += l.Spots()[i].Of()
	}
	out.Both = out.People
	if s.Inside != "" {
		other := s
		other.Inside = map[string]string{"yes": "no", "no": "yes"}[s.Inside]
		for _, i := range x.sieve(other) {
			out.Both += l.Spots()[i].Of()
		}
	}
	for _, i := range rows[min(from, len(rows)):min(from+n, len(rows))] {
		out.Items = append(out.Items, x.row(&now.Rows[i]))
	}
	if from+n < len(rows) {
		out.Next = optional(strconv.Itoa(from + n))
	}
	return out, nil
}

// sieve returns the places that fit, in the order asked.
func (x *accessWords) sieve(s httpapi.AccessSieve) []int {
	spots, rows := x.l.Spots(), x.a.Rows
	want := lang.Fold(s.Q)
	var out []int
	for i := range rows {
		p, inside := &spots[i], rows[i].Inside(x.a.Question.LimitMinutes)
		switch {
		case s.Place != "" && p.ID != place.ID(s.Place) && !x.v.Atlas.Within(p.District, place.ID(s.Place)),
			s.Inside == "yes" && !inside, s.Inside == "no" && inside, s.Main && !p.Main,
			want != "" && !x.named(p.ID, want):
			continue
		}
		out = append(out, i)
	}
	slices.SortStableFunc(out, func(i, j int) int {
		switch s.Sort {
		case "minutes":
			return cmp.Compare(rows[j].P50, rows[i].P50)
		case "p90":
			return cmp.Compare(rows[j].P90, rows[i].P90)
		case "name":
			return cmp.Compare(x.l.nameOf(x.v, spots[i].ID)[lang.EN], x.l.nameOf(x.v, spots[j].ID)[lang.EN])
		}
		return cmp.Compare(spots[j].Of(), spots[i].Of())
	})
	return out
}

func (x *accessWords) named(id place.ID, want string) bool {
	for _, name := range x.l.nameOf(x.v, id) {
		if strings.Contains(lang.Fold(name), want) {
			return true
		}
	}
	return false
}

// maxBands is how many bands a map draws.
const maxBands = 8

// AccessMap gives one number for each place and the bands of minutes.
func (a *App) AccessMap(ctx context.Context, w When, q httpapi.AccessQuery, minutes string) (*httpapi.AccessMap, error) {
	v, l, now, before, err := a.inquired(ctx, w, q)
	if err != nil {
		return nil, err
	}
	limits, err := bandLimits(minutes, now.Question.LimitMinutes)
	if err != nil {
		return nil, err
	}
	x := &accessWords{v, l, now}
	out := &httpapi.AccessMap{Minutes: make([]*float64, len(now.Rows)), P90: make([]*float64, len(now.Rows)), Before: []*float64{}, Hubs: x.hubs()}
	for i, r := range now.Rows {
		out.Minutes[i], out.P90[i] = tenth(r.P50), tenth(r.P90)
	}
	if before != nil {
		for _, r := range before.Rows {
			out.Before = append(out.Before, tenth(r.P50))
		}
	}
	out.Bands, err = l.bands(now, limits)
	return out, err
}

func bandLimits(minutes string, limit float64) ([]float64, error) {
	if minutes == "" {
		out := []float64{30, 60, 90, 120, limit}
		slices.Sort(out)
		return slices.Compact(out), nil
	}
	var out []float64
	for part := range strings.SplitSeq(minutes, ",") {
		m, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(m > 0 && m <= 24*60) || len(out) >= maxBands {
			return nil, fault.New(fault.Invalid, "app.AccessMap", "minutes", "bands are at most %d numbers of minutes with commas between, such as 30,60,90", maxBands)
		}
		out = append(out, m)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// tenth rounds minutes for a map.
func tenth(m float64) *float64 {
	if math.IsInf(m, 0) {
		return nil
	}
	return ptr(math.Round(10*m) / 10)
}

// bands draws areas from the stated minutes by road of the places. Between two
// settlements minutes grow along the road; beside it at the speed off the road.
// By air alone there are none.
func (l *landBase) bands(now *access.Answer, limits []float64) (httpapi.Raw, error) {
	links, offRoad, detour := now.Drawn()
	seconds := func(i int) float64 { return 60 * now.Rows[i].ByRoad }
	var nodes []isochrone.Node
	for i, s := range l.Spots() {
		nodes = append(nodes, isochrone.Node{Point: orb.Point{s.Point.Lon, s.Point.Lat}, Seconds: seconds(i)})
	}
	var ways []isochrone.Link
	for _, d := range links {
		from, _ := l.Spot(d.Link.From)
		to, _ := l.Spot(d.Link.To)
		ways = append(ways, isochrone.Link{Line: lineOf(l, d.Link), From: seconds(from), To: seconds(to), Forth: 60 * d.Drive, Back: 60 * d.Drive})
	}
	if now.Question.Mode == access.ByAir {
		nodes, ways = nil, nil
	}
	cut := make([]float64, len(limits))
	for i, m := range limits {
		cut[i] = 60 * m
	}
	bands, err := isochrone.Bands(nodes, ways, cut, isochrone.Options{OffRoad: offRoad, Detour: detour})
	if err != nil {
		return nil, err
	}
	return isochrone.AppendGeoJSON(nil, bands), nil
}

func lineOf(l *landBase, k access.Link) orb.LineString {
	var out orb.LineString
	for _, p := range k.Line {
		out = append(out, orb.Point{p.Lon, p.Lat})
	}
	if len(out) < 2 {
		i, _ := l.Spot(k.From)
		j, _ := l.Spot(k.To)
		a, b := l.Spots()[i].Point, l.Spots()[j].Point
		out = orb.LineString{{a.Lon, a.Lat}, {b.Lon, b.Lat}}
	}
	return out
}

// AccessNetwork gives what journeys are made on.
func (a *App) AccessNetwork(ctx context.Context, w When, code string) (*httpapi.AccessNetwork, error) {
	v, l, err := a.land(ctx, w)
	if err != nil {
		return nil, err
	}
	c := lang.Code(code)
	if c == "" {
		c = lang.KK
	}
	out := &httpapi.AccessNetwork{Places: make([]httpapi.AccessNode, 0, len(l.Spots())), Links: []httpapi.AccessRoad{}, Bases: []httpapi.AccessStand{}}
	for _, s := range l.Spots() {
		out.Places = append(out.Places, httpapi.AccessNode{ID: string(s.ID), Lat: s.Point.Lat, Lon: s.Point.Lon, People: s.Of(), Region: string(s.Region), Main: s.Main, Est: s.Estimated, Name: l.nameOf(v, s.ID).In(c)})
	}
	for _, k := range l.Links() {
		r := httpapi.AccessRoad{From: string(k.From), To: string(k.To), Km: k.Km, Main: k.Main, Line: [][2]float64{}}
		for _, p := range lineOf(l, k) {
			r.Line = append(r.Line, [2]float64{p[0], p[1]})
		}
		out.Links = append(out.Links, r)
	}
	for _, b := range l.Bases() {
		out.Bases = append(out.Bases, httpapi.AccessStand{Place: string(b.Place), Vehicle: string(b.Vehicle), Source: b.Source})
	}
	return out, nil
}
