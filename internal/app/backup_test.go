package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/archive"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/pgtest"
	"github.com/shanyraq/shanyraq/internal/store"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

var backedAt = time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)

// over opens an App over a database of either engine.
func over(t *testing.T, dsn string, options ...store.Option) *App {
	t.Helper()
	s, err := store.Open(t.Context(), dsn, options...)
	if err != nil {
		t.Fatal(err)
	}
	a := New(s, "test")
	a.Clock = func() time.Time { return backedAt }
	t.Cleanup(func() { a.Close() })
	return a
}

func onSQLite(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "x.db") }

// eachEngine runs a test on both.
func eachEngine(t *testing.T, test func(t *testing.T, fresh func(testing.TB) string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, onSQLite) })
	t.Run("postgres", func(t *testing.T) { test(t, pgtest.DSN) })
}

// busy writes notes and items until it is stopped; it counts what was
// acknowledged.
func busy(t *testing.T, a *App, writers int, stop <-chan struct{}) (done *sync.WaitGroup, count *atomic.Int64) {
	done, count = &sync.WaitGroup{}, &atomic.Int64{}
	for w := range writers {
		done.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				err := a.Store.Act(t.Context(), actor.Entry{Actor: actor.ID(fmt.Sprint("u_", w)), At: backedAt, Op: "save"}, func(tx *store.Tx) error {
					_, err := tx.Put(store.Item{Kind: "note", ID: fmt.Sprint(w, "-", i), Body: []byte(`{}`)}, 0)
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
				count.Add(1)
			}
		})
	}
	return done, count
}

// What eight writers write meanwhile is in the backup whole or not at all: as
// many items as entries of the journal, and the journal of the copy is intact.
func TestBackupWhileEightWrite(t *testing.T) {
	eachEngine(t, func(t *testing.T, fresh func(testing.TB) string) {
		a := over(t, fresh(t))
		stop := make(chan struct{})
		done, count := busy(t, a, 8, stop)
		for count.Load() < 50 {
			time.Sleep(time.Millisecond)
		}
		before := count.Load()
		file := filepath.Join(t.TempDir(), "b.tar.zst")
		got, err := a.Backup(t.Context(), BackupOptions{File: file, Trial: true})
		after := count.Load()
		close(stop)
		done.Wait()
		if err != nil {
			t.Fatal(err)
		}
		desk := got.Rows["desk"]
		if desk < before || desk > after || got.Rows["desk_history"] != desk || got.Rows["journal"] != desk || !got.Tried {
			t.Errorf("%d items between %d and %d, %d versions, %d entries", desk, before, after, got.Rows["desk_history"], got.Rows["journal"])
		}
		last, err := a.LastBackup(t.Context())
		if err != nil || !last.Equal(backedAt) {
			t.Errorf("the last backup was made at %v, %v", last, err)
		}
	})
}

// Every way from an engine to an engine, open and locked, with files.
func TestBackupIsRestored(t *testing.T) {
	lock, err := archive.LockWith([]byte("correct horse battery"))
	if err != nil {
		t.Fatal(err)
	}
	for from, source := range map[string]func(testing.TB) string{"sqlite": onSQLite, "postgres": pgtest.DSN} {
		for to, target := range map[string]func(testing.TB) string{"sqlite": onSQLite, "postgres": pgtest.DSN} {
			t.Run(from+" to "+to, func(t *testing.T) {
				a := over(t, source(t))
				stop := make(chan struct{})
				done, count := busy(t, a, 2, stop)
				for count.Load() < 10 {
					time.Sleep(time.Millisecond)
				}
				close(stop)
				done.Wait()
				blobs := folder(t)
				photo, err := blobs.Put(t.Context(), strings.NewReader("a photo"), 100)
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(t.TempDir(), "b.tar.zst.age")
				made, err := a.Backup(t.Context(), BackupOptions{File: file, Lock: lock, Blobs: blobs, Trial: true})
				if err != nil {
					t.Fatal(err)
				}
				restored, dsn := folder(t), target(t)
				options := RestoreOptions{DSN: dsn, File: file, Key: lock.Key(), Blobs: restored, Version: "test", Now: backedAt}
				got, err := Restore(t.Context(), options)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(made.Rows, got.Rows); diff != "" || got.Files != 1 {
					t.Errorf("%d files %s", got.Files, diff)
				}
				c, err := restored.Open(t.Context(), photo.Name)
				if err != nil {
					t.Fatal(err)
				}
				if b, err := io.ReadAll(c); err != nil || string(b) != "a photo" {
					t.Errorf("the file is %q, %v", b, err)
				}
				c.Close()
				b := over(t, dsn)
				list, _, err := b.Store.Journal(t.Context(), store.JournalQuery{Limit: 1})
				if err != nil || len(list) != 1 || list[0].Op != actRestore {
					t.Errorf("the journal ends with %+v, %v", list, err)
				}
				if _, err := b.Store.VerifyChains(t.Context()); err != nil {
					t.Error(err)
				}
				if _, err := Restore(t.Context(), options); !fault.Is(err, fault.Conflict) {
					t.Errorf("over a database in use: %v", err)
				}
			})
		}
	}
}

func folder(t *testing.T) blob.Store {
	t.Helper()
	s, err := blob.Open(t.Context(), filepath.Join(t.TempDir(), "files"), os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// names lists a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestBackupRefuses(t *testing.T) {
	a := over(t, onSQLite(t))
	dir := t.TempDir()
	file := filepath.Join(dir, "b.tar.zst")
	if err := os.WriteFile(file, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Backup(t.Context(), BackupOptions{File: file}); !fault.Is(err, fault.Conflict) {
		t.Errorf("over a file: %v", err)
	}
	if _, err := a.Backup(t.Context(), BackupOptions{File: filepath.Join(dir, "none", "b")}); !fault.Is(err, fault.Invalid) {
		t.Errorf("into no folder: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Backup(ctx, BackupOptions{File: filepath.Join(dir, "c")}); err == nil {
		t.Error("broken off, and a backup is there")
	}
	if diff := cmp.Diff([]string{"b.tar.zst"}, names(t, dir)); diff != "" {
		t.Errorf("something was left behind: %s", diff)
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "precious" {
		t.Errorf("%q, %v", b, err)
	}
}

// A broken file of evidence does not take the backup of everything else away.
func TestBrokenFileIsReported(t *testing.T) {
	a := over(t, onSQLite(t))
	blobs := folder(t)
	for _, content := range []string{"good", "to be broken"} {
		if _, err := blobs.Put(t.Context(), strings.NewReader(content), 100); err != nil {
			t.Fatal(err)
		}
	}
	bad := string(blob.NameOf([]byte("to be broken")))
	err := filepath.WalkDir(blobs.Where(), func(path string, _ os.DirEntry, err error) error {
		if filepath.Base(path) == bad {
			_ = os.Chmod(path, 0o600)
			return os.WriteFile(path, []byte("broken now!!"), 0o600)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Backup(t.Context(), BackupOptions{File: filepath.Join(t.TempDir(), "b"), Blobs: blobs})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{bad}, got.Broken); diff != "" || got.Files != 1 {
		t.Errorf("%d files, %s", got.Files, diff)
	}
}

// Wherever a backup is damaged, it is refused, and no database is left.
func TestDamagedBackupIsRefused(t *testing.T) {
	a := over(t, onSQLite(t))
	if err := a.Store.Note(t.Context(), "desk", actor.Entry{Actor: "u_1", At: backedAt, Op: "save"}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "b")
	if _, err := a.Backup(t.Context(), BackupOptions{File: file}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []int{4, 10, 25, 50, 75, 90, 99} {
		at := len(whole) * part / 100
		changed := bytes.Clone(whole)
		changed[at] ^= 0xff
		for name, body := range map[string][]byte{"changed": changed, "cut off": whole[:at]} {
			bad, dir := filepath.Join(t.TempDir(), "bad"), t.TempDir()
			if err := os.WriteFile(bad, body, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := VerifyBackup(t.Context(), bad, archive.Key{}, false); err == nil {
				t.Errorf("%s at %d %%: verified", name, part)
			}
			if _, err := Restore(t.Context(), RestoreOptions{DSN: "sqlite:" + filepath.Join(dir, "x.db"), File: bad, Now: backedAt}); err == nil {
				t.Errorf("%s at %d %%: restored", name, part)
			}
			if left := names(t, dir); len(left) > 0 {
				t.Errorf("%s at %d %%: left %v", name, part, left)
			}
		}
	}
}

func TestPruneKeepsTheNewest(t *testing.T) {
	dir := t.TempDir()
	keep := []string{"notes.txt", "shanyraq-latest.tar.zst"}
	for i := range 5 {
		keep = append(keep, BackupName(backedAt.Add(time.Duration(i)*time.Hour), i%2 == 1))
	}
	for _, name := range keep {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	gone, err := PruneBackups(dir, 2)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"shanyraq-20261124T070000Z.tar.zst", "shanyraq-20261124T080000Z.tar.zst.age", "shanyraq-20261124T090000Z.tar.zst"}, gone); diff != "" {
		t.Error(diff)
	}
	if left := names(t, dir); len(left) != 4 {
		t.Errorf("left: %v", left)
	}
}

// On PostgreSQL the precaution is an archive, tried; without room for it the
// tables stay as they are, and the message says what to do.
func TestArchiveBeforeMigration(t *testing.T) {
	a := over(t, pgtest.DSN(t))
	dir := filepath.Join(t.TempDir(), "backups")
	before := BeforeMigration("test", dir, 2, func() time.Time { return backedAt })
	if err := before(t.Context(), a.Store, 1, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a backup of a database that holds nothing")
	}
	if err := a.Store.Note(t.Context(), "desk", actor.Entry{Actor: "u_1", At: backedAt, Op: "save"}); err != nil {
		t.Fatal(err)
	}
	if err := before(t.Context(), a.Store, 1, 2); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{BackupName(backedAt, false)}, names(t, dir)); diff != "" {
		t.Error(diff)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := BeforeMigration("test", filepath.Join(file, "x"), 2, time.Now)(t.Context(), a.Store, 1, 2)
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "--migration-backups=0") {
		t.Error(err)
	}
}
