package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
)

// withAct sends one act to a database and returns the file of its content.
func withAct(t *testing.T, dsn string) string {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	a := app.New(s, "test")
	if a.Blobs, err = blob.OpenFolder(besideDB(dsn)); err != nil {
		t.Fatal(err)
	}
	f, err := a.AddFile(actor.With(t.Context(), actor.Local("")), httpapi.NewFile{Name: "act.txt", Place: "KZ-35", Body: []byte("Act of acceptance")})
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(besideDB(dsn), "objects", f.SHA256[:2], f.SHA256)
}

// `files verify` tells by its exit code and by lines whether all evidence is
// there, in the language of the reader.
func TestFilesVerify(t *testing.T) {
	dsn := loaded(t)
	if code, out, errs := shanyraq(t, "--db", dsn, "files", "verify"); code != exitDone || !strings.Contains(out, "Files: 0") {
		t.Errorf("without files: %d %s %s", code, out, errs)
	}
	content := withAct(t, dsn)
	if code, out, _ := shanyraq(t, "--db", dsn, "files", "verify"); code != exitDone || !strings.Contains(out, "Files: 1, contents: 1") {
		t.Errorf("whole: %d %s", code, out)
	}
	if err := os.Chmod(content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(content, []byte("Act of rejection!"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := shanyraq(t, "--db", dsn, "--lang", "ru", "files", "verify"); code != exitRefused || !strings.Contains(out, "содержимое повреждено") || !strings.Contains(errs, "restore") {
		t.Errorf("broken: %d %s %s", code, out, errs)
	}
	if err := os.Remove(content); err != nil {
		t.Fatal(err)
	}
	code, out, _ := shanyraq(t, "--db", dsn, "--json", "files", "verify")
	var got app.FilesReport
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitRefused || got.Files != 1 || len(got.Broken) != 1 || got.Broken[0].Why != "missing" {
		t.Errorf("missing: %d %s %v", code, out, err)
	}
}

// Every way to name the place of files is told apart.
func TestWhereFilesAre(t *testing.T) {
	for dsn, want := range map[string]string{"sqlite:data/shanyraq.db": "data/shanyraq.files", "sqlite:x": "x.files", "sqlite:a.b/s.sqlite?x=1": "a.b/s.files"} {
		if got := besideDB(dsn); got != want {
			t.Errorf("%s: %s, want %s", dsn, got, want)
		}
	}
	if got := besideDB("postgres://localhost/x"); !strings.HasSuffix(got, "shanyraq.files") {
		t.Errorf("beside a server: %s", got)
	}
	if code, _, errs := shanyraq(t, "--db", loaded(t), "--files", "ftp://x", "files", "verify"); code != exitRefused || !strings.Contains(errs, "s3://bucket/prefix") {
		t.Errorf("another scheme: %d %s", code, errs)
	}
}
