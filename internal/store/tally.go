package store

import (
	"context"
	"database/sql"
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/ledger"
)

// Tally tells what a run would bring without writing it: how many of the figures
// are new or known, and how many earlier ones they correct. Figures are handed
// over part by part; one that is given twice counts twice. What else is written
// meanwhile is not seen.
func (s *Store) Tally(ctx context.Context, each EachFigures) (ledger.Receipt, error) {
	const op = "store.Tally"
	var got ledger.Receipt
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return got, failed(op, s.name, err)
	}
	defer tx.Rollback()
	w := &writer{ctx: ctx, tx: tx, engine: s.engine, seq: math.MaxInt64, stmts: map[string]*sql.Stmt{}}
	fw := w.figureWriter(&got)
	fw.tally = true
	err = each(func(list []ledger.Figure) error {
		rows, err := inKeyOrder(list)
		if err != nil {
			return err
		}
		for part := range slices.Chunk(rows, chunk) {
			if err := fw.count(part); err != nil {
				return err
			}
		}
		return nil
	})
	return got, failed(op, s.name, err)
}

// count is write without writing.
func (w *figureWriter) count(part []row) error {
	w.old = map[ledger.SeriesID]bool{}
	if err := w.heldSeries(part, w.old); err != nil {
		return err
	}
	held, err := w.held(part)
	if err != nil {
		return err
	}
	fresh := make([]row, 0, len(part))
	for _, r := range part {
		if held[int64(r.f.ID)] {
			w.got.Known++
			continue
		}
		fresh = append(fresh, r)
	}
	w.got.Figures += len(fresh)
	w.explicit, w.successors = w.explicit[:0], w.successors[:0] // what they name is checked by the run itself
	return w.supersede(fresh)
}
