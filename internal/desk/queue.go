package desk

import (
	"context"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// queueRounds bounds how many pages of others' articles one list passes over.
const queueRounds = 20

// Queue lists the articles a person may open, last changed first. People
// below editor see their own, what was handed to them, and their desks' queues. next is where the following page begins; its
// zero value says that there is none. It may come with a short list: of a long
// row of articles that are not the person's, only so many are passed over.
func (d *Desk) Queue(ctx context.Context, p news.Person, w store.Queue) (list []news.Article, next news.Place, err error) {
	if err := p.Allowed(news.MayEnter); err != nil {
		return nil, next, err
	}
	if !p.May(news.Editor) && !p.OnDesk(w.Desk) {
		w.Mine = p.ID // the others would be passed over one by one
	}
	limit := max(w.Limit, 1)
	for round := 0; ; round++ {
		if round == queueRounds {
			return list, w.Below, nil
		}
		w.Limit = limit + 1
		page, err := d.store.DeskArticles(ctx, w)
		if err != nil {
			return nil, next, err
		}
		for _, a := range page {
			if a.CanRead(p) && len(list) == limit {
				last := list[limit-1]
				return list, news.Place{At: last.ChangedAt, ID: int64(last.ID)}, nil
			}
			if a.CanRead(p) {
				list = append(list, a)
			}
			w.Below = news.Place{At: a.ChangedAt, ID: int64(a.ID)}
		}
		if len(page) <= limit {
			return list, next, nil
		}
	}
}

// Find searches everything the person may open, newest first, or the best
// first.
func (d *Desk) Find(ctx context.Context, p news.Person, text string, best bool, limit int) ([]news.Article, error) {
	hits, err := d.store.SearchArticles(ctx, store.Search{Text: text, Best: best, Limit: limit * 4})
	if err != nil {
		return nil, err
	}
	var out []news.Article
	for _, h := range hits {
		a, err := d.store.Article(ctx, h.Article)
		if err != nil {
			return nil, err
		}
		if a.CanRead(p) && len(out) < limit {
			out = append(out, a)
		}
	}
	return out, nil
}

// Open reads an article with its head revision for a person who may.
func (d *Desk) Open(ctx context.Context, p news.Person, id news.ID) (news.Article, news.Revision, error) {
	a, err := d.store.Article(ctx, id)
	if err != nil {
		return a, news.Revision{}, err
	}
	if !a.CanRead(p) {
		return a, news.Revision{}, news.Refuse(news.Forbidden, "error.forbidden", "this article is not yours to open")
	}
	v, err := d.store.Revision(ctx, id, a.Head)
	return a, v, err
}
