package app

import (
	"context"
	"encoding/json"
	"sort"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shopspring/decimal"
)

// Vocabulary returns what a page needs to name things.
func (a *App) Vocabulary(ctx context.Context, w When) (*httpapi.Vocabulary, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	used, err := a.Store.SeriesByMeasure(ctx)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(v.Country)
	if err != nil {
		return nil, fault.Wrap(err, "app.Vocabulary", "")
	}
	out := &httpapi.Vocabulary{Country: httpapi.Raw(body), Languages: lang.Codes(), Themes: map[string]lang.Text{}, Measures: []httpapi.MeasureOut{}, Units: map[string]httpapi.UnitOut{},
		Dimensions: map[string]httpapi.LabelOut{}, Places: []httpapi.Place{}, Offices: map[string]httpapi.OfficeOut{}, Rules: []httpapi.RuleOut{}}
	for _, t := range ledger.Themes() {
		out.Themes[string(t)] = lang.Text{lang.EN: string(t)}
	}
	for _, m := range v.Measures {
		out.Measures = append(out.Measures, httpapi.MeasureOut{Code: m.Code, Version: m.Version, Theme: string(m.Theme), Unit: m.Unit, Noun: m.Noun, Polarity: string(m.Polarity),
			DeliveredBy: optional(m.DeliveredBy), Headline: m.Headline, Name: m.Name, Definition: m.Definition, Series: used[m.Code]})
	}
	sort.Slice(out.Measures, func(i, j int) bool { return out.Measures[i].Code < out.Measures[j].Code })
	for _, u := range v.Units {
		out.Units[u.Code] = httpapi.UnitOut{Kind: u.Kind, Name: u.Name, Forms: u.Forms}
	}
	for _, l := range v.Labels {
		d := out.Dimensions[l.Dimension]
		if d.Values == nil {
			d.Values = map[string]lang.Text{}
		}
		if l.Value == "" {
			d.Name = l.Name
		} else {
			d.Values[l.Value] = l.Name
		}
		if l.Dimension == "theme" && l.Value != "" {
			out.Themes[l.Value] = l.Name
		}
		out.Dimensions[l.Dimension] = d
	}
	if d, ok := out.Dimensions["service"]; ok {
		for _, x := range v.Services {
			if d.Values[x.Code] == nil {
				d.Values[x.Code] = x.Name // capacity speaks of services that no figure is about
			}
		}
	}
	for _, p := range v.Atlas.All() {
		out.Places = append(out.Places, viewPlace(p))
	}
	for _, o := range v.Offices {
		out.Offices[o.Code] = httpapi.OfficeOut{Name: o.Name, Place: string(o.Place), Kind: o.Kind}
	}
	for _, r := range v.Rules {
		out.Rules = append(out.Rules, httpapi.RuleOut{Code: r.Code, Type: string(r.Type), Title: r.Title})
	}
	out.Documents, err = a.documents(ctx, v)
	return out, err
}

var assumedWords = map[string]lang.Text{
	"board": {lang.KK: "Кезеңін өзіміз шығарған уәделердің үлесі", lang.RU: "Доля обещаний, период которых выведен нами", lang.EN: "Share of promises whose period is our inference"},
	"date":  {lang.KK: "Күні жоқ құжаттағы уәделердің үлесі", lang.RU: "Доля обещаний из документов без даты", lang.EN: "Share of promises from documents without a date"},
}

// About tells where the data come from and how much of them is assumed.
func (a *App) About(ctx context.Context, w When) (*httpapi.About, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	out := &httpapi.About{Version: a.Version, Parameters: []httpapi.ParameterOut{}, Assumed: []httpapi.AssumedShare{}, Notices: []httpapi.NoticeOut{}, Database: string(a.Store.Engine())}
	if out.Sources, err = a.documents(ctx, v); err != nil {
		return nil, err
	}
	for _, p := range v.Country.Parameters {
		out.Parameters = append(out.Parameters, httpapi.ParameterOut(p))
	}
	for _, s := range v.Services {
		for _, p := range s.Parameters {
			p.Code = s.Code + "." + p.Code
			out.Parameters = append(out.Parameters, httpapi.ParameterOut(p))
		}
	}
	for _, n := range v.Country.Notices {
		out.Notices = append(out.Notices, httpapi.NoticeOut(n))
	}
	out.Assumed = v.assumed(j.board)
	return out, nil
}

// assumed tells how much of the board rests on our reading.
func (*view) assumed(b *board.Board) []httpapi.AssumedShare {
	out := []httpapi.AssumedShare{}
	n := len(b.Items)
	if n == 0 {
		return out
	}
	inferred, undated := 0, 0
	for i := range b.Items {
		if b.Items[i].PeriodInferred {
			inferred++
		}
		if b.Items[i].Target.Published == nil {
			undated++
		}
	}
	share := func(k int) httpapi.Number {
		return httpapi.Number(decimal.NewFromInt(int64(k)).DivRound(decimal.NewFromInt(int64(n)), 3).String())
	}
	return append(out, httpapi.AssumedShare{Page: "board", Share: share(inferred), What: assumedWords["board"]}, httpapi.AssumedShare{Page: "board", Share: share(undated), What: assumedWords["date"]})
}
