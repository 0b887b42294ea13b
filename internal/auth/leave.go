package auth

import (
	"context"
	"slices"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	mostHeld   = 200     // of somebody's work is listed
	mostPassed = 100_000 // is handed over: more than a person writes in a life
)

// Held is what somebody who leaves would leave behind.
type Held struct {
	Stories []news.Article // drafts, in review, scheduled; at most 200
	Calls   int            // open notes that call them; 200 = so many or more
}

// Empty reports whether nothing would be left behind.
func (h Held) Empty() bool { return len(h.Stories) == 0 && h.Calls == 0 }

// Held lists what a person holds, for owners.
func (a *Auth) Held(ctx context.Context, actor, person news.PersonID) (Held, error) {
	var h Held
	p, err := a.store.Person(ctx, actor)
	if err != nil {
		return h, notFoundIs(err, ownersOnly())
	}
	if !p.May(news.Owner) {
		return h, ownersOnly()
	}
	if h.Stories, err = storiesOf(ctx, a.store, person, mostHeld); err != nil {
		return h, err
	}
	notes, err := a.store.NotesFor(ctx, person, mostHeld)
	h.Calls = len(notes)
	return h, err
}

// stories is the store, or an act in it.
type stories interface {
	Unfinished(ctx context.Context, who news.PersonID, limit int) ([]news.Article, error)
	Assigned(ctx context.Context, who news.PersonID, limit int) ([]news.Article, error)
	Protects(ctx context.Context, person news.PersonID) ([]news.ID, error)
}

// storiesOf lists what lies with a person: handed to them, or begun by them
// and with nobody else.
func storiesOf(ctx context.Context, r stories, who news.PersonID, limit int) ([]news.Article, error) {
	list, err := r.Assigned(ctx, who, limit)
	if err != nil {
		return nil, err
	}
	own, err := r.Unfinished(ctx, who, limit)
	if err != nil {
		return nil, err
	}
	// What somebody wrote under a protected byline is not theirs to anybody's
	// eyes: it is neither listed nor handed over, and lies with its section.
	protected, err := r.Protects(ctx, who)
	return slices.DeleteFunc(append(list, own...), func(a news.Article) bool {
		return a.Assignee != who && slices.Contains(protected, a.ID)
	}), err
}

// Successor is to whom the work of somebody who leaves goes: a person or a desk.
type Successor struct {
	Person news.PersonID
	Desk   news.DeskID
}

// Leave hands all that a person holds to somebody else and, if closes says so,
// closes their account: one act, and each story's history tells it. Notes that
// call them call the person, or the first lead of the desk. Owners only; the
// last owner stays.
func (a *Auth) Leave(ctx context.Context, actor, person news.PersonID, to Successor, closes bool) error {
	return a.store.Write(ctx, "hand work over", func(tx *store.Tx) error {
		if err := mayManage(ctx, tx, actor); err != nil {
			return err
		}
		p, err := tx.Person(ctx, person)
		if err != nil {
			return err
		}
		next, desk, err := successor(ctx, tx, p, to)
		if err != nil {
			return err
		}
		if err := a.passOn(ctx, tx, actor, p, next, desk); err != nil {
			return err
		}
		if !closes || p.Disabled {
			return nil
		}
		return a.closeAccount(ctx, tx, actor, p)
	})
}

// successor reads to whom the work goes; with a desk the person is who leads it.
func successor(ctx context.Context, tx *store.Tx, p news.Person, to Successor) (next news.Person, desk news.Desk, err error) {
	refused := news.Refuse(news.Invalid, "auth.refused.successor", "choose somebody else who works here").In("to")
	if to.Desk != 0 {
		if desk, err = tx.Desk(ctx, to.Desk); err != nil {
			return next, desk, notFoundIs(err, refused)
		}
		for _, m := range desk.Members {
			if m.Lead && m.Person != p.ID && next.ID == 0 {
				if next, err = tx.Person(ctx, m.Person); err != nil {
					return next, desk, err
				}
			}
		}
		return next, desk, nil
	}
	next, err = tx.Person(ctx, to.Person)
	if err == nil && (next.ID == p.ID || !next.May(news.Contributor)) {
		err = refused
	}
	return next, desk, notFoundIs(err, refused)
}

func (a *Auth) passOn(ctx context.Context, tx *store.Tx, actor news.PersonID, p, next news.Person, desk news.Desk) error {
	list, err := storiesOf(ctx, tx, p.ID, mostPassed)
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := a.passStory(ctx, tx, actor, s, p, next, desk); err != nil {
			return err
		}
	}
	planned := next.ID
	if desk.ID != 0 {
		planned = 0 // the desk has it
	}
	if err := tx.PassAssignments(ctx, p.ID, planned, desk.ID); err != nil {
		return err
	}
	if next.ID != 0 {
		if err := tx.PassCalls(ctx, p.ID, next.ID); err != nil {
			return err
		}
	}
	name := next.Name
	if desk.ID != 0 {
		name = desk.Name
	}
	return a.changed(ctx, tx, actor, p, "work handed to "+name, news.AccountEntry{Kind: news.AccountHanded, Detail: name})
}

// passStory hands one story over: to a desk it is placed, to a person it
// becomes theirs, and is placed with them if it was placed.
func (a *Auth) passStory(ctx context.Context, tx *store.Tx, actor news.PersonID, s news.Article, p, next news.Person, desk news.Desk) error {
	was, err := tx.Placement(ctx, s.ID)
	if err != nil {
		return err
	}
	to := was
	to.Article, to.By, to.At = s.ID, actor, a.now()
	switch {
	case desk.ID != 0 && !desk.Takes(s.Edition):
		return news.Refuse(news.Invalid, "error.hand.edition", "this desk works for another edition").In("to")
	case desk.ID != 0:
		to.Desk, to.Person, to.Stage = desk.ID, 0, ""
		if len(desk.Stages) > 0 {
			to.Stage = desk.Stages[0]
		}
	case was.Person == p.ID:
		to.Person = next.ID
	}
	if !was.Same(to) {
		if err := tx.SavePlacement(ctx, to); err != nil {
			return err
		}
		if err := tx.AddEvent(ctx, news.Event{Kind: news.EventHanded, At: to.At, Actor: actor, Edition: s.Edition, Article: s.ID, Note: news.HandingOf(was, to, desk).Note()}); err != nil {
			return err
		}
	}
	if desk.ID != 0 || s.Creator != p.ID {
		return nil
	}
	if protected, err := tx.Protects(ctx, p.ID); err != nil || slices.Contains(protected, s.ID) {
		return err // the record would name them
	}
	if err := tx.PassOn(ctx, s.ID, p.ID, next.ID); err != nil {
		return err
	}
	return tx.AddEvent(ctx, news.Event{Kind: news.EventPassed, At: to.At, Actor: actor, Edition: s.Edition, Article: s.ID, Note: p.Name + "\n" + next.Name})
}

func (a *Auth) closeAccount(ctx context.Context, tx *store.Tx, actor news.PersonID, was news.Person) error {
	p := was
	p.Disabled = true
	if err := keepsOwner(ctx, tx, was, p); err != nil {
		return err
	}
	if err := tx.SavePerson(ctx, &p); err != nil {
		return err
	}
	if err := tx.EndSessions(ctx, p.ID); err != nil {
		return err
	}
	return a.changed(ctx, tx, actor, p, "account closed", news.AccountEntry{Kind: news.AccountClosed})
}
