package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/news"
)

func (n *Newsroom) labelsPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	typed := url.Values{}
	for _, k := range news.LabelKinds() {
		if a.Labels.Shown(k, v.now) {
			typed.Set(string(k), news.TypeMoment(a.Labels.Ends(k), a.edition))
		}
	}
	return n.showLabels(w, r, v, a, http.StatusOK, blank(v, typed))
}

// showLabels asks until when each label is printed. One that ended is not set.
func (n *Newsroom) showLabels(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	if a.Allows(v.person, news.MayLabel) != nil {
		return news.Refuse(news.Forbidden, "error.forbidden", "you may not label this article")
	}
	p := n.actPage(r, v, a, "labels")
	p.Intro = []string{f.s.T("desk.labels.says")}
	for _, k := range news.LabelKinds() {
		p.Fields = append(p.Fields, f.field(momentKind(a.edition), string(k), dir("ltr"), momentHint(f, a.edition, v)))
	}
	return n.showAct(w, status, f, p)
}

// labels sets the ends of an article's labels; an empty one takes it away.
func (n *Newsroom) labels(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.ask(w, r, v, "labelled", func(a opened, f *form, _ int) error {
		for _, k := range news.LabelKinds() {
			until, err := news.ParseMoment(f.get(string(k)), a.edition, string(k))
			if err != nil {
				return err
			}
			if until.IsZero() && !a.Labels.Shown(k, v.now) {
				continue // it has ended by itself
			}
			if err := n.desk.Label(r.Context(), v.person.ID, a.ID, k, until); err != nil {
				return inField(err, string(k))
			}
		}
		return nil
	}, func(a opened, f *form, status int) error { return n.showLabels(w, r, v, a, status, f) })
}
