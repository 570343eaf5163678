package app

import (
	"context"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

const opAnswer = "app.answer"

// answering turns an approved answer into what the ledger records of it.
type answering struct {
	view *view
	sub  submission.Submission
	item *board.Item // the promise that is answered for; nil for a question or figure
	day  period.Date // of publication: before it, nobody could know
	out  ledger.Batch
}

// answerBatch returns what the publication of an answer writes: the words of
// the office, its figures with the office as their source, what they are to the
// promise, and a new deadline or a withdrawal with its reason. It returns
// fault.Invalid when the answer says what cannot be, and fault.Conflict when
// the ask was answered meanwhile. The view is that of the day of publication.
func answerBatch(v *view, s submission.Submission) (ledger.Batch, error) {
	x := &answering{view: v, sub: s, day: v.at.AsOf, item: v.Programme.One(s.About, v.at.AsOf)}
	for _, step := range []func() error{x.check, x.seat, x.words, x.figures, x.deadline, x.withdrawal} {
		if err := step(); err != nil {
			return ledger.Batch{}, err
		}
	}
	return x.out, nil
}

func wrongAnswer(field, format string, args ...any) error {
	return fault.New(fault.Invalid, opAnswer, field, format, args...)
}

// check refuses an answer of the wrong office, to an ask that is not there or
// that has its answer.
func (x *answering) check() error {
	s := x.sub
	if _, known := x.view.Offices[s.Office]; !known {
		return wrongAnswer("office", "say which office answers: an answer is the word of one")
	}
	if x.item != nil && x.item.Role != ledger.Promise {
		x.item = nil
	}
	if s.Ask == "" {
		return x.view.concerned(s.Office, x.item)
	}
	a, ok := x.view.standing(s.Ask)
	switch {
	case !ok:
		return wrongAnswer("ask", "nobody asked this: look at the list of what was asked")
	case a.Office != s.Office || a.About != s.About:
		return wrongAnswer("ask", "this answers another question, or one to another office: open the one that was asked")
	case a.State == ask.Answered:
		return fault.New(fault.Conflict, opAnswer, "ask", "this was answered already: what the office said stands beside the question")
	}
	return nil
}

// concerned refuses an office that was not asked and speaks of a promise that is
// neither its own nor of its territory.
func (v *view) concerned(office string, promise *board.Item) error {
	if promise == nil || promise.Role != ledger.Promise || v.Atlas.Within(promise.Target.Place, v.Offices[office].Place) || v.disposes(office, promise) {
		return nil
	}
	return wrongAnswer("about", "only the office that made the promise or answers for it, or one that was asked, speaks of a promise of another territory")
}

// disposes reports whether an office made a promise or answers for it.
func (v *view) disposes(office string, p *board.Item) bool {
	return office == p.SaidBy || office == p.AnswersForIt || (p.AnswersForIt == "" && office == v.promised(p).Office)
}

// seat refuses an answer that would be approved elsewhere than where the office
// sits: its territory decides who approves its words.
func (x *answering) seat() error {
	if x.sub.Place != x.view.Offices[x.sub.Office].Place {
		return wrongAnswer("place", "an answer is submitted in the territory of the office that gives it")
	}
	return nil
}

// checkAnswer refuses to submit an answer that nobody wants any more, one beside
// another that is on its way, and one of somebody who does not belong to the
// office: its words are its own.
func (a *App) checkAnswer(ctx context.Context, v *view, s submission.Submission) error {
	if who := v.who(ctx); !v.mayAnswer(who, s.Office) {
		if err := a.may(ctx, v, actor.Answer, v.Offices[s.Office].Place); err != nil {
			return err
		}
		return fault.New(fault.Forbidden, opAnswer, "office", "only the people of an office answer for it: its words are its own")
	}
	if s.Ask == "" {
		return v.concerned(s.Office, v.Programme.One(s.About, v.at.AsOf))
	}
	q, known := v.standing(s.Ask)
	if !known {
		return wrongAnswer("ask", "nobody asked this: look at the list of what was asked")
	}
	if q.State == ask.Closed {
		return fault.New(fault.Conflict, opAnswer, "ask", "the question was taken back: no answer is wanted any more")
	}
	others, err := a.onTheWay(ctx, q.Ask)
	if err != nil {
		return err
	}
	for _, x := range others {
		if x.sub.ID != s.ID && x.sub.State != submission.Draft && x.sub.State != submission.Returned {
			return fault.New(fault.Conflict, opAnswer, "ask", "the office has submitted an answer to this already: look at %w", &httpapi.Earlier{Path: "/submissions/" + x.sub.ID})
		}
	}
	return nil
}

// words records the right of reply: what the office says in its own words.
func (x *answering) words() error {
	text := lang.Text{}
	for _, c := range lang.Codes() {
		if x.sub.Text.Has(c) {
			text[c] = strings.TrimSpace(x.sub.Text[c])
		}
	}
	if len(text) == 0 {
		return wrongAnswer("text", "say it in words too, in one language at least: they are published beside the figure")
	}
	day := x.day
	x.out.Answers = []ledger.Answer{{About: x.sub.About, Ask: x.sub.Ask, Office: x.sub.Office, Text: text, On: &day, Files: x.sub.Files}}
	return nil
}

func (x *answering) figures() error {
	for _, value := range x.sub.Values {
		if value.Value == "" && value.Status == "" {
			continue // a field that was left empty
		}
		f, err := x.figure(value)
		if err != nil {
			return err
		}
		x.out.Figures = append(x.out.Figures, f)
		if x.item != nil {
			x.out.Evidence = append(x.out.Evidence, ledger.Evidence{Promise: x.item.ID, Figure: f.ID, Relation: x.relation(&f)})
		}
	}
	return nil
}

// figure reads one value. What is not said is taken from the promise: an
// answer about it needs to say neither place nor dimensions again.
func (x *answering) figure(value submission.Value) (ledger.Figure, error) {
	v := x.view
	m, ok := v.Measures[value.Measure]
	if !ok {
		return ledger.Figure{}, wrongAnswer("measure", "choose a measure: no measure has this code")
	}
	at, dims := value.Place, value.Dimensions
	if at == "" && dims == "" && x.item != nil {
		at, dims = x.item.Target.Place, x.item.Target.Dimensions
	} else if at == "" {
		at = x.sub.Place
	}
	if err := x.within(at); err != nil {
		return ledger.Figure{}, err
	}
	d, err := ledger.ParseDimensions(dims)
	if err != nil {
		return ledger.Figure{}, err
	}
	if err := v.knownDimensions(d); err != nil {
		return ledger.Figure{}, err
	}
	per := period.OfDay(x.day)
	if value.Period != "" {
		if per, err = period.Parse(value.Period); err != nil {
			return ledger.Figure{}, wrongAnswer("period", "%v", err)
		}
	}
	if per.Known() && per.Start > x.day {
		return ledger.Figure{}, wrongAnswer("period", "this has not happened yet: for what is planned give a new deadline")
	}
	f := ledger.Figure{Series: ledger.Series{Measure: m.Code, Version: max(1, m.Version), Place: at, Dimensions: d.String(), Kind: ledger.Actual, Unit: m.Unit, Source: x.sub.Office},
		Period: per, Status: ledger.Status(value.Status), Published: &x.day}
	if value.Unit != "" && value.Unit != m.Unit {
		return f, wrongAnswer("unit", "this measure is counted in another unit")
	}
	if value.Note != "" {
		f.Note = lang.Text{"und": value.Note}
	}
	return f, x.fill(&f, value)
}

// fill reads the number, or why there is none.
func (x *answering) fill(f *ledger.Figure, value submission.Value) error {
	q, ok := ledger.ParseQualifier(value.Qualifier)
	if !ok {
		return wrongAnswer("qualifier", "the qualifier is one of = ~ <~ >= > <= <")
	}
	f.Qualifier = q
	switch {
	case value.Value != "":
		number, err := readValue(value.Value)
		if err != nil {
			return err
		}
		if u := x.view.Units[f.Unit]; number.IsNegative() && u.Kind == "count" {
			return wrongAnswer("value", "a count is not less than zero")
		}
		f.Value = number
		if f.Status == "" {
			f.Status = ledger.Normal
		}
	case !ledger.KnownStatus(f.Status):
		return wrongAnswer("status", "where there is no number, the status says why: O not said, M cannot exist")
	}
	return f.Seal()
}

// within refuses a figure about a place for which the office does not speak.
func (x *answering) within(at place.ID) error {
	v := x.view
	if !v.Atlas.Has(at) {
		return wrongAnswer("place", "choose a place: no place has this code")
	}
	if v.Atlas.Within(at, v.Offices[x.sub.Office].Place) || (x.item != nil && v.Atlas.Within(at, x.item.Target.Place)) {
		return nil
	}
	return wrongAnswer("place", "the office speaks for its own territory and for what it was asked about: choose a place there")
}

// relation tells what a figure is to the promise. A percentage on the way to
// something that is not one shows progress. What delivers the promise supports
// it; nothing at all, after its date, contradicts it, and before its date only
// helps to understand it.
func (x *answering) relation(f *ledger.Figure) ledger.Relation {
	target := x.item.Target
	delivers := f.Measure == x.view.Measures[target.Measure].DeliveredBy || f.Measure == target.Measure
	switch {
	case delivers && f.Value != nil && f.Value.IsZero():
		if d := x.item.Deadline; d != nil && f.Period.Known() && f.Period.Last() > *d {
			return ledger.Contradicts
		}
		return ledger.About_
	case delivers && f.Value != nil:
		return ledger.Supports
	case f.Value != nil && f.Unit == "percent" && target.Unit != "percent":
		return ledger.Progress
	}
	return ledger.About_
}

// deadline records that the date of the promise moved.
func (x *answering) deadline() error {
	if x.sub.Deadline == "" {
		return nil
	}
	if err := x.disposes("deadline"); err != nil {
		return err
	}
	d, err := period.ParseDate(x.sub.Deadline)
	if err != nil {
		return wrongAnswer("deadline", "the deadline is a day, YYYY-MM-DD")
	}
	if x.item.Deadline != nil && *x.item.Deadline == d {
		return wrongAnswer("deadline", "this is the deadline already: choose another day or leave it out")
	}
	return x.move(ledger.MoveDeadline, d.String())
}

func (x *answering) withdrawal() error {
	if !x.sub.Withdraw {
		return nil
	}
	if err := x.disposes("withdraw"); err != nil {
		return err
	}
	if x.sub.Deadline != "" {
		return wrongAnswer("withdraw", "a promise that is taken back needs no new deadline: choose one of the two")
	}
	return x.move(ledger.MoveWithdrawn, "")
}

func (x *answering) move(field ledger.Field, to string) error {
	m := ledger.Move{Promise: x.item.ID, Field: field, To: to, Office: x.sub.Office, Published: &x.day, Reason: strings.TrimSpace(x.sub.Reason)}
	if m.Reason == "" {
		return wrongAnswer("reason", "give the reason: it is published with the change")
	}
	x.out.Moves = append(x.out.Moves, m)
	return m.Check()
}

// disposes refuses a change of a promise by an office whose promise it is not:
// it must have made it or answer for it.
func (x *answering) disposes(field string) error {
	if x.item == nil {
		return wrongAnswer(field, "only a promise has a deadline and can be taken back: answer this one with a figure or in words")
	}
	if x.view.disposes(x.sub.Office, x.item) {
		return nil
	}
	return wrongAnswer(field, "only the office that made the promise or answers for it can change it: say in words what you know")
}

// standing returns an ask as it stands on the day of the view.
func (v *view) standing(id string) (ask.Standing, bool) {
	for _, a := range v.Programme.Asks {
		if a.ID == id {
			list := ask.At([]ledger.Ask{a}, v.Programme.Answers, v.at.AsOf)
			if len(list) == 1 {
				return list[0], true
			}
		}
	}
	return ask.Standing{}, false
}
