package app

import (
	"context"
	"slices"
	"sort"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// moneyLabels name the rows of the money block.
var moneyLabels = map[string]lang.Text{
	"whole": {lang.KK: "{title}", lang.RU: "{title}", lang.EN: "{title}"},
	"parts": {lang.KK: "Бөліктерінің жиыны", lang.RU: "Сумма его частей", lang.EN: "Its parts make"},
	"more":  {lang.KK: "{title}", lang.RU: "{title}", lang.EN: "{title}"},
	"said":  {lang.KK: "{title}", lang.RU: "{title}", lang.EN: "{title}"},
	"paid":  {lang.KK: "Төленгені", lang.RU: "Оплачено", lang.EN: "Paid"},
}

// Board returns the first page as of a moment, narrowed by a filter.
func (a *App) Board(ctx context.Context, w When, f httpapi.PromiseFilter) (*httpapi.Board, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	if err := v.checkFilter(f); err != nil {
		return nil, err
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	return v.viewBoard(j, f), nil
}

// checkFilter refuses what would choose nothing because it is misspelt.
func (v *view) checkFilter(f httpapi.PromiseFilter) error {
	const op = "app.Board"
	switch {
	case f.Place != "" && !v.Atlas.Has(place.ID(f.Place)):
		return fault.New(fault.NotFound, op, f.Place, "no place has this code: `search` finds it by name")
	case f.Theme != "" && !slices.Contains(ledger.Themes(), ledger.Theme(f.Theme)):
		return fault.New(fault.Invalid, op, "theme", "no theme has this name: the vocabulary lists them")
	case f.Due != "" && !slices.Contains(board.DueStates(), board.Due(f.Due)):
		return fault.New(fault.Invalid, op, "due", "due is not_yet, overdue, done or no_date")
	case f.Evidence != "" && !slices.Contains(board.ProofStates(), board.Proof(f.Evidence)):
		return fault.New(fault.Invalid, op, "evidence", "evidence is confirmed, partly, old, none or contradicted")
	}
	return nil
}

func (v *view) viewBoard(j *judged, filter httpapi.PromiseFilter) *httpapi.Board {
	b := j.board
	out := &httpapi.Board{AsOf: b.AsOf.String(), Sentence: j.sentence, Totals: []httpapi.Total{}, Promises: []httpapi.Promise{}, Claims: []httpapi.Claim{}, Happened: v.happened(filter), Assumed: v.assumed(b), Priority: []httpapi.Priority{},
		Timeline: []httpapi.Deadline{}, LastWord: dateText(v.Programme.LastWordOn(b)), UndatedDocs: append([]string{}, b.Undated...), AssumedAboutPct: httpapi.Number(v.Programme.Parameters.AboutTolerance.String())}
	for _, t := range b.Totals {
		out.Totals = append(out.Totals, viewTotal(t))
	}
	byDay := map[string][]string{}
	for i := range b.Items {
		it := &b.Items[i]
		if !v.matches(it, filter) {
			continue
		}
		out.Promises = append(out.Promises, v.promise(it))
		if it.Deadline != nil && !it.Withdrawn {
			byDay[it.Deadline.String()] = append(byDay[it.Deadline.String()], it.ID)
		}
	}
	for d, ids := range byDay {
		out.Timeline = append(out.Timeline, httpapi.Deadline{Deadline: d, Promises: ids})
	}
	sort.Slice(out.Timeline, func(i, k int) bool { return out.Timeline[i].Deadline < out.Timeline[k].Deadline })
	for _, c := range b.Claims {
		out.Claims = append(out.Claims, v.claim(c, j.results))
	}
	for _, p := range b.Priority {
		out.Priority = append(out.Priority, httpapi.Priority{Place: string(p.Place), Has: p.Has})
	}
	out.Sections = httpapi.Sections{AskToday: v.ids(b.AskToday(), filter), NoDate: v.ids(b.NoDateGiven(), filter), DueNext: v.ids(b.DueNext(), filter), Money: v.moneyRows(b)}
	if at, _ := b.Nearest(); at != nil {
		n := int(*at - b.AsOf)
		out.NextDeadline, out.DaysLeft = dateText(at), &n
	}
	if at := v.Programme.LastWordOn(b); at != nil {
		n := int(b.AsOf - *at)
		out.DaysSinceWord = &n
	}
	for i := range j.results {
		if j.results[i].State == rule.Open {
			out.OpenQuestions++
		}
	}
	return out
}

func viewTotal(t board.Total) httpapi.Total {
	out := httpapi.Total{Theme: string(t.Theme), Unit: t.Unit, Promised: quantity(t.Promised), Delivered: quantity(t.Delivered), Promises: t.Promises, ByDue: map[string]int{}, ByEvidence: map[string]int{}, Overlap: append([]string{}, t.Overlap...)}
	for _, s := range board.DueStates() {
		out.ByDue[string(s)] = t.ByDue[s]
	}
	for _, s := range board.ProofStates() {
		out.ByEvidence[string(s)] = t.ByEvidence[s]
	}
	return out
}

// matches applies a filter to a promise.
func (v *view) matches(it *board.Item, f httpapi.PromiseFilter) bool {
	return (f.Theme == "" || string(it.Theme) == f.Theme) && (f.Due == "" || string(it.Due) == f.Due) && (f.Evidence == "" || string(it.Evidence) == f.Evidence) &&
		(f.Place == "" || v.lies(it, place.ID(f.Place)))
}

// lies reports whether a promise is about a place: it names the place or one
// inside it, or a settlement that lies there.
func (v *view) lies(it *board.Item, at place.ID) bool {
	if v.Atlas.Within(it.Target.Place, at) {
		return true
	}
	p, err := v.Atlas.Place(at)
	return err == nil && v.settledIn(it, p)
}

func (v *view) ids(items []*board.Item, f httpapi.PromiseFilter) []string {
	out := []string{}
	for _, it := range items {
		if v.matches(it, f) {
			out = append(out, it.ID)
		}
	}
	return out
}

// happened lists the deliveries that were said by the day, the newest first.
func (v *view) happened(f httpapi.PromiseFilter) []httpapi.Claim {
	type said struct {
		on  period.Date
		row httpapi.Claim
	}
	var list []said
	for _, s := range v.Programme.Statements {
		g := v.Programme.Visible(s.Figure, v.at.AsOf)
		if s.Role != ledger.Delivery || g == nil || g.ID != s.Figure || f.Due != "" || f.Evidence != "" ||
			(f.Theme != "" && string(v.Measures[g.Measure].Theme) != f.Theme) || (f.Place != "" && !v.Atlas.Within(g.Place, place.ID(f.Place))) {
			continue
		}
		on := period.MinDate
		if g.Published != nil {
			on = *g.Published
		}
		list = append(list, said{on, v.claim(board.Claim{Statement: s, Shown: g}, nil)})
	}
	sort.SliceStable(list, func(i, k int) bool { return list[i].on > list[k].on })
	out := []httpapi.Claim{}
	for _, x := range list {
		out = append(out, x.row)
	}
	return out
}

func (v *view) claim(c board.Claim, results []rule.Result) httpapi.Claim {
	f := c.Shown
	out := httpapi.Claim{ID: c.ID, Title: c.Title, Place: string(f.Place), Measure: f.Measure, Kind: string(c.Kind), Value: numberText(f.Value), Qualifier: string(f.Qualifier), Unit: f.Unit,
		Period: optional(f.Period.String()), Document: optional(f.Document), Line: whole(f.Locator.Line), Figure: f.ID.String(), Confirmed: f.Numerator != nil && f.Denominator != nil}
	for _, r := range results {
		if r.Type == rule.RateNoCount && len(r.Promises) == 1 && r.Promises[0] == c.ID {
			out.Question = optional(r.ID)
		}
	}
	return out
}

func (v *view) moneyRows(b *board.Board) []httpapi.MoneyRow {
	out := []httpapi.MoneyRow{}
	for _, m := range b.Money {
		row := httpapi.MoneyRow{What: m.What, Statement: m.Statement, Qualifier: string(ledger.Exact), Unit: v.Country.Currency.Code}
		s, _ := v.Programme.ByID(m.Statement)
		row.Label = moneyLabels[m.What].Fill(func(_ string, c lang.Code) (string, bool) { return s.Title.In(c), true })
		if m.Shown != nil {
			row.Value, row.Qualifier, row.Unit, row.Figure = numberText(m.Shown.Value), string(m.Shown.Qualifier), m.Shown.Unit, optional(m.Shown.ID.String())
		}
		out = append(out, row)
	}
	return out
}

// Checks returns the results of all rules, of one state or rule if asked.
func (a *App) Checks(ctx context.Context, w When, state, ruleCode string) ([]httpapi.Check, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	if state != "" && !slices.Contains([]rule.State{rule.OK, rule.Open, rule.Answered}, rule.State(state)) {
		return nil, fault.New(fault.Invalid, "app.Checks", "state", "the state is ok, open or answered")
	}
	if ruleCode != "" && !slices.ContainsFunc(v.Rules, func(r rule.Rule) bool { return r.Code == ruleCode || string(r.Type) == ruleCode }) {
		return nil, fault.New(fault.NotFound, "app.Checks", ruleCode, "no rule has this code or type: the vocabulary lists them")
	}
	out := []httpapi.Check{}
	for i := range j.results {
		r := &j.results[i]
		if (state == "" || string(r.State) == state) && (ruleCode == "" || r.Rule == ruleCode || string(r.Type) == ruleCode) {
			out = append(out, v.viewCheck(r))
		}
	}
	return out, nil
}

// Promise returns all that is known of a promise.
func (a *App) Promise(ctx context.Context, w When, id string) (*httpapi.PromisePage, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	it := j.board.Item(id)
	if it == nil {
		return nil, fault.New(fault.NotFound, "app.Promise", id, "no promise has this id, or it was not yet published on that day")
	}
	page := &httpapi.PromisePage{Promise: v.promise(it), Statement: ViewFigure(it.First), Moves: []httpapi.Move{}, Evidence: []httpapi.EvidenceItem{}, Parts: []httpapi.Promise{}, Questions: []httpapi.Check{}, History: []httpapi.Event{}}
	if page.Said, err = a.said(ctx, v, it.First); err != nil {
		return nil, err
	}
	for _, part := range it.Parts {
		if p := j.board.Item(part); p != nil {
			page.Parts = append(page.Parts, v.promise(p))
		}
	}
	if up := j.board.Item(it.PartOf); up != nil {
		p := v.promise(up)
		page.Whole = &p
	}
	for i := range j.results {
		if r := &j.results[i]; slices.Contains(r.Promises, id) {
			page.Questions = append(page.Questions, v.viewCheck(r))
		}
	}
	page.Answers = v.viewAnswers(it.Answers)
	about := []string{id, it.First.ID.String(), it.Target.ID.String()}
	for _, q := range page.Questions {
		about = append(about, q.ID)
	}
	page.Asks = v.asksAbout(v.promised(it), about...)
	v.history(page, it)
	return page, nil
}

var historyWords = map[string]lang.Text{
	"said":      {lang.KK: "Уәде айтылды", lang.RU: "Обещание дано", lang.EN: "Promised"},
	"deadline":  {lang.KK: "Мерзім жылжытылды: {to}", lang.RU: "Срок перенесён: {to}", lang.EN: "Deadline moved: {to}"},
	"target":    {lang.KK: "Нысана өзгертілді: {to}", lang.RU: "Цель изменена: {to}", lang.EN: "Target changed: {to}"},
	"broken":    {lang.KK: "Орындалмады делінді", lang.RU: "Сказано, что не выполнено", lang.EN: "Said to be broken"},
	"withdrawn": {lang.KK: "Қайтарып алынды", lang.RU: "Отозвано", lang.EN: "Withdrawn"},
	"asked":     {lang.KK: "Сұрақ жіберілді: {to}", lang.RU: "Направлен вопрос: {to}", lang.EN: "Asked: {to}"},
	"answered":  {lang.KK: "Жауап келді: {to}", lang.RU: "Получен ответ: {to}", lang.EN: "Answered: {to}"},
	"closed":    {lang.KK: "Сұрақ қайтарып алынды: {to}", lang.RU: "Вопрос снят: {to}", lang.EN: "Question taken back: {to}"},
}

// dialogue puts into the history who was asked and who answered.
func (v *view) dialogue(page *httpapi.PromisePage, it *board.Item) {
	add := func(on *period.Date, what, office, ask string) {
		text := historyWords[what].Fill(func(_ string, c lang.Code) (string, bool) { return v.Offices[office].Name.In(c), true })
		page.History = append(page.History, httpapi.Event{At: dateText(on), What: text, Ask: optional(ask)})
	}
	for _, s := range it.Asks {
		on := s.On
		add(&on, "asked", s.Office, s.ID)
		if s.State == ask.Closed {
			add(s.ClosedOn, "closed", s.Office, s.ID)
		}
	}
	for _, x := range it.Answers {
		add(x.On, "answered", x.Office, x.Ask)
	}
}

// titleOf names a figure that is attached to something: by its statement, else
// by what it measures.
func (v *view) titleOf(s ledger.Statement, f *ledger.Figure) lang.Text {
	if len(s.Title) > 0 {
		return s.Title
	}
	return v.Measures[f.Measure].Name
}

// history fills moves, evidence and the timeline of a promise, oldest first.
func (v *view) history(page *httpapi.PromisePage, it *board.Item) {
	page.History = append(page.History, httpapi.Event{At: dateText(it.First.Published), What: historyWords["said"], Figure: optional(it.First.ID.String())})
	was, target := it.FirstDeadline, ""
	if it.First.Value != nil {
		target = it.First.Value.String()
	}
	for _, m := range it.Moves {
		x := httpapi.Move{At: dateText(m.Published), Field: string(m.Field), To: m.To, Document: optional(m.Document), Line: whole(m.Locator.Line), Figure: optional(m.Figure.String()), Reason: m.Reason, Office: optional(m.Office)}
		if m.Field == ledger.MoveDeadline {
			x.From = dateText(was)
			if d, err := period.ParseDate(m.To); err == nil {
				was = &d
			}
		} else if m.Field == ledger.MoveTarget {
			x.From, target = optional(target), m.To
		}
		page.Moves = append(page.Moves, x)
		what := historyWords[string(m.Field)].Fill(func(string, lang.Code) (string, bool) { return m.To, true })
		page.History = append(page.History, httpapi.Event{At: x.At, What: what, Figure: x.Figure})
	}
	for _, l := range it.Links {
		s, _ := v.Programme.ByID(l.Statement)
		title := v.titleOf(s, l.Shown)
		page.Evidence = append(page.Evidence, httpapi.EvidenceItem{Relation: string(l.Relation), Title: title, Note: l.Note, Figure: ViewFigure(l.Shown)})
		page.History = append(page.History, httpapi.Event{At: dateText(l.Shown.Published), What: title, Figure: optional(l.Shown.ID.String())})
	}
	v.dialogue(page, it)
	sort.SliceStable(page.History, func(i, k int) bool {
		a, b := page.History[i].At, page.History[k].At
		if a == nil || b == nil {
			return a == nil && b != nil
		}
		return *a < *b
	})
}
