package app

import (
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/works"
)

// RefoldWorks folds the rows anew that an earlier program folded, and returns
// how many. What was said stays as it is.
func (a *App) RefoldWorks(ctx context.Context) (int, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return 0, err
	}
	tree, err := a.workRows(ctx)
	if err != nil {
		return 0, err
	}
	var old []works.ID
	for i := range tree.rows {
		if tree.rows[i].Version != works.RowVersion {
			old = append(old, tree.rows[i].ID)
		}
	}
	for part := range slices.Chunk(old, forecastBatch) {
		err := a.Store.Act(ctx, actor.Entry{Actor: programID, At: a.Clock(), Op: "refold works", Subject: string(part[0])}, func(tx *store.Tx) error {
			x := &changing{app: a, ctx: ctx, view: v, tx: tx}
			for _, id := range part {
				f, err := x.file(&WorkChange{ID: id})
				if err != nil {
					return err
				}
				s, err := works.At(&f.Work, f.lines, v.at.AsOf, noTime)
				if err != nil {
					return err
				}
				if err := x.row(f, s); err != nil {
					return err
				}
			}
			return x.tx.PutWorkStates(x.rows)
		})
		if err != nil {
			return 0, err
		}
	}
	return len(old), nil
}
