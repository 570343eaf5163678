package httpapi

import (
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shanyraq</title>
<h1>Shanyraq</h1>
<p lang="kk">Бұл бағдарламада беттер жоқ: <code>make web build</code> орындап, қайта іске қосыңыз. API жұмыс істейді.</p>
<p lang="ru">Страницы не встроены в эту программу: выполните <code>make web build</code> и запустите её снова. API работает.</p>
<p>The pages are not built into this program. Build them with <code>make web build</code> and start it again.
The API answers all the same: <a href="/api/board">/api/board</a>, <a href="/api/openapi.json">/api/openapi.json</a>.</p></html>`

// pages serves the built pages: files by name, and the shell for every other
// address, which the program in the browser understands. Files with a hash in
// their name never change.
func pages(assets fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			writeProblem(w, http.StatusMethodNotAllowed, "pages can only be read")
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if name == "index.html" {
			name = ""
		}
		if assets != nil && name != "" && serveFile(w, r, assets, name, strings.HasPrefix(name, "assets/")) {
			return
		}
		if strings.HasPrefix(name, "assets/") || (path.Ext(name) != "" && !strings.Contains(name, "documents/")) {
			writeProblem(w, http.StatusNotFound, "no such file")
			return
		}
		if assets == nil || !serveFile(w, r, assets, "index.html", false) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, notBuilt)
		}
	})
}

// serveFile answers with a file, packed when the reader can unpack it and the
// build packed it.
func serveFile(w http.ResponseWriter, r *http.Request, assets fs.FS, name string, forever bool) bool {
	if !fs.ValidPath(name) || strings.HasSuffix(name, ".gz") {
		return false
	}
	body, err := fs.ReadFile(assets, name)
	if err != nil {
		return false
	}
	head := w.Header()
	head.Set("Content-Type", typeOf(name))
	head.Set("Vary", "Accept-Encoding")
	if forever {
		head.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		head.Set("Cache-Control", "no-cache")
	}
	if acceptsGzip(r) {
		if packed, err := fs.ReadFile(assets, name+".gz"); err == nil {
			head.Set("Content-Encoding", "gzip")
			body = packed
		}
	}
	head.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body)
	}
	return true
}

func typeOf(name string) string {
	switch path.Ext(name) {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".json", ".webmanifest":
		return "application/json"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
