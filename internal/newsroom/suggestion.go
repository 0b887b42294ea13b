package newsroom

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// suggestions are the changes of a text that nobody has settled.
type suggestions struct {
	Says string // how many, and what hangs on them
	List []suggested
	May  bool // this person may settle them
}

// suggested is one of them, as the margin shows it.
type suggested struct {
	ID, By            string
	Deleted, Inserted string
	Lang, Dir         string
	At                moment
}

func (n *Newsroom) suggestions(ctx context.Context, v visit, a opened) (suggestions, error) {
	list, who := a.head.Body.Unsettled(), n.names(ctx, v.person.ID)
	out := suggestions{May: a.CanEdit(v.person) == nil}
	if len(list) > 0 {
		out.Says = a.style.T("desk.suggestions.open", len(list))
	}
	for _, s := range list {
		name, err := who.of(a.ID, news.PersonID(s.By))
		if err != nil {
			return out, err
		}
		out.List = append(out.List, suggested{ID: s.ID, By: cmp.Or(name, a.style.T("desk.nobody")), Deleted: s.Deleted, Inserted: s.Inserted, Lang: s.Lang, Dir: s.Dir,
			At: momentOf(a.style, time.Unix(s.At, 0), v.now)})
	}
	return out, nil
}

// suggesters gives the names of those whose suggestions a text holds.
func (n *Newsroom) suggesters(ctx context.Context, a opened, b doc.Body) (map[int64]string, error) {
	who, out := n.names(ctx, a.viewer), map[int64]string{}
	for _, s := range b.Unsettled() {
		name, err := who.of(a.ID, news.PersonID(s.By))
		if err != nil {
			return nil, err
		}
		if name != "" {
			out[s.By] = name
		}
	}
	return out, nil
}

// acceptSuggestion accepts one suggestion of the revision that stood on the
// person's page, or all where none is named.
func (n *Newsroom) acceptSuggestion(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.settle(w, r, v, "accepted", true)
}

// refuseSuggestion refuses one, or all.
func (n *Newsroom) refuseSuggestion(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.settle(w, r, v, "refused", false)
}

func (n *Newsroom) settle(w http.ResponseWriter, r *http.Request, v visit, done string, accept bool) error {
	return n.act(w, r, v, done, func(a opened, f *form, read int) error {
		var ids []string
		if id := f.line("suggestion"); id != "" {
			ids = append(ids, id)
		}
		return n.desk.SettleSuggestions(r.Context(), v.person.ID, a.ID, read, accept, ids...)
	})
}

// suggestionWords are read aloud around a suggestion in a printed text.
func suggestionWords(s locale.Style) doc.SuggestionWords {
	return doc.SuggestionWords{Inserted: s.T("desk.suggestion.inserted"), Deleted: s.T("desk.suggestion.deleted"), End: s.T("desk.suggestion.end")}
}

// tellSettled makes the event of settled suggestions a sentence. Its note holds
// whose they were, how many, and their words (see desk.SettleSuggestions).
func tellSettled(t tale) (text, note string, err error) {
	by, rest, _ := strings.Cut(t.e.Note, " ")
	many, words, _ := strings.Cut(rest, " ")
	count, _ := strconv.Atoi(many)
	person, _ := strconv.ParseInt(by, 10, 64)
	if person == int64(t.e.Actor) {
		return t.style.T(t.key+".own", count, t.name), words, nil
	}
	whose, err := t.person(news.PersonID(person))
	return t.style.T(t.key, count, t.name, cmp.Or(whose, t.style.T("desk.nobody"))), words, err
}
