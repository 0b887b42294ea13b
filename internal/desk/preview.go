package desk

import (
	"context"
	"crypto/rand"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Show makes a link with which somebody without an account reads a revision
// of an article (0 = always the newest) until a time. The secret is returned
// once and kept nowhere.
func (d *Desk) Show(ctx context.Context, who news.PersonID, id news.ID, revision int, until time.Time) (secret string, err error) {
	secret = rand.Text()
	err = d.store.Write(ctx, "make a preview link", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		now := d.now()
		if err := a.CanShow(p, until, now); err != nil {
			return err
		}
		if revision != 0 {
			if _, err := tx.Revision(ctx, id, revision); err != nil {
				return err
			}
		}
		l := news.PreviewLink{Token: news.PreviewToken(secret), Article: id, Revision: revision, By: p.ID, MadeAt: now, Expires: until}
		if err := tx.AddPreview(ctx, l); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventShown, At: now, Actor: p.ID, Edition: a.Edition, Article: id, Note: until.UTC().Format(time.RFC3339)})
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// EndPreview ends a link before its time. Whoever could have made it may.
func (d *Desk) EndPreview(ctx context.Context, who news.PersonID, id news.ID, token string) error {
	return d.store.Write(ctx, "end a preview link", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		l, err := tx.Preview(ctx, token)
		switch {
		case err != nil:
			return err
		case l.Article != id:
			return news.NotFound
		case a.Allows(p, news.MayShow) != nil:
			return a.Allows(p, news.MayShow)
		}
		now := d.now()
		if !now.Before(l.Expires) {
			return nil // it has ended already
		}
		if err := tx.EndPreview(ctx, token, now); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventUnshown, At: now, Actor: p.ID, Edition: a.Edition, Article: id})
	})
}

// PrunePreviews forgets links that ended a month ago.
func (d *Desk) PrunePreviews(ctx context.Context) error {
	return d.store.Write(ctx, "forget ended preview links", func(tx *store.Tx) error {
		return tx.PrunePreviews(ctx, d.now().Add(-30*24*time.Hour))
	})
}
