package httpapi

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
)

const (
	maxCache  = 64 << 20 // bytes of answers kept
	maxCached = 4 << 20  // bytes of one answer
	minGzip   = 1 << 10  // smaller answers are not worth packing
)

// cached answers questions again from memory while nothing was written and the
// day is the same. Every answer carries an ETag made of the state of the
// database and the question, so that a reader who has it gets 304.
func cached(next http.Handler, o Options) http.Handler {
	c := &cache{items: map[string]*list.Element{}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || !isAPI(r.URL.Path) || o.Reader == nil {
			next.ServeHTTP(w, r)
			return
		}
		negotiate(r)
		state, err := o.Reader.State(r.Context())
		if err != nil {
			writeProblem(w, http.StatusServiceUnavailable, "the database does not answer: try again")
			return
		}
		sum := sha256.Sum256([]byte(o.Version + "\n" + state + "\n" + r.URL.Path + "\n" + r.URL.RawQuery))
		tag := `"` + hex.EncodeToString(sum[:12]) + `"`
		head := w.Header()
		head.Set("Vary", "Accept, Accept-Encoding")
		head.Set("Cache-Control", "no-cache")
		if match := r.Header.Get("If-None-Match"); match != "" && strings.Contains(match, tag) {
			head.Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if a := c.get(tag); a != nil {
			a.write(w, r, tag)
			return
		}
		rec := &recorder{ResponseWriter: w}
		next.ServeHTTP(rec, r)
		if rec.streaming {
			return
		}
		a := &answered{status: rec.status, kind: head.Get("Content-Type"), body: rec.body.Bytes()}
		if a.status == 0 {
			a.status = http.StatusOK
		}
		a.pack()
		if a.status == http.StatusOK {
			c.put(tag, a)
		} else {
			tag = ""
		}
		a.write(w, r, tag)
	})
}

// negotiate turns an Accept header into the suffix that the tables know, and
// takes the suffix .json off, which every list has by itself.
func negotiate(r *http.Request) {
	if name, ok := strings.CutSuffix(r.URL.Path, ".json"); ok && name != "/api/openapi" && !strings.HasPrefix(name, "/api/documents/") {
		r.URL.Path = name
		return
	}
	for accept, suffix := range map[string]string{"text/csv": ".csv", xlsxType: ".xlsx"} {
		if strings.HasPrefix(r.Header.Get("Accept"), accept) && !strings.Contains(r.URL.Path, ".") {
			r.URL.Path += suffix
		}
	}
}

// answered is an answer kept in memory.
type answered struct {
	status       int
	kind         string
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
	if tag != "" {
		head.Set("ETag", tag)
	} else {
		head.Set("Cache-Control", "no-store")
	}
	body := a.body
	if a.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		head.Set("Content-Encoding", "gzip")
		body = a.packed
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(body) // the reader may be gone
}

// recorder holds an answer until it is complete. A handler that flushes wants
// to stream: then what was held goes out and nothing is kept.
type recorder struct {
	http.ResponseWriter
	status    int
	body      bytes.Buffer
	streaming bool
}

func (r *recorder) WriteHeader(code int) {
	if r.streaming {
		r.ResponseWriter.WriteHeader(code)
	} else if r.status == 0 {
		r.status = code
	}
}

func (r *recorder) Write(b []byte) (int, error) {
	if !r.streaming && r.body.Len()+len(b) > maxCached {
		if err := r.stream(); err != nil {
			return 0, err
		}
	}
	if r.streaming {
		return r.ResponseWriter.Write(b)
	}
	return r.body.Write(b)
}

func (r *recorder) stream() error {
	r.streaming = true
	if r.status != 0 {
		r.ResponseWriter.WriteHeader(r.status)
	}
	_, err := r.ResponseWriter.Write(r.body.Bytes())
	r.body = bytes.Buffer{}
	return err
}

// cache keeps the answers used last.
type cache struct {
	mu    sync.Mutex
	items map[string]*list.Element
	order list.List
	size  int
}

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
