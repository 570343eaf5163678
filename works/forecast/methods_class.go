package forecast

import (
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/method"
)

func classes() []method.Method {
	return []method.Method{
		method.New(method.Method{Name: "works.reference-class", Version: 1,
			Title:  lang.Text{lang.KK: "Ұқсас жобалар бойынша болжам", lang.RU: "Прогноз по классу схожих проектов", lang.EN: "Reference-class forecast"},
			Input:  "cases: list of {id, classes, ratio} or {id, classes, planned, actual}; classes from narrow to wide; planned, elapsed (optional); or parts: list of {prior, share}",
			Params: "chance (0.2): acceptable chance of overrun; minimum (14), confidence (0.95), prior (a published class), prior_cases (0)"}, runClass),
	}
}

type closedCase struct {
	ID      string   `json:"id"`
	Classes []string `json:"classes"`
	Ratio   *float64 `json:"ratio"`
	Planned *float64 `json:"planned"`
	Actual  *float64 `json:"actual"`
}

// closed returns the case as the package takes it.
func (c closedCase) closed() (Closed, error) {
	out := Closed{ID: c.ID, Classes: c.Classes}
	switch {
	case c.Ratio != nil && c.Planned == nil && c.Actual == nil:
		out.Ratio = *c.Ratio
	case c.Ratio == nil && c.Planned != nil && c.Actual != nil && *c.Planned > 0:
		out.Ratio = *c.Actual / *c.Planned
	default:
		return out, fault.New(fault.Invalid, "forecast.runClass", "cases", "a case has either a ratio, or planned above 0 and actual")
	}
	return out, nil
}

func runClass(c *method.Case) (method.Result, error) {
	const op = "forecast.runClass"
	var in struct {
		Cases   []closedCase `json:"cases"`
		Classes []string     `json:"classes"`
		Planned *float64     `json:"planned"`
		Elapsed *float64     `json:"elapsed"`
		Parts   []struct {
			Prior string  `json:"prior"`
			Share float64 `json:"share"`
		} `json:"parts"`
	}
	p := struct {
		Chance     float64 `json:"chance"`
		Minimum    int     `json:"minimum"`
		Confidence float64 `json:"confidence"`
		Prior      string  `json:"prior"`
		PriorCases float64 `json:"prior_cases"`
	}{Chance: 0.2, Minimum: MinimumClass, Confidence: 0.95}
	if err := c.Decode(&in, &p); err != nil {
		return method.Result{}, err
	}
	refuse := func(field, sentence string) (method.Result, error) {
		return method.Result{}, fault.New(fault.Invalid, op, field, "%s", sentence)
	}
	const unknown = "no published class has this id: docs/method/works-reference-class.md lists them"
	if in.Parts != nil {
		var parts []Part
		for _, x := range in.Parts {
			prior, ok := FindPrior(x.Prior)
			if !ok {
				return refuse("parts", unknown)
			}
			parts = append(parts, Part{prior, x.Share})
		}
		mean, notes := Combined(parts)
		return method.Result{Value: value(written(mean)), Notes: noted(notes)}, nil
	}
	switch {
	case !(p.Chance > 0 && p.Chance < 1):
		return refuse("chance", "the acceptable chance of overrun lies between 0 and 1")
	case !(p.Confidence > 0 && p.Confidence < 1):
		return refuse("confidence", "the confidence lies between 0 and 1")
	case p.Minimum < 1:
		return refuse("minimum", "a class needs at least one project")
	case !(p.PriorCases >= 0 && p.PriorCases <= 1e6):
		return refuse("prior_cases", "the weight of a published class is 0 to 1,000,000 cases")
	case in.Planned != nil && !(*in.Planned > 0), in.Elapsed != nil && (in.Planned == nil || !(*in.Elapsed >= 0)):
		return refuse("planned", "planned is above 0, and elapsed needs planned and is not below 0")
	}
	q := Query{Classes: in.Classes, Minimum: p.Minimum, Confidence: p.Confidence, PriorCases: p.PriorCases}
	if p.Prior != "" {
		prior, ok := FindPrior(p.Prior)
		if !ok {
			return refuse("prior", unknown)
		}
		q.Prior = &prior
	}
	var list []Closed
	for _, x := range in.Cases {
		one, err := x.closed()
		if err != nil {
			return method.Result{}, err
		}
		list = append(list, one)
	}
	r := Outside(list, q)
	return r.result(p.Chance, in.Planned, in.Elapsed), nil
}

// result writes the answer of a query.
func (r *Reference) result(chance float64, planned, elapsed *float64) method.Result {
	at := r.Quantile(1 - chance)
	out := method.Result{Value: value(written(at.Ratio)), Notes: noted(append(r.Notes, at.Notes...))}
	if r.N > 0 && r.Prior == nil {
		confidence := r.confidence
		out.Intervals = []method.Interval{{Confidence: &confidence, Lower: written(at.Low), Upper: written(at.High)}}
	}
	sizes := []map[string]any{}
	for _, x := range r.Considered {
		sizes = append(sizes, map[string]any{"class": x.Class, "n": x.N})
	}
	levels := map[string]any{}
	for name, p := range map[string]float64{"p10": 0.1, "p50": 0.5, "p80": 0.8, "p90": 0.9} {
		levels[name] = written(r.Quantile(p).Ratio)
	}
	out.Extra = map[string]any{"uplift": written(r.Uplift(chance).Ratio), "class": r.Class, "n": r.N, "considered": sizes, "levels": levels, "mean": written(r.Mean), "tail": nil, "prior": nil}
	if r.Tail != nil {
		out.Extra["tail"] = map[string]any{"from": writtenValue(r.Tail.From), "cases": r.Tail.Cases, "index": writtenValue(r.Tail.Index), "lower": writtenValue(r.Tail.Low), "upper": writtenValue(r.Tail.High)}
	}
	if r.Prior != nil {
		out.Extra["prior"] = map[string]any{"id": r.Prior.ID, "cases": writtenValue(r.PriorCases), "mean": written(r.Prior.Mean), "tail_index": written(r.Prior.TailIndex()), "source": r.Prior.Source}
	}
	if planned != nil {
		if at.Ratio != nil {
			out.Extra["forecast"] = writtenValue(*at.Ratio * *planned)
		}
		if elapsed != nil {
			given := r.Given(*elapsed / *planned, 1-chance)
			out.Extra["given_elapsed"] = nil
			if given.Ratio != nil {
				out.Extra["given_elapsed"] = writtenValue(*given.Ratio * *planned)
			}
		}
	}
	return out
}
