package store

import (
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

const (
	sqlSupersede = `INSERT INTO supersession (old_id, new_id, published_at, seq) VALUES `
	// sqlRevised lists what earlier runs said in some cells, with the earliest
	// day on which each was superseded already.
	sqlRevised = `
	SELECT f.series_id, f.period_start, f.period_end, f.id, COALESCE(f.line, 0), COALESCE(f.span_from, 0), COALESCE(f.span_to, 0),
		COALESCE((SELECT MIN(x.published_at) FROM supersession x WHERE x.old_id = f.id), 10000000)
	FROM figure f
	WHERE f.seq < $1 AND (f.series_id, f.period_start, f.period_end) IN (VALUES (CAST($2 AS BIGINT),CAST($3 AS INTEGER),CAST($4 AS INTEGER))`
)

// spot is a cell of a series and where in the document it was read. A later
// figure of the same spot corrects the earlier one; two lines of one document
// that disagree stand side by side.
type spot struct {
	series, start, end     int64
	line, fromRune, toRune int64
}

func spotOf(r row) spot {
	l := r.f.Locator
	return spot{int64(r.series), int64(r.f.Period.Start), int64(r.f.Period.End), int64(l.Line), int64(l.From), int64(l.To)}
}

// supersede notes what new figures correct: the one that a figure names, or
// else every earlier one of the same spot.
//
// One case is left out, because it would say nothing: an earlier figure that
// is superseded already whenever the new one is published. The rest is kept
// even if superseded, so that the answer as of any day is what a database that
// had received only the figures published by that day would give.
func (w *figureWriter) supersede(fresh []row) error {
	cells := make([]row, 0, len(fresh))
	for _, r := range fresh {
		switch {
		case r.f.Supersedes != 0:
			w.explicit = append(w.explicit, int64(r.f.Supersedes))
			w.got.Corrected++
			if err := w.replaced.add(int64(r.f.Supersedes), int64(r.f.ID), dayOf(r.f.Published), w.seq); err != nil {
				return err
			}
		case w.old[r.series] && r.f.Recipe == nil:
			cells = append(cells, r)
		}
	}
	return w.revise(cells)
}

// revise finds by their spot what the figures correct.
func (w *figureWriter) revise(cells []row) error {
	if len(cells) == 0 {
		return nil
	}
	bySpot := make(map[spot][]row, len(cells))
	args := make([]any, 0, 1+3*chunk)
	args = append(args, w.seq)
	for _, r := range cells {
		bySpot[spotOf(r)] = append(bySpot[spotOf(r)], r)
		args = append(args, int64(r.series), int64(r.f.Period.Start), int64(r.f.Period.End))
	}
	n := padded(len(cells))
	for len(args) < 1+3*n {
		args = append(args, args[len(args)-3:]...)
	}
	text := sqlRevised
	if n > 1 {
		text += "," + w.engine.tuples(n-1, 3, 5)
	}
	st, err := w.prepare(text + ")")
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(w.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	type pair struct {
		old int64
		by  row
	}
	var pairs []pair // written after the rows are closed: a connection does one thing at a time
	for rows.Next() {
		var s spot
		var id, since int64
		if err := rows.Scan(&s.series, &s.start, &s.end, &id, &s.line, &s.fromRune, &s.toRune, &since); err != nil {
			return err
		}
		for _, r := range bySpot[s] {
			if since > dayOf(r.f.Published) {
				pairs = append(pairs, pair{id, r})
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for _, p := range pairs {
		w.got.Corrected++
		if err := w.replaced.add(p.old, int64(p.by.f.ID), dayOf(p.by.f.Published), w.seq); err != nil {
			return err
		}
	}
	return nil
}

// checkExplicit refuses the correction or withdrawal of a figure that nobody
// has said.
func (w *figureWriter) checkExplicit() error {
	for part := range slices.Chunk(w.explicit, chunk) {
		missing := map[int64]bool{}
		ids := make([]any, len(part), chunk)
		for i, id := range part {
			missing[id], ids[i] = true, id
		}
		if err := w.eachHeld(ids, func(h heldFigure) error {
			delete(missing, h.id)
			return nil
		}); err != nil {
			return err
		}
		for id := range missing {
			f := ledger.FigureID(id)
			return fault.New(fault.NotFound, "store.Commit", f.String(), "the figure %s, which another one corrects, is not in this database", f)
		}
	}
	return nil
}
