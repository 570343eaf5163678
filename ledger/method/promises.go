package method

import (
	"encoding/json"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
)

func promises() []Method {
	return []Method{
		{Name: board.MethodDelivered, Version: 1, Title: lang.Text{lang.KK: "Уәденің орындалған бөлігі", lang.RU: "Сколько из обещанного выполнено", lang.EN: "How much of a promise was delivered"},
			Input: "promise: {value, qualifier, place, dimensions, period, period_inferred}; figures: list of the same with published_at; places: list of {code, parent}; as_of", Params: "aggregate_time (last), about_tolerance", run: runDelivered},
		{Name: board.MethodTotal, Version: 1, Title: lang.Text{lang.KK: "Уәделердің жиыны", lang.RU: "Сумма обещаний", lang.EN: "Total of promises"},
			Input: "promises: list of {id, value, qualifier, part_of, place, dimensions, period, published_at}; places; as_of", Params: "about_tolerance", run: runTotal},
		{Name: "ledger.state", Version: 1, Title: lang.Text{lang.KK: "Уәденің күйі: мерзім және дәлел", lang.RU: "Состояние обещания: срок и подтверждение", lang.EN: "State of a promise: due and evidence"},
			Input:  "target, qualifier, deadline, as_of, published_at; delivered, delivered_qualifier, delivered_published_at; evidence: list of {relation, published_at}; moves: list of {deadline, published_at}",
			Params: "last_word_old_days (180), about_tolerance (0.05), polarity (up)", run: runState},
		{Name: "ledger.headline", Version: 1, Title: lang.Text{lang.KK: "Дереккөздер келіспесе, қайсысы көрсетіледі", lang.RU: "Какое число показать, когда источники расходятся", lang.EN: "Which figure is shown when sources disagree"},
			Input: "figures: list of {source, value, published_at}", Params: "rule: latest_published (the rule), earliest or source:NAME", run: runHeadline},
	}
}

func runDelivered(c *Case) (Result, error) {
	var in struct {
		AsOf    string       `json:"as_of"`
		Promise promiseCase  `json:"promise"`
		Figures []figureCase `json:"figures"`
		Places  []placeCase  `json:"places"`
	}
	var p judgement
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	day, err := asOf(in.AsOf)
	if err != nil {
		return Result{}, err
	}
	w, err := newWorld(p, in.Places)
	if err != nil {
		return Result{}, err
	}
	if err := w.promise(in.Promise, 0); err != nil {
		return Result{}, err
	}
	if err := w.deliver(in.Figures); err != nil {
		return Result{}, err
	}
	b := w.p.At(day)
	if len(b.Items) == 0 {
		return Refused("the promise had not been published by that day"), nil
	}
	f := b.Items[0].Delivered
	if f == nil {
		return Refused("nobody said by that day that any of it was delivered: unknown is not zero"), nil
	}
	iv, _ := f.Interval(w.p.Parameters.AboutTolerance)
	r := Result{Value: toNumber(*f.Value), Intervals: []Interval{stated(iv)}, Extra: map[string]any{"qualifier": f.Qualifier, "counted": sorted(w.counted(f)), "stated": f.Recipe == nil}}
	if f.Recipe != nil {
		r.Notes = []string{"the sum of what was reported below; nobody says that the list is complete"}
	}
	return r, nil
}

func runTotal(c *Case) (Result, error) {
	var in struct {
		AsOf     string        `json:"as_of"`
		Promises []promiseCase `json:"promises"`
		Places   []placeCase   `json:"places"`
	}
	var p judgement
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	day, err := asOf(in.AsOf)
	if err != nil {
		return Result{}, err
	}
	w, err := newWorld(p, in.Places)
	if err != nil {
		return Result{}, err
	}
	for i, x := range in.Promises {
		if err := w.promise(x, i); err != nil {
			return Result{}, err
		}
	}
	b := w.p.At(day)
	if len(b.Totals) == 0 || b.Totals[0].Promised == nil {
		return Refused("no promise with a number had been published by that day"), nil
	}
	if len(b.Totals) > 1 {
		return Result{}, fault.New(fault.Invalid, "method.total", "unit", "promises in different units have no total")
	}
	t := b.Totals[0]
	iv, _ := t.Promised.Interval(w.p.Parameters.AboutTolerance)
	r := Result{Value: toNumber(*t.Promised.Value), Intervals: []Interval{stated(iv)},
		Extra: map[string]any{"qualifier": t.Promised.Qualifier, "counted": sorted(w.counted(t.Promised)), "overlap": append([]string{}, t.Overlap...)}}
	if len(t.Overlap) > 0 {
		r.Notes = []string{"some promises may lie inside others, and nobody said so: the total is an upper bound"}
	}
	return r, nil
}

func sorted(list []string) []string { slices.Sort(list); return list }

// stateCase is the flat case of ledger.state.
type stateCase struct {
	Target             *number    `json:"target"`
	Qualifier          string     `json:"qualifier"`
	Deadline           string     `json:"deadline"`
	AsOf               string     `json:"as_of"`
	Published          string     `json:"published_at"`
	Delivered          *number    `json:"delivered"`
	DeliveredQualifier string     `json:"delivered_qualifier"`
	DeliveredPublished string     `json:"delivered_published_at"`
	Evidence           []linkCase `json:"evidence"`
	Moves              []moveCase `json:"moves"`
}

type linkCase struct {
	Relation  string `json:"relation"`
	Published string `json:"published_at"`
}

type moveCase struct {
	Deadline  string `json:"deadline"`
	Published string `json:"published_at"`
}

func runState(c *Case) (Result, error) {
	var in stateCase
	var p judgement
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	if in.AsOf == "" {
		return Result{}, fault.New(fault.Invalid, "method.state", "as_of", "give the day on which the promise is judged, YYYY-MM-DD")
	}
	day, err := asOf(in.AsOf)
	if err != nil {
		return Result{}, err
	}
	w, err := in.world(p)
	if err != nil {
		return Result{}, err
	}
	b := w.p.At(day)
	if len(b.Items) == 0 {
		return Refused("the promise had not been published by that day"), nil
	}
	it := b.Items[0]
	r := Result{Value: it.Due, Extra: map[string]any{"evidence": it.Evidence, "ask": it.Ask(), "deadline": it.Deadline, "first_deadline": it.FirstDeadline, "days_left": it.DaysLeft, "last_word": it.LastWord}}
	if it.Delivered == nil && in.Delivered != nil {
		r.Notes = []string{"what was delivered had not been published by that day"}
	}
	return r, nil
}

// world puts the flat case into a programme of one promise.
func (in *stateCase) world(p judgement) (*world, error) {
	w, err := newWorld(p, nil)
	if err != nil {
		return nil, err
	}
	err = w.promise(promiseCase{Deadline: in.Deadline, figureCase: figureCase{Published: in.Published, amount: amount{in.Target, in.Qualifier}}}, 0)
	if err != nil {
		return nil, err
	}
	if in.Delivered != nil {
		if err := w.deliver([]figureCase{{Published: in.DeliveredPublished, amount: amount{in.Delivered, in.DeliveredQualifier}}}); err != nil {
			return nil, err
		}
	}
	for i, x := range in.Evidence {
		f, err := w.figure(figureCase{Published: x.Published}, "shown", ledger.Actual, i+1)
		if err != nil {
			return nil, err
		}
		e := ledger.Evidence{Promise: w.p.Statements[0].ID, Figure: f.ID, Relation: ledger.Relation(x.Relation)}
		if err := e.Check(); err != nil {
			return nil, err
		}
		w.p.Evidence = append(w.p.Evidence, e)
	}
	for _, x := range in.Moves {
		published, err := optionalDate(x.Published)
		if err != nil {
			return nil, err
		}
		m := ledger.Move{Promise: w.p.Statements[0].ID, Field: ledger.MoveDeadline, To: x.Deadline, Published: published}
		if err := m.Check(); err != nil {
			return nil, err
		}
		w.p.Moves = append(w.p.Moves, m)
	}
	return w, nil
}

func runHeadline(c *Case) (Result, error) {
	var in struct {
		Figures []figureCase `json:"figures"`
	}
	var p struct {
		Rule string `json:"rule"`
	}
	if err := c.Decode(&in, &p); err != nil {
		return Result{}, err
	}
	if p.Rule == "" {
		p.Rule = "latest_published"
	}
	w, err := newWorld(judgement{}, nil)
	if err != nil {
		return Result{}, err
	}
	var list []ledger.Figure
	others := []json.Number{}
	for i, x := range in.Figures {
		f, err := w.figure(x, delivered, ledger.Actual, i)
		if err != nil {
			return Result{}, err
		}
		f.Source = x.Source
		list = append(list, *f)
	}
	best := ledger.Headline(list, p.Rule)
	if best == nil {
		return Refused("nobody said anything"), nil
	}
	for i := range list {
		if f := &list[i]; f.ID != best.ID && f.Value != nil {
			others = append(others, toNumber(*f.Value))
		}
	}
	r := Result{Extra: map[string]any{"source": best.Source, "published_at": best.Published, "others": others}}
	if best.Value == nil {
		r.Notes = []string{"the source that the rule chooses gives no number"}
		return r, nil
	}
	r.Value = toNumber(*best.Value)
	return r, nil
}
