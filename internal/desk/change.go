package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Change is a change that waits beside a live article, as its page shows it.
type Change struct {
	news.Prepared
	Material []news.MaterialChange // what the gate says
	Own      bool                  // the person wrote on it
}

// OpenChange reads what waits beside a live article: what the gate says, and
// what was said of it so far. A revision that nobody has said anything of has
// an empty kind.
func (d *Desk) OpenChange(ctx context.Context, p news.Person, a news.Article) (Change, error) {
	var out Change
	live, err := d.store.Revision(ctx, a.ID, max(a.Live, 1))
	if err != nil {
		return out, err
	}
	head, err := d.store.Revision(ctx, a.ID, a.Head)
	if err != nil {
		return out, err
	}
	e, err := d.store.Edition(ctx, a.Edition)
	if err != nil {
		return out, err
	}
	out.Material = news.Material(live.Content, head.Content, e.Language)
	writers, err := writersOf(ctx, d.store, a)
	if err != nil {
		return out, err
	}
	for _, w := range writers {
		out.Own = out.Own || w == p.ID
	}
	out.Prepared, err = d.store.Prepared(ctx, a.ID)
	if out.Revision != a.Head {
		out.Prepared = news.Prepared{Article: a.ID, Revision: a.Head}
	}
	return out, dropNotFound(err)
}

// actOnChange is one act on a prepared change that does not switch it. do says
// what the record is told; "" for the same act asked twice.
func (d *Desk) actOnChange(ctx context.Context, name string, who news.PersonID, id news.ID, read int, kind news.EventKind, do func(tx *store.Tx, c *change) (string, error)) error {
	return d.store.Write(ctx, name, func(tx *store.Tx) error {
		c, err := d.openChange(ctx, tx, who, id, read)
		if err != nil {
			return err
		}
		before := c.prepared
		note, err := do(tx, &c)
		if err != nil {
			return err
		}
		if c.prepared == before {
			return nil
		}
		if err := tx.SavePrepared(ctx, c.prepared); err != nil {
			return err
		}
		c.ChangedAt, c.ChangedBy = d.now(), c.person.ID
		if err := tx.UpdateArticle(ctx, c.Article); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: kind, At: c.ChangedAt, Actor: c.person.ID, Edition: c.Edition, Article: c.ID, Note: note})
	})
}

// SubmitChange hands a prepared change to a colleague, with what it is to be
// called.
func (d *Desk) SubmitChange(ctx context.Context, who news.PersonID, id news.ID, read int, s Declared) error {
	return d.actOnChange(ctx, "hand in the change", who, id, read, news.EventChangeSubmitted, func(tx *store.Tx, c *change) (string, error) {
		was := c.prepared
		if err := c.declare(s); err != nil {
			return "", err
		}
		if err := d.complete(ctx, tx, *c); err != nil {
			return "", err
		}
		if err := c.Article.SubmitChange(&c.prepared, c.person, c.head, d.now()); err != nil {
			return "", err
		}
		if was.SubmittedBy == c.person.ID {
			if c.prepared.SubmittedAt = was.SubmittedAt; c.prepared != was {
				c.prepared.SubmittedAt = d.now()
			}
		}
		return string(s.Kind) + ": " + c.prepared.Note, nil
	})
}

// ApproveChange is a second person's yes to a prepared change, under the name
// that they saw it called.
func (d *Desk) ApproveChange(ctx context.Context, who news.PersonID, id news.ID, read int, s Declared) error {
	return d.actOnChange(ctx, "approve the change", who, id, read, news.EventChangeApproved, func(_ *store.Tx, c *change) (string, error) {
		if err := c.declare(s); err != nil {
			return "", err
		}
		if c.prepared.Approval.By == c.person.ID && c.prepared.Approval.Revision == c.Head {
			return "", nil
		}
		return string(s.Kind) + ": " + c.prepared.Note, c.Article.ApproveChange(&c.prepared, c.person, c.head, c.writers, c.fourEyes, d.now())
	})
}

// ScheduleChange sets the time at which a prepared change is switched by itself.
func (d *Desk) ScheduleChange(ctx context.Context, who news.PersonID, id news.ID, read int, s Declared, when time.Time) error {
	return d.actOnChange(ctx, "time the change", who, id, read, news.EventChangeScheduled, func(tx *store.Tx, c *change) (string, error) {
		if err := c.declare(s); err != nil {
			return "", err
		}
		if err := d.complete(ctx, tx, *c); err != nil {
			return "", err
		}
		now := d.now()
		if err := c.ClearChange(&c.prepared, c.person, c.writers, c.fourEyes, s.Reason, now); err != nil {
			return "", err
		}
		if c.prepared.SubmittedBy == 0 {
			c.prepared.SubmittedBy, c.prepared.SubmittedAt = c.person.ID, now
		}
		when = when.UTC().Truncate(time.Microsecond)
		return when.Format(time.RFC3339), c.Article.ScheduleChange(&c.prepared, c.person, c.head, when, now)
	})
}

// UnscheduleChange takes a change off the schedule; what was said of it stays.
func (d *Desk) UnscheduleChange(ctx context.Context, who news.PersonID, id news.ID, read int) error {
	return d.actOnChange(ctx, "take the change off the schedule", who, id, read, news.EventChangeUnscheduled, func(_ *store.Tx, c *change) (string, error) {
		if c.Allows(c.person, news.MayCorrect) != nil {
			return "", news.Refuse(news.Forbidden, "error.forbidden", "you may not correct this article")
		}
		c.prepared.Due = time.Time{}
		return "", nil
	})
}

// ReturnChange gives a change that was handed in back, with a line.
func (d *Desk) ReturnChange(ctx context.Context, who news.PersonID, id news.ID, read int, note string) error {
	return d.actOnChange(ctx, "return the change", who, id, read, news.EventChangeReturned, func(_ *store.Tx, c *change) (string, error) {
		if c.Allows(c.person, news.MayCorrect) != nil {
			return "", news.Refuse(news.Forbidden, "error.forbidden", "you may not correct this article")
		}
		if c.prepared.SubmittedBy == 0 {
			return "", nil
		}
		c.prepared.SubmittedBy, c.prepared.SubmittedAt, c.prepared.Due = 0, time.Time{}, time.Time{}
		c.prepared.Approval, c.prepared.Bypass = news.Approval{}, news.Bypass{}
		return note, nil
	})
}

// switchDue switches every change whose time has come and returns how many
// there were. One that cannot be switched does not hold up the others.
func (d *Desk) switchDue(ctx context.Context) (int, error) {
	due, err := d.store.PreparedDue(ctx, d.now(), 100)
	if err != nil {
		return 0, err
	}
	out := 0
	var failed error
	for _, c := range due {
		switch err := d.switchOne(ctx, c.Article); {
		case err == nil:
			out++
		case news.CodeOf(err) != news.Conflict: // an editor was quicker
			failed = err
		}
	}
	return out, failed
}

func (d *Desk) switchOne(ctx context.Context, id news.ID) error {
	return d.store.Write(ctx, "switch a prepared change", func(tx *store.Tx) error {
		a, err := tx.Article(ctx, id)
		if err != nil {
			return err
		}
		c := change{Article: a}
		if c.head, err = tx.Revision(ctx, id, a.Head); err != nil {
			return err
		}
		if err := d.fill(ctx, tx, &c); err != nil {
			return err
		}
		now, err := d.earliest(ctx, tx)
		if err != nil {
			return err
		}
		before := c.Article.Placing(c.live.Content)
		if err := c.SwitchDue(c.prepared, c.head, now); err != nil {
			return err
		}
		return d.switchTo(ctx, tx, c, before, 0, now)
	})
}
