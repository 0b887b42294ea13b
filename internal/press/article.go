package press

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/feed"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// nextMost is among how many articles below it a page chooses what to read next.
const nextMost = 10

// soFarMost is how many earlier articles a page that tells the story so far lists.
const soFarMost = 20

// shownComments are printed with the article; the others on pages of their own.
const shownComments = 50

func (j *job) article() (*Page, error) {
	j.tag(articleTag(j.a.ID), talkTag(j.a.ID))
	a, err := j.store().Article(j.ctx, j.a.ID)
	if err != nil {
		return nil, err
	}
	if a.Edition == j.e.ID && a.State == news.Killed {
		return j.killed(a)
	}
	if a.Edition != j.e.ID || !a.Public() {
		return nil, noPage()
	}
	r, err := j.store().Revision(j.ctx, a.ID, a.Live)
	if err != nil {
		return nil, err
	}
	if err := j.readStory(a); err != nil {
		return nil, err
	}
	v := j.articleView(a, r)
	v.Index, v.Request = !a.NoIndex, j.path(Address{Kind: Request, ID: a.ID})
	for _, fill := range []func(*ArticleView, news.Article, news.Revision) error{j.notes, j.topics, j.relatives, j.talk, j.alternates} {
		if err := fill(&v, a, r); err != nil {
			return nil, err
		}
	}
	if err := j.describe(&v, a, r); err != nil {
		return nil, err
	}
	return j.html(200, "article", v)
}

// articleView fills in what the revision itself says.
func (j *job) articleView(a news.Article, r news.Revision) ArticleView {
	v := ArticleView{
		Frame: j.frame("article", r.Headline+" – "+j.e.Name), ID: a.ID.String(), NewsID: j.style.Figures(a.ID.String()),
		Path: j.path(Address{Kind: Article, ID: a.ID}), Kicker: r.Kicker, Headline: r.Headline, Standfirst: r.Standfirst,
		Authors: j.authors(r.Bylines), Section: j.sectionLink(j.sectionOf(r.Section)), Opinion: j.sectionOf(r.Section).Opinion,
		Published: j.moment(a.PublishedAt), Credit: r.Credit,
		Dateline: j.style.Dateline(r.Dateline.Place, r.Dateline.Country, r.Dateline.Source),
		Language: j.e.Language, Direction: j.style.Direction(),
	}
	if language, direction := j.foreign(r.Language); language != "" {
		v.Language, v.Direction = language, direction
	}
	if list := news.Writers(r.Bylines); len(list) > 0 {
		v.ByLine = j.style.T("article.by", j.style.List(news.BylineNames(list)))
	}
	if a.UpdatedAt.Sub(a.PublishedAt) >= time.Minute {
		updated := j.moment(a.UpdatedAt)
		v.Updated = &updated
	}
	v.Labels = j.labels(a.Labels)
	if a.Live > max(1, a.VersionsFrom) {
		v.Versions = j.path(Address{Kind: Versions, ID: a.ID})
	}
	v.Body = r.Body.HTML(j.htmlOptions(v.Language, v.Direction, v.Dateline))
	v.ReadingTime = j.style.T("article.reading-time", max(1, (r.Body.Words()+100)/200))
	return v
}

// readStory reads what several parts of the page tell, once: the declared
// changes of the article, and the articles of its story.
func (j *job) readStory(a news.Article) error {
	changes, err := j.store().ArticleCorrections(j.ctx, a.ID)
	if err != nil {
		return err
	}
	j.declared = slices.DeleteFunc(changes, func(c news.Correction) bool { return !c.Kind.Declared() })
	if a.Story == 0 {
		return nil
	}
	j.tag(storyTag(a.Story))
	j.told, err = j.store().Cards(j.ctx, store.List{Story: a.Story}, store.Span{}, 30)
	return err
}

func (j *job) notes(v *ArticleView, _ news.Article, _ news.Revision) error {
	for _, c := range j.declared {
		v.Notes = append(v.Notes, j.note(c))
	}
	return nil
}

func (j *job) note(c news.Correction) Note {
	return Note{Kind: string(c.Kind), Label: j.style.T("correction." + string(c.Kind)), Text: c.Note, Moved: j.moved(c), At: j.moment(c.At),
		Headline: c.Headline, Path: j.path(Address{Kind: Article, ID: c.Article})}
}

// moved says that a report comes from another place than before.
func (j *job) moved(c news.Correction) string {
	m := c.Moved()
	if m == nil || m.Before == "" || m.After == "" {
		return ""
	}
	return j.style.T("correction.moved", m.After, m.Before)
}

// labels are the labels that are printed now; the page ends with the first of
// them.
func (j *job) labels(l news.Labels) []LabelView {
	var out []LabelView
	for _, k := range news.LabelKinds() {
		if l.Shown(k, j.now) {
			j.until(l.Ends(k))
			out = append(out, LabelView{Kind: string(k), Text: j.style.T("label." + string(k))})
		}
	}
	return out
}

func (j *job) topics(v *ArticleView, _ news.Article, r news.Revision) error {
	topics, err := j.store().Topics(j.ctx, r.Topics)
	for _, t := range topics {
		v.Topics = append(v.Topics, TopicLink{Name: t.Name, Path: j.path(Address{Kind: Topic, Slug: t.Slug})})
	}
	return err
}

// relatives are the other articles of the story, articles that share a topic,
// and what stands below this one in its section. No article stands twice.
func (j *job) relatives(v *ArticleView, a news.Article, r news.Revision) error {
	used := map[news.ID]bool{a.ID: true}
	if a.Labels.Shown(news.LabelSoFar, j.now) {
		v.SoFar = j.cards(j.take(j.told, used, soFarMost, func(c news.Card) bool { return c.Edition == j.e.ID && c.PublishedAt.Before(a.PublishedAt) }))
		slices.Reverse(v.SoFar)
	}
	v.Story = j.cards(j.take(j.told, used, 6, func(c news.Card) bool { return c.Edition == j.e.ID }))
	var shared []news.Card
	for _, t := range r.Topics {
		j.tag(topicTag(t))
		list, err := j.store().Cards(j.ctx, store.List{Topic: t}, store.Span{}, 6)
		if err != nil {
			return err
		}
		shared = append(shared, list...)
	}
	v.Related = j.cards(j.take(shared, used, 4, func(news.Card) bool { return true }))
	older, err := j.store().Older(j.ctx, r.Section, news.Place{At: a.PublishedAt, ID: int64(a.ID)}, nextMost)
	if err != nil {
		return err
	}
	// An import or a correction may put an article in between.
	j.tag(belowTag(r.Section))
	if j.below.to = a.PublishedAt.Add(time.Microsecond); len(older) == nextMost {
		j.below.from = older[nextMost-1].PublishedAt
	}
	v.Next = j.cards(j.take(older, used, 4, func(news.Card) bool { return true }))
	return nil
}

// alternates are the story's articles in other editions: translations.
func (j *job) alternates(v *ArticleView, a news.Article, r news.Revision) error {
	if a.Story == 0 {
		return nil
	}
	newest := map[news.EditionID]news.Card{}
	for _, c := range j.told {
		if _, seen := newest[c.Edition]; !seen && c.Edition != j.e.ID {
			newest[c.Edition] = c
		}
	}
	own := Alternate{Language: j.e.Language, URL: v.Canonical}
	other := Alternate{Language: "x-default"} // of the first edition that tells the story: the same on all its pages
	said := map[string]bool{j.e.Language: true}
	for _, e := range j.p.Editions() {
		c, ok := newest[e.ID]
		at := Address{Kind: Article, Edition: e.ID, ID: c.ID}
		switch {
		case other.URL == "" && e.ID == j.e.ID:
			other.URL = own.URL
		case other.URL == "" && ok:
			other.URL = j.p.Base(e) + at.Path(e)
		}
		if !ok || said[e.Language] {
			continue // a language has one page
		}
		said[e.Language] = true
		j.tag(articleTag(c.ID))
		v.Alternates = append(v.Alternates, Alternate{Language: e.Language, URL: j.p.Base(e) + at.Path(e), Path: j.reach(e, at),
			Name: locale.LanguageName(e.Language), Headline: c.Headline})
	}
	if len(v.Alternates) > 0 {
		v.Alternates = append(append([]Alternate{own}, v.Alternates...), other)
	}
	return nil
}

// describe fills in what machines read: Open Graph and JSON-LD.
func (j *job) describe(v *ArticleView, a news.Article, r news.Revision) error {
	v.About = r.Standfirst
	if v.About == "" {
		v.About = firstRunes(r.Body.Text(), 200)
	}
	g := &v.Graph
	g.Type, g.Title, g.Description, g.Section = "article", r.Headline, v.About, v.Section.Name
	g.Published, g.Modified = v.Published.ISO, j.style.In(a.UpdatedAt).Format(time.RFC3339)
	g.Authors = news.BylineNames(news.Writers(r.Bylines))
	ld := feed.LD{URL: v.Canonical, Headline: r.Headline, Description: v.About, Published: a.PublishedAt, Modified: a.UpdatedAt, Language: v.Language,
		Section: v.Section.Name, Dateline: strings.Join(nonEmpty(r.Dateline.Place, r.Dateline.Country), j.comma()), Credit: r.Credit, ID: a.ID,
		Publisher: feed.Publisher{Name: j.e.Name, URL: j.absolute(Address{Kind: Front}), CorrectionsPolicy: j.absolute(Address{Kind: Corrections})},
		PartOf:    feed.Author{Name: j.e.Name, URL: j.absolute(Address{Kind: Front})}}
	if v.Opinion {
		ld.Type = "OpinionNewsArticle"
	}
	for _, b := range v.Authors {
		person := feed.Author{Name: b.Name, URL: j.p.Base(j.e) + b.Path}
		if b.Role == "" {
			ld.Authors = append(ld.Authors, person)
		} else {
			ld.Contributors = append(ld.Contributors, person)
		}
	}
	for _, t := range v.Topics {
		g.Tags, ld.Keywords = append(g.Tags, t.Name), append(ld.Keywords, t.Name)
	}
	for _, c := range j.declared {
		ld.Corrections = append(ld.Corrections, feed.Correction{Kind: c.Kind, Label: j.style.T("correction." + string(c.Kind)), Note: j.noteText(c), At: c.At, Date: j.style.Date(c.At)})
	}
	var err error
	v.LD, err = feed.NewsArticleLD(ld)
	return err
}

// htmlOptions is how bodies are printed in the edition.
func (j *job) htmlOptions(language, direction, dateline string) doc.HTMLOptions {
	o := doc.HTMLOptions{Lang: language, Dir: direction, Dateline: dateline, OwnPicturesOnly: true, Notes: doc.NoteWords{
		Title: j.style.T("article.footnotes"), Label: j.style.T("article.footnote"), Back: j.style.T("article.footnote.back"),
		Number: func(n int) string { return j.style.Number(int64(n)) }}}
	if u, err := url.Parse(j.p.Base(j.e)); err == nil {
		o.OwnHosts = []string{strings.ToLower(u.Host)}
	}
	return o
}

// comma parts place and country in the edition's script.
func (j *job) comma() string {
	if j.style.Direction() == "rtl" {
		return "، "
	}
	return ", "
}

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func firstRunes(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most]) + "…"
}

// noteText is a note as machines read it: with what moved.
func (j *job) noteText(c news.Correction) string {
	return strings.Join(nonEmpty(c.Note, j.moved(c)), " ")
}

// killed is the page that stays at the address of a withdrawn article: 410, or
// 451 (RFC 7725) where it was taken down and may say so.
func (j *job) killed(a news.Article) (*Page, error) {
	at := j.moment(a.Kill.At)
	v := FaultView{Code: 410, Note: a.Kill.Note, At: &at, NewsID: j.style.Figures(a.ID.String())}
	if a.Sealed {
		t, err := j.store().TakeDown(j.ctx, a.ID)
		if err != nil {
			return nil, err
		}
		if t.Legal {
			v.Code = 451
		}
	}
	return j.fault(v)
}
