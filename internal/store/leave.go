package store

import (
	"context"

	"broadsheet/internal/news"
)

// Unfinished lists the articles that lie with a person and are not out: begun
// by them and with nobody else, last changed first.
func (q queries) Unfinished(ctx context.Context, who news.PersonID, limit int) ([]news.Article, error) {
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE creator = $1 AND state IN ('draft', 'in_review', 'scheduled')
		AND desk_id = 0 AND assignee = 0 ORDER BY changed_at DESC, id DESC LIMIT $2`, []any{who, limit}, scanArticle)
}

// Assigned lists the articles that were handed to a person and are not out,
// last changed first.
func (q queries) Assigned(ctx context.Context, who news.PersonID, limit int) ([]news.Article, error) {
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE assignee = $1 AND assignee > 0 AND state IN ('draft', 'in_review', 'scheduled')
		ORDER BY changed_at DESC, id DESC LIMIT $2`, []any{who, limit}, scanArticle)
}

// PassOn makes an article that one person began another's.
func (tx *Tx) PassOn(ctx context.Context, id news.ID, from, to news.PersonID) error {
	return tx.exec(ctx, `UPDATE article SET creator = $3 WHERE id = $1 AND creator = $2`, id, from, to)
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
