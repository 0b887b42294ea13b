package press

import (
	"time"

	"broadsheet/internal/feed"
	"broadsheet/internal/locale"
	"broadsheet/internal/store"
)

// sitemapMost is the protocol's limit of addresses in one file.
const sitemapMost = 50_000

// newsMost is the limit of a news sitemap, and newsAge how far back it goes.
const (
	newsMost = 1000
	newsAge  = 48 * time.Hour
)

func (j *job) sitemap() (*Page, error) {
	var body []byte
	var err error
	media := "application/xml; charset=utf-8"
	switch j.a.Kind {
	case SitemapIndex:
		body, err = j.sitemapIndex()
	case SitemapMonth:
		body, err = j.sitemapMonth()
	case SitemapNews:
		body, err = j.sitemapNews()
	default:
		media = "text/plain; charset=utf-8"
		body, err = j.robots()
	}
	if err != nil {
		return nil, err
	}
	return newPage(200, media, body, j.now)
}

// sitemapIndex names one sitemap for each month that has articles.
func (j *job) sitemapIndex() ([]byte, error) {
	j.tag(newestTag(j.e.ID))
	j.expires = time.Time{}
	var maps []feed.SitemapRef
	before := j.now.AddDate(0, 0, 2)
	for {
		at, err := j.store().NewestIn(j.ctx, store.List{Edition: j.e.ID}, before)
		if err != nil {
			return nil, err
		}
		if at.IsZero() {
			break
		}
		local := j.style.In(at)
		maps = append(maps, feed.SitemapRef{URL: j.absolute(Address{Kind: SitemapMonth, Year: local.Year(), Month: int(local.Month())}), LastMod: at})
		month, err := spanOf(locale.Gregorian, j.style.Zone, local.Year(), int(local.Month()), 0)
		if err != nil {
			break // a date that no month has
		}
		before = month.From
	}
	return feed.SitemapIndex(maps)
}

func (j *job) sitemapMonth() ([]byte, error) {
	j.tag(dayTag(j.e.ID, locale.Gregorian, j.a.Year, j.a.Month, 0))
	j.expires = time.Time{}
	month, err := spanOf(locale.Gregorian, j.style.Zone, j.a.Year, j.a.Month, 0)
	if err != nil {
		return nil, err
	}
	cards, err := j.store().Cards(j.ctx, store.List{Edition: j.e.ID}, month, sitemapMost)
	if err != nil {
		return nil, err
	}
	if len(cards) == 0 {
		return nil, noPage()
	}
	pages := make([]feed.Page, 0, len(cards))
	for _, c := range cards {
		if c.NoIndex {
			continue
		}
		pages = append(pages, feed.Page{URL: j.absolute(Address{Kind: Article, ID: c.ID}), LastMod: c.UpdatedAt})
	}
	return feed.Sitemap(pages)
}

// sitemapNews has the articles of the last two days; the page says something
// else when its oldest article leaves it.
func (j *job) sitemapNews() ([]byte, error) {
	j.tag(newestTag(j.e.ID))
	from := j.now.Add(-newsAge)
	cards, err := j.store().Cards(j.ctx, store.List{Edition: j.e.ID}, store.Span{From: from}, newsMost)
	if err != nil {
		return nil, err
	}
	var entries []feed.Entry
	for _, c := range cards {
		j.tag(articleTag(c.ID))
		if c.NoIndex {
			continue
		}
		entries = append(entries, feed.Entry{URL: j.absolute(Address{Kind: Article, ID: c.ID}), ID: c.ID, Title: c.Headline, Published: c.PublishedAt, Updated: c.UpdatedAt})
		j.until(c.PublishedAt.Add(newsAge + time.Microsecond))
	}
	return feed.NewsSitemap(j.e.Name, j.e.Language, entries)
}

// robots names the sitemaps of all editions on the host. The default edition's
// stands at the root of the paper's host too, where those without a host are.
func (j *job) robots() ([]byte, error) {
	j.expires = time.Time{}
	var maps, disallow []string
	for _, e := range j.p.Editions() {
		if e.Host != j.e.Host && !(j.e.Default && e.Host == "") {
			continue
		}
		for _, kind := range []Kind{SitemapIndex, SitemapNews} {
			maps = append(maps, j.p.Base(e)+Address{Kind: kind}.Path(e))
		}
		disallow = append(disallow, Address{Kind: Search}.Path(e))
	}
	return feed.Robots(maps, disallow), nil
}
