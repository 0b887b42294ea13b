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
	d.typed.Set("body", strings.Join(merged, "\n\n"))
	d.base = d.Head
	d.notice = d.form.s.T("desk.conflict.merged", twice)
	return nil
}

// mergeTexts joins two changed versions of a list of paragraphs and counts the
// places where both changed the same.
func mergeTexts(base, theirs, mine []string) (out []string, twice int) {
	a, b := spans(base, theirs), spans(base, mine)
	for i := 0; i <= len(base); i++ {
		// what each put in before paragraph i of the base
		left, right := a.added[i], b.added[i]
		switch {
		case slices.Equal(left, right), len(right) == 0:
			out = append(out, left...)
		case len(left) == 0:
			out = append(out, right...)
		default:
			out = append(append(out, left...), right...)
			twice++
		}
		if i < len(base) && a.keeps[i] && b.keeps[i] {
			out = append(out, base[i])
		}
	}
	return out, twice
}

// spanned is a version told as changes of a base: which paragraphs it keeps,
// and what it puts before each.
type spanned struct {
	keeps []bool
	added [][]string
}

func spans(base, version []string) spanned {
	s := spanned{keeps: make([]bool, len(base)), added: make([][]string, len(base)+1)}
	at := 0 // the paragraph of the base that comes next
	for _, st := range align(base, version) {
		switch {
		case st.a >= 0 && st.b >= 0:
			s.keeps[st.a], at = true, st.a+1
		case st.a >= 0:
			at = st.a + 1
		default:
			s.added[at] = append(s.added[at], version[st.b])
		}
	}
	return s
}
