package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shanyraq/shanyraq/internal/pgtest"
)

// distribution names the column by which a large table is spread over servers.
// It must be in every unique key, and no foreign key may cross it.
var distribution = map[string]string{
	"series": "id", "figure": "series_id", "supersession": "old_id", "record": "code", "document_text": "document",
	"journal": "chain", "measure_period": "measure", "document_count": "document", "desk": "id", "desk_history": "id",
	"session": "id", "notice": "account", "delivery": "webhook", "attempt": "name", "credential": "id",
	"work_line": "work", "work_state": "work",
	"asset_entry": "asset", "asset_state": "asset",
}

// everywhere are the tables that stay small enough to be whole on every server.
var everywhere = []string{"chain", "run", "document", "job"}

const (
	sqlColumnsSQLite = `
	SELECT m.name, p.name, p.type, p."notnull" OR p.pk FROM sqlite_master m JOIN pragma_table_info(m.name) p
	WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'goose_db_version'`
	sqlColumnsPostgres = `
	SELECT table_name, column_name, data_type, is_nullable = 'NO' FROM information_schema.columns
	WHERE table_schema = 'public' AND table_name <> 'goose_db_version'`
	sqlUniqueKeys = `
	SELECT t.relname, i.relname, string_agg(a.attname, ',') FROM pg_index x
	JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = t.relnamespace
	JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey)
	WHERE n.nspname = 'public' AND x.indisunique AND t.relname <> 'goose_db_version' GROUP BY 1, 2`
	sqlForeignKeys = `SELECT conname FROM pg_constraint WHERE contype = 'f'`
)

func columns(t *testing.T, s *Store, query string) map[string]string {
	t.Helper()
	rows, err := s.read.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var table, column, kind string
		var notNull bool
		if err := rows.Scan(&table, &column, &kind, &notNull); err != nil {
			t.Fatal(err)
		}
		out[table+"."+column] = fmt.Sprint(strings.ToUpper(kind), " not null ", notNull)
	}
	return out
}

func TestBothSchemasAreOne(t *testing.T) {
	lite := columns(t, open(t, onSQLite(t)), sqlColumnsSQLite)
	pg := columns(t, open(t, pgtest.DSN(t)), sqlColumnsPostgres)
	// The one thing that SQLite writes otherwise: its row number has 64 bits.
	for _, key := range []string{"series.id", "document.id"} {
		lite[key] = strings.Replace(lite[key], "INTEGER", "BIGINT", 1)
	}
	if diff := cmp.Diff(pg, lite); diff != "" {
		t.Errorf("(-postgres +sqlite)\n%s", diff)
	}
}

func TestLargeTablesCanBeDistributed(t *testing.T) {
	s := open(t, pgtest.DSN(t))
	tables := map[string]bool{}
	for name := range columns(t, s, sqlColumnsPostgres) {
		table, _, _ := strings.Cut(name, ".")
		tables[table] = true
	}
	known := slices.Concat(slices.Collect(maps.Keys(distribution)), everywhere)
	if diff := cmp.Diff(slices.Sorted(slices.Values(known)), slices.Sorted(maps.Keys(tables))); diff != "" {
		t.Errorf("every table is either distributed or everywhere: (-known +schema)\n%s", diff)
	}
	rows, err := s.read.Query(sqlUniqueKeys)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	checked := map[string]bool{}
	for rows.Next() {
		var table, index, keys string
		if err := rows.Scan(&table, &index, &keys); err != nil {
			t.Fatal(err)
		}
		if by := distribution[table]; by != "" && !slices.Contains(strings.Split(keys, ","), by) {
			t.Errorf("%s of %s is unique over %s without the distribution key %s", index, table, keys, by)
		}
		checked[table] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for table := range distribution {
		if !checked[table] {
			t.Errorf("%s has no unique key at all", table)
		}
	}
	var name string
	if err := s.read.QueryRow(sqlForeignKeys).Scan(&name); err == nil {
		t.Errorf("there is a foreign key %s: large tables have none", name)
	}
}

func TestValuesThatAreNoNumbersAreRefused(t *testing.T) {
	s := open(t, onSQLite(t)) // PostgreSQL has types
	_, err := s.write.Exec(`INSERT INTO figure (series_id, period_start, period_end, id, coef, scale, qualifier, status, withdraws, published_at, seq)
		VALUES (1, 0, 1, 1, 'many', 0, '=', 'A', 0, 0, 1)`)
	if err == nil {
		t.Error("a text was taken for a value")
	}
}
