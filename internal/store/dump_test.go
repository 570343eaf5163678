package store

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/pgtest"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// dumped is a dump in memory.
type dumped struct {
	schema int64
	tables []Table
	heads  []Head
	rows   map[string][]byte
}

func dump(t *testing.T, s *Store) dumped {
	t.Helper()
	d, err := s.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	out := dumped{d.Schema, d.Tables, d.Chains, map[string][]byte{}}
	for _, table := range d.Tables {
		var b bytes.Buffer
		if err := d.Copy(table.Name, &b); err != nil {
			t.Fatal(err)
		}
		out.rows[table.Name] = b.Bytes()
	}
	return out
}

func (d dumped) load(t *testing.T, dsn string) error {
	t.Helper()
	l, err := Load(t.Context(), dsn, d.schema, d.tables)
	if err != nil {
		return err
	}
	defer l.Close()
	for _, table := range d.tables {
		if err := l.Rows(table.Name, bytes.NewReader(d.rows[table.Name])); err != nil {
			return err
		}
	}
	return l.Commit(d.heads)
}

// lines are the rows of every table in the order of the alphabet, with the
// columns in that order too: what two engines must agree on.
func (d dumped) lines(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, table := range d.tables {
		order := slices.Sorted(slices.Values(table.Columns))
		for row := range strings.Lines(string(d.rows[table.Name])) {
			fields := strings.Split(strings.TrimSuffix(row, "\n"), "\t")
			var line []string
			for _, c := range order {
				line = append(line, c+"="+fields[slices.Index(table.Columns, c)])
			}
			out[table.Name] = append(out[table.Name], strings.Join(line, " "))
		}
		slices.Sort(out[table.Name])
	}
	return out
}

// eventful fills every table that the store itself writes, with every letter
// that could be mistaken.
func eventful(t *testing.T, s *Store) {
	t.Helper()
	odd := "tab\there, line\nthere, back\\slash, \\N, \\., \x01\v\f\b\r, қ, null: "
	commit(t, s, 1, beds("KZ-35", "2025", "12.50", document("report"), line(3, 1, 9), published("2025-02-03")),
		beds("KZ-35", "2026", "3", source(odd), dimensions("profile=children")), beds("KZ-61", "2025", "-7"))
	old := beds("KZ-35", "2025", "12.50", document("report"), line(3, 1, 9), published("2025-02-03"))
	commit(t, s, 2, beds("KZ-35", "2025", "13", document("report"), line(3, 1, 9), published("2025-03-03")), beds("KZ-61", "2025", "-7", withdraws(beds("KZ-61", "2025", "-7").ID, odd)), old)
	if _, err := s.Commit(t.Context(), ledger.Batch{Run: run(3), Catalogue: []ledger.Item{{Kind: "k", Code: "c", Body: []byte(`{"a":"b"}`)}},
		Texts: []ledger.DocumentText{{Document: "report", SHA256: "ab", Encoding: "utf-8", Text: odd + strings.Repeat("long ", 200_000)}}}); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := act(t, s, "save", func(tx *Tx) error {
			_, err := tx.Put(Item{Kind: "note", ID: "n1", Path: "/KZ/", State: "draft", Body: []byte(`{"text":"` + strings.ReplaceAll(odd, "\n", "") + `"}`)}, int64(i))
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	fillEmpty(t, s, odd)
}

// fillEmpty puts a row into every table that is still empty: other packages
// write them.
func fillEmpty(t *testing.T, s *Store, odd string) {
	t.Helper()
	query := sqlColumnsSQLite
	if s.engine == PostgreSQL {
		query = sqlColumnsPostgres
	}
	kinds := columns(t, s, query)
	for _, table := range dump(t, s).tables {
		var n int
		if err := s.read.QueryRow(`SELECT COUNT(*) FROM "` + table.Name + `"`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			continue
		}
		var marks []string
		var args []any
		for i, c := range table.Columns {
			marks = append(marks, fmt.Sprint("$", i+1))
			switch kind, _, _ := strings.Cut(kinds[table.Name+"."+c], " "); kind {
			case "TEXT":
				args = append(args, odd)
			case "BYTEA", "BLOB":
				args = append(args, []byte(odd))
			default:
				args = append(args, 7)
			}
		}
		if _, err := s.write.Exec(`INSERT INTO "`+table.Name+`" (`+quoted(table.Columns)+`) VALUES (`+strings.Join(marks, ", ")+`)`, args...); err != nil {
			t.Fatal(table.Name, err)
		}
	}
}

// What one engine holds the other can take over, and give back the same.
func TestDumpMovesBetweenEngines(t *testing.T) {
	places := map[string]address{"sqlite": onSQLite, "postgres": pgtest.DSN}
	for from, fresh := range places {
		s := open(t, fresh(t))
		eventful(t, s)
		d := dump(t, s)
		for to, fresh := range places {
			t.Run(from+" to "+to, func(t *testing.T) {
				dsn := fresh(t)
				if err := d.load(t, dsn); err != nil {
					t.Fatal(err)
				}
				copied := open(t, dsn)
				if diff := cmp.Diff(d.lines(t), dump(t, copied).lines(t)); diff != "" {
					t.Errorf("(-from +to)\n%.3000s", diff)
				}
				if diff := cmp.Diff(list(t, s, all(Everything)), list(t, copied, all(Everything)), cmp.Comparer(sameNumber), cmp.Comparer(func(a, b period.Period) bool { return a == b })); diff != "" {
					t.Error(diff)
				}
				commit(t, copied, 9, beds("KZ-10", "2026", "4")) // and it goes on
				if _, err := copied.VerifyChains(t.Context()); err != nil {
					t.Error(err)
				}
				if err := d.load(t, dsn); !fault.Is(err, fault.Conflict) {
					t.Errorf("a second time: %v", err)
				}
			})
		}
	}
}

// A table is in the backup or has a reason not to be; each has been filled
// here, so that a new one cannot be forgotten.
func TestEveryTableIsInTheDump(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		query := sqlColumnsSQLite
		if s.engine == PostgreSQL {
			query = sqlColumnsPostgres
		}
		kept := map[string][]string{}
		d := dump(t, s)
		for _, table := range d.tables {
			kept[table.Name] = table.Columns
		}
		for name := range columns(t, s, query) {
			table, column, _ := strings.Cut(name, ".")
			if notKept[table] == "" && !slices.Contains(kept[table], column) {
				t.Errorf("%s.%s is in no backup", table, column)
			}
		}
		eventful(t, s)
		for name, rows := range dump(t, s).rows {
			if len(rows) == 0 {
				t.Errorf("the test leaves table %s empty", name)
			}
		}
	})
}

// What is read stands for one moment, whatever is written meanwhile.
func TestDumpIsOfOneMoment(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		dsn := fresh(t)
		s := open(t, dsn)
		commit(t, s, 1, importOf(1, 1, 500)...)
		d, err := s.Dump(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		commit(t, s, 2, importOf(1, 2, 500)...)
		var b bytes.Buffer
		if err := d.Copy("figure", &b); err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(b.Bytes(), []byte("\n")); n != 500 || d.Chains[1].Seq != 1 && d.Chains[0].Seq != 1 {
			t.Errorf("%d figures, chains %v", n, d.Chains)
		}
		if err := d.Copy("goose_db_version", &b); !fault.Is(err, fault.NotFound) {
			t.Errorf("a table that is not kept: %v", err)
		}
	})
}

// Whatever is wrong, nothing is left of a half loading.
func TestLoadIsWholeOrAbsent(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, onSQLite(t))
		eventful(t, s)
		for name, spoil := range map[string]func(*dumped){
			"a tampered entry": func(d *dumped) {
				d.rows["journal"] = bytes.Replace(d.rows["journal"], []byte("figures.csv"), []byte("another.csv"), 1)
			},
			"another head":      func(d *dumped) { d.heads = slices.Clone(d.heads); d.heads[0].Seq++ },
			"half a row":        func(d *dumped) { d.rows["figure"] = d.rows["figure"][:len(d.rows["figure"])-3] },
			"a row twice":       func(d *dumped) { d.rows["desk"] = append(slices.Clone(d.rows["desk"]), d.rows["desk"]...) },
			"a column too many": func(d *dumped) { d.rows["desk"] = append([]byte("x\t"), d.rows["desk"]...) },
			"an unknown table":  func(d *dumped) { d.tables = append(d.tables, Table{"extra", []string{"a"}}) },
			"a missing column":  func(d *dumped) { d.tables[0].Columns = d.tables[0].Columns[1:] },
			"a newer schema":    func(d *dumped) { d.schema = 99 },
		} {
			dsn := fresh(t)
			d := dump(t, s)
			spoil(&d)
			if err := d.load(t, dsn); err == nil {
				t.Errorf("%s was loaded", name)
			}
			if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
				if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); len(left) > 0 {
					t.Errorf("%s left %v", name, left)
				}
				if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*")); len(left) > 0 {
					t.Errorf("%s left %v", name, left)
				}
			}
			if err := dump(t, s).load(t, dsn); err != nil {
				t.Errorf("after %s: %v", name, err)
			}
		}
	})
}

func FuzzRowsComeBack(f *testing.F) {
	f.Add("a\tb", "\\N", int64(-1))
	f.Add("", "\n\r\\", int64(0))
	f.Fuzz(func(t *testing.T, a, b string, n int64) {
		row, err := appendRow(nil, []any{a, n, nil, []byte(b), b, true}, []kindOf{"TEXT", "BIGINT", "TEXT", "BLOB", "TEXT", "BOOLEAN"})
		if err != nil || bytes.Count(row, []byte("\n")) != 1 {
			t.Fatalf("%q: %v", row, err)
		}
		got, err := splitCopy(row[:len(row)-1], nil)
		if err != nil || len(got) != 6 {
			t.Fatalf("%q: %v", row, err)
		}
		blob, err := kindOf("BLOB").read(got[3])
		if err != nil || string(got[0]) != a || string(got[1]) != fmt.Sprint(n) || got[2] != nil || string(blob.([]byte)) != b || string(got[4]) != b {
			t.Errorf("%q became %q, %v", row, got, err)
		}
	})
}

// Rows of a foreign hand are read or refused, and never bring the program down.
func FuzzForeignRows(f *testing.F) {
	f.Add([]byte(`a\tb	\N	\x41`))
	f.Fuzz(func(t *testing.T, row []byte) {
		fields, err := splitCopy(row, nil)
		if err != nil {
			return
		}
		for _, v := range fields {
			_, _ = kindOf("BLOB").read(v)
		}
	})
}
