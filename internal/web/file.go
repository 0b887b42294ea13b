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

// Sending is a file that came from outside, on its way to a browser. Its
// address changes with its content.
type Sending struct {
	Kind string // media type
	Mark string // of its content: the ETag
	Out  bool   // everybody may have it: shared caches and other sites too
	File *os.File
}

// SendFile sends a file whole or the range that is asked for, HEAD and
// If-None-Match included, with the policy Upload around it. A browser may keep
// it for ever.
func SendFile(w http.ResponseWriter, r *http.Request, s Sending) {
	h := w.Header()
	for _, field := range Upload.fields() {
		h[field.name] = field.value
	}
	h.Set("Content-Type", s.Kind)
	h.Set("ETag", `"`+s.Mark+`"`)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if !s.Out {
		h.Set("Cache-Control", "private, max-age=31536000, immutable")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
	}
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Time{}) // a door that cannot do this has no deadline
	watch := newWatch(func() { _ = control.SetWriteDeadline(time.Unix(1, 0)) })
	defer watch.stop()
	http.ServeContent(w, r, "", time.Time{}, watched{s.File, watch})
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
