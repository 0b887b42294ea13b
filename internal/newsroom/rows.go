package newsroom

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// rowsAtOnce is how many lines of a list a script asks for at most: a page.
const rowsAtOnce = listed

// rows are lines of the list, each as the list itself prints it: of the
// articles asked for, those that a list under this filter would hold.
func (n *Newsroom) rows(w http.ResponseWriter, r *http.Request, v visit) error {
	f := readFilter(r.URL.Query())
	desks, err := n.desks(r.Context())
	if err != nil {
		return err
	}
	var list []news.Article
	for i, text := range strings.Split(r.URL.Query().Get("ids"), ",") {
		id, err := news.ParseID(text)
		if err != nil || i == rowsAtOnce {
			break
		}
		a, err := n.store.Article(r.Context(), id)
		if news.CodeOf(err) == news.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if a.CanRead(v.person) && f.fits(a, v.person, desks) {
			list = append(list, a)
		}
	}
	sections, err := n.sections(r.Context(), v)
	if err != nil {
		return err
	}
	lines, err := n.lines(r.Context(), v, list, sections, desks)
	if err != nil {
		return err
	}
	return n.sendPart(w, "queue", "rows", lines)
}

// sendPart sends one part of a page to a script.
func (n *Newsroom) sendPart(w http.ResponseWriter, page, part string, data any) error {
	var b bytes.Buffer
	if err := n.pages.part(&b, page, part, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err := w.Write(b.Bytes())
	return err
}

// fits reports whether a list under the filter holds the article. Which words
// are in it is the search's to say: a search's list only keeps what it has.
func (f filter) fits(a news.Article, p news.Person, desks desksOf) bool {
	if f.desk != "" && (a.Desk == 0 || a.Desk != desks.bySlug(f.desk).ID || f.stage != "" && a.Stage != f.stage || f.state == "" && !a.State.Before()) {
		return false
	}
	return (f.person == 0 || a.Assignee == f.person) && (f.state == "" || a.State == f.state) && (f.section == 0 || a.Section == f.section) && (f.edition == 0 || a.Edition == f.edition) &&
		(!f.mine || a.Creator == p.ID || a.Assignee == p.ID)
}

// liveTexts are the words that a script needs on every page, as JSON.
func liveTexts(language string) string {
	texts, err := json.Marshal(locale.Texts(language, "desk.live."))
	if err != nil {
		return "{}"
	}
	return string(texts)
}
