package newsroom

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// doorPage is a page with one small form, for those who are not in yet.
type doorPage struct {
	frame
	Action string
	To     string
	Fields []field
	Again  *again

	Keys     passkeyPart
	Identity string // the house's identity server by its name; "" = none
}

// again is a form that arrived when nobody was signed in any more: it is given
// back whole, to be sent again.
type again struct {
	Action string
	Typed  url.Values
}

func (n *Newsroom) signInPage(w http.ResponseWriter, r *http.Request, v visit) error {
	if _, err := n.auth.Person(r.Context(), n.cookie(r)); err == nil {
		return web.SeeOther(w, r, localPath(r.URL.Query().Get("to")))
	}
	return n.showSignIn(w, r, v, http.StatusOK, blank(v, url.Values{"to": {r.URL.Query().Get("to")}}), nil)
}

func (n *Newsroom) showSignIn(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, back *again) error {
	p := doorPage{frame: n.frame(r, v, "", f.s.T("desk.signin.title")), Action: "/sign-in", To: localPath(f.get("to")), Again: back}
	p.Keys = n.passkeyPart(r, v, f, nil)
	var err error
	if p.Identity, err = n.identityName(r); err != nil {
		return err
	}
	p.Fields = []field{
		f.field("email", "email", required, first, auto("username webauthn"), dir("ltr")),
		f.field("password", "password", required, auto("current-password"), func(c *field) { c.Value = "" }),
	}
	f.faulty(&p.frame)
	return n.send(w, status, "signin", p)
}

// signIn begins a session, or says that e-mail or password is wrong, or how
// long to wait after too many tries.
func (n *Newsroom) signIn(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	e, err := n.auth.SignIn(r.Context(), auth.Try{Email: f.get("email"), Password: f.get("password"), Caller: n.caller(r), Known: n.known(r)})
	if asksJSON(r) {
		return n.signInScript(w, e, err)
	}
	switch {
	case err == nil && e.Pending != "":
		return n.showAnswer(w, r, v, http.StatusOK, f, e.Pending)
	case err == nil:
		n.letIn(w, e)
		return web.SeeOther(w, r, localPath(f.get("to")))
	}
	status, other := f.refuse(err)
	if other != nil {
		return other
	}
	retryAfter(w, err)
	return n.showSignIn(w, r, v, status, f, nil)
}

// signInScript answers the small form of an editor whose session ended: who is
// signed in now, or what a one-time code has to come back with. The text on
// the page may be somebody else's.
func (n *Newsroom) signInScript(w http.ResponseWriter, e auth.Entrance, err error) error {
	if err != nil {
		retryAfter(w, err)
		return err
	}
	if e.Pending != "" {
		return sendJSON(w, http.StatusOK, map[string]string{"pending": e.Pending})
	}
	n.letIn(w, e)
	return sendJSON(w, http.StatusOK, map[string]sheetPerson{"person": {e.Person.ID, e.Person.Name}})
}

func retryAfter(w http.ResponseWriter, err error) {
	if news.CodeOf(err) == news.TooMany {
		w.Header().Set("Retry-After", strconv.Itoa(waitOf(err)))
	}
}

// signOut ends the session, if there is one.
func (n *Newsroom) signOut(w http.ResponseWriter, r *http.Request, _ visit) error {
	if token := n.cookie(r); token != "" {
		if err := n.auth.SignOut(r.Context(), token, n.caller(r)); err != nil {
			return err
		}
	}
	n.live.lookAgain()
	n.setCookie(w, "")
	return web.SeeOther(w, r, "/sign-in?done=signed-out")
}

// signInAgain answers a request that nobody is signed in for. A form that was
// sent is kept on the page, so that an evening's text does not go with the
// session.
func (n *Newsroom) signInAgain(w http.ResponseWriter, r *http.Request, v visit) error {
	typed, back := url.Values{}, (*again)(nil)
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		typed.Set("to", r.URL.RequestURI())
	case http.MethodPost:
		if sent, err := web.Form(r, articleForm); err == nil {
			for _, secret := range []string{"password", "again", "old", "code", "pending", "ticket"} {
				sent.Del(secret)
			}
			back = &again{Action: localPath(r.URL.Path), Typed: sent}
		}
	}
	f := blank(v, typed)
	if n.cookie(r) != "" || back != nil {
		f.fault = f.s.T("auth.refused.signed-out")
	}
	return n.showSignIn(w, r, v, http.StatusUnauthorized, f, back)
}

// waitOf is how many seconds a refusal asks to wait.
func waitOf(err error) int {
	var refusal *news.Error
	if errors.As(err, &refusal) && len(refusal.Args) > 0 {
		if seconds, ok := refusal.Args[0].(int); ok {
			return seconds
		}
	}
	return 60
}
