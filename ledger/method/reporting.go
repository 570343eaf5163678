package method

import (
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/disclosure"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/period"
)

func reports() []Method {
	return []Method{
		{Name: "plausible_range", Version: 1, Title: lang.Text{lang.KK: "Күтілетін мәндер ауқымы", lang.RU: "Правдоподобный диапазон значения", lang.EN: "Plausible range of a value"},
			Input: "period; history: list of {period, value}; value (optional)", Params: "scale (count, rate or stock; count), k (3.5), decimals (0)", run: runPlausible},
		{Name: "disclosure", Version: 1, Title: lang.Text{lang.KK: "Аз сандарды қорғау", lang.RU: "Защита малых чисел", lang.EN: "Disclosure control of small counts"},
			Input: "cells: list of {id, value, known, before, contributions}; sums: list of {total, parts}", Params: "rule (count_5), one of " + ruleCodes(), run: runDisclosure},
	}
}

func runPlausible(c *Case) (Result, error) {
	var in struct {
		Period  period.Period `json:"period"`
		History []struct {
			Period period.Period `json:"period"`
			Value  number        `json:"value"`
		} `json:"history"`
		Value *number `json:"value"`
	}
	var p struct {
		Scale    reporting.Scale `json:"scale"`
		K        float64         `json:"k"`
		Decimals int             `json:"decimals"`
	}
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	if p.Scale == "" {
		p.Scale = reporting.Ratio
	}
	if p.Decimals < 0 || p.Decimals > 6 {
		return Result{}, fault.New(fault.Invalid, "method.plausible_range", "decimals", "decimals are 0 to 6")
	}
	history := make([]reporting.Past, len(in.History))
	for i, h := range in.History {
		history[i].Period = h.Period
		history[i].Value, _ = h.Value.Float64()
	}
	got, err := reporting.PlausibleRange(reporting.RangeRule{Scale: p.Scale, K: p.K}, p.Decimals, in.Period, history)
	if err != nil {
		return Result{}, err
	}
	if !got.Known {
		return Refused("the history is too short: four values of earlier periods of the same length, or three of the same season, are needed; for a stock five"), nil
	}
	r := Result{Value: Number(got.Centre), Intervals: []Interval{{Lower: Number(got.Lower), Upper: Number(got.Upper)}},
		Extra: map[string]any{"basis": got.Basis, "n": got.N, "spread": Number(got.Spread)}}
	if in.Value != nil {
		v, _ := in.Value.Float64()
		r.Extra["plausible"] = got.Holds(v)
	}
	return r, nil
}

func ruleCodes() string {
	var out []string
	for _, r := range disclosure.Rules() {
		out = append(out, r.Code)
	}
	return strings.Join(out, ", ")
}

func runDisclosure(c *Case) (Result, error) {
	var in struct {
		Cells []struct {
			ID            string  `json:"id"`
			Value         int64   `json:"value"`
			Known         bool    `json:"known"`
			Before        *int64  `json:"before"`
			Contributions []int64 `json:"contributions"`
		} `json:"cells"`
		Sums []struct {
			Total string   `json:"total"`
			Parts []string `json:"parts"`
		} `json:"sums"`
	}
	p := struct {
		Rule string `json:"rule"`
	}{"count_5"}
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	rule, ok := disclosure.Find(p.Rule)
	if !ok {
		return Result{}, fault.New(fault.Invalid, "method.disclosure", "rule", "the rule is one of %s", ruleCodes())
	}
	var t disclosure.Table
	for _, x := range in.Cells {
		t.Cells = append(t.Cells, disclosure.Cell{ID: x.ID, Value: x.Value, Known: x.Known, Before: x.Before, Contributions: x.Contributions})
	}
	for _, x := range in.Sums {
		t.Sums = append(t.Sums, disclosure.Sum{Total: x.Total, Parts: x.Parts})
	}
	if rule.Base > 0 {
		got, err := disclosure.Round(t, rule.Base)
		return Result{Extra: map[string]any{"rounded": got}}, err
	}
	got, err := disclosure.Suppress(t, rule)
	if err != nil {
		return Result{}, err
	}
	status, reach, hidden := map[string]string{}, map[string][2]*int64{}, 0
	for id, s := range got.Status {
		if s == disclosure.Free {
			continue
		}
		status[id] = string(s)
		hidden++
	}
	for id, x := range got.Reach {
		low := x.Low
		reach[id] = [2]*int64{&low, x.High}
	}
	return Result{Value: hidden, Extra: map[string]any{"suppressed": status, "reach": reach, "exposed": got.Exposed}}, nil
}
