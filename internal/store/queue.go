package store

import (
	"context"

	"broadsheet/internal/news"
)

// Queue asks for articles as the desk lists them: last changed first.
type Queue struct {
	State   news.State     // "" = all
	Section news.SectionID // 0 = all
	Creator news.PersonID  // 0 = anyone's
	Below   news.Place     // where the page before ended; zero = from the top
	Limit   int
}

// DeskArticles lists articles for the desk.
func (q queries) DeskArticles(ctx context.Context, w Queue) ([]news.Article, error) {
	at, id := int64(1<<62), int64(1<<62)
	if !w.Below.At.IsZero() {
		at, id = w.Below.At.UnixMicro(), w.Below.ID
	}
	switch {
	case w.Creator != 0:
		return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE creator = $1 AND ($2 = '' OR state = $2) AND ($3 = 0 OR section_id = $3)
			AND (changed_at, id) < ($4, $5) ORDER BY changed_at DESC, id DESC LIMIT $6`,
			[]any{w.Creator, string(w.State), int64(w.Section), at, id, w.Limit}, scanArticle)
	case w.State != "" && w.Section != 0:
		return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE section_id = $1 AND state = $2 AND (changed_at, id) < ($3, $4)
			ORDER BY changed_at DESC, id DESC LIMIT $5`, []any{w.Section, string(w.State), at, id, w.Limit}, scanArticle)
	case w.State != "":
		return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE state = $1 AND (changed_at, id) < ($2, $3)
			ORDER BY changed_at DESC, id DESC LIMIT $4`, []any{string(w.State), at, id, w.Limit}, scanArticle)
	case w.Section != 0:
		return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE section_id = $1 AND (changed_at, id) < ($2, $3)
			ORDER BY changed_at DESC, id DESC LIMIT $4`, []any{w.Section, at, id, w.Limit}, scanArticle)
	}
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE (changed_at, id) < ($1, $2)
		ORDER BY changed_at DESC, id DESC LIMIT $3`, []any{at, id, w.Limit}, scanArticle)
}
