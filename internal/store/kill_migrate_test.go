package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// childMigrate is the address of a database that the child brings up to date.
const childMigrate = "SHANYRAQ_TEST_MIGRATE"

// migrateAndEnd is the child.
func migrateAndEnd(dsn string) int {
	s, err := Open(context.Background(), dsn, BeforeMigration(func(ctx context.Context, s *Store, from, _ int64) error {
		if s.engine == SQLite {
			return s.CopyBeside(ctx, from, 3, time.Now())
		}
		return nil
	}))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s.Close()
	return 0
}

// Whenever the program is killed while it brings the tables up to date, they
// are of the old version or of the new one, everything is there, and a copy
// that has its name is whole.
func TestKillWhileMigrating(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		unfinished := 0
		for range killRounds / 2 {
			dsn := fresh(t)
			older(t, dsn)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), childMigrate+"="+dsn)
			child.Stderr = os.Stderr
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rand.IntN(120_000)) * time.Microsecond)
			child.Process.Kill()
			child.Wait() // it was killed, or it was faster
			version := schemaOf(t, dsn)
			if version == 1 {
				unfinished++
			}
			s, err := Open(t.Context(), dsn)
			if err != nil {
				t.Fatalf("killed at version %d: %v", version, err)
			}
			if n := len(list(t, s, all(Everything))); n != 100 {
				t.Errorf("killed at version %d: %d figures", version, n)
			}
			if _, err := s.VerifyChains(t.Context()); err != nil {
				t.Error(err)
			}
			s.Close()
			if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
				copiesAreWhole(t, file)
			}
		}
		t.Logf("%d of %d were killed before the tables changed", unfinished, killRounds/2)
	})
}

func copiesAreWhole(t *testing.T, file string) {
	t.Helper()
	dir := file[:strings.LastIndexByte(file, '/')]
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".bak") {
			continue
		}
		s, err := Open(t.Context(), "sqlite:"+dir+"/"+e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if n := len(list(t, s, all(Everything))); n != 100 {
			t.Errorf("the copy %s has %d figures", e.Name(), n)
		}
		s.Close()
	}
}
