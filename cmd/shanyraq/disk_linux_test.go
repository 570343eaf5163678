package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/shanyraq/shanyraq/internal/store"
)

// smallDisk is a disk of so many megabytes; only root may make one.
func smallDisk(t *testing.T, mb int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", mb)); err != nil {
		t.Skipf("a small disk needs root: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// onDisk puts the database with Kazakhstan on a disk.
func onDisk(t *testing.T, dir string) string {
	t.Helper()
	body, err := template()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "s.db")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + file
}

// fillDisk leaves no room on a disk; what it returns makes room again.
func fillDisk(t *testing.T, dir string) (free func()) {
	t.Helper()
	name := filepath.Join(dir, "ballast")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 4096)
	for {
		if _, err := f.Write(block); err != nil {
			break
		}
	}
	f.Close()
	return func() { os.Remove(name) }
}

// say writes a comment and returns the status.
func say(t *testing.T, url string, n int) reply {
	t.Helper()
	w := nth(0, 3*n+1)
	return call(t, "POST", url+w.path, w.body, "Content-Type", "application/json", "Sec-Fetch-Site", "same-origin")
}

// On a full disk a write is refused and says why, reading goes on, /readyz and
// the log tell, a backup leaves nothing behind; with room again everything goes
// on, and nothing was lost.
func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, 64)
	db := onDisk(t, dir)
	_, url := serving(t, db, "--files", t.TempDir(), "--imports", t.TempDir())
	if got := say(t, url, 0); got.status != 200 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	free := fillDisk(t, dir)
	acknowledged, refused := 1, reply{}
	for n := 1; n < 5000 && refused.status == 0; n++ { // the log of the database has some room left
		if got := say(t, url, n); got.status == 200 {
			acknowledged++
		} else {
			refused = got
		}
	}
	if refused.status != 503 || !strings.Contains(string(refused.body), "disk") {
		t.Fatalf("a write on a full disk: %d %s", refused.status, refused.body)
	}
	for path, want := range map[string]string{"/api/board": "as_of", "/readyz": "reading only", "/metrics": "shanyraq_writable 0", "/api/comments?about=promise:C7p": "number"} {
		if got := call(t, "GET", url+path, ""); got.status != 200 || !strings.Contains(string(got.body), want) {
			t.Errorf("%s on a full disk: %d %.200s", path, got.status, got.body)
		}
	}
	if code, _, errs := shanyraq(t, "--db", db, "backup", filepath.Join(dir, "b")); code != exitRefused || !strings.Contains(errs, "space") {
		t.Errorf("a backup onto a full disk: %d %s", code, errs)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left on the full disk: %v", left)
	}
	elsewhere := filepath.Join(t.TempDir(), "b")
	if code, _, errs := shanyraq(t, "--db", db, "backup", elsewhere); code != exitDone {
		t.Errorf("a backup to another disk: %d %s", code, errs)
	}
	free()
	if got := say(t, url, 9000); got.status != 200 {
		t.Fatalf("with room again: %d %s", got.status, got.body)
	}
	if got := call(t, "GET", url+"/readyz", ""); string(got.body) != "ok\n" {
		t.Errorf("/readyz with room again: %s", got.body)
	}
	intact(t, db, acknowledged+1)
}

// intact counts the comments and verifies file and journal.
func intact(t *testing.T, db string, comments int) {
	t.Helper()
	s, err := store.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	list, _, err := s.Items(t.Context(), store.ItemQuery{Kind: "comment"})
	if err != nil || len(list) != comments {
		t.Errorf("%d comments, %d were acknowledged, %v", len(list), comments, err)
	}
	if err := s.Integrity(t.Context(), true); err != nil {
		t.Error(err)
	}
	if _, err := s.VerifyChains(t.Context()); err != nil {
		t.Error(err)
	}
}

// On a read-only disk everything can be read and backed up; the server does not
// begin and writes are refused, each saying why, and nothing is changed.
func TestReadOnlyDisk(t *testing.T) {
	dir := smallDisk(t, 64)
	db := onDisk(t, dir)
	p, url := serving(t, db, "--files", t.TempDir(), "--imports", t.TempDir())
	if got := say(t, url, 0); got.status != 200 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	p.kill()
	mode := func(flags uintptr) {
		t.Helper()
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|flags, "size=64m"); err != nil {
			t.Fatal(err)
		}
	}
	mode(syscall.MS_RDONLY)
	for want, args := range map[string][]string{
		"whether its disk is read-only": {"serve", "--listen", "127.0.0.1:0"},
		"can only be read now":          {"demo"},
	} {
		code, _, errs := shanyraq(t, append([]string{"--db", db}, args...)...)
		if code != exitRefused || !strings.Contains(errs, want) {
			t.Errorf("%v on a read-only disk: %d %s", args, code, errs)
		}
	}
	for _, args := range [][]string{{"board"}, {"journal", "verify"}, {"backup", filepath.Join(t.TempDir(), "b")}} {
		if code, _, errs := shanyraq(t, append([]string{"--db", db}, args...)...); code != exitDone {
			t.Errorf("%v on a read-only disk: %d %s", args, code, errs)
		}
	}
	mode(0)
	intact(t, db, 1)
}
