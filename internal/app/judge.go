package app

import (
	"context"

	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// judged is a board with what the rules say about it.
type judged struct {
	board    *board.Board
	sentence lang.Text
	results  []rule.Result
}

// words returns what sentences need.
func (s *Snapshot) words() board.Words {
	return board.Words{Units: s.Units, Symbol: s.Country.Currency.Symbol}
}

// maxBoards bounds how many days are kept in memory.
const maxBoards = 64

// judge returns the board of the day with the results of all rules. Other days
// than today are judged a few at a time.
func (a *App) judge(ctx context.Context, v *view) (*judged, error) {
	if today := period.DateOf(a.Clock(), v.Country.OffsetMinutes); v.at.AsOf != today && !v.boards.has(v.at.AsOf) {
		leave, err := a.past.enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	return v.boards.get(ctx, v.at.AsOf, func(ctx context.Context) (*judged, error) { return a.judgeAnew(ctx, v) })
}

func (a *App) judgeAnew(ctx context.Context, v *view) (*judged, error) {
	a.judging <- struct{}{}
	defer func() { <-a.judging }()
	b := v.Programme.At(v.at.AsOf)
	j := &judged{board: b, sentence: v.Programme.Sentence(b, v.words())}
	var failed error
	l := &rule.Ledger{Programme: v.Programme, Board: b, Words: v.words(), Find: func(measure, pl, when, source string) *ledger.Figure {
		f, err := a.headline(ctx, v, measure, pl, when, source)
		if err != nil {
			failed = err
		}
		return f
	}}
	j.results = l.Run(v.Rules)
	if failed != nil {
		return nil, failed
	}
	return j, nil
}

// headline returns the figure that the measure's rule chooses for a cell.
func (a *App) headline(ctx context.Context, v *view, measure, pl, when, source string) (*ledger.Figure, error) {
	per, err := period.Parse(when)
	if err != nil {
		return nil, err
	}
	q := store.Query{At: v.at, Measures: []string{measure}, Places: []place.ID{place.ID(pl)}, Period: per, Limit: 100}
	if source != "" {
		q.Sources = []string{source}
	}
	page, err := a.Store.Figures(ctx, q)
	if err != nil || len(page.Figures) == 0 {
		return nil, err
	}
	return ledger.Headline(page.Figures, v.Measures[measure].Headline), nil
}
