package method

import (
	"math"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shopspring/decimal"
)

func sums() []Method {
	return []Method{
		{Name: "ledger.sum", Version: 1, Title: lang.Text{lang.KK: "Айтылған сандардың қосындысы", lang.RU: "Сумма чисел, как они сказаны", lang.EN: "Sum of numbers as they were stated"},
			Input: "values: list of {value, qualifier}", Params: "about_tolerance (0.05)", run: runSum},
		{Name: "ledger.share", Version: 1, Title: lang.Text{lang.KK: "Бүтіндегі үлес", lang.RU: "Доля целого", lang.EN: "Share of a whole"},
			Input: "part: {value, qualifier}; rest or whole: list of {value, qualifier}", Params: "places (1)", run: runShare},
		{Name: "ledger.change", Version: 1, Title: lang.Text{lang.KK: "Екі мәннің арасындағы өзгеріс", lang.RU: "Изменение между двумя значениями", lang.EN: "Change between two values"},
			Input: "base, now: {value} or {count, population}", Params: "none", run: runChange},
	}
}

func runSum(c *Case) (Result, error) {
	var in struct {
		Values []amount `json:"values"`
	}
	var p tolerant
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	tol, err := p.value()
	if err != nil {
		return Result{}, err
	}
	if len(in.Values) == 0 {
		return Refused("there is nothing to add"), nil
	}
	total, all := decimal.Zero, stat.Point(decimal.Zero)
	var quals []ledger.Qualifier
	for _, a := range in.Values {
		q, err := a.qualifier()
		if err != nil {
			return Result{}, err
		}
		if a.Value == nil {
			return Refused("one of the values is unknown: a sum without it would look complete"), nil
		}
		total, all, quals = total.Add(a.Value.Decimal), all.Add(q.Interval(a.Value.Decimal, tol)), append(quals, q)
	}
	q, definite := stat.SumQualifier(quals...)
	r := Result{Value: toNumber(total), Intervals: []Interval{stated(all)}, Extra: map[string]any{"qualifier": q, "lower_open": all.LowOpen, "upper_open": all.HighOpen}}
	if !definite {
		r.Notes = []string{"lower and upper bounds were added: the sum says nothing definite"}
	}
	return r, nil
}

func runShare(c *Case) (Result, error) {
	var in struct {
		Part  amount   `json:"part"`
		Rest  []amount `json:"rest"`
		Whole []amount `json:"whole"`
	}
	var p struct {
		Places *int32 `json:"places"`
	}
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	places := int32(1)
	if p.Places != nil {
		places = *p.Places
	}
	if places < 0 || places > 12 {
		return Result{}, fault.New(fault.Invalid, "method.share", "places", "decimal places are 0 to 12")
	}
	if (len(in.Rest) == 0) == (len(in.Whole) == 0) {
		return Result{}, fault.New(fault.Invalid, "method.share", "input", "give either whole, or rest: what lies beside the part")
	}
	q, err := in.Part.qualifier()
	if err != nil {
		return Result{}, err
	}
	if in.Part.Value == nil {
		return Refused("the part is unknown"), nil
	}
	whole := decimal.Zero
	if len(in.Rest) > 0 {
		whole = in.Part.Value.Decimal
	}
	quals := []ledger.Qualifier{q}
	for _, a := range append(in.Rest, in.Whole...) {
		q, err := a.qualifier()
		if err != nil {
			return Result{}, err
		}
		if a.Value == nil {
			return Refused("a part of the whole is unknown"), nil
		}
		whole, quals = whole.Add(a.Value.Decimal), append(quals, q.Inverse())
	}
	if !whole.IsPositive() {
		return Refused("there is no share of a whole that is not above zero"), nil
	}
	q, definite := stat.SumQualifier(quals...)
	r := Result{Value: toNumber(in.Part.Value.Mul(decimal.NewFromInt(100)).DivRound(whole, places)), Extra: map[string]any{"qualifier": q, "unit": "percent", "whole": toNumber(whole)}}
	if !definite {
		r.Notes = append(r.Notes, "part and whole were stated as bounds of opposite sides: the share says nothing definite")
	}
	if in.Part.Value.GreaterThan(whole) {
		r.Notes = append(r.Notes, "the part is larger than the whole")
	}
	return r, nil
}

// measured is one side of a change.
type measured struct {
	Value      *number  `json:"value"`
	Count      *float64 `json:"count"`
	Population *float64 `json:"population"`
}

func (m measured) counted() bool { return m.Count != nil && m.Population != nil }

func runChange(c *Case) (Result, error) {
	var in struct {
		Base measured `json:"base"`
		Now  measured `json:"now"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return Result{}, err
	}
	if in.Base.counted() && in.Now.counted() {
		return changeOfCounts(*in.Base.Count, *in.Base.Population, *in.Now.Count, *in.Now.Population)
	}
	if in.Base.Value == nil || in.Now.Value == nil {
		return Refused("a change needs the value before and the value now"), nil
	}
	if in.Base.Value.IsZero() {
		return Refused("there is no change in per cent from zero"), nil
	}
	change := in.Now.Value.Sub(in.Base.Value.Decimal).Mul(decimal.NewFromInt(100)).DivRound(in.Base.Value.Abs(), 12)
	return Result{Value: toNumber(change), Extra: map[string]any{"unit": "percent", "difference": toNumber(in.Now.Value.Sub(in.Base.Value.Decimal))},
		Notes: []string{"without counts there is no interval: the change cannot be told from chance"}}, nil
}

// changeOfCounts compares two rates by their counts.
func changeOfCounts(base, basePeople, now, nowPeople float64) (Result, error) {
	if !(base >= 0 && now >= 0 && basePeople > 0 && nowPeople > 0) {
		return Result{}, fault.New(fault.Invalid, "method.change", "input", "a count is not negative and a population is above zero")
	}
	if base+now == 0 {
		return Refused("nothing was counted before or now"), nil
	}
	x := stat.RatioOfRates(base, basePeople, now, nowPeople)
	if base == 0 {
		return Refused("nothing was counted before: there is no change in per cent from zero"), nil
	}
	const confidence = 0.95
	percent := func(ratio float64) *float64 { v := 100 * (ratio - 1); return &v }
	of := func(ratio float64) any { // a limit that JSON can say
		if math.IsNaN(ratio) || math.IsInf(ratio, 0) {
			return nil
		}
		return Number(ratio)
	}
	c := confidence
	r := Result{Value: Number(*percent(x.Ratio)), Intervals: []Interval{{Confidence: &c, Lower: Number(*percent(x.Lower)), Upper: Number(*percent(x.Upper))}},
		Extra: map[string]any{"unit": "percent", "rate_ratio": of(x.Ratio), "rate_ratio_lower": of(x.Lower), "rate_ratio_upper": of(x.Upper),
			"normal_lower": of(*percent(x.NormalLower)), "normal_upper": of(*percent(x.NormalUpper))},
		Notes: []string{"the interval is exact, conditional on the total of both counts; normal_lower and normal_upper are those of the logarithm"}}
	if x.Lower <= 1 && x.Upper >= 1 {
		r.Notes = append(r.Notes, "the interval holds 0: such a change may be chance")
	}
	return r, nil
}
