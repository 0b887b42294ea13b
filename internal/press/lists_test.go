package press_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/internal/store"
)

// printed puts an article into the paper as an old number of it: live since at.
func (w *town) printed(s news.Section, headline string, at time.Time, change ...func(*news.Content)) news.ID {
	w.t.Helper()
	ctx := w.t.Context()
	c := w.Story(s, headline)
	for _, do := range change {
		do(&c)
	}
	set, err := store.SetType(c)
	w.must(err)
	var id news.ID
	w.must(w.Store.Write(ctx, "print", func(tx *store.Tx) error {
		var err error
		if id, err = tx.NewID(ctx); err != nil {
			return err
		}
		a := news.Article{ID: id, Edition: s.Edition, Section: s.ID, State: news.Published, Head: 1, Live: 1, Headline: c.Headline, Slugline: c.Slugline, Urgency: c.Urgency,
			CreatedAt: at, ChangedAt: at, PublishedAt: at, UpdatedAt: at, Bypass: news.Bypass{At: at, Reason: "an old number"}}
		v := news.Revision{Article: id, Number: 1, Content: c, At: at, PublishedAt: at, Change: news.ChangeFirst}
		return tx.InsertLive(ctx, a, v, set, news.Event{Kind: news.EventPublished, At: w.Clock.Now()})
	}))
	w.ids = append(w.ids, id)
	return id
}

func (w *town) body(a press.Address) string {
	w.t.Helper()
	page, err := w.press.Page(w.t.Context(), a)
	if err != nil {
		w.t.Fatalf("%+v: %v", a, err)
	}
	return string(page.Body)
}

// missing reports whether there is no page at an address.
func (w *town) missing(a press.Address) bool {
	w.t.Helper()
	_, err := w.press.Page(w.t.Context(), a)
	if err != nil && news.CodeOf(err) != news.NotFound {
		w.t.Fatalf("%+v: %v", a, err)
	}
	return err != nil
}

var (
	newsLink  = regexp.MustCompile(`href="(?:/fa)?/news/(\d+)"`)
	monthLink = regexp.MustCompile(`href="/section/town/(\d{4})/(\d{2})"`)
	olderLink = regexp.MustCompile(`rel="prev" href="/section/town/(\d{4})/(\d{2})"`)
)

// main is a page without its header and foot.
func main(body string) string {
	_, rest, _ := strings.Cut(body, "<main")
	inside, _, _ := strings.Cut(rest, "</main>")
	return inside
}

func listed(body string) []string {
	var ids []string
	for _, m := range newsLink.FindAllStringSubmatch(main(body), -1) {
		ids = append(ids, m[1])
	}
	return ids
}

// A section names its last 24 months; every month before them is reached by
// going on from one to the next, over years without a story.
func TestEveryMonthOfASectionIsReached(t *testing.T) {
	w := newTown(t, papertest.New(t))
	want := map[string]bool{}
	at := w.Clock.Now()
	for n := range 40 {
		at = at.AddDate(0, -1-n%4, 0) // a hundred months, some without a story
		w.printed(w.Town, fmt.Sprint("Story ", n), at)
		want[at.Format("2006/01")] = true
	}
	w.printed(w.Town, "Founded", time.Date(1951, 6, 1, 0, 0, 0, 0, time.UTC)) // one o'clock in Valmere: its first of June
	want["1951/06"] = true
	months := monthLink.FindAllStringSubmatch(w.body(press.Address{Kind: press.Section, Edition: w.English.ID, Slug: "town"}), -1)
	if len(months) != 24 {
		t.Fatalf("the section names %d months", len(months))
	}
	last := months[0]
	for _, m := range months {
		delete(want, m[1]+"/"+m[2])
		last = m
	}
	for last != nil {
		year, _ := strconv.Atoi(last[1])
		month, _ := strconv.Atoi(last[2])
		body := w.body(press.Address{Kind: press.SectionMonth, Edition: w.English.ID, Slug: "town", Year: year, Month: month})
		delete(want, last[1]+"/"+last[2])
		last = olderLink.FindStringSubmatch(body)
	}
	if len(want) > 0 {
		t.Errorf("these months are not reached: %v", want)
	}
}

// Where summer time begins at midnight, the first minutes of the day and of
// the month after are in their own lists, and the masthead turns at the day's
// first moment.
func TestMidnightThatDoesNotExist(t *testing.T) {
	w := newTown(t, papertest.New(t))
	e := w.English
	e.TimeZone = "America/Asuncion" // 1 October 2023 began at 01:00
	_, err := w.desk.SaveEdition(t.Context(), w.Owner.ID, e)
	w.must(err)
	w.hand()
	zone, err := time.LoadLocation(e.TimeZone)
	w.must(err)
	october := w.printed(w.Town, "Last of October", time.Date(2023, 10, 31, 23, 50, 0, 0, zone))
	november := w.printed(w.Town, "First of November", time.Date(2023, 11, 1, 0, 10, 0, 0, zone))
	eve := w.printed(w.Town, "Eve", time.Date(2023, 9, 30, 23, 50, 0, 0, zone))
	dawn := w.printed(w.Town, "Dawn", time.Date(2023, 10, 1, 1, 0, 0, 0, zone))
	for _, c := range []struct {
		a    press.Address
		want []news.ID
	}{
		{press.Address{Kind: press.SectionMonth, Slug: "town", Year: 2023, Month: 10}, []news.ID{october, dawn}},
		{press.Address{Kind: press.SectionMonth, Slug: "town", Year: 2023, Month: 11}, []news.ID{november}},
		{press.Address{Kind: press.ArchiveDay, Year: 2023, Month: 9, Day: 30}, []news.ID{eve}},
		{press.Address{Kind: press.ArchiveDay, Year: 2023, Month: 10, Day: 1}, []news.ID{dawn}},
	} {
		c.a.Edition = e.ID
		var want []string
		for _, id := range c.want {
			want = append(want, id.String())
		}
		if got := listed(w.body(c.a)); !slices.Equal(got, want) {
			t.Errorf("%+v lists %v, not %v", c.a, got, want)
		}
	}
	w.Clock.Set(time.Date(2023, 9, 30, 23, 30, 0, 0, zone))
	page, err := w.press.Page(t.Context(), press.Address{Kind: press.Corrections, Edition: e.ID})
	w.must(err)
	if first := time.Date(2023, 10, 1, 1, 0, 0, 0, zone); !page.Expires.Equal(first) {
		t.Errorf("the page of 30 September ends at %v, not %v", page.Expires.In(zone), first)
	}
}

// No article stands twice on the front; the most urgent of the newest reports
// leads; a paper of opinions has a lead too.
func TestTheFrontChooses(t *testing.T) {
	w := newTown(t, papertest.New(t))
	ctx := t.Context()
	opinion := news.Section{Edition: w.English.ID, Slug: "opinion", Name: "Opinion", Opinion: true, Position: 2}
	id, err := w.desk.SaveSection(ctx, w.Owner.ID, opinion)
	w.must(err)
	opinion.ID = id
	w.hand()
	front := press.Address{Kind: press.Front, Edition: w.English.ID}
	lead := func() string {
		ids := listed(w.body(front))
		seen := map[string]bool{}
		for _, id := range ids {
			if seen[id] {
				t.Errorf("article %s stands twice on the front: %v", id, ids)
			}
			seen[id] = true
		}
		if len(ids) == 0 {
			return ""
		}
		return ids[0]
	}
	at := w.Clock.Now().Add(-100 * time.Hour)
	print := func(s news.Section, urgency int) string {
		at = at.Add(time.Hour)
		id := w.printed(s, fmt.Sprint("Story of ", at.Format(time.RFC3339)), at, func(c *news.Content) { c.Urgency = urgency })
		w.hand()
		return id.String()
	}
	if got := lead(); got != "" {
		t.Errorf("an empty paper leads with %s", got)
	}
	only := print(opinion, 4)
	if got := lead(); got != only {
		t.Errorf("a paper of one opinion leads with %q, not %s", got, only)
	}
	report := print(w.Town, 5)
	for range 15 {
		print(opinion, 1)
	}
	if got := lead(); got != report {
		t.Errorf("fifteen opinions later %s leads, not the report %s", got, report)
	}
	flash := print(w.World, 1)
	for n := range 11 {
		print([]news.Section{w.Town, w.World}[n%2], 4)
		if got := lead(); got != flash {
			t.Fatalf("%d reports later %s leads, not the flash %s", n+1, got, flash)
		}
	}
	print(w.Town, 4)
	if got := lead(); got == flash {
		t.Errorf("a flash leads after a dozen newer reports")
	}
	for range 40 {
		print(w.Town, 4)
	}
	lead()
}

// What only a draft names is not found: a topic has no page before something
// is published about it, and none when all of that is withdrawn.
func TestATopicOfDraftsHasNoPage(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		topic := press.Address{Kind: press.Topic, Edition: p.English.ID, Slug: "mayor-resigns"}
		feed := press.Address{Kind: press.Feed, Of: press.Topic, Edition: p.English.ID, Slug: "mayor-resigns", Format: press.RSS}
		id, head := w.draft(p.English, p.Town, "To be published tomorrow", "Mayor resigns")
		w.hand()
		if !w.missing(topic) || !w.missing(feed) {
			t.Error("a draft's topic has a page or a feed")
		}
		w.must(w.desk.Publish(t.Context(), p.Editor.ID, id, head, ""))
		w.hand()
		if w.missing(topic) || w.missing(feed) {
			t.Error("a published article's topic has no page or no feed")
		}
		w.must(w.desk.Kill(t.Context(), p.Chief.ID, id, "The mayor stays."))
		w.hand()
		if !w.missing(topic) || !w.missing(feed) {
			t.Error("a withdrawn article's topic has a page or a feed")
		}
	})
}

// The corrections of a withdrawn article do not repeat what it said.
func TestCorrectionsOfAWithdrawnArticle(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		ctx := t.Context()
		id := w.publish(p.English, p.Town, "The quarzine scandal")
		_, err := w.desk.Edit(ctx, p.Editor.ID, id, 1, desk.Copy{Content: p.Story(p.Town, "The quarzine affair")})
		w.must(err)
		w.must(w.desk.Correct(ctx, p.Editor.ID, id, 2, desk.Declared{Kind: news.ChangeCorrection, Note: "It was an affair.", Reason: "nobody else is in"}))
		w.hand()
		list := press.Address{Kind: press.Corrections, Edition: p.English.ID}
		if !strings.Contains(w.body(list), "quarzine") {
			t.Error("the correction is not listed")
		}
		w.must(w.desk.Kill(ctx, p.Chief.ID, id, "It was nothing."))
		w.hand()
		if strings.Contains(w.body(list), "quarzine") {
			t.Error("the withdrawn headline is still listed")
		}
	})
}

// TestBylinesByRole: who wrote is the author everywhere, who helped stands
// with the part they had and is never called an author.
func TestBylinesByRole(t *testing.T) {
	w := newTown(t, papertest.New(t))
	c := w.Story(w.Town, "The bridge opens")
	c.Bylines = []news.Byline{{Name: "Mara Ellin", Slug: "mara-ellin"}, {Name: "Photo Grapher", Slug: "photo-grapher", Role: "photos"}}
	id, err := w.desk.Create(t.Context(), w.Reporter.ID, w.English.ID, desk.Copy{Content: c}, "roles")
	w.must(err)
	w.must(w.desk.Submit(t.Context(), w.Reporter.ID, id))
	w.must(w.desk.Approve(t.Context(), w.Editor.ID, id, 1))
	w.must(w.desk.Publish(t.Context(), w.Editor.ID, id, 1, ""))
	w.hand()
	page := func(a press.Address) string {
		a.Edition = w.English.ID
		p, err := w.press.Page(t.Context(), a)
		w.must(err)
		return string(p.Body)
	}
	article := page(press.Address{Kind: press.Article, ID: id})
	for _, want := range []string{`rel="author">Photo Grapher</a> <small>photos</small>`, `"author":[{"@type":"Person","name":"Mara Ellin"`, `"contributor":[{"@type":"Person","name":"Photo Grapher"`} {
		if !strings.Contains(article, want) {
			t.Errorf("the article's page does not say %s", want)
		}
	}
	if strings.Contains(article, `article:author" content="Photo Grapher"`) {
		t.Error("Open Graph calls a photographer the author")
	}
	if front := page(press.Address{Kind: press.Front}); strings.Contains(front, "Photo Grapher") || !strings.Contains(front, "Mara Ellin") {
		t.Error("the front names somebody else than who wrote")
	}
	for f, want := range map[press.Format][]string{
		press.RSS:  {"<dc:creator>Mara Ellin</dc:creator>", "<dc:contributor>Photo Grapher</dc:contributor>"},
		press.Atom: {"<author><name>Mara Ellin</name>", "<contributor><name>Photo Grapher</name>"},
		press.JSON: {`"authors":[{"name":"Mara Ellin"`, `"contributors":[{"name":"Photo Grapher","role":"photos"}]`},
	} {
		flat := strings.Join(strings.Fields(page(press.Address{Kind: press.Feed, Of: press.Front, Format: f})), " ")
		flat = strings.ReplaceAll(flat, "> <", "><")
		for _, words := range want {
			if !strings.Contains(flat, words) {
				t.Errorf("the %s feed does not say %s", f, words)
			}
		}
	}
}
