package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// BeginPlan makes the draft of a planned story: with its News ID, slugline and
// section, with whom the plan says and until when. The writer it was given to
// has begun it, whoever presses the button; asked twice, it is begun once.
func (d *Desk) BeginPlan(ctx context.Context, who news.PersonID, id news.AssignmentID) (article news.ID, err error) {
	err = d.planAct(ctx, "begin the story", who, id, news.MayBegin, func(tx *store.Tx, p news.Person, was news.Assignment) error {
		if article = was.Article; article != 0 {
			return nil
		}
		if !was.Dropped.IsZero() {
			return news.Refuse(news.Conflict, "error.plan.dropped", "this story was dropped: take it back first")
		}
		s := was
		if article, err = d.draftOf(ctx, tx, p, s); err != nil {
			return err
		}
		s.Article = article
		return d.keepPlan(ctx, tx, p, was, s, news.EventPlanBegun)
	})
	return article, err
}

// draftOf makes the draft and puts it with whom the plan says. A deadline that
// has passed is not set: the plan says that it is late.
func (d *Desk) draftOf(ctx context.Context, tx *store.Tx, p news.Person, s news.Assignment) (news.ID, error) {
	writer := p
	if s.Person != 0 && s.Person != p.ID {
		other, err := tx.Person(ctx, s.Person)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return 0, err
		}
		if other.May(news.Contributor) {
			writer = other
		}
	}
	c := Copy{Content: news.Content{Slugline: s.Slugline, Section: s.Section, Bylines: news.ParseBylines(writer.Name)}}
	id, err := d.begin(ctx, tx, p, writer.ID, s.Edition, c)
	if err != nil {
		return 0, err
	}
	a, err := tx.Article(ctx, id)
	if err != nil {
		return 0, err
	}
	next := news.Placement{Desk: s.Desk, Person: s.Person, DueAt: s.DueAt}
	if writer.ID != s.Person {
		next.Person = 0
	}
	if !next.DueAt.After(d.now()) {
		next.DueAt = time.Time{}
	}
	if next.Empty() {
		return id, nil
	}
	desk, _, err := receivers(ctx, tx, &next)
	if err != nil {
		return 0, inDesk(err)
	}
	a.Desk, a.Assignee, a.Stage = next.Desk, next.Person, next.Stage
	next.Article, next.By, next.At = id, p.ID, d.now()
	return id, d.place(ctx, tx, a, news.Placement{}, next, desk)
}

// TiePlan says which article a planned story has become; 0 = none, or not that one.
func (d *Desk) TiePlan(ctx context.Context, who news.PersonID, id news.AssignmentID, article news.ID) error {
	return d.planAct(ctx, "tie the story to its article", who, id, news.MayPlan, func(tx *store.Tx, p news.Person, was news.Assignment) error {
		if was.Article == article {
			return nil
		}
		s := was
		s.Article = 0
		if article != 0 {
			if err := d.tie(ctx, tx, p, &s, article); err != nil {
				return err
			}
		}
		return d.keepPlan(ctx, tx, p, was, s, news.EventPlanTied)
	})
}

// fromArticle fills a planned story from the article that it is tied to. One
// that is on the plan already stays where it is.
func (d *Desk) fromArticle(ctx context.Context, tx *store.Tx, p news.Person, s *news.Assignment) (there news.AssignmentID, err error) {
	was, err := tx.AssignmentOf(ctx, s.Article)
	if err != nil || was.ID != 0 {
		return was.ID, err
	}
	if err := d.tie(ctx, tx, p, s, s.Article); err != nil {
		return 0, err
	}
	if a, err := tx.Article(ctx, s.Article); err != nil {
		return 0, err
	} else if s.Slugline == "" {
		s.Slugline = firstRunes(orText(a.Slugline, a.Headline), 120)
	}
	return 0, nil
}

func orText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func firstRunes(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// tie reads an article that the person may open and ties it to a planned story.
func (d *Desk) tie(ctx context.Context, tx *store.Tx, p news.Person, s *news.Assignment, id news.ID) error {
	a, err := tx.Article(ctx, id)
	switch {
	case news.CodeOf(err) == news.NotFound:
		return news.Refuse(news.Invalid, "error.plan.tie.none", "there is no article %d that you may open", id).In("article")
	case err != nil:
		return err
	case !a.CanRead(p):
		return news.Refuse(news.Invalid, "error.plan.tie.none", "there is no article %d that you may open", id).In("article")
	}
	other, err := tx.AssignmentOf(ctx, id)
	if err != nil {
		return err
	}
	if other.ID != 0 && other.ID != s.ID {
		return news.Refuse(news.Conflict, "error.plan.tied", "this article is on the plan already").In("article")
	}
	at, err := tx.Placement(ctx, id)
	if err != nil {
		return err
	}
	return s.Tie(a, at.DueAt)
}
