package httpapi

import (
	"bytes"
	"net/http"
	"time"
)

const (
	maxCached = 4 << 20 // bytes of one answer that are held
	// A long table may take long, as long as it moves on: each extendEvery
	// bytes that a reader took give it extendBy more.
	extendEvery = 1 << 20
	extendBy    = time.Minute
)

// recorder holds an answer until it is complete. One that grows too long goes
// out as it is made: then nothing is kept.
type recorder struct {
	http.ResponseWriter
	status    int
	body      bytes.Buffer
	streaming bool
	since     int // bytes sent since the time limit was moved
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
	if !r.streaming {
		return r.body.Write(b)
	}
	if r.since += len(b); r.since >= extendEvery {
		r.since = 0
		r.extend()
	}
	return r.ResponseWriter.Write(b)
}

func (r *recorder) stream() error {
	r.streaming = true
	r.extend()
	if r.status != 0 {
		r.ResponseWriter.WriteHeader(r.status)
	}
	_, err := r.ResponseWriter.Write(r.body.Bytes())
	r.body = bytes.Buffer{}
	return err
}

// extend moves the time limit of the connection; a writer without one, as in a
// test, has nothing to move.
func (r *recorder) extend() {
	_ = http.NewResponseController(r.ResponseWriter).SetWriteDeadline(time.Now().Add(extendBy))
}

// takeBack forgets what was written, if nothing of it went out yet.
func (r *recorder) takeBack() bool {
	if r.streaming {
		return false
	}
	r.status = 0
	r.body.Reset()
	return true
}
