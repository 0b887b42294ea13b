package newsroom

import (
	"context"
	"net/http"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// holder is who holds an article, as its editors are told. Times are RFC 3339.
type holder struct {
	Person  news.PersonID `json:"person"` // 0 = nobody
	Name    string        `json:"name"`
	Since   string        `json:"since,omitempty"`
	SinceAt string        `json:"sinceAt,omitempty"` // by the desk's clock, to be read
	Here    bool          `json:"here"`              // this person, in this window
	Own     bool          `json:"own"`               // this person, in whatever window

	Asker  news.PersonID `json:"asker,omitempty"`
	Asks   string        `json:"asks,omitempty"`   // the asker's name
	Passes int           `json:"passes,omitempty"` // seconds until it passes to them
	Moment bool          `json:"moment,omitempty"` // the holder asked for a moment
}

// holderOf turns a hold into words for one window.
func (n *Newsroom) holderOf(ctx context.Context, a opened, h news.Holding, v visit, tab string) (holder, error) {
	out := holder{}
	if !h.Held(v.now) {
		return out, nil
	}
	who := n.names(ctx, v.person.ID)
	name, err := who.of(h.Article, h.Person)
	if err != nil {
		return out, err
	}
	number, err := who.number(h.Article, h.Person)
	if err != nil {
		return out, err
	}
	out = holder{Person: number, Name: name, Since: h.Since.UTC().Format(time.RFC3339), SinceAt: momentOf(a.style, h.Since, v.now).Text,
		Own: h.Person == v.person.ID, Here: h.By(v.person.ID, tab)}
	if h.Asker == 0 {
		return out, nil
	}
	if out.Asker, err = who.number(h.Article, h.Asker); err != nil {
		return out, err
	}
	out.Moment, out.Passes = h.Moment, max(1, int(h.PassesAt.Sub(v.now)/time.Second))
	out.Asks, err = who.of(h.Article, h.Asker)
	return out, err
}

// said is what an editor says of the article it has open.
type said struct {
	Tab  string       `json:"tab"`
	Do   desk.HoldAct `json:"do"`   // "" = "stay"
	Take bool         `json:"take"` // the same as do "take"
}

// hold answers an open editor: who holds the article now.
func (n *Newsroom) hold(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	var s said
	if err := web.JSON(r, smallForm, &s); err != nil {
		return err
	}
	switch {
	case s.Take:
		s.Do = desk.HoldTake
	case s.Do == "":
		s.Do = desk.HoldStay
	}
	h, err := n.desk.Hold(r.Context(), v.person.ID, a.ID, s.Tab, s.Do)
	if err != nil {
		return err
	}
	out, err := n.holderOf(r.Context(), a, h, v, s.Tab)
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, out)
}

// holds are the holds of the whole desk, by article.
func (n *Newsroom) holds(ctx context.Context, v visit) (map[news.ID]news.Holding, error) {
	list, err := n.store.Holdings(ctx, v.now)
	if err != nil {
		return nil, err
	}
	out := make(map[news.ID]news.Holding, len(list))
	for _, h := range list {
		out[h.Article] = h
	}
	return out, nil
}

// holdFlag is the line of a list about who has the article open.
func holdFlag(h news.Holding, v visit, who *names) ([]flag, error) {
	if !h.Held(v.now) {
		return nil, nil
	}
	if h.Person == v.person.ID {
		return []flag{{"holder", v.style().T("desk.hold.own")}}, nil
	}
	name, err := who.of(h.Article, h.Person)
	return []flag{{"holder", v.style().T("desk.hold.flag", name)}}, err
}

// holdWords is the sentence about who has an article open; "" = nobody else.
func (n *Newsroom) holdWords(ctx context.Context, a opened, v visit) (string, error) {
	h, err := n.desk.Holding(ctx, a.ID)
	if err != nil || h.Person == 0 {
		return "", err
	}
	since := momentOf(a.style, h.Since, v.now).Text
	if h.Person == v.person.ID {
		return a.style.T("desk.hold.own.since", since), nil
	}
	name, err := n.names(ctx, v.person.ID).of(a.ID, h.Person)
	return a.style.T("desk.hold.since", name, since), err
}

// othersHold is the same sentence, where it is a colleague's.
func (n *Newsroom) othersHold(ctx context.Context, a opened, v visit) (string, error) {
	h, err := n.desk.Holding(ctx, a.ID)
	if err != nil || h.Person == v.person.ID {
		return "", err
	}
	return n.holdWords(ctx, a, v)
}
