package httpapi

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func packed(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPages(t *testing.T) {
	h := pages(fstest.MapFS{
		"index.html": {Data: []byte("<shell>")}, "favicon.svg": {Data: []byte("<svg/>")},
		"assets/app-1a.js": {Data: []byte("let a")}, "assets/app-1a.js.gz": {Data: packed(t, "let a")},
	})
	for _, tc := range []struct {
		method, path, accept string
		status               int
		kind, cache, body    string
	}{
		{"GET", "/", "", 200, "text/html; charset=utf-8", "no-cache", "<shell>"},
		{"GET", "/kk/promises/C7p", "", 200, "text/html; charset=utf-8", "no-cache", "<shell>"},
		{"GET", "/ru/documents/a.txt", "", 200, "text/html; charset=utf-8", "no-cache", "<shell>"},
		{"GET", "/index.html", "", 200, "text/html; charset=utf-8", "no-cache", "<shell>"},
		{"GET", "/favicon.svg", "", 200, "image/svg+xml", "no-cache", "<svg/>"},
		{"GET", "/assets/app-1a.js", "", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "let a"},
		{"GET", "/assets/app-1a.js", "br, gzip", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "let a"},
		{"HEAD", "/assets/app-1a.js", "", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", ""},
		{"GET", "/assets/app-0.js", "", 404, "application/problem+json", "no-store", "no such file"},
		{"GET", "/assets/app-1a.js.gz", "", 404, "application/problem+json", "no-store", "no such file"},
		{"GET", "/assets/../../go.mod", "", 404, "application/problem+json", "no-store", "no such file"},
		{"GET", "/logo.png", "", 404, "application/problem+json", "no-store", "no such file"},
		{"POST", "/", "", 405, "application/problem+json", "no-store", "only be read"},
	} {
		r := httptest.NewRequest(tc.method, tc.path, nil)
		r.Header.Set("Accept-Encoding", tc.accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		body := w.Body.Bytes()
		if w.Header().Get("Content-Encoding") == "gzip" {
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		if (tc.accept != "") != (w.Header().Get("Content-Encoding") == "gzip") {
			t.Errorf("%s %s packed: %s", tc.path, tc.accept, w.Header().Get("Content-Encoding"))
		}
		if w.Code != tc.status || w.Header().Get("Content-Type") != tc.kind || w.Header().Get("Cache-Control") != tc.cache || !strings.Contains(string(body), tc.body) || (tc.body == "" && len(body) > 0) {
			t.Errorf("%s %s: %d %v %.80s", tc.method, tc.path, w.Code, w.Header(), body)
		}
	}
}

// Without pages the program says how to build them, in three languages.
func TestPagesThatWereNotBuilt(t *testing.T) {
	for name, h := range map[string]http.Handler{"none": pages(nil), "empty": pages(fstest.MapFS{})} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		for _, want := range []string{"make web build", `lang="kk"`, `lang="ru"`, "Build them"} {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: no %q", name, want)
			}
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for accept, want := range map[string]bool{"": false, "gzip": true, "br, gzip;q=0.8": true, "gzip;q=0": false, "gzip; q=0.0": false, "deflate": false, "*": true, "identity;q=1, *;q=0": false, "GZIP": true} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", accept)
		if got := acceptsGzip(r); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
}
