package newsroom

import (
	"context"
	"slices"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// names finds out who somebody is, each once a page, as far as the one who
// asks may know: a protected author is "a protected author" to everybody but
// those who were told. There is no other way from a person's number to a name.
type names struct {
	n      *Newsroom
	ctx    context.Context
	viewer news.PersonID
	known  map[news.PersonID]string
	veiled map[news.ID][]news.Veil
	label  string
}

// names are the names for one who looks.
func (n *Newsroom) names(ctx context.Context, viewer news.PersonID) *names {
	return &names{n: n, ctx: ctx, viewer: viewer, known: map[news.PersonID]string{0: ""}, veiled: map[news.ID][]news.Veil{0: nil}}
}

// of is the name of somebody who did something to an article, or of anybody
// where the article is 0; "" for the program itself and for someone who is not
// on the list any more. Whether the name is protected is looked up first: if
// that cannot be done, there is no name.
func (w *names) of(article news.ID, id news.PersonID) (string, error) {
	hidden, err := w.hides(article, id)
	if err != nil {
		return "", err
	}
	if hidden {
		return w.protected()
	}
	if name, ok := w.known[id]; ok {
		return name, nil
	}
	p, err := w.n.store.Person(w.ctx, id)
	if err != nil && news.CodeOf(err) != news.NotFound {
		return "", err
	}
	w.known[id] = p.Name
	return p.Name, nil
}

// placed is the name of somebody with whom an article was laid by others at a
// time. Before the author was protected that is hidden; later it names them
// like anybody, or whoever guesses a name could try it out.
func (w *names) placed(article news.ID, id news.PersonID, at time.Time) (string, error) {
	if _, err := w.hides(article, id); err != nil {
		return "", err
	}
	if slices.ContainsFunc(w.veiled[article], func(v news.Veil) bool { return v.Person == id && !at.After(v.Since) }) {
		return w.protected()
	}
	return w.of(0, id)
}

// withWhom is with whom an article lies: to whom it was handed, or who began it.
func (w *names) withWhom(a news.Article) (string, error) {
	if a.Assignee != 0 {
		return w.of(0, a.Assignee)
	}
	return w.of(a.ID, a.Creator)
}

// hides reports whether a person is a protected author of the article and the
// one who looks was not told.
func (w *names) hides(article news.ID, id news.PersonID) (bool, error) {
	if id == news.VeiledPerson {
		return true, nil
	}
	if id == 0 {
		return false, nil
	}
	list, ok := w.veiled[article]
	if !ok {
		var err error
		if list, err = w.n.store.Veiled(w.ctx, article, w.viewer); err != nil {
			return true, err
		}
		w.veiled[article] = list
	}
	return slices.ContainsFunc(list, func(v news.Veil) bool { return v.Person == id }), nil
}

// number is a person's number as a page or a script may have it.
func (w *names) number(article news.ID, id news.PersonID) (news.PersonID, error) {
	hidden, err := w.hides(article, id)
	if hidden || err != nil {
		return news.VeiledPerson, err
	}
	return id, nil
}

// protected is what stands in the place of a protected author's name.
func (w *names) protected() (string, error) {
	if w.label == "" {
		paper, err := w.n.store.Paper(w.ctx)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return "", err
		}
		w.label = locale.Style{Language: paper.Language}.T("desk.protected.author")
	}
	return w.label, nil
}
