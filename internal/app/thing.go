package app

import (
	"context"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/place"
)

// The kinds of things about which one asks, answers and comments.
const (
	thingPromise  = "promise"
	thingFigure   = "figure"
	thingQuestion = "question"
)

// thing is what somebody is asked about.
type thing struct {
	Kind  string
	ID    string
	Title lang.Text
	Place place.ID
	// Office answers for it: the one that was named, else that of the place.
	Office string

	item   *board.Item
	figure *ledger.Figure
	check  *rule.Result
}

// promised returns the promise with that id as a thing.
func (v *view) promised(it *board.Item) thing {
	t := thing{Kind: thingPromise, ID: it.ID, Title: it.Title, Place: it.Target.Place, Office: it.AnswersForIt, item: it, figure: it.Target}
	return v.answered(t)
}

// answered names the office of the place where nobody is named.
func (v *view) answered(t thing) thing {
	if _, known := v.Offices[t.Office]; !known {
		t.Office = country.OfficeOf(v.Offices, v.Atlas.Path(t.Place))
	}
	return t
}

// thing finds what an id names: a promise, another statement, a question or a
// figure. fault.NotFound tells that there is none, or not yet.
func (a *App) thing(ctx context.Context, v *view, id string) (thing, error) {
	if it := v.Programme.One(id, v.at.AsOf); it != nil {
		if it.Role == ledger.Promise {
			return v.promised(it), nil
		}
		return v.answered(thing{Kind: thingFigure, ID: it.Target.ID.String(), Title: it.Title, Place: it.Target.Place, Office: it.AnswersForIt, figure: it.Target}), nil
	}
	if _, err := ledger.ParseFigureID(id); err == nil {
		f, err := a.figure(ctx, v, id)
		if err != nil {
			return thing{}, err
		}
		t := thing{Kind: thingFigure, ID: id, Title: v.Measures[f.Measure].Name, Place: f.Place, figure: f}
		for _, s := range v.byFigure[f.ID] {
			t.Title, t.Office = s.Title, s.AnswersForIt
		}
		return v.answered(t), nil
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return thing{}, err
	}
	for i := range j.results {
		if r := &j.results[i]; r.ID == id {
			return v.questioned(j, r), nil
		}
	}
	return thing{}, fault.New(fault.NotFound, "app.thing", "about", "there is no promise, question or figure of this id")
}

// questioned returns a question as a thing: it is about the place that all of
// its promises have in common, else about the country.
func (v *view) questioned(j *judged, r *rule.Result) thing {
	t := thing{Kind: thingQuestion, ID: r.ID, Title: r.Title, check: r}
	for i, id := range r.Promises {
		it := j.board.Item(id)
		if it == nil {
			continue
		}
		if i == 0 {
			t.Place, t.Office = it.Target.Place, it.AnswersForIt
			continue
		}
		if t.Place != it.Target.Place {
			t.Place = v.Atlas.Root()
		}
		if t.Office != it.AnswersForIt {
			t.Office = ""
		}
	}
	if t.Place == "" {
		t.Place = v.Atlas.Root()
	}
	return v.answered(t)
}
