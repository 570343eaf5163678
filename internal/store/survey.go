package store

import (
	"context"

	"github.com/shanyraq/shanyraq/period"
)

const sqlCounts = `
	SELECT c.document, SUM(c.figures) FROM document_count c
	WHERE c.seq <= $1 AND c.published_at <= $2 GROUP BY c.document`

// CountsByDocument returns how many figures point into each document, those
// that were corrected later included.
func (s *Store) CountsByDocument(ctx context.Context, at At) (map[string]int, error) {
	const op = "store.CountsByDocument"
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, sqlCounts, at.bound(names), int64(at.AsOf))
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, failed(op, s.name, err)
		}
		out[names.documents[id]] = n
	}
	return out, failed(op, s.name, rows.Err())
}

// maxPeriods bounds the list of periods of a measure: 200 months are 16 years.
const maxPeriods = 200

const sqlPeriods = `
	SELECT DISTINCT m.period_start, m.period_end FROM measure_period m
	WHERE m.measure = $1 AND m.seq <= $2 AND m.published_at <= $3
	ORDER BY m.period_start DESC, m.period_end DESC LIMIT $4`

// Periods returns the periods for which a measure has figures, newest first;
// at most 200.
func (s *Store) Periods(ctx context.Context, measure string, at At) ([]period.Period, error) {
	const op = "store.Periods"
	rows, err := s.read.QueryContext(ctx, sqlPeriods, measure, at.seq(), int64(at.AsOf), maxPeriods)
	if err != nil {
		return nil, failed(op, measure, err)
	}
	defer rows.Close()
	var out []period.Period
	for rows.Next() {
		var a, b int64
		if err := rows.Scan(&a, &b); err != nil {
			return nil, failed(op, measure, err)
		}
		p, err := period.New(period.Date(a), period.Date(b))
		if err != nil {
			return nil, failed(op, measure, err)
		}
		out = append(out, p)
	}
	return out, failed(op, measure, rows.Err())
}

const sqlMeasures = `SELECT s.measure, COUNT(*) FROM series s GROUP BY s.measure`

// SeriesByMeasure returns the number of series of each measure in use.
func (s *Store) SeriesByMeasure(ctx context.Context) (map[string]int, error) {
	const op = "store.SeriesByMeasure"
	rows, err := s.read.QueryContext(ctx, sqlMeasures)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var m string
		var n int
		if err := rows.Scan(&m, &n); err != nil {
			return nil, failed(op, s.name, err)
		}
		out[m] = n
	}
	return out, failed(op, s.name, rows.Err())
}
