package store

import (
	"context"

	"broadsheet/internal/news"
)

// GoLive makes a revision the one that readers see, in the transaction of the
// act: state, frozen revision, address, lists, search and event. This is the
// promise: when the transaction is on disk the article is published, and
// before that nothing of it is. before is where the article stood until now;
// nil for a first publication.
func (tx *Tx) GoLive(ctx context.Context, a news.Article, v news.Revision, before *news.Placing, e news.Event) error {
	if err := tx.MarkLive(ctx, a.ID, v.Number, a.UpdatedAt, v.Change, v.Note); err != nil {
		return err
	}
	if err := tx.UpdateArticle(ctx, a); err != nil {
		return err
	}
	if err := tx.Place(ctx, a, v.Content); err != nil {
		return err
	}
	if err := tx.IndexArticle(ctx, a, v.Content, ScopeOf(a)); err != nil {
		return err
	}
	places := []news.Placing{a.Placing(v.Content)}
	if before != nil {
		places = append(places, *before)
	}
	e.Article, e.Edition, e.Touched = a.ID, a.Edition, news.Touch(places...)
	return tx.AddEvent(ctx, e)
}

// InsertLive keeps an article that is public from its first moment: what an
// import publishes. It is GoLive for a number that stood nowhere before.
func (tx *Tx) InsertLive(ctx context.Context, a news.Article, v news.Revision, t Type, e news.Event) error {
	if err := tx.InsertArticle(ctx, a); err != nil {
		return err
	}
	if err := tx.insertSet(ctx, v, t); err != nil {
		return err
	}
	if err := tx.enlist(ctx, a, v.Content); err != nil {
		return err
	}
	if err := tx.enter(ctx, a, v.Section, t, Public); err != nil {
		return err
	}
	e.Article, e.Edition, e.Touched = a.ID, a.Edition, news.Touch(a.Placing(v.Content))
	return tx.AddEvent(ctx, e)
}

// Withdraw takes a live article out of every list and out of the readers'
// search; its address stays.
func (tx *Tx) Withdraw(ctx context.Context, a news.Article, live news.Content, e news.Event) error {
	if err := tx.UpdateArticle(ctx, a); err != nil {
		return err
	}
	if err := tx.Unplace(ctx, a.ID); err != nil {
		return err
	}
	if err := tx.keepWithdrawal(ctx, a, live); err != nil {
		return err
	}
	if a.Sealed {
		err := tx.UnindexArticle(ctx, a.ID)
		if err != nil {
			return err
		}
	} else if err := tx.IndexArticle(ctx, a, live, AtDesk); err != nil {
		return err
	}
	e.Article, e.Edition, e.Touched = a.ID, a.Edition, news.Touch(a.Placing(live))
	return tx.AddEvent(ctx, e)
}

// ScopeOf says who finds an article in the search.
func ScopeOf(a news.Article) Scope {
	if a.Public() && !a.NoIndex {
		return Public
	}
	return AtDesk
}
