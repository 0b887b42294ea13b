package desk

import (
	"context"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Submit hands a draft to the editors. It needs a headline, a section and a text.
func (d *Desk) Submit(ctx context.Context, who news.PersonID, id news.ID) error {
	return d.act(ctx, "submit the article", who, id, news.EventSubmitted, func(tx *store.Tx, a *news.Article, p news.Person) (string, error) {
		head, err := tx.Revision(ctx, a.ID, a.Head)
		if err != nil {
			return "", err
		}
		if err := complete(ctx, tx, head); err != nil {
			return "", err
		}
		if err := d.unblocked(ctx, tx, *a, head); err != nil {
			return "", err
		}
		return "", a.Submit(p)
	})
}

// Return gives a submitted or scheduled article back, with a line for its author.
func (d *Desk) Return(ctx context.Context, who news.PersonID, id news.ID, note string) error {
	return d.act(ctx, "return the article", who, id, news.EventReturned, func(_ *store.Tx, a *news.Article, p news.Person) (string, error) {
		return note, a.Return(p)
	})
}

// Approve is a second person's yes to the revision they have read.
func (d *Desk) Approve(ctx context.Context, who news.PersonID, id news.ID, read int) error {
	return d.act(ctx, "approve the article", who, id, news.EventApproved, func(tx *store.Tx, a *news.Article, p news.Person) (string, error) {
		paper, err := tx.Paper(ctx)
		if err != nil {
			return "", err
		}
		head, err := d.headRead(ctx, tx, a, read)
		if err != nil {
			return "", err
		}
		if a.Approval.By == p.ID && a.Approval.Revision == a.Head {
			return "", nil
		}
		if err := complete(ctx, tx, head); err != nil && a.Allows(p, news.MayApprove) == nil {
			return "", err
		}
		if err := notOwn(ctx, tx, a.ID, p, paper.FourEyes); err != nil && a.Allows(p, news.MayApprove) == nil {
			return "", err
		}
		return "", a.Approve(p, head, paper.FourEyes, d.now())
	})
}

// headRead returns the head revision if it is the one the person has read.
func (d *Desk) headRead(ctx context.Context, tx *store.Tx, a *news.Article, read int) (news.Revision, error) {
	if read != a.Head {
		return news.Revision{}, news.Refuse(news.Conflict, "error.changed", "the article was changed since you opened it: read it again")
	}
	return tx.Revision(ctx, a.ID, a.Head)
}

// Spike drops an article that was never published. Revive undoes it.
func (d *Desk) Spike(ctx context.Context, who news.PersonID, id news.ID, reason string) error {
	return d.act(ctx, "spike the article", who, id, news.EventSpiked, func(_ *store.Tx, a *news.Article, p news.Person) (string, error) {
		return reason, a.Spike(p)
	})
}

// Revive takes a spiked article back as a draft.
func (d *Desk) Revive(ctx context.Context, who news.PersonID, id news.ID) error {
	return d.act(ctx, "revive the article", who, id, news.EventRevived, func(_ *store.Tx, a *news.Article, p news.Person) (string, error) {
		return "", a.Revive(p)
	})
}
