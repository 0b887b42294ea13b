package newsroom

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// conflict is two texts of one article: what somebody saved, and what was
// typed meanwhile.
type conflict struct {
	Says   string
	Theirs string // heads the column
	Mine   string
	Rows   []pair
}

// showCollision shows both texts, with the typed one in the form: to save it
// on top of the other, to take the other, or to join them.
func (n *Newsroom) showCollision(w http.ResponseWriter, r *http.Request, v visit, d draft, c *desk.Collision) error {
	s := d.style
	name, err := n.names(r.Context()).of(c.Head.By)
	if err != nil {
		return err
	}
	rows, err := n.compare(r.Context(), s, c.Head.Content, c.Typed)
	if err != nil {
		return err
	}
	d.conflict = &conflict{Says: s.T("desk.conflict.says", name, s.DateTime(c.Head.At), c.Head.Number, c.Base),
		Theirs: s.T("desk.conflict.theirs", name), Mine: s.T("desk.conflict.mine"), Rows: rows}
	d.typed.Set("was", itoa(d.base))
	d.base, d.status = c.Head.Number, http.StatusConflict
	return n.showDraft(w, r, v, d)
}

// merge puts both texts into the form. A paragraph that only one of them
// changed is taken from there; where both did, both stand, the other's first.
// Fields that only the other changed are taken from there too.
func (n *Newsroom) merge(ctx context.Context, v visit, d *draft) error {
	theirs, err := n.typedOf(ctx, d.opened, d.head.Content)
	if err != nil {
		return err
	}
	base := theirs
	if number := int(number(d.get("was"))); number > 0 {
		was, err := n.store.Revision(ctx, d.ID, number)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return err
		}
		if err == nil {
			if base, err = n.typedOf(ctx, d.opened, was.Content); err != nil {
				return err
			}
		}
	}
	for name := range theirs {
		if name != "body" && d.get(name) == base.Get(name) {
			d.typed.Set(name, theirs.Get(name))
		}
	}
	merged, twice := mergeTexts(paragraphsOf(base.Get("body")), paragraphsOf(theirs.Get("body")), paragraphsOf(d.get("body")))
	d.setBody(strings.Join(merged, "\n\n"))
	d.base = d.Head
	d.notice = d.form.s.T("desk.conflict.merged", twice)
	return nil
}

// mergeTexts joins two changed versions of a list of paragraphs and counts the
// places where both changed the same in different ways.
func mergeTexts(base, theirs, mine []string) (out []string, twice int) {
	a, b := told(base, theirs), told(base, mine)
	both := func(left, right []string) {
		out = append(out, left...)
		if !slices.Equal(left, right) {
			out = append(out, right...)
			if len(left) > 0 && len(right) > 0 {
				twice++
			}
		}
	}
	for i := range len(base) + 1 {
		both(a.before[i], b.before[i])
		switch {
		case i == len(base):
		case a.changed[i] && b.changed[i]:
			if both(a.instead[i], b.instead[i]); len(a.instead[i]) == 0 != (len(b.instead[i]) == 0) {
				twice++ // one dropped what the other rewrote
			}
		case a.changed[i]:
			out = append(out, a.instead[i]...)
		case b.changed[i]:
			out = append(out, b.instead[i]...)
		default:
			out = append(out, base[i])
		}
	}
	return out, twice
}

// changes is a version told as changes of a base: what stands before each
// paragraph that did not, which paragraphs it changed, and what it has instead.
type changes struct {
	before, instead [][]string
	changed         []bool
}

func told(base, version []string) changes {
	c := changes{before: make([][]string, len(base)+1), instead: make([][]string, len(base)), changed: make([]bool, len(base))}
	var gone []int
	var come []string
	at := 0 // the paragraph of the base that comes next
	flush := func() {
		if len(gone) == 0 {
			c.before[at] = append(c.before[at], come...)
		}
		for k, i := range gone {
			to := min(k+1, len(come))
			if k == len(gone)-1 {
				to = len(come) // the last has all the rest
			}
			c.changed[i], c.instead[i] = true, come[min(k, len(come)):to]
		}
		gone, come = nil, nil
	}
	for _, st := range align(base, version) {
		switch {
		case st.a >= 0 && st.b >= 0:
			flush()
			at = st.a + 1
		case st.a >= 0:
			gone, at = append(gone, st.a), st.a+1
		default:
			come = append(come, version[st.b])
		}
	}
	flush()
	return c
}
