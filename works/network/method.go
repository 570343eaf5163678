package network

import (
	"encoding/json"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/period"
)

// Methods returns the published methods of this package.
func Methods() []method.Method {
	return []method.Method{method.New(method.Method{Name: "works.critical_path", Version: 1,
		Title:  say("Сындарлы жол және кестені тексеру", "Критический путь и проверка графика", "Critical path and checks of a schedule"),
		Input:  "activities: list of {id, kind (task), duration, remaining, actual_start, actual_finish, constraints, deadline, start, finish, baseline_finish, loaded}, links: list of {from, to, type (FS), lag, elapsed}, start, data_date, end, holidays",
		Params: "calendar: around (every minute, the default) or five_days; unit: days, hours or minutes (days); override: true for work that does not wait; checks: true to add them"}, runPath)}
}

// pathCase is the input of the method.
type pathCase struct {
	Activities []struct {
		ID             string           `json:"id"`
		Kind           Kind             `json:"kind"`
		Parent         string           `json:"parent"`
		Duration       decimal.Decimal  `json:"duration"`
		Remaining      *decimal.Decimal `json:"remaining"`
		ActualStart    *Minute          `json:"actual_start"`
		ActualFinish   *Minute          `json:"actual_finish"`
		Constraints    []Constraint     `json:"constraints"`
		Deadline       *Minute          `json:"deadline"`
		Start          *Minute          `json:"start"`
		Finish         *Minute          `json:"finish"`
		BaselineFinish *Minute          `json:"baseline_finish"`
		Loaded         bool             `json:"loaded"`
	} `json:"activities"`
	Links []struct {
		From    string          `json:"from"`
		To      string          `json:"to"`
		Type    Relation        `json:"type"`
		Lag     decimal.Decimal `json:"lag"`
		Elapsed bool            `json:"elapsed"`
	} `json:"links"`
	Start    *Minute       `json:"start"`
	DataDate *Minute       `json:"data_date"`
	End      *Minute       `json:"end"`
	Holidays []period.Date `json:"holidays"`
}

type pathParams struct {
	Calendar string `json:"calendar"`
	Unit     string `json:"unit"`
	Override bool   `json:"override"`
	Checks   bool   `json:"checks"`
}

// scale turns numbers of a case into minutes and back.
type scale struct {
	minutes int64
	dated   bool // moments are dates, not numbers of units since the start
}

func runPath(c *method.Case) (method.Result, error) {
	var in pathCase
	var p pathParams
	if err := c.Decode(&in, &p); err != nil {
		return method.Result{}, err
	}
	n, s, err := in.network(p)
	if err != nil {
		return method.Result{}, err
	}
	if len(n.Activities) == 0 {
		return method.Refused("a plan without activities has no path"), nil
	}
	r, err := Solve(n)
	if err != nil {
		return method.Result{}, err
	}
	out := method.Result{Extra: map[string]any{"cycles": orNone(r.Cycles)}}
	if p.Checks {
		checks := []map[string]any{}
		for _, f := range Audit(n, r) {
			checks = append(checks, map[string]any{"code": f.Code, "state": f.State, "count": f.Count, "of": f.Of, "value": f.Value, "limit": f.Limit, "items": f.Items})
		}
		out.Extra["checks"] = checks
	}
	if len(r.Cycles) > 0 {
		out.Notes = []string{"activities wait for themselves: no dates can be computed"}
		return out, nil
	}
	cal := r.plan.standard
	out.Value = s.number(cal.worked(r.Finish) - cal.worked(r.Start))
	out.Extra["finish"], out.Extra["critical"] = s.moment(r.Finish), critical(r)
	list := []map[string]any{}
	for _, t := range r.Times {
		x := map[string]any{"id": t.ID, "early_start": s.moment(t.EarlyStart), "early_finish": s.moment(t.EarlyFinish), "late_start": s.moment(t.LateStart), "late_finish": s.moment(t.LateFinish), "float": nil, "free": nil}
		if t.Float != nil {
			x["float"], x["free"] = s.number(*t.Float), s.number(*t.Free)
		}
		list = append(list, x)
	}
	out.Extra["activities"] = list
	return out, nil
}

func orNone(c [][]string) [][]string {
	if c == nil {
		return [][]string{}
	}
	return c
}

func critical(r *Result) []string {
	out := []string{}
	for _, t := range r.Times {
		if t.Critical {
			out = append(out, t.ID)
		}
	}
	return out
}

// moment writes a date, or how many units lie before it where a case has none.
func (s scale) moment(m Minute) any {
	if s.dated {
		return m
	}
	return s.number(int64(m))
}

func (s scale) number(minutes int64) json.Number {
	return json.Number(strconv.FormatFloat(float64(minutes)/float64(s.minutes), 'g', 12, 64))
}

// whole returns minutes; parts of a minute are refused.
func (s scale) whole(d decimal.Decimal, field string) (int64, error) {
	v := d.Mul(decimal.NewFromInt(s.minutes))
	if d.Exponent() > 9 || d.Exponent() < -20 || !v.IsInteger() || v.Abs().GreaterThan(decimal.NewFromInt(MaxDuration)) {
		return 0, fault.New(fault.Invalid, "network.case", field, "%s: a duration is a whole number of minutes, up to a hundred years", field)
	}
	return v.IntPart(), nil
}

// network makes the network of a case.
func (in *pathCase) network(p pathParams) (*Network, scale, error) {
	cal := Around()
	switch p.Calendar {
	case "", "around":
	case "five_days":
		cal = FiveDays("five_days")
	default:
		return nil, scale{}, fault.New(fault.Invalid, "network.case", "calendar", "calendar: around or five_days")
	}
	s := scale{dated: in.Start != nil}
	switch p.Unit {
	case "", "days":
		s.minutes = cal.Day()
	case "hours":
		s.minutes = 60
	case "minutes":
		s.minutes = 1
	default:
		return nil, scale{}, fault.New(fault.Invalid, "network.case", "unit", "unit: days, hours or minutes")
	}
	if !s.dated && cal.ID != Elapsed {
		return nil, scale{}, fault.New(fault.Invalid, "network.case", "start", "start: a calendar of five days needs the moment at which the plan starts")
	}
	zero := Minute(0)
	n := &Network{Calendar: cal.ID, Start: in.Start, DataDate: in.DataDate, End: in.End, Override: p.Override}
	if n.Start == nil {
		n.Start = &zero
	}
	if len(in.Holidays) > 0 {
		cal.ID, n.Calendar, cal.Exceptions = "with_holidays", "with_holidays", map[period.Date][]Shift{}
		for _, d := range in.Holidays {
			cal.Exceptions[d] = nil
		}
	}
	n.Calendars = []Calendar{cal}
	return n, s, in.fill(n, s)
}

func (in *pathCase) fill(n *Network, s scale) error {
	for _, a := range in.Activities {
		x := Activity{ID: a.ID, Parent: a.Parent, Kind: a.Kind, ActualStart: a.ActualStart, ActualFinish: a.ActualFinish, Constraints: a.Constraints, Deadline: a.Deadline,
			Start: a.Start, Finish: a.Finish, BaselineFinish: a.BaselineFinish, Loaded: a.Loaded}
		if x.Kind == "" {
			x.Kind = Task
		}
		var err error
		if x.Duration, err = s.whole(a.Duration, "duration"); err != nil {
			return err
		}
		if a.Remaining != nil {
			left, err := s.whole(*a.Remaining, "remaining")
			if err != nil {
				return err
			}
			x.Remaining = &left
		}
		n.Activities = append(n.Activities, x)
	}
	for _, l := range in.Links {
		x := Link{From: l.From, To: l.To, Type: l.Type}
		if x.Type == "" {
			x.Type = FS
		}
		if l.Elapsed {
			x.Calendar = Elapsed
		}
		var err error
		if x.Lag, err = s.whole(l.Lag, "lag"); err != nil {
			return err
		}
		n.Links = append(n.Links, x)
	}
	return nil
}
