package store

import (
	"bufio"
	"context"
	"database/sql"
	"io"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

// Dump is everything that a database holds at one moment, while others write
// on. Close it soon: meanwhile neither engine can tidy up behind the writers.
type Dump struct {
	Schema int64 // the newest migration
	Tables []Table
	Chains []Head

	ctx    context.Context
	engine Engine
	conn   *sql.Conn
	tx     *sql.Tx
}

// Table is a table with its columns in the order of a row.
type Table struct {
	Name    string
	Columns []string
}

// Head is a chain of the journal and its last entry.
type Head = actor.Head

const (
	litTables = `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
	litFields = `SELECT name FROM pragma_table_info(?) ORDER BY cid`
	litKinds  = `SELECT type FROM pragma_table_info(?) ORDER BY cid`

	// Tables that do not outlive a crash of the server, UNLOGGED, hold nothing
	// to keep.
	pgTables = `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p' ORDER BY c.relname COLLATE "C"`
	pgFields = `SELECT a.attname FROM pg_attribute a
	WHERE a.attrelid = quote_ident($1)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum`

	sqlHeads  = `SELECT name, seq, hash FROM chain ORDER BY name`
	sqlSchema = `SELECT MAX(version_id) FROM goose_db_version`
)

// notKept are the tables that a backup leaves out, and why.
var notKept = map[string]string{
	"goose_db_version": "the version stands in the head of the backup, and the tables are made anew",
	"session":          "an old copy must not open what was closed since: people sign in again",
	"attempt":          "whoever was locked out when the copy was made need not be now",
}

// Dump begins to read the database as it is now.
func (s *Store) Dump(ctx context.Context) (*Dump, error) {
	const op = "store.Dump"
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	opts := &sql.TxOptions{ReadOnly: true}
	if s.engine == PostgreSQL {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, err := conn.BeginTx(ctx, opts)
	if err != nil {
		conn.Close()
		return nil, failed(op, s.name, err)
	}
	d := &Dump{ctx: ctx, engine: s.engine, conn: conn, tx: tx}
	if err := d.survey(); err != nil {
		d.Close()
		return nil, failed(op, s.name, err)
	}
	return d, nil
}

// Close ends the reading.
func (d *Dump) Close() {
	_ = d.tx.Rollback() // nothing was written
	_ = d.conn.Close()
}

// survey finds what there is. Its first query fixes the moment.
func (d *Dump) survey() (err error) {
	if d.Chains, err = headsOf(d.ctx, d.tx); err != nil {
		return err
	}
	if err := d.tx.QueryRowContext(d.ctx, sqlSchema).Scan(&d.Schema); err != nil {
		return err
	}
	d.Tables, err = tablesOf(d.ctx, d.tx, d.engine)
	return err
}

// headsOf lists the chains of the journal.
func headsOf(ctx context.Context, q querier) ([]Head, error) {
	rows, err := q.QueryContext(ctx, sqlHeads)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Head
	for rows.Next() {
		var h Head
		if err := rows.Scan(&h.Chain, &h.Seq, &h.Hash); err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// tablesOf lists the tables that a backup keeps, as the database has them: a
// new one is never forgotten.
func tablesOf(ctx context.Context, q querier, e Engine) ([]Table, error) {
	list, fields := litTables, litFields
	if e == PostgreSQL {
		list, fields = pgTables, pgFields
	}
	names, err := oneColumn(ctx, q, list)
	if err != nil {
		return nil, err
	}
	var out []Table
	for _, name := range names {
		if notKept[name] != "" {
			continue
		}
		t := Table{Name: name}
		if t.Columns, err = oneColumn(ctx, q, fields, name); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func oneColumn(ctx context.Context, q querier, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// quoted is a list of columns.
func quoted(columns []string) string {
	return `"` + strings.Join(columns, `", "`) + `"`
}

// Copy writes the rows of a table, one a line, in the text format of
// PostgreSQL's COPY.
func (d *Dump) Copy(table string, w io.Writer) error {
	const op = "store.Dump"
	i := slices.IndexFunc(d.Tables, func(t Table) bool { return t.Name == table })
	if i < 0 {
		return fault.New(fault.NotFound, op, table, "there is no such table")
	}
	t := d.Tables[i]
	out := bufio.NewWriterSize(w, 1<<18)
	var err error
	if d.engine == PostgreSQL {
		err = d.conn.Raw(func(driver any) error {
			_, err := driver.(*stdlib.Conn).Conn().PgConn().CopyTo(d.ctx, out, `COPY "`+t.Name+`" (`+quoted(t.Columns)+`) TO STDOUT`)
			return err
		})
	} else {
		err = d.copyLite(t, out)
	}
	if err != nil {
		return failed(op, table, err)
	}
	return failed(op, table, out.Flush())
}

// kindOf is what a column of SQLite was declared to hold.
type kindOf string

func (k kindOf) blob() bool { return strings.EqualFold(string(k), "BLOB") }
func (k kindOf) flag() bool { return strings.HasPrefix(strings.ToUpper(string(k)), "BOOL") }

// time reports whether the driver would make a time of what the column holds.
func (k kindOf) time() bool {
	up := strings.ToUpper(string(k))
	return strings.Contains(up, "DATE") || strings.Contains(up, "TIME")
}

func kindsOf(ctx context.Context, q querier, table string) ([]kindOf, error) {
	list, err := oneColumn(ctx, q, litKinds, table)
	out := make([]kindOf, len(list))
	for i, k := range list {
		out[i] = kindOf(k)
	}
	return out, err
}

// copyLite does what COPY does.
func (d *Dump) copyLite(t Table, out *bufio.Writer) error {
	kinds, err := kindsOf(d.ctx, d.tx, t.Name)
	if err != nil {
		return err
	}
	list := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		if list[i] = `"` + c + `"`; kinds[i].time() {
			list[i] = `CAST("` + c + `" AS TEXT)`
		}
	}
	rows, err := d.tx.QueryContext(d.ctx, `SELECT `+strings.Join(list, ", ")+` FROM "`+t.Name+`"`)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	var line []byte
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if line, err = appendRow(line[:0], values, kinds); err != nil {
			return err
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return rows.Err()
}

func appendRow(line []byte, values []any, kinds []kindOf) (_ []byte, err error) {
	for i, v := range values {
		if i > 0 {
			line = append(line, '\t')
		}
		if bytes, ok := v.([]byte); ok && !kinds[i].blob() {
			v = string(bytes) // a text that came as bytes
		}
		if line, err = appendCopy(line, v); err != nil {
			return nil, err
		}
	}
	return append(line, '\n'), nil
}
