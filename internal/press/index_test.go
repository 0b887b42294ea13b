package press

import (
	"context"
	"fmt"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
	"broadsheet/themes"
)

// smallPress is a press over a paper with so many articles.
func smallPress(t *testing.T, bytes uint64, articles int) (*Press, *papertest.Paper) {
	t.Helper()
	p := papertest.New(t)
	err := p.Store.Write(t.Context(), "fill", func(tx *store.Tx) error {
		for n := range articles {
			c := p.Story(p.Town, fmt.Sprint("Story ", n))
			set, err := store.SetType(c)
			if err != nil {
				return err
			}
			at := p.Clock.Now().Add(-time.Duration(n) * time.Hour)
			a := news.Article{ID: news.ID(n + 1), Edition: p.English.ID, Section: p.Town.ID, State: news.Published, Head: 1, Live: 1, Headline: c.Headline,
				CreatedAt: at, ChangedAt: at, PublishedAt: at, UpdatedAt: at, Bypass: news.Bypass{At: at, Reason: "an old number"}}
			if err := tx.TakeID(t.Context(), a.ID); err != nil {
				return err
			}
			v := news.Revision{Article: a.ID, Number: 1, Content: c, At: at, PublishedAt: at, Change: news.ChangeFirst}
			if err := tx.InsertLive(t.Context(), a, v, set, news.Event{Kind: news.EventPublished, At: at}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	press, err := New(t.Context(), Options{Store: p.Store, Now: p.Clock.Now, Theme: themes.Default(), Base: "http://paper.example", Bytes: bytes})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(press.Close)
	return press, p
}

// indexed are the pages in the index: each is in the cache too, or the index
// keeps what the cache has let go.
func (p *Press) indexed() (addresses, strays int) {
	p.index.mu.Lock()
	defer p.index.mu.Unlock()
	seen := map[Address]bool{}
	for _, m := range p.index.pages {
		for a, page := range m {
			seen[a] = true
			if kept, ok := p.pages.GetIfPresent(a); !ok || kept != page {
				strays++
			}
		}
	}
	return len(seen), strays
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// The cache is bounded by bytes, and a page that had to go leaves the index.
func TestEvictedPagesLeaveTheIndex(t *testing.T) {
	const most = 400 << 10
	p, paper := smallPress(t, most, 60)
	for id := news.ID(1); id <= 60; id++ {
		if _, err := p.Page(context.Background(), Address{Kind: Article, Edition: paper.English.ID, ID: id}); err != nil {
			t.Fatal(err)
		}
	}
	p.pages.CleanUp()
	if p.Kept() > most {
		t.Errorf("%d bytes are kept, %d may", p.Kept(), most)
	}
	eventually(t, "only kept pages in the index", func() bool { n, strays := p.indexed(); return strays == 0 && n == p.pages.EstimatedSize() })
	n, _ := p.indexed()
	if n == 0 || n == 60 {
		t.Errorf("%d of 60 pages are kept: the test proves nothing", n)
	}
}

// A page that was rendered again leaves nothing of the one before in the index.
func TestReplacedPagesLeaveTheIndex(t *testing.T) {
	p, paper := smallPress(t, 0, 3)
	front := Address{Kind: Front, Edition: paper.English.ID}
	if _, err := p.Page(context.Background(), front); err != nil {
		t.Fatal(err)
	}
	err := paper.Store.Write(t.Context(), "kill", func(tx *store.Tx) error {
		a, err := tx.Article(t.Context(), 2)
		if err != nil {
			return err
		}
		v, err := tx.Revision(t.Context(), 2, 1)
		if err != nil {
			return err
		}
		a.State, a.Kill = news.Killed, news.Kill{By: paper.Chief.ID, At: paper.Clock.Now(), Note: "No."}
		return tx.Withdraw(t.Context(), a, v.Content, news.Event{Kind: news.EventKilled, At: paper.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Forget()
	if _, err := p.Page(context.Background(), front); err != nil {
		t.Fatal(err)
	}
	eventually(t, "no trace of the page before", func() bool { _, strays := p.indexed(); return strays == 0 })
	p.index.mu.Lock()
	defer p.index.mu.Unlock()
	if m := p.index.pages[articleTag(2)]; len(m) > 0 {
		t.Errorf("a front without the article is found by its tag: %v", m)
	}
	if len(p.index.renders) > 0 {
		t.Errorf("%d renders are under way for ever", len(p.index.renders))
	}
}

// A page of other bytes has a later time than the one before it, within the
// same second and after the clock was set back; the same bytes keep theirs.
func TestModifiedGoesForward(t *testing.T) {
	p, paper := smallPress(t, 0, 1)
	front := Address{Kind: Front, Edition: paper.English.ID}
	page := func(tagline string) *Page {
		e := paper.English
		e.Tagline = tagline
		if err := paper.Store.Write(t.Context(), "tagline", func(tx *store.Tx) error { return tx.SaveEdition(t.Context(), &e) }); err != nil {
			t.Fatal(err)
		}
		if err := p.Handle(t.Context(), news.Event{Kind: news.EventEdition, Edition: e.ID, Touched: news.Touched{Public: true}}); err != nil {
			t.Fatal(err)
		}
		got, err := p.Page(context.Background(), front)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	first := page("One")
	if again := page("One"); again.ETag != first.ETag || !again.Modified.Equal(first.Modified) {
		t.Errorf("the same bytes are of %v, not %v", again.Modified, first.Modified)
	}
	second := page("Two")
	paper.Clock.Move(-time.Hour)
	if third := page("Three"); !second.Modified.After(first.Modified) || !third.Modified.After(second.Modified) {
		t.Errorf("the times of three pages: %v, %v, %v", first.Modified, second.Modified, third.Modified)
	}
}

// Whatever readers type, two addresses are two pages.
func TestFlightKeys(t *testing.T) {
	a := Address{Kind: Search, Query: Query{Text: "a Section:town From: To: Best:false Below:0"}}
	b := Address{Kind: Search, Query: Query{Text: "a", Section: "town From: To: Best:false Below:0 Section:"}}
	if a.flightKey() == b.flightKey() {
		t.Errorf("both are %s", a.flightKey())
	}
}
