package store

import (
	"database/sql"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

const (
	sqlSupersede = `INSERT INTO supersession (old_id, new_id, published_at, seq) VALUES `
	sqlPublished = `SELECT id, published_at FROM figure WHERE id IN `
	// sqlRevised lists what earlier runs said in some cells, with the earliest
	// day on which each was superseded already.
	sqlRevised = `
	SELECT f.series_id, f.period_start, f.period_end, f.id, COALESCE(f.line, 0), COALESCE(f.span_from, 0), COALESCE(f.span_to, 0),
		f.published_at, COALESCE(f.extra, ''), COALESCE((SELECT MIN(x.published_at) FROM supersession x WHERE x.old_id = f.id), 10000000)
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
// else every earlier one of the same spot. Where a figure itself says what took
// its place, as in an export with its history, that holds, and it corrects
// nothing that was there before.
//
// One case is left out, because it would say nothing: an earlier figure that
// is superseded already whenever the new one is published. The rest is kept
// even if superseded, so that the answer as of any day is what a database that
// had received only the figures published by that day would give.
func (w *figureWriter) supersede(fresh []row) error {
	cells := make([]row, 0, len(fresh))
	for _, r := range fresh {
		computed := r.f.Recipe != nil
		if r.f.SupersededBy != 0 {
			kept := *r.f // a part of a run is valid only while it is written
			w.successors = append(w.successors, &kept)
		}
		switch {
		case r.f.Supersedes != 0:
			w.explicit = append(w.explicit, int64(r.f.Supersedes))
			if err := w.replace(int64(r.f.Supersedes), r.f.ID, dayOf(r.f.Published)); err != nil {
				return err
			}
		case w.old[r.series] && (computed || r.f.SupersededBy == 0):
			cells = append(cells, r)
		}
	}
	return w.revise(cells)
}

// replace notes a pair once, though both figures of it may name the other.
func (w *figureWriter) replace(old int64, by ledger.FigureID, day int64) error {
	p := [2]int64{old, int64(by)}
	if w.pairs[p] {
		return nil
	}
	w.pairs[p] = true
	w.got.Corrected++
	if w.tally {
		return nil
	}
	return w.replaced.add(old, int64(by), day, w.seq)
}

// earlier is a figure of an earlier run in a cell that a new figure fills.
type earlier struct {
	id, published, since int64
	extra                string
}

// revisedBy reports whether a new figure of the same spot takes the place of
// an earlier one: whatever was said again replaces it from the day on which it
// was said; what was computed replaces only the same computation over what was
// published no later.
func (e earlier) revisedBy(f *ledger.Figure) (bool, error) {
	day := dayOf(f.Published)
	if e.since <= day || f.Recipe == nil {
		return e.since > day, nil
	}
	var was ledger.Figure
	if e.extra == "" || e.published > day {
		return false, nil
	}
	err := unpackExtra(&was, e.extra)
	return err == nil && was.Recipe != nil && was.Recipe.Method == f.Recipe.Method, err
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
	type pair struct {
		old int64
		by  *ledger.Figure
	}
	var pairs []pair // written after the rows are closed: a connection does one thing at a time
	err := w.eachRow(text+")", args, func(rows *sql.Rows) error {
		var s spot
		var e earlier
		if err := rows.Scan(&s.series, &s.start, &s.end, &e.id, &s.line, &s.fromRune, &s.toRune, &e.published, &e.extra, &e.since); err != nil {
			return err
		}
		for _, r := range bySpot[s] {
			if yes, err := e.revisedBy(r.f); err != nil {
				return err
			} else if yes {
				pairs = append(pairs, pair{e.id, r.f})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if err := w.replace(p.old, p.by.ID, dayOf(p.by.Published)); err != nil {
			return err
		}
	}
	return nil
}

// eachRow calls f for each row of a query.
func (w *writer) eachRow(text string, args []any, f func(*sql.Rows) error) error {
	st, err := w.prepare(text)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(w.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// succeed notes for the figures that say so what took their place; by then all
// figures of the run are written.
func (w *figureWriter) succeed() error {
	for part := range slices.Chunk(w.successors, chunk) {
		ids := make([]any, len(part), chunk)
		for i, f := range part {
			ids[i] = int64(f.SupersededBy)
		}
		for n := padded(len(ids)); len(ids) < n; {
			ids = append(ids, ids[len(ids)-1])
		}
		day := map[int64]int64{}
		if err := w.eachRow(sqlPublished+w.engine.tuples(1, len(ids), 1), ids, func(rows *sql.Rows) error {
			var id, published int64
			err := rows.Scan(&id, &published)
			day[id] = published
			return err
		}); err != nil {
			return err
		}
		for _, f := range part {
			published, ok := day[int64(f.SupersededBy)]
			if !ok {
				return missing(f.SupersededBy, "which took the place of another one")
			}
			if err := w.replace(int64(f.ID), f.SupersededBy, published); err != nil {
				return err
			}
		}
	}
	return w.replaced.flush()
}

func missing(id ledger.FigureID, what string) error {
	return fault.New(fault.NotFound, "store.Commit", id.String(), "the figure %s, %s, is not in this database", id, what)
}

// checkExplicit refuses the correction or withdrawal of a figure that nobody
// has said.
func (w *figureWriter) checkExplicit() error {
	for part := range slices.Chunk(w.explicit, chunk) {
		wanted := map[int64]bool{}
		ids := make([]any, len(part), chunk)
		for i, id := range part {
			wanted[id], ids[i] = true, id
		}
		if err := w.eachHeld(ids, func(h heldFigure) error {
			delete(wanted, h.id)
			return nil
		}); err != nil {
			return err
		}
		for id := range wanted {
			return missing(ledger.FigureID(id), "which another one corrects")
		}
	}
	return nil
}
