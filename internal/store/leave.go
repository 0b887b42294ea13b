package store

import (
	"context"

	"broadsheet/internal/news"
)

// Unfinished lists what a person has begun and not brought out: drafts, in
// review, scheduled; last changed first.
func (q queries) Unfinished(ctx context.Context, who news.PersonID, limit int) ([]news.Article, error) {
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE creator = $1 AND state IN ('draft', 'in_review', 'scheduled')
		ORDER BY changed_at DESC, id DESC LIMIT $2`, []any{who, limit}, scanArticle)
}

// PassOn makes one person's unfinished articles another's.
func (tx *Tx) PassOn(ctx context.Context, from, to news.PersonID) error {
	return tx.exec(ctx, `UPDATE article SET creator = $2 WHERE creator = $1 AND state IN ('draft', 'in_review', 'scheduled')`, from, to)
}

// PassCalls makes the open notes that call one person call another.
func (tx *Tx) PassCalls(ctx context.Context, from, to news.PersonID) error {
	err := tx.exec(ctx, `INSERT INTO mention (note_id, person_id, thread_id, article_id, at, open)
		SELECT m.note_id, $2, m.thread_id, m.article_id, m.at, m.open FROM mention m WHERE m.person_id = $1 AND m.open ON CONFLICT (note_id, person_id) DO NOTHING`, from, int64(to))
	if err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM mention WHERE person_id = $1 AND open`, from)
}
