package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Publish makes the head revision live now. read is the revision the person
// has seen. reason, when given, is the breaking-news way round a colleague's
// approval; it is recorded. When Publish returns nil, the article is on disk.
func (d *Desk) Publish(ctx context.Context, who news.PersonID, id news.ID, read int, reason string) error {
	return d.store.Write(ctx, "publish the article", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if a.State == news.Published && a.Live == read {
			return askedTwice(ctx, tx, id, who, news.EventPublished, "error.publish.already") // it is live already
		}
		head, err := d.headRead(ctx, tx, &a, read)
		if err != nil {
			return err
		}
		if err := d.clear(ctx, tx, &a, head, p, reason); err != nil {
			return err
		}
		now, err := d.earliest(ctx, tx)
		if err != nil {
			return err
		}
		if err := a.Publish(p, head, now); err != nil {
			return err
		}
		a.ChangedAt, a.ChangedBy = now, p.ID
		return goLive(ctx, tx, a, head, news.Event{Kind: news.EventPublished, At: now, Actor: p.ID, Note: a.Bypass.Reason})
	})
}

// askedTwice takes the same act by the same person as done. Of two who do it at
// once, only one is told yes.
func askedTwice(ctx context.Context, tx *store.Tx, id news.ID, who news.PersonID, kind news.EventKind, key string) error {
	done, err := tx.LastDone(ctx, id, kind)
	if err == nil && done.Actor != who {
		return news.Refuse(news.Conflict, key, "a colleague has done this already")
	}
	return err
}

// complete checks that a text is ready, and has what its section asks for.
func complete(ctx context.Context, tx *store.Tx, head news.Revision) error {
	if err := head.Ready(); err != nil {
		return err
	}
	s, err := tx.Section(ctx, head.Section)
	if err != nil {
		return err
	}
	return head.Complete(s.Required)
}

// clear checks that the article is complete and has its second pair of eyes,
// or records the way round.
func (d *Desk) clear(ctx context.Context, tx *store.Tx, a *news.Article, head news.Revision, p news.Person, reason string) error {
	if err := complete(ctx, tx, head); err != nil {
		return err
	}
	if err := d.unblocked(ctx, tx, *a, head); err != nil {
		return err
	}
	paper, err := tx.Paper(ctx)
	if err != nil {
		return err
	}
	if a.Approved() {
		return nil
	}
	if !paper.FourEyes && a.Allows(p, news.MayPublish) == nil {
		a.Approval = news.Approval{By: p.ID, At: d.now(), Revision: a.Head}
		return nil
	}
	if reason == "" {
		return nil // the article itself refuses
	}
	return a.BypassReview(p, reason, d.now())
}

func goLive(ctx context.Context, tx *store.Tx, a news.Article, head news.Revision, e news.Event) error {
	head.Change = news.ChangeFirst
	return tx.GoLive(ctx, a, head, nil, e)
}

// Schedule sets the time at which the article goes out without anyone.
func (d *Desk) Schedule(ctx context.Context, who news.PersonID, id news.ID, read int, when time.Time, reason string) error {
	return d.act(ctx, "schedule the article", who, id, news.EventScheduled, func(tx *store.Tx, a *news.Article, p news.Person) (string, error) {
		head, err := d.headRead(ctx, tx, a, read)
		if err != nil {
			return "", err
		}
		if err := d.clear(ctx, tx, a, head, p, reason); err != nil {
			return "", err
		}
		return a.Bypass.Reason, a.Schedule(p, head, when.UTC().Truncate(time.Microsecond), d.now()) // as it is kept, so that the same act shows
	})
}

// Unschedule takes the article off the schedule, back into review.
func (d *Desk) Unschedule(ctx context.Context, who news.PersonID, id news.ID) error {
	return d.act(ctx, "take the article off the schedule", who, id, news.EventUnscheduled, func(_ *store.Tx, a *news.Article, p news.Person) (string, error) {
		return "", a.Unschedule(p)
	})
}

// PublishDue publishes every scheduled article whose time has come, switches
// the changes whose time has come, and returns how many went out, and when the next one is due (zero = none
// waits). It needs no visitor and no person. One article that cannot go out
// does not hold up the others; its error is returned with the count.
func (d *Desk) PublishDue(ctx context.Context) (int, time.Time, error) {
	due, err := d.store.Due(ctx, d.now(), 100)
	if err != nil {
		return 0, time.Time{}, err
	}
	out := 0
	var failed error
	for _, a := range due {
		switch err := d.publishDue(ctx, a.ID); {
		case err == nil:
			out++
		case news.CodeOf(err) != news.Conflict: // a Conflict is an embargo, or an editor who was quicker
			failed = err
		}
	}
	switched, err := d.switchDue(ctx)
	if err != nil {
		failed = err
	}
	next, err := d.nextDue(ctx)
	if failed != nil {
		err = failed
	}
	return out + switched, next, err
}

// nextDue is when the next article or change goes out by itself.
func (d *Desk) nextDue(ctx context.Context) (time.Time, error) {
	next, err := d.store.NextDue(ctx)
	if err != nil {
		return next, err
	}
	other, err := d.store.NextPrepared(ctx)
	if !other.IsZero() && (next.IsZero() || other.Before(next)) {
		next = other
	}
	return next, err
}

func (d *Desk) publishDue(ctx context.Context, id news.ID) error {
	return d.store.Write(ctx, "publish a scheduled article", func(tx *store.Tx) error {
		a, err := tx.Article(ctx, id)
		if err != nil {
			return err
		}
		head, err := tx.Revision(ctx, id, a.Head)
		if err != nil {
			return err
		}
		now, err := d.earliest(ctx, tx)
		if err != nil {
			return err
		}
		if err := a.PublishDue(head, now); err != nil {
			return err
		}
		a.ChangedAt = now
		return goLive(ctx, tx, a, head, news.Event{Kind: news.EventPublished, At: now, Note: "as scheduled"})
	})
}

// earliest is the earlier of the paper's clock and the database's: a story
// goes out when both say that its time has come.
func (d *Desk) earliest(ctx context.Context, tx *store.Tx) (time.Time, error) {
	now := d.now()
	other, err := tx.DatabaseTime(ctx)
	if err == nil && !other.IsZero() && other.Before(now) {
		now = other
	}
	return now, err
}
