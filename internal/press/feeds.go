package press

import (
	"slices"
	"time"

	"broadsheet/internal/feed"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// feedEntries is how many articles a feed has.
const feedEntries = 30

// feed makes a feed of the front, a section, an author or a topic.
func (j *job) feed() (*Page, error) {
	list, title, home, err := j.feedOf()
	if err != nil {
		return nil, err
	}
	cards, err := j.store().Cards(j.ctx, list, store.Span{}, feedEntries)
	if err != nil {
		return nil, err
	}
	j.list = list
	c := feed.Channel{Title: title, Description: j.style.T("feed.description", title), Language: j.e.Language, Direction: j.style.Direction(),
		HomeURL: j.absolute(home), SelfURL: j.absolute(j.a)}
	entries, err := j.entries(cards)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.Updated.After(c.Updated) {
			c.Updated = e.Updated
		}
	}
	if j.a.Format == Atom {
		if c.Gone, err = j.gone(); err != nil {
			return nil, err
		}
	}
	print, media := feed.RSS, "application/rss+xml; charset=utf-8"
	switch j.a.Format {
	case Atom:
		print, media = feed.Atom, "application/atom+xml; charset=utf-8"
	case JSON:
		print, media = feed.JSON, "application/feed+json; charset=utf-8"
	}
	body, err := print(c, entries)
	if err != nil {
		return nil, err
	}
	j.expires = time.Time{} // a feed says no date of today
	return newPage(200, media, body, j.now)
}

// goneMost is how many withdrawn articles of an edition a feed looks through.
const goneMost = 60

// gone are the withdrawn articles of the feed's list: whoever has one is told
// that it is no more.
func (j *job) gone() ([]feed.Gone, error) {
	list, err := j.store().Withdrawals(j.ctx, j.e.ID, goneMost)
	if err != nil {
		return nil, err
	}
	var out []feed.Gone
	for _, w := range list {
		switch l := j.list; {
		case len(out) == feedEntries:
		case l.Section != 0 && l.Section != w.Placing.Section, l.Topic != 0 && !slices.Contains(w.Placing.Topics, l.Topic),
			l.Byline != "" && !slices.Contains(w.Placing.Bylines, l.Byline):
		default:
			out = append(out, feed.Gone{URL: j.absolute(Address{Kind: Article, ID: w.Article}), At: j.style.In(w.Placing.PublishedAt)})
		}
	}
	return out, nil
}

// feedOf finds the list behind a feed, its title and the page it belongs to.
func (j *job) feedOf() (store.List, string, Address, error) {
	switch j.a.Of {
	case Section:
		s, err := j.store().SectionBySlug(j.ctx, j.e.ID, j.a.Slug)
		j.tag(sectionTag(s.ID))
		return store.List{Section: s.ID}, j.style.T("feed.of", j.e.Name, s.Name), Address{Kind: Section, Slug: j.a.Slug}, err
	case Author:
		j.tag(bylineTag(j.e.ID, j.a.Slug))
		name, err := j.store().BylineName(j.ctx, j.e.ID, j.a.Slug)
		return store.List{Edition: j.e.ID, Byline: j.a.Slug}, j.style.T("feed.of", j.e.Name, name), Address{Kind: Author, Slug: j.a.Slug}, err
	case Topic:
		t, err := j.store().LiveTopic(j.ctx, j.e.ID, j.a.Slug)
		j.tag(topicTag(t.ID))
		return store.List{Topic: t.ID}, j.style.T("feed.of", j.e.Name, t.Name), Address{Kind: Topic, Slug: j.a.Slug}, err
	}
	j.tag(newestTag(j.e.ID))
	return store.List{Edition: j.e.ID}, j.e.Name, Address{Kind: Front}, nil
}

func (j *job) entries(cards []news.Card) ([]feed.Entry, error) {
	out := make([]feed.Entry, 0, len(cards))
	for _, c := range cards {
		j.tag(articleTag(c.ID))
		e, err := j.entry(c)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// entry is an article as feeds give it: the whole text, the changes first.
func (j *job) entry(c news.Card) (feed.Entry, error) {
	a, err := j.store().Article(j.ctx, c.ID)
	if err != nil {
		return feed.Entry{}, err
	}
	r, err := j.store().Revision(j.ctx, c.ID, a.Live)
	if err != nil {
		return feed.Entry{}, err
	}
	e := feed.Entry{URL: j.absolute(Address{Kind: Article, ID: c.ID}), ID: c.ID, Title: r.Headline, Kicker: r.Kicker, Summary: c.Standfirst,
		Section: j.sectionOf(r.Section).Name, Credit: r.Credit, Published: a.PublishedAt, Updated: a.UpdatedAt, Language: j.e.Language}
	if r.Language != "" {
		e.Language = r.Language
	}
	dateline := j.style.Dateline(r.Dateline.Place, r.Dateline.Country, r.Dateline.Source)
	e.HTML = string(r.Body.HTML(j.htmlOptions(e.Language, j.style.Direction(), dateline)))
	e.Text = r.Body.Text()
	for _, b := range r.Bylines {
		person := feed.Author{Name: b.Name, URL: j.absolute(Address{Kind: Author, Slug: b.Slug})}
		if b.Wrote() {
			e.Authors = append(e.Authors, person)
		} else {
			e.Contributors = append(e.Contributors, feed.Contributor{Author: person, Role: b.Role})
		}
	}
	topics, err := j.store().Topics(j.ctx, r.Topics)
	if err != nil {
		return e, err
	}
	for _, t := range topics {
		e.Topics = append(e.Topics, t.Name)
	}
	changes, err := j.store().ArticleCorrections(j.ctx, c.ID)
	for _, n := range changes {
		if n.Kind.Declared() {
			e.Corrections = append(e.Corrections, feed.Correction{Kind: n.Kind, Label: j.style.T("correction." + string(n.Kind)), Note: j.noteText(n), At: n.At, Date: j.style.Date(n.At)})
		}
	}
	return e, err
}
