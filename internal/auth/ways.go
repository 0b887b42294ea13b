package auth

import (
	"context"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Ways are the ways in that a person has.
type Ways struct {
	Password bool
	Passkeys []news.Passkey
	Codes    bool
	Recovery int  // recovery codes left
	Identity bool // tied to the house's identity server, and that is open
}

// Proof reports whether one of the ways proves more than a password.
func (w Ways) Proof() bool { return len(w.Passkeys) > 0 || w.Codes || w.Identity }

// waysReader is the store, or an act in it.
type waysReader interface {
	Secret(ctx context.Context, id news.PersonID) (string, error)
	Passkeys(ctx context.Context, id news.PersonID) ([]news.Passkey, error)
	OneTimeCode(ctx context.Context, id news.PersonID) (news.OneTimeCode, error)
	RecoveryCodesLeft(ctx context.Context, id news.PersonID) (int, error)
	IdentityServer(ctx context.Context) (news.IdentityServer, error)
	Tied(ctx context.Context, id news.PersonID, issuer string) (bool, error)
}

// Ways lists the ways in that a person has.
func (a *Auth) Ways(ctx context.Context, person news.PersonID) (Ways, error) {
	return waysOf(ctx, a.store, person)
}

func waysOf(ctx context.Context, r waysReader, person news.PersonID) (Ways, error) {
	var w Ways
	secret, err := r.Secret(ctx, person)
	if err != nil {
		return w, err
	}
	w.Password = secret != ""
	if w.Passkeys, err = r.Passkeys(ctx, person); err != nil {
		return w, err
	}
	_, err = r.OneTimeCode(ctx, person)
	if w.Codes = err == nil; err != nil && news.CodeOf(err) != news.NotFound {
		return w, err
	}
	if w.Recovery, err = r.RecoveryCodesLeft(ctx, person); err != nil {
		return w, err
	}
	server, err := r.IdentityServer(ctx)
	if news.CodeOf(err) == news.NotFound || err == nil && !server.Open {
		return w, nil
	} else if err != nil {
		return w, err
	}
	w.Identity, err = r.Tied(ctx, person, server.Issuer)
	return w, err
}

// mayChangeWays refuses to change how a person comes in from a session that
// proved less than they can prove: whoever has only learned a password gains
// no passkey by it.
func (a *Auth) mayChangeWays(ctx context.Context, tx *store.Tx, person news.PersonID, token string) (Ways, error) {
	s, err := a.session(ctx, tx, token, a.now())
	if err != nil {
		return Ways{}, err
	}
	if s.Person != person {
		return Ways{}, signedOut()
	}
	w, err := waysOf(ctx, tx, person)
	if err == nil && w.Proof() && !s.Strong {
		err = news.Refuse(news.Forbidden, "auth.refused.weak", "sign in with your passkey or a one-time code first, then change this")
	}
	return w, err
}

// staysIn refuses to take away the last way in, and the last proof of somebody
// from whom the paper asks one.
func staysIn(ctx context.Context, tx *store.Tx, person news.PersonID, next Ways) error {
	if !next.Password && len(next.Passkeys) == 0 && !next.Identity {
		return news.Refuse(news.Conflict, "auth.refused.last-way", "this is your last way in: set a password or add another passkey first")
	}
	paper, err := tx.Paper(ctx)
	if err != nil {
		return err
	}
	p, err := tx.Person(ctx, person)
	if err != nil {
		return err
	}
	if paper.SecondFactor && p.May(news.Editor) && !next.Proof() {
		return news.Refuse(news.Conflict, "auth.refused.last-proof", "the paper asks editors for a second factor: add another one first")
	}
	return nil
}

// MustProve reports whether the paper asks this person for more than a
// password, and the session has not shown it.
func (a *Auth) MustProve(ctx context.Context, paper news.Paper, p news.Person, token string) (bool, error) {
	if !paper.SecondFactor || !p.May(news.Editor) {
		return false, nil
	}
	strong, err := a.Strong(ctx, token)
	return !strong, err
}

// ForgetWays takes a person's passkeys and codes away, for somebody who has
// lost them, and ends their sessions. Owners only; actor 0 is the command
// line. They come in by a one-time link.
func (a *Auth) ForgetWays(ctx context.Context, actor, person news.PersonID) error {
	return a.store.Write(ctx, "forget passkeys and codes", func(tx *store.Tx) error {
		if err := mayManage(ctx, tx, actor); err != nil {
			return err
		}
		p, err := tx.Person(ctx, person)
		if err != nil {
			return err
		}
		for _, forget := range []func(context.Context, news.PersonID) error{tx.RemovePasskeys, tx.RemoveOneTimeCode, tx.Untie, tx.EndSessions} {
			if err := forget(ctx, person); err != nil {
				return err
			}
		}
		return a.changed(ctx, tx, actor, p, "passkeys and codes forgotten", news.AccountEntry{Kind: news.AccountForgotten})
	})
}
