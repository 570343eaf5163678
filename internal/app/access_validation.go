package app

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/observed"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// PublishedTimes sets computed minutes against the times that the country pack
// holds.
func (a *App) PublishedTimes(ctx context.Context, w When, set string) (*httpapi.AccessValidation, error) {
	v, l, err := a.land(ctx, w)
	if err != nil {
		return nil, err
	}
	rows := make([]observed.Row, len(l.published))
	for i, o := range l.published {
		rows[i] = observed.Row{Observation: o}
	}
	out := noValidation(v)
	out.Published = true
	return out, l.compare(ctx, a, v, set, rows, out)
}

// ValidateAccess sets computed minutes against a table of observed times. What
// is wrong with the table stands in Problems, and then nothing is compared. An
// error is returned for a file that cannot be read at all.
func (a *App) ValidateAccess(ctx context.Context, w When, set, name string, file io.Reader) (*httpapi.AccessValidation, error) {
	v, l, err := a.land(ctx, w)
	if err != nil {
		return nil, err
	}
	in, err := sheet.OpenStream(file, sheet.Options{Name: name, Limit: observed.MaxBytes})
	if err != nil {
		return nil, err
	}
	table, err := observed.Read(in, func(s string) observed.Found { return l.find(v, s) })
	if err != nil {
		return nil, err
	}
	out := noValidation(v)
	out.File, out.Ignored, out.More = &name, append(out.Ignored, table.Ignored...), table.More
	for _, p := range table.Problems {
		out.Problems = append(out.Problems, httpapi.AccessProblem{Code: p.Code, Row: p.Row, Column: p.Column, Field: p.Field, Message: p.Text})
	}
	if len(out.Problems) > 0 {
		return out, nil
	}
	return out, l.compare(ctx, a, v, set, table.Rows, out)
}

func noValidation(v *view) *httpapi.AccessValidation {
	return &httpapi.AccessValidation{AsOf: v.at.AsOf.String(), Rows: []httpapi.AccessObserved{}, Groups: []httpapi.AccessAgreement{}, Advice: []httpapi.AccessAdvice{}, MinAdvice: access.MinAdvice,
		Set: map[string]float64{}, Ignored: []string{}, Problems: []httpapi.AccessProblem{}}
}

// compare computes every journey and sums up.
func (l *landBase) compare(ctx context.Context, a *App, v *view, set string, rows []observed.Row, out *httpapi.AccessValidation) error {
	values, err := setParameters(set)
	if err != nil {
		return err
	}
	maps.Copy(out.Set, values)
	leave, err := a.past.enter(ctx) // many searches at once
	if err != nil {
		return err
	}
	defer leave()
	list := make([]access.Observation, len(rows))
	for i, r := range rows {
		list[i] = r.Observation
	}
	checked, sums, err := l.ValidateWith(ctx, values, list)
	if err != nil {
		return err
	}
	for i := range checked {
		c := &checked[i]
		if !c.Reached() {
			out.Unreached++
		}
		if c.Season == "" && c.Mode != access.ByHelicopter {
			out.Unsaid++
		}
		out.Rows = append(out.Rows, l.observedRow(v, &rows[i], c))
	}
	for _, s := range sums {
		out.Groups = append(out.Groups, httpapi.AccessAgreement{Vehicle: optional(string(s.Mode)), Class: optional(s.Class), Season: optional(string(s.Season)), N: s.N, Bias: s.Bias, BiasPercent: s.BiasPercent, MAE: s.MAE, RMSE: s.RMSE,
			Spread: s.Spread, MedianRatio: s.MedianRatio, Within: s.Within, WithinShare: float64(s.Within) / float64(s.N)})
	}
	for _, x := range l.Advise(values, checked) {
		p := l.Value(access.Question{Season: x.Season}, x.Parameter)
		out.Advice = append(out.Advice, httpapi.AccessAdvice{Parameter: x.Parameter, Text: p.Text, Vehicle: string(x.Mode), Class: optional(x.Class), Season: string(x.Season), N: x.N, MedianRatio: x.MedianRatio, RatioLow: x.RatioLow, RatioHigh: x.RatioHigh,
			Now: x.Now, Try: x.Try, Unit: x.Unit, Outside: x.Outside, Set: setAlso(values, x.Parameter, x.Try)})
	}
	return nil
}

// setAlso writes the values of parameters, one of them anew, as an address has
// them.
func setAlso(set map[string]float64, code string, value float64) string {
	all := map[string]float64{}
	maps.Copy(all, set)
	all[code] = value
	var parts []string
	for _, c := range slices.Sorted(maps.Keys(all)) {
		parts = append(parts, fmt.Sprintf("%s:%g", c, all[c]))
	}
	return strings.Join(parts, ",")
}

func (l *landBase) observedRow(v *view, r *observed.Row, c *access.Checked) httpapi.AccessObserved {
	out := httpapi.AccessObserved{From: l.stop(v, c.From, r.AlikeFrom), To: l.stop(v, c.To, r.AlikeTo), Vehicle: string(c.Mode), Season: optional(string(c.Season)), Class: optional(c.Class), Source: c.Source, Date: optional(c.Date),
		Observed: c.Minutes, Computed: finite(c.Computed), Low: finite(c.Quick), High: finite(c.Slow), MainKm: c.Way.Main(), OtherKm: c.Way.Other(), OffRoad: c.Way.OffRoad()}
	if r.Number > 0 {
		out.Row = ptr(r.Number)
	}
	if c.Reached() {
		out.Error, out.Ratio, out.Within, out.Km = ptr(c.Error()), ptr(c.Ratio()), ptr(c.Within()), ptr(c.Way.Km())
		if c.Mode == access.ByHelicopter {
			out.Km = ptr(c.AirKm)
		}
	} else {
		out.Class = nil
	}
	return out
}

func (l *landBase) stop(v *view, id place.ID, alike int) httpapi.AccessStop {
	i, _ := l.Spot(id)
	at := l.Spots()[i].District
	return httpapi.AccessStop{ID: string(id), Name: l.nameOf(v, id), District: string(at), DistrictN: l.nameOf(v, at), Alike: alike}
}

// byName lists places where people live by their folded names in all languages.
func (l *landBase) byName(v *view) map[string][]place.ID {
	out := map[string][]place.ID{}
	for _, s := range l.Spots() {
		for _, name := range l.nameOf(v, s.ID) {
			if key := lang.Fold(name); key != "" && !slices.Contains(out[key], s.ID) {
				out[key] = append(out[key], s.ID)
			}
		}
	}
	return out
}

// maxChoice is how many places of one name a message lists.
const maxChoice = 5

// find tells which place a code or a name means. A name that several places
// have means the city among them, if one alone is the main settlement of a
// region or a city: villages are called after it. After a comma the district
// or region may be named. Of all others the author of the table must choose.
func (l *landBase) find(v *view, text string) observed.Found {
	if _, ok := l.Spot(place.ID(text)); ok {
		return observed.Found{Place: place.ID(text)}
	}
	name, where, _ := strings.Cut(text, ",")
	ids := l.called()[lang.Fold(name)]
	if where = lang.Fold(where); where != "" {
		ids = slices.DeleteFunc(slices.Clone(ids), func(id place.ID) bool { return !l.liesIn(v, id, where) })
	}
	if len(ids) == 1 {
		return observed.Found{Place: ids[0]}
	}
	var towns []place.ID
	for _, level := range []place.Kind{place.Region, place.City} {
		for _, id := range v.Atlas.Seats(level, v.at.AsOf) {
			if slices.Contains(ids, id) && !slices.Contains(towns, id) {
				towns = append(towns, id)
			}
		}
	}
	if len(towns) == 1 {
		return observed.Found{Place: towns[0], Alike: len(ids) - 1}
	}
	return observed.Found{Choice: l.choice(v, ids)}
}

// liesIn reports whether a district, or one above it, has the folded name.
func (l *landBase) liesIn(v *view, id place.ID, where string) bool {
	i, _ := l.Spot(id)
	for _, up := range v.Atlas.Path(l.Spots()[i].District) {
		if lang.Fold(string(up)) == where {
			return true
		}
		for _, name := range l.nameOf(v, up) {
			if f := lang.Fold(name); f == where || strings.HasPrefix(f, where+" ") {
				return true
			}
		}
	}
	return false
}

// choice names places with district and code, main settlements first.
func (l *landBase) choice(v *view, ids []place.ID) lang.Text {
	if len(ids) == 0 {
		return nil
	}
	spot := func(id place.ID) access.Spot {
		i, _ := l.Spot(id)
		return l.Spots()[i]
	}
	main := func(id place.ID) float64 {
		if spot(id).Main {
			return 0
		}
		return math.Inf(1)
	}
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b place.ID) int { return cmp.Or(cmp.Compare(main(a), main(b)), cmp.Compare(a, b)) })
	more := lang.Text{lang.KK: "тағы", lang.RU: "и ещё", lang.EN: "and more:"}
	out := lang.Text{}
	for _, c := range lang.Codes() {
		var parts []string
		for _, id := range ids[:min(len(ids), maxChoice)] {
			parts = append(parts, fmt.Sprintf("%s, %s (%s)", l.nameOf(v, id).In(c), l.nameOf(v, spot(id).District).In(c), id))
		}
		if n := len(ids) - maxChoice; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", more[c], n))
		}
		out[c] = strings.Join(parts, "; ")
	}
	return out
}
