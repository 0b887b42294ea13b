package store

import (
	"context"

	"broadsheet/internal/news"
)

const correctionColumns = `article_id, revision, edition_id, kind, note, person_id, at, headline`

func scanCorrection(r scanner) (news.Correction, error) {
	var c news.Correction
	var at int64
	err := r.Scan(&c.Article, &c.Revision, &c.Edition, &c.Kind, &c.Note, &c.By, &at, &c.Headline)
	c.At = fromMicro(at)
	return c, err
}

// AddCorrection keeps one change of a published article.
func (tx *Tx) AddCorrection(ctx context.Context, c news.Correction) error {
	return tx.exec(ctx, `INSERT INTO correction (`+correctionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.Article, c.Revision, c.Edition, string(c.Kind), c.Note, c.By, micro(c.At), c.Headline)
}

// Corrections lists an edition's declared changes, newest first, below a place.
func (q queries) Corrections(ctx context.Context, edition news.EditionID, below news.Place, limit int) ([]news.Correction, error) {
	at := int64(1 << 62)
	if !below.At.IsZero() {
		at = below.At.UnixMicro()
	}
	return all(ctx, q, `SELECT `+correctionColumns+` FROM correction WHERE edition_id = $1 AND kind <> 'minor' AND (at, article_id) < ($2, $3)
		ORDER BY at DESC, article_id DESC LIMIT $4`, []any{edition, at, below.ID, limit}, scanCorrection)
}

// ArticleCorrections lists all changes of one article, newest first.
func (q queries) ArticleCorrections(ctx context.Context, id news.ID) ([]news.Correction, error) {
	return all(ctx, q, `SELECT `+correctionColumns+` FROM correction WHERE article_id = $1 ORDER BY revision DESC LIMIT 200`, []any{id}, scanCorrection)
}
