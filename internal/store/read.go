package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

const sqlSeqAt = `
	SELECT COALESCE((SELECT r.seq FROM run r WHERE r.recorded_at <= $1 ORDER BY r.recorded_at DESC, r.seq DESC LIMIT 1), -1)`

// SeqAt returns the last act recorded at or before the instant, or -1.
func (s *Store) SeqAt(ctx context.Context, t time.Time) (int64, error) {
	var seq int64
	err := s.read.QueryRowContext(ctx, sqlSeqAt, t.UTC().Format(timeText)).Scan(&seq)
	return seq, failed("store.SeqAt", s.name, err)
}

// Figures returns a page of figures by measure, place, series and period.
func (s *Store) Figures(ctx context.Context, q Query) (Page, error) {
	var page Page
	err := s.EachFigure(ctx, q, func(f *ledger.Figure) error {
		page.Figures = append(page.Figures, *f)
		return nil
	})
	if err != nil {
		return Page{}, err
	}
	if q.Limit > 0 && len(page.Figures) > q.Limit {
		page.Figures = page.Figures[:q.Limit]
		page.Next = cursorOf(&page.Figures[q.Limit-1])
	}
	return page, nil
}

// EachFigure calls f for every figure of the query, in order, without holding
// them all. The figure is valid only during the call.
func (s *Store) EachFigure(ctx context.Context, q Query, f func(*ledger.Figure) error) error {
	const op = "store.Figures"
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	text, args, err := q.build(s.engine, q.bound(names), names.seqOf(q.Run))
	if err != nil {
		return err
	}
	rows, err := s.read.QueryContext(ctx, text, args...)
	if err != nil {
		return failed(op, s.name, err)
	}
	defer rows.Close()
	for rows.Next() {
		fig, err := scanFigure(rows, names)
		if err != nil {
			return failed(op, s.name, err)
		}
		if err := f(&fig); err != nil {
			return err
		}
	}
	return failed(op, s.name, rows.Err())
}

func scanFigure(rows *sql.Rows, n *nameTable) (ledger.Figure, error) {
	var f ledger.Figure
	var series, start, end, id, pub, seq, by int64
	var coef, doc, line, from, to sql.NullInt64
	var scale int
	var pl, kind, qual, status string
	var more sql.NullString
	err := rows.Scan(&series, &f.Measure, &f.Version, &pl, &f.Dimensions, &kind, &f.Unit, &f.Source,
		&start, &end, &id, &coef, &scale, &qual, &status, &doc, &line, &from, &to, &pub, &seq, &more, &by)
	if err != nil {
		return f, err
	}
	f.ID, f.Place, f.Kind, f.Status = ledger.FigureID(id), place.ID(pl), ledger.Kind(kind), ledger.Status(status)
	f.SupersededBy = ledger.FigureID(by)
	if f.Qualifier = ledger.Exact; qual != "=" { // nearly always it is
		q, ok := stat.ParseQualifier(qual)
		if !ok {
			return f, fault.New(fault.Internal, "store.Figures", f.ID.String(), "a stored qualifier is unknown")
		}
		f.Qualifier = q
	}
	if start < end {
		if f.Period, err = period.New(period.Date(start), period.Date(end)); err != nil {
			return f, err
		}
	}
	if coef.Valid {
		v := decimal.New(coef.Int64, -int32(scale))
		f.Value = &v
	}
	if doc.Valid {
		f.Document = n.documents[doc.Int64]
	}
	f.Locator = ledger.Locator{Line: int(line.Int64), From: int(from.Int64), To: int(to.Int64)}
	f.Published = publishedOf(pub)
	r := n.run(seq)
	f.Run, f.Recorded = r.id, r.at
	if more.Valid {
		if err := unpackExtra(&f, more.String); err != nil {
			return f, err
		}
	}
	return f, nil
}

// Figure returns one figure, also a superseded one; fault.NotFound if there is
// none, and fault.Conflict in the case, not yet seen anywhere, that two
// figures share the id.
func (s *Store) Figure(ctx context.Context, id ledger.FigureID, at At) (ledger.Figure, error) {
	p, err := s.Figures(ctx, Query{At: at, IDs: []ledger.FigureID{id}, Superseded: true})
	switch {
	case err != nil:
		return ledger.Figure{}, err
	case len(p.Figures) == 0:
		return ledger.Figure{}, fault.New(fault.NotFound, "store.Figure", id.String(), "no figure has this id")
	case len(p.Figures) > 1:
		return ledger.Figure{}, fault.New(fault.Conflict, "store.Figure", id.String(), "two figures share this id: ask for them by measure and place")
	}
	return p.Figures[0], nil
}
