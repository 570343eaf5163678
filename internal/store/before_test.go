package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shanyraq/shanyraq/ledger"
)

// older makes a database as the first release left it, with a run in it.
func older(t *testing.T, dsn string) {
	t.Helper()
	s, err := connect(dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.migrate(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Commit(t.Context(), ledger.Batch{Run: run(1), Figures: importOf(1, 1, 100)}); err != nil {
		t.Fatal(err)
	}
}

func schemaOf(t *testing.T, dsn string) (version int64) {
	t.Helper()
	s, err := connect(dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.read.QueryRow(sqlSchema).Scan(&version); err != nil {
		t.Fatal(err)
	}
	return version
}

// The tables change after the precaution was taken, or not at all.
func TestPrecautionBeforeMigration(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		dsn := fresh(t)
		older(t, dsn)
		full := errors.New("the disk is full")
		taken := 0
		_, err := Open(t.Context(), dsn, BeforeMigration(func(_ context.Context, s *Store, from, to int64) error {
			taken++
			if held, err := s.HoldsData(t.Context()); err != nil || !held || from != 1 || to < 2 {
				t.Errorf("from %d to %d, holds data: %v, %v", from, to, held, err)
			}
			if d := dump(t, s); d.schema != 1 || len(d.rows["figure"]) == 0 {
				t.Errorf("what is there cannot be written: version %d", d.schema)
			}
			return full
		}))
		if !errors.Is(err, full) || schemaOf(t, dsn) != 1 {
			t.Errorf("%v, and the tables are of version %d", err, schemaOf(t, dsn))
		}
		s, err := Open(t.Context(), dsn, BeforeMigration(func(context.Context, *Store, int64, int64) error { taken++; return nil }))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if n := len(list(t, s, all(Everything))); n != 100 || schemaOf(t, dsn) < 2 {
			t.Errorf("%d figures", n)
		}
		again := taken
		open(t, dsn)
		if taken != again {
			t.Error("a precaution where nothing changes")
		}
	})
}

// What the first release dumped is loaded by this one, into both engines.
func TestOlderDumpIsLoaded(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		dsn := onSQLite(t)
		older(t, dsn)
		s, err := connect(dsn)
		if err != nil {
			t.Fatal(err)
		}
		d := dump(t, s)
		s.Close()
		into := fresh(t)
		if err := d.load(t, into); err != nil {
			t.Fatal(err)
		}
		if n := len(list(t, open(t, into), all(Everything))); n != 100 {
			t.Errorf("%d figures", n)
		}
	})
}

func TestCopiesBesideAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.db")
	older(t, "sqlite:"+file)
	s, err := connect("sqlite:" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name := range map[string]bool{"x.db.v1-20260101T000000Z.bak.txt": true, "y.db.v1-20260101T000000Z.bak": true} {
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 4 {
		if err := s.CopyBeside(t.Context(), int64(1+i/3), 2, noon.Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), "-wal") && !strings.HasSuffix(e.Name(), "-shm") {
			got = append(got, e.Name())
		}
	}
	if diff := cmp.Diff([]string{"x.db", "x.db.v1-20260101T000000Z.bak.txt", "x.db.v1-20261124T070002Z.bak", "x.db.v2-20261124T070003Z.bak", "y.db.v1-20260101T000000Z.bak"}, got); diff != "" {
		t.Error(diff)
	}
	copied := open(t, "sqlite:"+file+".v1-20261124T070002Z.bak")
	if n := len(list(t, copied, all(Everything))); n != 100 {
		t.Errorf("the copy has %d figures", n)
	}
}
