package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// invitationPage opens a one-time link without using it up.
func (n *Newsroom) invitationPage(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := n.auth.OpenInvitation(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	return n.showInvitation(w, r, v, http.StatusOK, blank(v, url.Values{}), person)
}

func (n *Newsroom) showInvitation(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, person news.Person) error {
	title := f.s.T("desk.invitation.title")
	if auth.NeedsName(person) {
		title = f.s.T("desk.invitation.owner")
	}
	p := doorPage{frame: n.frame(r, v, "", title), Action: "/invitation/" + r.PathValue("secret")}
	if auth.NeedsName(person) {
		p.Fields = append(p.Fields, f.field("text", "name", required, auto("name"), dir("auto")),
			f.field("email", "email", required, auto("username"), dir("ltr")))
	} else {
		f.typed.Set("email", person.Email)
		p.Fields = append(p.Fields, f.field("fixed", "email", auto("username"), dir("ltr")))
	}
	p.Fields = append(p.Fields, newPassword(f)...)
	f.faulty(&p.frame)
	return n.send(w, status, "invitation", p)
}

// newPassword are the two fields in which a new password is typed. It is the
// one thing that a refused form does not keep.
func newPassword(f *form) []field {
	empty := func(c *field) { c.Value = "" }
	hint := func(c *field) { c.Hint = f.s.T("desk.field.password.new") }
	return []field{
		f.field("password", "password", required, auto("new-password"), empty, hint),
		f.field("password", "again", required, auto("new-password"), empty),
	}
}

// acceptInvitation sets the password and signs its owner in.
func (n *Newsroom) acceptInvitation(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	person, err := n.auth.OpenInvitation(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	token := ""
	if err = sameTwice(f); err == nil {
		token, err = n.auth.AcceptInvitation(r.Context(), auth.Accept{Secret: r.PathValue("secret"), Name: f.get("name"), Email: f.get("email"),
			Password: f.get("password"), Caller: n.caller(r)})
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil || status == http.StatusNotFound {
			return err
		}
		return n.showInvitation(w, r, v, status, f, person)
	}
	if token == "" { // a one-time code is asked for too
		return seeDone(w, r, "/sign-in", "password")
	}
	n.setCookie(w, token)
	return web.SeeOther(w, r, "/")
}

func sameTwice(f *form) error {
	if f.get("password") != f.get("again") {
		return news.Refuse(news.Invalid, "error.password.twice", "the two passwords differ").In("again")
	}
	return nil
}
