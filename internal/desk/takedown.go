package desk

import (
	"context"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// TakeDown removes an article for legal reasons: from every page, list, feed,
// search and preview at once. Its texts are sealed, or erased where t says so.
// note is what readers find at the address.
func (d *Desk) TakeDown(ctx context.Context, who news.PersonID, id news.ID, t news.TakeDown, note string) error {
	return d.store.Write(ctx, "take the article down", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if a.Sealed {
			was, err := tx.TakeDown(ctx, id)
			if err == nil && was.By == p.ID && was.Reason == strings.TrimSpace(t.Reason) && was.Erased == t.Erased {
				return nil // the same act asked twice
			}
		}
		live, err := tx.Revision(ctx, id, max(a.Live, 1))
		if err != nil {
			return err
		}
		now := d.now()
		if err := a.TakeDown(p, note, now); err != nil {
			return err
		}
		t.Article, t.By, t.At, t.Hash, t.Reason, t.Reference = id, p.ID, now, live.Content.Hash(), strings.TrimSpace(t.Reason), strings.TrimSpace(t.Reference)
		if err := t.Validate(); err != nil {
			return err
		}
		a.ChangedAt, a.ChangedBy = now, p.ID
		if err := tx.AddTakeDown(ctx, t); err != nil {
			return err
		}
		if err := tx.Withdraw(ctx, a, live.Content, news.Event{Kind: news.EventTakenDown, At: now, Actor: p.ID, Note: takeDownNote(t)}); err != nil {
			return err
		}
		if !t.Erased {
			return nil
		}
		return tx.Erase(ctx, id)
	})
}

// takeDownNote is what the record keeps: how, under which reference, and why.
func takeDownNote(t news.TakeDown) string {
	how := "sealed"
	if t.Erased {
		how = "erased"
	}
	return how + "|" + strings.ReplaceAll(t.Reference, "|", "/") + "|" + t.Reason
}
