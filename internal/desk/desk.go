// Package desk holds the editorial acts: create, edit, submit, approve,
// schedule, publish, correct, kill, spike. Each is one transaction: it loads
// the article and the person, asks the rules of package news, writes what
// they answered and the event that tells the other rooms.
package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Desk is where staff act on articles.
type Desk struct {
	store *store.Store
	now   func() time.Time
	style readStyle
}

// New returns the desk of a paper. now must never run ahead of the true time:
// schedules and embargoes end by it.
func New(s *store.Store, now func() time.Time) *Desk { return &Desk{store: s, now: now} }

// act carries out one act of one person on one article. do changes the
// article in memory; act keeps it and writes the event.
func (d *Desk) act(ctx context.Context, name string, who news.PersonID, id news.ID, kind news.EventKind, do func(tx *store.Tx, a *news.Article, p news.Person) (note string, err error)) error {
	return d.store.Write(ctx, name, func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		before := a
		note, err := do(tx, &a, p)
		if err != nil {
			return err
		}
		if a == before {
			return nil // it was so already: the same act asked twice
		}
		a.ChangedAt, a.ChangedBy = d.now(), p.ID
		if err := tx.UpdateArticle(ctx, a); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: kind, At: a.ChangedAt, Actor: p.ID, Edition: a.Edition, Article: a.ID, Note: note})
	})
}

// load reads the article and the person in the act's own transaction. A
// person who cannot be looked up is refused.
func load(ctx context.Context, tx *store.Tx, who news.PersonID, id news.ID) (news.Article, news.Person, error) {
	p, err := staff(ctx, tx, who)
	if err != nil {
		return news.Article{}, p, err
	}
	a, err := tx.Article(ctx, id)
	if err != nil {
		return a, p, err
	}
	if !a.CanRead(p) {
		return a, p, news.Refuse(news.Forbidden, "error.forbidden", "this article is not yours to open")
	}
	return a, p, nil
}

// staff reads a person who is on duty.
func staff(ctx context.Context, tx *store.Tx, who news.PersonID) (news.Person, error) {
	p, err := tx.Person(ctx, who)
	switch {
	case news.CodeOf(err) == news.NotFound:
		return p, news.Refuse(news.Forbidden, "error.forbidden", "this person is not on the staff")
	case err != nil:
		return p, err
	case p.Disabled:
		return p, news.Refuse(news.Forbidden, "error.forbidden", "this account is closed")
	}
	return p, nil
}
