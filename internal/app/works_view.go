package app

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// amount puts an amount into units of the currency.
func (v *view) amount(a money.Amount) httpapi.Number {
	return httpapi.Number(v.Country.Currency.Decimal(a).String())
}

func (v *view) amountPointer(a *money.Amount) *httpapi.Number {
	if a == nil {
		return nil
	}
	n := v.amount(*a)
	return &n
}

func (v *view) stated(s *works.Said) *httpapi.Stated {
	if s == nil {
		return nil
	}
	return &httpapi.Stated{Value: v.amount(s.Amount), Qualifier: string(s.Qualifier)}
}

func (v *view) statedSum(s works.Sum) *httpapi.Stated {
	if len(s.Lines) == 0 {
		return nil
	}
	return &httpapi.Stated{Value: v.amount(s.Amount), Qualifier: string(s.Qualifier), Lines: s.Lines}
}

// viewAccount puts sums by kind into the words of the API.
func (v *view) viewAccount(of func(works.MoneyKind) works.Sum, spent works.Sum, cost *works.Sum) httpapi.WorkMoney {
	out := httpapi.WorkMoney{Planned: v.statedSum(of(works.Planned)), Approved: v.statedSum(of(works.Approved)), Transferred: v.statedSum(of(works.Transferred)), Contracted: v.statedSum(of(works.Contracted)),
		Advance: v.statedSum(of(works.Advance)), Paid: v.statedSum(spent), Accepted: v.statedSum(of(works.Accepted)), Retained: v.statedSum(of(works.Retained)), Returned: v.statedSum(of(works.Returned))}
	if cost != nil {
		out.Cost = v.statedSum(*cost)
	}
	return out
}

func viewYields(list []works.Yield) []httpapi.Yield {
	out := []httpapi.Yield{}
	for _, y := range list {
		out = append(out, httpapi.Yield{Item: string(y.Item), Service: y.Service, Age: y.Age, Count: y.Count, Qualifier: string(y.Qualifier), Source: y.Source})
	}
	return out
}

// viewRow puts a row into the words of the API, as of the day of the view.
func (v *view) viewRow(r *portfolioRow, tree *workTree) httpapi.WorkRow {
	day := v.at.AsOf
	out := httpapi.WorkRow{ID: string(r.ID), Level: string(r.Level), Kind: string(r.Kind), Condition: string(r.Condition), Parent: optional(string(r.Parent)), Title: r.Title, Place: string(r.Place),
		Region: r.region, Facility: optional(string(r.Facility)), Point: v.pointOf(&r.Row), Office: optional(r.Office), Units: r.Units, Yields: viewYields(r.Yields), Promises: append([]string{}, r.Promises...),
		Phase: string(r.Phase), Percent: numberText(r.Percent), PercentOn: dateText(r.PercentOn), Doubt: optional(string(r.DoubtOn(day))), Word: optional(string(r.Word)), Computed: numberText(r.Computed), Stage: optional(r.Stage),
		Steps: r.Steps, NextStep: optional(string(r.Next)), Opened: dateText(r.Opened), Start: dateText(r.Start), Finish: dateText(r.Finish), First: dateText(r.First), Deadline: dateText(r.Deadline),
		DaysLate: r.LateOn(day), LastWord: dateText(r.LastWord), Sources: sortedKeys(r.Sources), People: r.People, Questions: []string{}, Lines: r.Lines, Synthetic: r.Synthetic,
		Money: httpapi.WorkMoney{Cost: v.stated(r.Money.Cost), Planned: v.stated(r.Money.Planned), Approved: v.stated(r.Money.Approved), Transferred: v.stated(r.Money.Transferred), Contracted: v.stated(r.Money.Contracted), Paid: v.stated(r.Money.Paid), Accepted: v.stated(r.Money.Accepted)}}
	if r.Percent != nil {
		age := int(day - *r.PercentOn)
		out.Qualifier, out.PercentAge = optional(string(r.Qualifier)), &age
	}
	if out.Sources == nil {
		out.Sources = []string{}
	}
	r.EachAsked(day, func(q works.Rule) { out.Questions = append(out.Questions, string(q)) })
	if r.Plan != nil {
		if start, finish, ok := r.Plan.First.Span(); ok {
			out.FirstStart, out.FirstFinish = dateText(&start), dateText(&finish)
		}
	}
	if f := r.Forecast; f != nil {
		out.Forecast = &httpapi.ForecastRow{On: f.On.String(), ES: dateText(f.ES), P50: dateText(f.P50), P80: dateText(f.P80)}
	}
	if tree != nil {
		out.Parts = tree.parts[r.ID]
	}
	return out
}

// pointOf returns where a work stands: its own point, that of its facility, or
// that of its place.
func (v *view) pointOf(r *works.Row) *httpapi.GeoPoint {
	if r.Point != nil {
		return &httpapi.GeoPoint{Lat: r.Point.Lat, Lon: r.Point.Lon}
	}
	for i := range v.Facilities {
		if f := &v.Facilities[i]; r.Facility != "" && f.Code == string(r.Facility) && f.Lat != nil && f.Lon != nil {
			return &httpapi.GeoPoint{Lat: *f.Lat, Lon: *f.Lon}
		}
	}
	if p, err := v.Atlas.Place(r.Place); err == nil && p.Point != nil {
		return &httpapi.GeoPoint{Lat: p.Point.Lat, Lon: p.Point.Lon}
	}
	return nil
}

// viewLine puts a line into the words of the API; who may not read drafts sees
// neither its remark nor where somebody stood.
func (v *view) viewLine(l *works.Line, inner bool, takenBack map[string]string) httpapi.WorkLine {
	out := httpapi.WorkLine{ID: l.ID, Kind: string(l.Kind), On: l.On.String(), Published: dateText(l.Published), Recorded: l.Recorded.UTC().Format(time.RFC3339), Document: optional(l.Document), Figure: optional(l.Figure),
		Posted: append([]string{}, l.Posted...), Office: optional(l.Office), Files: append([]string{}, l.Files...), Reason: optional(l.Reason), Step: optional(string(l.Step)), Deadline: dateText(l.Deadline), People: l.People,
		Takes: optional(l.Takes), TakenBack: optional(takenBack[l.ID]), Synthetic: l.Synthetic}
	if at := l.Locator; at.Line > 0 {
		out.Line, out.From, out.To = &at.Line, &at.From, &at.To
	}
	if inner {
		out.Remark, out.Key = optional(l.Remark), optional(l.Key)
		if l.Point != nil {
			out.Point = &httpapi.GeoPoint{Lat: l.Point.Lat, Lon: l.Point.Lon}
		}
	}
	if s := l.Status; s != nil {
		out.Status = &httpapi.LineStatus{Stage: s.Stage, Word: string(s.Word), Percent: numberText(s.Percent), Qualifier: string(s.Qualifier), Started: plainDate(s.Started), Finished: plainDate(s.Finished)}
	}
	if m := l.Money; m != nil {
		out.Money = &httpapi.LineMoney{Kind: string(m.Kind), Source: m.Source, Amount: v.amount(m.Amount), Currency: v.Country.Currency.Code, Qualifier: string(m.Qualifier), VAT: string(m.VAT), Purpose: m.Purpose, Package: string(m.Package), Year: m.Year, Reference: m.Reference}
	}
	if p := l.Price; p != nil {
		out.Price = &httpapi.LinePrice{Amount: v.amount(p.Amount), Qualifier: string(p.Qualifier), VAT: string(p.VAT), Change: p.Change}
	}
	return out
}

func plainDate(d *period.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func (v *view) viewStages(list []works.StageState) []httpapi.WorkStage {
	span := func(t *works.Term) *httpapi.Span {
		if t == nil {
			return nil
		}
		return &httpapi.Span{Start: t.Start.String(), Finish: t.Finish.String()}
	}
	out := []httpapi.WorkStage{}
	for _, x := range list {
		out = append(out, httpapi.WorkStage{Code: x.Code, Name: x.Name, PerMille: x.PerMille, Percent: numberText(x.Percent), Word: optional(string(x.Word)), On: dateText(x.On), Started: dateText(x.Started), Finished: dateText(x.Finished),
			First: span(x.First), Current: span(x.Current), Doubt: optional(string(x.Doubt)), Line: optional(x.Line)})
	}
	return out
}

func viewChain(c works.Chain) []httpapi.WorkStep {
	out := []httpapi.WorkStep{}
	for _, l := range c {
		out = append(out, httpapi.WorkStep{Step: string(l.Step), Name: works.StepName(l.Step), Done: l.Done, On: dateText(l.On), Line: optional(l.Line)})
	}
	return out
}

// viewRecord puts a record into the words of the API.
func (v *view) viewRecord(w *works.Work) httpapi.WorkRecord {
	out := httpapi.WorkRecord{ID: string(w.ID), Level: string(w.Level), Kind: string(w.Kind), Condition: string(w.Condition), Parent: string(w.Parent), Title: w.Title, Text: w.Text, Place: string(w.Place),
		Facility: string(w.Facility), Office: w.Office, Yields: viewYields(w.Yields), Template: w.Template, Units: w.Units, Promises: w.Promises, Statements: w.Statements, Documents: w.Documents, Assumed: w.Assumed, Synthetic: w.Synthetic}
	if w.Point != nil {
		out.Point = &httpapi.GeoPoint{Lat: w.Point.Lat, Lon: w.Point.Lon}
	}
	for _, p := range w.Parties {
		out.Parties = append(out.Parties, httpapi.WorkParty{Role: string(p.Role), Name: p.Name, Register: p.Register})
	}
	for _, s := range w.Shares {
		out.Shares = append(out.Shares, httpapi.WorkShare{Source: s.Source, Percent: s.Percent, Basis: s.Basis})
	}
	for _, b := range w.Baselines {
		x := httpapi.WorkBaseline{No: b.No, On: b.On.String(), Reason: b.Reason, Source: b.Source, Cost: v.amountPointer(b.Cost), Terms: []httpapi.WorkTerm{}}
		for _, t := range b.Terms {
			x.Terms = append(x.Terms, httpapi.WorkTerm{Stage: t.Stage, Start: t.Start.String(), Finish: t.Finish.String(), PerMille: t.PerMille})
		}
		out.Baselines = append(out.Baselines, x)
	}
	if c := w.Contract; c != nil {
		out.Contract = &httpapi.WorkContract{Number: c.Number, Scope: c.Scope, Signed: plainDate(c.Signed), Start: plainDate(c.Start), End: plainDate(c.End), Value: v.amountPointer(c.Value), VAT: string(c.VAT), Method: c.Method, Tenders: c.Tenders, RetainPerMille: c.RetainPerMille}
	}
	return out
}

func (v *view) viewQuestions(list []works.Question) []httpapi.WorkQuestion {
	out := []httpapi.WorkQuestion{}
	for _, q := range list {
		left, right := q.Left, q.Right
		switch q.Unit {
		case "money":
			left, right = v.tenge(left), v.tenge(right)
		case "date":
			left, right = nil, nil
		}
		x := httpapi.WorkQuestion{Rule: string(q.Rule), About: q.About, Left: numberText(left), Right: numberText(right), Unit: q.Unit, Lines: append([]string{}, q.Lines...), Reason: q.Reason, Text: v.askInWords(&q)}
		x.Lines = slices.DeleteFunc(x.Lines, func(s string) bool { return s == "" })
		out = append(out, x)
	}
	return out
}

// tenge puts smallest units into units of the currency, with what is beyond
// them.
func (v *view) tenge(d *decimal.Decimal) *decimal.Decimal {
	if d == nil {
		return nil
	}
	x := d.Shift(-v.Country.Currency.Digits)
	return &x
}
