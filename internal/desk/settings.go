package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Facts are what stands beside an article's content.
type Facts struct {
	EmbargoUntil time.Time
	CommentRule  news.CommentRule
	SameStoryAs  news.ID // joins the story of that article; 0 = leave as it is
}

// SetFacts keeps embargo, comment switch and story of an article.
func (d *Desk) SetFacts(ctx context.Context, who news.PersonID, id news.ID, f Facts) error {
	return d.store.Write(ctx, "keep the article's settings", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := a.CanEdit(p); err != nil {
			return err
		}
		return d.changeFacts(ctx, tx, a, p, f)
	})
}

// changeFacts keeps them where they differ, and says so in the record.
func (d *Desk) changeFacts(ctx context.Context, tx *store.Tx, a news.Article, p news.Person, f Facts) error {
	before := a
	touched, err := d.setFacts(ctx, tx, &a, f)
	if err != nil || a == before { // it was so already: the same act asked twice
		return err
	}
	a.ChangedAt, a.ChangedBy = d.now(), p.ID
	if err := tx.UpdateArticle(ctx, a); err != nil {
		return err
	}
	return tx.AddEvent(ctx, news.Event{Kind: news.EventSettings, At: a.ChangedAt, Actor: p.ID, Edition: a.Edition, Article: a.ID, Touched: touched})
}

func (d *Desk) setFacts(ctx context.Context, tx *store.Tx, a *news.Article, f Facts) (news.Touched, error) {
	switch {
	case !f.EmbargoUntil.Equal(a.EmbargoUntil) && !a.State.Before():
		return news.Touched{}, news.Refuse(news.Invalid, "error.embargo.late", "the article is published: it is too late for an embargo").In("embargo")
	case a.State == news.Scheduled && a.ScheduledFor.Before(f.EmbargoUntil):
		return news.Touched{}, news.Refuse(news.Invalid, "error.schedule.embargo", "the article is scheduled before the embargo ends").In("embargo")
	}
	switch f.CommentRule {
	case news.CommentsAsEdition, news.CommentsOpen, news.CommentsClosed:
	default:
		return news.Touched{}, news.Refuse(news.Invalid, "error.commentrule", "comments are as in the edition, open or closed").In("comments")
	}
	a.EmbargoUntil, a.CommentRule = f.EmbargoUntil.UTC().Truncate(time.Microsecond), f.CommentRule
	touched := news.Touched{Public: a.Public(), Story: a.Story}
	if f.SameStoryAs == 0 || f.SameStoryAs == a.ID {
		return touched, nil
	}
	other, err := joinStory(ctx, tx, a, f.SameStoryAs)
	if err != nil {
		return touched, err
	}
	// The other's page has to know its story, so that it learns of a draft that
	// joined when that comes out.
	touched.Story, touched.Articles, touched.Public = other.Story, []news.ID{other.ID}, touched.Public || other.Public()
	return touched, nil
}

// joinStory puts the article into the story of another, which begins one if
// it has none, and returns the other.
func joinStory(ctx context.Context, tx *store.Tx, a *news.Article, id news.ID) (news.Article, error) {
	b, err := tx.Article(ctx, id)
	if news.CodeOf(err) == news.NotFound {
		return b, news.Refuse(news.Invalid, "error.story.other", "there is no article with News ID %d", id).In("story")
	}
	if err != nil {
		return b, err
	}
	if b.Story == 0 {
		if b.Story, err = tx.NewStory(ctx, b.Slugline); err != nil {
			return b, err
		}
		if err := tx.UpdateArticle(ctx, b); err != nil {
			return b, err
		}
	}
	a.Story = b.Story
	return b, nil
}
