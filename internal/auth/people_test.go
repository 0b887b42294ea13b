package auth

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/news"
)

func (d desk) notes(t *testing.T) []string {
	t.Helper()
	events, err := d.Store.EventsAfter(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	for _, e := range events {
		if e.Kind == news.EventPerson {
			notes = append(notes, e.Note)
		}
	}
	return notes
}

func (d desk) load(t *testing.T, id news.PersonID) news.Person {
	t.Helper()
	p, err := d.Store.Person(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOwnersOnly(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		closed := news.Person{Email: "second@valmere.example", Name: "Second Owner", Role: news.Owner}
		closed, err := d.AddPerson(ctx, d.Owner.ID, closed)
		if err != nil {
			t.Fatal(err)
		}
		closed.Disabled = true
		if err := d.SavePerson(ctx, d.Owner.ID, closed); err != nil {
			t.Fatal(err)
		}
		before := len(d.notes(t))
		for _, actor := range []news.PersonID{d.Chief.ID, d.Editor.ID, d.Reporter.ID, d.Contributor.ID, closed.ID, 9999, -1} {
			_, err := d.AddPerson(ctx, actor, news.Person{Email: "new@valmere.example", Name: "New", Role: news.Owner})
			wantCode(t, "add", err, news.Forbidden, "auth.refused.owners")
			p := d.Reporter
			p.Role = news.Owner
			wantCode(t, "save", d.SavePerson(ctx, actor, p), news.Forbidden, "auth.refused.owners")
			_, err = d.Invite(ctx, actor, d.Owner.ID)
			wantCode(t, "invite", err, news.Forbidden, "auth.refused.owners")
			_, err = d.People(ctx, actor)
			wantCode(t, "list", err, news.Forbidden, "auth.refused.owners")
		}
		_, err = d.People(ctx, 0)
		wantCode(t, "list for nobody", err, news.Forbidden, "auth.refused.owners")
		if after := len(d.notes(t)); after != before {
			t.Errorf("%d refused acts are in the record", after-before)
		}
		people, err := d.People(ctx, d.Owner.ID)
		if err != nil || len(people) != 7 || people[6].ID != closed.ID {
			t.Errorf("%d people, %v; want 7, the closed account last", len(people), err)
		}
	})
}

func TestSavePerson(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		token := d.signIn(t, d.Reporter)
		p := d.load(t, d.Reporter.ID)
		before := len(d.notes(t))
		save := func(what string, change func(*news.Person)) {
			t.Helper()
			change(&p)
			for range 2 { // the same form twice is one change
				if err := d.SavePerson(ctx, d.Owner.ID, p); err != nil {
					t.Fatalf("%s: %v", what, err)
				}
			}
		}
		save("name", func(p *news.Person) { p.Name = "Rana Reed-Roe" })
		save("e-mail", func(p *news.Person) { p.Email = "Rana@valmere.example" })
		save("sections", func(p *news.Person) { p.Sections = []news.SectionID{d.Town.ID, d.World.ID, d.Town.ID} })
		d.holds(t, token, d.Reporter)
		save("role", func(p *news.Person) { p.Role = news.Editor })
		d.ended(t, token)
		p.Email = "rana@valmere.example"
		token = d.signIn(t, p)
		save("closed", func(p *news.Person) { p.Disabled = true })
		d.ended(t, token)
		save("opened", func(p *news.Person) { p.Disabled = false })
		d.ended(t, token)
		d.signIn(t, p) // the password is as it was

		want := []string{"rana-reed@valmere.example: new name", "rana@valmere.example: e-mail was rana-reed@valmere.example",
			"rana@valmere.example: other sections", "rana@valmere.example: editor, was reporter",
			"rana@valmere.example: account closed", "rana@valmere.example: account opened"}
		if diff := cmp.Diff(want, d.notes(t)[before:]); diff != "" {
			t.Errorf("the record (-want +got):\n%s", diff)
		}
		p = d.load(t, p.ID)
		if diff := cmp.Diff([]news.SectionID{d.World.ID, d.Town.ID}, p.Sections); diff != "" || !p.CreatedAt.Equal(d.Reporter.CreatedAt) {
			t.Errorf("sections (-want +got):\n%s\ntaken on at %v; want %v", diff, p.CreatedAt, d.Reporter.CreatedAt)
		}
	})
}

func TestClosedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		closed := d.Reporter
		closed.Disabled = true
		d.hasher.ran = func() { // while the password is being checked
			if err := d.SavePerson(t.Context(), d.Owner.ID, closed); err != nil {
				t.Error(err)
			}
		}
		token, err := d.SignIn(t.Context(), d.Reporter.Email, goodPassword, home, "")
		wantCode(t, "closed during sign-in", err, news.Forbidden, "auth.refused.wrong")
		if token != "" {
			t.Error("a token came with the refusal")
		}
	})
}

func TestRefusedPeople(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		for key, p := range map[string]news.Person{
			"error.person.email":   {Email: "no address", Name: "New", Role: news.Editor},
			"error.person.name":    {Email: "new@valmere.example", Name: " ", Role: news.Editor},
			"error.role":           {Email: "new@valmere.example", Name: "New", Role: "king"},
			"auth.refused.section": {Email: "new@valmere.example", Name: "New", Role: news.Editor, Sections: []news.SectionID{9999}},
		} {
			_, err := d.AddPerson(ctx, d.Owner.ID, p)
			wantCode(t, key, err, news.Invalid, key)
			p.ID = d.Editor.ID
			wantCode(t, key, d.SavePerson(ctx, d.Owner.ID, p), news.Invalid, key)
		}
		taken := news.Person{Email: "EDDA-ELM@valmere.example", Name: "New", Role: news.Editor}
		_, err := d.AddPerson(ctx, d.Owner.ID, taken)
		wantCode(t, "taken", err, news.Conflict, "auth.refused.taken")
		taken.ID = d.Chief.ID
		wantCode(t, "taken", d.SavePerson(ctx, d.Owner.ID, taken), news.Conflict, "auth.refused.taken")
		taken.ID, taken.Email = 9999, "new@valmere.example"
		if err := d.SavePerson(ctx, d.Owner.ID, taken); news.CodeOf(err) != news.NotFound {
			t.Errorf("save nobody: %v", err)
		}
	})
}

func TestLastOwnerStays(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		second, err := d.AddPerson(ctx, d.Owner.ID, news.Person{Email: "second@valmere.example", Name: "Second Owner", Role: news.Owner})
		if err != nil {
			t.Fatal(err)
		}
		demoted, closed := d.Owner, d.Owner
		demoted.Role, closed.Disabled = news.Chief, true
		for _, actor := range []news.PersonID{0, d.Owner.ID} { // the second one cannot sign in yet
			wantCode(t, "demote", d.SavePerson(ctx, actor, demoted), news.Conflict, "auth.refused.last-owner")
			wantCode(t, "close", d.SavePerson(ctx, actor, closed), news.Conflict, "auth.refused.last-owner")
		}
		if _, err := d.AcceptInvitation(ctx, Accept{Secret: d.invited(t, second), Password: goodPassword}); err != nil {
			t.Fatal(err)
		}
		if err := d.SavePerson(ctx, d.Owner.ID, demoted); err != nil {
			t.Fatalf("with a second owner: %v", err)
		}
		second.Role = news.Chief
		wantCode(t, "then the second is the last", d.SavePerson(ctx, second.ID, second), news.Conflict, "auth.refused.last-owner")
	})
}
