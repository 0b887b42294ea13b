package press

import (
	"context"
	"net/url"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
)

// Preview renders an article's page as readers would get it at a time, with a
// revision that need not be live. Nothing of it is kept, and search engines
// are told to forget it. notice is a line above the page, "" for none.
func (p *Press) Preview(ctx context.Context, a news.Article, r news.Revision, at time.Time, notice string) (*Page, error) {
	address := Address{Kind: Article, Edition: a.Edition, ID: a.ID}
	return p.once(ctx, address, at, func(j *job) (*Page, error) { return j.preview(a, r, notice) })
}

func (j *job) preview(a news.Article, r news.Revision, notice string) (*Page, error) {
	switch {
	case a.PublishedAt.IsZero():
		a.PublishedAt = j.now
		if a.ScheduledFor.After(j.now) {
			a.PublishedAt = a.ScheduledFor
		}
		a.UpdatedAt = a.PublishedAt
	case a.Live != r.Number:
		a.UpdatedAt = j.now
	}
	a.State, a.Live = news.Published, r.Number
	if err := j.readStory(a); err != nil {
		return nil, err
	}
	v := j.articleView(a, r)
	v.Preview, v.Notice, v.Index = true, notice, false
	for _, fill := range []func(*ArticleView, news.Article, news.Revision) error{j.notes, j.topics, j.relatives, j.alternates} {
		if err := fill(&v, a, r); err != nil {
			return nil, err
		}
	}
	return j.html(200, "article", v)
}

// Shown is the page that a preview link opens: the revision it names, or the
// newest. A link that has ended, of a story that was dropped, or of another
// edition is news.NotFound.
func (p *Press) Shown(ctx context.Context, edition news.EditionID, secret string) (*Page, error) {
	now := p.o.Now()
	l, a, r, err := p.behind(ctx, secret, now)
	if err != nil {
		return nil, err
	}
	e, ok := p.Edition(edition)
	if !ok || a.Edition != edition {
		return nil, ended(news.NotFound)
	}
	style, err := e.Style()
	if err != nil {
		return nil, err
	}
	r.Body = r.Body.EachPicture(func(p *doc.Picture) {
		if _, _, own := news.ParseMedia(p.Src); own { // readers do not get it yet; whoever holds the link does
			p.Src += "?preview=" + url.QueryEscape(secret)
		}
	})
	return p.Preview(ctx, a, r, now, style.T("preview.notice", style.DateTime(l.Expires)))
}

// ShownPicture is nil where the story behind a preview link shows the picture
// at an address, and news.NotFound otherwise.
func (p *Press) ShownPicture(ctx context.Context, secret, src string) error {
	_, _, r, err := p.behind(ctx, secret, p.o.Now())
	if err != nil {
		return err
	}
	for _, shown := range r.Body.Pictures() {
		if shown.Src == src {
			return nil
		}
	}
	return news.NotFound
}

// behind is what a preview link opens.
func (p *Press) behind(ctx context.Context, secret string, now time.Time) (news.PreviewLink, news.Article, news.Revision, error) {
	l, err := p.o.Store.Preview(ctx, news.PreviewToken(secret))
	if err != nil {
		return l, news.Article{}, news.Revision{}, ended(err)
	}
	a, err := p.o.Store.Article(ctx, l.Article)
	if err != nil {
		return l, a, news.Revision{}, ended(err)
	}
	if !l.Open(a, now) {
		return l, a, news.Revision{}, ended(news.NotFound)
	}
	number := l.Revision
	if number == 0 {
		number = a.Head
	}
	r, err := p.o.Store.Revision(ctx, a.ID, number)
	return l, a, r, err
}

// ended tells the holder of a dead link what it is.
func ended(err error) error {
	if news.CodeOf(err) == news.NotFound {
		return news.Refuse(news.NotFound, "error.preview.ended", "this preview has ended: ask whoever sent it for a new link")
	}
	return err
}
