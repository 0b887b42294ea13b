package newsroom

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"broadsheet/internal/news"
)

const (
	pastAtMost     = 200 // events of a history
	revisionsShown = 100
)

// sentence is one event of an article's life.
type sentence struct {
	Text string
	Note string
	At   moment
}

// past tells an article's life, newest first: all of it, or the last steps of
// its text.
func (n *Newsroom) past(ctx context.Context, v visit, a opened, most int) ([]sentence, error) {
	events, err := n.store.ArticleEvents(ctx, a.ID, pastAtMost)
	if err != nil {
		return nil, err
	}
	who := n.names(ctx)
	var out []sentence
	for _, e := range events {
		if len(out) == most {
			break
		}
		if most < pastAtMost && (e.Kind == news.EventCommented || e.Kind == news.EventDecided || strings.HasPrefix(string(e.Kind), "note.")) {
			continue // the short form is about the text
		}
		name, err := who.of(e.Actor)
		if err != nil {
			return nil, err
		}
		one := tell(a, e, name, v)
		if e.Kind == news.EventAccepted || e.Kind == news.EventRefused {
			if one, err = tellSettled(a, e, name, who, v); err != nil {
				return nil, err
			}
		}
		out = append(out, one)
	}
	return out, nil
}

// tell makes an event a sentence. Notes that the program writes for itself are
// told in the desk's words.
func tell(a opened, e news.Event, name string, v visit) sentence {
	s := a.style
	one := sentence{At: momentOf(s, e.At, v.now), Note: e.Note}
	key := "desk.event." + strings.ReplaceAll(string(e.Kind), ".", "-")
	switch {
	case e.Kind == news.EventPublished && e.Actor == 0:
		one.Text, one.Note = s.T("desk.event.article-published.schedule"), ""
	case e.Kind == news.EventPublished && e.Note != "":
		one.Text = s.T("desk.event.article-published.alone", name)
	case e.Kind == news.EventEdited && e.Note != "":
		one.Text, one.Note = s.T("desk.event.article-edited.unscheduled", name), ""
	case e.Kind == news.EventCorrected:
		kind, note, _ := strings.Cut(e.Note, ":")
		one.Text, one.Note = s.T("desk.event.article-corrected", name, s.T("desk.change."+kind)), strings.TrimSpace(note)
	case e.Kind == news.EventShown:
		until, _ := time.Parse(time.RFC3339, e.Note)
		one.Text, one.Note = s.T(key, name, s.DateTime(until)), ""
	case e.Kind == news.EventTaken:
		one.Text, one.Note = s.T("desk.event.article-taken", name, e.Note), ""
	case e.Kind == news.EventDecided:
		one.Text, one.Note = s.T("desk.event.comment-decided", name, s.T("desk.comment.state."+e.Note)), ""
	case e.Kind == news.EventCommented:
		one.Text, one.Note = s.T("desk.event.comment-posted"), ""
	case name == "":
		one.Text = s.T(key, s.T("desk.nobody"))
	default:
		one.Text = s.T(key, name)
	}
	return one
}

// historyPage is an article's whole life, and its revisions.
type historyPage struct {
	frame
	Story     heading
	Past      []sentence
	Revisions []revisionLine
	Compare   []field
}

type revisionLine struct {
	Number, By, Words, Label string
	Link, Compare            string
	At                       moment
	Head, Live               bool
}

func (n *Newsroom) history(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	p := historyPage{frame: n.frame(r, v, "articles", v.style().T("desk.history.title")), Story: a.heading(v)}
	if p.Past, err = n.past(r.Context(), v, a, pastAtMost); err != nil {
		return err
	}
	revisions, err := n.store.Revisions(r.Context(), a.ID, revisionsShown)
	if err != nil {
		return err
	}
	who := n.names(r.Context())
	for _, rev := range revisions {
		line, err := a.revisionLine(rev, who, v)
		if err != nil {
			return err
		}
		p.Revisions = append(p.Revisions, line)
	}
	if a.Head > 1 {
		p.Compare = compareFields(v, revisions, max(1, a.Head-1), a.Head)
	}
	return n.send(w, http.StatusOK, "history", p)
}

func (a opened) revisionLine(rev news.Revision, who *names, v visit) (revisionLine, error) {
	name, err := who.of(rev.By)
	line := revisionLine{Number: a.style.Figures(itoa(rev.Number)), By: name, Words: a.style.T("desk.words", rev.Body.Words()), At: momentOf(a.style, rev.At, v.now),
		Link: a.link("revisions/" + itoa(rev.Number)), Head: rev.Number == a.Head, Live: rev.Number == a.Live}
	if rev.Number > 1 {
		line.Compare = a.link("difference?from=" + itoa(rev.Number-1) + "&to=" + itoa(rev.Number))
	}
	if rev.Change != "" {
		line.Label = a.style.T("desk.change." + string(rev.Change))
	}
	return line, err
}

func compareFields(v visit, revisions []news.Revision, from, to int) []field {
	f := blank(v, url.Values{"from": {itoa(from)}, "to": {itoa(to)}})
	options := func() []option {
		var out []option
		for _, rev := range revisions {
			out = append(out, option{Value: itoa(rev.Number), Label: f.s.T("desk.revision", rev.Number)})
		}
		return out
	}
	return []field{f.field("select", "from", choices(options())), f.field("select", "to", choices(options()))}
}

// revisionPage is one revision as it was.
type revisionPage struct {
	frame
	Story heading
	Line  revisionLine
	Copy  copyView
	Older string
	Newer string
	Back  string // to put it into the form again
}

func (n *Newsroom) revision(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	rev, err := n.store.Revision(r.Context(), a.ID, int(number(r.PathValue("number"))))
	if err != nil {
		return err
	}
	line, err := a.revisionLine(rev, n.names(r.Context()), v)
	if err != nil {
		return err
	}
	p := revisionPage{frame: n.frame(r, v, "articles", v.style().T("desk.revision", rev.Number)), Story: a.heading(v), Line: line, Copy: copyOf(rev.Content, a.edition)}
	if rev.Number > 1 {
		p.Older = a.link("revisions/" + itoa(rev.Number-1))
	}
	if rev.Number < a.Head {
		p.Newer = a.link("revisions/" + itoa(rev.Number+1))
		if a.CanEdit(v.person) == nil {
			p.Back = a.link("edit?revision=" + itoa(rev.Number))
		}
	}
	return n.send(w, http.StatusOK, "revision", p)
}

// differencePage sets two revisions side by side.
type differencePage struct {
	frame
	Story    heading
	From, To string
	Rows     []pair
	Compare  []field
	Same     bool
}

func (n *Newsroom) differencePage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	from, to := int(number(q.Get("from"))), int(number(q.Get("to")))
	before, err := n.store.Revision(r.Context(), a.ID, from)
	if err != nil {
		return err
	}
	after, err := n.store.Revision(r.Context(), a.ID, to)
	if err != nil {
		return err
	}
	p := differencePage{frame: n.frame(r, v, "articles", v.style().T("desk.difference.title")), Story: a.heading(v),
		From: v.style().T("desk.revision", from), To: v.style().T("desk.revision", to)}
	if p.Rows, err = n.compare(r.Context(), a.style, before.Content, after.Content); err != nil {
		return err
	}
	p.Same = true
	for _, row := range p.Rows {
		p.Same = p.Same && row.Same
	}
	revisions, err := n.store.Revisions(r.Context(), a.ID, revisionsShown)
	if err != nil {
		return err
	}
	p.Compare = compareFields(v, revisions, from, to)
	return n.send(w, http.StatusOK, "difference", p)
}
