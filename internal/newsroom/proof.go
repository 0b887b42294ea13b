package newsroom

import (
	"cmp"
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/proof"
)

// mark is a finding as the editor's script reads it. Start and end count code
// points of the paragraph, as doc.Body.Paragraphs numbers and prints it.
type mark struct {
	Rule      string     `json:"rule"`
	Name      string     `json:"name"`            // of the rule, as people read it
	Field     string     `json:"field,omitempty"` // kicker, headline or standfirst; "" = the text
	Paragraph int        `json:"paragraph"`
	Start     int        `json:"start"`
	End       int        `json:"end"`
	Text      string     `json:"text"`
	Message   string     `json:"message"`
	Fix       *string    `json:"fix"`
	Level     news.Level `json:"level"`
}

// proofArticle checks the copy of an article while it is written. It keeps
// nothing.
func (n *Newsroom) proofArticle(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	return n.proofCopy(w, r, v, a)
}

// proofNew does so for one that has no number yet.
func (n *Newsroom) proofNew(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.proofCopy(w, r, v, opened{})
}

func (n *Newsroom) proofCopy(w http.ResponseWriter, r *http.Request, v visit, a opened) error {
	f, err := n.readCopyJSON(r, v)
	if err != nil {
		return err
	}
	if f.unread != nil {
		return f.unread
	}
	if a.ID == 0 {
		e := v.edition(news.EditionID(number(f.get("edition"))))
		if e.ID == 0 && len(v.editions) > 0 {
			e = v.editions[0]
		}
		a = opened{edition: e, style: v.styleIn(e)}
	}
	c, _ := draft{opened: a, form: f}.content()
	style, err := n.desk.Style(r.Context())
	if err != nil {
		return err
	}
	marks := []mark{}
	for _, found := range proof.Check(a.proofCopy(c, v.now, style)) {
		marks = append(marks, mark{found.Rule, ruleName(found, v.style()), found.Field, found.Paragraph, found.Start, found.End, found.Text,
			proof.MessageIn(found, v.style()), found.Fix, cmp.Or(found.Level, news.Warning)})
	}
	return sendJSON(w, http.StatusOK, map[string]any{"findings": marks})
}
