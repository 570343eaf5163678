package method

import (
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/rule"
)

// ruleTitles name the types of rules; a type without a name here is not a
// published method, and a test says so.
var ruleTitles = map[rule.Type]lang.Text{
	rule.SumOfParts:       {lang.KK: "Бөліктердің жиыны мен бүтін", lang.RU: "Сумма частей и целое", lang.EN: "Sum of parts against the whole"},
	rule.ShareOfWhole:     {lang.KK: "Бүтіндегі үлес", lang.RU: "Доля целого", lang.EN: "Share of the whole"},
	rule.PlanActual:       {lang.KK: "Мерзіміндегі жоспар мен нақты", lang.RU: "План и факт к сроку", lang.EN: "Plan against actual at the deadline"},
	rule.ChangeRecomputed: {lang.KK: "Қайта есептелген өзгеріс", lang.RU: "Пересчитанное изменение", lang.EN: "Printed change against recomputed"},
	rule.SaidTwice:        {lang.KK: "Екі рет айтылған", lang.RU: "Сказано дважды", lang.EN: "The same thing said twice"},
	rule.RateNoCount:      {lang.KK: "Саны жоқ пайыз", lang.RU: "Процент без чисел", lang.EN: "Rate without count"},
	rule.NoEvidence:       {lang.KK: "Дәлелсіз уәде", lang.RU: "Обещание без подтверждений", lang.EN: "Promise without evidence"},
	rule.LastWordOld:      {lang.KK: "Соңғы сөз ескірген", lang.RU: "Последнее слово устарело", lang.EN: "Last word too old"},
	rule.DeadlineUnclear:  {lang.KK: "Мерзімі екіұшты", lang.RU: "Неясный срок", lang.EN: "Deadline ambiguous"},
	rule.ReadingUnclear:   {lang.KK: "Екіұшты оқылады", lang.RU: "Неясное прочтение", lang.EN: "Reading ambiguous"},
	rule.Conflict:         {lang.KK: "Дереккөздер қайшы", lang.RU: "Источники расходятся", lang.EN: "Sources in conflict"},
}

func rules() []Method {
	var out []Method
	for _, t := range rule.Types() {
		out = append(out, Method{Name: "rule." + string(t), Version: 1, Title: ruleTitles[t],
			Input:  "statements: list of {id, value, qualifier, unit, published_at, role, deadline, numerator, denominator, delivered}; as_of; answers: list of {about, on}",
			Params: ruleParams[t], run: func(c *Case) (Result, error) { return runRule(c, t) }})
	}
	return out
}

// ruleParams says which params each type of rule takes.
var ruleParams = map[rule.Type]string{
	rule.SumOfParts: "whole: id; parts: ids with bars between; complete: yes or no", rule.ShareOfWhole: "part: id; whole: ids with bars between",
	rule.PlanActual: "none", rule.ChangeRecomputed: "claim, base, now: ids", rule.SaidTwice: "first, second: ids", rule.Conflict: "first, second: ids",
	rule.RateNoCount: "none", rule.NoEvidence: "none", rule.LastWordOld: "none",
	rule.DeadlineUnclear: "statements: ids; readings: two dates with a bar between", rule.ReadingUnclear: "statements: ids; arithmetic: ids and numbers with + - * /; unit; round: decimal places",
}

// statementCase is a statement of a case that rules look at.
type statementCase struct {
	promiseCase
	Role        string  `json:"role"` // promise (the rule) or claim
	Numerator   *number `json:"numerator"`
	Denominator *number `json:"denominator"`
	Delivered   *amount `json:"delivered"`
}

type answerCase struct {
	About string `json:"about"`
	On    string `json:"on"`
}

func runRule(c *Case, t rule.Type) (Result, error) {
	var in struct {
		AsOf       string          `json:"as_of"`
		Statements []statementCase `json:"statements"`
		Answers    []answerCase    `json:"answers"`
	}
	var params map[string]string
	if err := c.Decode(&in, &params); err != nil {
		return Result{}, err
	}
	day, err := asOf(in.AsOf)
	if err != nil {
		return Result{}, err
	}
	w, err := newWorld(judgement{}, nil)
	if err != nil {
		return Result{}, err
	}
	for i, x := range in.Statements {
		if err := w.statement(x, i); err != nil {
			return Result{}, err
		}
	}
	for _, a := range in.Answers {
		on, err := optionalDate(a.On)
		if err != nil {
			return Result{}, err
		}
		w.p.Answers = append(w.p.Answers, ledger.Answer{About: a.About, On: on})
	}
	l := &rule.Ledger{Programme: w.p, Board: w.p.At(day), Words: board.Words{Units: plainUnits}, Find: func(string, string, string, string) *ledger.Figure { return nil }}
	text := lang.Text{lang.EN: string(t)}
	return ruleResult(l.Run([]rule.Rule{{Code: "case", Type: t, Params: params, Title: text, Open: text}})), nil
}

// plainUnits are the units with a form of their own in texts.
var plainUnits = map[string]ledger.Unit{"percent": {Code: "percent", Kind: "percent"}}

// statement adds one statement; each has a dimension of its own, so that what
// is delivered of one is not delivered of another.
func (w *world) statement(x statementCase, n int) error {
	role, kind := ledger.Promise, ledger.Count
	switch x.Role {
	case "", "promise":
	case "claim":
		role, kind = ledger.Claim, ledger.Change
	default:
		return fault.New(fault.Invalid, "method.rule", "role", "a statement of a case is a promise or a claim")
	}
	if x.ID == "" {
		return fault.New(fault.Invalid, "method.rule", "id", "a statement needs an id by which the params name it")
	}
	x.Dimensions = "id=" + x.ID
	f, err := w.figure(x.figureCase, promised, ledger.Plan, n)
	if err != nil {
		return err
	}
	f.Numerator, f.Denominator = x.Numerator.pointer(), x.Denominator.pointer()
	deadline, err := optionalDate(x.Deadline)
	if err != nil {
		return err
	}
	w.p.Statements = append(w.p.Statements, ledger.Statement{ID: x.ID, Role: role, Kind: kind, Figure: f.ID, PartOf: x.PartOf, Deadline: deadline, PeriodInferred: x.Inferred})
	if x.Delivered == nil {
		return nil
	}
	d, err := w.figure(figureCase{Dimensions: x.Dimensions, Unit: x.Unit, Published: x.Published, amount: *x.Delivered}, delivered, ledger.Actual, n)
	if err == nil {
		w.p.Deliveries = append(w.p.Deliveries, *d)
	}
	return err
}

// ruleResult gives the state of one evaluation as the value, and every
// evaluation in results.
func ruleResult(list []rule.Result) Result {
	if len(list) == 0 {
		return Refused("nothing to judge: what the rule looks at was not said by that day")
	}
	r := Result{Value: list[0].State}
	if len(list) > 1 {
		r.Value = rule.OK
		for _, x := range list {
			if x.State == rule.Open {
				r.Value = rule.Open
			}
		}
	}
	results := []map[string]any{}
	for _, x := range list {
		var diff any
		if x.Difference != nil {
			diff = map[string]any{"value": toNumber(x.Difference.Value), "unit": x.Difference.Unit}
		}
		results = append(results, map[string]any{"id": x.ID, "state": x.State, "difference": diff})
	}
	r.Extra = map[string]any{"results": results}
	if len(list) == 1 {
		r.Extra["difference"] = results[0]["difference"]
	}
	return r
}
