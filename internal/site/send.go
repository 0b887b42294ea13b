package site

import (
	"net/http"
	"strconv"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/press"
	"broadsheet/internal/web"
)

// Header values that every page shares; they are never appended to.
var (
	varyEncoding = []string{"Accept-Encoding"}
	revalidate   = []string{"public, max-age=0, must-revalidate"}
	forever      = []string{"public, max-age=31536000, immutable"}
	again        = []string{"no-cache"}
	private      = []string{"no-store, private"}
)

// send sends a page: compressed as asked for, or 304 when the reader has it.
func send(w http.ResponseWriter, r *http.Request, p *press.Page) error {
	return sendAs(w, r, p, revalidate)
}

// sendForever sends a file whose address changes with its content.
func sendForever(w http.ResponseWriter, r *http.Request, p *press.Page) error {
	return sendAs(w, r, p, forever)
}

func sendAs(w http.ResponseWriter, r *http.Request, p *press.Page, cache []string) error {
	h := w.Header()
	h["Vary"], h["Cache-Control"] = varyEncoding, cache
	if p.Status != http.StatusOK {
		h["Cache-Control"] = again
	}
	body, etag, lines := p.Body, p.ETag, p.Plain
	if accept := r.Header.Get("Accept-Encoding"); accept != "" {
		switch {
		case p.Brotli != nil && web.Accepts(accept, "br"):
			body, etag, lines = p.Brotli, p.ETags.Brotli, p.Brotlied
		case p.Gzip != nil && web.Accepts(accept, "gzip"):
			body, etag, lines = p.Gzip, p.ETags.Gzip, p.Zipped
		}
	}
	for i := range lines {
		h[lines[i].Name] = lines[i].Value
	}
	if p.Status == http.StatusOK && fresh(r, p, etag) {
		for _, name := range []string{"Content-Encoding", "Content-Length", "Content-Type"} {
			delete(h, name)
		}
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	w.WriteHeader(p.Status)
	w.Write(body) // an error means that the reader went away
	return nil
}

// fresh reports whether the reader's copy is the page (RFC 9110 §13.2.2):
// If-None-Match decides where it is sent, else If-Modified-Since.
func fresh(r *http.Request, p *press.Page, etag string) bool {
	if match := r.Header.Get("If-None-Match"); match != "" {
		for one := range strings.SplitSeq(match, ",") {
			one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
			if one == etag || one == "*" {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !p.Modified.IsZero() && !p.Modified.After(since)
}

// fail answers with an error page in the edition's language. While the
// database is away, and for what comes before there is an edition, a plain
// sentence has to do.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	web.Report(s.o.Log, r, err)
	status := web.Status(err)
	a := press.Address{Kind: press.Fault, Edition: s.editionOf(r), Code: knownFault(status)}
	style := locale.Style{Language: "en"}
	if e, ok := s.o.Press.Edition(a.Edition); ok {
		if st, err := e.Style(); err == nil {
			style = st
		}
	}
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "30")
	}
	w.Header().Set("Cache-Control", "no-store")
	p, failed := s.o.Press.Fault(r.Context(), a, reason(err, style, a.Code))
	if failed != nil {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		w.Write([]byte(web.Sentence(err, style) + "\n"))
		return
	}
	w.Header().Set("Content-Type", p.Type)
	w.WriteHeader(status)
	w.Write(p.Body)
}

// knownFault is the status whose words an error page uses.
func knownFault(status int) int {
	switch status {
	case 400, 403, 404, 405, 410, 413, 414, 415, 421, 429, 431, 500, 503:
		return status
	}
	if status >= 500 {
		return 500
	}
	return 400
}

// reason is the sentence of a refusal that says more than its status does.
func reason(err error, style locale.Style, code int) string {
	switch news.CodeOf(err) {
	case "", news.Unavailable:
		return ""
	}
	if sentence := web.Sentence(err, style); sentence != style.T("error."+strconv.Itoa(code)+".text") {
		return sentence
	}
	return ""
}
