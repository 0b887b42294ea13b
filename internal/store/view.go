package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

const viewColumns = `id, person_id, name, query, shared, removed_at`

func scanView(r scanner) (news.SavedView, error) {
	var w news.SavedView
	var removed int64
	err := r.Scan(&w.ID, &w.Person, &w.Name, &w.Query, &w.Shared, &removed)
	w.Removed = removed != 0
	return w, err
}

// Views lists a person's saved views by name, then those that others share.
func (q queries) Views(ctx context.Context, who news.PersonID) ([]news.SavedView, error) {
	own, err := all(ctx, q, `SELECT `+viewColumns+` FROM saved_view WHERE person_id = $1 AND removed_at = 0 ORDER BY name, id LIMIT $2`,
		[]any{who, news.MaxViews + 1}, scanView)
	if err != nil {
		return nil, err
	}
	shared, err := all(ctx, q, `SELECT `+viewColumns+` FROM saved_view WHERE shared AND removed_at = 0 AND person_id <> $1 ORDER BY name, id LIMIT $2`,
		[]any{who, news.MaxViews}, scanView)
	return append(own, shared...), err
}

// View reads one saved view, also one that was removed.
func (q queries) View(ctx context.Context, id news.ViewID) (news.SavedView, error) {
	return one(ctx, q, `SELECT `+viewColumns+` FROM saved_view WHERE id = $1`, []any{id}, scanView)
}

// SaveView keeps a saved view; without a number it is given one. now is when
// one is removed that is. What its person removed before a day is forgotten.
func (tx *Tx) SaveView(ctx context.Context, w *news.SavedView, now time.Time) error {
	if w.ID == 0 {
		n, err := tx.nextNumber(ctx, "view")
		if err != nil {
			return err
		}
		w.ID = news.ViewID(n)
	}
	removed := int64(0)
	if w.Removed {
		removed = micro(now)
	}
	if err := tx.exec(ctx, `DELETE FROM saved_view WHERE person_id = $1 AND removed_at > 0 AND removed_at < $2`, w.Person, micro(now.AddDate(0, 0, -1))); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO saved_view (`+viewColumns+`) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query, shared = excluded.shared, removed_at = excluded.removed_at`,
		w.ID, w.Person, w.Name, w.Query, w.Shared, removed)
}
