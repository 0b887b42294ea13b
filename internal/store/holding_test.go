package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractHoldings(t *testing.T, p *papertest.Paper) {
	ctx, now := t.Context(), p.Clock.Now()
	for id := news.ID(1); id <= 20; id++ {
		draft(t, p, id, p.Story(p.Town, "Bridge"))
	}
	save := func(h news.Holding) {
		write(t, p, func(tx *store.Tx) error { return tx.SaveHolding(ctx, h) })
	}
	got, err := p.Store.Holding(ctx, 3)
	same(t, "nobody", news.Holding{Article: 3}, got, err)
	full := filled[news.Holding](t)
	full.Article = 3
	save(full)
	got, err = p.Store.Holding(ctx, 3)
	same(t, "all of it", full, got, err)
	save(news.Holding{Article: 3, Person: 7, Tab: "b", Since: now, Seen: now})
	got, err = p.Store.Holding(ctx, 3)
	same(t, "kept anew", news.Holding{Article: 3, Person: 7, Tab: "b", Since: now, Seen: now}, got, err)

	save(news.Holding{Article: 4, Person: 8, Seen: now.Add(-news.HoldTime)})                                                       // ended
	save(news.Holding{Article: 5, Person: 8, Seen: now, Asker: 9, PassesAt: now.Add(-time.Second)})                                // passes on
	save(news.Holding{Article: 6, Person: 8, Seen: now.Add(-news.HoldTime + time.Microsecond), Asker: 9, PassesAt: now.Add(1e12)}) // ends next
	ids := func(list []news.Holding) (out []news.ID) {
		for _, h := range list {
			out = append(out, h.Article)
		}
		return out
	}
	held, err := p.Store.Holdings(ctx, now)
	if len(held) != 3 {
		t.Errorf("held: %v (%v), want articles 3, 5 and 6", ids(held), err)
	}
	due, err := p.Store.HoldingsDue(ctx, now, 9)
	in(t, "due", due, err, 5, 4)
	due, err = p.Store.HoldingsDue(ctx, now.Add(time.Second), 2)
	in(t, "due a second later, the first two", due, err, 5, 4)
	save(news.Holding{Article: 5})
	due, err = p.Store.HoldingsDue(ctx, now.Add(time.Hour), 9)
	in(t, "due later", due, err, 4, 6, 3)
}

func contractNotes(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	for id := news.ID(1); id <= 20; id++ {
		draft(t, p, id, p.Story(p.Town, "Bridge"))
	}
	add := func(n news.Note) news.Note {
		write(t, p, func(tx *store.Tx) error { return tx.AddNote(ctx, &n) })
		return n
	}
	first := filled[news.Note](t)
	first.At = p.Clock.Now().Add(-time.Hour)
	first.Article, first.Thread, first.ResolvedBy, first.ResolvedAt, first.WithdrawnAt = 3, 0, 0, time.Time{}, time.Time{}
	first.Mentions = []news.PersonID{p.Editor.ID, p.Reporter.ID}
	first = add(first)
	if first.ID != 1 || !first.First() {
		t.Errorf("the first note is %d in thread %d", first.ID, first.Thread)
	}
	reply := add(news.Note{Article: 3, Thread: first.ID, By: p.Editor.ID, At: p.Clock.Now(), Text: "Yes.", Mentions: []news.PersonID{p.Reporter.ID}})
	other := add(news.Note{Article: 4, By: p.Editor.ID, At: p.Clock.Now(), Text: "Here too.", Mentions: []news.PersonID{p.Reporter.ID}})

	list, err := p.Store.Notes(ctx, 3, 9)
	same(t, "of an article", []news.Note{first, reply}, list, err)
	list, err = p.Store.Notes(ctx, 3, 1)
	same(t, "the first of an article", []news.Note{first}, list, err)
	list, err = p.Store.Notes(ctx, 5, 9)
	same(t, "of an article without", []news.Note(nil), list, err)

	bare := func(notes ...news.Note) []news.Note {
		for i := range notes {
			notes[i].Mentions = nil
		}
		return notes
	}
	one, err := p.Store.Note(ctx, first.ID)
	same(t, "one", bare(first)[0], one, err)
	if _, err := p.Store.Note(ctx, 99); news.CodeOf(err) != news.NotFound {
		t.Errorf("a note that is none: %v", err)
	}
	list, err = p.Store.NotesFor(ctx, p.Reporter.ID, 9)
	same(t, "for the reporter", bare(other, reply, first), list, err)
	list, err = p.Store.NotesFor(ctx, p.Reporter.ID, 1)
	same(t, "the newest for the reporter", bare(other), list, err)

	first.ResolvedBy, first.ResolvedAt = p.Editor.ID, p.Clock.Now()
	write(t, p, func(tx *store.Tx) error { return tx.SaveNote(ctx, first) })
	list, err = p.Store.NotesFor(ctx, p.Reporter.ID, 9)
	same(t, "after the thread was resolved", bare(other), list, err)
	list, err = p.Store.NotesFor(ctx, p.Editor.ID, 9)
	same(t, "nothing for the editor", []news.Note(nil), list, err)

	reply.WithdrawnAt = p.Clock.Now()
	write(t, p, func(tx *store.Tx) error { return tx.SaveNote(ctx, reply) })
	first.ResolvedBy, first.ResolvedAt = 0, time.Time{}
	write(t, p, func(tx *store.Tx) error { return tx.SaveNote(ctx, first) })
	list, err = p.Store.NotesFor(ctx, p.Reporter.ID, 9)
	same(t, "reopened, without the one withdrawn", bare(other, first), list, err)
	reply.Mentions, first.Mentions = nil, []news.PersonID{p.Editor.ID, p.Reporter.ID}
	list, err = p.Store.Notes(ctx, 3, 9)
	same(t, "withdrawn", []news.Note{first, reply}, list, err)
}
