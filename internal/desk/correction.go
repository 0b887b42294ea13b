package desk

import (
	"context"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Correct switches a published article to the revision that was prepared
// beside it, and declares what changed: an update, clarification or correction
// with a note for readers, or a minor change under the person's name.
func (d *Desk) Correct(ctx context.Context, who news.PersonID, id news.ID, read int, kind news.ChangeKind, note string) error {
	return d.store.Write(ctx, "correct the article", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		done, err := alreadyCorrected(ctx, tx, a, read, kind, note)
		if err != nil || done {
			return err
		}
		head, err := d.headRead(ctx, tx, &a, read)
		if err != nil {
			return err
		}
		if err := head.Ready(); err != nil {
			return err
		}
		if err := d.unblocked(ctx, tx, a, head); err != nil {
			return err
		}
		live, err := tx.Revision(ctx, id, max(a.Live, 1))
		if err != nil {
			return err
		}
		before, now := a.Placing(live.Content), d.now()
		if err := a.Correct(p, head, now); err != nil {
			return err
		}
		a.ChangedAt, a.ChangedBy = now, p.ID
		c := news.Correction{Article: id, Edition: a.Edition, Revision: head.Number, Kind: kind, Note: note, By: p.ID, At: now, Headline: head.Headline}
		if err := c.Validate(); err != nil {
			return err
		}
		if err := tx.AddCorrection(ctx, c); err != nil {
			return err
		}
		head.Change, head.Note = kind, note
		return tx.GoLive(ctx, a, head, &before, news.Event{Kind: news.EventCorrected, At: now, Actor: p.ID, Note: string(kind) + ": " + note})
	})
}

// alreadyCorrected recognises the same act asked twice.
func alreadyCorrected(ctx context.Context, tx *store.Tx, a news.Article, read int, kind news.ChangeKind, note string) (bool, error) {
	if a.State != news.Published || a.Live != read {
		return false, nil
	}
	live, err := tx.Revision(ctx, a.ID, a.Live)
	return err == nil && live.Change == kind && live.Note == note, err
}

// Kill withdraws a published article: its address stays and gives the note.
func (d *Desk) Kill(ctx context.Context, who news.PersonID, id news.ID, note string) error {
	return d.store.Write(ctx, "kill the article", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if a.State == news.Killed && a.Kill.Note == strings.TrimSpace(note) {
			return nil
		}
		live, err := tx.Revision(ctx, id, max(a.Live, 1))
		if err != nil {
			return err
		}
		now := d.now()
		if err := a.Withdraw(p, note, now); err != nil {
			return err
		}
		a.ChangedAt, a.ChangedBy = now, p.ID
		return tx.Withdraw(ctx, a, live.Content, news.Event{Kind: news.EventKilled, At: now, Actor: p.ID, Note: a.Kill.Note})
	})
}
