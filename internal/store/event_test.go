package store_test

import (
	"fmt"
	"sync"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractEvents(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	if seq, err := p.Store.LastEvent(ctx); seq != 0 || err != nil {
		t.Errorf("a new paper's record ends at %d, %v", seq, err)
	}
	first := filled[news.Event](t)
	bare := news.Event{Kind: news.EventCreated, Article: 3}
	other := news.Event{Kind: news.EventPerson}
	write(t, p, func(tx *store.Tx) error {
		for _, e := range []news.Event{first, bare, other} {
			if err := tx.AddEvent(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	first.Seq, bare.Seq, other.Seq = 1, 2, 3 // numbered as they were written, whatever they said
	list, err := p.Store.EventsAfter(ctx, 0, 9)
	same(t, "the record", []news.Event{first, bare, other}, list, err)
	list, err = p.Store.EventsAfter(ctx, 1, 1)
	same(t, "one after the first", []news.Event{bare}, list, err)
	list, err = p.Store.ArticleEvents(ctx, 3, 9)
	same(t, "of an article", []news.Event{bare}, list, err)
	if seq, err := p.Store.LastEvent(ctx); seq != 3 || err != nil {
		t.Errorf("the record ends at %d, %v", seq, err)
	}
	refused(t, p, news.Invalid, func(tx *store.Tx) error {
		if err := tx.AddEvent(ctx, bare); err != nil {
			return err
		}
		return news.Refuse(news.Invalid, "", "no")
	})
	write(t, p, func(tx *store.Tx) error { return tx.AddEvent(ctx, bare) })
	bare.Seq = 4
	list, err = p.Store.ArticleEvents(ctx, 3, 1)
	same(t, "an act that failed leaves no gap", []news.Event{bare}, list, err)
	write(t, p, func(tx *store.Tx) error {
		for _, kind := range []news.EventKind{news.EventHeld, news.EventAsked, news.EventTaken, news.EventReleased} {
			if err := tx.AddEvent(ctx, news.Event{Kind: kind, Article: 5}); err != nil {
				return err
			}
		}
		return nil
	})
	list, err = p.Store.ArticleEvents(ctx, 5, 9)
	same(t, "of holds only who took over", []news.Event{{Seq: 7, Kind: news.EventTaken, Article: 5}}, list, err)
	last, err := p.Store.LastDone(ctx, 3, news.EventPublished)
	same(t, "never done", news.Event{}, last, err)
	newest, err := p.Store.ArticleEvents(ctx, 3, 1)
	if err != nil || len(newest) == 0 {
		t.Fatal(newest, err)
	}
	last, err = p.Store.LastDone(ctx, 3, newest[0].Kind)
	same(t, "the newest of its kind", newest[0], last, err)
	list, err = p.Store.ArticleEventsBelow(ctx, 5, 9, 9)
	same(t, "of holds only who took over, below", []news.Event{{Seq: 7, Kind: news.EventTaken, Article: 5}}, list, err)
	list, err = p.Store.ArticleEventsBelow(ctx, 3, 4, 9)
	same(t, "what happened before", []news.Event{{Seq: 2, Kind: bare.Kind, At: bare.At, Article: 3, Note: bare.Note}}, list, err)
	list, err = p.Store.ArticleEventsBelow(ctx, 3, 2, 9)
	same(t, "nothing before the first", []news.Event(nil), list, err)
}

// contractEventOrder has many writers and one reader who looks only when
// woken: the reader gets every event, in order, without a gap.
func contractEventOrder(t *testing.T, p *papertest.Paper) {
	const writers, acts = 8, 25
	ctx := t.Context()
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := range acts {
				err := p.Store.Write(ctx, "write", func(tx *store.Tx) error {
					for range 1 + i%2 {
						if err := tx.AddEvent(ctx, news.Event{Kind: news.EventSettings, Note: fmt.Sprint(w, " ", i)}); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Errorf("writer %d: %v", w, err)
				}
			}
		})
	}
	want := int64(writers * (acts + acts/2))
	last := int64(0)
	for last < want {
		select {
		case <-p.Store.Wake():
		case <-ctx.Done(): // the test's own limit: a wake was lost
			t.Fatalf("woken up to event %d of %d", last, want)
		}
		for {
			list, err := p.Store.EventsAfter(ctx, last, 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range list {
				if e.Seq != last+1 {
					t.Fatalf("event %d comes after %d", e.Seq, last)
				}
				last = e.Seq
			}
			if len(list) < 10 {
				break
			}
		}
	}
	group.Wait()
	if seq, err := p.Store.LastEvent(ctx); seq != want || err != nil {
		t.Errorf("the record ends at %d, want %d: %v", seq, want, err)
	}
	papertest.Check(t, p.Store)
}

func contractRooms(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	place := func(want int64) {
		t.Helper()
		if seq, err := p.Store.RoomPlace(ctx, "press"); seq != want || err != nil {
			t.Errorf("the press has come to %d (%v), want %d", seq, err, want)
		}
	}
	move := func(room string, to int64) {
		write(t, p, func(tx *store.Tx) error { return tx.SetRoomPlace(ctx, room, to) })
	}
	place(0)
	move("press", 7)
	place(7)
	move("press", 3) // never back
	place(7)
	move("mailing", 90)
	place(7)
	move("press", 8)
	place(8)
}
