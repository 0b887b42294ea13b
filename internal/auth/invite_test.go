package auth

import (
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func (d desk) invited(t *testing.T, who news.Person) string {
	t.Helper()
	secret, err := d.Invite(t.Context(), d.Owner.ID, who.ID)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func (d desk) dead(t *testing.T, what, secret string) {
	t.Helper()
	p, err := d.OpenInvitation(t.Context(), secret)
	wantCode(t, what+": open", err, news.NotFound, "auth.refused.link")
	if p.ID != 0 {
		t.Errorf("%s: a person came with the refusal", what)
	}
	token, err := d.AcceptInvitation(t.Context(), Accept{Secret: secret, Password: goodPassword})
	wantCode(t, what+": accept", err, news.NotFound, "auth.refused.link")
	if token != "" {
		t.Errorf("%s: a token came with the refusal", what)
	}
}

func TestInvitation(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		secret, before := d.invited(t, d.Chief), d.signIn(t, d.Owner)
		for range 3 { // to look is not to use
			if p, err := d.OpenInvitation(t.Context(), secret); err != nil || p.ID != d.Chief.ID {
				t.Fatalf("the link is of person %d, %v", p.ID, err)
			}
		}
		_, err := d.AcceptInvitation(t.Context(), Accept{Secret: secret, Password: "short"})
		wantCode(t, "short password", err, news.Invalid, "auth.refused.password.short")
		token, err := d.AcceptInvitation(t.Context(), Accept{Secret: secret, Password: goodPassword, Name: "Somebody Else", Email: "else@valmere.example", Caller: Caller{home, "test browser"}})
		if err != nil {
			t.Fatal(err)
		}
		d.holds(t, token, d.Chief)
		d.signIn(t, d.Chief)
		if p, err := d.Auth.Person(t.Context(), token); err != nil || p.Name != d.Chief.Name || p.Email != d.Chief.Email {
			t.Errorf("the link renamed its person to %s, %s (%v)", p.Name, p.Email, err)
		}
		d.dead(t, "used", secret)
		d.holds(t, before, d.Owner)
	})
}

func TestInvitationEnds(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		first, second := d.invited(t, d.Reporter), d.invited(t, d.Reporter)
		session := d.signIn(t, d.Reporter)
		if _, err := d.AcceptInvitation(t.Context(), Accept{Secret: second, Password: "copper kettle 93 orchard"}); err != nil {
			t.Fatal(err)
		}
		d.ended(t, session)
		d.dead(t, "the other link of a person whose password was set", first)

		late := d.invited(t, d.Chief)
		d.Clock.Move(invitationTime - time.Second)
		if _, err := d.OpenInvitation(t.Context(), late); err != nil {
			t.Errorf("in its last second: %v", err)
		}
		d.Clock.Move(time.Second)
		d.dead(t, "after 72 hours", late)

		gone := d.invited(t, d.Editor)
		closed := d.Editor
		closed.Disabled = true
		if err := d.SavePerson(t.Context(), d.Owner.ID, closed); err != nil {
			t.Fatal(err)
		}
		d.dead(t, "of a closed account", gone)
		_, err := d.Invite(t.Context(), d.Owner.ID, closed.ID)
		wantCode(t, "invite to a closed account", err, news.Conflict, "auth.refused.disabled")
		_, err = d.Invite(t.Context(), d.Owner.ID, 9999)
		if news.CodeOf(err) != news.NotFound {
			t.Errorf("invite nobody: %v", err)
		}
		other := d.invited(t, d.Chief)
		_, random, _ := strings.Cut(other, ".")
		for _, made := range []string{"", ".", "0.x", "1.", "-1." + random, "99999999999999999999." + random, d.ownerLink(random), other + "x", strings.Repeat("1", 5000), "\x00"} {
			d.dead(t, "made up", made)
		}
	})
}

// ownerLink puts the owner's number before somebody else's secret.
func (d desk) ownerLink(random string) string { return "1." + random }

func TestInvitationIsUsedOnce(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		secret := d.invited(t, d.Chief)
		var group sync.WaitGroup
		tokens := make(chan string, 8)
		for range 8 {
			group.Go(func() {
				token, err := d.AcceptInvitation(t.Context(), Accept{Secret: secret, Password: goodPassword})
				if err == nil {
					tokens <- token
				} else if news.CodeOf(err) != news.NotFound {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if len(tokens) != 1 {
			t.Fatalf("the link was used %d times", len(tokens))
		}
		d.holds(t, <-tokens, d.Chief)
	})
}

// empty runs a test on a database that nobody has used yet.
func empty(t *testing.T, test func(t *testing.T, d desk)) {
	urls := map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "paper.db") },
		"postgres": func(t *testing.T) string { return papertest.Postgres(t) },
	}
	for name, url := range urls {
		t.Run(name, func(t *testing.T) {
			p := &papertest.Paper{URL: url(t), Clock: papertest.NewClock()}
			var err error
			if p.Store, err = store.Open(t.Context(), store.Options{URL: p.URL}); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { p.Store.Close() })
			test(t, open(t, p))
		})
	}
}

func TestFirstOwner(t *testing.T) {
	empty(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		lost, needed, err := d.FirstOwner(ctx)
		if err != nil || !needed || lost == "" {
			t.Fatalf("%q, %v, %v; want a link", lost, needed, err)
		}
		secret, needed, err := d.FirstOwner(ctx) // started again
		if err != nil || !needed || secret == lost {
			t.Fatalf("%q, %v, %v; want another link", secret, needed, err)
		}
		p, err := d.OpenInvitation(ctx, secret)
		if err != nil || !NeedsName(p) || p.Role != news.Owner {
			t.Fatalf("the link is of %+v, %v", p, err)
		}
		for key, in := range map[string]Accept{
			"error.person.name":            {Secret: secret, Email: "olga@valmere.example", Password: goodPassword},
			"error.person.email":           {Secret: secret, Name: "Olga Orme", Email: placeholder, Password: goodPassword},
			"auth.refused.password.short":  {Secret: secret, Name: "Olga Orme", Email: "olga@valmere.example", Password: "short"},
			"auth.refused.password.common": {Secret: secret, Name: "Olga Orme", Email: "olga@valmere.example", Password: "password1234"},
		} {
			_, err := d.AcceptInvitation(ctx, in)
			wantCode(t, key, err, news.Invalid, key)
		}
		token, err := d.AcceptInvitation(ctx, Accept{Secret: secret, Name: " Olga Orme ", Email: "Olga@Valmere.example", Password: goodPassword, Caller: Caller{From: home}})
		if err != nil {
			t.Fatal(err)
		}
		p, err = d.Auth.Person(ctx, token)
		if err != nil || p.Name != "Olga Orme" || p.Email != "olga@valmere.example" || !p.May(news.Owner) || NeedsName(p) {
			t.Errorf("the owner is %+v, %v", p, err)
		}
		d.signIn(t, p)
		d.dead(t, "the first link", lost)
		if again, needed, err := d.FirstOwner(ctx); err != nil || needed || again != "" {
			t.Errorf("%q, %v, %v; want none", again, needed, err)
		}
	})
}

func TestSignInBeforeThereIsAnyone(t *testing.T) {
	empty(t, func(t *testing.T, d desk) {
		_, err := d.SignIn(t.Context(), "olga@valmere.example", goodPassword, home, "")
		wantCode(t, "an empty paper", err, news.Forbidden, "auth.refused.wrong")
	})
}

func TestOwnerFromTheCommandLine(t *testing.T) {
	empty(t, func(t *testing.T, d desk) {
		p, err := d.AddPerson(t.Context(), 0, news.Person{Email: "Olga@valmere.example", Name: "Olga Orme", Role: news.Owner})
		if err != nil {
			t.Fatal(err)
		}
		secret, err := d.Invite(t.Context(), 0, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, needed, err := d.FirstOwner(t.Context()); err != nil || needed {
			t.Errorf("a first owner is still asked for (%v)", err)
		}
		if _, err := d.AcceptInvitation(t.Context(), Accept{Secret: secret, Password: goodPassword}); err != nil {
			t.Fatal(err)
		}
		d.signIn(t, p)
	})
}

func TestNoRandomnessNoToken(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		a := NewAt(d.Store, d.Clock.Now, iotest.ErrReader(errors.New("no randomness")), quick())
		if token, err := signInTo(a, t.Context(), d.Owner.Email, goodPassword, home, ""); err == nil || token != "" {
			t.Errorf("sign in: %q, %v", token, err)
		}
		if secret, err := a.Invite(t.Context(), d.Owner.ID, d.Chief.ID); err == nil || secret != "" {
			t.Errorf("invite: %q, %v", secret, err)
		}
		if err := a.ResetPassword(t.Context(), d.Chief.ID, goodPassword); err == nil {
			t.Error("a password was kept without a salt")
		}
		if a := New(d.Store, d.Clock.Now, rand.Reader); a.hasher.cost != StandardCost() {
			t.Errorf("the cost of production is %+v", a.hasher.cost)
		}
	})
}
