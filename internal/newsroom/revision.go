package newsroom

import (
	"cmp"
	"context"
	"net/http"
	"net/url"

	"broadsheet/internal/collate"
	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// revisionsShown is how many revisions one page lists.
const revisionsShown = 25

// countedMost bounds, in words, what the list of revisions compares to say how
// many words came and went; those of the texts beyond say only their length.
const countedMost = 500_000

// revisionLine is one revision in a list.
type revisionLine struct {
	Number, By, Words, Added, Removed, Label string
	Link, Compare, ToNewest                  string
	At                                       moment
	Head, Live                               bool
}

// revisionsPage lists the revisions of an article, newest first.
type revisionsPage struct {
	frame
	Story        heading
	Lines        []revisionLine
	Older, Newer string
	Compare      []field
}

func (n *Newsroom) revisions(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	below := min(int(cmp.Or(number(r.URL.Query().Get("below")), int64(a.Head)+1)), a.Head+1)
	p := revisionsPage{frame: n.frame(r, v, "articles", v.style().T("desk.history.revisions")), Story: a.heading(v)}
	if p.Lines, err = n.revisionLines(r.Context(), v, a, below, revisionsShown); err != nil {
		return err
	}
	if lowest := below - revisionsShown; lowest > 1 {
		p.Older = a.link("revisions?below=" + itoa(lowest))
	}
	if below <= a.Head {
		p.Newer = a.link("revisions?below=" + itoa(min(below+revisionsShown, a.Head+1)))
	}
	if a.Head > 1 {
		p.Compare = compareFields(v, a, max(1, a.Head-1), a.Head)
	}
	return n.send(w, http.StatusOK, "revisions", p)
}

// revisionLines are so many revisions below a number, each with what came and
// went since the one before.
func (n *Newsroom) revisionLines(ctx context.Context, v visit, a opened, below, most int) ([]revisionLine, error) {
	list, err := n.store.RevisionsBelow(ctx, a.ID, below, most+1)
	if err != nil {
		return nil, err
	}
	who := n.names(ctx, v.person.ID)
	counted := 0
	var out []revisionLine
	for i, rev := range list[:min(len(list), most)] {
		line, err := a.revisionLine(rev, who, v)
		if err != nil {
			return nil, err
		}
		if counted += rev.Body.Words(); i+1 < len(list) && counted < countedMost {
			added, removed := collate.Counts(list[i+1].Body, rev.Body)
			line.Added, line.Removed = countOf(a.style, "added", added), countOf(a.style, "removed", removed)
		}
		out = append(out, line)
	}
	return out, nil
}

func countOf(s locale.Style, what string, n int) string {
	if n == 0 {
		return ""
	}
	return s.T("desk.revision."+what, n)
}

func (a opened) revisionLine(rev news.Revision, who *names, v visit) (revisionLine, error) {
	name, err := who.of(a.ID, rev.By)
	line := revisionLine{Number: a.style.Figures(itoa(rev.Number)), By: cmp.Or(name, a.style.T("desk.nobody")), Words: a.style.T("desk.words", rev.Body.Words()), At: momentOf(a.style, rev.At, v.now),
		Link: a.link("revisions/" + itoa(rev.Number)), Head: rev.Number == a.Head, Live: rev.Number == a.Live}
	if rev.Number > 1 {
		line.Compare = a.link("difference?from=" + itoa(rev.Number-1) + "&to=" + itoa(rev.Number))
	}
	if rev.Number < a.Head-1 {
		line.ToNewest = a.link("difference?from=" + itoa(rev.Number) + "&to=" + itoa(a.Head))
	}
	if rev.Change != "" {
		line.Label = a.style.T("desk.revision.published", a.style.T("desk.change."+string(rev.Change)), a.style.DateTime(rev.PublishedAt))
	}
	return line, err
}

func compareFields(v visit, a opened, from, to int) []field {
	f := blank(v, url.Values{"from": {itoa(from)}, "to": {itoa(to)}})
	bounds := func(c *field) { c.Least, c.Greatest = 1, a.Head }
	return []field{f.field("number", "from", dir("ltr"), bounds), f.field("number", "to", dir("ltr"), bounds)}
}

// revisionOf reads the revision of an address.
func (n *Newsroom) revisionOf(ctx context.Context, a opened, number int) (news.Revision, error) {
	return desk.Revision(ctx, n.store, a.Article, number)
}

// revisionPage is one revision as it was.
type revisionPage struct {
	frame
	Story   heading
	Line    revisionLine
	Copy    copyView
	Older   string
	Newer   string
	Restore string // to make it the newest again
}

func (n *Newsroom) revision(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	rev, err := n.revisionOf(r.Context(), a, int(number(r.PathValue("number"))))
	if err != nil {
		return err
	}
	line, err := a.revisionLine(rev, n.names(r.Context(), v.person.ID), v)
	if err != nil {
		return err
	}
	p := revisionPage{frame: n.frame(r, v, "articles", v.style().T("desk.revision", rev.Number)), Story: a.heading(v), Line: line, Copy: copyOf(rev.Content, a.edition),
		Restore: a.restoreLink(v, rev.Number)}
	if rev.Number > 1 {
		p.Older = a.link("revisions/" + itoa(rev.Number-1))
	}
	if rev.Number < a.Head {
		p.Newer = a.link("revisions/" + itoa(rev.Number+1))
	}
	return n.send(w, http.StatusOK, "revision", p)
}

// restoreLink leads to the question whether a revision should be the newest
// again; "" where the person may not, or it is.
func (a opened) restoreLink(v visit, number int) string {
	if number >= a.Head || a.CanEdit(v.person) != nil {
		return ""
	}
	return a.link("revisions/" + itoa(number) + "/restore")
}

// differencePage sets two revisions side by side.
type differencePage struct {
	frame
	Story    heading
	From, To revisionLine
	difference
	Compare      []field
	Swap         string
	Older, Newer string // the step before and the step after
	Restore      string
	RestoreWords string
}

func (n *Newsroom) differencePage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	to := int(cmp.Or(number(q.Get("to")), int64(a.Head)))
	from := int(cmp.Or(number(q.Get("from")), int64(max(1, to-1))))
	before, err := n.revisionOf(r.Context(), a, from)
	if err != nil {
		return err
	}
	after, err := n.revisionOf(r.Context(), a, to)
	if err != nil {
		return err
	}
	p := differencePage{frame: n.frame(r, v, "articles", v.style().T("desk.difference.title")), Story: a.heading(v),
		Compare: compareFields(v, a, from, to), Swap: a.step(to, from), Restore: a.restoreLink(v, min(from, to)),
		RestoreWords: a.style.T("desk.restore.link", min(from, to))}
	who := n.names(r.Context(), v.person.ID)
	if p.From, err = a.revisionLine(before, who, v); err != nil {
		return err
	}
	if p.To, err = a.revisionLine(after, who, v); err != nil {
		return err
	}
	if p.difference, err = n.compare(r.Context(), a, before.Content, after.Content); err != nil {
		return err
	}
	p.Left, p.Right = a.style.T("desk.revision", from), a.style.T("desk.revision", to)
	if from > 1 && from < to {
		p.Older = a.step(from-1, from)
	}
	if to < a.Head && from < to {
		p.Newer = a.step(to, to+1)
	}
	return n.send(w, http.StatusOK, "difference", p)
}

func (a opened) step(from, to int) string {
	return a.link("difference?from=" + itoa(from) + "&to=" + itoa(to))
}

// restorePage shows what would change if an older revision were the newest
// again, and asks.
type restorePage struct {
	frame
	Story heading
	Says  string
	Read  int
	difference
}

func (n *Newsroom) restorePage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	if err := a.CanEdit(v.person); err != nil {
		return err
	}
	return n.showRestore(w, r, v, a, http.StatusOK, blank(v, url.Values{}))
}

func (n *Newsroom) showRestore(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	old, err := n.revisionOf(r.Context(), a, int(number(r.PathValue("number"))))
	if err != nil {
		return err
	}
	name, err := n.names(r.Context(), v.person.ID).of(a.ID, old.By)
	if err != nil {
		return err
	}
	p := restorePage{frame: n.frame(r, v, "articles", v.style().T("desk.restore.title", old.Number)), Story: a.heading(v), Read: a.Head,
		Says: a.style.T("desk.restore.says", old.Number, cmp.Or(name, a.style.T("desk.nobody")), a.style.DateTime(old.At), a.Head, a.Head+1)}
	if p.difference, err = n.compare(r.Context(), a, a.head.Content, old.Content); err != nil {
		return err
	}
	p.Left, p.Right = a.style.T("desk.restore.now", a.Head), a.style.T("desk.revision", old.Number)
	f.faulty(&p.frame)
	return n.send(w, status, "restore", p)
}

// restore makes an older revision the newest again.
func (n *Newsroom) restore(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.ask(w, r, v, "restored", func(a opened, f *form, read int) error {
		_, err := n.desk.Restore(r.Context(), v.person.ID, a.ID, int(number(r.PathValue("number"))), read)
		return err
	}, func(a opened, f *form, status int) error { return n.showRestore(w, r, v, a, status, f) })
}
