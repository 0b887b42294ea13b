package store_test

import (
	"strings"
	"testing"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// keepMedia keeps the row of a picture; its file is the room's matter.
func keepMedia(t testing.TB, p *papertest.Paper, letter string) (news.Media, news.Original) {
	t.Helper()
	m := news.Media{Hash: strings.Repeat(letter, 64), Name: letter + ".jpg", Kind: "image/jpeg", Width: 3, Height: 2, Bytes: 5, At: p.Clock.Now()}
	o := news.Original{Hash: strings.Repeat(letter, 63) + "0", Media: m.Hash, Name: "DSC.JPG", By: p.Reporter.ID, At: p.Clock.Now(), Bytes: 7}
	write(t, p, func(tx *store.Tx) error { return tx.AddMedia(t.Context(), m, o) })
	return m, o
}

// showing is a story with pictures, one of them deep inside.
func showing(p *papertest.Paper, pictures ...news.Media) news.Content {
	c := p.Story(p.Town, "The bridge in pictures")
	for i, m := range pictures {
		b := doc.Block{Kind: doc.KindImage, Image: &doc.Picture{Src: m.Src(), Alt: "The bridge"}}
		if i%2 == 1 {
			b = doc.Block{Kind: doc.KindNote, Note: doc.NoteFact, Blocks: []doc.Block{b}}
		}
		c.Body.Blocks = append(c.Body.Blocks, b)
	}
	return c
}

func contractMedia(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	a, original := keepMedia(t, p, "a")
	b, _ := keepMedia(t, p, "b")
	other := a
	other.Name = "other.jpg"
	write(t, p, func(tx *store.Tx) error { return tx.AddMedia(ctx, other, original) })
	got, err := p.Store.Media(ctx, a.Hash)
	same(t, "a picture keeps its first name", a, got, err)
	kept, err := p.Store.Original(ctx, original.Hash)
	same(t, "original", original, kept, err)
	list, err := p.Store.MediaAbove(ctx, a.Hash, 5)
	same(t, "pictures above", []news.Media{b}, list, err)
	originals, err := p.Store.OriginalsAbove(ctx, "", 1)
	same(t, "originals above", []news.Original{original}, originals, err)
	if _, err := p.Store.Media(ctx, "c"); news.CodeOf(err) != news.NotFound {
		t.Errorf("an unknown picture: %v", err)
	}

	// Readers get a picture from the publication to the kill and not otherwise.
	draft(t, p, 6, showing(p, a, b))
	public := func(what string, want ...news.Media) {
		t.Helper()
		var found []news.Media
		for _, m := range []news.Media{a, b} {
			got, err := p.Store.LiveMedia(ctx, m.Hash)
			if err == nil {
				found = append(found, got)
			} else if news.CodeOf(err) != news.NotFound {
				t.Errorf("%s: %v", what, err)
			}
		}
		same(t, what, want, found, nil)
	}
	public("of a draft")
	article := live(t, p, 7, showing(p, a, b, a))
	public("of a live article", a, b)
	second := live(t, p, 8, showing(p, b))
	corrected := showing(p, a)
	write(t, p, func(tx *store.Tx) error { return tx.Place(ctx, article, corrected) })
	write(t, p, func(tx *store.Tx) error { return tx.Place(ctx, second, p.Story(p.Town, "No picture")) })
	public("after a correction", a)
	write(t, p, func(tx *store.Tx) error { return tx.Unplace(ctx, article.ID) })
	public("after a kill")

	// What the paper does not have cannot go live.
	for _, src := range []string{news.Media{Hash: strings.Repeat("d", 64), Name: "d.jpg"}.Src(), other.Src()} {
		c := p.Story(p.Town, "A hole")
		c.Body.Blocks = append(c.Body.Blocks, doc.Block{Kind: doc.KindImage, Image: &doc.Picture{Src: src}})
		refused(t, p, news.Invalid, func(tx *store.Tx) error { return tx.Place(ctx, article, c) })
	}
	// Another paper's addresses are its own matter.
	c := p.Story(p.Town, "Foreign")
	c.Body.Blocks = append(c.Body.Blocks, doc.Block{Kind: doc.KindImage, Image: &doc.Picture{Src: "/media/2019/03/bridge.jpg"}})
	live(t, p, 9, c)
}

// TestCheckFindsPictures: a live article whose picture readers do not get, or
// get under another name, or the other way round.
func TestCheckFindsPictures(t *testing.T) {
	for _, c := range []struct{ text, finding string }{
		{`SELECT 1`, ""},
		{`DELETE FROM article_media WHERE article_id = 7`, "article 7 shows a picture that readers do not get: /media/aaaa"},
		{`UPDATE media SET name = 'x.jpg'`, "article 7 shows a picture under a wrong name: /media/aaaa"},
		{`INSERT INTO article_media (article_id, hash) SELECT 8, hash FROM media`, "article 8 lets readers fetch a picture that it does not show"},
		{`INSERT INTO article_media (article_id, hash) SELECT 6, hash FROM media`, "article 6 is not public and lets readers fetch its pictures"},
	} {
		for name, empty := range databases {
			t.Run(name, func(t *testing.T) {
				p := found(t, store.Options{URL: empty(t)})
				a, _ := keepMedia(t, p, "a")
				draft(t, p, 6, showing(p, a))
				live(t, p, 7, showing(p, a))
				live(t, p, 8, p.Story(p.Town, "No picture"))
				if _, err := p.Store.Writer().Exec(c.text); err != nil {
					t.Fatal(err)
				}
				if got := findings(t, p.Store); c.finding == "" && got != "" || !strings.Contains(got, c.finding) {
					t.Errorf("%s: found %q, want %q", c.text, got, c.finding)
				}
			})
		}
	}
}
