package store

import (
	"cmp"
	"context"
	"slices"

	"broadsheet/internal/news"
)

// Queue asks for articles as the desk lists them: last changed first.
type Queue struct {
	State    news.State     // "" = all; of a desk, all that is not yet published
	Section  news.SectionID // 0 = all
	Desk     news.DeskID    // with which it lies; 0 = any or none
	Stage    string         // of the desk; "" = any
	Assignee news.PersonID  // with whom it lies; 0 = anyone
	Creator  news.PersonID  // who began it; 0 = anyone's
	Mine     news.PersonID  // who began it or with whom it lies; 0 = anyone's
	Below    news.Place     // where the page before ended; zero = from the top
	Limit    int
}

// DeskArticles lists articles for the desk. Of Desk, Mine, Assignee and
// Creator the first that is given finds them, and the others count as well.
func (q queries) DeskArticles(ctx context.Context, w Queue) ([]news.Article, error) {
	at, id := int64(1<<62), int64(1<<62)
	if !w.Below.At.IsZero() {
		at, id = w.Below.At.UnixMicro(), w.Below.ID
	}
	switch {
	case w.Desk != 0 || w.Mine != 0 || w.Assignee != 0 || w.Creator != 0:
		return q.narrowed(ctx, w, at, id)
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

// also are the parts of a filter beside the one that finds the articles.
const also = ` AND ($1 = '' OR state = $1) AND ($2 = 0 OR section_id = $2) AND ($3 = '' OR stage = $3) AND ($4 = 0 OR assignee = $4)
	AND ($5 = 0 OR creator = $5) AND (changed_at, id) < ($6, $7)`

// narrowed lists what lies with a desk or a person, or was begun by one.
func (q queries) narrowed(ctx context.Context, w Queue, at, id int64) ([]news.Article, error) {
	args := []any{string(w.State), int64(w.Section), w.Stage, int64(w.Assignee), int64(w.Creator), at, id, w.Limit}
	switch {
	case w.Desk != 0 && w.State == "":
		return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE desk_id = $9 AND desk_id > 0 AND state IN ('draft', 'in_review', 'scheduled')
			AND ($10 = 0 OR creator = $10 OR assignee = $10)`+also+` ORDER BY changed_at DESC, id DESC LIMIT $8`, append(args, int64(w.Desk), int64(w.Mine)), scanArticle)
	case w.Desk != 0:
		return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE desk_id = $9 AND desk_id > 0 AND state = $1
			AND ($10 = 0 OR creator = $10 OR assignee = $10)`+also+` ORDER BY changed_at DESC, id DESC LIMIT $8`, append(args, int64(w.Desk), int64(w.Mine)), scanArticle)
	case w.Mine != 0:
		return q.mine(ctx, w)
	case w.Assignee != 0:
		return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE assignee = $4 AND assignee > 0`+also+` ORDER BY changed_at DESC, id DESC LIMIT $8`, args, scanArticle)
	}
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE creator = $5`+also+` ORDER BY changed_at DESC, id DESC LIMIT $8`, args, scanArticle)
}

// mine lists what a person began and what lies with them, each article once.
func (q queries) mine(ctx context.Context, w Queue) ([]news.Article, error) {
	who := w.Mine
	w.Mine = 0
	var list []news.Article
	for _, half := range []*news.PersonID{&w.Creator, &w.Assignee} {
		asked := *half
		if asked != 0 && asked != who {
			continue // somebody else's
		}
		*half = who
		more, err := q.DeskArticles(ctx, w)
		if err != nil {
			return nil, err
		}
		list, *half = append(list, more...), asked
	}
	slices.SortFunc(list, func(a, b news.Article) int {
		return cmp.Or(b.ChangedAt.Compare(a.ChangedAt), cmp.Compare(b.ID, a.ID))
	})
	list = slices.CompactFunc(list, func(a, b news.Article) bool { return a.ID == b.ID })
	return list[:min(len(list), w.Limit)], nil
}
