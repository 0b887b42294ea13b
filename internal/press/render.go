package press

import (
	"context"
	"fmt"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// job is one page being made: what it is of, and what it speaks of.
type job struct {
	p       *Press
	ctx     context.Context
	a       Address
	e       news.Edition
	style   locale.Style
	now     time.Time
	expires time.Time
	tags    []tag
	below   stretch

	sections []news.Section
	list     store.List        // of a feed
	declared []news.Correction // of an article, see readStory
	told     []news.Card       // the articles of its story
}

// Render makes the page at an address, without the cache. The page depends on
// the paper and the clock, and on nothing else.
func (p *Press) Render(ctx context.Context, a Address) (*Page, error) {
	page, err := p.once(ctx, a, p.o.Now(), (*job).make)
	if news.CodeOf(err) == news.NotFound {
		err = noPage() // in the same words whether there is nothing or something that is not for readers
	}
	return page, err
}

// once makes one page as it is at a time.
func (p *Press) once(ctx context.Context, a Address, now time.Time, do func(*job) (*Page, error)) (*Page, error) {
	e, ok := p.Edition(a.Edition)
	if !ok {
		return nil, news.Refuse(news.NotFound, "error.404.text", "there is no such edition")
	}
	style, err := e.Style()
	if err != nil {
		return nil, fmt.Errorf("press: edition %s: %w", e.Slug, err)
	}
	j := &job{p: p, ctx: ctx, a: a, e: e, style: style, now: now, expires: dayAfter(style.In(now)), tags: []tag{editionTag(e.ID)}}
	if j.sections, err = p.sectionsOf(ctx, e.ID); err != nil {
		return nil, err
	}
	page, err := do(j)
	if err != nil {
		return nil, err
	}
	page.tags, page.below, page.Expires = j.tags, j.below, j.expires
	page.keep = a.Kind != Search
	return page, nil
}

// make is the list of all kinds of page.
func (j *job) make() (*Page, error) {
	switch j.a.Kind {
	case Front:
		return j.front()
	case Section:
		return j.section()
	case SectionMonth:
		return j.sectionMonth()
	case Article:
		return j.article()
	case Comments:
		return j.comments()
	case Versions:
		return j.versions()
	case Request:
		return j.request()
	case Author:
		return j.author()
	case Topic:
		return j.topic()
	case Archive, ArchiveYear, ArchiveMonth, ArchiveDay:
		return j.archive()
	case Corrections:
		return j.corrections()
	case Search:
		return j.search()
	case Feed:
		return j.feed()
	case SitemapIndex, SitemapMonth, SitemapNews, Robots:
		return j.sitemap()
	case Fault:
		return j.fault(FaultView{Code: j.a.Code})
	}
	return nil, fmt.Errorf("press: no such kind of page: %d", j.a.Kind)
}

// tag notes that the page speaks of something.
func (j *job) tag(t ...tag) { j.tags = append(j.tags, t...) }

// until notes that the page says something else from t on.
func (j *job) until(t time.Time) {
	if t.After(j.now) && t.Before(j.expires) {
		j.expires = t
	}
}

func (j *job) store() *store.Store { return j.p.o.Store }

// html prints a view with a template of the theme.
func (j *job) html(status int, name string, view any) (*Page, error) {
	body, err := j.p.theme.print(name, view)
	if err != nil {
		return nil, err
	}
	return newPage(status, "text/html; charset=utf-8", body, j.now)
}

func (j *job) path(a Address) string {
	a.Edition = j.e.ID
	return a.Path(j.e)
}

func (j *job) absolute(a Address) string { return j.p.Base(j.e) + j.path(a) }

func (j *job) moment(t time.Time) Moment {
	return Moment{Text: j.style.DateTime(t), ISO: j.style.In(t).Format(time.RFC3339), Day: j.style.Date(t), Clock: j.style.Time(t)}
}

func (j *job) sectionOf(id news.SectionID) news.Section {
	for _, s := range j.sections {
		if s.ID == id {
			return s
		}
	}
	return news.Section{}
}

// flightKey joins requests for the same page. Texts are quoted: two addresses
// never have one key, whatever a reader types.
func (a Address) flightKey() string { return fmt.Sprintf("%#v", a) }
