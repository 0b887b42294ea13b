package newsroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// conflict is two texts of one article: what somebody saved, and what was
// typed meanwhile, with what both make when they are joined.
type conflict struct {
	Says    string
	Merge   string // what the joined text is, and how many places must be read
	Clean   bool
	Clashes []dispute
	difference
}

// joinedMost is how often a clean merge is saved again when somebody else
// saves in the same moment; then it is shown.
const joinedMost = 5

// collide ends a save that somebody else's came before. Two changes that do
// not touch each other are joined and saved; otherwise both texts are shown,
// with the joined one in the form. What was typed is kept aside in any case.
func (n *Newsroom) collide(w http.ResponseWriter, r *http.Request, v visit, d draft, c *desk.Collision) error {
	facts := d.typed
	for range joinedMost {
		j, err := n.join(r.Context(), d.opened, c.Base, c.Head, c.Typed, facts)
		if err != nil {
			return err
		}
		d.was, d.base = c.Base, c.Head.Number
		if !j.clean() || d.get("do") == "submit" {
			return n.showCollision(w, r, v, d, c, j)
		}
		d.typed, d.document = j.typed, &j.body
		again, err := n.saveJoined(r.Context(), v, d)
		if again == nil && err == nil {
			return web.SeeOther(w, r, d.link("edit")+"?joined="+itoa(c.Head.Number))
		}
		if again == nil {
			if d.status, err = d.refuse(err); err != nil {
				return err
			}
			return n.showCollision(w, r, v, d, c, j)
		}
		c = again
		if d.opened, err = n.reopen(r.Context(), v, d.ID); err != nil {
			return err
		}
	}
	return c
}

// saveJoined saves two changes joined in one.
func (n *Newsroom) saveJoined(ctx context.Context, v visit, d draft) (again *desk.Collision, err error) {
	copy, facts, err := d.readCopy()
	if err != nil {
		return nil, err
	}
	if _, err = n.desk.Edit(ctx, v.person.ID, d.ID, d.base, copy); errors.As(err, &again) {
		return again, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, n.keepFacts(ctx, v, d, facts)
}

// showCollision shows both texts, with the joined one in the form.
func (n *Newsroom) showCollision(w http.ResponseWriter, r *http.Request, v visit, d draft, c *desk.Collision, j joined) error {
	var err error
	if d.conflict, err = n.conflictOf(r.Context(), d.opened, c.Base, c.Head, c.Typed, j); err != nil {
		return err
	}
	d.offer(j)
	if d.status == 0 {
		d.status = http.StatusConflict
	}
	return n.showDraft(w, r, v, d)
}

// conflictOf is what the page says of two texts.
func (n *Newsroom) conflictOf(ctx context.Context, a opened, was int, head news.Revision, mine news.Content, j joined) (*conflict, error) {
	s := a.style
	name, err := n.names(ctx, a.viewer).of(a.ID, head.By)
	if err != nil {
		return nil, err
	}
	out := &conflict{Says: s.T("desk.conflict.says", name, s.DateTime(head.At), head.Number, was), Clean: j.clean(), Clashes: j.disputes,
		Merge: j.words(s, was)}
	if out.difference, err = n.compare(ctx, a, head.Content, mine); err != nil {
		return nil, err
	}
	out.Left, out.Right = s.T("desk.conflict.theirs", name), s.T("desk.conflict.mine")
	return out, nil
}

// words says what the joined text is, and how much of it must be read.
func (j joined) words(s locale.Style, was int) string {
	switch {
	case j.unsure:
		return s.T("desk.conflict.unsure", was)
	case j.clean():
		return s.T("desk.conflict.clean")
	}
	return s.T("desk.conflict.clashes", len(j.disputes))
}

// offer puts the joined text into the form.
func (d *draft) offer(j joined) {
	d.typed = j.typed
	d.setBody(j.body.Markdown())
	d.offered = d.mark()
}

// mark names what stands in the form, so that it is known later whether
// somebody has touched it.
func (d draft) mark() string {
	typed := url.Values{}
	for name, list := range d.typed {
		if !slices.Contains([]string{"do", "base", "was", "offered", "dropped", "edition", "document"}, name) {
			typed[name] = list
		}
	}
	sum := sha256.Sum256([]byte(typed.Encode()))
	return hex.EncodeToString(sum[:8])
}

// choose answers the buttons of a conflict: the form gets the other's text, or
// one's own as it was typed, or both joined. What stood in the form before is
// kept aside, unless nobody touched it.
func (n *Newsroom) choose(w http.ResponseWriter, r *http.Request, v visit, d draft) error {
	ctx := r.Context()
	d.was = int(number(d.get("was")))
	mine, err := n.lastTyped(ctx, v, d)
	if err != nil {
		return err
	}
	if d.get("offered") != d.mark() {
		c, _, err := d.readCopy()
		if err != nil {
			return n.kept(w, r, v, d, err)
		}
		if err := n.desk.SetAside(ctx, v.person.ID, d.ID, d.base, c); err != nil {
			return err
		}
	}
	j, err := n.join(ctx, d.opened, d.was, d.head, mine, d.typed)
	if err != nil {
		return err
	}
	if d.conflict, err = n.conflictOf(ctx, d.opened, d.was, d.head, mine, j); err != nil {
		return err
	}
	d.base = d.Head
	switch d.get("do") {
	case "theirs":
		j.typed, err = n.typedOf(ctx, d.opened, d.head.Content)
		j.body = d.head.Body
	case "mine":
		j.typed, err = n.typedOf(ctx, d.opened, mine)
		j.body = mine.Body
	}
	if err != nil {
		return err
	}
	d.notice = d.form.s.T("desk.conflict.in-form." + d.get("do"))
	d.offer(j)
	return n.showDraft(w, r, v, d)
}

// lastTyped is the text that lost: the newest that is kept aside, or what
// stands in the form where there is none.
func (n *Newsroom) lastTyped(ctx context.Context, v visit, d draft) (news.Content, error) {
	kept, err := n.store.Asides(ctx, d.ID, v.person.ID)
	if err != nil {
		return news.Content{}, err
	}
	for _, k := range kept {
		if k.Base == d.was || d.was == 0 {
			return k.Content, nil
		}
	}
	c, _ := d.content()
	return c, nil
}

// comparePage shows what the form holds beside what is saved, and keeps
// nothing. The editor's script takes the part "conflict" out of the answer.
func (n *Newsroom) comparePage(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readCopyForm(r, v)
	if err != nil {
		return err
	}
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	d := draft{opened: a, form: f, was: int(number(f.get("base"))), base: a.Head}
	mine, _ := d.content()
	j, err := n.join(r.Context(), a, d.was, a.head, mine, d.typed)
	if err != nil {
		return err
	}
	p := comparePage{frame: n.frame(r, v, "articles", v.style().T("desk.conflict.title")), Story: a.heading(v)}
	if p.Conflict, err = n.conflictOf(r.Context(), a, d.was, a.head, mine, j); err != nil {
		return err
	}
	return n.send(w, http.StatusOK, "compare", p)
}

type comparePage struct {
	frame
	Story    heading
	Conflict *conflict
}

// joinedNotice says after a save that another's changes are in the text too.
func (n *Newsroom) joinedNotice(r *http.Request, a opened) (*joinedTo, error) {
	before, _ := strconv.Atoi(r.URL.Query().Get("joined"))
	if before < 1 || before >= a.Head {
		return nil, nil
	}
	theirs, err := n.store.Revision(r.Context(), a.ID, before)
	if err != nil {
		return nil, err
	}
	name, err := n.names(r.Context(), a.viewer).of(a.ID, theirs.By)
	if err != nil {
		return nil, err
	}
	return &joinedTo{Says: a.style.T("desk.conflict.joined", name, a.style.DateTime(theirs.At)),
		Link: a.link("difference?from=" + itoa(before) + "&to=" + itoa(a.Head))}, nil
}

// joinedTo leads to the difference that a clean merge made.
type joinedTo struct{ Says, Link string }
