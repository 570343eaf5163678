package pgtest

import (
	"database/sql"
	"os"
	"testing"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

func TestFreshDatabases(t *testing.T) {
	for _, dsn := range []string{DSN(t), DSN(t)} {
		db, err := sql.Open("pgx", dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec("CREATE TABLE once (n INTEGER)"); err != nil {
			t.Errorf("a database is not fresh: %v", err)
		}
	}
}

func TestStopRemovesEverything(t *testing.T) {
	s, err := Start(Fast...)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.dir); !os.IsNotExist(err) {
		t.Errorf("the folder of the server is still there: %v", err)
	}
}

func TestBadSettingIsToldAtOnce(t *testing.T) {
	if s, err := Start("no_such_setting=1"); err == nil {
		s.Stop()
		t.Fatal("a server with a setting that does not exist started")
	}
}
