package store

import (
	"database/sql"
	"slices"

	"github.com/shanyraq/shanyraq/ledger"
)

const (
	sqlAnyWithdrawal = `SELECT kind FROM run WHERE kind = 'withdrawal' LIMIT 1`
	// sqlTakenBack finds which figures a withdrawal of their run has replaced.
	sqlTakenBack = `
	SELECT x.old_id FROM supersession x CROSS JOIN figure n CROSS JOIN run r
	WHERE n.id = x.new_id AND r.seq = n.seq AND r.kind = 'withdrawal' AND x.old_id IN `
	// sqlSuccessors finds what took the place of figures, the first published
	// last, so that of several it remains.
	sqlSuccessors = `
	SELECT x.old_id, x.new_id, n.withdraws, COALESCE(n.coef, 0), n.scale, n.qualifier, n.status
	FROM supersession x CROSS JOIN figure n
	WHERE n.id = x.new_id AND x.old_id IN `
	successorsLast = ` ORDER BY x.published_at DESC, x.seq DESC, x.new_id DESC`
)

// restateBatch restates the figures of a batch, and lets its records speak of
// them under their new ids.
func (w *writer) restateBatch(b *ledger.Batch, _ *ledger.Receipt) error {
	w.withdraws = b.Run.Kind == ledger.WithdrawalRun
	list, again, err := w.restate(b.Figures)
	b.Figures = list
	rename(b, again)
	return err
}

// restate makes that what was taken back can be published again. The same words
// are the same figure, and that one was withdrawn; said again it is a figure of
// its own, which names what stands there now as what it corrects. It returns
// the figures and which ids have changed; the list of the caller stays.
func (w *writer) restate(list []ledger.Figure) ([]ledger.Figure, map[ledger.FigureID]ledger.FigureID, error) {
	if w.withdraws || len(list) == 0 {
		return list, nil, nil
	}
	if !w.looked {
		any, err := w.oneText(sqlAnyWithdrawal)
		if err != nil {
			return nil, nil, err
		}
		w.looked, w.withdrawn = true, any != ""
	}
	if !w.withdrawn {
		return list, nil, nil
	}
	again := map[ledger.FigureID]ledger.FigureID{}
	byID := make(map[int64][]int, chunk)
	for start := 0; start < len(list); start += chunk {
		clear(byID)
		for i := start; i < min(start+chunk, len(list)); i++ {
			byID[int64(list[i].ID)] = append(byID[int64(list[i].ID)], i)
		}
		ends, err := w.ends(byID)
		if err != nil {
			return nil, nil, err
		}
		if len(ends) > 0 && len(again) == 0 {
			list = slices.Clone(list)
		}
		for id, end := range ends {
			for _, i := range byID[id] {
				f := &list[i]
				was := f.ID
				if end.says(f) {
					f.ID = ledger.FigureID(end.id)
				} else {
					f.Supersedes = ledger.FigureID(end.id)
					if err := f.Seal(); err != nil {
						return nil, nil, err
					}
				}
				again[was] = f.ID
			}
		}
	}
	return list, again, nil
}

// rename lets records speak of figures under their new ids.
func rename(b *ledger.Batch, again map[ledger.FigureID]ledger.FigureID) {
	if len(again) == 0 {
		return
	}
	to := func(id *ledger.FigureID) {
		if n, ok := again[*id]; ok {
			*id = n
		}
	}
	b.Statements, b.Moves, b.Evidence = slices.Clone(b.Statements), slices.Clone(b.Moves), slices.Clone(b.Evidence)
	for i := range b.Statements {
		to(&b.Statements[i].Figure)
	}
	for i := range b.Moves {
		to(&b.Moves[i].Figure)
	}
	for i := range b.Evidence {
		to(&b.Evidence[i].Figure)
	}
}

// successor is the figure that took the place of another.
type successor struct {
	id, coef, scale   int64
	withdraws         bool
	qualifier, status string
}

// says reports whether it says what f says.
func (s successor) says(f *ledger.Figure) bool {
	if s.withdraws || f.Value == nil {
		return !s.withdraws && s.status == string(f.Status)
	}
	c, scale, err := split(*f.Value)
	return err == nil && s.coef == c && s.scale == int64(scale) && s.qualifier == f.Qualifier.Symbol() && s.status == string(f.Status)
}

// ends returns, for those figures that were taken back with their run, what
// stands at the end of the line of their successors.
func (w *writer) ends(byID map[int64][]int) (map[int64]successor, error) {
	var back []int64
	err := w.eachOf(sqlTakenBack, "", slices.Collect(keysOf(byID)), func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		back = append(back, id)
		return err
	})
	if err != nil || len(back) == 0 {
		return nil, err
	}
	end := map[int64]successor{}
	open := map[int64][]int64{} // the ends so far and whose they are
	for _, id := range back {
		if _, known := end[id]; !known {
			end[id] = successor{}
			open[id] = []int64{id}
		}
	}
	for steps := 0; len(open) > 0 && steps < 1000; steps++ {
		next := map[int64]successor{}
		err := w.eachOf(sqlSuccessors, successorsLast, slices.Collect(keysOf(open)), func(rows *sql.Rows) error {
			var old int64
			var s successor
			err := rows.Scan(&old, &s.id, &s.withdraws, &s.coef, &s.scale, &s.qualifier, &s.status)
			next[old] = s
			return err
		})
		if err != nil {
			return nil, err
		}
		further := map[int64][]int64{}
		for old, s := range next {
			for _, first := range open[old] {
				end[first] = s
			}
			further[s.id] = append(further[s.id], open[old]...)
		}
		open = further
	}
	return end, nil
}

func keysOf[V any](m map[int64]V) func(func(int64) bool) {
	return func(yield func(int64) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// eachOf asks a query that ends in IN for a list of ids, chunk by chunk.
func (w *writer) eachOf(text, tail string, ids []int64, f func(*sql.Rows) error) error {
	slices.Sort(ids)
	for part := range slices.Chunk(ids, chunk) {
		args := make([]any, 0, chunk)
		for _, id := range part {
			args = append(args, id)
		}
		for n := padded(len(args)); len(args) < n; {
			args = append(args, args[len(args)-1])
		}
		if err := w.eachRow(text+w.engine.tuples(1, len(args), 1)+tail, args, f); err != nil {
			return err
		}
	}
	return nil
}
