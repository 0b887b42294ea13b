package desk

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Hand puts an article with a desk or a person, at a stage, with a line and a
// deadline; an empty placement takes it back from everybody. A desk without a
// stage gives it its first. seen is when the placement that the person saw was
// made (zero = there was none): who was quicker is not passed over.
func (d *Desk) Hand(ctx context.Context, who news.PersonID, id news.ID, next news.Placement, seen time.Time) error {
	return d.store.Write(ctx, "hand the article on", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		was, err := tx.Placement(ctx, id)
		if err != nil {
			return err
		}
		next.Line, next.DueAt = strings.TrimSpace(next.Line), next.DueAt.UTC().Truncate(time.Microsecond)
		desk, to, err := receivers(ctx, tx, &next)
		if err != nil {
			return err
		}
		if was.Same(next) {
			return nil // it was so already: the same act asked twice
		}
		if !was.At.Equal(seen) {
			return news.Refuse(news.Conflict, "error.hand.changed", "a colleague handed it on since you opened this page")
		}
		if err := unsaid(ctx, tx, id, p, "line", next.Line); err != nil {
			return err
		}
		if next.Person != was.Person {
			if err := keepsSecret(ctx, tx, id, p, next.Person); err != nil {
				return err
			}
		}
		now := d.now()
		if err := a.Hand(p, was, next, desk, to, now); err != nil {
			return err
		}
		next.Article, next.By, next.At = id, p.ID, now
		return d.place(ctx, tx, a, was, next, desk)
	})
}

// receivers reads the desk and the person of a placement, and gives it the
// desk's first stage if it names none.
func receivers(ctx context.Context, tx *store.Tx, next *news.Placement) (desk news.Desk, to news.Person, err error) {
	if next.Desk != 0 {
		if desk, err = tx.Desk(ctx, next.Desk); news.CodeOf(err) == news.NotFound {
			return desk, to, news.Refuse(news.Conflict, "error.hand.desk", "this desk is not there any more").In("to")
		}
		if err != nil {
			return desk, to, err
		}
		if next.Stage == "" && len(desk.Stages) > 0 {
			next.Stage = desk.Stages[0]
		}
	}
	if next.Person != 0 {
		if to, err = tx.Person(ctx, next.Person); news.CodeOf(err) == news.NotFound {
			err = nil // the article itself refuses
		}
	}
	return desk, to, err
}

// place keeps a placement, moves the article in the lists and writes the event.
func (d *Desk) place(ctx context.Context, tx *store.Tx, a news.Article, was, next news.Placement, desk news.Desk) error {
	if err := tx.SavePlacement(ctx, next); err != nil {
		return err
	}
	a.ChangedAt, a.ChangedBy = next.At, next.By
	if err := tx.UpdateArticle(ctx, a); err != nil {
		return err
	}
	return tx.AddEvent(ctx, news.Event{Kind: news.EventHanded, At: next.At, Actor: next.By, Edition: a.Edition, Article: a.ID, Note: news.HandingOf(was, next, desk).Note()})
}
