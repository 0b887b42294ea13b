package store_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractRevisions(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	article(t, p, news.Article{ID: 5, Edition: p.English.ID, State: news.Draft, Head: 1}, p.Story(p.Town, "First"))
	want := filled[news.Revision](t)
	want.Article, want.Number = 5, 2
	write(t, p, func(tx *store.Tx) error { return tx.InsertRevision(ctx, want) })
	got, err := p.Store.Revision(ctx, 5, 2)
	same(t, "revision", want, got, err)
	bare := news.Revision{Article: 5, Number: 3}
	write(t, p, func(tx *store.Tx) error { return tx.InsertRevision(ctx, bare) })
	got, err = p.Store.Revision(ctx, 5, 3)
	same(t, "revision with the least", bare, got, err)

	list, err := p.Store.Revisions(ctx, 5, 2)
	same(t, "the newest two", []news.Revision{bare, want}, list, err)
	list, err = p.Store.RevisionsBelow(ctx, 5, 3, 1)
	same(t, "one below the newest", []news.Revision{want}, list, err)
	list, err = p.Store.RevisionsBelow(ctx, 5, 1, 9)
	same(t, "none below the first", []news.Revision(nil), list, err)
	list, err = p.Store.RevisionMoments(ctx, 5, want.At, want.At)
	same(t, "when the second was made", []news.Revision{{Number: 2, At: want.At}}, list, err)
	list, err = p.Store.RevisionMoments(ctx, 5, want.At.Add(time.Microsecond), want.At.Add(time.Second))
	same(t, "made after it", []news.Revision(nil), list, err)
	list, err = p.Store.LiveRevisions(ctx, 5, 9)
	same(t, "those readers have seen", []news.Revision{want}, list, err)

	refused(t, p, news.Conflict, func(tx *store.Tx) error { return tx.InsertRevision(ctx, want) })
	refused(t, p, news.Unavailable, func(tx *store.Tx) error { return tx.InsertRevision(ctx, news.Revision{Article: 99, Number: 1}) })
	large, _ := doc.FromText(strings.Repeat("Valmere. ", news.MaxArticle/9+1))
	refused(t, p, news.TooLarge, func(tx *store.Tx) error {
		return tx.InsertRevision(ctx, news.Revision{Article: 5, Number: 4, Content: news.Content{Body: large}})
	})
	for _, number := range []int{0, 4} {
		if _, err := p.Store.Revision(ctx, 5, number); news.CodeOf(err) != news.NotFound {
			t.Errorf("revision %d: %v", number, err)
		}
	}
}

func contractMarkLive(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	now := p.Clock.Now()
	article(t, p, news.Article{ID: 5, Edition: p.English.ID, State: news.Draft, Head: 1}, p.Story(p.Town, "First"))
	mark := func(at time.Time, kind news.ChangeKind, note string) {
		write(t, p, func(tx *store.Tx) error { return tx.MarkLive(ctx, 5, 1, at, kind, note) })
	}
	want, err := p.Store.Revision(ctx, 5, 1)
	if err != nil || !want.PublishedAt.IsZero() {
		t.Fatalf("a draft: %+v, %v", want, err)
	}
	mark(now, news.ChangeUpdate, "the time of the ferry")
	want.PublishedAt, want.Change, want.Note = now, news.ChangeUpdate, "the time of the ferry"
	got, err := p.Store.Revision(ctx, 5, 1)
	same(t, "marked", want, got, err)
	mark(now.Add(time.Hour), news.ChangeMinor, "something else")
	got, err = p.Store.Revision(ctx, 5, 1)
	same(t, "what is written on a live revision stays", want, got, err)
}

func contractAsides(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	article(t, p, news.Article{ID: 5, Edition: p.English.ID, State: news.Draft, Head: 1}, p.Story(p.Town, "First"))
	first := filled[store.Aside](t)
	first.Article, first.Person = 5, p.Editor.ID
	second := first
	second.At, second.Base, second.Content = first.At.Add(time.Second), 9, p.Story(p.World, "Second")
	keep := func(a store.Aside) {
		write(t, p, func(tx *store.Tx) error { return tx.KeepAside(ctx, a) })
	}
	keep(first)
	keep(second)
	list, err := p.Store.Asides(ctx, 5, p.Editor.ID)
	same(t, "kept, the newest first", []store.Aside{second, first}, list, err)

	second.Base, second.Content.Headline = 10, "Second, once more"
	keep(second) // the same moment: the same text sent twice
	list, err = p.Store.Asides(ctx, 5, p.Editor.ID)
	same(t, "kept once", []store.Aside{second, first}, list, err)
	list, err = p.Store.Asides(ctx, 5, p.Colleague.ID)
	same(t, "another's", []store.Aside(nil), list, err)

	write(t, p, func(tx *store.Tx) error { return tx.DropAside(ctx, 5, p.Colleague.ID, first.At) })
	write(t, p, func(tx *store.Tx) error { return tx.DropAside(ctx, 5, p.Editor.ID, second.At) })
	list, err = p.Store.Asides(ctx, 5, p.Editor.ID)
	same(t, "after one was dealt with", []store.Aside{first}, list, err)
	for i := range 25 {
		second.At = first.At.Add(time.Duration(i) * time.Minute)
		keep(second)
	}
	if list, err = p.Store.Asides(ctx, 5, p.Editor.ID); len(list) != 20 || err != nil {
		t.Errorf("of many, %d are shown: %v", len(list), err)
	}
}
