package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractPreviews(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	a := draft(t, p, 7, p.Story(p.Town, "The bridge"))
	link := filled[news.PreviewLink](t)
	link.Article = a.ID
	older := link
	older.Token, older.Revision, older.MadeAt = "older", 0, link.MadeAt.Add(-time.Hour)
	write(t, p, func(tx *store.Tx) error {
		if err := tx.AddPreview(ctx, older); err != nil {
			return err
		}
		return tx.AddPreview(ctx, link)
	})
	got, err := p.Store.Preview(ctx, link.Token)
	same(t, "preview link", link, got, err)
	list, err := p.Store.Previews(ctx, a.ID)
	same(t, "preview links", []news.PreviewLink{link, older}, list, err)
	if _, err := p.Store.Preview(ctx, "other"); news.CodeOf(err) != news.NotFound {
		t.Errorf("an unknown link: %v", err)
	}

	ended := link.Expires.Add(-time.Minute)
	write(t, p, func(tx *store.Tx) error { return tx.EndPreview(ctx, link.Token, ended) })
	write(t, p, func(tx *store.Tx) error { return tx.EndPreview(ctx, link.Token, ended.Add(time.Second)) }) // never later again
	link.Expires = ended
	got, err = p.Store.Preview(ctx, link.Token)
	same(t, "ended link", link, got, err)

	write(t, p, func(tx *store.Tx) error { return tx.PrunePreviews(ctx, ended.Add(time.Second)) })
	list, err = p.Store.Previews(ctx, a.ID)
	same(t, "links that last", []news.PreviewLink{older}, list, err)
	papertest.Check(t, p.Store)
}
