package auth

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	idleTime    = 12 * time.Hour      // without a request the session ends
	longestTime = 30 * 24 * time.Hour // after sign-in it ends anyway
	touchEvery  = time.Minute         // how exactly "last seen" is kept
	maxAgent    = 200                 // bytes of the browser's name
)

// Try is what somebody sends to sign in with a password.
type Try struct {
	Email, Password string
	Caller
	// Known is what an earlier Entrance gave this browser; "" = it is new.
	Known string
}

// Entrance is what a right password opens: a session, or the question for a
// one-time code.
type Entrance struct {
	Token   string // for a cookie; "" while a code is asked for
	Pending string // goes back with the code
	Known   string // for a cookie: the next try from this browser is counted apart
	Person  news.Person
}

// SignIn checks a password. It begins a session, whose token is for a cookie
// (the store keeps its SHA-256), or asks for a one-time code where the person
// has set that up. A wrong password, an unknown account, one without a
// password and a closed one cost the same work and get the same
// news.Forbidden. Too many tries get news.TooMany with the seconds to wait in
// Args[0], before any hash is worked out and for a right password too.
func (a *Auth) SignIn(ctx context.Context, try Try) (Entrance, error) {
	email := normalEmail(try.Email)
	p, stored, err := a.account(ctx, email)
	if err != nil {
		return Entrance{}, err
	}
	device, err := a.knownDevice(ctx, try.Known, email, stored)
	if err != nil {
		return Entrance{}, err
	}
	g, err := a.newGuess(ctx, email, try.From, device)
	if err != nil {
		return Entrance{}, err
	}
	if err := a.admit(ctx, g); err != nil {
		return Entrance{}, err
	}
	password := try.Password
	if len(password) > maxPassword {
		password = "" // nobody has that one
	}
	ok, err := a.hasher.matches(ctx, password, stored)
	if err != nil {
		return Entrance{}, err
	}
	if !ok || p.Disabled {
		return Entrance{}, a.failed(ctx, p.ID, news.WayPassword, try.Caller, wrong())
	}
	return a.enter(ctx, p, g, password, stored, try.Caller)
}

// failed records a failure and returns its refusal. A name that nobody has is
// recorded too, so that both take the same time.
func (a *Auth) failed(ctx context.Context, id news.PersonID, way news.Way, c Caller, refusal error) error {
	err := a.store.Write(ctx, "record a failed sign-in", func(tx *store.Tx) error {
		return a.note(ctx, tx, news.AccountEntry{Person: id, Kind: news.AccountWrong, Way: way}, c)
	})
	if err != nil {
		return err
	}
	return refusal
}

// enter goes on after a right password. The hash is renewed when it was made
// at another cost.
func (a *Auth) enter(ctx context.Context, p news.Person, g guess, password, stored string, c Caller) (Entrance, error) {
	if _, err := a.store.OneTimeCode(ctx, p.ID); err == nil {
		return a.askCode(ctx, p, stored)
	} else if news.CodeOf(err) != news.NotFound {
		return Entrance{}, err
	}
	renewed := stored
	if a.hasher.stale(stored) {
		var err error
		if renewed, err = a.hasher.hash(ctx, password, a.random); err != nil {
			return Entrance{}, err
		}
	}
	return a.open(ctx, "sign in", p, renewed, news.WayPassword, c, func(tx *store.Tx) error {
		if err := unchanged(ctx, tx, p.ID, stored); err != nil {
			return err
		}
		if err := noCode(ctx, tx, p.ID); err != nil {
			return err
		}
		if renewed != stored {
			if err := tx.SetSecret(ctx, p.ID, renewed); err != nil {
				return err
			}
		}
		return g.forgive(ctx, tx)
	})
}

// open begins a session in the act that checks, once more, that it may. stored
// is the person's password hash.
func (a *Auth) open(ctx context.Context, act string, p news.Person, stored string, way news.Way, c Caller, may func(*store.Tx) error) (Entrance, error) {
	token, err := a.newSecret()
	if err != nil {
		return Entrance{}, err
	}
	known, err := a.knowDevice(ctx, p.Email, stored)
	if err != nil {
		return Entrance{}, err
	}
	err = a.store.Write(ctx, act, func(tx *store.Tx) error {
		if err := may(tx); err != nil {
			return err
		}
		return a.begin(ctx, tx, p.ID, token, way, c)
	})
	if err != nil {
		return Entrance{}, err
	}
	return Entrance{Token: token, Known: known, Person: p}, nil
}

func wrong() error {
	return news.Refuse(news.Forbidden, "auth.refused.wrong", "e-mail or password is wrong")
}

// account finds a person and their hash; an unknown one is nobody with "".
// Both ways ask the database for the same things.
func (a *Auth) account(ctx context.Context, email string) (news.Person, string, error) {
	p, err := a.store.PersonByEmail(ctx, email)
	if err != nil && news.CodeOf(err) != news.NotFound {
		return p, "", err
	}
	stored, err := a.store.Secret(ctx, p.ID)
	if news.CodeOf(err) == news.NotFound {
		return p, "", nil
	}
	return p, stored, err
}

// unchanged refuses when the account was closed, or its password changed,
// while the hash was worked out.
func unchanged(ctx context.Context, tx *store.Tx, id news.PersonID, stored string) error {
	p, err := tx.Person(ctx, id)
	if err != nil {
		return err
	}
	current, err := tx.Secret(ctx, id)
	if err != nil {
		return err
	}
	if p.Disabled || current != stored {
		return wrong()
	}
	return nil
}

// begin keeps a new session and records it.
func (a *Auth) begin(ctx context.Context, tx *store.Tx, id news.PersonID, token string, way news.Way, c Caller) error {
	now := a.now()
	s := store.Session{Token: tokenHash(token), Person: id, Created: now, Seen: now, Expires: expiry(now, now), Agent: shortAgent(c.Agent), Way: way, Strong: way.Strong()}
	if err := tx.SaveSession(ctx, s); err != nil {
		return err
	}
	return a.note(ctx, tx, news.AccountEntry{Person: id, Kind: news.AccountIn, Actor: id, Way: way}, c)
}

// expiry is the end of a session: the idle time after it was last seen, or
// the longest time after it began.
func expiry(created, seen time.Time) time.Time {
	idle, longest := seen.Add(idleTime), created.Add(longestTime)
	if idle.Before(longest) {
		return idle
	}
	return longest
}

func shortAgent(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
	if len(s) > maxAgent {
		s = strings.ToValidUTF8(s[:maxAgent], "")
	}
	return s
}

// Person says who holds a token: news.SignedOut when nobody does, the session
// has ended or the account is closed. An error of the look-up is returned as
// it is and is a refusal too: the Person is then nobody.
func (a *Auth) Person(ctx context.Context, token string) (news.Person, error) {
	now := a.now()
	p, s, err := a.holder(ctx, token, now)
	if err != nil {
		return news.Person{}, err
	}
	if now.Sub(s.Seen) >= touchEvery {
		if err := a.touch(ctx, token, now); news.CodeOf(err) == news.SignedOut {
			return news.Person{}, err
		}
		// Any other failure, such as a full disk, only means that the session
		// ends earlier: who the person is has been read.
	}
	return p, nil
}

// Still says who holds a token, as Person does, without counting as a visit: a
// page that was left open and asks by itself keeps no session alive.
func (a *Auth) Still(ctx context.Context, token string) (news.Person, error) {
	p, _, err := a.holder(ctx, token, a.now())
	return p, err
}

func (a *Auth) holder(ctx context.Context, token string, now time.Time) (news.Person, store.Session, error) {
	s, err := a.session(ctx, a.store, token, now)
	if err != nil {
		return news.Person{}, s, err
	}
	p, err := a.store.Person(ctx, s.Person)
	switch {
	case news.CodeOf(err) == news.NotFound, err == nil && p.Disabled:
		return news.Person{}, s, signedOut()
	case err != nil:
		return news.Person{}, s, err
	}
	return p, s, nil
}

func signedOut() error {
	return news.Refuse(news.SignedOut, "auth.refused.signed-out", "nobody is signed in, or no longer: sign in again")
}

type sessions interface {
	Session(ctx context.Context, token string) (store.Session, error)
}

func (a *Auth) session(ctx context.Context, r sessions, token string, now time.Time) (store.Session, error) {
	if token == "" || len(token) > 100 {
		return store.Session{}, signedOut()
	}
	s, err := r.Session(ctx, tokenHash(token))
	if news.CodeOf(err) == news.NotFound || err == nil && !now.Before(s.Expires) {
		return store.Session{}, signedOut()
	}
	return s, err
}

// touch keeps that the session was seen. It looks again inside the act, so
// that a session which was ended meanwhile is not made anew.
func (a *Auth) touch(ctx context.Context, token string, now time.Time) error {
	return a.store.Write(ctx, "keep the session", func(tx *store.Tx) error {
		s, err := a.session(ctx, tx, token, now)
		if err != nil || now.Sub(s.Seen) < touchEvery {
			return err
		}
		s.Seen, s.Expires = now, expiry(s.Created, now)
		return tx.SaveSession(ctx, s)
	})
}

// remember is how long ended links and failures to sign in are kept: longer
// than any delay they cause.
const remember = 7 * 24 * time.Hour

// rememberSignIns is how long sign-ins and failures stay in the record; changes
// of rights stay for ever.
const rememberSignIns = 365 * 24 * time.Hour

// Prune forgets sessions that have ended. It is for a job that runs now and then.
func (a *Auth) Prune(ctx context.Context) error {
	return a.store.Write(ctx, "forget ended sessions", func(tx *store.Tx) error {
		if err := tx.PruneSessions(ctx, a.now()); err != nil {
			return err
		}
		if err := tx.PruneSpent(ctx, a.now()); err != nil {
			return err
		}
		for _, kind := range []news.AccountKind{news.AccountIn, news.AccountOut, news.AccountWrong, news.AccountEnded} {
			if err := tx.PruneAccountEntries(ctx, kind, a.now().Add(-rememberSignIns)); err != nil {
				return err
			}
		}
		return tx.PruneSignIns(ctx, a.now().Add(-remember))
	})
}
