package press

import (
	"context"

	"broadsheet/internal/news"
)

// Elsewhere is where a public article stands if it is not one of the edition;
// "" = nowhere. News IDs are given once for the whole paper.
func (p *Press) Elsewhere(ctx context.Context, id news.ID, from news.Edition) (string, error) {
	a, err := p.o.Store.Article(ctx, id)
	if err != nil {
		return "", err
	}
	e, ok := p.Edition(a.Edition)
	if !ok || e.ID == from.ID || !a.Public() && a.State != news.Killed {
		return "", nil
	}
	path := Address{Kind: Article, ID: id}.Path(e)
	if e.Host != from.Host {
		return p.Base(e) + path, nil
	}
	return path, nil
}
