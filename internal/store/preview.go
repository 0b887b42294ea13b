package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

const previewColumns = `token, article_id, revision, person_id, made_at, expires_at`

// mostPreviews is how many links of an article are listed.
const mostPreviews = 50

func scanPreview(r scanner) (news.PreviewLink, error) {
	var l news.PreviewLink
	var made, expires int64
	err := r.Scan(&l.Token, &l.Article, &l.Revision, &l.By, &made, &expires)
	l.MadeAt, l.Expires = fromMicro(made), fromMicro(expires)
	return l, err
}

// AddPreview keeps a preview link.
func (tx *Tx) AddPreview(ctx context.Context, l news.PreviewLink) error {
	return tx.exec(ctx, `INSERT INTO preview_link (`+previewColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`,
		l.Token, l.Article, l.Revision, l.By, micro(l.MadeAt), micro(l.Expires))
}

// Preview reads a preview link by the hash of its secret.
func (q queries) Preview(ctx context.Context, token string) (news.PreviewLink, error) {
	return one(ctx, q, `SELECT `+previewColumns+` FROM preview_link WHERE token = $1`, []any{token}, scanPreview)
}

// Previews lists the newest preview links of an article, at most 50.
func (q queries) Previews(ctx context.Context, id news.ID) ([]news.PreviewLink, error) {
	return all(ctx, q, `SELECT `+previewColumns+` FROM preview_link WHERE article_id = $1 ORDER BY made_at DESC LIMIT $2`,
		[]any{id, mostPreviews}, scanPreview)
}

// EndPreview ends a preview link at a time. One that has ended stays so.
func (tx *Tx) EndPreview(ctx context.Context, token string, at time.Time) error {
	return tx.exec(ctx, `UPDATE preview_link SET expires_at = $2 WHERE token = $1 AND expires_at > $2`, token, micro(at))
}

// PrunePreviews forgets the links that ended before a time.
func (tx *Tx) PrunePreviews(ctx context.Context, before time.Time) error {
	return tx.exec(ctx, `DELETE FROM preview_link WHERE expires_at < $1`, micro(before))
}
