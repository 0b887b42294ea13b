package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractProtected(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	draft(t, p, 7, p.Story(p.Town, "The harbour's books"))
	at := p.Clock.Now()
	one := news.ProtectedAuthor{Article: 7, Number: 1, Person: p.Reporter.ID, Name: p.Reporter.Name, By: p.Editor.ID, At: at}
	two := news.ProtectedAuthor{Article: 7, Number: 2, Name: "Ilse Quarrington", By: p.Chief.ID, At: at}
	write(t, p, func(tx *store.Tx) error {
		for _, a := range []news.ProtectedAuthor{one, two} {
			if err := tx.SaveProtected(ctx, a); err != nil {
				return err
			}
		}
		for range 2 { // told twice is told once
			if err := tx.TellProtected(ctx, one, p.Colleague.ID, p.Editor.ID, at); err != nil {
				return err
			}
		}
		return nil
	})
	told := one
	told.Knowers = []news.PersonID{p.Colleague.ID}
	list, err := p.Store.ProtectedAuthors(ctx, 7)
	if diff := cmp.Diff([]news.ProtectedAuthor{told, two}, list); diff != "" || err != nil {
		t.Errorf("%s%v", diff, err)
	}
	for viewer, hidden := range map[news.PersonID]bool{0: true, p.Reporter.ID: false, p.Editor.ID: false, p.Colleague.ID: false, p.Chief.ID: true, p.Owner.ID: true} {
		veils, err := p.Store.Veiled(ctx, 7, viewer)
		if want := []news.Veil{{Person: p.Reporter.ID, Since: at}}; err != nil || hidden != (len(veils) == 1) || hidden && veils[0] != want[0] {
			t.Errorf("to %d are hidden %v (%v), want %v", viewer, veils, err, hidden)
		}
	}
	none, err := p.Store.Veiled(ctx, 8, p.Owner.ID)
	in(t, "another article hides nobody", none2ids(none), err)
	mine, err := p.Store.Protects(ctx, p.Reporter.ID)
	in(t, "protected as", mine, err, 7)
	mine, err = p.Store.Protects(ctx, 0)
	in(t, "who has no account", mine, err)
	write(t, p, func(tx *store.Tx) error { return tx.UntellProtected(ctx, one, p.Colleague.ID) })
	if veils, err := p.Store.Veiled(ctx, 7, p.Colleague.ID); len(veils) != 1 || err != nil {
		t.Errorf("no longer told: %v %v", veils, err)
	}
}

func none2ids(list []news.Veil) (ids []news.PersonID) {
	for _, v := range list {
		ids = append(ids, v.Person)
	}
	return ids
}

func contractActs(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	begin := p.Clock.Now()
	add := func(e news.Event) {
		write(t, p, func(tx *store.Tx) error { return tx.AddEvent(ctx, e) })
		p.Clock.Move(time.Hour)
	}
	add(news.Event{Kind: news.EventCreated, At: p.Clock.Now(), Actor: p.Reporter.ID, Article: 7})    // 1
	add(news.Event{Kind: news.EventHeld, At: p.Clock.Now(), Actor: p.Reporter.ID, Article: 7})       // 2: no act
	add(news.Event{Kind: news.EventEdited, At: p.Clock.Now(), Actor: p.Editor.ID, Article: 7})       // 3
	add(news.Event{Kind: news.EventCreated, At: p.Clock.Now(), Actor: p.Reporter.ID, Article: 8})    // 4
	add(news.Event{Kind: news.EventDesk, At: p.Clock.Now(), Actor: p.Chief.ID, Note: "added: Copy"}) // 5
	add(news.Event{Kind: news.EventCommented, At: p.Clock.Now().Add(-48 * time.Hour), Article: 8})   // 6, by a clock that was put back
	found := func(what string, w store.Acts, want ...int64) {
		t.Helper()
		if w.Limit == 0 {
			w.Limit = 10
		}
		list, err := p.Store.Acts(ctx, w)
		var got []int64
		for _, e := range list {
			got = append(got, e.Seq)
		}
		in(t, what, got, err, want...)
	}
	found("all", store.Acts{}, 6, 5, 4, 3, 1)
	found("a page", store.Acts{Limit: 2}, 6, 5)
	found("the next", store.Acts{Limit: 2, Below: 5}, 4, 3)
	found("of an article", store.Acts{Article: 7}, 3, 1)
	found("of a person", store.Acts{Person: p.Reporter.ID}, 4, 1)
	found("of a person on an article", store.Acts{Article: 7, Person: p.Reporter.ID}, 1)
	found("of a time", store.Acts{From: begin.Add(time.Hour), To: begin.Add(4 * time.Hour)}, 4, 3)
	found("since", store.Acts{From: begin.Add(3 * time.Hour)}, 5, 4)
	found("until", store.Acts{To: begin.Add(time.Hour)}, 6, 1)
	found("of a person in a time", store.Acts{Person: p.Reporter.ID, From: begin.Add(time.Hour)}, 4)
	found("of a time in which nothing was done", store.Acts{From: begin.Add(900 * time.Hour)})
	write(t, p, func(tx *store.Tx) error {
		return tx.SaveProtected(ctx, news.ProtectedAuthor{Article: 7, Number: 1, Person: p.Reporter.ID, Name: "Rana", By: p.Editor.ID, At: begin})
	})
	found("a protected author's, for the chief", store.Acts{Person: p.Reporter.ID, Viewer: p.Chief.ID}, 4)
	found("a protected author's on the article, for the chief", store.Acts{Article: 7, Person: p.Reporter.ID, Viewer: p.Chief.ID})
	found("all on the article, for the chief", store.Acts{Article: 7, Viewer: p.Chief.ID}, 3, 1)
	found("a protected author's, for themself", store.Acts{Person: p.Reporter.ID, Viewer: p.Reporter.ID}, 4, 1)
	found("a protected author's, for who set it", store.Acts{Person: p.Reporter.ID, Viewer: p.Editor.ID}, 4, 1)
	write(t, p, func(tx *store.Tx) error {
		return tx.TellProtected(ctx, news.ProtectedAuthor{Article: 7, Number: 1}, p.Chief.ID, p.Editor.ID, begin)
	})
	found("a protected author's, for the chief who was told", store.Acts{Person: p.Reporter.ID, Viewer: p.Chief.ID}, 4, 1)
}
