package newsroom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/web"
)

// typing is what the editor's script sends of a window: a state of its copy.
type typing struct {
	Person news.PersonID   `json:"person"` // whose text it is: somebody else may have signed in meanwhile
	Tab    string          `json:"tab"`
	Seq    int64           `json:"seq"`
	Base   int             `json:"base"`
	Copy   json.RawMessage `json:"copy"` // the whole copy, or
	After  int64           `json:"after"`
	Change *spliced        `json:"change"` // how it differs from the state after, in bytes of its JSON
	Leave  bool            `json:"leave"`  // the window closes: nobody asked for a revision
	Token  string          `json:"token"`  // of a new article
}

type spliced struct {
	Start int    `json:"start"`
	Cut   int    `json:"cut"`
	Put   string `json:"put"`
}

// kept is the answer to a state that was kept, here or in a revision.
type kept struct {
	Kept     int64           `json:"kept"`
	At       string          `json:"at"`   // RFC 3339
	Time     string          `json:"time"` // by the desk's clock, to be read: "21:40:12"
	Head     int             `json:"head"`
	By       string          `json:"by,omitempty"` // who made the head, where the text stands on an older one
	Settled  int64           `json:"settled"`      // the newest state that is in a revision
	Revision int             `json:"revision"`     // that revision
	Holder   *holder         `json:"holder,omitempty"`
	Barred   string          `json:"barred,omitempty"` // why it cannot become a revision now
	ID       news.ID         `json:"id,omitempty"`
	Number   int             `json:"number,omitempty"` // the revision that was made
	Joined   bool            `json:"joined,omitempty"` // with what others saved: Copy is what stands now
	Copy     json.RawMessage `json:"copy,omitempty"`
}

// readTyping reads what a script sent, for the person whose text it is.
func readTyping(r *http.Request, v visit) (typing, error) {
	var t typing
	if err := web.JSON(r, articleForm, &t); err != nil {
		return t, err
	}
	if t.Person != 0 && t.Person != v.person.ID {
		return t, news.Refuse(news.Conflict, "error.draft.person", "this text is another person's: sign in as them").In("person")
	}
	return t, nil
}

func (t typing) state() desk.Typing {
	out := desk.Typing{Tab: t.Tab, Seq: t.Seq, Base: t.Base, Copy: string(t.Copy), After: t.After}
	if t.Change != nil {
		out.Change = store.Splice{Start: t.Change.Start, Cut: t.Change.Cut, Put: t.Change.Put}
	}
	return out
}

// keepTyping puts what a script sent into the log of its window.
func (n *Newsroom) keepTyping(r *http.Request, v visit) (a opened, t typing, k desk.Kept, err error) {
	if t, err = readTyping(r, v); err != nil {
		return a, t, k, err
	}
	if a, err = n.open(r, v); err != nil {
		return a, t, k, err
	}
	k, err = n.desk.KeepDraft(r.Context(), v.person.ID, a.ID, t.state())
	return a, t, k, err
}

// keepDraft takes what is being typed.
func (n *Newsroom) keepDraft(w http.ResponseWriter, r *http.Request, v visit) error {
	a, t, k, err := n.keepTyping(r, v)
	if err != nil {
		return err
	}
	out, err := n.keptOf(r.Context(), v, a, t, k)
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, out)
}

func (n *Newsroom) keptOf(ctx context.Context, v visit, a opened, t typing, k desk.Kept) (kept, error) {
	out := kept{Kept: t.Seq, Head: k.Head, Settled: k.Settled, Revision: k.Revision}
	out.at(v, v.now)
	if k.Barred != nil {
		out.Barred = web.Sentence(k.Barred, v.style())
	}
	if k.Head > t.Base {
		head, err := n.store.Revision(ctx, a.ID, k.Head)
		if err != nil {
			return out, err
		}
		if out.By, err = n.names(ctx, v.person.ID).of(a.ID, head.By); err != nil {
			return out, err
		}
	}
	h, err := n.desk.Holding(ctx, a.ID)
	if err != nil {
		return out, err
	}
	window, _, _ := strings.Cut(t.Tab, "-") // which of its logs does not matter here
	told, err := n.holderOf(ctx, a, h, v, window)
	if told.Person != 0 {
		out.Holder = &told
	}
	return out, err
}

// at says when it was kept, to the second.
func (k *kept) at(v visit, t time.Time) {
	s := v.style()
	k.At, k.Time = t.UTC().Format(time.RFC3339), s.Figures(s.In(t).Format("15:04:05"))
}

// saveScript makes the next revision of what a script sends. It is kept in the
// log first, so that nothing that goes wrong after can lose it.
func (n *Newsroom) saveScript(w http.ResponseWriter, r *http.Request, v visit) error {
	a, t, k, err := n.keepTyping(r, v)
	if err != nil {
		return err
	}
	f, err := n.desk.Fold(r.Context(), v.person.ID, a.ID, desk.Window{Tab: t.Tab, Seq: t.Seq}, t.Leave)
	var collision *desk.Collision
	if errors.As(err, &collision) {
		return n.sendConflict(w, r, v, a, collision)
	}
	if err != nil {
		return err
	}
	k.Head, k.Settled, k.Revision = f.Number, t.Seq, f.Number
	out, err := n.keptOf(r.Context(), v, a, t, k)
	if err != nil {
		return err
	}
	out.Number, out.Joined = f.Number, f.Joined
	if f.Joined {
		if out.Copy, err = n.copyOut(r.Context(), v, a.ID, f.Content); err != nil {
			return err
		}
	}
	return sendJSON(w, http.StatusOK, out)
}

// createScript makes a new article of what a script sends. The same token
// gives the same article, however often and with whatever text it comes.
func (n *Newsroom) createScript(w http.ResponseWriter, r *http.Request, v visit) error {
	t, err := readTyping(r, v)
	if err != nil {
		return err
	}
	c, edition, err := desk.TypedCopy(string(t.Copy))
	if err != nil {
		return err
	}
	e := v.edition(edition)
	if e.ID == 0 {
		return news.Refuse(news.Invalid, "error.edition.none", "there is no such edition").In("edition")
	}
	if t.Token == "" {
		return news.Refuse(news.Invalid, "error.draft.state", "the new article has no token")
	}
	id, err := n.desk.Create(r.Context(), v.person.ID, e.ID, c, t.Token)
	if err != nil {
		return err
	}
	a, err := n.reopen(r.Context(), v, id)
	if err != nil {
		return err
	}
	out := kept{ID: id, Number: 1, Head: a.Head, Kept: t.Seq}
	out.at(v, v.now)
	return sendJSON(w, http.StatusOK, out)
}

// copyOut is a content as the editor's script puts it into the form.
func (n *Newsroom) copyOut(ctx context.Context, v visit, id news.ID, c news.Content) (json.RawMessage, error) {
	a, err := n.reopen(ctx, v, id)
	if err != nil {
		return nil, err
	}
	fields, err := n.typedOf(ctx, a, c)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"document": c.Body}
	for name := range fields {
		if name != "body" {
			out[name] = fields.Get(name)
		}
	}
	return json.Marshal(out)
}

// collided is the answer to a text that could not be joined with what somebody
// saved: both side by side, and what can be done.
type collided struct {
	fault
	Conflict struct {
		Head   int             `json:"head"`   // the next save is written on it
		Page   string          `json:"page"`   // both side by side with the choices, as HTML of the desk
		Saved  json.RawMessage `json:"saved"`  // what somebody saved, to be put into the form
		Joined json.RawMessage `json:"joined"` // both in one
	} `json:"conflict"`
}

func (n *Newsroom) sendConflict(w http.ResponseWriter, r *http.Request, v visit, a opened, c *desk.Collision) error {
	ctx := r.Context()
	base, err := n.store.Revision(ctx, a.ID, max(c.Base, 1))
	if err != nil {
		return err
	}
	var j joined
	for _, clash := range c.Clashes {
		j.disputes = append(j.disputes, n.disputeOf(ctx, a, clash, base.Content, c.Head.Content, c.Typed))
	}
	p := comparePage{frame: n.frame(r, v, "articles", v.style().T("desk.conflict.title")), Story: a.heading(v)}
	if p.Conflict, err = n.conflictOf(ctx, a, c.Base, c.Head, c.Typed, j); err != nil {
		return err
	}
	out := collided{fault: faultOf(c, v)}
	out.Error, out.Conflict.Head = p.Conflict.Says, c.Head.Number
	var page bytes.Buffer
	if err := n.pages.part(&page, "compare", "conflict", p); err != nil {
		return err
	}
	out.Conflict.Page = page.String()
	if out.Conflict.Saved, err = n.copyOut(ctx, v, a.ID, c.Head.Content); err != nil {
		return err
	}
	if out.Conflict.Joined, err = n.copyOut(ctx, v, a.ID, c.Joined); err != nil {
		return err
	}
	return sendJSON(w, http.StatusConflict, out)
}
