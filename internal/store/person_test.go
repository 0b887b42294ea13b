package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractPeople(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	want := filled[news.Person](t)
	want.ID, want.Email, want.Sections = 0, "  Nadia@Valmere.Example ", []news.SectionID{p.World.ID, p.Town.ID}
	want.Desks, want.ByDesk = nil, nil // a desk's to keep: see contractDesks
	write(t, p, func(tx *store.Tx) error {
		if err := tx.SavePerson(ctx, &want); err != nil {
			return err
		}
		return tx.SetSecret(ctx, want.ID, "hash")
	})
	if want.Email != "nadia@valmere.example" {
		t.Errorf("the address is kept as %q", want.Email)
	}
	got, err := p.Store.Person(ctx, want.ID)
	same(t, "person", want, got, err)
	got, err = p.Store.PersonByEmail(ctx, " NADIA@valmere.example")
	same(t, "person by address", want, got, err)

	want.Name, want.Role, want.Disabled, want.Sections = "Aaliyah Amber", news.Editor, false, []news.SectionID{p.Jahan.ID}
	write(t, p, func(tx *store.Tx) error { return tx.SavePerson(ctx, &want) })
	got, err = p.Store.Person(ctx, want.ID)
	same(t, "changed, with the password as it was", want, got, err)
	if secret, err := p.Store.Secret(ctx, want.ID); secret != "hash" || err != nil {
		t.Errorf("the password is %q, %v", secret, err)
	}
	away := p.Reporter
	away.Disabled = true
	write(t, p, func(tx *store.Tx) error { return tx.SavePerson(ctx, &away) })
	list, err := p.Store.People(ctx)
	same(t, "by name, those who left last", []news.Person{want, p.Contributor, p.Chief, p.Editor, p.Colleague, p.Owner, away}, list, err)

	refused(t, p, news.Conflict, func(tx *store.Tx) error {
		return tx.SavePerson(ctx, &news.Person{Email: want.Email, Name: "Other", Role: news.Reporter})
	})
	refused(t, p, news.Unavailable, func(tx *store.Tx) error {
		return tx.SavePerson(ctx, &news.Person{Email: "x@valmere.example", Name: "X", Role: news.Editor, Sections: []news.SectionID{99}})
	})
	for what, err := range map[string]error{"number": second(p.Store.Person(ctx, 99)), "address": second(p.Store.PersonByEmail(ctx, "x@valmere.example")), "password": second(p.Store.Secret(ctx, 99))} {
		if news.CodeOf(err) != news.NotFound {
			t.Errorf("nobody has this %s: %v", what, err)
		}
	}
	owner := func(want bool) {
		t.Helper()
		if yes, err := p.Store.AnyOwner(ctx); yes != want || err != nil {
			t.Errorf("there is an owner: %v, %v", yes, err)
		}
	}
	owner(true)
	p.Owner.Disabled = true
	write(t, p, func(tx *store.Tx) error { return tx.SavePerson(ctx, &p.Owner) })
	owner(false)
}

func second[T any](_ T, err error) error { return err }

func contractSessions(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	want := filled[store.Session](t)
	want.Person = p.Editor.ID
	save := func(s store.Session) {
		write(t, p, func(tx *store.Tx) error { return tx.SaveSession(ctx, s) })
	}
	save(want)
	got, err := p.Store.Session(ctx, want.Token)
	same(t, "session", want, got, err)
	seen := want
	seen.Seen, seen.Expires = want.Seen.Add(time.Hour), want.Expires.Add(time.Hour)
	changed := seen
	changed.Agent, changed.Person, changed.Created = "another", p.Owner.ID, time.Time{} // a session is never another person's
	save(changed)
	got, err = p.Store.Session(ctx, want.Token)
	same(t, "seen again", seen, got, err)

	others := []store.Session{{Token: "b", Person: p.Editor.ID, Expires: seen.Expires}, {Token: "c", Person: p.Chief.ID, Expires: seen.Expires.Add(time.Second)},
		{Token: "d", Person: p.Chief.ID, Expires: seen.Expires.Add(-time.Second)}}
	for _, s := range others {
		save(s)
	}
	refused(t, p, news.Unavailable, func(tx *store.Tx) error { return tx.SaveSession(ctx, store.Session{Token: "e", Person: 99}) })
	ended := func(tokens ...string) {
		t.Helper()
		for _, token := range tokens {
			if _, err := p.Store.Session(ctx, token); news.CodeOf(err) != news.NotFound {
				t.Errorf("session %s has ended: %v", token, err)
			}
		}
	}
	write(t, p, func(tx *store.Tx) error { return tx.PruneSessions(ctx, seen.Expires) })
	ended("d", "e")
	write(t, p, func(tx *store.Tx) error { return tx.EndSession(ctx, want.Token) })
	ended(want.Token)
	if _, err := p.Store.Session(ctx, "b"); err != nil {
		t.Errorf("the person's other session: %v", err)
	}
	write(t, p, func(tx *store.Tx) error { return tx.EndSessions(ctx, p.Editor.ID) })
	ended("b")
	if _, err := p.Store.Session(ctx, "c"); err != nil {
		t.Errorf("another person's session: %v", err)
	}
}

func contractThrottles(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	link := filled[store.Invitation](t)
	link.Person = p.Editor.ID
	write(t, p, func(tx *store.Tx) error { return tx.SaveInvitation(ctx, link) })
	got, err := p.Store.Invitation(ctx, link.Token)
	same(t, "one-time link", link, got, err)
	used := link
	used.Used, used.Expires = link.Used.Add(time.Hour), link.Expires.Add(time.Hour) // only the use is kept
	write(t, p, func(tx *store.Tx) error { return tx.SaveInvitation(ctx, used) })
	used.Expires = link.Expires
	got, err = p.Store.Invitation(ctx, link.Token)
	same(t, "used link", used, got, err)
	if _, err := p.Store.Invitation(ctx, "other"); news.CodeOf(err) != news.NotFound {
		t.Errorf("an unknown link: %v", err)
	}

	want := filled[store.Throttle](t)
	none, err := p.Store.Throttle(ctx, want.Name)
	same(t, "no failures", store.Throttle{Name: want.Name}, none, err)
	for range 2 {
		write(t, p, func(tx *store.Tx) error { return tx.SaveThrottle(ctx, want) })
		throttle, err := p.Store.Throttle(ctx, want.Name)
		same(t, "failures", want, throttle, err)
		want.Failures, want.Since, want.Until = 9, want.Since.Add(time.Hour), want.Until.Add(time.Hour)
	}
	write(t, p, func(tx *store.Tx) error { return tx.ForgetThrottle(ctx, want.Name) })
	none, err = p.Store.Throttle(ctx, want.Name)
	same(t, "forgotten", store.Throttle{Name: want.Name}, none, err)

	write(t, p, func(tx *store.Tx) error { return tx.SaveThrottle(ctx, want) })
	write(t, p, func(tx *store.Tx) error { return tx.PruneSignIns(ctx, want.Since) }) // what is as old as that is kept
	throttle, err := p.Store.Throttle(ctx, want.Name)
	same(t, "failures that count", want, throttle, err)
	later := link.Expires.Add(1000 * time.Hour)
	write(t, p, func(tx *store.Tx) error { return tx.PruneSignIns(ctx, later) })
	if _, err := p.Store.Invitation(ctx, link.Token); news.CodeOf(err) != news.NotFound {
		t.Errorf("a link that ended long ago: %v", err)
	}
}
