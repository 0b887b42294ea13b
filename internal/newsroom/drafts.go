package newsroom

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	logsShown   = 100 // windows of an article, the last first
	statesShown = 100 // of one window
)

// draftsPage lists what was typed in an article by person and window, or shows
// one state beside the newest revision.
type draftsPage struct {
	frame
	Story  heading
	Logs   []draftLine
	State  *stateView
	States []draftLine
}

// draftLine is a window's log, or one of its states.
type draftLine struct {
	By, Words, What, Link string
	Pending               bool
	At                    moment
}

// stateView is one state of what somebody typed.
type stateView struct {
	difference
	Same   bool
	May    bool // take it up
	Own    bool // and it is in no revision
	Person news.PersonID
	Tab    string
	Seq    int64
	Says   string
	Base   string
	On     string // the revision it was typed on
	Action string
}

func (n *Newsroom) drafts(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	if asksJSON(r) {
		return n.sendDrafts(w, r.Context(), v, a, int(number(r.URL.Query().Get("base"))))
	}
	p := draftsPage{frame: n.frame(r, v, "articles", v.style().T("desk.drafts.title")), Story: a.heading(v)}
	if tab := r.URL.Query().Get("tab"); tab != "" {
		err = n.stateOf(r, v, a, &p)
	} else {
		p.Logs, err = n.logs(r.Context(), v, a)
	}
	if err != nil {
		return err
	}
	return n.send(w, http.StatusOK, "drafts", p)
}

// typedBy is whose log may be opened: of a protected author there is none to
// who was not told, and the answer is that for anybody who has typed nothing.
func (n *Newsroom) typedBy(ctx context.Context, v visit, a opened, person news.PersonID) (news.PersonID, error) {
	hidden, err := n.names(ctx, v.person.ID).hides(a.ID, person)
	if hidden {
		person = 0
	}
	return person, err
}

func (n *Newsroom) logs(ctx context.Context, v visit, a opened) ([]draftLine, error) {
	tabs, err := n.store.Drafts(ctx, a.ID, logsShown)
	if err != nil {
		return nil, err
	}
	who := n.names(ctx, v.person.ID)
	var out []draftLine
	for _, t := range tabs {
		if hidden, err := who.hides(a.ID, t.Person); hidden || err != nil { // a link to it would say whose it is
			if err != nil {
				return nil, err
			}
			continue
		}
		name, err := who.of(a.ID, t.Person)
		if err != nil {
			return nil, err
		}
		out = append(out, draftLine{By: name, Words: a.style.T("desk.words", t.Words), What: whatBecame(a, t), Pending: t.Pending(), At: momentOf(a.style, t.At, v.now),
			Link: stateLink(a, t.Person, t.Tab, t.Seq)})
	}
	return out, nil
}

func whatBecame(a opened, t store.DraftTab) string {
	switch {
	case t.Pending():
		return a.style.T("desk.drafts.pending")
	case t.Revision > 0:
		return a.style.T("desk.drafts.settled", t.Revision)
	}
	return a.style.T("desk.drafts.left")
}

func stateLink(a opened, person news.PersonID, tab string, seq int64) string {
	q := url.Values{"person": {itoa(int(person))}, "tab": {tab}, "seq": {strconv.FormatInt(seq, 10)}}
	return a.link("drafts") + "?" + q.Encode()
}

// stateOf shows the difference first.
func (n *Newsroom) stateOf(r *http.Request, v visit, a opened, p *draftsPage) error {
	q, ctx := r.URL.Query(), r.Context()
	person, tab := news.PersonID(number(q.Get("person"))), q.Get("tab")
	person, err := n.typedBy(ctx, v, a, person)
	if err != nil {
		return err
	}
	t, err := n.store.DraftTab(ctx, a.ID, person, tab)
	if err != nil {
		return err
	}
	seq := number(q.Get("seq"))
	if seq == 0 {
		seq = t.Seq
	}
	s, err := n.desk.OpenDraft(ctx, a.head, person, desk.Window{Tab: tab, Seq: seq})
	if err != nil {
		return err
	}
	name, err := n.names(ctx, v.person.ID).of(a.ID, person)
	if err != nil {
		return err
	}
	p.State = &stateView{Same: s.Same, May: !s.Same && a.CanEdit(v.person) == nil, Own: person == v.person.ID && t.Pending(), Person: person, Tab: tab, Seq: seq,
		Says: a.style.T("desk.drafts.state", name, a.style.DateTime(s.At)), Base: a.style.T("desk.drafts.base", s.Base), On: a.link("revisions/" + itoa(s.Base)), Action: a.link("drafts")}
	if p.State.difference, err = n.compare(ctx, a, a.head.Content, s.Content); err != nil {
		return err
	}
	p.State.Left, p.State.Right = a.style.T("desk.drafts.head"), a.style.T("desk.drafts.typed")
	states, err := n.store.DraftStates(ctx, a.ID, person, tab, seq, statesShown)
	if err != nil {
		return err
	}
	for _, d := range states {
		p.States = append(p.States, draftLine{Words: a.style.T("desk.words", d.Words), At: momentOf(a.style, d.At, v.now), Link: stateLink(a, person, tab, d.Seq)})
	}
	return nil
}

// takeDraft takes a state up as a new revision, or notes that its writer is
// done with it.
func (n *Newsroom) takeDraft(w http.ResponseWriter, r *http.Request, v visit) error {
	a, f, err := n.openForm(r, v)
	if err != nil {
		return err
	}
	owner, at := news.PersonID(number(f.get("person"))), desk.Window{Tab: f.get("tab"), Seq: number(f.get("seq"))}
	if owner, err = n.typedBy(r.Context(), v, a, owner); err != nil {
		return err
	}
	if f.get("do") == "leave" {
		if err := n.desk.LeaveDraft(r.Context(), v.person.ID, a.ID, at); err != nil {
			return err
		}
		return seeDone(w, r, a.link("drafts"), "draft-left")
	}
	_, err = n.desk.TakeUp(r.Context(), v.person.ID, a.ID, owner, at)
	var collision *desk.Collision
	if errors.As(err, &collision) {
		return n.showJoined(w, r, v, a, collision)
	}
	if err != nil {
		return err
	}
	return seeDone(w, r, a.link(""), "taken-up")
}

// showJoined puts a text that could not be joined by itself into the form:
// what both changed stands twice.
func (n *Newsroom) showJoined(w http.ResponseWriter, r *http.Request, v visit, a opened, c *desk.Collision) error {
	typed, err := n.typedOf(r.Context(), a, c.Joined)
	if err != nil {
		return err
	}
	return n.showDraft(w, r, v, draft{opened: a, form: blank(v, typed), base: c.Head.Number, notice: a.style.T("desk.drafts.joined", len(c.Clashes))})
}

// pendingState is a person's own text that is in no revision, for the editor.
type pendingState struct {
	Tab  string          `json:"tab"`
	Seq  int64           `json:"seq"`
	Base int             `json:"base"`
	Time string          `json:"time"`
	Link string          `json:"link"` // the difference
	Copy json.RawMessage `json:"copy"`
}

// sendDrafts tells an editor that opens what its person typed before, the last
// first.
func (n *Newsroom) sendDrafts(w http.ResponseWriter, ctx context.Context, v visit, a opened, base int) error {
	tabs, err := n.store.PendingDrafts(ctx, a.ID)
	if err != nil {
		return err
	}
	list := []pendingState{}
	for _, t := range tabs {
		if t.Person != v.person.ID || len(list) == 5 {
			continue
		}
		s, err := n.desk.OpenDraft(ctx, a.head, t.Person, desk.Window{Tab: t.Tab, Seq: t.Seq})
		if err != nil {
			return err
		}
		if !s.Same {
			list = append(list, pendingState{t.Tab, t.Seq, t.Base, momentOf(a.style, t.At, v.now).Text, stateLink(a, t.Person, t.Tab, t.Seq), json.RawMessage(s.Copy)})
		}
	}
	out := map[string]any{"head": a.Head, "drafts": list}
	if base != 0 && base != a.Head { // the page is older: its own window may have saved while it closed
		if out["copy"], err = n.copyOut(ctx, v, a.ID, a.head.Content); err != nil {
			return err
		}
	}
	return sendJSON(w, http.StatusOK, out)
}
