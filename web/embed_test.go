package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestBuiltNeedsAnIndexPage(t *testing.T) {
	for _, tc := range []struct {
		name  string
		files fstest.MapFS
		want  bool
	}{
		{"only the keeper of the folder", fstest.MapFS{".keep": {}}, false},
		{"an empty page", fstest.MapFS{"index.html": {}}, false},
		{"a page", fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := built(tc.files); got != tc.want {
				t.Errorf("built is %v, want %v", got, tc.want)
			}
		})
	}
}

// What is embedded, whatever was built, must be consistent: every .gz unpacks
// to the file beside it, and no page asks another host for anything.
func TestEmbeddedFilesAgree(t *testing.T) {
	files := Assets()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		packed, ok := strings.CutSuffix(path, ".gz")
		if !ok {
			return nil
		}
		raw, err := fs.ReadFile(files, packed)
		if err != nil {
			t.Errorf("%s has no raw file beside it", path)
			return nil
		}
		if !bytes.Equal(unpack(t, files, path), raw) {
			t.Errorf("%s is not the packed form of %s: run the build again", path, packed)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !Built() {
		return // a program without pages is consistent too
	}
	page, err := fs.ReadFile(files, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{`src="http`, `href="http`, `src="//`, `href="//`} {
		if bytes.Contains(page, []byte(bad)) {
			t.Errorf("index.html has %s: nothing may be loaded from another host", bad)
		}
	}
}

func unpack(t *testing.T, files fs.FS, path string) []byte {
	t.Helper()
	f, err := files.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return raw
}
