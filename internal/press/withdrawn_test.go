package press_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
)

// everywhere lists the public pages that say a word; the search is asked too.
func (w *town) everywhere(word string) (out []string) {
	w.t.Helper()
	for _, a := range append(w.addresses(), press.Address{Kind: press.Search, Edition: w.English.ID, Query: press.Query{Text: word}}) {
		page, err := w.press.Page(w.t.Context(), a)
		if err != nil {
			if news.CodeOf(err) != news.NotFound {
				w.t.Error(err)
			}
			continue
		}
		body := string(page.Body)
		if a.Kind == press.Search {
			body = strings.ReplaceAll(body, word, "") // the question itself
			if strings.Contains(body, "/news/") && strings.Contains(body, `<ol class="results">`) {
				out = append(out, "the search finds it")
			}
		}
		if strings.Contains(body, word) {
			e, _ := w.press.Edition(a.Edition)
			out = append(out, a.Path(e))
		}
	}
	return out
}

// What was withdrawn stands on no page a moment later: cached or not, lists,
// feeds, sitemaps, versions, comments, corrections, search. Its address says
// so, and Atom has its gravestone.
func TestNothingIsLeftOfAWithdrawnArticle(t *testing.T) {
	const word = "Quarzine"
	for name, c := range map[string]struct {
		do     func(w *town, id news.ID) error
		status int
	}{
		"kill": {func(w *town, id news.ID) error { return w.desk.Kill(w.t.Context(), w.Chief.ID, id, "It was not so.") }, 410},
		"sealed": {func(w *town, id news.ID) error {
			return w.desk.TakeDown(w.t.Context(), w.Chief.ID, id, news.TakeDown{Reason: "an order", Legal: true}, "It was not so.")
		}, 451},
		"erased": {func(w *town, id news.ID) error {
			return w.desk.TakeDown(w.t.Context(), w.Chief.ID, id, news.TakeDown{Reason: "an order", Erased: true}, "It was not so.")
		}, 410},
	} {
		t.Run(name, func(t *testing.T) {
			papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
				w := newTown(t, p)
				ctx := t.Context()
				id := w.publish(p.English, p.Town, word+" opens", "Bridges")
				w.publish(p.English, p.Town, "Another", "Bridges")
				_, err := w.desk.Edit(ctx, p.Editor.ID, id, 1, desk.Copy{Content: p.Story(p.Town, word+" opens to walkers"), TopicNames: []string{"Bridges"}})
				w.must(err)
				w.must(w.desk.Correct(ctx, p.Chief.ID, id, 2, desk.Declared{Kind: news.ChangeCorrection, Note: word + " is open to walkers only."}))
				stamp := w.comments.Stamp(id, p.Clock.Now())
				p.Clock.Move(time.Minute)
				m, err := w.comments.Post(ctx, comments.Posting{Article: id, Name: "Ada", Text: word + "!", Stamp: stamp})
				w.must(err)
				w.must(w.comments.Decide(ctx, p.Editor.ID, m.ID, news.CommentApproved))
				w.hand()
				if n := len(w.everywhere(word)); n < 20 {
					t.Fatalf("only %d pages speak of it before", n)
				}
				w.must(c.do(w, id))
				w.hand()
				for _, at := range w.everywhere(word) {
					t.Errorf("it is left at %s", at)
				}
				page, err := w.press.Page(ctx, press.Address{Kind: press.Article, Edition: p.English.ID, ID: id})
				if err != nil || page.Status != c.status || !strings.Contains(string(page.Body), "It was not so.") {
					t.Errorf("its address: %v, %+v", err, page)
				}
				stone := `<at:deleted-entry ref="http://paper.example/news/` + id.String() + `" when="`
				for _, of := range []press.Address{{Of: press.Front}, {Of: press.Section, Slug: "town"}, {Of: press.Topic, Slug: "bridges"}} {
					of.Kind, of.Edition, of.Format = press.Feed, p.English.ID, press.Atom
					feed, err := w.press.Page(ctx, of)
					if w.must(err); !strings.Contains(string(feed.Body), stone) || strings.Count(string(feed.Body), "<entry>") != 1 {
						t.Errorf("%+v has no gravestone: %s", of, feed.Body)
					}
				}
				world, err := w.press.Page(ctx, press.Address{Kind: press.Feed, Of: press.Section, Slug: "world", Edition: p.English.ID, Format: press.Atom})
				if w.must(err); strings.Contains(string(world.Body), stone) {
					t.Error("a section in which it never stood has its gravestone")
				}
				papertest.Check(t, p.Store)
			})
		})
	}
}

// An article out of the searches is read at its address and asks search
// engines to forget it; no sitemap and no search has it.
func TestAnArticleOutOfTheSearches(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		id := w.publish(p.English, p.Town, "Quarzine opens")
		w.must(w.desk.Index(t.Context(), p.Chief.ID, id, false))
		w.hand()
		page, err := w.press.Page(t.Context(), press.Address{Kind: press.Article, Edition: p.English.ID, ID: id})
		if w.must(err); page.Status != 200 || !strings.Contains(string(page.Body), `<meta name="robots" content="noindex">`) {
			t.Errorf("its page does not ask to be forgotten: %d", page.Status)
		}
		for _, kind := range []press.Kind{press.SitemapNews, press.SitemapMonth} {
			at := press.Address{Kind: kind, Edition: p.English.ID}
			if kind == press.SitemapMonth {
				at.Year, at.Month = p.Clock.Now().Year(), int(p.Clock.Now().Month())
			}
			if page, err := w.press.Page(t.Context(), at); err != nil || strings.Contains(string(page.Body), "/news/"+id.String()) {
				t.Errorf("the sitemap has it: %v", err)
			}
		}
		for _, at := range w.everywhere("Quarzine") {
			if at == "the search finds it" {
				t.Error(at)
			}
		}
		w.must(w.desk.Index(t.Context(), p.Chief.ID, id, true))
		papertest.Check(t, p.Store)
	})
}

// Once a name is replaced, no public page says it: not the older versions, not
// the notes of before.
func TestNothingIsLeftOfAReplacedName(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		ctx := t.Context()
		id := w.publish(p.English, p.Town, "Quarzine Vale is heard")
		_, err := w.desk.Edit(ctx, p.Editor.ID, id, 1, desk.Copy{Content: p.Story(p.Town, "Quarzine Vale is heard again")})
		w.must(err)
		w.must(w.desk.Correct(ctx, p.Chief.ID, id, 2, desk.Declared{Kind: news.ChangeCorrection, Note: "Quarzine Vale was heard twice."}))
		w.must(w.desk.Anonymise(ctx, p.Editor.ID, id, 2, []string{"Quarzine Vale", "Quarzine"}, "a man"))
		w.hand()
		if n := len(w.everywhere("Quarzine")); n < 10 {
			t.Fatalf("only %d pages say the name before the switch", n)
		}
		w.must(w.desk.Correct(ctx, p.Chief.ID, id, 3, desk.Declared{Kind: news.ChangeUpdate, Note: "We have taken a name out."}))
		w.hand()
		for _, at := range w.everywhere("Quarzine") {
			t.Errorf("the name is left at %s", at)
		}
		papertest.Check(t, p.Store)
	})
}

// The note of a correction says when the dateline moved, in each language and
// wherever the note stands.
func TestANoteSaysThatTheDatelineMoved(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		ctx := t.Context()
		for _, c := range []struct {
			e    news.Edition
			s    news.Section
			says string
		}{{p.English, p.Town, "Filed from OSTHAVEN"}, {p.Persian, p.Jahan, "از OSTHAVEN"}} {
			id := w.publish(c.e, c.s, "Ferry "+c.e.Slug)
			copied := p.Story(c.s, "Ferry "+c.e.Slug)
			copied.Dateline.Place = "OSTHAVEN"
			_, err := w.desk.Edit(ctx, p.Editor.ID, id, 1, desk.Copy{Content: copied})
			w.must(err)
			w.must(w.desk.Correct(ctx, p.Chief.ID, id, 2, desk.Declared{Kind: news.ChangeCorrection, Note: "It was filed elsewhere."}))
			w.hand()
			for _, at := range []press.Address{{Kind: press.Article, ID: id}, {Kind: press.Corrections}, {Kind: press.Feed, Of: press.Front, Format: press.RSS},
				{Kind: press.Feed, Of: press.Front, Format: press.Atom}, {Kind: press.Feed, Of: press.Front, Format: press.JSON}} {
				at.Edition = c.e.ID
				page, err := w.press.Page(ctx, at)
				if w.must(err); !strings.Contains(string(page.Body), c.says) || !strings.Contains(string(page.Body), "It was filed elsewhere.") {
					t.Errorf("%+v does not say that the dateline moved", at)
				}
			}
			page, err := w.press.Page(ctx, press.Address{Kind: press.Article, Edition: c.e.ID, ID: id})
			if w.must(err); !strings.Contains(string(page.Body), `"@type":"CorrectionComment"`) {
				t.Error("the structured data has no correction")
			}
		}
	})
}
