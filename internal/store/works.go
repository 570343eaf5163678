package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// WorkLine is one line about a work, as it is kept.
type WorkLine struct {
	Work      string
	ID        string
	Seq       int64 // act that wrote it; set by AddWorkLines
	Kind      string
	On        period.Date
	Published *period.Date // nil: at every day
	At        time.Time    // set by AddWorkLines
	Actor     actor.ID     // set by AddWorkLines
	Body      []byte       // JSON
}

// WorkState is what lists know of a work.
type WorkState struct {
	Work string
	Seq  int64 // act that wrote it; set by PutWorkStates
	Path string
	Body []byte // JSON
}

const (
	sqlWorkLines = `
	SELECT work, id, seq, kind, on_day, published, at, actor, body FROM work_line
	WHERE work = $1 ORDER BY seq, id`
	sqlAllWorkLines = `
	SELECT work, id, seq, kind, on_day, published, at, actor, body FROM work_line
	ORDER BY work, seq, id`
	sqlForecasts = `
	SELECT work, id, seq, kind, on_day, published, at, actor, body FROM work_line
	WHERE kind = 'forecast' ORDER BY on_day, work, id`
	sqlWorkLineHave   = `SELECT COUNT(*) FROM work_line WHERE work = $1 AND id = $2`
	sqlWorkLineCount  = `SELECT COUNT(*) FROM work_line`
	sqlWorkStates     = `SELECT work, seq, path, body FROM work_state WHERE seq > $1 ORDER BY seq, work`
	sqlWorkStatesLast = `SELECT COALESCE(MAX(seq), 0) FROM work_state`
	sqlWorkStatePut   = `
	INSERT INTO work_state (work, seq, path, body) VALUES ($1, $2, $3, $4)
	ON CONFLICT (work) DO UPDATE SET seq = excluded.seq, path = excluded.path, body = excluded.body`
	sqlWorkLinePut = `
	INSERT INTO work_line (work, id, seq, kind, on_day, published, at, actor, body) VALUES `
)

// WorkLines returns the lines of a work, in the order of the acts.
func (s *Store) WorkLines(ctx context.Context, work string) ([]WorkLine, error) {
	return workLines(ctx, s.read, work)
}

// EachWorkLine goes through the lines of all works, one work after another.
func (s *Store) EachWorkLine(ctx context.Context, f func(WorkLine) error) error {
	return eachWorkLine(ctx, s.read, f, sqlAllWorkLines)
}

// EachForecast goes through all forecasts, by the day on which they were made.
func (s *Store) EachForecast(ctx context.Context, f func(WorkLine) error) error {
	return eachWorkLine(ctx, s.read, f, sqlForecasts)
}

// CountWorkLines returns how many lines there are.
func (s *Store) CountWorkLines(ctx context.Context) (n int64, err error) {
	err = s.read.QueryRowContext(ctx, sqlWorkLineCount).Scan(&n)
	return n, failed("store.CountWorkLines", s.name, err)
}

// WorkStates returns what changed after an act: everything after 0.
func (s *Store) WorkStates(ctx context.Context, after int64) ([]WorkState, error) {
	const op = "store.WorkStates"
	rows, err := s.read.QueryContext(ctx, sqlWorkStates, after)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	var out []WorkState
	for rows.Next() {
		var w WorkState
		if err := rows.Scan(&w.Work, &w.Seq, &w.Path, &w.Body); err != nil {
			return nil, failed(op, s.name, err)
		}
		out = append(out, w)
	}
	return out, failed(op, s.name, rows.Err())
}

// WorkStatesLast returns the newest act that changed any state, 0 for none: to
// look whether there is something new costs one step into an index.
func (s *Store) WorkStatesLast(ctx context.Context) (seq int64, err error) {
	err = s.read.QueryRowContext(ctx, sqlWorkStatesLast).Scan(&seq)
	return seq, failed("store.WorkStatesLast", s.name, err)
}

func workLines(ctx context.Context, db querier, work string) ([]WorkLine, error) {
	var out []WorkLine
	err := eachWorkLine(ctx, db, func(l WorkLine) error { out = append(out, l); return nil }, sqlWorkLines, work)
	return out, err
}

func eachWorkLine(ctx context.Context, db querier, f func(WorkLine) error, text string, args ...any) error {
	const op = "store.WorkLines"
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return failed(op, "works", err)
	}
	defer rows.Close()
	for rows.Next() {
		l, err := scanWorkLine(rows)
		if err != nil {
			return failed(op, "works", err)
		}
		if err := f(l); err != nil {
			return err
		}
	}
	return failed(op, "works", rows.Err())
}

func scanWorkLine(rows *sql.Rows) (WorkLine, error) {
	var l WorkLine
	var published int64
	var at, who string
	if err := rows.Scan(&l.Work, &l.ID, &l.Seq, &l.Kind, &l.On, &published, &at, &who, &l.Body); err != nil {
		return l, err
	}
	var err error
	if l.At, err = time.Parse(timeText, at); err != nil {
		return l, fault.New(fault.Internal, "store.WorkLines", l.Work, "its time cannot be read back: %w", err)
	}
	if day := period.Date(published); day != undated {
		l.Published = &day
	}
	l.Actor = actor.ID(who)
	return l, nil
}

// WorkLines returns the lines of a work as the act sees them.
func (t *Tx) WorkLines(work string) ([]WorkLine, error) { return workLines(t.ctx, t.tx, work) }

// HasWorkLine reports whether the act sees the line.
func (t *Tx) HasWorkLine(work, id string) (bool, error) {
	var n int
	err := t.tx.QueryRowContext(t.ctx, sqlWorkLineHave, work, id).Scan(&n)
	return n > 0, failed("store.HasWorkLine", work, err)
}

// AddWorkLines writes lines and returns how many of them were new: a line that
// is there already, by work and id, stays as it is.
func (t *Tx) AddWorkLines(lines []WorkLine) (added int, err error) {
	const op = "store.AddWorkLines"
	at := t.at.Format(timeText)
	var args []any
	for i := range lines {
		l := &lines[i]
		if l.Work == "" || l.ID == "" || l.Kind == "" {
			return added, fault.New(fault.Internal, op, l.Work, "a line needs work, id and kind")
		}
		l.Seq, l.At, l.Actor = t.seq, t.at, t.who
		published := undated
		if l.Published != nil {
			published = *l.Published
		}
		args = append(args, l.Work, l.ID, l.Seq, l.Kind, int64(l.On), int64(published), at, string(l.Actor), string(l.Body))
		if len(args) < chunk*workLineColumns && i+1 < len(lines) {
			continue
		}
		// One statement for many lines: a table of payments has 50,000.
		r, err := t.tx.ExecContext(t.ctx, sqlWorkLinePut+t.store.engine.tuples(len(args)/workLineColumns, workLineColumns, 1)+keepFirst, args...)
		if err != nil {
			return added, failed(op, l.Work, err)
		}
		n, err := r.RowsAffected()
		if err != nil {
			return added, failed(op, l.Work, err)
		}
		added, args = added+int(n), args[:0]
	}
	return added, nil
}

// workLineColumns is how many columns sqlWorkLinePut names.
const workLineColumns = 9

// PutWorkStates writes what lists know of works.
func (t *Tx) PutWorkStates(list []WorkState) error {
	const op = "store.PutWorkStates"
	stmt, err := t.tx.PrepareContext(t.ctx, sqlWorkStatePut)
	if err != nil {
		return failed(op, "works", err)
	}
	defer stmt.Close()
	for i := range list {
		w := &list[i]
		w.Seq = t.seq
		if !strings.HasPrefix(w.Path, "/") || w.Work == "" {
			return fault.New(fault.Internal, op, w.Work, "a state needs a work and a path")
		}
		if _, err := stmt.ExecContext(t.ctx, w.Work, w.Seq, w.Path, string(w.Body)); err != nil {
			return failed(op, w.Work, err)
		}
	}
	return nil
}

// Seq is the number of the act in its chain.
func (t *Tx) Seq() int64 { return t.seq }
