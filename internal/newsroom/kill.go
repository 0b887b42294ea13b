package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/news"
)

func (n *Newsroom) killPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	return n.showKill(w, r, v, a, http.StatusOK, blank(v, url.Values{}))
}

// showKill says what goes and what stays, before anything does.
func (n *Newsroom) showKill(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	switch {
	case a.Allows(v.person, news.MayKill) != nil:
		return news.Refuse(news.Forbidden, "error.forbidden", "you may not kill this article")
	case a.State != news.Published && status == http.StatusOK:
		return news.Refuse(news.Conflict, "error.state", "only a published article can be killed")
	}
	p := n.actPage(r, v, a, "kill")
	p.Danger = true
	p.Intro = []string{f.s.T("desk.kill.goes"), f.s.T("desk.kill.stays", n.public(a.edition, a.ID)), f.s.T("desk.kill.forever")}
	p.Fields = []field{f.field("area", "note", required, rows(4), dir("auto"), most(2000), label(f, "desk.field.kill-note"), func(c *field) {
		c.Hint = f.s.T("desk.field.kill-note.hint")
	})}
	return n.showAct(w, status, f, p)
}

// kill withdraws a published article.
func (n *Newsroom) kill(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.ask(w, r, v, "killed", func(a opened, f *form, _ int) error {
		return n.desk.Kill(r.Context(), v.person.ID, a.ID, f.line("note"))
	}, func(a opened, f *form, status int) error { return n.showKill(w, r, v, a, status, f) })
}
