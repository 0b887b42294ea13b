package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

const placementColumns = `article_id, desk_id, person_id, stage, due_at, line, handed_by, handed_at`

func scanPlacement(r scanner) (news.Placement, error) {
	var p news.Placement
	var due, at int64
	err := r.Scan(&p.Article, &p.Desk, &p.Person, &p.Stage, &due, &p.Line, &p.By, &at)
	p.DueAt, p.At = fromMicro(due), fromMicro(at)
	return p, err
}

// Placement is with whom an article lies. Nobody is no error: the zero
// Placement of that article.
func (q queries) Placement(ctx context.Context, id news.ID) (news.Placement, error) {
	list, err := all(ctx, q, `SELECT `+placementColumns+` FROM placement WHERE article_id = $1`, []any{id}, scanPlacement)
	if err != nil || len(list) == 0 {
		return news.Placement{Article: id}, err
	}
	return list[0], nil
}

// SavePlacement keeps with whom an article lies, and its copy in the article.
func (tx *Tx) SavePlacement(ctx context.Context, p news.Placement) error {
	err := tx.exec(ctx, `INSERT INTO placement (`+placementColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (article_id) DO UPDATE SET desk_id = excluded.desk_id, person_id = excluded.person_id, stage = excluded.stage,
			due_at = excluded.due_at, line = excluded.line, handed_by = excluded.handed_by, handed_at = excluded.handed_at`,
		p.Article, p.Desk, p.Person, p.Stage, micro(p.DueAt), p.Line, p.By, micro(p.At))
	if err != nil {
		return err
	}
	return tx.exec(ctx, `UPDATE article SET desk_id = $2, assignee = $3, stage = $4, due_at = $5 WHERE id = $1`, p.Article, p.Desk, p.Person, p.Stage, micro(p.DueAt))
}

// DeskPlacements lists all that lies with a desk, whatever its state, in the
// order of News IDs: for a desk that is changed or goes.
func (q queries) DeskPlacements(ctx context.Context, desk news.DeskID, above news.ID, limit int) ([]news.Placement, error) {
	return all(ctx, q, `SELECT `+placementColumns+` FROM placement WHERE desk_id = $1 AND desk_id > 0 AND article_id > $2 ORDER BY article_id LIMIT $3`,
		[]any{desk, above, limit}, scanPlacement)
}

// DeskLoad counts the open stories in a desk's queue by their stages.
func (q queries) DeskLoad(ctx context.Context, desk news.DeskID) (map[string]int, error) {
	stages, err := all(ctx, q, `SELECT stage FROM article WHERE desk_id = $1 AND desk_id > 0 AND state IN ('draft', 'in_review', 'scheduled')`, []any{desk}, scanWord)
	load := map[string]int{}
	for _, stage := range stages {
		load[stage]++
	}
	return load, err
}

// Bypasses lists the articles that went the recorded way round a colleague's
// approval since a time, the latest first, below a place. By, when and why
// stand in each article's Bypass.
func (q queries) Bypasses(ctx context.Context, since time.Time, below news.Place, limit int) ([]news.Article, error) {
	at, id := int64(1<<62), int64(1<<62)
	if !below.At.IsZero() {
		at, id = below.At.UnixMicro(), below.ID
	}
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE bypass_by > 0 AND bypass_at >= $1 AND (bypass_at, id) < ($2, $3)
		ORDER BY bypass_at DESC, id DESC LIMIT $4`, []any{micro(since), at, id, limit}, scanArticle)
}

// scanWord reads a row of one text.
func scanWord(r scanner) (word string, err error) {
	err = r.Scan(&word)
	return word, err
}
