package auth

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// OpenSession is one browser in which a person is signed in.
type OpenSession struct {
	ID        string // names it in forms; it opens nothing
	Began     time.Time
	Seen      time.Time
	Agent     string
	Way       news.Way
	ThisOne   bool
	HasProved bool // more than a password
}

// Sessions lists where a person is signed in, the last seen first. token is
// the session that asks.
func (a *Auth) Sessions(ctx context.Context, person news.PersonID, token string) ([]OpenSession, error) {
	list, err := a.store.SessionsOf(ctx, person, a.now())
	var out []OpenSession
	for _, s := range list {
		out = append(out, OpenSession{ID: s.Token, Began: s.Created, Seen: s.Seen, Agent: s.Agent, Way: s.Way, ThisOne: s.Token == tokenHash(token), HasProved: s.Strong})
	}
	return out, err
}

// Strong reports whether the session of a token has proved more than a password.
func (a *Auth) Strong(ctx context.Context, token string) (bool, error) {
	s, err := a.session(ctx, a.store, token, a.now())
	return s.Strong, err
}

// SignOut ends the session of a token; one that is none is no error.
func (a *Auth) SignOut(ctx context.Context, token string, c Caller) error {
	return a.store.Write(ctx, "sign out", func(tx *store.Tx) error {
		s, err := tx.Session(ctx, tokenHash(token))
		if err != nil {
			return notFoundIs(err, nil)
		}
		if err := tx.EndSession(ctx, s.Token); err != nil {
			return err
		}
		return a.note(ctx, tx, news.AccountEntry{Person: s.Person, Kind: news.AccountOut, Actor: s.Person}, c)
	})
}

// EndSession signs a person out in one other browser, by the ID of the list.
// One that has ended meanwhile is no error.
func (a *Auth) EndSession(ctx context.Context, person news.PersonID, id string, c Caller) error {
	return a.ending(ctx, person, c, func(tx *store.Tx) error { return tx.EndSessionOf(ctx, person, strings.ToValidUTF8(id, "")) })
}

// EndOtherSessions signs a person out everywhere but here.
func (a *Auth) EndOtherSessions(ctx context.Context, person news.PersonID, token string, c Caller) error {
	return a.ending(ctx, person, c, func(tx *store.Tx) error { return tx.EndOtherSessions(ctx, person, tokenHash(token)) })
}

// SignOutEverywhere ends all sessions of a person.
func (a *Auth) SignOutEverywhere(ctx context.Context, person news.PersonID, c Caller) error {
	return a.ending(ctx, person, c, func(tx *store.Tx) error { return tx.EndSessions(ctx, person) })
}

func (a *Auth) ending(ctx context.Context, person news.PersonID, c Caller, end func(*store.Tx) error) error {
	return a.store.Write(ctx, "end sessions", func(tx *store.Tx) error {
		if err := end(tx); err != nil {
			return err
		}
		return a.note(ctx, tx, news.AccountEntry{Person: person, Kind: news.AccountEnded, Actor: person}, c)
	})
}
