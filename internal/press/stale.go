package press

import (
	"context"
	"fmt"
	"slices"
	"sync"

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
		tags = append(tags, sectionTag(id))
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

// RoomName is the name under which the press keeps its place among the events.
const RoomName = "press"

// Handle makes stale what an event changed. When it returns, no reader is
// given an older page any more. Handling an event twice does no harm.
func (p *Press) Handle(ctx context.Context, e news.Event) error {
	if e.Kind == news.EventEdition {
		if err := p.loadEditions(ctx); err != nil {
			return err
		}
	}
	tags := p.tagsOf(e)
	if len(tags) == 0 {
		return nil
	}
	again := p.index.spoil(tags)
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

// Forget drops every page: for when events may have been missed.
func (p *Press) Forget() {
	p.index.spoilAll()
}

// tagIndex knows which kept pages carry which tag, and which renders are
// under way.
type tagIndex struct {
	mu      sync.Mutex
	pages   map[tag]map[Address]*Page
	renders map[*render]struct{}
}

// render is a page being made; missed are the tags spoilt meanwhile.
type render struct {
	missed map[tag]struct{}
	all    bool
}

func (x *tagIndex) init() {
	x.pages = map[tag]map[Address]*Page{}
	x.renders = map[*render]struct{}{}
}

func (x *tagIndex) begin() *render {
	x.mu.Lock()
	defer x.mu.Unlock()
	r := &render{missed: map[tag]struct{}{}}
	x.renders[r] = struct{}{}
	return r
}

func (x *tagIndex) end(r *render) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.renders, r)
}

// keep enters a finished page under its tags.
func (x *tagIndex) keep(r *render, a Address, page *Page, set func()) {
	x.mu.Lock()
	delete(x.renders, r)
	stale := r.all
	for _, t := range page.tags {
		if _, missed := r.missed[t]; missed {
			stale = true
		}
		m := x.pages[t]
		if m == nil {
			m = map[Address]*Page{}
			x.pages[t] = m
		}
		m[a] = page
	}
	page.stale.Store(stale)
	x.mu.Unlock()
	set()
}

// forget takes an evicted page out of the index, unless a newer one has its place.
func (x *tagIndex) forget(a Address, page *Page) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, t := range page.tags {
		if m := x.pages[t]; m[a] == page {
			delete(m, a)
			if len(m) == 0 {
				delete(x.pages, t)
			}
		}
	}
}

// spoil marks the pages of the tags as stale and returns their addresses.
func (x *tagIndex) spoil(tags []tag) []Address {
	x.mu.Lock()
	defer x.mu.Unlock()
	var again []Address
	for _, t := range tags {
		for r := range x.renders {
			r.missed[t] = struct{}{}
		}
		for a, page := range x.pages[t] {
			if page.stale.CompareAndSwap(false, true) {
				again = append(again, a)
			}
		}
	}
	return again
}

func (x *tagIndex) spoilAll() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for r := range x.renders {
		r.all = true
	}
	for _, m := range x.pages {
		for _, page := range m {
			page.stale.Store(true)
		}
	}
}
