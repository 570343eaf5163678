// Package store keeps everything in one SQLite file (the default) or in
// PostgreSQL, with the same SQL text on both.
//
// SQLite has one writer and many readers; what was acknowledged is on disk
// (WAL, synchronous=FULL). Every write is one transaction that also writes one
// entry of the journal, so that a run is visible whole or not at all. Tables
// that grow large carry their distribution key in every unique key and have no
// foreign keys across it, so that they distribute on Citus.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // driver "sqlite"

	"github.com/shanyraq/shanyraq/fault"
)

// Engine is the database underneath.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

const (
	busyTimeout = 2 * time.Minute // a second writer waits so long for the first
	readers     = 8               // connections that read a SQLite file at once
	pgReaders   = 12
	pgWriters   = 4 // one writes, the others stand in line
	openTries   = 5 // two processes may create the same file at once

	// The writer's cache holds the pages of a large import, so that they are
	// written once and not again and again; readers are many and need little.
	writerCacheKiB = 256 << 10
	readerCacheKiB = 16 << 10
	mmapBytes      = 0x7fff0000 // as much as SQLite allows; it is address space, not memory
	walKeepBytes   = 64 << 20   // a large import does not leave a large WAL behind
)

// Store is an open database. It is safe for use by many goroutines.
type Store struct {
	engine Engine
	write  *sql.DB
	read   *sql.DB
	name   string

	version *sql.Stmt // sqlVersion, parsed once for each connection
	before  Precaution

	watched watched

	mu    sync.Mutex // guards table
	table *nameTable
}

// Option changes how a database is opened.
type Option func(*Store)

// Precaution is taken before the tables of a database are changed from one
// version to another; its error leaves them as they are.
type Precaution func(ctx context.Context, s *Store, from, to int64) error

// BeforeMigration sets the precaution. Without one there is none.
func BeforeMigration(p Precaution) Option { return func(s *Store) { s.before = p } }

// Open opens or creates the database named by dsn, sqlite:FILE or
// postgres://..., and brings its tables up to date. A database that a newer
// version of the program has written is refused with fault.Conflict.
func Open(ctx context.Context, dsn string, options ...Option) (*Store, error) {
	const op = "store.Open"
	s, err := connect(dsn)
	if err != nil {
		return nil, err
	}
	for _, o := range options {
		o(s)
	}
	for try := 1; ; try++ {
		err = s.migrate(ctx, newestSchema)
		if err == nil {
			// Every request asks for the version, some several times.
			s.version, err = s.read.PrepareContext(ctx, sqlVersion)
		}
		if err == nil {
			return s, nil
		}
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) || try == openTries {
			s.Close()
			return nil, fault.Wrap(err, op, s.name)
		}
		select {
		case <-ctx.Done():
			s.Close()
			return nil, fault.Wrap(ctx.Err(), op, s.name)
		case <-time.After(time.Duration(try) * 100 * time.Millisecond):
		}
	}
}

func connect(dsn string) (*Store, error) {
	const op = "store.Open"
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok && file != "" {
		return connectSQLite(file)
	}
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		name := "the PostgreSQL database"
		if u, err := url.Parse(dsn); err == nil {
			name = "PostgreSQL " + u.Host + u.Path
		}
		cfg, err := pgx.ParseConfig(dsn)
		if err != nil {
			return nil, fault.New(fault.Invalid, op, name, "the address cannot be read: write postgres://USER:PASSWORD@HOST:PORT/DATABASE")
		}
		// Whoever writes may look at the rest meanwhile. From one pool all
		// connections could go to those who wait for their turn to write, and
		// none would be left for the one whose turn it is.
		pool := func(conns int) *sql.DB {
			db := stdlib.OpenDB(*cfg, stdlib.OptionAfterConnect(tunePostgres))
			db.SetMaxOpenConns(conns)
			db.SetMaxIdleConns(conns)
			return db
		}
		return &Store{engine: PostgreSQL, write: pool(pgWriters), read: pool(pgReaders), name: name}, nil
	}
	return nil, fault.New(fault.Invalid, op, "", "--db must be sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE")
}

// sqlTune lets PostgreSQL ask tables in the order of the text, which is the one
// that SQLite is made to follow: series first, then their figures by key.
const sqlTune = `SET join_collapse_limit = 1`

func tunePostgres(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, sqlTune)
	return err
}

func connectSQLite(file string) (*Store, error) {
	const op = "store.Open"
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return nil, fault.New(fault.Invalid, op, file, "cannot make the folder of the database: %w", err)
	}
	// Accounts are in it: a new file is for its owner only. Where it cannot be
	// made, opening says so below.
	if f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600); err == nil {
		f.Close()
	}
	pragmas := fmt.Sprintf("_pragma=busy_timeout(%d)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"+
		"&_pragma=journal_size_limit(%d)&_pragma=temp_store(MEMORY)&_pragma=mmap_size(%d)", busyTimeout.Milliseconds(), walKeepBytes, mmapBytes)
	u := "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + pragmas
	w, err := sql.Open("sqlite", fmt.Sprintf("%s&_txlock=immediate&_pragma=cache_size(-%d)", u, writerCacheKiB))
	if err != nil {
		return nil, fault.Wrap(err, op, file)
	}
	w.SetMaxOpenConns(1)
	r, err := sql.Open("sqlite", fmt.Sprintf("%s&_pragma=query_only(1)&_pragma=cache_size(-%d)", u, readerCacheKiB))
	if err != nil {
		w.Close()
		return nil, fault.Wrap(err, op, file)
	}
	r.SetMaxOpenConns(readers)
	r.SetMaxIdleConns(readers)
	return &Store{engine: SQLite, write: w, read: r, name: file}, nil
}

// Close closes the database.
func (s *Store) Close() error {
	return errors.Join(s.read.Close(), s.write.Close())
}

// Engine tells which database it is.
func (s *Store) Engine() Engine { return s.engine }

// Name tells where the database is, without a password.
func (s *Store) Name() string { return s.name }

// Ping answers nil when the database can be read.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.Version(ctx)
	return err
}

const sqlVersion = `SELECT seq FROM chain WHERE name = 'main'`

// Version returns the number of the last act written: as long as it stays the
// same, so does everything that the database holds.
func (s *Store) Version(ctx context.Context) (int64, error) {
	var seq int64
	err := s.version.QueryRowContext(ctx).Scan(&seq)
	return seq, failed("store.Version", s.name, err)
}
