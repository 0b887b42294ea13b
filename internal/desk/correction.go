package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Declared is what a person says of a change that was prepared beside the live
// text.
type Declared struct {
	Kind         news.ChangeKind
	Note         string // for readers; a minor change needs none
	Acknowledged bool   // it is called minor although facts change, and they have seen which
	Reason       string // to go without a colleague
}

// change is a prepared change in an act's own transaction.
type change struct {
	news.Article
	person     news.Person
	live, head news.Revision
	prepared   news.Prepared
	material   []news.MaterialChange
	writers    []news.PersonID
	fourEyes   bool
}

// openChange reads a live article with what was prepared beside it. read is
// the revision that the person has seen.
func (d *Desk) openChange(ctx context.Context, tx *store.Tx, who news.PersonID, id news.ID, read int) (change, error) {
	a, p, err := load(ctx, tx, who, id)
	c := change{Article: a, person: p}
	if err != nil {
		return c, err
	}
	if c.head, err = d.headRead(ctx, tx, &a, read); err != nil {
		return c, err
	}
	return c, d.fill(ctx, tx, &c)
}

// fill reads what stands around a change: the live text, what the gate says,
// who wrote on it, and what was said of it so far.
func (d *Desk) fill(ctx context.Context, tx *store.Tx, c *change) error {
	paper, err := tx.Paper(ctx)
	if err != nil {
		return err
	}
	c.fourEyes = paper.FourEyes
	if c.live, err = tx.Revision(ctx, c.ID, max(c.Live, 1)); err != nil {
		return err
	}
	e, err := tx.Edition(ctx, c.Edition)
	if err != nil {
		return err
	}
	c.material = news.Material(c.live.Content, c.head.Content, e.Language)
	if c.writers, err = writersOf(ctx, tx, c.Article); err != nil {
		return err
	}
	c.prepared, err = tx.Prepared(ctx, c.ID)
	if news.CodeOf(err) == news.NotFound || c.prepared.Revision != c.Head {
		c.prepared, err = news.Prepared{Article: c.ID, Revision: c.Head}, dropNotFound(err)
	}
	return err
}

func dropNotFound(err error) error {
	if news.CodeOf(err) == news.NotFound {
		return nil
	}
	return err
}

// declare notes what a person calls the change. What was approved under
// another name was not approved.
func (c *change) declare(s Declared) error {
	s.Note = strings.TrimSpace(s.Note)
	if c.prepared.Kind != s.Kind || c.prepared.Note != s.Note {
		c.prepared.Approval, c.prepared.Bypass, c.prepared.Due = news.Approval{}, news.Bypass{}, time.Time{}
	}
	c.prepared.Kind, c.prepared.Note = s.Kind, s.Note
	c.prepared.Acknowledged = s.Acknowledged && s.Kind == news.ChangeMinor && len(c.material) > 0
	return c.prepared.Declares(c.material)
}

// Correct switches a published article to the revision that was prepared
// beside it, and declares what changed: an update, clarification or correction
// with a note for readers, or a minor change under the person's name. A
// colleague has read it, or is the one who switches, or there is a reason.
func (d *Desk) Correct(ctx context.Context, who news.PersonID, id news.ID, read int, s Declared) error {
	s.Note = strings.TrimSpace(s.Note)
	return d.store.Write(ctx, "correct the article", func(tx *store.Tx) error {
		a, _, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		done, err := alreadyCorrected(ctx, tx, a, read, s)
		if err != nil {
			return err
		}
		if done {
			return askedTwice(ctx, tx, id, who, news.EventCorrected, "error.correct.already")
		}
		c, err := d.openChange(ctx, tx, who, id, read)
		if err != nil {
			return err
		}
		now := d.now()
		before := c.Article.Placing(c.live.Content)
		if err := c.Correct(c.person, c.head, now); err != nil {
			return err
		}
		if err := c.declare(s); err != nil {
			return err
		}
		if err := c.ClearChange(&c.prepared, c.person, c.writers, c.fourEyes, s.Reason, now); err != nil {
			return err
		}
		if err := d.complete(ctx, tx, c); err != nil {
			return err
		}
		return d.switchTo(ctx, tx, c, before, c.person.ID, now)
	})
}

// complete checks that the prepared text may stand in the paper.
func (d *Desk) complete(ctx context.Context, tx *store.Tx, c change) error {
	if err := complete(ctx, tx, c.head); err != nil {
		return err
	}
	return d.unblocked(ctx, tx, c.Article, c.head)
}

// switchTo makes the prepared revision the live one, once, with everything that
// goes with it; feeds, caches and notices follow the event.
func (d *Desk) switchTo(ctx context.Context, tx *store.Tx, c change, before news.Placing, who news.PersonID, now time.Time) error {
	a, p := c.Article, c.prepared
	a.ChangedAt, a.ChangedBy = now, p.By(who)
	if err := conceal(ctx, tx, &a, c.head.Content, &p); err != nil {
		return err
	}
	entry := news.Correction{Article: a.ID, Edition: a.Edition, Revision: c.head.Number, Kind: p.Kind, Note: p.Note, By: p.By(who), At: now,
		Headline: c.head.Headline, Material: c.material, Approved: p.Approval.By, Bypass: p.Bypass.Reason}
	if a.VersionsFrom == c.head.Number {
		entry.Material = nil // it would name what is to go
	}
	if err := tx.AddCorrection(ctx, entry); err != nil {
		return err
	}
	if err := tx.DropPrepared(ctx, a.ID); err != nil {
		return err
	}
	c.head.Change, c.head.Note = p.Kind, p.Note
	e := news.Event{Kind: news.EventCorrected, At: now, Actor: who, Note: string(p.Kind) + ": " + p.Note}
	if p.Acknowledged {
		e.Note = string(p.Kind) + "+: " + kindsOf(entry.Material)
	}
	return tx.GoLive(ctx, a, c.head, &before, e)
}

// kindsOf names the kinds of fact that a minor change touches, for the record:
// which ones stands with the correction.
func kindsOf(list []news.MaterialChange) string {
	var kinds []string
	for _, m := range list {
		if !slices.Contains(kinds, string(m.Kind)) {
			kinds = append(kinds, string(m.Kind))
		}
	}
	return strings.Join(kinds, " ")
}

// conceal takes a name that is to go out of what was published about the
// article before, and closes the older versions.
func conceal(ctx context.Context, tx *store.Tx, a *news.Article, head news.Content, p *news.Prepared) error {
	which, err := tx.Anonymity(ctx, a.ID)
	if err != nil {
		return dropNotFound(err)
	}
	if _, left := head.Anonymise(which.Names, which.Replacement); left {
		return news.Refuse(news.Invalid, "error.anonymise.left", "the text still says a name that is to go: replace it first")
	}
	a.VersionsFrom = a.Live
	p.Note = news.Conceal(p.Note, which.Names, which.Replacement)
	list, err := tx.ArticleCorrections(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, c := range list {
		note := news.Conceal(c.Note, which.Names, which.Replacement)
		if err := tx.Reword(ctx, a.ID, c.Revision, news.Conceal(c.Headline, which.Names, which.Replacement), note); err != nil {
			return err
		}
	}
	return tx.DropAnonymity(ctx, a.ID)
}

// alreadyCorrected recognises the same act asked twice.
func alreadyCorrected(ctx context.Context, tx *store.Tx, a news.Article, read int, s Declared) (bool, error) {
	if a.State != news.Published || a.Live != read {
		return false, nil
	}
	live, err := tx.Revision(ctx, a.ID, a.Live)
	return err == nil && live.Change == s.Kind && live.Note == s.Note, err
}

// Kill withdraws a published article: its address stays and gives the note.
func (d *Desk) Kill(ctx context.Context, who news.PersonID, id news.ID, note string) error {
	return d.store.Write(ctx, "kill the article", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if a.State == news.Killed && a.Kill.Note == strings.TrimSpace(note) {
			return askedTwice(ctx, tx, id, who, news.EventKilled, "error.kill.already")
		}
		live, err := tx.Revision(ctx, id, max(a.Live, 1))
		if err != nil {
			return err
		}
		now := d.now()
		if err := a.Withdraw(p, note, now); err != nil {
			return err
		}
		a.ChangedAt, a.ChangedBy = now, p.ID
		if err := tx.DropPrepared(ctx, id); err != nil {
			return err
		}
		return tx.Withdraw(ctx, a, live.Content, news.Event{Kind: news.EventKilled, At: now, Actor: p.ID, Note: a.Kill.Note})
	})
}
