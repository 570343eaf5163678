package method

import (
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/period"
)

func reports() []Method {
	return []Method{
		{Name: "plausible_range", Version: 1, Title: lang.Text{lang.KK: "Күтілетін мәндер ауқымы", lang.RU: "Правдоподобный диапазон значения", lang.EN: "Plausible range of a value"},
			Input: "period; history: list of {period, value}; value (optional)", Params: "scale (count, rate or stock; count), k (3.5), decimals (0)", run: runPlausible},
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
	if err := c.decode(&in, &p); err != nil {
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
		return refused("the history is too short: four values of earlier periods of the same length, or three of the same season, are needed; for a stock five"), nil
	}
	r := Result{Value: floatNumber(got.Centre), Intervals: []Interval{{Lower: floatNumber(got.Lower), Upper: floatNumber(got.Upper)}},
		Extra: map[string]any{"basis": got.Basis, "n": got.N, "spread": floatNumber(got.Spread)}}
	if in.Value != nil {
		v, _ := in.Value.Float64()
		r.Extra["plausible"] = got.Holds(v)
	}
	return r, nil
}
