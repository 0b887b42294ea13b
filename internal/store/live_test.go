package store_test

import (
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// What an import publishes in one step stands where GoLive puts it.
func TestInsertLive(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		ctx, now := t.Context(), p.Clock.Now()
		c := p.Story(p.Town, "Quarzine quay opens")
		set, err := store.SetType(c)
		if err != nil {
			t.Fatal(err)
		}
		var id news.ID
		write(t, p, func(tx *store.Tx) error {
			var err error
			if id, err = tx.NewID(ctx); err != nil {
				return err
			}
			a := news.Article{ID: id, Edition: p.English.ID, Section: c.Section, State: news.Published, Head: 1, Live: 1, Headline: c.Headline,
				CreatedAt: now, ChangedAt: now, PublishedAt: now, UpdatedAt: now}
			v := news.Revision{Article: id, Number: 1, Content: c, At: now, PublishedAt: now, Change: news.ChangeFirst}
			return tx.InsertLive(ctx, a, v, set, news.Event{Kind: news.EventPublished, At: now})
		})
		for name, l := range map[string]store.List{"edition": {Edition: p.English.ID}, "section": {Section: p.Town.ID}, "author": {Edition: p.English.ID, Byline: "rana-reed"}} {
			cards, err := p.Store.Cards(ctx, l, store.Span{}, 10)
			if err != nil || len(cards) != 1 || cards[0].ID != id {
				t.Errorf("list of the %s: %v, %v", name, cards, err)
			}
		}
		hits, err := p.Store.SearchArticles(ctx, store.Search{Text: "quarzine", Scope: store.Public, Section: p.Town.ID, Limit: 10})
		if err != nil || len(hits) != 1 {
			t.Errorf("search: %v, %v", hits, err)
		}
		papertest.Check(t, p.Store)
	})
}
