package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// contractAccount keeps and reads what stands at somebody's door.
func contractAccount(t *testing.T, p *papertest.Paper) {
	ctx, now, me, other := t.Context(), p.Clock.Now().UTC(), p.Reporter.ID, p.Editor.ID
	write(t, p, func(tx *store.Tx) error {
		for i, token := range []string{"a", "b", "c"} {
			s := store.Session{Token: token, Person: me, Created: now, Seen: now.Add(time.Duration(i) * time.Minute), Expires: now.Add(time.Hour), Way: news.WayCode, Strong: i == 2}
			if err := tx.SaveSession(ctx, s); err != nil {
				return err
			}
		}
		return tx.SaveSession(ctx, store.Session{Token: "old", Person: me, Expires: now})
	})
	list, err := p.Store.SessionsOf(ctx, me, now)
	if err != nil || len(list) != 3 || list[0].Token != "c" || !list[0].Strong || list[1].Strong || list[0].Way != news.WayCode {
		t.Fatalf("%+v, %v", list, err)
	}
	write(t, p, func(tx *store.Tx) error {
		if err := tx.EndSessionOf(ctx, other, "a"); err != nil { // not theirs
			return err
		}
		if err := tx.EndSessionOf(ctx, me, "c"); err != nil {
			return err
		}
		return tx.Strengthen(ctx, "b")
	})
	if list, err = p.Store.SessionsOf(ctx, me, now); err != nil || len(list) != 2 || !list[0].Strong {
		t.Errorf("%+v, %v", list, err)
	}
	write(t, p, func(tx *store.Tx) error { return tx.EndOtherSessions(ctx, me, "a") })
	if list, err = p.Store.SessionsOf(ctx, me, now); err != nil || len(list) != 1 || list[0].Token != "a" {
		t.Errorf("%+v, %v", list, err)
	}
}

func contractPasskeys(t *testing.T, p *papertest.Paper) {
	ctx, now, me := t.Context(), p.Clock.Now().UTC(), p.Reporter.ID
	one := news.Passkey{ID: "one", Person: me, Name: "phone", Domain: "localhost", Credential: "{}", MadeAt: now}
	two := one
	two.ID, two.MadeAt = "two", now.Add(time.Second)
	write(t, p, func(tx *store.Tx) error {
		if err := tx.AddPasskey(ctx, two); err != nil {
			return err
		}
		return tx.AddPasskey(ctx, one)
	})
	if list, err := p.Store.Passkeys(ctx, me); err != nil || len(list) != 2 || list[0] != one {
		t.Errorf("%+v, %v", list, err)
	}
	one.Credential, one.UsedAt = `{"a":1}`, now
	write(t, p, func(tx *store.Tx) error {
		if err := tx.RemovePasskey(ctx, p.Editor.ID, "one"); err != nil { // not theirs
			return err
		}
		return tx.UsePasskey(ctx, one)
	})
	if k, err := p.Store.Passkey(ctx, "one"); err != nil || k != one {
		t.Errorf("%+v, %v", k, err)
	}
	write(t, p, func(tx *store.Tx) error { return tx.RemovePasskey(ctx, me, "one") })
	if _, err := p.Store.Passkey(ctx, "one"); news.CodeOf(err) != news.NotFound {
		t.Error(err)
	}
	write(t, p, func(tx *store.Tx) error { return tx.RemovePasskeys(ctx, me) })
	if list, err := p.Store.Passkeys(ctx, me); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

func contractOneTimeCode(t *testing.T, p *papertest.Paper) {
	ctx, now, me := t.Context(), p.Clock.Now().UTC(), p.Reporter.ID
	c := news.OneTimeCode{Person: me, Secret: "sealed", MadeAt: now, Step: 7}
	write(t, p, func(tx *store.Tx) error {
		if err := tx.SaveOneTimeCode(ctx, c); err != nil {
			return err
		}
		c.Step = 8
		if err := tx.SaveOneTimeCode(ctx, c); err != nil {
			return err
		}
		return tx.SaveRecoveryCodes(ctx, me, []string{"x", "y"}, now)
	})
	if got, err := p.Store.OneTimeCode(ctx, me); err != nil || got != c {
		t.Errorf("%+v, %v", got, err)
	}
	used := func(hash string) (ok bool) {
		write(t, p, func(tx *store.Tx) (err error) {
			ok, err = tx.UseRecoveryCode(ctx, me, hash, now)
			return err
		})
		return ok
	}
	if !used("x") || used("x") || used("z") {
		t.Error("a recovery code is used once")
	}
	if n, err := p.Store.RecoveryCodesLeft(ctx, me); err != nil || n != 1 {
		t.Errorf("%d left, %v", n, err)
	}
	write(t, p, func(tx *store.Tx) error { return tx.RemoveOneTimeCode(ctx, me) })
	if _, err := p.Store.OneTimeCode(ctx, me); news.CodeOf(err) != news.NotFound || used("y") {
		t.Error("it is still there", err)
	}
}

func contractSpent(t *testing.T, p *papertest.Paper) {
	ctx, now := t.Context(), p.Clock.Now().UTC()
	spend := func() (fresh bool) {
		write(t, p, func(tx *store.Tx) (err error) {
			fresh, err = tx.Spend(ctx, "ticket", now)
			return err
		})
		return fresh
	}
	if !spend() || spend() {
		t.Error("a ticket is spent once")
	}
	write(t, p, func(tx *store.Tx) error { return tx.PruneSpent(ctx, now.Add(time.Second)) })
	if !spend() {
		t.Error("it was not forgotten")
	}
}

func contractAccountEntries(t *testing.T, p *papertest.Paper) {
	ctx, now, me := t.Context(), p.Clock.Now().UTC(), p.Reporter.ID
	e := news.AccountEntry{Person: me, At: now, Kind: news.AccountIn, Actor: me, Way: news.WayPasskey, Network: "192.0.2.0/24", Agent: "x", Detail: "y"}
	write(t, p, func(tx *store.Tx) error {
		for range 3 {
			if err := tx.AddAccountEntry(ctx, e); err != nil {
				return err
			}
		}
		e.Kind = news.AccountRole
		return tx.AddAccountEntry(ctx, e)
	})
	list, err := p.Store.AccountEntries(ctx, me, 4, 2)
	if err != nil || len(list) != 2 || list[0].ID != 3 || list[1].ID != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	e.ID, e.Kind = 3, news.AccountIn
	if list[0] != e {
		t.Errorf("%+v; want %+v", list[0], e)
	}
	write(t, p, func(tx *store.Tx) error {
		return tx.PruneAccountEntries(ctx, news.AccountIn, now.Add(time.Second))
	})
	if list, err = p.Store.AccountEntries(ctx, me, 99, 9); err != nil || len(list) != 1 || list[0].Kind != news.AccountRole {
		t.Errorf("%+v, %v", list, err)
	}
}

func contractIdentityServer(t *testing.T, p *papertest.Paper) {
	ctx, now, me := t.Context(), p.Clock.Now().UTC(), p.Reporter.ID
	if _, err := p.Store.IdentityServer(ctx); news.CodeOf(err) != news.NotFound {
		t.Error(err)
	}
	s := news.IdentityServer{Name: "House", Issuer: "https://id.valmere.example", ClientID: "desk", Secret: "sealed", PrivateHost: "id.valmere.example", Open: true}
	write(t, p, func(tx *store.Tx) error {
		if err := tx.SaveIdentityServer(ctx, news.IdentityServer{}); err != nil {
			return err
		}
		if err := tx.SaveIdentityServer(ctx, s); err != nil {
			return err
		}
		return tx.Tie(ctx, s.Issuer, "subject", me, now)
	})
	if got, err := p.Store.IdentityServer(ctx); err != nil || got != s {
		t.Errorf("%+v, %v", got, err)
	}
	if id, err := p.Store.IdentityOf(ctx, s.Issuer, "subject"); err != nil || id != me {
		t.Errorf("%d, %v", id, err)
	}
	if yes, err := p.Store.Tied(ctx, me, s.Issuer); err != nil || !yes {
		t.Error(yes, err)
	}
	write(t, p, func(tx *store.Tx) error { return tx.Untie(ctx, me) })
	if _, err := p.Store.IdentityOf(ctx, s.Issuer, "subject"); news.CodeOf(err) != news.NotFound {
		t.Error(err)
	}
}
