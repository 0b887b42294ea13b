package themes_test

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/press"
)

// words are the methods that templates call on a view. They stand beside the
// view, nearer than the frame's own, because only press can make a frame that
// knows its language.
type words struct{ style locale.Style }

func (w words) T(key string, args ...any) string { return w.style.T(key, args...) }
func (w words) Number(n int) string              { return w.style.Number(int64(n)) }

// sampleNow is the moment at which the sample paper is read: a Saturday.
var sampleNow = time.Date(2026, 3, 14, 19, 20, 0, 0, time.UTC)

// sample makes views of an invented paper in one language.
type sample struct {
	w      words
	town   town
	assets map[string]string
	next   int
}

// town is the text of the sample in one language.
type town struct {
	language, zone, name, tagline, prefix string
	calendar                              locale.Calendar
	place, country, source, credit        string
	sections                              []string // the second is opinion
	authors                               []string
	topics                                []string
	stories                               []story
	standfirst                            string
	body                                  string
	note                                  string
	comments                              []string
	query                                 string
}

type story struct{ kicker, headline, standfirst string }

func newSample(t town, assets map[string]string) *sample {
	style, err := locale.NewStyle(t.language, t.calendar, "", t.zone)
	if err != nil {
		panic(err)
	}
	return &sample{w: words{style}, town: t, assets: assets}
}

func (s *sample) frame(page, title string) press.Frame {
	t, style := s.town, s.w.style
	path := func(p string) string { return t.prefix + p }
	f := press.Frame{
		Edition: press.EditionView{
			Name: t.name, Tagline: t.tagline, Language: t.language, Direction: style.Direction(), Slug: t.language, Home: path("/"), Prefix: t.prefix,
			AccentSheet: "/accent/" + t.language + ".css", SearchPath: path("/search"), ArchivePath: path("/archive"), CorrectionsPath: path("/corrections"),
		},
		Today: press.Moment{Text: style.Masthead(sampleNow), ISO: "2026-03-14"},
		Page:  page, Title: title + " – " + t.name, Heading: title, About: t.standfirst, Canonical: "https://valmere.example" + path("/news/48213"), Index: true, Assets: s.assets,
		Graph: press.Graph{Type: "website", Title: title, URL: "https://valmere.example" + path("/"), SiteName: t.name, Locale: t.language},
	}
	if t.calendar != locale.Gregorian {
		g := style
		g.Calendar = locale.Gregorian
		f.OtherToday = g.Date(sampleNow)
	}
	for _, e := range []struct{ tag, path string }{{"en", "/"}, {"ar", "/ar/"}, {"fa", "/fa/"}} {
		f.Editions = append(f.Editions, press.EditionLink{Name: t.name, Language: e.tag, Direction: locale.DirectionOf(e.tag), Path: e.path, LanguageName: locale.LanguageName(e.tag), Current: e.tag == t.language})
	}
	for i, name := range t.sections {
		f.Sections = append(f.Sections, press.SectionLink{Name: name, Path: path("/section/" + strconv.Itoa(i)), Current: page == "section" && i == 0})
	}
	for _, format := range []string{"rss", "atom", "json"} {
		f.Feeds = append(f.Feeds, press.FeedLink{Title: s.w.T("feed." + format), Type: "application/xml", Path: path("/feed." + format)})
	}
	return f
}

func (s *sample) moment(at time.Time) press.Moment {
	style := s.w.style
	return press.Moment{Text: style.DateTime(at), ISO: style.In(at).Format(time.RFC3339), Day: style.Date(at), Clock: style.Time(at)}
}

// cards are the next n stories of the town, each 47 minutes older than the one before.
func (s *sample) cards(n int) []press.Card {
	var out []press.Card
	for range n {
		i := s.next
		s.next++
		at := sampleNow.Add(-time.Duration(i*47+9) * time.Minute)
		told := s.town.stories[i%len(s.town.stories)]
		section := i % len(s.town.sections)
		c := press.Card{
			ID: strconv.Itoa(48213 - i), Path: s.town.prefix + "/news/" + strconv.Itoa(48213-i), Kicker: told.kicker, Headline: told.headline, Standfirst: told.standfirst,
			Section: press.SectionLink{Name: s.town.sections[section], Path: s.town.prefix + "/section/" + strconv.Itoa(section)}, Place: s.town.place, Published: s.moment(at),
			Authors: s.authors(i, 1+i%5/4), Short: s.w.style.ShortDate(at),
		}
		if s.w.style.Day(at) == s.w.style.Day(sampleNow) {
			c.Short = c.Published.Clock
		}
		out = append(out, c)
	}
	return out
}

func (s *sample) authors(from, n int) []press.AuthorLink {
	var out []press.AuthorLink
	for i := range n {
		name := s.town.authors[(from+i)%len(s.town.authors)]
		out = append(out, press.AuthorLink{Name: name, Path: s.town.prefix + "/author/" + strconv.Itoa(from+i)})
	}
	return out
}

// pages are all pages of the paper, by the name of the file they are written to.
func (s *sample) pages() map[string]any {
	return map[string]any{
		"front": s.front(), "front-empty": s.emptyFront(), "section": s.section(), "month": s.month(), "author": s.author(), "article": s.article(), "refused": s.refused(),
		"held": s.held(), "versions": s.versions(), "request": s.request(), "request-refused": s.requestRefused(), "fault-451": s.fault(451), "archive-years": s.years(), "archive-year": s.year(), "archive-month": s.calendarMonth(), "archive-day": s.day(),
		"search": s.search(), "search-none": s.searchNone(), "corrections": s.corrections(), "fault-404": s.fault(404), "fault-410": s.fault(410), "fault-503": s.fault(503),
	}
}

// templateOf is the template that a page is printed with.
func templateOf(page string) string {
	switch name, _, _ := strings.Cut(page, "-"); name {
	case "section", "month", "author":
		return "list"
	case "refused", "held":
		return "comments"
	default:
		return name
	}
}

func (s *sample) front() any {
	s.next = 0
	v := press.FrontView{Frame: s.frame("front", s.town.name)}
	v.Lead = &s.cards(1)[0]
	v.Seconds, v.Opinion, v.Briefs = s.cards(3), s.cards(3), s.cards(8)
	for i, section := range v.Sections {
		if i == 1 {
			continue
		}
		v.Rows = append(v.Rows, press.Row{Section: section, First: s.cards(1)[0], Rest: s.cards(3)})
	}
	return struct {
		press.FrontView
		words
	}{v, s.w}
}

func (s *sample) emptyFront() any {
	return struct {
		press.FrontView
		words
	}{press.FrontView{Frame: s.frame("front", s.town.name)}, s.w}
}

type listPage struct {
	press.ListView
	words
}

func (s *sample) section() any {
	s.next = 0
	v := press.ListView{Frame: s.frame("section", s.town.sections[0]), Kind: "section", Lead: &s.cards(1)[0]}
	v.Cards = s.cards(14)
	for m := 3; m > -8; m-- {
		at := time.Date(2026, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
		g := s.w.style
		g.Calendar = locale.Gregorian
		v.Months = append(v.Months, press.MonthLink{Name: g.Month(at.Year(), int(at.Month())), Path: at.Format("/section/0/2006/01")})
	}
	return listPage{v, s.w}
}

func (s *sample) month() any {
	s.next = 0
	v := press.ListView{Frame: s.frame("section", s.town.sections[0]), Kind: "section", Month: s.w.style.Month(s.w.style.Day(sampleNow).Year, s.w.style.Day(sampleNow).Month)}
	for d := range 4 {
		v.Days = append(v.Days, press.DayGroup{Date: s.moment(sampleNow.AddDate(0, 0, -d)), Path: "/archive/2026/03/14", Cards: s.cards(3)})
	}
	v.Older = &press.MonthLink{Name: s.w.style.MonthName(2), Path: "/section/0/2026/02"}
	v.Newer = &press.MonthLink{Name: s.w.style.MonthName(4), Path: "/section/0/2026/04"}
	return listPage{v, s.w}
}

func (s *sample) author() any {
	s.next = 0
	v := press.ListView{Frame: s.frame("author", s.town.authors[0]), Kind: "author", Cards: s.cards(12)}
	return listPage{v, s.w}
}

func (s *sample) article() any {
	s.next = 1
	t, style := s.town, s.w.style
	published := sampleNow.Add(-47 * time.Hour)
	updated := s.moment(sampleNow.Add(-3 * time.Hour))
	body, _ := doc.FromMarkdown(t.body)
	v := press.ArticleView{
		Frame: s.frame("article", t.stories[0].headline), ID: "48213", NewsID: style.Figures("48213"), Path: t.prefix + "/news/48213",
		Kicker: t.stories[0].kicker, Headline: t.stories[0].headline, Standfirst: t.stories[0].standfirst, Authors: s.authors(0, 2),
		Section: press.SectionLink{Name: t.sections[0], Path: t.prefix + "/section/0"}, Published: s.moment(published), Updated: &updated, Credit: t.credit,
		Dateline: style.Dateline(t.place, t.country, t.source), Language: t.language, Direction: style.Direction(), ReadingTime: s.w.T("article.reading-time", 4), Versions: t.prefix + "/news/48213/versions",
	}
	v.Authors[0].Role = t.sections[0]
	v.ByLine = s.w.T("article.by", style.List([]string{v.Authors[0].Name, v.Authors[1].Name}))
	v.Body = body.HTML(doc.HTMLOptions{Lang: v.Language, Dir: v.Direction, Dateline: v.Dateline})
	v.Notes = s.notes(2)
	v.Notes[0].Moved = s.w.T("correction.moved", t.place, t.country)
	v.Labels = []press.LabelView{{Kind: "developing", Text: s.w.T("label.developing")}, {Kind: "so-far", Text: s.w.T("label.so-far")}}
	v.SoFar, v.Request = s.cards(2), t.prefix+"/news/48213/request"
	for i, topic := range t.topics {
		v.Topics = append(v.Topics, press.TopicLink{Name: topic, Path: t.prefix + "/topic/" + strconv.Itoa(i)})
	}
	v.Alternates = []press.Alternate{{Language: t.language, URL: v.Canonical}, {Language: "ar", URL: "https://valmere.example/ar/news/48001", Path: "/ar/news/48001", Name: "العربية"}, {Language: "x-default", URL: v.Canonical}}
	v.Story, v.Related, v.Next, v.Talk = s.cards(3), s.cards(3), s.cards(4), s.talk()
	v.Graph.Type, v.Graph.Published, v.Graph.Tags = "article", v.Published.ISO, t.topics
	v.LD = []byte(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"</script><b>"}`)
	return struct {
		press.ArticleView
		words
	}{v, s.w}
}

func (s *sample) notes(n int) []press.Note {
	var out []press.Note
	for i := range n {
		kind := []string{"correction", "clarification", "update"}[i%3]
		out = append(out, press.Note{Kind: kind, Label: s.w.T("correction." + kind), Text: s.town.note, At: s.moment(sampleNow.Add(-time.Duration(i*31+3) * time.Hour)),
			Headline: s.town.stories[i%len(s.town.stories)].headline, Path: s.town.prefix + "/news/" + strconv.Itoa(48213-i)})
	}
	return out
}

func (s *sample) talk() press.Talk {
	t := press.Talk{Open: true, Count: len(s.town.comments), Counted: s.w.T("comment.count", len(s.town.comments)), Action: s.town.prefix + "/news/48213/comments", Stamp: "1773515000.a1b2", More: s.town.prefix + "/news/48213/comments?after=3"}
	for i, text := range s.town.comments {
		c := press.CommentView{ID: strconv.Itoa(900 + i), At: s.moment(sampleNow.Add(-time.Duration(i*83+20) * time.Minute))}
		if i != 1 {
			c.Name = s.town.authors[(i+3)%len(s.town.authors)]
		}
		for _, line := range strings.Split(text, "\n") {
			c.Lines = append(c.Lines, []press.CommentRun{{Text: line}})
		}
		t.List = append(t.List, c)
	}
	t.List[0].Lines = append(t.List[0].Lines, []press.CommentRun{{Text: "https://karsk.example/bridge", Href: "https://karsk.example/bridge"}})
	return t
}

type commentsPage struct {
	press.CommentsView
	words
}

func (s *sample) refused() any {
	s.next = 0
	v := press.CommentsView{Frame: s.frame("comments", s.w.T("comment.title")), Article: s.cards(1)[0], Talk: s.talk()}
	v.Index = false
	v.Talk.List, v.Talk.More = nil, ""
	v.Talk.Refusal, v.Talk.Name, v.Talk.Email, v.Talk.Text = s.w.T("comment.refused.too-many-links"), s.town.authors[2], "ida@karsk.example", s.town.comments[0]
	return commentsPage{v, s.w}
}

func (s *sample) held() any {
	s.next = 0
	v := press.CommentsView{Frame: s.frame("comments", s.w.T("comment.title")), Article: s.cards(1)[0], Talk: s.talk(), Newer: s.town.prefix + "/news/48213/comments"}
	v.Talk.Held = true
	return commentsPage{v, s.w}
}

func (s *sample) request() any {
	s.next = 0
	v := press.RequestView{Frame: s.frame("request", s.w.T("request.title")), Article: s.cards(1)[0], Action: s.town.prefix + "/news/48213/request", Stamp: "1773515000.a1b2"}
	v.Heading, v.Index = s.w.T("request.title"), false
	for _, kind := range []string{"wrong", "privacy"} {
		v.Kinds = append(v.Kinds, press.Choice{Value: kind, Name: s.w.T("request.kind." + kind), Chosen: kind == "privacy"})
	}
	return struct {
		press.RequestView
		words
	}{v, s.w}
}

func (s *sample) requestRefused() any {
	page := s.request().(struct {
		press.RequestView
		words
	})
	page.Refusal, page.Text = s.w.T("request.refused.email"), s.town.comments[0]
	return page
}

func (s *sample) versions() any {
	s.next = 0
	v := press.VersionsView{Frame: s.frame("versions", s.w.T("article.versions")), Article: s.cards(1)[0]}
	text := strings.Split(s.town.standfirst, " ")
	was, now := strings.Join(text[:4], " ")+" ", strings.Join(text[4:], " ")
	for i := 3; i > 0; i-- {
		version := press.Version{Number: s.w.Number(i), At: s.moment(sampleNow.Add(-time.Duration(4-i) * 9 * time.Hour)), Label: s.w.T("correction.correction"), Note: s.town.note, Headline: s.town.stories[0].headline}
		version.Changes = []press.Change{{Removed: []press.Run{{Text: was}, {Text: text[0], Mark: true}, {Text: " " + now}}, Added: []press.Run{{Text: was}, {Text: text[1] + " " + text[2], Mark: true}, {Text: " " + now}}}}
		if i == 1 {
			version.Label, version.Note, version.Changes = s.w.T("article.published"), "", nil
		}
		v.Versions = append(v.Versions, version)
	}
	return struct {
		press.VersionsView
		words
	}{v, s.w}
}

var themeFuncs = template.FuncMap{"dir": locale.DirectionOf, "add": func(a, b int) int { return a + b }}
