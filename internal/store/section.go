package store

import (
	"context"

	"broadsheet/internal/news"
)

const sectionColumns = `id, edition_id, slug, name, position, opinion, required`

func scanSection(r scanner) (news.Section, error) {
	var s news.Section
	err := r.Scan(&s.ID, &s.Edition, &s.Slug, &s.Name, &s.Position, &s.Opinion, &s.Required)
	return s, err
}

// Sections lists an edition's sections in their order.
func (q queries) Sections(ctx context.Context, edition news.EditionID) ([]news.Section, error) {
	return all(ctx, q, `SELECT `+sectionColumns+` FROM section WHERE edition_id = $1 ORDER BY position, id`, []any{edition}, scanSection)
}

// Section reads one section.
func (q queries) Section(ctx context.Context, id news.SectionID) (news.Section, error) {
	return one(ctx, q, `SELECT `+sectionColumns+` FROM section WHERE id = $1`, []any{id}, scanSection)
}

// SectionBySlug finds a section of an edition by its address word.
func (q queries) SectionBySlug(ctx context.Context, edition news.EditionID, slug string) (news.Section, error) {
	return one(ctx, q, `SELECT `+sectionColumns+` FROM section WHERE edition_id = $1 AND slug = $2`, []any{edition, slug}, scanSection)
}

// SaveSection keeps a section; without a number it is given one.
func (tx *Tx) SaveSection(ctx context.Context, s *news.Section) error {
	if s.ID == 0 {
		n, err := tx.nextNumber(ctx, "section")
		if err != nil {
			return err
		}
		s.ID = news.SectionID(n)
	}
	return tx.exec(ctx, `INSERT INTO section (`+sectionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, position = excluded.position, opinion = excluded.opinion,
			required = excluded.required`,
		s.ID, s.Edition, s.Slug, s.Name, s.Position, s.Opinion, string(s.Required))
}
