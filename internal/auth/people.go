package auth

import (
	"context"
	"fmt"
	"slices"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// People lists the staff for an owner, at most 1,000: those on duty first, by name.
func (a *Auth) People(ctx context.Context, actor news.PersonID) ([]news.Person, error) {
	p, err := a.store.Person(ctx, actor)
	if err != nil {
		return nil, notFoundIs(err, ownersOnly())
	}
	if !p.May(news.Owner) {
		return nil, ownersOnly()
	}
	return a.store.People(ctx)
}

// AddPerson takes somebody on the staff. They sign in after they have used
// the link that Invite makes. Owners only; actor 0 is the command line. An
// e-mail that somebody has is news.Conflict.
func (a *Auth) AddPerson(ctx context.Context, actor news.PersonID, p news.Person) (news.Person, error) {
	var kept news.Person
	p.Email = normalEmail(p.Email)
	if err := p.Validate(); err != nil {
		return kept, err
	}
	err := a.store.Write(ctx, "add a person", func(tx *store.Tx) error {
		kept = p
		kept.ID, kept.HasSecret, kept.CreatedAt = 0, false, a.now()
		if err := mayManage(ctx, tx, actor); err != nil {
			return err
		}
		if err := ensurePaper(ctx, tx); err != nil {
			return err
		}
		if err := checkPerson(ctx, tx, kept); err != nil {
			return err
		}
		if err := tx.SavePerson(ctx, &kept); err != nil {
			return err
		}
		return a.changed(ctx, tx, actor, kept, fmt.Sprintf("added as %s", kept.Role), news.AccountEntry{Kind: news.AccountAdded, Detail: string(kept.Role)})
	})
	if err != nil {
		return news.Person{}, err
	}
	return kept, nil
}

// SavePerson changes a person's name, e-mail, role, sections, or closes the
// account. Another role or a closed account ends their sessions. The last
// owner who can sign in stays one. Owners only; actor 0 is the command line.
func (a *Auth) SavePerson(ctx context.Context, actor news.PersonID, p news.Person) error {
	p.Email = normalEmail(p.Email)
	if err := p.Validate(); err != nil {
		return err
	}
	return a.store.Write(ctx, "keep a person", func(tx *store.Tx) error {
		if err := mayManage(ctx, tx, actor); err != nil {
			return err
		}
		was, err := tx.Person(ctx, p.ID)
		if err != nil {
			return err
		}
		next := p
		next.CreatedAt, next.HasSecret = was.CreatedAt, was.HasSecret
		next.Sections = slices.Compact(slices.Sorted(slices.Values(p.Sections)))
		note := difference(was, next)
		if note == "" {
			return nil // it was so already
		}
		if err := checkPerson(ctx, tx, next); err != nil {
			return err
		}
		if err := keepsOwner(ctx, tx, was, next); err != nil {
			return err
		}
		if err := tx.SavePerson(ctx, &next); err != nil {
			return err
		}
		if was.Role != next.Role || was.Disabled != next.Disabled {
			if err := tx.EndSessions(ctx, next.ID); err != nil {
				return err
			}
		}
		return a.changed(ctx, tx, actor, next, note, entriesOf(was, next)...)
	})
}

// changed writes a change of rights down: in the record of the paper, in words,
// and in the person's own record of sign-ins and rights.
func (a *Auth) changed(ctx context.Context, tx *store.Tx, actor news.PersonID, p news.Person, what string, entries ...news.AccountEntry) error {
	for _, e := range entries {
		e.Person, e.Actor = p.ID, actor
		if err := a.note(ctx, tx, e, Caller{}); err != nil {
			return err
		}
	}
	return tx.AddEvent(ctx, news.Event{Kind: news.EventPerson, At: a.now(), Actor: actor, Note: p.Email + ": " + what})
}

// changedBy writes down what a person changed of their own.
func (a *Auth) changedBy(ctx context.Context, tx *store.Tx, p news.Person, what string, e news.AccountEntry, c Caller) error {
	e.Person, e.Actor = p.ID, p.ID
	if err := a.note(ctx, tx, e, c); err != nil {
		return err
	}
	return a.changed(ctx, tx, p.ID, p, what)
}

func ownersOnly() error {
	return news.Refuse(news.Forbidden, "auth.refused.owners", "only an owner may do this")
}

// mayManage refuses everyone but owners on duty, and the command line.
func mayManage(ctx context.Context, tx *store.Tx, actor news.PersonID) error {
	if actor == 0 {
		return nil
	}
	p, err := tx.Person(ctx, actor)
	if err != nil {
		return notFoundIs(err, ownersOnly())
	}
	if !p.May(news.Owner) {
		return ownersOnly()
	}
	return nil
}

// checkPerson checks what only the database knows.
func checkPerson(ctx context.Context, tx *store.Tx, p news.Person) error {
	for _, id := range p.Sections {
		if _, err := tx.Section(ctx, id); err != nil {
			return notFoundIs(err, news.Refuse(news.Invalid, "auth.refused.section", "there is no section %d", id).In("sections"))
		}
	}
	return untaken(ctx, tx, p)
}

func untaken(ctx context.Context, tx *store.Tx, p news.Person) error {
	other, err := tx.PersonByEmail(ctx, p.Email)
	switch {
	case news.CodeOf(err) == news.NotFound, err == nil && other.ID == p.ID:
		return nil
	case err != nil:
		return err
	}
	return news.Refuse(news.Conflict, "auth.refused.taken", "somebody on the staff has this e-mail address").In("email")
}

// keepsOwner refuses to leave the paper without an owner who can sign in.
func keepsOwner(ctx context.Context, tx *store.Tx, was, next news.Person) error {
	if !was.May(news.Owner) || next.May(news.Owner) {
		return nil
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.ID == was.ID || !p.May(news.Owner) {
			continue
		}
		if w, err := waysOf(ctx, tx, p.ID); err != nil {
			return err
		} else if w.Password || len(w.Passkeys) > 0 {
			return nil
		}
	}
	return news.Refuse(news.Conflict, "auth.refused.last-owner", "the paper needs an owner: make somebody else one first").In("role")
}

// entriesOf are the lines that a change leaves in the person's own record.
func entriesOf(was, next news.Person) []news.AccountEntry {
	var out []news.AccountEntry
	add := func(differs bool, kind news.AccountKind, detail string) {
		if differs {
			out = append(out, news.AccountEntry{Kind: kind, Detail: detail})
		}
	}
	add(was.Name != next.Name, news.AccountName, was.Name)
	add(was.Email != next.Email, news.AccountEmail, was.Email)
	add(was.Role != next.Role, news.AccountRole, string(next.Role)+" "+string(was.Role))
	add(!slices.Equal(was.Sections, next.Sections), news.AccountSections, "")
	add(!was.Disabled && next.Disabled, news.AccountClosed, "")
	add(was.Disabled && !next.Disabled, news.AccountOpened, "")
	return out
}

// difference says in words what changes; "" = nothing.
func difference(was, next news.Person) string {
	note := ""
	add := func(differs bool, words string) {
		if differs && note != "" {
			note += ", "
		}
		if differs {
			note += words
		}
	}
	add(was.Name != next.Name, "new name")
	add(was.Email != next.Email, "e-mail was "+was.Email)
	add(was.Role != next.Role, fmt.Sprintf("%s, was %s", next.Role, was.Role))
	add(!slices.Equal(was.Sections, next.Sections), "other sections")
	add(!was.Disabled && next.Disabled, "account closed")
	add(was.Disabled && !next.Disabled, "account opened")
	return note
}
