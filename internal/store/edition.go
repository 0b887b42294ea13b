package store

import (
	"context"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

const editionColumns = `id, slug, is_default, name, tagline, language, time_zone, calendar, digits, host, accent, comments, close_after, position`

func scanEdition(r scanner) (news.Edition, error) {
	var e news.Edition
	var calendar string
	err := r.Scan(&e.ID, &e.Slug, &e.Default, &e.Name, &e.Tagline, &e.Language, &e.TimeZone, &calendar, &e.Digits, &e.Host, &e.Accent, &e.Comments, &e.CloseAfter, &e.Position)
	e.Calendar = locale.Calendar(calendar)
	return e, err
}

// Editions lists all editions, the default first.
func (q queries) Editions(ctx context.Context) ([]news.Edition, error) {
	return all(ctx, q, `SELECT `+editionColumns+` FROM edition ORDER BY is_default DESC, position, id`, nil, scanEdition)
}

// Edition reads one edition.
func (q queries) Edition(ctx context.Context, id news.EditionID) (news.Edition, error) {
	return one(ctx, q, `SELECT `+editionColumns+` FROM edition WHERE id = $1`, []any{id}, scanEdition)
}

// EditionBySlug finds an edition by its address word.
func (q queries) EditionBySlug(ctx context.Context, slug string) (news.Edition, error) {
	return one(ctx, q, `SELECT `+editionColumns+` FROM edition WHERE slug = $1`, []any{slug}, scanEdition)
}

// SaveEdition keeps an edition; without a number it is given one.
func (tx *Tx) SaveEdition(ctx context.Context, e *news.Edition) error {
	if e.ID == 0 {
		n, err := tx.nextNumber(ctx, "edition")
		if err != nil {
			return err
		}
		e.ID = news.EditionID(n)
	}
	return tx.exec(ctx, `INSERT INTO edition (`+editionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, is_default = excluded.is_default, name = excluded.name, tagline = excluded.tagline,
		language = excluded.language, time_zone = excluded.time_zone, calendar = excluded.calendar, digits = excluded.digits, host = excluded.host,
		accent = excluded.accent, comments = excluded.comments, close_after = excluded.close_after, position = excluded.position`,
		e.ID, e.Slug, e.Default, e.Name, e.Tagline, e.Language, e.TimeZone, string(e.Calendar), e.Digits, e.Host, e.Accent, e.Comments, e.CloseAfter, e.Position)
}
