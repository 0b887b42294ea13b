package auth

import (
	"context"

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
	if h.Stories, err = a.store.Unfinished(ctx, person, mostHeld); err != nil {
		return h, err
	}
	notes, err := a.store.NotesFor(ctx, person, mostHeld)
	h.Calls = len(notes)
	return h, err
}

// Leave hands all that a person holds to somebody else and, if closes says so,
// closes their account: one act, and each story's history tells it. Owners
// only; the last owner stays.
func (a *Auth) Leave(ctx context.Context, actor, person, to news.PersonID, closes bool) error {
	return a.store.Write(ctx, "hand work over", func(tx *store.Tx) error {
		if err := mayManage(ctx, tx, actor); err != nil {
			return err
		}
		p, err := tx.Person(ctx, person)
		if err != nil {
			return err
		}
		next, err := successor(ctx, tx, p, to)
		if err != nil {
			return err
		}
		if err := a.passOn(ctx, tx, actor, p, next); err != nil {
			return err
		}
		if !closes || p.Disabled {
			return nil
		}
		return a.closeAccount(ctx, tx, actor, p)
	})
}

func successor(ctx context.Context, tx *store.Tx, p news.Person, to news.PersonID) (news.Person, error) {
	next, err := tx.Person(ctx, to)
	if news.CodeOf(err) == news.NotFound || err == nil && (next.ID == p.ID || !next.May(news.Contributor)) {
		return next, news.Refuse(news.Invalid, "auth.refused.successor", "choose somebody else who works here").In("to")
	}
	return next, err
}

func (a *Auth) passOn(ctx context.Context, tx *store.Tx, actor news.PersonID, p, next news.Person) error {
	list, err := tx.Unfinished(ctx, p.ID, mostPassed)
	if err != nil {
		return err
	}
	for _, s := range list {
		e := news.Event{Kind: news.EventPassed, At: a.now(), Actor: actor, Edition: s.Edition, Article: s.ID, Note: p.Name + "\n" + next.Name}
		if err := tx.AddEvent(ctx, e); err != nil {
			return err
		}
	}
	if err := tx.PassOn(ctx, p.ID, next.ID); err != nil {
		return err
	}
	if err := tx.PassCalls(ctx, p.ID, next.ID); err != nil {
		return err
	}
	return a.changed(ctx, tx, actor, p, "work handed to "+next.Email, news.AccountEntry{Kind: news.AccountHanded, Detail: next.Name})
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
