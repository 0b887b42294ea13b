package newsroom

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/manuscript"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// manuscriptsPage is the form for files, and what became of those that were sent.
type manuscriptsPage struct {
	frame
	Token   string
	Edition field
	Several bool // there is more than one edition to write for
	Files   []handed
	Made    string // how many drafts there are
}

// handed is one file that was sent, as the page and scripts tell of it.
type handed struct {
	Name     string   `json:"name"`
	Link     string   `json:"link,omitempty"` // of the draft; "" = none was made
	Headline string   `json:"headline,omitempty"`
	Language string   `json:"-"`
	Says     []string `json:"says,omitempty"`  // what was left out or changed
	Error    string   `json:"error,omitempty"` // why there is no draft
	Code     string   `json:"code,omitempty"`
	article  news.ID
}

// newManuscripts shows the form.
func (n *Newsroom) newManuscripts(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.showManuscripts(w, r, v, http.StatusOK, manuscriptsPage{})
}

func (n *Newsroom) showManuscripts(w http.ResponseWriter, r *http.Request, v visit, status int, p manuscriptsPage) error {
	fault := p.Fault
	p.frame = n.frame(r, v, "articles", v.style().T("desk.manuscripts.title"))
	p.Fault, p.Token, p.Several = fault, rand.Text(), len(v.editions) > 1
	f := blank(v, nil)
	list := append([]option{{Value: "0", Label: f.s.T("desk.manuscripts.by-language")}}, editionChoices(v)...)
	p.Edition = f.field("select", "edition", choices(list))
	return n.send(w, status, "manuscripts", p)
}

// takeManuscripts makes a draft of each file. One that cannot be read does not
// stop the others. The same form sent twice makes each draft once.
func (n *Newsroom) takeManuscripts(w http.ResponseWriter, r *http.Request, v visit) error {
	sent, err := web.Files(w, r, manuscript.MaxFile)
	if err != nil {
		return err
	}
	defer sent.Close()
	if len(v.editions) == 0 {
		return news.Refuse(news.Conflict, "error.setup.waiting", "there is no edition to write for")
	}
	s := v.style()
	if len(sent.Files) == 0 {
		err := news.Refuse(news.Invalid, "error.manuscript.none", "there is no file")
		if asksJSON(r) {
			return err
		}
		p := manuscriptsPage{}
		p.Fault = web.Sentence(err, s)
		return n.showManuscripts(w, r, v, web.Status(err), p)
	}
	var p manuscriptsPage
	made := 0
	for _, f := range sent.Files {
		h := n.takeManuscript(r.Context(), v, sent.Values.Get("token"), sent.Values.Get("edition"), f)
		if r.Context().Err() != nil {
			return r.Context().Err()
		}
		if h.Error == "" {
			made++
		}
		p.Files = append(p.Files, h)
	}
	status := http.StatusOK
	if made == 0 {
		status = http.StatusUnprocessableEntity
	}
	if asksJSON(r) {
		return sendJSON(w, status, map[string]any{"files": p.Files})
	}
	p.Made = s.T("desk.manuscripts.made", made)
	return n.showManuscripts(w, r, v, status, p)
}

// takeManuscript makes a draft of one file, or says why not.
func (n *Newsroom) takeManuscript(ctx context.Context, v visit, token, edition string, f web.File) handed {
	h := handed{Name: f.Name}
	if err := n.draftOf(ctx, v, token, edition, f, &h); err != nil {
		told := faultOf(err, v)
		h = handed{Name: f.Name, Error: told.Error, Code: told.Code}
		if web.Status(err) >= http.StatusInternalServerError {
			n.log.Error("a manuscript could not be kept", "error", err)
		}
	}
	return h
}

func (n *Newsroom) draftOf(ctx context.Context, v visit, token, edition string, f web.File, h *handed) error {
	if f.Err != nil {
		return f.Err
	}
	m, err := manuscript.Read(f.Name, f, f.Size)
	if err != nil {
		return err
	}
	e := editionFor(v, edition, m.Language)
	if err := n.keepPictures(ctx, v, &m); err != nil {
		return err
	}
	content, err := contentOf(v, e, &m)
	if err != nil {
		return err
	}
	if token, err = formToken(v, token, f); err != nil {
		return err
	}
	if h.article, err = n.desk.Create(ctx, v.person.ID, e.ID, desk.Copy{Content: content}, token); err != nil {
		return err
	}
	h.Link, h.Headline = "/articles/"+h.article.String()+"/edit", cmp.Or(m.Headline, v.style().T("desk.untitled"))
	h.Language = cmp.Or(content.Language, e.Language)
	h.Says = sayReports(v, m.Reports)
	return n.noteReports(ctx, v, token, *h)
}

// editionFor is the edition that was chosen, else the first that is written in
// the manuscript's language, else the first of all.
func editionFor(v visit, chosen, language string) news.Edition {
	if e := v.edition(news.EditionID(number(chosen))); e.ID != 0 {
		return e
	}
	for _, e := range v.editions {
		if language != "" && e.Language == language {
			return e
		}
	}
	return v.editions[0]
}

// keepPictures keeps the pictures and shows them under their own address. One
// that cannot be kept is left out, and told with what was said of it.
func (n *Newsroom) keepPictures(ctx context.Context, v visit, m *manuscript.Manuscript) error {
	kept, lost := map[string]news.Media{}, map[string]string{}
	for _, p := range m.Pictures {
		one, err := n.media.Keep(ctx, v.person.ID, pictureName(p.Name, v.person), p.Data)
		switch news.CodeOf(err) {
		case "":
			if err != nil {
				return err
			}
			kept[p.Src] = one
		case news.Invalid, news.TooLarge:
			lost[p.Src] = p.Name + ": " + web.Sentence(err, v.style())
		default:
			return err
		}
	}
	for _, p := range m.Body.Pictures() {
		if why := lost[p.Src]; why != "" {
			m.Reports = append(m.Reports, manuscript.Report{Kind: manuscript.PictureLost, Text: strings.Join(strings.Fields(why+" "+p.Alt+" "+p.Caption), " ")})
		}
	}
	m.Body = m.Body.DropPictures(func(p doc.Picture) bool { return lost[p.Src] != "" }).EachPicture(func(p *doc.Picture) {
		if one, ok := kept[p.Src]; ok {
			p.Src, p.Width, p.Height = one.Src(), one.Width, one.Height
		}
	}).Normal()
	m.Pictures = nil
	return nil
}

// contentOf is the draft's first revision.
func contentOf(v visit, e news.Edition, m *manuscript.Manuscript) (news.Content, error) {
	c := news.Content{Headline: m.Headline, Standfirst: m.Standfirst, Bylines: news.ParseBylines(cmp.Or(m.Byline, v.person.Name)), Urgency: 4}
	if m.Language != "" && m.Language != e.Language {
		c.Language = m.Language
	}
	c.Body = m.Body.In(cmp.Or(c.Language, e.Language), "")
	if err := c.Validate(); err == nil || m.Byline == "" {
		return c, err
	}
	m.Reports = append(m.Reports, manuscript.Report{Kind: manuscript.LeftOut, Text: m.Byline})
	c.Bylines = news.ParseBylines(v.person.Name)
	return c, c.Validate()
}

// formToken names the draft of one file of one form: what was sent again is
// known by it. A form without a token makes a draft each time.
func formToken(v visit, token string, f web.File) (string, error) {
	if token == "" {
		return rand.Text(), nil
	}
	sum := sha256.New()
	sum.Write([]byte("manuscript\x00" + strconv.FormatInt(int64(v.person.ID), 10) + "\x00" + token + "\x00" + f.Name + "\x00"))
	_, err := io.Copy(sum, io.NewSectionReader(f, 0, f.Size))
	return hex.EncodeToString(sum.Sum(nil)), err
}

// sayReports puts reports into the desk's words, one line each.
func sayReports(v visit, reports []manuscript.Report) []string {
	var out []string
	for _, r := range reports {
		line := v.style().T("desk.manuscript." + string(r.Kind))
		if r.Text != "" {
			line += " " + r.Text
		}
		if !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// noteReports writes what was left out into the draft's margin, where it stays
// until somebody has dealt with it.
func (n *Newsroom) noteReports(ctx context.Context, v visit, token string, h handed) error {
	if len(h.Says) == 0 {
		return nil
	}
	text := v.style().T("desk.manuscript.note", h.Name) + "\n" + strings.Join(h.Says, "\n")
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "@", "@ ") // it calls nobody
	for i, part := range inNotes(text) {
		c := desk.NoteCopy{Text: part, Token: token + " " + strconv.Itoa(i)}
		if _, err := n.desk.AddNote(ctx, v.person.ID, h.article, c); err != nil {
			return err
		}
	}
	return nil
}

// inNotes cuts a text into pieces that a note takes.
func inNotes(text string) []string {
	var out []string
	for utf8.RuneCountInString(text) > news.MaxNote {
		runes := []rune(text)
		cut := string(runes[:news.MaxNote])
		if i := strings.LastIndexAny(cut, "\n "); i > len(cut)/2 {
			cut = cut[:i]
		}
		out, text = append(out, cut), strings.TrimSpace(text[len(cut):])
	}
	if strings.TrimSpace(text) != "" {
		out = append(out, text)
	}
	return out
}
