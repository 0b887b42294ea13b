package comments

import (
	"context"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Decide approves, rejects, marks as spam or holds a comment. It is for
// editors of the section in which the article stands, and for chiefs. A
// decision that was made already changes nothing.
func (c *Comments) Decide(ctx context.Context, who news.PersonID, id news.CommentID, to news.CommentState) error {
	return c.act(ctx, "decide on the comment", who, id, func(m *news.Comment) error {
		if m.State == to {
			return nil
		}
		return m.Decide(to, who, c.now())
	})
}

// Undo takes back a person's own last decision on a comment. Asked twice it
// is done once. When somebody else has decided since, it is news.Conflict.
func (c *Comments) Undo(ctx context.Context, who news.PersonID, id news.CommentID) error {
	return c.act(ctx, "take back the decision", who, id, func(m *news.Comment) error {
		if m.Before == "" {
			return nil // nothing was decided, or it was taken back already
		}
		if m.DecidedBy != who {
			return news.Refuse(news.Conflict, "error.comment.other", "somebody else has decided on this comment since")
		}
		if err := m.Decide(m.Before, who, c.now()); err != nil {
			return err
		}
		m.Before = ""
		return nil
	})
}

// act carries out one decision on one comment, with its event.
func (c *Comments) act(ctx context.Context, name string, who news.PersonID, id news.CommentID, do func(*news.Comment) error) error {
	return c.store.Write(ctx, name, func(tx *store.Tx) error {
		p, err := tx.Person(ctx, who)
		if err != nil {
			return orForbidden(err)
		}
		if !p.May(news.MayDecide.Least()) {
			return forbidden()
		}
		m, err := tx.Comment(ctx, id)
		if err != nil {
			return err
		}
		a, err := tx.Article(ctx, m.Article)
		if err != nil {
			return err
		}
		if ok, err := covers(ctx, tx, p, a); err != nil || !ok {
			return orForbidden(err)
		}
		was := m
		if err := do(&m); err != nil || m == was {
			return err
		}
		if m.State != news.CommentApproved {
			m.Shown = 0 // approved again it gets a new place: its old one may have been given away
		}
		if m, err = tx.DecideComment(ctx, m); err != nil {
			return err
		}
		public := (was.State == news.CommentApproved) != (m.State == news.CommentApproved)
		return tx.AddEvent(ctx, news.Event{Kind: news.EventDecided, At: m.DecidedAt, Actor: p.ID, Edition: m.Edition, Article: m.Article, Comment: m.ID,
			Note: string(m.State), Touched: news.Touched{Public: public}})
	})
}

func forbidden() error {
	return news.Refuse(news.Forbidden, "error.forbidden", "this comment is not yours to decide on")
}

// orForbidden turns "no such person", and no error at all, into a refusal. A
// look-up that failed stays what it is, which refuses too.
func orForbidden(err error) error {
	if err == nil || news.CodeOf(err) == news.NotFound {
		return forbidden()
	}
	return err
}

// covers reports whether a person has editorial power where the article
// stands for readers.
func covers(ctx context.Context, r revisions, p news.Person, a news.Article) (bool, error) {
	if p.CoversAll() || a.Live == 0 || a.Live == a.Head {
		return a.Allows(p, news.MayDecide) == nil, nil
	}
	live, err := r.Revision(ctx, a.ID, a.Live)
	if err != nil {
		return false, err
	}
	a.Section = live.Section
	return a.Allows(p, news.MayDecide) == nil, nil
}

type revisions interface {
	Revision(ctx context.Context, id news.ID, number int) (news.Revision, error)
}
