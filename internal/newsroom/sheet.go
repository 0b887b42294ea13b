package newsroom

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// sheet is what the page tells the editor's script; desk-ui/src/sheet.ts reads
// it as Facts.
type sheet struct {
	Article   news.ID          `json:"article"` // 0 = not made yet
	Base      int              `json:"base"`
	Token     string           `json:"token"`
	Action    string           `json:"action"`
	Person    sheetPerson      `json:"person"`
	People    map[int64]string `json:"people"` // by whom suggestions stand in the text
	Edition   sheetEdition     `json:"edition"`
	Language  string           `json:"language"` // of the article
	Direction string           `json:"direction"`
	Desk      sheetDesk        `json:"desk"`
	Document  doc.Body         `json:"document"`
	Texts     map[string]any   `json:"texts"`
}

type sheetPerson struct {
	ID   news.PersonID `json:"id"`
	Name string        `json:"name"`
}

type sheetEdition struct {
	ID        news.EditionID `json:"id"`
	Language  string         `json:"language"`
	Direction string         `json:"direction"`
}

type sheetDesk struct {
	Language  string `json:"language"`
	Direction string `json:"direction"`
	Digits    string `json:"digits"` // as Intl names them, like the calendar and the zone
	Calendar  string `json:"calendar"`
	Zone      string `json:"zone"`
}

func sheetOf(v visit, d draft, action string, c news.Content) sheet {
	own := v.style()
	language := cmp.Or(c.Language, d.edition.Language)
	return sheet{Article: d.ID, Base: d.base, Token: d.token, Action: action,
		Person:   sheetPerson{v.person.ID, v.person.Name},
		Edition:  sheetEdition{d.edition.ID, d.edition.Language, directionOf(d.edition.Language)},
		Language: language, Direction: directionOf(language),
		Desk:     deskOf(v.styleIn(d.edition)),
		Document: c.Body, Texts: locale.Texts(own.Language, "desk.sheet.")}
}

// namesOfCalendars are the names that browsers have for them.
var namesOfCalendars = map[locale.Calendar]string{locale.Persian: "persian", locale.Hijri: "islamic-umalqura"}

// deskOf is how the desk writes about an edition, for the script.
func deskOf(s locale.Style) sheetDesk {
	d := sheetDesk{s.Language, s.Direction(), s.DigitSystem(), cmp.Or(namesOfCalendars[s.Calendar], "gregory"), "UTC"}
	if s.Zone != nil {
		d.Zone = s.Zone.String()
	}
	return d
}

func directionOf(language string) string { return locale.Style{Language: language}.Direction() }

// readCopyForm reads the form of an article. A document, as the editor sends
// it, stands above the plain field "body", which then carries the same text.
func (n *Newsroom) readCopyForm(r *http.Request, v visit) (*form, error) {
	f, err := n.readForm(r, v, articleForm)
	if err != nil {
		return nil, err
	}
	f.takeDocument()
	return f, nil
}

// takeDocument reads the field "document". One that is not in the schema is
// refused when it is to be kept; its words stand in the plain field, so that
// nothing of it is lost.
func (f *form) takeDocument() {
	sent := f.get("document")
	f.typed.Del("document")
	if sent == "" {
		return
	}
	var body doc.Body
	if err := body.UnmarshalJSON([]byte(sent)); err != nil {
		f.typed.Set("body", wordsOf(sent))
		f.unread = news.Refuse(news.Invalid, "error.article.document", "the document is not taken: %v", err).In("body")
		if len(sent) > doc.MaxBytes {
			f.unread = news.Refuse(news.TooLarge, "error.article.large", "an article has at most 2 MB").In("body")
		}
		return
	}
	f.typed.Set("body", body.Markdown())
	f.document = &body
}

// setBody puts another text in the place of what was typed.
func (f *form) setBody(markdown string) {
	f.typed.Set("body", markdown)
	f.document, f.unread = nil, nil
}

// wordsOf is the text inside a document that nothing else can be made of, a
// paragraph a list of nodes. What is no JSON at all is text itself.
func wordsOf(sent string) string {
	var out strings.Builder
	dec := json.NewDecoder(strings.NewReader(sent))
	key, gap := "", ""
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			return sent
		}
		s, is := t.(string)
		if is && key == "" {
			key = s
			continue
		}
		switch {
		case is && key == "text":
			out.WriteString(gap + s)
			gap = ""
		case t == json.Delim('[') && key == "content" && out.Len() > 0:
			gap = "\n\n"
		}
		key = ""
	}
}
