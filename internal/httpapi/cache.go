package httpapi

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

const (
	maxCache = 64 << 20 // bytes of answers kept
	minGzip  = 1 << 10  // smaller answers are not worth packing
)

// cached answers questions again from memory while nothing was written and the
// day is the same. Every answer carries an ETag made of the state of the
// database and the question, so that a reader who has it gets 304.
func cached(next http.Handler, o Options) http.Handler {
	c := newCache()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		read := r.Method == http.MethodGet || r.Method == http.MethodHead
		match := r.Header.Get("If-Match")
		if !isShared(r.URL.Path) {
			private(next, w, r)
			return
		}
		if o.Reader == nil || (!read && match == "") {
			next.ServeHTTP(w, r)
			return
		}
		state, err := o.Reader.State(r.Context())
		if err != nil {
			answerPlain(w, r, o.Log, err)
			return
		}
		if !read {
			if !unchanged(match, o.Version, state) {
				writeProblem(w, http.StatusPreconditionFailed, "something was recorded since you read this: read it again, then send the entry with the new ETag")
				return
			}
			next.ServeHTTP(w, r)
			return
		}
		negotiate(r)
		tag := tagOf(o.Version, state, r)
		w.Header().Set("Vary", "Accept, Accept-Encoding")
		w.Header().Set("Cache-Control", "no-cache")
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			w.Header().Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if a := c.get(tag); a != nil {
			a.write(w, r, tag)
			return
		}
		c.ask(next, w, r, tag)
	})
}

// private answers what is not for everybody: nobody keeps it. A table is held
// until it is whole, so that a failure in the middle does not look like its end.
// The answers of access hold a number for each village, and go out packed.
func private(next http.Handler, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	suffix := path.Ext(r.URL.Path)
	long := strings.HasPrefix(r.URL.Path, "/api/access/")
	if r.Method != http.MethodGet || (suffix != ".csv" && suffix != ".xlsx" && !long) {
		next.ServeHTTP(w, r)
		return
	}
	rec := &recorder{ResponseWriter: w}
	next.ServeHTTP(rec, r)
	if rec.streaming {
		return
	}
	a := &answered{status: max(rec.status, http.StatusOK), kind: w.Header().Get("Content-Type"), name: w.Header().Get("Content-Disposition"), body: rec.body.Bytes()}
	if long && acceptsGzip(r) {
		a.pack()
	}
	a.write(w, r, "")
}

// ask gets an answer and keeps it when it is whole and not too long.
func (c *cache) ask(next http.Handler, w http.ResponseWriter, r *http.Request, tag string) {
	rec := &recorder{ResponseWriter: w}
	next.ServeHTTP(rec, r)
	if rec.streaming {
		return
	}
	a := &answered{status: rec.status, kind: w.Header().Get("Content-Type"), name: w.Header().Get("Content-Disposition"), body: rec.body.Bytes()}
	if a.status == 0 {
		a.status = http.StatusOK
	}
	if a.status == http.StatusOK {
		a.pack()
		c.put(tag, a)
	} else {
		tag = ""
	}
	a.write(w, r, tag)
}

// stateTag is the first half of every ETag: it changes with the database.
func stateTag(version, state string) string { return digest(version + "\n" + state) }

// tagOf returns the ETag of the answer to a question. The path is taken as it
// was sent: decoded, two paths may look alike.
func tagOf(version, state string, r *http.Request) string {
	return `"` + stateTag(version, state) + "-" + digest(r.URL.EscapedPath()+"\n"+r.URL.RawQuery) + `"`
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:12])
}

// unchanged reports whether an If-Match names an answer of the present state.
func unchanged(match, version, state string) bool {
	return strings.TrimSpace(match) == "*" || strings.Contains(match, `"`+stateTag(version, state)+"-")
}

// tablePaths are the lists that can be had as a table.
var tablePaths = map[string]bool{"/api/promises": true, "/api/questions": true, "/api/figures": true, "/api/series": true, "/api/map": true, "/api/documents": true, "/api/completeness": true}

// negotiate turns an Accept header into the suffix that the tables know, and
// takes the suffix .json off, which every list has by itself.
func negotiate(r *http.Request) {
	if name, ok := strings.CutSuffix(r.URL.Path, ".json"); ok && name != "/api/openapi" && !strings.HasPrefix(name, "/api/documents/") {
		r.URL.Path, r.URL.RawPath = name, ""
		return
	}
	if tablePaths[r.URL.Path] {
		r.URL.Path += preferred(r.Header.Get("Accept"))
	}
}

// preferred returns the suffix of the kind that an Accept header names first:
// ".csv", ".xlsx", or "" for JSON.
func preferred(accept string) string {
	for part := range strings.SplitSeq(accept, ",") {
		kind, _, _ := strings.Cut(part, ";")
		switch strings.ToLower(strings.TrimSpace(kind)) {
		case "text/csv":
			return ".csv"
		case xlsxType:
			return ".xlsx"
		case "application/json", "*/*", "text/html":
			return ""
		}
	}
	return ""
}

// acceptsGzip reports whether the reader can unpack.
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if strings.EqualFold(name, "gzip") || name == "*" {
			return strings.Trim(strings.TrimPrefix(weight, "q="), "0.") != "" || weight == ""
		}
	}
	return false
}

// answered is an answer kept in memory.
type answered struct {
	status       int
	kind, name   string // Content-Type and Content-Disposition
	body, packed []byte
}

func (a *answered) pack() {
	if len(a.body) < minGzip || strings.HasPrefix(a.kind, xlsxType) {
		return
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(a.body)
	if err == nil && z.Close() == nil && b.Len() < len(a.body) {
		a.packed = b.Bytes()
	}
}

func (a *answered) write(w http.ResponseWriter, r *http.Request, tag string) {
	head := w.Header()
	head.Set("Content-Type", a.kind)
	if a.name != "" {
		head.Set("Content-Disposition", a.name)
	}
	if tag != "" {
		head.Set("ETag", tag)
	} else {
		head.Set("Cache-Control", "no-store")
	}
	body := a.body
	if a.packed != nil && acceptsGzip(r) {
		head.Set("Content-Encoding", "gzip")
		body = a.packed
	}
	head.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader may be gone
	}
}

// cache keeps the answers used last.
type cache struct {
	mu    sync.Mutex
	items map[string]*list.Element
	order list.List
	size  int
}

func newCache() *cache { return &cache{items: map[string]*list.Element{}} }

type kept struct {
	tag string
	a   *answered
}

func (k *kept) size() int { return len(k.a.body) + len(k.a.packed) + 200 }

func (c *cache) get(tag string) *answered {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.items[tag]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*kept).a
}

func (c *cache) put(tag string, a *answered) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.items[tag] != nil {
		return
	}
	k := &kept{tag, a}
	c.items[tag] = c.order.PushFront(k)
	c.size += k.size()
	for c.size > maxCache {
		last := c.order.Back()
		old := last.Value.(*kept)
		c.order.Remove(last)
		delete(c.items, old.tag)
		c.size -= old.size()
	}
}
