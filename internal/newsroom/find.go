package newsroom

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// offered is how many articles one answer to a search box carries.
const offered = 12

// hit is an article as a search box of the desk shows it.
type hit struct {
	ID        news.ID    `json:"id"`
	Number    string     `json:"number"` // in the desk's digits
	Headline  string     `json:"headline"`
	Slugline  string     `json:"slugline,omitempty"`
	State     news.State `json:"state"`
	Word      string     `json:"word"` // the state, as the desk says it
	When      string     `json:"when"`
	By        string     `json:"by,omitempty"`
	Edition   string     `json:"edition,omitempty"` // "" where the paper has one only
	Language  string     `json:"language"`
	Direction string     `json:"direction"`
	Desk      string     `json:"desk"`    // its page at the desk
	Address   string     `json:"address"` // its address for readers
	Public    bool       `json:"public"`  // whether they find it there now
}

// findArticles answers a search box: the articles that the person may open, by
// number or by all of the words (headline, names, text), best first, then those
// that a colleague of that name began; without words those that were changed
// last. state, or a state among the words, narrows it.
func (n *Newsroom) findArticles(w http.ResponseWriter, r *http.Request, v visit) error {
	f := readFilter(r.URL.Query())
	f.nameState(v.style())
	list, err := n.ranked(r.Context(), v, f)
	if err != nil {
		return err
	}
	hits := []hit{}
	who := n.names(r.Context(), v.person.ID)
	for _, a := range list {
		if f.state != "" && a.State != f.state || len(hits) == offered {
			continue
		}
		h, err := n.hitOf(v, a, who)
		if err != nil {
			return err
		}
		hits = append(hits, h)
	}
	return sendJSON(w, http.StatusOK, map[string]any{"articles": hits})
}

// ranked are the articles of a search box before they are narrowed: by words,
// and those that a colleague of that name began.
func (n *Newsroom) ranked(ctx context.Context, v visit, f filter) ([]news.Article, error) {
	if f.text == "" {
		list, _, err := n.list(ctx, v, f, desksOf{})
		return list, err
	}
	list, err := n.find(ctx, v, f.text, true)
	if err != nil {
		return nil, err
	}
	who := n.names(ctx, v.person.ID)
	people, err := n.store.People(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		if len(list) >= offered || !strings.Contains(locale.Fold(p.Name), locale.Fold(f.text)) {
			continue
		}
		own, _, err := n.desk.Queue(ctx, v.person, store.Queue{State: f.state, Creator: p.ID, Limit: offered})
		if err != nil {
			return nil, err
		}
		for _, a := range own {
			if hidden, err := who.hides(a.ID, p.ID); hidden || err != nil {
				if err != nil {
					return nil, err
				}
				continue
			}
			if a.Creator == p.ID && !slices.ContainsFunc(list, func(b news.Article) bool { return a.ID == b.ID }) {
				list = append(list, a)
			}
		}
	}
	return list, nil
}

// nameState takes a state out of the words of a search, as the desk's language
// calls it: "draft bridge" are the drafts about a bridge.
func (f *filter) nameState(s locale.Style) {
	if f.state != "" {
		return
	}
	words := strings.Fields(f.text)
	for _, state := range news.States() {
		name := strings.Fields(locale.Fold(s.T("desk.state." + stateKey(state))))
		for i := range words {
			if i+len(name) <= len(words) && slices.EqualFunc(words[i:i+len(name)], name, func(w, n string) bool { return locale.Fold(w) == n }) {
				f.state, f.text = state, strings.Join(slices.Delete(words, i, i+len(name)), " ")
				return
			}
		}
	}
}

func (n *Newsroom) hitOf(v visit, a news.Article, who *names) (hit, error) {
	e, s := v.edition(a.Edition), v.style()
	by, err := who.of(a.ID, a.ChangedBy)
	if err != nil {
		return hit{}, err
	}
	at := a.ChangedAt
	if !a.PublishedAt.IsZero() {
		at = a.PublishedAt
	}
	h := hit{ID: a.ID, Number: s.Figures(a.ID.String()), Headline: cmp.Or(a.Headline, a.Slugline, s.T("desk.untitled")), Slugline: a.Slugline,
		State: a.State, Word: s.T("desk.state." + stateKey(a.State)), When: momentOf(s, at, v.now).Text, By: by,
		Language: e.Language, Direction: directionOf(e.Language),
		Desk: "/articles/" + a.ID.String(), Address: n.addressFor(v, e, a.ID), Public: a.State == news.Published}
	if len(v.editions) > 1 {
		h.Edition = e.Name
	}
	return h, nil
}

// addressFor is how the text of one article links to another: by path, so that
// it outlives a change of the paper's name; in full where editions have hosts
// of their own.
func (n *Newsroom) addressFor(v visit, e news.Edition, id news.ID) string {
	for _, other := range v.editions {
		if other.Host != "" {
			return n.public(e, id)
		}
	}
	return e.Prefix() + "/news/" + id.String()
}

// sendJSON answers a script.
func sendJSON(w http.ResponseWriter, status int, data any) error {
	var b strings.Builder
	if err := json.NewEncoder(&b).Encode(data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write([]byte(b.String()))
	return err
}
