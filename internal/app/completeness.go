package app

import (
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// maxMatrix bounds the periods of a matrix of completeness.
const maxMatrix = 24

// Completeness tells who reported, for the places whose drafts the reader may
// see. Where the atlas has territories between the chosen one and the places,
// each of those is counted with what lies in it.
func (a *App) Completeness(ctx context.Context, w When, f httpapi.CompletenessFilter) (*httpapi.Completeness, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	t, err := v.template(f.Template)
	if err != nil {
		return nil, err
	}
	keep, err := v.keeper(v.who(ctx), f.Place)
	if err != nil {
		return nil, err
	}
	from := since(v.at.AsOf)
	if f.Since != "" {
		if from, err = period.ParseDate(f.Since); err != nil {
			return nil, err
		}
	}
	all, err := a.filedOf(ctx, v, t)
	if err != nil {
		return nil, err
	}
	m := t.Completeness(t.Periods(from, v.at.AsOf+1, maxMatrix), v.Atlas, keep, receipts(all), v.at.AsOf)
	out := &httpapi.Completeness{Today: v.at.AsOf.String(), Template: t.Code, Periods: []httpapi.CompletePeriod{}, Rows: []httpapi.CompleteRow{}, Below: []httpapi.CompleteBelow{}, Silent: []httpapi.Report{}, May: []string{},
		All: viewCount(m.Count(func(reporting.Cell) bool { return true }))}
	for _, p := range m.Periods {
		out.Periods = append(out.Periods, httpapi.CompletePeriod{Period: p.String(), Due: t.Due(p).String(), Count: viewCount(m.Count(func(c reporting.Cell) bool { return c.Period == p }))})
	}
	out.Rows = v.matrixRows(m, all)
	root := place.ID(f.Place)
	if root == "" {
		root = v.Atlas.Root()
	}
	for _, id := range v.Atlas.Children(root) {
		if n := m.Count(func(c reporting.Cell) bool { return v.Atlas.Within(c.Place, id) }); n != (reporting.Count{}) {
			p, _ := v.Atlas.Place(id)
			out.Below = append(out.Below, httpapi.CompleteBelow{Place: string(id), Name: p.Name, Count: viewCount(n)})
		}
	}
	for _, c := range m.Silent() {
		out.Silent = append(out.Silent, v.report(t, c, all[c.Key], v.who(ctx)))
	}
	if v.who(ctx).MayAnywhere(actor.Ask) {
		out.May = append(out.May, string(actor.Ask))
	}
	return out, nil
}

func (v *view) matrixRows(m reporting.Matrix, all map[reporting.Key]*filed) []httpapi.CompleteRow {
	out := make([]httpapi.CompleteRow, 0, len(m.Places))
	index := map[place.ID]int{}
	for _, id := range m.Places {
		p, _ := v.Atlas.Place(id)
		row := httpapi.CompleteRow{Place: string(id), Name: p.Name, Cells: make([]httpapi.CompleteCell, len(m.Periods))}
		for i := range row.Cells {
			row.Cells[i] = httpapi.CompleteCell{State: "none", Step: "none"}
		}
		index[id] = len(out)
		out = append(out, row)
	}
	counts := make([]reporting.Count, len(out))
	for _, c := range m.Cells {
		i, j := index[c.Place], slices.Index(m.Periods, c.Period)
		out[i].Cells[j] = httpapi.CompleteCell{State: string(c.State), DaysLate: c.DaysLate, Step: all[c.Key].step()}
		counts[i].Add(c)
	}
	for i := range out {
		out[i].Count = viewCount(counts[i])
	}
	return out
}

func viewCount(c reporting.Count) httpapi.CompleteCount {
	out := httpapi.CompleteCount{Expected: c.Expected, OnTime: c.OnTime, Late: c.Late, Missing: c.Missing, NotDue: c.NotDue, Published: c.Published}
	if share, ok := c.Share(); ok {
		out.Share = &share
	}
	return out
}

// Remind asks those who owe a report for it, at most once a day.
func (a *App) Remind(ctx context.Context, r httpapi.Reminder) (*httpapi.Reminded, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	t, err := v.template(r.Template)
	if err != nil {
		return nil, err
	}
	p, err := period.Parse(r.Period)
	if err != nil {
		return nil, err
	}
	all, err := a.filedOf(ctx, v, t)
	if err != nil {
		return nil, err
	}
	var owed []reporting.Cell
	for _, code := range r.Places {
		at := place.ID(code)
		if !t.Expects(at, p, v.Atlas) {
			return nil, fault.New(fault.NotFound, "app.Remind", t.Code, "no report of one of these places is due for the period")
		}
		if err := a.may(ctx, v, actor.Ask, at); err != nil {
			return nil, err
		}
		cells := t.Completeness([]period.Period{p}, v.Atlas, func(id place.ID) bool { return id == at }, receipts(all), v.at.AsOf).Cells
		if len(cells) == 1 && cells[0].Received == nil {
			owed = append(owed, cells[0])
		}
	}
	sent, err := a.remindOf(ctx, v, t, owed)
	if err != nil {
		return nil, err
	}
	return &httpapi.Reminded{Reminded: sent, Skipped: len(r.Places) - sent}, nil
}
