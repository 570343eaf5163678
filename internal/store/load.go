package store

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/shanyraq/shanyraq/fault"
)

// Loader fills a new database with the rows of a Dump, whole or not at all:
// before Commit returns there is no database at the address, or on PostgreSQL
// an empty one, whatever happens to the program.
//
// On SQLite rows go into a file beside, which then takes its name; on
// PostgreSQL into one transaction.
type Loader struct {
	ctx    context.Context
	s      *Store
	conn   *sql.Conn
	tx     *sql.Tx
	tables map[string]*filling
	file   string // SQLite: where the database will be
	beside string // SQLite: where it is made
}

// filling is a table that is being filled.
type filling struct {
	Table
	kinds  []kindOf
	insert *sql.Stmt
}

const (
	opLoad = "store.Load"

	pgLockAll = `LOCK TABLE chain IN ACCESS EXCLUSIVE MODE`
	litBare   = `PRAGMA journal_mode = OFF`
	litNoSync = `PRAGMA synchronous = OFF`
	litWAL    = `PRAGMA journal_mode = WAL`
	sqlAnyAct = `SELECT COALESCE(SUM(seq), 0) FROM chain`
	pgOwned   = `SELECT a.attname, pg_get_serial_sequence(quote_ident($1), a.attname) FROM pg_attribute a
	WHERE a.attrelid = quote_ident($1)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND pg_get_serial_sequence(quote_ident($1), a.attname) IS NOT NULL`
)

// Load begins to fill the new database named by dsn with tables of a dump whose
// newest migration was schema. It returns fault.Conflict when the database is
// not empty.
func Load(ctx context.Context, dsn string, schema int64, tables []Table) (*Loader, error) {
	l := &Loader{ctx: ctx, tables: map[string]*filling{}}
	if err := l.begin(dsn, schema, tables); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

func (l *Loader) begin(dsn string, schema int64, tables []Table) (err error) {
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok && file != "" {
		if dsn, err = l.besides(file); err != nil {
			return err
		}
	}
	if l.s, err = connect(dsn); err != nil {
		return err
	}
	if l.conn, err = l.s.write.Conn(l.ctx); err != nil {
		return failed(opLoad, l.s.name, err)
	}
	if err := l.prepare(schema); err != nil {
		return err
	}
	if l.tx, err = l.conn.BeginTx(l.ctx, nil); err != nil {
		return failed(opLoad, l.s.name, err)
	}
	return l.empty(tables)
}

// besides makes the name of the file that becomes the database.
func (l *Loader) besides(file string) (string, error) {
	for _, name := range []string{file, file + "-wal"} {
		if info, err := os.Stat(name); err == nil && info.Size() > 0 {
			return "", fault.New(fault.Conflict, opLoad, file, "there is a file of this name already: restore into a new one, then put it in its place")
		}
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return "", fault.New(fault.Invalid, opLoad, file, "cannot make the folder of the database: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*.restoring")
	if err != nil {
		return "", fault.New(fault.Invalid, opLoad, file, "cannot write in the folder of the database: %w", err)
	}
	l.file, l.beside = file, f.Name()
	return "sqlite:" + l.beside, f.Close()
}

// prepare makes the tables as they were when the dump was made.
func (l *Loader) prepare(schema int64) error {
	_, newest, err := migrationsOf(l.s.engine)
	if err != nil {
		return err
	}
	if schema < 1 || schema > newest {
		return fault.New(fault.Conflict, opLoad, l.s.name, "the backup is of version %d of the tables and this program knows versions 1 to %d: use a newer program", schema, newest)
	}
	if l.file == "" {
		return l.s.migrate(l.ctx, schema)
	}
	l.conn.Close() // the one writer: migrations need it
	if err := l.s.migrate(l.ctx, schema); err != nil {
		return err
	}
	if l.conn, err = l.s.write.Conn(l.ctx); err != nil {
		return failed(opLoad, l.s.name, err)
	}
	for _, text := range []string{litBare, litNoSync} { // a file that may be lost needs no journal
		if _, err := l.conn.ExecContext(l.ctx, text); err != nil {
			return failed(opLoad, l.s.name, err)
		}
	}
	return nil
}

// empty checks that nobody has used the database, takes out what migrations
// put in, and compares its tables with those of the dump.
func (l *Loader) empty(tables []Table) error {
	if l.s.engine == PostgreSQL {
		if _, err := l.tx.ExecContext(l.ctx, pgLockAll); err != nil {
			return failed(opLoad, l.s.name, err)
		}
	}
	var acts int64
	if err := l.tx.QueryRowContext(l.ctx, sqlAnyAct).Scan(&acts); err != nil {
		return failed(opLoad, l.s.name, err)
	}
	have, err := tablesOf(l.ctx, l.tx, l.s.engine)
	if err != nil {
		return failed(opLoad, l.s.name, err)
	}
	for _, t := range have {
		if acts > 0 || t.Name != "chain" && l.any(t.Name) {
			return fault.New(fault.Conflict, opLoad, l.s.name, "the database is not empty: restore into a new one, then let --db name it")
		}
	}
	for _, t := range tables {
		i := slices.IndexFunc(have, func(h Table) bool { return h.Name == t.Name })
		if i < 0 || !sameSet(have[i].Columns, t.Columns) {
			return fault.New(fault.Invalid, opLoad, t.Name, "the backup has a table %q that this version of the tables does not have: was the backup made by another program?", t.Name)
		}
		if _, err := l.tx.ExecContext(l.ctx, `DELETE FROM "`+t.Name+`"`); err != nil {
			return failed(opLoad, t.Name, err)
		}
		if l.tables[t.Name], err = l.target(t, have[i]); err != nil {
			return failed(opLoad, t.Name, err)
		}
	}
	return nil
}

// any reports whether a table has rows; in doubt it has.
func (l *Loader) any(table string) bool {
	var one int
	err := l.tx.QueryRowContext(l.ctx, `SELECT 1 FROM "`+table+`" LIMIT 1`).Scan(&one)
	return !errors.Is(err, sql.ErrNoRows)
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// target prepares the filling of a table; have is how it is declared.
func (l *Loader) target(t, have Table) (*filling, error) {
	to := &filling{Table: t}
	if l.s.engine == PostgreSQL {
		return to, nil
	}
	kinds, err := kindsOf(l.ctx, l.tx, t.Name)
	if err != nil {
		return nil, err
	}
	for _, c := range t.Columns {
		to.kinds = append(to.kinds, kinds[slices.Index(have.Columns, c)])
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(t.Columns)), ",")
	to.insert, err = l.tx.PrepareContext(l.ctx, `INSERT INTO "`+t.Name+`" (`+quoted(t.Columns)+`) VALUES (`+marks+`)`)
	return to, err
}

// Rows fills a table with rows as Dump.Copy writes them; it may be called for
// the same table again.
func (l *Loader) Rows(table string, r io.Reader) error {
	to := l.tables[table]
	if to == nil {
		return fault.New(fault.Invalid, opLoad, table, "there is no such table")
	}
	var err error
	if l.s.engine == PostgreSQL {
		err = l.conn.Raw(func(driver any) error {
			_, err := driver.(*stdlib.Conn).Conn().PgConn().CopyFrom(l.ctx, &wholeRows{r: r, last: '\n'}, `COPY "`+table+`" (`+quoted(to.Columns)+`) FROM STDIN`)
			return err
		})
	} else {
		err = l.insertAll(to, r)
	}
	return failed(opLoad, table, err)
}

var errHalfRow = errors.New("the last row is not whole")

// wholeRows refuses to end within a row, which PostgreSQL would take.
type wholeRows struct {
	r    io.Reader
	last byte
}

func (w *wholeRows) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	if n > 0 {
		w.last = b[n-1]
	}
	if err == io.EOF && w.last != '\n' {
		return n, errHalfRow
	}
	return n, err
}

func (l *Loader) insertAll(to *filling, r io.Reader) error {
	in := bufio.NewReaderSize(r, 1<<18)
	var long []byte
	var fields [][]byte
	args := make([]any, len(to.Columns))
	for {
		row, err := in.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			long = append(long, row...)
			continue
		}
		if err == io.EOF && len(row) == 0 && len(long) == 0 {
			return nil
		}
		if err != nil {
			return errors.Join(errHalfRow, err)
		}
		if len(long) > 0 {
			long = append(long, row...)
			row = long
			long = nil
		}
		if fields, err = splitCopy(row[:len(row)-1], fields); err != nil {
			return err
		}
		if err := l.insert(to, fields, args); err != nil {
			return err
		}
	}
}

func (l *Loader) insert(to *filling, fields [][]byte, args []any) error {
	if len(fields) != len(args) {
		return fmt.Errorf("a row has %d columns of %d", len(fields), len(args))
	}
	for i, f := range fields {
		var err error
		if args[i], err = to.kinds[i].read(f); err != nil {
			return err
		}
	}
	_, err := to.insert.ExecContext(l.ctx, args...)
	return err
}

// read turns the text of a value into what SQLite keeps in such a column.
// Numbers it makes of texts by itself.
func (k kindOf) read(f []byte) (any, error) {
	switch {
	case f == nil:
		return nil, nil
	case k.flag() && (string(f) == "t" || string(f) == "f"):
		return string(f) == "t", nil
	case k.blob() && strings.HasPrefix(string(f), `\x`):
		return hex.DecodeString(string(f[2:]))
	case k.blob():
		return f, nil
	}
	return string(f), nil
}

// Commit verifies the journal of what was loaded, compares its heads with
// those of the dump, brings the tables up to date and lets the database be
// seen under its name.
func (l *Loader) Commit(heads []Head) error {
	got, err := verifyChains(l.ctx, l.tx, nil)
	if err != nil {
		return failed(opLoad, l.s.name, err)
	}
	if !slices.Equal(got, heads) {
		return fault.New(fault.Conflict, opLoad, l.s.name, "the journal in the backup ends otherwise than its list of contents says: nothing was restored")
	}
	if err := l.sequences(); err != nil {
		return failed(opLoad, l.s.name, err)
	}
	if err := l.tx.Commit(); err != nil {
		return failed(opLoad, l.s.name, err)
	}
	l.tx = nil
	if l.file != "" {
		return l.name()
	}
	if err := l.s.migrate(l.ctx, newestSchema); err != nil {
		return err
	}
	_, err = l.s.write.ExecContext(l.ctx, sqlAnalyze)
	return failed(opLoad, l.s.name, err)
}

// sequences lets PostgreSQL count on behind the numbers that were loaded.
func (l *Loader) sequences() error {
	if l.s.engine != PostgreSQL {
		return nil
	}
	for name := range l.tables {
		rows, err := l.tx.QueryContext(l.ctx, pgOwned, name)
		if err != nil {
			return err
		}
		owned := map[string]string{}
		for rows.Next() {
			var column, sequence string
			if err := rows.Scan(&column, &sequence); err != nil {
				rows.Close()
				return err
			}
			owned[column] = sequence
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		for column, sequence := range owned {
			if _, err := l.tx.ExecContext(l.ctx, `SELECT setval($1::regclass, COALESCE((SELECT MAX("`+column+`") FROM "`+name+`"), 0) + 1, false)`, sequence); err != nil {
				return err
			}
		}
	}
	return nil
}

// name gives the file its name, once everything is on the disk.
func (l *Loader) name() error {
	if _, err := l.conn.ExecContext(l.ctx, litWAL); err != nil {
		return failed(opLoad, l.file, err)
	}
	l.conn.Close()
	l.conn = nil
	if err := l.s.migrate(l.ctx, newestSchema); err != nil {
		return err
	}
	if err := l.s.Close(); err != nil {
		return failed(opLoad, l.file, err)
	}
	l.s = nil
	if err := syncFile(l.beside); err != nil {
		return failed(opLoad, l.file, err)
	}
	// A link, not a rename: it does not take the place of a file that came
	// meanwhile.
	_ = os.Remove(l.file + "-wal") // empty, as was checked
	if info, err := os.Stat(l.file); err == nil && info.Size() == 0 {
		_ = os.Remove(l.file)
	}
	if err := os.Link(l.beside, l.file); err != nil {
		return fault.New(fault.Conflict, opLoad, l.file, "the database cannot get its name: %w", err)
	}
	return failed(opLoad, l.file, syncFile(filepath.Dir(l.file)))
}

// syncFile returns when a file or the names in a folder are on the disk.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Close ends the loading; what was not committed is gone.
func (l *Loader) Close() {
	if l.tx != nil {
		_ = l.tx.Rollback()
	}
	if l.conn != nil {
		_ = l.conn.Close()
	}
	if l.s != nil {
		_ = l.s.Close()
	}
	if l.beside != "" {
		for _, end := range []string{"", "-wal", "-shm", "-journal"} {
			_ = os.Remove(l.beside + end)
		}
	}
}
