package forecast

import (
	"fmt"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/period"
)

func looks() []method.Method {
	return []method.Method{
		method.New(method.Method{Name: "works.end-forecast", Version: 1,
			Title:  lang.Text{lang.KK: "Жобаның аяқталуы: төрт көзқарас", lang.RU: "Окончание проекта: четыре взгляда", lang.EN: "The end of a project: four views"},
			Input:  "report, today, declared: days; stages: list of {name, weight, start, end, done, spread}; percent instead of done; ratios: actual / planned days of projects like it",
			Params: "seed (1), runs (10000), correlation (0.3)"}, runLook),
	}
}

func runLook(c *method.Case) (method.Result, error) {
	const op = "forecast.runLook"
	var in struct {
		Report   *period.Date `json:"report"`
		Today    *period.Date `json:"today"`
		Declared *period.Date `json:"declared"`
		Percent  *float64     `json:"percent"`
		Ratios   []float64    `json:"ratios"`
		Stages   []struct {
			stageCase
			Spread *spreadCase `json:"spread"`
		} `json:"stages"`
	}
	p := struct {
		Seed        uint64  `json:"seed"`
		Runs        int     `json:"runs"`
		Correlation float64 `json:"correlation"`
	}{1, DefaultRuns, DefaultCorrelation}
	if err := c.Decode(&in, &p); err != nil {
		return method.Result{}, err
	}
	refuse := func(field, sentence string) (method.Result, error) {
		return method.Result{}, fault.New(fault.Invalid, op, field, "%s", sentence)
	}
	if in.Report == nil {
		return refuse("report", "give report, the day of the last report, YYYY-MM-DD")
	}
	if in.Percent != nil && !(*in.Percent >= 0 && *in.Percent <= 100) {
		return refuse("percent", "the percentage done is 0 to 100")
	}
	s := Sight{Report: *in.Report, Today: *in.Report, Declared: in.Declared}
	if in.Today != nil {
		s.Today = *in.Today
	}
	var plan []Baseline
	for _, x := range in.Stages {
		if x.Start == nil || x.End == nil {
			return refuse("stages", "a stage needs start and end, YYYY-MM-DD")
		}
		if in.Percent != nil && x.Done != 0 {
			return refuse("percent", "give either percent for the whole, or done for each stage")
		}
		b := Baseline{x.Name, x.Weight, *x.Start, *x.End}
		plan = append(plan, b)
		s.Stages = append(s.Stages, Progress{b, x.Done})
		var spread *Spread
		if x.Spread != nil {
			y := Spread(*x.Spread)
			spread = &y
		}
		s.Spreads = append(s.Spreads, spread)
	}
	if in.Percent != nil {
		s.Stages = InOrder(plan, *in.Percent/100)
	}
	if len(in.Ratios) > 0 {
		var closed []Closed
		for i, x := range in.Ratios {
			closed = append(closed, Closed{fmt.Sprint(i), []string{"ratios"}, x})
		}
		class := Outside(closed, Query{Classes: []string{"ratios"}})
		s.Class = &class
	}
	deck, err := NewDeck(p.Seed, p.Runs, p.Correlation)
	if err != nil {
		return method.Result{}, err
	}
	v, err := deck.Look(s)
	if err != nil {
		return method.Result{}, err
	}
	r := method.Result{Notes: noted(append(v.Schedule.Notes, v.Stages.Notes...)), Extra: map[string]any{
		"declared":        v.Declared,
		"earned_schedule": map[string]any{"end": v.Schedule.EndAsPaced, "as_planned": v.Schedule.EndAsMeant, "spi_t": written(v.Schedule.Index), "p_factor": written(v.PFactor)},
		"stages":          map[string]any{"p10": v.Stages.P10, "p50": v.Stages.P50, "p80": v.Stages.P80, "p90": v.Stages.P90, "on_time": coarse(v.Stages.OnTime), "runs": v.Stages.Runs, "decides": v.Decides},
		"class":           nil, "warning": v.Warning, "reasons": v.Reasons}}
	if v.Reasons == nil {
		r.Extra["reasons"] = []Note{}
	}
	if s.Class != nil {
		r.Extra["class"] = map[string]any{"n": s.Class.N, "p50": v.ClassP50, "p80": v.ClassP80, "notes": noted(append(s.Class.Notes, v.ClassNotes...))}
	}
	if v.Stages.P80 != nil {
		r.Value = fmt.Sprint(*v.Stages.P80)
	}
	return r, nil
}
