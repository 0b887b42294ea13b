package auth

import (
	"context"
	"net/netip"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// SetPassword changes a person's own password, or gives them their first, and
// ends all of their sessions, this one too. A wrong old password counts as a
// guess at the account and is news.Forbidden.
func (a *Auth) SetPassword(ctx context.Context, person news.PersonID, token, old, password string, c Caller) error {
	p, err := a.store.Person(ctx, person)
	if err != nil {
		return err
	}
	if err := checkPassword(password, p.Email); err != nil {
		return err
	}
	g, err := a.newGuess(ctx, p.Email, netip.Addr{}, "")
	if err != nil {
		return err
	}
	stored, err := a.checkOld(ctx, person, g, old, c)
	if err != nil {
		return err
	}
	hash, err := a.hasher.hash(ctx, password, a.random)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, "change the password", func(tx *store.Tx) error {
		if err := unchanged(ctx, tx, person, stored); err != nil {
			return err
		}
		if stored == "" { // a first password is a new way in
			if _, err := a.mayChangeWays(ctx, tx, person, token); err != nil {
				return err
			}
		}
		if err := g.forgive(ctx, tx); err != nil {
			return err
		}
		return a.keepPassword(ctx, tx, p, person, hash, "changed their password")
	})
}

// checkOld compares the present password, counted as a guess, and returns its
// hash; somebody who has none yet has nothing to compare.
func (a *Auth) checkOld(ctx context.Context, person news.PersonID, g guess, old string, c Caller) (string, error) {
	stored, err := a.store.Secret(ctx, person)
	if err != nil || stored == "" {
		return "", err
	}
	if err := a.admit(ctx, g); err != nil {
		return "", err
	}
	if len(old) > maxPassword {
		old = ""
	}
	ok, err := a.hasher.matches(ctx, old, stored)
	if err == nil && !ok {
		err = a.failed(ctx, person, news.WayPassword, c, news.Refuse(news.Forbidden, "auth.refused.old", "the present password is wrong").In("old"))
	}
	return stored, err
}

// ResetPassword sets a person's password from the command line, without the
// old one, and ends their sessions.
func (a *Auth) ResetPassword(ctx context.Context, person news.PersonID, password string) error {
	p, err := a.store.Person(ctx, person)
	if err != nil {
		return err
	}
	if err := checkPassword(password, p.Email); err != nil {
		return err
	}
	hash, err := a.hasher.hash(ctx, password, a.random)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, "set the password", func(tx *store.Tx) error {
		return a.keepPassword(ctx, tx, p, 0, hash, "password set from the command line")
	})
}

// keepPassword keeps a new hash, ends every session and writes it down.
func (a *Auth) keepPassword(ctx context.Context, tx *store.Tx, p news.Person, actor news.PersonID, hash, note string) error {
	if err := tx.SetSecret(ctx, p.ID, hash); err != nil {
		return err
	}
	if err := tx.EndSessions(ctx, p.ID); err != nil {
		return err
	}
	return a.changed(ctx, tx, actor, p, note, news.AccountEntry{Kind: news.AccountPassword})
}
