package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"
)

type backupReply struct {
	File    string
	Rows    map[string]int64
	Files   int
	Tried   bool
	Removed []string
}

// An administrator backs up, verifies and restores, and the board says the same.
func TestBackupAndRestore(t *testing.T) {
	db, dir := loaded(t), t.TempDir()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(dir, "key.txt")
	if err := os.WriteFile(keys, []byte(id.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "b.tar.zst.age")
	var made, good, back backupReply
	ask(t, &made, "--db", db, "backup", file, "--encrypt", id.Recipient().String())
	if !made.Tried || made.Rows["figure"] == 0 || made.Rows["journal"] == 0 {
		t.Errorf("%+v", made)
	}
	ask(t, &good, "--db", db, "backup", "verify", file, "--identity", keys)
	if code, _, errs := shanyraq(t, "--db", db, "backup", "verify", file); code != exitRefused || !strings.Contains(errs, "--identity") {
		t.Errorf("without the key: %d %s", code, errs)
	}
	fresh := "sqlite:" + filepath.Join(t.TempDir(), "new", "s.db")
	ask(t, &back, "--db", fresh, "restore", file, "--identity", keys)
	var a, b boardJSON
	ask(t, &a, "--db", db, "board", "--as-of", asOf)
	ask(t, &b, "--db", fresh, "board", "--as-of", asOf)
	if a.Sentence["en"] != b.Sentence["en"] || len(a.Promises) != len(b.Promises) {
		t.Errorf("%s became %s", a.Sentence["en"], b.Sentence["en"])
	}
	for _, db := range []string{db, fresh} {
		if code, _, errs := shanyraq(t, "--db", db, "restore", file, "--identity", keys); code != exitRefused || !strings.Contains(errs, "new one") {
			t.Errorf("over a database in use: %d %s", code, errs)
		}
	}
	if code, _, errs := shanyraq(t, "--db", db, "backup", file); code != exitRefused || !strings.Contains(errs, "already") {
		t.Errorf("over a backup: %d %s", code, errs)
	}
}

func TestFolderOfBackups(t *testing.T) {
	db, dir := loaded(t), t.TempDir()
	for _, name := range []string{"shanyraq-20250101T000000Z.tar.zst", "shanyraq-20250102T000000Z.tar.zst", "other.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var made backupReply
	ask(t, &made, "--db", db, "backup", dir, "--keep", "2", "--no-trial")
	if made.Tried || len(made.Removed) != 1 || made.Removed[0] != "shanyraq-20250101T000000Z.tar.zst" || filepath.Dir(made.File) != dir {
		t.Errorf("%+v", made)
	}
	if code, _, errs := shanyraq(t, "--db", db, "backup", filepath.Join(dir, "one"), "--keep", "2"); code != exitRefused || !strings.Contains(errs, "folder") {
		t.Errorf("--keep for a file: %d %s", code, errs)
	}
}

// The journal is listed, anchored and compared with what was published.
func TestJournalCommands(t *testing.T) {
	db := loaded(t)
	var got struct{ Anchor string }
	ask(t, &got, "--db", db, "journal", "anchor")
	if code, out, errs := shanyraq(t, "--db", db, "journal", "list", "--chain", "main", "--limit", "1", "--json"); code != exitDone || strings.Count(out, "\n") != 1 || !strings.Contains(out, `"chain":"main"`) {
		t.Errorf("%d %s %s", code, out, errs)
	}
	var state struct {
		Intact bool
		Chains []struct {
			Chain   string
			Entries int
		}
	}
	ask(t, &state, "--db", db, "journal", "verify", "--anchor", got.Anchor) // reads were added meanwhile
	if !state.Intact || len(state.Chains) != 3 {
		t.Errorf("%+v", state)
	}
	other := regexp.MustCompile(`main:\d+:`).ReplaceAllString(got.Anchor, "main:1:") // that of another entry
	if code, _, errs := shanyraq(t, "--db", db, "journal", "verify", "--anchor", other); code != exitRefused || !strings.Contains(errs, "written anew") {
		t.Errorf("another anchor: %d %s", code, errs)
	}
	if code, _, errs := shanyraq(t, "--db", db, "journal", "verify", "--anchor", "a line"); code != exitRefused || !strings.Contains(errs, "not an anchor") {
		t.Errorf("no anchor: %d %s", code, errs)
	}
	for _, flags := range [][]string{{"--from", "soon"}, {"--to", "2026-13-01"}} {
		if code, _, errs := shanyraq(t, append([]string{"--db", db, "journal", "list"}, flags...)...); code != exitRefused || !strings.Contains(errs, "YYYY-MM-DD") {
			t.Errorf("%v: %d %s", flags, code, errs)
		}
	}
}
