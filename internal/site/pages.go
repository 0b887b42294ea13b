package site

import (
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/press"
	"broadsheet/internal/web"
)

// door is the public door of one edition.
type door struct {
	*Site
	e news.Edition
}

// page sends the page at an address.
func (d *door) page(w http.ResponseWriter, r *http.Request, a press.Address) error {
	a.Edition = d.e.ID
	p, err := d.o.Press.Page(r.Context(), a)
	if err != nil {
		return err
	}
	return send(w, r, p)
}

func (d *door) front(w http.ResponseWriter, r *http.Request) error {
	return d.page(w, r, press.Address{Kind: press.Front})
}

func (d *door) article(w http.ResponseWriter, r *http.Request) error {
	id, err := news.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	err = d.page(w, r, press.Address{Kind: press.Article, ID: id})
	if news.CodeOf(err) != news.NotFound {
		return err
	}
	// The number belongs to the whole paper: an article of another edition
	// is where that edition is.
	location, elsewhere := d.o.Press.Elsewhere(r.Context(), id, d.e)
	if elsewhere != nil || location == "" {
		return err
	}
	w.Header().Set("Location", location)
	w.WriteHeader(http.StatusMovedPermanently)
	return nil
}

// articleWords sends an address with words after the number to the article.
func (d *door) articleWords(w http.ResponseWriter, r *http.Request) error {
	id, err := news.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Redirect(w, r, press.Address{Kind: press.Article, ID: id}.Path(d.e), http.StatusMovedPermanently)
}

func (d *door) versions(w http.ResponseWriter, r *http.Request) error {
	id, err := news.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.page(w, r, press.Address{Kind: press.Versions, ID: id})
}

func (d *door) section(w http.ResponseWriter, r *http.Request) error {
	return d.page(w, r, press.Address{Kind: press.Section, Slug: r.PathValue("slug")})
}

func (d *door) sectionMonth(w http.ResponseWriter, r *http.Request) error {
	year, month, err := yearMonth(r.PathValue("year"), r.PathValue("month"))
	if err != nil {
		return err
	}
	return d.page(w, r, press.Address{Kind: press.SectionMonth, Slug: r.PathValue("slug"), Year: year, Month: month})
}

func (d *door) author(w http.ResponseWriter, r *http.Request) error {
	return d.page(w, r, press.Address{Kind: press.Author, Slug: r.PathValue("slug")})
}

func (d *door) topic(w http.ResponseWriter, r *http.Request) error {
	return d.page(w, r, press.Address{Kind: press.Topic, Slug: r.PathValue("slug")})
}

// archive reads /archive[/<calendar>][/2026[/03[/12]]].
func (d *door) archive(w http.ResponseWriter, r *http.Request) error {
	var parts []string
	for _, name := range []string{"a", "b", "c", "d"} {
		if v := r.PathValue(name); v != "" {
			parts = append(parts, v)
		}
	}
	a := press.Address{Kind: press.Archive}
	if len(parts) > 0 {
		if c, err := locale.ParseCalendar(parts[0]); err == nil && c != locale.Gregorian {
			a.Calendar, parts = c, parts[1:]
		}
	}
	if len(parts) > 3 {
		return news.NotFound
	}
	for i, into := range []*int{&a.Year, &a.Month, &a.Day}[:len(parts)] {
		n, err := digits(parts[i], 4-2*min(i, 1))
		if err != nil {
			return err
		}
		*into = n
	}
	a.Kind += press.Kind(len(parts))
	return d.page(w, r, a)
}

func (d *door) search(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	below, _ := strconv.ParseInt(v.Get("below"), 10, 64) // a place that cannot be read is the top
	return d.page(w, r, press.Address{Kind: press.Search, Query: press.Query{Text: strings.TrimSpace(v.Get("q")), Section: v.Get("section"),
		From: v.Get("from"), To: v.Get("to"), Best: v.Get("order") == "best", Below: below}})
}

func (d *door) corrections(w http.ResponseWriter, r *http.Request) error {
	a := press.Address{Kind: press.Corrections}
	if above := r.URL.Query().Get("after"); above != "" {
		number, revision, _ := strings.Cut(above, "-")
		id, err := news.ParseID(number)
		if err != nil {
			return err
		}
		n, ok := counted(revision)
		if !ok {
			return news.NotFound
		}
		a.ID, a.After = id, n
	}
	return d.page(w, r, a)
}

// feed reads /feed.xml and its kin under a section, an author or a topic.
func (d *door) feed(w http.ResponseWriter, r *http.Request) error {
	a := press.Address{Kind: press.Feed, Of: press.Front, Slug: r.PathValue("slug"), Format: press.Format(strings.TrimPrefix(path.Ext(r.URL.Path), "."))}
	switch word, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/"); word {
	case "section":
		a.Of = press.Section
	case "author":
		a.Of = press.Author
	case "topic":
		a.Of = press.Topic
	}
	return d.page(w, r, a)
}

func (d *door) sitemap(w http.ResponseWriter, r *http.Request) error {
	return d.page(w, r, press.Address{Kind: press.SitemapIndex})
}

func (d *door) sitemapNews(w http.ResponseWriter, r *http.Request) error {
	return d.page(w, r, press.Address{Kind: press.SitemapNews})
}

func (d *door) robots(w http.ResponseWriter, r *http.Request) error {
	if d.e.Prefix() != "" {
		return news.NotFound
	}
	return d.page(w, r, press.Address{Kind: press.Robots})
}

var sitemapName = regexp.MustCompile(`^sitemap-(\d{4})-(\d{2})\.xml$`)

func (d *door) sitemapMonth(w http.ResponseWriter, r *http.Request) error {
	m := sitemapName.FindStringSubmatch(r.PathValue("file"))
	if m == nil {
		return news.NotFound
	}
	year, month, err := yearMonth(m[1], m[2])
	if err != nil {
		return err
	}
	return d.page(w, r, press.Address{Kind: press.SitemapMonth, Year: year, Month: month})
}

func (d *door) asset(w http.ResponseWriter, r *http.Request) error {
	p, ok := d.o.Press.Asset(r.URL.Path)
	if !ok {
		return news.NotFound
	}
	return sendForever(w, r, p)
}

func (d *door) accent(w http.ResponseWriter, r *http.Request) error {
	p, ok := d.o.Press.Accent(r.URL.Path)
	if !ok {
		return news.NotFound
	}
	return sendForever(w, r, p)
}

func yearMonth(year, month string) (int, int, error) {
	y, err := digits(year, 4)
	if err != nil {
		return 0, 0, err
	}
	m, err := digits(month, 2)
	return y, m, err
}

// digits reads exactly so many ASCII digits: a page has one address.
func digits(s string, length int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) != length || n < 1 {
		return 0, news.NotFound
	}
	return n, nil
}

// place reads ?after=50.
func place(r *http.Request) (int, error) {
	s := r.URL.Query().Get("after")
	if s == "" {
		return 0, nil
	}
	n, ok := counted(s)
	if !ok {
		return 0, news.NotFound
	}
	return n, nil
}

// counted reads a number from 1 that is written in one way.
func counted(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && n <= 1_000_000 && strconv.Itoa(n) == s
}
