package app

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows long work: drawn in place on a terminal, a plain line now
// and then elsewhere.
type progress struct {
	bar  *progressbar.ProgressBar
	w    io.Writer
	what string
	most int64
	last time.Time
	n    int64
}

// plainEvery is how often a plain line is written.
const plainEvery = 5 * time.Second

func (h *house) progress(what string, most int64) *progress {
	p := &progress{w: h.stderr, what: what, most: most, last: time.Now()}
	if h.terminal {
		p.bar = progressbar.NewOptions64(most, progressbar.OptionSetWriter(h.stderr), progressbar.OptionSetDescription(what),
			progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	return p
}

func (p *progress) set(n int64) {
	p.n = n
	switch {
	case p.bar != nil:
		p.bar.Set64(n)
	case time.Since(p.last) >= plainEvery:
		p.last = time.Now()
		if p.most > 0 {
			fmt.Fprintf(p.w, "%s: %d of %d\n", p.what, n, p.most)
		} else {
			fmt.Fprintf(p.w, "%s: %d\n", p.what, n)
		}
	}
}

func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
