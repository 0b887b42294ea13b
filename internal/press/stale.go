package press

import (
	"context"
	"fmt"
	"slices"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// tag is something a page speaks of. An event names tags; pages that carry
// one of them are stale.
type tag struct {
	kind string
	id   int64
	name string
}

func editionTag(id news.EditionID) tag { return tag{kind: "edition", id: int64(id)} } // its settings and sections
func newestTag(id news.EditionID) tag  { return tag{kind: "newest", id: int64(id)} }  // its list of all articles
func articleTag(id news.ID) tag        { return tag{kind: "article", id: int64(id)} }
func talkTag(id news.ID) tag           { return tag{kind: "talk", id: int64(id)} } // its comments
func sectionTag(id news.SectionID) tag { return tag{kind: "section", id: int64(id)} }
func topicTag(id news.TopicID) tag     { return tag{kind: "topic", id: int64(id)} }
func storyTag(id news.StoryID) tag     { return tag{kind: "story", id: int64(id)} }

// belowTag is what stands below an article in its section. A page minds only
// what happens within a stretch of time: see Page.below.
func belowTag(id news.SectionID) tag { return tag{kind: "below", id: int64(id)} }

func correctionsTag(id news.EditionID) tag {
	return tag{kind: "corrections", id: int64(id)}
}
func bylineTag(id news.EditionID, slug string) tag {
	return tag{kind: "byline", id: int64(id), name: slug}
}

// dayTag is a day, month (day 0) or year (month 0) of an edition's archive.
func dayTag(id news.EditionID, c locale.Calendar, year, month, day int) tag {
	return tag{kind: "day", id: int64(id), name: fmt.Sprintf("%s %d-%d-%d", c.Slug(), year, month, day)}
}

// tagsOf are the tags of an event: all that readers may see differently.
func (p *Press) tagsOf(e news.Event) []tag {
	switch e.Kind {
	case news.EventDecided, news.EventCommented:
		if e.Touched.Public {
			return []tag{talkTag(e.Article)}
		}
		return nil
	case news.EventEdition:
		tags := make([]tag, 0, 4)
		for _, edition := range p.Editions() {
			tags = append(tags, editionTag(edition.ID)) // every page links to all editions
		}
		return tags
	}
	if !e.Touched.Public {
		return nil
	}
	tags := []tag{articleTag(e.Article)}
	for _, id := range e.Touched.Articles {
		tags = append(tags, articleTag(id))
	}
	if e.Touched.Story != 0 {
		tags = append(tags, storyTag(e.Touched.Story))
	}
	if e.Kind == news.EventSettings {
		return tags
	}
	return append(tags, p.listTags(e)...)
}

func (p *Press) listTags(e news.Event) []tag {
	tags := []tag{newestTag(e.Edition), correctionsTag(e.Edition)}
	for _, id := range e.Touched.Sections {
		tags = append(tags, sectionTag(id), belowTag(id))
	}
	for _, id := range e.Touched.Topics {
		tags = append(tags, topicTag(id))
	}
	for _, slug := range e.Touched.Bylines {
		tags = append(tags, bylineTag(e.Edition, slug))
	}
	edition, ok := p.Edition(e.Edition)
	if !ok {
		return tags
	}
	style, err := edition.Style()
	if err != nil {
		return tags
	}
	for _, at := range e.Touched.At {
		for _, c := range calendarsOf(edition) {
			d := c.FromTime(style.In(at))
			tags = append(tags, dayTag(edition.ID, c, d.Year, d.Month, d.Day), dayTag(edition.ID, c, d.Year, d.Month, 0),
				dayTag(edition.ID, c, d.Year, 0, 0), dayTag(edition.ID, c, 0, 0, 0))
		}
	}
	return tags
}

// calendarsOf are the calendars in which an edition's archive has addresses.
func calendarsOf(e news.Edition) []locale.Calendar {
	if e.Calendar == locale.Gregorian || e.Calendar == "" {
		return []locale.Calendar{locale.Gregorian}
	}
	return []locale.Calendar{e.Calendar, locale.Gregorian}
}

// Handle makes stale what an event changed. When it returns, no reader is
// given an older page any more. Handling an event twice does no harm.
func (p *Press) Handle(ctx context.Context, e news.Event) error {
	if e.Kind == news.EventEdition {
		if err := p.loadEditions(ctx); err != nil {
			return err
		}
	}
	c := change{tags: p.tagsOf(e), at: e.Touched.At}
	if len(c.tags) == 0 {
		return nil
	}
	if e.Kind == news.EventKilled || e.Kind == news.EventTakenDown {
		c.void = articleTag(e.Article)
	}
	again := slices.DeleteFunc(p.index.spoil(c), func(a Address) bool { return !soon(a, e) })
	slices.SortFunc(again, func(a, b Address) int { return int(a.Kind) - int(b.Kind) })
	for _, a := range again {
		select {
		case p.hot <- a:
		default:
			return nil // the rest is rendered when it is asked for
		}
	}
	return nil
}

// soon reports whether readers will ask for a page next. The others wait until
// somebody does: an archive's worth of them may be stale after one event.
func soon(a Address, e news.Event) bool {
	switch a.Kind {
	case Front, Section, Feed, SitemapIndex, SitemapNews:
		return true
	}
	return a.ID != 0 && a.ID == e.Article
}

// Forget drops every page: for when events may have been missed.
func (p *Press) Forget() { p.index.spoilAll() }
