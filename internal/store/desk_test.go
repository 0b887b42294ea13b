package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractDesks(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	want := filled[news.Desk](t)
	want.ID, want.Sections = 0, []news.SectionID{p.World.ID, p.Jahan.ID}
	want.Members = []news.Member{{Person: p.Colleague.ID, Lead: true}, {Person: p.Editor.ID}}
	second := news.Desk{Name: "Zoo", Slug: "zoo", Sections: []news.SectionID{p.World.ID, p.Town.ID}, Members: []news.Member{{Person: p.Editor.ID}}}
	write(t, p, func(tx *store.Tx) error {
		if err := tx.SaveDesk(ctx, &want); err != nil {
			return err
		}
		return tx.SaveDesk(ctx, &second)
	})
	got, err := p.Store.Desk(ctx, want.ID)
	same(t, "desk", want, got, err)
	list, err := p.Store.Desks(ctx)
	same(t, "desks by name", []news.Desk{want, second}, list, err)

	// Who a person is comes with what their desks give them.
	editor := p.Editor
	editor.Sections = []news.SectionID{p.Town.ID}
	write(t, p, func(tx *store.Tx) error { return tx.SavePerson(ctx, &editor) })
	editor.Desks = []news.DeskID{want.ID, second.ID}
	editor.ByDesk = []news.SectionID{p.World.ID, p.Town.ID, p.Jahan.ID}
	person, err := p.Store.Person(ctx, editor.ID)
	same(t, "a member of two desks", editor, person, err)
	person, err = p.Store.PersonByEmail(ctx, editor.Email)
	same(t, "the same by address", editor, person, err)
	people, err := p.Store.People(ctx)
	if err != nil || len(people) != 6 {
		t.Errorf("the staff are %d, %v", len(people), err)
	}
	same(t, "the same in the list", editor, people[2], nil)

	want.Name, want.Stages, want.Sections, want.Members = "Copy", nil, nil, []news.Member{{Person: p.Reporter.ID}}
	write(t, p, func(tx *store.Tx) error { return tx.SaveDesk(ctx, &want) })
	got, err = p.Store.Desk(ctx, want.ID)
	same(t, "changed desk", want, got, err)
	refused(t, p, news.Conflict, func(tx *store.Tx) error { return tx.SaveDesk(ctx, &news.Desk{Name: "Other", Slug: second.Slug}) })

	write(t, p, func(tx *store.Tx) error { return tx.RemoveDesk(ctx, second.ID) })
	if _, err := p.Store.Desk(ctx, second.ID); news.CodeOf(err) != news.NotFound {
		t.Errorf("a desk that was removed: %v", err)
	}
	third := news.Desk{Name: "New", Slug: "new"}
	write(t, p, func(tx *store.Tx) error { return tx.SaveDesk(ctx, &third) })
	if third.ID == second.ID {
		t.Error("a desk's number was given twice")
	}
}

func contractPlacements(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	a := news.Article{ID: 7, Edition: p.English.ID, Section: p.Town.ID, State: news.InReview, Head: 1}
	article(t, p, a, p.Story(p.Town, "Bridge"))
	none, err := p.Store.Placement(ctx, 7)
	same(t, "with nobody", news.Placement{Article: 7}, none, err)

	want := filled[news.Placement](t)
	want.Article = 7
	write(t, p, func(tx *store.Tx) error { return tx.SavePlacement(ctx, want) })
	got, err := p.Store.Placement(ctx, 7)
	same(t, "placement", want, got, err)
	kept, err := p.Store.Article(ctx, 7)
	if err != nil || kept.Desk != want.Desk || kept.Assignee != want.Person || kept.Stage != want.Stage {
		t.Errorf("the article lies with %d, %d, %q (%v)", kept.Desk, kept.Assignee, kept.Stage, err)
	}
	list, err := p.Store.DeskPlacements(ctx, want.Desk, 0, 10)
	same(t, "what lies with a desk", []news.Placement{want}, list, err)
	list, err = p.Store.DeskPlacements(ctx, want.Desk, 7, 10)
	same(t, "after the last", []news.Placement(nil), list, err)
	load, err := p.Store.DeskLoad(ctx, want.Desk)
	same(t, "how much lies there", map[string]int{want.Stage: 1}, load, err)

	kept.State = news.Published
	write(t, p, func(tx *store.Tx) error { return tx.UpdateArticle(ctx, kept) })
	load, err = p.Store.DeskLoad(ctx, want.Desk)
	same(t, "what is published waits no longer", map[string]int{}, load, err)

	write(t, p, func(tx *store.Tx) error { return tx.SavePlacement(ctx, news.Placement{Article: 7}) })
	got, err = p.Store.Placement(ctx, 7)
	same(t, "given back", news.Placement{Article: 7}, got, err)
}

func contractBypasses(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	begin := p.Clock.Now()
	for id := news.ID(1); id <= 6; id++ {
		a := news.Article{ID: id, Edition: p.English.ID, Section: p.Town.ID, State: news.Draft, Head: 1}
		if id%2 == 0 {
			a.Bypass = news.Bypass{By: p.Editor.ID, At: p.Clock.Now(), Reason: "fire"}
		}
		article(t, p, a, p.Story(p.Town, "Bridge"))
		if id > 2 {
			p.Clock.Move(time.Minute)
		}
	}
	ids := func(list []news.Article, err error) (out []news.ID) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			if a.Bypass.Reason != "fire" {
				t.Errorf("article %d is listed: %+v", a.ID, a.Bypass)
			}
			out = append(out, a.ID)
		}
		return out
	}
	same(t, "all", []news.ID{6, 4, 2}, ids(p.Store.Bypasses(ctx, begin, news.Place{}, 10)), nil)
	same(t, "since", []news.ID{6, 4}, ids(p.Store.Bypasses(ctx, begin.Add(time.Minute), news.Place{}, 10)), nil)
	first, err := p.Store.Bypasses(ctx, begin, news.Place{}, 1)
	same(t, "a page", []news.ID{6}, ids(first, err), nil)
	same(t, "the next", []news.ID{4, 2}, ids(p.Store.Bypasses(ctx, begin, news.Place{At: first[0].Bypass.At, ID: 6}, 10)), nil)
}

func contractViews(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	now := p.Clock.Now()
	want := filled[news.SavedView](t)
	want.ID, want.Person, want.Removed, want.Name = 0, p.Editor.ID, false, "B"
	own := news.SavedView{Person: p.Editor.ID, Name: "A", Query: "mine=1"}
	other := news.SavedView{Person: p.Chief.ID, Name: "C", Query: "state=draft", Shared: true}
	write(t, p, func(tx *store.Tx) error {
		for _, w := range []*news.SavedView{&want, &own, &other, {Person: p.Chief.ID, Name: "D"}} {
			if err := tx.SaveView(ctx, w, now); err != nil {
				return err
			}
		}
		return nil
	})
	got, err := p.Store.View(ctx, want.ID)
	same(t, "view", want, got, err)
	list, err := p.Store.Views(ctx, p.Editor.ID)
	same(t, "one's own, then what others share", []news.SavedView{own, want, other}, list, err)

	own.Removed = true
	write(t, p, func(tx *store.Tx) error { return tx.SaveView(ctx, &own, now) })
	list, err = p.Store.Views(ctx, p.Editor.ID)
	same(t, "one removed", []news.SavedView{want, other}, list, err)
	got, err = p.Store.View(ctx, own.ID)
	same(t, "it can still be read", own, got, err)
	write(t, p, func(tx *store.Tx) error { return tx.SaveView(ctx, &want, now.AddDate(0, 0, 2)) })
	if _, err = p.Store.View(ctx, own.ID); news.CodeOf(err) != news.NotFound {
		t.Errorf("after two days it is still there: %v", err)
	}
}
