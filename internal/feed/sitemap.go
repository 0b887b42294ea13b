package feed

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// Limits of sitemaps.org 0.9 and of Google's news sitemaps.
const (
	MaxSitemap     = 50_000 // addresses in a sitemap, sitemaps in an index
	MaxNewsSitemap = 1_000  // articles in a news sitemap
)

// SitemapRef points an index to one sitemap.
type SitemapRef struct {
	URL     string    // absolute
	LastMod time.Time // zero = not said
}

// Page is one address in a sitemap.
type Page struct {
	URL        string      // canonical, absolute
	LastMod    time.Time   // zero = not said
	Alternates []Alternate // the same story in all its languages, this one too
}

// Alternate is a page in another language; Lang is BCP 47 or "x-default".
type Alternate struct{ Lang, URL string }

// SitemapIndex writes the list of a paper's sitemaps (sitemaps.org 0.9), at
// most MaxSitemap of them.
func SitemapIndex(maps []SitemapRef) ([]byte, error) {
	if len(maps) > MaxSitemap {
		return nil, fmt.Errorf("sitemap index: %d sitemaps are more than the %d it may list", len(maps), MaxSitemap)
	}
	index := sitemapIndex{}
	for _, m := range maps {
		loc, err := address(m.URL)
		if err != nil {
			return nil, fmt.Errorf("sitemap index: %w", err)
		}
		index.Maps = append(index.Maps, sitemapLoc{Loc: loc, LastMod: modified(m.LastMod)})
	}
	return document(index)
}

// Sitemap writes pages with their other languages (sitemaps.org 0.9 and
// xhtml:link), at most MaxSitemap of them.
func Sitemap(pages []Page) ([]byte, error) {
	if len(pages) > MaxSitemap {
		return nil, fmt.Errorf("sitemap: %d pages are more than the %d it may list", len(pages), MaxSitemap)
	}
	set := urlSet{}
	for _, p := range pages {
		loc, err := address(p.URL)
		if err != nil {
			return nil, fmt.Errorf("sitemap: %w", err)
		}
		entry := sitemapURL{sitemapLoc: sitemapLoc{Loc: loc, LastMod: modified(p.LastMod)}}
		for _, a := range p.Alternates {
			href, err := address(a.URL)
			if err != nil {
				return nil, fmt.Errorf("sitemap, %s in %q: %w", loc, a.Lang, err)
			}
			set.XHTML = "http://www.w3.org/1999/xhtml"
			entry.Alternates = append(entry.Alternates, xhtmlLink{Rel: "alternate", Lang: line(a.Lang), Href: href})
		}
		set.URLs = append(set.URLs, entry)
	}
	return document(set)
}

// NewsSitemap writes Google's news sitemap of one publication. It lists
// articles of the last two days and at most MaxNewsSitemap of them; the caller
// selects, since the time is the caller's to know. language is the edition's;
// an article in another one says so itself.
func NewsSitemap(publication, language string, entries []Entry) ([]byte, error) {
	if len(entries) > MaxNewsSitemap {
		return nil, fmt.Errorf("news sitemap: %d articles are more than the %d it may list", len(entries), MaxNewsSitemap)
	}
	set := urlSet{News: "http://www.google.com/schemas/sitemap-news/0.9"}
	for _, e := range entries {
		loc, err := address(e.URL)
		if err != nil {
			return nil, fmt.Errorf("news sitemap: %w", err)
		}
		spoken, _, _ := strings.Cut(e.language(Channel{Language: language}), "-")
		set.URLs = append(set.URLs, sitemapURL{
			sitemapLoc: sitemapLoc{Loc: loc, LastMod: modified(e.changed())},
			News: &newsEntry{
				Publication: newsPublication{Name: line(publication), Language: line(spoken)},
				Date:        stamp(e.Published),
				Title:       line(e.Title),
			},
		})
	}
	return document(set)
}

// Robots writes robots.txt (RFC 9309): everyone may read everything but the
// paths in disallow, and finds the sitemaps (absolute addresses) there.
func Robots(sitemaps []string, disallow []string) []byte {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range disallow {
		b.WriteString("Disallow: " + encode(path) + "\n")
	}
	if len(disallow) == 0 {
		b.WriteString("Allow: /\n")
	}
	for i, s := range sitemaps {
		if i == 0 {
			b.WriteString("\n")
		}
		b.WriteString("Sitemap: " + encode(s) + "\n")
	}
	return []byte(b.String())
}

func modified(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t)
}

type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []sitemapLoc `xml:"sitemap"`
}

type sitemapLoc struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr,omitempty"`
	News    string       `xml:"xmlns:news,attr,omitempty"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	sitemapLoc
	Alternates []xhtmlLink `xml:"xhtml:link"`
	News       *newsEntry  `xml:"news:news"`
}

type xhtmlLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

type newsEntry struct {
	Publication newsPublication `xml:"news:publication"`
	Date        string          `xml:"news:publication_date"`
	Title       string          `xml:"news:title"`
}

type newsPublication struct {
	Name     string `xml:"news:name"`
	Language string `xml:"news:language"`
}
