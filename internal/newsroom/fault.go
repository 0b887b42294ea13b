package newsroom

import (
	"errors"
	"net/http"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// faultPage says in plain words why there is no page.
type faultPage struct {
	frame
	Status   int
	Sentence string
	Request  string // id of the request, for the operator
	Typed    []typedText
}

// typedText is something that was typed into a form that was refused whole:
// the page gives it back, so that it can be taken along.
type typedText struct{ Label, Text string }

// typedTexts are the words of a form that somebody may not send any more.
func typedTexts(r *http.Request, s locale.Style, status int) (out []typedText) {
	if r.Method != http.MethodPost || status != http.StatusForbidden {
		return nil
	}
	sent := r.PostForm // kept by readForm
	if sent == nil {
		var err error
		if sent, err = web.Form(r, articleForm); err != nil {
			return nil
		}
	}
	for _, name := range []string{"headline", "standfirst", "body", "text", "note", "reason", "line"} {
		if text := strings.TrimSpace(sent.Get(name)); text != "" {
			label := "desk.field." + name
			if !locale.Has(s.Language, label) {
				label = "desk.field.body"
			}
			out = append(out, typedText{s.T(label), text})
		}
	}
	return out
}

// fail answers a request that failed. Whoever is not signed in gets the
// sign-in form; everyone else a sentence. A script gets the sentence alone.
func (n *Newsroom) fail(w http.ResponseWriter, r *http.Request, err error) {
	web.Report(n.log, r, err)
	v, _ := r.Context().Value(visitKey{}).(visit)
	if v.now.IsZero() {
		if v, _ = n.visit(r); v.speaks == "" {
			v.speaks = preferred(r.Header.Get("Accept-Language"))
		}
	}
	status := web.Status(err)
	if asksJSON(r) && n.failJSON(w, err, v) == nil {
		return
	}
	if news.CodeOf(err) == news.SignedOut && n.signInAgain(w, r, v) == nil {
		return
	}
	s := v.style()
	p := faultPage{frame: n.frame(r, v, "", web.Title(status, s)), Status: status, Sentence: web.Sentence(err, s)}
	if p.Sentence == s.T("error.404.text") { // a reader's: it speaks of the front page
		p.Sentence = s.T("desk.fault.404")
	}
	p.Typed = typedTexts(r, s, status)
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

// fault is a refusal as scripts read it.
type fault struct {
	Error   string `json:"error"` // a sentence in the desk's language
	Code    string `json:"code"`  // the news.Code, such as "conflict", "signed_out"; "internal" without one
	Field   string `json:"field,omitempty"`
	Request string `json:"request,omitempty"` // id of the request, for the operator
}

// asksJSON reports whether a script of the desk asks, not a browser for a page.
func asksJSON(r *http.Request) bool {
	first, _, _ := strings.Cut(r.Header.Get("Accept"), ",")
	kind, _, _ := strings.Cut(first, ";")
	return strings.TrimSpace(kind) == "application/json"
}

// failJSON tells a script why it got nothing. Nobody is led to another page:
// who is signed out learns it from the code, and keeps what they typed.
func (n *Newsroom) failJSON(w http.ResponseWriter, err error, v visit) error {
	f := faultOf(err, v)
	if web.Status(err) >= http.StatusInternalServerError {
		f.Request = web.RequestID(w)
	}
	return sendJSON(w, web.Status(err), f)
}

// faultOf puts an error into the words of the visit.
func faultOf(err error, v visit) fault {
	s := v.style()
	code := string(news.CodeOf(err))
	switch status := web.Status(err); {
	case code != "":
	case status == http.StatusRequestEntityTooLarge:
		code = string(news.TooLarge)
	case status < http.StatusInternalServerError:
		code = string(news.Invalid)
	case status == http.StatusServiceUnavailable:
		code = string(news.Unavailable)
	default:
		code = "internal"
	}
	f := fault{Error: web.Sentence(err, s), Code: strings.ReplaceAll(code, " ", "_")}
	if f.Error == s.T("error.404.text") { // a reader's: it speaks of the front page
		f.Error = s.T("desk.fault.404")
	}
	var refusal *news.Error
	if errors.As(err, &refusal) {
		f.Field = refusal.Field
	}
	return f
}
