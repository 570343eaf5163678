package main

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/shanyraq/shanyraq/internal/pgtest"
)

const (
	sqlPeerEdges = `SELECT id, source, target, cost FROM edge`
	// One node more, with an edge of no cost to every source: with several
	// roots and equicost, pgRouting 3.4.2 answered with times that are too long.
	sqlPeerSource  = `INSERT INTO edge SELECT -1 - ordinality, -1, node, 0 FROM unnest($1::BIGINT[]) WITH ORDINALITY AS s (node, ordinality)`
	sqlPeerNearest = `SELECT node, agg_cost FROM pgr_drivingDistance($$` + sqlPeerEdges + `$$, -1, 1e12, true) WHERE node >= 0`
	sqlPeerTable   = `SELECT start_vid, end_vid, agg_cost FROM pgr_dijkstraCost($$` + sqlPeerEdges + `$$, $1::BIGINT[], $2::BIGINT[], true)`
	sqlPeerRead    = `SELECT SUM(cost) FROM edge`
)

// pgRouting lets the peer answer the same questions on the same network, and
// compares every answer. What it takes includes reading the edges from its
// table, which it does for every question; they are in memory.
func (m *roadsMeasure) pgRouting() ([]line, error) {
	server, err := pgtest.Start("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=1GB", "work_mem=1GB", "max_parallel_workers_per_gather=0")
	if err != nil {
		return nil, err
	}
	defer server.Stop()
	name, err := server.Create(m.ctx)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("pgx", server.DSN(name))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if _, err := db.ExecContext(m.ctx, "CREATE EXTENSION pgrouting CASCADE"); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoPeer, err)
	}
	if err := m.loadPeer(db); err != nil {
		return nil, err
	}
	var lines []line
	clock := func(what string, rounds int, do func() error) error {
		l := line{what: what}
		for range rounds {
			start := time.Now()
			if err := do(); err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			l.took = append(l.took, time.Since(start))
		}
		lines = append(lines, l)
		return nil
	}
	rows := m.sources[:min(m.o.peerRows, len(m.sources))]
	for _, s := range []struct {
		what   string
		rounds int
		do     func() error
	}{
		{"pgRouting: drivingDistance, nearest of the sources for all nodes", 3, func() error { return m.peerNearest(db) }},
		{fmt.Sprintf("pgRouting: dijkstraCost, %d of the rows of the table", len(rows)), 1, func() error { return m.peerTable(db, rows) }},
		{"reading the edges in PostgreSQL alone", 3, func() error {
			var sum float64
			return db.QueryRowContext(m.ctx, sqlPeerRead).Scan(&sum)
		}},
		{fmt.Sprintf("the same %d rows here, all cores", len(rows)), 5, func() error {
			return m.h.Table(m.ctx, rows, m.targets, func(int, []float64) error { return nil })
		}},
	} {
		if err := clock(s.what, s.rounds, s.do); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

func (m *roadsMeasure) loadPeer(db *sql.DB) error {
	if _, err := db.ExecContext(m.ctx, "CREATE TABLE edge (id BIGINT PRIMARY KEY, source BIGINT NOT NULL, target BIGINT NOT NULL, cost DOUBLE PRECISION NOT NULL)"); err != nil {
		return err
	}
	c, err := db.Conn(m.ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	a := &m.net.Arcs
	err = c.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(m.ctx, pgx.Identifier{"edge"}, []string{"id", "source", "target", "cost"}, pgx.CopyFromSlice(a.Len(), func(i int) ([]any, error) {
			return []any{int64(i), int64(a.From[i]), int64(a.To[i]), a.Cost[i]}, nil
		}))
		return err
	})
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(m.ctx, sqlPeerSource, array(m.sources)); err != nil {
		return err
	}
	_, err = db.ExecContext(m.ctx, "VACUUM ANALYZE edge")
	return err
}

func (m *roadsMeasure) peerNearest(db *sql.DB) error {
	seen := 0
	err := each(m.ctx, db, func(rows *sql.Rows) error {
		var node int
		var seconds float64
		if err := rows.Scan(&node, &seconds); err != nil {
			return err
		}
		seen++
		if math.Abs(seconds-m.near.Seconds[node]) > 1e-6 {
			return fmt.Errorf("node %d: %v seconds here, %v there", node, m.near.Seconds[node], seconds)
		}
		return nil
	}, sqlPeerNearest)
	for _, who := range m.near.Source {
		if who >= 0 {
			seen--
		}
	}
	if err == nil && seen != 0 {
		err = fmt.Errorf("%d nodes are reached there and not here", seen)
	}
	return err
}

func (m *roadsMeasure) peerTable(db *sql.DB, sources []int) error {
	row, column := map[int]int{}, map[int]int{}
	for i, v := range sources {
		row[v] = i
	}
	for i, v := range m.targets {
		column[v] = i
	}
	return each(m.ctx, db, func(rows *sql.Rows) error {
		var from, to int
		var seconds float64
		if err := rows.Scan(&from, &to, &seconds); err != nil {
			return err
		}
		if here := m.rows[row[from]][column[to]]; math.Abs(seconds-here) > 1e-6 {
			return fmt.Errorf("from %d to %d: %v seconds here, %v there", from, to, here, seconds)
		}
		return nil
	}, sqlPeerTable, array(sources), array(m.targets))
}

func each(ctx context.Context, db *sql.DB, do func(*sql.Rows) error, text string, args ...any) error {
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// array writes nodes as PostgreSQL does.
func array(list []int) string {
	var b strings.Builder
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(v))
	}
	return "{" + b.String() + "}"
}
