package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/ledger"
)

// plain is what one would build without the ledger: one table with one value
// per cell, without source, version, document, correction or time of
// publication, indexed for exactly the two questions that it is asked. It is
// the yardstick: what does it cost that every number is a statement?
type plain struct {
	ctx context.Context
	db  *sql.DB
	w   *world
}

const (
	sqlPlain = `CREATE TABLE plain (measure TEXT NOT NULL, dimensions TEXT NOT NULL, place TEXT NOT NULL, period INTEGER NOT NULL, value DOUBLE PRECISION NOT NULL,
		PRIMARY KEY (measure, dimensions, place, period))`
	sqlPlainIndex = `CREATE INDEX plain_map ON plain (measure, dimensions, period, place, value)`
	sqlPlainChart = `SELECT period, value FROM plain WHERE measure = $1 AND dimensions = $2 AND place = $3 ORDER BY period`
	sqlPlainMap   = `SELECT place, value FROM plain WHERE measure = $1 AND dimensions = $2 AND period = $3`

	plainRows = 100 // of one INSERT
)

// openPlain opens the yardstick beside the database that is measured.
func openPlain(ctx context.Context, dsn string, w *world) (*plain, func(), error) {
	file, lite := strings.CutPrefix(dsn, "sqlite:")
	if !lite {
		db, err := sql.Open("pgx", dsn)
		return &plain{ctx, db, w}, func() { db.Close() }, err
	}
	file += ".plain"
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=mmap_size(1073741824)&_pragma=cache_size(-64000)")
	return &plain{ctx, db, w}, func() {
		db.Close()
		for _, end := range []string{"", "-wal", "-shm"} {
			os.Remove(file + end)
		}
	}, err
}

// fill loads the world, the index last.
func (p *plain) fill() error {
	if _, err := p.db.ExecContext(p.ctx, sqlPlain); err != nil {
		return err
	}
	for m := range p.w.measures {
		if err := p.fillMeasure(m); err != nil {
			return err
		}
	}
	for _, text := range []string{sqlPlainIndex, "ANALYZE plain"} {
		if _, err := p.db.ExecContext(p.ctx, text); err != nil {
			return err
		}
	}
	return nil
}

func (p *plain) fillMeasure(m int) error {
	tx, err := p.db.BeginTx(p.ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	put, err := tx.PrepareContext(p.ctx, plainInsert(plainRows))
	if err != nil {
		return err
	}
	args := make([]any, 0, 5*plainRows)
	var failure error
	p.w.each(m, false, func(f ledger.Figure) {
		if failure != nil || f.Document == "" { // the second source has no room here
			return
		}
		args = append(args, f.Measure, f.Dimensions, string(f.Place), int64(f.Period.Start), f.Value.InexactFloat64())
		if len(args) == cap(args) {
			_, failure = put.ExecContext(p.ctx, args...)
			args = args[:0]
		}
	})
	if failure == nil && len(args) > 0 {
		_, failure = tx.ExecContext(p.ctx, plainInsert(len(args)/5), args...)
	}
	if failure != nil {
		return failure
	}
	return tx.Commit()
}

func plainInsert(rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO plain VALUES ")
	for i := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "($%d,$%d,$%d,$%d,$%d)", 5*i+1, 5*i+2, 5*i+3, 5*i+4, 5*i+5)
	}
	return b.String()
}

func (p *plain) chart(s spell) error {
	return p.count(months, sqlPlainChart, measureName(s.measure), "", string(p.w.places[s.place]))
}

func (p *plain) chartMap(s spell) error {
	return p.count(units, sqlPlainMap, measureName(s.measure), "", int64(p.w.periods[s.month].Start))
}

// count reads the answer and checks how many rows it has.
func (p *plain) count(want int, text string, args ...any) error {
	rows, err := p.db.QueryContext(p.ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	got := map[string]float64{}
	for rows.Next() {
		var key string
		var value float64
		if err := rows.Scan(&key, &value); err != nil {
			return err
		}
		got[key] = value
	}
	if len(got) != want {
		return fmt.Errorf("the plain table answers %d rows, not %d", len(got), want)
	}
	return rows.Err()
}

// askPlain fills the yardstick and asks it.
func askPlain(ctx context.Context, dsn string, w *world, o options) ([]line, error) {
	p, done, err := openPlain(ctx, dsn, w)
	if err != nil {
		return nil, err
	}
	defer done()
	start := time.Now()
	if err := p.fill(); err != nil {
		return nil, err
	}
	out := []line{{what: "plain table, loading", took: []time.Duration{time.Since(start)}}}
	a := newAsker(ctx, nil, w, 2)
	for _, q := range []struct {
		what string
		ask  func(spell) error
	}{{"plain table, chart", p.chart}, {"plain table, map", p.chartMap}} {
		var l line
		for range 2 { // the first round warms
			if l, err = a.ask(o.queries, q.ask); err != nil {
				return nil, err
			}
		}
		l.what = q.what
		out = append(out, l)
	}
	return out, nil
}
