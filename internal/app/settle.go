package app

import (
	"context"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/period"
)

// commit writes a batch and then what the board computes from it, so that
// every figure that a page shows can be asked for later.
func (a *App) commit(ctx context.Context, b ledger.Batch) (ledger.Receipt, error) {
	got, err := a.Store.Commit(ctx, b)
	if err != nil {
		return got, err
	}
	if err := a.settle(ctx); err != nil {
		return got, fault.New(fault.KindOf(err), "app.settle", "", "all of it was recorded, but the board could not be computed from it: %w", err)
	}
	return got, nil
}

// settle records the figures that the board computes on any day up to today:
// between two days on which something was published it computes the same.
func (a *App) settle(ctx context.Context) error {
	v, err := a.look(ctx, When{})
	if err != nil {
		return err
	}
	figures := derived(v.Programme, v.at.AsOf)
	if len(figures) == 0 {
		return nil
	}
	day := v.at.AsOf
	b := ledger.Batch{Run: a.run(ctx, ledger.MethodRun, "board", nil), Figures: figures}
	b.Run.AsOf = &day
	_, err = a.Store.Commit(ctx, b)
	return err
}

// computedCell is what one method computes one number for.
type computedCell struct {
	series ledger.Series
	period period.Period
	method string
}

// derived returns what the board computed from the first publication to a day.
// Of one cell each figure takes the place of the one before it.
func derived(p *board.Programme, until period.Date) []ledger.Figure {
	var out []ledger.Figure
	at := map[ledger.FigureID]int{} // where a figure stands in out
	last := map[computedCell]int{}
	for _, day := range append(p.Breakpoints(), until) {
		if day > until {
			continue
		}
		for _, f := range p.At(day).Derived {
			c := computedCell{f.Series, f.Period, f.Recipe.Method}
			i, known := at[f.ID]
			if !known {
				i = len(out)
				at[f.ID] = i
				out = append(out, *f)
			}
			if before, ok := last[c]; ok && before != i {
				out[before].SupersededBy = f.ID
			}
			out[i].SupersededBy = 0 // it is the newest, perhaps again
			last[c] = i
		}
	}
	return out
}
