package newsroom

import (
	"encoding/json"
	"net/http"
	"time"

	"broadsheet/internal/news"
)

// exportedAct is one line of the exported record.
type exportedAct struct {
	Seq     int64          `json:"seq"`
	At      string         `json:"at"` // RFC 3339
	Kind    news.EventKind `json:"kind"`
	Person  news.PersonID  `json:"person,omitempty"` // none: the program, a reader, or a protected author
	Name    string         `json:"name,omitempty"`
	Edition string         `json:"edition,omitempty"`
	Article news.ID        `json:"article,omitempty"`
	Comment news.CommentID `json:"comment,omitempty"`
	Says    string         `json:"says"` // the act as a sentence in the desk's language
	Note    string         `json:"note,omitempty"`
}

// exportRecord sends the whole record as JSON lines, the first act first. A
// file is handed on: it names no protected author, whoever fetches it.
func (n *Newsroom) exportRecord(w http.ResponseWriter, r *http.Request, v visit) error {
	last, err := n.store.LastEvent(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="record.jsonl"`)
	t := n.teller(r.Context(), v)
	t.who = n.names(r.Context(), 0)
	line, out := http.NewResponseController(w), json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for seq := int64(0); seq < last; {
		events, err := n.store.EventsAfter(r.Context(), seq, actsAtOnce)
		if err != nil || len(events) == 0 {
			return err
		}
		clear(t.known) // of a long record not every article is kept in mind
		line.SetWriteDeadline(n.wall().Add(writeTime))
		for _, e := range events {
			if seq = e.Seq; seq > last || !isAct(e.Kind) {
				continue
			}
			one, err := t.exported(e)
			if err != nil {
				return err
			}
			if out.Encode(one) != nil {
				return nil // whoever asked has gone
			}
		}
	}
	return nil
}

// isAct is false for opening and leaving an editor.
func isAct(k news.EventKind) bool {
	return k != news.EventHeld && k != news.EventAsked && k != news.EventReleased
}

func (t *teller) exported(e news.Event) (exportedAct, error) {
	a, err := t.article(e.Article)
	if err != nil {
		return exportedAct{}, err
	}
	said, err := tellOne(a, t.v, e, t.who)
	if err != nil {
		return exportedAct{}, err
	}
	out := exportedAct{Seq: e.Seq, At: e.At.UTC().Format(time.RFC3339Nano), Kind: e.Kind, Person: e.Actor, Edition: t.v.edition(e.Edition).Slug,
		Article: e.Article, Comment: e.Comment, Says: said.Text, Note: said.Note}
	if hidden, err := t.who.hides(e.Article, e.Actor); hidden || err != nil {
		out.Person = 0
		if err != nil {
			return out, err
		}
	}
	out.Name, err = t.who.of(e.Article, e.Actor)
	return out, err
}
