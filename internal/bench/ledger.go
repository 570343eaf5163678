package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/shanyraq/shanyraq/internal/pgtest"
	"github.com/shanyraq/shanyraq/internal/store"
)

// The bars of the design, in section 7.
const (
	barChart = 5 * time.Millisecond
	barMap   = 10 * time.Millisecond
	barClick = 5 * time.Millisecond
)

// durable are the settings of a private PostgreSQL that is measured: it keeps
// what it acknowledges, as SQLite does.
var durable = []string{"shared_buffers=2GB", "work_mem=32MB", "max_wal_size=4GB", "maintenance_work_mem=256MB"}

// options are the flags of the ledger measurement.
type options struct {
	figures, queries int
	seed             uint64
	db               string
	baseline         bool
	imports          bool
}

func ledgerCommand(ctx context.Context, args []string) error {
	var o options
	flags := flag.NewFlagSet("bench ledger", flag.ContinueOnError)
	flags.IntVar(&o.figures, "figures", 26_000_000, "how many figures; rounded up to whole measures of 173,520")
	flags.IntVar(&o.queries, "queries", 1000, "how often each question is asked")
	flags.Uint64Var(&o.seed, "seed", 1, "the same seed makes the same figures")
	flags.StringVar(&o.db, "db", "", "sqlite:FILE, postgres://..., or private for a PostgreSQL of its own; default: a SQLite file that is removed afterwards")
	flags.BoolVar(&o.baseline, "baseline", false, "ask also a plain table of the same size, without sources, versions and time")
	flags.BoolVar(&o.imports, "imports", true, "measure imports too; they stay in the database")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return measureLedger(ctx, o, os.Stdout)
}

// measureLedger fills the database, unless it is filled, asks it and prints.
func measureLedger(ctx context.Context, o options, out io.Writer) error {
	dsn, done, err := database(o.db)
	if err != nil {
		return err
	}
	defer done()
	w := newWorld(o.seed, o.figures)
	if err := fill(ctx, dsn, w, out); err != nil {
		return err
	}
	lines, err := questions(ctx, dsn, w, o)
	if err != nil {
		return err
	}
	if o.baseline {
		plain, err := askPlain(ctx, dsn, w, o)
		if err != nil {
			return err
		}
		lines = append(lines, plain...)
	}
	return print(out, lines)
}

// database returns the address to measure and what to do afterwards.
func database(db string) (dsn string, done func(), err error) {
	switch db {
	case "":
		dir, err := os.MkdirTemp("", "bench")
		return "sqlite:" + filepath.Join(dir, "bench.db"), func() { os.RemoveAll(dir) }, err
	case "private":
		server, err := pgtest.Start(durable...)
		if err != nil {
			return "", nil, err
		}
		return server.DSN("postgres"), func() { server.Stop() }, nil
	}
	return db, func() {}, nil
}

// fill loads the world into an empty database.
func fill(ctx context.Context, dsn string, w *world, out io.Writer) error {
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer s.Close()
	if v, err := s.Version(ctx); err != nil || v > 0 {
		return err
	}
	if err := describe(ctx, s); err != nil {
		return err
	}
	start := time.Now()
	n, err := load(ctx, s, w)
	if err != nil {
		return err
	}
	took := time.Since(start)
	_, err = fmt.Fprintf(out, "%d figures loaded in %s, %.0f a second\n", n, took.Round(time.Second), float64(n)/took.Seconds())
	return err
}

// questions asks first with nothing in memory, then again.
func questions(ctx context.Context, dsn string, w *world, o options) ([]line, error) {
	forget(dsn)
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	var out []line
	for round, name := range []string{"cold", "warm"} {
		a := newAsker(ctx, s, w, uint64(round))
		for _, q := range []struct {
			what string
			bar  time.Duration
			ask  func(spell) error
		}{
			{"chart", barChart, a.chart}, {"map", barMap, a.chartMap}, {"click", barClick, a.click},
		} {
			l, err := a.ask(o.queries, q.ask)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", q.what, err)
			}
			l.what, l.bar = q.what+", "+name, q.bar
			out = append(out, l)
		}
	}
	if !o.imports {
		return out, nil
	}
	imports, err := importDHIS2(ctx, s, w)
	if err != nil {
		return nil, err
	}
	day, err := nextDay(ctx, s, w)
	return append(append(out, imports...), day), err
}
