package web

import (
	"io"
	"net/http"
	"sync"
)

// recorder notes the status and the bytes of an answer. One serves a request
// from the log down to the handler, and comes from a pool: the way of a cached
// page must not make garbage.
type recorder struct {
	http.ResponseWriter
	status int // 0 = nothing written yet
	bytes  int64
	miss   miss
}

// miss stands in for the writer while http.ServeMux looks for a route, and
// keeps what the mux itself would write when there is none. A route's handler
// takes the recorder out of it and never writes here.
type miss struct {
	rec    *recorder
	routed bool
	code   int
	header http.Header
}

var recorders = sync.Pool{New: func() any { return new(recorder) }}

// record returns the request's recorder: w itself if it is one already, else a
// fresh one that the caller releases (owned).
func record(w http.ResponseWriter) (rec *recorder, owned bool) {
	if rec, ok := w.(*recorder); ok {
		rec.miss = miss{rec: rec}
		return rec, false
	}
	rec = recorders.Get().(*recorder)
	rec.ResponseWriter = w
	rec.miss.rec = rec
	return rec, true
}

// release gives the recorder back; nobody may hold it any more.
func (rec *recorder) release() {
	*rec = recorder{}
	recorders.Put(rec)
}

// WriteHeader notes the final status; informational ones pass.
func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 && status >= 200 {
		rec.status = status
	}
	rec.ResponseWriter.WriteHeader(status)
}

func (rec *recorder) Write(p []byte) (int, error) {
	rec.begin()
	n, err := rec.ResponseWriter.Write(p)
	rec.bytes += int64(n)
	return n, err
}

// WriteString saves the copy of io.WriteString.
func (rec *recorder) WriteString(s string) (int, error) {
	rec.begin()
	n, err := io.WriteString(rec.ResponseWriter, s)
	rec.bytes += int64(n)
	return n, err
}

// ReadFrom keeps the server's own way for files (sendfile).
func (rec *recorder) ReadFrom(src io.Reader) (int64, error) {
	rec.begin()
	n, err := io.Copy(rec.ResponseWriter, src)
	rec.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the server's writer.
func (rec *recorder) Unwrap() http.ResponseWriter { return rec.ResponseWriter }

func (rec *recorder) begin() {
	if rec.status == 0 {
		rec.status = http.StatusOK
	}
}

func (m *miss) Header() http.Header {
	if m.header == nil {
		m.header = make(http.Header)
	}
	return m.header
}

func (m *miss) WriteHeader(code int) {
	if m.code == 0 {
		m.code = code
	}
}

func (m *miss) Write(p []byte) (int, error) { return len(p), nil }

// innermost is the server's own writer below all wrappers: only that one
// closes the connection when a body is too large.
func innermost(w http.ResponseWriter) http.ResponseWriter {
	for {
		outer, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = outer.Unwrap()
	}
}
