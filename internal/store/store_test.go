package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// publish puts one story of the town live, as the desk does.
func publish(t *testing.T, p *papertest.Paper, headline string) news.ID {
	t.Helper()
	var id news.ID
	err := p.Store.Write(t.Context(), "publish", func(tx *store.Tx) error {
		var err error
		if id, err = tx.NewID(t.Context()); err != nil {
			return err
		}
		now := p.Clock.Now()
		c := p.Story(p.Town, headline)
		a := news.Article{ID: id, Edition: p.English.ID, Section: c.Section, State: news.Published, Head: 1, Live: 1, Creator: p.Reporter.ID,
			Headline: headline, CreatedAt: now, ChangedAt: now, PublishedAt: now, UpdatedAt: now}
		if err := tx.InsertArticle(t.Context(), a); err != nil {
			return err
		}
		v := news.Revision{Article: id, Number: 1, Content: c, By: p.Reporter.ID, At: now, Change: news.ChangeFirst}
		if err := tx.InsertRevision(t.Context(), v); err != nil {
			return err
		}
		return tx.GoLive(t.Context(), a, v, nil, news.Event{Kind: news.EventPublished, At: now})
	})
	if err != nil {
		t.Fatalf("publish %q: %v", headline, err)
	}
	return id
}

func TestPublishedArticleStandsEverywhere(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		first := publish(t, p, "Bridge opens at last")
		p.Clock.Move(time.Minute)
		second := publish(t, p, "Ferry stops for good")
		ctx := t.Context()

		for name, l := range map[string]store.List{
			"edition": {Edition: p.English.ID}, "section": {Section: p.Town.ID}, "author": {Edition: p.English.ID, Byline: "rana-reed"},
		} {
			cards, err := p.Store.Cards(ctx, l, store.Span{}, 10)
			if err != nil || len(cards) != 2 || cards[0].ID != second || cards[1].ID != first {
				t.Errorf("list of the %s: %v, %v", name, cards, err)
			}
		}
		hits, err := p.Store.SearchArticles(ctx, store.Search{Text: "ferry", Scope: store.Public, Edition: p.English.ID, Limit: 10})
		if err != nil || len(hits) != 1 || hits[0].Article != second {
			t.Errorf("search: %v, %v", hits, err)
		}
		hits, err = p.Store.SearchArticles(ctx, store.Search{Text: "bridge", Scope: store.Public, Best: true, Limit: 10})
		if err != nil || len(hits) != 2 || hits[0].Article != first {
			t.Errorf("search by relevance puts the headline first: %v, %v", hits, err)
		}
		hits, err = p.Store.SearchArticles(ctx, store.Search{Text: "barefoot", Limit: 10})
		if err != nil || len(hits) != 2 {
			t.Errorf("search at the desk: %v, %v", hits, err)
		}
		papertest.Check(t, p.Store)
	})
}
