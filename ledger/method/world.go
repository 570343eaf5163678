package method

import (
	"strconv"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// The measures of a case: what is promised, and what delivers it.
const (
	promised  = "promised"
	delivered = "delivered"
	whole     = "whole" // the place of everything that names none
)

// placeCase is a place of a case; one without parent lies in the whole.
type placeCase struct {
	Code   string `json:"code"`
	Parent string `json:"parent"`
}

// figureCase is something said in a case.
type figureCase struct {
	ID         string `json:"id"`
	Place      string `json:"place"`
	Dimensions string `json:"dimensions"`
	Period     string `json:"period"`
	Unit       string `json:"unit"`
	Source     string `json:"source"`
	Published  string `json:"published_at"`
	amount
}

// promiseCase is a promise of a case.
type promiseCase struct {
	figureCase
	Deadline string `json:"deadline"`
	PartOf   string `json:"part_of"`
	Inferred bool   `json:"period_inferred"`
}

// judgement are the parameters of the methods that judge promises.
type judgement struct {
	tolerant
	OldDays       *int   `json:"last_word_old_days"`
	Polarity      string `json:"polarity"`       // up (the rule), down or none
	AggregateTime string `json:"aggregate_time"` // last (the rule) or sum
}

// oldDays is after how many days evidence is old where a case does not say.
const oldDays = 180

// world is a programme made of one case.
type world struct {
	p      *board.Programme
	number map[ledger.FigureID]string // the name of each figure in the case
}

func newWorld(j judgement, places []placeCase) (*world, error) {
	tol, err := j.value()
	if err != nil {
		return nil, err
	}
	days := oldDays
	if j.OldDays != nil {
		days = *j.OldDays
	}
	list := []place.Place{{ID: whole, Kind: place.Country, Name: lang.Text{lang.EN: whole}}}
	for _, x := range places {
		parent := place.ID(x.Parent)
		if parent == "" {
			parent = whole
		}
		list = append(list, place.Place{ID: place.ID(x.Code), Kind: place.Region, Parent: parent, Name: lang.Text{lang.EN: x.Code}})
	}
	atlas, err := place.NewAtlas(list, nil, nil)
	if err != nil {
		return nil, err
	}
	polarity, over := ledger.Polarity(j.Polarity), ledger.Aggregation(j.AggregateTime)
	if polarity == "" {
		polarity = ledger.Up
	}
	if over == "" {
		over = ledger.Last
	}
	if polarity != ledger.Up && polarity != ledger.Down && polarity != ledger.Neutral || over != ledger.Last && over != ledger.Sum {
		return nil, fault.New(fault.Invalid, "method.world", "params", "polarity is up, down or none, aggregate_time is last or sum")
	}
	return &world{number: map[ledger.FigureID]string{}, p: &board.Programme{Atlas: atlas, Figures: map[ledger.FigureID]*ledger.Figure{}, Documents: map[string]ledger.Document{},
		Measures:   map[string]ledger.Measure{promised: {Code: promised, Version: 1, Theme: ledger.Facilities, Polarity: polarity, DeliveredBy: delivered}, delivered: {Code: delivered, Version: 1, Unit: "unit", OverTime: over}},
		Parameters: board.Parameters{LastWordOldDays: days, AboutTolerance: tol}}}, nil
}

// figure seals one figure of the case; n tells apart what is otherwise equal.
func (w *world) figure(x figureCase, measure string, kind ledger.Kind, n int) (*ledger.Figure, error) {
	per, err := period.Parse(x.Period)
	if err != nil {
		return nil, err
	}
	published, err := optionalDate(x.Published)
	if err != nil {
		return nil, err
	}
	dims, err := ledger.ParseDimensions(x.Dimensions)
	if err != nil {
		return nil, err
	}
	q, err := x.qualifier()
	if err != nil {
		return nil, err
	}
	id := place.ID(x.Place)
	if id == "" {
		id = whole
	}
	if _, err := w.p.Atlas.Place(id); err != nil {
		return nil, fault.New(fault.Invalid, "method.world", string(id), "the place is not in the list of places")
	}
	unit := x.Unit
	if unit == "" {
		unit = "unit"
	}
	f := &ledger.Figure{Series: ledger.Series{Measure: measure, Place: id, Dimensions: dims.String(), Kind: kind, Unit: unit, Source: "case"}, Period: per, Value: x.Value.pointer(), Qualifier: q,
		Published: published, Document: "case", Locator: ledger.Locator{Line: n + 1}}
	if f.Value == nil {
		f.Status = ledger.Missing
	}
	if err := f.Seal(); err != nil {
		return nil, err
	}
	name := x.ID
	if name == "" {
		name = strconv.Itoa(n)
	}
	w.number[f.ID] = name
	w.p.Figures[f.ID] = f
	return f, nil
}

func (w *world) promise(x promiseCase, n int) error {
	f, err := w.figure(x.figureCase, promised, ledger.Plan, n)
	if err != nil {
		return err
	}
	deadline, err := optionalDate(x.Deadline)
	if err != nil {
		return err
	}
	w.p.Statements = append(w.p.Statements, ledger.Statement{ID: w.number[f.ID], Role: ledger.Promise, Kind: ledger.Count, Figure: f.ID, PartOf: x.PartOf, Deadline: deadline, PeriodInferred: x.Inferred})
	return nil
}

func (w *world) deliver(list []figureCase) error {
	for i, x := range list {
		f, err := w.figure(x, delivered, ledger.Actual, i)
		if err != nil {
			return err
		}
		w.p.Deliveries = append(w.p.Deliveries, *f)
	}
	return nil
}

// counted names the figures of the case behind a computed one.
func (w *world) counted(f *ledger.Figure) []string {
	out := []string{}
	if f.Recipe == nil {
		return append(out, w.number[f.ID])
	}
	for _, in := range f.Recipe.Inputs {
		out = append(out, w.number[in])
	}
	return out
}

func optionalDate(s string) (*period.Date, error) {
	if s == "" {
		return nil, nil
	}
	d, err := period.ParseDate(s)
	if err != nil {
		return nil, err
	}
	return &d, nil
}

// asOf reads the day of a case; without one everything counts.
func asOf(s string) (period.Date, error) {
	d, err := optionalDate(s)
	if err != nil || d == nil {
		return period.MaxDate, err
	}
	return *d, nil
}
