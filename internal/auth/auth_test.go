package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

const goodPassword = "wicker lantern 47 harbour"

var home = netip.MustParseAddr("192.0.2.10")

// quick is a cost that only tests use.
func quick() Cost { return Cost{Memory: 8, Passes: 1, Threads: 1} }

// desk is a paper with its lock, and a count of the hashes worked out.
type desk struct {
	*papertest.Paper
	*Auth
	hashes *atomic.Int64
}

func open(t *testing.T, p *papertest.Paper) desk {
	t.Helper()
	d := desk{Paper: p, Auth: NewAt(p.Store, p.Clock.Now, rand.Reader, quick()).Keyed(make([]byte, KeyBytes)), hashes: new(atomic.Int64)}
	d.hasher.ran = func() { d.hashes.Add(1) }
	t.Cleanup(func() { papertest.Check(t, p.Store) })
	return d
}

// each runs a test with an owner and a reporter who have passwords.
func each(t *testing.T, test func(t *testing.T, d desk)) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		d := open(t, p)
		for _, who := range []news.Person{p.Owner, p.Reporter} {
			if err := d.ResetPassword(t.Context(), who.ID, goodPassword); err != nil {
				t.Fatal(err)
			}
		}
		d.hashes.Store(0)
		test(t, d)
	})
}

// SignIn signs in with a password alone, and returns the session's token.
func (d desk) SignIn(ctx context.Context, email, password string, from netip.Addr, agent string) (string, error) {
	return signInTo(d.Auth, ctx, email, password, from, agent)
}

func signInTo(a *Auth, ctx context.Context, email, password string, from netip.Addr, agent string) (string, error) {
	e, err := a.SignIn(ctx, Try{Email: email, Password: password, Caller: Caller{from, agent}})
	return e.Token, err
}

func (d desk) signIn(t *testing.T, who news.Person) string {
	t.Helper()
	token, err := d.SignIn(t.Context(), who.Email, goodPassword, home, "test browser")
	if err != nil {
		t.Fatalf("sign in %s: %v", who.Email, err)
	}
	return token
}

func (d desk) holds(t *testing.T, token string, who news.Person) {
	t.Helper()
	p, err := d.Auth.Person(t.Context(), token)
	if err != nil || p.ID != who.ID {
		t.Fatalf("the token is of person %d, %v; want %d", p.ID, err, who.ID)
	}
}

func (d desk) ended(t *testing.T, token string) {
	t.Helper()
	if p, err := d.Auth.Person(t.Context(), token); news.CodeOf(err) != news.SignedOut || p.ID != 0 {
		t.Fatalf("the token is of person %d, %v; want nobody", p.ID, err)
	}
}

func wantCode(t *testing.T, what string, err error, code news.Code, key string) {
	t.Helper()
	var e *news.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Errorf("%s: %v (%q); want %s, %s", what, err, news.CodeOf(err), code, key)
	}
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		token, err := d.SignIn(ctx, "  "+"RANA-REED@Valmere.Example ", goodPassword, home, "test browser")
		if err != nil {
			t.Fatal(err)
		}
		if len(token) != 43 {
			t.Errorf("the token has %d characters; want 43, which are 256 bits", len(token))
		}
		d.holds(t, token, d.Reporter)
		if _, err := d.Store.Session(ctx, token); news.CodeOf(err) != news.NotFound {
			t.Errorf("the store knows the token itself: %v", err)
		}
		if s, err := d.Store.Session(ctx, tokenHash(token)); err != nil || s.Agent != "test browser" {
			t.Errorf("the session is %+v, %v", s, err)
		}
		if again := d.signIn(t, d.Reporter); again == token {
			t.Error("two sign-ins got one token")
		}
		d.holds(t, token, d.Reporter)
	})
}

func TestRefusalsAreAlike(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		closed := d.Reporter
		closed.Disabled = true
		if err := d.SavePerson(t.Context(), d.Owner.ID, closed); err != nil {
			t.Fatal(err)
		}
		for name, try := range map[string]struct{ email, password string }{
			"wrong password":   {d.Owner.Email, "another lantern 47 harbour"},
			"empty password":   {d.Owner.Email, ""},
			"long password":    {d.Owner.Email, string(make([]byte, 5000))},
			"unknown account":  {"nobody@valmere.example", goodPassword},
			"no e-mail":        {"", goodPassword},
			"no password set":  {d.Chief.Email, goodPassword},
			"closed account":   {closed.Email, goodPassword},
			"NUL in e-mail":    {"a\x00b", goodPassword},
			"not UTF-8 e-mail": {"\xff\xfe", goodPassword},
		} {
			d.hashes.Store(0)
			token, err := d.SignIn(t.Context(), try.email, try.password, home, "")
			wantCode(t, name, err, news.Forbidden, "auth.refused.wrong")
			if token != "" {
				t.Errorf("%s: a token came with the refusal", name)
			}
			if n := d.hashes.Load(); n != 1 {
				t.Errorf("%s: %d hashes were worked out; want 1 as for everyone", name, n)
			}
		}
	})
}

func TestSessionEnds(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		idle := d.signIn(t, d.Reporter)
		d.Clock.Move(idleTime - time.Second)
		d.holds(t, idle, d.Reporter)
		d.Clock.Move(idleTime - time.Second) // the look before kept it alive
		d.holds(t, idle, d.Reporter)
		d.Clock.Move(idleTime)
		d.ended(t, idle)

		busy := d.signIn(t, d.Reporter)
		for at := time.Duration(0); at+6*time.Hour < longestTime; at += 6 * time.Hour {
			d.Clock.Move(6 * time.Hour)
			d.holds(t, busy, d.Reporter)
		}
		d.Clock.Move(6 * time.Hour)
		d.ended(t, busy)

		if err := d.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.Clock.Move(time.Second)
		if err := d.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{idle, busy} {
			if _, err := d.Store.Session(t.Context(), tokenHash(token)); news.CodeOf(err) != news.NotFound {
				t.Errorf("an ended session is still kept: %v", err)
			}
		}
		for _, token := range []string{"", "x", string(make([]byte, 1<<20)), "\xff"} {
			d.ended(t, token)
		}
	})
}

func TestSeenIsKeptOnceAMinute(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		token, began := d.signIn(t, d.Reporter), d.Clock.Now()
		seen := func() time.Time {
			s, err := d.Store.Session(t.Context(), tokenHash(token))
			if err != nil {
				t.Fatal(err)
			}
			return s.Seen
		}
		d.Clock.Move(touchEvery - time.Second)
		d.holds(t, token, d.Reporter)
		if !seen().Equal(began) {
			t.Errorf("seen at %v; want no write within a minute", seen())
		}
		d.Clock.Move(time.Second)
		d.holds(t, token, d.Reporter)
		if !seen().Equal(d.Clock.Now()) {
			t.Errorf("seen at %v; want %v", seen(), d.Clock.Now())
		}
	})
}

func TestSignOut(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		one, two, other := d.signIn(t, d.Reporter), d.signIn(t, d.Reporter), d.signIn(t, d.Owner)
		for range 2 {
			if err := d.SignOut(t.Context(), one, Caller{}); err != nil {
				t.Fatal(err)
			}
		}
		d.ended(t, one)
		d.holds(t, two, d.Reporter)
		if err := d.SignOutEverywhere(t.Context(), d.Reporter.ID, Caller{}); err != nil {
			t.Fatal(err)
		}
		d.ended(t, two)
		d.holds(t, other, d.Owner)
	})
}

// TestLookUpErrorsRefuse fails every statement in turn: nobody is ever taken
// for somebody because the database did not answer.
func TestLookUpErrorsRefuse(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		token := d.signIn(t, d.Reporter)
		failAt, count := 0, 0
		broken := errors.New("the disk is on fire")
		s, err := store.Open(t.Context(), store.Options{URL: d.URL, Trace: func(string) error {
			if count++; count == failAt {
				return broken
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		a := NewAt(s, d.Clock.Now, rand.Reader, quick())
		acts := []struct {
			name       string
			statements int // at least so many; a test of the test
			do         func(context.Context) (open bool, err error)
		}{
			{"made-up session", 1, func(ctx context.Context) (bool, error) { p, err := a.Person(ctx, "none"); return p.ID != 0, err }},
			{"session", 6, func(ctx context.Context) (bool, error) {
				d.Clock.Move(2 * touchEvery)
				p, err := a.Person(ctx, token)
				if err == nil && p.ID != d.Reporter.ID {
					t.Errorf("person %d came without an error", p.ID)
				}
				return p.ID != 0 && err != nil, err
			}},
			{"wrong password", 10, func(ctx context.Context) (bool, error) {
				d.Clock.Move(2 * time.Hour)
				token, err := signInTo(a, ctx, d.Owner.Email, "another lantern 47", home, "")
				return token != "" || err == nil, err
			}},
			{"right password", 15, func(ctx context.Context) (bool, error) {
				d.Clock.Move(2 * time.Hour)
				token, err := signInTo(a, ctx, d.Owner.Email, goodPassword, home, "")
				return token != "" && err != nil, err
			}},
		}
		for _, act := range acts {
			for failAt = 1; ; failAt++ {
				count = 0
				open, _ := act.do(t.Context())
				if open {
					t.Errorf("%s: statement %d failed and the door was open", act.name, failAt)
				}
				if count < failAt {
					break // every statement had its turn
				}
			}
			if failAt <= act.statements {
				t.Errorf("%s: only %d statements were seen", act.name, failAt-1)
			}
		}
	})
}

// TestFullDiskSignsNobodyOut: that "last seen" cannot be kept is no reason to
// turn away a person who was recognised.
func TestFullDiskSignsNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		token := d.signIn(t, d.Reporter)
		s, err := store.Open(t.Context(), store.Options{URL: d.URL, Trace: func(sql string) error {
			if sql == "BEGIN" && d.Clock.Now().After(d.Reporter.CreatedAt) {
				return errors.New("no space left on device")
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		d.Clock.Move(time.Hour)
		p, err := NewAt(s, d.Clock.Now, rand.Reader, quick()).Person(t.Context(), token)
		if err != nil || p.ID != d.Reporter.ID {
			t.Errorf("person %d, %v; want the reporter", p.ID, err)
		}
	})
}

func TestSetPassword(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx, next := t.Context(), "copper kettle 93 orchard"
		token := d.signIn(t, d.Reporter)
		wantCode(t, "wrong old one", d.SetPassword(ctx, d.Reporter.ID, token, "not this one at all", next, Caller{}), news.Forbidden, "auth.refused.old")
		wantCode(t, "short new one", d.SetPassword(ctx, d.Reporter.ID, token, goodPassword, "short", Caller{}), news.Invalid, "auth.refused.password.short")
		d.holds(t, token, d.Reporter)
		if err := d.SetPassword(ctx, d.Reporter.ID, token, goodPassword, next, Caller{}); err != nil {
			t.Fatal(err)
		}
		d.ended(t, token)
		_, err := d.SignIn(ctx, d.Reporter.Email, goodPassword, home, "")
		wantCode(t, "the old password", err, news.Forbidden, "auth.refused.wrong")
		if _, err := d.SignIn(ctx, d.Reporter.Email, next, home, ""); err != nil {
			t.Errorf("the new password: %v", err)
		}
		for range accountTries {
			d.SetPassword(ctx, d.Reporter.ID, token, "not this one at all", next, Caller{})
		}
		wantCode(t, "after ten wrong ones", d.SetPassword(ctx, d.Reporter.ID, token, next, goodPassword, Caller{}), news.TooMany, "auth.refused.too-many")
	})
}
