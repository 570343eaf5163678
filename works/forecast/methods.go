package forecast

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

// Methods returns the published methods of this package.
func Methods() []method.Method {
	return slices.Concat(plans(), classes(), simulations(), looks(), scores())
}

func plans() []method.Method {
	return []method.Method{
		method.New(method.Method{Name: "works.earned-value", Version: 1,
			Title: lang.Text{lang.KK: "Игерілген көлем", lang.RU: "Освоенный объём", lang.EN: "Earned value"},
			Input: "budget, earned (tenge); planned, spent (null: unknown); pace: SPI(t), optional", Params: "formula (cost): which estimate is the value"}, runValue),
		method.New(method.Method{Name: "works.earned-schedule", Version: 1,
			Title: lang.Text{lang.KK: "Игерілген мерзім", lang.RU: "Освоенный срок", lang.EN: "Earned schedule"},
			Input: "plan by periods, earned, at; or start, plan of {day, value}, earned, day; or stages of {name, weight, start, end, done}, day", Params: "none"}, runSchedule),
		method.New(method.Method{Name: "works.burn", Version: 1,
			Title: lang.Text{lang.KK: "Бюджеттің жұмсалу қарқыны", lang.RU: "Темп расходования бюджета", lang.EN: "Burn of a budget"},
			Input: "amount, from, to, spent, day; plan of {day, value} (optional); patients, served (optional)", Params: "none"}, runBurn),
	}
}

// digits is how many significant digits of a computed number are written: more
// would show the last bits of a float, which differ between processors.
const digits = 10

// written returns a number for JSON, or null.
func written(v *float64) *json.Number {
	if v == nil || math.IsNaN(*v) || math.IsInf(*v, 0) {
		return nil
	}
	f, err := strconv.ParseFloat(strconv.FormatFloat(*v, 'g', digits, 64), 64)
	if err != nil {
		return nil
	}
	return method.Number(f)
}

func writtenValue(v float64) *json.Number { return written(&v) }

// tenge is an amount of a case: a decimal with at most two places.
type tenge struct{ money.Amount }

// UnmarshalJSON reads 7.5 and "7.5".
func (t *tenge) UnmarshalJSON(b []byte) error {
	s := string(b)
	if len(s) > 1 && s[0] == '"' {
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	}
	a, err := money.KZT.Parse(s)
	if err != nil {
		return fault.New(fault.Invalid, "forecast.tenge", "", "not an amount in tenge with at most two places: write 1740000000 or 12.50")
	}
	t.Amount = a
	return nil
}

// amount returns the amount, nil where the case has none.
func (t *tenge) amount() *money.Amount {
	if t == nil {
		return nil
	}
	return &t.Amount
}

func writtenMoney(a *money.Amount) *json.Number {
	if a == nil {
		return nil
	}
	n := json.Number(money.KZT.Format(*a))
	return &n
}

// noted returns the notes in English, as methods write them.
func noted(list []Note) []string {
	out := []string{}
	for _, n := range list {
		out = append(out, n.Text()[lang.EN])
	}
	return out
}

// value avoids a typed nil, which would not be null.
func value(n *json.Number) any {
	if n == nil {
		return nil
	}
	return *n
}

func runValue(c *method.Case) (method.Result, error) {
	var in struct {
		Budget  tenge    `json:"budget"`
		Planned *tenge   `json:"planned"`
		Earned  tenge    `json:"earned"`
		Spent   *tenge   `json:"spent"`
		Pace    *float64 `json:"pace"`
	}
	p := struct {
		Formula Formula `json:"formula"`
	}{AsCost}
	if err := c.Decode(&in, &p); err != nil {
		return method.Result{}, err
	}
	if !p.Formula.known() {
		return method.Result{}, fault.New(fault.Invalid, "forecast.runValue", "formula", "a formula is as_planned, cost, schedule, cost_schedule, weighted, pace, cost_pace or weighted_pace")
	}
	v := EarnedValue(Amounts{in.Budget.Amount, in.Planned.amount(), in.Earned.Amount, in.Spent.amount(), in.Pace})
	r := method.Result{Notes: noted(v.Notes)}
	list := []map[string]any{}
	for _, e := range v.Estimates {
		list = append(list, map[string]any{"formula": e.Formula, "eac": writtenMoney(&e.Final), "etc": writtenMoney(&e.ToGo), "vac": writtenMoney(&e.Saved)})
		if e.Formula == p.Formula || len(v.Estimates) == 1 && e.ToGo == 0 {
			r.Value = value(writtenMoney(&e.Final))
		}
	}
	r.Extra = map[string]any{"sv": writtenMoney(v.ScheduleVariance), "cv": writtenMoney(v.CostVariance), "spi": written(v.ScheduleIndex), "cpi": written(v.CostIndex),
		"estimates": list, "tcpi": written(v.ToKeepBudget)}
	return r, nil
}

func (f Formula) known() bool {
	switch f {
	case AsPlanned, AsCost, AsSchedule, AsBoth, AsWeighted, AsPace, AsCostPace, AsWeightPace:
		return true
	}
	return false
}

// knotCase is a point of a planned curve in a case.
type knotCase struct {
	Day   *period.Date `json:"day"`
	Value float64      `json:"value"`
}

// stageCase is a planned stage in a case.
type stageCase struct {
	Name   string       `json:"name"`
	Weight float64      `json:"weight"`
	Start  *period.Date `json:"start"`
	End    *period.Date `json:"end"`
	Done   float64      `json:"done"`
}

// maxKnots bounds the points of a plan and the stages of a project.
const maxKnots = 10_000

func runSchedule(c *method.Case) (method.Result, error) {
	var in struct {
		Start  *period.Date    `json:"start"`
		Plan   json.RawMessage `json:"plan"`
		Stages []stageCase     `json:"stages"`
		Earned *float64        `json:"earned"`
		At     *float64        `json:"at"`
		Day    *period.Date    `json:"day"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return method.Result{}, err
	}
	refuse := func(field, sentence string) (method.Result, error) {
		return method.Result{}, fault.New(fault.Invalid, "forecast.runSchedule", field, "%s", sentence)
	}
	extra := map[string]any{}
	var s Schedule
	switch {
	case len(in.Stages) > maxKnots || len(in.Plan) > maxKnots*100:
		return refuse("plan", "a plan has at most 10,000 points")
	case in.Stages != nil:
		if in.Plan != nil || in.Earned != nil || in.At != nil || in.Start != nil || in.Day == nil {
			return refuse("stages", "with stages give only the day of the report")
		}
		stages := make([]Progress, len(in.Stages))
		for i, x := range in.Stages {
			if x.Start == nil || x.End == nil {
				return refuse("stages", "a stage needs start and end, YYYY-MM-DD")
			}
			stages[i] = Progress{Baseline{x.Name, x.Weight, *x.Start, *x.End}, x.Done}
		}
		var p *float64
		p, s = Adherence(stages, *in.Day)
		extra["p_factor"] = written(p)
	case in.Earned == nil:
		return refuse("earned", "give what is earned, in the unit of the plan")
	case in.Start != nil && in.Day != nil && in.At == nil:
		var knots []knotCase
		if err := (&method.Case{Input: in.Plan}).Decode(&knots, nil); err != nil {
			return refuse("plan", "a plan with a start is a list of {day, value}")
		}
		curve := Curve{Start: *in.Start}
		for _, k := range knots {
			if k.Day == nil {
				return refuse("plan", "a point of a plan needs day, YYYY-MM-DD")
			}
			curve.Knots = append(curve.Knots, Knot{*k.Day, k.Value})
		}
		s = EarnedSchedule(curve, *in.Earned, *in.Day)
	case in.Start == nil && in.Day == nil && in.At != nil:
		var plan []float64
		if err := (&method.Case{Input: in.Plan}).Decode(&plan, nil); err != nil {
			return refuse("plan", "a plan by periods is a list of numbers, the cumulative value at the end of each period")
		}
		s = EarnedPeriods(plan, *in.Earned, *in.At)
	default:
		return refuse("plan", "give either plan by periods and at, or start, plan by days and day")
	}
	for name, v := range map[string]*float64{"pd": &s.Planned, "at": &s.Actual, "sv_t": s.Variance, "spi_t": s.Index, "tspi": s.ToDo, "ieac_t": s.AsPaced, "as_planned": s.AsMeant} {
		extra[name] = written(v)
	}
	if in.At == nil {
		extra["end_as_paced"], extra["end_as_planned"] = s.EndAsPaced, s.EndAsMeant
	}
	return method.Result{Value: value(written(s.Earned)), Notes: noted(s.Notes), Extra: extra}, nil
}

func runBurn(c *method.Case) (method.Result, error) {
	var in struct {
		Amount tenge        `json:"amount"`
		From   *period.Date `json:"from"`
		To     *period.Date `json:"to"`
		Spent  *tenge       `json:"spent"`
		Day    *period.Date `json:"day"`
		Plan   []struct {
			Day   *period.Date `json:"day"`
			Value tenge        `json:"value"`
		} `json:"plan"`
		Patients *int64 `json:"patients"`
		Served   *int64 `json:"served"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return method.Result{}, err
	}
	if in.Spent == nil {
		return method.Result{}, fault.New(fault.Invalid, "forecast.runBurn", "spent", "give spent, 0 if nothing was spent: unknown is not zero")
	}
	if in.From == nil || in.To == nil || in.Day == nil {
		return method.Result{}, fault.New(fault.Invalid, "forecast.runBurn", "day", "give from, to and day, YYYY-MM-DD")
	}
	b := Budget{Amount: in.Amount.Amount, From: *in.From, To: *in.To, Plan: Curve{Start: *in.From}}
	if len(in.Plan) > maxKnots {
		return method.Result{}, fault.New(fault.Invalid, "forecast.runBurn", "plan", "a plan has at most 10,000 points")
	}
	for _, k := range in.Plan {
		if k.Day == nil {
			return method.Result{}, fault.New(fault.Invalid, "forecast.runBurn", "plan", "a point of a plan needs day, YYYY-MM-DD")
		}
		b.Plan.Knots = append(b.Plan.Knots, Knot{*k.Day, float64(k.Value.Amount)})
	}
	u := b.Burn(in.Spent.Amount, *in.Day)
	r := method.Result{Value: value(written(u.Pace)), Notes: noted(u.Notes), Extra: map[string]any{
		"spent_share": written(u.SpentShare), "time_share": written(u.TimeShare), "months": writtenValue(u.Months), "months_all": writtenValue(u.MonthsAll),
		"even": writtenMoney(u.Even), "by_plan": writtenMoney(u.ByPlan), "pace_plan": written(u.PacePlan), "left": writtenMoney(u.Left),
		"left_per_month": writtenMoney(u.LeftMonth), "at_end": writtenMoney(u.AtEnd), "used_up": u.UsedUp}}
	for _, x := range []struct {
		name   string
		amount money.Amount
		heads  *int64
	}{{"per_patient", in.Amount.Amount, in.Patients}, {"per_served", in.Spent.Amount, in.Served}} {
		if x.heads != nil {
			each := PerPatient(x.amount, *x.heads)
			r.Extra[x.name] = writtenMoney(each.Amount)
			r.Notes = append(r.Notes, noted(each.Notes)...)
		}
	}
	return r, nil
}
