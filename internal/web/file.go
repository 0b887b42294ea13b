package web

import (
	"io"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// patience is how long a file on its way may stand still: a slow line takes
// its time, one that is dead is given up.
const patience = 30 * time.Second

// SendFile sends a file that came from outside, whole or the range that is
// asked for, HEAD and If-None-Match included: its address changes with its
// content, so mark is its ETag for ever. The policy Upload stands around it.
// cache is the whole Cache-Control.
func SendFile(w http.ResponseWriter, r *http.Request, kind, mark, cache string, f *os.File) {
	h := w.Header()
	for _, field := range Upload.fields() {
		h[field.name] = field.value
	}
	h.Set("Content-Type", kind)
	h.Set("ETag", `"`+mark+`"`)
	h.Set("Cache-Control", cache)
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Time{}) // a door that cannot do this has no deadline
	watch := newWatch(func() { _ = control.SetWriteDeadline(time.Unix(1, 0)) })
	defer watch.stop()
	http.ServeContent(w, r, "", time.Time{}, watched{f, watch})
}

// watch ends what has stood still for too long.
type watch struct {
	timer *time.Timer
	done  atomic.Bool
}

func newWatch(end func()) *watch {
	w := &watch{}
	w.timer = time.AfterFunc(patience, func() {
		if !w.done.Load() {
			end()
		}
	})
	return w
}

func (w *watch) moved() { w.timer.Reset(patience) }

func (w *watch) stop() {
	w.done.Store(true)
	w.timer.Stop()
}

// watched is a file whose every read shows that the piece before it has left.
type watched struct {
	f     *os.File
	watch *watch
}

func (w watched) Read(p []byte) (int, error) {
	w.watch.moved()
	return w.f.Read(p)
}

func (w watched) Seek(offset int64, whence int) (int64, error) { return w.f.Seek(offset, whence) }

// patiently lets a request's body take as long as its line needs, as long as
// something of it arrives; stop ends the watch.
func patiently(w http.ResponseWriter, body io.Reader) (io.Reader, func()) {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Time{})
	_ = control.SetWriteDeadline(time.Time{})
	watch := newWatch(func() { _ = control.SetReadDeadline(time.Unix(1, 0)) })
	return arriving{body, watch}, watch.stop
}

type arriving struct {
	body  io.Reader
	watch *watch
}

func (a arriving) Read(p []byte) (int, error) {
	n, err := a.body.Read(p)
	if n > 0 {
		a.watch.moved()
	}
	return n, err
}
