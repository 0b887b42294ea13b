package newsroom

import (
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// faultPage says in plain words why there is no page.
type faultPage struct {
	frame
	Status   int
	Sentence string
	Request  string // id of the request, for the operator
}

// fail answers a request that failed. Whoever is not signed in gets the
// sign-in form; everyone else a sentence.
func (n *Newsroom) fail(w http.ResponseWriter, r *http.Request, err error) {
	web.Report(n.log, r, err)
	v, _ := r.Context().Value(visitKey{}).(visit)
	if v.now.IsZero() {
		if v, _ = n.visit(r); v.speaks == "" {
			v.speaks = preferred(r.Header.Get("Accept-Language"))
		}
	}
	status := web.Status(err)
	if news.CodeOf(err) == news.SignedOut && n.signInAgain(w, r, v) == nil {
		return
	}
	s := v.style()
	p := faultPage{frame: n.frame(r, v, "", web.Title(status, s)), Status: status, Sentence: web.Sentence(err, s)}
	if p.Sentence == s.T("error.404.text") { // a reader's: it speaks of the front page
		p.Sentence = s.T("desk.fault.404")
	}
	if status >= http.StatusInternalServerError {
		p.Request = web.RequestID(w)
	}
	if err := n.send(w, status, "fault", p); err != nil {
		n.log.Error("the error page could not be made", "error", err)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		w.Write([]byte(p.Sentence + "\n"))
	}
}
