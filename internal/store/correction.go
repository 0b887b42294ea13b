package store

import (
	"context"
	"encoding/json"

	"broadsheet/internal/news"
)

const correctionColumns = `article_id, revision, edition_id, kind, note, person_id, at, headline, material, approved_by, bypass`

func scanCorrection(r scanner) (news.Correction, error) {
	var c news.Correction
	var at int64
	var material string
	err := r.Scan(&c.Article, &c.Revision, &c.Edition, &c.Kind, &c.Note, &c.By, &at, &c.Headline, &material, &c.Approved, &c.Bypass)
	c.At = fromMicro(at)
	if err != nil || material == "" {
		return c, err
	}
	return c, json.Unmarshal([]byte(material), &c.Material)
}

// AddCorrection keeps one change of a published article.
func (tx *Tx) AddCorrection(ctx context.Context, c news.Correction) error {
	var material []byte
	if len(c.Material) > 0 {
		var err error
		if material, err = json.Marshal(c.Material); err != nil {
			return err
		}
	}
	return tx.exec(ctx, `INSERT INTO correction (`+correctionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		c.Article, c.Revision, c.Edition, string(c.Kind), c.Note, c.By, micro(c.At), c.Headline, string(material), c.Approved, c.Bypass)
}

// Reword changes the words of a correction that was published: where the panel
// decided that a name is to go, it goes from there too. What the gate said goes
// with it.
func (tx *Tx) Reword(ctx context.Context, id news.ID, revision int, headline, note string) error {
	if err := tx.exec(ctx, `UPDATE correction SET headline = $3, note = $4, material = '' WHERE article_id = $1 AND revision = $2`, id, revision, headline, note); err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE revision SET note = $3 WHERE article_id = $1 AND number = $2`, id, revision, note)
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
