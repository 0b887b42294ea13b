package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// identityPart is what the account says of the house's identity server.
type identityPart struct {
	Name string // "" = the house has none
	Tied bool
}

// identityName is the house's identity server by its name; "" = none is open.
func (n *Newsroom) identityName(r *http.Request) (string, error) {
	s, err := n.store.IdentityServer(r.Context())
	switch {
	case news.CodeOf(err) == news.NotFound, err == nil && !s.Open:
		return "", nil
	case err != nil:
		return "", err
	}
	return s.Name, nil
}

func (n *Newsroom) identityPart(r *http.Request, _ visit, w auth.Ways) (identityPart, error) {
	name, err := n.identityName(r)
	return identityPart{Name: name, Tied: w.Identity}, err
}

// identityDone is where the identity server sends people back to.
const identityDone = "/sign-in/identity/done"

// backHere is the desk's own address for the identity server's answer.
func (n *Newsroom) backHere(r *http.Request) string {
	if n.address != "" {
		return n.address + identityDone
	}
	return "http://" + r.Host + identityDone
}

func (n *Newsroom) identityCookie() string { return n.cookieName() + "-identity" }

// goToIdentity leads a browser to the identity server, with its ticket in a
// cookie that comes back with it.
func (n *Newsroom) goToIdentity(w http.ResponseWriter, r *http.Request, to string, person news.PersonID) error {
	address, ticket, err := n.auth.AskIdentity(r.Context(), n.backHere(r), to, person)
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: n.identityCookie(), Value: ticket, Path: "/", HttpOnly: true, Secure: n.secure, SameSite: http.SameSiteLaxMode, MaxAge: 30 * 60})
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// identitySignIn begins a sign-in at the house's identity server.
func (n *Newsroom) identitySignIn(w http.ResponseWriter, r *http.Request, _ visit) error {
	return n.goToIdentity(w, r, localPath(r.URL.Query().Get("to")), 0)
}

// identityTie begins to tie one's own account to it.
func (n *Newsroom) identityTie(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.goToIdentity(w, r, "/account", v.person.ID)
}

// identityAnswer takes what the browser brings back. What is refused is said
// on the sign-in page.
func (n *Newsroom) identityAnswer(w http.ResponseWriter, r *http.Request, v visit) error {
	q := r.URL.Query()
	in := auth.IdentityAnswer{State: q.Get("state"), Code: q.Get("code"), Back: n.backHere(r), Token: n.cookie(r), Caller: n.caller(r)}
	if c, err := r.Cookie(n.identityCookie()); err == nil {
		in.Ticket = c.Value
	}
	http.SetCookie(w, &http.Cookie{Name: n.identityCookie(), Path: "/", HttpOnly: true, Secure: n.secure, MaxAge: -1})
	e, to, err := n.auth.SignInByIdentity(r.Context(), in)
	if err != nil {
		f := blank(v, url.Values{})
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		web.Report(n.log, r, err)
		return n.showSignIn(w, r, v, status, f, nil)
	}
	if e.Token == "" {
		return seeDone(w, r, to, "identity-tied")
	}
	n.letIn(w, e)
	return web.SeeOther(w, r, localPath(to))
}

// identityUntie ends the tie.
func (n *Newsroom) identityUntie(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := n.auth.Untie(r.Context(), v.person, v.token, n.caller(r)); err != nil {
		return n.refuseAccount(w, r, v, blank(v, url.Values{}), err)
	}
	return seeDone(w, r, "/account", "identity-untied")
}

// identityPage is the owner's settings of the identity server.
type identityPage struct {
	frame
	Back   string // what has to be told to the server
	Fields []field
}

func (n *Newsroom) identitySettings(w http.ResponseWriter, r *http.Request, v visit) error {
	s, err := n.store.IdentityServer(r.Context())
	if err != nil && news.CodeOf(err) != news.NotFound {
		return err
	}
	typed := url.Values{"name": {s.Name}, "issuer": {s.Issuer}, "client_id": {s.ClientID}, "private_host": {s.PrivateHost}}
	if s.Open {
		typed.Set("open", "yes")
	}
	return n.showIdentity(w, r, v, http.StatusOK, blank(v, typed))
}

func (n *Newsroom) showIdentity(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	p := identityPage{frame: n.frame(r, v, "settings", f.s.T("desk.identity.title")), Back: n.backHere(r)}
	p.Fields = []field{f.field("text", "name", required, most(60), dir("auto"), label(f, "desk.field.identity-name")), f.field("url", "issuer", required, dir("ltr")),
		f.field("text", "client_id", required, dir("ltr")), f.field("password", "client_secret", dir("ltr"), auto("off"), func(c *field) { c.Value = "" }),
		f.field("text", "private_host", dir("ltr")), f.field("check", "open", label(f, "desk.field.identity-open"))}
	f.faulty(&p.frame)
	return n.send(w, status, "identity", p)
}

// saveIdentity keeps the identity server after it has said who it is.
func (n *Newsroom) saveIdentity(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	s := auth.IdentitySettings{NewSecret: f.get("client_secret"), IdentityServer: news.IdentityServer{Name: f.line("name"), Issuer: f.line("issuer"),
		ClientID: f.line("client_id"), PrivateHost: f.line("private_host"), Open: f.on("open")}}
	if err := n.auth.SaveIdentityServer(r.Context(), v.person.ID, s); err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		web.Report(n.log, r, err)
		return n.showIdentity(w, r, v, status, f)
	}
	return seeDone(w, r, "/settings/identity", "settings")
}
