package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Label sets one of an article's labels until a time; a zero time takes it
// away. It ends by itself.
func (d *Desk) Label(ctx context.Context, who news.PersonID, id news.ID, kind news.LabelKind, until time.Time) error {
	until = until.UTC().Truncate(time.Microsecond)
	if until.Year() == 1 {
		until = time.Time{}
	}
	return d.store.Write(ctx, "label the article", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if a.Labels.Ends(kind).Equal(until) {
			return nil
		}
		now, note := d.now(), string(kind)
		if err := a.Label(p, kind, until, now); err != nil {
			return err
		}
		if !until.IsZero() {
			note += " " + until.Format(time.RFC3339)
		}
		a.ChangedAt, a.ChangedBy = now, p.ID
		if err := tx.UpdateArticle(ctx, a); err != nil {
			return err
		}
		e := news.Event{Kind: news.EventLabelled, At: now, Actor: p.ID, Edition: a.Edition, Article: id, Note: note}
		if a.Public() {
			live, err := tx.Revision(ctx, id, a.Live)
			if err != nil {
				return err
			}
			e.Touched = news.Touch(a.Placing(live.Content))
		}
		return tx.AddEvent(ctx, e)
	})
}
