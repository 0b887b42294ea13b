package press

import (
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// How many articles stand on the newest page of a section, author or topic;
// older ones stand by month.
const listNewest = 40

// monthMost bounds a month's page. A section of a busy paper publishes some
// hundred articles a month.
const monthMost = 2000

func (j *job) section() (*Page, error) {
	s, err := j.store().SectionBySlug(j.ctx, j.e.ID, j.a.Slug)
	if err != nil {
		return nil, err
	}
	j.tag(sectionTag(s.ID))
	v := ListView{Frame: j.frame("section", s.Name+" – "+j.e.Name), Kind: "section"}
	v.Heading = s.Name
	v.Feeds = append(j.feedLinks(Section, s.Slug, s.Name), v.Feeds...)
	list := store.List{Section: s.ID}
	cards, err := j.store().Cards(j.ctx, list, store.Span{}, listNewest)
	if err != nil {
		return nil, err
	}
	if len(cards) > 0 {
		lead := j.card(cards[0])
		v.Lead, v.Cards = &lead, j.cards(cards[1:])
	}
	if v.Months, err = j.months(list, s.Slug); err != nil {
		return nil, err
	}
	return j.html(200, "list", v)
}

// months lists the months in which a section has articles, newest first, at
// most two years of them: the rest stands behind the last one's "older".
func (j *job) months(l store.List, slug string) ([]MonthLink, error) {
	var out []MonthLink
	before := j.now.AddDate(0, 0, 2)
	for len(out) < 24 {
		at, err := j.store().NewestIn(j.ctx, l, before)
		if err != nil || at.IsZero() {
			return out, err
		}
		local := j.style.In(at)
		month, err := spanOf(locale.Gregorian, j.style.Zone, local.Year(), int(local.Month()), 0)
		if err != nil {
			return out, nil // a date that no month has
		}
		out = append(out, j.monthLink(slug, local))
		before = month.From
	}
	return out, nil
}

// monthLink leads to a section's month. Its address counts Gregorian months,
// as all machine dates do; its name says so where the edition counts others.
func (j *job) monthLink(slug string, month time.Time) MonthLink {
	return MonthLink{Name: j.gregorian().Month(month.Year(), int(month.Month())),
		Path: j.path(Address{Kind: SectionMonth, Slug: slug, Year: month.Year(), Month: int(month.Month())})}
}

func (j *job) gregorian() locale.Style {
	s := j.style
	s.Calendar = locale.Gregorian
	return s
}

func (j *job) sectionMonth() (*Page, error) {
	s, err := j.store().SectionBySlug(j.ctx, j.e.ID, j.a.Slug)
	if err != nil {
		return nil, err
	}
	j.tag(sectionTag(s.ID))
	list := store.List{Section: s.ID}
	month, err := spanOf(locale.Gregorian, j.style.Zone, j.a.Year, j.a.Month, 0)
	if err != nil {
		return nil, err
	}
	cards, err := j.store().Cards(j.ctx, list, month, monthMost)
	if err != nil {
		return nil, err
	}
	if len(cards) == 0 {
		return nil, noPage()
	}
	name := j.gregorian().Month(j.a.Year, j.a.Month)
	v := ListView{Frame: j.frame("section", s.Name+", "+name+" – "+j.e.Name), Kind: "section", Month: name}
	v.Heading, v.Days = s.Name, j.days(cards)
	older, err := j.store().NewestIn(j.ctx, list, month.From)
	if err != nil {
		return nil, err
	}
	newer, err := j.store().NextIn(j.ctx, list, month.To)
	if err != nil {
		return nil, err
	}
	v.Older, v.Newer = j.neighbour(s.Slug, older), j.neighbour(s.Slug, newer)
	return j.html(200, "list", v)
}

func (j *job) neighbour(slug string, at time.Time) *MonthLink {
	if at.IsZero() {
		return nil
	}
	m := j.monthLink(slug, j.style.In(at))
	return &m
}

// days groups a month's articles by the edition's own days.
func (j *job) days(cards []news.Card) []DayGroup {
	var groups []DayGroup
	for _, c := range cards {
		date := j.style.Date(c.PublishedAt)
		if len(groups) == 0 || groups[len(groups)-1].Date.Day != date {
			at, d := j.archiveRoot(), j.style.Day(c.PublishedAt)
			if d == (locale.Day{}) { // before the edition's calendar begins
				at.Calendar, d = "", locale.Gregorian.FromTime(j.style.In(c.PublishedAt))
			}
			at.Kind, at.Year, at.Month, at.Day = ArchiveDay, d.Year, d.Month, d.Day
			groups = append(groups, DayGroup{Date: j.moment(c.PublishedAt), Path: j.path(at)})
		}
		g := &groups[len(groups)-1]
		g.Cards = append(g.Cards, j.card(c))
	}
	return groups
}

func (j *job) author() (*Page, error) {
	j.tag(bylineTag(j.e.ID, j.a.Slug))
	name, err := j.store().BylineName(j.ctx, j.e.ID, j.a.Slug)
	if err != nil {
		return nil, err
	}
	return j.people("author", name, store.List{Edition: j.e.ID, Byline: j.a.Slug}, Author)
}

func (j *job) topic() (*Page, error) {
	t, err := j.store().LiveTopic(j.ctx, j.e.ID, j.a.Slug)
	if err != nil {
		return nil, err
	}
	j.tag(topicTag(t.ID))
	return j.people("topic", t.Name, store.List{Topic: t.ID}, Topic)
}

func (j *job) people(kind, name string, l store.List, of Kind) (*Page, error) {
	cards, err := j.store().Cards(j.ctx, l, store.Span{}, 100)
	if err != nil {
		return nil, err
	}
	if len(cards) == 0 {
		return nil, noPage()
	}
	v := ListView{Frame: j.frame(kind, name+" – "+j.e.Name), Kind: kind, Cards: j.cards(cards)}
	v.Heading = name
	v.Feeds = append(j.feedLinks(of, j.a.Slug, name), v.Feeds...)
	return j.html(200, "list", v)
}

func noPage() error {
	return news.Refuse(news.NotFound, "error.404.text", "there is no page at this address")
}
