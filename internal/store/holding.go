package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

const holdingColumns = `article_id, person_id, tab, since, seen, asker, asker_tab, passes_at, moment`

func scanHolding(r scanner) (news.Holding, error) {
	var h news.Holding
	var since, seen, passes int64
	err := r.Scan(&h.Article, &h.Person, &h.Tab, &since, &seen, &h.Asker, &h.AskerTab, &passes, &h.Moment)
	h.Since, h.Seen, h.PassesAt = fromMicro(since), fromMicro(seen), fromMicro(passes)
	return h, err
}

// Holding is who holds an article, or held it last and has not yet been told
// that it ended: ask it by the clock. Nobody is no error.
func (q queries) Holding(ctx context.Context, id news.ID) (news.Holding, error) {
	list, err := all(ctx, q, `SELECT `+holdingColumns+` FROM holding WHERE article_id = $1`, []any{id}, scanHolding)
	if err != nil || len(list) == 0 {
		return news.Holding{Article: id}, err
	}
	return list[0], nil
}

// Holdings lists what somebody holds at that time.
func (q queries) Holdings(ctx context.Context, now time.Time) ([]news.Holding, error) {
	list, err := all(ctx, q, `SELECT `+holdingColumns+` FROM holding WHERE due > $1`, []any{micro(now.Add(-news.HoldTime))}, scanHolding)
	var held []news.Holding
	for _, h := range list {
		if h.Held(now) {
			held = append(held, h)
		}
	}
	return held, err
}

// HoldingsDue lists articles whose hold ends or passes on by that time.
func (q queries) HoldingsDue(ctx context.Context, now time.Time, limit int) ([]news.ID, error) {
	return all(ctx, q, `SELECT article_id FROM holding WHERE due <= $1 ORDER BY due LIMIT $2`, []any{micro(now), limit}, func(r scanner) (news.ID, error) {
		var id news.ID
		return id, r.Scan(&id)
	})
}

// SaveHolding keeps who holds an article; nobody is a row less.
func (tx *Tx) SaveHolding(ctx context.Context, h news.Holding) error {
	if h.Person == 0 {
		return tx.exec(ctx, `DELETE FROM holding WHERE article_id = $1`, h.Article)
	}
	return tx.exec(ctx, `INSERT INTO holding (`+holdingColumns+`, due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (article_id) DO UPDATE SET person_id = excluded.person_id, tab = excluded.tab, since = excluded.since, seen = excluded.seen,
			asker = excluded.asker, asker_tab = excluded.asker_tab, passes_at = excluded.passes_at, moment = excluded.moment, due = excluded.due`,
		h.Article, h.Person, h.Tab, micro(h.Since), micro(h.Seen), h.Asker, h.AskerTab, micro(h.PassesAt), h.Moment, micro(h.Due()))
}
