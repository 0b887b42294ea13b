package press

import (
	"fmt"
	"net/url"
	"strconv"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// Kind is a kind of public page.
type Kind uint8

// The kinds of public page.
const (
	Front Kind = iota + 1
	Section
	SectionMonth
	Article
	Comments
	Versions
	Author
	Topic
	Archive
	ArchiveYear
	ArchiveMonth
	ArchiveDay
	Corrections
	Search // never cached: it depends on the question
	Feed
	SitemapIndex
	SitemapMonth
	SitemapNews
	Robots
	Fault   // an error page; Code says which
	Request // the form with which a reader asks for an article to be changed or removed
)

// Format is a feed's format.
type Format string

// The three formats of every feed.
const (
	RSS  Format = "xml"
	Atom Format = "atom"
	JSON Format = "json"
)

// Address names one public page. It is comparable: it is the key under which
// the page is kept. Two addresses of one page do not exist.
type Address struct {
	Kind     Kind
	Edition  news.EditionID
	ID       news.ID // Article, Comments, Versions; Corrections: with After, the change that stands above the page
	Slug     string  // Section, Author, Topic, and the Feed of one
	Of       Kind    // Feed: what it is of: Front, Section, Author or Topic
	Format   Format  // Feed
	Calendar locale.Calendar
	Year     int
	Month    int
	Day      int
	After    int // Comments: after that place; Corrections: that change's revision
	Code     int // Fault: the status
	Query    Query
}

// Query is a reader's question to the archive.
type Query struct {
	Text     string
	Section  string // slug
	From, To string // as typed: 2026-03-14
	Best     bool
	Below    int64
}

// Path returns the page's address within its host, with the edition's prefix.
func (a Address) Path(e news.Edition) string {
	base := e.Prefix()
	slug := url.PathEscape(a.Slug)
	switch a.Kind {
	case Front:
		return base + "/"
	case Section:
		return base + "/section/" + slug
	case SectionMonth:
		return fmt.Sprintf("%s/section/%s/%04d/%02d", base, slug, a.Year, a.Month)
	case Article:
		return base + "/news/" + a.ID.String()
	case Comments:
		return base + "/news/" + a.ID.String() + "/comments" + after(a.After)
	case Versions:
		return base + "/news/" + a.ID.String() + "/versions"
	case Request:
		return base + "/news/" + a.ID.String() + "/request"
	case Author:
		return base + "/author/" + slug
	case Topic:
		return base + "/topic/" + slug
	case Archive, ArchiveYear, ArchiveMonth, ArchiveDay:
		return base + a.archivePath()
	case Corrections:
		if a.ID == 0 {
			return base + "/corrections"
		}
		return base + "/corrections?after=" + a.ID.String() + "-" + strconv.Itoa(a.After)
	case Search:
		return base + "/search" + a.Query.encode()
	case Feed:
		return base + a.feedPath()
	case SitemapIndex:
		return base + "/sitemap.xml"
	case SitemapMonth:
		return fmt.Sprintf("%s/sitemap-%04d-%02d.xml", base, a.Year, a.Month)
	case SitemapNews:
		return base + "/sitemap-news.xml"
	case Robots:
		return "/robots.txt"
	}
	return base + "/"
}

func after(n int) string {
	if n == 0 {
		return ""
	}
	return "?after=" + strconv.Itoa(n)
}

func (a Address) archivePath() string {
	path := "/archive"
	if a.Calendar != "" && a.Calendar != locale.Gregorian {
		path += "/" + a.Calendar.Slug()
	}
	if a.Kind >= ArchiveYear {
		path += fmt.Sprintf("/%04d", a.Year)
	}
	if a.Kind >= ArchiveMonth {
		path += fmt.Sprintf("/%02d", a.Month)
	}
	if a.Kind >= ArchiveDay {
		path += fmt.Sprintf("/%02d", a.Day)
	}
	return path
}

func (a Address) feedPath() string {
	name := "/feed." + string(a.Format)
	switch a.Of {
	case Section:
		return "/section/" + url.PathEscape(a.Slug) + name
	case Author:
		return "/author/" + url.PathEscape(a.Slug) + name
	case Topic:
		return "/topic/" + url.PathEscape(a.Slug) + name
	}
	return name
}

func (q Query) encode() string {
	v := url.Values{}
	for _, field := range []struct{ name, value string }{{"q", q.Text}, {"section", q.Section}, {"from", q.From}, {"to", q.To}} {
		if field.value != "" {
			v.Set(field.name, field.value)
		}
	}
	if q.Best {
		v.Set("order", "best")
	}
	if q.Below != 0 {
		v.Set("below", strconv.FormatInt(q.Below, 10))
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}
