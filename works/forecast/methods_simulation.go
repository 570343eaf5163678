package forecast

import (
	"fmt"
	"math"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/period"
)

func simulations() []method.Method {
	return []method.Method{
		method.New(method.Method{Name: "works.stage-simulation", Version: 1,
			Title:  lang.Text{lang.KK: "Қалған кезеңдерді модельдеу", lang.RU: "Моделирование оставшихся этапов", lang.EN: "Simulation of the stages that are left"},
			Input:  "from: day of the last report; stages: list of {name, days, done, spread, after, overlap}; together, deadline, open_on, today (optional)",
			Params: "seed (1), runs (10000), correlation (0.3)"}, runSimulation),
	}
}

// spreadCase is a spread in a case.
type spreadCase struct {
	Shape  Shape     `json:"shape"`
	Low    float64   `json:"low"`
	Likely float64   `json:"likely"`
	High   float64   `json:"high"`
	Median float64   `json:"median"`
	Sigma  float64   `json:"sigma"`
	Cases  []float64 `json:"cases"`
	Tail   float64   `json:"tail"`
}

func runSimulation(c *method.Case) (method.Result, error) {
	const op = "forecast.runSimulation"
	var in struct {
		From   *period.Date `json:"from"`
		Stages []struct {
			Name    string      `json:"name"`
			Days    float64     `json:"days"`
			Done    float64     `json:"done"`
			Spread  *spreadCase `json:"spread"`
			After   []string    `json:"after"`
			Overlap float64     `json:"overlap"`
		} `json:"stages"`
		Together bool         `json:"together"`
		Deadline *period.Date `json:"deadline"`
		OpenOn   *period.Date `json:"open_on"`
		Today    *period.Date `json:"today"`
	}
	p := struct {
		Seed        uint64  `json:"seed"`
		Runs        int     `json:"runs"`
		Correlation float64 `json:"correlation"`
	}{1, DefaultRuns, DefaultCorrelation}
	if err := c.Decode(&in, &p); err != nil {
		return method.Result{}, err
	}
	if in.From == nil {
		return method.Result{}, fault.New(fault.Invalid, op, "from", "give from, the day of the last report, YYYY-MM-DD")
	}
	if len(in.Stages) > mostStages {
		return method.Result{}, fault.New(fault.TooLarge, op, "stages", "a project has at most %d stages", mostStages)
	}
	path := Path{From: *in.From, Together: in.Together, Deadline: in.Deadline, OpenOn: in.OpenOn, Today: in.Today}
	places := map[string]int{}
	for i, x := range in.Stages {
		s := Stage{Name: x.Name, Days: x.Days, Done: x.Done, Overlap: x.Overlap}
		if x.Spread != nil {
			y := Spread(*x.Spread)
			s.Spread = &y
		}
		if x.After != nil {
			s.After = []int{}
			for _, name := range x.After {
				k, ok := places[name]
				if !ok {
					return method.Result{}, fault.New(fault.Invalid, op, "after", "a stage comes after the names of stages that stand before it in the list")
				}
				s.After = append(s.After, k)
			}
		}
		places[x.Name] = i
		path.Stages = append(path.Stages, s)
	}
	deck, err := NewDeck(p.Seed, p.Runs, p.Correlation)
	if err != nil {
		return method.Result{}, err
	}
	o, _, influence, err := deck.Simulate(path)
	if err != nil {
		return method.Result{}, err
	}
	r := method.Result{Notes: noted(o.Notes), Extra: map[string]any{"runs": o.Runs, "p10": o.P10, "p50": o.P50, "p80": o.P80, "p90": o.P90, "mean": o.Mean}}
	if o.P50 != nil {
		r.Value = fmt.Sprint(*o.P50)
	}
	if in.Deadline != nil {
		r.Extra["on_time"] = map[string]any{"share": coarse(o.OnTime), "lower": coarse(o.OnTimeLow), "upper": coarse(o.OnTimeHigh), "confidence": 0.95}
	}
	stages := []map[string]any{}
	for _, x := range influence {
		stages = append(stages, map[string]any{"name": x.Stage, "rank": coarse(x.Rank), "share": coarse(x.Share)})
	}
	r.Extra["stages"] = stages
	return r, nil
}

// coarse rounds what a simulation says to two places: more would promise what
// 10,000 futures cannot keep.
func coarse(v *float64) any {
	if v == nil {
		return nil
	}
	return value(writtenValue(math.Round(*v*100) / 100))
}
