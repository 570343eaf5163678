package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// killedWhile starts a command and kills it after a random while; it returns
// whether the command was faster.
func killedWhile(t *testing.T, within time.Duration, args ...string) (finished bool) {
	t.Helper()
	p := launch(t, args...)
	p.begin(t)
	if p.await(time.Duration(rand.Int64N(int64(within)))) {
		return p.ProcessState.ExitCode() == exitDone
	}
	p.kill()
	return false
}

// Whenever a backup is killed, there is a whole one or none; whenever a restore
// is, there is the whole database or none; and the database that was copied is
// as it was.
func TestKilledBackupAndRestore(t *testing.T) {
	for engine, tc := range map[string]struct {
		from  string
		fresh func() string
		tries int
	}{
		"sqlite":   {loaded(t), func() string { return "sqlite:" + filepath.Join(t.TempDir(), "new.db") }, max(1, rounds()/4)},
		"postgres": {onPostgres(t), func() string { return freshPostgres(t) }, max(1, rounds()/10)},
	} {
		good := filepath.Join(t.TempDir(), "good")
		if code, _, errs := shanyraq(t, "--db", tc.from, "backup", good); code != exitDone {
			t.Fatal(errs)
		}
		whole := 0
		for range tc.tries {
			file := filepath.Join(t.TempDir(), "b")
			if killedWhile(t, 2*time.Second, "--db", tc.from, "backup", file) {
				whole++
			}
			if _, err := os.Stat(file); err == nil {
				if code, _, errs := shanyraq(t, "backup", "verify", file); code != exitDone {
					t.Errorf("%s: half a backup has its name: %s", engine, errs)
				}
			}
			into := tc.fresh()
			finished := killedWhile(t, 2*time.Second, "--db", into, "restore", good, "--files", t.TempDir())
			restored(t, engine, into, good, finished)
		}
		t.Logf("%s: %d of %d backups were faster than the kill", engine, whole, tc.tries)
		if code, _, errs := shanyraq(t, "--db", tc.from, "journal", "verify"); code != exitDone {
			t.Errorf("%s: %s", engine, errs)
		}
	}
}

// restored looks at what a killed restore left: all, or nothing, and then the
// restore can be repeated.
func restored(t *testing.T, engine, into, backup string, finished bool) {
	t.Helper()
	code, _, errs := shanyraq(t, "--db", into, "restore", backup, "--files", t.TempDir())
	if finished && code == exitDone {
		t.Errorf("%s: a finished restore left an empty database", engine)
	}
	if code != exitDone && !strings.Contains(errs, "new one") {
		t.Errorf("%s: a killed restore cannot be repeated: %s", engine, errs)
	}
	var state struct {
		Intact  bool
		Entries int
	}
	ask(t, &state, "--db", into, "journal", "verify")
	if !state.Intact || state.Entries != 3 { // what the demo brings and settles
		t.Errorf("%s: %+v", engine, state)
	}
}
