package app

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
	"github.com/shopspring/decimal"
)

// The measures of access in the ledger.
const (
	measureInside = "access.people_inside"
	measureShare  = "access.share_inside"
	measureMedian = "access.median_minutes"
	// measurePeople is what the people of a territory go back to.
	measurePeople = "population.total"
)

// RecordAccess writes an answer into the ledger: for every territory in which the
// actor may plan, the people inside, their share and the median minutes, as
// estimates whose recipe holds the question and every parameter. The same
// question on the same day changes nothing.
func (a *App) RecordAccess(ctx context.Context, q httpapi.AccessQuery) (*httpapi.AccessRecorded, error) {
	v, l, now, _, err := a.inquired(ctx, When{}, q)
	if err != nil {
		return nil, err
	}
	b := ledger.Batch{Run: a.run(ctx, ledger.MethodRun, access.Method+" "+now.Question.Service, map[string]string{"service": now.Question.Service, "season": string(now.Question.Season), "mode": string(now.Question.Mode)})}
	sums := append([]access.Sum{now.Whole}, now.Regions...)
	sums[0].Place = v.Atlas.Root()
	recipe := l.recipe(now)
	for i := range sums {
		s := &sums[i]
		if s.People == 0 || a.may(ctx, v, actor.PlanAccess, s.Place) != nil {
			continue
		}
		inputs, err := a.peopleFigures(ctx, v, s.Place, l.counted)
		if err != nil {
			return nil, err
		}
		own := recipe
		own.Inputs = inputs
		b.Figures = append(b.Figures, figuresOf(v, now, s, &own)...)
	}
	if len(b.Figures) == 0 {
		if err := a.may(ctx, v, actor.PlanAccess, v.Atlas.Root()); err != nil {
			return nil, err
		}
		return nil, fault.New(fault.Invalid, "app.RecordAccess", "place", "nobody is counted in any place of this country: there is nothing to record")
	}
	out := &httpapi.AccessRecorded{Figures: []string{}}
	for i := range b.Figures {
		if err := b.Figures[i].Seal(); err != nil {
			return nil, err
		}
		out.Figures = append(out.Figures, b.Figures[i].ID.String())
	}
	got, err := a.commit(ctx, b)
	if err != nil {
		return nil, err
	}
	out.Run, out.New = got.Run.String(), got.Figures
	return out, nil
}

// recipe holds everything from which the answer can be computed again.
func (l *landBase) recipe(now *access.Answer) ledger.Recipe {
	q := now.Question
	params := map[string]string{"service": q.Service, "season": string(q.Season), "mode": string(q.Mode), "span": string(q.Span), "limit_minutes": trim(q.LimitMinutes), "capacity_on": q.Day.String(),
		"promised": strconv.FormatBool(q.Promised), "presumed": strconv.FormatBool(q.Presumed), "draws": strconv.Itoa(access.Draws), "population_on": l.counted.String(), "population_source": l.source, "roads": l.linkSource}
	// Villages, roads, bases, presumptions and the people of districts are tables:
	// they are as the act left them that wrote the last of them.
	params["tables_as_of_act"], params["rural_share_of_centres"] = strconv.FormatInt(l.act, 10), trim(centreShare)
	capable := map[access.Basis][]string{}
	for _, h := range now.Hubs {
		capable[h.Basis] = append(capable[h.Basis], string(cmp.Or(h.Facility, h.Place)))
	}
	for basis, list := range capable {
		params["facilities_"+string(basis)] = strings.Join(list, " ")
	}
	for _, code := range access.Codes() {
		p := l.Value(q, code)
		params["parameter_"+code] = fmt.Sprintf("%s (%s-%s) %s, %s", trim(p.Value), trim(p.Low), trim(p.High), p.Unit, p.Source)
	}
	return ledger.Recipe{Method: access.Method, Version: access.Version, Params: params}
}

func trim(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// figuresOf writes one territory.
func figuresOf(v *view, now *access.Answer, s *access.Sum, r *ledger.Recipe) []ledger.Figure {
	q := now.Question
	facilities := "open"
	if q.Promised {
		facilities = "with-promised"
	}
	capability := "presumed"
	if !q.Presumed {
		capability = "stated"
	}
	dims := ledger.Dimensions{"capability": capability, "facilities": facilities, "limit": trim(q.LimitMinutes), "mode": string(q.Mode), "season": string(q.Season), "service": q.Service}
	if now.Profile.Kind == access.Emergency {
		dims["span"] = strings.ReplaceAll(string(q.Span), "_", "-")
	}
	day := period.OfDay(v.at.AsOf)
	one := func(measure, unit string, value decimal.Decimal) ledger.Figure {
		return ledger.Figure{Series: ledger.Series{Measure: measure, Version: max(1, v.Measures[measure].Version), Place: s.Place, Dimensions: dims.String(), Kind: ledger.Estimate, Unit: unit, Source: ledger.Computed},
			Period: day, Value: &value, Qualifier: ledger.Exact, Status: ledger.Estimated, Recipe: r}
	}
	inside := one(measureInside, "person", decimal.NewFromInt(s.Inside))
	inside.Bounds = &ledger.Bounds{Lower: decimal.NewFromInt(min(s.Low, s.Inside)), Upper: decimal.NewFromInt(max(s.High, s.Inside)), Confidence: 0.8}
	share := one(measureShare, "percent", decimal.NewFromInt(s.Inside).Mul(decimal.NewFromInt(100)).DivRound(decimal.NewFromInt(s.People), 4))
	n, d := decimal.NewFromInt(s.Inside), decimal.NewFromInt(s.People)
	share.Numerator, share.Denominator = &n, &d
	out := []ledger.Figure{inside, share}
	median := one(measureMedian, "minute", decimal.Zero)
	if m := finite(s.Median); m != nil {
		*median.Value = decimal.NewFromFloat(*m).Round(1)
	} else { // less than half of the people have any way: there is no such number
		median.Value, median.Status = nil, ledger.NoFigure
	}
	return append(out, median)
}

// peopleFigures returns the figures of the population of a territory on the day
// of the counts: they are what the answer goes back to.
func (a *App) peopleFigures(ctx context.Context, v *view, at place.ID, on period.Date) ([]ledger.FigureID, error) {
	page, err := a.Store.Figures(ctx, store.Query{At: v.at, Places: []place.ID{at}, Measures: []string{measurePeople}, NotSource: ledger.Computed, Limit: maxCount})
	if err != nil {
		return nil, err
	}
	var out []ledger.FigureID
	for i := range page.Figures {
		if f := &page.Figures[i]; f.Period.Known() && f.Period.Start == on {
			out = append(out, f.ID)
		}
	}
	return out, nil
}
