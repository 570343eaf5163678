package works

import (
	"slices"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// RowVersion counts how rows are folded: rows of an earlier version are folded
// anew from their lines.
const RowVersion = 1

// Row is what lists, maps and filters know of a work: its record and the fold
// of its lines, without what depends on the day on which one looks.
type Row struct {
	// Version is RowVersion of the program that folded it.
	Version   int          `json:"v"`
	ID        ID           `json:"id"`
	Level     Level        `json:"level"`
	Kind      Kind         `json:"kind"`
	Condition Condition    `json:"condition"`
	Parent    ID           `json:"parent,omitempty"`
	Title     lang.Text    `json:"title"`
	Place     place.ID     `json:"place"`
	Facility  place.ID     `json:"facility,omitempty"`
	Point     *place.Point `json:"point,omitempty"`
	Office    string       `json:"office,omitempty"`
	Units     int64        `json:"units"`
	Yields    []Yield      `json:"yields,omitempty"`
	Promises  []string     `json:"promises,omitempty"`
	Synthetic bool         `json:"synthetic,omitempty"`

	Phase     Phase            `json:"phase"`
	Percent   *decimal.Decimal `json:"percent,omitempty"`
	Qualifier ledger.Qualifier `json:"qualifier,omitempty"`
	PercentOn *period.Date     `json:"percent_on,omitempty"`
	Evidenced bool             `json:"evidenced,omitempty"` // the percentage
	Word      Word             `json:"word,omitempty"`      // said last of the whole, without a number
	Computed  *decimal.Decimal `json:"computed,omitempty"`  // by stages
	Steps     int              `json:"steps"`               // of opening that are done, of 6
	Next      Step             `json:"next,omitempty"`
	Opened    *period.Date     `json:"opened,omitempty"`
	Stage     string           `json:"stage,omitempty"` // of which somebody spoke last
	Start     *period.Date     `json:"start,omitempty"` // of the newest baseline
	Finish    *period.Date     `json:"finish,omitempty"`
	// Planned is the first baseline from its first to its last day.
	Planned  *Term        `json:"planned,omitempty"`
	First    *period.Date `json:"first_deadline,omitempty"`
	Deadline *period.Date `json:"deadline,omitempty"`
	LastWord *period.Date `json:"last_word,omitempty"`
	MovedOn  *period.Date `json:"moved_on,omitempty"` // a percentage rose last, or a step was done
	StepOn   *period.Date `json:"step_on,omitempty"`  // the newest step of opening was done
	Money    RowMoney     `json:"money"`
	// Sources hold the money of each source, by code.
	Sources   map[string]RowMoney `json:"sources,omitempty"`
	Owed      []Owed              `json:"owed,omitempty"`
	People    int64               `json:"people,omitempty"`
	Questions []Rule              `json:"questions,omitempty"` // that do not depend on the day
	Lines     int                 `json:"lines"`
	Forecast  *RowForecast        `json:"forecast,omitempty"`
	// Plan is what charts over many works need; nil: no plan, report or money.
	Plan *RowPlan `json:"plan,omitempty"`
}

// RowMoney are the amounts of a list; nil where nobody said any.
type RowMoney struct {
	Cost        *Said `json:"cost,omitempty"`
	Planned     *Said `json:"planned,omitempty"`
	Approved    *Said `json:"approved,omitempty"`
	Transferred *Said `json:"transferred,omitempty"`
	Contracted  *Said `json:"contracted,omitempty"`
	Paid        *Said `json:"paid,omitempty"` // with advances
	Accepted    *Said `json:"accepted,omitempty"`
}

// Said is an amount as it was stated.
type Said struct {
	Amount    money.Amount     `json:"amount"`
	Qualifier ledger.Qualifier `json:"qualifier"`
}

// RowForecast is the newest forecast of the end.
type RowForecast struct {
	On  period.Date  `json:"on"`
	ES  *period.Date `json:"es,omitempty"` // by earned schedule
	P50 *period.Date `json:"p50,omitempty"`
	P80 *period.Date `json:"p80,omitempty"`
	// Overtaken: something was said about the work since.
	Overtaken bool `json:"overtaken,omitempty"`
}

func said(s Sum) *Said {
	if !s.said() {
		return nil
	}
	return &Said{s.Amount, s.Qualifier}
}

func rowMoney(m map[MoneyKind]*Sum) RowMoney {
	return RowMoney{Planned: said(sumOf(m, Planned)), Approved: said(sumOf(m, Approved)), Transferred: said(sumOf(m, Transferred)), Contracted: said(sumOf(m, Contracted)), Paid: said(spent(m)), Accepted: said(sumOf(m, Accepted))}
}

// byDay are the rules whose answer changes with the calendar alone.
var byDay = []Rule{ReadyNotOpen, DeadlinePassed, NotConfirmed, NotTransferred}

// RowOf folds a state into a row.
func RowOf(s *State) Row {
	w := s.Work
	r := Row{Version: RowVersion, ID: w.ID, Level: w.Level, Kind: w.Kind, Condition: w.Condition, Parent: w.Parent, Title: w.Title, Place: w.Place, Facility: w.Facility, Point: w.Point, Office: w.Office,
		Units: w.Count(), Yields: w.Yields, Promises: w.Promises, Synthetic: w.Synthetic, Phase: s.Phase, Computed: s.Computed, Steps: s.Chain.Done(), Next: s.Chain.Next(), Opened: s.Opened,
		LastWord: s.LastWord, People: s.People, Lines: len(s.Lines), Money: rowMoney(s.Money.Total), Plan: planOf(s)}
	if s.Money.Cost != nil {
		r.Money.Cost = said(*s.Money.Cost)
	}
	if n := len(s.Forecasts); n > 0 {
		l := s.Forecasts[n-1]
		r.Forecast = &RowForecast{On: l.On, ES: l.Forecast.ES, P50: l.Forecast.P50, P80: l.Forecast.P80}
	}
	for _, src := range s.Money.Sources() {
		if r.Sources == nil {
			r.Sources = map[string]RowMoney{}
		}
		r.Sources[src] = rowMoney(s.Money.BySource[src])
	}
	if p := s.Ready; p != nil {
		r.Percent, r.Qualifier, r.PercentOn, r.Evidenced = &p.Percent, p.Qualifier, &p.On, p.Doubt != NoEvidence
	}
	if s.Said != nil {
		r.Word = s.Said.Word
	}
	r.First, r.Deadline = s.Deadline()
	r.MovedOn, r.StepOn, r.Owed = movedOn(s), s.Chain.newest(), owedOf(s)
	var on period.Date
	for _, x := range s.Stages {
		if x.On != nil && (r.Stage == "" || *x.On >= on) {
			r.Stage, on = x.Code, *x.On
		}
	}
	if b := s.currentKnown(); b != nil {
		for _, t := range b.Terms {
			if r.Start == nil || t.Start < *r.Start {
				start := t.Start
				r.Start = &start
			}
		}
		if end, ok := b.Finish(); ok {
			r.Finish = &end
		}
	}
	if b := s.firstKnown(); b != nil {
		if end, ok := b.Finish(); ok {
			r.Planned = &Term{Start: b.Terms[0].Start, Finish: end}
			for _, t := range b.Terms {
				r.Planned.Start = min(r.Planned.Start, t.Start)
			}
		}
	}
	for _, q := range s.Questions {
		if !slices.Contains(byDay, q.Rule) && !slices.Contains(r.Questions, q.Rule) {
			r.Questions = append(r.Questions, q.Rule)
		}
	}
	return r
}

// DoubtOn says why the percentage of the row is not confirmed on a day.
func (r *Row) DoubtOn(day period.Date) Doubt {
	switch {
	case r.Percent == nil:
		return ""
	case !r.Evidenced:
		return NoEvidence
	case int(day-*r.PercentOn) > FreshDays:
		return TooOld
	}
	return ""
}

// LateOn returns by how many days the deadline has passed on a day.
func (r *Row) LateOn(day period.Date) int {
	if r.Deadline == nil || r.Opened != nil || r.Condition == Cancelled || day <= *r.Deadline {
		return 0
	}
	return int(day - *r.Deadline)
}

// EachAsked calls f for every rule that the row does not pass on a day.
func (r *Row) EachAsked(day period.Date, f func(Rule)) {
	for _, q := range r.Questions {
		f(q)
	}
	if r.Condition == Cancelled || r.Opened != nil {
		return
	}
	if r.LateOn(day) > 0 {
		f(DeadlinePassed)
	}
	if r.DoubtOn(day) != "" {
		f(NotConfirmed)
	}
	if r.Percent != nil && r.Percent.Equal(hundred) && int(day-*r.PercentOn) > pastDays {
		f(ReadyNotOpen)
	}
}
