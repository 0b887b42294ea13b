package newsroom

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// opened is an article on somebody's desk.
type opened struct {
	news.Article
	head    news.Revision
	edition news.Edition
	style   locale.Style // the desk's language, the edition's clock
	viewer  news.PersonID
}

// open reads the article of an address for a person who may see it.
func (n *Newsroom) open(r *http.Request, v visit) (opened, error) {
	id, err := news.ParseID(r.PathValue("id"))
	if err != nil {
		return opened{}, err
	}
	a, head, err := n.desk.Open(r.Context(), v.person, id)
	if err != nil {
		return opened{}, err
	}
	e := v.edition(a.Edition)
	return opened{Article: a, head: head, edition: e, style: v.styleIn(e), viewer: v.person.ID}, nil
}

// openForm reads a small form about the article of the address.
func (n *Newsroom) openForm(r *http.Request, v visit) (opened, *form, error) {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return opened{}, nil, err
	}
	a, err := n.open(r, v)
	return a, f, err
}

func (a opened) link(act string) string {
	if act == "" {
		return "/articles/" + a.ID.String()
	}
	return "/articles/" + a.ID.String() + "/" + act
}

// heading is what every page about one article says of it.
type heading struct {
	ID       news.ID
	Head     int
	Link     string
	Number   string
	State    news.State
	Word     string // message key of the state
	Headline string
	Slugline string
	Lang     string
	Revision string
	Flags    []flag
}

func (a opened) heading(v visit) heading {
	return heading{ID: a.ID, Head: a.Head, Link: a.link(""), Number: a.style.Figures(a.ID.String()), State: a.State, Word: "desk.state." + stateKey(a.State), Headline: a.Headline,
		Slugline: a.Slugline, Lang: cmp.Or(a.head.Language, a.edition.Language), Revision: a.style.Figures(itoa(a.Head)), Flags: flagsOf(a.style, a.Article, v)}
}

// articlePage is one article to be read and acted on.
type articlePage struct {
	frame
	Story   heading
	Read    int // revision that is shown; acts are on this one
	Copy    copyView
	Acts    acts
	Facts   []fact
	Checks  checks
	Past    []sentence
	Public  string
	Return  field
	Reason  field
	Hand    handView
	Handing bool // the form that was refused is that of Hand
	Killed  string
	Index   string // "no" to take it out of what searches find, "yes" back in; "" = the person may not
	Pending bool
	Holder  string // who has the editor open; "" = nobody
	Notes   notesView
	Fixable bool // never here: the form applies fixes
	Unsaved unsaved

	Suggestions suggestions
}

// copyView is a text as readers would get it, without the theme.
type copyView struct {
	Kicker, Headline, Standfirst string
	Byline, Credit               string
	Lang, Dir                    string
	Body                         template.HTML
	Empty                        bool
}

// fact is a line of the margin.
type fact struct{ Label, Text, Lang string }

func (n *Newsroom) article(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	return n.showArticle(w, r, v, a, http.StatusOK, blank(v, url.Values{}))
}

// showArticle is the page of an article, also after an act on it was refused.
func (n *Newsroom) showArticle(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	p := articlePage{frame: n.frame(r, v, "articles", cmp.Or(a.Headline, a.Slugline, v.style().T("desk.untitled"))), Story: a.heading(v), Read: a.Head,
		Acts: actsOf(a.Article, a.head, v), Killed: a.Kill.Note, Pending: a.State == news.Published && a.Head != a.Live}
	p.Copy = copyOf(a.head.Content, a.edition)
	style, err := n.desk.Style(r.Context())
	if err != nil {
		return err
	}
	p.Checks = a.checks(a.head.Content, v, style, nil)
	if a.Live > 0 {
		p.Public = n.public(a.edition, a.ID)
	}
	if p.Facts, err = n.facts(r.Context(), v, a); err != nil {
		return err
	}
	if p.Past, err = n.lately(r.Context(), v, a, 6); err != nil {
		return err
	}
	if p.Holder, err = n.holdWords(r.Context(), a, v); err != nil {
		return err
	}
	if p.Unsaved, err = n.unsaved(r.Context(), v, a); err != nil {
		return err
	}
	if p.Notes, err = n.notes(r.Context(), a, v); err != nil {
		return err
	}
	if p.Suggestions, err = n.suggestions(r.Context(), v, a); err != nil {
		return err
	}
	if a.Public() && v.person.May(news.Chief) {
		p.Index = map[bool]string{true: "yes", false: "no"}[a.NoIndex]
	}
	if p.Acts.Hand {
		if p.Hand, err = n.handForm(r.Context(), v, a, f); err != nil {
			return err
		}
	}
	p.Handing = f.typed.Has("to") || f.typed.Has("person")
	p.Return = f.field("area", "note", rows(3), dir("auto"), label(f, "desk.field.return-note"))
	p.Reason = f.field("area", "reason", rows(2), required, dir("auto"))
	f.faulty(&p.frame)
	if p.FaultIn != "" && !fieldsHere[p.FaultIn] {
		p.FaultAt = a.link("edit")
	}
	return n.send(w, status, "article", p)
}

// fieldsHere are the controls of an article's page. Any other that a refusal
// speaks of stands in the editor.
var fieldsHere = map[string]bool{"note": true, "reason": true, "to": true, "person": true, "due": true, "line": true}

// copyOf prints a content in its own language and direction.
func copyOf(c news.Content, e news.Edition) copyView {
	s, err := e.Style()
	if err != nil {
		s = locale.Style{Language: e.Language}
	}
	if c.Language != "" {
		s.Language = c.Language
	}
	names := bylineLine(s, c.Bylines)
	return copyView{Kicker: c.Kicker, Headline: c.Headline, Standfirst: c.Standfirst, Byline: names, Credit: c.Credit,
		Lang: s.Language, Dir: s.Direction(), Body: bodyHTML(c, s), Empty: c.Body.Empty()}
}

// act is a button's form answered: it carries out what the address says and
// leads back to the article, or shows the article with the reason why not.
func (n *Newsroom) act(w http.ResponseWriter, r *http.Request, v visit, done string, do func(a opened, f *form, read int) error) error {
	a, f, err := n.openForm(r, v)
	if err != nil {
		return err
	}
	if err = n.ready(r.Context(), v, a, f, done); err == nil {
		err = do(a, f, int(number(f.get("read"))))
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		if a, err = n.open(r, v); err != nil {
			return err
		}
		return n.showArticle(w, r, v, a, status, f)
	}
	return seeDone(w, r, a.link(""), done)
}
