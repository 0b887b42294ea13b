package comments

import (
	"context"

	"broadsheet/internal/news"
)

// Queued is a comment as the desk sees it, with its article.
type Queued struct {
	news.Comment
	Article news.Article
}

const (
	mostListed  = 200  // comments a page
	mostScanned = 5000 // comments looked through for one page
)

// Queue lists the comments in one state that a person may decide on, newest
// first, below a place, at most limit (1 to 200). next is where the following
// page begins; its zero value says that there is none. A page may be short
// and still have a next: when an editor's few sections lie deep in a flood.
func (c *Comments) Queue(ctx context.Context, p news.Person, state news.CommentState, below news.Place, limit int) (list []Queued, next news.Place, err error) {
	if !p.May(news.MayDecide.Least()) {
		return nil, next, news.Refuse(news.Forbidden, "error.forbidden", "you may not open the comments")
	}
	limit = max(1, min(limit, mostListed))
	seen := map[news.ID]standing{}
	for scanned := 0; ; {
		page, err := c.store.CommentQueue(ctx, state, below, limit+1)
		if err != nil {
			return nil, next, err
		}
		for _, m := range page {
			if len(list) == limit || scanned == mostScanned {
				return list, below, nil
			}
			s, err := c.standing(ctx, p, m.Article, seen)
			if err != nil {
				return nil, next, err
			}
			if s.covered {
				list = append(list, Queued{Comment: m, Article: s.article})
			}
			below = news.Place{At: m.At, ID: int64(m.ID)}
			scanned++
		}
		if len(page) <= limit {
			return list, next, nil
		}
	}
}

// standing is an article of the queue, and whether the person covers it.
type standing struct {
	article news.Article
	covered bool
}

func (c *Comments) standing(ctx context.Context, p news.Person, id news.ID, seen map[news.ID]standing) (standing, error) {
	if s, ok := seen[id]; ok {
		return s, nil
	}
	a, err := c.store.Article(ctx, id)
	if err != nil {
		return standing{}, err
	}
	s := standing{article: a}
	if s.covered, err = covers(ctx, c.store, p, a); err != nil {
		return s, err
	}
	seen[id] = s
	return s, nil
}

// Shown lists an article's approved comments in the order of their places,
// after one (0 = from the first), at most limit (1 to 200). The place of the
// last is where the next page begins; an empty list is the end. E-mail and
// the sender's address are left out: readers may see what it returns.
func (c *Comments) Shown(ctx context.Context, article news.ID, after, limit int) ([]news.Comment, error) {
	list, err := c.store.ShownComments(ctx, article, after, max(1, min(limit, mostListed)))
	for i := range list {
		list[i].Email, list[i].Address, list[i].Token = "", "", ""
	}
	return list, err
}
