package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/news"
)

func (n *Newsroom) correctPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	return n.showCorrect(w, r, v, a, http.StatusOK, blank(v, url.Values{"kind": {string(news.ChangeCorrection)}}))
}

// showCorrect shows what would change for readers, and asks what to call it.
func (n *Newsroom) showCorrect(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	if !v.person.Covers(a.Section) {
		return news.Refuse(news.Forbidden, "error.forbidden", "you may not correct this article")
	}
	p := n.actPage(r, v, a, "correct")
	if a.Live > 0 {
		live, err := n.store.Revision(r.Context(), a.ID, a.Live)
		if err != nil {
			return err
		}
		if p.difference, err = n.compare(r.Context(), a, live.Content, a.head.Content); err != nil {
			return err
		}
		p.Left, p.Right = f.s.T("desk.correct.live"), f.s.T("desk.correct.next")
	}
	var err error
	if p.Unsaved, err = n.unsaved(r.Context(), v, a); err != nil {
		return err
	}
	if a.Live == a.Head {
		p.Intro = []string{f.s.T("desk.correct.nothing")}
		p.Button = ""
	}
	var kinds []option
	for _, k := range []news.ChangeKind{news.ChangeCorrection, news.ChangeClarification, news.ChangeUpdate, news.ChangeMinor} {
		kinds = append(kinds, option{Value: string(k), Label: f.s.T("desk.change." + string(k))})
	}
	p.Fields = []field{f.field("radio", "kind", choices(kinds)), f.field("area", "note", rows(4), dir("auto"), most(2000), label(f, "desk.field.change-note"), func(c *field) {
		c.Hint = f.s.T("desk.field.change-note.hint", v.person.Name)
	})}
	return n.showAct(w, status, f, p)
}

// correct switches readers to the prepared revision and declares the change.
func (n *Newsroom) correct(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.ask(w, r, v, "corrected", func(a opened, f *form, read int) error {
		return n.desk.Correct(r.Context(), v.person.ID, a.ID, read, news.ChangeKind(f.get("kind")), f.line("note"))
	}, func(a opened, f *form, status int) error { return n.showCorrect(w, r, v, a, status, f) })
}
