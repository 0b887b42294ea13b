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
	list, who := a.head.Body.Unsettled(), n.names(ctx)
	out := suggestions{May: a.CanEdit(v.person) == nil}
	if len(list) > 0 {
		out.Says = a.style.T("desk.suggestions.open", len(list))
	}
	for _, s := range list {
		name, err := who.of(news.PersonID(s.By))
		if err != nil {
			return out, err
		}
		out.List = append(out.List, suggested{ID: s.ID, By: cmp.Or(name, a.style.T("desk.nobody")), Deleted: s.Deleted, Inserted: s.Inserted, Lang: s.Lang, Dir: s.Dir,
			At: momentOf(a.style, time.Unix(s.At, 0), v.now)})
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
func tellSettled(a opened, e news.Event, name string, who *names, v visit) (sentence, error) {
	s := a.style
	by, rest, _ := strings.Cut(e.Note, " ")
	many, words, _ := strings.Cut(rest, " ")
	count, _ := strconv.Atoi(many)
	person, _ := strconv.ParseInt(by, 10, 64)
	whose, err := who.of(news.PersonID(person))
	if err != nil {
		return sentence{}, err
	}
	one := sentence{At: momentOf(s, e.At, v.now), Note: words}
	key := "desk.event." + strings.ReplaceAll(string(e.Kind), ".", "-")
	nobody := s.T("desk.nobody")
	if person == int64(e.Actor) {
		one.Text = s.T(key+".own", count, cmp.Or(name, nobody))
	} else {
		one.Text = s.T(key, count, cmp.Or(name, nobody), cmp.Or(whose, nobody))
	}
	return one, nil
}
