package store

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"

	"github.com/shanyraq/shanyraq/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	// sqlLock waits until no other program changes the tables: goose's own lock
	// would look again only every few seconds.
	sqlLock   = `SELECT pg_advisory_lock($1)`
	sqlUnlock = `SELECT pg_advisory_unlock($1)`

	lockNumber = 4_770_211 // of this program; any number that nobody else takes
)

// newestSchema asks for all migrations.
const newestSchema = 0

// migrate brings the tables up to a version, one program at a time.
func (s *Store) migrate(ctx context.Context, to int64) error {
	const op = "store.migrate"
	if s.engine == SQLite {
		return s.migrateAlone(ctx, to)
	}
	c, err := s.write.Conn(ctx)
	if err != nil {
		return failed(op, s.name, err)
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, sqlLock, lockNumber); err != nil {
		return failed(op, s.name, err)
	}
	err = s.migrateAlone(ctx, to)
	_, unlocked := c.ExecContext(context.WithoutCancel(ctx), sqlUnlock, lockNumber)
	return errors.Join(err, failed(op, s.name, unlocked))
}

func (s *Store) migrateAlone(ctx context.Context, to int64) error {
	const op = "store.migrate"
	files, newest, err := migrationsOf(s.engine)
	if err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	if s.engine == PostgreSQL {
		dialect = goose.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, s.write, files)
	if err != nil {
		return failed(op, s.name, err)
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return failed(op, s.name, err)
	}
	if have > newest {
		return fault.New(fault.Conflict, op, s.name, "the database is of version %d and this program knows versions up to %d: use a newer program", have, newest)
	}
	if to == newestSchema {
		to = newest
	}
	if have >= to {
		return nil
	}
	if have > 0 && s.before != nil {
		if err := s.before(ctx, s, have, to); err != nil {
			return err
		}
	}
	_, err = p.UpTo(ctx, to)
	return failed(op, s.name, err)
}

// migrationsOf returns the migrations of an engine and the newest version:
// 0007_claims.sql is for both, 0007_claims.sqlite.sql for one.
func migrationsOf(engine Engine) (fs.FS, int64, error) {
	files := fstest.MapFS{}
	var newest int64
	err := fs.WalkDir(migrations, "migrations", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := filepath.Base(path)
		base, only, _ := strings.Cut(strings.TrimSuffix(name, ".sql"), ".")
		if only != "" && only != string(engine) {
			return nil
		}
		text, err := migrations.ReadFile(path)
		files[base+".sql"] = &fstest.MapFile{Data: text}
		v, verr := goose.NumericComponent(base + ".sql")
		newest = max(newest, v)
		return errors.Join(err, verr)
	})
	return files, newest, err
}
