package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/place"
)

// waiting chooses in a filter what has no answer yet.
const waiting = "waiting"

// Asks lists what offices were asked, as of a moment, the newest first.
func (a *App) Asks(ctx context.Context, w When, f httpapi.AskFilter) ([]httpapi.Asked, error) {
	const op = "app.Asks"
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	switch {
	case f.State != "" && f.State != waiting && !slices.Contains(ask.States(), ask.State(f.State)):
		return nil, fault.New(fault.Invalid, op, "state", "the state is open, overdue, answered, closed or waiting")
	case f.Place != "" && !v.Atlas.Has(place.ID(f.Place)):
		return nil, fault.New(fault.NotFound, op, "place", "no place has this code: `search` finds it by name")
	case f.By != "" && f.By != "us":
		return nil, fault.New(fault.Invalid, op, "by", "by is us or nothing")
	case f.By != "" && !actor.From(ctx).SignedIn():
		return nil, fault.New(fault.Forbidden, op, "by", "who asks by us must say who that is: %w", &actor.Denied{Act: actor.Ask})
	}
	ours, err := a.askedByUs(ctx, f.By)
	if err != nil {
		return nil, err
	}
	out := []httpapi.Asked{}
	for _, s := range ask.At(v.Programme.Asks, v.Programme.Answers, v.at.AsOf) {
		if (f.State != "" && f.State != string(s.State) && !(f.State == waiting && s.Waits())) || (f.Office != "" && s.Office != f.Office) || (f.About != "" && s.About != f.About) || (f.By != "" && !ours[s.ID]) {
			continue
		}
		t := a.thingOrName(ctx, v, s.About)
		if f.Place == "" || v.Atlas.Within(t.Place, place.ID(f.Place)) {
			out = append(out, v.viewAsk(s, t))
		}
	}
	return out, nil
}

// askedByUs tells what the office of the reader asked, or the reader alone.
func (a *App) askedByUs(ctx context.Context, by string) (map[string]bool, error) {
	if by == "" {
		return nil, nil
	}
	list, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: deskAsk, Owner: asker(actor.From(ctx))})
	out := map[string]bool{}
	for _, it := range list {
		out[it.ID] = true
	}
	return out, err
}

// asker names on whose behalf somebody asks: an office, or a person without
// one.
func asker(who actor.Actor) string {
	if who.Office != "" {
		return who.Office
	}
	return string(who.ID)
}

// thingOrName is thing for lists: what was taken back since is named by its id.
func (a *App) thingOrName(ctx context.Context, v *view, about string) thing {
	t, err := a.thing(ctx, v, about)
	if err != nil {
		t = thing{Kind: thingQuestion, ID: about, Place: v.Atlas.Root()}
		if _, err := ledger.ParseFigureID(about); err == nil {
			t.Kind = thingFigure
		}
	}
	return t
}

func (t thing) view() httpapi.Thing {
	out := httpapi.Thing{Kind: t.Kind, ID: t.ID, Title: t.Title, Place: string(t.Place)}
	if t.figure != nil {
		out.Figure = optional(t.figure.ID.String())
	}
	return out
}

func (v *view) viewAsk(s ask.Standing, t thing) httpapi.Asked {
	return httpapi.Asked{ID: s.ID, About: t.view(), Office: s.Office, Text: s.Text, On: s.On.String(), Due: s.Due.String(), State: string(s.State), DaysWithoutWord: s.Waited, DaysLeft: s.Left,
		Closed: s.Closed, ClosedOn: dateText(s.ClosedOn), Answers: v.viewAnswers(s.Answers)}
}

// asksAbout lists the questions about any of the ids, the newest first.
func (v *view) asksAbout(t thing, ids ...string) []httpapi.Asked {
	var asks []ledger.Ask
	for _, a := range v.Programme.Asks {
		if slices.Contains(ids, a.About) {
			asks = append(asks, a)
		}
	}
	out := []httpapi.Asked{}
	if len(asks) == 0 { // so it is for most things: answers need not be looked through
		return out
	}
	for _, s := range ask.At(asks, v.Programme.Answers, v.at.AsOf) {
		out = append(out, v.viewAsk(s, t))
	}
	return out
}

// asked sums up the questions about a promise, or nil.
func (v *view) asked(it *board.Item) *httpapi.AskSummary {
	if len(it.Asks) == 0 {
		return nil
	}
	last := v.viewAsk(it.Asks[0], v.promised(it))
	out := &httpapi.AskSummary{Count: len(it.Asks), Last: &last}
	for _, s := range it.Asks {
		if s.Waits() {
			out.Waiting++
		}
	}
	return out
}

func (v *view) viewAnswers(list []ledger.Answer) []httpapi.Answer {
	out := []httpapi.Answer{}
	for i := range list {
		out = append(out, v.viewAnswer(&list[i]))
	}
	return out
}

func (v *view) viewAnswer(a *ledger.Answer) httpapi.Answer {
	out := httpapi.Answer{Office: a.Office, Text: a.Text, On: dateText(a.On), Ask: optional(a.Ask), Files: append([]string{}, a.Files...), Figures: []httpapi.Figure{}}
	if a.Run == 0 {
		return out
	}
	var given []ledger.Figure
	for _, f := range v.Programme.Figures {
		if f.Run == a.Run && f.Source == a.Office && f.Document == "" && f.PublishedBy(v.at.AsOf) {
			given = append(given, *f)
		}
	}
	slices.SortFunc(given, func(x, y ledger.Figure) int {
		return cmp.Or(cmp.Compare(x.Period.End, y.Period.End), cmp.Compare(x.ID, y.ID))
	})
	out.Figures = viewFigures(given)
	return out
}

// answerWith finds the answer in which an office gave a figure.
func (v *view) answerWith(f *ledger.Figure) *ledger.Answer {
	for i := range v.Programme.Answers {
		if a := &v.Programme.Answers[i]; a.Run == f.Run && a.Office == f.Source {
			return a
		}
	}
	return nil
}

// officeWords name how an office said a figure.
var officeWords = map[string]lang.Text{
	"answer": {lang.KK: "Сұраққа жауап", lang.RU: "Ответ на вопрос", lang.EN: "Answer to a question"},
	"report": {lang.KK: "Мекеме есебі", lang.RU: "Отчёт ведомства", lang.EN: "Report of the office"},
}

// saidByOffice tells who said a figure that stands in no document: an office,
// in an answer or in a report. It returns nil for any other figure.
func (v *view) saidByOffice(f *ledger.Figure) *httpapi.Said {
	o, known := v.Offices[f.Source]
	if !known || f.Document != "" || f.Recipe != nil {
		return nil
	}
	out := &httpapi.Said{Publisher: o.Name, Title: officeWords["report"], Date: dateText(f.Published), Office: &o.Code}
	if a := v.answerWith(f); a != nil {
		said := v.viewAnswer(a)
		out.Title, out.Ask, out.Answer = officeWords["answer"], optional(a.Ask), &said
	}
	return out
}
