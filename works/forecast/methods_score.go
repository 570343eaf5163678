package forecast

import (
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/period"
)

func scores() []method.Method {
	return []method.Method{
		method.New(method.Method{Name: "works.forecast-score", Version: 1,
			Title:  lang.Text{lang.KK: "Өткен болжамдардың дәлдігі", lang.RU: "Качество прошлых прогнозов", lang.EN: "Scores of past forecasts"},
			Input:  "forecasts: list of {project, made, p10, p50, p80, p90, declared, ended}; as_of, needed while a project is open",
			Params: "none"}, runScore),
	}
}

func runScore(c *method.Case) (method.Result, error) {
	const op = "forecast.runScore"
	var in struct {
		AsOf      *period.Date `json:"as_of"`
		Forecasts []struct {
			Project  string       `json:"project"`
			Made     *period.Date `json:"made"`
			P10      *period.Date `json:"p10"`
			P50      *period.Date `json:"p50"`
			P80      *period.Date `json:"p80"`
			P90      *period.Date `json:"p90"`
			Declared *period.Date `json:"declared"`
			Ended    *period.Date `json:"ended"`
		} `json:"forecasts"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return method.Result{}, err
	}
	asOf := period.MaxDate
	var list []Said
	for _, x := range in.Forecasts {
		if x.Made == nil || x.Project == "" {
			return method.Result{}, fault.New(fault.Invalid, op, "forecasts", "a forecast needs project and made, the day it was made, YYYY-MM-DD")
		}
		if x.Ended == nil && in.AsOf == nil {
			return method.Result{}, fault.New(fault.Invalid, op, "as_of", "a project is open: give as_of, the day by which it had not ended, YYYY-MM-DD")
		}
		f := Said{Project: x.Project, Made: *x.Made, Declared: x.Declared, Ended: x.Ended}
		for _, l := range []struct {
			p   float64
			day *period.Date
		}{{0.1, x.P10}, {0.5, x.P50}, {0.8, x.P80}, {0.9, x.P90}} {
			if l.day != nil {
				f.Levels = append(f.Levels, Level{l.p, *l.day})
			}
		}
		list = append(list, f)
	}
	if in.AsOf != nil {
		asOf = *in.AsOf
	}
	s := Score(list, asOf)
	r := method.Result{Value: value(written(s.CRPS)), Notes: noted(s.Notes)}
	calibration := []map[string]any{}
	for _, x := range s.Calibration {
		calibration = append(calibration, map[string]any{"p": x.P, "n": x.N, "kept": x.Kept, "open": x.Open, "early": x.Early, "undecided": x.Undecided, "share": written(x.Share), "lower": written(x.Low), "upper": written(x.High)})
	}
	losses := []map[string]any{}
	for _, x := range s.Losses {
		losses = append(losses, map[string]any{"p": x.P, "mean": writtenValue(x.Mean)})
	}
	bins := []map[string]any{}
	for _, x := range s.Bins {
		bins = append(bins, map[string]any{"from": x.From, "to": x.To, "n": x.N, "expected": writtenValue(x.Expected)})
	}
	r.Extra = map[string]any{"scored": s.Scored, "open": s.Open, "refused": s.Refused, "projects": s.Projects, "calibration": calibration, "pinball": losses,
		"interval_score": written(s.Interval), "sharpness": written(s.Sharpness), "pit": bins,
		"against_declared": map[string]any{"projects": s.Pairs, "declared": written(s.Naive), "skill": written(s.Skill), "gain": written(s.Gain), "lower": written(s.Least), "upper": written(s.Most), "confidence": 0.95}}
	return r, nil
}
