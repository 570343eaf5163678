package store

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Inspection is what a look at a database shows that changes nothing in it.
type Inspection struct {
	Engine        Engine
	Server        string // version of SQLite or PostgreSQL
	Schema        int64  // of the tables; 0 when there are none
	Newest        int64  // that this program knows
	DataChecksums bool   // PostgreSQL notices when a disk gives back other bytes; SQLite is checked by reading
}

const (
	litVersion = `SELECT sqlite_version()`
	litQuick   = `PRAGMA quick_check(1)`
	litWhole   = `PRAGMA integrity_check(1)`
	litTable   = `SELECT COUNT(*) FROM sqlite_master WHERE name = 'goose_db_version'`

	pgVersion   = `SHOW server_version`
	pgChecksums = `SHOW data_checksums`
	pgTable     = `SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('goose_db_version')`

	sqlLastEntry = `SELECT COALESCE(MAX(at), '') FROM journal`
)

// Inspect looks at the database named by dsn without making it or bringing its
// tables up to date.
func Inspect(ctx context.Context, dsn string) (*Inspection, error) {
	const op = "store.Inspect"
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		if _, err := os.Stat(file); err != nil {
			return nil, fault.New(fault.NotFound, op, file, "there is no database file of this name: check --db")
		}
	}
	s, err := connect(dsn)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	_, newest, err := migrationsOf(s.engine)
	if err != nil {
		return nil, err
	}
	out := &Inspection{Engine: s.engine, Newest: newest}
	version, table := litVersion, litTable
	if s.engine == PostgreSQL {
		version, table = pgVersion, pgTable
		var sums string
		if err := s.read.QueryRowContext(ctx, pgChecksums).Scan(&sums); err != nil {
			return nil, failed(op, s.name, err)
		}
		out.DataChecksums = sums == "on"
	}
	if err := s.read.QueryRowContext(ctx, version).Scan(&out.Server); err != nil {
		return nil, failed(op, s.name, err)
	}
	var tables int
	if err := s.read.QueryRowContext(ctx, table).Scan(&tables); err != nil {
		return nil, failed(op, s.name, err)
	}
	if tables > 0 {
		err = s.read.QueryRowContext(ctx, sqlSchema).Scan(&out.Schema)
	}
	return out, failed(op, s.name, err)
}

// Integrity reads the whole file of a SQLite database, or with full also
// compares its indexes with its tables. PostgreSQL checks what it reads by
// itself; there every row of every table is read with full.
func (s *Store) Integrity(ctx context.Context, full bool) error {
	const op = "store.Integrity"
	if s.engine == PostgreSQL {
		return s.readAll(ctx, full)
	}
	text := litQuick
	if full {
		text = litWhole
	}
	var said string
	if err := s.read.QueryRowContext(ctx, text).Scan(&said); err != nil {
		return failed(op, s.name, err)
	}
	if said != "ok" {
		return fault.New(fault.Conflict, op, s.name, "the database file is damaged: %w", errors.New(said))
	}
	return nil
}

func (s *Store) readAll(ctx context.Context, full bool) error {
	if !full {
		return nil
	}
	d, err := s.Dump(ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	for _, t := range d.Tables {
		if err := d.Copy(t.Name, nowhere{}); err != nil {
			return err
		}
	}
	return nil
}

type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }

// LastEntry returns when the last entry of the journal was written; the zero
// time when there is none.
func (s *Store) LastEntry(ctx context.Context) (time.Time, error) {
	const op = "store.LastEntry"
	var at string
	if err := s.read.QueryRowContext(ctx, sqlLastEntry).Scan(&at); err != nil || at == "" {
		return time.Time{}, failed(op, s.name, err)
	}
	t, err := time.Parse(timeText, at)
	return t, failed(op, s.name, err)
}
