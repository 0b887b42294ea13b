package press

import (
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// frame fills in what every page has around it.
func (j *job) frame(page, title string) Frame {
	f := Frame{
		style:  j.style,
		Page:   page,
		Title:  title,
		Assets: j.p.theme.paths,
		Edition: EditionView{
			Name: j.e.Name, Tagline: j.e.Tagline, Language: j.e.Language, Direction: j.style.Direction(), Slug: j.e.Slug,
			Home: j.path(Address{Kind: Front}), Prefix: j.e.Prefix(), Accent: j.e.Accent, AccentSheet: accentPath(j.e),
			SearchPath: j.path(Address{Kind: Search}), ArchivePath: j.path(j.archiveRoot()), CorrectionsPath: j.path(Address{Kind: Corrections}),
		},
		Today:     Moment{Text: j.style.Masthead(j.now), ISO: j.style.In(j.now).Format("2006-01-02"), Day: j.style.Date(j.now)},
		Canonical: j.absolute(j.a),
		Index:     true,
	}
	if calendarsOf(j.e)[0] != locale.Gregorian {
		if other, err := locale.NewStyle(j.e.Language, locale.Gregorian, j.e.Digits, j.e.TimeZone); err == nil {
			f.OtherToday = other.Date(j.now)
		}
	}
	for _, e := range j.p.Editions() {
		link := EditionLink{Name: e.Name, Language: e.Language, LanguageName: locale.LanguageName(e.Language), Path: j.reach(e, Address{Kind: Front}), Current: e.ID == j.e.ID}
		if s, err := e.Style(); err == nil {
			link.Direction = s.Direction()
		}
		f.Editions = append(f.Editions, link)
	}
	for _, s := range j.sections {
		f.Sections = append(f.Sections, j.sectionLink(s))
	}
	f.Feeds = j.feedLinks(Front, "", j.e.Name)
	f.Graph = Graph{Type: "website", Title: title, URL: f.Canonical, SiteName: j.e.Name, Locale: j.e.Language}
	return f
}

// reach is the address of another edition's page: a path on the same host, or
// the whole address where the edition has a host of its own.
func (j *job) reach(e news.Edition, a Address) string {
	path := a.Path(e)
	if e.Host != j.e.Host {
		return j.p.Base(e) + path
	}
	return path
}

func (j *job) sectionLink(s news.Section) SectionLink {
	if s.ID == 0 {
		return SectionLink{}
	}
	current := (j.a.Kind == Section || j.a.Kind == SectionMonth) && j.a.Slug == s.Slug
	return SectionLink{Name: s.Name, Path: j.path(Address{Kind: Section, Slug: s.Slug}), Current: current}
}

func (j *job) feedLinks(of Kind, slug, name string) []FeedLink {
	var links []FeedLink
	for _, f := range []struct {
		format     Format
		key, media string
	}{{RSS, "feed.rss", "application/rss+xml"}, {Atom, "feed.atom", "application/atom+xml"}, {JSON, "feed.json", "application/feed+json"}} {
		links = append(links, FeedLink{Title: j.style.T("feed.of", name, j.style.T(f.key)), Type: f.media,
			Path: j.path(Address{Kind: Feed, Of: of, Slug: slug, Format: f.format})})
	}
	return links
}

func (j *job) archiveRoot() Address {
	a := Address{Kind: Archive}
	if c := calendarsOf(j.e)[0]; c != locale.Gregorian {
		a.Calendar = c
	}
	return a
}

// cards turns listed articles into what templates print, and notes that the
// page speaks of each.
func (j *job) cards(list []news.Card) []Card {
	out := make([]Card, 0, len(list))
	for _, c := range list {
		out = append(out, j.card(c))
	}
	return out
}

func (j *job) card(c news.Card) Card {
	j.tag(articleTag(c.ID))
	s := j.sectionOf(c.Section)
	v := Card{
		ID: c.ID.String(), Path: j.path(Address{Kind: Article, ID: c.ID}), Kicker: c.Kicker, Headline: c.Headline, Standfirst: c.Standfirst,
		Authors: j.authors(writers(c.Bylines)), Section: j.sectionLink(s), Place: c.Dateline.Place, Published: j.moment(c.PublishedAt), Opinion: s.Opinion,
	}
	v.Short = j.style.CLDRDate(c.PublishedAt, locale.Medium)
	if j.style.Day(c.PublishedAt) == j.style.Day(j.now) {
		v.Short = v.Published.Clock
	}
	v.Language, v.Direction = j.foreign(c.Language)
	v.Labels = j.labels(c.Labels)
	return v
}

// foreign gives language and direction where they differ from the edition's.
func (j *job) foreign(language string) (string, string) {
	if language == "" || language == j.e.Language {
		return "", ""
	}
	if s, err := locale.NewStyle(language, locale.Gregorian, "", "UTC"); err == nil {
		return language, s.Direction()
	}
	return language, "auto"
}

func (j *job) authors(bylines []news.Byline) []AuthorLink {
	out := make([]AuthorLink, len(bylines))
	for i, b := range bylines {
		out[i] = AuthorLink{Name: b.Name, Role: b.Role, Path: j.path(Address{Kind: Author, Slug: b.Slug})}
	}
	return out
}

// writers are the names under a headline in a list: those who wrote, or all
// where nobody did.
func writers(bylines []news.Byline) []news.Byline {
	if list := news.Writers(bylines); len(list) > 0 {
		return list
	}
	return bylines
}
