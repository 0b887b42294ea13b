package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/news"
)

func (n *Newsroom) takeDownPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	note := a.Kill.Note
	if s, err := a.edition.Style(); err == nil && note == "" {
		note = s.T("article.taken-down")
	}
	return n.showTakeDown(w, r, v, a, http.StatusOK, blank(v, url.Values{"legal": {"yes"}, "texts": {"seal"}, "note": {note}}))
}

// showTakeDown says what goes and what stays, and asks why.
func (n *Newsroom) showTakeDown(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	if a.Sealed || a.State != news.Published && a.State != news.Killed {
		return news.Refuse(news.Conflict, "error.state", "only a published or killed article can be taken down")
	}
	p := n.actPage(r, v, a, "take-down")
	p.Danger = true
	p.Intro = []string{f.s.T("desk.take-down.goes"), f.s.T("desk.take-down.stays", n.public(a.edition, a.ID)), f.s.T("desk.kill.forever")}
	p.Fields = []field{
		f.field("area", "reason", required, rows(3), dir("auto"), most(2000), label(f, "desk.field.take-down-reason"), func(c *field) { c.Hint = "" }),
		f.field("text", "reference", dir("auto"), most(200)),
		f.field("area", "note", required, rows(2), dir("auto"), most(2000), label(f, "desk.field.kill-note")),
		f.field("check", "legal"),
		f.field("radio", "texts", choices([]option{{Value: "seal", Label: f.s.T("desk.take-down.seal")}, {Value: "erase", Label: f.s.T("desk.take-down.erase")}})),
	}
	return n.showAct(w, status, f, p)
}

// takeDown removes an article for legal reasons.
func (n *Newsroom) takeDown(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.ask(w, r, v, "taken-down", func(a opened, f *form, _ int) error {
		t := news.TakeDown{Reason: f.line("reason"), Reference: f.line("reference"), Legal: f.on("legal"), Erased: f.get("texts") == "erase"}
		return n.desk.TakeDown(r.Context(), v.person.ID, a.ID, t, f.line("note"))
	}, func(a opened, f *form, status int) error { return n.showTakeDown(w, r, v, a, status, f) })
}

func (n *Newsroom) anonymisePage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	return n.showAnonymise(w, r, v, a, http.StatusOK, blank(v, url.Values{}))
}

// showAnonymise asks which names go, and says where else they go from.
func (n *Newsroom) showAnonymise(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	if a.Allows(v.person, news.MayAnonymise) != nil {
		return news.Refuse(news.Forbidden, "error.forbidden", "you may not correct this article")
	}
	p := n.actPage(r, v, a, "anonymise")
	p.Intro = []string{f.s.T("desk.anonymise.says"), f.s.T("desk.anonymise.also")}
	p.Fields = []field{f.field("area", "name", required, rows(3), dir("auto"), label(f, "desk.field.anonymise-name"), func(c *field) { c.Hint = f.s.T("desk.field.anonymise-name.hint") }),
		f.field("text", "replacement", required, dir("auto"), most(120))}
	var err error
	if p.Unsaved, err = n.unsaved(r.Context(), v, a); err != nil {
		return err
	}
	return n.showAct(w, status, f, p)
}

// anonymise prepares a change in which other words stand for names, and leads
// to where it is read and switched.
func (n *Newsroom) anonymise(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.ask(w, r, v, "anonymised", func(a opened, f *form, read int) error {
		return n.desk.Anonymise(r.Context(), v.person.ID, a.ID, read, news.ParseNames(f.get("name")), f.line("replacement"))
	}, func(a opened, f *form, status int) error { return n.showAnonymise(w, r, v, a, status, f) })
}

// index takes a live article out of what searches find, or back in.
func (n *Newsroom) index(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.act(w, r, v, "indexed", func(a opened, f *form, _ int) error {
		return n.desk.Index(r.Context(), v.person.ID, a.ID, f.get("index") == "yes")
	})
}
