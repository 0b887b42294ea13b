package store_test

import (
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// contractPassOn: unfinished work and open calls go over, once; what is out stays.
func contractPassOn(t *testing.T, p *papertest.Paper) {
	ctx, from, to := t.Context(), p.Reporter.ID, p.Colleague.ID
	calls := func(who news.PersonID) int {
		list, err := p.Store.NotesFor(ctx, who, 500)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	write(t, p, func(tx *store.Tx) error {
		for i, state := range []news.State{news.Draft, news.InReview, news.Spiked} {
			a := news.Article{ID: news.ID(1000 + i), Edition: p.English.ID, Section: p.Town.ID, State: state, Head: 1, Creator: from, CreatedAt: p.Clock.Now(), ChangedAt: p.Clock.Now()}
			if err := tx.InsertArticle(ctx, a); err != nil {
				return err
			}
			v := news.Revision{Article: a.ID, Number: 1, Content: p.Story(p.Town, "Left"), At: p.Clock.Now()}
			if err := tx.InsertRevision(ctx, v); err != nil {
				return err
			}
			if err := tx.AddEvent(ctx, news.Event{Kind: news.EventCreated, At: a.CreatedAt, Article: a.ID}); err != nil {
				return err
			}
		}
		return tx.AddNote(ctx, &news.Note{Article: 1000, By: p.Chief.ID, At: p.Clock.Now(), Text: "?", Mentions: []news.PersonID{from, p.Editor.ID}})
	})
	list, err := p.Store.Unfinished(ctx, from, 10)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d unfinished, %v; want 2", len(list), err)
	}
	for range 2 {
		write(t, p, func(tx *store.Tx) error {
			for _, a := range list {
				if err := tx.PassOn(ctx, a.ID, from, to); err != nil {
					return err
				}
			}
			return tx.PassCalls(ctx, from, to)
		})
	}
	if list, err = p.Store.Unfinished(ctx, to, 10); err != nil || len(list) != 2 {
		t.Errorf("%d unfinished went over, %v", len(list), err)
	}
	write(t, p, func(tx *store.Tx) error {
		return tx.SavePlacement(ctx, news.Placement{Article: 1000, Person: from, At: p.Clock.Now()})
	})
	if list, err = p.Store.Assigned(ctx, from, 10); err != nil || len(list) != 1 || list[0].ID != 1000 {
		t.Errorf("assigned are %+v, %v", list, err)
	}
	if list, err = p.Store.Unfinished(ctx, to, 10); err != nil || len(list) != 1 {
		t.Errorf("what lies with somebody else counts still: %d, %v", len(list), err)
	}
	if a, err := p.Store.Article(ctx, 1002); err != nil || a.Creator != from {
		t.Errorf("a spiked one went over: %+v, %v", a.Creator, err)
	}
	if calls(from) != 0 || calls(to) != 1 || calls(p.Editor.ID) != 1 {
		t.Errorf("calls: %d, %d, %d; want 0, 1, 1", calls(from), calls(to), calls(p.Editor.ID))
	}
}
