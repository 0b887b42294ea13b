package store_test

import (
	"reflect"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func valueOf(v any) reflect.Value { return reflect.ValueOf(v) }

func contractArticles(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	want := filled[news.Article](t)
	want.Edition = p.English.ID
	write(t, p, func(tx *store.Tx) error { return tx.InsertArticle(ctx, want) })
	got, err := p.Store.Article(ctx, want.ID)
	same(t, "article", want, got, err)
	got, err = p.Store.ArticleBySource(ctx, want.SourceKey)
	same(t, "article by its source", want, got, err)

	// Everything changes but number, edition, creator, source, comments and placement.
	changed := filled[struct {
		A, B, C int
		Article news.Article
	}](t).Article
	changed.ID = want.ID
	write(t, p, func(tx *store.Tx) error { return tx.UpdateArticle(ctx, changed) })
	changed.Edition, changed.Creator, changed.CreatedAt = want.Edition, want.Creator, want.CreatedAt
	changed.SourceKey, changed.CommentCount = want.SourceKey, want.CommentCount
	changed.Desk, changed.Assignee, changed.Stage = want.Desk, want.Assignee, want.Stage
	got, err = p.Store.Article(ctx, want.ID)
	same(t, "changed article", changed, got, err)

	bare := news.Article{ID: 7, Edition: p.Persian.ID, State: news.Draft, Head: 1}
	write(t, p, func(tx *store.Tx) error { return tx.InsertArticle(ctx, bare) })
	got, err = p.Store.Article(ctx, 7)
	same(t, "article with the least", bare, got, err)
	write(t, p, func(tx *store.Tx) error { // many articles have no source
		return tx.InsertArticle(ctx, news.Article{ID: 8, Edition: p.Persian.ID, State: news.Draft, Head: 1})
	})
	for _, key := range []string{"", "wire:unknown"} {
		if a, err := p.Store.ArticleBySource(ctx, key); news.CodeOf(err) != news.NotFound {
			t.Errorf("source %q: %v, %v", key, a, err)
		}
	}
	refused(t, p, news.Conflict, func(tx *store.Tx) error {
		return tx.InsertArticle(ctx, news.Article{ID: 9, Edition: p.English.ID, State: news.Draft, Head: 1, SourceKey: want.SourceKey})
	})
	refused(t, p, news.Conflict, func(tx *store.Tx) error {
		return tx.InsertArticle(ctx, news.Article{ID: 7, Edition: p.English.ID, State: news.Draft, Head: 1})
	})
	if _, err := p.Store.Article(ctx, 9); news.CodeOf(err) != news.NotFound {
		t.Errorf("an article that was refused: %v", err)
	}
}

func contractNewsIDs(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	next := func() (id news.ID) {
		write(t, p, func(tx *store.Tx) (err error) {
			if id, err = tx.NewID(ctx); err != nil {
				return err
			}
			return tx.InsertArticle(ctx, news.Article{ID: id, Edition: p.English.ID, State: news.Draft, Head: 1})
		})
		return id
	}
	take := func(id news.ID) func(*store.Tx) error {
		return func(tx *store.Tx) error {
			if err := tx.TakeID(ctx, id); err != nil {
				return err
			}
			return tx.InsertArticle(ctx, news.Article{ID: id, Edition: p.English.ID, State: news.Draft, Head: 1})
		}
	}
	if a, b := next(), next(); a != 1 || b != 2 {
		t.Errorf("the first numbers are %d and %d", a, b)
	}
	write(t, p, take(48213))
	if id := next(); id != 48214 {
		t.Errorf("after 48213 was taken the next number is %d", id)
	}
	write(t, p, take(17)) // below the counter, and free
	if id := next(); id != 48215 {
		t.Errorf("a lower number moved the counter: %d", id)
	}
	write(t, p, func(tx *store.Tx) error { // an article ahead of the counter is passed over
		return tx.InsertArticle(ctx, news.Article{ID: 48216, Edition: p.English.ID, State: news.Draft, Head: 1})
	})
	if id := next(); id != 48217 {
		t.Errorf("48216 is used: %d", id)
	}
	refused(t, p, news.Conflict, take(17))
	refused(t, p, news.Invalid, take(0))
	refused(t, p, news.Invalid, take(news.MaxID+1))
	write(t, p, take(news.MaxID))
	refused(t, p, news.Invalid, func(tx *store.Tx) error {
		_, err := tx.NewID(ctx)
		return err
	})
	// A number given out in an act that failed was never given.
	q := found(t, store.Options{URL: databases[p.Store.Name()](t)})
	refused(t, q, news.Invalid, func(tx *store.Tx) error {
		if _, err := tx.NewID(ctx); err != nil {
			return err
		}
		return news.Refuse(news.Invalid, "", "no")
	})
	write(t, q, func(tx *store.Tx) error {
		if id, err := tx.NewID(ctx); id != 1 || err != nil {
			t.Errorf("after an act that failed: %d, %v", id, err)
		}
		return nil
	})
}

func contractSchedule(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	now := p.Clock.Now()
	if next, err := p.Store.NextDue(ctx); !next.IsZero() || err != nil {
		t.Errorf("nothing waits: %v, %v", next, err)
	}
	for id, wait := range map[news.ID]time.Duration{1: 3 * time.Hour, 2: time.Hour, 3: 2 * time.Hour, 4: time.Hour} {
		a := news.Article{ID: id, Edition: p.English.ID, State: news.Scheduled, Head: 1, ScheduledFor: now.Add(wait)}
		if id == 4 {
			a.State = news.InReview // a left-over time says nothing
		}
		article(t, p, a, p.Story(p.Town, "Later"))
	}
	next, err := p.Store.NextDue(ctx)
	same(t, "the next", now.Add(time.Hour), next, err)
	due := func(at time.Time, limit int) (ids []news.ID) {
		list, err := p.Store.Due(ctx, at, limit)
		if err != nil {
			t.Error(err)
		}
		for _, a := range list {
			ids = append(ids, a.ID)
		}
		return ids
	}
	in(t, "just before", due(now.Add(time.Hour-time.Microsecond), 9), nil)
	in(t, "at the time", due(now.Add(time.Hour), 9), nil, 2)
	in(t, "all, the earliest first", due(now.Add(9*time.Hour), 9), nil, 2, 3, 1)
	in(t, "the first two", due(now.Add(9*time.Hour), 2), nil, 2, 3)
}
