package newsroom

import (
	"cmp"
	"context"
	"net/http"

	"broadsheet/internal/news"
)

// callsAtMost is how many open notes that mention a person are looked at.
const callsAtMost = 50

// calledPage lists the open notes that mention the person.
type calledPage struct {
	frame
	Called []called
}

type called struct {
	Link     string
	Headline string
	Lang     string
	Quote    string
	Note     noteLine
}

// calls is in how many open threads a person is mentioned.
func (n *Newsroom) calls(ctx context.Context, p news.Person) (int, error) {
	list, err := n.desk.Mentions(ctx, p, callsAtMost)
	threads := map[news.NoteID]bool{}
	for _, m := range list {
		threads[m.Note.Thread] = true
	}
	return len(threads), err
}

func (n *Newsroom) calledPage(w http.ResponseWriter, r *http.Request, v visit) error {
	list, err := n.desk.Mentions(r.Context(), v.person, callsAtMost)
	if err != nil {
		return err
	}
	staff, err := n.store.People(r.Context())
	if err != nil {
		return err
	}
	s, who := v.style(), n.names(r.Context(), v.person.ID)
	p := calledPage{frame: n.frame(r, v, "notes", s.T("desk.called.title"))}
	for _, m := range list {
		name, err := who.of(m.Article.ID, m.Note.By)
		if err != nil {
			return err
		}
		p.Called = append(p.Called, called{
			Link:     "/articles/" + m.Article.ID.String() + "/notes#note-" + itoa(int(m.Note.Thread)),
			Headline: cmp.Or(m.Article.Headline, m.Article.Slugline, s.T("desk.untitled")),
			Lang:     v.edition(m.Article.Edition).Language,
			Quote:    m.Note.Quote.Exact,
			Note:     noteLine{By: name, At: momentOf(s, m.Note.At, v.now), Runs: news.NoteRuns(m.Note.Text, staff)},
		})
	}
	return n.send(w, http.StatusOK, "called", p)
}
