package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/news"
)

// accountPage is a person's own account.
type accountPage struct {
	frame
	Role   string
	Fields []field
}

func (n *Newsroom) accountPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.showAccount(w, r, v, http.StatusOK, blank(v, url.Values{}))
}

func (n *Newsroom) showAccount(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	p := accountPage{frame: n.frame(r, v, "account", v.style().T("desk.account.title")), Role: v.style().T("desk.role." + string(v.person.Role))}
	f.typed.Set("email", v.person.Email)
	p.Fields = append(p.Fields, f.field("fixed", "email", auto("username"), dir("ltr")), f.field("password", "old", required, auto("current-password"), func(c *field) { c.Value = "" }))
	p.Fields = append(p.Fields, newPassword(f)...)
	f.faulty(&p.frame)
	return n.send(w, status, "account", p)
}

// changePassword sets the person's own password. It ends all their sessions,
// so they sign in again here with the new one.
func (n *Newsroom) changePassword(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	if err = sameTwice(f); err == nil {
		err = n.auth.SetPassword(r.Context(), v.person.ID, f.get("old"), f.get("password"))
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil || news.CodeOf(err) == news.NotFound {
			return err
		}
		return n.showAccount(w, r, v, status, f)
	}
	n.live.lookAgain()
	n.setCookie(w, "")
	return seeDone(w, r, "/sign-in", "password")
}

// signOutEverywhere ends all sessions of the person, this one too.
func (n *Newsroom) signOutEverywhere(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := n.auth.SignOutEverywhere(r.Context(), v.person.ID); err != nil {
		return err
	}
	n.live.lookAgain()
	n.setCookie(w, "")
	return seeDone(w, r, "/sign-in", "signed-out")
}
