package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/news"
)

func (n *Newsroom) spikePage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	return n.showSpike(w, r, v, a, http.StatusOK, blank(v, url.Values{}))
}

func (n *Newsroom) showSpike(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	if may := a.Article; status == http.StatusOK {
		if err := may.Spike(v.person); err != nil {
			return err
		}
		if !a.State.Before() {
			return news.Refuse(news.Conflict, "error.state", "this article cannot be spiked")
		}
	}
	p := n.actPage(r, v, a, "spike")
	p.Danger = true
	p.Intro = []string{f.s.T("desk.spike.goes"), f.s.T("desk.spike.stays")}
	p.Fields = []field{f.field("area", "reason", rows(2), dir("auto"), label(f, "desk.field.spike-reason"))}
	return n.showAct(w, status, f, p)
}

// spike drops an article that was never published.
func (n *Newsroom) spike(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.ask(w, r, v, "spiked", func(a opened, f *form, _ int) error {
		return n.desk.Spike(r.Context(), v.person.ID, a.ID, f.line("reason"))
	}, func(a opened, f *form, status int) error { return n.showSpike(w, r, v, a, status, f) })
}

// revive takes a spiked article back as a draft: the undo of spike.
func (n *Newsroom) revive(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.act(w, r, v, "revived", func(a opened, _ *form, _ int) error { return n.desk.Revive(r.Context(), v.person.ID, a.ID) })
}
